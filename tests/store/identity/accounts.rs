//! Changes of accounts, with what follows from them.

use domain::TenantId;
use domain::failure::Rejection;
use domain::identity::{Account, AccountStatus, Actor, AuditAction, OneTimeCodes, Role};
use store::Trace;

use super::scene::{account, address, refusal, session, tenant, trace};
use crate::stage::{Stage, noon};

#[tokio::test]
async fn a_new_address_signs_in_the_old_one_no_more_and_no_one_takes_anothers() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Admin).await;
    stage.joined("bob", "acme", Role::Agent).await;
    let moved = Account { email: address("ana.flores"), name: "Ana Flores".to_owned(), ..account("ana") };
    for _ in 0..2 {
        let stored = stage.store.accounts().update(&moved, 1, AuditAction::Updated, &trace(5)).await.unwrap();
        assert_eq!(stored.version, 2);
    }
    assert!(stage.store.accounts().by_email(&address("ana")).await.unwrap().is_none());
    assert_eq!(stage.store.accounts().by_email(&address("ana.flores")).await.unwrap().unwrap().value, moved);
    let member = stage.store.members().get(&tenant("acme"), moved.id).await.unwrap();
    assert_eq!((member.value.name.as_str(), &member.value.email, member.version), ("Ana Flores", &moved.email, 2));
    assert_eq!(stage.store.members().of_account(moved.id).await.unwrap(), vec![member.value]);
    assert_eq!(stage.recorded(&TenantId::platform(), AuditAction::Updated).await, 1);

    let taken = Account { email: address("bob"), ..moved };
    let refused = stage.store.accounts().update(&taken, 2, AuditAction::Updated, &trace(6)).await;
    assert_eq!(refusal(refused), Rejection::Conflict);
}

#[tokio::test]
async fn of_two_changes_from_one_version_one_is_refused() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Admin).await;
    let named = |name: &str| Account { name: name.to_owned(), ..account("ana") };
    let (one, other, trace) = (named("One"), named("Other"), trace(5));
    let results = tokio::join!(
        stage.store.accounts().update(&one, 1, AuditAction::Updated, &trace),
        stage.store.accounts().update(&other, 1, AuditAction::Updated, &trace)
    );
    match results {
        (Ok(_), lost) | (lost, Ok(_)) => assert_eq!(refusal(lost), Rejection::Conflict),
        both => panic!("{both:?}"),
    }
}

#[tokio::test]
async fn who_is_disabled_is_signed_out_and_does_not_sign_in() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.signed_in(&session("ana", "acme", Role::Agent, "laptop", 4)).await;
    let disabled = Account { status: AccountStatus::Disabled, ..account("ana") };
    let stored = stage.store.accounts().update(&disabled, 1, AuditAction::Updated, &trace(5)).await.unwrap();
    assert!(stage.devices("ana").await.is_empty());
    let again = session("ana", "acme", Role::Agent, "phone", 6);
    let refused = stage.store.sessions().open(&again, stored.version, "family", "turn", None, &trace(6)).await;
    assert_eq!(refusal(refused), Rejection::Conflict);
}

#[tokio::test]
async fn a_deleted_account_leaves_no_session_no_membership_and_no_way_in() {
    let stage = Stage::new().await;
    stage.joined("bob", "acme", Role::Admin).await;
    stage.joined("ana", "acme", Role::Admin).await;
    stage.joined_too("ana", "bolt", Role::Agent).await;
    for (into, device) in [("acme", "laptop"), ("bolt", "phone")] {
        stage.signed_in(&session("ana", into, Role::Agent, device, 4)).await;
    }
    let kms_key = &stage.stack.outputs["CredentialsKeyId"];
    let id = account("ana").id;
    stage.store.accounts().put_second_factor(kms_key, id, &"JBSWY3DPEHPK3PXP".into()).await.unwrap();
    let version = stage.store.accounts().get(id).await.unwrap().version;
    let stale = stage.store.accounts().delete(id, version - 1, &trace(5)).await;
    assert_eq!(refusal(stale), Rejection::Conflict);
    for _ in 0..2 {
        stage.store.accounts().delete(id, version, &trace(5)).await.unwrap();
    }
    assert_eq!(refusal(stage.store.accounts().get(id).await), Rejection::NotFound);
    assert!(stage.store.accounts().by_email(&address("ana")).await.unwrap().is_none());
    for into in ["acme", "bolt"] {
        assert_eq!(refusal(stage.store.members().get(&tenant(into), id).await), Rejection::NotFound);
        assert_eq!(stage.recorded(&tenant(into), AuditAction::Removed).await, 1, "{into}");
    }
    assert_eq!(stage.recorded(&TenantId::platform(), AuditAction::Removed).await, 1);
    let left = stage.items().await;
    let own = |item: &crate::stage::Item| {
        ["pk", "sk"].iter().any(|name| item[*name].as_s().unwrap().contains(&id.to_string()))
    };
    assert!(!left.iter().any(own), "{:?}", left.iter().find(|item| own(item)));
    // The one who is left is now the last admin.
    let bob = stage.store.accounts().get(account("bob").id).await.unwrap();
    let last = stage.store.accounts().delete(bob.value.id, bob.version, &trace(6)).await;
    assert_eq!(refusal(last), Rejection::Conflict);
    // The address is free again.
    stage.joined_too_new("ana", "bolt").await;
}

#[tokio::test]
async fn no_session_slips_through_while_an_account_is_deleted() {
    for round in 0..4 {
        let stage = Stage::new().await;
        stage.joined("ana", "acme", Role::Agent).await;
        let id = account("ana").id;
        let version = stage.store.accounts().get(id).await.unwrap().version;
        let trace = trace(5);
        let sessions: Vec<_> =
            (0..3).map(|device| session("ana", "acme", Role::Agent, &format!("{round}-{device}"), 5)).collect();
        let opening = futures::future::join_all(
            sessions
                .iter()
                .map(|session| stage.store.sessions().open(session, version, "family", "turn", None, &trace)),
        );
        let (deleted, _) = tokio::join!(stage.store.accounts().delete(id, version, &trace), opening);
        deleted.unwrap();
        assert!(stage.entities("session").await.is_empty());
    }
}

#[tokio::test]
async fn an_operator_disables_enables_and_deletes_an_account() {
    use cli::accounts::{Wish, run};
    let stage = Stage::new().await;
    let ana = stage.joined("ana", "acme", Role::Agent).await;
    stage.signed_in(&session("ana", "acme", Role::Agent, "laptop", 4)).await;
    let status = async || stage.store.accounts().get(ana.account).await.unwrap().value.status;
    for _ in 0..2 {
        run(&stage.store, Wish::Disable, "ana@example.com", noon(5)).await.unwrap();
    }
    assert_eq!((status().await, stage.devices("ana").await.len()), (AccountStatus::Disabled, 0));
    run(&stage.store, Wish::Enable, "ana@example.com", noon(6)).await.unwrap();
    assert_eq!(status().await, AccountStatus::Active);
    run(&stage.store, Wish::Delete, "ana@example.com", noon(7)).await.unwrap();
    assert!(run(&stage.store, Wish::Delete, "ana@example.com", noon(8)).await.is_err(), "there is none");
}

/// Writes a newer version's `value` into `field` of one stored item of a kind: the one that has `mark` in it.
async fn of_tomorrow(stage: &Stage, entity: &str, mark: &str, field: &str, value: &str) {
    let items = stage.entities(entity).await;
    let mut item = items.into_iter().find(|item| format!("{item:?}").contains(mark)).unwrap();
    item.insert(field.to_owned(), aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned()));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

#[tokio::test]
async fn a_session_that_cannot_be_read_lets_no_one_in_and_ends_with_the_others() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    let phone = session("ana", "acme", Role::Agent, "phone", 4);
    for session in [&laptop, &phone] {
        stage.signed_in(session).await;
    }
    of_tomorrow(&stage, "session", &phone.id.to_string(), "role", "t0m0rr0w").await;
    assert_eq!(stage.devices("ana").await, ["laptop"]);
    let sessions = stage.store.sessions();
    let ended = sessions.end_all(laptop.account, None, Some(laptop.id), AuditAction::SignedOut, &trace(5)).await;
    assert_eq!(ended.unwrap(), 1);
    assert_eq!(stage.entities("session").await.len(), 1, "the other one is gone");

    stage.signed_in(&phone).await;
    of_tomorrow(&stage, "session", &phone.id.to_string(), "role", "t0m0rr0w").await;
    let changed = Account { password: "$argon2id$second".to_owned(), password_set_at: noon(6), ..account("ana") };
    stage.store.accounts().update(&changed, 1, AuditAction::Updated, &trace(6)).await.unwrap();
    assert!(stage.entities("session").await.is_empty());
}

#[tokio::test]
async fn a_role_that_is_not_known_shuts_no_one_out_of_their_other_tenants() {
    let stage = Stage::new().await;
    stage.tenant_is("bolt", |bolt| bolt.parent = None).await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.joined_too("ana", "bolt", Role::Agent).await;
    of_tomorrow(&stage, "membership", "S(\"bolt\")", "role", "t0m0rr0w").await;
    let tenants = async || {
        let memberships = stage.cold().members().of_account(account("ana").id).await.unwrap();
        memberships.into_iter().map(|member| member.tenant).collect::<Vec<_>>()
    };
    assert_eq!(tenants().await, [tenant("acme")]);
    stage.signed_in(&session("ana", "acme", Role::Agent, "laptop", 4)).await;

    let version = stage.store.accounts().get(account("ana").id).await.unwrap().version;
    let changed = Account { password: "$argon2id$second".to_owned(), password_set_at: noon(6), ..account("ana") };
    let stored = stage.store.accounts().update(&changed, version, AuditAction::Updated, &trace(6)).await.unwrap();
    // What every membership must follow waits for a version that can read them all.
    let renamed = Account { name: "Ana Flores".to_owned(), ..changed };
    let refused = stage.store.accounts().update(&renamed, stored.version, AuditAction::Updated, &trace(7)).await;
    assert!(matches!(refused, Err(domain::Failure::Permanent(_))), "{refused:?}");
    let refused = stage.store.accounts().delete(renamed.id, stored.version, &trace(7)).await;
    assert!(matches!(refused, Err(domain::Failure::Permanent(_))), "{refused:?}");
}

#[tokio::test]
async fn an_operator_signs_out_everybody() {
    let stage = Stage::new().await;
    stage.tenant_is("bolt", |bolt| bolt.parent = None).await;
    for (name, into) in [("ana", "acme"), ("bob", "acme"), ("cal", "bolt"), ("dee", TenantId::platform().as_str())] {
        stage.joined(name, into, Role::Admin).await;
        for device in ["laptop", "phone"] {
            stage.signed_in(&session(name, into, Role::Admin, device, 4)).await;
        }
    }
    let told = cli::accounts::sign_out_everybody(&stage.store, noon(5)).await.unwrap();
    assert_eq!(told, "8 sessions of 4 people are over.");
    assert!(stage.entities("session").await.is_empty());
}

#[tokio::test]
async fn a_second_factor_ends_every_session_but_the_one_that_set_it_up() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    let laptop = session("ana", "acme", Role::Agent, "laptop", 4);
    stage.signed_in(&laptop).await;
    stage.signed_in(&session("ana", "acme", Role::Agent, "phone", 4)).await;
    let codes = OneTimeCodes { since: noon(5), last_step: 7, backup_codes: ["hash-of-a-code".to_owned()].into() };
    let enrolled = Account { second_factor: Some(codes), ..account("ana") };
    let actor = Actor::Person { account: enrolled.id, session: Some(laptop.id) };
    let by_laptop = Trace { actor, ..trace(5) };
    stage.store.accounts().update(&enrolled, 1, AuditAction::SecondFactorEnabled, &by_laptop).await.unwrap();
    assert_eq!(stage.devices("ana").await, ["laptop"]);
    assert!(!format!("{:?}", stage.entities("audit").await).contains("hash-of-a-code"));
}

#[tokio::test]
async fn an_operator_takes_a_lost_second_factor_off_and_it_stands_in_the_record() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Agent).await;
    stage.signed_in(&session("ana", "acme", Role::Agent, "laptop", 4)).await;
    let codes = OneTimeCodes { since: noon(5), last_step: 7, backup_codes: ["hash-of-a-code".to_owned()].into() };
    let enrolled = Account { second_factor: Some(codes), ..account("ana") };
    stage.store.accounts().update(&enrolled, 1, AuditAction::SecondFactorEnabled, &trace(5)).await.unwrap();
    let kms_key = &stage.stack.outputs["CredentialsKeyId"];
    stage.store.accounts().put_second_factor(kms_key, enrolled.id, &"JBSWY3DPEHPK3PXP".into()).await.unwrap();

    for _ in 0..2 {
        cli::second_factor::remove(&stage.store, enrolled.email.as_str(), noon(6)).await.unwrap();
    }
    assert_eq!(stage.store.accounts().get(enrolled.id).await.unwrap().value.second_factor, None);
    assert!(stage.store.accounts().second_factor(enrolled.id).await.unwrap().is_none());
    assert!(stage.devices("ana").await.is_empty());
    let record = stage.store.audit().list(&TenantId::platform(), 10, None).await.unwrap().items;
    let taken: Vec<_> = record.iter().filter(|line| line.action == AuditAction::SecondFactorDisabled).collect();
    assert_eq!(taken.iter().map(|line| line.actor.clone()).collect::<Vec<_>>(), [Actor::Operator]);
    assert!(cli::second_factor::remove(&stage.store, "nobody@example.com", noon(6)).await.is_err());
}
