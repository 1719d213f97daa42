//! What erased people refused: kept, as the law wants (GDPR, article 17 (3) b), under a keyed hash of tenant and address.
//!
//! The key is the platform's. It is kept encrypted in the vault, is made by the first erasure that needs it, and never changes: without it
//! the hashes cannot be found again. Who may read the table but not decrypt the key cannot try out phone numbers.

use domain::messaging::{Address, OptOutState};
use domain::{Failure, TenantId};
use secrecy::SecretString;
use std::collections::BTreeSet;

use crate::Store;
use crate::Suppressions;
use crate::messaging::keys::erased_suppression;
use crate::messaging::suppressions::{find, said_in, suppression_item};
use crate::table::item::number;
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::credentials::Credential;

/// Addresses whose two places are read in one call.
const AT_ONCE: usize = 50;

impl Store {
    /// As who makes keys of the platform's own where there are none, under this key of KMS: who erases keeps what people
    /// refused, who books signs links.
    #[must_use]
    pub fn sealing_with(self, kms_key_id: String) -> Self {
        Self { kms_key_id: Some(kms_key_id), ..self }
    }
}

impl Suppressions<'_> {
    /// The key of the hashes; `None` as long as no one was erased who had refused. A warm function remembers the key for five
    /// minutes, and that there is none for one.
    pub(crate) async fn key(self) -> Result<Option<SecretString>, Failure> {
        if self.store.messaging.no_suppression_key.get(&()).is_some() {
            return Ok(None);
        }
        let key = self.store.credentials().get(&TenantId::platform(), Credential::SuppressionKey).await?;
        if key.is_none() {
            self.store.messaging.no_suppression_key.put((), ());
        }
        Ok(key)
    }

    /// Takes what an erased person's addresses said out of the table, and keeps that they refused, where that is the last
    /// word of them all: under the hashes of *all* their addresses. A repeat changes nothing.
    pub(crate) async fn keep(
        self,
        tenant: &TenantId,
        addresses: &BTreeSet<Address>,
        person: &OptOutState,
    ) -> Result<(), Failure> {
        let addresses: Vec<&Address> = addresses.iter().collect();
        let known = self.store.credentials().get(&TenantId::platform(), Credential::SuppressionKey).await?;
        let (mut last, mut items) = (person.clone(), Vec::new());
        for some in addresses.chunks(AT_ONCE) {
            let plain = some.iter().map(|address| keys::of(tenant).suppression(address));
            let kept = some.iter().filter_map(|address| Some(erased_suppression(known.as_ref()?, tenant, address)));
            items.extend(self.store.batch_get(plain.chain(kept).collect()).await?);
        }
        for item in &items {
            last.merge(&said_in(item));
        }
        let key = if last.refused {
            Some(self.store.credentials().own_key(Credential::SuppressionKey).await?)
        } else {
            known
        };
        for address in addresses {
            let plain = keys::of(tenant).suppression(address);
            let mut writes = Writes::new(&self.store.table);
            if let Some(said) = find(&items, &plain) {
                // What is said this very moment stays as it is, and is kept the next time.
                let said_at = said.get("said_at").cloned().unwrap_or_else(|| number(0));
                writes.delete_where(&plain, "said_at = :said_at", ":said_at", said_at)?;
            }
            let kept = key.as_ref().map(|key| erased_suppression(key, tenant, address));
            match (last.refused.then_some(last.said_at).flatten(), kept) {
                (Some(said_at), Some(kept)) => writes.put(suppression_item(&kept, true, said_at))?,
                (None, Some(kept)) if find(&items, &kept).is_some() => writes.delete(&kept)?,
                _ => {}
            }
            if writes.items.is_empty() {
                continue;
            }
            match self.store.run(writes).await? {
                Ran::Done => {}
                Ran::Refused(_) | Ran::Raced => {
                    return Err(Failure::Retryable("suppression: something was said meanwhile".into()));
                }
            }
        }
        Ok(())
    }
}
