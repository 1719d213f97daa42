//! Keys and credentials: API keys, keys of forms, widgets and telephone systems, Meta's verify token, vendors' secrets.
//!
//! A key's id is derived from the key, so that a key made up again is another key and the same one is the same.

use anyhow::{Context as _, Result};
use domain::TenantId;
use domain::identity::{ApiKey, SiteKey, SiteKeyKind};
use domain::ids::ApiKeyId;
use secrecy::SecretString;
use store::{Key, Registration, VendorCredential, Versioned};

use super::Run;
use super::summary::{Outcome, Summary};
use crate::secrets::{Secrets, SecretsFile, sha256_hex};

/// How many characters of a key people see.
const SHOWN_CHARS: usize = 12;

/// The id of an API key or site key.
pub(super) fn api_key_id(tenant: &TenantId, plain: &str) -> ApiKeyId {
    ApiKeyId::derive(tenant, &[&sha256_hex(plain)])
}

impl Run<'_> {
    pub(super) async fn keys(&self, secrets: &Secrets, summary: &mut Summary) -> Result<()> {
        self.api_keys(secrets, summary).await?;
        for (kind, name, plain) in [
            (SiteKeyKind::Form, "form", &secrets.form_key),
            (SiteKeyKind::Widget, "widget", &secrets.widget_key),
            (SiteKeyKind::Call, "call", &secrets.call_key),
        ] {
            let outcome = self.site_key(kind, name, plain).await.with_context(|| format!("storing the {name} key"))?;
            summary.add("site key", name, outcome);
        }
        if self.file.tenant.channels.whatsapp.is_some() {
            let outcome =
                self.verify_token(&secrets.whatsapp.verify_token).await.context("storing Meta's verify token")?;
            summary.add("verify token", "Meta", outcome);
        }
        Ok(())
    }

    async fn api_keys(&self, secrets: &Secrets, summary: &mut Summary) -> Result<()> {
        let (store, tenant) = (&self.to.store, &self.file.tenant.id);
        let active = store.api_keys().list(tenant).await?;
        for wish in &self.file.api_keys {
            let plain = secrets.api_key(wish)?;
            let key = ApiKey {
                id: api_key_id(tenant, plain),
                name: wish.name.clone(),
                scopes: wish.scopes.clone(),
                mode: domain::identity::KeyMode::Live,
                prefix: plain.chars().take(SHOWN_CHARS).collect(),
                created_at: self.manner.at,
                last_used_at: None,
            };
            let outcome = match active.iter().find(|there| there.id == key.id) {
                Some(there) if there.scopes == key.scopes => Outcome::Unchanged,
                Some(_) => Outcome::Left(
                    "what a key may do does not change: give the new scopes to a key of another name".to_owned(),
                ),
                None => {
                    let secret = SecretString::from(plain.to_owned());
                    store.api_keys().make(tenant, &key, &secret, &self.trace).await.context("storing an API key")?;
                    Outcome::Made
                }
            };
            summary.add("API key", &wish.name, outcome);
        }
        let wanted: Vec<ApiKeyId> = self
            .file
            .api_keys
            .iter()
            .map(|wish| Ok(api_key_id(tenant, secrets.api_key(wish)?)))
            .collect::<Result<_>>()?;
        for other in active.iter().filter(|key| !wanted.contains(&key.id)) {
            summary.add("API key", &other.name, Outcome::Left("the file does not name it".to_owned()));
        }
        Ok(())
    }

    async fn site_key(&self, kind: SiteKeyKind, name: &str, plain: &str) -> Result<Outcome> {
        let (store, tenant) = (&self.to.store, &self.file.tenant);
        let origins = if kind.is_public() { self.file.key_origins() } else { &[] };
        let key = SiteKey {
            id: api_key_id(&tenant.id, plain),
            kind,
            name: name.to_owned(),
            origins: origins.to_vec(),
            consent_wording: self.file.site_keys.consent_wording.clone().filter(|_| kind == SiteKeyKind::Form),
            key: kind.is_public().then(|| plain.to_owned()),
            created_at: self.manner.at,
        };
        let there: Option<Versioned<SiteKey>> = match store.documents().get(&tenant.id, &key.id.to_string()).await {
            Ok(there) => Some(there),
            Err(domain::Failure::Rejected { .. }) => None,
            Err(failure) => return Err(failure.into()),
        };
        let Some(there) = there else {
            store.registry().make_site_key(tenant, &key, plain, &self.trace).await?;
            return Ok(Outcome::Made);
        };
        if (&there.value.origins, &there.value.consent_wording) != (&key.origins, &key.consent_wording) {
            // A key's sites and words are part of what leads to it: it is renewed, and refused for the moment in between.
            store.registry().remove_site_key(&tenant.id, &key.id.to_string(), there.version, &self.trace).await?;
            store.registry().make_site_key(tenant, &key, plain, &self.trace).await?;
            return Ok(Outcome::Changed);
        }
        let leads_here = match kind {
            SiteKeyKind::Form => Key::Form(plain),
            SiteKeyKind::Widget => Key::Widget(plain),
            SiteKeyKind::Call => Key::Call(plain),
        };
        self.registration(leads_here, &key).await
    }

    async fn verify_token(&self, token: &str) -> Result<Outcome> {
        let tenant = &self.file.tenant;
        let there = self.to.store.registry().resolve(Key::MetaVerifyToken(token)).await?;
        if there.is_some_and(|there| there.tenant == tenant.id) {
            return Ok(Outcome::Unchanged);
        }
        self.store_credential(VendorCredential::MetaVerifyToken, &SecretString::from(token.to_owned())).await?;
        Ok(Outcome::Made)
    }

    async fn store_credential(&self, which: VendorCredential, secret: &SecretString) -> Result<()> {
        let (to, tenant) = (self.to, &self.file.tenant);
        to.store.vendor_credentials().put(&to.kms_key_id, tenant, which, secret, &self.trace).await?;
        Ok(())
    }

    /// Makes what leads from `key` to the tenant say what it must.
    async fn registration(&self, key: Key<'_>, site: &SiteKey) -> Result<Outcome> {
        let tenant = &self.file.tenant;
        let wanted = Registration {
            tenant: tenant.id.clone(),
            region: tenant.region.clone(),
            origins: site.origins.clone(),
            consent_wording: site.consent_wording.clone(),
        };
        let outcome = match self.to.store.registry().resolve(key).await? {
            Some(there) if *there == wanted => return Ok(Outcome::Unchanged),
            Some(_) => Outcome::Changed,
            None => Outcome::Made,
        };
        self.to.store.registry().register(key, &wanted).await?;
        Ok(outcome)
    }

    /// Stores the vendors' secrets that are there and new. The file remembers each as soon as it is stored.
    pub(super) async fn credentials(&self, secrets: &mut SecretsFile, summary: &mut Summary) -> Result<()> {
        let stored = self.to.store.vendor_credentials().list(&self.file.tenant.id).await?;
        for given in secrets.secrets.credentials() {
            let which = VendorCredential::Sealed(given.credential);
            let is_there = stored.iter().any(|stored| stored.name == which.as_str());
            let remembered = secrets.secrets.stored.get(given.name).filter(|_| is_there);
            let outcome = match remembered {
                Some(hash) if *hash == given.hash => Outcome::Unchanged,
                Some(_) => Outcome::Changed,
                None => Outcome::Made,
            };
            if outcome != Outcome::Unchanged {
                let what = || format!("storing {}", given.name);
                self.store_credential(which, &given.secret).await.with_context(what)?;
                secrets.secrets.stored.insert(given.name.to_owned(), given.hash);
                secrets.save()?;
            }
            summary.add("credential", given.name, outcome);
        }
        Ok(())
    }
}
