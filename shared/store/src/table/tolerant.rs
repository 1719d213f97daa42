//! Reading what another version wrote: during a deploy and after a rollback, newer and older functions share the table.
//!
//! A field that this version does not know is passed over. An unknown value, at a place that the declaration of its kind lists, is left
//! out or read as one that is safe to act on. Both are put back when the item is written again ([`kept`]). Anything else that cannot be
//! read makes this one item unreadable to this version. A reader of many items goes on with the next.

mod kept;
mod stand_ins;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::table::attributes::Item;
use crate::table::entities::Entity;
use crate::table::keys::TableKey;
use kept::{Kept, Name};

pub(crate) use kept::restore;
pub(crate) use stand_ins::{Instead, SYSTEM, Tolerance};

/// What the store writes beside a value, again each time.
const OWN: [&str; 15] = [
    "pk",
    "sk",
    "entity",
    "version",
    "gsi1pk",
    "gsi1sk",
    "pending_pk",
    "pending_sk",
    "queue_pk",
    "queue_sk",
    "expires_at",
    "tat",
    "tenant",
    "status",
    "taken_from",
];
/// An item with more unknown fields than this is not ours.
const MOST: usize = 64;

/// Reads an item that lies at `key`; `None`: this version cannot.
pub(crate) fn read<T: DeserializeOwned>(entity: &str, key: &TableKey, item: &Item) -> Option<T> {
    let name = || Name::of(entity, key, item);
    let tolerance = Entity::named(entity).map_or(Tolerance::of(&[]), |entity| entity.tolerance);
    let is_rewritten = tolerance.is_rewritten;
    if let Some(read) = read_known(item, is_rewritten) {
        if is_rewritten {
            kept::forget(name);
        }
        return Some(read);
    }
    let mut value: Value = serde_dynamo::from_item(item.clone()).ok()?;
    let mut kept = Vec::new();
    for _ in 0..MOST {
        let mut ignored = Vec::new();
        let mut ignore = |path: serde_ignored::Path<'_>| ignored.push(keys_of(&path));
        let mut track = serde_path_to_error::Track::new();
        let reader = serde_path_to_error::Deserializer::new(&value, &mut track);
        match T::deserialize(serde_ignored::Deserializer::new(reader, &mut ignore)) {
            Ok(read) => {
                let unknown = ignored.iter().filter(|path| !is_own(path));
                kept.extend(unknown.filter_map(|path| Kept::unknown(&value, path)));
                if is_rewritten {
                    kept::remember(name(), kept);
                }
                return Some(read);
            }
            Err(error) => {
                let path = track.path().iter().filter_map(key_of).collect();
                give_way(tolerance, &mut value, &mut kept, &error.to_string(), path)?;
            }
        }
    }
    None
}

/// Reads an item of which everything is known, as nearly all are, or what is not known does not matter.
fn read_known<T: DeserializeOwned>(item: &Item, is_rewritten: bool) -> Option<T> {
    let mut all_known = true;
    let mut ignore = |path: serde_ignored::Path<'_>| all_known &= is_own(&keys_of(&path));
    let fields = item.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let reader = serde_dynamo::Deserializer::from_attribute_value(serde_dynamo::AttributeValue::M(fields));
    let read = T::deserialize(serde_ignored::Deserializer::new(reader, &mut ignore)).ok();
    read.filter(|_| all_known || !is_rewritten)
}

fn is_own(path: &[String]) -> bool {
    matches!(path, [one] if OWN.contains(&one.as_str()))
}

/// Takes out of `value`, and keeps, what `error` is about: a field that is not known, or what is at a place of the list.
/// `None`: it is none of these.
fn give_way(
    tolerance: Tolerance,
    value: &mut Value,
    kept: &mut Vec<Kept>,
    error: &str,
    mut path: Vec<String>,
) -> Option<()> {
    let named = |what: &str| error.strip_prefix(what).and_then(|rest| rest.split('`').next());
    // Of a map whose keys are names of ours only the map is told as the place, not the entry.
    path.extend(named("unknown variant `").and_then(|variant| kept::entry_with(value, &path, variant)));
    if let Some(field) = named("unknown field `") {
        if path.last().is_none_or(|last| last != field) {
            path.push(field.to_owned());
        }
        if !tolerance.is_narrowing(&path) {
            kept.push(Kept::left_out(value, &path, false)?);
            return Some(());
        }
    }
    let (length, instead) = tolerance.instead_of(&path)?;
    path.truncate(length);
    // It goes whole, with what was taken out of it before.
    for part in kept.extract_if(.., |part| part.is_within(&path)) {
        part.restore(value);
    }
    kept.push(match instead {
        Instead::LeftOut => Kept::left_out(value, &path, tolerance.is_entry(&path))?,
        Instead::As(known) => Kept::replaced(value, &path, known)?,
    });
    Some(())
}

fn key_of(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    }
}

fn keys_of(path: &serde_ignored::Path<'_>) -> Vec<String> {
    use serde_ignored::Path;
    let (parent, key) = match path {
        Path::Root => return Vec::new(),
        Path::Seq { parent, index } => (parent, Some(index.to_string())),
        Path::Map { parent, key } => (parent, Some(key.clone())),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => (parent, None),
    };
    keys_of(parent).into_iter().chain(key).collect()
}
