//! A wish: the days that fit, the hour, and how both were said.

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// Minutes of a day.
pub(crate) const DAY: u16 = 24 * 60;
/// Minutes of half a day.
pub(crate) const HALF: u16 = DAY / 2;

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Until noon.
    Morning,
    /// Around lunch.
    Noon,
    /// Noon to six.
    Afternoon,
    /// From five.
    Evening,
    /// From six.
    Night,
    /// From five, as most people leave work then.
    AfterWork,
}

impl Part {
    /// From when to when, in minutes after midnight.
    #[must_use]
    pub const fn window(self) -> (u16, u16) {
        match self {
            Self::Morning => (5 * 60, 12 * 60),
            Self::Noon => (11 * 60 + 30, 14 * 60),
            Self::Afternoon => (12 * 60, 18 * 60),
            Self::Evening | Self::AfterWork => (17 * 60, 22 * 60),
            Self::Night => (18 * 60, DAY),
        }
    }
}

/// A time of day as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Minutes after midnight; before noon where `either`.
    pub minute: u16,
    /// Neither half of the day was said: `3` may be 15:00.
    pub either: bool,
}

impl Clock {
    /// A time of which both halves of the day are not possible.
    #[must_use]
    pub const fn sure(minute: u16) -> Self {
        Self { minute: minute % DAY, either: false }
    }

    /// The same in that part of the day, where its half was open.
    #[must_use]
    pub const fn in_part(self, part: Part) -> Self {
        if !self.either {
            return self;
        }
        let is_early = match part {
            Part::Morning => true,
            // Half past eleven is around noon.
            Part::Noon => self.minute >= 11 * 60,
            // "Two at night".
            Part::Night => self.minute < 5 * 60,
            Part::Afternoon | Part::Evening | Part::AfterWork => false,
        };
        Self::sure(if is_early { self.minute } else { self.minute + HALF })
    }

    /// The same in the part of the day that was said before it, where it lies in that part: after "in the afternoon", 11 is no 23:00,
    /// but the hour of a correction.
    pub(crate) fn near_part(self, part: Part) -> Self {
        let (exact, (from, to)) = (self.in_part(part), part.window());
        let is_at_night = part == Part::Night && exact.minute < from;
        if (from..=to).contains(&exact.minute) || is_at_night { exact } else { self }
    }

    /// So many minutes later.
    pub(crate) fn moved(self, minutes: i32) -> Self {
        let moved = (i32::from(self.minute) + minutes).rem_euclid(i32::from(DAY));
        let minute = u16::try_from(moved).unwrap_or(self.minute);
        if self.either { Self { minute: minute % HALF, either: true } } else { Self { minute, either: false } }
    }
}

/// When on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// At that time.
    At(Clock),
    /// Between the two.
    Between(Clock, Clock),
    /// Not before: "not before ten", "after 3".
    From(Clock),
    /// Not after: "until noon", "before 5".
    Until(Clock),
    /// In that part of the day.
    Part(Part),
}

/// What days were named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// One or more weekdays, which may stand in any week.
    Weekday,
    /// A day of the month alone, which may stand in any month: "the 15th".
    DayOfMonth,
    /// A day of the calendar, or one counted from today.
    Date,
    /// A week, a weekend, a number of days: one of them is wanted.
    Span,
    /// A month or a part of it: one of its days is wanted.
    Month,
    /// Any day, or any but some.
    Any,
}

/// The days that fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// In order, today or later, at least one. Several where one of them is wanted: "Monday or Tuesday", "next week".
    pub dates: Vec<Date>,
    /// What they were named by, for what is said later.
    pub named: Named,
    /// Two things were said that are not both true: "Monday the 15th", where no 15th within a year is a Monday. The date is
    /// that of the number then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
}

/// A change of what was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// So many days later: "the week after".
    Days(i8),
    /// So many minutes later: "an hour earlier".
    Minutes(i16),
    /// Later than that, without saying by how much.
    Later,
    /// Earlier than that.
    Earlier,
}

/// What somebody says of when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Their words, on one line.
    pub words: String,
    /// Where in the text they stand, in bytes.
    #[serde(skip)]
    pub span: Range<usize>,
    /// The days that fit; `None`: none was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// When on such a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// How many nights they stay from that day on. Not read from a text by itself: [`nights`](crate::nights) reads it, for businesses where
    /// people stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nights: Option<u8>,
    /// The nights were said by their number, and no day on which they leave.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
    /// Weekdays that do not fit. They are not among the days.
    #[serde(default, with = "weekdays", skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Weekday>,
    /// Days that do not fit, by their date or with an hour: "not the 14th", "not Tuesday at 6", whose weekday is among those above.
    /// They are not among the days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Choice>,
    /// About that time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
    /// As soon as possible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub soon: bool,
    /// Any time will do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub any_time: bool,
    /// Another choice beside the wish before it, as in "at 3 or 5", and no correction of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alternative: bool,
    /// Changes what was said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The days that were said together, each with its own hour, where there are several: "Monday at 9 or Tuesday at 6". This wish
    /// is one of them, until they say which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// One of several days, with what was said of when on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The day.
    pub date: Date,
    /// When on it; `None`: nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

impl Wish {
    /// How much it says: a day and an hour before either, either before a part of the day, that before "soon".
    #[must_use]
    pub fn weight(&self) -> u8 {
        let day = self.day.as_ref().map_or(0, |day| match day.named {
            Named::Any => 1,
            Named::Month => 5,
            _ if day.dates.len() > 1 => 6,
            _ => 8,
        });
        let time = match self.time {
            Some(Time::Part(_)) => 2,
            Some(_) => 4,
            None => 0,
        };
        day + time + u8::from(self.soon || self.any_time || self.change.is_some() || self.has_refused())
    }

    /// The one day that fits; `None`: none or several.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self.day.as_ref()?.dates.as_slice() {
            [date] => Some(*date),
            _ => None,
        }
    }

    /// Whether it says of some days that they do not fit.
    #[must_use]
    pub fn has_refused(&self) -> bool {
        !self.except.is_empty() || !self.refused.is_empty()
    }

    /// Whether it says of that day that it does not fit.
    #[must_use]
    pub fn refuses(&self, date: Date) -> bool {
        self.except.contains(&date.weekday()) || self.refused.iter().any(|no| no.date == date)
    }

    /// Whether it names one day and one hour: nothing more to ask.
    #[must_use]
    pub fn is_precise(&self) -> bool {
        self.date().is_some() && matches!(self.time, Some(Time::At(_)))
    }
}

/// Weekdays are stored by their number, Monday first.
mod weekdays {
    use jiff::civil::Weekday;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(days: &[Weekday], to: S) -> Result<S::Ok, S::Error> {
        days.iter().map(|day| day.to_monday_one_offset()).collect::<Vec<i8>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Weekday>, D::Error> {
        let numbers = Vec::<i8>::deserialize(from)?;
        Ok(numbers.into_iter().filter_map(|number| Weekday::from_monday_one_offset(number).ok()).collect())
    }
}
