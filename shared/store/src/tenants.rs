//! Tenants.

use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use std::sync::Arc;

use crate::Store;
use crate::error::failure;
use crate::item::{from_item, key_item, to_item};
use crate::keys;

impl Store {
    /// A tenant's configuration. A warm function remembers it for 30 s.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when there is no such tenant: whoever asks got the id from the registry or a queue.
    pub async fn tenant(&self, id: &TenantId) -> Result<Arc<Tenant>, Failure> {
        if let Some(known) = self.tenants.get(id) {
            return Ok(known);
        }
        let answer = self
            .dynamo
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::tenant(id))))
            .send()
            .await
            .map_err(|error| failure("tenant", &error))?;
        let item = answer.item.ok_or_else(|| Failure::Permanent(format!("tenant {id} does not exist")))?;
        let tenant = Arc::new(from_item::<Tenant>("tenant", &strip(item))?);
        self.tenants.put(id.clone(), Arc::clone(&tenant));
        Ok(tenant)
    }

    /// Stores a tenant's configuration, replacing an earlier one.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn put_tenant(&self, tenant: &Tenant) -> Result<(), Failure> {
        self.dynamo
            .put_item()
            .table_name(&self.table)
            .set_item(Some(to_item("tenant", &keys::tenant(&tenant.id), tenant)?))
            .send()
            .await
            .map_err(|error| failure("put tenant", &error))?;
        Ok(())
    }
}

/// A tenant's document refuses unknown fields, and the key is one.
fn strip(mut item: crate::item::Item) -> crate::item::Item {
    for attribute in ["pk", "sk", "entity"] {
        item.remove(attribute);
    }
    item
}
