//! The queues of an inbox: which threads wait for whom.
//!
//! A thread that staff must handle carries the keys of the sparse index `queues`. So who waits is found at once, however many others have
//! written since. Most threads are the assistant's alone and carry none.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::conversations::{Conversation, ConversationStatus};
use domain::ids::AccountId;
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, key_item, number};
use crate::table::keys::{self, PartitionKey, TableKey};
use crate::table::lists::{Filters, QUEUES, Terms};

/// Which threads to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThreadFilter<'a> {
    /// Only with this status, by name.
    pub status: Option<&'a str>,
    /// Only on this channel, by name.
    pub channel: Option<&'a str>,
    /// Only of this queue, as it is at this moment.
    pub queue: Option<(Queue, Timestamp)>,
    /// Only with messages that this person has not read, at this moment.
    pub unread_by: Option<(AccountId, Timestamp)>,
}

impl ThreadFilter<'_> {
    /// What the table filters by: all but what someone has read.
    pub(crate) fn terms(&self) -> Filters {
        let filters = Filters::from(&[("status", self.status), ("channel", self.channel)]);
        match self.queue {
            Some((queue, now)) => filters.in_index(QUEUES).and(Some(queue.terms(now))),
            None => filters,
        }
    }

    /// The partition that has them.
    pub(crate) fn partition(&self, tenant: &TenantId) -> PartitionKey {
        match self.queue {
            Some((queue, _)) => queue.partition(tenant),
            None => keys::of(tenant).thread_list(),
        }
    }
}

/// A queue of an inbox. What is over, resolved or snoozed waits for no one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// This person's.
    Mine(AccountId),
    /// No one's of the staff, and a person is wanted: one was called, or it was taken from the assistant.
    Unassigned,
    /// A person was called, whoever it is.
    Escalated,
    /// It comes up again later.
    Snoozed,
    /// Staff are done with it.
    Resolved,
}

/// What waits for anybody.
const OPEN: &str = "#status <> :ended AND attribute_not_exists(#handling.#resolved_at) AND \
                    (attribute_not_exists(#handling.#snoozed_until) OR #handling.#snoozed_until <= :now)";

impl Queue {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine(_) => "mine",
            Self::Unassigned => "unassigned",
            Self::Escalated => "escalated",
            Self::Snoozed => "snoozed",
            Self::Resolved => "resolved",
        }
    }

    /// The partition of the index that has its threads.
    fn partition(self, tenant: &TenantId) -> PartitionKey {
        match self {
            Self::Resolved => keys::of(tenant).resolved_threads(),
            Self::Mine(_) | Self::Unassigned | Self::Escalated | Self::Snoozed => keys::of(tenant).waiting_threads(),
        }
    }

    /// What holds of its threads at `now`. A thread is snoozed to the second, and so is `now`: moments compare as text.
    pub(crate) fn terms(self, now: Timestamp) -> Terms {
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now).to_string();
        let (ended, escalated, staff) = ("ended".to_owned(), "escalated".to_owned(), "staff".to_owned());
        let at = (":now", now);
        let open = |more: &str, values: &[(&'static str, String)]| {
            let values = [(":ended", ended), at.clone()].into_iter().chain(values.iter().cloned());
            (format!("{OPEN} AND {more}"), values.collect())
        };
        let (expression, values) = match self {
            Self::Mine(account) => open("#handling.#assignee = :me", &[(":me", account.to_string())]),
            Self::Unassigned => open(
                "attribute_not_exists(#handling.#assignee) AND (#status = :escalated OR #handling.#answers = :staff)",
                &[(":escalated", escalated), (":staff", staff)],
            ),
            Self::Escalated => open("#status = :escalated", &[(":escalated", escalated)]),
            Self::Snoozed => ("#handling.#snoozed_until > :now".to_owned(), vec![at]),
            Self::Resolved => ("attribute_exists(#handling.#resolved_at)".to_owned(), Vec::new()),
        };
        Terms { name: self.as_str(), expression, values }
    }
}

/// The keys of the index `queues` for a thread that is in a queue, or comes into one as time goes by; none for another.
pub(crate) fn queue_keys(tenant: &TenantId, thread: &Conversation) -> Option<[(String, AttributeValue); 2]> {
    let handling = &thread.handling;
    let is_open = thread.status != ConversationStatus::Ended;
    let is_called = thread.status == ConversationStatus::Escalated;
    let partition = if handling.resolved_at.is_some() {
        keys::of(tenant).resolved_threads()
    } else if is_open && (is_called || handling.keeps_open() || handling.assignee.is_some()) {
        keys::of(tenant).waiting_threads()
    } else {
        return None;
    };
    Some(QUEUES.keys(&partition, keys::by_time(thread.last_message_at, &thread.id.to_string())))
}

/// So many older threads are looked at for each page.
const OF_BEFORE: usize = 100;

impl Conversations<'_> {
    /// Gives threads of a page that were stored before there was this index their place in it; returns where the next page begins, `None` at
    /// the end. Each is written with its next message too, so that one that was written meanwhile is left as it is, and a page that
    /// is done twice is done once.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn fill_queues(self, tenant: &TenantId, cursor: Option<&str>) -> Result<Option<String>, Failure> {
        let expression = "attribute_not_exists(#queue_pk)".to_owned();
        let of_before = Terms { name: "of before", expression, values: Vec::new() };
        let filters = Filters::from(&[("status", None::<&str>)]).and(Some(of_before));
        let list = keys::of(tenant).thread_list();
        let page = self.store.list_items(tenant, &list, filters, OF_BEFORE, cursor).await?;
        for item in &page.items {
            if let Some((thread, [(_, partition), (_, order)])) = missing_keys(tenant, item) {
                self.put_in_queue(item, &thread, partition, order).await?;
            }
        }
        Ok(page.cursor)
    }

    /// Writes the keys of a thread that is as it was read.
    async fn put_in_queue(
        self,
        item: &Item,
        thread: &Conversation,
        partition: AttributeValue,
        order: AttributeValue,
    ) -> Result<(), Failure> {
        let write = self.store.dynamo.update_item().table_name(&self.store.table);
        let written = write
            .set_key(Some(key_item(&TableKey::of(item))))
            .update_expression("SET queue_pk = :partition, queue_sk = :order")
            .condition_expression("version = :version AND attribute_not_exists(queue_pk)")
            .expression_attribute_values(":partition", partition)
            .expression_attribute_values(":order", order)
            .expression_attribute_values(":version", number(thread.version))
            .send()
            .await;
        match written {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(())
            }
            Err(error) => Err(failure("fill a queue", &error)),
        }
    }
}

/// A stored thread without keys of the index that is to have some. One that this version cannot read is left alone.
fn missing_keys(tenant: &TenantId, item: &Item) -> Option<(Conversation, [(String, AttributeValue); 2])> {
    let thread: Conversation = from_item("thread", item).ok()?;
    let keys = queue_keys(tenant, &thread).filter(|_| !item.contains_key("queue_pk"))?;
    Some((thread, keys))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ConversationId;
    use domain::conversations::{Handling, Step};
    use serde_json::{from_value, json};

    #[test]
    fn every_value_that_a_queue_gives_is_one_that_its_terms_name() {
        let account = AccountId::derive(&TenantId::new("acme").unwrap(), &["ana"]);
        let queues = [Queue::Mine(account), Queue::Unassigned, Queue::Escalated, Queue::Snoozed, Queue::Resolved];
        for queue in queues {
            let terms = queue.terms("2026-11-20T12:00:00.75Z".parse().unwrap());
            let words = || terms.expression.split(|sign: char| !(sign.is_alphanumeric() || ":_".contains(sign)));
            let named: std::collections::BTreeSet<&str> = words().filter(|word| word.starts_with(':')).collect();
            assert_eq!(named, terms.values.iter().map(|(name, _)| *name).collect(), "{}", queue.as_str());
            let now = terms.values.iter().find(|(name, _)| *name == ":now");
            assert!(now.is_none_or(|(_, now)| now == "2026-11-20T12:00:00Z"));
        }
    }

    #[test]
    fn a_thread_is_in_the_index_while_staff_have_to_do_with_it() {
        let tenant = TenantId::new("acme").unwrap();
        let id = ConversationId::derive(&tenant, &["c"]);
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let thread: Conversation = from_value(json!({
            "id": id, "contact": id, "lead": id, "channel": "sms", "status": "active", "language": "en",
            "message_count": 1, "started_at": at, "last_message_at": at, "version": 1,
        }))
        .unwrap();
        let account = AccountId::derive(&tenant, &["ana"]);
        let after = |step| Conversation { handling: Handling::default().after(&step, at).unwrap(), ..thread.clone() };
        let partition = |thread: &Conversation| {
            let [(name, value), (order, _)] = queue_keys(&tenant, thread)?;
            assert_eq!((name.as_str(), order.as_str()), ("queue_pk", "queue_sk"));
            value.as_s().ok().cloned()
        };
        let [waiting, resolved] = ["T#acme#QUEUE#WAITING", "T#acme#QUEUE#RESOLVED"].map(|name| Some(name.to_owned()));
        assert_eq!(partition(&thread), None, "it is the assistant's alone");
        let snooze = Step::Snooze { until: "2026-11-21T12:00:00Z".parse().unwrap() };
        for step in [Step::TakeOver { by: None }, Step::Assign { to: Some(account) }, snooze] {
            assert_eq!(partition(&after(step)), waiting);
        }
        assert_eq!(partition(&after(Step::Resolve)), resolved);
        let escalated = Conversation { status: ConversationStatus::Escalated, ..thread.clone() };
        assert_eq!(partition(&escalated), waiting);
        let ended = Conversation { status: ConversationStatus::Ended, ..after(Step::TakeOver { by: None }) };
        assert_eq!(partition(&ended), None, "what is over waits for nobody");
    }
    #[test]
    fn a_thread_from_before_the_index_gets_the_keys_that_it_would_be_written_with_now() {
        let tenant = TenantId::new("acme").unwrap();
        let id = ConversationId::derive(&tenant, &["c"]);
        let at = "2026-11-20T12:00:00Z";
        let thread = |status: &str| -> Conversation {
            from_value(json!({
                "id": id, "contact": id, "lead": id, "channel": "sms", "status": status, "language": "en",
                "message_count": 1, "started_at": at, "last_message_at": at, "version": 4,
            }))
            .unwrap()
        };
        let key = keys::of(&tenant).thread_pointer(id);
        let stored = |status: &str| crate::conversations::turns::thread_item(&tenant, &key, &thread(status)).unwrap();
        let now = stored("escalated");
        let mut before = now.clone();
        before.retain(|name, _| !name.starts_with("queue_"));
        let (found, filled) = missing_keys(&tenant, &before).unwrap();
        assert_eq!(found.version, 4);
        before.extend(filled);
        assert_eq!(before, now);
        assert_eq!(missing_keys(&tenant, &now), None, "it has its place");
        assert_eq!(missing_keys(&tenant, &stored("active")), None, "it is the assistant's alone");
        assert_eq!(missing_keys(&tenant, &Item::new()), None, "it cannot be read");
    }
}
