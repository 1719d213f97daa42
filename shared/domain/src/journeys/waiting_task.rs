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

/// What staff do where a visit may be missed and `count` of those who wait would take its time, the first of them `names`: once for each
/// time agreed on. `None`: none would.
#[must_use]
pub fn waiting_task(
    tenant: &Tenant,
    visit: &Booking,
    count: usize,
    names: &[String],
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Task> {
    let [english, ..] = &WORDS;
    let (_, title, note) = WORDS.iter().find(|(code, ..)| *code == tenant.language.as_str()).unwrap_or(english);
    let (local, at) = (Local::of(&tenant.language, tenant), zone.to_datetime(visit.starts_at));
    let (day, time) = (local.day(at.date()), local.clock(at.time()));
    let more = if count > names.len() { ", …" } else { "" };
    let (count, names) = (Some(count).filter(|count| *count > 0)?.to_string(), format!("{}{more}", names.join(", ")));
    let values =
        [("day", &*day), ("time", &time), ("service", &visit.service_name), ("count", &count), ("names", &names)];
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

/// Its title and its note, by language.
const WORDS: [(&str, &str, &str); 5] = [
    (
        "en",
        "They may not come, and others would: {service}, {day}, {time}",
        "On the waiting list, this time would suit {count}: {names}. Nothing is held for them. If it turns out that this customer does not come, cancel the appointment: the time is then offered to them by itself.",
    ),
    (
        "es",
        "Puede que no venga, y otros sí: {service}, {day}, {time}",
        "De la lista de espera, esta hora les serviría a {count}: {names}. No se les reserva nada. Si resulta que este cliente no viene, cancele la cita: entonces la hora se les ofrece sola.",
    ),
    (
        "fr",
        "Ce client ne viendra peut-être pas, d'autres oui : {service}, {day}, {time}",
        "Sur la liste d'attente, cet horaire conviendrait à {count} : {names}. Rien ne leur est réservé. S'il s'avère que ce client ne vient pas, annulez le rendez-vous : l'horaire leur est alors proposé automatiquement.",
    ),
    (
        "de",
        "Kommt vielleicht nicht, andere kämen: {service}, {day}, {time}",
        "Von der Warteliste würde diese Zeit {count} passen: {names}. Für sie wird nichts freigehalten. Stellt sich heraus, dass dieser Kunde nicht kommt, sagen Sie den Termin ab: Dann wird die Zeit ihnen von selbst angeboten.",
    ),
    (
        "pt",
        "Talvez não venha, e outros viriam: {service}, {day}, {time}",
        "Na lista de espera, este horário serviria a {count}: {names}. Nada fica reservado para eles. Se este cliente não vier, cancele o agendamento: o horário é então oferecido a eles automaticamente.",
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
    fn staff_read_in_their_language_who_would_take_it_and_hear_nothing_where_none_would() {
        let mut tenant = roofer();
        tenant.services[0].booking =
            Some(serde_json::from_value(serde_json::json!({"needs": [{"kind": "person"}]})).unwrap());
        let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
        let at = "2026-12-01T18:00:00Z".parse().unwrap();
        let id = |name: &str| AppointmentId::derive(&tenant.id, &[name]);
        let blank = Booking::new(id("a"), ContactId::derive(&tenant.id, &["c"]), &terms, at);
        let visit = Booking { starts_at: at, ends_at: at, ..blank };
        let names = ["Ana Vale".to_owned(), "Bo Cole".to_owned()];
        let task = |language: &str, count| {
            let tenant = Tenant { language: Language::new(language).unwrap(), ..tenant.clone() };
            waiting_task(&tenant, &visit, count, &names, &tenant.time_zone(), at)
        };
        assert_eq!(task("en", 0), None);
        for (language, title) in
            [("en", "Tuesday, December 1, 11 AM"), ("de", "Dienstag, 1. Dezember"), ("ja", "Tuesday")]
        {
            let task = task(language, 3).unwrap();
            assert!(task.title.contains(title), "{}", task.title);
            assert!(task.note.contains("3") && task.note.contains(": Ana Vale, Bo Cole, …."), "{}", task.note);
        }
        assert!(task("en", 2).unwrap().note.contains("would suit 2: Ana Vale, Bo Cole. "));
    }
}
