//! Refresh tokens: good once, and forgiving of answers that get lost.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::identity::{AuditAction, Role};
use futures::future::join_all;
use serde_json::json;

use super::front::{Front, PASSWORD};
use crate::stage::Stage;

async fn refresh(front: &Front, token: &str) -> (u16, String) {
    let answer = front.post("/v1/auth/refresh", json!({"refresh_token": token})).await;
    (answer.status, answer.body["refresh_token"].as_str().unwrap_or_default().to_owned())
}

async fn first(front: &Front) -> String {
    let answer = front.sign_in("ana", PASSWORD, None, json!({})).await;
    answer.body["refresh_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_same_token_gives_the_same_answer_until_the_next_is_used() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let one = first(&front).await;
    let (status, two) = refresh(&front, &one).await;
    assert_eq!(status, 200);
    assert_eq!(refresh(&front, &one).await, (200, two.clone()), "the answer was lost, and is given again");
    let (status, three) = refresh(&front, &two).await;
    assert_eq!(status, 200);
    assert_eq!(refresh(&front, &one).await.0, 401, "two turns later it is a copy");
    assert_eq!(refresh(&front, &three).await.0, 401, "and the session is over");
    assert_eq!(stage.recorded(&stage.tenant.id, AuditAction::RefreshReused).await, 1);
}

#[tokio::test]
async fn of_many_who_refresh_at_once_all_get_the_same_token() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let one = first(&front).await;
    let answers = join_all((0..6).map(|_| refresh(&front, &one))).await;
    let (status, two) = &answers[0];
    assert_eq!(*status, 200);
    assert!(answers.iter().all(|answer| *answer == (200, two.clone())), "{answers:?}");
    assert_eq!(refresh(&front, two).await.0, 200);
}

#[tokio::test]
async fn a_token_that_kms_did_not_let_be_answered_is_still_good() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let one = first(&Front::new(&stage).await).await;
    // KMS does not open what the signing key is sealed with.
    let sound = stage.entities("signing-key").await.remove(0);
    let mut key = sound.clone();
    let mut private = sound["private"].as_m().unwrap().clone();
    private.insert("data_key".into(), AttributeValue::B(Blob::new("not a data key of ours")));
    key.insert("private".into(), AttributeValue::M(private));
    let put = async |item| stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
    put(key).await;
    assert!(refresh(&Front::new(&stage).await, &one).await.0 >= 500);
    put(sound).await;
    let front = Front::new(&stage).await;
    let (status, two) = refresh(&front, &one).await;
    assert_eq!((status, refresh(&front, &two).await.0), (200, 200));
}
