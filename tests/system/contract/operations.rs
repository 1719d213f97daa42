//! The operations of the API, as its OpenAPI document lists them.

use std::sync::OnceLock;

use serde_json::Value;
use utoipa::openapi::OpenApi;

use super::gateway;

/// The OpenAPI document, made from what the handlers say of themselves.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| api::document(parts()))
}

/// What each function says of itself.
pub fn parts() -> [OpenApi; 19] {
    [
        ai_extract_style::routes().into_openapi(),
        ai_suggest_reply::routes().into_openapi(),
        api_campaigns::routes().into_openapi(),
        api_conversations::public_routes().into_openapi(),
        api_conversations::routes().into_openapi(),
        api_data::routes().into_openapi(),
        api_identity::public_routes().into_openapi(),
        api_identity::routes().into_openapi(),
        api_insights::routes().into_openapi(),
        api_inventory::routes().into_openapi(),
        api_journeys::routes().into_openapi(),
        api_knowledge::routes().into_openapi(),
        api_leads::routes().into_openapi(),
        api_prompts::routes().into_openapi(),
        api_schedule::routes().into_openapi(),
        api_tenants::routes().into_openapi(),
        webhook_live_chat::openapi(),
        webhook_web_form::openapi(),
        api_webhooks::routes().into_openapi(),
    ]
}

/// A path with ids that are no one's.
pub fn anybodys(path: &str) -> String {
    let nobody = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9";
    let part = |part: &str| if part.starts_with('{') { nobody.to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// One of them.
pub struct Operation {
    /// `get`, `post`, ...
    pub method: String,
    /// With parameters in braces.
    pub path: String,
    /// Its name.
    pub id: String,
    /// The function that the template routes it to, such as `api-leads`; empty: no route takes it.
    pub function: &'static str,
    /// What it demands; none: it is open to everybody.
    pub permission: Option<String>,
    /// All that is said of it.
    pub item: Value,
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, item) in item.as_object().unwrap() {
            all.push(Operation {
                method: method.clone(),
                path: path.clone(),
                id: item["operationId"].as_str().unwrap_or_default().to_owned(),
                function: gateway::route(&method.to_uppercase(), path).map_or("", |route| route.function.as_str()),
                permission: item["x-permission"].as_str().map(ToOwned::to_owned),
                item: item.clone(),
            });
        }
    }
    all
}

impl Operation {
    /// For messages.
    pub fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// A text of its description.
    pub fn text(&self, name: &str) -> &str {
        self.item[name].as_str().unwrap_or_default()
    }

    /// Its parameters.
    pub fn parameters(&self) -> Vec<&Value> {
        self.item["parameters"].as_array().into_iter().flatten().collect()
    }

    /// Whether a change needs `If-Match`.
    pub fn needs_version(&self) -> bool {
        self.parameters().iter().any(|parameter| parameter["name"] == "If-Match")
    }

    /// The example of its body, or none where it takes none.
    pub fn example(&self) -> Option<Value> {
        let content = self.item["requestBody"]["content"].as_object()?;
        let content = content.get("application/json").or_else(|| content.values().next())?;
        content.get("example").cloned()
    }
}
