//! The schemas as generators of clients take them: every object has a name, and says itself all that it holds.
//!
//! utoipa writes an enum as nameless objects, a flattened field as `allOf`, and what a page holds out in full. Generators
//! make of the first names such as `StepActType2`, refuse the second where a part is an enum or forbids other fields, and make
//! two classes of the third.

use serde_json::{Map, Value, json};

use crate::example::resolve;

type Schemas = Map<String, Value>;

/// Names and writes out what is not.
pub(crate) fn tidy(document: &mut Value) {
    let given = document.clone();
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    name_what_pages_hold(schemas);
    for schema in schemas.values_mut() {
        write_out(&given, schema);
        for variant in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
            write_out(&given, variant);
        }
    }
    name_variants(schemas);
    drop_unused(document);
}

/// What was only a part of others is not named by anything once they are written out.
fn drop_unused(document: &mut Value) {
    let text = document.to_string();
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, _| text.contains(&reference(name)["$ref"].to_string()));
    }
}

/// A page holds things of one kind, which have a name: their own, or the one that the page's says.
fn name_what_pages_hold(schemas: &mut Schemas) {
    let names: Vec<String> = schemas.keys().cloned().collect();
    for (page, held) in names.iter().filter_map(|page| Some((page, page.strip_prefix("Page_")?))) {
        let is_named = schemas.contains_key(held);
        let Some(items) = schemas.get_mut(page).and_then(|page| page.pointer_mut("/properties/items/items")) else {
            continue;
        };
        if is_named || items["allOf"].is_array() {
            let items = std::mem::replace(items, reference(held));
            schemas.entry(held).or_insert(items);
        }
    }
}

/// Writes a schema that is all of several as one: an object with the fields of all, or one for each variant of a part.
fn write_out(document: &Value, schema: &mut Value) {
    let Some(parts) = schema["allOf"].as_array() else { return };
    let mut joined = vec![json!({"type": "object", "properties": {}, "required": []})];
    for part in parts {
        // A part may itself be all of several.
        let mut part = resolve(document, part).clone();
        write_out(document, &mut part);
        let variants = part["oneOf"].as_array().map_or_else(|| vec![&part], |all| all.iter().collect());
        let with =
            |so_far: &Value| variants.iter().map(|more| both(so_far, resolve(document, more))).collect::<Vec<_>>();
        joined = joined.iter().flat_map(with).collect();
    }
    let description = schema["description"].take();
    *schema = if joined.len() == 1 { joined.swap_remove(0) } else { json!({"oneOf": joined}) };
    if description.is_string() {
        schema["description"] = description;
    }
}

/// An object with the fields of both.
fn both(one: &Value, other: &Value) -> Value {
    let mut joined = one.clone();
    for (name, value) in other.as_object().into_iter().flatten() {
        match (joined.get_mut(name), value) {
            (Some(Value::Object(fields)), Value::Object(more)) => fields.extend(more.clone()),
            (Some(Value::Array(names)), Value::Array(more)) => names.extend(more.iter().cloned()),
            _ => joined[name] = value.clone(),
        }
    }
    joined
}

/// Gives the variants of enums names: `StepActTask`. What such a variant holds alone, `{"task": {…}}`, is `StepActTaskFields`.
fn name_variants(schemas: &mut Schemas) {
    let mut named = Schemas::new();
    for (name, schema) in schemas.iter_mut() {
        for variant in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(own) = own_name(variant).map(|own| format!("{name}{own}")) else { continue };
            for field in variant["properties"].as_object_mut().into_iter().flat_map(Map::values_mut) {
                if field["properties"].is_object() {
                    move_out(&mut named, format!("{own}Fields"), field);
                }
            }
            move_out(&mut named, own, variant);
        }
    }
    for (name, schema) in named {
        schemas.entry(name).or_insert(schema);
    }
}

fn move_out(named: &mut Schemas, name: String, schema: &mut Value) {
    let reference = reference(&name);
    named.insert(name, std::mem::replace(schema, reference));
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The value of the field that tells a variant from the others, or its only field; in `CamelCase`.
fn own_name(variant: &Value) -> Option<String> {
    let fields = variant["properties"].as_object()?;
    let tag = fields.values().find_map(|field| match field["enum"].as_array()?.as_slice() {
        [only] => only.as_str(),
        _ => None,
    });
    let words = tag.or_else(|| fields.keys().next().filter(|_| fields.len() == 1).map(String::as_str))?;
    let camel = words.split(['_', '-']).map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    });
    Some(camel.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(schemas: Value) -> Value {
        // Every schema is named by something.
        let names: Vec<Value> =
            schemas.as_object().into_iter().flat_map(Map::keys).map(|name| reference(name)).collect();
        let mut document = json!({"paths": names});
        document["components"]["schemas"] = schemas;
        tidy(&mut document);
        document["components"]["schemas"].take()
    }

    fn tagged(tag: &str) -> Value {
        json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "enum": [tag]}}})
    }

    #[test]
    fn the_variants_of_an_enum_have_names() {
        let task = json!({"type": "object", "properties": {"title": {"type": "string"}}});
        let schemas = tidied(json!({
            "Actor": {"oneOf": [tagged("api_key"), {"type": "string", "enum": ["nobody"]}]},
            "Act": {"oneOf": [{"type": "object", "properties": {"task": task}}]},
        }));
        assert_eq!(schemas["Actor"]["oneOf"][0], reference("ActorApiKey"));
        assert_eq!(schemas["Actor"]["oneOf"][1]["type"], "string", "what is no object needs no name");
        assert_eq!(schemas["ActTask"]["properties"]["task"], reference("ActTaskFields"));
        assert_eq!(schemas["ActTaskFields"], task);
    }

    #[test]
    fn what_is_all_of_several_is_written_out() {
        let schemas = tidied(json!({
            "Tenant": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {"id": {"type": "string"}}},
            "Shown": {"description": "Shown.", "allOf": [
                reference("Tenant"), {"type": "object", "required": ["lacks"], "properties": {"lacks": {"type": "array"}}},
            ]},
            "Listed": {"allOf": [reference("Shown"), {"type": "object", "properties": {"expanded": {"type": "object"}}}]},
        }));
        let listed: Vec<_> = schemas["Listed"]["properties"].as_object().unwrap().keys().collect();
        assert_eq!(listed, ["id", "lacks", "expanded"], "and what is all of several of which one is so too");
        assert_eq!(schemas["Shown"]["required"], json!(["id", "lacks"]));
        assert_eq!((schemas["Shown"].get("allOf"), &schemas["Shown"]["description"]), (None, &json!("Shown.")));
        assert_eq!(schemas["Shown"]["additionalProperties"], false);
    }

    #[test]
    fn an_enum_with_more_is_an_enum_whose_every_variant_has_more() {
        let at = json!({"type": "object", "required": ["at"], "properties": {"at": {"type": "string"}}});
        let schemas = tidied(json!({
            "Verdict": {"oneOf": [tagged("allowed"), tagged("held")]},
            "Ruled": {"allOf": [reference("Verdict"), at]},
        }));
        assert_eq!(schemas["Ruled"]["oneOf"], json!([reference("RuledAllowed"), reference("RuledHeld")]));
        assert_eq!(schemas["RuledHeld"]["required"], json!(["type", "at"]));
        assert_eq!(schemas["VerdictHeld"]["required"], json!(["type"]));
    }

    #[test]
    fn what_nothing_names_is_dropped() {
        let mut document = json!({"paths": [reference("Used")], "components": {"schemas": {"Used": {}, "Unused": {}}}});
        tidy(&mut document);
        assert_eq!(document["components"]["schemas"], json!({"Used": {}}));
    }

    #[test]
    fn a_page_names_what_it_holds() {
        let lead = json!({"type": "object", "properties": {"id": {"type": "string"}}});
        let page = json!({"type": "object", "properties": {"items": {"type": "array", "items": lead}}});
        let schemas = tidied(json!({"Lead": lead, "Page_Lead": page}));
        assert_eq!(schemas["Page_Lead"]["properties"]["items"]["items"], reference("Lead"));
        let more = json!({"allOf": [lead, {"type": "object", "properties": {"expanded": {"type": "object"}}}]});
        let page = json!({"type": "object", "properties": {"items": {"type": "array", "items": more}}});
        let schemas = tidied(json!({"Page_Expandable_Lead": page}));
        assert_eq!(schemas["Page_Expandable_Lead"]["properties"]["items"]["items"], reference("Expandable_Lead"));
        assert!(schemas["Expandable_Lead"]["properties"]["expanded"].is_object(), "{schemas}");
    }
}
