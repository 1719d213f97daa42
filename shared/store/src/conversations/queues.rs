//! The queues of an inbox: which threads wait for whom.

use domain::ids::AccountId;
use jiff::Timestamp;

use crate::table::lists::{Filters, Terms};

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
        let equal = [("status", self.status), ("channel", self.channel)];
        Filters::from(&equal).and(self.queue.map(|(queue, now)| queue.terms(now)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;

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
}
