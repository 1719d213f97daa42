//! Domain values as DynamoDB items, and back. What another version wrote is read as [`tolerant`] says.

use domain::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

pub(crate) use crate::table::attributes::{Item, get_text, number, text};
use crate::table::entities::Entity;
use crate::table::keys::TableKey;
use crate::table::tolerant;

/// `value` with its key and the name of its kind, which must be declared, and what was not understood of it when it was read.
pub(crate) fn to_item(entity: &str, key: &TableKey, value: &impl Serialize) -> Result<Item, Failure> {
    if Entity::named(entity).is_none() {
        return Err(Failure::Permanent(format!("{entity} is declared nowhere: add it to its context's entities.rs")));
    }
    let mut item: Item =
        serde_dynamo::to_item(value).map_err(|error| Failure::Permanent(format!("{entity}: {error}")))?;
    item.extend(key_item(key));
    let mut item = tolerant::restore(entity, key, item);
    item.insert("entity".to_owned(), text(entity));
    Ok(item)
}

/// The key alone.
pub(crate) fn key_item(key: &TableKey) -> Item {
    HashMap::from([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))])
}

/// Reads a value; what the item holds besides is passed over. A failure names the entity and quotes nothing of it.
pub(crate) fn from_item<T: DeserializeOwned>(entity: &str, item: &Item) -> Result<T, Failure> {
    from_item_of(entity, &TableKey::of(item), item)
}

/// As [`from_item`], of an item from which its key was taken off.
pub(crate) fn from_item_of<T: DeserializeOwned>(entity: &str, key: &TableKey, item: &Item) -> Result<T, Failure> {
    tolerant::read(entity, key, item)
        .ok_or_else(|| Failure::Permanent(format!("a stored {entity} is of a form that this version cannot read")))
}

/// Those of `items` that this version can read: one that it cannot stops none of the others.
pub(crate) fn readable<'i, T: DeserializeOwned>(entity: &str, items: impl IntoIterator<Item = &'i Item>) -> Vec<T> {
    let read = |item: &Item| {
        let read = from_item(entity, item);
        read.inspect_err(|failure| tracing::error!(reason = %failure, "it is left out")).ok()
    };
    items.into_iter().filter_map(read).collect()
}
