//! Days on which the weekly timetable does not hold.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Span;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        match day {
            Day::Monday => Self::Monday,
            Day::Tuesday => Self::Tuesday,
            Day::Wednesday => Self::Wednesday,
            Day::Thursday => Self::Thursday,
            Day::Friday => Self::Friday,
            Day::Saturday => Self::Saturday,
            Day::Sunday => Self::Sunday,
        }
    }
}

/// A day that differs every year: either `day` of `month`, or the `nth` `weekday` of `month`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, example = "Thanksgiving")]
    pub name: String,
    /// Its month, 1 to 12.
    #[schema(minimum = 1, maximum = 12, example = 11)]
    pub month: i8,
    /// Its day of the month, 1 to 31, for one with a fixed date.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 31)]
    pub day: Option<i8>,
    /// Its weekday, for one that moves.
    #[serde(default)]
    pub weekday: Option<Day>,
    /// Which of these weekdays of the month: 1 to 5, or -1 for the last.
    #[serde(default)]
    #[schema(minimum = -1, maximum = 5, example = 4)]
    pub nth: Option<i8>,
    /// When it is open then; none: closed.
    #[serde(default)]
    pub spans: Vec<Span>,
}

/// Days that differ once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The day, or the first of several.
    pub date: Date,
    /// The last of several days.
    #[serde(default)]
    pub until: Option<Date>,
    /// Why: `Staff training`.
    #[schema(min_length = 1, max_length = 80, example = "Staff training")]
    pub name: String,
    /// When it is open on each of them; none: closed.
    #[serde(default)]
    pub spans: Vec<Span>,
}

impl Holiday {
    /// Whether it is on `date`. One that is neither a fixed nor a moving day never is.
    #[must_use]
    pub fn falls_on(&self, date: Date) -> bool {
        date.month() == self.month
            && match (self.day, self.weekday, self.nth) {
                (Some(day), None, None) => date.day() == day,
                (None, Some(weekday), Some(nth)) => {
                    date.nth_weekday_of_month(nth, weekday.into()).is_ok_and(|day| day == date)
                }
                _ => false,
            }
    }
}

impl Exception {
    /// Whether it holds on `date`.
    #[must_use]
    pub fn holds_on(&self, date: Date) -> bool {
        (self.date..=self.until.unwrap_or(self.date)).contains(&date)
    }
}
