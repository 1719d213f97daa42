//! Joining the waiting list in a talk.

use jiff::ToSpan as _;

use super::*;
use crate::scheduling::Entry;

/// The days of Ana, who is busy on the next fortnight's days but for those.
fn busy_but(tenant: &Tenant, free: &[i8]) -> Vec<CalendarDay> {
    let mut other = talk(tenant, Way::Sms);
    other.say("Roof inspection tomorrow at 3 pm, my name is Sam Cole").unwrap();
    let (_, days, _) = other.calendar();
    let (key, entry) =
        days.iter().find_map(|day| Some((day.key.clone(), day.entries.values().next()?.clone()))).unwrap();
    let dates = date(2026, 12, 2).series(1_i64.day()).take(20).filter(|date| !free.contains(&date.day()));
    let busy = |date: jiff::civil::Date| {
        let mut day = CalendarDay::empty(DayKey { date, ..key.clone() });
        let from = date.to_zoned(TimeZone::UTC).unwrap().timestamp();
        let entry = Entry { from, to: from + SignedDuration::from_hours(24), held_until: None, ..entry.clone() };
        day.entries.insert(AppointmentId::derive(&tenant.id, &[&date.to_string()]), entry);
        day
    };
    dates.map(busy).collect()
}

fn busy<'t>(tenant: &'t Tenant, way: Way, free: &[i8]) -> Talk<'t> {
    Talk::new(tenant, BusinessContext::NONE, way, wednesday()).unwrap().with_calendar(ana(), busy_but(tenant, free))
}

/// From when until when they wait, by the business's clock.
fn waits(talk: &Talk<'_>) -> Option<(Option<String>, String)> {
    let local = |at: Timestamp| at.to_zoned(roofer().time_zone()).datetime().to_string();
    talk.known().waits.as_ref().map(|entry| (entry.from.map(local), local(entry.until)))
}

#[test]
fn where_nothing_is_free_a_yes_joins_the_waiting_list_for_the_day_that_was_wished_for() {
    for (said, asked, yes, told) in [
        (
            "Roof inspection on Friday at 10, please",
            "Say yes for the waiting list",
            "Yes please",
            "You are on the waiting list",
        ),
        (
            "Quiero una inspección de techo el viernes a las 10",
            "Diga sí para la lista de espera",
            "Sí",
            "Está en la lista de espera",
        ),
        (
            "Je voudrais une inspection de toiture vendredi à 10h",
            "Dites oui pour la liste d'attente",
            "Oui",
            "sur la liste d'attente",
        ),
        ("Ich möchte eine Dachinspektion am Freitag um 10 Uhr", "Ja für die Warteliste", "Ja", "auf der Warteliste"),
        (
            "Quero uma inspeção de telhado na sexta-feira às 10h",
            "Diga sim para a lista de espera",
            "Sim",
            "Você está na lista",
        ),
    ] {
        let tenant = shop();
        let mut talk = busy(&tenant, Way::Sms, &[]);
        let reply = talk.say(said).unwrap().text().to_owned();
        assert!(reply.contains(asked), "{said}: {reply}");
        assert_eq!(waits(&talk), None);
        let reply = talk.say(yes).unwrap().text().to_owned();
        assert!(reply.contains(told), "{yes}: {reply}");
        assert_eq!(waits(&talk), Some((Some("2026-12-04T00:00:00".to_owned()), "2026-12-05T00:00:00".to_owned())));
        assert!(talk.known().bookings.is_empty());
        let reply = talk.say("thanks!").unwrap().text().to_owned();
        assert!(!reply.contains(asked), "{reply}");
    }
}

#[test]
fn whom_nothing_that_is_offered_suits_is_asked_once_and_may_name_another_day() {
    let tenant = shop();
    let mut talk = busy(&tenant, Way::Sms, &[7, 8]);
    let reply = talk.say("Roof inspection on Friday at 10, my name is Dana Reed").unwrap().text().to_owned();
    assert!(reply.contains("on Monday at"), "{reply}");
    let reply = talk.say("neither, sorry").unwrap().text().to_owned();
    assert!(reply.contains("Say yes for the waiting list"), "{reply}");
    let reply = talk.say("Monday at 9 then").unwrap().text().to_owned();
    assert_eq!((booked_at(&talk), waits(&talk)), (booked("2026-12-07T09:00:00"), None), "{reply}");
}

#[test]
fn a_no_joins_nothing_and_a_yes_to_anything_else_neither() {
    let tenant = shop();
    let mut no = busy(&tenant, Way::Sms, &[]);
    no.say("Roof inspection on Friday at 10, please").unwrap();
    let reply = no.say("No thanks").unwrap().text().to_owned();
    assert_eq!(waits(&no), None, "{reply}");
    let reply = no.say("Yes").unwrap().text().to_owned();
    assert_eq!(waits(&no), None, "the question is over: {reply}");
    // Without a number they could not be told of a time.
    let mut chat = busy(&tenant, Way::Chat, &[]);
    let reply = chat.say("Roof inspection on Friday at 10, please").unwrap().text().to_owned();
    assert!(!reply.contains("waiting list"), "{reply}");
}

#[test]
fn who_waits_already_goes_on_waiting_for_what_they_wait_for() {
    let tenant = shop();
    let mut talk = busy(&tenant, Way::Sms, &[]);
    talk.say("Roof inspection on Friday at 10, please").unwrap();
    talk.say("Yes please").unwrap();
    let entry = talk.known().waits.clone();
    assert!(entry.is_some());
    talk.say("Roof inspection on Monday at 10, please").unwrap();
    let reply = talk.say("Yes please").unwrap().text().to_owned();
    assert_eq!(talk.known().waits, entry, "{reply}");
}

#[test]
fn who_named_no_day_waits_for_any() {
    let tenant = shop();
    let mut talk = busy(&tenant, Way::Sms, &[]);
    let reply = talk.say("Do you have anything free for a roof inspection? My name is Dana Reed").unwrap();
    assert!(reply.text().contains("Say yes for the waiting list"), "{}", reply.text());
    let reply = talk.say("Yes").unwrap().text().to_owned();
    assert!(reply.contains("You are on the waiting list"), "{reply}");
    assert!(talk.known().waits.as_ref().is_some_and(|entry| entry.from.is_none()));
}
