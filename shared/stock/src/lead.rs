//! How long a supplier takes.

use serde::{Deserialize, Serialize};

/// How long a supplier takes to deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Days as a rule: half of the deliveries are there.
    pub days: u16,
    /// Days more until nine of ten are there.
    pub late_days: u16,
}

/// Fewer deliveries than this say nothing: a supplier is late once.
const LEAST_DELIVERIES: usize = 4;
/// What the supplier says has the weight of so many deliveries.
const STATED_DELIVERIES: usize = 3;

impl Lead {
    /// Learns from the days that deliveries took; `stated` is what the supplier says, and has the weight of three deliveries.
    #[must_use]
    pub fn learn(taken: &[u16], stated: u16) -> Self {
        let over: Vec<i32> = taken.iter().map(|days| i32::from(*days) - i32::from(stated)).collect();
        Self::seen(&over, stated)
    }

    /// Learns from how many days more than stated deliveries took, fewer being below zero; so deliveries of goods with different leads say
    /// something together. `None`: there are fewer than four, and what is stated holds.
    ///
    /// What is stated has the weight of three deliveries, and the middle and the ninth tenth are taken, so that one delivery that was lost
    /// for weeks makes no lead.
    #[must_use]
    pub fn learned(over: &[i32], stated: u16) -> Option<Self> {
        (over.len() >= LEAST_DELIVERIES).then(|| Self::seen(over, stated))
    }

    fn seen(over: &[i32], stated: u16) -> Self {
        let mut all: Vec<i32> = over.iter().copied().chain([0; STATED_DELIVERIES]).collect();
        all.sort_unstable();
        let at = |percent: usize| all.get((all.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        let days = |over: i32| u16::try_from(i32::from(stated).saturating_add(over).max(0)).unwrap_or(u16::MAX);
        let (days, late) = (days(at(50).unwrap_or_default()), days(at(90).unwrap_or_default()));
        Self { days, late_days: late.saturating_sub(days) }
    }
}
