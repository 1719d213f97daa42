//! The chat widget on the tenant's site, as JSON.
//!
//! `{"widget_key", "session_id", "message_id"?, "visitor": {"name"?, "email"?, "phone"?}?, "message", "file": {"id", "content_type"}?, "page"?}`
//!
//! A file was sent before, and `file` is what the answer to it said; with one, `message` may be missing or empty.
//!
//! The widget makes up the session id and keeps it in the browser; it should make up a `message_id` too, and keep it
//! when it repeats a request. Without one, the same words within the same ten seconds of a session are one message:
//! long enough for a repeat, short enough for a second "yes".

use domain::Failure;
use domain::ids::UploadId;
use domain::messaging::{Address, Content, Email, Phone};
use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::body::{Node, clip, json};
use crate::parsed::{MAX_FIELD_CHARS, MAX_NAME_CHARS, Parsed, derived_id, media_kind};
use crate::signature::{sha256, to_hex};

/// The span in which equal words are one message, in seconds.
const SAME_MESSAGE_S: i64 = 10;
const MAX_MESSAGE_CHARS: usize = 4_000;
const MAX_ID_CHARS: usize = 100;
const MIN_SECRET_CHARS: usize = 22;

/// One message of a visitor.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatMessage {
    /// The tenant's public key.
    pub widget_key: String,
    /// The browser's session.
    pub session_id: String,
    /// The message.
    pub message: Parsed,
}

/// The widget key: what finds the tenant, and so the region to [`parse`] with.
///
/// # Errors
/// [`Failure::Rejected`]: too large, no JSON, or no `widget_key`.
pub fn widget_key(body: &[u8]) -> Result<String, Failure> {
    let document = json(body)?;
    Ok(Node::root(&document).get("widget_key")?.text()?.to_owned())
}

/// Checks the form of a session id: 1 to 64 letters, digits, `-` and `_`.
///
/// # Errors
/// [`Failure::Rejected`] naming `session_id`.
pub fn session_id(text: &str) -> Result<&str, Failure> {
    if (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
        Ok(text)
    } else {
        Err(Failure::invalid("session_id", "session_id must be 1 to 64 letters, digits, '-' and '_'"))
    }
}

/// Checks a session id that opens what the visitor wrote, too: it is as long as 128 random bits in base64 at least.
///
/// # Errors
/// [`Failure::Rejected`] naming `x-chat-session`.
pub fn secret_session_id(text: &str) -> Result<&str, Failure> {
    session_id(text).ok().filter(|session| session.len() >= MIN_SECRET_CHARS).ok_or_else(|| {
        let rule = "x-chat-session must be 22 to 64 letters, digits, '-' and '_', made of 128 random bits or more";
        Failure::invalid("x-chat-session", rule)
    })
}

/// Where a file of a visitor's is before a message names it, and how the message refers to it: it is of its session, which it does not tell.
#[must_use]
pub fn upload_place(session: &str, id: UploadId) -> String {
    format!("{}/{id}", to_hex(sha256(session.as_bytes()).as_ref()))
}

/// Reads a message. A visitor's phone number without a country code is one of `region`, an ISO 3166 country.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or malformed, naming the path.
pub fn parse(body: &[u8], region: &str, received_at: Timestamp) -> Result<ChatMessage, Failure> {
    let document = json(body)?;
    let root = Node::root(&document);
    let session = session_id(root.get("session_id")?.text()?)?.to_owned();
    let file = root.opt("file").map(|file| sent_before(&file)).transpose()?;
    let text = match &file {
        Some(_) => root.opt_text("message")?.unwrap_or_default(),
        None => root.get("message")?.text()?,
    };
    let text = text.trim();
    if (text.is_empty() && file.is_none()) || text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(root.get("message")?.must(&format!("be 1 to {MAX_MESSAGE_CHARS} characters")));
    }
    // Within the session, so that nobody can take the id of somebody else's message.
    let vendor_id = match root.opt_id("message_id")? {
        Some(id) if id.chars().count() <= MAX_ID_CHARS => format!("{session}:{id}"),
        Some(_) => return Err(root.get("message_id")?.must(&format!("be at most {MAX_ID_CHARS} characters"))),
        None => {
            let of_file = file.map(|(id, _)| id.to_string()).unwrap_or_default();
            derived_id(&[&session, text, &of_file], received_at, SAME_MESSAGE_S)
        }
    };
    let content = match file {
        Some((id, content_type)) => Content::Media {
            kind: media_kind(content_type),
            references: vec![upload_place(secret_session_id(&session)?, id)],
            caption: text.to_owned(),
        },
        None => Content::Text { text: text.to_owned() },
    };
    let (name, also) = root.opt("visitor").map_or_else(|| Ok((None, Vec::new())), |node| visitor(&node, region))?;
    let page = root.opt_text("page")?.map(|page| ("page".to_owned(), clip(page, MAX_FIELD_CHARS)));
    Ok(ChatMessage {
        widget_key: root.get("widget_key")?.text()?.to_owned(),
        session_id: session.clone(),
        message: Parsed {
            vendor_id,
            from: Address::Chat(session),
            also,
            name,
            content,
            sent_at: None,
            fields: page.into_iter().collect::<BTreeMap<_, _>>(),
        },
    })
}

/// The id of a file that was sent before, and what it is.
fn sent_before<'a>(file: &Node<'a>) -> Result<(UploadId, &'a str), Failure> {
    let id = file.get("id")?;
    let parsed = UploadId::parse(id.text()?).map_err(|_| id.must("be the id that the answer to the file says"))?;
    Ok((parsed, file.get("content_type")?.text()?))
}

fn visitor(visitor: &Node<'_>, region: &str) -> Result<(Option<String>, Vec<Address>), Failure> {
    let name = visitor.opt_text("name")?.map(|name| clip(name, MAX_NAME_CHARS)).filter(|name| !name.is_empty());
    let email = visitor.opt_text("email")?.map(|email| Email::new(email, "visitor.email")).transpose()?;
    let phone = visitor.opt_text("phone")?.map(|phone| Phone::typed(phone, region, "visitor.phone")).transpose()?;
    Ok((name, phone.map(Address::Phone).into_iter().chain(email.map(Address::Email)).collect()))
}
