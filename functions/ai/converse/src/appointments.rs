//! One-word replies to appointment reminders: C, R, WHERE and their like.

use domain::conversations::turn::{Response, Turn};
use domain::conversations::{Intent, Task, TaskKind};
use domain::events::EventKind;
use domain::ids::TaskId;
use domain::journeys::{Appointment, AppointmentWord, Said, answer_to, appointment_word, home_zone};
use domain::messaging::Inbound;
use domain::tenancy::Tenant;
use jiff::Timestamp;

use crate::consent::answer;

/// Reads `text`, which is what `inbound` says or what they had asked before they proved who they are, as a word about an
/// appointment, notes in `turn` what follows, and answers. `None`: it is an ordinary message.
pub(crate) fn response(
    tenant: &Tenant,
    inbound: &Inbound,
    text: &str,
    turn: &mut Turn<'_>,
    now: Timestamp,
) -> Option<Response> {
    let word = appointment_word(text)?;
    let appointment = meant(inbound, turn, word, now)?;
    let language = turn.thread.language.clone();
    let zone = home_zone(tenant, &turn.person.contact, turn.person.journey.as_ref());
    let reply = answer_to(word, &appointment, tenant, &language, &zone, now);
    note(tenant, inbound, turn, word, &appointment, now);
    let intent = if word == AppointmentWord::Where { Intent::Other } else { Intent::Booking };
    Some(Response::Confirmed { answer: Box::new(answer(reply, &language, intent)), suppressed: None })
}

/// A STOP that is also a word for another time: on SMS `CANCEL` is both. Nothing is answered, and the staff hear of it.
pub(crate) fn note_cancelled(tenant: &Tenant, inbound: &Inbound, turn: &mut Turn<'_>, now: Timestamp) {
    let word = appointment_word(inbound.content.text()).filter(|word| *word == AppointmentWord::Change);
    if let Some(appointment) = word.and_then(|word| meant(inbound, turn, word, now)) {
        note(tenant, inbound, turn, AppointmentWord::Change, &appointment, now);
    }
}

/// The appointment that a word means. Who is not proven to be the contact moves none, and hears of none.
fn meant(inbound: &Inbound, turn: &Turn<'_>, word: AppointmentWord, now: Timestamp) -> Option<Appointment> {
    if !turn.is_proven() {
        return None;
    }
    let journey = turn.person.journey.as_ref()?;
    let said = Said { channel: inbound.channel, at: inbound.said_at(), replied_at: turn.thread.replied_at };
    journey.appointment_meant(word, &said, &turn.person.standing, now).cloned()
}

fn note(
    tenant: &Tenant,
    inbound: &Inbound,
    turn: &mut Turn<'_>,
    word: AppointmentWord,
    appointment: &Appointment,
    now: Timestamp,
) {
    let (contact, appointment) = (turn.person.contact.id, appointment.id);
    match word {
        AppointmentWord::Confirm => {
            turn.note_appointment(EventKind::AppointmentConfirmed { contact, appointment }, None);
        }
        AppointmentWord::Change => {
            let task = Task {
                id: TaskId::derive(&tenant.id, &["change", &inbound.message_id().to_string()]),
                contact,
                conversation: Some(turn.thread.id),
                kind: TaskKind::Reschedule,
                title: "Find another time for an appointment".to_owned(),
                note: "They answered the reminder and want another time, or none.".to_owned(),
                urgent: true,
                assignee: None,
                due_at: None,
                created_at: now,
                done: None,
            };
            turn.note_appointment(EventKind::AppointmentChangeRequested { contact, appointment }, Some(task));
        }
        AppointmentWord::Where => {}
    }
}
