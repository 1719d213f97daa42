//! The OpenAPI document as a page that people read: no script, one file.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the page looks like. `STYLE_HASH` in `lib.rs` is its digest.
pub(crate) const STYLE: &str = include_str!("page.css");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

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
                a.skip href="#content" { "To the content" }
                nav aria-label="Operations" {
                    h1 { "Porchlight API" }
                    p { a href="/v1/openapi.json" { "OpenAPI 3.1 document" } }
                    @for (tag, operations) in &groups {
                        h2 { (tag) }
                        ul {
                            @for operation in operations {
                                li { a href={ "#" (text(operation.item, "operationId")) } {
                                    (method(operation.method)) span { (operation.path) }
                                } }
                            }
                        }
                    }
                }
                main id="content" {
                    @for paragraph in text(&document["info"], "description").split("\n\n") { p { (prose(paragraph)) } }
                    @for (tag, operations) in &groups {
                        h2 { (tag) }
                        p { (prose(about(document, tag))) }
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
            @for paragraph in text(item, "description").split("\n\n") { p { (prose(paragraph)) } }
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
                    (example(content))
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
                            details { summary { code { (media) } } (example(content)) }
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

/// What a body looks like. It may be wider than the page: then it scrolls, with the keyboard too.
fn example(content: &Value) -> Markup {
    html! { pre tabindex="0" { (serde_json::to_string_pretty(&content["example"]).unwrap_or_default()) } }
}

/// What the document says of a tag.
fn about<'a>(document: &'a Value, tag: &str) -> &'a str {
    let tags = document["tags"].as_array();
    tags.and_then(|tags| tags.iter().find(|one| one["name"] == tag)).map_or("", |tag| text(tag, "description"))
}
