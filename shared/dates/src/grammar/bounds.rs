//! Before a day, until it, or from it on: `before Friday`, `by the end of the month`, `until Tuesday at noon`.

use super::{Parser, Piece};
use crate::calendar::{Edge, Said, days, days_of, plus};
use crate::lexicon::Atom;
use crate::wish::Time;

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
        let (end, base) = self.base(start)?;
        let said = match bound {
            Atom::StartingOn => Said::From(base),
            Atom::After => Said::From(plus(base, 1)?),
            Atom::Before => Said::Until(plus(base, -1)?),
            _ => Said::Until(base),
        };
        let end = self.past(end, &[Atom::OrLater]);
        Some((end - at, said))
    }

    /// `before Friday at noon`, `bis Freitag um 16 Uhr`: until that time of that day.
    pub(super) fn bounded_moment(&self, at: usize) -> Option<(usize, Piece)> {
        let length = self.is_any(at, &[Atom::Before, Atom::Until])?;
        let (end, base) = self.base(self.past(self.past(at + length, &[Atom::Link]), &[Atom::Link]))?;
        let (more, piece) = self.at_hour(end)?;
        let Piece::Time(Time::At(clock)) = piece else { return None };
        Some((end + more - at, Piece::Both(Said::Date(base), Time::Until(clock))))
    }

    /// `before next week`, `by the end of the month`, `after the weekend`: where it ends.
    fn bounded_by_period(&self, bound: Atom, start: usize) -> Option<(usize, Said)> {
        let found = self.part_of_year(start).or_else(|| self.period(start))?;
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
