//! The rest of a year and its end: `later this year`, `by the end of the year`, `Jahresende`.

use jiff::civil::Date;

use super::Parser;
use crate::calendar::Said;
use crate::lexicon::Atom;

impl Parser<'_> {
    /// The rest of this year, or its last month.
    pub(super) fn part_of_year(&self, at: usize) -> Option<(usize, Said)> {
        let year = self.today.now.year();
        let last = Date::new(year, 12, 31).ok()?;
        let december = Said::Between(last.first_of_month(), last);
        if let Some(length) = self.is(at, Atom::YearEnd) {
            return Some((length, december));
        }
        let (length, is_end) = self.find(at, |atom| match atom {
            Atom::End => Some(true),
            Atom::RestOf => Some(false),
            _ => None,
        })?;
        let start = self.past(self.past(at + length, &[Atom::Of, Atom::Link]), &[Atom::Link, Atom::This]);
        let (more, ()) = self.find(start, |atom| matches!(atom, Atom::Years | Atom::ThisYear).then_some(()))?;
        Some((start + more - at, if is_end { december } else { Said::Until(last) }))
    }
}
