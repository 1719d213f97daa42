//! The steps that make figures of many businesses' contributions: each a message on a queue, each the same when it is done again.

use ::benchmarks::Cohort;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// So many lists a night's contributions are spread over, by their cohort: all of a region's are in one list.
pub const SHARDS: u8 = 16;

/// A step: `{"step": "shard", "day": "2026-11-30", "shard": 7}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum AggregateStep {
    /// Sum up the cohorts of one list.
    Shard {
        /// Of which night.
        day: Date,
        /// Which list.
        shard: u8,
    },
    /// Publish the figures of a trade, where those of the half-year are not out.
    Industry {
        /// Of which night.
        day: Date,
        /// The trade.
        industry: String,
    },
}

/// The list that a cohort's contributions are in.
#[must_use]
pub fn shard_of(cohort: &Cohort) -> u8 {
    let sum = cohort.to_string().bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    u8::try_from(sum % u32::from(SHARDS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_written_as_the_queue_carries_it() {
        for text in [
            r#"{"step":"shard","day":"2026-11-30","shard":7}"#,
            r#"{"step":"industry","day":"2026-11-30","industry":"roofing"}"#,
        ] {
            let step: AggregateStep = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&step).unwrap(), text);
        }
        assert!(serde_json::from_str::<AggregateStep>(r#"{"step":"shard","day":"soon","shard":7}"#).is_err());
    }

    #[test]
    fn cohorts_are_spread_over_the_lists() {
        let states = ["co", "tx", "ny", "ca", "fl", "wa", "or", "az", "nv", "ut", "il", "oh", "ga", "nc", "va", "pa"];
        let lists = states.map(|state| shard_of(&Cohort::region("roofing", "us", state).unwrap()));
        assert!(lists.iter().all(|list| *list < SHARDS));
        assert!(lists.iter().collect::<std::collections::BTreeSet<_>>().len() > 6, "{lists:?}");
    }
}
