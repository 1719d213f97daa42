//! The outbox: events stored in the transaction that caused them, published after it.
//!
//! `worker-outbox` publishes a row as soon as the table's stream shows it; a row that waits for a later time, or was
//! overlooked, is found by the sweeper in the sparse index `pending`. A published row is deleted. Every event may be
//! published more than once, and has an id by which a consumer knows it again. Who passes events on reads nothing but their
//! names, so that those of a newer version arrive whole.

use domain::events::{Event, RawEvent};
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Outbox;
use crate::table::entity::{Entity, OnErasure, of_platform};
use crate::table::error::failure;
use crate::table::item::{Item, from_item, to_item};
use crate::table::keys::{self, TableKey, TenantSpace};
use crate::table::pending::{Backlog, DueCursor, DuePage};

/// What is declared of rows: those that go out at once, which the stream's filter lets through, and those that wait.
pub(super) const ENTITIES: &[Entity] = &[
    Entity { on_erasure: OnErasure::Goes, ..of_platform("outbox") },
    Entity { on_erasure: OnErasure::Goes, ..of_platform("outbox-later") },
];

/// Events that were caused together. Its serde form is the item in the table, and a stream record's new image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct OutboxRow {
    id: EventId,
    tenant: TenantId,
    due: Timestamp,
    later: bool,
    /// What happened, in order.
    pub events: Vec<RawEvent>,
}

/// The row's attributes. `entity` is `outbox`, which the stream's filter lets through, or `outbox-later`.
#[derive(Clone, Serialize, Deserialize)]
struct Stored {
    entity: String,
    id: EventId,
    tenant: TenantId,
    due: i64,
    events: String,
    pending_pk: String,
    pending_sk: String,
}

impl OutboxRow {
    /// A row that is published at once.
    #[must_use]
    pub fn new(id: EventId, tenant: TenantId, events: &[Event], now: Timestamp) -> Self {
        Self { id, tenant, due: now, later: false, events: events.iter().map(RawEvent::from).collect() }
    }

    /// A row that is published at `due` (to the minute), by the sweeper.
    #[must_use]
    pub fn later(id: EventId, tenant: TenantId, events: &[Event], due: Timestamp) -> Self {
        Self { later: true, ..Self::new(id, tenant, events, due) }
    }

    /// The row as it is stored.
    pub(crate) fn to_item(&self) -> Result<Item, Failure> {
        let stored = Stored::from(self.clone());
        let entity = stored.entity.clone();
        to_item(&entity, &keys::of(&self.tenant).outbox(self.id), &stored)
    }
}

impl From<OutboxRow> for Stored {
    fn from(row: OutboxRow) -> Self {
        Self {
            entity: if row.later { "outbox-later" } else { "outbox" }.to_owned(),
            id: row.id,
            due: row.due.as_millisecond(),
            events: serde_json::to_string(&row.events).unwrap_or_default(),
            pending_pk: Backlog::Outbox.partition_of(row.id),
            pending_sk: keys::by_time(row.due, &row.id.to_string()),
            tenant: row.tenant,
        }
    }
}

impl TryFrom<Stored> for OutboxRow {
    type Error = Failure;

    fn try_from(stored: Stored) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::Permanent(format!("outbox row: {what} cannot be read"));
        Ok(Self {
            id: stored.id,
            tenant: stored.tenant,
            due: Timestamp::from_millisecond(stored.due).map_err(|_| wrong("due"))?,
            later: stored.entity == "outbox-later",
            events: serde_json::from_str(&stored.events).map_err(|_| wrong("events"))?,
        })
    }
}

impl Outbox<'_> {
    /// A page of the rows of a shard that were due before `before`, oldest first.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; a row that cannot be read says so itself.
    pub async fn overdue(
        self,
        shard: u8,
        before: Timestamp,
        from: Option<DueCursor>,
        limit: i32,
    ) -> Result<DuePage<OutboxRow>, Failure> {
        let before = keys::by_time(before, "");
        self.store.due((Backlog::Outbox, shard), before, from, limit, |item| from_item("outbox row", item)).await
    }

    /// Forgets a row that was published.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; the row is then published once more.
    pub async fn forget(self, row: &OutboxRow) -> Result<(), Failure> {
        self.store
            .delete_item(&keys::of(&row.tenant).outbox(row.id))
            .send()
            .await
            .map_err(|error| failure("forget outbox row", &error))?;
        Ok(())
    }
}

impl TenantSpace<'_> {
    /// An outbox row.
    #[must_use]
    pub fn outbox(self, id: EventId) -> TableKey {
        self.key(format_args!("OUTBOX#{id}"), "OUTBOX")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::item::text;
    use domain::LeadId;
    use domain::events::EventKind;
    use domain::messaging::Source;

    fn row(build: fn(EventId, TenantId, &[Event], Timestamp) -> OutboxRow) -> OutboxRow {
        let tenant = TenantId::new("acme").unwrap();
        let at = Timestamp::from_millisecond(1_795_176_000_123).unwrap();
        let kind = EventKind::LeadCreated {
            lead: LeadId::derive(&tenant, &["l"]),
            contact: domain::ContactId::derive(&tenant, &["c"]),
            source: Source::Sms,
        };
        let id = EventId::derive(&tenant, &["e"]);
        let event = Event { id, tenant: tenant.clone(), at, correlation_id: "correlation".to_owned(), kind };
        build(id, tenant, &[event.clone(), event], at)
    }

    #[test]
    fn a_row_survives_the_table() {
        for row in [row(OutboxRow::new), row(OutboxRow::later)] {
            let item = row.to_item().unwrap();
            assert_eq!(from_item::<OutboxRow>("outbox row", &item).unwrap(), row);
        }
    }

    #[test]
    fn events_of_a_newer_version_are_read_and_written_back_whole() {
        let tomorrow = r#"[{"id":"x","type":"drone.launched","data":{"pad":7},"wind":"north"}]"#;
        let mut item = row(OutboxRow::new).to_item().unwrap();
        item.insert("events".to_owned(), text(tomorrow));
        item.insert("colour".to_owned(), text("green"));
        let row: OutboxRow = from_item("outbox row", &item).unwrap();
        assert_eq!(row.events[0].name(), "drone.launched");
        let back: serde_json::Value =
            serde_json::from_str(crate::table::item::get_text(&row.to_item().unwrap(), "events")).unwrap();
        assert_eq!(back, serde_json::from_str::<serde_json::Value>(tomorrow).unwrap());
    }

    #[test]
    fn only_a_row_that_is_due_passes_the_streams_filter() {
        let entity = |row: OutboxRow| crate::table::item::get_text(&row.to_item().unwrap(), "entity").to_owned();
        assert_eq!(
            (entity(row(OutboxRow::new)), entity(row(OutboxRow::later))),
            ("outbox".into(), "outbox-later".into())
        );
    }

    #[test]
    fn a_row_that_cannot_be_read_is_hopeless_and_is_not_quoted() {
        for (name, value) in [("events", text("[{\"secret\":1}]")), ("due", crate::table::item::number(i64::MAX))] {
            let mut item = row(OutboxRow::new).to_item().unwrap();
            item.insert(name.to_owned(), value);
            let failure = from_item::<OutboxRow>("outbox row", &item).unwrap_err();
            assert!(matches!(&failure, Failure::Permanent(reason) if !reason.contains("secret")), "{failure:?}");
        }
    }
}
