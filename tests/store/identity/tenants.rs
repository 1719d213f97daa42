//! From one tenant to another, and how that ends.

use domain::TenantId;
use domain::identity::{Account, AuditAction, OneTimeCodes, Role};
use domain::tenancy::{TenantKind, TenantStatus};
use serde_json::{Value, json};

use super::front::Front;
use super::scene::{account, tenant, trace};
use crate::stage::{Stage, noon};

async fn enter(front: &Front, bearer: &str, into: &str) -> super::front::Answer {
    front.call("POST", &format!("/v1/account/tenants/{into}/enter"), &[("authorization", bearer)], &Value::Null).await
}

async fn with_second_factor(stage: &Stage, name: &str) {
    let stored = stage.store.accounts().get(account(name).id).await.unwrap();
    let codes = OneTimeCodes { since: noon(5), last_step: 7, backup_codes: [].into() };
    let enrolled = Account { second_factor: Some(codes), ..stored.value };
    stage
        .store
        .accounts()
        .update(&enrolled, stored.version, AuditAction::SecondFactorEnabled, &trace(5))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_session_that_must_enrol_enters_no_tenant() {
    let stage = Stage::new().await;
    stage.tenant_is("bolt", |_| {}).await;
    stage.settled("ana", "acme", Role::Admin).await;
    stage.joined_too("ana", "bolt", Role::Admin).await;
    let front = Front::new(&stage).await;
    let acme = tenant("acme");
    let free = front.bearer("ana", &acme, Role::Admin, false).await;
    assert_eq!(enter(&front, &free, "bolt").await.status, 200);
    // From now on acme demands one: of the sessions that know it, and of those that began before.
    stage.tenant_is("acme", |acme| acme.require_second_factor = true).await;
    let enrolling = front.bearer("ana", &acme, Role::Admin, true).await;
    for bearer in [&free, &enrolling] {
        for into in ["bolt", "acme", "nobodys-tenant"] {
            let refused = enter(&front, bearer, into).await;
            assert_eq!(refused.status, 403, "{into}: {}", refused.body);
        }
    }
    with_second_factor(&stage, "ana").await;
    let enrolled = front.bearer("ana", &acme, Role::Admin, false).await;
    let entered = enter(&front, &enrolled, "bolt").await;
    assert_eq!((entered.status, &entered.body["enrolling"]), (200, &json!(false)));
}

#[tokio::test]
async fn who_comes_from_an_agency_needs_the_second_factor_that_it_demands() {
    let stage = Stage::new().await;
    stage.tenant_is("agency", |agency| agency.kind = TenantKind::Agency).await;
    stage.tenant_is("child", |child| child.parent = Some(tenant("agency"))).await;
    stage.settled("ana", "agency", Role::Admin).await;
    let front = Front::new(&stage).await;
    let bearer = front.bearer("ana", &tenant("agency"), Role::Admin, false).await;
    assert_eq!(enter(&front, &bearer, "child").await.body["enrolling"], false);
    stage.tenant_is("child", |child| child.require_second_factor = true).await;
    assert_eq!(enter(&front, &bearer, "child").await.body["enrolling"], true, "the child's demand");
    stage.tenant_is("agency", |agency| agency.require_second_factor = true).await;
    assert_eq!(enter(&front, &bearer, "child").await.status, 403, "the agency's demand");
}

#[tokio::test]
async fn closing_an_agency_ends_its_peoples_sessions_in_its_tenants_at_once() {
    let stage = Stage::new().await;
    stage.tenant_is("agency", |agency| agency.kind = TenantKind::Agency).await;
    stage.tenant_is("child", |child| child.parent = Some(tenant("agency"))).await;
    stage.settled("ana", "agency", Role::Admin).await;
    stage.settled("ben", "child", Role::Admin).await;
    let front = Front::new(&stage).await;
    let bearer = front.bearer("ana", &tenant("agency"), Role::Admin, false).await;
    let entered = enter(&front, &bearer, "child").await;
    let inside = format!("Bearer {}", entered.body["access_token"].as_str().unwrap());
    let own = front.bearer("ben", &tenant("child"), Role::Admin, false).await;
    let status =
        async |bearer: &str| front.call("GET", "/v1/members", &[("authorization", bearer)], &Value::Null).await.status;
    assert_eq!((status(&inside).await, status(&own).await), (200, 200));
    stage.tenant_is("agency", |agency| agency.status = TenantStatus::Closed).await;
    assert_eq!((status(&inside).await, status(&own).await), (401, 200));
    let again = front.post("/v1/auth/refresh", json!({"refresh_token": entered.body["refresh_token"]})).await;
    assert_eq!(again.status, 401);
}

#[tokio::test]
async fn a_super_admin_is_removed_by_another_and_by_no_one_less() {
    let stage = Stage::new().await;
    let platform = TenantId::platform();
    for (name, role) in [("ana", Role::SuperAdmin), ("ben", Role::SuperAdmin), ("cal", Role::Admin)] {
        stage.settled(name, platform.as_str(), role).await;
        with_second_factor(&stage, name).await;
    }
    let front = Front::new(&stage).await;
    let remove = async |by: &str, role, whom: &str| {
        let bearer = front.bearer(by, &platform, role, false).await;
        let path = format!("/v1/members/{}", account(whom).id);
        front.call("DELETE", &path, &[("authorization", &bearer), ("if-match", "\"1\"")], &Value::Null).await.status
    };
    assert_eq!(remove("cal", Role::Admin, "ana").await, 403);
    let (invited, _) = stage.invited("dee", platform.as_str(), Role::SuperAdmin).await;
    let bearer = front.bearer("cal", &platform, Role::Admin, false).await;
    let path = format!("/v1/invitations/{}", invited.value.id);
    let revoked = front.call("DELETE", &path, &[("authorization", &bearer)], &Value::Null).await;
    assert_eq!(revoked.status, 403, "nor is the invitation of one taken back by less");
    assert_eq!(remove("ana", Role::SuperAdmin, "ana").await, 403, "nobody removes themselves");
    assert_eq!(remove("ana", Role::SuperAdmin, "ben").await, 204);
    assert!(stage.store.sessions().list(account("ben").id).await.unwrap().is_empty());
}
