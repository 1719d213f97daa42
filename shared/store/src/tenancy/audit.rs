//! The audit record: what was done in a tenant, newest first. Lines are written once and never changed.

use domain::identity::AuditEntry;
use domain::{Failure, TenantId};
use jiff::SignedDuration;

use crate::Audit;
use crate::table::error::failure;
use crate::table::item::{Item, number, readable, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::writes::Writes;

/// For how long a line of the platform's own record is kept, in days: as long as PCI DSS 4.0, 10.5.1 wants it, and a month.
/// A tenant says for itself (`Retention::audit_days`), and the tenant job `retention` sees to it.
const PLATFORM_DAYS: i64 = 400;

impl Audit<'_> {
    /// Writes a line by itself, for what is no change. A repeat changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn record(self, entry: &AuditEntry) -> Result<(), Failure> {
        self.store.put_item(item(entry)?).send().await.map_err(|error| failure("audit", &error))?;
        Ok(())
    }

    /// What was done in a tenant, newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<AuditEntry>, Failure> {
        let (items, cursor) = self.store.page_of(&keys::of(tenant).audit_list(), "", false, limit, cursor).await?;
        Ok(Page { items: readable("audit", &items), cursor })
    }
}

impl Writes {
    /// A line of the record, written with what it is about.
    pub(crate) fn audit(&mut self, entry: &AuditEntry) -> Result<(), Failure> {
        self.put(item(entry)?)
    }
}

fn item(entry: &AuditEntry) -> Result<Item, Failure> {
    let mut item = to_item("audit", &keys::of(&entry.tenant).audit(entry.at, entry.id), entry)?;
    if entry.tenant.is_platform() {
        let until = entry.at.saturating_add(SignedDuration::from_hours(24 * PLATFORM_DAYS)).unwrap_or(entry.at);
        item.insert("expires_at".to_owned(), number(until.as_second()));
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::{Actor, AuditAction};
    use domain::ids::AuditId;

    fn line(tenant: &TenantId) -> AuditEntry {
        AuditEntry {
            id: AuditId::derive(tenant, &["line"]),
            tenant: tenant.clone(),
            at: "2026-11-20T12:00:00Z".parse().unwrap(),
            actor: Actor::System,
            action: AuditAction::Updated,
            subject: "tenant/acme".to_owned(),
            address: None,
            before: None,
            after: None,
            correlation_id: String::new(),
        }
    }

    #[test]
    fn a_tenants_line_goes_when_the_tenant_says_and_the_platforms_after_400_days() {
        let acme = TenantId::new("acme").unwrap();
        assert!(!item(&line(&acme)).unwrap().contains_key("expires_at"));
        let platforms = item(&line(&TenantId::platform())).unwrap();
        assert_eq!(platforms["expires_at"], number(1_795_176_000_i64 + 400 * 86_400));
    }
}
