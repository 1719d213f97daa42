//! The tenant's configuration: one document, read by every function that acts for the tenant.

use jiff::{civil::Time, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Hours, Language};
use crate::TenantId;
use crate::messaging::{Channel, Email, Phone};

/// A business that uses Porchlight. Holds no secret: credentials are kept apart, encrypted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// Its slug.
    pub id: TenantId,
    /// The name customers know.
    pub name: String,
    /// The trade, in one or two words: `roofing`, `dental`.
    pub industry: String,
    /// Whether it is served.
    #[serde(default)]
    pub status: TenantStatus,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// IANA zone of its hours, such as `America/Denver`.
    pub zone: String,
    /// ISO 3166 country, by which phone numbers without a country code are read.
    pub region: String,
    /// The language it answers in when the customer's is not known or not supported.
    pub language: Language,
    /// What customers may be told about it.
    pub business: Business,
    /// When people are there.
    pub hours: Hours,
    /// What it sells.
    pub services: Vec<Service>,
    /// How it wants to sound, in its own words: `warm and brief`.
    #[serde(default)]
    pub tone: String,
    /// What the assistant must know or do beyond that.
    #[serde(default)]
    pub instructions: String,
    /// Words that call for a person at once, beside the built-in ones. Lower case.
    #[serde(default)]
    pub escalation_words: Vec<String>,
    /// Words that make a lead hot, beside the built-in ones. Lower case.
    #[serde(default)]
    pub hot_words: Vec<String>,
    /// Staff who hear of hot leads and escalations.
    pub notify: Vec<Email>,
    /// When customers must not be disturbed by messages that they did not just ask for.
    #[serde(default)]
    pub quiet_hours: QuietHours,
    /// Where it can be written to and answers from.
    #[serde(default)]
    pub channels: ChannelSettings,
}

/// Whether a tenant is served.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenantStatus {
    /// Served.
    #[default]
    Active,
    /// Messages are stored; nothing goes out.
    Paused,
}

/// What customers may be told about the business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// Street address in one line.
    #[serde(default)]
    pub address: Option<String>,
    /// The number to call.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Its site.
    #[serde(default)]
    pub website: Option<String>,
    /// What it is, in a sentence or two.
    #[serde(default)]
    pub description: String,
}

/// One thing the business sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name customers see.
    pub name: String,
    /// One sentence about it.
    #[serde(default)]
    pub description: String,
    /// What it costs, where that can be said beforehand.
    #[serde(default)]
    pub price: Option<Price>,
    /// How long it takes, in minutes.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// Other words by which customers ask for it, in any language. Lower case.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// A price in cents of the tenant's currency: exact where both ends are equal, "from" where there is no upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Lowest price, in cents.
    pub from_cents: u64,
    /// Highest price, in cents.
    #[serde(default)]
    pub to_cents: Option<u64>,
}

/// A daily span in the recipient's local time in which nothing unasked goes out. May cross midnight.
///
/// 21:00 to 8:00 by default: the calling hours of the United States' Telephone Consumer Protection Act (47 CFR 64.1200(c)(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// First quiet moment.
    pub from: Time,
    /// First moment after.
    pub until: Time,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self { from: Time::constant(21, 0, 0, 0), until: Time::constant(8, 0, 0, 0) }
    }
}

/// The channels a tenant has. One that is absent is "not configured": sends on it are skipped with that reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelSettings {
    /// WhatsApp Cloud API.
    #[serde(default)]
    pub whatsapp: Option<WhatsappSettings>,
    /// Twilio SMS.
    #[serde(default)]
    pub sms: Option<SmsSettings>,
    /// E-mail.
    #[serde(default)]
    pub email: Option<EmailSettings>,
    /// The chat widget.
    #[serde(default)]
    pub chat: bool,
}

/// A WhatsApp sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsappSettings {
    /// Meta's id of the number.
    pub phone_number_id: String,
}

/// An SMS sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSettings {
    /// The Twilio account, `AC…`.
    pub account_sid: String,
    /// The number it sends from.
    pub from: Phone,
}

/// An e-mail sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailSettings {
    /// The verified sender address.
    pub from: Email,
}

impl Tenant {
    /// The tenant's zone.
    ///
    /// Onboarding refuses an unknown zone, so the UTC of the last resort is only for a database that lost one since.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether `channel` can send.
    #[must_use]
    pub fn has_channel(&self, channel: Channel) -> bool {
        match channel {
            Channel::Whatsapp => self.channels.whatsapp.is_some(),
            Channel::Sms => self.channels.sms.is_some(),
            Channel::Email => self.channels.email.is_some(),
            Channel::Chat => self.channels.chat,
        }
    }
}
