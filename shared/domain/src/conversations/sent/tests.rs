//! Who hears of a message that did not leave, and what they are told.

use super::*;
use crate::conversations::{Action, Answer, Author, Intent, Outreach, Sentiment};
use crate::leads::{GivenDetails, Qualification, Score};
use crate::messaging::{Address, Channel, Content, Inbound, Phone, Source};
use crate::samples::roofer;
use crate::tenancy::Template;
use crate::tenancy::{BusinessContext, Language};
use crate::turns::{Response, Turn};
use crate::{EventId, TenantId};

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// A reply to a text message, with its thread and lead; `escalated`: a person was called in that turn already.
fn reply(tenant: &Tenant, escalated: bool) -> (Message, Conversation, Lead) {
    let inbound = Inbound {
        tenant: tenant.id.clone(),
        vendor_id: "m1".to_owned(),
        source: Source::Sms,
        channel: Channel::Sms,
        from: Address::Phone(Phone::e164("+13035550101", "phone").unwrap()),
        also: Vec::new(),
        name: Some("Ana Vale".to_owned()),
        content: Content::Text { text: "I smell gas".to_owned() },
        received_at: noon(),
        sent_at: None,
        fields: std::collections::BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: "correlation".to_owned(),
    };
    let answer = Answer {
        reply: "Please leave the house.".to_owned(),
        language: Language::english(),
        intent: Intent::Other,
        sentiment: Sentiment::Neutral,
        action: Action::Reply,
        score: Score::Unscored,
        confidence: 90,
        qualification: Qualification::default(),
        given: GivenDetails::default(),
        requested_time: None,
        intake: std::collections::BTreeMap::new(),
        asked: None,
        citations: Vec::new(),
        author: Author::default(),
    };
    let escalate = escalated.then_some(EscalationReason::Emergency);
    let answer = Box::new(answer);
    let outcome = Turn::open(tenant, BusinessContext::NONE, &inbound, Vec::new(), noon())
        .close(Response::Answered { answer, escalate }, 12);
    let reply = outcome.messages.into_iter().find(|message| message.role == Role::Assistant).unwrap();
    (reply, outcome.thread, outcome.lead)
}

fn outreach(kind: Kind, message: Message) -> Message {
    let outreach = Outreach {
        campaign: None,
        kind,
        due: noon(),
        expires_at: noon(),
        step: None,
        appointment: None,
        subject: None,
        template: None::<Template>,
    };
    Message { outreach: Some(outreach), ..message }
}

fn event(tenant: &TenantId, message: &Message) -> Event {
    let kind = EventKind::MessageSent { message: message.reference, channel: message.channel };
    let id = EventId::derive(tenant, &["event"]);
    Event { id, tenant: tenant.clone(), at: noon(), correlation_id: "c".to_owned(), kind }
}

fn filtered(whole_account: bool) -> Explanation {
    Explanation::of("Phone companies filter your messages", "Ask them why.", whole_account)
}

/// What follows from `message`, which is the number `place` of those that failed.
fn follows(message: &Message, thread: &Conversation, lead: &Lead, place: usize, why: &Explanation) -> Option<FollowUp> {
    let tenant = roofer();
    let event = event(&tenant.id, message);
    let telling = Telling::of(Some(place), why);
    let what = NotSent { tenant: &tenant, message, state: DeliveryState::Failed, why, telling, event: &event };
    not_sent(&what, thread, lead)
}

#[test]
fn a_reply_that_did_not_leave_calls_a_person_who_reads_why_and_what_helps() {
    let (reply, thread, lead) = reply(&roofer(), false);
    let after = follows(&reply, &thread, &lead, 0, &filtered(false)).unwrap();
    assert_eq!(after.escalation.unwrap().reason, EscalationReason::DeliveryFailed);
    let [notice] = &after.notices[..] else { panic!("one of the staff") };
    assert_eq!(notice.notice, Some(NoticeKind::Escalation));
    assert!(notice.text.starts_with("Phone companies filter your messages. Ask them why.\n"), "{}", notice.text);
    assert!(notice.text.contains("Ana Vale needs a person on sms: a reply could not be delivered."));
    let names: Vec<&str> = after.events.iter().map(|event| event.kind.name()).collect();
    assert_eq!(names, ["escalation.raised", "message.queued"]);
}

#[test]
fn where_a_person_was_called_already_they_hear_that_the_answer_did_not_reach_the_customer() {
    let (reply, thread, lead) = reply(&roofer(), true);
    let after = follows(&reply, &thread, &lead, 0, &filtered(false)).unwrap();
    assert_eq!((after.escalation, after.thread), (None, thread));
    let [notice] = &after.notices[..] else { panic!("one of the staff") };
    assert_eq!(notice.notice, Some(NoticeKind::NotDelivered));
    assert!(notice.text.contains("A message to Ana Vale on sms did not reach them.") && notice.text.contains("gas"));
}

#[test]
fn what_every_message_meets_is_told_once_a_day_and_the_rest_a_few_times() {
    let (reply, thread, lead) = reply(&roofer(), false);
    for (whole_account, place, told) in [
        (true, 0, Some(NoticeKind::NotDelivered)),
        (true, 1, None),
        (false, TOLD_ONE_BY_ONE - 1, Some(NoticeKind::Escalation)),
        (false, TOLD_ONE_BY_ONE, Some(NoticeKind::NotDelivered)),
        (false, TOLD_ONE_BY_ONE + 1, None),
    ] {
        let after = follows(&reply, &thread, &lead, place, &filtered(whole_account)).unwrap();
        assert!(after.escalation.is_some(), "whoever waits is in the list");
        let notice = after.notices.first();
        assert_eq!(notice.and_then(|notice| notice.notice), told, "{whole_account} {place}");
        if told == Some(NoticeKind::NotDelivered) {
            assert!(notice.unwrap().text.contains("only notice of it today"), "{}", notice.unwrap().text);
        }
    }
    assert_eq!(Telling::of(None, &filtered(true)), Telling::Silent);
}

#[test]
fn a_reminder_that_did_not_get_through_is_a_task_and_advertising_is_not() {
    let (reply, thread, lead) = reply(&roofer(), false);
    let reminder = outreach(Kind::AppointmentReminder, reply.clone());
    let after = follows(&reminder, &thread, &lead, 0, &filtered(false)).unwrap();
    assert_eq!((after.escalation, after.notices.len()), (None, 0));
    let [task] = &after.tasks[..] else { panic!("one task") };
    assert!(task.urgent && task.title.contains("Reach Ana Vale another way: the appointment reminder"), "{task:?}");
    assert!(task.note.contains("Ask them why.") && task.note.contains("Please leave the house."));
    let again = follows(&reminder, &thread, &lead, 0, &filtered(false)).unwrap();
    assert_eq!(again.tasks[0].id, task.id, "twice is once");

    let campaign = outreach(Kind::Campaign, reply);
    assert_eq!(follows(&campaign, &thread, &lead, 0, &filtered(false)), None);
    let summary = follows(&campaign, &thread, &lead, 0, &filtered(true)).unwrap();
    assert_eq!((summary.notices.len(), summary.tasks.len()), (1, 0));
}

#[test]
fn only_what_somebody_waits_for_or_the_gate_let_go_is_anybodys_business() {
    use DeliveryState::{Dropped, Failed, Held, Sent, Skipped, Unknown};
    let tenant = roofer();
    let (reply, ..) = reply(&tenant, false);
    let notice = Message { role: Role::Notice, ..reply.clone() };
    let review = outreach(Kind::ReviewRequest, reply.clone());
    for (message, states) in [
        (&reply, vec![Failed, Unknown, Skipped, Dropped]),
        (&review, vec![Failed, Unknown, Skipped]),
        (&notice, vec![]),
    ] {
        for state in [Failed, Unknown, Skipped, Dropped, Held, Sent] {
            let asked = |tenant: &Tenant, refused| {
                let opt_out_state = OptOutState { refused, ..OptOutState::default() };
                is_somebodys_business(tenant, message, state, &opt_out_state)
            };
            assert_eq!(asked(&tenant, false), states.contains(&state), "{:?} {state:?}", message.kind());
            assert!(!asked(&tenant, true), "who wants to hear nothing misses nothing");
            let paused = Tenant { status: TenantStatus::Paused, ..tenant.clone() };
            assert!(!asked(&paused, false));
        }
    }
}

#[test]
fn what_nobody_waited_for_stops_no_clock() {
    let tenant = roofer();
    let (mut reply, thread, _) = reply(&tenant, false);
    let event = event(&tenant.id, &reply);
    assert!(sent(&tenant, &reply, &thread, &event).is_some());
    let notice = Message { role: Role::Notice, ..reply.clone() };
    assert_eq!(sent(&tenant, &notice, &thread, &event), None);
    reply.delivery.as_mut().unwrap().answers_at = None;
    assert_eq!(sent(&tenant, &reply, &thread, &event), None);
}
