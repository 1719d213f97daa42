//! When people are called, and how long customers may wait: a tenant's own rules (seed 003, features 2, 6 and 10).

use jiff::Timestamp;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use super::Tenant;
use super::check::{ensure, text, unique, words};
use crate::Failure;
use crate::ids::{RuleId, StaffId};
use crate::messaging::{Channel, Email};
use crate::rating::Score;
use crate::rating::Sentiment;

/// The most rules: what all of them do at once is a part of the turn's one transaction.
pub const MAX_RULES: usize = 8;
/// The most addresses that rules tell, besides the tenant's own `notify`.
const MAX_RULE_ADDRESSES: usize = 5;
/// The most staff on a call list.
const MAX_CALL_LIST: usize = 10;
/// The longest title of a task, in characters.
const MAX_TITLE: usize = 160;

/// How many messages, in and out, a conversation may have in opening hours before a person should look at it.
///
/// Seed 003 (1.2, "quick escalation") asks for a limit and names none. Ours is twice what a responder remembers
/// (`conversations::HISTORY_LINES`): by then it has forgotten how the conversation began.
pub const LONG_CONVERSATION: u32 = 20;

/// When people are called, and how long customers may wait.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EscalationSettings {
    /// The business's own rules, beside those that hold for everybody (an emergency, a complaint, someone who asks).
    #[schema(max_items = 8)]
    pub rules: Vec<EscalationRule>,
    /// How long customers may wait, and for what.
    pub sla: SlaTargets,
    /// How long the assistant goes on by itself.
    pub patience: Patience,
}

/// One rule: when all of `when` holds, all of `then` is done and a person is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationRule {
    /// Its slug.
    pub id: RuleId,
    /// What must be so; all of it.
    #[schema(min_items = 1, max_items = 7)]
    pub when: Vec<RuleCondition>,
    /// At what time the rule holds.
    #[serde(default)]
    pub during: During,
    /// What is done, besides calling a person as for every other escalation.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub then: Vec<RuleAction>,
}

/// Something that must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RuleCondition {
    /// The lead is at least so promising: hot, warm or cold.
    ScoreAtLeast(Score),
    /// The message holds one of these words or phrases, whole, whatever their case and accents.
    Words(Vec<String>),
    /// The customer feels like one of these.
    Sentiment(Vec<Sentiment>),
    /// So many minutes after a person was called, or after a message that the assistant may not answer, none of the staff
    /// has answered; 1 to 1440. During `open` only open minutes count. The other conditions are about the message with which the wait
    /// began.
    NoStaffReplyWithinMinutes(u32),
    /// The person is treated with special care, or is not.
    Vip(bool),
    /// The message came on one of these channels.
    Channel(Vec<Channel>),
    /// The message is the first of its conversation, or is not.
    FirstMessage(bool),
}

/// At what time a rule holds, by the business's hours and zone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum During {
    /// Always.
    #[default]
    Any,
    /// While it is open.
    Open,
    /// While it is closed.
    Closed,
    /// On Saturday and Sunday, open or not.
    Weekend,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RuleAction {
    /// Tells these addresses too; all rules together may tell five.
    Notify(Vec<Email>),
    /// Has the first of these staff call the customer; the others are named in the task, in this order. At most ten.
    CallList(Vec<StaffId>),
    /// Gives the escalation to one of the staff.
    Assign(StaffId),
    /// Has someone do something: what, in 1 to 160 characters, such as `Prepare the insurance papers`.
    CreateTask(String),
}

/// How long customers may wait before it is an event (`sla.breached`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SlaTargets {
    /// For the first answer to what they wrote, by whomever, in seconds; around the clock.
    #[schema(minimum = 1, maximum = 86_400)]
    pub first_response_seconds: u32,
    /// For a word of a person once one was called, in minutes of opening hours.
    #[schema(minimum = 1, maximum = 10_080)]
    pub staff_response_minutes: u32,
    /// For the end of what a person was called for, in hours; where that is while it is closed, until it opens.
    #[schema(minimum = 1, maximum = 720)]
    pub resolution_hours: u32,
}

impl Default for SlaTargets {
    fn default() -> Self {
        Self { first_response_seconds: 60, staff_response_minutes: 15, resolution_hours: 24 }
    }
}

/// How long the assistant goes on by itself: in opening hours people are called sooner, at other times it goes on longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Patience {
    /// On weekdays while it is open.
    pub open: Limits,
    /// On weekdays while it is closed.
    pub closed: Limits,
    /// On Saturday and Sunday, open or not.
    pub weekend: Limits,
}

impl Default for Patience {
    fn default() -> Self {
        let longer = Limits { messages: 2 * LONG_CONVERSATION, ..Limits::default() };
        Self { open: Limits::default(), closed: longer, weekend: longer }
    }
}

/// Where the assistant's patience ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// A conversation of more messages than this, in and out, is a long one.
    #[schema(minimum = 2, maximum = 1000)]
    pub messages: u32,
    /// An answer that the assistant is less sure of than this, of 100, calls a person; 0: only one that it asks a person for.
    #[schema(maximum = 100)]
    pub confidence: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { messages: LONG_CONVERSATION, confidence: 0 }
    }
}

impl During {
    /// Whether `at` is such a time for `tenant`.
    #[must_use]
    pub fn holds(self, tenant: &Tenant, at: Timestamp) -> bool {
        match self {
            Self::Any => true,
            Self::Open => tenant.is_open_at(at),
            Self::Closed => !tenant.is_open_at(at),
            Self::Weekend => tenant.is_weekend_at(at),
        }
    }
}

impl EscalationRule {
    /// The minutes within which one of the staff must answer, where the rule is about that.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        self.when.iter().find_map(|condition| match condition {
            RuleCondition::NoStaffReplyWithinMinutes(minutes) => Some(*minutes),
            _ => None,
        })
    }

    fn validate(&self) -> Result<(), Failure> {
        ensure(!self.when.is_empty(), "when", "a rule needs at least one condition")?;
        for (index, condition) in self.when.iter().enumerate() {
            condition.validate(&format!("when[{index}]"))?;
        }
        let kinds = self.when.iter().map(std::mem::discriminant);
        once("when", kinds, "each kind of condition may be given once: name several words or channels in one")?;
        for (index, action) in self.then.iter().enumerate() {
            action.validate(&format!("then[{index}]"))?;
        }
        once("then", self.then.iter().map(std::mem::discriminant), "each kind of action may be given once")
    }
}

/// Refuses a second entry of the same kind.
fn once<T: std::hash::Hash + Eq>(field: &str, kinds: impl Iterator<Item = T>, message: &str) -> Result<(), Failure> {
    let mut seen = std::collections::HashSet::new();
    let second = kinds.map(|kind| seen.insert(kind)).position(|new| !new);
    second.map_or(Ok(()), |index| Err(Failure::invalid(format!("{field}[{index}]"), message)))
}

impl RuleCondition {
    fn validate(&self, field: &str) -> Result<(), Failure> {
        match self {
            Self::ScoreAtLeast(score) => {
                ensure(*score != Score::Unscored, field, "a rule asks for a score of at least cold, warm or hot")
            }
            Self::Words(list) => {
                ensure(!list.is_empty(), field, "a rule about words needs at least one")?;
                words(field, list)
            }
            Self::Sentiment(list) => ensure(!list.is_empty(), field, "a rule about sentiment needs at least one"),
            Self::Channel(list) => ensure(!list.is_empty(), field, "a rule about channels needs at least one"),
            Self::NoStaffReplyWithinMinutes(minutes) => {
                ensure((1..=1_440).contains(minutes), field, "staff may be given 1 to 1440 minutes")
            }
            Self::Vip(_) | Self::FirstMessage(_) => Ok(()),
        }
    }
}

impl RuleAction {
    fn validate(&self, field: &str) -> Result<(), Failure> {
        match self {
            Self::Notify(list) => {
                ensure(!list.is_empty(), field, "a rule that notifies needs at least one address")?;
                unique(list.iter().enumerate().map(|(index, email)| (format!("{field}[{index}]"), email)))
            }
            Self::CallList(list) => {
                let ok = (1..=MAX_CALL_LIST).contains(&list.len());
                ensure(ok, field, format!("a call list names 1 to {MAX_CALL_LIST} staff"))?;
                unique(list.iter().enumerate().map(|(index, staff)| (format!("{field}[{index}]"), staff)))
            }
            Self::Assign(_) => Ok(()),
            Self::CreateTask(title) => text(field, title, 1..=MAX_TITLE),
        }
    }
}

impl EscalationSettings {
    /// Checks what the types do not. Whether staff exist is not asked: they are documents of their own and come and go; a
    /// task of someone who has left has no owner.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `escalation.rules[1].when[0]`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        self.check_rules().map_err(|failure| failure.within("escalation"))?;
        self.sla.validate()?;
        let Patience { open, closed, weekend } = self.patience;
        [("open", open), ("closed", closed), ("weekend", weekend)].into_iter().try_for_each(|(period, limits)| {
            let field = |name| format!("escalation.patience.{period}.{name}");
            let ok = (2..=1_000).contains(&limits.messages);
            ensure(ok, field("messages"), "a conversation is long after 2 to 1000 messages")?;
            ensure(limits.confidence <= 100, field("confidence"), "confidence is 0 to 100")
        })
    }

    fn check_rules(&self) -> Result<(), Failure> {
        ensure(self.rules.len() <= MAX_RULES, "rules", format!("there may be at most {MAX_RULES} rules"))?;
        for (index, rule) in self.rules.iter().enumerate() {
            rule.validate().map_err(|failure| failure.within(&format!("rules[{index}]")))?;
        }
        unique(self.rules.iter().enumerate().map(|(index, rule)| (format!("rules[{index}].id"), &rule.id)))?;
        let told = self.rules.iter().flat_map(|rule| &rule.then).filter_map(|action| match action {
            RuleAction::Notify(list) => Some(list),
            _ => None,
        });
        let told: BTreeSet<&Email> = told.flatten().collect();
        let limit =
            format!("all rules together may tell at most {MAX_RULE_ADDRESSES} addresses: use a group's address");
        ensure(told.len() <= MAX_RULE_ADDRESSES, "rules", limit)
    }
}

impl SlaTargets {
    fn validate(self) -> Result<(), Failure> {
        [
            ("first_response_seconds", self.first_response_seconds, 86_400),
            ("staff_response_minutes", self.staff_response_minutes, 10_080),
            ("resolution_hours", self.resolution_hours, 720),
        ]
        .into_iter()
        .try_for_each(|(name, value, most)| {
            let field = format!("escalation.sla.{name}");
            ensure((1..=most).contains(&value), field, format!("{name} must be 1 to {most}"))
        })
    }
}

impl Tenant {
    /// Whether it is open at `at`.
    #[must_use]
    pub fn is_open_at(&self, at: Timestamp) -> bool {
        self.hours.is_open_at(at, &self.time_zone())
    }

    /// Whether it is Saturday or Sunday for it at `at`.
    #[must_use]
    pub fn is_weekend_at(&self, at: Timestamp) -> bool {
        matches!(at.to_zoned(self.time_zone()).weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// How long the assistant goes on by itself at `at`.
    #[must_use]
    pub fn limits_at(&self, at: Timestamp) -> Limits {
        let patience = self.escalation.patience;
        if self.is_weekend_at(at) {
            patience.weekend
        } else if self.is_open_at(at) {
            patience.open
        } else {
            patience.closed
        }
    }
}

#[cfg(test)]
mod tests;
