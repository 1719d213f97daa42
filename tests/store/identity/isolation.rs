//! An admin, who may all that there is in their own tenant, reaches nothing of another.

use domain::identity::{Actor, InvitationStatus, Role};
use serde_json::{Value, json};
use store::Trace;

use super::front::Front;
use super::scene::{account, session, tenant, trace};
use crate::stage::Stage;

#[tokio::test]
async fn an_admin_reaches_no_one_of_another_tenant() {
    let stage = Stage::new().await;
    stage.tenant_is("bolt", |_| {}).await;
    stage.settled("ana", "acme", Role::Admin).await;
    stage.settled("ben", "bolt", Role::Agent).await;
    let theirs = session("ben", "bolt", Role::Agent, "laptop", 4);
    stage.signed_in(&theirs).await;
    let (invitation, _) = stage.invited("cal", "bolt", Role::Agent).await;
    let front = Front::new(&stage).await;
    let bearer = front.bearer("ana", &tenant("acme"), Role::Admin, false).await;
    let (member, invited) = (format!("/v1/members/{}", account("ben").id), invitation.value.id);
    let role = json!({"role": "viewer"});
    for (method, path, body) in [
        ("GET", member.clone(), Value::Null),
        ("PUT", member.clone(), role),
        ("DELETE", member.clone(), Value::Null),
        ("DELETE", format!("{member}/sessions"), Value::Null),
        ("GET", format!("/v1/invitations/{invited}"), Value::Null),
        ("DELETE", format!("/v1/invitations/{invited}"), Value::Null),
        ("DELETE", format!("/v1/account/sessions/{}", theirs.id), Value::Null),
        ("POST", "/v1/account/tenants/bolt/enter".to_owned(), Value::Null),
    ] {
        let answer = front.call(method, &path, &[("authorization", &bearer), ("if-match", "\"1\"")], &body).await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.body);
    }
    for path in ["/v1/members", "/v1/invitations"] {
        let shown = front.call("GET", path, &[("authorization", &bearer)], &Value::Null).await;
        assert_eq!(shown.status, 200);
        let text = shown.body.to_string();
        assert!(!text.contains("ben@example.com") && !text.contains("cal@example.com"), "{path}: {text}");
    }
    let there = stage.store.members().get(&tenant("bolt"), account("ben").id).await.unwrap();
    assert_eq!((there.value.role, there.version), (Role::Agent, 1));
    assert_eq!(stage.devices("ben").await, ["laptop"]);
    let kept = stage.store.invitations().get(&tenant("bolt"), invited).await.unwrap();
    assert_eq!((kept.value.status, kept.version), (InvitationStatus::Pending, 1));
}

#[tokio::test]
async fn mail_comes_from_an_address_that_is_shown_to_be_the_tenants_own() {
    let stage = Stage::new().await;
    let from = domain::messaging::Email::new("hello@roofer.example", "from").unwrap();
    let named = |tenant: &mut domain::tenancy::Tenant| {
        tenant.channels.email = Some(domain::tenancy::EmailSettings { from: from.clone() });
    };
    let owner = async || stage.store.tenants().sender_owner(&from).await.unwrap().map(|owner| owner.to_string());
    let sends = async |id: &str| {
        let store = stage.cold();
        let tenant = store.tenants().get(&tenant(id)).await.unwrap();
        store.tenants().own_sender(&tenant).await.unwrap().is_some()
    };
    // Someone of the tenant names it: nothing is registered by that.
    stage.tenant_is("acme", named).await;
    stage.tenant_is("bolt", named).await;
    assert_eq!(owner().await, None);
    assert!(!sends("acme").await && !sends("bolt").await, "what nobody has confirmed nothing goes out from");
    // Whoever reads mail there has confirmed it for one of the two.
    for _ in 0..2 {
        stage.store.tenants().confirm_sender(&tenant("bolt"), &from, &trace(5)).await.unwrap();
    }
    assert_eq!(owner().await.as_deref(), Some("bolt"));
    assert!(sends("bolt").await && !sends("acme").await);
    let late = stage.store.tenants().confirm_sender(&tenant("acme"), &from, &trace(6)).await;
    assert_eq!(super::scene::refusal(late), domain::failure::Rejection::Conflict);
    // Nor can the other keep it in its document, whoever saves that.
    for actor in [Actor::System, Actor::Operator] {
        let there = stage.store.tenants().document(&tenant("acme")).await.unwrap();
        let changed = domain::tenancy::Tenant { tone: "brief".to_owned(), ..there.value };
        let by = Trace { actor, at: runtime::clock::now(), ..trace(0) };
        let refused = stage.store.tenants().save(&changed, Some(there.version), &by).await;
        assert_eq!(super::scene::refusal(refused), domain::failure::Rejection::Conflict);
    }
    // Given up, it is free again; an operator vouches for whom it then is.
    stage.tenant_is("bolt", |bolt| bolt.channels.email = None).await;
    assert_eq!(owner().await, None);
    let there = stage.store.tenants().document(&tenant("acme")).await.unwrap();
    let by = Trace { actor: Actor::Operator, at: runtime::clock::now(), ..trace(0) };
    stage.store.tenants().save(&there.value, Some(there.version), &by).await.unwrap();
    assert_eq!(owner().await.as_deref(), Some("acme"));
}

#[tokio::test]
async fn a_mailed_link_confirms_the_address_that_mail_comes_from() {
    use auth::secrets::sha256_hex;
    use store::{Link, LinkPurpose};
    let stage = Stage::new().await;
    let from = domain::messaging::Email::new("hello@roofer.example", "from").unwrap();
    stage
        .tenant_is("acme", |acme| {
            acme.channels.email = Some(domain::tenancy::EmailSettings { from: from.clone() });
        })
        .await;
    let now = runtime::clock::now();
    let purpose = LinkPurpose::Sender { tenant: tenant("acme") };
    let expires_at = now + jiff::SignedDuration::from_hours(24);
    let link = Link { purpose, email: from.clone(), made_at: now, expires_at };
    stage.store.links().put(&sha256_hex("sender-token"), &link).await.unwrap();
    let front = Front::new(&stage).await;
    for _ in 0..2 {
        assert_eq!(front.post("/v1/auth/verify-email", json!({"token": "sender-token"})).await.status, 204);
    }
    assert_eq!(stage.store.tenants().sender_owner(&from).await.unwrap(), Some(tenant("acme")));
    assert_eq!(front.post("/v1/auth/reset", json!({"token": "sender-token", "password": "x"})).await.status, 400);
}
