//! Resources: documents like locations.

use domain::failure::Rejection;
use domain::scheduling::{MAX_RESOURCES, Resource};
use domain::{Failure, TenantId};

use crate::{Document, Resources, Trace, Versioned};

impl Document for Resource {
    const NAME: &'static str = "resource";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Resources<'_> {
    /// All of a tenant's resources, by id.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn all(self, tenant: &TenantId) -> Result<Vec<Resource>, Failure> {
        self.store.documents().all(tenant).await
    }

    /// Makes a resource.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when there is another one with its id, or as many as there may be.
    pub async fn create(
        self,
        tenant: &TenantId,
        resource: &Resource,
        trace: &Trace,
    ) -> Result<Versioned<Resource>, Failure> {
        let there = self.all(tenant).await?;
        if there.len() >= MAX_RESOURCES && there.iter().all(|other| other.id != resource.id) {
            let full = format!("a tenant has at most {MAX_RESOURCES} resources: remove one first");
            return Err(Failure::rejected(Rejection::Conflict, full));
        }
        self.store.documents().create(tenant, resource, trace).await
    }
}
