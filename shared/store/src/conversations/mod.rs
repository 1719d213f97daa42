//! Threads, messages, escalations, and customers who wait.

pub(crate) mod amendments;
pub(crate) mod attention;
pub(crate) mod canned;
pub(crate) mod chat;
pub(crate) mod entities;
pub(crate) mod escalations;
pub(crate) mod inbox;
pub(crate) mod keys;
pub(crate) mod notice_choices;
pub(crate) mod queues;
pub(crate) mod received_files;
pub(crate) mod replay;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod sent_files;
pub(crate) mod sla;
pub(crate) mod staff;
pub(crate) mod suggestion_streams;
pub(crate) mod suggestions;
pub(crate) mod summaries;
pub(crate) mod telling;
pub(crate) mod timeline;
pub(crate) mod turns;
pub(crate) mod unanswerable;

crate::repositories! {
    /// Threads and what was said in them.
    conversations: Conversations;
    /// What waits for a person.
    escalations: Escalations;
    /// Customers who wait.
    sla: Sla;
}
