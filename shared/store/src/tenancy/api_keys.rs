//! API keys: two places a tenant, and two for tests, so that a new key is in use before the old one goes.
//!
//! The registry leads from a key's hash to its tenant, place and id; the place holds what the key may do. Using a key is
//! one update of its place, which checks that the key is still there, takes a token of its rate limit and notes the
//! time. So a revoked key is refused at once, whatever a warm function remembers.

use auth::secrets::sha256_hex;
use domain::failure::Rejection;
use domain::identity::{ApiKey, AuditAction, KeyMode, MAX_ACTIVE_KEYS, MAX_TEST_KEYS};
use domain::ids::ApiKeyId;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::ApiKeys;
use crate::table::documents::{Trace, busy, entry, json};
use crate::table::item::{from_item, get_text, readable, text, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::buckets::{BucketUpdate, Grant, Limit, Taken};
use crate::tenancy::registry::shown;

/// Where a key leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiRegistration {
    /// The tenant.
    pub tenant: TenantId,
    place: u8,
    key: ApiKeyId,
}

impl ApiKeys<'_> {
    /// Where `key` leads; `None` when no one has it. A warm function remembers it for 30 s.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn find(self, key: &str) -> Result<Option<Arc<ApiRegistration>>, Failure> {
        let table_key = registered(KeyMode::of_key(key), &sha256_hex(key));
        if let Some(known) = self.store.tenancy.api_keys.get(&table_key.pk) {
            return Ok(Some(known));
        }
        let Some(item) = self.store.item("registry", &table_key).await? else { return Ok(None) };
        let registration = Arc::new(from_item::<ApiRegistration>("registration", &item)?);
        self.store.tenancy.api_keys.put(table_key.pk, Arc::clone(&registration));
        Ok(Some(registration))
    }

    /// Uses a key once: what it is, and whether its rate limit lets the call through. `None` when it was revoked.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn admit(
        self,
        registration: &ApiRegistration,
        limit: Limit,
        now: Timestamp,
    ) -> Result<Option<(Grant, ApiKey)>, Failure> {
        let update = BucketUpdate {
            condition: Some("id = :id"),
            sets: ", last_used_at = :used",
            values: vec![(":id", text(registration.key.to_string())), (":used", text(now.to_string()))],
            by: None,
        };
        let place = keys::of(&registration.tenant).api_key(registration.place);
        match self.store.limits().take(&place, &update, limit, now).await? {
            Taken::Gone => Ok(None),
            Taken::Told(grant, item) => Ok(Some((grant, from_item("API key", &item)?))),
        }
    }

    /// Gives a key one of the tenant's places.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when both places are taken, or a key with this id was made before: that one was
    /// shown then, and no one can show it again.
    pub async fn make(
        self,
        tenant: &TenantId,
        key: &ApiKey,
        plain: &SecretString,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let hash = sha256_hex(plain.expose_secret());
        let registry = registered(key.mode, &hash);
        let audit = entry(tenant, AuditAction::Created, &subject(key.id), 1, None, Some(json(key)?), trace);
        for place in places(key.mode) {
            let mut item = to_item("API key", &keys::of(tenant).api_key(place), key)?;
            item.insert("hash".to_owned(), text(&hash));
            let registration = ApiRegistration { tenant: tenant.clone(), place, key: key.id };
            let mut writes = Writes::new(&self.store.table);
            writes.put_new(item)?;
            writes.put_new(to_item("registration", &registry, &registration)?)?;
            writes.audit(&audit)?;
            match self.store.run(writes).await? {
                Ran::Done => return Ok(()),
                Ran::Raced => return Err(busy("API key")),
                Ran::Refused(_) => {}
            }
            let (there, _) = self.store.page_of(&keys::of(tenant).api_key(1).pk, "", true, ALL, None).await?;
            if let Some(there) = there.iter().find(|there| get_text(there, "id") == key.id.to_string()) {
                return if get_text(there, "hash") == hash { Ok(()) } else { Err(shown("key")) };
            }
        }
        let (most, kind) = match key.mode {
            KeyMode::Live => (MAX_ACTIVE_KEYS, "active keys"),
            KeyMode::Test => (MAX_TEST_KEYS, "active keys for tests"),
        };
        let full = format!("a tenant has at most {most} {kind}: revoke one that is no longer in use");
        Err(Failure::rejected(Rejection::Conflict, full))
    }

    /// A tenant's active keys.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn list(self, tenant: &TenantId) -> Result<Vec<ApiKey>, Failure> {
        let (items, _) = self.store.page_of(&keys::of(tenant).api_key(1).pk, "", true, ALL, None).await?;
        Ok(readable("API key", &items))
    }

    /// Takes a key's place away: from now on it is refused.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn revoke(self, tenant: &TenantId, id: ApiKeyId, trace: &Trace) -> Result<(), Failure> {
        let (items, _) = self.store.page_of(&keys::of(tenant).api_key(1).pk, "", true, ALL, None).await?;
        let item = items.iter().find(|item| get_text(item, "id") == id.to_string());
        let item = item.ok_or_else(|| Failure::not_found("key"))?;
        let key: ApiKey = from_item("API key", item)?;
        let place = keys::TableKey::of(item);
        let mut writes = Writes::new(&self.store.table);
        writes.delete_where(&place, "id = :id", ":id", text(id.to_string()))?;
        writes.delete(&registered(key.mode, get_text(item, "hash")))?;
        writes.audit(&entry(tenant, AuditAction::Removed, &subject(id), 2, Some(json(&key)?), None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy("API key")),
            Ran::Refused(_) => Err(Failure::not_found("key")),
        }
    }
}

/// Where the registry leads from a key's hash. Keys for tests have a kind of their own, which older code does not look for: to it such
/// a key belongs to no one, and is never a live one.
pub(crate) fn registered(mode: KeyMode, hash: &str) -> keys::TableKey {
    let kind = match mode {
        KeyMode::Live => "api",
        KeyMode::Test => "api_test",
    };
    keys::registration(kind, hash)
}

/// The most keys of a tenant.
const ALL: usize = MAX_ACTIVE_KEYS + MAX_TEST_KEYS;

/// The places of keys of a mode, one after the other.
fn places(mode: KeyMode) -> impl Iterator<Item = u8> {
    let (first, count) = match mode {
        KeyMode::Live => (1, MAX_ACTIVE_KEYS),
        KeyMode::Test => (1 + MAX_ACTIVE_KEYS, MAX_TEST_KEYS),
    };
    (first..first + count).filter_map(|place| u8::try_from(place).ok())
}

fn subject(id: ApiKeyId) -> String {
    format!("api_key/{id}")
}
