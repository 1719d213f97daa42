//! The OpenAPI document: the functions' own descriptions, and what is the same everywhere.
//!
//! What a handler says of itself is its parameters, body, answer and permission. Problems, rate-limit headers, the
//! `Idempotency-Key` of a POST and the `If-Match` of a change are the guard's, and are described here once.

use domain::failure::Rejection;
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::example::example;
use crate::schemas::tidy;

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
        "contact": {"name": "The operator of this installation"},
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    });
    document["tags"] =
        TAGS.iter().map(|(name, description)| json!({"name": name, "description": description})).collect();
    document["servers"] = json!([{"url": "/", "description": "this installation"}]);
    document["components"]["securitySchemes"] = json!({
        "bearer": {"type": "http", "scheme": "bearer", "description": "An API key, or the access token of a person who signed in."},
        "cookie": {"type": "apiKey", "in": "cookie", "name": crate::ACCESS_COOKIE, "description": "Set by sign-in with `cookies`; changes also need the header x-csrf-token."},
    });
    document["components"]["schemas"]["Problem"] = problem();
    document["components"]["schemas"]["GatewayMessage"] = json!({
        "type": "object",
        "description": "The gateway's own error, for a request that does not reach the API.",
        "required": ["message"],
        "properties": {"message": {"type": "string", "example": "Not Found"}},
    });
    document["components"]["responses"] = problems();
    tidy(&mut document);
    let schemas = json!({"components": {"schemas": document["components"]["schemas"]}});
    for path in document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        for method in METHODS {
            if let Some(operation) = path.get_mut(method).and_then(Value::as_object_mut) {
                complete(method, operation);
                show(&schemas, operation);
            }
        }
    }
    document
}

/// The tags, in the order of the page.
const TAGS: [(&str, &str); 22] = [
    ("leads", "What people asked for, and how far it has come."),
    ("conversations", "What was said, on which channel, and what waits for a person."),
    ("contacts", "The people behind conversations, and duplicates."),
    ("approvals", "Everything that waits for a person's approval."),
    ("journeys", "Sequences of messages, who is in them, consents and tasks."),
    ("schedule", "What can be booked, when it is free, and appointments."),
    ("insights", "What the front office did, and what it is worth."),
    ("campaigns", "What is written to many customers because of the weather, and the weather that is waited for."),
    ("knowledge", "Documents that answers are given from, and questions with their answers."),
    ("inventory", "What is kept in stock, what moves, what is there, and purchase orders."),
    ("prompts", "The instructions that models get: versions, what is live, and what came of each."),
    ("settings", "The tenant, its locations, staff and services."),
    ("keys", "API keys, the keys of sites, and vendors' credentials."),
    ("webhooks", "Where events are posted, what became of each, and what other systems report."),
    ("members", "Who belongs to the tenant, and who is invited."),
    ("account", "The account of the person who is signed in."),
    ("auth", "Signing in and out, registration, a forgotten password."),
    ("tenants", "The tenants that an agency, or the platform, looks after."),
    ("data", "Exports and erasures."),
    ("usage", "What was used, month by month."),
    ("audit", "Who changed what, and when."),
    (SITE, "What forms and chats on a business's own pages call, with a key that is part of the page."),
];

/// The tag of what a site's key opens: such a key is no credential, and a page reads why it was refused.
const SITE: &str = "site";

/// An example of every body that has none of its own.
fn show(schemas: &Value, operation: &mut Map<String, Value>) {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let answers = responses.map(|status| format!("/responses/{status}/content"));
    let bodies: Vec<String> = answers.chain(["/requestBody/content".to_owned()]).collect();
    let mut whole = Value::Object(std::mem::take(operation));
    for body in bodies {
        let contents = whole.pointer_mut(&body).and_then(Value::as_object_mut);
        for content in contents.into_iter().flat_map(Map::values_mut) {
            if content.get("example").is_none() {
                content["example"] = example(schemas, &content["schema"]);
            }
        }
    }
    if let Value::Object(shown) = whole {
        *operation = shown;
    }
}

const DESCRIPTION: &str = "The front office of a service business: leads, conversations, settings, people.\n\n\
    Every request acts for one tenant, the one of its credential. What belongs to another tenant does not exist: 404. \
    Lists come by pages: send the `cursor` of a page to get the next. A change names the version it was made from in \
    `If-Match`. A POST with an `Idempotency-Key` happens once within a day, however often it is sent. Every error is a \
    problem (RFC 9457) that says what to change, with a `code` for programs. A query parameter that is not described is refused.";

/// What the guard adds to every operation.
fn complete(method: &str, operation: &mut Map<String, Value>) {
    let guarded = operation.get("security").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let mut statuses = vec!["400", "404", "405", "429", "500", "503"];
    let mut parameters = vec!["CorrelationId"];
    if operation.contains_key("requestBody") {
        statuses.extend(["413", "415"]);
    }
    if guarded {
        statuses.extend(["401", "403"]);
        if method == "post" {
            statuses.extend(["409", "422"]);
            parameters.push("IdempotencyKey");
        }
    }
    let of_site = operation.get("tags").is_some_and(|tags| tags[0] == SITE);
    if of_site {
        statuses.push("403");
    } else if !guarded && method == "post" {
        statuses.extend(["401", "403", "409"]);
    }
    demand(operation, if of_site { "Needs the key of a site." } else { "Open to everybody." });
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

/// Says which permission an operation demands. The handler names it as a scope; outside OAuth 2 a scheme has none, so that it
/// stands in the description and, for programs, in `x-permission`.
fn demand(operation: &mut Map<String, Value>, without_credential: &str) {
    let scope = operation.get("security").map(|security| security[0]["bearer"][0].clone()).unwrap_or_default();
    let (security, needs) = match scope.as_str() {
        Some(scope) => (json!([{"bearer": []}, {"cookie": []}]), format!("Needs the permission `{scope}`.")),
        None => (json!([]), without_credential.to_owned()),
    };
    operation.insert("security".to_owned(), security);
    if scope.is_string() {
        operation.insert("x-permission".to_owned(), scope);
    }
    let said = operation.get("description").and_then(Value::as_str).filter(|said| !said.is_empty());
    let description = said.map_or_else(|| needs.clone(), |said| format!("{said}\n\n{needs}"));
    operation.insert("description".to_owned(), description.into());
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
            "description": "Returned with the answer, and part of every log line that the request causes.",
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        }),
    }
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What is wrong and what to change (RFC 9457).",
        "required": ["title", "status", "code", "detail"],
        "properties": {
            "title": {"type": "string", "example": "Bad Request"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599, "example": 400},
            "code": {
                "type": "string", "example": "invalid", "enum": codes().map(|(_, code)| code).collect::<Vec<_>>(),
                "description": "What programs tell errors apart by. It stays what it is; the sentence in `detail` may change.",
            },
            "detail": {"type": "string", "example": "zone must be a time zone of the IANA database, such as America/Denver"},
            "field": {"type": "string", "description": "The field at fault, as a path.", "example": "zone"},
            "request_id": {
                "type": "string", "description": "Names the request, as the header `x-request-id` does.",
                "example": "001795176720000-JKJaXmPLvHcESHB",
            },
        },
    })
}

fn problems() -> Value {
    let all = [
        (400, "A field is missing or malformed."),
        (401, "No credential, or one that is no longer valid. The answer does not say which."),
        (403, "The credential is valid but lacks the permission, or a site uses another site's key."),
        (404, "No such thing, or it is another tenant's."),
        (405, "The path does not support this method."),
        (409, "The step is not possible from this state, or the name is taken."),
        (412, "It has changed since the version in If-Match."),
        (413, "The body is over the limit."),
        (415, "The body is not JSON."),
        (422, "The Idempotency-Key was used with another body."),
        (428, "A change needs If-Match."),
        (429, "Too many requests: Retry-After says when to try again."),
        (500, "An error on our side; it has been recorded."),
        (503, "A dependency does not answer: try again in a moment."),
    ];
    let response = |(status, description): (u16, &str)| {
        let title = runtime::http::title(status);
        let known = codes().filter(|(of, _)| *of == status).map(|(_, code)| code);
        let examples = known.map(|code| {
            let detail = "What to change, in one sentence.";
            (code.to_owned(), json!({"value": {"title": title, "status": status, "code": code, "detail": detail}}))
        });
        let examples: Map<String, Value> = examples.collect();
        let problem = json!({"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples});
        let mut content = json!({"application/problem+json": problem});
        if GATEWAY.contains(&status) {
            let schema = json!({"$ref": "#/components/schemas/GatewayMessage"});
            content["application/json"] = json!({"schema": schema, "example": {"message": title}});
        }
        (format!("Problem{status}"), json!({"description": description, "content": content}))
    };
    Value::Object(all.into_iter().map(response).collect())
}

/// What the gateway itself answers, where a request does not reach the API. Its words cannot be changed.
const GATEWAY: [u16; 4] = [413, 429, 500, 503];

/// Every code of a problem, with its status.
fn codes() -> impl Iterator<Item = (u16, &'static str)> {
    let refusals = Rejection::ALL.into_iter().map(|kind| (kind.status(), kind.code()));
    refusals.chain(runtime::http::FAULT_CODES)
}
