//! What is sealed: one-time codes' secrets, and the keys that sign access tokens.

use std::time::Duration;

use auth::signing::Jwk;
use domain::TenantId;
use futures::future::join_all;
use jiff::{Timestamp, ToSpan as _};
use secrecy::{ExposeSecret as _, SecretString};

use super::scene::account;
use crate::stage::{Stage, noon};

const DAY: i64 = 24 * 3600;

/// The keys that eight functions sign with, which have just started. Those that race have one name: their points tell them
/// apart.
async fn signing(stage: &Stage, now: Timestamp) -> Vec<Jwk> {
    let kms_key = &stage.stack.outputs["CredentialsKeyId"];
    let signing = (0..8).map(async |index| {
        // One after the other, a few milliseconds apart: some are done while others are on their way.
        tokio::time::sleep(Duration::from_millis(3 * index)).await;
        stage.cold().signing_keys().current(now, kms_key).await
    });
    let keys = join_all(signing).await;
    keys.into_iter().map(|key| key.unwrap().public().jwk.clone()).collect()
}

async fn published(stage: &Stage, now: Timestamp) -> Vec<Jwk> {
    stage.cold().signing_keys().jwks(now).await.unwrap().keys
}

#[tokio::test]
async fn of_eight_that_make_a_signing_key_at_once_one_succeeds_and_all_use_it() {
    let stage = Stage::new().await;
    let first = signing(&stage, noon(0)).await;
    assert_eq!(first, vec![first[0].clone(); 8]);
    assert_eq!(published(&stage, noon(1)).await, [first[0].clone()]);

    // Due: a successor is published, and signs an hour later.
    assert_eq!(signing(&stage, noon(29 * DAY)).await, first);
    assert_eq!(published(&stage, noon(29 * DAY)).await.len(), 2);
    let second = signing(&stage, noon(29 * DAY + 3600)).await;
    assert_eq!(second, vec![second[0].clone(); 8]);
    assert_ne!(second, first);
    assert_eq!(stage.entities("signing-key").await.len(), 2);
    assert_eq!(published(&stage, noon(30 * DAY + 3600)).await, [second[0].clone()]);
}

#[tokio::test]
async fn a_signing_key_of_a_kind_that_is_not_known_stops_no_other() {
    let stage = Stage::new().await;
    let first = signing(&stage, noon(0)).await.remove(0);
    let mut item = stage.entities("signing-key").await.remove(0);
    let number = |number: u32| aws_sdk_dynamodb::types::AttributeValue::N(number.to_string());
    let sk = item["sk"].as_s().unwrap().clone();
    let (before, turn) = sk.split_at(sk.len() - 1);
    assert_eq!(turn, "1", "{sk}");
    item.insert("sk".to_owned(), aws_sdk_dynamodb::types::AttributeValue::S(format!("{before}2")));
    item.insert("turn".to_owned(), number(2));
    item.insert("public".to_owned(), aws_sdk_dynamodb::types::AttributeValue::S("t0m0rr0w".to_owned()));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
    assert_eq!(published(&stage, noon(1)).await, [first]);
    // The successor takes the next turn that is free.
    assert_eq!(signing(&stage, noon(29 * DAY)).await.len(), 8);
    assert_eq!(published(&stage, noon(29 * DAY)).await.len(), 2);
    assert_eq!(stage.entities("signing-key").await.len(), 3);
}

#[tokio::test]
async fn what_is_signed_is_verified_by_who_reads_the_keys() {
    use auth::access_tokens::{Claims, sign, verify};
    let stage = Stage::new().await;
    let session = super::scene::session("ana", "acme", domain::identity::Role::Agent, "laptop", 0);
    let door = stage.cold();
    let claims = Claims::of(&session, "https://api.example.com", noon(0)).unwrap();
    let none = door.signing_keys().all(noon(0)).await.unwrap();
    let key = stage.store.signing_keys().current(noon(0), &stage.stack.outputs["CredentialsKeyId"]).await.unwrap();
    let token = sign(&key, &claims).unwrap();
    let token = token.expose_secret();
    assert!(verify(token, &none, "https://api.example.com", noon(0)).is_err());
    let keys = door.signing_keys().all(noon(0)).await.unwrap();
    let read = verify(token, &keys, "https://api.example.com", noon(0) + 1.second()).unwrap();
    assert_eq!(read.sub, session.account);
    let pkcs8 = key.pkcs8_base64();
    assert!(!format!("{:?}", stage.items().await).contains(pkcs8.expose_secret()));
}

#[tokio::test]
async fn a_second_factor_is_sealed_for_its_account() {
    let stage = Stage::new().await;
    let kms_key = &stage.stack.outputs["CredentialsKeyId"];
    let (ana, bob) = (account("ana").id, account("bob").id);
    for secret in ["JBSWY3DPEHPK3PXP", "KRUGKIDROVUWG2ZA"] {
        stage.store.accounts().put_second_factor(kms_key, ana, &SecretString::from(secret)).await.unwrap();
        let read = stage.store.accounts().second_factor(ana).await.unwrap().unwrap();
        assert_eq!(read.expose_secret(), secret);
    }
    assert!(stage.store.accounts().second_factor(bob).await.unwrap().is_none());
    assert!(!format!("{:?}", stage.items().await).contains("KRUGKIDROVUWG2ZA"));

    // Another account's place: it does not open there.
    let mut item = stage.entities("credential").await.remove(0);
    assert!(item["pk"].as_s().unwrap().starts_with(&format!("T#{}#", TenantId::platform())));
    let moved = item["sk"].as_s().unwrap().replace(&ana.to_string(), &bob.to_string());
    item.insert("sk".into(), aws_sdk_dynamodb::types::AttributeValue::S(moved));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
    assert!(stage.store.accounts().second_factor(bob).await.is_err());

    for _ in 0..2 {
        stage.store.accounts().remove_second_factor(ana).await.unwrap();
    }
    assert!(stage.store.accounts().second_factor(ana).await.unwrap().is_none());
}
