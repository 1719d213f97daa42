//! Before a day, until it, or from it on: `before Friday`, `by the end of the month`, `until Tuesday at noon`.

use jiff::civil::Date;

use super::run::Run;
use super::{Parser, Piece};
use crate::calendar::{Edge, Period, Said, days, days_of, plus};
use crate::lexicon::Atom;
use crate::wish::{Clock, DAY, Part, Time};

/// So many words may say what happens on a day: "before my in-laws arrive on Thursday".
const MAX_EVENT_WORDS: usize = 6;
/// With these begins what happens, folded, in five languages.
const BEFORE_EVENTS: [&str; 49] = [
    "the", "a", "an", "my", "our", "his", "her", "their", "its", "it", "we", "i", "they", "he", "she", "el", "la",
    "los", "las", "mi", "mis", "nuestra", "que", "le", "les", "l", "mon", "ma", "mes", "notre", "nos", "qu", "der",
    "dem", "den", "die", "das", "meine", "mein", "unsere", "wir", "es", "o", "os", "meus", "minha", "del", "da", "do",
];

impl Parser<'_> {
    /// `before Friday`, `after the 15th`, `by Thursday`, `from Monday on`.
    pub(super) fn bounded_day(&self, at: usize) -> Option<(usize, Said)> {
        let bound = |atom| matches!(atom, Atom::After | Atom::Before | Atom::Until | Atom::StartingOn).then_some(atom);
        let (length, bound) = self.find(at, bound)?;
        let start = self.past(self.past(at + length, &[Atom::Link]), &[Atom::Link]);
        if self.of_month(start).is_none()
            && let Some(found) = self.bounded_by_period(bound, start)
        {
            return Some((found.0 - at, found.1));
        }
        let (end, base) = self.bounding(bound, at + length, start)?;
        let said = match bound {
            Atom::StartingOn => Said::From(base),
            Atom::After => Said::From(plus(base, 1)?),
            Atom::Before => Said::Until(plus(base, -1)?),
            _ => Said::Until(base),
        };
        let end = self.past(end, &[Atom::OrLater]);
        Some((end - at, said))
    }

    /// The one day at `start`, behind `bound`, which ends at `end`; of what happens on it, "before the party on Sunday".
    fn bounding(&self, bound: Atom, end: usize, start: usize) -> Option<(usize, Date)> {
        // "Antes de la fiesta".
        let begins = |at: usize| self.word(at).is_some_and(|word| BEFORE_EVENTS.contains(&word));
        let is_event = bound == Atom::Before && (end - 1..=start).any(begins);
        let is_other = |atom| matches!(atom, Atom::Asks | Atom::Part(_)).then_some(());
        let goes_on = |at: usize| self.word(at).is_some() && self.find(at, is_other).is_none();
        let ahead = || (start + 1..=start + MAX_EVENT_WORDS).take_while(|at| goes_on(at - 1));
        self.base(start).or_else(|| ahead().filter(|_| is_event).find_map(|at| self.base(at)))
    }

    /// `before Friday at noon`, `bis Freitag 16 Uhr`, `starting Monday at 9`, `by Tuesday evening`: until or from that time of that day.
    pub(super) fn bounded_moment(&self, at: usize) -> Option<(usize, Piece)> {
        let bound = |atom| matches!(atom, Atom::After | Atom::Before | Atom::Until | Atom::StartingOn).then_some(atom);
        let (length, bound) = self.find(at, bound)?;
        let start = self.past(self.past(at + length, &[Atom::Link]), &[Atom::Link]);
        // "Après-demain à 11 h".
        if self.find(at, |atom| matches!(atom, Atom::Day(_)).then_some(())).is_some() {
            return None;
        }
        let (end, base) = self.bounding(bound, at + length, start)?;
        let opens = matches!(bound, Atom::After | Atom::StartingOn);
        let Some((more, clock)) = self.hour_of_moment(end) else {
            return self.bounded_part(bound, end, base).map(|(end, piece)| (end - at, piece));
        };
        // "After Christmas at 10" is a day after it, and "from Monday at 9 to 11" goes on.
        let is_near = self.weekday(start).or_else(|| self.relative(start).filter(|_| !self.is_feast(start))).is_some();
        let behind = end + more;
        let goes_on = self.is(behind, Atom::To).is_some() || self.is_dash(behind);
        let time = if opens { Time::From(clock) } else { Time::Until(clock) };
        let fits = !opens || (is_near && !goes_on);
        fits.then_some((behind - at, Piece::Both(Said::Date(base), time)))
    }

    /// `after Monday morning`, `by tomorrow evening`, with the part of the day at `at`.
    fn bounded_part(&self, bound: Atom, at: usize, base: Date) -> Option<(usize, Piece)> {
        let part_at = |at: usize| {
            self.find(at, |atom| if let Atom::Part(part) | Atom::PartBehind(part) = atom { Some(part) } else { None })
        };
        let next = self.past(at, &[Atom::Link]);
        let (end, part) = part_at(at).map(|(length, part)| (at + length, part)).or_else(|| {
            let (length, part) = part_at(next)?;
            Some((next + length, part))
        })?;
        let (from, to) = part.window();
        let on_that_day = |time: Time| Piece::Both(Said::Date(base), time);
        Some((
            end,
            match bound {
                Atom::StartingOn => Piece::Day(Said::From(base)),
                Atom::After if to == DAY => Piece::Day(Said::From(plus(base, 1)?)),
                Atom::After => on_that_day(Time::From(Clock::sure(to))),
                Atom::Before if part == Part::Morning => Piece::Day(Said::Until(plus(base, -1)?)),
                Atom::Before => on_that_day(Time::Until(Clock::sure(from))),
                _ => on_that_day(Time::Until(Clock::sure(to.min(DAY - 1)))),
            },
        ))
    }

    /// "Friday or later", "Friday or before": from that day on, and until it.
    pub(super) fn open_days(&self, run: &Run, said: &mut [Said]) -> Option<()> {
        let has = |test: fn(&Piece) -> bool| run.parts.iter().any(|placed| test(&placed.piece));
        let (later, earlier) =
            (has(|piece| matches!(piece, Piece::OrLater)), has(|piece| matches!(piece, Piece::OrEarlier)));
        if let [one] = said
            && (later || earlier)
        {
            let day = days(&[*one], self.today.now.date())?;
            if let [date] = day.dates.as_slice() {
                *one = if later { Said::From(*date) } else { Said::Until(*date) };
            }
        }
        Some(())
    }

    /// `before next week`, `by the end of the month`, `after the weekend`: where it ends.
    fn bounded_by_period(&self, bound: Atom, start: usize) -> Option<(usize, Said)> {
        let found = self.part_of_year(start).or_else(|| self.period(start)).or_else(|| self.week_of(start))?;
        let (length, said @ (Said::Period(_) | Said::PartOf(..) | Said::Between(..) | Said::Until(_))) = found else {
            return None;
        };
        let today = self.today.now.date();
        let (first, last) = match said {
            Said::Between(first, last) => (first, last),
            Said::Until(last) => (today, last),
            Said::Period(period) => {
                let days = days_of(period, today)?;
                (*days.first()?, *days.last()?)
            }
            _ => {
                let day = days(&[said], today)?;
                (*day.dates.first()?, *day.dates.last()?)
            }
        };
        let said = match bound {
            // "From October" is one of its days, and "by October" is before it.
            Atom::StartingOn if matches!(said, Said::Period(Period::Month(_))) => said,
            Atom::Until if matches!(said, Said::Period(Period::Month(1..))) => Said::Until(plus(first, -1)?),
            Atom::StartingOn => Said::From(first),
            Atom::After => Said::From(plus(last, 1)?),
            // "Before the end of the month" is until its last day.
            Atom::Before if matches!(said, Said::Period(_) | Said::PartOf(_, Edge::Begin | Edge::Middle)) => {
                Said::Until(plus(first, -1)?)
            }
            _ => Said::Until(last),
        };
        Some((start + length, said))
    }
}
