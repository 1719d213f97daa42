//! What comes and goes, as the OpenAPI document describes it.

use connectors::live_chat::secret_session_id;
use domain::TenantId;
use domain::conversations::{Message, Role};
use domain::ids::UploadId;
use domain::messaging::{Content, MediaKind};
use jiff::Timestamp;
use serde::Serialize;
use store::chat_file_address;
use utoipa::ToSchema;

/// A visitor's message.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the body is read field by field, so that an error names the one at fault")]
pub(crate) struct ChatMessage {
    /// The public key of the site.
    #[schema(example = "pk_live_chat_7d1f")]
    widget_key: String,
    /// Made up by the widget, of 128 random bits, and known to it alone: whoever has it reads the talk.
    #[schema(example = "ab09a491a8ea0cb29f8648daad9a14b2", pattern = "^[A-Za-z0-9_-]{1,64}$")]
    session_id: String,
    /// Made up by the widget: the same id in the same session is the same message. Without one, the same words within ten
    /// seconds are one message.
    #[schema(example = "1aa76bb73b247bf57224db7acdf841e8", max_length = 100)]
    message_id: Option<String>,
    /// What the visitor wrote; beside a file, it may be missing.
    #[schema(example = "Do you fix gutters?", max_length = 4000)]
    message: Option<String>,
    /// A file that was sent before: what `POST /webhooks/live-chat/files` answered. It takes a session of 22 characters or more.
    file: Option<Uploaded>,
    /// The page it was written on.
    #[schema(example = "https://www.example.com/prices")]
    page: Option<String>,
    /// What the visitor said of themselves.
    visitor: Option<ChatVisitor>,
}

/// What a visitor said of themselves.
#[derive(ToSchema)]
#[expect(dead_code, reason = "read field by field, as the message is")]
pub(crate) struct ChatVisitor {
    name: Option<String>,
    email: Option<String>,
    /// With a country code, or as it is written in the tenant's country.
    phone: Option<String>,
}

/// A file that was sent.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatUpload)]
pub(crate) struct Uploaded {
    pub(crate) id: UploadId,
    /// What it is.
    #[schema(example = "image/jpeg")]
    pub(crate) content_type: &'static str,
}

/// A message was taken.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatAccepted)]
pub(crate) struct Accepted {
    /// `accepted`.
    #[schema(example = "accepted")]
    pub(crate) status: &'static str,
    /// The session and the id of the message.
    #[schema(example = "ab09a491a8ea0cb29f8648daad9a14b2:1aa76bb73b247bf57224db7acdf841e8")]
    pub(crate) message_id: String,
    /// Where the replies are polled for.
    #[schema(example = "/webhooks/live-chat/ab09a491a8ea0cb29f8648daad9a14b2/messages")]
    pub(crate) poll: String,
}

/// Messages of a session, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatEntries)]
pub(crate) struct Entries {
    pub(crate) messages: Vec<Entry>,
    /// Give it as `after` next time.
    #[schema(
        required,
        example = "fb1e4051-737a-566e-8f50-353fe762eb54.1795176000000.6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9"
    )]
    pub(crate) after: Option<String>,
    /// Whether someone of the team is writing (with `wait` alone).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) typing: Option<bool>,
    /// Whether the next request with `wait` may follow at once (with `wait` alone); `false`: too many wait just now, and it was answered
    /// without waiting, so ask in a second or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_once: Option<bool>,
}

/// One message of a session.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatEntry)]
pub(crate) struct Entry {
    #[schema(example = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9")]
    id: String,
    #[schema(example = "Yes, we do. Where is the house?")]
    text: String,
    at: Timestamp,
    /// Who wrote it: `customer`, `assistant` or `staff`.
    from: Role,
    /// The id that the widget gave it (customer only).
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    /// A file came with it (customer only).
    #[serde(skip_serializing_if = "Option::is_none")]
    attached: Option<MediaKind>,
    /// Files that the team sent along: only to a session of 22 characters or more, which no one guesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<EntryFile>,
}

/// A file of a message.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatFile)]
pub(crate) struct EntryFile {
    #[schema(example = "roof plan.pdf")]
    name: String,
    #[schema(example = "application/pdf")]
    content_type: String,
    /// Where it is, below the same host; good for an hour.
    #[schema(
        example = "/webhooks/live-chat/files/summit-roofing/6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9.1763619200655.878d8318-5e52-5ce1-b62e-bea1d9f72905.0?until=1763622800&token=5f"
    )]
    address: String,
}

impl Entry {
    pub(crate) fn of(tenant: &TenantId, message: Message, session: &str, now: Timestamp) -> Self {
        let is_staff = message.role == Role::Staff;
        // A session that others could guess, as older programs may make them up, is given no files.
        let is_secret = secret_session_id(session).is_ok();
        let files = message.files.into_iter().filter(|_| is_staff && is_secret).flat_map(|files| files.files);
        let files = files.map(|file| EntryFile {
            address: chat_file_address(tenant, session, &file.id, now),
            name: file.name.unwrap_or_default(),
            content_type: file.content_type,
        });
        let attached = match message.content {
            Some(Content::Media { kind, .. }) if message.role == Role::Customer => Some(kind),
            _ => None,
        };
        // Stored behind the key and the session that it is of.
        let given = message.vendor_id.filter(|_| message.role == Role::Customer);
        let given = given.and_then(|id| Some(id.split_once(&format!(":{session}:"))?.1.to_owned()));
        Self {
            id: message.reference.message.to_string(),
            text: message.text,
            at: message.reference.at,
            from: message.role,
            message_id: given,
            attached,
            files: files.collect(),
        }
    }
}
