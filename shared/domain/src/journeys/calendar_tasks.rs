//! What the staff have to do because of an outside calendar, in the tenant's language.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::render::Local;
use crate::conversations::{Task, TaskKind};
use crate::ids::TaskId;
use crate::phrases::fill;
use crate::scheduling::{Booking, OutsideCalendar};
use crate::tenancy::Tenant;

/// The longest title, in characters.
const MAX_TITLE: usize = 200;

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarTask {
    /// The calendar has something else at the time of a visit that was booked before.
    Clash,
    /// A visit was booked while nobody knew what the calendar says.
    Check,
}

impl CalendarTask {
    /// The task about a visit, whose place is in `zone`. Of one visit at one time there is one, however often it is found.
    #[must_use]
    pub fn about(
        self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        visit: &Booking,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Task {
        let [english, ..] = &PHRASES;
        let phrases = PHRASES.iter().find(|phrases| phrases.code == tenant.language.as_str()).unwrap_or(english);
        let (kind, name, title, note) = match self {
            Self::Clash => (TaskKind::Reschedule, "clash", phrases.clash, phrases.clash_note),
            Self::Check => (TaskKind::Other, "check", phrases.check, phrases.check_note),
        };
        let (local, starts) = (Local::of(&tenant.language, tenant), visit.starts_at.to_zoned(zone.clone()));
        let (day, time) = (local.day(starts.date()), local.clock(starts.time()));
        let values =
            [("day", &*day), ("time", &*time), ("service", &*visit.service_name), ("calendar", &*calendar.name)];
        let filled = |text: &str| fill(text, &values);
        let cause = ["outside calendar", name, &visit.id.to_string(), &visit.starts_at.to_string()];
        Task {
            id: TaskId::derive(&tenant.id, &cause),
            contact: visit.contact,
            conversation: None,
            kind,
            title: filled(title).chars().take(MAX_TITLE).collect(),
            note: filled(note),
            urgent: self == Self::Clash,
            assignee: None,
            due_at: Some(visit.starts_at),
            created_at: now,
            done: None,
        }
    }
}

struct Phrases {
    code: &'static str,
    clash: &'static str,
    clash_note: &'static str,
    check: &'static str,
    check_note: &'static str,
}

static PHRASES: [Phrases; 5] = [
    Phrases {
        code: "en",
        clash: "Two things at once: {service} on {day}, {time}",
        clash_note: "The calendar “{calendar}” has something else at this time. The appointment stands: move one of the two.",
        check: "Check the appointment: {service} on {day}, {time}",
        check_note: "It was booked while the calendar “{calendar}” could not be read. Look there whether the time is free.",
    },
    Phrases {
        code: "es",
        clash: "Dos cosas a la vez: {service}, {day}, {time}",
        clash_note: "El calendario «{calendar}» tiene otra cosa a esa hora. La cita sigue en pie: cambie una de las dos.",
        check: "Compruebe la cita: {service}, {day}, {time}",
        check_note: "Se reservó mientras no se podía leer el calendario «{calendar}». Mire allí si la hora está libre.",
    },
    Phrases {
        code: "fr",
        clash: "Deux choses à la fois : {service}, {day}, {time}",
        clash_note: "Le calendrier « {calendar} » contient autre chose à cette heure. Le rendez-vous est maintenu : déplacez l'un des deux.",
        check: "Vérifiez le rendez-vous : {service}, {day}, {time}",
        check_note: "Il a été pris alors que le calendrier « {calendar} » ne pouvait pas être lu. Regardez-y si l'heure est libre.",
    },
    Phrases {
        code: "de",
        clash: "Zwei Dinge zugleich: {service}, {day}, {time}",
        clash_note: "Im Kalender „{calendar}“ steht um diese Zeit etwas anderes. Der Termin bleibt: Verlegen Sie eines von beiden.",
        check: "Termin prüfen: {service}, {day}, {time}",
        check_note: "Er wurde gebucht, während der Kalender „{calendar}“ nicht gelesen werden konnte. Sehen Sie dort nach, ob die Zeit frei ist.",
    },
    Phrases {
        code: "pt",
        clash: "Duas coisas ao mesmo tempo: {service}, {day}, {time}",
        clash_note: "O calendário “{calendar}” tem outra coisa nesse horário. O agendamento continua: mude um dos dois.",
        check: "Confira o agendamento: {service}, {day}, {time}",
        check_note: "Foi marcado enquanto o calendário “{calendar}” não podia ser lido. Veja lá se o horário está livre.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AppointmentId, ContactId, OutsideCalendarId, ServiceId};
    use crate::samples::roofer;
    use crate::scheduling::{CalendarHealth, CalendarKind, Terms};
    use serde_json::{from_value, json};

    #[test]
    fn a_task_says_in_the_tenants_language_what_is_when_and_is_one_for_one_visit_at_one_time() {
        let mut tenant = roofer();
        tenant.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
        let now: Timestamp = "2026-12-01T08:00:00Z".parse().unwrap();
        let terms = Terms::of(&tenant, None, &ServiceId::new("roof-inspection").unwrap()).unwrap();
        let (id, contact) = (AppointmentId::derive(&tenant.id, &["a"]), ContactId::derive(&tenant.id, &["ana"]));
        let visit =
            Booking { starts_at: "2026-12-03T22:00:00Z".parse().unwrap(), ..Booking::new(id, contact, &terms, now) };
        let calendar = OutsideCalendar {
            id: OutsideCalendarId::derive(&tenant.id, &["c"]),
            name: "Ana {day}".to_owned(),
            kind: CalendarKind::Feed,
            resource: None,
            host: "example.com".to_owned(),
            health: CalendarHealth::default(),
            created_at: now,
        };
        let zone = TimeZone::get("America/Denver").unwrap();
        let about = |tenant: &Tenant, what: CalendarTask| what.about(tenant, &calendar, &visit, &zone, now);
        let clash = about(&tenant, CalendarTask::Clash);
        assert_eq!(clash.title, "Two things at once: Roof inspection on Thursday, December 3, 3 PM");
        assert!(clash.note.contains("“Ana {day}”") && clash.urgent, "{}", clash.note);
        assert_ne!(clash.id, about(&tenant, CalendarTask::Check).id);
        for phrases in &PHRASES {
            tenant.language = phrases.code.to_owned().try_into().unwrap();
            for task in [about(&tenant, CalendarTask::Clash), about(&tenant, CalendarTask::Check)] {
                assert!(task.title.contains("Roof inspection") && !task.title.contains('{'), "{}", task.title);
                assert!(task.note.contains("Ana {day}"), "{}", task.note);
            }
        }
    }
}
