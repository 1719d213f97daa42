//! Accepting invitations.

use domain::TenantId;
use domain::failure::Rejection;
use domain::identity::{Account, AuditAction, Invitation, InvitationStatus, Role};
use domain::ids::AccountId;
use futures::future::join_all;
use store::{Link, LinkPurpose};

use super::scene::{account, address, refusal, tenant, trace};
use crate::stage::{Stage, noon};

#[tokio::test]
async fn an_accepted_invitation_makes_an_account_a_member_and_spends_its_link() {
    let stage = Stage::new().await;
    let (invitation, hash) = stage.invited("ana", "acme", Role::Admin).await;
    let member = stage.store.invitations().accept(&invitation, &account("ana"), true, &hash, &trace(2)).await.unwrap();
    let there = stage.store.accounts().by_email(&address("ana")).await.unwrap().unwrap();
    assert_eq!((there.value, there.version), (account("ana"), 1));
    let stored = stage.store.members().get(&tenant("acme"), member.account).await.unwrap();
    assert_eq!((&stored.value, stored.version), (&member, 1));
    assert_eq!(stage.store.members().of_account(member.account).await.unwrap(), vec![member]);
    let accepted = stage.store.invitations().get(&tenant("acme"), invitation.value.id).await.unwrap().value;
    assert_eq!((accepted.status, accepted.expires_at), (InvitationStatus::Accepted, invitation.value.expires_at));
    assert!(stage.store.links().get(&hash, noon(3)).await.unwrap().is_none());
    assert!(!format!("{:?}", stage.entities("audit").await).contains("argon2id"));
}

#[tokio::test]
async fn accepting_twice_is_accepting_once() {
    let stage = Stage::new().await;
    let (invitation, hash) = stage.invited("ana", "acme", Role::Admin).await;
    let first = stage.store.invitations().accept(&invitation, &account("ana"), true, &hash, &trace(2)).await.unwrap();
    let before = stage.items().await.len();
    let again = Account { password: "$argon2id$second".to_owned(), ..account("ana") };
    let second = stage.store.invitations().accept(&invitation, &again, true, &hash, &trace(9)).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(stage.items().await.len(), before);
    assert_eq!(
        stage.store.accounts().get(first.account).await.unwrap().value,
        account("ana"),
        "the first password stays"
    );
    assert_eq!(stage.recorded(&tenant("acme"), AuditAction::Registered).await, 1);
}

#[tokio::test]
async fn of_many_who_accept_at_once_one_makes_the_account() {
    let stage = Stage::new().await;
    let (invitation, hash) = stage.invited("ana", "acme", Role::Admin).await;
    let racers: Vec<Account> = (0..6)
        .map(|index| Account {
            id: AccountId::derive(&TenantId::platform(), &["racer", &index.to_string()]),
            ..account("ana")
        })
        .collect();
    let trace = trace(2);
    let accepting =
        racers.iter().map(|racer| stage.store.invitations().accept(&invitation, racer, true, &hash, &trace));
    let (won, lost): (Vec<_>, Vec<_>) = join_all(accepting).await.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1, "{lost:?}");
    for refused in lost {
        assert_eq!(refusal(refused), Rejection::Conflict);
    }
    assert_eq!(stage.entities("account").await.len(), 1);
    assert_eq!(stage.entities("member").await.len(), 1);
    assert_eq!(stage.recorded(&tenant("acme"), AuditAction::Registered).await, 1);
    // One admin was counted: the last one cannot go.
    let member = won.into_iter().next().unwrap().unwrap();
    let refused = stage.store.members().remove(&tenant("acme"), member.account, 1, &trace).await;
    assert_eq!(refusal(refused), Rejection::Conflict);
}

#[tokio::test]
async fn one_person_serves_in_two_tenants() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Admin).await;
    let (invitation, hash) = stage.invited("ana", "bolt", Role::Viewer).await;
    let as_new = stage.store.invitations().accept(&invitation, &account("ana"), true, &hash, &trace(3)).await;
    assert_eq!(refusal(as_new), Rejection::Conflict, "the address has an account");
    stage.store.invitations().accept(&invitation, &account("ana"), false, &hash, &trace(3)).await.unwrap();
    let roles: Vec<(String, Role)> = stage
        .store
        .members()
        .of_account(account("ana").id)
        .await
        .unwrap()
        .into_iter()
        .map(|member| (member.tenant.to_string(), member.role))
        .collect();
    assert_eq!(roles, [("acme".to_owned(), Role::Admin), ("bolt".to_owned(), Role::Viewer)]);
    assert_eq!(stage.entities("account").await.len(), 1);
}

#[tokio::test]
async fn an_invitation_that_does_not_stand_changes_nothing() {
    let stage = Stage::new().await;
    let (mine, hash) = stage.invited("ana", "acme", Role::Agent).await;
    let before = stage.items().await.len();
    let other = stage.store.invitations().accept(&mine, &account("bob"), true, &hash, &trace(2)).await;
    assert_eq!(refusal(other), Rejection::Forbidden);
    let late = stage.store.invitations().accept(&mine, &account("ana"), true, &hash, &trace(8 * 24 * 3600)).await;
    assert_eq!(refusal(late), Rejection::Conflict);
    let without_link = stage.store.invitations().accept(&mine, &account("ana"), true, "no-such-link", &trace(2)).await;
    assert_eq!(refusal(without_link), Rejection::Conflict);
    assert_eq!(stage.items().await.len(), before);

    for _ in 0..2 {
        stage.store.invitations().revoke(&tenant("acme"), mine.value.id, &trace(2)).await.unwrap();
    }
    let revoked = stage.store.invitations().accept(&mine, &account("ana"), true, &hash, &trace(3)).await;
    assert_eq!(refusal(revoked), Rejection::Conflict);
    assert!(stage.entities("account").await.is_empty());
}

#[tokio::test]
async fn the_link_of_an_invitation_that_was_taken_back_or_made_again_is_dead() {
    let stage = Stage::new().await;
    let (first, old_link) = stage.invited("ana", "acme", Role::Viewer).await;
    let acme = tenant("acme");
    stage.store.invitations().revoke(&acme, first.value.id, &trace(2)).await.unwrap();
    // The same address is invited again, as someone who may more.
    let renewed = Invitation { role: Role::Admin, created_at: noon(3), ..first.value };
    let renewed = stage.store.documents().replace(&acme, &renewed, 2, &trace(3)).await.unwrap();
    let by_old_link = stage.store.invitations().accept(&renewed, &account("ana"), true, &old_link, &trace(4)).await;
    assert_eq!(refusal(by_old_link), Rejection::Conflict);

    let (invitation, email) = (renewed.value.id, address("ana"));
    for (hash, version, made_at, good) in
        [("before", None, 2, false), ("other", Some(2), 4, false), ("late", None, 4, true)]
    {
        let purpose = LinkPurpose::Invitation { tenant: acme.clone(), invitation, version };
        let link = Link { purpose, email: email.clone(), made_at: noon(made_at), expires_at: noon(3600) };
        stage.store.links().put(hash, &link).await.unwrap();
        let accepted = stage.store.invitations().accept(&renewed, &account("ana"), true, hash, &trace(5)).await;
        assert_eq!(accepted.is_ok(), good, "{hash}: {accepted:?}");
    }
}
