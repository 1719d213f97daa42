//! What a turn costs: the calls that a warm `ai-converse` makes to DynamoDB.

use ai::{Assistant, Models};
use ai_converse::Converse;
use domain::circuits::{CircuitState, Circuits};
use secrecy::SecretString;
use std::sync::Arc;

use crate::counting::counted;
use crate::stage::{Stage, email, message, phone};

#[tokio::test]
async fn a_warm_turn_makes_at_most_three_calls() {
    let stage = Stage::new().await;
    let (store, calls) = counted(&stage);
    let converse = Converse { store, assistant: Assistant::builtin(), library: None };
    let made = || calls.take();

    converse.answer(&message("m1", &phone(1), 0)).await.unwrap();
    let cold = ["GetItem", "GetItem", "BatchGetItem", "Query", "Query", "TransactWriteItems"];
    assert_eq!(made(), cold, "tenant, key, locations and staff are read");
    converse.answer(&message("m2", &phone(2), 1)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "TransactWriteItems"], "a stranger");
    converse.answer(&message("m3", &phone(1), 2)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "Query", "TransactWriteItems"], "somebody known");
    let mut form = message("m4", &email("ana"), 3);
    form.also = vec![phone(1)];
    converse.answer(&form).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "Query", "TransactWriteItems"], "somebody known, with another address");
    converse.answer(&message("m3", &phone(1), 2)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem"], "a repeat");
}

/// A model that cannot be reached costs a turn its words, and the calls stay the same.
#[tokio::test]
async fn with_a_model_a_cold_turn_makes_one_call_more_and_a_warm_one_none() {
    let stage = Stage::new().await;
    let (store, calls) = counted(&stage);
    // No one listens on port 9, so every call to the model is refused at once.
    let nowhere = "http://127.0.0.1:9".parse().unwrap();
    let assistant = Assistant::anthropic(&SecretString::from("not-a-key"), &nowhere, Models::default()).unwrap();
    let converse = Converse { store, assistant, library: None };
    let made = || calls.take();

    converse.answer(&message("m1", &phone(1), 0)).await.unwrap();
    let cold = ["GetItem", "GetItem", "BatchGetItem", "Query", "Query", "Query", "TransactWriteItems"];
    assert_eq!(made(), cold, "tenant, key, locations, staff and the month's usage are read");
    converse.answer(&message("m2", &phone(1), 1)).await.unwrap();
    assert_eq!(made(), ["BatchGetItem", "Query", "TransactWriteItems"], "somebody known");
}

/// Of five turns whose model cannot be reached the third opens its circuit, and nothing else writes.
#[tokio::test]
async fn a_circuit_breaker_is_read_once_in_a_while_and_written_when_it_opens() {
    let stage = Stage::new().await;
    let (store, calls) = counted(&stage);
    let nowhere = "http://127.0.0.1:9".parse().unwrap();
    let assistant = Assistant::anthropic(&SecretString::from("not-a-key"), &nowhere, Models::default()).unwrap();
    let converse = Converse { assistant: assistant.sharing(Arc::new(store.clone())), store, library: None };
    let mut writes = Vec::new();
    for turn in 0..5 {
        converse.answer(&message(&format!("m{turn}"), &phone(1), turn)).await.unwrap();
        writes.push(calls.take().iter().filter(|call| *call == "PutItem").count());
    }
    assert_eq!(writes, [0, 0, 1, 0, 0]);
    let circuits = stage.cold().all().await.unwrap();
    assert_eq!(circuits["anthropic"].state, CircuitState::Open);
    assert_eq!(circuits["anthropic"].reason.as_deref(), Some("the model could not be reached"));
}
