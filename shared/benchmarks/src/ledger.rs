//! What an industry's figures of a year may tell of one business in all, and what they have told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Metric, Period};

/// The most that one metric's figures may tell of one business in a calendar year, in thousandths of epsilon: 2. All six
/// together: 12.
pub const YEARLY_EPSILON_MILLI: u32 = 2_000;

/// The privacy ledger of one industry: the caller stores it in the transaction that stores the figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// What was released, by metric and period.
    #[serde(default)]
    released: BTreeMap<Metric, BTreeMap<Period, Release>>,
}

/// A release: what it cost, and the keyed digest of what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Release {
    epsilon_milli: u32,
    inputs: String,
}

/// Why nothing is released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// The period's figures came from other inputs. A second answer beside the first would tell who came or went.
    #[error("this period's figures are out, from other inputs")]
    AlreadyReleased,
    /// The year's budget is spent.
    #[error("the year's privacy budget is spent")]
    BudgetSpent,
}

impl Ledger {
    /// What a metric's figures of a calendar year have cost, in thousandths of epsilon.
    #[must_use]
    pub fn spent_milli(&self, metric: Metric, year: u16) -> u32 {
        let releases = self.released.get(&metric).into_iter().flatten();
        releases.filter(|(period, _)| period.year() == year).map(|(_, release)| release.epsilon_milli).sum()
    }

    /// Whether a metric's figures of a period were made.
    #[must_use]
    pub fn has(&self, metric: Metric, period: Period) -> bool {
        self.released.get(&metric).is_some_and(|periods| periods.contains_key(&period))
    }

    /// Notes a release. The same once more, from the same inputs, costs nothing: it has the same answer.
    ///
    /// # Errors
    /// [`Refused`]; nothing is noted then.
    pub(crate) fn charge(
        &mut self,
        metric: Metric,
        period: Period,
        epsilon_milli: u32,
        inputs: &str,
    ) -> Result<(), Refused> {
        if let Some(release) = self.released.get(&metric).and_then(|periods| periods.get(&period)) {
            let same = release.inputs == inputs && release.epsilon_milli == epsilon_milli;
            return if same { Ok(()) } else { Err(Refused::AlreadyReleased) };
        }
        if self.spent_milli(metric, period.year()).saturating_add(epsilon_milli) > YEARLY_EPSILON_MILLI {
            return Err(Refused::BudgetSpent);
        }
        let release = Release { epsilon_milli, inputs: inputs.to_owned() };
        self.released.entry(metric).or_default().insert(period, release);
        Ok(())
    }
}
