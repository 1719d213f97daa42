//! Failed sign-ins.

use domain::identity::{Failures, LOCK_MINUTES};

use super::scene::address;
use crate::stage::{Stage, noon};

#[tokio::test]
async fn twenty_failures_at_once_are_twenty() {
    let stage = Stage::new().await;
    let ana = address("ana");
    let adding = (0..20).map(|_| stage.store.add_failure(&ana, noon(0)));
    let mut counts: Vec<u32> =
        futures::future::join_all(adding).await.into_iter().map(|failures| failures.unwrap().count).collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<u32>>());
    assert_eq!(stage.store.failures(&ana).await.unwrap(), Failures { count: 20, last_at: Some(noon(0)) });
    assert_eq!(stage.store.failures(&address("bob")).await.unwrap(), Failures::default());
    stage.store.clear_failures(&ana).await.unwrap();
    assert_eq!(stage.store.failures(&ana).await.unwrap(), Failures::default());
}

#[tokio::test]
async fn the_table_counts_as_the_rule_does() {
    let stage = Stage::new().await;
    let (ana, lock) = (address("ana"), LOCK_MINUTES * 60);
    let mut rule = Failures::default();
    for at in [0, 1, lock, lock + 1, 2 * lock, 3 * lock + 1, 3 * lock + 2].map(noon) {
        rule = rule.and_one_more(at);
        assert_eq!(stage.store.add_failure(&ana, at).await.unwrap(), rule, "{at}");
    }
    assert_eq!(rule.count, 2);
    assert!(!format!("{:?}", stage.entities("failures").await).contains("example.com"));
}
