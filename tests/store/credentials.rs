//! Credentials: sealed for one tenant, one purpose and one place.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Failure, TenantId};
use secrecy::{ExposeSecret as _, SecretString};
use store::Credential;

use crate::stage::{Item, Stage, text_of};

const ALL: [Credential; 5] = [
    Credential::MetaAppSecret,
    Credential::TwilioAuthToken,
    Credential::MetaAccessToken,
    Credential::TwilioApiKey,
    Credential::AnthropicApiKey,
];

async fn put(stage: &Stage, credential: Credential, secret: &str) {
    let key = &stage.stack.outputs["CredentialsKeyId"];
    let secret = SecretString::from(secret.to_owned());
    stage.store.credentials().put(key, &stage.tenant.id, credential, &secret).await.unwrap();
}

/// As a function reads it that has just started.
async fn get(stage: &Stage, credential: Credential) -> Result<Option<String>, Failure> {
    let secret = stage.cold().credentials().get(&stage.tenant.id, credential).await?;
    Ok(secret.map(|secret| secret.expose_secret().to_owned()))
}

async fn sealed(stage: &Stage) -> Item {
    stage.entities("credential").await.remove(0)
}

async fn store(stage: &Stage, item: Item) {
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

#[tokio::test]
async fn every_credential_comes_back_as_it_was_stored_and_a_later_one_replaces_it() {
    let stage = Stage::new().await;
    for credential in ALL {
        assert_eq!(get(&stage, credential).await.unwrap(), None);
        for secret in ["s3cret/ñ", "another one"] {
            put(&stage, credential, secret).await;
            assert_eq!(get(&stage, credential).await.unwrap().as_deref(), Some(secret));
        }
    }
    assert_eq!(stage.entities("credential").await.len(), ALL.len());
}

#[tokio::test]
async fn no_secret_lies_in_the_table_and_no_other_tenant_has_it() {
    let stage = Stage::new().await;
    put(&stage, Credential::MetaAppSecret, "very-secret-indeed").await;
    assert!(!format!("{:?}", stage.items().await).contains("very-secret-indeed"));
    let plain = Blob::new("very-secret-indeed");
    assert!(sealed(&stage).await.values().all(|value| value.as_b().ok() != Some(&plain)));
    let other = TenantId::new("bolt").unwrap();
    assert!(stage.store.credentials().get(&other, Credential::MetaAppSecret).await.unwrap().is_none());
}

#[tokio::test]
async fn a_credential_cannot_be_used_for_another_purpose() {
    let stage = Stage::new().await;
    put(&stage, Credential::TwilioAuthToken, "verifies").await;
    // Put where a sending function looks: KMS refuses, since the purpose is part of the encryption context.
    let mut item = sealed(&stage).await;
    assert_eq!(text_of(&item, "pk"), "T#acme#CREDENTIAL#verification");
    item.insert("pk".into(), AttributeValue::S("T#acme#CREDENTIAL#sending".into()));
    item.insert("sk".into(), AttributeValue::S("twilio-api-key".into()));
    store(&stage, item).await;
    let refused = get(&stage, Credential::TwilioApiKey).await.unwrap_err();
    assert!(matches!(&refused, Failure::Permanent(reason) if reason.contains("decrypt")), "{refused:?}");
}

#[tokio::test]
async fn a_credential_of_another_tenant_cannot_be_put_in_place() {
    let stage = Stage::new().await;
    put(&stage, Credential::MetaAppSecret, "of acme").await;
    let mut item = sealed(&stage).await;
    item.insert("pk".into(), AttributeValue::S("T#bolt#CREDENTIAL#verification".into()));
    store(&stage, item).await;
    let other = TenantId::new("bolt").unwrap();
    assert!(stage.cold().credentials().get(&other, Credential::MetaAppSecret).await.is_err());
}

#[tokio::test]
async fn a_credential_that_was_moved_or_changed_is_not_opened() {
    let stage = Stage::new().await;
    put(&stage, Credential::MetaAppSecret, "app-secret").await;
    let original = sealed(&stage).await;

    // The same tenant and purpose, another name: KMS would open it, the sealed text does not fit its place.
    let mut moved = original.clone();
    moved.insert("sk".into(), AttributeValue::S("twilio-auth-token".into()));
    store(&stage, moved).await;
    let refused = get(&stage, Credential::TwilioAuthToken).await.unwrap_err();
    assert!(matches!(&refused, Failure::Permanent(reason) if reason.contains("cannot be decrypted")), "{refused:?}");

    for part in ["ciphertext", "nonce", "data_key"] {
        let mut tampered = original.clone();
        let mut bytes = tampered[part].as_b().unwrap().as_ref().to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        tampered.insert(part.to_owned(), AttributeValue::B(Blob::new(bytes)));
        store(&stage, tampered).await;
        assert!(get(&stage, Credential::MetaAppSecret).await.is_err(), "a changed {part} is noticed");
    }
    store(&stage, original).await;
    assert_eq!(get(&stage, Credential::MetaAppSecret).await.unwrap().as_deref(), Some("app-secret"));
}
