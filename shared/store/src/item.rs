//! Domain values as DynamoDB items, and back.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

use crate::entities::Entity;
use crate::keys::TableKey;

pub(crate) type Item = HashMap<String, AttributeValue>;

/// `value` with its key and the name of its kind, which must be declared.
pub(crate) fn to_item(entity: &str, key: &TableKey, value: &impl Serialize) -> Result<Item, Failure> {
    if Entity::named(entity).is_none() {
        return Err(Failure::Permanent(format!("{entity} is declared nowhere: see entities.rs")));
    }
    let mut item: Item =
        serde_dynamo::to_item(value).map_err(|error| Failure::Permanent(format!("{entity}: {error}")))?;
    item.extend(key_item(key));
    item.insert("entity".to_owned(), text(entity));
    Ok(item)
}

/// The key alone.
pub(crate) fn key_item(key: &TableKey) -> Item {
    HashMap::from([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))])
}

/// Reads a value; what the item holds besides is passed over. A failure names the entity and quotes nothing of it.
pub(crate) fn from_item<T: DeserializeOwned>(entity: &str, item: &Item) -> Result<T, Failure> {
    serde_dynamo::from_item(item.clone())
        .map_err(|_| Failure::Permanent(format!("a stored {entity} is of a form that this version cannot read")))
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn number(value: impl std::fmt::Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A text attribute.
pub(crate) fn get_text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}
