//! One delivery: `entry[].changes[]`, each with several messages and statuses.
//!
//! Meta repeats a delivery that is refused, whole, for up to seven days. So what can be read is taken: a message
//! whose type is unknown or whose content is not of its type's form is [`Content::Unsupported`], which its sender is
//! told about. Refused, with the path of the field, is only what cannot be a message at all: no JSON of the right
//! object, no phone-number id, a message without an id or a sender, a status without an id. Changes of the field
//! `user_preferences` tell whether somebody wants advertising. All others (account, templates, calls, echoes of our own
//! messages) are not ours and yield nothing.

use domain::Failure;
use domain::messaging::delivery::StatusUpdate;
use domain::messaging::{Content, DeliveryState, MessageRef};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

use super::codes::classify;
use super::contacts::{Contact, Sender};
use super::{Change, content};
use crate::body::{Node, json};
use crate::parsed::Parsed;

/// Reads a delivery. Safe on bytes whose signature is not checked yet.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or malformed, naming the path.
pub fn parse(body: &[u8]) -> Result<Vec<Change>, Failure> {
    let document = json(body)?;
    let root = Node::root(&document);
    let object = root.get("object")?;
    if object.text()? != "whatsapp_business_account" {
        return Err(object.must("be `whatsapp_business_account`"));
    }
    let mut changes = Vec::new();
    for entry in root.get("entry")?.items()? {
        for change in entry.get("changes")?.items()? {
            if matches!(change.get("field")?.text()?, "messages" | "user_preferences") {
                changes.push(read_change(&change.get("value")?)?);
            }
        }
    }
    Ok(changes)
}

fn read_change(value: &Node<'_>) -> Result<Change, Failure> {
    let phone_number_id = value.get("metadata")?.get("phone_number_id")?.text()?.to_owned();
    let contacts = value.list("contacts")?.iter().map(Contact::read).collect::<Result<Vec<_>, _>>()?;
    let mut change = Change { phone_number_id, messages: Vec::new(), statuses: Vec::new(), ignored: 0 };
    for message in value.list("messages")? {
        match read_message(&message, &contacts)? {
            Some(message) => change.messages.push(message),
            None => change.ignored += 1,
        }
    }
    for preference in value.list("user_preferences")? {
        match read_preference(&preference, &contacts)? {
            Some(said) => change.messages.push(said),
            None => change.ignored += 1,
        }
    }
    for status in value.list("statuses")? {
        match read_status(&status)? {
            Some(status) => change.statuses.push(status),
            None => change.ignored += 1,
        }
    }
    Ok(change)
}

fn read_message(message: &Node<'_>, contacts: &[Contact<'_>]) -> Result<Option<Parsed>, Failure> {
    let vendor_id = message.get("id")?.text()?.to_owned();
    let kind = message.opt_text("type")?.unwrap_or("unknown");
    if content::is_notice(kind, message.value) {
        return Ok(None);
    }
    let Sender { from, also, name } = Sender::of(message, contacts)?;
    Ok(Some(Parsed {
        vendor_id,
        from,
        also,
        name,
        content: content::read(kind, message.value),
        sent_at: message.value.get("timestamp").and_then(seconds),
        fields: content::fields(message.value),
    }))
}

/// Whether somebody wants advertising: `stop`, `resume`, or `signup` through a link for it. It has no id, so that who it is of,
/// when and what make one.
fn read_preference(preference: &Node<'_>, contacts: &[Contact<'_>]) -> Result<Option<Parsed>, Failure> {
    let wanted = match (preference.opt_text("category")?, preference.opt_text("value")?) {
        (Some("marketing_messages"), Some("stop")) => false,
        (Some("marketing_messages"), Some("resume" | "signup")) => true,
        _ => return Ok(None),
    };
    let Sender { from, also, name } = Sender::named(preference, ["wa_id", "user_id"], contacts)?;
    let sent_at = preference.value.get("timestamp").and_then(seconds);
    let at = sent_at.map(Timestamp::as_second).unwrap_or_default();
    Ok(Some(Parsed {
        vendor_id: format!("marketing.{}.{at}.{wanted}", from.key()),
        from,
        also,
        name,
        content: Content::Advertising { wanted },
        sent_at,
        fields: BTreeMap::new(),
    }))
}

/// Meta writes seconds since 1970, mostly as text.
fn seconds(value: &Value) -> Option<Timestamp> {
    let second = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    Timestamp::from_second(second).ok()
}

fn read_status(status: &Node<'_>) -> Result<Option<StatusUpdate>, Failure> {
    let state = match status.get("status")?.text()? {
        "sent" => DeliveryState::Sent,
        "delivered" => DeliveryState::Delivered,
        "read" => DeliveryState::Read,
        "failed" => DeliveryState::Failed,
        // `played` and whatever comes: nothing that a message's state knows.
        _ => return Ok(None),
    };
    let code = status.value.pointer("/errors/0/code").and_then(Value::as_i64);
    let reference = status.value.get("biz_opaque_callback_data").and_then(Value::as_str);
    Ok(Some(StatusUpdate {
        message: reference.and_then(|text| MessageRef::parse(text).ok()),
        vendor_id: status.get("id")?.text()?.to_owned(),
        state,
        reason: code.map(|code| format!("meta {code}")),
        blocked: code.and_then(|code| classify(code).blocked()),
    }))
}
