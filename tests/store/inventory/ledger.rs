//! The ledger.

use domain::failure::Rejection;
use domain::ids::{AppointmentId, ItemId, ServiceId};
use domain::inventory::{Movement, MovementKind};
use domain::{Failure, inventory};
use futures::future::join_all;
use jiff::civil::date;
use std::collections::BTreeMap;
use store::MovementFilter;

use super::{acme, at_places, line, record};
use crate::stage::{Stage, noon, text_of};

const SHOP: (&str, Option<&str>) = ("shop", None);
const VAN: (&str, Option<&str>) = ("van-2", None);

fn receive(quantity: i64, key: (&str, i64)) -> Movement {
    line("cap", MovementKind::Receive, SHOP, quantity, key)
}

fn rejected(result: Result<store::Recorded, Failure>) -> (Rejection, Option<String>) {
    match result {
        Err(Failure::Rejected { kind, field, .. }) => (kind, field),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_movement_counts_once_with_all_that_follows_from_it() {
    let stage = Stage::new().await;
    record(&stage.store, &receive(10, ("r", 0))).await.unwrap();
    let job = AppointmentId::derive(&acme(), &["a"]);
    let used = Movement {
        appointment: Some(job),
        service: Some(ServiceId::new("roof-repair").unwrap()),
        booked_ahead: 3,
        ..line("cap", MovementKind::Use, SHOP, 4, ("u", 60))
    };
    assert!(!record(&stage.store, &used).await.unwrap().was_there);
    // Reported again, and by a clock of its own where it says no time.
    let later = Movement { at: noon(90), recorded_at: noon(90), ..used.clone() };
    for again in [&used, &later] {
        let again = record(&stage.store, again).await.unwrap();
        assert!(again.was_there && again.movement.at == noon(60));
    }
    assert_eq!(at_places(&stage, "cap").await, [("shop".to_owned(), 6, 0)]);
    let inventory = stage.store.inventory();
    let months = inventory.used_since(&acme(), date(2026, 1, 1)).await.unwrap();
    let days: Vec<_> = months.iter().flat_map(|month| &month.days).map(|used| (used.ahead, used.quantity)).collect();
    assert_eq!((months.len(), days), (1, vec![(3, 4)]));
    let jobs = inventory.jobs(&acme()).await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.for_learning().used).collect::<Vec<_>>(), [[("cap".to_owned(), 4)].into()]);
    // Another one under the same key is refused, and changes nothing.
    let other = Movement { quantity: 5, ..used };
    assert_eq!(rejected(record(&stage.store, &other).await), (Rejection::Conflict, Some("key".to_owned())));
    let listed = inventory.movements(&acme(), &MovementFilter::default(), 10, None).await.unwrap().items;
    assert_eq!(
        listed.iter().map(|movement| movement.kind).collect::<Vec<_>>(),
        [MovementKind::Use, MovementKind::Receive]
    );
    let filter = MovementFilter { kind: Some(MovementKind::Receive), ..MovementFilter::default() };
    assert_eq!(inventory.movements(&acme(), &filter, 10, None).await.unwrap().items.len(), 1);
    assert_eq!(stage.entities("stock_movement").await.len(), 2);
}

#[tokio::test]
async fn no_place_goes_below_zero_unless_it_is_said() {
    let stage = Stage::new().await;
    record(&stage.store, &receive(3, ("r", 0))).await.unwrap();
    let transfer = line("cap", MovementKind::Transfer, ("shop", Some("van-2")), 4, ("t", 10));
    assert_eq!(rejected(record(&stage.store, &transfer).await), (Rejection::Conflict, Some("quantity".to_owned())));
    assert_eq!(at_places(&stage, "cap").await, [("shop".to_owned(), 3, 0)], "neither place changed");
    let used = record(&stage.store, &line("cap", MovementKind::Use, VAN, 2, ("u", 20))).await.unwrap();
    assert_eq!(used.movement.short, 2, "it was used all the same, and the books say so");
    assert_eq!(at_places(&stage, "cap").await, [("shop".to_owned(), 3, 0), ("van-2".to_owned(), 0, 2)]);
    record(&stage.store, &line("cap", MovementKind::Count, VAN, 5, ("c", 30))).await.unwrap();
    assert_eq!(at_places(&stage, "cap").await, [("shop".to_owned(), 3, 0), ("van-2".to_owned(), 5, 0)]);
}

/// What moves over two days: receipts, use, transfers, counts, waste and returns at three places.
fn story() -> Vec<Movement> {
    use MovementKind::{Count, Receive, Return, Transfer, Use, Waste};
    let hour = |hour: i64| hour * 3_600;
    vec![
        line("cap", Receive, SHOP, 50, ("1", hour(0))),
        line("cap", Transfer, ("shop", Some("van-2")), 20, ("2", hour(1))),
        line("cap", Use, VAN, 7, ("3", hour(2))),
        line("cap", Count, VAN, 12, ("4", hour(3))),
        line("cap", Waste, VAN, 2, ("5", hour(4))),
        line("cap", Return, VAN, 1, ("6", hour(5))),
        line("cap", Transfer, ("shop", Some("van-3")), 10, ("7", hour(6))),
        line("cap", Use, ("van-3", None), 12, ("8", hour(7))),
        line("cap", Receive, ("van-3", None), 5, ("9", hour(30))),
    ]
}

#[tokio::test]
async fn what_is_there_does_not_depend_on_the_order_in_which_it_is_reported() {
    let mut all = Vec::new();
    for rotated in [0, 4, 7] {
        let stage = Stage::new().await;
        let mut story = story();
        story.rotate_left(rotated);
        // What a place lacks for now is refused, and reported again when the rest is there.
        let mut waiting: Vec<Movement> = story;
        while !waiting.is_empty() {
            let mut refused = Vec::new();
            let before = waiting.len();
            for movement in waiting {
                match record(&stage.store, &movement).await {
                    Ok(_) => {}
                    Err(Failure::Rejected { kind: Rejection::Conflict, .. }) => refused.push(movement),
                    Err(failure) => panic!("{failure}"),
                }
            }
            assert!(refused.len() < before, "it goes on");
            waiting = refused;
        }
        all.push(at_places(&stage, "cap").await);
    }
    assert_eq!(all[0], [("shop".to_owned(), 20, 0), ("van-2".to_owned(), 11, 0), ("van-3".to_owned(), 3, 0)]);
    assert!(all.iter().all(|places| *places == all[0]), "{all:?}");
}

/// Eight writers move two items between three places at the same moment, each movement reported twice.
#[tokio::test]
async fn nothing_is_lost_or_made_by_many_writers_at_once() {
    const WRITERS: i64 = 8;
    const EACH: i64 = 12;
    let stage = Stage::new().await;
    for item in ["cap", "fan"] {
        record(&stage.store, &line(item, MovementKind::Receive, SHOP, 1_000, ("begin", 0))).await.unwrap();
    }
    let store = &stage.store;
    let writers = (0..WRITERS).map(|writer| async move {
        for step in 0..EACH {
            let (item, quantity, key) =
                (["cap", "fan"][usize::from(step % 2 == 0)], 1 + step % 3, format!("{writer}/{step}"));
            let key = (key.as_str(), 60 + step);
            let movement = match step % 4 {
                0 => line(item, MovementKind::Transfer, ("shop", Some("van-2")), quantity, key),
                1 => line(item, MovementKind::Transfer, ("shop", Some("van-3")), quantity, key),
                2 => line(item, MovementKind::Use, SHOP, quantity, key),
                _ => line(item, MovementKind::Receive, SHOP, quantity, key),
            };
            let twice = join_all([record(store, &movement), record(store, &movement)]).await;
            let new = twice.into_iter().filter(|recorded| !recorded.as_ref().unwrap().was_there).count();
            assert_eq!(new, 1, "one of the two was first");
        }
    });
    join_all(writers).await;
    for item in ["cap", "fan"] {
        let ledger = store.inventory().ledger_of(&acme(), &ItemId::new(item).unwrap()).await.unwrap();
        let mut folded = stock::Ledger::default();
        for movement in &ledger {
            folded.add(movement.for_books()).unwrap();
        }
        let levels: BTreeMap<String, i64> =
            folded.levels().into_iter().map(|((_, place), units)| (place, units)).collect();
        let stored: BTreeMap<String, i64> = at_places(&stage, item)
            .await
            .into_iter()
            .map(|(place, on_hand, missing)| (place, on_hand - missing))
            .collect();
        assert_eq!(stored, levels, "{item}: what is stored is what the ledger says");
        let sum = |kind| {
            ledger.iter().filter(|movement| movement.kind == kind).map(|movement| movement.quantity).sum::<i64>()
        };
        let there: i64 = stored.values().sum();
        assert_eq!(there, sum(MovementKind::Receive) - sum(MovementKind::Use), "{item}: nothing is lost or made");
        let months = store.inventory().used_since(&acme(), date(2026, 1, 1)).await.unwrap();
        let used: i64 = months
            .iter()
            .filter(|month| month.item.as_str() == item)
            .flat_map(inventory::UsedInMonth::history)
            .map(|used| used.quantity)
            .sum();
        assert_eq!(used, sum(MovementKind::Use), "{item}: use is counted once");
    }
    let moved = stage.entities("stock_movement").await;
    assert_eq!(i64::try_from(moved.len()).unwrap(), WRITERS * EACH + 2);
    assert!(moved.iter().all(|item| text_of(item, "pk").starts_with("T#acme#LEDGER#")));
}
