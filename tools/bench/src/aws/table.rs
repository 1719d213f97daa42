//! A DynamoDB table in memory: keys `pk` and `sk`, whole items.
//!
//! It knows the operations and the forms of expression that `shared/store` uses, and refuses others, so that a change
//! there cannot silently make the figures wrong. Every condition counts as met and every page is the last, because most of the bench has
//! one writer and little data; a table that is [`Table::heed`]ful refuses what its conditions refuse and gives long lists in pages.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::capacity::{Mode, Units, item_bytes};
use super::condition::holds;
use super::indexes::Indexes;
use super::update::updated;
use super::{Refusal, array, text};

/// A query reads so much at most.
const PAGE_BYTES: usize = 1_048_576;

type Item = Map<String, Value>;
pub(super) type Key = (String, String);

/// The table.
#[derive(Default)]
pub(super) struct Table {
    items: BTreeMap<Key, Item>,
    indexes: Indexes,
    is_heedful: bool,
}

impl Table {
    /// From now on conditions count, and long lists come in pages.
    pub(super) fn heed(&mut self) {
        self.is_heedful = true;
    }

    /// The items of a kind, with their keys.
    pub(super) fn of_kind(&self, entity: &str) -> impl Iterator<Item = (&Key, &Item)> {
        let is_it =
            move |item: &Item| item.get("entity").is_some_and(|own| text(own, "S").is_ok_and(|own| own == entity));
        self.items.iter().filter(move |(_, item)| is_it(item))
    }

    /// Takes all items of a kind away, as if they had never been written.
    pub(super) fn forget(&mut self, entity: &str) {
        let keys: Vec<Key> = self.of_kind(entity).map(|(key, _)| key.clone()).collect();
        for key in keys {
            let before = self.items.remove(&key);
            self.indexes.follow(&key, before.as_ref(), None, &mut Units::default());
        }
    }

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
                if !self.allows(request)? {
                    units.add_write(0, Mode::Plain);
                    return Err(Refusal::condition().into());
                }
                self.write(operation.trim_end_matches("Item"), request, Mode::Plain, units)?;
                if request.get("ReturnValues") == Some(&json!("ALL_NEW")) {
                    return Ok(json!({"Attributes": self.items.get(&key_of(object(request, "Key")?)?)}));
                }
                Ok(json!({}))
            }
            "TransactWriteItems" => {
                let items = array(request, "TransactItems")?;
                let writes: Result<Vec<(&String, &Value)>> = items
                    .iter()
                    .map(|item| item.as_object().and_then(|one| one.iter().next()).context("an empty item"))
                    .collect();
                let writes = writes?;
                let allowed: Vec<bool> = writes.iter().map(|(_, write)| self.allows(write)).collect::<Result<_>>()?;
                if allowed.contains(&false) {
                    writes.iter().for_each(|_| units.add_write(0, Mode::Transaction));
                    return Err(Refusal::transaction(&allowed).into());
                }
                for (kind, write) in writes {
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

    /// A query by partition of the table or of an index: with a condition on its order, a filter, and in a heedful table in pages.
    fn query(&self, request: &Value, units: &mut Units) -> Result<Value> {
        let condition = text(request, "KeyConditionExpression")?;
        let unknown = || format!("a condition of an unknown form: {condition}");
        let (partition, order) =
            condition.split_once(" AND ").map_or((condition, None), |(partition, order)| (partition, Some(order)));
        let (attribute, name) = partition.split_once(" = ").with_context(unknown)?;
        let value = request.pointer(&format!("/ExpressionAttributeValues/{name}"));
        let partition = text(value.with_context(|| format!("no value {name}"))?, "S")?;
        let mut items: Vec<&Item> = if attribute == "pk" {
            let from = (partition.to_owned(), String::new());
            self.items.range(from..).take_while(|((pk, _), _)| pk == partition).map(|(_, item)| item).collect()
        } else {
            Indexes::order_of(attribute).with_context(unknown)?;
            self.indexes.keys(attribute, partition).filter_map(|key| self.items.get(key)).collect()
        };
        if let Some(order) = order {
            let is_of_order = order.starts_with("begins_with(") || order.starts_with(order_name(attribute));
            is_of_order.then_some(()).with_context(unknown)?;
            items = filtered(items, order, request)?;
        }
        if request.get("ScanIndexForward") == Some(&json!(false)) {
            items.reverse();
        }
        let last = self.page(&mut items, request)?;
        let mode = if is_consistent(request) { Mode::Plain } else { Mode::Eventual };
        units.add_read(items.iter().map(|item| item_bytes(item)).sum(), mode);
        let scanned = items.len();
        // What a filter leaves out was read and is charged.
        if let Some(filter) = request.get("FilterExpression").and_then(Value::as_str) {
            items = filtered(items, filter, request)?;
        }
        let mut answer = json!({"Items": items, "Count": items.len(), "ScannedCount": scanned});
        if let (Some(last), Some(fields)) = (last, answer.as_object_mut()) {
            let names = ["pk", "sk", attribute, order_name(attribute)];
            let place: Item =
                names.iter().filter_map(|name| Some(((*name).to_owned(), last.get(*name)?.clone()))).collect();
            fields.insert("LastEvaluatedKey".to_owned(), Value::Object(place));
        }
        Ok(answer)
    }

    /// Leaves the items of one page; returns the last one where more may follow.
    fn page<'i>(&self, items: &mut Vec<&'i Item>, request: &Value) -> Result<Option<&'i Item>> {
        let limit = request.get("Limit").and_then(Value::as_u64).map_or(usize::MAX, |limit| limit as usize);
        if !self.is_heedful {
            items.truncate(limit);
            return Ok(None);
        }
        if let Some(start) = request.get("ExclusiveStartKey").and_then(Value::as_object) {
            let start = key_of(start)?;
            let place = items.iter().position(|item| key_of(item).is_ok_and(|key| key == start));
            items.drain(..=place.context("a page that begins after an item that is gone")?);
        }
        let mut bytes = 0_usize;
        let within = items.iter().take_while(|item| {
            let is_within = bytes < PAGE_BYTES;
            bytes += item_bytes(item);
            is_within
        });
        let end = within.count().min(limit);
        let is_cut = end < items.len() || end == limit;
        items.truncate(end);
        Ok(items.last().copied().filter(|_| is_cut))
    }

    /// Whether a write's condition holds; in a table that is not heedful it does.
    fn allows(&self, write: &Value) -> Result<bool> {
        let condition = write.get("ConditionExpression").and_then(Value::as_str).filter(|_| self.is_heedful);
        let Some(condition) = condition else { return Ok(true) };
        let given = object(write, if write.get("Item").is_some() { "Item" } else { "Key" })?;
        holds(condition, self.items.get(&key_of(given)?), write)
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
        self.indexes.follow(&key, before, after.as_ref(), units);
        match after {
            Some(item) => self.items.insert(key, item),
            None => self.items.remove(&key),
        };
        Ok(())
    }
}

/// The attribute that orders a partition of the table or an index.
fn order_name(partition: &str) -> &'static str {
    Indexes::order_of(partition).unwrap_or("sk")
}

fn filtered<'i>(items: Vec<&'i Item>, expression: &str, request: &Value) -> Result<Vec<&'i Item>> {
    let mut left = Vec::new();
    for item in items {
        if holds(expression, Some(item), request)? {
            left.push(item);
        }
    }
    Ok(left)
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
        call(&mut table, "PutItem", &json!({"Item": item("A", "1")}));
        for condition in ["pk = :pk AND size(sk) > :pk", "gsi1pk = :pk AND sk < :pk", "sk = :pk", "pk < :pk"] {
            let query = json!({"KeyConditionExpression": condition, "ExpressionAttributeValues": {":pk": {"S": "P"}}});
            assert!(table.call("Query", &query, &mut Units::default()).is_err(), "{condition}");
        }
    }

    #[test]
    fn a_filter_leaves_out_what_was_read_and_charged() {
        let mut table = Table::default();
        for (sk, order) in [("A", "1"), ("B", "2"), ("C", "3")] {
            call(&mut table, "PutItem", &json!({"Item": item(sk, order)}));
        }
        let query = json!({
            "KeyConditionExpression": "gsi1pk = :list AND gsi1sk BETWEEN :one AND :two", "FilterExpression": "#sk = :b",
            "ExpressionAttributeNames": {"#sk": "sk"},
            "ExpressionAttributeValues": {":list": {"S": "L"}, ":one": {"S": "1"}, ":two": {"S": "2"}, ":b": {"S": "B"}},
        });
        let (found, units) = call(&mut table, "Query", &query);
        assert_eq!(found, json!({"Items": [item("B", "2")], "Count": 1, "ScannedCount": 2}));
        assert_eq!(units.read, 0.5);
    }

    #[test]
    fn a_heedful_table_refuses_and_gives_pages() {
        let mut table = Table::default();
        table.heed();
        for sk in ["A", "B", "C"] {
            let put = json!({"Item": item(sk, "1"), "ConditionExpression": "attribute_not_exists(pk)"});
            call(&mut table, "PutItem", &put);
            let again = table.call("PutItem", &put, &mut Units::default()).unwrap_err();
            assert_eq!(again.to_string(), "The conditional request failed");
            let both = json!({"TransactItems": [{"Put": {"Item": item("D", "1")}}, {"Put": put}]});
            let refused = table.call("TransactWriteItems", &both, &mut Units::default()).unwrap_err();
            assert!(refused.to_string().contains("[None, ConditionalCheckFailed]"), "{refused}");
        }
        let mut query = json!({
            "KeyConditionExpression": "pk = :pk", "Limit": 2, "ExpressionAttributeValues": {":pk": {"S": "P"}},
        });
        let first = call(&mut table, "Query", &query).0;
        assert_eq!(first.get("Items"), Some(&json!([item("A", "1"), item("B", "1")])), "nothing of a refused write");
        query["ExclusiveStartKey"] = first["LastEvaluatedKey"].clone();
        let second = call(&mut table, "Query", &query).0;
        assert_eq!((second.get("Items"), second.get("LastEvaluatedKey")), (Some(&json!([item("C", "1")])), None));
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
