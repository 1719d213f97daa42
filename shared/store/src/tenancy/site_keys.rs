//! Keys that are used in forms, chat widgets and telephone systems.

use domain::identity::{AuditAction, SiteKey, SiteKeyKind};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};

use crate::Registry;
use crate::table::documents::{Document, Trace, Versioned, busy, changed, entry, json};
use crate::table::item::{text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::registry::{Key, Registration, shown};

impl Document for SiteKey {
    const NAME: &'static str = "site_key";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

/// `plain` as what it is.
fn key(kind: SiteKeyKind, plain: &str) -> Key<'_> {
    match kind {
        SiteKeyKind::Form => Key::Form(plain),
        SiteKeyKind::Widget => Key::Widget(plain),
        SiteKeyKind::Call => Key::Call(plain),
    }
}

impl Registry<'_> {
    /// Stores a key and what leads from it to the tenant. Made again, a public key is the one that was made first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when it belongs to another tenant, or is secret and was made before.
    pub async fn make_site_key(
        self,
        tenant: &Tenant,
        site: &SiteKey,
        plain: &str,
        trace: &Trace,
    ) -> Result<Versioned<SiteKey>, Failure> {
        let registry = key(site.kind, plain).table_key();
        let registration = Registration {
            consent_wording: site.consent_wording.clone(),
            ..Registration::of(tenant, site.origins.clone())
        };
        let mut item = to_item(SiteKey::NAME, &keys::of(&tenant.id).document(SiteKey::NAME, &site.id()), site)?;
        item.insert("registry".to_owned(), text(&registry.pk));
        let audit = entry(&tenant.id, AuditAction::Created, &subject(site), 1, None, Some(json(site)?), trace);
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(item, 0)?;
        writes.put_owned(to_item("registration", &registry, &registration)?, &tenant.id)?;
        writes.audit(&audit)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: site.clone(), version: 1 }),
            Ran::Raced => Err(busy("site key")),
            Ran::Refused(positions) if positions.contains(&0) => {
                let there = self.store.documents().get::<SiteKey>(&tenant.id, &site.id()).await?;
                if there.value.key.is_some() { Ok(there) } else { Err(shown("key")) }
            }
            Ran::Refused(_) => Err(crate::tenancy::registry::taken("key")),
        }
    }

    /// Removes a key: pages that carry it are refused from now on, within the 30 s that a warm function remembers it.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or precondition failed.
    pub async fn remove_site_key(
        self,
        tenant: &TenantId,
        id: &str,
        version: u64,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let place = keys::of(tenant).document(SiteKey::NAME, id);
        let item = self.store.item(SiteKey::NAME, &place).await?.ok_or_else(|| Failure::not_found("site key"))?;
        let before = self.store.documents().get::<SiteKey>(tenant, id).await?.value;
        let mut writes = Writes::new(&self.store.table);
        writes.delete_version(&place, version)?;
        if let Some(registry) = TableKey::registered(&item) {
            writes.delete(&registry)?;
        }
        writes.audit(&entry(tenant, AuditAction::Removed, &subject(&before), 2, Some(json(&before)?), None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy("site key")),
            Ran::Refused(_) => Err(changed(version)),
        }
    }
}

fn subject(site: &SiteKey) -> String {
    format!("{}/{}", SiteKey::NAME, site.id)
}
