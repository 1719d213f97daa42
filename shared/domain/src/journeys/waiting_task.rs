//! Who would take the time of a visit that may be missed: what staff are told beside the customer's last question.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Local;
use crate::conversations::{Task, TaskKind};
use crate::ids::TaskId;
use crate::phrases::fill;
use crate::scheduling::Booking;
use crate::tenancy::Tenant;

/// The longest title, in characters.
const MAX_TITLE: usize = 200;

/// What staff do where a visit may be missed and `count` of those who wait would take its time: once for each time agreed on. `None`:
/// none would.
#[must_use]
pub fn waiting_task(tenant: &Tenant, visit: &Booking, count: usize, zone: &TimeZone, now: Timestamp) -> Option<Task> {
    let [english, ..] = &WORDS;
    let (_, title, note) = WORDS.iter().find(|(code, ..)| *code == tenant.language.as_str()).unwrap_or(english);
    let (local, at) = (Local::of(&tenant.language, tenant), zone.to_datetime(visit.starts_at));
    let (day, time) = (local.day(at.date()), local.clock(at.time()));
    let count = Some(count).filter(|count| *count > 0)?.to_string();
    let values = [("day", &*day), ("time", &time), ("service", &visit.service_name), ("count", &count)];
    Some(Task {
        id: TaskId::derive(&tenant.id, &["waiting", &visit.id.to_string(), &visit.starts_at.to_string()]),
        contact: visit.contact,
        conversation: None,
        kind: TaskKind::Call,
        title: fill(title, &values).chars().take(MAX_TITLE).collect(),
        note: fill(note, &values),
        urgent: true,
        assignee: None,
        due_at: Some(visit.starts_at),
        created_at: now,
        done: None,
    })
}

/// Its title and its note, by language. Who waits is on the calendar's page: a task of one customer names no other, who may want to be
/// forgotten.
const WORDS: [(&str, &str, &str); 5] = [
    (
        "en",
        "May not come; others wait for this time: {service}, {day}, {time}",
        "{count} on the waiting list could take this time; the calendar shows who. Nothing is held for them. If this customer does not come, cancel the appointment: the time is then offered to them automatically.",
    ),
    (
        "es",
        "Puede que no venga, y otros sí: {service}, {day}, {time}",
        "De la lista de espera, esta hora les serviría a {count}; el calendario muestra a quiénes. No se les reserva nada. Si este cliente no viene, cancele la cita: entonces la hora se les ofrece sola.",
    ),
    (
        "fr",
        "Ce client ne viendra peut-être pas, d'autres oui : {service}, {day}, {time}",
        "Sur la liste d'attente, cet horaire conviendrait à {count} ; l'agenda montre à qui. Rien ne leur est réservé. Si ce client ne vient pas, annulez le rendez-vous : l'horaire leur est alors proposé automatiquement.",
    ),
    (
        "de",
        "Kommt vielleicht nicht, andere kämen: {service}, {day}, {time}",
        "Von der Warteliste würde diese Zeit {count} passen; der Kalender zeigt, wem. Für sie wird nichts freigehalten. Kommt dieser Kunde nicht, sagen Sie den Termin ab: Dann wird die Zeit ihnen von selbst angeboten.",
    ),
    (
        "pt",
        "Talvez não venha, e outros viriam: {service}, {day}, {time}",
        "Na lista de espera, este horário serviria a {count}; a agenda mostra quem. Nada fica reservado para eles. Se este cliente não vier, cancele o agendamento: o horário é então oferecido a eles automaticamente.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AppointmentId, ContactId};
    use crate::samples::roofer;
    use crate::scheduling::Terms;
    use crate::tenancy::Language;

    #[test]
    fn staff_read_in_their_language_how_many_would_take_it_and_hear_nothing_where_none_would() {
        let mut tenant = roofer();
        tenant.services[0].booking =
            Some(serde_json::from_value(serde_json::json!({"needs": [{"kind": "person"}]})).unwrap());
        let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
        let at = "2026-12-01T18:00:00Z".parse().unwrap();
        let id = |name: &str| AppointmentId::derive(&tenant.id, &[name]);
        let blank = Booking::new(id("a"), ContactId::derive(&tenant.id, &["c"]), &terms, at);
        let visit = Booking { starts_at: at, ends_at: at, ..blank };
        let task = |language: &str, count| {
            let tenant = Tenant { language: Language::new(language).unwrap(), ..tenant.clone() };
            waiting_task(&tenant, &visit, count, &tenant.time_zone(), at)
        };
        assert_eq!(task("en", 0), None);
        for (language, title) in
            [("en", "Tuesday, December 1, 11 AM"), ("de", "Dienstag, 1. Dezember"), ("ja", "Tuesday")]
        {
            let task = task(language, 3).unwrap();
            assert!(task.title.contains(title), "{}", task.title);
            assert!(task.note.contains('3') && !task.note.contains('{'), "{}", task.note);
        }
        assert!(task("en", 2).unwrap().note.contains("2 on the waiting list could take this time"));
    }
}
