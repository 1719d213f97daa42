//! DynamoDB's update expressions, in the forms that `shared/store` uses: `SET path = :value` and `ADD path :number`.

use anyhow::{Context, Result, bail, ensure};
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
            ("SET" | "ADD", _) => clauses.push((word, Vec::new())),
            (_, Some((_, words))) => words.push(word),
            (_, None) => bail!("an update of an unknown form: {expression}"),
        }
    }
    for (clause, words) in clauses {
        let terms: Vec<(&str, &str)> = match clause {
            "SET" => triples(&words)?,
            _ => words.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect(),
        };
        for (path, name) in terms {
            let value = request
                .pointer(&format!("/ExpressionAttributeValues/{name}"))
                .with_context(|| format!("no value {name}"))?;
            let target = place(&mut item, path, request)?;
            *target = if clause == "ADD" { sum(target, value)? } else { value.clone() };
        }
    }
    Ok(item)
}

/// `a = :b`, `c = :d` ...
fn triples<'a>(words: &[&'a str]) -> Result<Vec<(&'a str, &'a str)>> {
    let chunks = words.chunks_exact(3);
    ensure!(chunks.remainder().is_empty(), "a SET of an unknown form: {}", words.join(" "));
    chunks
        .map(|chunk| match chunk {
            [path, "=", value] => Ok((*path, *value)),
            _ => bail!("a SET of an unknown form: {}", words.join(" ")),
        })
        .collect()
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
            "UpdateExpression": "SET d.#s = :s, d.at = :t ADD n :one, m :one",
            "ExpressionAttributeNames": {"#s": "state"},
            "ExpressionAttributeValues": {":s": {"S": "sent"}, ":t": {"S": "now"}, ":one": {"N": "1"}},
        });
        let after = updated(before.as_object(), &Map::new(), &request).unwrap();
        let wanted = json!({
            "pk": {"S": "a"}, "n": {"N": "3"}, "m": {"N": "1"},
            "d": {"M": {"state": {"S": "sent"}, "at": {"S": "now"}}},
        });
        assert_eq!(Value::Object(after), wanted);
    }

    #[test]
    fn an_unknown_form_is_refused() {
        let request =
            json!({"UpdateExpression": "SET n = n + :one", "ExpressionAttributeValues": {":one": {"N": "1"}}});
        assert!(updated(None, &Map::new(), &request).is_err());
    }
}
