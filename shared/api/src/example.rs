//! What a body may look like, made of its schema: the examples of the OpenAPI document.

use serde_json::{Map, Value, json};

/// How deep an example goes.
const DEPTH: usize = 10;

/// An example of a schema, from the examples of its parts.
pub(crate) fn example(document: &Value, schema: &Value) -> Value {
    of_schema(document, schema, DEPTH)
}

fn of_schema(document: &Value, schema: &Value, depth: usize) -> Value {
    let schema = resolve(document, schema);
    if let Some(example) = schema.get("example").or_else(|| schema["examples"].get(0)).or_else(|| schema["enum"].get(0))
    {
        return example.clone();
    }
    for choice in ["oneOf", "anyOf"] {
        let first = schema[choice].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null"));
        if let Some(first) = first {
            return of_schema(document, first, depth);
        }
    }
    if let Some(all) = schema["allOf"].as_array() {
        let parts = all.iter().filter_map(|part| of_schema(document, part, depth).as_object().cloned());
        return Value::Object(parts.flatten().collect());
    }
    let deeper = depth.saturating_sub(1);
    match kind(schema) {
        "object" if depth > 0 => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let fields = schema["properties"].as_object().into_iter().flatten();
            // What may be left out is, unless it says what it looks like.
            let fields = fields.filter(|(name, field)| {
                required.iter().any(|required| required == *name) || resolve(document, field).get("example").is_some()
            });
            let fields = fields.map(|(name, field)| (name.clone(), of_schema(document, field, deeper)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        "array" if depth > 0 => json!([of_schema(document, &schema["items"], deeper)]),
        "object" => json!({}),
        "array" => json!([]),
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(0)),
        "boolean" => json!(true),
        _ => match schema["format"].as_str() {
            Some("date") => json!("2026-12-24"),
            Some("date-time") => json!("2026-11-20T12:00:00Z"),
            Some("uuid") => json!("6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9"),
            _ => json!(""),
        },
    }
}

/// The schema that a reference names.
fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let pointer = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// The type of a schema; of several, the first.
fn kind(schema: &Value) -> &str {
    schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_what_is_required_and_what_shows_itself() {
        let document = json!({"components": {"schemas": {"Id": {"type": "string", "format": "uuid"}}}});
        let schema = json!({
            "type": "object",
            "required": ["id", "count", "tags"],
            "properties": {
                "id": {"$ref": "#/components/schemas/Id"},
                "count": {"type": ["integer", "null"], "minimum": 1},
                "tags": {"type": "array", "items": {"type": "string", "enum": ["new", "old"]}},
                "shown": {"type": "string", "example": "Ana"},
                "left_out": {"type": "string"},
            },
        });
        let expected =
            json!({"id": "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9", "count": 1, "tags": ["new"], "shown": "Ana"});
        assert_eq!(example(&document, &schema), expected);
    }

    #[test]
    fn a_schema_that_holds_itself_ends() {
        let document = json!({"components": {"schemas": {"Tree": {
            "type": "object", "required": ["branches"],
            "properties": {"branches": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
        }}}});
        assert!(example(&document, &json!({"$ref": "#/components/schemas/Tree"}))["branches"].is_array());
    }
}
