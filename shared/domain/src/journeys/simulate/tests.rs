mod visits;

use super::*;
use crate::events::EventKind;
use crate::journeys::tests::{World, at, hours, monday};

fn of(world: &World, journey: &Journey, days: u32) -> Vec<Simulated> {
    simulate(&world.journey_context(), journey, monday(), days)
}

#[test]
fn a_quote_that_no_one_answers_is_followed_up_to_the_end() {
    let world = World::new();
    let journey = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let before = journey.clone();
    let happens = of(&world, &journey, 30);
    assert_eq!(journey, before, "a rehearsal changes nothing");
    let sent: Vec<_> = happens.iter().filter(|one| one.what == Happening::Sent).collect();
    let steps: Vec<_> = sent.iter().filter_map(|one| one.step.as_ref()).map(StepId::as_str).collect();
    assert_eq!(steps, ["day-1", "day-3", "day-7", "day-14"]);
    assert!(sent.iter().all(|one| one.text.is_some() && matches!(one.verdict, Some(Verdict::Allowed { .. }))));
    let calls: Vec<_> = happens.iter().filter(|one| one.what == Happening::Task).collect();
    assert_eq!(calls.len(), 1);
    assert!(calls[0].text.as_ref().unwrap().contains("Ana"));
    assert!(happens.is_sorted_by_key(|one| one.at));
    assert_eq!(of(&world, &journey, 30), happens, "the same again");
}

#[test]
fn it_ends_with_its_horizon() {
    let world = World::new();
    let journey = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let week = of(&world, &journey, 5);
    assert!(!week.is_empty() && week.iter().all(|one| one.at <= monday() + hours(5 * 24)));
    assert!(of(&world, &journey, 0).is_empty());
}

#[test]
fn a_message_of_the_night_waits_for_the_morning_or_is_dropped() {
    let mut world = World::new();
    // 21:30 in Denver: the first message would come at 23:30 and is worth nothing six hours later.
    let evening = at("2026-11-17T04:30:00Z");
    let mut thread = crate::samples::thread(&world.tenant);
    thread.remember(crate::conversations::Role::Assistant, "When would it suit you?");
    thread.last_message_at = evening;
    world.person.threads = vec![thread];
    let journey = world.told(world.journey(), &[(evening, world.wrote("m"))]).journey;
    let happens = simulate(&world.journey_context(), &journey, evening, 3);
    let happened: Vec<_> =
        happens.iter().filter_map(|one| Some((one.step.as_ref()?.as_str(), one.what, one.at))).collect();
    assert_eq!(
        happened[..3],
        [
            ("after-2-hours", Happening::NotSent, at("2026-11-17T06:30:00Z")),
            ("after-24-hours", Happening::Delayed, at("2026-11-18T04:30:00Z")),
            ("after-24-hours", Happening::Sent, at("2026-11-18T15:00:00Z")),
        ]
    );
}

#[test]
fn nothing_happens_to_who_refused() {
    let mut world = World::new();
    let journey = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    world.person.opt_out_state.refused = true;
    let happens = of(&world, &journey, 30);
    assert_eq!(happens.iter().map(|one| one.what).collect::<Vec<_>>(), [Happening::Ended]);
    assert!(happens[0].why.as_ref().unwrap().contains("no more messages"));
}

#[test]
fn no_review_is_asked_for_before_the_last_invoice_is_paid() {
    let world = World::new();
    let due = monday() + hours(24 * 60);
    let events = [(monday(), world.issued("i", due)), (monday(), world.issued("j", due)), (monday(), world.paid("i"))];
    let journey = world.told(world.journey(), &events).journey;
    let happens = of(&world, &journey, 20);
    let asks: Vec<_> = happens
        .iter()
        .filter(|one| one.sequence.as_ref().is_some_and(|sequence| sequence.as_str() == "review-request"))
        .filter(|one| one.channel.is_some())
        .collect();
    assert!(asks.iter().any(|one| matches!(one.verdict, Some(Verdict::Held { .. }))), "{happens:?}");
    assert!(asks.iter().all(|one| one.what != Happening::Sent));
    assert!(asks.iter().any(|one| one.what == Happening::NotSent), "it is dropped in the end");
}

#[test]
fn what_waits_already_is_named() {
    let world = World::new();
    let journey = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let journey = world.written(journey, "quote-follow-up").journey;
    let happens = of(&world, &journey, 1);
    assert_eq!(happens.iter().filter(|one| one.what == Happening::Waiting).count(), 1);
}

#[test]
fn what_waits_already_is_counted_as_it_goes() {
    let world = World::new();
    let mut journey = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    journey.preferences.frequency = crate::journeys::Frequency::Minimal;
    let due = crate::journeys::tests::going(&journey, "quote-follow-up").due;
    let EventKind::MessageReceived { message, .. } = world.wrote("x") else { unreachable!() };
    journey.waiting.push(Waiting {
        message,
        kind: crate::messaging::Kind::AppointmentReminder,
        channel: Channel::Sms,
        since: monday(),
        expires_at: due + hours(48),
        awaits: None,
        until: Some(due - hours(1)),
        why: None,
        rule: None,
    });
    let day_1 = |journey: &Journey| {
        let happens = of(&world, journey, 5);
        happens.into_iter().find(|one| one.step.as_ref().is_some_and(|step| step.as_str() == "day-1")).unwrap().what
    };
    assert_eq!(day_1(&journey), Happening::NotSent, "one a day, and that was the reminder");
    journey.waiting.clear();
    assert_eq!(day_1(&journey), Happening::Sent);
}
