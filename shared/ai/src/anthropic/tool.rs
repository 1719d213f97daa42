//! A tool that a model calls, with the JSON Schema of its input made from a Rust type.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::Value;

/// What strict tools do not know (platform.claude.com/docs/en/build-with-claude/structured-outputs) or do not need.
/// Lengths and ranges are checked here, after the call.
const DROPPED: [&str; 6] = ["default", "format", "minimum", "maximum", "title", "$schema"];

/// A tool as the API takes it: `strict`, so that the model can only write input of this form.
#[derive(Debug, Serialize)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    description: &'static str,
    strict: bool,
    input_schema: Value,
}

impl Tool {
    /// A tool whose input is an `Input`; the texts of its fields are what the model reads.
    pub(crate) fn new<Input: JsonSchema>(name: &'static str, description: &'static str) -> Self {
        let settings = SchemaSettings::draft2020_12().for_deserialize().with(|settings| {
            settings.inline_subschemas = true;
            settings.meta_schema = None;
        });
        let schema =
            settings.with_transform(RecursiveTransform(strict)).into_generator().into_root_schema_for::<Input>();
        Self { name, description, strict: true, input_schema: schema.to_value() }
    }
}

/// Reduces a schema to what strict tools take. An optional field is one that may be absent; it is never null, because
/// unions make the vendor's grammar grow.
fn strict(schema: &mut Schema) {
    for keyword in DROPPED {
        schema.remove(keyword);
    }
    if let Some(Value::Array(types)) = schema.get("type") {
        let named = types.iter().find(|name| *name != "null").cloned();
        schema.insert("type".to_owned(), named.unwrap_or(Value::Null));
    }
}
