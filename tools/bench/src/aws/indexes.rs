//! The indexes of the table: which items are in them, in which order, and what following the table costs.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

use super::capacity::{Mode, Units, item_bytes};
use super::table::Key;

/// The keys of the indexes in template.yaml, which hold whole items.
const INDEXES: [[&str; 2]; 3] = [["gsi1pk", "gsi1sk"], ["pending_pk", "pending_sk"], ["queue_pk", "queue_sk"]];

type Item = Map<String, Value>;

/// The keys of items by partition and order of each index.
#[derive(Default)]
pub(super) struct Indexes {
    entries: [BTreeSet<(String, String, Key)>; 3],
}

impl Indexes {
    /// The attribute by which the index of a partition attribute is ordered; `None`: there is no such index.
    pub(super) fn order_of(partition: &str) -> Option<&'static str> {
        INDEXES.iter().find(|[name, _]| *name == partition).map(|[_, order]| *order)
    }

    /// The keys of the items in a partition of an index, in its order.
    pub(super) fn keys<'a>(&'a self, attribute: &str, partition: &'a str) -> impl Iterator<Item = &'a Key> {
        let place = INDEXES.iter().position(|[name, _]| *name == attribute);
        let entries = place.and_then(|place| self.entries.get(place));
        let from = (partition.to_owned(), String::new(), Key::default());
        let in_partition = entries.into_iter().flat_map(move |entries| entries.range(from.clone()..));
        in_partition.take_while(move |(of, ..)| of == partition).map(|(_, _, key)| key)
    }

    /// Follows a write of the item at `key`, and charges for it.
    pub(super) fn follow(&mut self, key: &Key, before: Option<&Item>, after: Option<&Item>, units: &mut Units) {
        for (index, entries) in INDEXES.iter().zip(&mut self.entries) {
            charge(index, before, after, units);
            for (item, is_there) in [(before, false), (after, true)] {
                let Some([partition, order]) = item.and_then(|item| place(index, item)) else { continue };
                let entry = (partition, order, key.clone());
                if is_there {
                    entries.insert(entry);
                } else {
                    entries.remove(&entry);
                }
            }
        }
    }
}

fn place(index: &[&str; 2], item: &Item) -> Option<[String; 2]> {
    let of = |name: &str| Some(item.get(name)?.get("S")?.as_str()?.to_owned());
    let [partition, order] = *index;
    Some([of(partition)?, of(order)?])
}

/// An index follows outside of the transaction: one write for an entry that comes, goes or changes, two for one that moves.
fn charge(index: &[&str; 2], before: Option<&Item>, after: Option<&Item>, units: &mut Units) {
    let entry = |item: Option<&Item>| -> Option<(Vec<Value>, usize)> {
        let item = item?;
        let key: Option<Vec<Value>> = index.iter().map(|name| item.get(*name).cloned()).collect();
        Some((key?, item_bytes(item)))
    };
    match (entry(before), entry(after)) {
        (Some((old, old_bytes)), Some((new, bytes))) if old == new => {
            if before != after {
                units.add_write(old_bytes.max(bytes), Mode::Plain);
            }
        }
        (old, new) => {
            for (_, bytes) in old.into_iter().chain(new) {
                units.add_write(bytes, Mode::Plain);
            }
        }
    }
}
