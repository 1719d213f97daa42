//! Escalations: a person says that one is dealt with, and its thread waits for staff no longer.

use aws_sdk_dynamodb::types::Put;
use domain::conversations::escalating::resolve;
use domain::conversations::{Conversation, Escalation, Resolution};
use domain::events::{Event, EventKind};
use domain::identity::AuditAction;
use domain::{ConversationId, EscalationId, EventId, Failure, TenantId};
use serde_json::json;

use crate::Escalations;
use crate::conversations::turns::escalation_item;
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{from_item, text};
use crate::table::keys::{self, TableKey};
use crate::table::lists::Page;
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// How often the thread is read again when a turn of its customer came between.
const ATTEMPTS: usize = 3;

impl Writes {
    /// Puts an escalation that someone dealt with over the one that waits: it was not read with its thread, and someone may
    /// have resolved it in between.
    pub(crate) fn resolved(&mut self, tenant: &TenantId, escalation: &Escalation) -> Result<(), Failure> {
        let pending = Put::builder().condition_expression("#status = :pending");
        let pending = pending.expression_attribute_names("#status", "status");
        let pending = pending.expression_attribute_values(":pending", text("pending"));
        self.put_builder(pending.set_item(Some(escalation_item(tenant, escalation)?)))
    }
}

impl Escalations<'_> {
    /// A tenant's escalations; `status` by name.
    ///
    /// # Errors
    /// As [`crate::Leads::list`].
    pub async fn list(
        self,
        tenant: &TenantId,
        status: Option<&str>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Escalation>, Failure> {
        self.store
            .list("escalation", tenant, &keys::of(tenant).escalation_list(), &[("status", status)], limit, cursor)
            .await
    }

    /// Resolves an escalation: it, its thread, the event and a line of the record, in one transaction. A repeat changes nothing: the
    /// first resolution counts.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such escalation; [`Failure::Retryable`] when the thread
    /// changes all the time.
    pub async fn resolve(
        self,
        tenant: &TenantId,
        conversation: ConversationId,
        id: EscalationId,
        note: &str,
        trace: &Trace,
    ) -> Result<Escalation, Failure> {
        for _ in 0..ATTEMPTS {
            let (escalation, place, thread) = self.get(tenant, conversation, id).await?;
            let resolution = Resolution { at: trace.at, by: trace.actor.clone(), note: note.to_owned() };
            let Some((resolved, after, kinds)) = resolve(&escalation, &thread, resolution) else {
                return Ok(escalation);
            };
            let event = |(index, kind): (usize, EventKind)| Event {
                id: EventId::derive(tenant, &[kind.name(), &id.to_string(), &index.to_string()]),
                tenant: tenant.clone(),
                at: trace.at,
                correlation_id: trace.correlation_id.clone(),
                kind,
            };
            let events: Vec<Event> = kinds.into_iter().enumerate().map(event).collect();
            let (was, is) = (json!({"status": escalation.status}), json!({"status": resolved.status}));
            let subject = format!("escalation/{id}");
            let mut writes = Writes::new(&self.store.table);
            writes.changed_thread(tenant, &place, &after, thread.version)?;
            writes.resolved(tenant, &resolved)?;
            writes.audit(&entry(tenant, AuditAction::Updated, &subject, 2, Some(was), Some(is), trace))?;
            let row = EventId::derive(tenant, &["outbox", "resolved", &id.to_string()]);
            writes.outbox(&OutboxRow::new(row, tenant.clone(), &events, trace.at))?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(resolved);
            }
        }
        Err(busy("conversation"))
    }

    /// An escalation, with its thread as it is now and where that is kept.
    async fn get(
        self,
        tenant: &TenantId,
        conversation: ConversationId,
        id: EscalationId,
    ) -> Result<(Escalation, TableKey, Conversation), Failure> {
        let place = keys::of(tenant).escalation(conversation, id);
        let items = self.store.batch_get(vec![place.clone(), keys::of(tenant).thread_pointer(conversation)]).await?;
        let at = |sk: &str| items.iter().find(|item| crate::table::item::get_text(item, "sk") == sk);
        let missing = || Failure::not_found("escalation");
        let escalation = from_item("escalation", at(&place.sk).ok_or_else(missing)?)?;
        let pointer = at(&keys::of(tenant).thread_pointer(conversation).sk).ok_or_else(missing)?;
        let (place, thread) = self.store.conversations().head(tenant, pointer, conversation).await?;
        Ok((escalation, place, thread))
    }
}
