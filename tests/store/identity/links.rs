//! Links: spent once, and void once the password was set.

use domain::TenantId;
use domain::failure::Rejection;
use domain::identity::{Account, AuditAction, Role};
use store::{Link, LinkPurpose};

use super::scene::{account, address, refusal, session, trace};
use crate::stage::{Stage, noon};

fn reset(seconds: i64) -> Link {
    let purpose = LinkPurpose::Reset { account: account("ana").id };
    Link { purpose, email: address("ana"), made_at: noon(seconds), expires_at: noon(seconds + 3600) }
}

fn renewed(password: &str, seconds: i64) -> Account {
    Account { password: password.to_owned(), password_set_at: noon(seconds), ..account("ana") }
}

#[tokio::test]
async fn a_password_spends_its_link_voids_the_others_and_ends_every_session() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.joined_too("ana", "bolt", Role::Agent).await;
    for into in ["acme", "bolt"] {
        stage.signed_in(&session("ana", into, Role::Agent, into, 4)).await;
    }
    for (hash, seconds) in [("one", 10), ("two", 11)] {
        stage.store.links().put(hash, &reset(seconds)).await.unwrap();
        assert_eq!(stage.store.links().get(hash, noon(20)).await.unwrap(), Some(reset(seconds)));
    }
    let version = stage.store.accounts().get(account("ana").id).await.unwrap().version;
    let renewed = renewed("$argon2id$second", 20);
    for _ in 0..2 {
        let stored = stage.store.accounts().set_password(&renewed, version, Some("one"), &trace(20)).await.unwrap();
        assert_eq!((&stored.value, stored.version), (&renewed, version + 1));
    }
    assert_eq!(stage.store.links().get("one", noon(21)).await.unwrap(), None);
    assert_eq!(stage.store.links().get("two", noon(21)).await.unwrap(), None, "made before the password was set");
    assert!(stage.devices("ana").await.is_empty());
    assert_eq!(stage.recorded(&TenantId::platform(), AuditAction::PasswordSet).await, 1);
    assert!(!format!("{:?}", stage.entities("audit").await).contains("argon2id"));
    stage.store.links().put("three", &reset(30)).await.unwrap();
    assert!(stage.store.links().get("three", noon(31)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_link_sets_one_password_however_many_try_at_once() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.store.links().put("one", &reset(10)).await.unwrap();
    let tried: Vec<Account> = (0..6).map(|index| renewed(&format!("$argon2id${index}"), 20)).collect();
    let trace = trace(20);
    let setting = tried.iter().map(|account| stage.store.accounts().set_password(account, 1, Some("one"), &trace));
    let results = futures::future::join_all(setting).await;
    let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1, "{lost:?}");
    for refused in lost {
        assert_eq!(refusal(refused), Rejection::Conflict);
    }
    let used_again = stage.store.accounts().set_password(&renewed("$argon2id$x", 30), 2, Some("one"), &trace).await;
    assert_eq!(refusal(used_again), Rejection::Conflict);
}

#[tokio::test]
async fn a_link_that_expired_or_went_to_an_address_given_up_is_none() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.store.links().put("one", &reset(10)).await.unwrap();
    assert!(stage.store.links().get("one", noon(3609)).await.unwrap().is_some());
    assert_eq!(stage.store.links().get("one", noon(3610)).await.unwrap(), None);
    let moved = Account { email: address("ana.flores"), ..account("ana") };
    stage.store.accounts().update(&moved, 1, AuditAction::Updated, &trace(15)).await.unwrap();
    assert_eq!(stage.store.links().get("one", noon(20)).await.unwrap(), None);
    // The link that proves an address goes to the one it proves.
    let verify = Link { purpose: LinkPurpose::VerifyEmail { account: moved.id }, email: address("new"), ..reset(16) };
    stage.store.links().put("two", &verify).await.unwrap();
    assert_eq!(stage.store.links().get("two", noon(20)).await.unwrap(), Some(verify));
    assert_eq!(stage.store.links().get("none", noon(20)).await.unwrap(), None);
}
