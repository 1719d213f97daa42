//! API keys and the rate limit that lives in them.

use std::collections::BTreeSet;

use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{ApiKey, Permission};
use domain::ids::ApiKeyId;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use secrecy::SecretString;
use store::{Limit, Quota};

use crate::counting::counted;
use crate::stage::{Stage, text_of, trace};

const LIMIT: Limit = Limit { per_minute: 60, burst: 10 };

fn key(stage: &Stage, name: &str) -> (ApiKey, SecretString) {
    let key = ApiKey {
        id: ApiKeyId::derive(&stage.tenant.id, &[name]),
        name: name.to_owned(),
        scopes: BTreeSet::from([Permission::ReadLeads]),
        mode: domain::identity::KeyMode::Live,
        prefix: "pl_api_".to_owned(),
        created_at: runtime::clock::now(),
        last_used_at: None,
    };
    (key, SecretString::from(format!("pl_api_{name}")))
}

async fn make(stage: &Stage, name: &str) -> Result<ApiKey, Failure> {
    let (key, plain) = key(stage, name);
    stage.store.api_keys().make(&stage.tenant.id, &key, &plain, &trace()).await.map(|()| key)
}

#[tokio::test]
async fn a_key_that_cannot_be_read_hides_no_other() {
    let stage = Stage::new().await;
    let first = make(&stage, "first").await.unwrap();
    let second = make(&stage, "second").await.unwrap();
    let items = stage.entities("API key").await;
    let mut broken = items.into_iter().find(|item| text_of(item, "id") == first.id.to_string()).unwrap();
    broken.insert("created_at".to_owned(), aws_sdk_dynamodb::types::AttributeValue::S("some time".to_owned()));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(broken)).send().await.unwrap();
    let listed = stage.store.api_keys().list(&stage.tenant.id).await.unwrap();
    assert_eq!(listed.iter().map(|key| key.id).collect::<Vec<_>>(), [second.id]);
}

#[tokio::test]
async fn two_keys_are_active_at_once_and_a_third_waits_for_a_place() {
    let stage = Stage::new().await;
    let first = make(&stage, "first").await.unwrap();
    make(&stage, "second").await.unwrap();
    make(&stage, "second").await.unwrap();
    let full = make(&stage, "third").await.unwrap_err();
    assert!(matches!(full, Failure::Rejected { kind: Rejection::Conflict, .. }), "{full:?}");
    stage.store.api_keys().revoke(&stage.tenant.id, first.id, &trace()).await.unwrap();
    make(&stage, "third").await.unwrap();
    let names: BTreeSet<String> =
        stage.store.api_keys().list(&stage.tenant.id).await.unwrap().into_iter().map(|key| key.name).collect();
    assert_eq!(names, BTreeSet::from(["second".to_owned(), "third".to_owned()]));
}

#[tokio::test]
async fn of_many_keys_made_at_once_two_get_a_place() {
    let stage = Stage::new().await;
    let made = join_all(["a", "b", "c", "d", "e", "f"].map(|name| make(&stage, name))).await;
    let got = made.iter().filter(|made| made.is_ok()).count();
    assert!((1..=2).contains(&got), "{got}");
    assert_eq!(stage.store.api_keys().list(&stage.tenant.id).await.unwrap().len(), got);
}

#[tokio::test]
async fn a_revoked_key_is_refused_at_once_whatever_a_warm_function_remembers() {
    let stage = Stage::new().await;
    let first = make(&stage, "first").await.unwrap();
    let warm = stage.cold();
    let found = warm.api_keys().find("pl_api_first").await.unwrap().unwrap();
    let now = runtime::clock::now();
    let (grant, key) = warm.api_keys().admit(&found, LIMIT, now).await.unwrap().unwrap();
    assert!(grant.allowed);
    assert_eq!(key.scopes, first.scopes);
    stage.store.api_keys().revoke(&stage.tenant.id, first.id, &trace()).await.unwrap();
    // Another key takes the place: the old one is not taken for it.
    make(&stage, "second").await.unwrap();
    let remembered = warm.api_keys().find("pl_api_first").await.unwrap().expect("a warm function remembers it");
    assert_eq!(warm.api_keys().admit(&remembered, LIMIT, now).await.unwrap(), None);
    assert_eq!(stage.cold().api_keys().find("pl_api_first").await.unwrap(), None);
}

#[tokio::test]
async fn a_key_is_nowhere_in_the_table() {
    let stage = Stage::new().await;
    make(&stage, "first").await.unwrap();
    for item in stage.items().await {
        assert!(!format!("{item:?}").contains("pl_api_first"), "{}", text_of(&item, "entity"));
    }
}

#[tokio::test]
async fn a_warm_request_costs_one_call_and_notes_when_the_key_was_used() {
    let stage = Stage::new().await;
    make(&stage, "first").await.unwrap();
    let (store, calls) = counted(&stage);
    let start = runtime::clock::now();
    for second in 0..40 {
        let found = store.api_keys().find("pl_api_first").await.unwrap().unwrap();
        // Every other call comes while the bucket is being filled, every other one when it is full.
        let now = start + (second * 900).milliseconds();
        assert!(store.api_keys().admit(&found, LIMIT, now).await.unwrap().unwrap().0.allowed);
        let made = calls.take();
        let expected: &[&str] = if second == 0 { &["GetItem", "UpdateItem"] } else { &["UpdateItem"] };
        assert_eq!(made, expected, "request {second}");
    }
    let used = stage.store.api_keys().list(&stage.tenant.id).await.unwrap()[0].last_used_at.unwrap();
    assert_eq!(used, start + (39 * 900).milliseconds());
}

#[tokio::test]
async fn sixty_four_callers_at_once_never_get_more_than_the_bucket_holds() {
    let stage = Stage::new().await;
    make(&stage, "first").await.unwrap();
    let start: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    // Every caller is a function of its own: none remembers what another did.
    let callers: Vec<_> = (0..64).map(|_| stage.cold()).collect();
    let mut granted = 0;
    for (round, expected) in [(0, 10), (5, 15)] {
        let now = start + round.seconds();
        let tries = callers.iter().map(|store| async {
            let found = store.api_keys().find("pl_api_first").await.unwrap().unwrap();
            store.api_keys().admit(&found, LIMIT, now).await.unwrap().unwrap().0.allowed
        });
        granted += join_all(tries).await.into_iter().filter(|allowed| *allowed).count();
        assert!(granted <= expected, "{granted} of {expected} after {round} s");
        assert!(granted >= expected / 2, "{granted} of {expected} after {round} s: it must not starve either");
    }
}

#[tokio::test]
async fn someone_without_a_credential_has_a_bucket_by_address() {
    let stage = Stage::new().await;
    let now = runtime::clock::now();
    let mut allowed = 0;
    for _ in 0..12 {
        allowed += u32::from(stage.store.limits().take_token("auth|a", LIMIT, now).await.unwrap().allowed);
    }
    assert_eq!(allowed, LIMIT.burst);
    let refused = stage.store.limits().take_token("auth|a", LIMIT, now).await.unwrap();
    assert_eq!((refused.allowed, refused.remaining, refused.reset_seconds), (false, 0, 1));
    assert!(stage.store.limits().take_token("auth|b", LIMIT, now).await.unwrap().allowed);
    assert!(stage.store.limits().take_token("auth|a", LIMIT, now + 1.seconds()).await.unwrap().allowed);
}

#[tokio::test]
async fn a_quota_is_what_it_holds_and_what_comes_back_over_a_day() {
    let stage = Stage::new().await;
    let quota = Quota { at_once: 3, every: SignedDuration::from_hours(2) };
    let (store, start) = (stage.cold(), runtime::clock::now());
    let (mut first, mut second) = (0, 0);
    for step in 0..96_i64 {
        let now = start + SignedDuration::from_mins(30 * step);
        let taken = u32::from(store.limits().take_quota("mails|a", quota, None, now).await.unwrap());
        *(if step < 48 { &mut first } else { &mut second }) += taken;
    }
    assert!(first <= 3 + 12 && second <= 12 && first + second >= 24, "{first} on the first day, {second} on the next");
}

#[tokio::test]
async fn a_key_for_tests_is_registered_where_code_of_before_such_keys_does_not_look() {
    let stage = Stage::new().await;
    let (live, _) = key(&stage, "tests");
    let (key, plain) =
        (ApiKey { mode: domain::identity::KeyMode::Test, ..live }, SecretString::from("pl_test_tests".to_owned()));
    let api_keys = stage.store.api_keys();
    api_keys.make(&stage.tenant.id, &key, &plain, &trace()).await.unwrap();
    let registered = stage.entities("registration").await;
    let places: Vec<&str> = registered.iter().map(|item| text_of(item, "pk")).collect();
    assert!(places.iter().any(|place| place.contains("api_test#")), "{places:?}");
    let found = api_keys.find("pl_test_tests").await.unwrap().unwrap();
    let (_, used) = api_keys.admit(&found, LIMIT, runtime::clock::now()).await.unwrap().unwrap();
    assert_eq!(used.mode, domain::identity::KeyMode::Test);
    api_keys.revoke(&stage.tenant.id, key.id, &trace()).await.unwrap();
    assert_eq!(stage.cold().api_keys().find("pl_test_tests").await.unwrap(), None);
}
