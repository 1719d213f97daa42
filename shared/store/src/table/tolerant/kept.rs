//! What was read and not understood, put back where its item is written again.
//!
//! A function reads an item, changes what it knows of it and writes the whole. What it did not know is remembered meanwhile,
//! in the process that read it and for the thing it belongs to, wherever that is stored by then.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;

use crate::table::attributes::{Item, get_text};
use crate::table::keys::TableKey;

/// For so many things a process remembers what it did not understand: most of the time there are none, and after a rollback it
/// is every item that a newer version wrote. What is written again was read a moment ago, so the oldest give way.
const MOST_NAMES: usize = 512;

static MEMORY: Mutex<Memory> = Mutex::new(Memory { count: 0, things: BTreeMap::new() });

/// What was not understood of each thing, with the number of the read that it was found in.
struct Memory {
    count: u64,
    things: BTreeMap<Name, (u64, Vec<Kept>)>,
}

impl Memory {
    fn remember(&mut self, name: Name, kept: Vec<Kept>) {
        self.count += 1;
        self.things.insert(name, (self.count, kept));
        if self.things.len() > MOST_NAMES {
            let oldest = self.things.iter().min_by_key(|(_, (read, _))| *read).map(|(name, _)| name.clone());
            oldest.map(|name| self.things.remove(&name));
        }
    }
}

/// Which thing an item is about: whose, of which kind, and which one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(String, String, String);

/// Something that was not understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    path: Vec<Step>,
    was: Value,
    stood_in: Option<Value>,
    /// It is an entry of a list or map, which may not be written at all where it has none.
    is_entry: bool,
}

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// Into an object.
    Key(String),
    /// Into a list, to the entry with this id where it has one.
    Entry(usize, Option<String>),
}

impl Name {
    pub(super) fn of(entity: &str, key: &TableKey, item: &Item) -> Self {
        let TableKey { pk, sk } = key;
        let tenant = pk.split('#').take(2).collect::<Vec<_>>().join("#");
        let id = ["id", "ref", "contact", "account"].into_iter().find_map(|name| match item.get(name)? {
            // One account is a member of several tenants.
            AttributeValue::S(id) if name == "account" => Some(format!("{id} {}", get_text(item, "tenant"))),
            AttributeValue::S(id) => Some(id.clone()),
            AttributeValue::M(reference) => Some(get_text(reference, "message").to_owned()),
            _ => None,
        });
        // A lead stays the same one when its contact is merged into another.
        let kind = if entity == "merged_lead" { "lead" } else { entity };
        Self(tenant, kind.to_owned(), id.unwrap_or_else(|| format!("{pk} {sk}")))
    }
}

impl Kept {
    /// A field at `path` that is not known, and stays where it is.
    pub(super) fn unknown(value: &Value, path: &[String]) -> Option<Self> {
        let (path, was) = walk(value, path)?;
        Some(Self { path, was: was.clone(), stood_in: None, is_entry: false })
    }

    /// Takes out what is at `path`, which may be an entry of a list or map.
    pub(super) fn left_out(value: &mut Value, path: &[String], is_entry: bool) -> Option<Self> {
        let kept = Self { is_entry, ..Self::unknown(value, path)? };
        let (last, before) = path.split_last()?;
        match at(value, before)? {
            Value::Object(fields) => fields.remove(last).map(drop)?,
            Value::Array(entries) => drop(entries.remove(last.parse().ok()?)),
            _ => return None,
        }
        Some(kept)
    }

    /// Puts `known` in the place of what is at `path`.
    pub(super) fn replaced(value: &mut Value, path: &[String], known: &str) -> Option<Self> {
        let stood_in = serde_json::from_str(known).unwrap_or_else(|_| Value::from(known));
        let kept = Self { stood_in: Some(stood_in.clone()), ..Self::unknown(value, path)? };
        // What does not help once does not help again.
        let place = at(value, path).filter(|place| **place != stood_in)?;
        *place = stood_in;
        Some(kept)
    }

    /// Whether it was at `path`, or further in.
    pub(super) fn is_within(&self, path: &[String]) -> bool {
        let is = |(step, key): (&Step, &String)| match step {
            Step::Key(own) => own == key,
            Step::Entry(index, _) => index.to_string() == *key,
        };
        self.path.len() >= path.len() && self.path.iter().zip(path).all(is)
    }

    /// Puts it back where it was, unless something else is there by now.
    pub(super) fn restore(&self, value: &mut Value) -> Option<()> {
        let (last, before) = self.path.split_last()?;
        let parent = match before.split_last() {
            Some((Step::Key(name), before)) if self.is_entry => {
                let fields = before.iter().try_fold(value, |value, step| step.follow(value))?.as_object_mut()?;
                fields.entry(name).or_insert_with(|| match last {
                    Step::Entry(..) => Value::Array(Vec::new()),
                    Step::Key(_) => Value::Object(serde_json::Map::new()),
                })
            }
            _ => before.iter().try_fold(value, |value, step| step.follow(value))?,
        };
        match (last, &self.stood_in, parent) {
            (Step::Key(key), Some(stood_in), Value::Object(fields)) => {
                let place = fields.get_mut(key).filter(|now| *now == stood_in)?;
                *place = self.was.clone();
            }
            (Step::Key(key), None, Value::Object(fields)) => {
                let place = fields.entry(key).or_insert(Value::Null);
                if place.is_null() {
                    *place = self.was.clone();
                }
            }
            (Step::Entry(..), None, Value::Array(entries)) if !entries.contains(&self.was) => {
                entries.push(self.was.clone());
            }
            _ => {}
        }
        Some(())
    }
}

impl Step {
    fn follow<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        match (self, value) {
            (Self::Key(key), Value::Object(fields)) => fields.get_mut(key),
            (Self::Entry(_, Some(id)), Value::Array(entries)) => {
                entries.iter_mut().find(|entry| entry.get("id").and_then(Value::as_str) == Some(id))
            }
            (Self::Entry(index, None), Value::Array(entries)) => entries.get_mut(*index),
            _ => None,
        }
    }
}

/// Everything of a thing is understood now.
pub(super) fn forget(name: impl FnOnce() -> Name) {
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    if !memory.things.is_empty() {
        memory.things.remove(&name());
    }
}

/// Remembers what was not understood of a thing, in the place of what was before.
pub(super) fn remember(name: Name, kept: Vec<Kept>) {
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner).remember(name, kept);
}

/// Puts back into an item that is to be written what was not understood when its thing was read.
pub(crate) fn restore(entity: &str, key: &TableKey, item: Item) -> Item {
    let kept = {
        let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.things.is_empty() {
            return item;
        }
        memory.things.get(&Name::of(entity, key, &item)).map(|(_, kept)| kept.clone())
    };
    let Some(kept) = kept else { return item };
    let Ok(mut value) = serde_dynamo::from_item::<_, Value>(item.clone()) else { return item };
    for unknown in kept {
        unknown.restore(&mut value);
    }
    serde_dynamo::to_item(value).unwrap_or(item)
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, key| match value {
        Value::Object(fields) => fields.get_mut(key),
        Value::Array(entries) => entries.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The key of the entry, of the object at `path`, that has this name as its key or value.
pub(super) fn entry_with(value: &Value, path: &[String], name: &str) -> Option<String> {
    let (_, object) = walk(value, path)?;
    let is = |(key, inner): &(&String, &Value)| *key == name || inner.as_str() == Some(name);
    object.as_object()?.iter().find(is).map(|(key, _)| key.clone())
}

/// The steps along `path`, and what is at its end.
fn walk<'v>(value: &'v Value, path: &[String]) -> Option<(Vec<Step>, &'v Value)> {
    let mut steps = Vec::with_capacity(path.len());
    let end = path.iter().try_fold(value, |value, key| match value {
        Value::Object(fields) => {
            steps.push(Step::Key(key.clone()));
            fields.get(key)
        }
        Value::Array(entries) => {
            let index = key.parse().ok()?;
            let entry = entries.get(index)?;
            steps.push(Step::Entry(index, entry.get("id").and_then(Value::as_str).map(str::to_owned)));
            Some(entry)
        }
        _ => None,
    })?;
    Some((steps, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_last_is_remembered_whatever_it_is_called_and_the_oldest_gives_way() {
        let lead = |index: usize| Name("TENANT#acme".to_owned(), "lead".to_owned(), format!("{index:04}"));
        let mut memory = Memory { count: 0, things: BTreeMap::new() };
        // The last of them is the first by name.
        for index in (0..600).rev() {
            memory.remember(lead(index), Vec::new());
        }
        assert_eq!(memory.things.len(), MOST_NAMES);
        assert!(memory.things.contains_key(&lead(0)) && !memory.things.contains_key(&lead(599)));
        // What is read again is young again.
        memory.remember(lead(511), Vec::new());
        memory.remember(lead(700), Vec::new());
        assert!(memory.things.contains_key(&lead(511)) && !memory.things.contains_key(&lead(510)));
    }
}
