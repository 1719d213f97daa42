//! What a key for tests may change.

use domain::identity::test_mode;
use domain::ids::{AppointmentId, TaskId};
use domain::{ContactId, ConversationId, Failure, LeadId};
use store::Store;

use crate::Caller;

/// What a request changes, by which its contact is known.
#[derive(Debug, Clone, Copy)]
pub enum Changed {
    /// The contact itself.
    Contact(ContactId),
    /// A lead of theirs.
    Lead(LeadId),
    /// A conversation with them.
    Conversation(ConversationId),
    /// A task about them.
    Task(TaskId),
    /// An appointment of theirs.
    Appointment(AppointmentId),
}

macro_rules! from_id {
    ($($id:ident => $what:ident),+) => {
        $(impl From<$id> for Changed {
            fn from(id: $id) -> Self {
                Self::$what(id)
            }
        })+
    };
}

from_id!(
    ContactId => Contact, LeadId => Lead, ConversationId => Conversation, TaskId => Task, AppointmentId => Appointment
);

impl<R> Caller<R> {
    /// Demands that this caller may change `what`: a test key changes only what belongs to test contacts. To a live one it costs
    /// nothing.
    ///
    /// # Errors
    /// 403 [`TestKey`](domain::failure::Rejection::TestKey); not found.
    pub async fn demand_reach(&self, store: &Store, what: impl Into<Changed>) -> Result<(), Failure> {
        if !self.principal.is_test() {
            return Ok(());
        }
        let tenant = &self.principal.tenant;
        let contact = match what.into() {
            Changed::Contact(id) => id,
            Changed::Lead(id) => store.leads().contact(tenant, id).await?.ok_or_else(|| Failure::not_found("lead"))?,
            Changed::Conversation(id) => {
                let contact = store.conversations().contact(tenant, id).await?;
                contact.ok_or_else(|| Failure::not_found("conversation"))?
            }
            Changed::Task(id) => store.tasks().get(tenant, id).await?.contact,
            Changed::Appointment(id) => store.appointments().get(tenant, id).await?.value.contact,
        };
        let is_for_tests = store.contacts().is_for_tests(tenant, contact).await?;
        test_mode::demand_reach(&self.trace.correlation_id, is_for_tests)
    }
}
