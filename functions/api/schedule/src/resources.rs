//! What can be booked.

use domain::failure::Rejection;
use domain::ids::ResourceId;
use domain::scheduling::{MAX_RESOURCES, Resource};
use domain::{Failure, TenantId};
use store::Store;

/// The kind of document.
struct Resources;

api::resource! {
    (Resources: Resource by ResourceId, "/v1/resources", "/v1/resources/{id}", "schedule",
        ReadSchedule "schedule:read", WriteSettings "settings:write")
    /// List resources
    list "listResources" = "A page of resources, by id";
    /// Get a resource
    show "getResource" = "The resource";
    /// Add a resource
    ///
    /// A person, a crew, a bay, a room, a vehicle: what is in one place at a time. A tenant has at most 200.
    create "createResource";
    /// Replace a resource
    ///
    /// What is booked already stays booked.
    replace "replaceResource";
    /// Remove a resource
    ///
    /// It is booked no more; what is booked already stays. To take it out for a while, set `active` or `time_off`.
    remove "removeResource";
}

impl api::Resource for Resources {
    type Document = Resource;

    fn id(text: &str) -> Result<String, Failure> {
        ResourceId::new(text).map(String::from).map_err(|_| Failure::not_found("resource"))
    }
}

impl api::Editable for Resources {
    async fn check(store: &Store, tenant: &TenantId, wanted: &Resource) -> Result<(), Failure> {
        let locations = store.tenants().locations(tenant).await?;
        wanted.validate(&store.tenants().document(tenant).await?.value, &locations)?;
        let others = store.documents().all::<Resource>(tenant).await?;
        if others.len() >= MAX_RESOURCES && others.iter().all(|other| other.id != wanted.id) {
            let full = format!("a business may have at most {MAX_RESOURCES} resources: remove one first");
            return Err(Failure::rejected(Rejection::Conflict, full));
        }
        Ok(())
    }
}
