//! Where threads are kept, and what was said in them.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::conversations::Conversation;
use domain::conversations::suggestion::DayAndPrompt;
use domain::ids::{AccountId, NoteId, SuggestionId};
use domain::messaging::{Channel, MessageRef};
use domain::{ContactId, ConversationId, EscalationId, MessageId, TenantId};

use crate::leads::keys::{NOW, PAST};
use crate::table::item::text;
use crate::table::keys::{self, PartitionKey, TableKey, TenantSpace, by_time};
use crate::table::pending::Backlog;

/// Sort key prefix of what was proposed to staff, in a thread's partition: before all that is prefixed below, so that who reads the end of
/// a thread reads none of it.
const DRAFT: &str = "DRAFT#";
/// Sort key prefix of those that are heard while they are written; before what is prefixed below, too.
const DRAFTING: &str = "DRAFTING#";
/// Sort key prefix of the staff's notes in a thread's partition.
pub(crate) const NOTE: &str = "N#";
/// Sort key prefix of escalations in a thread's partition.
pub(crate) const ESCALATION: &str = "E#";
/// Sort key prefix of messages in a thread's partition.
pub(crate) const MESSAGE: &str = "M#";

/// Sort key prefix of who is there, in a thread's partition: after all that is prefixed above.
pub(crate) const PRESENT: &str = "PRESENT#";
/// Sort key of the summary, in a thread's partition: its last item, so that who reads its end has it.
const SUMMARY: &str = "SUMMARY";

impl TenantSpace<'_> {
    /// A contact's current thread on a channel.
    #[must_use]
    pub fn thread(self, contact: ContactId, channel: Channel) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{NOW}THREAD#{channel}") }
    }

    /// An earlier thread.
    #[must_use]
    pub fn past_thread(self, contact: ContactId, thread: ConversationId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{PAST}THREAD#{thread}") }
    }

    /// Where a thread's head is kept; in the partition of its messages.
    #[must_use]
    pub fn thread_pointer(self, thread: ConversationId) -> TableKey {
        self.key(format_args!("THREAD#{thread}"), "POINTER")
    }

    /// Partition of the index `gsi1` that lists a tenant's threads, newest activity last.
    #[must_use]
    pub fn thread_list(self) -> PartitionKey {
        self.partition("THREADS")
    }

    /// Partition of the index `queues` with the threads that wait for staff, or that staff put off.
    #[must_use]
    pub fn waiting_threads(self) -> PartitionKey {
        self.partition("QUEUE#WAITING")
    }

    /// Partition of the index `queues` with the threads that staff are done with.
    #[must_use]
    pub fn resolved_threads(self) -> PartitionKey {
        self.partition("QUEUE#RESOLVED")
    }

    /// The thread of a chat session.
    #[must_use]
    pub fn chat_pointer(self, session: &str) -> TableKey {
        self.key(format_args!("CHAT#{session}"), "POINTER")
    }

    /// A message, in time order within its thread.
    #[must_use]
    pub fn message(self, reference: &MessageRef) -> TableKey {
        let sk = format!("{MESSAGE}{}", by_time(reference.at, &reference.message.to_string()));
        TableKey { sk, ..self.thread_pointer(reference.conversation) }
    }

    /// An escalation, in its thread's partition.
    #[must_use]
    pub fn escalation(self, thread: ConversationId, id: EscalationId) -> TableKey {
        TableKey { sk: format!("{ESCALATION}{id}"), ..self.thread_pointer(thread) }
    }

    /// A note of the staff, in its thread's partition.
    #[must_use]
    pub fn note(self, thread: ConversationId, id: NoteId) -> TableKey {
        TableKey { sk: format!("{NOTE}{id}"), ..self.thread_pointer(thread) }
    }

    /// What was said in a thread, summed up, in its partition.
    #[must_use]
    pub fn summary(self, thread: ConversationId) -> TableKey {
        TableKey { sk: SUMMARY.to_owned(), ..self.thread_pointer(thread) }
    }

    /// A reply that was proposed to staff, in its thread's partition.
    #[must_use]
    pub fn suggestion(self, thread: ConversationId, id: SuggestionId) -> TableKey {
        TableKey { sk: format!("{DRAFT}{id}"), ..self.thread_pointer(thread) }
    }

    /// A reply that is heard while it is written, in its thread's partition.
    #[must_use]
    pub fn suggestion_stream(self, thread: ConversationId, id: SuggestionId) -> TableKey {
        TableKey { sk: format!("{DRAFTING}{id}"), ..self.thread_pointer(thread) }
    }

    /// Partition of what was counted of suggestions, by day.
    #[must_use]
    pub fn suggestion_days(self) -> PartitionKey {
        self.partition("SUGGESTIONS")
    }

    /// What was counted of a day's suggestions that were made with one version of the instructions; in the order of time.
    #[must_use]
    pub fn suggestion_day(self, place: &DayAndPrompt) -> TableKey {
        TableKey { pk: self.suggestion_days(), sk: format!("{}#{}#{}", place.day, place.task, place.prompt) }
    }

    /// That someone looks at a thread, in its partition.
    #[must_use]
    pub fn presence(self, thread: ConversationId, account: AccountId) -> TableKey {
        TableKey { sk: format!("{PRESENT}{account}"), ..self.thread_pointer(thread) }
    }

    /// That someone was told of a thread or a contact just now, by its id.
    #[must_use]
    pub fn told(self, account: AccountId, id: &str) -> TableKey {
        self.key(format_args!("TOLD#{account}"), id.to_owned())
    }

    /// Which mails someone wants.
    #[must_use]
    pub fn notice_choice(self, account: AccountId) -> TableKey {
        self.key("NOTICE_CHOICE", account.to_string())
    }

    /// How far someone has read a thread.
    #[must_use]
    pub fn read_mark(self, account: AccountId, thread: ConversationId) -> TableKey {
        self.key(format_args!("READ#{account}"), thread.to_string())
    }

    /// Partition of the index `gsi1` that lists a tenant's escalations, newest last.
    #[must_use]
    pub fn escalation_list(self) -> PartitionKey {
        self.partition("ESCALATIONS")
    }

    /// The mark that a message came in, for 30 days.
    #[must_use]
    pub fn seen(self, message: MessageId) -> TableKey {
        self.key(format_args!("SEEN#{message}"), "SEEN")
    }

    /// When a consent word was first heard, for 30 days; beside the mark that its message came in.
    #[must_use]
    pub fn said(self, message: MessageId) -> TableKey {
        self.key(format_args!("SEEN#{message}"), "SAID")
    }
}

/// Where a thread may be kept, by what its pointer says.
pub(crate) fn thread_places(tenant: &TenantId, id: ConversationId, contact: ContactId, channel: &str) -> [TableKey; 2] {
    let now = TableKey { pk: keys::of(tenant).person(contact), sk: format!("{NOW}THREAD#{channel}") };
    [now, keys::of(tenant).past_thread(contact, id)]
}

/// The keys of the index `pending` for a thread with a wait; none for another.
pub(crate) fn sla_keys(tenant: &TenantId, thread: &Conversation) -> Vec<(String, AttributeValue)> {
    let key = |due| {
        let sk = by_time(due, &format!("{tenant}#{}", thread.id));
        [("pending_pk".to_owned(), text(Backlog::Sla.partition_of(thread.id))), ("pending_sk".to_owned(), text(sk))]
    };
    thread.sla.next_due().into_iter().flat_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn messages_lie_in_time_order_and_apart_from_what_shares_their_partition() {
        let tenant = TenantId::new("acme").unwrap();
        let conversation = ConversationId::derive(&tenant, &["c"]);
        let message = MessageId::derive(&tenant, &["m"]);
        let times = [0, 9, 10, 999_999_999_999, 1_000_000_000_000, 1_795_176_000_000, 99_999_999_999_999];
        let order = times.map(|ms| {
            let at = Timestamp::from_millisecond(ms).unwrap();
            keys::of(&tenant).message(&MessageRef { conversation, at, message }).sk
        });
        assert!(order.is_sorted() && order.iter().all(|sk| sk.starts_with(MESSAGE)));
        let escalation = EscalationId::derive(&tenant, &["e"]);
        let others =
            [keys::of(&tenant).thread_pointer(conversation), keys::of(&tenant).escalation(conversation, escalation)];
        assert!(others.iter().all(|key| !key.sk.starts_with(MESSAGE)));
        // The end of a partition, from the first message on, is what a page reads.
        let suggestion = keys::of(&tenant).suggestion(conversation, SuggestionId::derive(&tenant, &["s"]));
        assert!(suggestion.sk.as_str() < MESSAGE && DRAFTING < MESSAGE);
    }
}
