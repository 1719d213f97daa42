//! The addresses people are known by. Two messages from one address are from one person.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use super::{numbering, typed_phone};
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
        let digits = text.strip_prefix('+').unwrap_or(text);
        let ok =
            (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if ok {
            Ok(Self(format!("+{}", numbering::canonical(digits))))
        } else {
            Err(Failure::invalid(field, format!("{field} must be a phone number in E.164, such as +14155550100")))
        }
    }

    /// Reads a number as a person types it (`(415) 555-0100`), within `region`, an ISO 3166 country code such as `US`.
    ///
    /// It is one that can be given out, not merely one of the right length. The first number that a function reads costs
    /// it about 10 ms: for numbers of vendors there is [`Phone::e164`].
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field` and saying what to write, when no such number can be read.
    pub fn typed(text: &str, region: &str, field: &str) -> Result<Self, Failure> {
        typed_phone::read(text, region).ok_or_else(|| {
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
            Self::Phone(Phone(number)) => number.strip_prefix('+').and_then(numbering::other_spelling),
            Self::Email(_) | Self::Chat(_) | Self::WhatsappUser(_) => None,
        };
        std::iter::once(self.clone()).chain(other.map(|digits| Self::Phone(Phone(format!("+{digits}")))))
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

    fn typed(text: &str, region: &str) -> Option<String> {
        Phone::typed(text, region, "phone").ok().map(String::from)
    }

    #[test]
    fn typed_numbers_become_e164_in_the_tenants_region() {
        for (text, region, expected) in [
            ("(415) 555-2671", "US", "+14155552671"),
            ("1 303 555 0133", "US", "+13035550133"),
            ("020 7946 0958", "GB", "+442079460958"),
            ("447911123456", "GB", "+447911123456"),
            ("0151 23456720", "DE", "+4915123456720"),
            ("11 15 2345-6789", "AR", "+5491123456789"),
            ("(11) 8765-4399", "BR", "+5511987654399"),
        ] {
            assert_eq!(typed(text, region).as_deref(), Some(expected), "{text} in {region}");
        }
    }

    #[test]
    fn numbers_from_abroad_keep_the_digits_that_are_a_prefix_at_home() {
        for (text, expected) in [
            ("+49 151 23456720", "+4915123456720"),
            ("+33 1 42 68 53 00", "+33142685300"),
            ("+86 138 0013 8000", "+8613800138000"),
            ("+44 1634 567890", "+441634567890"),
            ("+55 11 98765-4399", "+5511987654399"),
            ("+54 11 2345-6789", "+541123456789"),
            ("+353 1 679 9000", "+35316799000"),
            ("+48 12 345 67 89", "+48123456789"),
            ("+45 32 12 34 56", "+4532123456"),
            ("+36 1 234 5678", "+3612345678"),
            ("+234 803 123 4567", "+2348031234567"),
            ("+39 06 698 12345", "+390669812345"),
            ("011 44 7911 123456", "+447911123456"),
            ("0044 7911 123456", "+447911123456"),
            ("+44 (0)7911 123456", "+447911123456"),
            ("+52 1 55 1234 5678", "+525512345678"),
        ] {
            assert_eq!(typed(text, "US").as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_around_a_number_are_passed_over_and_two_numbers_are_none() {
        for text in [
            "303-555-0133 (cell)",
            "cell: 303.555.0133",
            "Tel +1 303 555 0133",
            "303-555-0133 x12",
            "３０３５５５０１３３",
        ] {
            assert_eq!(typed(text, "US").as_deref(), Some("+13035550133"), "{text}");
        }
        for text in ["303-555-0133 or 303-555-0134", "303-555-01 ask for 33", "303-555-0133 2nd floor"] {
            assert_eq!(typed(text, "US"), None, "{text}");
        }
    }

    #[test]
    fn a_number_that_nobody_can_have_is_refused_with_what_to_write() {
        for text in [
            "",
            "call me",
            "12",
            "911",
            "555-0125",
            "(555) 555-0125",
            "4471829305",
            "447700900124",
            "0044 7700 900125",
            "+44 (0)7700 900137",
            "+44 1632 960001",
            "+45 12 34 56 78",
            &"9".repeat(100),
        ] {
            let refused = Phone::typed(text, "US", "visitor.phone").unwrap_err();
            let Failure::Rejected { field: Some(field), message, .. } = refused else { panic!("{text}") };
            assert!(field == "visitor.phone" && message.contains("country code"), "{text}: {message}");
        }
    }

    #[test]
    fn a_vendors_number_is_what_the_line_is_called_today() {
        for (given, today) in [
            ("5215512345678", "+525512345678"),
            ("+525512345678", "+525512345678"),
            ("551187654399", "+5511987654399"),
            ("5511987654399", "+5511987654399"),
            ("553176543210", "+5531976543210"),
            // Landlines keep their eight digits.
            ("551132345678", "+551132345678"),
            ("5491123456789", "+5491123456789"),
            ("541123456789", "+541123456789"),
            // Other countries' numbers that look alike.
            ("15215512345678", "+15215512345678"),
            ("5511876", "+5511876"),
        ] {
            assert_eq!(Phone::e164(given, "from").unwrap().as_str(), today, "{given}");
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
