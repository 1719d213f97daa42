//! What is stored about a thread beside a turn of its customer.

use super::{Conversation, Escalation, Message, Task};
use crate::EventId;
use crate::events::{Event, EventKind};
use crate::tenancy::Tenant;
use jiff::Timestamp;

/// What follows for a thread from a clock that has run out, or from what became of a message: stored in one transaction, over
/// the thread as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// The thread as it is from now on.
    pub thread: Conversation,
    /// A person is wanted.
    pub escalation: Option<Escalation>,
    /// Notices to staff.
    pub notices: Vec<Message>,
    /// What staff are to do.
    pub tasks: Vec<Task>,
    /// What other functions hear of.
    pub events: Vec<Event>,
}

impl FollowUp {
    /// Nothing yet.
    pub(super) fn on(thread: &Conversation) -> Self {
        Self { thread: thread.clone(), escalation: None, notices: Vec::new(), tasks: Vec::new(), events: Vec::new() }
    }

    /// Adds what other functions hear of; `cause` gives a repeat the same ids.
    pub(super) fn announce(
        &mut self,
        tenant: &Tenant,
        cause: &[&str],
        correlation_id: &str,
        at: Timestamp,
        kinds: Vec<EventKind>,
    ) {
        let event = |(index, kind): (usize, EventKind)| {
            let mut cause = cause.to_vec();
            let index = index.to_string();
            cause.extend([kind.name(), &index]);
            Event {
                id: EventId::derive(&tenant.id, &cause),
                tenant: tenant.id.clone(),
                at,
                correlation_id: correlation_id.to_owned(),
                kind,
            }
        };
        self.events.extend(kinds.into_iter().enumerate().map(event));
    }
}
