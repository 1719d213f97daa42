//! The tenant that every event is for, stored by the code that onboards real ones.

use anyhow::Result;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::Credentials;
use domain::tenancy::Tenant;
use serde_json::json;
use store::{Credential, Key, Registration, Store};

use crate::aws::Aws;
use crate::load::{META_APP_SECRET, PHONE_NUMBER_ID, TENANT};

/// The table's name: any will do.
pub(crate) const TABLE: &str = "porchlight";
/// The KMS key's name: any will do.
pub(crate) const KMS_KEY: &str = "alias/bench";

/// Puts the tenant, its number and its secrets into the stub.
pub(crate) async fn tenant(aws: &Aws) -> Result<()> {
    let store = Store::new(&config(aws).await, TABLE.to_owned());
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
            {"name": "Roof inspection", "price": {"from_cents": 15_000, "to_cents": 15_000}, "duration_minutes": 60, "keywords": ["inspection"]},
            {"name": "Roof repair", "price": {"from_cents": 40_000}, "keywords": ["repair", "leak"]},
        ],
        "notify": ["staff@example.com"],
        "channels": {"whatsapp": {"phone_number_id": PHONE_NUMBER_ID}},
    }))?;
    let registration: Registration =
        serde_json::from_value(json!({"tenant": TENANT, "region": "US", "text_back": "whatsapp"}))?;
    store.put_tenant(&tenant).await?;
    store.register(Key::WhatsappNumber(PHONE_NUMBER_ID), &registration).await?;
    for (credential, secret) in
        [(Credential::MetaAppSecret, META_APP_SECRET), (Credential::MetaAccessToken, "bench-token")]
    {
        store.put_credential(KMS_KEY, &tenant.id, credential, &secret.to_owned().into()).await?;
    }
    aws.take_usage()?;
    Ok(())
}

async fn config(aws: &Aws) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(aws.url())
        .credentials_provider(Credentials::new("bench", "bench", None, None, "bench"))
        .load()
        .await
}
