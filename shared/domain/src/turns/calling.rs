//! What a turn does to have a person: the escalation, the tenant's rules, notices and tasks.

use super::Turn;
use crate::conversations::escalating::{self, About, Cause};
use crate::conversations::rules::{self, Facts};
use crate::conversations::{
    Action, Answer, Escalation, EscalationReason, Message, NoticeKind, Sentiment, Task, builtin,
};
use crate::leads::Score;
use crate::messaging::Content;
use crate::tenancy::EscalationRule;
use ::language::Words;

/// The most that rules do in one turn: actions, each of which may be a task of two writes. `cron-sla-watch` does the rest, within
/// a minute.
const MAX_ACTIONS: usize = 8;

/// What a turn has staff do.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// A person is wanted.
    pub(super) escalation: Option<Escalation>,
    /// Notices to staff.
    pub(super) notices: Vec<Message>,
    /// What they are to do.
    pub(super) tasks: Vec<Task>,
}

/// What calls for staff in a turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reasons {
    /// How the customer feels, where that was read.
    pub(super) sentiment: Option<Sentiment>,
    /// What the rules for everybody say, or the answer.
    pub(super) because: Option<EscalationReason>,
    /// The message is the first of its conversation.
    pub(super) first: bool,
    /// A booking was asked for just now.
    pub(super) booking: bool,
    /// An answer is on its way.
    pub(super) answered: bool,
}

impl Turn<'_> {
    /// Calls a person for `reason`, whatever is answered.
    pub fn want_person(&mut self, reason: EscalationReason) {
        self.wanted = Some(reason);
    }

    /// Whether the message is nothing but thanks or a greeting.
    #[must_use]
    pub fn is_courtesy(&self) -> bool {
        builtin::is_courtesy(self.inbound.content.text())
    }

    /// Whether a machine seems to write that repeats itself, so that it gets no more answers.
    #[must_use]
    pub fn seems_automatic(&self) -> bool {
        matches!(&self.inbound.content, Content::Text { text } if self.thread.seems_automatic(text))
    }

    /// What the rules for everybody, an outage, or the answer itself call a person for.
    pub(super) fn reason(&self, answer: &Answer, because: Option<EscalationReason>) -> Option<EscalationReason> {
        let doubtful = answer.confidence < self.tenant.limits_at(self.now).confidence;
        let unsure = answer.action == Action::Escalate || doubtful;
        because.or(unsure.then_some(EscalationReason::Unsure))
    }

    /// Calls staff for all that there is reason for. `self.thread` counts the message already.
    pub(super) fn call(&mut self, reasons: Reasons) -> Called {
        let words = Words::new(self.inbound.content.text());
        let journey = self.person.journey.as_ref();
        let facts = Facts {
            words: Some(&words),
            sentiment: reasons.sentiment,
            score: Some(self.person.lead.score),
            vip: Some(journey.is_some_and(|journey| journey.preferences.vip)),
            channel: self.inbound.channel,
            first: Some(reasons.first),
        };
        let (tenant, by, at) = (self.tenant, self.inbound.message_id(), self.now);
        let mut room = MAX_ACTIONS;
        let fits = |rule: &&EscalationRule| {
            let left = room.checked_sub(rule.then.len().max(1));
            room = left.unwrap_or(room);
            left.is_some()
        };
        let (rules, reschedule): (Vec<_>, Vec<_>) =
            rules::now(tenant, &self.thread, &facts, at).into_iter().partition(fits);
        for rule in reschedule {
            self.thread.sla.watch_until(&rule.id, by, at);
        }
        let reason = reasons.because.or((!rules.is_empty()).then_some(EscalationReason::TenantRule));
        let raised = reason.and_then(|reason| escalating::raise(tenant, &mut self.thread, &Cause { reason, by, at }));
        let is_emergency = reason == Some(EscalationReason::Emergency) && raised.is_none();
        let alarm = is_emergency && escalating::alarm_again(&mut self.thread, at);
        if self.thread.escalation.is_some() || !reasons.answered {
            rules::watch(tenant, &mut self.thread, &facts, by, at);
        }
        for rule in &rules {
            self.thread.sla.has_fired(&rule.id);
        }
        let escalation = raised.map(|(mut escalation, event)| {
            rules::assign(&rules, &mut escalation);
            self.events.push(event);
            escalation
        });
        self.tell(reasons.booking, alarm, escalation, &rules)
    }

    /// The notices and tasks. `alarm`: an emergency in a thread for which a person was called before.
    fn tell(
        &mut self,
        booking: bool,
        alarm: bool,
        escalation: Option<Escalation>,
        rules: &[&EscalationRule],
    ) -> Called {
        let became_hot = self.person.lead.score == Score::Hot && self.lead_before().1 != Score::Hot;
        let kinds = [
            (escalation.is_some() || alarm).then_some(NoticeKind::Escalation),
            booking.then_some(NoticeKind::BookingRequest),
            // An escalation already tells staff of this very message.
            (became_hot && escalation.is_none() && !alarm && !booking).then_some(NoticeKind::HotLead),
        ];
        let fallback = if alarm { EscalationReason::Emergency } else { EscalationReason::TenantRule };
        let lead = self.lead_for_writer().into_owned();
        let about = About {
            tenant: self.tenant,
            lead: &lead,
            thread: &self.thread,
            reason: Some(escalation.as_ref().map_or(fallback, |escalation| escalation.reason)),
            correlation_id: &self.inbound.correlation_id,
            by: self.inbound.message_id(),
            at: self.now,
        };
        let names: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        let mut notices = Vec::new();
        let told = kinds.into_iter().flatten().flat_map(|kind| {
            let names: &[&str] = if kind == NoticeKind::Escalation { &names } else { &[] };
            escalating::notices_to(kind, &about, &self.tenant.notify, names)
        });
        for (message, event) in told {
            self.events.push(event);
            notices.push(message);
        }
        let acts = rules::act(rules, escalation.is_some(), &about);
        notices.extend(acts.notices);
        self.events.extend(acts.events);
        Called { escalation, notices, tasks: acts.tasks }
    }
}
