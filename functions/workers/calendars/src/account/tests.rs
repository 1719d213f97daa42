//! What a scheduler's closed time is to our own visits.

use super::*;
use domain::ContactId;
use domain::ids::ServiceId;
use domain::scheduling::BookingState;

fn hour(hour: i64) -> Timestamp {
    "2026-12-04T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hour)
}

fn span(from: i64, to: i64) -> Span {
    Span { from: hour(from), to: hour(to) }
}

/// A visit that takes these hours.
fn visit(name: &str, time: Span) -> Booking {
    let tenant = TenantId::new("acme").unwrap();
    Booking {
        id: AppointmentId::derive(&tenant, &[name]),
        contact: ContactId::derive(&tenant, &["lee"]),
        lead: None,
        service: ServiceId::new("inspection").unwrap(),
        service_name: "Inspection".to_owned(),
        location: None,
        place: None,
        sought: None,
        metadata: Default::default(),
        resources: Vec::new(),
        state: BookingState::Booked,
        starts_at: time.from,
        ends_at: time.to,
        taken_from: time.from,
        taken_to: time.to,
        counts_on: None,
        agreed_at: None,
        held_until: None,
        from_waitlist: false,
        note: String::new(),
        eta: None,
        track: None,
        cancelled: None,
        confirmed_at: None,
        asked_again_for: None,
        created_at: hour(0),
        updated_at: hour(0),
    }
}

fn shown(visit: &Booking, time: Span) -> ShownVisit {
    ShownVisit { appointment: visit.id, time: Some(time), written: Some(time), etag: "u".to_owned() }
}

#[test]
fn closed_time_is_left_out_where_a_visit_of_ours_is_shown_and_nowhere_else() {
    let (there, unseen) = (visit("there", span(9, 10)), visit("unseen", span(12, 13)));
    let off = Booking { state: BookingState::Cancelled, ..visit("off", span(15, 16)) };
    let visits = [there.clone(), unseen, off.clone()];
    let all = [shown(&there, span(9, 10)), shown(&off, span(15, 16))];
    assert_eq!(ours(&visits, &all), [span(9, 10)], "one that was called off frees nothing");
    assert_eq!(ours(&visits, &[]), [], "as where nothing of ours is written");
    let moved = visit("there", span(10, 12));
    assert_eq!(ours(std::slice::from_ref(&moved), &[shown(&moved, span(9, 11))]), [span(9, 11), span(10, 12)]);
    assert_eq!(
        ours(std::slice::from_ref(&moved), &[shown(&moved, span(6, 7))]),
        [span(6, 7)],
        "its new time has to be open"
    );
}

#[test]
fn what_another_calendar_left_there_is_taken_over_with_a_visit_of_this_one_alone() {
    let (own, bens) = (visit("own", span(9, 10)), visit("bens", span(9, 10)));
    let own = std::slice::from_ref(&own);
    let mut sync = CalendarSync::default();
    assert!(takes_over(own[0].id, own, &sync) && !takes_over(bens.id, own, &sync), "Ben's stays as it is");
    sync.written.insert(bens.id);
    assert!(takes_over(bens.id, own, &sync), "it was ours before it was given to another");
}

#[test]
fn what_a_scheduler_does_not_offer_so_soon_is_no_clash_and_what_somebody_booked_there_is() {
    let soon = visit("soon", span(9, 10));
    let reading = |busy: &[Span], untold_before| Reading {
        busy: busy.to_vec(),
        closed: vec![span(0, 11)],
        untold_before,
        ..Reading::default()
    };
    assert!(!reading(&[], Some(hour(11))).is_clash(&soon));
    assert!(reading(&[span(9, 10)], Some(hour(11))).is_clash(&soon));
    assert!(reading(&[], Some(hour(8))).is_clash(&soon) && reading(&[], None).is_clash(&soon));
}
