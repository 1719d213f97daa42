use super::*;
use crate::billing::InvoiceState;
use crate::events::EventKind;
use crate::journeys::Sent;
use crate::journeys::tests::{World, at, going, hours, monday};
use crate::messaging::{Channel, Kind};

fn sent(hour: i64) -> Sent {
    Sent {
        at: monday() + hours(hour),
        kind: Kind::FollowUp,
        channel: Channel::Sms,
        digest: hour.unsigned_abs(),
        appointment: None,
    }
}

#[test]
fn what_both_know_is_known_once_and_as_far_as_it_got() {
    let world = World::new();
    let issued = (monday(), world.issued("i", monday() + hours(200)));
    let paid = (monday() + hours(1), world.paid("i"));
    let mine = world.told(world.journey(), &[issued]).journey;
    let other = world.told(world.journey(), &[paid, (monday(), world.quote_sent("q"))]).journey;
    for one in [merge(mine.clone(), other.clone(), monday()), merge(other, mine, monday())] {
        assert_eq!(one.invoices.len(), 1);
        assert_eq!(one.invoices[0].state, InvoiceState::Paid);
        assert!(one.invoices[0].amount.is_some());
        assert_eq!(one.quotes.len(), 1);
    }
}

#[test]
fn of_two_enrollments_about_one_thing_the_older_goes_on() {
    let world = World::new();
    let mine = world.told(world.journey(), &[(monday() + hours(1), world.wrote("m"))]).journey;
    let other = world.told(world.journey(), &[(monday(), world.wrote("n")), (monday(), world.quote_sent("q"))]).journey;
    let first = going(&other, "silent-lead").id;
    let one = merge(mine, other, monday() + hours(2));
    assert_eq!(going(&one, "silent-lead").id, first);
    assert!(one.running().any(|run| run.sequence.as_str() == "quote-follow-up"));
    let stopped: Vec<_> = one.runs.iter().filter_map(|run| run.ended.as_ref()).map(|ended| ended.how).collect();
    assert_eq!(stopped, [Ending::Stopped]);
}

#[test]
fn caps_count_what_either_got_in_order_and_once() {
    let world = World::new();
    let (mut mine, mut other) = (world.journey(), world.journey());
    mine.ledger = vec![sent(1), sent(4)];
    other.ledger = vec![sent(0), sent(2), sent(4)];
    assert_eq!(merge(mine, other, monday()).ledger, [sent(0), sent(1), sent(2), sent(4)]);
}

#[test]
fn a_new_lead_takes_the_other_stage_and_otherwise_the_later_stage_wins() {
    use Stage::{Booked, Dormant, NewLead, Paid, QuoteSent};
    let world = World::new();
    let journey_at = |(stage, hour)| {
        let mut journey = world.journey();
        (journey.stage, journey.stage_since) = (stage, monday() + hours(hour));
        journey
    };
    for (mine, other, expected) in [
        ((NewLead, 9), (Booked, 1), Booked),
        ((NewLead, 9), (Dormant, 1), NewLead),
        ((QuoteSent, 1), (Booked, 2), Booked),
        ((QuoteSent, 3), (Paid, 2), QuoteSent),
        ((Paid, 2), (QuoteSent, 2), Paid),
    ] {
        for (one, two) in [(mine, other), (other, mine)] {
            assert_eq!(merge(journey_at(one), journey_at(two), monday()).stage, expected, "{one:?} and {two:?}");
        }
    }
}

#[test]
fn events_of_either_are_known_and_a_merge_is_noted() {
    let world = World::new();
    let mine = world.told(world.journey(), &[(monday(), world.wrote("m"))]).journey;
    let other = world.told(world.journey(), &[(monday(), world.quote_sent("q"))]).journey;
    let known: Vec<_> = mine.seen.iter().chain(&other.seen).copied().collect();
    let one = merge(mine, other, monday());
    assert!(known.iter().all(|event| one.seen.contains(event)));
    assert!(one.log.last().unwrap().what.contains("one person"));
    assert_eq!(one.engagement.channels[&Channel::Sms].replied, 1);
}

#[test]
fn the_latest_word_of_each_consent_holds() {
    let world = World::new();
    let record = |granted, hour| crate::journeys::ConsentRecord {
        channel: Channel::Sms,
        purpose: crate::messaging::Purpose::Marketing,
        granted,
        at: monday() + hours(hour),
        evidence: "form".to_owned(),
    };
    let (mut mine, mut other) = (world.journey(), world.journey());
    mine.consents = vec![record(true, 1)];
    other.consents = vec![record(false, 2)];
    assert_eq!(merge(mine, other, monday()).consents, [record(false, 2)]);
}

#[test]
fn the_time_that_was_agreed_on_later_holds() {
    let world = World::new();
    let (first, second) = (at("2026-12-01T17:00:00Z"), at("2026-12-08T17:00:00Z"));
    let events: [(Timestamp, EventKind); 2] =
        [(monday(), world.booked("a", first)), (monday() + hours(1), world.rescheduled("a", second))];
    let mine = world.told(world.journey(), &events[..1]).journey;
    let other = world.told(world.journey(), &events).journey;
    assert_eq!(merge(mine, other, monday()).appointments[0].starts_at, second);
}
