//! What came from a sender that no one can write to: a short code, a name, a caller who hides their number.
//!
//! There is no person to keep it with, so it is a line of the tenant's audit record, which staff read at `/v1/audit`: that it
//! came, when, through which webhook and from whom. What it said stays with the vendor, under the id in the line.

use domain::identity::{Actor, AuditAction, AuditEntry};
use domain::ids::AuditId;
use domain::messaging::Source;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use serde_json::json;

use crate::Conversations;

impl Conversations<'_> {
    /// Keeps that a message or call came in at `at` (UTC) under `vendor_id`, from a `sender` that gets no answer.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn keep_unanswerable(
        self,
        tenant: &TenantId,
        source: Source,
        (vendor_id, sender): (&str, &str),
        correlation_id: String,
        at: Timestamp,
    ) -> Result<(), Failure> {
        self.store.audit().record(&line(tenant, source, (vendor_id, sender), correlation_id, at)).await
    }
}

fn line(
    tenant: &TenantId,
    source: Source,
    (vendor_id, sender): (&str, &str),
    correlation_id: String,
    at: Timestamp,
) -> AuditEntry {
    AuditEntry {
        id: AuditId::derive(tenant, &["unanswerable", source.as_str(), vendor_id]),
        tenant: tenant.clone(),
        at,
        actor: Actor::System,
        action: AuditAction::Created,
        subject: format!("unanswerable/{source}/{vendor_id}"),
        address: None,
        before: None,
        after: Some(json!({ "sender": sender })),
        correlation_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_came_and_from_whom() {
        let (tenant, at) = (TenantId::new("acme").unwrap(), Timestamp::UNIX_EPOCH);
        let line = line(&tenant, Source::Sms, ("SM1", "22395"), "c".to_owned(), at);
        assert_eq!((line.subject.as_str(), line.after), ("unanswerable/sms/SM1", Some(json!({ "sender": "22395" }))));
        assert_eq!(line.actor, Actor::System);
    }
}
