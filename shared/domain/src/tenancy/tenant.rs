//! The tenant's configuration: one document, read by every function that acts for the tenant.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::intake::Question;
use super::{
    Branding, ChannelSettings, CostControl, EscalationSettings, Extra, Hours, InsightsSettings, Language, Personality,
    Plan, PromptTask, PromptWishes, QuietHours, Register, Retention, Service, StyleGuides, Voice,
};
use crate::TenantId;
use crate::ids::ServiceId;
use crate::messaging::{Channel, Email, Phone};

/// A business that uses Porchlight. Holds no secret: credentials are kept apart, encrypted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// Its slug.
    pub id: TenantId,
    /// The name customers know.
    #[schema(min_length = 1, max_length = 80, example = "Summit Roofing")]
    pub name: String,
    /// The trade, in one or two words: `roofing`, `dental`.
    #[schema(example = "roofing")]
    pub industry: String,
    /// Whether it is served.
    #[serde(default)]
    pub status: TenantStatus,
    /// What it has bought.
    #[serde(default)]
    pub plan: Plan,
    /// Whether it is a business or an agency that looks after businesses.
    #[serde(default)]
    pub kind: TenantKind,
    /// The agency that looks after it.
    #[serde(default)]
    pub parent: Option<TenantId>,
    /// ISO 4217 code of its prices.
    #[schema(pattern = "^[A-Z]{3}$", example = "USD")]
    pub currency: String,
    /// IANA zone of its hours, such as `America/Denver`.
    #[schema(example = "America/Denver")]
    pub zone: String,
    /// ISO 3166 country, by which phone numbers without a country code are read.
    #[schema(pattern = "^[A-Z]{2}$", example = "US")]
    pub region: String,
    /// The language it answers in when the customer's is not known or not supported.
    pub language: Language,
    /// Where its work is done. Where it says nothing, its trade does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works_at: Option<WorksAt>,
    /// What customers may be told about it.
    pub business: Business,
    /// How it appears.
    #[serde(default)]
    pub branding: Branding,
    /// When people are there.
    pub hours: Hours,
    /// What it sells.
    #[schema(max_items = 200)]
    pub services: Vec<Service>,
    /// What it asks, in this order.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub intake: Vec<Question>,
    /// What customers often ask it.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub faqs: Vec<Faq>,
    /// What it suggests beside its services, at most one in a conversation; of several that fit, the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub extras: Vec<Extra>,
    /// The most that an extra may take off a price, in percent.
    #[serde(default = "usual_discount")]
    #[schema(maximum = 50, example = 10)]
    pub max_discount_percent: u8,
    /// How it speaks, wherever `channel_personalities` says nothing else.
    #[serde(default)]
    pub personality: Option<Personality>,
    /// How it speaks on one channel.
    #[serde(default)]
    pub channel_personalities: BTreeMap<Channel, Personality>,
    /// How it wants to sound, in its own words: `warm and brief`.
    #[serde(default)]
    pub tone: String,
    /// What the assistant must know or do beyond that.
    #[serde(default)]
    pub instructions: String,
    /// What it adds to the instructions of models for single tasks, and whether new ones are tried with it.
    #[serde(default, skip_serializing_if = "PromptWishes::is_empty")]
    pub prompts: PromptWishes,
    /// How it words its texts, as its owner confirmed it after training. It is changed by training alone.
    #[serde(default, skip_serializing_if = "StyleGuides::is_empty")]
    pub style: StyleGuides,
    /// Words that call for a person at once, beside the built-in ones. Lower case.
    #[serde(default)]
    pub escalation_words: Vec<String>,
    /// When people are called, and how long customers may wait.
    #[serde(default)]
    pub escalation: EscalationSettings,
    /// Words that make a lead hot, beside the built-in ones. Lower case.
    #[serde(default)]
    pub hot_words: Vec<String>,
    /// Staff who hear of hot leads and escalations.
    #[schema(min_items = 1, max_items = 5)]
    pub notify: Vec<Email>,
    /// When customers must not be disturbed by messages that they did not just ask for.
    #[serde(default)]
    pub quiet_hours: QuietHours,
    /// Where it can be written to and answers from.
    #[serde(default)]
    pub channels: ChannelSettings,
    /// On which channel a missed call is answered: SMS or WhatsApp.
    #[serde(default = "by_sms")]
    pub text_back: Channel,
    /// Countries besides its own whose numbers it texts because of a form or a missed call: ISO 3166 codes. Text messages
    /// abroad cost many times as much, and whoever types a number into a form chooses the country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50, example = json!(["CA"]))]
    pub text_countries: Vec<String>,
    /// How it saves when the month's tokens run low.
    #[serde(default)]
    pub cost_control: CostControl,
    /// What its insights reckon with.
    #[serde(default, skip_serializing_if = "InsightsSettings::is_empty")]
    pub insights: InsightsSettings,
    /// Whether its figures go, without names, into the benchmarks of its trade.
    #[serde(default = "yes")]
    pub benchmarks: bool,
    /// For how long it keeps what.
    #[serde(default)]
    pub retention: Retention,
    /// Whether its admins must sign in with a second factor.
    #[serde(default)]
    pub require_second_factor: bool,
    /// Sites whose browsers may call the API: scheme, host and port, such as `https://www.example.com`.
    #[serde(default)]
    #[schema(max_items = 20, example = json!(["https://www.example.com"]))]
    pub origins: Vec<String>,
}

/// What an extra may take off a price, where the tenant says nothing, in percent: our choice.
const USUAL_DISCOUNT: u8 = 10;

fn usual_discount() -> u8 {
    USUAL_DISCOUNT
}

fn yes() -> bool {
    true
}

fn by_sms() -> Channel {
    Channel::Sms
}

/// Whether a tenant is served.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TenantStatus {
    /// Served.
    #[default]
    Active,
    /// Messages are stored; nothing goes out.
    Paused,
    /// Over: nothing comes in or goes out, and its data waits to be erased.
    Closed,
}

/// Whether a tenant serves customers of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TenantKind {
    /// Serves customers.
    #[default]
    Business,
    /// Looks after businesses: only an agency can be a parent.
    Agency,
}

/// What customers may be told about the business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// Street address in one line.
    #[serde(default)]
    #[schema(example = "410 Example Street, Denver, CO 80204")]
    pub address: Option<String>,
    /// The number to call.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Its site.
    #[serde(default)]
    #[schema(example = "https://www.example.com")]
    pub website: Option<String>,
    /// What it is, in a sentence or two.
    #[serde(default)]
    pub description: String,
}

/// A question that customers often ask, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Faq {
    /// As customers ask it.
    #[schema(min_length = 1, max_length = 300, example = "Do you work with insurers?")]
    pub question: String,
    /// What they are told.
    #[schema(min_length = 1, max_length = 1000, example = "Yes, with all of them.")]
    pub answer: String,
    /// Other words by which they ask it, in any language. Lower case.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// Where a business does its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorksAt {
    /// Customers come to it: no one is asked where they live.
    Business,
    /// It goes to its customers: where they are has to be known.
    Customer,
}

/// Countries that write the month before the day in figures (Unicode CLDR).
const MONTH_FIRST: [&str; 2] = ["US", "PR"];

/// Beginnings of words in a trade that say that the business goes to its customers.
const GOING_TRADES: [&str; 26] = [
    "roof",
    "hvac",
    "heat",
    "cool",
    "plumb",
    "electric",
    "clean",
    "landscap",
    "lawn",
    "garden",
    "pest",
    "paint",
    "floor",
    "mov",
    "remodel",
    "construct",
    "handyman",
    "solar",
    "gutter",
    "window",
    "fenc",
    "chimney",
    "pool",
    "septic",
    "restor",
    "locksmith",
];

impl Tenant {
    /// Whether its country writes the month before the day in figures: `12/3` is the third of December.
    #[must_use]
    pub fn writes_month_first(&self) -> bool {
        MONTH_FIRST.contains(&self.region.as_str())
    }

    /// Where it does its work: as it says, else as its trade does.
    #[must_use]
    pub fn works_at(&self) -> WorksAt {
        let goes = || {
            let trade = self.industry.to_lowercase();
            trade
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| GOING_TRADES.iter().any(|going| word.starts_with(going)))
        };
        self.works_at.unwrap_or(if goes() { WorksAt::Customer } else { WorksAt::Business })
    }

    /// Whether someone goes to the customer for a service: as its rules say, else as the business does.
    #[must_use]
    pub fn goes_out(&self, service: &ServiceId) -> bool {
        let rules = self.services.iter().find(|known| known.id == *service).and_then(|known| known.booking.as_ref());
        rules.and_then(|rules| rules.works_at).unwrap_or_else(|| self.works_at()) == WorksAt::Customer
    }

    /// The name that customers know.
    #[must_use]
    pub fn known_as(&self) -> &str {
        self.branding.name.as_deref().unwrap_or(&self.name)
    }

    /// The tenant's zone.
    ///
    /// Onboarding refuses an unknown zone, so the UTC of the last resort is only for a database that lost one since.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// How to sound on `channel`.
    #[must_use]
    pub fn voice(&self, channel: Channel) -> Voice<'_> {
        Voice {
            personality: self.channel_personalities.get(&channel).copied().or(self.personality),
            register: Register::of(channel),
            tone: &self.tone,
            instructions: &self.instructions,
            style: &self.style,
        }
    }

    /// How a text of this kind is to sound on `channel`, as sentences for a prompt; empty where nothing was asked for.
    #[must_use]
    pub fn guidance(&self, task: PromptTask, channel: Channel) -> String {
        let addition = self.prompts.addition(task).map(|text| format!("For this the business asks besides: {text}"));
        let voice = Some(self.voice(channel).guidance()).filter(|voice| !voice.is_empty());
        [voice, addition].into_iter().flatten().collect::<Vec<_>>().join("\n")
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

    /// The channel on which a missed call is answered, where `asked` or else the tenant's own choice is wanted: WhatsApp only
    /// with a template approved for that.
    #[must_use]
    pub fn answers_calls_on(&self, asked: Option<Channel>) -> Channel {
        let by_template = self.channels.whatsapp.as_ref().is_some_and(|settings| settings.missed_call.is_some());
        match asked.unwrap_or(self.text_back) {
            Channel::Whatsapp if by_template => Channel::Whatsapp,
            _ => Channel::Sms,
        }
    }
}
