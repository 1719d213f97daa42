//! What one WhatsApp message holds.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components, and the reference of each type.

use domain::messaging::{AMENDS, Content, MediaKind};
use serde_json::Value;
use std::collections::BTreeMap;

use crate::body::clip;
use crate::parsed::MAX_FIELD_CHARS;

/// Address cards of one message whose names are kept.
const MAX_CARDS: usize = 20;
/// Fields of an advertisement that are kept.
const MAX_REFERRAL_FIELDS: usize = 20;

/// Whether it only tells of something: a number or identity that changed, a permission to call, a chat that was opened,
/// an unnamed message taken back. To answer any of these would puzzle the person.
pub(super) fn is_notice(kind: &str, message: &Value) -> bool {
    let interactive = message.pointer("/interactive/type").and_then(Value::as_str);
    matches!(kind, "system" | "request_welcome")
        || (kind == "revoke" && amended(message).is_none())
        || interactive == Some("call_permission_reply")
}

/// Reads a message of the type `kind`. One that is not of its type's form is unsupported, as is an unknown type.
pub(super) fn read(kind: &str, message: &Value) -> Content {
    known(kind, message).unwrap_or_else(|| Content::Unsupported { kind: clip(kind, 64) })
}

fn known(kind: &str, message: &Value) -> Option<Content> {
    let text = |pointer: &str| Some(message.pointer(pointer)?.as_str()?.to_owned());
    let part = message.get(kind);
    match kind {
        "text" => Some(Content::Text { text: text("/text/body").filter(|text| !text.is_empty())? }),
        "image" | "sticker" => media(MediaKind::Image, part?),
        "audio" => media(MediaKind::Audio, part?),
        "video" => media(MediaKind::Video, part?),
        "document" => media(MediaKind::Document, part?),
        "location" => location(part?),
        "contacts" => Some(Content::Contacts { names: names(part?)? }),
        // An absent emoji takes the reaction back, as an empty one does.
        "reaction" => {
            Some(Content::Reaction { emoji: part?.get("emoji").map_or("", |e| e.as_str().unwrap_or("")).into() })
        }
        "button" => Some(Content::Choice { id: text("/button/payload")?, title: text("/button/text")? }),
        "interactive" => interactive(part?),
        "revoke" => Some(Content::Deleted),
        // The corrected message, in full: people correct what they want answered. An edit of an edit is not one.
        "edit" => {
            let edited = part?.get("message")?;
            let kind = edited.get("type")?.as_str().filter(|kind| *kind != "edit")?;
            known(kind, edited)
        }
        _ => None,
    }
}

fn media(kind: MediaKind, part: &Value) -> Option<Content> {
    let id = part.get("id")?.as_str().filter(|id| !id.is_empty())?;
    let caption = part.get("caption").and_then(Value::as_str).unwrap_or_default();
    Some(Content::Media { kind, references: vec![id.to_owned()], caption: caption.to_owned() })
}

fn location(part: &Value) -> Option<Content> {
    let degrees = |name, limit: f64| part.get(name)?.as_f64().filter(|degrees| degrees.abs() <= limit);
    let words = ["name", "address"].into_iter().filter_map(|name| part.get(name)?.as_str());
    Some(Content::Location {
        latitude: degrees("latitude", 90.0)?,
        longitude: degrees("longitude", 180.0)?,
        label: words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", "),
    })
}

fn names(cards: &Value) -> Option<Vec<String>> {
    let name = |card: &Value| Some(card.pointer("/name/formatted_name")?.as_str()?.to_owned());
    Some(cards.as_array()?.iter().take(MAX_CARDS).filter_map(name).collect())
}

fn interactive(part: &Value) -> Option<Content> {
    match part.get("type")?.as_str()? {
        kind @ ("button_reply" | "list_reply") => {
            let reply = part.get(kind)?;
            let text = |name| Some(reply.get(name)?.as_str()?.to_owned());
            Some(Content::Choice { id: text("id")?, title: text("title")? })
        }
        "nfm_reply" => {
            let json = part.pointer("/nfm_reply/response_json")?.as_str()?;
            let fields: serde_json::Map<String, Value> = serde_json::from_str(json).ok()?;
            Some(Content::Form { json: serde_json::to_string(&fields).ok()? })
        }
        _ => None,
    }
}

/// The id of the message that this one corrects or takes back.
fn amended(message: &Value) -> Option<&str> {
    let original = |kind: &str| message.get(kind)?.get("original_message_id")?.as_str().filter(|id| !id.is_empty());
    original("edit").or_else(|| original("revoke"))
}

/// What a message tells beside its content: the advertisement it came from, and the message it corrects or takes back.
pub(super) fn fields(message: &Value) -> BTreeMap<String, String> {
    let referral = message.get("referral").and_then(Value::as_object).into_iter().flatten();
    let mut fields: BTreeMap<_, _> = referral
        .filter_map(|(name, value)| {
            Some((format!("referral_{}", clip(name, 64)), clip(value.as_str()?, MAX_FIELD_CHARS)))
        })
        .take(MAX_REFERRAL_FIELDS)
        .collect();
    if let Some(original) = amended(message) {
        fields.insert(AMENDS.to_owned(), clip(original, MAX_FIELD_CHARS));
    }
    fields
}
