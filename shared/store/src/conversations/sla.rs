//! Threads whose clock has run out.
//!
//! A thread with a wait carries the keys of the sparse index `pending`, under when it is due next. A thread whose customer waits for
//! nothing carries none. The index says where to look; decisions rest on the thread as it is, under its version.

use aws_sdk_dynamodb::types::Put;
use domain::conversations::{Conversation, FollowUp, Message};
use domain::events::Event;
use domain::failure::Rejection;
use domain::leads::Lead;
use domain::messaging::OptOutState;
use domain::{ContactId, ConversationId, EventId, Failure, MessageId, TenantId};
use jiff::Timestamp;

use crate::Sla;
use crate::conversations::turns::{Commit, thread_item};
use crate::table::item::{Item, get_text, number};
use crate::table::keys::{self, TableKey};
use crate::table::outbox::OutboxRow;
use crate::table::pending::{Backlog, DueCursor, DuePage};
use crate::table::writes::{Ran, Writes};

/// A thread with its lead, as they were read, and where the thread is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Clocked {
    place: TableKey,
    /// The thread.
    pub thread: Conversation,
    /// What it is about.
    pub lead: Lead,
}

impl Sla<'_> {
    /// A page of the threads of a shard of which something was due at `now`, those that are late longest first. Some may be
    /// done since: the index is behind the table by moments.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn overdue(
        self,
        shard: u8,
        now: Timestamp,
        from: Option<DueCursor>,
        limit: i32,
    ) -> Result<DuePage<(TenantId, ConversationId)>, Failure> {
        let read = |item: &Item| {
            let unreadable = || Failure::Permanent("a waiting thread names nobody".into());
            read_sk(get_text(item, "pending_sk")).ok_or_else(unreadable)
        };
        // After the keys of this very millisecond: a slug holds no `~`.
        self.store.due((Backlog::Sla, shard), keys::by_time(now, "~"), from, limit, read).await
    }

    /// A thread and its lead as they are now, strongly consistent; `None` when they were erased.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn clocked(self, tenant: &TenantId, id: ConversationId) -> Result<Option<Clocked>, Failure> {
        match self.read_clocked(tenant, id).await {
            Ok(clocked) => Ok(Some(clocked)),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    async fn read_clocked(self, tenant: &TenantId, id: ConversationId) -> Result<Clocked, Failure> {
        let pointer = self.store.batch_get(vec![keys::of(tenant).thread_pointer(id)]).await?;
        let pointer = pointer.first().ok_or_else(|| Failure::not_found("conversation"))?;
        let (place, thread) = self.store.conversations().head(tenant, pointer, id).await?;
        let lead = self.store.leads().get(tenant, thread.lead).await?;
        Ok(Clocked { place, thread, lead })
    }

    /// The thread in which the customer of `message` goes on, its lead, and the customer's opt-out state: another thread where the
    /// message's own is over or was merged. `None` when there is no such thread.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn goes_on_in(
        self,
        tenant: &TenantId,
        message: &Message,
    ) -> Result<Option<(Clocked, OptOutState)>, Failure> {
        let pointer =
            self.store.batch_get(vec![keys::of(tenant).thread_pointer(message.reference.conversation)]).await?;
        let Some(pointer) = pointer.first() else { return Ok(None) };
        let person = self.store.people().get(tenant, ContactId::parse(get_text(pointer, "contact"))?).await?;
        let thread = person.threads.into_iter().find(|thread| thread.channel == message.channel);
        let Some(thread) = thread else { return Ok(None) };
        let place = keys::of(tenant).thread(person.contact.id, thread.channel);
        Ok(Some((Clocked { place, thread, lead: person.lead }, person.opt_out_state)))
    }

    /// Stores what was done about a thread, in one transaction. `Ok(false)`: someone wrote meanwhile, and nothing was stored.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn note_overdue(
        self,
        tenant: &TenantId,
        read: &Clocked,
        done: &FollowUp,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let mut writes = Writes::new(&self.store.table);
        let cause = format!("sla|{}|{}", read.thread.id, read.thread.version);
        writes.follow_up(tenant, read, done, &cause, now)?;
        Ok(self.store.run(writes).await? == Ran::Done)
    }

    /// Stores what follows for a thread from an event, in one transaction, once for each event: a repeat stores nothing.
    /// [`Commit::Conflict`]: someone wrote meanwhile, and nothing was stored.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn note_follow_up(
        self,
        tenant: &TenantId,
        read: &Clocked,
        done: &FollowUp,
        event: &Event,
        now: Timestamp,
    ) -> Result<Commit, Failure> {
        let cause = event.id.to_string();
        let mut writes = Writes::new(&self.store.table);
        writes.seen(tenant, MessageId::derive(tenant, &["event", &cause]), now)?;
        writes.follow_up(tenant, read, done, &cause, now)?;
        self.store.transact(writes).await
    }
}

impl Writes {
    /// What follows for a thread; `cause` names it.
    fn follow_up(
        &mut self,
        tenant: &TenantId,
        read: &Clocked,
        done: &FollowUp,
        cause: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.changed_thread(tenant, &read.place, &done.thread, read.thread.version)?;
        if let Some(escalation) = &done.escalation {
            self.escalation(tenant, escalation)?;
        }
        for notice in &done.notices {
            self.message(tenant, notice)?;
        }
        for task in &done.tasks {
            self.new_task(tenant, task)?;
            self.task_pointer(tenant, task)?;
        }
        if !done.events.is_empty() {
            let id = EventId::derive(tenant, &["outbox", "follow-up", cause]);
            self.outbox(&OutboxRow::new(id, tenant.clone(), &done.events, now))?;
        }
        Ok(())
    }

    /// Puts a thread over version `read` of it, wherever it is kept.
    pub(crate) fn changed_thread(
        &mut self,
        tenant: &TenantId,
        place: &TableKey,
        thread: &Conversation,
        read: u64,
    ) -> Result<(), Failure> {
        let mut item = thread_item(tenant, place, thread)?;
        item.insert("version".to_owned(), number(read + 1));
        // A thread that became history in the turn that moved it here is there, with version 0.
        let put = Put::builder().set_item(Some(item)).condition_expression("version = :read");
        self.put_builder(put.expression_attribute_values(":read", number(read)))
    }
}

/// Whose thread a sort key of the index names.
fn read_sk(sk: &str) -> Option<(TenantId, ConversationId)> {
    let (_, named) = sk.split_once('#')?;
    let (tenant, id) = named.split_once('#')?;
    Some((TenantId::new(tenant).ok()?, ConversationId::parse(id).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversations::keys::sla_keys;
    use crate::table::item::text;
    use domain::tenancy::Tenant;
    use serde_json::{from_value, json};

    fn tenant() -> Tenant {
        from_value(json!({
            "id": "acme", "name": "Acme Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
            "region": "US", "language": "en", "business": {}, "hours": {}, "services": [], "notify": ["a@example.com"],
        }))
        .unwrap()
    }

    fn thread(tenant: &Tenant) -> Conversation {
        let id = ConversationId::derive(&tenant.id, &["c"]);
        let at = "2026-11-20T12:00:00Z";
        from_value(json!({
            "id": id, "contact": id, "lead": id, "channel": "sms", "status": "active", "language": "en",
            "message_count": 1, "started_at": at, "last_message_at": at, "version": 1,
        }))
        .unwrap()
    }

    #[test]
    fn a_thread_is_in_the_index_while_its_customer_waits_under_the_next_moment_that_is_due() {
        let tenant = tenant();
        let mut thread = thread(&tenant);
        assert_eq!(sla_keys(&tenant.id, &thread), []);
        thread.sla.on_escalation(&tenant, thread.started_at);
        let keys = sla_keys(&tenant.id, &thread);
        let due = thread.started_at + jiff::SignedDuration::from_mins(15);
        let sk = format!("{:015}#acme#{}", due.as_millisecond(), thread.id);
        assert_eq!(keys[0], ("pending_pk".to_owned(), text(Backlog::Sla.partition_of(thread.id))));
        assert_eq!(keys[1], ("pending_sk".to_owned(), text(&sk)));
        assert_eq!(read_sk(&sk), Some((tenant.id.clone(), thread.id)));
        thread.sla.on_resolve(due);
        assert_eq!(sla_keys(&tenant.id, &thread), []);
    }

    #[test]
    fn what_is_due_at_a_millisecond_sorts_before_the_bound_of_its_reader() {
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let bound = keys::by_time(at, "~");
        assert!(keys::by_time(at, "zulu-9#39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c") < bound);
        assert!(keys::by_time(at + jiff::SignedDuration::from_millis(1), "a") > bound);
    }

    #[test]
    fn a_key_that_is_none_of_ours_names_no_one() {
        for sk in ["", "001795176720000", "001795176720000#acme", "001795176720000#Acme#x", "1#acme#no-id"] {
            assert_eq!(read_sk(sk), None, "{sk}");
        }
    }
}
