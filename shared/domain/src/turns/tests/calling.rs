//! The tenant's own rules, and the clock of the thread.

use serde_json::{Value, json};

use super::*;
use crate::conversations::FollowUp;
use crate::conversations::rules::overdue;
use crate::conversations::sent::sent;
use crate::conversations::{EscalationReason, NoticeKind, Resolution, SlaTimer, TaskKind, escalating};
use crate::identity::Actor;
use crate::ids::StaffId;
use crate::journeys::Journey;
use crate::tenancy::{BusinessContext, EscalationRule};

/// The roofer with these rules.
fn with_rules(rules: Value) -> Tenant {
    let mut tenant = roofer();
    tenant.escalation.rules = serde_json::from_value::<Vec<EscalationRule>>(rules).unwrap();
    tenant.validate().unwrap();
    tenant
}

fn urgent() -> Tenant {
    with_rules(json!([{
        "id": "urgent-words",
        "when": [{ "words": ["urgent", "right now"] }],
        "then": [
            { "notify": ["night@example.com", "owner@roofer.example.com"] },
            { "call_list": ["ana-flores", "ben-stone", "cem-ada"] },
            { "assign": "ana-flores" },
            { "create_task": "Prepare the tarpaulin" },
        ],
    }]))
}

fn patient(minutes: u32) -> Tenant {
    with_rules(json!([{
        "id": "nobody-answers",
        "when": [{ "no_staff_reply_within_minutes": minutes }],
        "then": [{ "notify": ["manager@example.com"] }, { "call_list": ["ana-flores"] }],
    }]))
}

fn closed(tenant: &Tenant, inbound: &Inbound, people: &[Person], response: Response) -> Outcome {
    Turn::open(tenant, BusinessContext::NONE, inbound, people.to_vec(), inbound.received_at).close(response, 12)
}

fn silent() -> Response {
    Response::Silent { intent: Intent::Other, suppressed: None }
}

fn addresses(messages: &[Message]) -> Vec<Address> {
    let notices = messages.iter().filter(|message| message.role == Role::Notice);
    notices.map(|notice| notice.delivery.as_ref().unwrap().to.clone()).collect()
}

fn own() -> Address {
    Address::Email(roofer().notify[0].clone())
}

fn breached(events: &[crate::events::Event]) -> Vec<SlaTimer> {
    let timer = |kind: &EventKind| match kind {
        EventKind::SlaBreached { timer, .. } => Some(*timer),
        _ => None,
    };
    events.iter().filter_map(|event| timer(&event.kind)).collect()
}

/// What `cron-sla-watch` does about the thread at `at`.
fn look(tenant: &Tenant, person: &Person, at: Timestamp) -> Option<FollowUp> {
    overdue(tenant, &person.threads[0], &person.lead, at)
}

fn message_id(name: &str) -> MessageId {
    MessageId::derive(&roofer().id, &[name])
}

fn minutes(count: i64) -> i64 {
    count * 60
}

#[test]
fn a_rule_that_holds_calls_a_person_and_does_what_it_says() {
    let tenant = urgent();
    let inbound = message("m1", phone(101), "It is URGENT!", noon(0));
    let outcome = turn(&tenant, &inbound, Vec::new(), plain());
    let escalation = outcome.escalation.as_ref().unwrap();
    assert_eq!(escalation.reason, EscalationReason::TenantRule);
    assert_eq!(escalation.rule.as_ref().unwrap().as_str(), "urgent-words");
    assert_eq!(escalation.assignee.as_ref().unwrap().as_str(), "ana-flores");
    // The tenant's own address hears of it once, though the rule names it too.
    assert_eq!(addresses(&outcome.messages), [own(), email("night")]);
    let told = outcome.messages.iter().filter(|message| message.role == Role::Notice);
    assert!(told.clone().all(|notice| notice.text.contains("one of your rules asks for a person")));
    assert!(told.clone().all(|notice| notice.text.ends_with("Rule urgent-words")));
    let tasks: Vec<_> =
        outcome.tasks.iter().map(|task| (task.kind, task.assignee.as_ref().map(StaffId::as_str))).collect();
    assert_eq!(tasks, [(TaskKind::Call, Some("ana-flores")), (TaskKind::Other, None)]);
    assert!(outcome.tasks[0].note.starts_with("If you cannot, in this order: ben-stone, cem-ada."));
    assert_eq!((outcome.tasks[1].title.as_str(), outcome.tasks[1].urgent), ("Prepare the tarpaulin", true));
    assert_eq!(outcome.tasks[0].due_at, outcome.thread.sla.staff.map(|wait| wait.due));
    assert_eq!(names(&outcome).iter().filter(|name| **name == "task.created").count(), 2);
    assert_eq!(outcome, turn(&tenant, &inbound, Vec::new(), plain()), "a repeat says the same");
}

#[test]
fn an_emergency_is_told_though_a_person_was_called_before_and_not_with_every_message() {
    let tenant = roofer();
    let say = |id: &str, at, because, people: &[Person]| {
        let response = Response::Answered { answer: Box::new(plain()), escalate: because };
        closed(&tenant, &message(id, phone(101), "Water is coming through the ceiling", at), people, response)
    };
    let emergency = Some(EscalationReason::Emergency);
    let asked = say("m1", noon(0), Some(EscalationReason::CustomerAsked), &[]);
    let mut person = kept(&asked, &[]);
    let mut told = Vec::new();
    for (id, minute, because) in [
        ("m2", 1, Some(EscalationReason::Complaint)),
        ("m3", 2, emergency),
        ("m4", 3, emergency),
        ("m5", 12, emergency),
        ("m6", 13, emergency),
    ] {
        let outcome = say(id, noon(minutes(minute)), because, &[person.clone()]);
        assert!(outcome.escalation.is_none(), "at most one is open");
        let notices = outcome.messages.iter().filter(|message| message.role == Role::Notice);
        told.push(notices.map(|notice| notice.text.contains("emergency")).collect::<Vec<_>>());
        person = kept(&outcome, &[person]);
    }
    assert_eq!(told, [vec![], vec![true], vec![], vec![true], vec![]]);
    // One that was an emergency from the first was told then.
    let first = say("m1", noon(0), emergency, &[]);
    let again = say("m2", noon(60), emergency, &[kept(&first, &[])]);
    assert_eq!((addresses(&first.messages).len(), addresses(&again.messages).len()), (1, 0));
}

#[test]
fn a_person_can_be_called_though_nothing_or_only_a_word_is_answered() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "And my roof?", noon(0));
    let turn = |reason, response| {
        let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
        turn.want_person(reason);
        turn.close(response, 12)
    };
    let refused = turn(EscalationReason::AfterRefusal, silent());
    assert_eq!(refused.escalation.as_ref().unwrap().reason, EscalationReason::AfterRefusal);
    assert!(refused.thread.sla.first_response.is_some());
    let notice = refused.messages.iter().find(|message| message.role == Role::Notice).unwrap();
    assert!(notice.text.contains("They wrote: And my roof?"), "{}", notice.text);
    let way_back = Answer { intent: Intent::OptOut, ..plain() };
    let told =
        turn(EscalationReason::AfterRefusal, Response::Confirmed { answer: Box::new(way_back), suppressed: None });
    assert!(told.escalation.is_some() && told.heard.told && reply(&told).opt_out);
    let machine = turn(EscalationReason::AutomaticReplies, silent());
    assert!(machine.escalation.is_some() && machine.thread.sla.first_response.is_none(), "a machine does not wait");
}

#[test]
fn only_our_own_word_to_somebody_who_is_known_passes_for_one_about_their_refusal() {
    let tenant = roofer();
    let opt_out = Answer { intent: Intent::OptOut, ..plain() };
    let confirmed = |answer: &Answer| Response::Confirmed { answer: Box::new(answer.clone()), suppressed: None };
    let close = |from, response| {
        let outcome = closed(&tenant, &message("m1", from, "stop texting me", noon(0)), &[], response);
        (outcome.heard.told, reply(&outcome).opt_out)
    };
    assert_eq!(close(phone(101), confirmed(&opt_out)), (true, true));
    assert_eq!(close(phone(101), confirmed(&plain())), (false, false));
    assert_eq!(close(phone(101), answered(opt_out.clone())), (false, false), "a model may say what it likes");
    assert_eq!(close(chat("s-1"), confirmed(&opt_out)), (false, false), "nobody knows who it is");
}

#[test]
fn a_conversation_gets_long_again_only_after_its_last_resolution() {
    let tenant = roofer();
    let patience = tenant.limits_at(noon(0)).messages;
    let mut person = known(&tenant);
    person.threads[0].message_count = patience + 1;
    let long =
        |person: &Person| crate::conversations::route(&tenant, "thanks", Some(&person.threads[0]), noon(0)).escalate;
    assert_eq!(long(&person), Some(EscalationReason::LongConversation));
    let cause = escalating::Cause { reason: EscalationReason::LongConversation, by: message_id("m1"), at: noon(0) };
    let (escalation, _) = escalating::raise(&tenant, &mut person.threads[0], &cause).unwrap();
    let resolution = Resolution { at: noon(90), by: Actor::Operator, note: String::new() };
    person.threads[0] = escalating::resolve(&escalation, &person.threads[0], resolution).unwrap().1;
    assert_eq!(long(&person), None, "that was dealt with");
    person.threads[0].message_count += patience;
    assert_eq!(long(&person), None);
    person.threads[0].message_count += 1;
    assert_eq!(long(&person), Some(EscalationReason::LongConversation));
}

#[test]
fn a_rule_acts_once_a_thread_until_the_escalation_is_resolved() {
    let tenant = urgent();
    let say = |id: &str, at, people: &[Person]| {
        turn(&tenant, &message(id, phone(101), "urgent", at), people.to_vec(), plain())
    };
    let first = say("m1", noon(0), &[]);
    let mut person = kept(&first, &[]);
    let second = say("m2", noon(60), &[person.clone()]);
    assert_eq!((second.escalation.is_none(), second.tasks.len()), (true, 0));
    assert_eq!(addresses(&second.messages), []);
    let resolution = Resolution { at: noon(90), by: Actor::Operator, note: String::new() };
    let (_, thread, _) =
        escalating::resolve(first.escalation.as_ref().unwrap(), &person.threads[0], resolution).unwrap();
    person.threads = vec![thread];
    let third = say("m3", noon(120), &[person]);
    assert_eq!((third.escalation.is_some(), third.tasks.len()), (true, 2));
    assert_ne!(third.tasks[0].id, first.tasks[0].id);
}

#[test]
fn a_rule_acts_beside_an_escalation_that_is_open_already_and_an_assignment_becomes_a_task() {
    let tenant = urgent();
    let asks = Response::Answered { answer: Box::new(plain()), escalate: Some(EscalationReason::CustomerAsked) };
    let first = closed(&tenant, &message("m1", phone(101), "A person, please", noon(0)), &[], asks);
    assert_eq!((first.tasks.len(), first.escalation.as_ref().unwrap().rule.is_none()), (0, true));
    let person = kept(&first, &[]);
    let second = turn(&tenant, &message("m2", phone(101), "urgent!", noon(60)), vec![person], plain());
    assert_eq!(second.escalation, None);
    assert_eq!(addresses(&second.messages), [email("night"), own()]);
    let kinds: Vec<TaskKind> = second.tasks.iter().map(|task| task.kind).collect();
    assert_eq!(kinds, [TaskKind::Call, TaskKind::Answer, TaskKind::Other]);
}

#[test]
fn the_reason_that_holds_for_everybody_goes_before_a_rule_of_the_tenants() {
    let tenant = urgent();
    let danger = Response::Answered { answer: Box::new(plain()), escalate: Some(EscalationReason::Emergency) };
    let outcome = closed(&tenant, &message("m1", phone(101), "urgent, gas!", noon(0)), &[], danger);
    let escalation = outcome.escalation.as_ref().unwrap();
    assert_eq!((escalation.reason, escalation.rule.is_some()), (EscalationReason::Emergency, true));
    assert_eq!(outcome.tasks.len(), 2);
}

#[test]
fn somebody_the_business_cares_for_is_told_apart_by_their_journey() {
    let tenant = with_rules(json!([{ "id": "vip", "when": [{ "vip": true }, { "score_at_least": "warm" }] }]));
    for (vip, score, called) in [(true, Score::Hot, true), (true, Score::Cold, false), (false, Score::Hot, false)] {
        let mut person = known(&tenant);
        let mut journey = Journey::begin(person.contact.id, noon(0));
        journey.preferences.vip = vip;
        person.journey = Some(journey);
        let answer = Answer { score, ..plain() };
        let outcome = turn(&tenant, &message("m2", phone(101), "Hello", noon(60)), vec![person], answer);
        assert_eq!(outcome.escalation.is_some(), called, "{vip} {score:?}");
    }
}

#[test]
fn an_answer_that_is_less_sure_than_the_business_likes_calls_a_person() {
    let mut tenant = roofer();
    tenant.escalation.patience.open.confidence = 60;
    // Friday noon in UTC is before dawn in Denver; five hours later it is open.
    for (at, confidence, called) in [(noon(hours(5)), 59, true), (noon(hours(5)), 60, false), (noon(0), 59, false)] {
        let answer = Answer { confidence, ..plain() };
        let outcome = turn(&tenant, &message("m1", phone(101), "Hm", at), Vec::new(), answer);
        let reason = outcome.escalation.map(|escalation| escalation.reason);
        assert_eq!(reason, called.then_some(EscalationReason::Unsure), "{at} {confidence}");
    }
}

/// The thread once a vendor has taken the turn's answer, and what is announced with it.
fn answer_sent(tenant: &Tenant, outcome: &Outcome, at: Timestamp) -> FollowUp {
    let answer = outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    let kind = EventKind::MessageSent { message: answer.reference, channel: answer.channel };
    let id = crate::EventId::derive(&tenant.id, &["sent"]);
    let event = crate::events::Event { id, tenant: tenant.id.clone(), at, correlation_id: "c".to_owned(), kind };
    sent(tenant, answer, &outcome.thread, &event).unwrap()
}

#[test]
fn an_answer_is_measured_and_ends_the_wait_when_it_was_sent() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "Hello", noon(0));
    let outcome =
        Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(3)).close(answered(plain()), 450);
    assert_eq!((outcome.thread.sla.next_due(), outcome.thread.sla.first_response_ms), (Some(noon(60)), None));
    let after = answer_sent(&tenant, &outcome, noon(5));
    assert_eq!((after.thread.sla.next_due(), after.thread.sla.first_response_ms), (None, Some(5_000)));
    assert_eq!(breached(&after.events), []);
    // The second answer of a thread is not its first.
    let mut person = kept(&outcome, &[]);
    person.threads = vec![after.thread];
    let next = turn(&tenant, &message("m2", phone(101), "And?", noon(60)), vec![person], plain());
    let after = answer_sent(&tenant, &next, noon(70));
    assert_eq!((after.thread.sla.next_due(), after.thread.sla.first_response_ms), (None, Some(5_000)));
}

#[test]
fn an_answer_that_is_sent_too_late_is_announced() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "Hello", noon(0));
    let outcome = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(3)).close(answered(plain()), 0);
    assert_eq!(breached(&outcome.events), []);
    let after = answer_sent(&tenant, &outcome, noon(61));
    assert_eq!((breached(&after.events), after.thread.sla.next_due()), (vec![SlaTimer::FirstResponse], None));
}

/// Meta delivers a message hours after it was written.
#[test]
fn a_message_that_was_delivered_late_has_waited_since_it_was_written() {
    let tenant = roofer();
    let mut inbound = message("m1", phone(101), "Hello", noon(hours(3)));
    inbound.sent_at = Some(noon(0));
    let outcome = turn(&tenant, &inbound, Vec::new(), plain());
    assert_eq!(outcome.thread.sla.next_due(), Some(noon(60)));
    let answer = outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    assert_eq!(answer.delivery.as_ref().unwrap().answers_at, Some(noon(0)));
    assert_eq!((outcome.heard.channel, outcome.heard.at), (Some(Channel::Sms), noon(0)));
    // It does not move back what was heard since.
    let mut person = kept(&outcome, &[]);
    person.opt_out_state.heard.insert(Channel::Sms, noon(hours(2)));
    let mut later = message("m2", phone(101), "Hello", noon(hours(4)));
    later.sent_at = Some(noon(hours(1)));
    assert_eq!(turn(&tenant, &later, vec![person], plain()).heard.at, noon(hours(2)));
}

#[test]
fn a_message_that_must_not_be_answered_waits_and_one_that_needs_no_answer_does_not() {
    let tenant = roofer();
    let waits = |text: &str, response| {
        let outcome = closed(&tenant, &message("m1", phone(101), text, noon(0)), &[], response);
        outcome.thread.sla.next_due()
    };
    assert_eq!(waits("Are you there?", silent()), Some(noon(60)));
    assert_eq!(waits("STOP", Response::Silent { intent: Intent::OptOut, suppressed: Some(true) }), None);
    assert_eq!(waits("START", Response::Silent { intent: Intent::OptIn, suppressed: Some(false) }), None);
    assert_eq!(waits("HELP", silent()), None, "the vendor answers it");
    let mut liked = message("m1", phone(101), "", noon(0));
    liked.content = Content::Reaction { emoji: "👍".to_owned() };
    assert_eq!(closed(&tenant, &liked, &[], silent()).thread.sla.next_due(), None);
}

#[test]
fn a_silence_is_announced_once_and_the_answer_ends_it() {
    let tenant = roofer();
    let first = closed(&tenant, &message("m1", phone(101), "Anybody?", noon(0)), &[], silent());
    let mut person = kept(&first, &[]);
    assert_eq!(look(&tenant, &person, noon(59)), None);
    let looked = look(&tenant, &person, noon(60)).unwrap();
    assert_eq!(breached(&looked.events), [SlaTimer::FirstResponse]);
    assert_eq!(look(&tenant, &person, noon(75)).unwrap().events[0].id, looked.events[0].id, "the same, whoever looks");
    person.threads = vec![looked.thread];
    assert_eq!((person.threads[0].sla.next_due(), look(&tenant, &person, noon(600))), (None, None));
    let answer = turn(&tenant, &message("m2", phone(101), "Hello?", noon(700)), vec![person], plain());
    let after = answer_sent(&tenant, &answer, noon(705));
    assert_eq!((breached(&after.events), after.thread.sla.first_response), (vec![], None));
    assert_eq!(after.thread.sla.first_response_ms, Some(705_000));
}

#[test]
fn staff_who_do_not_answer_are_told_again_and_once() {
    let tenant = patient(5);
    let asks = Response::Answered { answer: Box::new(plain()), escalate: Some(EscalationReason::CustomerAsked) };
    let at = noon(hours(5));
    let first = closed(&tenant, &message("m1", phone(101), "A person, please", at), &[], asks);
    assert_eq!((first.tasks.len(), addresses(&first.messages)), (0, vec![own()]));
    let mut person = kept(&first, &[]);
    person.threads = vec![answer_sent(&tenant, &first, noon(hours(5) + 2)).thread];
    let after = |count| noon(hours(5) + minutes(count));
    assert_eq!(person.threads[0].sla.next_due(), Some(after(5)));
    let rule = look(&tenant, &person, after(5)).unwrap();
    assert_eq!((rule.escalation.is_none(), addresses(&rule.notices)), (true, vec![email("manager")]));
    assert_eq!((rule.tasks.len(), breached(&rule.events)), (1, vec![]));
    person.threads = vec![rule.thread];
    let staff = look(&tenant, &person, after(15)).unwrap();
    assert_eq!((staff.tasks.len(), breached(&staff.events)), (0, vec![SlaTimer::StaffResponse]));
    person.threads = vec![staff.thread];
    // They write again: the rule has acted.
    let again = turn(&tenant, &message("m2", phone(101), "Hello?", after(16)), vec![person], plain());
    assert_eq!(again.thread.sla.watches, []);
}

#[test]
fn a_message_that_nobody_may_answer_calls_a_person_after_the_rules_time() {
    let tenant = patient(5);
    let first = closed(&tenant, &message("m1", phone(101), "Hello?", noon(0)), &[], silent());
    let person = kept(&first, &[]);
    let looked = look(&tenant, &person, noon(minutes(5))).unwrap();
    let escalation = looked.escalation.as_ref().unwrap();
    assert_eq!(escalation.reason, EscalationReason::TenantRule);
    assert_eq!(addresses(&looked.notices), [own(), email("manager")]);
    assert!(looked.notices.iter().all(|notice| notice.notice == Some(NoticeKind::Escalation)));
    assert_eq!(looked.thread.escalation, Some(escalation.id));
    // The assistant answers in time: nobody is called.
    let answer = turn(&tenant, &message("m2", phone(101), "Hello?", noon(minutes(3))), vec![person], plain());
    let after = answer_sent(&tenant, &answer, noon(minutes(3) + 2));
    assert_eq!((after.thread.sla.next_due(), answer.escalation), (None, None));
}

#[test]
fn a_rule_that_was_removed_meanwhile_does_nothing() {
    let first = closed(&patient(5), &message("m1", phone(101), "Hello?", noon(0)), &[], silent());
    let looked = look(&roofer(), &kept(&first, &[]), noon(minutes(5))).unwrap();
    assert_eq!((looked.escalation, looked.notices.len(), looked.tasks.len()), (None, 0, 0));
    assert!(looked.thread.sla.watches.is_empty());
}

#[test]
fn what_is_too_much_for_one_turn_is_done_a_moment_later() {
    let rule = |index: usize| {
        json!({
            "id": format!("rule-{index}"),
            "when": [{ "first_message": true }],
            "then": [{ "call_list": ["ana-flores"] }, { "create_task": "Look" }, { "assign": "ben-stone" }],
        })
    };
    let tenant = with_rules((0..8).map(rule).collect());
    let inbound = message("m1", phone(101), "Hello", noon(0));
    let outcome = turn(&tenant, &inbound, Vec::new(), plain());
    assert_eq!((outcome.tasks.len(), outcome.thread.sla.fired.len(), outcome.thread.sla.watches.len()), (4, 2, 6));
    let looked = look(&tenant, &kept(&outcome, &[]), noon(0)).unwrap();
    assert_eq!((looked.tasks.len(), looked.thread.sla.fired.len(), looked.escalation), (18, 8, None));
    let mut ids: Vec<_> = outcome.tasks.iter().chain(&looked.tasks).map(|task| task.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 22);
}
