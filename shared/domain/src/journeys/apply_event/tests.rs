use jiff::Timestamp;

use super::*;
use crate::conversations::TaskKind;
use crate::events::{EventKind, Subject};
use crate::journeys::tests::{World, at, going, hours, maybe_going, monday, one_step, over};
use crate::journeys::{Counted, Run, Waiting};
use crate::leads::Stage;
use crate::messaging::{Awaited, Channel, Kind, MessageRef};

mod facts;
mod statuses;

fn ended(journey_update: &JourneyUpdate) -> Vec<Ending> {
    let how = |event: &EventKind| match event {
        EventKind::SequenceEnded { how, .. } => Some(*how),
        _ => None,
    };
    journey_update.events.iter().filter_map(how).collect()
}

#[test]
fn a_quote_begins_its_follow_up_on_the_next_day_at_four_in_their_zone() {
    let world = World::new();
    let journey_update = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]);
    let run = going(&journey_update.journey, "quote-follow-up");
    assert_eq!(run.due, at("2026-11-17T23:00:00Z"), "16:00 in Denver");
    assert_eq!(journey_update.schedules, [world.point(run)]);
    assert_eq!(journey_update.journey.stage, Stage::QuoteSent);
    assert!(journey_update.events.contains(&EventKind::JourneyStageChanged {
        contact: world.contact(),
        stage: Stage::QuoteSent,
        was: Stage::NewLead,
    }));
}

#[test]
fn a_repeated_event_changes_nothing() {
    let world = World::new();
    let first = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]);
    let again = world.told(first.journey.clone(), &[(monday(), world.quote_sent("q"))]);
    assert_eq!(again, JourneyUpdate::none(first.journey));
}

#[test]
fn an_enrollment_begins_once_even_when_the_event_has_been_forgotten() {
    let world = World::new();
    let first = world.told(world.journey(), &[(monday(), world.quote_sent("q")), (monday(), world.wrote("m"))]);
    let mut journey = first.journey;
    journey.runs.iter_mut().for_each(|run| run.ended = run.ended.take().or(Some(over_now())));
    journey.seen.clear();
    let count = journey.runs.len();
    let again = world.told(journey, &[(monday(), world.quote_sent("q"))]);
    assert_eq!(again.journey.runs.len(), count);
}

fn over_now() -> crate::journeys::Ended {
    crate::journeys::Ended { at: monday(), how: Ending::Finished, why: "done".to_owned() }
}

#[test]
fn what_is_paid_before_it_is_issued_stays_paid_and_reminds_of_nothing() {
    let world = World::new();
    let paid = world.told(world.journey(), &[(monday() + hours(2), world.paid("i"))]);
    let journey_update = world.told(paid.journey, &[(monday(), world.issued("i", monday() + hours(240)))]);
    assert_eq!(journey_update.journey.invoices[0].state, InvoiceState::Paid);
    assert!(journey_update.journey.invoices[0].amount.is_some());
    assert_eq!(journey_update.journey.stage, Stage::Paid);
    assert!(maybe_going(&journey_update.journey, "billing").is_none());
}

#[test]
fn a_booking_ends_the_follow_up_as_its_success_and_counts_for_the_texts_that_went_out() {
    let world = World::new();
    let begun = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]);
    let written = world.written(begun.journey, "quote-follow-up");
    let sent = written.variant_stats.clone();
    assert_eq!(sent.len(), 1, "the first step has two texts");
    let booked = world.booked("a", at("2026-12-01T17:00:00Z"));
    let journey_update = world.told(written.journey, &[(at("2026-11-18T17:00:00Z"), booked)]);
    assert_eq!(ended(&journey_update), [Ending::Converted]);
    let converted: Vec<_> = sent
        .into_iter()
        .map(|variant_count| crate::journeys::VariantCount { what: Counted::Converted, ..variant_count })
        .collect();
    assert_eq!(journey_update.variant_stats, converted);
    assert!(journey_update.journey.log.iter().any(|entry| entry.what.contains("they booked an appointment")));
}

#[test]
fn success_after_the_enrollment_is_over_counts_once_and_only_for_a_month() {
    let world = World::new();
    let begun = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]);
    let written = world.written(begun.journey, "quote-follow-up").journey;
    let later = at("2026-11-18T17:00:00Z");
    let answered = world.told(written, &[(later, world.wrote("m"))]).journey;
    for (after, counted) in [(hours(1), 1), (hours(31 * 24), 0)] {
        let accepted = EventKind::QuoteAccepted { contact: world.contact(), quote: world.quote("q") };
        let journey_update = world.told(answered.clone(), &[(later + after, accepted)]);
        assert_eq!(journey_update.variant_stats.len(), counted);
        let booked = world.booked("a", at("2027-02-01T17:00:00Z"));
        let again = world.told(journey_update.journey, &[(later + after + hours(1), booked)]);
        assert!(again.variant_stats.is_empty());
    }
}

#[test]
fn who_answers_a_quote_is_handed_to_a_person() {
    let world = World::new();
    let begun = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]);
    let journey_update = world.told(begun.journey, &[(monday() + hours(1), world.wrote("m"))]);
    assert_eq!(ended(&journey_update), [Ending::HandedOver]);
    let task = &journey_update.tasks[0];
    assert_eq!((task.kind, task.contact), (TaskKind::Answer, world.contact()));
    assert!(journey_update.events.contains(&EventKind::TaskCreated { task: task.id, contact: task.contact }));
    assert!(!task.title.contains("Ana"));
}

#[test]
fn news_of_one_thing_does_not_end_the_enrollment_about_another() {
    let world = World::new();
    let due = at("2026-12-20T17:00:00Z");
    let both = [(monday(), world.issued("i", due)), (monday() + hours(1), world.issued("j", due))];
    let begun = world.told(world.journey(), &both);
    let journey_update = world.told(begun.journey, &[(monday() + hours(2), world.paid("i"))]);
    let left: Vec<_> = journey_update.journey.running().filter(|run| run.sequence.as_str() == "billing").collect();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].subject, Subject::Invoice(world.invoice("j")));
    assert_eq!(journey_update.journey.stage, Stage::AwaitingPayment, "the other one is open");
}

#[test]
fn an_opened_quote_waits_a_day_and_another_look_at_the_prices_hurries() {
    let world = World::new();
    let (contact, quote) = (world.contact(), world.quote("q"));
    let begun = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let opened = at("2026-11-17T20:00:00Z");
    let paused = world.told(begun, &[(opened, EventKind::QuoteOpened { contact, quote })]);
    let run = going(&paused.journey, "quote-follow-up");
    assert_eq!((run.due, run.paused_until), (opened + hours(24), Some(opened + hours(24))));
    assert_eq!(paused.schedules, [world.point(run)]);

    let looked = opened + hours(3);
    let hurried = world.told(paused.journey, &[(looked, EventKind::PricingVisited { contact })]);
    let run = going(&hurried.journey, "quote-follow-up");
    assert_eq!((run.due, run.paused_until), (looked + hours(2), None));
    assert_eq!(hurried.schedules, [world.point(run)]);
}

#[test]
fn what_should_have_come_sooner_long_ago_comes_now() {
    let world = World::new();
    let begun = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let visited = world.event(monday() + hours(1), EventKind::PricingVisited { contact: world.contact() });
    let now = monday() + hours(20);
    let journey_update = apply_event(&world.journey_context(), begun, &visited, now);
    assert_eq!(going(&journey_update.journey, "quote-follow-up").due, now);
}

#[test]
fn another_time_begins_the_reminders_again() {
    let world = World::new();
    let booked = world.booked("a", at("2026-11-20T17:00:00Z"));
    let begun = world.told(world.journey(), &[(monday(), booked)]).journey;
    let first = going(&begun, "appointment-reminders").clone();
    assert_eq!(first.due, at("2026-11-19T17:00:00Z"));
    let moved = world.rescheduled("a", at("2026-11-27T17:00:00Z"));
    let journey_update = world.told(begun, &[(monday() + hours(1), moved)]);
    let second = going(&journey_update.journey, "appointment-reminders");
    assert_eq!(second.due, at("2026-11-26T17:00:00Z"));
    assert_ne!(first.id, second.id);
    // The word that it is booked at the old time is over too.
    assert_eq!(ended(&journey_update), [Ending::Stopped; 2]);
    let told = going(&journey_update.journey, "appointment-moved");
    assert_eq!(journey_update.schedules, [told, second].map(|run| world.point(run)));
}

#[test]
fn every_message_of_a_silent_lead_begins_the_wait_again() {
    let world = World::new();
    // Both are of one turn, at the same instant.
    let begun = world.told(world.journey(), &[(monday(), world.lead_created()), (monday(), world.wrote("m"))]).journey;
    assert_eq!(going(&begun, "silent-lead").due, monday() + hours(2));
    let again = world.told(begun, &[(monday() + hours(1), world.wrote("n"))]);
    assert_eq!(going(&again.journey, "silent-lead").due, monday() + hours(3));
    assert_eq!(ended(&again), [Ending::Answered]);
    assert!(again.journey.log.is_empty(), "nothing was said, so nothing is noted");
    // A message of before changes nothing.
    let late = apply_event(
        &world.journey_context(),
        again.journey,
        &world.event(monday() - hours(5), world.wrote("o")),
        monday() + hours(2),
    );
    assert_eq!(going(&late.journey, "silent-lead").due, monday() + hours(3));
    assert!(ended(&late).is_empty());
}

#[test]
fn who_refuses_is_taken_through_nothing_and_the_last_text_is_to_blame() {
    let mut world = World::new();
    let begun = world.told(world.journey(), &[(monday(), world.wrote("m")), (monday(), world.quote_sent("q"))]).journey;
    let written = world.written(begun, "quote-follow-up").journey;
    let stop = at("2026-11-18T17:00:00Z");
    world.person.opt_out_state.refused = true;
    world.person.opt_out_state.said_at = Some(stop);
    // STOP is a message too, and its event may come first.
    let told = world.told(written, &[(stop, world.wrote("stop")), (stop, world.refused())]);
    assert_eq!(told.journey.running().count(), 0);
    let blamed: Vec<_> =
        told.variant_stats.iter().map(|variant_count| (variant_count.step.as_str(), variant_count.what)).collect();
    assert_eq!(blamed, [("day-1", Counted::OptedOut)]);
    let again = world.told(told.journey, &[(stop + hours(1), world.refused())]);
    assert!(again.variant_stats.is_empty());
    let more = world.told(again.journey, &[(stop + hours(2), world.quote_sent("r"))]);
    assert_eq!(more.journey.running().count(), 0);
}

#[test]
fn a_held_message_comes_before_the_gate_again_when_its_event_has_come() {
    let world = World::new();
    let mut journey = world.journey();
    let EventKind::MessageReceived { message, .. } = world.wrote("held") else { unreachable!() };
    let held = |message: MessageRef, awaits| Waiting {
        message,
        kind: Kind::ReviewRequest,
        channel: Channel::Sms,
        since: monday(),
        expires_at: monday() + hours(48),
        awaits,
        until: None,
        why: Some("No review before the invoice is paid".to_owned()),
        rule: Some("unpaid_review".to_owned()),
    };
    let EventKind::MessageReceived { message: other, .. } = world.wrote("other") else { unreachable!() };
    journey.waiting.push(held(message, Some(Awaited::PaymentReceived)));
    journey.waiting.push(held(other, Some(Awaited::JobCompleted)));
    let journey_update = world.told(journey, &[(monday(), world.paid("i"))]);
    let queued: Vec<_> =
        journey_update.events.iter().filter(|event| matches!(event, EventKind::MessageQueued { .. })).collect();
    assert_eq!(queued, [&EventKind::MessageQueued { message, channel: Channel::Sms, contact: world.contact() }]);
    let awaits: Vec<_> = journey_update.journey.waiting.iter().map(|waiting| waiting.awaits).collect();
    assert_eq!(awaits, [None, Some(Awaited::JobCompleted)]);
}

#[test]
fn an_opening_counts_for_the_hour_of_their_day_and_for_the_last_message_only() {
    let world = World::new();
    let begun = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let written = world.written(begun, "quote-follow-up");
    let message = written.messages[0].message.reference;
    let opened = |message| EventKind::MessageOpened { contact: world.contact(), message, channel: Channel::Sms };
    let when = at("2026-11-18T02:30:00Z");
    let journey_update = world.told(written.journey.clone(), &[(when, opened(message))]);
    assert_eq!(going(&journey_update.journey, "quote-follow-up").opened_at, Some(when));
    let reactions = &journey_update.journey.engagement.channels[&Channel::Sms];
    assert_eq!(reactions.hours.get(&19), Some(&1), "19:30 in Denver");
    let EventKind::MessageReceived { message: foreign, .. } = world.wrote("x") else { unreachable!() };
    let other = world.told(written.journey, &[(when, opened(foreign))]);
    assert_eq!(going(&other.journey, "quote-follow-up").opened_at, None);
}

#[test]
fn late_news_changes_facts_and_not_the_stage() {
    let world = World::new();
    let booked = world.told(world.journey(), &[(monday(), world.booked("a", monday() + hours(96)))]).journey;
    let journey_update = world.told(booked, &[(monday() - hours(1), world.quote_sent("q"))]);
    assert_eq!((journey_update.journey.stage, journey_update.journey.stage_since), (Stage::Booked, monday()));
    assert_eq!(journey_update.journey.quotes.len(), 1);
}

#[test]
fn the_first_news_of_someone_moves_them_whenever_their_journey_was_begun() {
    let world = World::new();
    let now = monday() + hours(1);
    let journey = Journey::begin(world.contact(), now);
    let journey_update =
        apply_event(&world.journey_context(), journey, &world.event(monday(), world.quote_sent("q")), now);
    assert_eq!(journey_update.journey.stage, Stage::QuoteSent);
}

#[test]
fn one_cancelled_appointment_of_two_leaves_them_booked() {
    let world = World::new();
    let (contact, day) = (world.contact(), at("2026-12-01T17:00:00Z"));
    let both = [(monday(), world.booked("a", day)), (monday() + hours(1), world.booked("b", day + hours(24)))];
    let begun = world.told(world.journey(), &both).journey;
    let cancelled = |name| EventKind::AppointmentCancelled { contact, appointment: world.appointment(name) };
    let one = world.told(begun, &[(monday() + hours(2), cancelled("a"))]).journey;
    let reminders = |journey: &Journey| {
        let is_it = |run: &&Run| run.sequence.as_str() == "appointment-reminders";
        journey.running().filter(is_it).map(|run| run.subject).collect::<Vec<_>>()
    };
    assert_eq!((one.stage, reminders(&one)), (Stage::Booked, vec![Subject::Appointment(world.appointment("b"))]));
    let none = world.told(one, &[(monday() + hours(3), cancelled("b"))]).journey;
    assert_eq!((none.stage, reminders(&none)), (Stage::NewLead, Vec::new()));
}

#[test]
fn an_enrollment_about_the_person_begins_again_and_ends_with_whatever_happens_to_them() {
    let world = World::new();
    let done = |name| EventKind::JobCompleted { contact: world.contact(), appointment: world.appointment(name) };
    let first = world.told(world.journey(), &[(monday(), done("a"))]).journey;
    let one = going(&first, "reactivation").clone();
    let second = world.told(first, &[(monday() + hours(48), done("b"))]).journey;
    let other = going(&second, "reactivation").clone();
    assert_ne!(one.id, other.id);
    assert_eq!(other.due, one.due + hours(48), "half a year counts from the last job");
    let day = monday() + hours(24 * 30);
    let booked = world.told(second, &[(monday() + hours(72), world.booked("c", day))]).journey;
    assert!(maybe_going(&booked, "reactivation").is_none(), "another appointment than theirs, and the same person");
}

#[test]
fn no_one_is_asked_for_what_was_to_be_done_before_the_enrollment_began() {
    let world = World::new();
    // Booked four hours ahead: no task says that it was not confirmed six hours before.
    let mut journey_update = world.told(world.journey(), &[(monday(), world.booked("a", monday() + hours(4)))]);
    let mut tasks = 0;
    while let Some(run) = maybe_going(&journey_update.journey, "appointment-reminders").cloned() {
        let variant_stats = crate::journeys::VariantStats::default();
        journey_update = crate::journeys::run_step(
            &world.journey_context(),
            journey_update.journey,
            &world.point(&run),
            &variant_stats,
            run.due,
        );
        tasks += journey_update.tasks.len();
    }
    assert_eq!(tasks, 0);
}

#[test]
fn a_rest_lies_between_two_enrollments_and_the_other_subjects_wait_too() {
    let world = World::new();
    let paid = |name, at: Timestamp| (at, world.paid(name));
    let first = world.told(world.journey(), &[paid("i", monday())]).journey;
    assert!(maybe_going(&first, "review-request").is_some());
    let soon = world.told(first.clone(), &[paid("j", monday() + hours(24 * 179))]).journey;
    assert_eq!(soon.runs.iter().filter(|run| run.sequence.as_str() == "review-request").count(), 1);
    let later = world.told(first, &[paid("j", monday() + hours(24 * 180))]).journey;
    assert_eq!(later.runs.iter().filter(|run| run.sequence.as_str() == "review-request").count(), 2);
}

#[test]
fn steps_whose_time_is_long_over_are_passed_over() {
    let mut document = one_step("Hello");
    let mut second = document["steps"][0].clone();
    second["id"] = "second".into();
    second["wait"] = serde_json::json!({ "on_day": { "day": 4, "at": "10:00" } });
    document["steps"].as_array_mut().unwrap().push(second);
    let world = World::only(document);
    let sent = world.event(monday(), world.quote_sent("q"));
    for (now, step, due) in [
        (monday() + hours(24), "first", monday() + hours(24)),
        (monday() + hours(72), "second", monday() + hours(96)),
        (monday() + hours(100), "second", monday() + hours(100)),
    ] {
        let journey_update = apply_event(&world.journey_context(), world.journey(), &sent, now);
        let run = going(&journey_update.journey, "own");
        assert_eq!((run.step.as_str(), run.due), (step, due));
    }
    let long_ago = apply_event(&world.journey_context(), world.journey(), &sent, monday() + hours(200));
    assert!(long_ago.journey.runs.is_empty() && long_ago.schedules.is_empty());
}

#[test]
fn enrollments_that_are_over_are_forgotten_but_the_last_of_each_sequence() {
    let world = World::new();
    let mut journey = world.told(world.journey(), &[(monday(), world.paid("i"))]).journey;
    for hour in 1..40 {
        let event = (monday() + hours(hour), world.wrote(&hour.to_string()));
        journey = world.told(journey, &[event]).journey;
    }
    assert!(journey.runs.iter().filter(|run| !run.is_running()).count() <= crate::journeys::MAX_ENDED_RUNS);
    assert_eq!(over(&journey, "review-request").ended.as_ref().unwrap().how, Ending::Answered);
}

#[test]
fn who_may_miss_an_appointment_is_asked_at_once_unless_they_have_answered() {
    let world = World::new();
    let starts_at = monday() + hours(72);
    let (contact, appointment) = (world.contact(), world.appointment("a"));
    let at_risk = EventKind::AppointmentAtRisk { contact, appointment, percent: 38 };
    let booked = world.told(world.journey(), &[(monday(), world.booked("a", starts_at))]).journey;
    let asked = world.told(booked.clone(), &[(starts_at - hours(4), at_risk.clone())]).journey;
    let run = going(&asked, "appointment-rescue");
    assert_eq!((run.due, run.subject), (starts_at - hours(4), Subject::Appointment(appointment)));
    let message = &world.written(asked.clone(), "appointment-rescue").messages[0].message;
    assert!(message.text.contains("Reply C to confirm"), "{}", message.text);
    let outreach = message.outreach.as_ref().unwrap();
    assert!(outreach.expires_at < starts_at, "nothing is asked any more when it has begun");

    let confirmed = EventKind::AppointmentConfirmed { contact, appointment, agreed_at: None };
    let answered = world.told(asked, &[(starts_at - hours(4), confirmed.clone())]).journey;
    assert!(maybe_going(&answered, "appointment-rescue").is_none(), "nothing goes on for who has answered");
    let before = [(starts_at - hours(5), confirmed), (starts_at - hours(4), at_risk)];
    assert!(maybe_going(&world.told(booked, &before).journey, "appointment-rescue").is_none());
}
