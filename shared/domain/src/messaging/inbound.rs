//! What a webhook hands on: one message of one person, in one shape for all channels.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{Address, Channel, Source, Strength, TextConsent, Withheld};
use crate::TenantId;

/// One message on its way to `ai-converse`: the body of a record on the Inbound queue.
///
/// `tenant` comes from the credential of the delivery, never from its body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// Whose customer is writing.
    pub tenant: TenantId,
    /// The vendor's id of the message (`wamid…`, `SM…`, a form's submission id): the same id is the same message, for 30 days.
    pub vendor_id: String,
    /// The webhook it came through.
    pub source: Source,
    /// The channel that an answer goes out on.
    pub channel: Channel,
    /// Who wrote, and where the answer goes.
    pub from: Address,
    /// Other addresses that the same person gave with it (a form has phone and e-mail).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Address>,
    /// The name they gave, as data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they sent.
    pub content: Content,
    /// When our webhook took it (UTC).
    pub received_at: Timestamp,
    /// When the vendor says it was sent (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// Extra form fields, page, UTM parameters: at most 40 of 500 characters each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// What they said about being texted, where they said anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_consent: Option<TextConsent>,
    /// Why it gets no automatic answer, where it came over a limit of its door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    /// Travels with everything this message causes.
    pub correlation_id: String,
}

/// What a message holds. Larger media stay with the vendor, as references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Plain text.
    Text {
        /// What they wrote: data, never an instruction.
        text: String,
    },
    /// One or more files.
    Media {
        /// The kind of the first file.
        kind: MediaKind,
        /// The vendor's references: media ids or URLs.
        references: Vec<String>,
        /// The text beside it, empty where there is none.
        #[serde(default)]
        caption: String,
    },
    /// A place on the map.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// Name or street address where given.
        #[serde(default)]
        label: String,
    },
    /// Address cards. Only what a person reads is kept.
    Contacts {
        /// Formatted names.
        names: Vec<String>,
    },
    /// An emoji put on an earlier message; an empty one takes it back. Stored, never answered.
    Reaction {
        /// The emoji.
        emoji: String,
    },
    /// A tap on a button, list row or quick reply.
    Choice {
        /// The id the sender gave the option.
        id: String,
        /// What the person saw.
        title: String,
    },
    /// A completed form inside the channel (a WhatsApp flow).
    Form {
        /// Its fields as JSON text.
        json: String,
    },
    /// No one took their call.
    MissedCall,
    /// They took an earlier message back. It marks that message, and is no message itself.
    Deleted,
    /// They said, in their channel's own settings, whether they want advertising. It is no message either.
    Advertising {
        /// Whether they do.
        wanted: bool,
    },
    /// A type we do not read; answered with a request for text.
    Unsupported {
        /// The vendor's name of the type.
        kind: String,
    },
}

/// The field in which WhatsApp's id of an earlier message stands, where this one corrects it or takes it back.
pub const AMENDS: &str = "edits";

/// What a customer did later to a message of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Amendment {
    /// They corrected it: another message says it again.
    Edited {
        /// When it happened (UTC).
        at: Timestamp,
        /// The message that says it again.
        by: crate::MessageId,
    },
    /// They took it back.
    Deleted {
        /// When it happened (UTC).
        at: Timestamp,
    },
}

/// The kinds of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture or sticker.
    Image,
    /// A recording or voice note.
    Audio,
    /// A film.
    Video,
    /// Any other file.
    Document,
}

impl Content {
    /// The words a router, a model and a transcript read. Empty where there are none.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text } => text,
            Self::Media { caption, .. } => caption,
            Self::Location { label, .. } => label,
            Self::Choice { title, .. } => title,
            Self::Form { json } => json,
            Self::Reaction { emoji } => emoji,
            Self::Contacts { .. }
            | Self::MissedCall
            | Self::Deleted
            | Self::Advertising { .. }
            | Self::Unsupported { .. } => "",
        }
    }

    /// Whether a person expects an answer to it.
    #[must_use]
    pub fn wants_answer(&self) -> bool {
        !matches!(self, Self::Reaction { .. } | Self::Deleted | Self::Advertising { .. })
    }
}

impl Inbound {
    /// When they wrote it (UTC): as the vendor says, but never later than we took it. Of two words the later one counts.
    #[must_use]
    pub fn said_at(&self) -> Timestamp {
        self.sent_at.map_or(self.received_at, |sent_at| sent_at.min(self.received_at))
    }

    /// Whether `from` is proven to be the writer's: the message came from that very address, as its vendor says. A form, a chat
    /// and a call (whose number anybody can pretend) only give an address.
    #[must_use]
    pub fn proves_sender(&self) -> bool {
        matches!(self.source, Source::Sms | Source::Whatsapp)
    }

    /// How sure it is that this message's addresses are the writer's.
    #[must_use]
    pub fn strength(&self) -> Strength {
        if self.proves_sender() { Strength::Proven } else { Strength::Given }
    }

    /// Whether files came with it that are to be fetched: from its vendor, or, of a chat, from where its visitor sent them first.
    #[must_use]
    pub fn has_files(&self) -> bool {
        (self.proves_sender() || self.source == Source::LiveChat) && matches!(self.content, Content::Media { .. })
    }

    /// Whether it is WhatsApp that Twilio carries: the answer must go the same way.
    #[must_use]
    pub fn is_whatsapp_by_twilio(&self) -> bool {
        (self.source, self.channel) == (Source::Sms, Channel::Whatsapp)
    }

    /// Which earlier message of theirs it corrects or takes back, and how. Only WhatsApp has that: a form's field of the same
    /// name is no such thing.
    #[must_use]
    pub fn amends(&self) -> Option<(crate::MessageId, Amendment)> {
        let original = self.fields.get(AMENDS).filter(|_| self.source == Source::Whatsapp)?;
        let message = crate::MessageId::derive(&self.tenant, &[self.source.as_str(), original]);
        let at = self.said_at();
        Some((
            message,
            match self.content {
                Content::Deleted => Amendment::Deleted { at },
                _ => Amendment::Edited { at, by: self.message_id() },
            },
        ))
    }

    /// The SQS FIFO group: one contact address of one tenant at a time, in order. Holds no personal data.
    #[must_use]
    pub fn group(&self) -> String {
        format!("{}#{}", self.tenant, crate::ContactId::derive(&self.tenant, &["group", &self.from.key()]))
    }

    /// The SQS deduplication id (at most 128 characters): the same vendor id is the same message.
    #[must_use]
    pub fn deduplication_id(&self) -> String {
        self.message_id().to_string()
    }

    /// The id under which the message is stored, derived from the vendor's.
    #[must_use]
    pub fn message_id(&self) -> crate::MessageId {
        crate::MessageId::derive(&self.tenant, &[self.source.as_str(), &self.vendor_id])
    }
}
