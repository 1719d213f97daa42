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

impl Lead {
    /// Learns from the days that deliveries took; `stated` is what the supplier says, and has the weight of three deliveries.
    #[must_use]
    pub fn learn(taken: &[u16], stated: u16) -> Self {
        let mut all: Vec<u16> = taken.iter().copied().chain([stated; 3]).collect();
        all.sort_unstable();
        let at =
            |percent: usize| all.get((all.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or(stated);
        Self { days: at(50), late_days: at(90).saturating_sub(at(50)) }
    }
}
