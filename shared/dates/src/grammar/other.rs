//! Not this one but the next: `not this Friday but the one after`, `nicht diese Woche, sondern nächste`.

use super::Parser;
use crate::calendar::{Period, Said, days, plus};
use crate::lexicon::Atom;

impl Parser<'_> {
    /// A day or a period that is refused and the one after it, which is wished for.
    pub(super) fn not_this_but_next(&self, at: usize) -> Option<(usize, Said)> {
        let length = self.is(at, Atom::Not)?;
        let start = self.past(at + length, &[Atom::Link]);
        let this = self.is(start, Atom::This)?;
        let noun = self.past(start + this, &[Atom::Link]);
        let (more, said) = self.one_after(noun)?;
        let gap = noun + more;
        let comma = usize::from(self.tokens.get(gap).is_some_and(|token| token.is_mark(&[','])));
        let but = self.is(gap + comma, Atom::Instead).unwrap_or_default();
        if comma + but == 0 {
            return None;
        }
        let behind = gap + comma + but;
        let end = (behind..=behind + 2).find_map(|start| self.next_of_these(start))?;
        // "But next Friday" says its name again; "but next month" is another thing.
        let again = self.one_after(end).filter(|(_, again)| *again == said).map_or(0, |(length, _)| length);
        let is_other = again == 0 && (self.weekday_name(end).is_some() || self.counts(end));
        (!is_other).then_some((end + again - at, said))
    }

    /// `this week or next`, `diesen Freitag oder den nächsten`: the one after that which was named before the "or".
    pub(super) fn or_the_next(&self, at: usize) -> Option<(usize, Said)> {
        let or =
            (at.saturating_sub(2)..at).find(|or| self.is(*or, Atom::Or).is_some_and(|length| or + length == at))?;
        let end = (at..=at + 1).find_map(|start| self.next_of_these(start))?;
        let is_named = self.one_after(end).is_some() || self.counts(end) || !self.ends_time(end);
        let named = |noun: usize| {
            let (length, said) = self.one_after(noun)?;
            (noun + length == or && self.preceded_by(noun, &[Atom::This])).then_some(said)
        };
        (or.saturating_sub(3)..or).find_map(named).filter(|_| !is_named).map(|said| (end - at, said))
    }

    /// Past `the next one`, `le suivant`, `den darauf`.
    fn next_of_these(&self, at: usize) -> Option<usize> {
        let word = self.is_any(at, &[Atom::Next, Atom::Following, Atom::Coming, Atom::MoveDays(7)])?;
        Some(self.past(at + word, &[Atom::Number(1)]))
    }

    /// The weekday, week, weekend or month that is named at `at`, one later than this one.
    fn one_after(&self, at: usize) -> Option<(usize, Said)> {
        if let Some((length, day)) = self.weekday_name(at) {
            let this = days(&[self.placed(day, Atom::This)], self.today.now.date())?;
            return Some((length, Said::Date(plus(*this.dates.first()?, 7)?)));
        }
        let (length, period) = self.find(at, |atom| match atom {
            Atom::Weeks => Some(Period::Week(1)),
            Atom::Weekend => Some(Period::Weekend(1)),
            Atom::Months => Some(Period::Month(1)),
            _ => None,
        })?;
        Some((length, Said::Period(period)))
    }
}
