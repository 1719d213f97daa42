//! Who sells what is kept in stock.

use domain::failure::Rejection;
use domain::ids::SupplierId;
use domain::inventory::{MAX_SUPPLIERS, Supplier};
use domain::{Failure, TenantId};
use store::Store;

/// The kind of document.
struct Suppliers;

api::resource! {
    (Suppliers: Supplier by SupplierId, "/v1/inventory/suppliers", "/v1/inventory/suppliers/{id}", "inventory",
        ReadInventory "inventory:read", WriteOrders "orders:write")
    /// List suppliers
    list "listSuppliers" = "A page of suppliers, by id";
    /// Get a supplier
    show "getSupplier" = "The supplier";
    /// Add a supplier
    ///
    /// Approved orders are mailed to its address. A business has at most 40.
    create "createSupplier";
    /// Replace a supplier
    ///
    /// Orders that are approved and not mailed yet go to its new address.
    replace "replaceSupplier";
    /// Remove a supplier
    ///
    /// It is ordered from no more; its orders stay. Offers of it are passed over.
    remove "removeSupplier";
}

impl api::Resource for Suppliers {
    type Document = Supplier;

    fn id(text: &str) -> Result<String, Failure> {
        SupplierId::new(text).map(String::from).map_err(|_| Failure::not_found("supplier"))
    }
}

impl api::Editable for Suppliers {
    async fn check(store: &Store, tenant: &TenantId, wanted: &Supplier) -> Result<(), Failure> {
        wanted.validate()?;
        let others = store.documents().all::<Supplier>(tenant).await?;
        if others.len() >= MAX_SUPPLIERS && others.iter().all(|other| other.id != wanted.id) {
            let full = format!("a business may have at most {MAX_SUPPLIERS} suppliers: remove one first");
            return Err(Failure::rejected(Rejection::Conflict, full));
        }
        Ok(())
    }
}
