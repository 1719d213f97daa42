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
    /// Takes a number that is E.164 already, with or without the leading `+`, as Meta and Twilio send it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field` when it is not 7 to 15 digits.
    pub fn e164(text: &str, field: &str) -> Result<Self, Failure> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let ok =
            (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if ok {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(Failure::invalid(field, format!("{field} must be a phone number in E.164, such as +14155550100")))
        }
    }

    /// Reads a number as a person types it (`(415) 555-0100`), within `region`, an ISO 3166 country code such as `US`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field` when no valid number can be read.
    pub fn typed(text: &str, region: &str, field: &str) -> Result<Self, Failure> {
        let refuse = || Failure::invalid(field, format!("{field} must be a phone number, such as +14155550100"));
        if text.len() > 64 {
            return Err(refuse());
        }
        let country = region.parse().ok();
        let number = phonenumber::parse(country, text).map_err(|_| refuse())?;
        if !phonenumber::is_viable(text) {
            return Err(refuse());
        }
        Self::e164(&number.format().mode(phonenumber::Mode::E164).to_string(), field)
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
    fn try_from(text: String) -> Result<Self, Failure> {
        Self::e164(&text, "phone")
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
    fn typed_numbers_become_e164_in_the_tenants_region() {
        for (text, region, expected) in [
            ("(415) 555-2671", "US", "+14155552671"),
            ("+44 20 7946 0958", "US", "+442079460958"),
            ("020 7946 0958", "GB", "+442079460958"),
        ] {
            assert_eq!(Phone::typed(text, region, "phone").unwrap().as_str(), expected);
        }
        for bad in ["", "call me", "12", &"9".repeat(100)] {
            assert!(Phone::typed(bad, "US", "phone").is_err(), "{bad:?}");
        }
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
