//! DynamoDB's update expressions, in the forms that `shared/store` uses: `SET path = :value`, `SET path = path + :number`,
//! `ADD path :number`, `ADD` and `DELETE path :members` for sets of texts and numbers, and `REMOVE path`.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use super::text;

/// The item after the update in `request`; `before` is `None` where there was none.
pub(super) fn updated(
    before: Option<&Map<String, Value>>,
    key: &Map<String, Value>,
    request: &Value,
) -> Result<Map<String, Value>> {
    let mut item = before.unwrap_or(key).clone();
    let expression = text(request, "UpdateExpression")?;
    let mut clauses: Vec<(&str, Vec<&str>)> = Vec::new();
    for word in expression.split([' ', ',']).filter(|word| !word.is_empty()) {
        match (word, clauses.last_mut()) {
            ("SET" | "ADD" | "DELETE" | "REMOVE", _) => clauses.push((word, Vec::new())),
            (_, Some((_, words))) => words.push(word),
            (_, None) => bail!("an update of an unknown form: {expression}"),
        }
    }
    for (clause, words) in clauses {
        if clause == "REMOVE" {
            for path in words {
                *place(&mut item, path, request)? = Value::Null;
            }
            continue;
        }
        let terms = if clause == "SET" { set_terms(&words)? } else { add_terms(&words)? };
        for Term { path, value, adds } in terms {
            let value = request
                .pointer(&format!("/ExpressionAttributeValues/{value}"))
                .with_context(|| format!("no value {value}"))?;
            let target = place(&mut item, path, request)?;
            *target = match (clause, adds) {
                ("DELETE", _) => without(target, value),
                (_, true) if set_kind(value).is_some() => with(target, value),
                (_, true) => sum(target, value)?,
                (_, false) => value.clone(),
            };
        }
    }
    // A set that is empty is none.
    item.retain(|_, value| !value.is_null());
    Ok(item)
}

/// One change of a clause.
struct Term<'a> {
    path: &'a str,
    /// The name of the value.
    value: &'a str,
    /// Whether the value is added to what is there.
    adds: bool,
}

/// `a = :b`, `c = c + :d` ...
fn set_terms<'a>(mut words: &[&'a str]) -> Result<Vec<Term<'a>>> {
    let mut terms = Vec::new();
    loop {
        let (path, value, adds, rest) = match words {
            [] => return Ok(terms),
            [path, "=", same, "+", value, rest @ ..] if path == same => (path, value, true, rest),
            [path, "=", value, rest @ ..] if value.starts_with(':') => (path, value, false, rest),
            _ => bail!("a SET of an unknown form: {}", words.join(" ")),
        };
        terms.push(Term { path, value, adds });
        words = rest;
    }
}

/// `a :b`, `c :d` ...
fn add_terms<'a>(words: &[&'a str]) -> Result<Vec<Term<'a>>> {
    let pairs = words.chunks(2).map(|pair| match pair {
        [path, value] => Ok(Term { path, value, adds: true }),
        _ => bail!("an ADD of an unknown form: {}", words.join(" ")),
    });
    pairs.collect()
}

/// Where `path` (`a`, `a.b`, `a.#b`) leads in the item: maps on the way must be there.
fn place<'a>(item: &'a mut Map<String, Value>, path: &str, request: &Value) -> Result<&'a mut Value> {
    let resolve = |name: &str| -> Result<String> {
        if !name.starts_with('#') {
            return Ok(name.to_owned());
        }
        let alias = request.pointer(&format!("/ExpressionAttributeNames/{name}")).and_then(Value::as_str);
        Ok(alias.with_context(|| format!("no name {name}"))?.to_owned())
    };
    let (parents, last) = path.rsplit_once('.').map_or((None, path), |(parents, last)| (Some(parents), last));
    let mut map = item;
    for name in parents.into_iter().flat_map(|parents| parents.split('.')) {
        let child = map.get_mut(&resolve(name)?).and_then(|child| child.get_mut("M")).and_then(Value::as_object_mut);
        map = child.with_context(|| format!("{path} does not exist"))?;
    }
    Ok(map.entry(resolve(last)?).or_insert(Value::Null))
}

/// Whether a value is a set, and of what.
fn set_kind(value: &Value) -> Option<&'static str> {
    ["SS", "NS"].into_iter().find(|kind| value.get(*kind).is_some())
}

fn members<'a>(value: &'a Value, kind: &str) -> Vec<&'a Value> {
    value.get(kind).and_then(Value::as_array).into_iter().flatten().collect()
}

fn set(kind: &str, members: &[&Value]) -> Value {
    if members.is_empty() { Value::Null } else { json!({ kind: members }) }
}

fn with(target: &Value, value: &Value) -> Value {
    let kind = set_kind(value).unwrap_or("SS");
    let mut all = members(target, kind);
    let new: Vec<&Value> = members(value, kind).into_iter().filter(|member| !all.contains(member)).collect();
    all.extend(new);
    set(kind, &all)
}

fn without(target: &Value, value: &Value) -> Value {
    let kind = set_kind(value).unwrap_or("SS");
    let gone = members(value, kind);
    let left: Vec<&Value> = members(target, kind).into_iter().filter(|member| !gone.contains(member)).collect();
    set(kind, &left)
}

fn sum(target: &Value, value: &Value) -> Result<Value> {
    let number = |value: &Value| value.get("N").and_then(Value::as_str).unwrap_or("0").parse::<i64>();
    Ok(json!({"N": (number(target)? + number(value)?).to_string()}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_nested_paths_and_adds_numbers() {
        let before = json!({"pk": {"S": "a"}, "n": {"N": "2"}, "d": {"M": {"state": {"S": "queued"}}}});
        let request = json!({
            "UpdateExpression": "SET d.#s = :s, n = n + :one, d.at = :t ADD n :one, m :one",
            "ExpressionAttributeNames": {"#s": "state"},
            "ExpressionAttributeValues": {":s": {"S": "sent"}, ":t": {"S": "now"}, ":one": {"N": "1"}},
        });
        let after = updated(before.as_object(), &Map::new(), &request).unwrap();
        let wanted = json!({
            "pk": {"S": "a"}, "n": {"N": "4"}, "m": {"N": "1"},
            "d": {"M": {"state": {"S": "sent"}, "at": {"S": "now"}}},
        });
        assert_eq!(Value::Object(after), wanted);
    }

    #[test]
    fn a_counter_that_is_not_there_yet_is_made_with_its_labels() {
        let key = json!({"pk": {"S": "a"}, "sk": {"S": "20#converse"}});
        let request = json!({
            "UpdateExpression": "ADD calls :calls, tokens :read SET entity = :entity, #day = :day",
            "ExpressionAttributeNames": {"#day": "day"},
            "ExpressionAttributeValues":
                {":calls": {"N": "1"}, ":read": {"N": "70"}, ":entity": {"S": "usage"}, ":day": {"S": "2026-11-20"}},
        });
        let after = updated(None, key.as_object().unwrap(), &request).unwrap();
        let wanted = json!({
            "pk": {"S": "a"}, "sk": {"S": "20#converse"}, "calls": {"N": "1"}, "tokens": {"N": "70"},
            "entity": {"S": "usage"}, "day": {"S": "2026-11-20"},
        });
        assert_eq!(Value::Object(after), wanted);
    }

    #[test]
    fn texts_are_added_to_sets_and_taken_out_of_them() {
        let after = |before: Value, expression: &str, texts: &[&str]| {
            let request =
                json!({"UpdateExpression": expression, "ExpressionAttributeValues": {":texts": {"SS": texts}}});
            Value::Object(updated(before.as_object(), &Map::new(), &request).unwrap())
        };
        let none = json!({"pk": {"S": "a"}});
        let two = after(none.clone(), "ADD u :texts", &["x", "y"]);
        assert_eq!(two, json!({"pk": {"S": "a"}, "u": {"SS": ["x", "y"]}}));
        assert_eq!(after(two.clone(), "ADD u :texts", &["y"]), two);
        assert_eq!(after(two.clone(), "DELETE u :texts", &["y", "z"]), json!({"pk": {"S": "a"}, "u": {"SS": ["x"]}}));
        assert_eq!(after(two, "DELETE u :texts", &["x", "y"]), none);
        assert_eq!(after(none.clone(), "DELETE u :texts", &["x"]), none);
    }

    #[test]
    fn numbers_are_members_too_and_attributes_are_removed() {
        let before = json!({"pk": {"S": "a"}, "n": {"N": "2"}, "done": {"NS": ["1"]}});
        let request = json!({
            "UpdateExpression": "ADD done :shard SET m = :two REMOVE n, gone",
            "ExpressionAttributeValues": {":shard": {"NS": ["2"]}, ":two": {"N": "2"}},
        });
        let after = updated(before.as_object(), &Map::new(), &request).unwrap();
        assert_eq!(Value::Object(after), json!({"pk": {"S": "a"}, "m": {"N": "2"}, "done": {"NS": ["1", "2"]}}));
    }

    #[test]
    fn an_unknown_form_is_refused() {
        for unknown in ["SET n = m + :one", "SET n = n - :one", "SET n = if_not_exists(n, :one)", "ADD n"] {
            let request = json!({"UpdateExpression": unknown, "ExpressionAttributeValues": {":one": {"N": "1"}}});
            assert!(updated(None, &Map::new(), &request).is_err(), "{unknown}");
        }
    }
}
