//! The operations of the API, as its OpenAPI document lists them.

use serde_json::Value;

/// What the handlers say of themselves.
pub fn document() -> Value {
    api::document([
        api_conversations::routes().into_openapi(),
        api_data::routes().into_openapi(),
        api_identity::public_routes().into_openapi(),
        api_identity::routes().into_openapi(),
        api_journeys::routes().into_openapi(),
        api_leads::routes().into_openapi(),
        api_tenants::routes().into_openapi(),
    ])
}

/// One of them.
pub struct Operation {
    /// `get`, `post`, ...
    pub method: String,
    /// With parameters in braces.
    pub path: String,
    /// Its name.
    pub id: String,
    /// What it demands; none: it is open to everybody.
    pub permission: Option<String>,
    /// All that is said of it.
    pub item: Value,
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let document = document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, item) in item.as_object().unwrap() {
            let scopes = item["security"][0]["bearer"].as_array();
            all.push(Operation {
                method: method.clone(),
                path: path.clone(),
                id: item["operationId"].as_str().unwrap_or_default().to_owned(),
                permission: scopes.map(|scopes| scopes[0].as_str().unwrap().to_owned()),
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

    /// The example of its body, as the page shows it, or none where it takes none.
    pub fn example(&self) -> Option<Value> {
        let content = self.item["requestBody"]["content"].as_object()?;
        let content = content.get("application/json").or_else(|| content.values().next())?;
        Some(api_docs::example(&document(), content))
    }
}
