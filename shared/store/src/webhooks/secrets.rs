//! The secrets that sign what is posted, sealed like vendors' credentials: who makes them cannot read them, and who
//! signs makes none.

use domain::webhooks::Webhook;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;

use crate::Webhooks;
use crate::table::item::{Item, to_item};
use crate::table::keys::{self, TableKey};
use crate::tenancy::credentials::Purpose;

/// Where the secret of this number lies. Each has a place of its own, to which it is bound.
pub(super) fn place(tenant: &TenantId, webhook: &Webhook, number: u32) -> TableKey {
    keys::of(tenant).credential(Purpose::Webhooks.as_str(), &name(webhook, number))
}

fn name(webhook: &Webhook, number: u32) -> String {
    format!("{}#{number}", webhook.id)
}

impl Webhooks<'_> {
    /// The secrets that sign now, the current one first. A warm function remembers each for five minutes.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or KMS does not answer; [`Failure::Permanent`] when one cannot be
    /// decrypted.
    pub async fn secrets(
        self,
        tenant: &TenantId,
        webhook: &Webhook,
        now: Timestamp,
    ) -> Result<Vec<SecretString>, Failure> {
        let mut secrets = Vec::new();
        for number in webhook.signing(now) {
            let key = place(tenant, webhook, number);
            let cached = format!("{}|{}", key.pk, key.sk);
            if let Some(secret) = self.store.tenancy.secrets.get(&cached) {
                secrets.push(secret);
                continue;
            }
            // One that was removed meanwhile signs no more.
            let name = name(webhook, number);
            let Some(secret) = self.store.sealed(tenant, Purpose::Webhooks, &name).await? else { continue };
            self.store.tenancy.secrets.put(cached, secret.clone());
            secrets.push(secret);
        }
        Ok(secrets)
    }

    /// A secret as it is stored.
    pub(super) async fn sealed_secret(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        webhook: &Webhook,
        number: u32,
        secret: &SecretString,
    ) -> Result<Item, Failure> {
        let key = place(tenant, webhook, number);
        let sealed = self.store.seal(kms_key_id, tenant, Purpose::Webhooks, &key, secret).await?;
        to_item("credential", &key, &sealed)
    }
}
