//! What is kept in stock.

use domain::failure::Rejection;
use domain::ids::ItemId;
use domain::inventory::{Item, MAX_ITEMS, Supplier};
use domain::{Failure, TenantId};
use store::Store;

/// The kind of document.
struct Items;

api::resource! {
    (Items: Item by ItemId, "/v1/inventory/items", "/v1/inventory/items/{id}", "inventory",
        ReadInventory "inventory:read", WriteOrders "orders:write")
    /// List items
    list "listItems" = "A page of items, by id";
    /// Get an item
    show "getItem" = "The item";
    /// Add an item
    ///
    /// What is kept in stock: who sells it in which packs at which prices, when it is ordered, where it is kept. A business has at most 1,000.
    create "createItem";
    /// Replace an item
    ///
    /// Orders that were drafted stay as they are.
    replace "replaceItem";
    /// Remove an item
    ///
    /// It is ordered no more, and its movements stay in the ledger. To take it out for a while, set `active`.
    remove "removeItem";
}

impl api::Resource for Items {
    type Document = Item;

    fn id(text: &str) -> Result<String, Failure> {
        ItemId::new(text).map(String::from).map_err(|_| Failure::not_found("item"))
    }
}

impl api::Editable for Items {
    async fn check(store: &Store, tenant: &TenantId, wanted: &Item) -> Result<(), Failure> {
        let documents = store.documents();
        let (places, suppliers, others) = tokio::try_join!(
            crate::places(store, tenant),
            documents.all::<Supplier>(tenant),
            documents.all::<Item>(tenant)
        )?;
        wanted.validate(&store.tenants().document(tenant).await?.value, &suppliers, &places)?;
        if let Some(other) = others.iter().find(|other| other.sku == wanted.sku && other.id != wanted.id) {
            return Err(Failure::invalid("sku", format!("{} has this number already", other.id)));
        }
        if others.len() >= MAX_ITEMS && others.iter().all(|other| other.id != wanted.id) {
            let full = format!("a business may have at most {MAX_ITEMS} items: remove one first");
            return Err(Failure::rejected(Rejection::Conflict, full));
        }
        Ok(())
    }
}
