//! Signing in, as anonymous callers try it and as owners do.

use std::collections::BTreeMap;

use auth::{one_time_codes, passwords};
use domain::identity::{Account, AuditAction, MAX_FAILURES, OneTimeCodes, Role};
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};

use super::front::{DEVICE, Front, PASSWORD};
use super::scene::{account, trace};
use crate::stage::Stage;

const NEW: &str = "eleven-brass-harbours";

/// What a call costs: its answer, the calls to the table by name, and the passwords that were checked.
async fn cost(front: &Front, name: &str, password: &str) -> (u16, Value, BTreeMap<String, usize>, u64) {
    front.calls.take();
    let before = passwords::checked();
    let mut answer = front.sign_in(name, password, None, json!({})).await;
    // Every request has a name of its own.
    answer.body.as_object_mut().unwrap().remove("request_id");
    let mut calls = BTreeMap::new();
    for call in front.calls.take() {
        *calls.entry(call).or_default() += 1;
    }
    (answer.status, answer.body, calls, passwords::checked() - before)
}

#[tokio::test]
async fn an_unknown_address_costs_the_same_work_as_a_known_one() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    for guess in 1..=MAX_FAILURES + 2 {
        let known = cost(&front, "ana", "not-her-password").await;
        let unknown = cost(&front, "nobody", "not-her-password").await;
        assert_eq!(known, unknown, "guess {guess}");
        let (status, _, calls, hashes) = known;
        assert_eq!((status, hashes), (401, 1), "guess {guess}");
        assert!(calls.values().sum::<usize>() > 3, "they were counted: {calls:?}");
    }
}

#[tokio::test]
async fn asking_for_a_new_password_costs_the_same_work_whoever_asks() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let ask = async |name: &str| {
        front.calls.take();
        let answer = front.post("/v1/auth/forgot", json!({"email": format!("{name}@example.com")})).await;
        (answer.status, answer.body, front.calls.take())
    };
    let (known, unknown) = (ask("ana").await, ask("nobody").await);
    assert_eq!(known, unknown);
    assert_eq!((known.0, front.mails().await), (202, 2));
}

#[tokio::test]
async fn an_address_is_mailed_three_links_at_once_and_whoever_asks_cannot_tell() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    for (name, mails) in [("ana", 3), ("nobody", 6)] {
        for asked in 1..=4 {
            let answer = front.post("/v1/auth/forgot", json!({"email": format!("{name}@example.com")})).await;
            assert_eq!(answer.status, 202, "{name}, {asked}: {}", answer.body);
        }
        assert_eq!(front.mails().await, mails, "{name}");
    }
}

#[tokio::test]
async fn guessing_locks_out_other_anonymous_callers_and_no_one_else() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let browser = json!({"cookies": true});
    let first = front.sign_in("ana", PASSWORD, None, browser.clone()).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let device = first.cookies[DEVICE].as_str();
    for _ in 0..MAX_FAILURES + 5 {
        assert_eq!(front.sign_in("ana", "not-her-password", None, json!({})).await.status, 401);
    }
    assert_eq!(front.sign_in("ana", PASSWORD, None, json!({})).await.status, 401, "a stranger's guess may be right");
    let again = front.sign_in("ana", PASSWORD, Some(device), browser.clone()).await;
    assert_eq!((again.status, again.cookies[DEVICE].as_str()), (200, device));
    // Who took the device may guess no more than an anonymous caller, and the device is no one else's.
    for _ in 0..MAX_FAILURES {
        front.sign_in("ana", "not-her-password", Some(device), json!({})).await;
    }
    assert_eq!(front.sign_in("ana", PASSWORD, Some(device), browser).await.status, 401);
    let platform = domain::TenantId::platform();
    assert_eq!(stage.recorded(&platform, AuditAction::SignInLocked).await, 2);
}

#[tokio::test]
async fn who_is_signed_in_changes_the_password_while_anonymous_callers_lock_the_address() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let bearer = front.bearer("ana", &stage.tenant.id, Role::Agent, false).await;
    for _ in 0..MAX_FAILURES {
        front.sign_in("ana", "not-her-password", None, json!({})).await;
    }
    let change = async |old: &str, new: &str| {
        let body = json!({"password": old, "new_password": new});
        front.call("POST", "/v1/account/password", &[("authorization", &bearer)], &body).await
    };
    let same = change(PASSWORD, PASSWORD).await;
    assert_eq!((same.status, same.body["field"].as_str()), (400, Some("new_password")));
    assert_eq!((change(PASSWORD, NEW).await.status, front.mails().await), (200, 1));
}

#[tokio::test]
async fn a_reset_lets_the_owner_in_however_anonymous_callers_go_on() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let guess = async || {
        for _ in 0..MAX_FAILURES {
            front.sign_in("ana", "not-her-password", None, json!({})).await;
        }
    };
    guess().await;
    let token = stage.reset_link("ana").await;
    let reset =
        async |password: &str| front.post("/v1/auth/reset", json!({"token": token, "password": password})).await;
    let old = reset(PASSWORD).await;
    assert_eq!((old.status, old.body["field"].as_str(), front.mails().await), (400, Some("password"), 0));
    let done = reset(NEW).await;
    assert_eq!((done.status, front.mails().await), (204, 1), "{}", done.body);
    assert_eq!(front.sign_in("ana", NEW, None, json!({})).await.status, 200, "it opens the lock");
    guess().await;
    assert_eq!(front.sign_in("ana", NEW, None, json!({})).await.status, 401);
    let device = done.cookies[DEVICE].as_str();
    assert_eq!(front.sign_in("ana", NEW, Some(device), json!({})).await.status, 200);
}

#[tokio::test]
async fn a_reset_gives_no_fresh_guesses_at_the_second_factor() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let stored = stage.store.accounts().get(account("ana").id).await.unwrap();
    let secret = one_time_codes::new_secret().unwrap();
    stage
        .store
        .accounts()
        .put_second_factor(&stage.stack.outputs["CredentialsKeyId"], stored.value.id, &secret)
        .await
        .unwrap();
    let code = "abcde-fghjk-mnpqr-stvwx-yz012";
    let codes = OneTimeCodes {
        since: Timestamp::now(),
        last_step: 0,
        backup_codes: [one_time_codes::backup_hash(code)].into(),
    };
    let enrolled = Account { second_factor: Some(codes), ..stored.value };
    stage
        .store
        .accounts()
        .update(&enrolled, stored.version, AuditAction::SecondFactorEnabled, &trace(5))
        .await
        .unwrap();

    assert_eq!(front.sign_in("ana", PASSWORD, None, json!({})).await.body["field"], "code");
    for _ in 0..MAX_FAILURES {
        assert_eq!(front.sign_in("ana", PASSWORD, None, json!({"backup_code": "wrong"})).await.status, 401);
    }
    let right = json!({"backup_code": code});
    assert_eq!(front.sign_in("ana", PASSWORD, None, right.clone()).await.status, 401);
    let token = stage.reset_link("ana").await;
    let done = front.post("/v1/auth/reset", json!({"token": token, "password": NEW})).await;
    assert_eq!(done.status, 204, "{}", done.body);
    let device = done.cookies[DEVICE].as_str();
    for from in [None, Some(device)] {
        assert_eq!(front.sign_in("ana", NEW, from, right.clone()).await.status, 401, "still locked");
    }
    stage.store.guesses().forget(store::Guess::Code(enrolled.id)).await.unwrap();
    assert_eq!(front.sign_in("ana", NEW, None, right).await.status, 200, "but for the lock it is right");
}

#[tokio::test]
async fn an_owner_deletes_their_account_with_the_password() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let bearer = front.bearer("ana", &stage.tenant.id, Role::Agent, false).await;
    let delete = async |password: &str| {
        let body = json!({"password": password});
        front.call("POST", "/v1/account/delete", &[("authorization", &bearer)], &body).await.status
    };
    assert_eq!((delete("not-her-password").await, delete(PASSWORD).await), (403, 204));
    assert_eq!(front.call("GET", "/v1/account", &[("authorization", &bearer)], &Value::Null).await.status, 401);
    assert_eq!(front.sign_in("ana", PASSWORD, None, json!({})).await.status, 401);
}

#[tokio::test]
async fn a_disabled_account_neither_signs_in_nor_resets() {
    let stage = Stage::new().await;
    stage.settled("ana", "acme", Role::Agent).await;
    let front = Front::new(&stage).await;
    let token = stage.reset_link("ana").await;
    let at = runtime::clock::now() + 1.second();
    cli::accounts::run(&stage.store, cli::accounts::Wish::Disable, "ana@example.com", at).await.unwrap();
    assert_eq!(front.sign_in("ana", PASSWORD, None, json!({})).await.status, 401);
    assert_eq!(front.post("/v1/auth/reset", json!({"token": token, "password": NEW})).await.status, 400);
}
