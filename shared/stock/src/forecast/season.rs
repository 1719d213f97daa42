//! How the weeks of the year differ.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DayUse;

/// Weeks of the year: seven days each from 1 January, the last with one or two days more.
const WEEKS: usize = 52;
/// How a week is made from its neighbours: three on each side.
const KERNEL: [f64; 7] = [1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0];
/// How many weeks the kernel is worth, as a mean.
const KERNEL_WEEKS: f64 = 256.0 / 44.0;
/// With so many uses in its neighbourhood a week is believed by half.
const USES: f64 = 10.0;

/// How much more or less than in the mean of a year is used, by week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Season {
    /// A factor for each of the 52 weeks of seven days from 1 January; the last has one or two days more.
    pub weeks: Vec<f64>,
}

impl Season {
    /// No season: every week is as any other.
    #[must_use]
    pub fn none() -> Self {
        Self { weeks: vec![1.0; WEEKS] }
    }

    /// Learns the season of one or of several items together; flat with less than a year. Damped: by a third with one year, less
    /// with two and three, since one year's season may be chance or growth; and where little was used.
    #[must_use]
    pub fn learn(histories: &[&[DayUse]], recorded_since: Date, today: Date) -> Self {
        let recorded = (today - recorded_since).get_days();
        let years = (recorded / 364).min(3);
        if years < 1 {
            return Self::none();
        }
        let mut uses = vec![0.0; WEEKS];
        for history in histories {
            let within =
                |day: &&DayUse| day.quantity > 0 && day.date < today && (today - day.date).get_days() <= years * 364;
            let days: Vec<&DayUse> = history.iter().filter(within).collect();
            // An item of which ten are used at a time has no more to say than one of which one is.
            let mean = days.iter().map(|day| day.quantity as f64).sum::<f64>() / (days.len().max(1)) as f64;
            for day in days {
                if let Some(uses) = uses.get_mut(week(day.date)) {
                    *uses += (day.quantity as f64 / mean).min(4.0);
                }
            }
        }
        let usual = uses.iter().sum::<f64>() / WEEKS as f64;
        let belief = f64::from(years) / (f64::from(years) + 0.5);
        let strength = usual * KERNEL_WEEKS / (usual * KERNEL_WEEKS + USES) * belief;
        let around = |week: usize| -> f64 {
            let neighbours =
                KERNEL.iter().enumerate().map(|(place, weight)| (weight, (week + WEEKS + place - 3) % WEEKS));
            let sum: f64 = neighbours.map(|(weight, week)| weight * uses.get(week).copied().unwrap_or_default()).sum();
            sum / KERNEL.iter().sum::<f64>()
        };
        if usual <= 0.0 {
            return Self::none();
        }
        Self { weeks: (0..WEEKS).map(|week| 1.0 + strength * (around(week) / usual - 1.0)).collect() }
    }

    /// The factor of a day.
    #[must_use]
    pub fn on(&self, date: Date) -> f64 {
        self.weeks.get(week(date)).copied().filter(|factor| factor.is_finite()).unwrap_or(1.0).clamp(0.1, 10.0)
    }
}

fn week(date: Date) -> usize {
    usize::try_from((date.day_of_year() - 1) / 7).unwrap_or_default().min(WEEKS - 1)
}
