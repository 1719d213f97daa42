use super::*;
use crate::conversations::escalating::{Cause, raise};
use crate::conversations::{EscalationReason, EscalationStatus};
use crate::samples::{roofer, thread};
use crate::{MessageId, TenantId};

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn hour(count: i64) -> Timestamp {
    noon() + SignedDuration::from_hours(count)
}

fn account(name: &str) -> AccountId {
    AccountId::derive(&TenantId::new("acme").unwrap(), &[name])
}

fn ana() -> Actor {
    Actor::Person { account: account("ana"), session: None }
}

/// `thread` after these steps, an hour apart.
fn after(thread: &Conversation, steps: &[Step]) -> Conversation {
    steps.iter().enumerate().fold(thread.clone(), |thread, (index, step)| {
        let at = hour(i64::try_from(index).unwrap());
        handle(&thread, None, step, &ana(), at).unwrap().map_or(thread, |done| done.thread)
    })
}

#[test]
fn the_assistant_has_a_thread_that_nobody_took_over_and_an_older_version_stored() {
    let mut stored = serde_json::to_value(thread(&roofer())).unwrap();
    stored.as_object_mut().unwrap().remove("handling");
    let thread: Conversation = serde_json::from_value(stored).unwrap();
    assert_eq!(thread.handling.holder(), Holder::Assistant);
    let to = Some(account("ben"));
    assert_eq!(after(&thread, &[Step::Assign { to }]).handling.holder(), Holder::Assistant, "whose it is says nothing");
}

#[test]
fn who_takes_over_has_it_until_it_is_handed_back() {
    let thread = thread(&roofer());
    let by = Some(account("ana"));
    for (steps, holder) in [
        (&[Step::TakeOver { by }][..], Holder::Person(account("ana"))),
        (&[Step::TakeOver { by }, Step::TakeOver { by: Some(account("ben")) }], Holder::Person(account("ben"))),
        (&[Step::TakeOver { by }, Step::TakeOver { by: None }], Holder::Person(account("ana"))),
        (&[Step::TakeOver { by: None }], Holder::Nobody),
        (&[Step::TakeOver { by }, Step::Assign { to: None }], Holder::Nobody),
        (&[Step::TakeOver { by }, Step::HandBack], Holder::Assistant),
        (&[Step::TakeOver { by }, Step::Resolve], Holder::Assistant),
        (&[Step::TakeOver { by }, Step::Snooze { until: hour(9) }], Holder::Person(account("ana"))),
    ] {
        assert_eq!(after(&thread, steps).handling.holder(), holder, "{steps:?}");
    }
}

#[test]
fn a_step_done_twice_is_done_once() {
    let thread = thread(&roofer());
    let to = Some(account("ana"));
    let steps = [Step::TakeOver { by: to }, Step::Assign { to }, Step::Resolve, Step::Snooze { until: hour(9) }];
    for step in steps.into_iter().chain([Step::HandBack]) {
        let once = after(&thread, &[step]);
        assert_eq!(handle(&once, None, &step, &ana(), hour(5)).unwrap(), None, "{step:?}");
    }
}

#[test]
fn a_snoozed_thread_comes_up_within_a_year_and_to_the_second() {
    let handling = Handling::default();
    let until = |until: &str| handling.after(&Step::Snooze { until: until.parse().unwrap() }, noon());
    let snoozed = until("2026-11-21T08:00:00.75Z").unwrap();
    assert_eq!(snoozed.snoozed_until, "2026-11-21T08:00:00Z".parse().ok());
    for wrong in ["2026-11-20T12:00:00Z", "2026-11-19T12:00:00Z", "2028-11-20T12:00:00Z"] {
        assert!(matches!(until(wrong), Err(Failure::Rejected { field: Some(field), .. }) if field == "until"));
    }
    let resolved = snoozed.after(&Step::Resolve, noon()).unwrap();
    assert_eq!((resolved.snoozed_until, resolved.resolved_at), (None, Some(noon())));
}

#[test]
fn a_snoozed_or_resolved_thread_wakes_and_keeps_whose_it_is() {
    let thread = thread(&roofer());
    let to = Some(account("ana"));
    for step in [Step::Resolve, Step::Snooze { until: hour(9) }] {
        let mut handling = after(&thread, &[Step::Assign { to }, step]).handling;
        handling.wake();
        assert_eq!(handling, Handling { assignee: to, ..Handling::default() });
    }
}

#[test]
fn a_resolved_thread_that_is_given_to_a_person_is_open_again() {
    let thread = thread(&roofer());
    let to = Some(account("ana"));
    let given = after(&thread, &[Step::Resolve, Step::Assign { to }]).handling;
    assert_eq!((given.assignee, given.resolved_at), (to, None));
    let nobodys = after(&thread, &[Step::Resolve, Step::Assign { to: None }]).handling;
    assert!(nobodys.resolved_at.is_some(), "it is no one's, and waits for no one");
    let snoozed = after(&thread, &[Step::Snooze { until: hour(9) }, Step::Assign { to }]).handling;
    assert!(snoozed.snoozed_until.is_some(), "it comes up when it was to");
}

#[test]
fn resolving_a_conversation_resolves_its_escalation_and_stops_its_clock() {
    let (tenant, mut thread) = (roofer(), thread(&roofer()));
    let by = MessageId::derive(&tenant.id, &["m"]);
    let (escalation, _) =
        raise(&tenant, &mut thread, &Cause { reason: EscalationReason::Complaint, by, at: noon() }).unwrap();
    let done = handle(&thread, Some(&escalation), &Step::Resolve, &ana(), hour(1)).unwrap().unwrap();
    assert_eq!((done.thread.status, done.thread.escalation), (ConversationStatus::Active, None));
    assert_eq!(done.escalation.map(|escalation| escalation.status), Some(EscalationStatus::Resolved));
    assert_eq!(done.thread.sla.next_due(), None);
    assert!(matches!(done.events.last(), Some(EventKind::EscalationResolved { .. })), "{:?}", done.events);
}

#[test]
fn handing_back_ends_the_wait_for_staff_unless_a_person_was_called() {
    let (tenant, thread) = (roofer(), thread(&roofer()));
    let mut waits = after(&thread, &[Step::TakeOver { by: None }]);
    assert!(waits.sla.on_message_to_staff(&tenant, noon()));
    assert!(!waits.sla.on_message_to_staff(&tenant, hour(1)), "it waits already");
    assert_eq!(after(&waits, &[Step::HandBack]).sla.staff, None);
    let cause = Cause { reason: EscalationReason::Complaint, by: MessageId::derive(&tenant.id, &["m"]), at: noon() };
    raise(&tenant, &mut waits, &cause).unwrap();
    assert!(after(&waits, &[Step::HandBack]).sla.staff.is_some());
}

#[test]
fn what_the_assistant_has_asked_is_kept_through_a_take_over() {
    let mut thread = thread(&roofer());
    thread.questions = vec![crate::conversations::Question::Budget];
    let back = after(&thread, &[Step::TakeOver { by: None }, Step::HandBack]);
    assert_eq!(back.questions, thread.questions);
}
