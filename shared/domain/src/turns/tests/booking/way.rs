//! Where the business goes to its customers: the way to an address that is told counts.

use super::*;
use crate::scheduling::Place;
use crate::tenancy::WorksAt;

#[test]
fn a_time_that_is_too_near_to_a_visit_far_away_is_offered_no_more_once_the_address_is_known() {
    let mut tenant = shop();
    tenant.works_at = Some(WorksAt::Customer);
    // Ana is in Boulder from 11 to 12 on Friday; Denver is 82 minutes from there.
    let [from, to] = [11, 12].map(|hour| local(date(2026, 12, 4).at(hour, 0, 0, 0)));
    let stay = json!({"place": {"latitude": 40.015, "longitude": -105.2705}, "from": from, "to": to});
    let id = AppointmentId::derive(&tenant.id, &["boulder"]);
    let day: CalendarDay = from_value(json!({
        "day": {"date": "2026-12-04", "owner": "ana"}, "entries": {(id.to_string()): {"from": from, "to": to, "stay": stay}},
    }))
    .unwrap();
    let talk = || Talk::new(&tenant, BusinessContext::NONE, Way::Sms, wednesday()).unwrap();
    let says_so = "Roof inspection on Friday at 12:30 pm, my name is Dana Reed";
    let mut far = talk().with_calendar(ana(), vec![day.clone()]);
    far.say(says_so).unwrap();
    assert_eq!(booked_at(&far), held("2026-12-04T12:30:00"));
    let reply = far.say("39.7392, -104.9903").unwrap().text().to_owned();
    assert!(reply.contains("1:30"), "{reply}");
    let reply = far.say("1:30 pm").unwrap().text().to_owned();
    assert_eq!(booked_at(&far), booked("2026-12-04T13:30:00"), "{reply}");
    assert_eq!(live(&far)[0].place, Place::new(39.7392, -104.9903));
    let mut near = talk().with_calendar(ana(), vec![day]);
    near.say(says_so).unwrap();
    let reply = near.say("40.0200, -105.2700").unwrap().text().to_owned();
    assert_eq!(booked_at(&near), booked("2026-12-04T12:30:00"), "{reply}");
}

#[test]
fn an_address_that_is_told_books_what_is_kept_also_where_it_crosses_the_question_for_it() {
    let mut tenant = shop();
    tenant.works_at = Some(WorksAt::Customer);
    for way in [Way::Chat, Way::Sms] {
        for crosses in [false, true] {
            let mut talk = talk(&tenant, way);
            talk.say("Roof inspection in two days at 3 pm please, my name is Dana Reed, 303 555 0142").unwrap();
            assert_eq!(booked_at(&talk), held("2026-12-04T15:00:00"));
            let address = "12 Alder Street, Golden, CO 80401";
            let reply = if crosses { talk.add(address) } else { talk.say(address) }.unwrap();
            assert_eq!(booked_at(&talk), booked("2026-12-04T15:00:00"), "{way:?}, {crosses}: {}", reply.text());
        }
    }
}
