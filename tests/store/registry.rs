//! From a credential to its tenant.

use domain::failure::Rejection;
use domain::{Failure, TenantId};
use store::{Key, Registration};

use crate::stage::{Stage, tenant, trace};

fn registration(tenant: &str) -> Registration {
    Registration {
        tenant: TenantId::new(tenant).unwrap(),
        region: "US".to_owned(),
        origins: vec!["https://www.example.com".to_owned()],
        consent_wording: None,
    }
}

#[tokio::test]
async fn every_kind_of_key_leads_to_its_tenant_and_to_no_one_where_there_is_none() {
    let stage = Stage::new().await;
    let sender = domain::messaging::Email::new("k@example.com", "email").unwrap();
    let keys = [
        Key::Form("k"),
        Key::Widget("k"),
        Key::Call("k"),
        Key::WhatsappNumber("k"),
        Key::TwilioNumber("AC1", "+13035550101"),
        Key::MetaVerifyToken("k"),
        Key::Sender(&sender),
    ];
    for key in keys {
        assert_eq!(stage.store.registry().resolve(key).await.unwrap(), None, "{key:?}");
        stage.store.registry().register(key, &registration("acme")).await.unwrap();
        let found = stage.cold().registry().resolve(key).await.unwrap().unwrap();
        assert_eq!(*found, registration("acme"), "{key:?}");
    }
    assert_eq!(stage.cold().registry().resolve(Key::TwilioNumber("AC2", "+13035550101")).await.unwrap(), None);
}

#[tokio::test]
async fn a_key_of_another_tenant_cannot_be_taken_and_ones_own_can_be_changed() {
    let stage = Stage::new().await;
    stage.store.registry().register(Key::Form("form-key"), &registration("acme")).await.unwrap();
    let refused = stage.store.registry().register(Key::Form("form-key"), &registration("bolt")).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::Conflict, .. }));
    let moved = Registration { origins: vec!["https://new.example.com".to_owned()], ..registration("acme") };
    stage.store.registry().register(Key::Form("form-key"), &moved).await.unwrap();
    let found = stage.cold().registry().resolve(Key::Form("form-key")).await.unwrap().unwrap();
    assert_eq!(*found, moved);
    assert!(found.allows(Some("https://new.example.com")) && !found.allows(Some("https://www.example.com")));
}

#[tokio::test]
async fn a_tenants_document_comes_back_as_it_was_stored() {
    let stage = Stage::new().await;
    let acme = tenant("acme");
    assert_eq!(*stage.cold().tenants().get(&acme.id).await.unwrap(), acme);
    let nobody = TenantId::new("nobody").unwrap();
    assert!(matches!(stage.store.tenants().get(&nobody).await, Err(Failure::Permanent(_))));
}

#[tokio::test]
async fn a_warm_function_trusts_what_it_read_for_a_while() {
    let stage = Stage::new().await;
    let warm = stage.cold();
    let before = warm.tenants().get(&stage.tenant.id).await.unwrap();
    let mut changed = tenant("acme");
    changed.tone = "brief".to_owned();
    stage.store.tenants().save(&changed, Some(1), &trace()).await.unwrap();
    assert_eq!(warm.tenants().get(&stage.tenant.id).await.unwrap(), before);
    assert_eq!(*stage.cold().tenants().get(&stage.tenant.id).await.unwrap(), changed);
}
