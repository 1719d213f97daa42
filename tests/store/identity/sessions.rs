//! Sessions: turned by one, used while they stand, ended at once.

use auth::refresh_tokens::Turn;
use domain::failure::Rejection;
use domain::identity::{AuditAction, IDLE_DAYS, Role};
use futures::future::join_all;
use store::{Limit, MAX_SESSIONS};

use super::scene::{account, refusal, session, tenant, trace};
use crate::counting::counted;
use crate::stage::{Stage, noon};

const LIMIT: Limit = Limit { per_minute: 60, burst: 5 };
const WEEK: i64 = IDLE_DAYS * 24 * 3600;

fn turn(from: &str, seconds: i64) -> Turn {
    Turn { from_hash: from.to_owned(), seed: "seed".to_owned(), at: noon(seconds) }
}

#[tokio::test]
async fn opening_a_session_again_is_the_same() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    for _ in 0..2 {
        stage.signed_in(&laptop).await;
    }
    let stored = stage.store.sessions().get(laptop.account, laptop.id).await.unwrap().unwrap();
    assert_eq!(
        (stored.session, stored.tokens.family_hash.as_str(), stored.tokens.turn_hash.as_str()),
        (laptop.clone(), "family", "turn-0")
    );
    assert_eq!(stage.recorded(&tenant("acme"), AuditAction::SignedIn).await, 1);
    let refused = stage.store.sessions().open(&laptop, 1, "another", "turn-0", None, &trace(5)).await;
    assert_eq!(refusal(refused), Rejection::Conflict);
}

#[tokio::test]
async fn of_sixteen_who_turn_a_session_at_once_one_wins() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    stage.signed_in(&laptop).await;
    let turns: Vec<String> = (1..=16).map(|turn| format!("turn-{turn}")).collect();
    let (made, from) = (turn("turn-0", 60), ("laptop 2", "192.0.2.8"));
    let turning = turns.iter().map(|to| stage.store.sessions().turn(laptop.account, laptop.id, &made, to, from));
    let won: Vec<bool> = join_all(turning).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(won.iter().filter(|won| **won).count(), 1);
    let winner = &turns[won.iter().position(|won| *won).unwrap()];
    let stored = stage.store.sessions().get(laptop.account, laptop.id).await.unwrap().unwrap();
    assert_eq!((&stored.tokens.turn_hash, stored.tokens.family_hash.as_str()), (winner, "family"));
    assert_eq!(stored.tokens.last.as_ref(), Some(&made));
    assert_eq!((stored.session.device.as_str(), stored.session.refreshed_at), ("laptop 2", noon(60)));
    // The winner's own turn, sent once more.
    assert!(stage.store.sessions().turn(laptop.account, laptop.id, &made, winner, from).await.unwrap());
}

#[tokio::test]
async fn a_session_is_good_for_a_week_after_its_last_turn() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 0);
    stage.signed_in(&laptop).await;
    let used =
        async |at| stage.store.sessions().admit(laptop.account, laptop.id, LIMIT, noon(at)).await.unwrap().is_some();
    let turned = async |from, to, at| {
        stage.store.sessions().turn(laptop.account, laptop.id, &turn(from, at), to, ("laptop", "")).await.unwrap()
    };
    assert!(turned("turn-0", "turn-1", WEEK - 1).await);
    assert!(used(2 * WEEK - 2).await);
    assert!(!used(2 * WEEK - 1).await && !turned("turn-1", "turn-2", 2 * WEEK - 1).await);
}

#[tokio::test]
async fn a_session_that_was_ended_lets_no_one_in() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    stage.signed_in(&laptop).await;
    let (account, id) = (laptop.account, laptop.id);
    let grant = stage.store.sessions().admit(account, id, LIMIT, noon(5)).await.unwrap().unwrap();
    assert!(grant.allowed && grant.remaining == 4);
    for _ in 0..2 {
        stage.store.sessions().end(account, id, AuditAction::SignedOut, &trace(6)).await.unwrap();
    }
    assert_eq!(stage.store.sessions().admit(account, id, LIMIT, noon(7)).await.unwrap(), None);
    assert!(stage.entities("session").await.is_empty(), "using what is gone does not bring it back");
    assert!(!stage.store.sessions().turn(account, id, &turn("turn-0", 7), "turn-1", ("", "")).await.unwrap());
    assert_eq!(stage.recorded(&tenant("acme"), AuditAction::SignedOut).await, 1);
}

#[tokio::test]
async fn a_session_is_limited_and_says_so() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    stage.signed_in(&laptop).await;
    let using = (0..16).map(|_| stage.store.sessions().admit(laptop.account, laptop.id, LIMIT, noon(5)));
    let grants: Vec<_> = join_all(using).await.into_iter().map(|grant| grant.unwrap().unwrap()).collect();
    assert!(grants.iter().filter(|grant| grant.allowed).count() <= 5);
    assert!(grants.iter().any(|grant| grant.allowed) && grants.iter().any(|grant| !grant.allowed));
}

#[tokio::test]
async fn who_goes_on_from_a_session_takes_its_rate_limit_along() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    stage.signed_in(&laptop).await;
    let used = async |id| stage.cold().sessions().admit(laptop.account, id, LIMIT, noon(5)).await.unwrap().unwrap();
    for left in [4, 3, 2, 1, 0] {
        assert_eq!(used(laptop.id).await.remaining, left);
    }
    let version = stage.store.accounts().get(laptop.account).await.unwrap().version;
    let open = async |device: &str, from| {
        let opened = session("ana", "bolt", Role::Admin, device, 5);
        stage.store.sessions().open(&opened, version, "family", "turn", from, &trace(5)).await.unwrap();
        used(opened.id).await.allowed
    };
    assert!(!open("entered", Some(laptop.id)).await, "entering a tenant refills nothing");
    assert!(open("signed in", None).await);
}

#[tokio::test]
async fn using_a_session_is_one_call() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    stage.signed_in(&laptop).await;
    let (store, calls) = counted(&stage);
    for second in [5, 5, 6, 20] {
        let grant = store.sessions().admit(laptop.account, laptop.id, LIMIT, noon(second)).await.unwrap().unwrap();
        assert!(grant.allowed);
    }
    assert_eq!(calls.take(), ["UpdateItem"; 4]);
}

#[tokio::test]
async fn sessions_end_in_one_tenant_or_in_all_but_one() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.joined_too("ana", "bolt", Role::Agent).await;
    for (into, device) in [("acme", "phone"), ("acme", "laptop"), ("bolt", "desk"), ("bolt", "tablet")] {
        stage.signed_in(&session("ana", into, Role::Agent, device, 4)).await;
    }
    let (id, acme) = (account("ana").id, tenant("acme"));
    let end = async |only, except| {
        stage.store.sessions().end_all(id, only, except, AuditAction::SignedOut, &trace(6)).await.unwrap()
    };
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4).id;
    assert_eq!(end(Some(&acme), Some(laptop)).await, 1);
    assert_eq!(stage.devices("ana").await, ["desk", "laptop", "tablet"]);
    assert_eq!(end(None, Some(laptop)).await, 2);
    assert_eq!((end(None, None).await, end(None, None).await), (1, 0));
    assert_eq!(stage.recorded(&acme, AuditAction::SignedOut).await, 2);
    assert_eq!(stage.recorded(&tenant("bolt"), AuditAction::SignedOut).await, 2);
}

#[tokio::test]
async fn one_session_too_many_ends_the_one_not_refreshed_for_longest() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    for index in 0..MAX_SESSIONS {
        let at = i64::try_from(index).unwrap();
        stage.signed_in(&session("ana", "acme", Role::Agent, &format!("{index:02}"), at)).await;
    }
    stage.signed_in(&session("ana", "acme", Role::Agent, "new", 100)).await;
    let devices = stage.devices("ana").await;
    assert_eq!((devices.len(), devices.first().unwrap().as_str()), (MAX_SESSIONS, "01"));
    assert!(devices.contains(&"new".to_owned()));
}
