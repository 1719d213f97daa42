//! Roles: the last admin stays, and another role ends what rests on the old one.

use domain::failure::Rejection;
use domain::identity::{AuditAction, Member, Role};

use super::scene::{account, refusal, session, tenant, trace};
use crate::stage::Stage;

fn demoted(member: &Member) -> Member {
    Member { role: Role::Viewer, ..member.clone() }
}

#[tokio::test]
async fn of_two_admins_who_demote_each_other_at_once_one_stays() {
    for _ in 0..4 {
        let stage = Stage::new().await;
        let (ana, bob) =
            (stage.joined("ana", "acme", Role::Admin).await, stage.joined("bob", "acme", Role::Admin).await);
        let trace = trace(5);
        let (no_ana, no_bob) = (demoted(&ana), demoted(&bob));
        let results = tokio::join!(
            stage.store.members().change(&no_ana, 1, &trace),
            stage.store.members().change(&no_bob, 1, &trace)
        );
        let (won, lost) = match results {
            (Ok(won), lost) | (lost, Ok(won)) => (won, lost),
            both => panic!("{both:?}"),
        };
        assert_eq!((won.value.role, won.version), (Role::Viewer, 2));
        assert_eq!(refusal(lost), Rejection::Conflict);
        let members = stage.store.members().list(&tenant("acme"), 10, None).await.unwrap().items;
        assert_eq!(members.iter().filter(|member| member.value.role == Role::Admin).count(), 1);
    }
}

#[tokio::test]
async fn the_last_admin_can_go_once_there_is_another() {
    let stage = Stage::new().await;
    let ana = stage.joined("ana", "acme", Role::Admin).await;
    let bob = stage.joined("bob", "acme", Role::Agent).await;
    let acme = tenant("acme");
    assert_eq!(refusal(stage.store.members().remove(&acme, ana.account, 1, &trace(5)).await), Rejection::Conflict);
    stage.store.members().change(&Member { role: Role::Admin, ..bob.clone() }, 1, &trace(6)).await.unwrap();
    stage.store.members().remove(&acme, ana.account, 1, &trace(7)).await.unwrap();
    assert_eq!(refusal(stage.store.members().get(&acme, ana.account).await), Rejection::NotFound);
    assert!(stage.store.members().of_account(ana.account).await.unwrap().is_empty());
    assert_eq!(refusal(stage.store.members().remove(&acme, bob.account, 2, &trace(8)).await), Rejection::Conflict);
}

#[tokio::test]
async fn the_same_change_twice_is_one_and_a_change_of_what_is_no_more_is_refused() {
    let stage = Stage::new().await;
    stage.joined("ana", "acme", Role::Admin).await;
    let bob = stage.joined("bob", "acme", Role::Admin).await;
    for _ in 0..2 {
        assert_eq!(stage.store.members().change(&demoted(&bob), 1, &trace(5)).await.unwrap().version, 2);
    }
    assert_eq!(stage.recorded(&tenant("acme"), AuditAction::Updated).await, 1);
    let agent = Member { role: Role::Agent, ..bob.clone() };
    assert_eq!(refusal(stage.store.members().change(&agent, 1, &trace(6)).await), Rejection::PreconditionFailed);
    let elsewhere = Member { tenant: tenant("bolt"), ..bob };
    assert_eq!(refusal(stage.store.members().change(&elsewhere, 1, &trace(6)).await), Rejection::NotFound);
}

#[tokio::test]
async fn another_role_ends_the_sessions_that_rest_on_the_old_one() {
    let stage = Stage::new().await;
    let ana = stage.joined("ana", "acme", Role::Agent).await;
    stage.joined_too("ana", "bolt", Role::Viewer).await;
    for (into, device) in [("acme", "phone"), ("acme", "laptop"), ("bolt", "desk"), ("cold", "entered")] {
        stage.signed_in(&session("ana", into, Role::Agent, device, 4)).await;
    }
    assert_eq!(stage.recorded(&tenant("cold"), AuditAction::TenantEntered).await, 1);
    let moved = Member { locations: vec![domain::ids::LocationId::new("lakewood").unwrap()], ..ana.clone() };
    stage.store.members().change(&moved, 1, &trace(5)).await.unwrap();
    assert_eq!(stage.devices("ana").await.len(), 4, "no other role");

    stage.store.members().change(&Member { role: Role::Manager, ..moved }, 2, &trace(6)).await.unwrap();
    assert_eq!(stage.devices("ana").await, ["desk"], "what was entered may rest on the role in acme");
}

#[tokio::test]
async fn a_sign_in_that_was_decided_before_the_role_changed_is_refused() {
    let stage = Stage::new().await;
    let ana = stage.joined("ana", "acme", Role::Manager).await;
    let version = stage.store.accounts().get(ana.account).await.unwrap().version;
    stage.store.members().change(&demoted(&ana), 1, &trace(5)).await.unwrap();
    let late = session("ana", "acme", Role::Manager, "laptop", 5);
    let refused = stage.store.sessions().open(&late, version, "family", "turn", None, &trace(6)).await;
    assert_eq!(refusal(refused), Rejection::Conflict);
    assert!(stage.devices("ana").await.is_empty());
}

#[tokio::test]
async fn no_session_slips_through_while_a_member_is_removed() {
    for round in 0..6 {
        let stage = Stage::new().await;
        let ana = stage.joined("ana", "acme", Role::Agent).await;
        let version = stage.store.accounts().get(ana.account).await.unwrap().version;
        let (acme, trace) = (tenant("acme"), trace(5));
        let sessions: Vec<_> =
            (0..3).map(|device| session("ana", "acme", Role::Agent, &format!("{round}-{device}"), 5)).collect();
        let opening = futures::future::join_all(
            sessions
                .iter()
                .map(|session| stage.store.sessions().open(session, version, "family", "turn", None, &trace)),
        );
        let (removed, _) = tokio::join!(stage.store.members().remove(&acme, ana.account, 1, &trace), opening);
        removed.unwrap();
        assert!(stage.devices("ana").await.is_empty());
        assert_eq!(refusal(stage.store.members().get(&acme, account("ana").id).await), Rejection::NotFound);
    }
}
