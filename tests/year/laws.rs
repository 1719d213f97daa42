//! What must be so whenever a vendor is called, told by someone who has not read the gate.

use domain::ContactId;
use domain::billing::InvoiceState;
use domain::journeys::{Frequency, Journey};
use domain::leads::Stage;
use domain::messaging::{Kind, Purpose};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::cast::Soul;

/// Checks one message at the moment at which its vendor is called, before it is added to `soul.sent`.
pub(crate) fn check(soul: &Soul, message: &domain::conversations::Message, now: Timestamp) -> Result<(), String> {
    let Some(outreach) = &message.outreach else { return Ok(()) };
    let (kind, journey) = (outreach.kind, soul.person.journey.as_ref().unwrap());
    let told = |law: &str| Err(format!("{law}: {kind:?} to {} at {now}", soul.person.contact.id));
    if soul.person.opt_out_state.refused {
        return told("nobody who said STOP gets a message");
    }
    if soul.sent.iter().any(|(_, _, id)| *id == message.reference.message) {
        return told("no message goes out twice");
    }
    if !awake(soul, journey, now) {
        return told("nobody is disturbed from 21:00 to 8:00");
    }
    if now > outreach.expires_at {
        return told("nothing goes out that says nothing any more");
    }
    let within = |hours| {
        let window = SignedDuration::from_hours(hours);
        soul.sent.iter().filter(move |(at, _, _)| now.duration_since(*at) < window)
    };
    let transactional = kind.purpose() == Purpose::Transactional;
    let (a_day, a_week) = match journey.preferences.frequency {
        Frequency::Minimal => (1, 3),
        Frequency::Normal => (3, 10),
        Frequency::Engaged => (5, 20),
    };
    if !transactional && (within(24).count() >= a_day || within(7 * 24).count() >= a_week) {
        return told("caps are never exceeded");
    }
    if kind == Kind::Collections && within(7 * 24).filter(|(_, kind, _)| *kind == Kind::Collections).count() >= 7 {
        return told("at most seven demands in seven days");
    }
    let owes = journey.invoices.iter().any(|invoice| invoice.state < InvoiceState::Voided);
    if kind == Kind::ReviewRequest && owes {
        return told("no review request while an invoice is open");
    }
    let busy = [Stage::Booked, Stage::PreAppointment, Stage::AppointmentToday, Stage::JobInProgress];
    if kind.purpose() == Purpose::Marketing && busy.contains(&journey.stage) {
        return told("no marketing to who is being served");
    }
    let answered = soul.person.opt_out_state.last_heard().is_some_and(|heard| heard > message.reference.at);
    if !transactional && answered {
        return told("a sequence stops the moment they answer");
    }
    Ok(())
}

/// Whether it is day for them: in the zone that the business knows of, else in that of their number.
fn awake(soul: &Soul, journey: &Journey, now: Timestamp) -> bool {
    let has_phone = soul.person.contact.addresses.iter().any(|known| known.address.key().starts_with("phone:"));
    let known = journey.preferences.zone.as_deref().or(has_phone.then_some(soul.zone));
    let Some(zone) = known else { return true };
    let hour = now.to_zoned(TimeZone::get(zone).unwrap()).hour();
    (8..21).contains(&hour)
}

/// What must be so when the year is over.
pub(crate) fn check_end(soul: &Soul, end: Timestamp) -> Result<(), String> {
    let id: ContactId = soul.person.contact.id;
    let slack = SignedDuration::from_hours(2);
    for message in soul.messages.values() {
        let delivery = message.delivery.as_ref().unwrap();
        let waits_on = message.outreach.as_ref().is_some_and(|outreach| outreach.expires_at + slack >= end);
        if !waits_on && end.duration_since(delivery.changed_at) > slack {
            return Err(format!(
                "nothing starves: a message to {id} is {:?} since {}",
                delivery.state, delivery.changed_at
            ));
        }
    }
    let journey = soul.person.journey.as_ref().unwrap();
    if let Some(run) = journey.running().find(|run| end.duration_since(run.due) > slack) {
        return Err(format!("nothing starves: {} of {id} waits for {} since {}", run.sequence, run.step, run.due));
    }
    if soul.person.opt_out_state.refused && journey.running().count() > 0 {
        let said = soul.person.opt_out_state.said_at.unwrap_or(end);
        if end.duration_since(said) > SignedDuration::from_hours(2) {
            return Err(format!("STOP ends every sequence of {id}"));
        }
    }
    let owned: Vec<_> =
        journey.waiting.iter().filter(|waiting| !soul.messages.contains_key(&waiting.message.message)).collect();
    if !owned.is_empty() {
        return Err(format!("what waits in the journey of {id} is there: {owned:?}"));
    }
    Ok(())
}
