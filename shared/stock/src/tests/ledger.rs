use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;

use crate::{Applied, Book, Change, Ledger, Mismatch, Movement, Refused};

const PLACES: [&str; 3] = ["shop", "van-1", "van-2"];

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap()
}

fn moved(id: &str, hour: i64, allow_below: bool, change: Change) -> Movement {
    Movement { id: id.to_owned(), item: "capacitor".to_owned(), at: at(hour), change, allow_below }
}

fn receive(to: &str, quantity: i64) -> Change {
    Change::Receive { to: to.to_owned(), quantity }
}

fn used(from: &str, quantity: i64) -> Change {
    Change::Use { from: from.to_owned(), quantity }
}

fn transfer(from: &str, to: &str, quantity: i64) -> Change {
    Change::Transfer { from: from.to_owned(), to: to.to_owned(), quantity }
}

fn count(place: &str, quantity: i64) -> Change {
    Change::Count { place: place.to_owned(), quantity }
}

fn ledger(movements: &[Movement]) -> Ledger {
    let mut ledger = Ledger::default();
    for movement in movements {
        let _ = ledger.add(movement.clone());
    }
    ledger
}

fn level(ledger: &Ledger, place: &str) -> i64 {
    ledger.levels().get(&("capacitor".to_owned(), place.to_owned())).copied().unwrap_or_default()
}

#[test]
fn a_part_that_the_books_lack_was_used_all_the_same() {
    let mut books = ledger(&[moved("1", 0, false, receive("van-1", 1))]);
    assert_eq!(books.add(moved("2", 1, true, used("van-1", 3))), Ok(Applied::Below { short: 2 }));
    assert_eq!(level(&books, "van-1"), -2);
    let found = books.discrepancies();
    assert_eq!((found[0].movement.as_str(), found[0].mismatch), ("2", Mismatch::Below { short: 2 }));

    // The receipt of that morning is entered in the evening: the books are right, and there is nothing to look into.
    assert_eq!(books.add(moved("3", 0, false, receive("van-1", 5))), Ok(Applied::Booked));
    assert_eq!((level(&books, "van-1"), books.discrepancies()), (3, vec![]));
}

#[test]
fn what_is_planned_is_refused_when_it_cannot_be() {
    let mut books =
        ledger(&[moved("1", 0, false, receive("shop", 5)), moved("2", 8, false, transfer("shop", "van-1", 4))]);
    let refused = Err(Refused::Short { place: "shop".to_owned(), short: 1 });
    assert_eq!(books.add(moved("3", 9, false, transfer("shop", "van-2", 2))), refused);
    // Enough at its own time, and then too few for what came after.
    assert_eq!(books.add(moved("4", 4, false, transfer("shop", "van-2", 2))), refused);
    assert_eq!(books.add(moved("5", 9, false, transfer("shop", "van-2", 1))), Ok(Applied::Booked));
    assert_eq!(books.add(moved("5", 9, false, transfer("shop", "van-2", 1))), Ok(Applied::Known));
    assert_eq!(books.add(moved("5", 9, false, transfer("shop", "van-1", 1))), Err(Refused::SameId));
}

#[test]
fn a_count_sets_the_level_at_its_time_only() {
    let books = ledger(&[
        moved("1", 0, false, receive("shop", 10)),
        moved("2", 6, false, used("shop", 2)),
        moved("3", 4, false, count("shop", 7)),
        moved("4", 2, false, used("shop", 1)),
    ]);
    assert_eq!(level(&books, "shop"), 5);
    let found: Vec<Mismatch> = books.discrepancies().iter().map(|found| found.mismatch).collect();
    assert_eq!(found, [Mismatch::Counted { booked: 9, found: 7 }]);
}

#[test]
fn quantities_that_cannot_be_are_refused() {
    let mut books = Ledger::default();
    for change in [receive("shop", 0), used("shop", -1), count("shop", -1), receive("shop", i64::MAX)] {
        assert_eq!(books.add(moved("1", 0, true, change)), Err(Refused::Quantity));
    }
    assert_eq!(books.add(moved("1", 0, true, transfer("shop", "shop", 1))), Err(Refused::SamePlace));
}

fn change() -> impl Strategy<Value = Change> {
    let place = || prop::sample::select(&PLACES[..]).prop_map(str::to_owned);
    prop_oneof![
        3 => (place(), 1..9_i64).prop_map(|(to, quantity)| Change::Receive { to, quantity }),
        3 => (place(), 1..9_i64).prop_map(|(from, quantity)| Change::Use { from, quantity }),
        3 => (place(), place(), 1..9_i64).prop_filter("two places", |(from, to, _)| from != to)
            .prop_map(|(from, to, quantity)| Change::Transfer { from, to, quantity }),
        1 => (place(), 0..9_i64).prop_map(|(place, quantity)| Change::Count { place, quantity }),
        1 => (place(), 1..9_i64).prop_map(|(from, quantity)| Change::Waste { from, quantity }),
        1 => (place(), 1..9_i64).prop_map(|(to, quantity)| Change::Return { to, quantity }),
        1 => (place(), 1..9_i64).prop_map(|(from, quantity)| Change::SendBack { from, quantity }),
    ]
}

/// Movements in the order of their arrival, which is not that of their times.
fn movements() -> impl Strategy<Value = Vec<Movement>> {
    prop::collection::vec((0..12_i64, any::<bool>(), change()), 0..24).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered.map(|(id, (hour, allow, change))| moved(&format!("{id:02}"), hour, allow, change)).collect()
    })
}

fn happened(mut movements: Vec<Movement>) -> Vec<Movement> {
    movements.iter_mut().for_each(|movement| movement.allow_below = true);
    movements
}

proptest! {
    #[test]
    fn what_has_happened_gives_the_same_books_in_any_order(
        (first, second) in movements().prop_map(happened).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (first, second) = (ledger(&first), ledger(&second));
        prop_assert_eq!(first.levels(), second.levels());
        prop_assert_eq!(first.discrepancies(), second.discrepancies());
    }

    #[test]
    fn a_replay_changes_nothing(all in movements(), again in prop::collection::vec(any::<prop::sample::Index>(), 0..24)) {
        let books = ledger(&all);
        let mut replayed = books.clone();
        for index in again.iter().filter(|_| !all.is_empty()) {
            let movement = index.get(&all);
            if books.clone().add(movement.clone()) == Ok(Applied::Known) {
                prop_assert_eq!(replayed.add(movement.clone()), Ok(Applied::Known));
            }
        }
        prop_assert_eq!(books.levels(), replayed.levels());
    }

    /// Nothing appears or is lost but by what came in, went out, and was counted; a transfer keeps the sum.
    #[test]
    fn parts_are_conserved_under_any_interleaving(all in movements()) {
        let mut books = Ledger::default();
        let mut booked = Vec::new();
        for movement in all {
            let before: i64 = books.levels().values().sum();
            let (is_transfer, kept) = (matches!(movement.change, Change::Transfer { .. }), movement.clone());
            if books.add(movement).is_ok() {
                booked.push(kept);
                let counted = booked.iter().any(|movement| movement.counted().is_some());
                prop_assert!(!is_transfer || counted || before == books.levels().values().sum::<i64>());
            }
        }
        let flowed: i64 = booked.iter().flat_map(Movement::flows).map(|(_, flow)| flow).sum();
        let corrected = books.discrepancies().iter().map(|found| match found.mismatch {
            Mismatch::Counted { booked, found } => found - booked,
            Mismatch::Below { .. } => 0,
        }).sum::<i64>();
        prop_assert_eq!(books.levels().values().sum::<i64>(), flowed + corrected);
    }

    #[test]
    fn a_place_is_below_zero_only_where_that_is_told(all in movements()) {
        let books = ledger(&all);
        let told = books.discrepancies();
        for ((_, place), level) in books.levels() {
            let of_place = |found: &&crate::Discrepancy| found.place == place && matches!(found.mismatch, Mismatch::Below { .. });
            prop_assert!(level >= 0 || told.iter().any(|found| of_place(&found)));
        }
    }

    #[test]
    fn without_counts_and_leave_nothing_is_ever_below_zero(all in movements()) {
        let mut plain = all;
        plain.retain(|movement| movement.counted().is_none());
        plain.iter_mut().for_each(|movement| movement.allow_below = false);
        prop_assert_eq!(ledger(&plain).discrepancies(), vec![]);
    }

    #[test]
    fn a_book_kept_one_by_one_says_what_the_ledger_says(all in movements()) {
        let (mut ledger, mut book, mut booked) = (Ledger::default(), Book::default(), Vec::new());
        for movement in all {
            let later = if book.needs_later(&movement) { booked.clone() } else { Vec::new() };
            let applied = book.apply(&movement, &later);
            prop_assert_eq!(&applied, &ledger.add(movement.clone()));
            if applied.is_ok() {
                booked.push(movement);
            }
        }
        let kept: BTreeMap<String, i64> = book.places.into_iter().map(|(place, balance)| (place, balance.booked)).collect();
        let folded: BTreeMap<String, i64> = ledger.levels().into_iter().map(|((_, place), level)| (place, level)).collect();
        prop_assert_eq!(kept, folded);
    }
}

#[test]
fn what_was_before_a_count_needs_no_later_movements() {
    let movement = |id: &str, hour, change| Movement {
        id: id.to_owned(),
        item: "cap".to_owned(),
        at: at(hour),
        change,
        allow_below: false,
    };
    let receive = |id: &str, hour| movement(id, hour, Change::Receive { to: "shop".to_owned(), quantity: 3 });
    let mut book = Book::default();
    book.apply(&movement("count", 5, Change::Count { place: "shop".to_owned(), quantity: 7 }), &[]).unwrap();
    book.apply(&receive("after", 8), &[]).unwrap();
    assert!(!book.needs_later(&receive("before", 2)), "the count has seen it");
    assert!(book.needs_later(&receive("between", 6)));
    book.apply(&receive("before", 2), &[]).unwrap();
    assert_eq!(book.on_hand(), 10);
}
