//! What comes of an invitation is counted once.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::samples::{campaign, invitee, monday, person, shop};
use crate::campaigns::{BookedVisit, Campaign, Counted, Figures, Invitee, InviteeState, worth};
use crate::ids::{AppointmentId, ServiceId};

fn invited() -> (Campaign, Invitee) {
    let tenant = shop();
    let campaign = campaign(&tenant);
    let waiting = invitee(&campaign, &person(&tenant));
    (campaign, Invitee { state: InviteeState::Invited, invited_at: Some(monday()), ..waiting })
}

fn visit(name: &str, service: &'static str, hours: i64) -> BookedVisit<'static> {
    let service: &'static ServiceId = Box::leak(Box::new(ServiceId::new(service).unwrap()));
    let id = AppointmentId::derive(&shop().id, &[name]);
    BookedVisit { id, service: Some(service), at: monday() + SignedDuration::from_hours(hours), worth_cents: 14_900 }
}

/// All of it in order, and the figures that come of it.
fn counted(steps: &[Counted<'_>]) -> Figures {
    let (campaign, mut invitee) = invited();
    let mut sum = Figures::default();
    for step in steps {
        let Some((after, figures)) = invitee.after(&campaign, *step) else { continue };
        sum.answered += figures.answered;
        sum.booked += figures.booked;
        sum.lost += figures.lost;
        sum.done += figures.done;
        sum.revenue_cents += figures.revenue_cents;
        sum.done_cents += figures.done_cents;
        invitee = after;
    }
    sum
}

#[test]
fn an_answer_a_visit_and_its_end_count_once_each() {
    let at = |hours| monday() + SignedDuration::from_hours(hours);
    let inspection = visit("a", "roof-inspection", 2);
    let all = [
        Counted::Answered(at(1)),
        Counted::Answered(at(2)),
        Counted::Booked(inspection),
        Counted::Booked(inspection),
        Counted::Done(inspection.id),
        Counted::Done(inspection.id),
        Counted::Lost(inspection.id),
    ];
    let figures = counted(&all);
    assert_eq!((figures.answered, figures.booked, figures.done, figures.lost), (1, 1, 1, 0));
    assert_eq!((figures.revenue_cents, figures.done_cents), (14_900, 14_900));
}

#[test]
fn what_was_lost_is_taken_off_and_another_visit_takes_its_place() {
    let (first, second) = (visit("a", "roof-inspection", 2), visit("b", "roof-inspection", 5));
    let figures = counted(&[
        Counted::Booked(first),
        Counted::Lost(first.id),
        Counted::Lost(first.id),
        Counted::Booked(first),
        Counted::Booked(second),
    ]);
    assert_eq!((figures.booked, figures.lost, figures.revenue_cents), (2, 1, 14_900));
}

#[test]
fn a_visit_for_something_else_counts_only_after_an_answer_and_one_of_long_after_never() {
    let other = visit("a", "gutter-cleaning", 5);
    assert_eq!(counted(&[Counted::Booked(other)]).booked, 0);
    let answered = monday() + SignedDuration::from_hours(4);
    assert_eq!(counted(&[Counted::Answered(answered), Counted::Booked(other)]).booked, 1);
    assert_eq!(counted(&[Counted::Booked(visit("a", "roof-inspection", 15 * 24))]).booked, 0);
    let before: Timestamp = monday() - SignedDuration::from_secs(1);
    assert_eq!(counted(&[Counted::Answered(before)]).answered, 0);
    assert_eq!(counted(&[Counted::Booked(visit("a", "roof-inspection", -1))]).booked, 0);
}

#[test]
fn nothing_counts_for_who_was_not_invited() {
    let (campaign, invitee) = invited();
    let waiting = Invitee { state: InviteeState::Waiting, invited_at: None, ..invitee };
    assert_eq!(waiting.after(&campaign, Counted::Answered(monday())), None);
}

#[test]
fn a_visit_is_worth_what_staff_expect_else_the_lowest_price() {
    let tenant = shop();
    let (service, day) = (ServiceId::new("roof-repair").unwrap(), super::super::samples::today());
    let mut lead = crate::samples::lead(&tenant);
    let cents = |lead: &crate::leads::Lead, came_of| worth(&tenant, None, (&service, day), (Some(lead), came_of));
    assert_eq!(cents(&lead, None), 35_000);
    lead.value = Some(crate::money::Money { cents: 120_000, currency: "USD".to_owned() });
    assert_eq!(cents(&lead, Some(lead.id)), 120_000);
    let other = crate::LeadId::derive(&tenant.id, &["other"]);
    assert_eq!(cents(&lead, Some(other)), 35_000, "it came of another lead");
    lead.value = Some(crate::money::Money { cents: 120_000, currency: "EUR".to_owned() });
    assert_eq!(cents(&lead, None), 35_000);
    let unpriced = ServiceId::new("gutter-cleaning").unwrap();
    assert_eq!(worth(&tenant, None, (&unpriced, day), (None, None)), 0);
}

proptest! {
    #[test]
    fn whatever_comes_in_whatever_order_and_however_often_the_sums_hold(order in prop::collection::vec(0_usize..6, 0..30)) {
        let (first, second) = (visit("a", "roof-inspection", 2), visit("b", "roof-inspection", 5));
        let steps = [
            Counted::Answered(first.at),
            Counted::Booked(first),
            Counted::Booked(second),
            Counted::Lost(first.id),
            Counted::Done(first.id),
            Counted::Done(second.id),
        ];
        let figures = counted(&order.iter().map(|index| steps[*index]).collect::<Vec<_>>());
        prop_assert!(figures.answered <= 1 && figures.done <= 1);
        prop_assert!(figures.booked <= figures.lost + 1);
        prop_assert_eq!(figures.revenue_cents, 14_900 * i64::try_from(figures.booked - figures.lost).unwrap());
        prop_assert_eq!(figures.done_cents, 14_900 * i64::try_from(figures.done).unwrap());
    }
}
