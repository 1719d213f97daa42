//! Identifiers. Those of what a person configures are slugs that the person chooses; all others are derived from what
//! caused the thing they name.
//!
//! A handler that runs twice for the same cause derives the same identifiers, so its second run finds the first
//! one's work instead of adding to it. That is what makes at-least-once delivery harmless.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Failure;

/// Namespace of every derived identifier (a random constant, fixed for ever).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f2b_1d0e_8c6a_4f57_9a51_3c5e_70b4_d2a9);

/// Whether `text` is made of `a-z`, `0-9` and `-`, and begins and ends with a letter or digit.
fn is_slug(text: &str) -> bool {
    let chars_ok = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    chars_ok && !text.starts_with('-') && !text.ends_with('-')
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident, $field:literal, $min:tt to $max:tt, $example:tt) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(
            value_type = String,
            example = $example,
            pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
            min_length = $min,
            max_length = $max
        )]
        pub struct $name(String);

        impl $name {
            #[doc = concat!("Checks the form: ", $min, " to ", $max, " of `a-z`, `0-9` and `-`, with no `-` at either end.")]
            ///
            /// # Errors
            #[doc = concat!("[`Failure::Rejected`] naming the field `", $field, "` when the form is wrong.")]
            pub fn new(slug: impl Into<String>) -> Result<Self, Failure> {
                let slug = slug.into();
                if ($min..=$max).contains(&slug.len()) && is_slug(&slug) {
                    return Ok(Self(slug));
                }
                let form = concat!($min, " to ", $max, " of a-z, 0-9 and '-', with no '-' at either end");
                Err(Failure::invalid($field, format!("the id of a {} is {form}", $field)))
            }

            /// The slug.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Failure;
            fn try_from(slug: String) -> Result<Self, Failure> {
                Self::new(slug)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug_id!(
    /// A tenant's slug: 2 to 40 of `a-z`, `0-9` and `-`, beginning and ending with a letter or digit.
    TenantId, "tenant", 2 to 40, "summit-roofing"
);
/// The slug that no business can have.
const PLATFORM: &str = "porchlight-platform";

impl TenantId {
    /// The tenant that stands for the platform itself: people's accounts and the model provider's key are its.
    #[must_use]
    pub fn platform() -> Self {
        Self(PLATFORM.to_owned())
    }

    /// Whether this is the platform.
    #[must_use]
    pub fn is_platform(&self) -> bool {
        self.0 == PLATFORM
    }
}

slug_id!(
    /// A location of a tenant: `lakewood`.
    LocationId, "location", 1 to 60, "lakewood"
);
slug_id!(
    /// Something a tenant sells: `roof-repair`.
    ServiceId, "service", 1 to 60, "roof-repair"
);
slug_id!(
    /// A member of a tenant's staff: `ana-flores`.
    StaffId, "staff", 1 to 60, "ana-flores"
);
slug_id!(
    /// Something that visits take, one at a time: `bay-2`.
    ResourceId, "resource", 1 to 60, "bay-2"
);
slug_id!(
    /// A question of a tenant's intake: `roof-age`.
    QuestionId, "question", 1 to 60, "roof-age"
);
slug_id!(
    /// Something that a tenant suggests beside its services: `late-checkout`.
    ExtraId, "extra", 1 to 60, "late-checkout"
);

slug_id!(
    /// A sequence of outreach messages: `silent-lead`.
    SequenceId, "sequence", 1 to 60, "silent-lead"
);
slug_id!(
    /// A step of a sequence: `day-3`.
    StepId, "step", 1 to 60, "day-3"
);
slug_id!(
    /// One of several texts of a step that are tried against each other: `b`.
    VariantId, "variant", 1 to 60, "b"
);
slug_id!(
    /// A rule of a tenant's escalations: `urgent-words`.
    RuleId, "rule", 1 to 60, "urgent-words"
);

slug_id!(
    /// An answer that staff keep to insert while they write: `directions`.
    CannedAnswerId, "canned_answer", 1 to 60, "directions"
);

slug_id!(
    /// Something that a tenant keeps in stock: `capacitor-45-5`.
    ItemId, "item", 1 to 60, "capacitor-45-5"
);
slug_id!(
    /// One who sells a tenant what it keeps in stock: `front-range-supply`.
    SupplierId, "supplier", 1 to 60, "front-range-supply"
);
slug_id!(
    /// A place where a tenant keeps stock: a location, a van, or the `shop`.
    PlaceId, "place", 1 to 60, "van-2"
);
slug_id!(
    /// A kind of weather at which a tenant writes to customers: `heat-wave`.
    TriggerId, "trigger", 1 to 60, "heat-wave"
);

fn derive(tenant: &TenantId, kind: &str, parts: &[&str]) -> Uuid {
    // Lengths are part of the name, so that ("ab","c") and ("a","bc") differ.
    let mut name = format!("{kind}|{}", tenant.as_str());
    for part in parts {
        name.push_str(&format!("|{}:{part}", part.len()));
    }
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

macro_rules! derived_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid, example = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c")]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier that `parts` give within `tenant`: the same arguments, the same identifier.
            #[must_use]
            pub fn derive(tenant: &TenantId, parts: &[&str]) -> Self {
                Self(derive(tenant, $kind, parts))
            }

            /// Reads the text form.
            ///
            /// # Errors
            /// [`Failure::Rejected`] (not found) when it is no identifier: to a caller a malformed id and a foreign one look alike.
            pub fn parse(text: &str) -> Result<Self, Failure> {
                Uuid::try_parse(text).map(Self).map_err(|_| Failure::not_found($kind))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

derived_id!(
    /// A person (or business) who writes in, known by one or more addresses.
    ContactId,
    "contact"
);
derived_id!(
    /// One sales opportunity of a contact.
    LeadId,
    "lead"
);
derived_id!(
    /// One thread with a lead on one channel.
    ConversationId,
    "conversation"
);
derived_id!(
    /// One message, in or out.
    MessageId,
    "message"
);
derived_id!(
    /// One request for a person's attention.
    EscalationId,
    "escalation"
);
derived_id!(
    /// One domain event; consumers use it to recognise a repeat.
    EventId,
    "event"
);
derived_id!(
    /// A person who signs in; the same one in every tenant they belong to.
    AccountId,
    "account"
);
derived_id!(
    /// One sign-in of an account on one device.
    SessionId,
    "session"
);
derived_id!(
    /// A key by which a program of the tenant's calls the API.
    ApiKeyId,
    "API key"
);
derived_id!(
    /// An invitation to join a tenant.
    InvitationId,
    "invitation"
);
derived_id!(
    /// One job over a tenant's data: an export or an erasure.
    JobId,
    "job"
);
derived_id!(
    /// One file of contacts that is imported.
    ImportId,
    "import"
);
derived_id!(
    /// A document of a tenant's knowledge: a file, or a list of questions with their answers.
    DocumentId,
    "document"
);
derived_id!(
    /// A file that staff are about to send.
    UploadId,
    "file"
);
derived_id!(
    /// One enrollment of a contact through a sequence.
    RunId,
    "run"
);
derived_id!(
    /// Something that a person of the staff is to do.
    TaskId,
    "task"
);
derived_id!(
    /// A note of the staff on a conversation.
    NoteId,
    "note"
);
derived_id!(
    /// A reply that is proposed to staff.
    SuggestionId,
    "suggestion"
);
derived_id!(
    /// A question that customers ask and the business's data does not answer.
    GapId,
    "knowledge gap"
);
derived_id!(
    /// A quote.
    QuoteId,
    "quote"
);
derived_id!(
    /// An appointment, and the job that is done at it.
    AppointmentId,
    "appointment"
);
derived_id!(
    /// A calendar outside of Porchlight that a tenant connected.
    OutsideCalendarId,
    "calendar"
);
derived_id!(
    /// An invoice.
    InvoiceId,
    "invoice"
);
derived_id!(
    /// An address of a tenant's to which events are posted.
    WebhookId,
    "webhook"
);
derived_id!(
    /// One event on its way to one webhook.
    WebhookDeliveryId,
    "webhook delivery"
);
derived_id!(
    /// One campaign: what is written to many customers for one reason.
    CampaignId,
    "campaign"
);
derived_id!(
    /// An order of a tenant's at one supplier.
    PurchaseOrderId,
    "purchase order"
);
derived_id!(
    /// What a purchase order says: its lines, prices and where it goes. Another word in it is another one.
    OrderDigest,
    "state of the purchase order"
);
derived_id!(
    /// One change of what lies in stock.
    MovementId,
    "stock movement"
);
derived_id!(
    /// One entry of the audit log.
    AuditId,
    "audit entry"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_cause_gives_the_same_id_and_another_tenant_another() {
        let a = TenantId::new("acme").unwrap();
        let b = TenantId::new("bolt").unwrap();
        assert_eq!(MessageId::derive(&a, &["x", "y"]), MessageId::derive(&a, &["x", "y"]));
        assert_ne!(MessageId::derive(&a, &["x", "y"]), MessageId::derive(&b, &["x", "y"]));
        assert_ne!(MessageId::derive(&a, &["xy"]), MessageId::derive(&a, &["x", "y"]));
        assert_ne!(ContactId::derive(&a, &["x"]).to_string(), LeadId::derive(&a, &["x"]).to_string());
    }

    #[test]
    fn slugs_of_a_wrong_form_are_refused() {
        for bad in ["", "a", "-ab", "ab-", "Acme", "a b", "a#b", &"a".repeat(41)] {
            assert!(TenantId::new(bad).is_err(), "{bad:?}");
        }
        for bad in ["", "-", "a-", "Roof", "roof repair", "dach\u{e4}", &"a".repeat(61)] {
            let refused = ServiceId::new(bad).unwrap_err();
            assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "service"), "{bad:?}");
        }
        for good in ["a", "7", "roof-repair", &"a".repeat(60)] {
            assert_eq!(QuestionId::new(good).unwrap().as_str(), good);
        }
    }
}
