//! A tool that a model calls, with the JSON Schema of its input made from a Rust type, as each vendor takes it.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// What strict tools do not know (platform.claude.com/docs/en/build-with-claude/structured-outputs,
/// developers.openai.com/api/docs/guides/structured-outputs) or do not need. Lengths and ranges are checked here, after the call.
const DROPPED: [&str; 6] = ["default", "format", "minimum", "maximum", "title", "$schema"];

/// A tool: `strict`, so that the model can only write input of this form.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    /// An optional field is one that may be absent; it is never null, because unions make Anthropic's grammar grow.
    pub(crate) schema: Value,
    /// The same where every field is there and an optional one may be null: the only form that OpenAI takes.
    pub(crate) nullable_schema: Value,
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
        let schema = schema.to_value();
        let mut nullable_schema = schema.clone();
        require_all(&mut nullable_schema);
        Self { name, description, schema, nullable_schema }
    }
}

/// Reduces a schema to what strict tools take.
fn strict(schema: &mut Schema) {
    for keyword in DROPPED {
        schema.remove(keyword);
    }
    if let Some(Value::Array(types)) = schema.get("type") {
        let named = types.iter().find(|name| *name != "null").cloned();
        schema.insert("type".to_owned(), named.unwrap_or(Value::Null));
    }
}

fn require_all(schema: &mut Value) {
    if let Some(items) = schema.get_mut("items") {
        require_all(items);
    }
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|names| names.iter().any(|each| each == name));
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (name, property) in properties.iter_mut() {
        require_all(property);
        if !is_required(name) {
            may_be_null(property);
        }
    }
    let names = properties.keys().cloned().collect::<Vec<_>>();
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("required".to_owned(), json!(names));
    }
}

fn may_be_null(property: &mut Value) {
    if let Some(kind) = property.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(Value::Array(names)) = property.get_mut("enum") {
        names.push(Value::Null);
    }
}

/// Without the fields that are null: what is null is not there.
pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let there = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(there.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
