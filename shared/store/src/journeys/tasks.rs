//! Tasks for the staff: made with a journey update, listed newest first, done once.

use aws_sdk_dynamodb::types::Put;
use domain::conversations::{Resolution, Task};
use domain::events::{Event, EventKind};
use domain::identity::AuditAction;
use domain::ids::TaskId;
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;
use serde_json::json;

use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{Item, from_item, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};
use crate::{OutboxRow, Tasks};

/// The attribute by which tasks are listed, which is not the task's own.
const OPEN: &str = "open";
const DONE: &str = "done";

impl Tasks<'_> {
    /// A tenant's tasks, newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        open_only: bool,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Task>, Failure> {
        let filters = [("status", open_only.then_some(OPEN))];
        self.store.list("task", tenant, &keys::of(tenant).task_list(), &filters, limit, cursor).await
    }

    /// One task.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such task.
    pub async fn get(self, tenant: &TenantId, id: TaskId) -> Result<Task, Failure> {
        let item = self.store.item("task", &keys::of(tenant).task(id)).await?;
        from_item("task", &item.ok_or_else(|| Failure::not_found("task"))?)
    }

    /// Whether there is such a task, done or not.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn has(self, tenant: &TenantId, id: TaskId) -> Result<bool, Failure> {
        Ok(self.store.item("task", &keys::of(tenant).task(id)).await?.is_some())
    }

    /// Says that a task is done, with a line of the record. A repeat changes nothing: the first word counts.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such task.
    pub async fn finish(self, tenant: &TenantId, id: TaskId, note: &str, trace: &Trace) -> Result<Task, Failure> {
        let task = self.get(tenant, id).await?;
        if task.done.is_some() {
            return Ok(task);
        }
        let resolution = Resolution { at: trace.at, by: trace.actor.clone(), note: note.to_owned() };
        let done = Task { done: Some(resolution), ..task };
        let (was, is) = (json!({"status": OPEN}), json!({"status": DONE}));
        let subject = format!("task/{id}");
        let mut writes = Writes::new(&self.store.table);
        let open = Put::builder().condition_expression("#status = :open");
        let open =
            open.expression_attribute_names("#status", "status").expression_attribute_values(":open", text(OPEN));
        writes.put_builder(open.set_item(Some(task_item(tenant, &done)?)))?;
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, 2, Some(was), Some(is), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(done),
            Ran::Refused(_) => self.get(tenant, id).await,
            Ran::Raced => Err(busy("task")),
        }
    }
}

impl Tasks<'_> {
    /// Gives the staff a task, and tells of it. A repeat changes nothing; where the contact is gone there is nothing to do.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn give(self, tenant: &TenantId, task: &Task, now: Timestamp) -> Result<(), Failure> {
        let cause = format!("task|{}", task.id);
        let event = Event {
            id: EventId::derive(tenant, &[&cause]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: String::new(),
            kind: EventKind::TaskCreated { task: task.id, contact: task.contact },
        };
        let mut writes = Writes::new(&self.store.table);
        writes.contact_goes_on(tenant, task.contact)?;
        writes.new_task(tenant, task)?;
        writes.task_pointer(tenant, task)?;
        let row = EventId::derive(tenant, &["outbox", &cause]);
        writes.outbox(&OutboxRow::new(row, tenant.clone(), &[event], now))?;
        match self.store.run(writes).await? {
            Ran::Done | Ran::Refused(_) => Ok(()),
            Ran::Raced => Err(busy("task")),
        }
    }
}

impl Writes {
    /// A task where there is none.
    pub(crate) fn new_task(&mut self, tenant: &TenantId, task: &Task) -> Result<(), Failure> {
        self.put_new(task_item(tenant, task)?)
    }

    /// Where a task is found among what belongs to its contact.
    pub(crate) fn task_pointer(&mut self, tenant: &TenantId, task: &Task) -> Result<(), Failure> {
        let key = keys::of(tenant).task_pointer(task.contact, task.created_at, task.id);
        self.new_pointer(&key, &[("task", task.id.to_string())])
    }
}

fn task_item(tenant: &TenantId, task: &Task) -> Result<Item, Failure> {
    let mut item = to_item("task", &keys::of(tenant).task(task.id), task)?;
    item.insert("status".into(), text(if task.done.is_none() { OPEN } else { DONE }));
    item.insert("gsi1pk".into(), text(keys::of(tenant).task_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(task.created_at, &task.id.to_string())));
    Ok(item)
}
