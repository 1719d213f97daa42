//! The addresses people are known by. Two messages from one address are from one person.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use crate::Failure;

/// A telephone number in E.164: `+` and 7 to 15 digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "+14155550100", pattern = r"^\+[1-9][0-9]{6,14}$")]
pub struct Phone(String);

/// An e-mail address, lower-cased: a mailbox that differs only in case is taken to be the same person's.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, format = Email, example = "name@example.com", max_length = 254)]
pub struct Email(String);

/// One way to reach, and so to recognise, a person.
///
/// The text form `phone:+15550100`, `email:a@b.c`, `chat:SESSION`, `whatsapp:USER` is the identity key within a tenant.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Address {
    /// SMS, WhatsApp and calls share the number, and so the person.
    Phone(Phone),
    /// E-mail.
    Email(Email),
    /// A session of the chat widget: a browser, until it gives another address.
    Chat(String),
    /// A WhatsApp user who hides their number: Meta's business-scoped user id.
    WhatsappUser(String),
}

impl Phone {
    /// Takes a number that is E.164 already, with or without the leading `+`, as Meta and Twilio send it. Where WhatsApp
    /// writes a line's number as it was before (Mexico, Brazil), it becomes the number of today.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field` when it is not 7 to 15 digits.
    pub fn e164(text: &str, field: &str) -> Result<Self, Failure> {
        phone::e164(text).map(Self).ok_or_else(|| {
            Failure::invalid(field, format!("{field} must be a phone number in E.164, such as +14155550100"))
        })
    }

    /// Reads a number as a person types it (`(415) 555-0100`), within `region`, an ISO 3166 country code such as `US`.
    ///
    /// It is one that can be given out, not merely one of the right length. The first number that a function reads costs
    /// it about 10 ms: for numbers of vendors there is [`Phone::e164`].
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field` and saying what to write, when no such number can be read.
    pub fn typed(text: &str, region: &str, field: &str) -> Result<Self, Failure> {
        phone::typed(text, region).map(Self).ok_or_else(|| {
            let what = "a whole phone number: with its area code, or with + and the country code, such as +14155550100";
            Failure::invalid(field, format!("{field} must be {what}"))
        })
    }

    /// `+` and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Email {
    /// Checks the form and lower-cases it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field` when it is no e-mail address or longer than 254 bytes (RFC 5321).
    pub fn new(text: &str, field: &str) -> Result<Self, Failure> {
        let text = text.trim();
        let ok = text.len() <= 254
            && !text.contains(['"', '<', '>', '(', ')'])
            && email_address::EmailAddress::is_valid(text);
        if ok {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(Failure::invalid(field, format!("{field} must be an e-mail address, such as name@example.com")))
        }
    }

    /// The address, lower-cased.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Phone {
    type Error = Failure;
    /// As it is stored: a number without `+` may be of any country, so it is not taken.
    fn try_from(text: String) -> Result<Self, Failure> {
        let international = Some(text.as_str()).filter(|text| text.starts_with('+'));
        Self::e164(international.unwrap_or_default(), "phone")
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl TryFrom<String> for Email {
    type Error = Failure;
    fn try_from(text: String) -> Result<Self, Failure> {
        Self::new(&text, "email")
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl Address {
    /// The number or mailbox, for people to read; `None` where there is neither.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Phone(phone) => Some(phone.as_str()),
            Self::Email(email) => Some(email.as_str()),
            Self::Chat(_) | Self::WhatsappUser(_) => None,
        }
    }

    /// The identity key, for example `phone:+14155550100`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Phone(phone) => format!("phone:{}", phone.as_str()),
            Self::Email(email) => format!("email:{}", email.as_str()),
            Self::Chat(session) => format!("chat:{session}"),
            Self::WhatsappUser(user) => format!("whatsapp:{user}"),
        }
    }

    /// The address, and what else it may be stored under: the other number of the same line ([`Phone::e164`] says where
    /// there is one), in Argentina with and without the 9. Who looks for a person or a refusal looks under all of them.
    pub fn spellings(&self) -> impl Iterator<Item = Self> {
        let other = match self {
            Self::Phone(Phone(number)) => phone::other_spelling(number),
            Self::Email(_) | Self::Chat(_) | Self::WhatsappUser(_) => None,
        };
        std::iter::once(self.clone()).chain(other.map(|number| Self::Phone(Phone(number))))
    }
}

// Addresses are personal data: a debug print, and so a log line, shows only what kind they are.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Address::Phone(…)",
            Self::Email(_) => "Address::Email(…)",
            Self::Chat(_) => "Address::Chat(…)",
            Self::WhatsappUser(_) => "Address::WhatsappUser(…)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_no_one_can_have_is_refused_with_what_to_write() {
        assert_eq!(Phone::typed("(415) 555-2671", "US", "phone").unwrap().as_str(), "+14155552671");
        for text in ["", "call me", "555-0125"] {
            let refused = Phone::typed(text, "US", "visitor.phone").unwrap_err();
            let Failure::Rejected { field: Some(field), message, .. } = refused else { panic!("{text}") };
            assert!(field == "visitor.phone" && message.contains("country code"), "{text}: {message}");
        }
        assert!(
            matches!(Phone::e164("415", "from"), Err(Failure::Rejected { field: Some(field), .. }) if field == "from")
        );
    }

    #[test]
    fn a_number_in_a_document_has_its_plus() {
        let read = |text: &str| serde_json::from_value::<Phone>(serde_json::json!(text));
        assert_eq!(read("+14155552671").unwrap().as_str(), "+14155552671");
        for text in ["14155552671", "5550125", "447700900124", ""] {
            assert!(read(text).unwrap_err().to_string().contains("+14155550100"), "{text}");
        }
    }

    #[test]
    fn a_line_is_looked_for_under_every_number_it_has_or_had() {
        let spellings = |number: &str| {
            let address = Address::Phone(Phone::e164(number, "from").unwrap());
            address.spellings().map(|address| address.key()).collect::<Vec<_>>()
        };
        for (number, expected) in [
            ("525512345678", &["phone:+525512345678", "phone:+5215512345678"][..]),
            ("5215512345678", &["phone:+525512345678", "phone:+5215512345678"]),
            ("5511987654399", &["phone:+5511987654399", "phone:+551187654399"]),
            ("551187654399", &["phone:+5511987654399", "phone:+551187654399"]),
            ("5491123456789", &["phone:+5491123456789", "phone:+541123456789"]),
            ("541123456789", &["phone:+541123456789", "phone:+5491123456789"]),
            ("551132345678", &["phone:+551132345678"]),
            ("14155550123", &["phone:+14155550123"]),
        ] {
            assert_eq!(spellings(number), expected, "{number}");
        }
        assert_eq!(Address::Chat("s".into()).spellings().count(), 1);
    }

    #[test]
    fn emails_are_checked_and_folded() {
        assert_eq!(Email::new(" Ana@Example.COM ", "email").unwrap().as_str(), "ana@example.com");
        for bad in ["", "ana", "ana@", "a b@c.d", "Ana <ana@example.com>"] {
            assert!(Email::new(bad, "email").is_err(), "{bad:?}");
        }
    }

    #[test]
    fn debug_shows_no_personal_data() {
        let address = Address::Phone(Phone::e164("14155552671", "from").unwrap());
        assert!(!format!("{address:?}").contains("415"));
    }
}
