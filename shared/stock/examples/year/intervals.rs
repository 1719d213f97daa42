//! Whether the intervals of the forecasts keep what they promise.

use std::fmt;
use std::ops::Range;

use stock::HORIZON_DAYS;

use crate::policies::forecast_of;
use crate::shop::{BEFORE, Item, Shop, YEAR};

/// How often what was used lay in the interval, and how far the middle was off.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Within {
    pub(crate) percent: u8,
    forecasts: u32,
    inside: u32,
    below: u32,
    used: f64,
    pub(crate) off: f64,
    /// How far so many days of the last 90 would have been off.
    pub(crate) off_plain: f64,
}

impl Within {
    /// Of a hundred forecasts.
    pub(crate) fn percent_inside(&self) -> f64 {
        100.0 * f64::from(self.inside) / f64::from(self.forecasts)
    }
}

/// Forecasts of every item of these shops, every other Monday of a year, held against what was used.
pub(crate) fn measure(seeds: Range<u64>) -> [Within; 2] {
    let mut all = [80, 95].map(|percent| Within { percent, ..Within::default() });
    for shop in seeds.map(Shop::new) {
        let mondays = (BEFORE..BEFORE + YEAR).filter(|day| day % 14 == 0);
        for (day, item) in mondays.flat_map(|day| shop.items.iter().map(move |item| (day, item))) {
            let days = i32::from(HORIZON_DAYS);
            let count = forecast_of(item, day, HORIZON_DAYS).over(HORIZON_DAYS);
            let used = used(item, day..day + days);
            let plain = used_before(item, day) * f64::from(days) / 90.0;
            for within in &mut all {
                let (low, high) = count.interval(f64::from(within.percent) / 100.0);
                within.forecasts += 1;
                within.inside += u32::from((low..=high).contains(&used));
                within.below += u32::from(used < low);
                within.used += used as f64;
                within.off += (count.mean - used as f64).abs();
                within.off_plain += (plain - used as f64).abs();
            }
        }
    }
    all
}

fn used(item: &Item, days: Range<i32>) -> i64 {
    item.jobs.iter().filter(|job| days.contains(&job.day)).map(|job| job.quantity).sum()
}

fn used_before(item: &Item, day: i32) -> f64 {
    used(item, day - 90..day) as f64
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: u32| 100.0 * f64::from(part) / f64::from(self.forecasts);
        let off = |off: f64| 100.0 * off / self.used;
        write!(
            f,
            "interval of {} %: {:.1} % of {} forecasts for {HORIZON_DAYS} days hold it ({:.1} % used less, {:.1} % more); off by {:.1} % of what was used, \
             the last 90 days by {:.1} %",
            self.percent,
            self.percent_inside(),
            self.forecasts,
            share(self.below),
            share(self.forecasts - self.inside - self.below),
            off(self.off),
            off(self.off_plain),
        )
    }
}
