//! What is known of things, in whatever order it is heard.

use proptest::prelude::*;

use super::*;
use crate::scheduling::AppointmentState::{
    Booked, Cancelled, ChangeRequested, Completed, Confirmed, EnRoute, Missed, Started,
};

fn appointment(world: &World, what: &str, when: Timestamp) -> EventKind {
    let (contact, appointment) = (world.contact(), world.appointment("a"));
    match what {
        "booked" => world.booked("a", when + hours(48)),
        "moved" => world.rescheduled("a", when + hours(72)),
        "confirmed" => EventKind::AppointmentConfirmed { contact, appointment, agreed_at: None },
        "change" => EventKind::AppointmentChangeRequested { contact, appointment, cancels: None },
        "en route" => EventKind::AppointmentEnRoute { contact, appointment, eta: when, track: None },
        "started" => EventKind::JobStarted { contact, appointment },
        "completed" => EventKind::JobCompleted { contact, appointment },
        "missed" => EventKind::AppointmentMissed { contact, appointment },
        "cancelled" => EventKind::AppointmentCancelled { contact, appointment },
        _ => unreachable!(),
    }
}

#[test]
fn the_latest_word_on_an_appointment_holds() {
    let world = World::new();
    for (story, state) in [
        (&["booked"][..], Booked),
        (&["booked", "confirmed"], Confirmed),
        (&["booked", "change", "confirmed"], ChangeRequested),
        (&["booked", "confirmed", "moved"], Booked),
        (&["booked", "confirmed", "moved", "confirmed"], Confirmed),
        (&["booked", "cancelled"], Cancelled),
        (&["booked", "cancelled", "confirmed"], Cancelled),
        (&["booked", "cancelled", "moved"], Booked),
        (&["booked", "missed", "moved", "en route", "started", "completed"], Completed),
        (&["confirmed"], Confirmed),
        (&["started"], Started),
        (&["en route"], EnRoute),
        (&["missed"], Missed),
    ] {
        let hour = |index: usize| monday() + hours(i64::try_from(index).unwrap());
        let events: Vec<_> = story
            .iter()
            .enumerate()
            .map(|(index, what)| (hour(index), appointment(&world, what, hour(index))))
            .collect();
        let journey_update = world.told(world.journey(), &events);
        assert_eq!(journey_update.journey.appointments[0].state, state, "{story:?}");
    }
}

#[test]
fn an_answer_heard_before_the_new_time_it_was_given_to_is_asked_for_again() {
    let world = World::new();
    let (first, second) = (monday(), monday() + hours(1));
    let events = [
        (first, appointment(&world, "booked", first)),
        (second + hours(1), appointment(&world, "confirmed", second)),
        (second, appointment(&world, "moved", second)),
    ];
    let journey_update = world.told(world.journey(), &events);
    assert_eq!(journey_update.journey.appointments[0].state, Booked);
}

#[test]
fn a_job_that_is_done_ended_when_it_was_done() {
    let world = World::new();
    let done = monday() + hours(50);
    let events = [(monday(), appointment(&world, "booked", monday())), (done, appointment(&world, "completed", done))];
    assert_eq!(world.told(world.journey(), &events).journey.appointments[0].ends_at, done);
}

#[test]
fn the_quote_that_was_sent_last_says_what_it_is_for() {
    let world = World::new();
    let EventKind::QuoteSent { contact, quote, .. } = world.quote_sent("q") else { unreachable!() };
    let dearer = EventKind::QuoteSent {
        contact,
        quote,
        service: None,
        amount: Some(crate::money::Money { cents: 300_000, currency: "USD".to_owned() }),
        link: None,
        expires_at: None,
    };
    let (early, late) = ((monday(), world.quote_sent("q")), (monday() + hours(1), dearer));
    for events in [[early.clone(), late.clone()], [late, early]] {
        let journey_update = world.told(world.journey(), &events);
        assert_eq!(journey_update.journey.quotes[0].amount.as_ref().unwrap().cents, 300_000);
        assert_eq!(journey_update.journey.quotes[0].sent_at, monday() + hours(1));
    }
}

/// News of two of each thing. Answers to an appointment's time are left out: see above.
fn happening(world: &World, kind: u8, second: bool, at: Timestamp) -> EventKind {
    let name = if second { "b" } else { "a" };
    let contact = world.contact();
    let (quote, invoice, appointment) = (world.quote(name), world.invoice(name), world.appointment(name));
    match kind {
        0 => world.quote_sent(name),
        1 => EventKind::QuoteOpened { contact, quote },
        2 => EventKind::QuoteExpired { contact, quote },
        3 => EventKind::QuoteDeclined { contact, quote },
        4 => EventKind::QuoteAccepted { contact, quote },
        5 => world.issued(name, monday() + hours(300)),
        6 => EventKind::InvoiceOverdue { contact, invoice },
        7 => EventKind::InvoiceVoided { contact, invoice },
        8 => world.paid(name),
        9 => world.booked(name, at + hours(48)),
        10 => world.rescheduled(name, at + hours(72)),
        11 => EventKind::AppointmentEnRoute { contact, appointment, eta: at, track: None },
        12 => EventKind::JobStarted { contact, appointment },
        13 => EventKind::JobCompleted { contact, appointment },
        14 => EventKind::AppointmentMissed { contact, appointment },
        _ => EventKind::AppointmentCancelled { contact, appointment },
    }
}

/// How far each thing got, whichever was heard of first.
fn known(journey: &Journey) -> Vec<String> {
    let quotes = journey.quotes.iter().map(|quote| format!("{} {:?}", quote.id, quote.state));
    let invoices = journey.invoices.iter().map(|invoice| format!("{} {:?}", invoice.id, invoice.state));
    let appointments = journey.appointments.iter().map(|it| format!("{} {:?}", it.id, it.state));
    let mut known: Vec<_> = quotes.chain(invoices).chain(appointments).collect();
    known.sort();
    known
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_same_news_in_any_order_and_any_number_give_the_same_facts(
        story in prop::collection::vec((0u8..16, any::<bool>(), 0i64..200), 1..20),
        keys in prop::collection::vec(any::<u32>(), 40),
    ) {
        let world = World::new();
        let happened: Vec<_> = story.iter().map(|(kind, second, hour)| {
            let at = monday() + hours(*hour);
            (at, happening(&world, *kind, *second, at))
        }).collect();
        let now = monday() + hours(300);
        let take = |events: Vec<&(Timestamp, EventKind)>| {
            events.into_iter().fold(world.journey(), |journey, (at, kind)| {
                apply_event(&world.journey_context(), journey, &world.event(*at, kind.clone()), now).journey
            })
        };
        let mut in_order: Vec<_> = happened.iter().collect();
        in_order.sort_by_key(|(at, _)| *at);
        // Everything twice, in a drawn order.
        let mut drawn: Vec<_> = happened.iter().chain(&happened).zip(&keys).collect();
        drawn.sort_by_key(|(_, key)| **key);
        let drawn = drawn.into_iter().map(|(event, _)| event).collect();
        prop_assert_eq!(known(&take(in_order)), known(&take(drawn)));
    }
}
