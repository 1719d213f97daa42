//! The OpenAPI document: the functions' own descriptions, and what is the same everywhere.
//!
//! What a handler says of itself is its parameters, body, answer and permission. Problems, rate-limit headers, the
//! `Idempotency-Key` of a POST and the `If-Match` of a change are the door's, and are described here once.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One document of all functions' parts.
#[must_use]
pub fn document(parts: impl IntoIterator<Item = OpenApi>) -> Value {
    let merged = parts.into_iter().reduce(|mut all, part| {
        all.merge(part);
        all
    });
    let mut document = merged.map_or_else(|| json!({}), |merged| json!(merged));
    document["openapi"] = json!("3.1.0");
    document["info"] = json!({
        "title": "Porchlight",
        "version": "1",
        "description": DESCRIPTION,
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    });
    document["servers"] = json!([{"url": "/", "description": "this installation"}]);
    document["components"]["securitySchemes"] = json!({
        "bearer": {"type": "http", "scheme": "bearer", "description": "An API key, or the access token of a person who signed in."},
        "cookie": {"type": "apiKey", "in": "cookie", "name": crate::ACCESS_COOKIE, "description": "Set by sign-in with `cookies`; changes also need the header x-csrf-token."},
    });
    document["components"]["schemas"]["Problem"] = problem();
    document["components"]["schemas"]["GatewayMessage"] = json!({
        "type": "object",
        "description": "What the gateway says where a request does not get as far as the API.",
        "required": ["message"],
        "properties": {"message": {"type": "string", "example": "Not Found"}},
    });
    document["components"]["responses"] = problems();
    if let Some(paths) = document["paths"].as_object_mut() {
        for path in paths.values_mut() {
            for method in METHODS {
                if let Some(operation) = path.get_mut(method).and_then(Value::as_object_mut) {
                    complete(method, operation);
                }
            }
        }
    }
    document
}

const DESCRIPTION: &str = "The front office of a service business: leads, conversations, settings, people.\n\n\
    Every request acts for one tenant, the one of its credential. What belongs to another tenant does not exist: 404. \
    Lists come by pages: send the `cursor` of a page to get the next. A change names the version it was made from in \
    `If-Match`. A POST with an `Idempotency-Key` happens once within a day, however often it is sent. Every error is a \
    problem (RFC 9457) that says what to change.";

/// What the door adds to every operation.
fn complete(method: &str, operation: &mut Map<String, Value>) {
    let guarded = operation.get("security").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let mut statuses = vec!["400", "404", "429", "500", "503"];
    let mut parameters = vec!["CorrelationId"];
    if operation.contains_key("requestBody") {
        statuses.extend(["413", "415"]);
    }
    if guarded {
        statuses.extend(["401", "403"]);
        if let Some(security) = operation.get_mut("security").and_then(Value::as_array_mut) {
            let scopes = security.first().and_then(|first| first.get("bearer")).cloned().unwrap_or(json!([]));
            security.push(json!({"cookie": scopes}));
        }
        if method == "post" {
            statuses.extend(["409", "422"]);
            parameters.push("IdempotencyKey");
        }
    }
    if !guarded && method == "post" {
        statuses.extend(["401", "403", "409"]);
    }
    let named = |name: &str, operation: &Map<String, Value>| {
        let given = operation.get("parameters").and_then(Value::as_array);
        given.is_some_and(|given| given.iter().any(|given| given["name"].as_str() == Some(name)))
    };
    if named("If-Match", operation) {
        statuses.extend(["409", "412", "428"]);
    }
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        for status in statuses {
            let reference = json!({"$ref": format!("#/components/responses/Problem{status}")});
            responses.entry(status).or_insert(reference);
        }
    }
    let own = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(own) = own.as_array_mut() {
        own.extend(parameters.into_iter().map(parameter));
    }
}

fn parameter(name: &str) -> Value {
    match name {
        "IdempotencyKey" => json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same key and body within a day are one request.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        }),
        _ => json!({
            "name": "x-correlation-id", "in": "header", "required": false,
            "description": "Comes back with the answer, and is in the logs of all that it caused.",
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        }),
    }
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What is wrong and what to change (RFC 9457).",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": {"type": "string", "example": "Bad Request"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599, "example": 400},
            "detail": {"type": "string", "example": "zone must be a time zone of the IANA database, such as America/Denver"},
            "field": {"type": "string", "description": "The field at fault, as a path.", "example": "zone"},
        },
    })
}

fn problems() -> Value {
    let all = [
        (400, "A field is missing or malformed."),
        (401, "No credential, or one that is not good any more. Nothing more is said."),
        (403, "The credential is good, and lacks the permission."),
        (404, "No such thing, or it is another tenant's."),
        (409, "The step is not possible from this state, or the name is taken."),
        (412, "It has changed since the version in If-Match."),
        (413, "The body is over the limit."),
        (415, "The body is not JSON."),
        (422, "The Idempotency-Key came with another body before."),
        (428, "A change needs If-Match."),
        (429, "Too many requests: Retry-After says when to come again."),
        (500, "Our fault; it has been recorded."),
        (503, "A dependency does not answer: try again in a moment."),
    ];
    let response = |(status, description): (u16, &str)| {
        let mut content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        if matches!(status, 404 | 413 | 429 | 500 | 503) {
            content["application/json"] = json!({"schema": {"$ref": "#/components/schemas/GatewayMessage"}});
        }
        (format!("Problem{status}"), json!({"description": description, "content": content}))
    };
    Value::Object(all.into_iter().map(response).collect())
}
