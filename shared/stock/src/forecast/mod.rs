//! What the next days will use of one item.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Usage;

/// How many days ahead a forecast looks by default.
pub const HORIZON_DAYS: u16 = 14;

/// Units of one item that were used on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayUse {
    /// The day.
    pub date: Date,
    /// How many.
    pub quantity: i64,
    /// How many days before that day the job was booked; 0 for an emergency, or where there was no job.
    pub booked_ahead: u16,
}

/// A job in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedJob {
    /// Its day.
    pub date: Date,
    /// Its service.
    pub service: String,
}

/// Weather that makes more or less work: 1.3 is 30 percent more of what comes unbooked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The factor, from [`Outlook::FACTORS`]; held to them.
    pub factor: f64,
}

/// What a forecast is made from.
#[derive(Debug, Clone, Copy)]
pub struct Outset<'a> {
    /// The shop's today: the first day of the forecast.
    pub today: Date,
    /// How many days, today included.
    pub days: u16,
    /// The item.
    pub item: &'a str,
    /// What it was used up to yesterday; days that are not named used none. What is of today or later is passed over.
    pub history: &'a [DayUse],
    /// The first day that was recorded, which may be before the first use.
    pub recorded_since: Date,
    /// The season of the shop, of the category or of the item: [`Season::learn`].
    pub season: &'a Season,
    /// The jobs that are booked from today on.
    pub booked: &'a [BookedJob],
    /// What visits use.
    pub usage: &'a Usage,
    /// The weather.
    pub outlook: &'a [Outlook],
}

/// How much more or less than in the mean of a year is used, by week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Season {
    /// A factor for each of the weeks of seven days from 1 January; the last has the one or two days left.
    pub weeks: Vec<f64>,
}

/// What will be used, day by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// One for each day, from today on.
    pub days: Vec<DayDemand>,
}

/// What one day will use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DayDemand {
    /// The day.
    pub date: Date,
    /// Units that booked jobs will use, in the mean.
    pub booked: f64,
    /// Units that come unbooked, in the mean.
    pub unbooked: f64,
    /// The variance of both together.
    pub variance: f64,
}

/// A number of units that is not certain: a negative binomial, or a Poisson where it varies as little.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// The mean.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

/// The forecast of one item.
#[must_use]
#[expect(clippy::todo, reason = "types first")]
pub fn forecast(_outset: &Outset<'_>) -> Forecast {
    todo!()
}

impl Outlook {
    /// The least and the greatest factor.
    pub const FACTORS: (f64, f64) = (0.25, 4.0);
}

impl Season {
    /// No season: every week is as any other.
    #[must_use]
    pub fn none() -> Self {
        Self { weeks: vec![1.0; 53] }
    }

    /// Learns the season of one or of several items together; flat with less than a year, and damped where little was used.
    #[must_use]
    #[expect(clippy::todo, reason = "types first")]
    pub fn learn(_histories: &[&[DayUse]], _recorded_since: Date, _today: Date) -> Self {
        todo!()
    }
}

impl Forecast {
    /// What the first `days` days will use together.
    #[must_use]
    #[expect(clippy::todo, reason = "types first")]
    pub fn over(&self, _days: u16) -> Count {
        todo!()
    }
}

impl Count {
    /// The least number that is enough with probability `level` (0 to 1).
    #[must_use]
    #[expect(clippy::todo, reason = "types first")]
    pub fn quantile(&self, _level: f64) -> i64 {
        todo!()
    }

    /// The interval that it is in with probability `level`.
    #[must_use]
    pub fn interval(&self, level: f64) -> (i64, i64) {
        (self.quantile((1.0 - level) / 2.0), self.quantile(f64::midpoint(1.0, level)))
    }
}
