//! Weeks and weekends by a day in them: `the week of the 18th`, `Christmas week`, `w/c 4 February`.

use jiff::civil::{Date, Weekday};

use super::Parser;
use crate::calendar::{Said, plus};
use crate::lexicon::Atom;

impl Parser<'_> {
    /// `the week of the 18th`, `the week beginning February 4`.
    pub(super) fn week_of(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(found) = self.week_of_feast(at).or_else(|| self.calendar_week(at)) {
            return Some(found);
        }
        // "W/c 4 February".
        if let Some(short) = self.is(at, Atom::WeekStarting) {
            let (end, date) = self.base(self.past(at + short, &[Atom::Link]))?;
            return Some((end - at, week_around(date)?));
        }
        let (length, noun) = self.find(at, |atom| matches!(atom, Atom::Weeks | Atom::Weekend).then_some(atom))?;
        let of = self.is_any(at + length, &[Atom::Of, Atom::StartingOn, Atom::From])?;
        let start = self.past(at + length + of, &[Atom::Link]);
        let (end, date) = self.base(start)?;
        let said = match (noun, date.weekday()) {
            (Atom::Weekend, _) => weekend_around(date)?,
            // Who names a week by the date of its Sunday means the one that begins then.
            (_, Weekday::Sunday) if self.relative(start).is_none() => Said::Between(date, plus(date, 6)?),
            _ => week_around(date)?,
        };
        Some((end - at, said))
    }

    pub(super) fn is_feast(&self, at: usize) -> bool {
        self.find(at, feast).is_some()
    }

    /// `Christmas week`, `Memorial Day weekend`, `July 4th weekend`.
    fn week_of_feast(&self, at: usize) -> Option<(usize, Said)> {
        let dated = || self.of_month(at).filter(|_| self.is_any(at, &[Atom::Weeks, Atom::Weekend]).is_none());
        let (length, said) = self.relative(at).filter(|_| self.is_feast(at)).or_else(dated)?;
        let noun = self.find(at + length, |atom| matches!(atom, Atom::Weeks | Atom::Weekend).then_some(atom));
        let Said::Date(date) = said else { return None };
        let said = match noun? {
            (_, Atom::Weekend) => weekend_around(date)?,
            _ => week_around(date)?,
        };
        Some((length + noun?.0, said))
    }
}

/// A feast, whose date depends on the year.
pub(super) fn feast(atom: Atom) -> Option<Atom> {
    matches!(atom, Atom::Feast(..) | Atom::MovingFeast(..) | Atom::EasterFeast(_)).then_some(atom)
}

/// The weekend beside a date, with it: a Monday goes with the weekend before.
fn weekend_around(date: Date) -> Option<Said> {
    let saturday = match date.weekday() {
        Weekday::Saturday => date,
        Weekday::Sunday | Weekday::Monday => date.nth_weekday(-1, Weekday::Saturday).ok()?,
        _ => date.nth_weekday(1, Weekday::Saturday).ok()?,
    };
    Some(Said::Between(saturday.min(date), plus(saturday, 1)?.max(date)))
}

/// The week in which a date is.
pub(super) fn week_around(date: Date) -> Option<Said> {
    let monday = plus(date, -i32::from(date.weekday().to_monday_zero_offset()))?;
    Some(Said::Between(monday, plus(monday, 6)?))
}
