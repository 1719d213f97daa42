//! What other systems reported: the event goes out by the outbox, and a mark says for 30 days that it did.

use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::identity::test_mode::is_test;
use domain::{ContactId, EventId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entities::KEPT_FOR;
use crate::table::documents::busy;
use crate::table::item::{from_item, number, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::{OutboxRow, Reports, Trace};

/// The kind of the marks.
const REPORT: &str = "report";

/// That something was reported, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// Tells one event's content from another's.
    content: EventId,
}

/// What the ids of a report are derived from: what a test key reported is not what a live one reports under the same id.
fn parts<'a>(id: &'a str, trace: &Trace) -> Vec<&'a str> {
    if is_test(&trace.correlation_id) { vec!["report", "test", id] } else { vec!["report", id] }
}

impl Reports<'_> {
    /// Publishes what another system calls `id`. A repeat changes nothing. Gives the event's id.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when something else was reported under this id.
    pub async fn publish(
        self,
        tenant: &TenantId,
        id: &str,
        at: Timestamp,
        kind: EventKind,
        trace: &Trace,
    ) -> Result<EventId, Failure> {
        let parts = parts(id, trace);
        let event_id = EventId::derive(tenant, &parts);
        let content = serde_json::to_string(&kind).map_err(|error| Failure::Permanent(error.to_string()))?;
        let mark = Mark { content: EventId::derive(tenant, &["report-content", &content]) };
        let event =
            Event { id: event_id, tenant: tenant.clone(), at, correlation_id: trace.correlation_id.clone(), kind };
        let key = keys::of(tenant).report(event_id);
        let mut item = to_item(REPORT, &key, &mark)?;
        item.insert("expires_at".to_owned(), number(trace.at.as_second() + KEPT_FOR.as_secs()));
        let row = EventId::derive(tenant, &[&["outbox"], parts.as_slice()].concat());
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(item)?;
        writes.outbox(&OutboxRow::new(row, tenant.clone(), &[event], trace.at))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(event_id),
            Ran::Raced => Err(busy(REPORT)),
            Ran::Refused(_) => {
                let there = self.store.item(REPORT, &key).await?.unwrap_or_default();
                let there: Mark = from_item(REPORT, &there)?;
                if there == mark {
                    return Ok(event_id);
                }
                let message = "another event was reported with this id: give each event its own id";
                Err(Failure::rejected(Rejection::Conflict, message))
            }
        }
    }

    /// The contact that a report is about.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when the tenant has no such contact or lead.
    pub async fn whom(
        self,
        tenant: &TenantId,
        contact: Option<ContactId>,
        lead: Option<LeadId>,
    ) -> Result<ContactId, Failure> {
        if let Some(lead) = lead {
            let contact = self.store.leads().contact(tenant, lead).await?;
            return contact.ok_or_else(|| Failure::not_found("lead"));
        }
        let missing = || Failure::not_found("contact");
        let contact = contact.ok_or_else(missing)?;
        let there = self.store.item("contact", &keys::of(tenant).contact(contact)).await?;
        there.map(|_| contact).ok_or_else(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::{Actor, KeyMode};

    #[test]
    fn what_a_test_key_reported_takes_no_id_from_a_live_one() {
        let of = |mode: KeyMode| {
            let correlation_id = mode.mark("abc".to_owned());
            let trace = Trace { actor: Actor::System, at: Timestamp::UNIX_EPOCH, address: None, correlation_id };
            EventId::derive(&TenantId::new("acme").unwrap(), &parts("quote-7", &trace))
        };
        assert_ne!(of(KeyMode::Live), of(KeyMode::Test));
    }
}
