//! Circuit breakers in the table: of many who change one at once, one does.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::circuits::{Changed, Circuit, CircuitState, Circuits, Entry};

use crate::stage::{Stage, noon};

fn opened() -> Circuit {
    Circuit::default().opened("the model is busy (HTTP 529)".to_owned(), None, noon(0))
}

#[tokio::test]
async fn of_two_who_open_it_one_does_and_the_other_learns_how_it_stands() {
    let stage = Stage::new().await;
    assert_eq!(stage.store.all().await.unwrap(), BTreeMap::new());
    let opened = opened();
    assert_eq!(stage.store.change("anthropic", &opened).await.unwrap(), Changed::Stored);
    let other = stage.cold();
    assert_eq!(other.change("anthropic", &opened).await.unwrap(), Changed::Lost(opened.clone()));
    assert_eq!(other.all().await.unwrap(), BTreeMap::from([("anthropic".to_owned(), opened)]));
    assert_eq!(other.change("openai", &self::opened()).await.unwrap(), Changed::Stored, "each has its own");
}

#[tokio::test]
async fn of_eight_who_claim_the_probe_one_has_it() {
    let stage = Stage::new().await;
    let opened = opened();
    stage.store.change("anthropic", &opened).await.unwrap();
    let Entry::Probe(claim) = opened.enter(noon(60)) else { panic!("its wait is over") };
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (store, claim) = (stage.cold(), claim.clone());
        running.spawn(async move { store.change("anthropic", &claim).await.unwrap() });
    }
    let changes = running.join_all().await;
    assert_eq!(changes.iter().filter(|change| **change == Changed::Stored).count(), 1);
    assert!(changes.iter().all(|change| *change == Changed::Stored || *change == Changed::Lost(claim.clone())));

    let closed = claim.closed();
    assert_eq!(stage.store.change("anthropic", &closed).await.unwrap(), Changed::Stored);
    assert_eq!(stage.store.all().await.unwrap()["anthropic"].state, CircuitState::Closed);
}

#[tokio::test]
async fn one_that_a_newer_version_wrote_stops_nothing() {
    let stage = Stage::new().await;
    stage.store.change("openai", &opened()).await.unwrap();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let newer = [("pk", text("T#porchlight-platform#CIRCUIT")), ("sk", text("anthropic")), ("entity", text("circuit"))];
    let put = stage.dynamo.put_item().table_name(&stage.table).set_item(Some(
        newer
            .into_iter()
            .chain([("state", text("warming_up")), ("version", AttributeValue::N("7".to_owned()))])
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    ));
    put.send().await.unwrap();
    let all = stage.store.all().await.unwrap();
    assert_eq!(all["anthropic"].enter(noon(0)), Entry::Pass);
    assert_eq!(all["openai"].state, CircuitState::Open);
    let next = all["anthropic"].opened("busy".to_owned(), None, noon(0));
    assert_eq!(stage.store.change("anthropic", &next).await.unwrap(), Changed::Stored);
}
