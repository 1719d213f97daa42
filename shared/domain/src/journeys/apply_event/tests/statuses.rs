//! What staff make of a lead moves the journey too.

use super::*;
use crate::leads::LeadStatus;

const TUESDAY: &str = "2026-11-17T18:00:00Z";

/// The world in which staff have set that status, and the event that tells it.
fn set(status: LeadStatus, was: LeadStatus) -> (World, (Timestamp, EventKind)) {
    let mut world = World::new();
    world.person.lead.status = status;
    let lead = world.person.lead.id;
    (world, (at(TUESDAY), EventKind::LeadStatusChanged { lead, status, was }))
}

fn at_stage(world: &World, stage: Stage) -> Journey {
    Journey { stage, ..world.journey() }
}

#[test]
fn a_booked_lead_is_booked_and_what_asked_for_it_has_succeeded() {
    let (world, booked) = set(LeadStatus::AppointmentBooked, LeadStatus::Qualified);
    let quoted = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let journey_update = world.told(quoted, &[booked]);
    assert_eq!(journey_update.journey.stage, Stage::Booked);
    assert_eq!(ended(&journey_update), [Ending::Converted]);
    assert!(maybe_going(&journey_update.journey, "appointment-reminders").is_none(), "nobody knows of when to remind");
}

#[test]
fn an_appointment_that_is_known_says_more_than_a_status() {
    let (world, unbooked) = set(LeadStatus::Qualified, LeadStatus::AppointmentBooked);
    let appointment = world.booked("a", at("2026-12-01T17:00:00Z"));
    let booked = world.told(world.journey(), &[(monday(), appointment)]).journey;
    let journey_update = world.told(booked, std::slice::from_ref(&unbooked));
    assert_eq!(journey_update.journey.stage, Stage::Booked);
    going(&journey_update.journey, "appointment-reminders");
    let without = world.told(at_stage(&world, Stage::Booked), &[unbooked]);
    assert_eq!(without.journey.stage, Stage::NewLead, "and where none is known, the status says it");
}

#[test]
fn a_won_lead_is_welcomed_once_and_its_follow_up_has_succeeded() {
    let (world, won) = set(LeadStatus::ClosedWon, LeadStatus::Qualified);
    let quoted = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let journey_update = world.told(quoted, &[won.clone(), won]);
    let follow_up = journey_update.journey.runs.iter().find(|run| run.sequence.as_str() == "quote-follow-up").unwrap();
    assert_eq!(follow_up.ended.as_ref().map(|ended| ended.how), Some(Ending::Converted));
    let welcome = going(&journey_update.journey, "welcome");
    assert_eq!(welcome.due, at(TUESDAY) + jiff::SignedDuration::from_mins(10));
    assert_eq!(journey_update.journey.runs.iter().filter(|run| run.sequence == welcome.sequence).count(), 1);
}

#[test]
fn no_one_who_has_an_appointment_or_was_served_is_asked_for_a_day_because_the_lead_is_won() {
    for stage in [Stage::Booked, Stage::JobComplete, Stage::AwaitingPayment, Stage::Paid] {
        let (world, won) = set(LeadStatus::ClosedWon, LeadStatus::Qualified);
        let journey_update = world.told(at_stage(&world, stage), &[won]);
        assert_eq!(journey_update.journey.stage, stage);
        assert!(maybe_going(&journey_update.journey, "welcome").is_none(), "{}", stage.as_str());
    }
}

#[test]
fn a_lost_lead_is_gone_and_so_is_what_followed_it_up() {
    for status in [LeadStatus::ClosedLost, LeadStatus::Disqualified] {
        let (world, lost) = set(status, LeadStatus::Qualified);
        let quoted = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
        let journey_update = world.told(quoted, &[lost]);
        assert_eq!((journey_update.journey.stage, ended(&journey_update)), (Stage::Churned, vec![Ending::Stopped]));
        let back = world.told(journey_update.journey, &[(at("2026-11-19T18:00:00Z"), world.wrote("m"))]);
        assert_eq!(back.journey.stage, Stage::NewLead, "until they write again");
    }
}

#[test]
fn who_is_not_ready_is_kept_warm_and_no_longer_asked_why_they_are_silent() {
    let (world, later) = set(LeadStatus::Nurturing, LeadStatus::Qualifying);
    let mut asking = World::new();
    asking.person.lead.status = LeadStatus::Qualifying;
    let silent = asking.told(asking.journey(), &[(at(TUESDAY), asking.wrote("m"))]).journey;
    going(&silent, "silent-lead");
    let journey_update = world.told(silent, std::slice::from_ref(&later));
    assert!(maybe_going(&journey_update.journey, "silent-lead").is_none());
    going(&journey_update.journey, "nurture");
    // Said again later, it goes on as it began.
    let (_, kind) = later;
    let again = world.told(journey_update.journey.clone(), &[(at("2026-11-19T18:00:00Z"), kind)]);
    assert_eq!(going(&again.journey, "nurture"), going(&journey_update.journey, "nurture"));
    // In the other order too.
    let (_, kind) = set(LeadStatus::Nurturing, LeadStatus::Qualifying).1;
    let events = [(at(TUESDAY), kind), (at(TUESDAY), world.wrote("m"))];
    assert!(maybe_going(&world.told(world.journey(), &events).journey, "silent-lead").is_none());
}

#[test]
fn a_status_that_is_not_so_any_more_or_of_an_older_lead_moves_no_one() {
    let (mut world, lost) = set(LeadStatus::ClosedLost, LeadStatus::Qualified);
    world.person.lead.id = crate::LeadId::derive(&world.tenant.id, &["a newer one"]);
    assert_eq!(world.told(world.journey(), &[lost]).journey.stage, Stage::NewLead);
    let (mut world, booked) = set(LeadStatus::AppointmentBooked, LeadStatus::Qualified);
    world.person.lead.status = LeadStatus::HandedOff;
    assert_eq!(world.told(world.journey(), &[booked]).journey.stage, Stage::NewLead);
}

#[test]
fn whoever_refused_is_taken_through_nothing_whatever_becomes_of_their_lead() {
    for status in [LeadStatus::ClosedWon, LeadStatus::Nurturing] {
        let (mut world, event) = set(status, LeadStatus::Qualified);
        world.person.opt_out_state.refused = true;
        assert!(world.told(world.journey(), &[event]).journey.runs.is_empty());
    }
}
