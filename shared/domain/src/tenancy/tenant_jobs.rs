//! What is done for every tenant now and then: one message a tenant on the queue `TenantJobs`.

use serde::{Deserialize, Serialize};

use super::usage::Month;
use crate::TenantId;

/// One tenant job for one tenant: `{"chore": "usage_reset", "tenant": "summit-roofing", "month": "2026-10"}`.
///
/// Every tenant job may be done twice with the same result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "chore", rename_all = "snake_case")]
pub enum TenantJob {
    /// Close a month's usage. Counting in the new month begins at nothing by itself.
    UsageReset {
        /// The tenant.
        tenant: TenantId,
        /// Which month; it is over.
        month: Month,
    },
    /// Have the customers asked once more who are likely to miss their visits.
    NoShowRescue {
        /// The tenant.
        tenant: TenantId,
    },
    /// Fit the chance of a missed visit to what became of earlier ones.
    NoShowLearning {
        /// The tenant.
        tenant: TenantId,
    },
    /// Sum up the figures that the tenant is compared by, for one night.
    BenchmarkSummary {
        /// The tenant.
        tenant: TenantId,
        /// Which night: the day of UTC, `2026-11-30`.
        period: String,
    },
    /// Make the week's suggestions for the frequent questions, where it is Monday morning and they are not made.
    KnowledgeGaps {
        /// The tenant.
        tenant: TenantId,
    },
    /// Draft the purchase orders of a week, once.
    WeeklyOrder {
        /// The tenant.
        tenant: TenantId,
        /// Which week, such as `2026-W49`.
        period: String,
    },
    /// Give the conversations that were stored before there was an index `queues` their place in it, a page of them. An operator asks for it
    /// once, after the index was made.
    QueueKeys {
        /// The tenant.
        tenant: TenantId,
        /// Where this page begins, as the page before said; none: the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cursor: Option<String>,
    },
    /// Forget a piece of what is older than the tenant keeps it.
    Retention {
        /// The tenant.
        tenant: TenantId,
        /// Where this piece begins, as the piece before said; none: the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        piece: Option<String>,
        /// How many pieces came before this one. Left out of the first.
        #[serde(default, skip_serializing_if = "is_first")]
        round: u32,
    },
}

/// A tenant whose triggers are held against the forecasts of a day: `{"tenant": "summit-roofing", "period": "2026-11-30"}`. Lies on a queue of
/// its own, `WeatherChecks`: a provider that is slow holds up nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeatherCheck {
    /// The tenant.
    pub tenant: TenantId,
    /// Which day of its own calendar: the period of a run.
    pub period: String,
    /// How often it was put off because a forecast could not be had.
    #[serde(default, skip_serializing_if = "is_first")]
    pub tries: u32,
}

fn is_first(round: &u32) -> bool {
    *round == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_job_is_written_as_the_queue_carries_it() {
        let text = r#"{"chore":"usage_reset","tenant":"acme","month":"2026-10"}"#;
        let tenant_job: TenantJob = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&tenant_job).unwrap(), text);
        for text in [
            r#"{"chore":"no_show_rescue","tenant":"acme"}"#,
            r#"{"chore":"no_show_learning","tenant":"acme"}"#,
            r#"{"chore":"benchmark_summary","tenant":"acme","period":"2026-11-30"}"#,
            r#"{"chore":"knowledge_gaps","tenant":"acme"}"#,
            r#"{"chore":"weekly_order","tenant":"acme","period":"2026-W49"}"#,
            r#"{"chore":"queue_keys","tenant":"acme"}"#,
            r#"{"chore":"queue_keys","tenant":"acme","cursor":"abc"}"#,
            r#"{"chore":"retention","tenant":"acme"}"#,
            r#"{"chore":"retention","tenant":"acme","piece":"{\"list\":\"audit\"}","round":17}"#,
        ] {
            let tenant_job: TenantJob = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&tenant_job).unwrap(), text);
        }
        for bad in [
            r#"{"chore":"usage_reset","tenant":"acme"}"#,
            r#"{"chore":"usage_reset","tenant":"Acme!","month":"2026-10"}"#,
            r#"{"chore":"usage_reset","tenant":"acme","month":"2026-10#TOTAL"}"#,
            r#"{"chore":"benchmark_summary","tenant":"acme"}"#,
            r#"{"chore":"sweep","tenant":"acme"}"#,
        ] {
            assert!(serde_json::from_str::<TenantJob>(bad).is_err(), "{bad}");
        }
        let check: WeatherCheck = serde_json::from_str(r#"{"tenant":"acme","period":"2026-11-30"}"#).unwrap();
        assert_eq!((check.period.as_str(), check.tries), ("2026-11-30", 0));
        assert_eq!(serde_json::to_string(&check).unwrap(), r#"{"tenant":"acme","period":"2026-11-30"}"#);
        let newer = r#"{"chore":"retention","tenant":"acme","gently":true}"#;
        let same = serde_json::from_str::<TenantJob>(r#"{"chore":"retention","tenant":"acme"}"#).unwrap();
        assert_eq!(serde_json::from_str::<TenantJob>(newer).unwrap(), same, "a newer version's field is passed over");
    }
}
