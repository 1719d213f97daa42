//! What the staff have to do because of an outside calendar, in the tenant's language.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::render::Local;
use crate::conversations::{Task, TaskKind};
use crate::ids::TaskId;
use crate::phrases::fill;
use crate::scheduling::{Booking, OutsideCalendar, Told};
use crate::tenancy::Tenant;

/// The longest title, in characters.
const MAX_TITLE: usize = 200;

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarTask {
    /// The calendar has something else at the time of a visit that was booked before.
    Clash,
    /// A visit was booked while no one knew what the calendar says.
    Check,
    /// The scheduler does not take the visit.
    NotWritten,
    /// The visit stands in a calendar that is not connected any more, and could not be taken out of it.
    LeftThere,
    /// Someone changed the visit in the calendar, and it was put back.
    PutBack(Told),
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
            Self::NotWritten => (TaskKind::Other, "not written", phrases.not_written, phrases.not_written_note),
            Self::LeftThere => (TaskKind::Other, "left there", phrases.left, phrases.left_note),
            Self::PutBack(Told::MovedThere) => (TaskKind::Reschedule, "moved there", phrases.moved, phrases.moved_note),
            Self::PutBack(Told::MovedBoth) => (TaskKind::Reschedule, "moved both", phrases.moved, phrases.both_note),
            Self::PutBack(Told::Deleted) => (TaskKind::Other, "deleted", phrases.deleted, phrases.deleted_note),
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
            urgent: self != Self::Check,
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
    moved: &'static str,
    moved_note: &'static str,
    both_note: &'static str,
    deleted: &'static str,
    deleted_note: &'static str,
    not_written: &'static str,
    not_written_note: &'static str,
    left: &'static str,
    left_note: &'static str,
}

static PHRASES: [Phrases; 5] = [
    Phrases {
        code: "en",
        clash: "Two things at once: {service} on {day}, {time}",
        clash_note: "The calendar “{calendar}” has something else at this time. The appointment stands: move one of the two.",
        check: "Check the appointment: {service} on {day}, {time}",
        check_note: "It was booked while the calendar “{calendar}” could not be read. Look there whether the time is free.",
        moved: "Moved in a calendar, and put back: {service} on {day}, {time}",
        moved_note: "Somebody moved it in the calendar “{calendar}” to where it cannot be booked. It stands as before: move it in Porchlight, where free times are shown.",
        both_note: "It was moved in the calendar “{calendar}” and in Porchlight at about the same time. The time in Porchlight counts: move it there if the other one was meant.",
        deleted: "Deleted in a calendar, and put back: {service} on {day}, {time}",
        deleted_note: "Somebody deleted it in the calendar “{calendar}”. The appointment stands: cancel it in Porchlight if it is not to take place.",
        not_written: "Enter it in a calendar: {service} on {day}, {time}",
        not_written_note: "The calendar “{calendar}” does not take this appointment: the time may not be open there, or it may be of another length. The appointment stands: enter it there, or keep the time free.",
        left: "Take it out of a calendar: {service} on {day}, {time}",
        left_note: "The calendar “{calendar}” was disconnected, and the appointment could not be taken out of it. Delete it there.",
    },
    Phrases {
        code: "es",
        clash: "Dos cosas a la vez: {service}, {day}, {time}",
        clash_note: "El calendario «{calendar}» tiene otra cosa a esa hora. La cita sigue en pie: cambie una de las dos.",
        check: "Compruebe la cita: {service}, {day}, {time}",
        check_note: "Se reservó mientras no se podía leer el calendario «{calendar}». Mire allí si la hora está libre.",
        moved: "Movida en un calendario y devuelta: {service}, {day}, {time}",
        moved_note: "Alguien la movió en el calendario «{calendar}» a una hora que no se puede reservar. Sigue como antes: muévala en Porchlight, donde se ven las horas libres.",
        both_note: "Se movió en el calendario «{calendar}» y en Porchlight casi a la vez. Vale la hora de Porchlight: muévala allí si era la otra.",
        deleted: "Borrada en un calendario y devuelta: {service}, {day}, {time}",
        deleted_note: "Alguien la borró en el calendario «{calendar}». La cita sigue en pie: cancélela en Porchlight si no va a tener lugar.",
        not_written: "Anótela en un calendario: {service}, {day}, {time}",
        not_written_note: "El calendario «{calendar}» no acepta esta cita: puede que la hora no esté abierta allí o que dure otro tiempo. La cita sigue en pie: anótela allí o deje libre la hora.",
        left: "Quítela de un calendario: {service}, {day}, {time}",
        left_note: "El calendario «{calendar}» se desconectó y la cita no se pudo quitar de él. Bórrela allí.",
    },
    Phrases {
        code: "fr",
        clash: "Deux choses à la fois : {service}, {day}, {time}",
        clash_note: "Le calendrier « {calendar} » contient autre chose à cette heure. Le rendez-vous est maintenu : déplacez l'un des deux.",
        check: "Vérifiez le rendez-vous : {service}, {day}, {time}",
        check_note: "Il a été pris alors que le calendrier « {calendar} » ne pouvait pas être lu. Regardez-y si l'heure est libre.",
        moved: "Déplacé dans un calendrier, puis remis : {service}, {day}, {time}",
        moved_note: "Quelqu'un l'a déplacé dans le calendrier « {calendar} » à une heure qui ne peut pas être réservée. Il reste comme avant : déplacez-le dans Porchlight, où les heures libres sont affichées.",
        both_note: "Il a été déplacé dans le calendrier « {calendar} » et dans Porchlight presque en même temps. L'heure de Porchlight compte : déplacez-le là si c'était l'autre.",
        deleted: "Supprimé dans un calendrier, puis remis : {service}, {day}, {time}",
        deleted_note: "Quelqu'un l'a supprimé dans le calendrier « {calendar} ». Le rendez-vous est maintenu : annulez-le dans Porchlight s'il ne doit pas avoir lieu.",
        not_written: "À inscrire dans un calendrier : {service}, {day}, {time}",
        not_written_note: "Le calendrier « {calendar} » n'accepte pas ce rendez-vous : l'heure n'y est peut-être pas ouverte, ou la durée est autre. Le rendez-vous est maintenu : inscrivez-le là-bas ou gardez l'heure libre.",
        left: "À retirer d'un calendrier : {service}, {day}, {time}",
        left_note: "Le calendrier « {calendar} » a été déconnecté et le rendez-vous n'a pas pu en être retiré. Supprimez-le là-bas.",
    },
    Phrases {
        code: "de",
        clash: "Zwei Dinge zugleich: {service}, {day}, {time}",
        clash_note: "Im Kalender „{calendar}“ steht um diese Zeit etwas anderes. Der Termin bleibt: Verlegen Sie eines von beiden.",
        check: "Termin prüfen: {service}, {day}, {time}",
        check_note: "Er wurde gebucht, während der Kalender „{calendar}“ nicht gelesen werden konnte. Sehen Sie dort nach, ob die Zeit frei ist.",
        moved: "Im Kalender verschoben und zurückgesetzt: {service}, {day}, {time}",
        moved_note: "Jemand hat den Termin im Kalender „{calendar}“ auf eine Zeit verschoben, die nicht gebucht werden kann. Er bleibt, wie er war: Verschieben Sie ihn in Porchlight, wo freie Zeiten stehen.",
        both_note: "Der Termin wurde im Kalender „{calendar}“ und in Porchlight fast gleichzeitig verschoben. Es gilt die Zeit in Porchlight: Verschieben Sie ihn dort, wenn die andere gemeint war.",
        deleted: "Im Kalender gelöscht und zurückgesetzt: {service}, {day}, {time}",
        deleted_note: "Jemand hat den Termin im Kalender „{calendar}“ gelöscht. Er bleibt bestehen: Sagen Sie ihn in Porchlight ab, wenn er nicht stattfinden soll.",
        not_written: "In einen Kalender eintragen: {service}, {day}, {time}",
        not_written_note: "Der Kalender „{calendar}“ nimmt diesen Termin nicht an: Die Zeit ist dort vielleicht nicht offen, oder er dauert anders lang. Der Termin bleibt: Tragen Sie ihn dort ein, oder halten Sie die Zeit frei.",
        left: "Aus einem Kalender nehmen: {service}, {day}, {time}",
        left_note: "Der Kalender „{calendar}“ wurde getrennt, und der Termin ließ sich nicht herausnehmen. Löschen Sie ihn dort.",
    },
    Phrases {
        code: "pt",
        clash: "Duas coisas ao mesmo tempo: {service}, {day}, {time}",
        clash_note: "O calendário “{calendar}” tem outra coisa nesse horário. O agendamento continua: mude um dos dois.",
        check: "Confira o agendamento: {service}, {day}, {time}",
        check_note: "Foi marcado enquanto o calendário “{calendar}” não podia ser lido. Veja lá se o horário está livre.",
        moved: "Movido num calendário e reposto: {service}, {day}, {time}",
        moved_note: "Alguém o moveu no calendário “{calendar}” para um horário que não pode ser marcado. Continua como antes: mova-o no Porchlight, onde se veem os horários livres.",
        both_note: "Foi movido no calendário “{calendar}” e no Porchlight quase ao mesmo tempo. Vale o horário do Porchlight: mova-o lá se era o outro.",
        deleted: "Apagado num calendário e reposto: {service}, {day}, {time}",
        deleted_note: "Alguém o apagou no calendário “{calendar}”. O agendamento continua: cancele-o no Porchlight se não for acontecer.",
        not_written: "Anote num calendário: {service}, {day}, {time}",
        not_written_note: "O calendário “{calendar}” não aceita este agendamento: o horário pode não estar aberto lá, ou a duração é outra. O agendamento continua: anote-o lá ou mantenha o horário livre.",
        left: "Retire de um calendário: {service}, {day}, {time}",
        left_note: "O calendário “{calendar}” foi desconectado e o agendamento não pôde ser retirado dele. Apague-o lá.",
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
            account: None,
            closing: None,
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
            let told = [Told::MovedThere, Told::MovedBoth, Told::Deleted].map(CalendarTask::PutBack);
            for task in [CalendarTask::Clash, CalendarTask::Check, CalendarTask::NotWritten, CalendarTask::LeftThere]
                .into_iter()
                .chain(told)
                .map(|what| about(&tenant, what))
            {
                assert!(task.title.contains("Roof inspection") && !task.title.contains('{'), "{}", task.title);
                assert!(task.note.contains("Ana {day}"), "{}", task.note);
            }
        }
    }
}
