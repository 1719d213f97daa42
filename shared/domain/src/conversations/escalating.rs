//! Calling a person: at most one open escalation a thread, and the notices that staff get.

use jiff::{SignedDuration, Timestamp};

use super::notice_words::{name, say};
use super::rules::{self, Facts};
use super::sla::Breach;
use super::{
    Conversation, ConversationStatus, Delivery, Escalation, EscalationReason, EscalationStatus, Message, NoticeKind,
    Resolution, Role,
};
use crate::events::EventKind;
use crate::leads::Lead;
use crate::messaging::{Address, Channel, Email, MessageRef};
use crate::tenancy::Tenant;
use crate::{EscalationId, LeadId, MessageId};

/// What made a person necessary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Why.
    pub reason: EscalationReason,
    /// The message that caused it.
    pub by: MessageId,
    /// When (UTC).
    pub at: Timestamp,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Whose staff.
    pub tenant: &'a Tenant,
    /// The lead.
    pub lead: &'a Lead,
    /// The thread.
    pub thread: &'a Conversation,
    /// Why a person is wanted, for an escalation.
    pub reason: Option<EscalationReason>,
    /// Of the message that started it.
    pub correlation_id: &'a str,
    /// The message that caused it.
    pub by: MessageId,
    /// When (UTC).
    pub at: Timestamp,
}

/// Opens an escalation on `thread`, whose staff have the tenant's time from now on; `None` when one is open already.
pub fn raise(tenant: &Tenant, thread: &mut Conversation, cause: &Cause) -> Option<(Escalation, EventKind)> {
    if thread.escalation.is_some() {
        return None;
    }
    let escalation = Escalation {
        id: EscalationId::derive(&tenant.id, &[&thread.id.to_string(), &cause.by.to_string()]),
        conversation: thread.id,
        lead: thread.lead,
        reason: cause.reason,
        rule: None,
        assignee: None,
        status: EscalationStatus::Pending,
        raised_at: cause.at,
        resolution: None,
    };
    if cause.reason == EscalationReason::Emergency {
        thread.alarmed_at = Some(cause.at);
    }
    thread.escalation = Some(escalation.id);
    thread.status = ConversationStatus::Escalated;
    thread.sla.on_escalation(tenant, cause.at);
    let facts = Facts::of_thread(thread);
    rules::watch(tenant, thread, &facts, cause.by, cause.at);
    let event =
        EventKind::EscalationRaised { escalation: escalation.id, conversation: thread.id, reason: cause.reason };
    Some((escalation, event))
}

/// For so long an emergency that was told is not told again.
const ALARM_PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// Whether staff are told of an emergency once more, though a person was called already: for that they may have been called
/// over something that can wait. Notes that they are.
pub(crate) fn alarm_again(thread: &mut Conversation, at: Timestamp) -> bool {
    let is_due = thread.alarmed_at.is_none_or(|told| at.duration_since(told) >= ALARM_PAUSE);
    if is_due {
        thread.alarmed_at = Some(at);
    }
    is_due
}

/// Ends an escalation. Its thread, where it is still the one that is open there, goes on as any other: what calls for a
/// person from now on calls for one again, and its clock waits for staff no longer. `None` when it was resolved before.
pub fn resolve(
    escalation: &Escalation,
    thread: &Conversation,
    resolution: Resolution,
) -> Option<(Escalation, Conversation, Vec<EventKind>)> {
    if escalation.status == EscalationStatus::Resolved {
        return None;
    }
    let mut thread = thread.clone();
    let mut events = Vec::new();
    if thread.escalation == Some(escalation.id) {
        thread.escalation = None;
        thread.resolved_count = thread.message_count;
        let late = thread.sla.on_resolve(resolution.at);
        events.extend(late.into_iter().map(|breach| breached(&thread, breach)));
        if thread.status == ConversationStatus::Escalated {
            thread.status = ConversationStatus::Active;
        }
    }
    events.push(EventKind::EscalationResolved { escalation: escalation.id, conversation: escalation.conversation });
    let resolution = Some(resolution);
    Some((Escalation { status: EscalationStatus::Resolved, resolution, ..escalation.clone() }, thread, events))
}

/// That the customer of `thread` waited too long.
pub(crate) fn breached(thread: &Conversation, (timer, due_at): Breach) -> EventKind {
    EventKind::SlaBreached { conversation: thread.id, contact: thread.contact, timer, due_at }
}

/// The e-mails that tell the tenant's staff: one an address, each a message with a verdict and a delivery of its own.
#[must_use]
pub fn notices(kind: NoticeKind, about: &About<'_>) -> Vec<(Message, EventKind)> {
    notices_to(kind, about, &about.tenant.notify, &[])
}

/// The same, to these addresses; `rules` are the tenant's rules that ask for it.
pub(crate) fn notices_to(
    kind: NoticeKind,
    about: &About<'_>,
    to: &[Email],
    rules: &[&str],
) -> Vec<(Message, EventKind)> {
    let mut text = notice_text(kind, about);
    if !rules.is_empty() {
        text.push_str(&format!("\n{} {}", say(&about.tenant.language, "rule", &[]), rules.join(", ")));
    }
    let one = |to: &Email| {
        let (kind_name, by) = (format!("{kind:?}"), about.by.to_string());
        let mut cause = vec!["notice", &kind_name, &by, to.as_str()];
        cause.extend(rules);
        let reference = MessageRef {
            conversation: about.thread.id,
            at: about.at,
            message: MessageId::derive(&about.tenant.id, &cause),
        };
        let (text, by, correlation_id) = (text.clone(), Some(about.by), about.correlation_id);
        let message = Notice { reference, lead: about.lead.id, kind, to, text, by, correlation_id }.message();
        let event =
            EventKind::MessageQueued { message: reference, channel: Channel::Email, contact: about.lead.contact };
        (message, event)
    };
    to.iter().map(one).collect()
}

/// A mail to somebody of the staff.
pub(crate) struct Notice<'a> {
    /// Its thread, time and id.
    pub(crate) reference: MessageRef,
    /// The lead that the thread is about.
    pub(crate) lead: LeadId,
    /// Why.
    pub(crate) kind: NoticeKind,
    /// To whom.
    pub(crate) to: &'a Email,
    /// What it says.
    pub(crate) text: String,
    /// The message that caused it.
    pub(crate) by: Option<MessageId>,
    /// Of what started it.
    pub(crate) correlation_id: &'a str,
}

impl Notice<'_> {
    /// It as a message of its thread.
    pub(crate) fn message(self) -> Message {
        Message {
            reference: self.reference,
            lead: self.lead,
            role: Role::Notice,
            channel: Channel::Email,
            text: self.text,
            content: None,
            files: None,
            source: None,
            vendor_id: None,
            amended: None,
            text_consent: None,
            withheld: None,
            in_reply_to: self.by,
            author: None,
            confidence: None,
            processing_ms: None,
            citations: Vec::new(),
            intent: None,
            sentiment: None,
            action: None,
            language: None,
            notice: Some(self.kind),
            outreach: None,
            extra: None,
            opt_out: false,
            by: None,
            delivery: Some(Delivery::queued(Address::Email(self.to.clone()), None, self.reference.at)),
            correlation_id: self.correlation_id.to_owned(),
        }
    }
}

/// What staff read, in the language of the business: what happened, who, what is known, the last line.
fn notice_text(kind: NoticeKind, about: &About<'_>) -> String {
    let language = &about.tenant.language;
    let label = |key: &str| say(language, key, &[]);
    let who = about.lead.name.clone().unwrap_or_else(|| label("customer"));
    let channel = about.thread.channel.to_string();
    let headline = |key: &str, (name, value): (&str, &str)| {
        say(language, key, &[("who", &who), ("channel", &channel), (name, value)])
    };
    let headline = match (kind, about.reason) {
        (NoticeKind::Escalation, Some(reason)) => {
            headline("escalation", ("reason", &label(&format!("reason-{}", reason.as_str()))))
        }
        (NoticeKind::Escalation, None) => headline("escalation-plain", ("", "")),
        (NoticeKind::Mentioned | NoticeKind::Assigned, _) => headline("look", ("", "")),
        (NoticeKind::BookingRequest, _) => {
            let time = about.lead.requested_time.clone().unwrap_or_else(|| label("time"));
            let visit = about.lead.requested_visit.map(|visit| visit.shown(&about.tenant.time_zone()));
            let visit = visit.map_or_else(String::new, |visit| format!(" ({visit})"));
            headline("booking_request", ("time", &format!("{time}{visit}")))
        }
        (NoticeKind::NotDelivered | NoticeKind::CustomerWaits | NoticeKind::HotLead, _) => {
            headline(&name(&kind), ("", ""))
        }
    };
    let known = &about.lead.qualification;
    let taken: Vec<String> = about.lead.taken_extras().map(|extra| extra.shown(&about.tenant.currency)).collect();
    let said = about.thread.recent.iter().rev().find(|line| line.role == Role::Customer);
    let reach: Vec<&str> = about.thread.stated.addresses.iter().filter_map(Address::text).collect();
    let listed = |all: String| Some(all).filter(|all| !all.is_empty());
    let facts = [
        ("service", listed(known.services().collect::<Vec<_>>().join(", "))),
        ("also", listed(taken.join(", "))),
        ("how-many", known.how_many.clone()),
        ("where", known.location.clone()),
        ("when", known.timeline.clone()),
        ("budget", known.budget.clone()),
        ("reach", listed(reach.join(", "))),
        ("said", said.map(|line| line.text.chars().take(300).collect())),
    ];
    let facts = facts.into_iter().filter_map(|(key, value)| value.map(|value| format!("{}: {value}\n", label(key))));
    format!("{headline}\n\n{}\n{} {}", facts.collect::<String>(), label("conversation"), about.thread.id)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::conversations::Line;
    use crate::leads::{Qualification, RequestedVisit};
    use crate::messaging::{Content, Inbound, Source};
    use crate::samples::roofer;
    use crate::turns::Turn;

    /// A lead and its thread, as the first message of a newcomer made them.
    fn opened(tenant: &Tenant, at: Timestamp) -> (Lead, Conversation) {
        let inbound = Inbound {
            tenant: tenant.id.clone(),
            vendor_id: "m1".to_owned(),
            source: Source::LiveChat,
            channel: Channel::Chat,
            from: Address::Chat("s-1".to_owned()),
            also: Vec::new(),
            name: Some("Ana Vale".to_owned()),
            content: Content::Text { text: "Hello".to_owned() },
            received_at: at,
            sent_at: None,
            fields: std::collections::BTreeMap::new(),
            text_consent: None,
            withheld: None,
            correlation_id: "correlation".to_owned(),
        };
        let turn = Turn::open(tenant, crate::tenancy::BusinessContext::NONE, &inbound, Vec::new(), at);
        (turn.person.lead, turn.thread)
    }

    #[test]
    fn an_escalation_is_raised_once_and_has_the_same_id_in_a_repeat() {
        let tenant = roofer();
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let (_, thread) = opened(&tenant, at);
        let by = MessageId::derive(&tenant.id, &["m1"]);
        let cause = Cause { reason: EscalationReason::DeliveryUnknown, by, at };
        let (mut first, mut repeat) = (thread.clone(), thread);
        let raised = raise(&tenant, &mut first, &cause).unwrap();
        assert_eq!(raise(&tenant, &mut repeat, &cause), Some(raised));
        assert_eq!(raise(&tenant, &mut first, &cause), None);
        assert_eq!(first.status, ConversationStatus::Escalated);
    }

    #[test]
    fn a_thread_whose_escalation_is_resolved_goes_on_and_can_escalate_again() {
        let tenant = roofer();
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let (_, mut thread) = opened(&tenant, at);
        let cause = |by: &str| {
            let by = MessageId::derive(&tenant.id, &[by]);
            Cause { reason: EscalationReason::Complaint, by, at }
        };
        let (escalation, _) = raise(&tenant, &mut thread, &cause("m1")).unwrap();
        let resolution = Resolution { at, by: crate::identity::Actor::Operator, note: "Called back".to_owned() };
        let (resolved, mut thread, _) = resolve(&escalation, &thread, resolution.clone()).unwrap();
        assert_eq!((thread.status, thread.escalation), (ConversationStatus::Active, None));
        assert_eq!((resolved.status, &resolved.resolution), (EscalationStatus::Resolved, &Some(resolution.clone())));
        assert_eq!(resolve(&resolved, &thread, resolution.clone()), None, "twice is once");
        let (second, _) = raise(&tenant, &mut thread, &cause("m2")).unwrap();
        assert_ne!(second.id, escalation.id);
        // The end of an earlier one leaves the one that is open now.
        let (_, thread, _) = resolve(&escalation, &thread, resolution.clone()).unwrap();
        assert_eq!((thread.status, thread.escalation), (ConversationStatus::Escalated, Some(second.id)));
        let ended = Conversation { status: ConversationStatus::Ended, ..thread };
        let (_, thread, _) = resolve(&second, &ended, resolution).unwrap();
        assert_eq!((thread.status, thread.escalation), (ConversationStatus::Ended, None));
    }

    #[test]
    fn a_notice_says_who_what_where_and_the_last_words_cut_short() {
        let tenant = roofer();
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let (mut lead, mut thread) = opened(&tenant, at);
        lead.qualification = Qualification { location: Some("Lakewood".to_owned()), ..Qualification::default() };
        lead.requested_time = Some("Monday at 9".to_owned());
        let from = "2026-11-23T16:00:00Z".parse().ok();
        lead.requested_visit =
            Some(RequestedVisit { date: Date::constant(2026, 11, 23), from, until: None, departure: None });
        thread.recent = vec![
            Line { role: Role::Customer, text: "é".repeat(1_000) },
            Line { role: Role::Assistant, text: "One moment.".to_owned() },
        ];
        let about = About {
            tenant: &tenant,
            lead: &lead,
            thread: &thread,
            reason: Some(EscalationReason::Complaint),
            correlation_id: "correlation",
            by: MessageId::derive(&tenant.id, &["m1"]),
            at,
        };
        for (kind, headline) in [
            (NoticeKind::Escalation, "Ana Vale needs a person on chat: they are unhappy."),
            (NoticeKind::HotLead, "Ana Vale is a hot lead on chat."),
            (
                NoticeKind::BookingRequest,
                "Ana Vale asks for an appointment on chat: Monday at 9 (Monday, 2026-11-23, 09:00). Please confirm it with them.",
            ),
        ] {
            let (notice, event) = notices(kind, &about).remove(0);
            assert!(notice.text.starts_with(headline), "{}", notice.text);
            assert!(notice.text.contains("Where: Lakewood\n"));
            assert!(notice.text.contains(&format!("They wrote: {}\n", "é".repeat(300))));
            assert!(notice.text.ends_with(&thread.id.to_string()));
            assert_eq!((notice.role, notice.channel, notice.notice), (Role::Notice, Channel::Email, Some(kind)));
            let contact = about.lead.contact;
            let queued = EventKind::MessageQueued { message: notice.reference, channel: Channel::Email, contact };
            assert_eq!(event, queued);
        }
        let spanish = Tenant { language: crate::tenancy::Language::new("es").unwrap(), ..roofer() };
        let (notice, _) = notices(NoticeKind::Escalation, &About { tenant: &spanish, ..about }).remove(0);
        let said = "Ana Vale necesita a una persona por chat: está descontento.\n\nDónde: Lakewood\nHa escrito: é";
        assert!(notice.text.starts_with(said), "{}", notice.text);
    }
}
