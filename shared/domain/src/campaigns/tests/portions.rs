//! How many are invited on which day: never more than can be served.

use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;

use crate::campaigns::{
    Capacity, Condition, DayCapacity, Figures, Suggestion, TakeRate, spread, suggestions, visit_days,
};
use crate::ids::ServiceId;

fn capacity(free: &[u32], keep_free_percent: u8, permille: u64) -> Capacity {
    let first = date(2026, 7, 13);
    let day = |(days, free): (i64, &u32)| DayCapacity { date: first + days.days(), free: *free };
    let days = (0..).zip(free).map(day).collect();
    Capacity { days, keep_free_percent, rate: TakeRate::of_permille(permille) }
}

#[test]
fn the_portions_are_those_of_the_formula_two_days_ahead() {
    // Of 5 free visits 4 are left for who is invited; one in five books, so 20 are invited for a day.
    let capacity = capacity(&[5, 5, 5, 0, 5], 20, 200);
    let portions = |matching| {
        let portions = spread(matching, &capacity, date(2026, 7, 13));
        portions.iter().map(|portion| (portion.on.day(), portion.invite)).collect::<Vec<_>>()
    };
    assert_eq!(portions(1_000), [(13, 60), (15, 20)]);
    assert_eq!(portions(25), [(13, 25)]);
    assert_eq!(portions(70), [(13, 60), (15, 10)]);
    assert_eq!(portions(0), []);
    assert_eq!(capacity.most(), 80);
}

#[test]
fn the_take_rate_begins_at_one_in_five_and_follows_what_happens() {
    let learned = |invited, booked| TakeRate::learned(invited, booked).permille();
    assert_eq!(learned(0, 0), 200);
    assert_eq!(learned(75, 45), 500);
    assert_eq!(learned(10_000, 0), 100, "at least one in ten");
    assert_eq!(learned(10, 1_000), 1_000);
    assert_eq!(learned(u64::MAX, u64::MAX), 1_000);
}

#[test]
fn an_invitation_that_may_still_be_answered_is_no_refusal_nor_one_that_did_not_leave() {
    let rate = |invited, not_sent, booked, open| {
        let totals = Figures { invited, not_sent, booked, ..Figures::default() };
        TakeRate::of_figures(&totals, open).permille()
    };
    assert_eq!(rate(0, 0, 0, 0), 200);
    assert_eq!(rate(60, 0, 0, 60), 200, "all of them were invited just now");
    assert_eq!(rate(60, 10, 5, 25), 200);
    assert_eq!(rate(25, 0, 0, 0), 100, "two days later they have not answered");
    assert_eq!(rate(3, 5, 0, 9), 200, "counts that are behind");
}

#[test]
fn visits_are_before_the_weather_or_after_a_storm() {
    let days = |condition, first: i8, last: i8| {
        let days = visit_days(condition, (date(2026, 7, first), date(2026, 7, last)), date(2026, 7, 13));
        days.first().zip(days.last()).map(|(first, last)| (first.day(), last.day()))
    };
    assert_eq!(days(Condition::HeatWave, 16, 18), Some((13, 15)));
    assert_eq!(days(Condition::FirstFreeze, 13, 13), None, "it is there");
    assert_eq!(days(Condition::Storm, 14, 14), Some((15, 24)));
    assert_eq!(days(Condition::Storm, 11, 12), Some((13, 22)), "it is over");
}

#[test]
fn who_fits_and_is_not_invited_is_a_reason_for_more_shifts_and_visits_need_parts() {
    let service = ServiceId::new("tune-up").unwrap();
    let capacity = capacity(&[4, 1, 2, 3], 0, 250);
    let suggested = suggestions(100, 40, &capacity, &service);
    let [Suggestion::ExtraShifts { days, visits, not_invited }, Suggestion::Parts { visits: parts, .. }] =
        suggested.as_slice()
    else {
        panic!("{suggested:?}")
    };
    assert_eq!(
        (days.iter().map(|day| day.day()).collect::<Vec<_>>(), *visits, *not_invited),
        (vec![14, 15, 16], 15, 60)
    );
    assert_eq!(*parts, 10);
    assert_eq!(suggestions(0, 0, &capacity, &service), []);
}

proptest! {
    #[test]
    fn no_more_are_invited_than_fit_or_than_there_is_room_for(
        free in prop::collection::vec(0_u32..200, 0..21),
        keep in 0_u8..=90,
        permille in 0_u64..2_000,
        matching in 0_u32..20_000,
        unanswered in 0_u32..500,
        passed in 0_i64..5,
    ) {
        let capacity = capacity(&free, keep, permille);
        let today = date(2026, 7, 13) + passed.days();
        let portions = spread(matching, &capacity, today);
        let invited: u64 = portions.iter().map(|portion| u64::from(portion.invite)).sum();
        prop_assert!(invited <= u64::from(matching));
        // All of them, as far as there is room on the days that are left.
        let open = capacity.days.iter().filter(|day| day.date >= today);
        let room: u64 = open.clone().map(|day| u64::from(capacity.invitations(day))).sum();
        prop_assert_eq!(invited, room.min(u64::from(matching)));
        prop_assert!(portions.iter().all(|portion| portion.on >= today && portion.invite > 0));
        prop_assert!(portions.windows(2).all(|pair| pair[0].on < pair[1].on));
        for day in open {
            // Expected bookings, in thousandths of a visit, are no more than what is left of the day.
            let expected = u64::from(capacity.invitations(day)) * u64::from(capacity.rate.permille());
            prop_assert!(expected <= u64::from(capacity.for_invited(day.free)) * 1_000);
            prop_assert!(u64::from(capacity.for_invited(day.free)) * 100 <= u64::from(day.free) * u64::from(100 - keep));
        }
        // Places that are kept for who has not answered are not given to others.
        let less = capacity.less(unanswered);
        prop_assert!(less.most() + u64::from(unanswered).min(capacity.most()) <= capacity.most());
    }

    #[test]
    fn a_later_day_is_planned_from_what_is_left_and_the_sum_never_exceeds_the_room(
        free in prop::collection::vec(0_u32..40, 1..10),
        matching in 0_u32..2_000,
        answers in prop::collection::vec(0_u32..50, 10),
    ) {
        // Each day its portion is invited; those who were and have not answered keep their places on the days to come.
        let capacity = capacity(&free, 20, 200);
        let (mut left, mut unanswered, mut invited) = (matching, 0_u32, 0_u64);
        for (passed, answered) in (0_i64..).zip(answers).take(free.len()) {
            let today = date(2026, 7, 13) + passed.days();
            let open = Capacity {
                days: capacity.days.iter().copied().filter(|day| day.date >= today).collect(),
                ..capacity.clone()
            };
            let room = open.less(unanswered);
            let today_s = spread(left, &room, today).into_iter().find(|portion| portion.on == today);
            let portion = today_s.map_or(0, |portion| portion.invite);
            prop_assert!(u64::from(portion) + u64::from(unanswered) <= open.most().max(u64::from(unanswered)));
            (left, invited) = (left - portion, invited + u64::from(portion));
            unanswered = (unanswered + portion).saturating_sub(answered);
        }
        prop_assert!(invited + u64::from(left) == u64::from(matching));
    }
}
