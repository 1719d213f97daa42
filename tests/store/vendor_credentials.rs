//! Vendors' credentials as a tenant's people store them: they go in, and only their names come out.

use domain::Failure;
use domain::failure::Rejection;
use secrecy::{ExposeSecret as _, SecretString};
use store::{Credential, Key, StoredCredential, VendorCredential};

use crate::stage::{Stage, tenant, trace};

const TOKEN: VendorCredential = VendorCredential::MetaVerifyToken;
const AUTH_TOKEN: VendorCredential = VendorCredential::Sealed(Credential::TwilioAuthToken);

async fn put(stage: &Stage, of: &str, which: VendorCredential, secret: &str) -> Result<StoredCredential, Failure> {
    let key = &stage.stack.outputs["CredentialsKeyId"];
    stage
        .store
        .vendor_credentials()
        .put(key, &tenant(of), which, &SecretString::from(secret.to_owned()), &trace())
        .await
}

/// Whose verify token it is.
async fn owner(stage: &Stage, token: &str) -> Option<String> {
    let found = stage.cold().registry().resolve(Key::MetaVerifyToken(token)).await.unwrap();
    found.map(|registration| registration.tenant.to_string())
}

async fn names(stage: &Stage) -> Vec<String> {
    let stored = stage.store.vendor_credentials().list(&stage.tenant.id).await.unwrap();
    assert!(stored.iter().all(|credential| credential.stored_at.is_some()));
    stored.into_iter().map(|credential| credential.name).collect()
}

#[tokio::test]
async fn what_is_stored_is_listed_read_by_who_needs_it_and_forgotten() {
    let stage = Stage::new().await;
    let acme = &stage.tenant.id;
    assert!(names(&stage).await.is_empty());
    put(&stage, "acme", AUTH_TOKEN, "token-no-1").await.unwrap();
    put(&stage, "acme", AUTH_TOKEN, "token-no-2").await.unwrap();
    let read = stage.cold().credentials().get(acme, Credential::TwilioAuthToken).await.unwrap();
    assert_eq!(read.unwrap().expose_secret(), "token-no-2");
    assert_eq!(names(&stage).await, ["twilio-auth-token"]);
    stage.store.vendor_credentials().remove(acme, AUTH_TOKEN, &trace()).await.unwrap();
    assert!(names(&stage).await.is_empty());
    assert!(stage.cold().credentials().get(acme, Credential::TwilioAuthToken).await.unwrap().is_none());
    let gone = stage.store.vendor_credentials().remove(acme, AUTH_TOKEN, &trace()).await.unwrap_err();
    assert!(matches!(gone, Failure::Rejected { kind: Rejection::NotFound, .. }));
    let record = stage.store.audit().list(acme, 100, None).await.unwrap().items;
    assert_eq!(record.iter().filter(|line| line.subject == "credential/twilio-auth-token").count(), 3);
    let text = serde_json::to_string(&record).unwrap();
    assert!(!text.contains("token-no-"), "the record holds no secret");
}

#[tokio::test]
async fn a_verify_token_leads_to_its_tenant_until_another_takes_its_place() {
    let stage = Stage::new().await;
    put(&stage, "acme", TOKEN, "the-first-verify-token").await.unwrap();
    assert_eq!(owner(&stage, "the-first-verify-token").await.as_deref(), Some("acme"));
    put(&stage, "acme", TOKEN, "the-first-verify-token").await.unwrap();
    assert_eq!(owner(&stage, "the-first-verify-token").await.as_deref(), Some("acme"));
    put(&stage, "acme", TOKEN, "the-second-verify-token").await.unwrap();
    assert_eq!(owner(&stage, "the-first-verify-token").await, None);
    assert_eq!(owner(&stage, "the-second-verify-token").await.as_deref(), Some("acme"));
    assert_eq!(names(&stage).await, ["meta-verify-token"]);
    let taken = put(&stage, "bolt", TOKEN, "the-second-verify-token").await.unwrap_err();
    assert!(matches!(taken, Failure::Rejected { kind: Rejection::Conflict, .. }), "{taken:?}");
    stage.store.vendor_credentials().remove(&stage.tenant.id, TOKEN, &trace()).await.unwrap();
    assert_eq!(owner(&stage, "the-second-verify-token").await, None);
    put(&stage, "bolt", TOKEN, "the-second-verify-token").await.unwrap();
    assert_eq!(owner(&stage, "the-second-verify-token").await.as_deref(), Some("bolt"));
}
