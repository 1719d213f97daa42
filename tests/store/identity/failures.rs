//! Guesses that went wrong, and devices where anonymous callers' do not count.

use domain::identity::{Failures, KNOWN_DEVICE_DAYS, LOCK_MINUTES, MAX_FAILURES};
use futures::future::join_all;
use store::Guess;

use super::scene::{account, address};
use crate::stage::{Stage, noon};

#[tokio::test]
async fn of_twenty_guesses_at_once_five_are_looked_at() {
    let stage = Stage::new().await;
    let ana = address("ana");
    let guessing = (0..20).map(|_| stage.store.guesses().take(Guess::At(&ana), noon(0)));
    let taken: Vec<Option<Failures>> = join_all(guessing).await.into_iter().map(Result::unwrap).collect();
    let mut counts: Vec<u32> = taken.into_iter().flatten().map(|failures| failures.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=MAX_FAILURES).collect::<Vec<u32>>());
    assert!(stage.store.guesses().take(Guess::At(&address("bob")), noon(0)).await.unwrap().is_some());
    stage.store.guesses().forget(Guess::At(&ana)).await.unwrap();
    assert_eq!(stage.store.guesses().take(Guess::At(&ana), noon(0)).await.unwrap().unwrap().count, 1);
}

#[tokio::test]
async fn the_table_counts_as_the_rule_does() {
    let stage = Stage::new().await;
    let (ana, lock) = (address("ana"), LOCK_MINUTES * 60);
    let mut rule = Failures::default();
    for at in
        [0, 1, lock, lock + 1, 2 * lock, 3 * lock + 1, 3 * lock + 2, 3 * lock + 3, 3 * lock + 4, 3 * lock + 5, 4 * lock]
            .map(noon)
    {
        let expected = rule.and_a_guess(at);
        assert_eq!(stage.store.guesses().take(Guess::At(&ana), at).await.unwrap(), expected, "{at}");
        rule = expected.unwrap_or(rule);
    }
    assert!(rule.is_locked(noon(4 * lock)), "five, and the last does not prolong the lock: {rule:?}");
    assert!(!format!("{:?}", stage.entities("failures").await).contains("example.com"));
}

#[tokio::test]
async fn what_is_locked_in_one_place_is_open_in_the_others() {
    let stage = Stage::new().await;
    let (email, id) = (address("ana"), account("ana").id);
    let places = [Guess::At(&email), Guess::From("laptop"), Guess::From("phone"), Guess::Within(id), Guess::Code(id)];
    for (index, locked) in places.into_iter().enumerate() {
        for _ in 0..MAX_FAILURES {
            assert!(stage.store.guesses().take(locked, noon(0)).await.unwrap().is_some(), "{locked:?}");
        }
        assert_eq!(stage.store.guesses().take(locked, noon(1)).await.unwrap(), None, "{locked:?}");
        for other in places.into_iter().skip(index + 1) {
            stage.store.guesses().take(other, noon(1)).await.unwrap().unwrap();
            stage.store.guesses().forget(other).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_device_is_known_to_whom_it_is_for_half_a_year() {
    let stage = Stage::new().await;
    let (ana, bob) = (address("ana"), address("bob"));
    stage.store.accounts().know_device("laptop", &ana, noon(0)).await.unwrap();
    let known =
        async |hash: &str, email, at| stage.store.accounts().is_known_device(hash, email, noon(at)).await.unwrap();
    assert!(known("laptop", &ana, 1).await);
    assert!(!known("laptop", &bob, 1).await && !known("phone", &ana, 1).await);
    let end = KNOWN_DEVICE_DAYS * 24 * 3600;
    assert!(known("laptop", &ana, end - 1).await && !known("laptop", &ana, end).await);
    assert!(!format!("{:?}", stage.entities("device").await).contains("example.com"));
}
