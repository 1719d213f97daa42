//! What the next days will use of one item.
//!
//! Two parts. What booked jobs will use: each job of a service uses what such jobs have used ([`crate::learn`]). And what comes
//! unbooked: the rate of the item's past use, by day of the week and season, times the weather, times the part of the use that is
//! booked no earlier than now. That part grows with the days ahead: of today's jobs most are booked by this morning, of those in two
//! weeks few. So nothing is counted twice.

mod count;
mod rate;
mod season;
mod weather;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Usage;
pub use count::Count;
pub(crate) use count::Table;
use rate::Rate;
pub use season::Season;
pub use weather::{Effect, Outlook};

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

/// What will be used, day by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// One for each day, from today on.
    pub days: Vec<DayDemand>,
    /// The weather that moves it, as far as it is felt on these days.
    pub weather: Vec<Outlook>,
    /// How far the mean of what comes unbooked may be off on all days alike: the squared relative error.
    pub doubt: f64,
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
    /// How many of `unbooked` come because of the weather, in the mean; below zero: so many stay away.
    pub weather: f64,
    /// The variance of both together, given the mean.
    pub variance: f64,
}

/// The forecast of one item.
#[must_use]
pub fn forecast(outset: &Outset<'_>) -> Forecast {
    let rate = Rate::learn(outset.history, outset.season, outset.recorded_since, outset.today);
    let days = (0..outset.days).filter_map(|ahead| {
        let date = outset.today.checked_add(jiff::Span::new().days(i64::from(ahead))).ok()?;
        let (booked, of_jobs) = booked(outset, date);
        let part = rate.unbooked_part(ahead);
        let usual = rate.on(date) * outset.season.on(date) * part;
        let unbooked = usual * Outlook::on(outset.outlook, date).map_or(1.0, |(_, factor)| factor);
        // What is taken out by chance from a number that varies more than a Poisson varies less.
        let spread = 1.0 + (rate.dispersion - 1.0) * part;
        Some(DayDemand { date, booked, unbooked, weather: unbooked - usual, variance: of_jobs + unbooked * spread })
    });
    let days: Vec<DayDemand> = days.collect();
    let is_felt = |outlook: &&Outlook| days.iter().any(|day| (outlook.from..=outlook.to).contains(&day.date));
    let weather = outset.outlook.iter().filter(is_felt).cloned().collect();
    Forecast { days, weather, doubt: rate.doubt }
}

/// The mean and the variance of what the jobs of a day use.
fn booked(outset: &Outset<'_>, date: Date) -> (f64, f64) {
    let jobs = outset.booked.iter().filter(|job| job.date == date);
    let typical = jobs.filter_map(|job| outset.usage.get(&job.service)?.get(outset.item));
    typical.fold((0.0, 0.0), |(mean, variance), typical| (mean + typical.mean, variance + typical.variance))
}

impl Forecast {
    /// What the first `days` days will use together. Days beyond the forecast are taken to be as its last seven in the mean.
    #[must_use]
    pub fn over(&self, days: u16) -> Count {
        let (booked, unbooked, variance) = self.sums(days);
        Count { mean: booked + unbooked, variance: variance + self.doubt * unbooked * unbooked }
    }

    /// What booked jobs will use in the first `days` days, in the mean.
    #[must_use]
    pub fn booked(&self, days: u16) -> f64 {
        self.sums(days).0
    }

    /// What the weather brings in the first `days` days, in the mean: of each that is felt on them, how many units more, or fewer.
    pub fn of_weather(&self, days: u16) -> impl Iterator<Item = (&Outlook, f64)> {
        let within = self.days.get(..usize::from(days)).unwrap_or(&self.days);
        self.weather.iter().map(move |outlook| {
            let is_its = |day: &&DayDemand| Outlook::on(&self.weather, day.date).is_some_and(|(on, _)| on == outlook);
            (outlook, within.iter().filter(is_its).map(|day| day.weather).sum())
        })
    }

    /// Units a day, in the mean of the forecast.
    #[must_use]
    pub fn daily(&self) -> f64 {
        let days = u16::try_from(self.days.len()).unwrap_or(u16::MAX);
        self.over(days).mean / f64::from(days.max(1))
    }

    fn sums(&self, days: u16) -> (f64, f64, f64) {
        let days = usize::from(days);
        let add =
            |sum: (f64, f64, f64), day: &DayDemand| (sum.0 + day.booked, sum.1 + day.unbooked, sum.2 + day.variance);
        let within = self.days.iter().take(days).fold((0.0, 0.0, 0.0), add);
        let last = self.days.get(self.days.len().saturating_sub(7)..).unwrap_or_default();
        let tail = last.iter().fold((0.0, 0.0, 0.0), add);
        let times = days.saturating_sub(self.days.len()) as f64 / last.len().max(1) as f64;
        // By then the calendar says little: what is booked later is as uncertain as the rest.
        (within.0, within.1 + (tail.0 + tail.1) * times, within.2 + tail.2 * times)
    }
}
