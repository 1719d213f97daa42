//! For how long a tenant keeps what.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::ensure;
use crate::Failure;

/// Nothing is kept for less: a month's usage and last month's disputes must still be explained.
const MIN_DAYS: u32 = 30;

/// For how many days data is kept after it was last changed; `None`: for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Conversations and their messages.
    #[schema(minimum = 30)]
    pub messages_days: Option<u32>,
    /// Closed leads and the contacts that have no other.
    #[schema(minimum = 30)]
    pub leads_days: Option<u32>,
    /// The audit log; 400 unless said otherwise, a year and a month.
    #[schema(minimum = 30)]
    pub audit_days: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { messages_days: None, leads_days: None, audit_days: Some(400) }
    }
}

impl Retention {
    /// Checks that nothing is kept for less than a month.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `retention.leads_days`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        let fields = [
            ("retention.messages_days", self.messages_days),
            ("retention.leads_days", self.leads_days),
            ("retention.audit_days", self.audit_days),
        ];
        fields.into_iter().try_for_each(|(field, days)| {
            let enough = days.is_none_or(|days| days >= MIN_DAYS);
            ensure(
                enough,
                field,
                format!("data is kept for at least {MIN_DAYS} days; leave it out to keep it for ever"),
            )
        })
    }
}
