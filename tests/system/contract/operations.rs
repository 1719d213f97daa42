//! The operations of the API, as its OpenAPI document lists them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

/// What the handlers say of themselves, and which function serves which path.
struct Described {
    document: Value,
    functions: BTreeMap<String, &'static str>,
}

fn described() -> &'static Described {
    static ALL: OnceLock<Described> = OnceLock::new();
    ALL.get_or_init(|| {
        let parts = [
            ("ai-suggest-reply", ai_suggest_reply::routes().into_openapi()),
            ("api-conversations", api_conversations::public_routes().into_openapi()),
            ("api-conversations", api_conversations::routes().into_openapi()),
            ("api-data", api_data::routes().into_openapi()),
            ("api-identity", api_identity::public_routes().into_openapi()),
            ("api-identity", api_identity::routes().into_openapi()),
            ("api-insights", api_insights::routes().into_openapi()),
            ("api-journeys", api_journeys::routes().into_openapi()),
            ("api-leads", api_leads::routes().into_openapi()),
            ("api-schedule", api_schedule::routes().into_openapi()),
            ("api-tenants", api_tenants::routes().into_openapi()),
            ("webhook-live-chat", webhook_live_chat::openapi()),
            ("webhook-web-form", webhook_web_form::openapi()),
            ("api-webhooks", api_webhooks::routes().into_openapi()),
        ];
        let paths = parts.iter().flat_map(|(name, part)| part.paths.paths.keys().map(|path| (path.clone(), *name)));
        Described { functions: paths.collect(), document: api::document(parts.map(|(_, part)| part)) }
    })
}

/// The OpenAPI document.
pub fn document() -> Value {
    described().document.clone()
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
    /// The function whose router serves it, such as `api-leads`.
    pub function: &'static str,
    /// What it demands; none: it is open to everybody.
    pub permission: Option<String>,
    /// All that is said of it.
    pub item: Value,
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let described = described();
    let mut all = Vec::new();
    for (path, item) in described.document["paths"].as_object().unwrap() {
        for (method, item) in item.as_object().unwrap() {
            all.push(Operation {
                method: method.clone(),
                path: path.clone(),
                id: item["operationId"].as_str().unwrap_or_default().to_owned(),
                function: described.functions[path],
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
