//! The tenant that every event is for, and its API key, stored by the code that onboards real ones.

use anyhow::Result;
use auth::access_tokens::{Claims, sign};
use auth::secrets::random_token;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::Credentials;
use domain::TenantId;
use domain::identity::{Actor, ApiKey, Permission, Role, Session};
use domain::ids::{AccountId, ApiKeyId, SessionId};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use store::{Credential, Key, Registration, Store, Trace};

use crate::aws::Aws;
use crate::crypto::ISSUER;
use crate::load::{
    META_APP_SECRET, PHONE_NUMBER_ID, SITE_KEY, TENANT, TWILIO_ACCOUNT, TWILIO_AUTH_TOKEN, TWILIO_NUMBER,
};

/// The table's name: any will do.
pub(crate) const TABLE: &str = "porchlight";
/// The KMS key's name: any will do.
pub(crate) const KMS_KEY: &str = "alias/bench";

/// Puts the tenant, its number and its secrets into the stub.
pub(crate) async fn tenant(aws: &Aws) -> Result<()> {
    let store = store(aws).await;
    let tenant: Tenant = serde_json::from_value(json!({
        "id": TENANT,
        "name": "Alpine Roofing",
        "industry": "roofing",
        "currency": "USD",
        "zone": "America/Denver",
        "region": "US",
        "language": "en",
        "business": {"address": "12 Example Street, Denver", "phone": "+14155550199", "website": "https://example.com"},
        "hours": {"monday": [{"open": "08:00", "close": "17:00"}]},
        "services": [
            {"id": "roof-inspection", "name": "Roof inspection", "price": {"from_cents": 15_000, "to_cents": 15_000}, "duration_minutes": 60, "keywords": ["inspection"]},
            {"id": "roof-repair", "name": "Roof repair", "price": {"from_cents": 40_000}, "keywords": ["repair", "leak"]},
        ],
        "notify": ["staff@example.com"],
        "channels": {"whatsapp": {"phone_number_id": PHONE_NUMBER_ID}},
    }))?;
    let registration: Registration = serde_json::from_value(json!({"tenant": TENANT, "region": "US"}))?;
    store.tenants().save(&tenant, None, &trace()).await?;
    let keys = [
        Key::WhatsappNumber(PHONE_NUMBER_ID),
        Key::TwilioNumber(TWILIO_ACCOUNT, TWILIO_NUMBER),
        Key::Form(SITE_KEY),
        Key::Widget(SITE_KEY),
    ];
    for key in keys {
        store.registry().register(key, &registration).await?;
    }
    for (credential, secret) in [
        (Credential::MetaAppSecret, META_APP_SECRET),
        (Credential::MetaAccessToken, "bench-token"),
        (Credential::TwilioAuthToken, TWILIO_AUTH_TOKEN),
    ] {
        store.credentials().put(KMS_KEY, &tenant.id, credential, &secret.to_owned().into()).await?;
    }
    aws.take_usage()?;
    Ok(())
}

/// Makes the tenant a key that may read leads.
pub(crate) async fn api_key(aws: &Aws) -> Result<SecretString> {
    let tenant = TenantId::new(TENANT)?;
    let plain = random_token("pl_api_")?;
    let key = ApiKey {
        id: ApiKeyId::derive(&tenant, &["bench"]),
        name: "bench".to_owned(),
        scopes: [Permission::ReadLeads].into(),
        mode: domain::identity::KeyMode::Live,
        prefix: plain.expose_secret().chars().take(11).collect(),
        created_at: Timestamp::now(),
        last_used_at: None,
    };
    store(aws).await.api_keys().make(&tenant, &key, &plain, &trace()).await?;
    aws.take_usage()?;
    Ok(plain)
}

/// An access token of someone of the tenant who has that role. The stub takes any session as one that is open.
pub(crate) async fn access_token(aws: &Aws, role: Role) -> Result<SecretString> {
    let now = Timestamp::now();
    let pair = store(aws).await.signing_keys().current(now, KMS_KEY).await?;
    let token = sign(
        &pair,
        &Claims::of(&Session { role, second_factor: true, ..session(TenantId::new(TENANT)?, now) }, ISSUER, now)?,
    )?;
    aws.take_usage()?;
    Ok(token)
}

/// A session of an agent that begins now.
pub(crate) fn session(tenant: TenantId, now: Timestamp) -> Session {
    Session {
        id: SessionId::derive(&tenant, &["session"]),
        account: AccountId::derive(&tenant, &["account"]),
        tenant,
        role: Role::Agent,
        second_factor: false,
        device: String::new(),
        address: String::new(),
        started_at: now,
        refreshed_at: now,
    }
}

/// A cold store over the stub.
pub(crate) async fn store(aws: &Aws) -> Store {
    Store::new(&config(aws).await, TABLE.to_owned())
}

fn trace() -> Trace {
    Trace { actor: Actor::Operator, at: Timestamp::now(), address: None, correlation_id: String::new() }
}

async fn config(aws: &Aws) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(aws.url())
        .credentials_provider(Credentials::new("bench", "bench", None, None, "bench"))
        .load()
        .await
}
