//! What follows from an event or a step that is due, stored in one transaction: all of it or nothing.

#[cfg(test)]
mod tests;

use domain::events::{Event, EventKind};
use domain::journeys::{Draft, JourneyUpdate};
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;

use crate::Journeys;
use crate::conversations::turns::{Commit, thread_item};
use crate::table::item::{key_item, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::usage::lines;

impl Journeys<'_> {
    /// Stores a journey update: the journey, messages with their threads, tasks, counts, what models took, and the events, whose ids
    /// are derived from `cause`: what happened, by a name that a repeat has too.
    ///
    /// [`Commit::Duplicate`]: one of its messages or tasks is there already, nothing was written. [`Commit::Conflict`]:
    /// the journey or a thread is not as it was read, or the contact is gone; read again and decide again.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn save_journey_update(
        self,
        tenant: &TenantId,
        journey_update: &JourneyUpdate,
        cause: &str,
        correlation_id: &str,
        now: Timestamp,
    ) -> Result<Commit, Failure> {
        if !journey_update.changed {
            return Ok(Commit::Stored);
        }
        let mut writes = Writes::new(&self.store.table);
        // First what is new by its id, so that a repeat is known by the positions of what was refused.
        for draft in &journey_update.messages {
            writes.new_message(tenant, draft)?;
        }
        for task in &journey_update.tasks {
            writes.new_task(tenant, task)?;
        }
        let new = writes.items.len();
        writes.journey(tenant, &journey_update.journey)?;
        writes.contact_goes_on(tenant, journey_update.journey.contact)?;
        writes.threads(tenant, &journey_update.messages)?;
        for task in &journey_update.tasks {
            writes.task_pointer(tenant, task)?;
        }
        writes.variant_stats(tenant, &journey_update.variant_stats)?;
        let contact = journey_update.journey.contact.to_string();
        writes.usage(tenant, &lines(&journey_update.spent, now), &contact)?;
        writes.prompt_counts(tenant, journey_update.prompt_counts.iter().cloned(), &contact)?;
        let events = events(tenant, journey_update, cause, correlation_id, now);
        if !events.is_empty() {
            let id = EventId::derive(tenant, &["course", cause, &journey_update.journey.contact.to_string()]);
            writes.outbox(&OutboxRow::new(id, tenant.clone(), &events, now))?;
        }
        Ok(match self.store.run(writes).await? {
            Ran::Done => Commit::Stored,
            Ran::Refused(positions) if positions.iter().all(|position| *position < new) => Commit::Duplicate,
            Ran::Refused(_) | Ran::Raced => Commit::Conflict,
        })
    }
}

/// What other functions hear of, in order.
fn events(
    tenant: &TenantId,
    journey_update: &JourneyUpdate,
    cause: &str,
    correlation_id: &str,
    now: Timestamp,
) -> Vec<Event> {
    let contact = journey_update.journey.contact;
    let event = |(index, kind): (usize, EventKind)| Event {
        id: EventId::derive(tenant, &[cause, &contact.to_string(), kind.name(), &index.to_string()]),
        tenant: tenant.clone(),
        at: now,
        correlation_id: correlation_id.to_owned(),
        kind,
    };
    journey_update.events.iter().cloned().enumerate().map(event).collect()
}

impl Writes {
    /// One message to be queued, with its thread.
    pub(crate) fn draft(&mut self, tenant: &TenantId, draft: &Draft) -> Result<(), Failure> {
        self.new_message(tenant, draft)?;
        self.threads(tenant, std::slice::from_ref(draft))
    }

    fn new_message(&mut self, tenant: &TenantId, draft: &Draft) -> Result<(), Failure> {
        let message = &draft.message;
        self.put_new(to_item("message", &keys::of(tenant).message(&message.reference), message)?)
    }

    /// The threads that messages go into, each once: of two messages in one thread the later knows how it is now.
    fn threads(&mut self, tenant: &TenantId, drafts: &[Draft]) -> Result<(), Failure> {
        for (index, draft) in drafts.iter().enumerate() {
            let thread = &draft.thread;
            let same = |other: &&Draft| other.thread.id == thread.id;
            if drafts.iter().skip(index + 1).any(|other| same(&other)) {
                continue;
            }
            self.thread(tenant, thread)?;
            let mut all = drafts.iter().filter(same);
            if all.clone().any(|other| other.opened) {
                let to = [("contact", thread.contact.to_string()), ("channel", thread.channel.to_string())];
                self.new_pointer(&keys::of(tenant).thread_pointer(thread.id), &to)?;
                if let Some(session) = &thread.session {
                    let to = [("conversation", thread.id.to_string())];
                    self.new_pointer(&keys::of(tenant).chat_pointer(session), &to)?;
                }
            }
            if let Some(past) = all.find_map(|other| other.past.as_ref()) {
                self.put(thread_item(tenant, &keys::of(tenant).past_thread(past.contact, past.id), past)?)?;
            }
        }
        Ok(())
    }

    /// What leads from an id to where something is kept; beside something that has a condition.
    pub(crate) fn new_pointer(&mut self, key: &TableKey, to: &[(&str, String)]) -> Result<(), Failure> {
        let mut item = key_item(key);
        item.insert("entity".into(), text("pointer"));
        item.extend(to.iter().map(|(name, value)| ((*name).to_owned(), text(value))));
        self.put(item)
    }
}
