//! A DynamoDB table in memory: keys `pk` and `sk`, whole items, no conditions.
//!
//! It knows the operations and the forms of expression that `shared/store` uses, and refuses others, so that a change
//! there cannot silently make the figures wrong. Every condition counts as met: the bench has one writer.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::capacity::{Mode, Units, item_bytes};
use super::update::updated;
use super::{array, text};

/// The keys of the indexes in template.yaml, which hold whole items.
const INDEXES: [[&str; 2]; 3] = [["gsi1pk", "gsi1sk"], ["pending_pk", "pending_sk"], ["queue_pk", "queue_sk"]];

type Item = Map<String, Value>;
type Key = (String, String);

/// The table.
#[derive(Default)]
pub(super) struct Table {
    items: BTreeMap<Key, Item>,
}

impl Table {
    /// Answers one call and adds what it would be charged.
    pub(super) fn call(&mut self, operation: &str, request: &Value, units: &mut Units) -> Result<Value> {
        match operation {
            "GetItem" => {
                let mode = if is_consistent(request) { Mode::Plain } else { Mode::Eventual };
                Ok(found(self.get(request, mode, units)?))
            }
            "BatchGetItem" => self.batch_get(request, units),
            "TransactGetItems" => {
                let gets = array(request, "TransactItems")?.iter().filter_map(|item| item.get("Get"));
                let found: Result<Vec<Value>> =
                    gets.map(|get| Ok(found(self.get(get, Mode::Transaction, units)?))).collect();
                Ok(json!({"Responses": found?}))
            }
            "Query" => self.query(request, units),
            "PutItem" | "UpdateItem" | "DeleteItem" => {
                self.write(operation.trim_end_matches("Item"), request, Mode::Plain, units)?;
                if request.get("ReturnValues") == Some(&json!("ALL_NEW")) {
                    return Ok(json!({"Attributes": self.items.get(&key_of(object(request, "Key")?)?)}));
                }
                Ok(json!({}))
            }
            "TransactWriteItems" => {
                for item in array(request, "TransactItems")? {
                    let (kind, write) = item.as_object().and_then(|one| one.iter().next()).context("an empty item")?;
                    self.write(kind, write, Mode::Transaction, units)?;
                }
                Ok(json!({}))
            }
            _ => bail!("unknown operation"),
        }
    }

    fn get(&self, request: &Value, mode: Mode, units: &mut Units) -> Result<Option<&Item>> {
        let item = self.items.get(&key_of(object(request, "Key")?)?);
        units.add_read(item.map_or(0, item_bytes), mode);
        Ok(item)
    }

    fn batch_get(&self, request: &Value, units: &mut Units) -> Result<Value> {
        let mut responses = Map::new();
        for (table, part) in object(request, "RequestItems")? {
            let mode = if is_consistent(part) { Mode::Plain } else { Mode::Eventual };
            let mut items = Vec::new();
            for key in array(part, "Keys")? {
                items.extend(self.get(&json!({"Key": key}), mode, units)?.cloned());
            }
            responses.insert(table.clone(), json!(items));
        }
        Ok(json!({"Responses": responses, "UnprocessedKeys": {}}))
    }

    /// A query by partition: of the table with, at most, a prefix, a beginning or an end of the sort key; of an index without either.
    fn query(&self, request: &Value, units: &mut Units) -> Result<Value> {
        if request.get("FilterExpression").is_some() {
            bail!("a query with a filter");
        }
        let values = object(request, "ExpressionAttributeValues")?;
        let value = |name: &str| text(values.get(name).with_context(|| format!("no value {name}"))?, "S");
        let condition = text(request, "KeyConditionExpression")?;
        let unknown = || format!("a condition of an unknown form: {condition}");
        let (partition, sort) =
            condition.split_once(" AND ").map_or((condition, None), |(partition, sort)| (partition, Some(sort)));
        let (attribute, name) = partition.split_once(" = ").with_context(unknown)?;
        let partition = value(name)?;
        let (mut prefix, mut first, mut end) = ("", "", None);
        if let Some(sort) = sort {
            if let Some(name) = sort.strip_prefix("begins_with(sk, ") {
                prefix = value(name.trim_end_matches(')'))?;
                first = prefix;
            } else if let Some(name) = sort.strip_prefix("sk >= ") {
                first = value(name)?;
            } else if let Some(name) = sort.strip_prefix("sk < ") {
                end = Some(value(name)?);
            } else {
                bail!(unknown());
            }
        }
        let mut items: Vec<&Item> = if attribute == "pk" {
            let from = (partition.to_owned(), first.to_owned());
            let is_in =
                |(pk, sk): &Key| pk == partition && sk.starts_with(prefix) && end.is_none_or(|end| sk.as_str() < end);
            self.items.range(from..).take_while(|(key, _)| is_in(key)).map(|(_, item)| item).collect()
        } else {
            self.in_index(attribute, partition).filter(|_| sort.is_none()).with_context(unknown)?
        };
        if request.get("ScanIndexForward") == Some(&json!(false)) {
            items.reverse();
        }
        items.truncate(request.get("Limit").and_then(Value::as_u64).map_or(usize::MAX, |limit| limit as usize));
        let mode = if is_consistent(request) { Mode::Plain } else { Mode::Eventual };
        units.add_read(items.iter().map(|item| item_bytes(item)).sum(), mode);
        Ok(json!({"Items": items, "Count": items.len(), "ScannedCount": items.len()}))
    }

    /// The items of a partition of the index whose partition key is `attribute`, in its order.
    fn in_index(&self, attribute: &str, partition: &str) -> Option<Vec<&Item>> {
        let [_, order] = INDEXES.iter().find(|[name, _]| *name == attribute)?;
        let of = |item: &Item, name: &str| Some(item.get(name)?.get("S")?.as_str()?.to_owned());
        let mut items: Vec<&Item> =
            self.items.values().filter(|item| of(item, attribute).as_deref() == Some(partition)).collect();
        items.sort_by_key(|item| of(item, order));
        Some(items)
    }

    /// One write, alone or within a transaction. Charged by the larger of what was and what will be there.
    fn write(&mut self, kind: &str, request: &Value, mode: Mode, units: &mut Units) -> Result<()> {
        let field = if kind == "Put" { "Item" } else { "Key" };
        let given = object(request, field)?;
        let key = key_of(given)?;
        let before = self.items.get(&key);
        let after = match kind {
            "Put" => Some(given.clone()),
            "Update" => Some(updated(before, given, request)?),
            "Delete" => None,
            "ConditionCheck" => before.cloned(),
            _ => bail!("unknown kind of write {kind}"),
        };
        units.add_write(before.map_or(0, item_bytes).max(after.as_ref().map_or(0, item_bytes)), mode);
        for index in &INDEXES {
            index_writes(index, before, after.as_ref(), units);
        }
        match after {
            Some(item) => self.items.insert(key, item),
            None => self.items.remove(&key),
        };
        Ok(())
    }
}

/// An index follows outside of the transaction: one write for an entry that comes, goes or changes, two for one that moves.
fn index_writes(index: &[&str; 2], before: Option<&Item>, after: Option<&Item>, units: &mut Units) {
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

fn key_of(item: &Item) -> Result<Key> {
    let part = |name: &str| -> Result<String> {
        Ok(text(item.get(name).with_context(|| format!("no {name}"))?, "S")?.to_owned())
    };
    Ok((part("pk")?, part("sk")?))
}

fn found(item: Option<&Item>) -> Value {
    item.map_or_else(|| json!({}), |item| json!({"Item": item}))
}

fn is_consistent(request: &Value) -> bool {
    request.get("ConsistentRead").and_then(Value::as_bool).unwrap_or_default()
}

fn object<'a>(value: &'a Value, field: &str) -> Result<&'a Item> {
    value.get(field).and_then(Value::as_object).with_context(|| format!("no map {field}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(table: &mut Table, operation: &str, request: &Value) -> (Value, Units) {
        let mut units = Units::default();
        let answer = table.call(operation, request, &mut units).unwrap();
        (answer, units)
    }

    fn item(sk: &str, order: &str) -> Value {
        json!({"pk": {"S": "P"}, "sk": {"S": sk}, "gsi1pk": {"S": "L"}, "gsi1sk": {"S": order}})
    }

    #[test]
    fn what_was_put_is_found_by_key_batch_and_prefix() {
        let mut table = Table::default();
        call(
            &mut table,
            "TransactWriteItems",
            &json!({"TransactItems": [{"Put": {"Item": item("NOW#A", "1")}}, {"Put": {"Item": item("PAST#B", "1")}}]}),
        );
        let key = json!({"pk": {"S": "P"}, "sk": {"S": "NOW#A"}});
        assert_eq!(call(&mut table, "GetItem", &json!({"Key": key})).0, json!({"Item": item("NOW#A", "1")}));
        let batch = call(
            &mut table,
            "BatchGetItem",
            &json!({"RequestItems": {"t": {"Keys": [key, {"pk": {"S": "P"}, "sk": {"S": "NOW#C"}}]}}}),
        );
        assert_eq!(batch.0.pointer("/Responses/t"), Some(&json!([item("NOW#A", "1")])));
        assert_eq!(batch.1.read, 1.0, "a missing item is charged too");
        let query = json!({
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :now)",
            "ExpressionAttributeValues": {":pk": {"S": "P"}, ":now": {"S": "NOW#"}},
        });
        assert_eq!(call(&mut table, "Query", &query).0.get("Items"), Some(&json!([item("NOW#A", "1")])));
        let until = json!({
            "KeyConditionExpression": "pk = :pk AND sk < :end",
            "ExpressionAttributeValues": {":pk": {"S": "P"}, ":end": {"S": "PAST#B"}},
        });
        assert_eq!(call(&mut table, "Query", &until).0.get("Items"), Some(&json!([item("NOW#A", "1")])));
    }

    #[test]
    fn a_partition_is_read_from_a_sort_key_on() {
        let mut table = Table::default();
        for sk in ["A", "B", "C"] {
            call(&mut table, "PutItem", &json!({"Item": item(sk, "1")}));
        }
        let query = json!({
            "KeyConditionExpression": "pk = :pk AND sk >= :first",
            "ExpressionAttributeValues": {":pk": {"S": "P"}, ":first": {"S": "B"}},
        });
        assert_eq!(call(&mut table, "Query", &query).0.get("Items"), Some(&json!([item("B", "1"), item("C", "1")])));
    }

    #[test]
    fn an_index_is_read_in_its_own_order() {
        let mut table = Table::default();
        for (sk, order) in [("A", "2"), ("B", "1"), ("C", "3")] {
            call(&mut table, "PutItem", &json!({"Item": item(sk, order)}));
        }
        let query = json!({
            "IndexName": "gsi1", "ScanIndexForward": false, "Limit": 2,
            "KeyConditionExpression": "gsi1pk = :list",
            "ExpressionAttributeValues": {":list": {"S": "L"}},
        });
        let found = call(&mut table, "Query", &query).0;
        assert_eq!(found.get("Items"), Some(&json!([item("C", "3"), item("A", "2")])));
    }

    #[test]
    fn an_update_shows_the_item_as_it_is_now() {
        let mut table = Table::default();
        let key = json!({"pk": {"S": "P"}, "sk": {"S": "A"}});
        let update = json!({
            "Key": key, "ReturnValues": "ALL_NEW",
            "UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "1"}},
        });
        let wanted = json!({"pk": {"S": "P"}, "sk": {"S": "A"}, "n": {"N": "1"}});
        assert_eq!(call(&mut table, "UpdateItem", &update).0, json!({"Attributes": wanted}));
    }

    #[test]
    fn a_query_of_an_unknown_form_is_refused() {
        let mut table = Table::default();
        for condition in
            ["pk = :pk AND sk BETWEEN :pk AND :pk", "gsi1pk = :pk AND gsi1sk < :pk", "sk = :pk", "pk < :pk"]
        {
            let query = json!({"KeyConditionExpression": condition, "ExpressionAttributeValues": {":pk": {"S": "P"}}});
            assert!(table.call("Query", &query, &mut Units::default()).is_err(), "{condition}");
        }
    }

    #[test]
    fn index_entries_are_charged_as_they_come_move_stay_and_go() {
        let mut table = Table::default();
        let mut put = |order: &str| call(&mut table, "PutItem", &json!({"Item": item("A", order)})).1.write;
        assert_eq!(put("1"), 2.0);
        assert_eq!(put("2"), 3.0);
        assert_eq!(put("2"), 1.0);
        let delete = call(&mut table, "DeleteItem", &json!({"Key": {"pk": {"S": "P"}, "sk": {"S": "A"}}}));
        assert_eq!(delete.1.write, 2.0);
    }
}
