//! Another time by the word that answers a reminder.

use super::afterwards::booked_friday;
use super::*;
use crate::conversations::TaskKind;
use crate::turns::Due;

/// A talk in which ten o'clock on the Friday after was booked, and of which they were reminded.
fn reminded<'t>(tenant: &'t Tenant) -> Talk<'t> {
    let mut talk = booked_friday(tenant, Way::Sms);
    talk.meanwhile(SignedDuration::from_hours(2), |_| {});
    talk.remind();
    talk
}

#[test]
fn who_answers_the_reminder_with_r_is_offered_free_times_and_moves_it_by_one_of_them_or_another() {
    for (answer, at) in [
        ("the second", "2026-12-04T09:00:00"),
        ("Saturday please", "2026-12-05T10:00:00"),
        ("Monday at 9", "2026-12-07T09:00:00"),
        ("Friday at 3", "2026-12-04T15:00:00"),
    ] {
        let tenant = shop();
        let mut talk = reminded(&tenant);
        let id = live(&talk)[0].id;
        let before = talk.known().told_staff;
        let reply = talk.say("R").unwrap();
        let text = reply.text().to_owned();
        assert!(text.contains("tomorrow at 10 AM, on Friday at 9 AM or on Saturday at 10 AM"), "{text}");
        // Whoever takes none of them is not forgotten.
        let tasks: Vec<_> = reply.tasks.iter().map(|task| (task.kind, task.urgent)).collect();
        assert_eq!((tasks, talk.known().told_staff), (vec![(TaskKind::Reschedule, false)], before), "{text}");
        assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"), "it stays until they took another");
        let reply = talk.say(answer).unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), booked(at), "{answer}: {reply}");
        assert_eq!(live(&talk)[0].id, id, "the same appointment");
    }
}

#[test]
fn r_is_left_to_people_where_nothing_is_free_or_the_calendar_does_not_have_the_visit() {
    let tenant = shop();
    let mut full = reminded(&tenant).with_calendar(Vec::new(), Vec::new());
    let reply = full.say("R").unwrap();
    assert!(reply.text().contains("We will offer you another time"), "{}", reply.text());
    assert_eq!(reply.tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Reschedule]);

    let person = unproven::reminded(&tenant);
    let meant = person.journey.as_ref().and_then(|journey| journey.next_appointment(noon(60))).map(|known| known.id);
    let inbound = message("r", phone(101), "R", noon(60));
    let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person], noon(60));
    assert_eq!(turn.due(false), Due::Answer);
    let route = crate::conversations::route(&tenant, "R", Some(&turn.thread), noon(60));
    turn.read_message(&route);
    let need = turn.calendar_needed(&route).unwrap();
    assert_eq!(need.appointment, meant);
    turn.arrange(&need, &ReadCalendar { resources: &ana(), days: &[], booking: None, place: None, waiting: &[] });
    let response = turn.left_to_people().unwrap();
    assert!(names(&turn.close(response, 1)).contains(&"appointment.change_requested"));
}
