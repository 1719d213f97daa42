//! How long a stay is, and what of a message counts people and rooms: `2 nights`, `a week from the 10th`, `one night more`, `for 4`.

use std::ops::Range;

use super::{MAX_NIGHTS, Named, PEOPLE};
use crate::calendar::{Said, days};
use crate::grammar::{Parser, Piece};
use crate::lexicon::Atom;
use crate::stay::StayBefore;

impl Parser<'_> {
    /// How long they stay, and where it is said: `2 nights`, `a week from the 10th`, `only tonight`.
    pub(super) fn length_of_stay(&self, before: &StayBefore<'_>, named: &[Named]) -> Option<(Range<usize>, u8)> {
        let counted = |at: usize| {
            let (length, number) = self.number(at)?;
            let count = i32::try_from(number.value).ok()?;
            let unit = at + length;
            if let Some(more) = self.is(unit, Atom::Nights) {
                let is_number = number.figures > 0 || self.is(at, Atom::Article).is_none();
                let is_one = before.is_asked
                    || self.preceded_by(at, &[Atom::Only])
                    || self.is_one_by_article() && !before.is_price;
                return (is_number || is_one).then_some((at..unit + more, count));
            }
            let more = self.is(unit, Atom::Weeks)?;
            let end = unit + more;
            // "In a week", "a week later", "a week from Friday" are days.
            let is_when = self.preceded_by(at, &[Atom::In, Atom::Next, Atom::This, Atom::Coming])
                || self
                    .is_any(end, &[Atom::Ago, Atom::FromNow, Atom::Later, Atom::Earlier, Atom::Before, Atom::Next])
                    .is_some();
            let start = self.past_comma(end);
            let from = self.is_any(start, &[Atom::From, Atom::StartingOn]).is_some()
                && named
                    .iter()
                    .any(|day| day.from <= start + 4 && day.from > start && !matches!(day.said, Said::Weekday(_)));
            let follows = named.iter().any(|day| self.past_comma(day.to) == at);
            let lasts = self.preceded_by(at, &[Atom::Lasting]) || before.is_asked || from || follows;
            (lasts && !is_when).then_some((at..end, 7 * count))
        };
        let only = |at: usize| {
            let start = self.after_links(at + self.is(at, Atom::Only)?);
            let (length, piece) = self.day(start).or_else(|| self.part(start))?;
            let is_one = match piece {
                Piece::OfToday(_) => true,
                Piece::Day(said) | Piece::Both(said, _) => {
                    days(&[said], self.today.now.date()).is_some_and(|day| day.dates.len() == 1)
                }
                _ => false,
            };
            is_one.then_some((at..start + length, 1))
        };
        let all = 0..self.tokens.len();
        let found = all.clone().find_map(counted).or_else(|| all.clone().find_map(only));
        let fits = found.filter(|(_, nights)| (1..=MAX_NIGHTS).contains(nights));
        let said = fits.and_then(|(place, nights)| Some((place, u8::try_from(nights).ok()?)));
        // "3", where it was asked.
        said.or_else(|| Some((0..self.tokens.len(), self.nights(before.is_asked).filter(|_| before.is_asked)?.0)))
    }

    /// "Uma noite" is one; "a night" is as well a price, an evening.
    fn is_one_by_article(&self) -> bool {
        self.lexicon.day_comes_first
    }

    /// `one night more`, `noch eine Nacht`, `an extra night`.
    pub(super) fn nights_more(&self) -> Option<u8> {
        (0..self.tokens.len()).find_map(|at| {
            let (length, number) = self.number(at)?;
            let extra = self.is(at + length, Atom::Extra).unwrap_or_default();
            let noun = at + length + extra;
            let nights = self.is(noun, Atom::Nights)?;
            let is_extra = extra > 0
                || self.is(noun + nights, Atom::Extra).is_some() && self.word(noun + nights) != Some("noch")
                || self.preceded_by(at, &[Atom::Extra]);
            u8::try_from(number.value).ok().filter(|count| is_extra && (1..=7).contains(count))
        })
    }

    /// "We arrive from 20 to 22": two bare figures behind what tells of an arrival are hours, where no article makes days of them.
    pub(super) fn hours_of_arrival(&self, at: usize) -> Option<usize> {
        let is_bare = |at: usize| self.is_figures(at) && self.ordinal(at).is_none() && self.of_month(at).is_none();
        let opened = self.is_any(at, &[Atom::From, Atom::Between, Atom::Opens]).filter(|_| {
            let word = self.word(at).unwrap_or_default();
            !matches!(word, "del" | "du" | "do" | "vom")
        });
        let first = at + opened.unwrap_or_default();
        let joined =
            self.is_any(first + 1, &[Atom::To, Atom::Until, Atom::And]).or(self.is_dash(first + 1).then_some(1))?;
        let second = first + 1 + joined;
        (is_bare(first) && is_bare(second)).then_some(second + 1 - at)
    }

    /// See [`crate::guests_and_rooms`].
    pub(crate) fn guests_and_rooms(&self, guests_too: bool) -> Vec<Range<usize>> {
        let number = |at: usize| {
            let (length, number) = self.number(at)?;
            let end = at + length;
            let is_of = matches!(self.word(end), Some("de" | "do" | "of" | "d"));
            let goes_on = is_of || self.half_or_oclock(end) || self.counts(end) || self.is(end, Atom::Nights).is_some();
            let is_marked = self.is_glued(end, &[':', '/', '-', '–'])
                || self.is_glued(end, &['.', ',']) && self.tokens.get(end + 1).is_some_and(|token| !token.spaced);
            let is_day =
                self.of_month(at).is_some() || self.ordinal(at).is_some() || self.part_behind(end, false).is_some();
            let is_span = self.is_dash(end)
                || self
                    .is_any(end, &[Atom::To, Atom::Until])
                    .is_some_and(|length| self.day_number(self.after_links(end + length)).is_some());
            (!goes_on && !is_marked && !is_day && !is_span).then_some((end, number))
        };
        (0..self.tokens.len())
            .filter_map(|at| {
                if let Some(length) = self.is(at, Atom::AtPerhaps).filter(|_| guests_too && self.word(at) != Some("by"))
                {
                    let (end, number) = number(at + length)?;
                    return self
                        .bytes_from(at, end)
                        .filter(|_| (1..=12).contains(&number.value) && self.is(at + length, Atom::Article).is_none());
                }
                let room = self.is(at, Atom::Room)?;
                let no = at
                    + room
                    + usize::from(
                        self.word(at + room)
                            .is_some_and(|word| matches!(word, "no" | "nr" | "n" | "number" | "numero" | "nummer")),
                    );
                let no =
                    no + usize::from(self.tokens.get(no).is_some_and(|token| token.is_mark(&['.', '#', 'º', '°'])));
                let (end, number) = number(no).filter(|(_, number)| number.figures > 0)?;
                let is_counted =
                    self.word(end).is_some_and(|word| PEOPLE.iter().any(|people| word.starts_with(people)));
                self.bytes_from(at, end).filter(|_| !is_counted && number.value > 0)
            })
            .collect()
    }
}
