//! What follows for a thread from what happened to an outgoing message: its customer has their answer, or somebody has to know
//! that they have none.
//!
//! `worker-deliver` reads the events `message.sent` and `message.not_sent`, however a message came to its end: by the gate, by
//! the vendor's answer, or hours later by a status callback. All of it may come twice and in any order.

use jiff::Timestamp;

use super::escalating::{self, About, Cause};
use super::follow_up::FollowUp;
use super::{Conversation, EscalationReason, Message, NoticeKind, Role, Task, TaskKind};
use crate::events::{Event, EventKind};
use crate::ids::TaskId;
use crate::leads::Lead;
use crate::messaging::{DeliveryState, Explanation, Kind, OptOutState, Purpose};
use crate::tenancy::{Tenant, TenantStatus};

/// So many failures of one reason are told one by one, in a day; the next one brings the summary, and those after it nothing.
pub const TOLD_ONE_BY_ONE: usize = 5;

/// The longest of a message that a task quotes, in characters.
const MAX_QUOTE: usize = 500;

/// How staff hear of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// By itself.
    Alone,
    /// Once for all that fail for this reason today.
    Summary,
    /// Not at all: the summary is out.
    Silent,
}

/// A message that did not leave.
#[derive(Debug, Clone, Copy)]
pub struct NotSent<'a> {
    /// Whose.
    pub tenant: &'a Tenant,
    /// The message.
    pub message: &'a Message,
    /// Where it ended.
    pub state: DeliveryState,
    /// Why.
    pub why: &'a Explanation,
    /// How staff hear of it.
    pub telling: Telling,
    /// The event that said so: its time and id are those of all that follows.
    pub event: &'a Event,
}

impl Telling {
    /// `place`: how many messages failed today for the same reason before this one; `None`: too many to tell.
    #[must_use]
    pub fn of(place: Option<usize>, why: &Explanation) -> Self {
        let alone = if why.whole_account { 0 } else { TOLD_ONE_BY_ONE };
        match place {
            Some(place) if place < alone => Self::Alone,
            Some(place) if place == alone => Self::Summary,
            _ => Self::Silent,
        }
    }
}

/// A vendor took `message` at `event.at`: whoever waited for it waits no longer. `None`: nobody did.
#[must_use]
pub fn sent(tenant: &Tenant, message: &Message, thread: &Conversation, event: &Event) -> Option<FollowUp> {
    let answers = message.delivery.as_ref()?.answers_at.filter(|_| message.role != Role::Notice)?;
    let mut after = FollowUp::on(thread);
    let late = after.thread.sla.on_sent(answers, event.at);
    if after.thread == *thread {
        return None;
    }
    let late = late.map(|breach| escalating::breached(thread, breach)).into_iter().collect();
    after.announce(tenant, &["sent", &event.id.to_string()], &event.correlation_id, event.at, late);
    Some(after)
}

/// Whether anybody must hear that `message` ended in `state`: a customer waits for a reply, or a message that the
/// business began did not get through though the gate let it go.
///
/// Not where the person wants to hear nothing, nor for a business that is not served.
#[must_use]
pub fn is_somebodys_business(
    tenant: &Tenant,
    message: &Message,
    state: DeliveryState,
    opt_out_state: &OptOutState,
) -> bool {
    let ended = match message.kind() {
        Kind::Notice | Kind::OptOut => false,
        Kind::Reply => matches!(
            state,
            DeliveryState::Failed | DeliveryState::Unknown | DeliveryState::Skipped | DeliveryState::Dropped
        ),
        _ => matches!(state, DeliveryState::Failed | DeliveryState::Unknown | DeliveryState::Skipped),
    };
    ended && !opt_out_state.refused && tenant.status == TenantStatus::Active
}

/// What follows for `thread`, in which the customer goes on, from a message that is somebody's business. `None`: nothing, others
/// have told it.
///
/// A reply calls a person, whom the notice tells why it did not go and what helps. A message of what was agreed on, such as a
/// reminder, becomes a task.
#[must_use]
pub fn not_sent(what: &NotSent<'_>, thread: &Conversation, lead: &Lead) -> Option<FollowUp> {
    let NotSent { tenant, message, state, telling, event, .. } = *what;
    let mut after = FollowUp::on(thread);
    let mut kinds = Vec::new();
    let (by, at) = (message.reference.message, event.at);
    let reason = match state {
        DeliveryState::Unknown => EscalationReason::DeliveryUnknown,
        _ => EscalationReason::DeliveryFailed,
    };
    let mut notice = NoticeKind::NotDelivered;
    if message.kind() == Kind::Reply
        && let Some((escalation, raised)) = escalating::raise(tenant, &mut after.thread, &Cause { reason, by, at })
    {
        kinds.push(raised);
        after.escalation = Some(escalation);
        notice = NoticeKind::Escalation;
    }
    let about = About {
        tenant,
        lead,
        thread: &after.thread,
        reason: Some(reason),
        correlation_id: &message.correlation_id,
        by,
        at,
    };
    let told = match telling {
        Telling::Alone if message.kind() == Kind::Reply => escalating::notices(notice, &about),
        Telling::Summary => escalating::notices(NoticeKind::NotDelivered, &about),
        Telling::Alone | Telling::Silent => Vec::new(),
    };
    for (mut notice, queued) in told {
        notice.text = match telling {
            Telling::Summary => summary(what),
            _ => format!("{}\n\n{}", explained(what.why), notice.text),
        };
        after.notices.push(notice);
        kinds.push(queued);
    }
    let is_agreed = message.outreach.is_some() && message.kind().purpose() == Purpose::Transactional;
    if is_agreed && telling == Telling::Alone {
        let task = task(what, thread, lead, at);
        kinds.push(EventKind::TaskCreated { task: task.id, contact: task.contact });
        after.tasks.push(task);
    }
    if kinds.is_empty() {
        return None;
    }
    after.announce(tenant, &["not_sent", &event.id.to_string()], &message.correlation_id, at, kinds);
    Some(after)
}

fn explained(why: &Explanation) -> String {
    format!("{}. {}", why.means, why.todo)
}

/// About the business, not about one customer.
fn summary(what: &NotSent<'_>) -> String {
    let NotSent { tenant, message, why, .. } = *what;
    let how_many = if why.whole_account { "Messages" } else { "Several messages" };
    format!(
        "{how_many} of {} on {} do not reach your customers today.\n\n{}\n\nThis is the only notice of it today. Customers whose \
         replies did not go out are in your list of escalations.",
        tenant.name,
        message.channel,
        explained(why)
    )
}

/// To reach the person another way.
fn task(what: &NotSent<'_>, thread: &Conversation, lead: &Lead, at: Timestamp) -> Task {
    let NotSent { tenant, message, why, .. } = *what;
    let who = lead.name.as_deref().unwrap_or("a customer");
    let kind = message.kind().as_str().replace('_', " ");
    let title = format!("Reach {who} another way: the {kind} did not get through");
    let said: String = message.text.chars().take(MAX_QUOTE).collect();
    Task {
        id: TaskId::derive(&tenant.id, &["not_sent", &message.reference.message.to_string()]),
        contact: lead.contact,
        conversation: Some(thread.id),
        kind: TaskKind::Call,
        title: title.chars().take(200).collect(),
        note: format!("{}\n\nIt said: {said}", explained(why)),
        urgent: message.kind() == Kind::AppointmentReminder,
        assignee: None,
        due_at: None,
        created_at: at,
        done: None,
    }
}

#[cfg(test)]
mod tests;
