use serde_json::json;

use super::*;
use crate::conversations::{ConversationStatus, Role, TaskKind};
use crate::events::EventKind;
use crate::journeys::Counted;
use crate::journeys::tests::{World, at, going, hours, maybe_going, monday, one_step, over};
use crate::leads::Stage;
use crate::messaging::{Address, Channel, Kind};
use crate::samples;

fn none() -> VariantStats {
    VariantStats::default()
}

fn sent(world: &World) -> Journey {
    world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey
}

/// How a step that is due goes on, when it is handled at `now`.
fn handled(world: &World, journey: &Journey, sequence: &str, now: Timestamp) -> JourneyUpdate {
    let point = world.point(going(journey, sequence));
    run_step(&world.journey_context(), journey.clone(), &point, &none(), now)
}

fn how(journey_update: &JourneyUpdate, sequence: &str) -> Ending {
    over(&journey_update.journey, sequence).ended.as_ref().unwrap().how
}

#[test]
fn a_message_is_queued_into_a_new_thread_and_the_next_step_is_scheduled() {
    let world = World::new();
    let journey = sent(&world);
    let due = going(&journey, "quote-follow-up").due;
    let journey_update = handled(&world, &journey, "quote-follow-up", due);
    let draft = &journey_update.messages[0];
    let message = &draft.message;
    assert!(draft.opened && draft.past.is_none());
    assert_eq!((message.role, message.channel, message.kind()), (Role::Assistant, Channel::Sms, Kind::QuoteFollowUp));
    assert!(message.text.contains("Ana") && !message.text.contains('{'), "{}", message.text);
    let outreach = message.outreach.as_ref().unwrap();
    assert_eq!((outreach.due, outreach.expires_at, outreach.subject.as_ref()), (due, due + hours(20), None));
    let delivery = message.delivery.as_ref().unwrap();
    assert!(matches!(delivery.to, Address::Phone(_)));
    assert_eq!(delivery.answers_at, None);
    assert_eq!(draft.thread.recent.last().unwrap().text, message.text);
    assert_eq!((draft.thread.message_count, draft.thread.last_message_at), (1, message.reference.at));
    let queued =
        EventKind::MessageQueued { message: message.reference, channel: Channel::Sms, contact: world.contact() };
    assert!(journey_update.events.contains(&queued));
    assert_eq!(journey_update.journey.waiting[0].message, message.reference);
    let run = going(&journey_update.journey, "quote-follow-up");
    assert_eq!((run.touches, run.last_outreach_at), (1, Some(due)));
    assert_eq!(run.last_step.as_ref(), outreach.step.as_ref().map(|step| &step.step));
    assert_eq!(journey_update.schedules, [world.point(run)]);
    assert_eq!(journey_update.journey.stage, Stage::QuoteFollowingUp);
}

#[test]
fn a_step_is_handled_once_and_a_repeat_before_it_was_stored_writes_the_same() {
    let world = World::new();
    let journey = sent(&world);
    let point = world.point(going(&journey, "quote-follow-up"));
    let journey_update = run_step(&world.journey_context(), journey.clone(), &point, &none(), point.due);
    let again = run_step(&world.journey_context(), journey_update.journey.clone(), &point, &none(), point.due);
    assert_eq!(again, JourneyUpdate::none(journey_update.journey.clone()));
    let repeat = run_step(&world.journey_context(), journey, &point, &none(), point.due + hours(1));
    let ids = |journey_update: &JourneyUpdate| {
        (
            journey_update.messages[0].message.reference.message,
            journey_update.messages[0].message.reference.conversation,
        )
    };
    assert_eq!(ids(&repeat), ids(&journey_update));
}

#[test]
fn a_step_before_its_time_is_scheduled_again_and_nothing_else() {
    let world = World::new();
    let journey = sent(&world);
    let point = world.point(going(&journey, "quote-follow-up"));
    let early = run_step(&world.journey_context(), journey.clone(), &point, &none(), point.due - hours(1));
    assert_eq!(early, JourneyUpdate { schedules: vec![point.clone()], ..JourneyUpdate::none(journey.clone()) });
    let seconds = SignedDuration::from_secs(59);
    assert!(run_step(&world.journey_context(), journey, &point, &none(), point.due - seconds).changed);
}

#[test]
fn the_text_that_a_person_got_is_remembered_and_counted() {
    let world = World::new();
    let journey = sent(&world);
    let journey_update = world.done(journey, "quote-follow-up");
    let run = going(&journey_update.journey, "quote-follow-up");
    let (step, variant) = run.variants.first_key_value().unwrap();
    let counted: Vec<_> = journey_update
        .variant_stats
        .iter()
        .map(|variant_count| (&variant_count.step, &variant_count.variant, variant_count.what))
        .collect();
    assert_eq!(counted, [(step, variant, Counted::Sent)]);
    // A step with one text counts nothing.
    let next = world.written(journey_update.journey, "quote-follow-up");
    assert!(next.variant_stats.is_empty());
}

#[test]
fn nothing_goes_to_who_refused() {
    let mut world = World::new();
    let journey = world.written(sent(&world), "quote-follow-up").journey;
    let now = going(&journey, "quote-follow-up").due;
    world.person.opt_out_state.refused = true;
    world.person.opt_out_state.said_at = Some(monday() + hours(31));
    let journey_update = handled(&world, &journey, "quote-follow-up", now);
    assert!(journey_update.messages.is_empty() && journey_update.schedules.is_empty());
    assert_eq!(how(&journey_update, "quote-follow-up"), Ending::OptedOut);
    assert_eq!(journey_update.variant_stats[0].what, Counted::OptedOut);
}

#[test]
fn who_wrote_meanwhile_ends_the_enrollment_before_the_bus_tells() {
    let mut world = World::new();
    let both = [(monday(), world.wrote("m")), (monday(), world.quote_sent("q"))];
    let journey = world.told(world.journey(), &both).journey;
    for (heard, over) in [(monday(), false), (monday() + hours(1), true)] {
        world.person.opt_out_state.heard.insert(Channel::Email, heard);
        for (sequence, ending) in [("silent-lead", Ending::Answered), ("quote-follow-up", Ending::HandedOver)] {
            let journey_update = handled(&world, &journey, sequence, going(&journey, sequence).due);
            assert_eq!(maybe_going(&journey_update.journey, sequence).is_none(), over, "{sequence}");
            if over {
                assert_eq!(how(&journey_update, sequence), ending);
                assert!(journey_update.messages.is_empty() && journey_update.schedules.is_empty());
                let tasks: Vec<_> = journey_update.tasks.iter().map(|task| task.kind).collect();
                let expected: &[_] = if ending == Ending::HandedOver { &[TaskKind::Answer] } else { &[] };
                assert_eq!(tasks, expected);
            }
        }
    }
}

#[test]
fn a_reminder_of_an_appointment_is_not_ended_by_a_message() {
    let mut world = World::new();
    let booked = world.booked("a", monday() + hours(72));
    let journey = world.told(world.journey(), &[(monday(), booked)]).journey;
    world.person.opt_out_state.heard.insert(Channel::Sms, monday() + hours(1));
    assert_eq!(world.written(journey, "appointment-reminders").messages.len(), 1);
}

#[test]
fn while_a_tenant_is_paused_steps_wait_and_then_are_given_up() {
    let mut world = World::new();
    let journey = sent(&world);
    let due = going(&journey, "quote-follow-up").due;
    world.tenant.status = TenantStatus::Paused;
    let journey_update = handled(&world, &journey, "quote-follow-up", due);
    let run = going(&journey_update.journey, "quote-follow-up");
    assert_eq!((run.step.as_str(), run.due), ("day-1", due + hours(24)));
    assert_eq!(journey_update.schedules, [world.point(run)]);
    assert!(journey_update.messages.is_empty());
    let late = handled(&world, &journey, "quote-follow-up", monday() + hours(24 * 31));
    assert_eq!(how(&late, "quote-follow-up"), Ending::Stopped);
    world.tenant.status = TenantStatus::Closed;
    assert_eq!(how(&handled(&world, &journey, "quote-follow-up", due), "quote-follow-up"), Ending::Stopped);
}

#[test]
fn a_sequence_that_is_gone_switched_off_or_changed_goes_no_further() {
    let world = World::new();
    let journey = sent(&world);
    let due = going(&journey, "quote-follow-up").due;
    let changes: [fn(&mut World); 3] = [
        |world| world.sequences.clear(),
        |world| world.sequences.iter_mut().for_each(|sequence| sequence.enabled = false),
        |world| world.sequences.iter_mut().for_each(|sequence| sequence.steps.truncate(0)),
    ];
    for change in changes {
        let mut world = World::new();
        change(&mut world);
        let journey_update = handled(&world, &journey, "quote-follow-up", due);
        assert_eq!(how(&journey_update, "quote-follow-up"), Ending::Stopped);
        assert!(journey_update.messages.is_empty());
    }
}

#[test]
fn a_pause_that_was_set_meanwhile_is_kept() {
    let world = World::new();
    let mut journey = sent(&world);
    let due = going(&journey, "quote-follow-up").due;
    journey.runs.iter_mut().for_each(|run| run.paused_until = Some(due + hours(5)));
    let journey_update = handled(&world, &journey, "quote-follow-up", due);
    assert_eq!(going(&journey_update.journey, "quote-follow-up").due, due + hours(5));
    assert!(journey_update.messages.is_empty());
}

#[test]
fn a_text_with_a_hole_never_goes_out() {
    for (text, goes) in [("About {service}: call us", true), ("Until {expires}", false), ("Soon: {eta}", false)] {
        let world = World::only(one_step(text));
        let journey_update = world.done(sent(&world), "own");
        assert_eq!(journey_update.messages.len(), usize::from(goes), "{text}");
        assert_eq!(journey_update.journey.log.iter().any(|entry| entry.what.contains("nothing is known for")), !goes);
        assert_eq!(how(&journey_update, "own"), Ending::Finished);
    }
}

#[test]
fn who_cannot_be_reached_is_passed_over() {
    let mut world = World::only(one_step("Hello"));
    let journey = sent(&world);
    world.person.contact.addresses.retain(|known| !matches!(known.address, Address::Phone(_)));
    let journey_update = world.done(journey, "own");
    assert!(journey_update.messages.is_empty());
    assert!(journey_update.journey.log[0].what.contains("they cannot be reached"));
}

#[test]
fn a_step_whose_conditions_are_not_met_gives_way_to_the_one_in_its_place() {
    let mut document = one_step("Hello");
    document["steps"][0]["when"] = json!([{ "quote_opened": true }]);
    document["steps"][0]["otherwise"] = json!("third");
    for id in ["second", "third"] {
        let mut step = document["steps"][0].clone();
        step["id"] = json!(id);
        step.as_object_mut().unwrap().remove("otherwise");
        step.as_object_mut().unwrap().remove("when");
        document["steps"].as_array_mut().unwrap().push(step);
    }
    let world = World::only(document);
    let journey_update = world.done(sent(&world), "own");
    let run = going(&journey_update.journey, "own");
    assert_eq!((run.step.as_str(), run.due), ("third", monday() + hours(2)));
    assert!(journey_update.messages.is_empty());
    assert_eq!(journey_update.schedules, [world.point(run)]);
}

#[test]
fn a_step_that_is_handled_late_says_it_as_long_as_it_is_worth_saying() {
    let world = World::only(one_step("Hello"));
    let journey = sent(&world);
    let due = going(&journey, "own").due;
    let late = handled(&world, &journey, "own", due + hours(23));
    let outreach = late.messages[0].message.outreach.as_ref().unwrap();
    assert_eq!((outreach.due, outreach.expires_at), (due, due + hours(23 + 24)));
    let too_late = handled(&world, &journey, "own", due + hours(25));
    assert!(too_late.messages.is_empty());
    assert_eq!(how(&too_late, "own"), Ending::Finished);
}

#[test]
fn a_thread_that_goes_on_is_used_and_one_that_is_over_replaced() {
    for status in [ConversationStatus::Active, ConversationStatus::Escalated, ConversationStatus::Ended] {
        let mut world = World::only(one_step("Hello"));
        let mut thread = samples::thread(&world.tenant);
        thread.status = status;
        thread.last_message_at = at("2026-11-17T00:00:00Z");
        world.person.threads = vec![thread.clone()];
        let journey_update = world.done(sent(&world), "own");
        let draft = &journey_update.messages[0];
        let over = status == ConversationStatus::Ended;
        assert_eq!(draft.opened, over);
        assert_eq!(draft.thread.id == thread.id, !over);
        assert_eq!(draft.past.is_some(), over);
        assert_eq!(draft.thread.version, thread.version, "the write is conditional on the place that was read");
        if !over {
            assert!(draft.message.reference.at > thread.last_message_at, "later than all that was said");
            assert_eq!(draft.thread.message_count, thread.message_count + 1);
        }
    }
}

#[test]
fn a_thread_about_another_lead_is_over() {
    let mut world = World::only(one_step("Hello"));
    let mut thread = samples::thread(&world.tenant);
    thread.lead = crate::LeadId::derive(&world.tenant.id, &["another"]);
    world.person.threads = vec![thread];
    let journey_update = world.done(sent(&world), "own");
    assert!(journey_update.messages[0].opened);
    assert_eq!(journey_update.messages[0].past.as_ref().unwrap().status, ConversationStatus::Ended);
}

#[test]
fn an_e_mail_has_its_subject_and_a_template_only_all_of_its_values() {
    let mut document = one_step("Hello");
    let variant = &mut document["steps"][0]["does"]["message"]["variants"][0];
    variant["subjects"] = json!({ "en": "Your {service}" });
    variant["template"] = json!({ "name": "quote", "language": "en_US", "values": ["{service}", "{expires}"] });
    for (channel, subject) in [("sms", None), ("email", Some("Your Roof repair"))] {
        document["steps"][0]["does"]["message"]["channel"] = json!({ "first_of": [channel] });
        let mut world = World::only(document.clone());
        let email = json!({ "from": "office@roofer.example.com" });
        world.tenant.channels.email = serde_json::from_value(email).unwrap();
        let journey_update = world.done(sent(&world), "own");
        let outreach = journey_update.messages[0].message.outreach.clone().unwrap();
        assert_eq!(outreach.subject.as_deref(), subject);
        assert_eq!(outreach.template, None, "nothing is known for one of its places");
    }
}

#[test]
fn a_task_says_what_is_to_be_done_and_is_told() {
    let mut document = one_step("Hello");
    for (title, expected) in [("Call {name} about {service}", "Call Ana about Roof repair"), ("By {eta}", "Our own")] {
        document["steps"][0]["does"] = json!({ "task": { "kind": "call", "title": title, "urgent": true } });
        let world = World::only(document.clone());
        let journey_update = world.done(sent(&world), "own");
        let task = &journey_update.tasks[0];
        assert_eq!((task.title.as_str(), task.kind, task.urgent), (expected, TaskKind::Call, true));
        assert!(journey_update.events.contains(&EventKind::TaskCreated { task: task.id, contact: world.contact() }));
    }
}

#[test]
fn reminders_mark_the_days_and_a_late_mark_changes_nothing() {
    let world = World::new();
    let booked = world.booked("a", at("2026-11-20T17:00:00Z"));
    let journey = world.told(world.journey(), &[(monday(), booked)]).journey;
    let journey_update = world.done(journey.clone(), "appointment-reminders");
    assert_eq!(journey_update.journey.stage, Stage::PreAppointment);
    let started = Journey { stage: Stage::JobInProgress, ..journey };
    assert_eq!(world.done(started, "appointment-reminders").journey.stage, Stage::JobInProgress);
}

#[test]
fn an_enrollment_comes_to_its_end() {
    let world = World::new();
    let mut journey = sent(&world);
    let mut messages = 0;
    for _ in 0..20 {
        if maybe_going(&journey, "quote-follow-up").is_none() {
            break;
        }
        let journey_update = world.done(journey, "quote-follow-up");
        messages += journey_update.messages.len();
        journey = journey_update.journey;
    }
    assert_eq!(over(&journey, "quote-follow-up").ended.as_ref().unwrap().how, Ending::Finished);
    assert_eq!(messages, 4, "days 1, 3, 7 and 14; on day 10 there is a call");
}
