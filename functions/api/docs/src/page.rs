//! The OpenAPI document as a page that people read: no script, one file.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const STYLE: &str = include_str!("page.css");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// How deep an example goes.
const DEPTH: usize = 10;

/// The page.
pub(crate) fn render(document: &Value) -> Markup {
    let groups = groups(document);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Porchlight API" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                nav aria-label="Operations" {
                    h1 { "Porchlight API" }
                    p { a href="/v1/openapi.json" { "OpenAPI 3.1 document" } }
                    @for (tag, operations) in &groups {
                        h2 { (tag) }
                        ul {
                            @for operation in operations {
                                li { a href={ "#" (text(operation.item, "operationId")) } {
                                    (method(operation.method)) " " (operation.path)
                                } }
                            }
                        }
                    }
                }
                main {
                    @for paragraph in text(&document["info"], "description").split("\n\n") { p { (prose(paragraph)) } }
                    @for (tag, operations) in &groups {
                        h2 { (tag) }
                        @for operation in operations { (section(document, operation)) }
                    }
                }
            }
        }
    }
}

struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    item: &'a Value,
}

fn groups(document: &Value) -> BTreeMap<&str, Vec<Operation<'_>>> {
    let mut groups: BTreeMap<&str, Vec<Operation<'_>>> = BTreeMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                let tag = operation["tags"][0].as_str().unwrap_or("other");
                groups.entry(tag).or_default().push(Operation { method, path, item: operation });
            }
        }
    }
    groups
}

fn section(document: &Value, operation: &Operation<'_>) -> Markup {
    let item = operation.item;
    let body = &item["requestBody"]["content"];
    html! {
        section id=(text(item, "operationId")) {
            h3 { (method(operation.method)) " " code { (operation.path) } }
            p { (text(item, "summary")) }
            @if let Some(description) = item["description"].as_str() { p { (prose(description)) } }
            p.permission { (permission(item)) }
            @if let Some(parameters) = item["parameters"].as_array() {
                table {
                    caption { "Parameters" }
                    @for parameter in parameters {
                        tr {
                            th scope="row" { code { (text(parameter, "name")) } @if parameter["required"] == true { " *" } }
                            td { (text(parameter, "in")) }
                            td { (kind(&parameter["schema"])) }
                            td { (text(parameter, "description")) }
                        }
                    }
                }
            }
            @for (media, content) in body.as_object().into_iter().flatten() {
                details {
                    summary { "Body: " code { (media) } }
                    pre { (pretty(&example(document, content))) }
                }
            }
            (answers(document, item))
        }
    }
}

/// What comes back: the good answers open, the problems, which are much the same everywhere, to be opened.
fn answers(document: &Value, item: &Value) -> Markup {
    let all = || item["responses"].as_object().into_iter().flatten();
    let (good, problems): (Vec<_>, Vec<_>) = all().partition(|(status, _)| status.starts_with('2'));
    let statuses: Vec<&str> = problems.iter().map(|(status, _)| status.as_str()).collect();
    let row = |status: &str, answer: &Value| {
        let answer = resolve(document, answer);
        html! {
            tr {
                th scope="row" { code { (status) } }
                td {
                    (prose(text(answer, "description")))
                    @for (media, content) in answer["content"].as_object().into_iter().flatten() {
                        @if status.starts_with('2') {
                            details { summary { code { (media) } } pre { (pretty(&example(document, content))) } }
                        }
                    }
                }
            }
        }
    };
    html! {
        table { caption { "Answers" } @for (status, answer) in good { (row(status, answer)) } }
        details {
            summary { "Problems: " (statuses.join(", ")) }
            table { @for (status, answer) in problems { (row(status, answer)) } }
        }
    }
}

/// Text with `code` in it.
fn prose(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn method(name: &str) -> Markup {
    html! { b class={ "method " (name) } { (name.to_uppercase()) } }
}

fn permission(item: &Value) -> String {
    match item["security"][0]["bearer"].as_array() {
        Some(scopes) => {
            let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
            format!("Needs {}.", scopes.join(", "))
        }
        None => "Open to everybody.".to_owned(),
    }
}

/// An example: the one that is given, or one made of the schema.
pub(crate) fn example(document: &Value, content: &Value) -> Value {
    let given = content.get("example").cloned();
    given.unwrap_or_else(|| of_schema(document, &content["schema"], DEPTH))
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
    match kind(schema).split(' ').next().unwrap_or_default() {
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
        "integer" | "number" => json!(0),
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

fn kind(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
