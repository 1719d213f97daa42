//! A tenant's own rules: which of them hold, and what they do (seed 003, feature 2).
//!
//! A rule acts once a thread, until the escalation it led to is resolved. A rule about staff who do not answer is no other: its
//! wait is a [`Watch`](super::sla::Watch) of the thread's clock, which `cron-sla-watch` looks at.

use jiff::Timestamp;

use super::{Conversation, Escalation, Sentiment};
use crate::MessageId;
use crate::leads::Score;
use crate::messaging::Channel;
use crate::tenancy::{EscalationRule, RuleAction, RuleCondition, Tenant};
use ::language::Words;

mod act;
mod overdue;

pub use act::Acts;
pub(crate) use act::act;
pub use overdue::overdue;

/// What is known of the message that rules are asked about. What is not known fulfils no condition.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What it says.
    pub words: Option<&'a Words>,
    /// How its writer feels.
    pub sentiment: Option<Sentiment>,
    /// How promising the lead is, after it.
    pub score: Option<Score>,
    /// Whether its writer is treated with special care.
    pub vip: Option<bool>,
    /// On which channel it came.
    pub channel: Channel,
    /// Whether it is the first of its conversation.
    pub first: Option<bool>,
}

impl Facts<'_> {
    /// All that is known when a person is called for something else than a message.
    #[must_use]
    pub fn of_thread(thread: &Conversation) -> Self {
        Self { words: None, sentiment: None, score: None, vip: None, channel: thread.channel, first: None }
    }

    fn fulfil(&self, condition: &RuleCondition) -> bool {
        match condition {
            RuleCondition::ScoreAtLeast(least) => self.score.is_some_and(|score| rank(score) >= rank(*least)),
            RuleCondition::Words(list) => {
                self.words.is_some_and(|words| list.iter().any(|phrase| words.contains_phrase(phrase)))
            }
            RuleCondition::Sentiment(list) => self.sentiment.is_some_and(|sentiment| list.contains(&sentiment)),
            RuleCondition::Vip(vip) => self.vip == Some(*vip),
            RuleCondition::Channel(list) => list.contains(&self.channel),
            RuleCondition::FirstMessage(first) => self.first == Some(*first),
            // What only time tells.
            RuleCondition::NoStaffReplyWithinMinutes(_) => true,
        }
    }
}

fn rank(score: Score) -> u8 {
    match score {
        Score::Unscored => 0,
        Score::Cold => 1,
        Score::Warm => 2,
        Score::Hot => 3,
    }
}

/// The rules of `tenant` that hold at `at`, given `facts`, in their order; those about staff who do not answer among them.
fn holding<'t>(tenant: &'t Tenant, facts: &Facts<'_>, at: Timestamp) -> impl Iterator<Item = &'t EscalationRule> {
    let holds = move |rule: &&EscalationRule| {
        rule.when.iter().all(|condition| facts.fulfil(condition)) && rule.during.holds(tenant, at)
    };
    tenant.escalation.rules.iter().filter(holds)
}

/// The rules that hold now and have not acted on this thread.
pub(crate) fn now<'t>(
    tenant: &'t Tenant,
    thread: &Conversation,
    facts: &Facts<'_>,
    at: Timestamp,
) -> Vec<&'t EscalationRule> {
    let rules = holding(tenant, facts, at).filter(|rule| rule.minutes().is_none());
    rules.filter(|rule| !thread.sla.fired.contains(&rule.id)).collect()
}

/// Begins the waits for staff to answer that `facts` call for.
pub(crate) fn watch(tenant: &Tenant, thread: &mut Conversation, facts: &Facts<'_>, by: MessageId, at: Timestamp) {
    for rule in holding(tenant, facts, at) {
        if let Some(minutes) = rule.minutes() {
            thread.sla.watch(tenant, &rule.id, minutes, rule.during, by, at);
        }
    }
}

/// The member of the staff whom the first of `rules` that assigns names, into `escalation`.
pub(crate) fn assign(rules: &[&EscalationRule], escalation: &mut Escalation) {
    escalation.rule = rules.first().map(|rule| rule.id.clone());
    let assigned = rules.iter().flat_map(|rule| &rule.then).find_map(|action| match action {
        RuleAction::Assign(staff) => Some(staff.clone()),
        _ => None,
    });
    escalation.assignee = assigned;
}

#[cfg(test)]
mod tests;
