//! How much of an item is used a day, without season and weather.
//!
//! Weeks are smoothed: single exponential smoothing where most weeks have some use, with the constant that would have foretold the
//! past best; Teunter, Syntetos and Babai's method where use is intermittent (doi:10.1016/j.ejor.2011.05.018), which unlike
//! Croston's lets an item that is no longer used go to zero.

use jiff::civil::Date;

use super::{DayUse, Season};
use crate::usage::cap;

/// The most weeks that are looked at.
const WEEKS: usize = 156;
/// Weeks without use from which on it is intermittent, as a part of all.
const INTERMITTENT: f64 = 1.0 / 3.0;
/// Smoothing constants that are tried.
const CONSTANTS: [f64; 5] = [0.03, 0.06, 0.1, 0.2, 0.3];
/// The constant for how often, and for how many, of intermittent use.
const SLOW: f64 = 0.08;
/// How many days of use even weekdays count for, and how many a usual share of bookings ahead.
const EVEN: f64 = 7.0;
/// What a week varies more than a Poisson, until weeks have shown it.
const DISPERSION: f64 = 1.5;

/// How much is used.
pub(super) struct Rate {
    /// By weekday from Monday, units a day.
    weekdays: [f64; 7],
    /// The variance of a day over its mean.
    pub(super) dispersion: f64,
    /// The squared relative error of the level.
    pub(super) doubt: f64,
    /// How many days of use were booked so many days ahead.
    ahead: Vec<f64>,
}

/// A smoothed level: units a week, and how well it foretold each week from those before.
struct Level {
    weekly: f64,
    /// Squared errors of one week ahead, summed, and the levels that they were made with.
    errors: f64,
    levels: f64,
    constant: f64,
}

impl Rate {
    pub(super) fn learn(history: &[DayUse], season: &Season, since: Date, today: Date) -> Self {
        let past: Vec<&DayUse> = history.iter().filter(|day| day.date < today && day.quantity > 0).collect();
        let first = past.iter().map(|day| day.date).min().map_or(since, |first| first.min(since));
        let days = (today - first).get_days().max(0);
        let weeks = weeks(&past, season, days, today);
        let level = level(&weeks);
        let seen = weeks.len() as f64;
        let shown = if level.levels > 0.0 { level.errors / level.levels } else { DISPERSION };
        let dispersion = ((seen * shown + 4.0 * DISPERSION) / (seen + 4.0)).max(1.0);
        let constant = level.constant.max(1.0 / seen.max(1.0));
        let doubt = if level.weekly > 0.0 { dispersion / level.weekly * constant / (2.0 - constant) } else { 0.0 };
        Self { weekdays: weekdays(&past, level.weekly, today), dispersion, doubt: doubt.min(1.0), ahead: ahead(&past) }
    }

    /// Units on a day of that weekday.
    pub(super) fn on(&self, date: Date) -> f64 {
        let place = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        self.weekdays.get(place).copied().unwrap_or_default()
    }

    /// The part of a day's use whose jobs are not booked so many days before.
    pub(super) fn unbooked_part(&self, days_ahead: u16) -> f64 {
        let days = usize::from(days_ahead);
        let later: f64 = self.ahead.iter().take(days + 1).sum();
        let all: f64 = self.ahead.iter().sum();
        let usual = 0.5 + (f64::from(days_ahead) / 28.0).min(0.5);
        (later + EVEN * usual) / (all + EVEN)
    }
}

/// Units a week without season, the oldest first; the weeks end yesterday. The days before the first whole week are left out,
/// unless there is none: then they are taken for one.
fn weeks(past: &[&DayUse], season: &Season, days: i32, today: Date) -> Vec<f64> {
    let whole = usize::try_from(days / 7).unwrap_or_default().min(WEEKS);
    let mut weeks = vec![0.0; whole.max(usize::from(days > 0))];
    for day in past {
        let ago = usize::try_from((today - day.date).get_days() - 1).unwrap_or_default() / 7;
        if let Some(week) = weeks.iter_mut().rev().nth(ago) {
            *week += day.quantity as f64 / season.on(day.date).max(0.2);
        }
    }
    let cap = cap(weeks.iter().copied().filter(|week| *week > 0.0).collect());
    weeks.iter().map(|week| week.min(cap)).collect()
}

fn level(weeks: &[f64]) -> Level {
    let without = weeks.iter().filter(|week| **week <= 0.0).count() as f64;
    if without > INTERMITTENT * weeks.len() as f64 {
        return intermittent(weeks);
    }
    let smoothed = CONSTANTS.iter().map(|constant| smoothed(weeks, *constant));
    smoothed.min_by(|a, b| a.errors.total_cmp(&b.errors)).unwrap_or_else(|| intermittent(weeks))
}

/// Single exponential smoothing. It begins with the mean of the first eight weeks; until as many have been seen as the constant
/// stands for, each week has the weight that it has in a mean.
fn smoothed(weeks: &[f64], constant: f64) -> Level {
    let mut level = Level { weekly: start(weeks), errors: 0.0, levels: 0.0, constant };
    for (seen, week) in weeks.iter().enumerate() {
        level.note(*week);
        level.weekly += constant.max(1.0 / (seen as f64 + 8.0)) * (week - level.weekly);
    }
    level
}

/// Teunter, Syntetos and Babai: how often and how many are smoothed apart, how often in every week.
fn intermittent(weeks: &[f64]) -> Level {
    let used: Vec<f64> = weeks.iter().copied().filter(|week| *week > 0.0).collect();
    let first: Vec<f64> = used.iter().copied().take(8).collect();
    let mut size = first.iter().sum::<f64>() / first.len().max(1) as f64;
    let mut chance = used.len() as f64 / weeks.len().max(1) as f64;
    let mut level = Level { weekly: chance * size, errors: 0.0, levels: 0.0, constant: SLOW };
    for week in weeks {
        level.note(*week);
        chance += SLOW * (f64::from(u8::from(*week > 0.0)) - chance);
        size += if *week > 0.0 { SLOW * (week - size) } else { 0.0 };
        level.weekly = chance * size;
    }
    level
}

fn start(weeks: &[f64]) -> f64 {
    let first: Vec<f64> = weeks.iter().copied().take(8).collect();
    first.iter().sum::<f64>() / first.len().max(1) as f64
}

impl Level {
    fn note(&mut self, week: f64) {
        self.errors += (week - self.weekly).powi(2);
        self.levels += self.weekly;
    }
}

/// The level of a week shared over its days by how often each has had use in the last half year.
fn weekdays(past: &[&DayUse], weekly: f64, today: Date) -> [f64; 7] {
    let mut days = [EVEN / 7.0; 7];
    for day in past.iter().filter(|day| (today - day.date).get_days() <= 182) {
        let place = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or_default();
        if let Some(days) = days.get_mut(place) {
            *days += 1.0;
        }
    }
    let all: f64 = days.iter().sum();
    days.map(|day| weekly * day / all)
}

/// How many uses were booked 0, 1, 2 and more days ahead.
fn ahead(past: &[&DayUse]) -> Vec<f64> {
    let longest = past.iter().map(|day| usize::from(day.booked_ahead)).max().unwrap_or_default();
    let mut counts = vec![0.0; longest + 1];
    for day in past {
        if let Some(count) = counts.get_mut(usize::from(day.booked_ahead)) {
            *count += 1.0;
        }
    }
    counts
}
