//! One message, read from a delivery whose tenant is not known yet.

use domain::TenantId;
use domain::messaging::{Address, Channel, Content, Inbound, MediaKind, Source};
use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::body::clip;
use crate::signature::{sha256, to_hex};

/// The characters of a name that are kept.
pub(crate) const MAX_NAME_CHARS: usize = 200;
/// Extra fields of one message.
pub(crate) const MAX_FIELDS: usize = 40;
/// Characters of one extra field.
pub(crate) const MAX_FIELD_CHARS: usize = 500;

/// One message as its vendor tells it. The fields mean what they mean in [`Inbound`].
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The vendor's id of the message: the same id is the same message.
    pub vendor_id: String,
    /// Who wrote.
    pub from: Address,
    /// Other addresses that the same person gave with it.
    pub also: Vec<Address>,
    /// The name they gave.
    pub name: Option<String>,
    /// What they sent.
    pub content: Content,
    /// When the vendor says it was sent (UTC).
    pub sent_at: Option<Timestamp>,
    /// Extra fields, at most 40 of 500 characters.
    pub fields: BTreeMap<String, String>,
}

/// A delivery that could be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Received<T> {
    /// Somebody's message.
    Message(T),
    /// It came from a sender that nobody can write to.
    Unanswerable(Unanswerable),
}

/// What is kept of a delivery whose sender can get no answer: a short code, a name, a caller who hides their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswerable {
    /// The vendor's id of it.
    pub vendor_id: String,
    /// The sender as the vendor names it, at most 20 characters; of an address such as `sip:…`, its scheme.
    pub sender: String,
}

/// The characters of a sender's name that are kept.
const MAX_SENDER_CHARS: usize = 20;

impl Unanswerable {
    pub(crate) fn new(vendor_id: &str, sender: &str) -> Self {
        let sender = sender.split_once(':').map_or(sender, |(scheme, _)| scheme);
        Self { vendor_id: vendor_id.to_owned(), sender: clip(sender, MAX_SENDER_CHARS) }
    }
}

impl Parsed {
    /// The message of `tenant`, for the Inbound queue.
    #[must_use]
    pub fn into_inbound(
        self,
        tenant: TenantId,
        source: Source,
        channel: Channel,
        received_at: Timestamp,
        correlation_id: String,
    ) -> Inbound {
        Inbound {
            tenant,
            vendor_id: self.vendor_id,
            source,
            channel,
            from: self.from,
            also: self.also,
            name: self.name,
            content: self.content,
            received_at,
            sent_at: self.sent_at,
            fields: self.fields,
            text_consent: None,
            withheld: None,
            correlation_id,
        }
    }
}

/// What a file is to whoever answers it.
pub(crate) fn media_kind(content_type: &str) -> MediaKind {
    match content_type.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        Some("video") => MediaKind::Video,
        _ => MediaKind::Document,
    }
}

/// An id for a message that came with none: the same `parts` within the same span of `seconds` are the same message.
///
/// Spans are counted from 1970, so two equal messages on both sides of a border are two.
pub(crate) fn derived_id(parts: &[&str], received_at: Timestamp, seconds: i64) -> String {
    let mut name = received_at.as_second().div_euclid(seconds).to_string();
    for part in parts {
        // Lengths are part of the name, so that ("ab", "c") and ("a", "bc") differ.
        name.push_str(&format!("|{}:{part}", part.len()));
    }
    to_hex(sha256(name.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_repeat_within_the_span_only() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let id = derived_id(&["ab", "c"], at(1_200), 600);
        assert_eq!(id, derived_id(&["ab", "c"], at(1_799), 600));
        assert_ne!(id, derived_id(&["ab", "c"], at(1_800), 600));
        assert_ne!(id, derived_id(&["a", "bc"], at(1_200), 600));
    }
}
