//! A tenant's end: first nothing comes in any more, then all is erased, then the slug is free.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::identity::KeyMode;
use domain::identity::{AuditAction, Member};
use domain::ids::AccountId;
use domain::{Failure, TenantId};

use crate::Rights;
use crate::table::documents::{Document, Trace};
use crate::table::error::failure;
use crate::table::item::{get_text, number, text};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::api_keys::registered;

impl Rights<'_> {
    /// Closes a tenant for good: its status, its sessions, and every key and number that leads to it. Warm functions
    /// remember what they know for 30 s. A repeat changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn close_tenant(self, tenant: &TenantId, trace: &Trace) -> Result<(), Failure> {
        let there = self.store.tenants().find(tenant).await?;
        let Some(there) = there else { return Ok(()) };
        self.set_closed(tenant).await?;
        for key in self.ways_in(tenant).await? {
            self.delete_if(&key, "tenant = :tenant", ":tenant", text(tenant.as_str())).await?;
        }
        for (key, _) in crate::tenancy::tenants::registry(&there.value) {
            self.delete_if(&key.table_key(), "tenant = :tenant", ":tenant", text(tenant.as_str())).await?;
        }
        for item in self.all_entries(&keys::of(tenant).document(Member::NAME, "").pk, "").await? {
            let account = AccountId::parse(get_text(&item, "account"))?;
            self.store.sessions().end_all(account, Some(tenant), None, AuditAction::SignedOut, trace).await?;
        }
        Ok(())
    }

    async fn set_closed(self, tenant: &TenantId) -> Result<(), Failure> {
        let closed = self
            .store
            .update_item(&keys::of(tenant).tenant())
            .update_expression("SET #status = :closed ADD version :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":closed", text("closed"))
            .expression_attribute_values(":one", number(1))
            .send()
            .await;
        match closed {
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(failure("close tenant", &error)),
            },
            Ok(_) => Ok(()),
        }
    }

    /// The registry's entries that the tenant's documents know of. What none knows, the reading of the whole table finds.
    async fn ways_in(self, tenant: &TenantId) -> Result<Vec<TableKey>, Failure> {
        let mut ways = Vec::new();
        for item in self.all_entries(&keys::of(tenant).api_key(1).pk, "").await? {
            let hash = get_text(&item, "hash");
            ways.extend([KeyMode::Live, KeyMode::Test].map(|mode| registered(mode, hash)));
        }
        let site_keys =
            self.all_entries(&keys::of(tenant).document(domain::identity::SiteKey::NAME, "").pk, "").await?;
        ways.extend(site_keys.iter().filter_map(TableKey::registered));
        Ok(ways)
    }

    /// Takes a tenant that was erased off the list: its slug is free. A repeat changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn forget_tenant(self, tenant: &TenantId, parent: Option<&TenantId>) -> Result<(), Failure> {
        let list = parent.cloned().unwrap_or_else(TenantId::platform);
        let mut writes = Writes::new(&self.store.table);
        writes.delete(&keys::of(tenant).tenant())?;
        writes.delete(&keys::platform().tenant_entry(&list, tenant))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Refused(_) | Ran::Raced => Err(Failure::Retryable("tenant: another write is in progress".into())),
        }
    }
}
