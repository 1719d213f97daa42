//! What follows from the response.

use super::*;
use crate::conversations::{ConversationStatus, EscalationReason, HISTORY_LINES, NoticeKind, Question};
use crate::leads::{LeadStatus, Urgency};
use crate::messaging::DeliveryState;
use crate::tenancy::BusinessContext;

fn enough() -> Qualification {
    Qualification {
        service_interest: Some("Roof repair".to_owned()),
        location: Some("Lakewood".to_owned()),
        urgency: Some(Urgency::High),
        ..Qualification::default()
    }
}

#[test]
fn the_same_state_gives_the_same_outcome() {
    let tenant = roofer();
    let before = known(&tenant);
    let inbound = message("m2", phone(101), "My roof leaks, I am ana@example.com", noon(60));
    let Address::Email(mail) = email("ana") else { unreachable!() };
    let answer = Answer {
        action: Action::TransferHotLead,
        score: Score::Hot,
        qualification: enough(),
        given: GivenDetails { email: Some(mail), ..GivenDetails::default() },
        ..plain()
    };
    let once = || {
        let response =
            Response::Answered { answer: Box::new(answer.clone()), escalate: Some(EscalationReason::Emergency) };
        Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![before.clone()], noon(60)).close(response, 12)
    };
    let (first, second) = (once(), once());
    assert_eq!(first, second);
    let bytes = |outcome: &Outcome| serde_json::to_vec(&(&outcome.messages, &outcome.events, &outcome.thread)).unwrap();
    assert_eq!(bytes(&first), bytes(&second));
}

#[test]
fn a_silent_response_stores_the_message_and_sends_nothing() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "STOP", noon(0));
    let silent = Response::Silent { intent: Intent::OptOut, suppressed: Some(true) };
    let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(silent, 3);
    assert_eq!(roles(&outcome), [Role::Customer]);
    assert_eq!((outcome.messages[0].intent, outcome.messages[0].sentiment), (Some(Intent::OptOut), None));
    assert_eq!(names(&outcome), ["lead.created", "message.received", "consent.changed"]);
    assert_eq!((outcome.spent, outcome.escalation), (Vec::new(), None));
    assert_eq!((outcome.thread.message_count, outcome.thread.recent.len()), (1, 1));
    assert_eq!(outcome.lead.status, LeadStatus::New);
}

#[test]
fn a_reply_comes_after_what_it_answers_and_after_all_before_it() {
    let tenant = roofer();
    // The clock that took the message is ahead of the one that answers it.
    let inbound = message("m1", phone(101), "Hello", noon(5));
    let outcome =
        Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(answered(plain()), 12);
    let (asked, told) = (&outcome.messages[0], reply(&outcome));
    assert!(told.reference.at > asked.reference.at && told.reference.at > inbound.received_at);
    assert_eq!(outcome.thread.last_message_at, told.reference.at);

    // The clock of the next turn is behind: its reply still comes later, and the thread does not go back in time.
    let before = kept(&outcome, &[]);
    let next = message("m2", phone(101), "And on Saturday?", noon(1));
    let next = Turn::open(&tenant, BusinessContext::NONE, &next, vec![before], noon(2)).close(answered(plain()), 12);
    assert!(reply(&next).reference.at > told.reference.at);
    assert!(next.thread.last_message_at > outcome.thread.last_message_at);
}

#[test]
fn a_reply_carries_what_the_replay_shows() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "When are you open?", noon(0));
    let outcome = turn(&tenant, &inbound, Vec::new(), Answer { asked: Some(Question::Service), ..plain() });
    let told = reply(&outcome);
    assert_eq!((told.in_reply_to, told.channel), (Some(inbound.message_id()), Channel::Sms));
    assert_eq!((told.confidence, told.processing_ms), (Some(90), Some(12)));
    assert_eq!(told.author, Some(plain().author));
    let delivery = told.delivery.as_ref().unwrap();
    assert_eq!((delivery.state, &delivery.to), (DeliveryState::Queued, &phone(101)));
    assert_eq!((delivery.answers_at, delivery.attempts), (Some(inbound.received_at), 0));
    assert_eq!(queued_messages(&outcome), [told.reference.message]);
    assert_eq!(outcome.thread.asked, Some(Question::Service));
    let asked = &outcome.messages[0];
    assert_eq!((asked.intent, asked.sentiment), (Some(Intent::Hours), Some(Sentiment::Neutral)));
    assert_eq!((asked.delivery.is_none(), asked.vendor_id.as_deref()), (true, Some("m1")));
}

#[test]
fn history_keeps_the_last_lines_and_cuts_long_ones() {
    let tenant = roofer();
    let mut people: Vec<Person> = Vec::new();
    for index in 0..i64::try_from(HISTORY_LINES).unwrap() {
        let text = format!("{index} {}", "é".repeat(3_000));
        let inbound = message(&format!("m{index}"), phone(101), &text, noon(index));
        let outcome = turn(&tenant, &inbound, people.clone(), plain());
        assert!(outcome.thread.recent.len() <= HISTORY_LINES);
        people = vec![kept(&outcome, &people)];
    }
    let thread = &people[0].threads[0];
    assert_eq!((thread.recent.len(), thread.message_count), (HISTORY_LINES, 20));
    assert!(thread.recent.iter().all(|line| line.text.chars().count() <= 2_000));
    assert!(thread.recent[0].text.starts_with("5 "), "the oldest line left is the sixth message");
}

#[test]
fn a_thread_has_one_open_escalation() {
    let tenant = roofer();
    let escalate = |id: &str, people: &[Person], at| {
        let inbound = message(id, phone(101), "A person, please", at);
        let response =
            Response::Answered { answer: Box::new(plain()), escalate: Some(EscalationReason::CustomerAsked) };
        Turn::open(&tenant, BusinessContext::NONE, &inbound, people.to_vec(), at).close(response, 12)
    };
    let first = escalate("m1", &[], noon(0));
    let raised = first.escalation.clone().unwrap();
    assert_eq!((raised.conversation, raised.lead), (first.thread.id, first.lead.id));
    assert_eq!((first.thread.escalation, first.thread.status), (Some(raised.id), ConversationStatus::Escalated));
    let before = vec![kept(&first, &[])];
    let second = escalate("m2", &before, noon(60));
    assert_eq!((second.escalation.is_none(), second.thread.escalation), (true, Some(raised.id)));
    assert!(!names(&second).contains(&"escalation.raised"));
    assert_eq!(roles(&second), [Role::Customer, Role::Assistant]);
}

#[test]
fn the_responder_may_escalate_too_and_the_rules_name_the_reason() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "Hm", noon(0));
    let unsure = Answer { action: Action::Escalate, ..plain() };
    for (rules, reason) in
        [(None, EscalationReason::Unsure), (Some(EscalationReason::Complaint), EscalationReason::Complaint)]
    {
        let response = Response::Answered { answer: Box::new(unsure.clone()), escalate: rules };
        let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(response, 12);
        assert_eq!(outcome.escalation.unwrap().reason, reason);
    }
}

#[test]
fn every_address_of_the_staff_gets_a_notice_of_its_own() {
    let mut tenant = roofer();
    tenant.notify =
        ["owner", "office", "night"].map(|name| Email::new(&format!("{name}@example.com"), "notify").unwrap()).into();
    let inbound = message("m1", phone(101), "A person, please", noon(0));
    let response = Response::Answered { answer: Box::new(plain()), escalate: Some(EscalationReason::CustomerAsked) };
    let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(response, 12);
    let notices: Vec<&Message> = outcome.messages.iter().filter(|message| message.role == Role::Notice).collect();
    let to: Vec<Address> = notices.iter().map(|notice| notice.delivery.as_ref().unwrap().to.clone()).collect();
    assert_eq!(to, [email("owner"), email("office"), email("night")]);
    assert!(notices.iter().all(|notice| notice.notice == Some(NoticeKind::Escalation)));
    assert!(notices.iter().all(|notice| notice.delivery.as_ref().unwrap().answers_at.is_none()));
    // Each is a message with an id of its own, and each is queued.
    let mut ids: Vec<MessageId> = outcome.messages.iter().map(|message| message.reference.message).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), queued_messages(&outcome).len()), (5, 4));
}

#[test]
fn staff_hear_of_a_hot_lead_once() {
    let tenant = roofer();
    let hot = Answer { action: Action::TransferHotLead, score: Score::Hot, ..plain() };
    let first = turn(&tenant, &message("m1", phone(101), "I sign today", noon(0)), Vec::new(), hot.clone());
    let notice = first.messages.iter().find(|message| message.role == Role::Notice).unwrap();
    assert_eq!((notice.notice, first.lead.status), (Some(NoticeKind::HotLead), LeadStatus::HandedOff));
    let before = vec![kept(&first, &[])];
    let second = turn(&tenant, &message("m2", phone(101), "Today!", noon(60)), before, hot);
    assert_eq!(roles(&second), [Role::Customer, Role::Assistant]);
}

#[test]
fn a_booking_request_is_noted_once_until_the_time_changes() {
    let tenant = roofer();
    let asks = |time: &str| Answer { action: Action::RequestBooking, requested_time: Some(time.to_owned()), ..plain() };
    let mut people: Vec<Person> = Vec::new();
    for (index, (time, noted)) in [("Monday at 9", true), ("Monday at 9", false), ("Tuesday", true)].iter().enumerate()
    {
        let at = noon(i64::try_from(index).unwrap() * 60);
        let outcome = turn(&tenant, &message(&format!("m{index}"), phone(101), time, at), people.clone(), asks(time));
        assert_eq!(names(&outcome).contains(&"booking.requested"), *noted, "{time}");
        let notices = outcome.messages.iter().filter(|message| message.notice == Some(NoticeKind::BookingRequest));
        assert_eq!(notices.count(), usize::from(*noted));
        assert_eq!(outcome.lead.requested_time.as_deref(), Some(*time));
        // A request is staff's to confirm: it does not book.
        assert_eq!(outcome.lead.status, LeadStatus::Qualified);
        people = vec![kept(&outcome, &people)];
    }
}

#[test]
fn what_happens_at_once_is_told_once_a_kind_and_a_hot_lead_by_whatever_else_is_told() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "I sign today, Monday at 9", noon(0));
    let books = Answer {
        action: Action::RequestBooking,
        score: Score::Hot,
        requested_time: Some("Monday at 9".to_owned()),
        ..plain()
    };
    for (escalate, told) in [
        (None, vec![NoticeKind::BookingRequest]),
        (Some(EscalationReason::CustomerAsked), vec![NoticeKind::Escalation, NoticeKind::BookingRequest]),
    ] {
        let response = Response::Answered { answer: Box::new(books.clone()), escalate };
        let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0)).close(response, 12);
        let notices: Vec<NoticeKind> = outcome.messages.iter().filter_map(|message| message.notice).collect();
        assert_eq!(notices, told);
    }
}

#[test]
fn a_requested_time_without_the_request_changes_nothing() {
    let tenant = roofer();
    let answer = Answer { requested_time: Some("Monday".to_owned()), ..plain() };
    let outcome = turn(&tenant, &message("m1", phone(101), "Hello", noon(0)), Vec::new(), answer);
    assert_eq!(outcome.lead.requested_time, None);
}

#[test]
fn the_status_only_takes_steps_that_are_the_assistants() {
    const ACTIONS: [Action; 7] = [
        Action::Reply,
        Action::Escalate,
        Action::TransferHotLead,
        Action::OfferBooking,
        Action::RequestBooking,
        Action::Nurture,
        Action::End,
    ];
    let tenant = roofer();
    let open = LeadStatus::ALL.into_iter().filter(|status| !status.is_closed());
    for from in open {
        for action in ACTIONS {
            for qualification in [Qualification::default(), enough()] {
                let mut before = known(&tenant);
                before.lead.status = from;
                let answer = Answer { action, qualification, requested_time: Some("Monday".to_owned()), ..plain() };
                let inbound = message("m2", phone(101), "Well", noon(60));
                let to = turn(&tenant, &inbound, vec![before], answer).lead.status;
                assert!(from == to || from.assistant_may_move_to(to), "{from:?} -> {to:?} by {action:?}");
                assert!(to != LeadStatus::AppointmentBooked || from == to, "only staff confirm a time");
            }
        }
    }
}

#[test]
fn what_was_learned_stays_when_the_next_answer_learns_nothing() {
    let tenant = roofer();
    let learned = Answer { score: Score::Warm, qualification: enough(), ..plain() };
    let first = turn(&tenant, &message("m1", phone(101), "A leak in Lakewood", noon(0)), Vec::new(), learned);
    assert_eq!((first.lead.status, first.lead.score), (LeadStatus::Qualified, Score::Warm));
    let before = vec![kept(&first, &[])];
    let second = turn(&tenant, &message("m2", phone(101), "Hello?", noon(60)), before, plain());
    assert_eq!((second.lead.qualification, second.lead.score), (enough(), Score::Warm));
    assert_eq!(second.lead.status, LeadStatus::Qualified);
}

#[test]
fn whatsapp_is_answered_by_the_vendor_that_brought_it() {
    for (source, channel, by_twilio) in [
        (Source::Sms, Channel::Whatsapp, true),
        (Source::Whatsapp, Channel::Whatsapp, false),
        (Source::Sms, Channel::Sms, false),
    ] {
        let inbound = Inbound { source, channel, ..message("1", phone(101), "Hello", noon(0)) };
        let outcome = turn(&roofer(), &inbound, Vec::new(), plain());
        assert_eq!(reply(&outcome).delivery.as_ref().unwrap().by_twilio, by_twilio, "{source:?} {channel:?}");
    }
}

#[test]
fn a_question_for_the_team_is_a_task_and_no_call() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "Is the showroom haunted?", noon(0));
    let outcome = turn(&tenant, &inbound, Vec::new(), Answer { action: Action::AskTeam, ..plain() });
    let [task] = outcome.tasks.as_slice() else { panic!("{:?}", outcome.tasks) };
    assert_eq!((task.kind, task.conversation), (crate::conversations::TaskKind::Answer, Some(outcome.thread.id)));
    assert!(task.note.contains("Is the showroom haunted?"), "{}", task.note);
    assert_eq!(outcome.escalation, None);
    assert!(names(&outcome).contains(&"task.created"));
}

#[test]
fn a_task_says_what_is_to_become_of_an_appointment() {
    use crate::conversations::TaskKind;
    for (text, kind, title) in [
        ("please cancel my appointment on Friday", TaskKind::Reschedule, "Cancel an appointment"),
        ("puedo cambiar mi cita al jueves?", TaskKind::Reschedule, "Find another time for an appointment"),
        ("steht mein Termin am Montag noch?", TaskKind::Answer, "Confirm an appointment"),
        ("estão contratando?", TaskKind::Answer, "looks for work"),
        ("nous sommes fabricants de tuiles", TaskKind::Answer, "offers something"),
    ] {
        let inbound = message("m1", phone(101), text, noon(0));
        let outcome = turn(&roofer(), &inbound, Vec::new(), Answer { action: Action::AskTeam, ..plain() });
        let [task] = outcome.tasks.as_slice() else { panic!("{text}: {:?}", outcome.tasks) };
        assert_eq!(task.kind, kind, "{text}");
        assert!(task.title.contains(title), "{text}: {}", task.title);
    }
}

#[test]
fn a_question_for_the_team_is_kept_for_the_business_without_its_writers_name() {
    let tenant = roofer();
    let left = || Answer { action: Action::AskTeam, ..plain() };
    let ask = |text: &str, answer: Answer| {
        let inbound = Inbound { name: Some("Ana Vale".to_owned()), ..message("m1", phone(101), text, noon(0)) };
        turn(&tenant, &inbound, Vec::new(), answer)
    };
    let outcome = ask("Ana here. Do you install solar panels?", left());
    let (kept, until) = outcome.unanswered.as_ref().unwrap();
    assert_eq!(*until, noon(hours(90 * 24)));
    assert_eq!((kept.text.as_str(), kept.contact), ("Do you install solar panels?", outcome.lead.contact));
    assert_eq!(kept.reference, outcome.messages[0].reference);
    assert_eq!(ask("Ana here. Do you install solar panels?", left()), outcome, "a repeat keeps the same");

    // Whoever answers, and however it was left.
    let unsure = Answer { action: Action::Escalate, ..plain() };
    assert!(ask("Do you install solar panels?", unsure).unanswered.is_some());
    for (text, answer) in [
        ("Do you install solar panels?", plain()),
        ("Do you install solar panels?", Answer { intent: Intent::Complaint, ..left() }),
        ("Do you install solar panels?", Answer { intent: Intent::Human, ..left() }),
        ("Is my appointment still on Friday?", left()),
        ("I want solar panels.", left()),
    ] {
        let outcome = ask(text, answer.clone());
        assert_eq!(outcome.unanswered, None, "{text} {:?} {:?}", answer.action, answer.intent);
    }
    let danger = Response::Answered { answer: Box::new(left()), escalate: Some(EscalationReason::Emergency) };
    let inbound = message("m1", phone(101), "Do you install solar panels?", noon(0));
    let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
    assert_eq!(outcome.close(danger, 1).unanswered, None);
}
