//! How a business words its texts, as its owner confirmed it after training: rules as typed data, at most [`MAX_STYLE_RULES`] a topic.
//!
//! A guide is part of the [`Voice`](super::Voice): it changes what texts are like, and none of what is checked before they go out. What a
//! rule may say is checked where it is confirmed (`training::check_rule`); here is how it is kept, and how a model is told.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::{Language, ensure, text};
use crate::Failure;

/// The most rules of a guide.
pub const MAX_STYLE_RULES: usize = 12;
/// The longest text of a rule, in characters.
pub const MAX_STYLE_RULE_CHARS: usize = 200;

/// What is confirmed, by topic.
pub type StyleGuides = BTreeMap<StyleTopic, StyleGuide>;

/// What is trained: each topic has one guide (seed 000, part 2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StyleTopic {
    /// How customers are talked to.
    CommunicationStyle,
    /// How prices are spoken of.
    PricingPhilosophy,
    /// How different kinds of customers are talked to.
    CustomerSegments,
}

/// The rules of a topic that are in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StyleGuide {
    /// Counts from 1 in its topic. A version is written once; an earlier one can be put back.
    #[schema(minimum = 1, example = 2)]
    pub version: u32,
    /// The language of the examples, and so of the rules.
    pub language: Language,
    /// When it was confirmed (UTC).
    pub confirmed_at: Timestamp,
    /// The rules.
    #[schema(min_items = 1, max_items = 12)]
    pub rules: Vec<StyleRule>,
}

/// One rule, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StyleRule {
    /// Its number among the rules of its training: it stays when others go.
    #[schema(minimum = 1, maximum = 12)]
    pub number: u8,
    /// What it says.
    pub says: StyleSaying,
    /// The numbers of the examples that it comes from; none, where it comes from edits of suggestions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<u8>,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum StyleSaying {
    /// How it sounds.
    Tone(StyleTone),
    /// What every text does where it fits.
    Always(String),
    /// What no text does.
    Never(String),
    /// The words that greet: `Hey`.
    Greeting(String),
    /// The last line: `Your team at Summit`.
    SignOff(String),
    /// Whether emoji are used.
    Emoji(StyleUse),
    /// Whether exclamation marks are used.
    Exclamations(StyleUse),
    /// Against what the assistant would write.
    Length(StyleLength),
    /// How a customer is addressed, where the language tells it apart: `tú` or `usted`, `du` or `Sie`.
    Address(StyleAddress),
}

/// How a text sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum StyleTone {
    Friendly,
    Casual,
    Formal,
    Enthusiastic,
    Calm,
    Plain,
    Personal,
}

/// How often something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StyleUse {
    /// In most texts.
    Yes,
    /// Now and then.
    Rare,
    /// Not at all.
    No,
}

/// How long a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StyleLength {
    /// Shorter than usual.
    Shorter,
    /// Longer than usual.
    Longer,
}

/// How a customer is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StyleAddress {
    /// As a friend is.
    Informal,
    /// As one who is not known is.
    Formal,
}

impl StyleTopic {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::CommunicationStyle, Self::PricingPhilosophy, Self::CustomerSegments];

    const NAMES: [&str; 3] = [Self::ALL[0].as_str(), Self::ALL[1].as_str(), Self::ALL[2].as_str()];

    /// The name used in JSON and keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CommunicationStyle => "communication_style",
            Self::PricingPhilosophy => "pricing_philosophy",
            Self::CustomerSegments => "customer_segments",
        }
    }

    /// The topic of that name.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub fn parse(name: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == name).ok_or_else(|| Failure::not_found("training topic"))
    }

    fn about(self) -> &'static str {
        match self {
            Self::CommunicationStyle => "How the business talks to its customers",
            Self::PricingPhilosophy => "How it speaks of prices",
            Self::CustomerSegments => "How it talks to different kinds of customers",
        }
    }
}

/// Read as a name: so an entry of a map of topics can be told that is not understood.
impl<'de> Deserialize<'de> for StyleTopic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).map_err(|_| D::Error::unknown_variant(&name, &Self::NAMES))
    }
}

impl fmt::Display for StyleTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl StyleSaying {
    /// The words that a person may change; `None` where there is only a choice.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Always(text) | Self::Never(text) | Self::Greeting(text) | Self::SignOff(text) => Some(text),
            _ => None,
        }
    }

    /// The same rule in other words; one that has none stays as it is.
    #[must_use]
    pub fn with_text(self, text: String) -> Self {
        match self {
            Self::Always(_) => Self::Always(text),
            Self::Never(_) => Self::Never(text),
            Self::Greeting(_) => Self::Greeting(text),
            Self::SignOff(_) => Self::SignOff(text),
            other => other,
        }
    }

    /// As a model is told. What the business words itself stands in quotes: such words may be said to customers.
    fn guidance(&self, language: &Language) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace(['"', '“', '”', '„', '«', '»'], "'"));
        let usual = |how: &StyleUse, what: &str| match how {
            StyleUse::Yes => format!("Use {what} in most texts."),
            StyleUse::Rare => format!("Use {what} now and then."),
            StyleUse::No => format!("Use no {what}."),
        };
        match self {
            Self::Tone(tone) => match tone {
                StyleTone::Friendly => "Sound friendly.".to_owned(),
                StyleTone::Casual => "Sound casual.".to_owned(),
                StyleTone::Formal => "Sound formal.".to_owned(),
                StyleTone::Enthusiastic => "Sound enthusiastic.".to_owned(),
                StyleTone::Calm => "Sound calm.".to_owned(),
                StyleTone::Plain => "Use plain words.".to_owned(),
                StyleTone::Personal => "Sound personal, as one who knows the customer.".to_owned(),
            },
            Self::Always(text) => format!("Always, where it fits: {}", quoted(text)),
            Self::Never(text) => format!("Never: {}", quoted(text)),
            Self::Greeting(text) => format!("Where you greet in `{language}`, greet with {}.", quoted(text)),
            Self::SignOff(text) => format!("Where you close in `{language}`, close with {}.", quoted(text)),
            Self::Emoji(how) => usual(how, "emoji"),
            Self::Exclamations(how) => usual(how, "exclamation marks"),
            Self::Length(StyleLength::Shorter) => "Write less than you would.".to_owned(),
            Self::Length(StyleLength::Longer) => "Write a little more than you would.".to_owned(),
            Self::Address(StyleAddress::Informal) => "Address the customer informally (tú, du, tu, você).".to_owned(),
            Self::Address(StyleAddress::Formal) => "Address the customer formally (usted, Sie, vous).".to_owned(),
        }
    }
}

/// Checks how long guides are; what their rules say is checked where they are confirmed.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, such as `style.communication_style.rules[2]`.
pub(super) fn validate(guides: &StyleGuides) -> Result<(), Failure> {
    for (topic, guide) in guides {
        let field = format!("style.{topic}.rules");
        let few = guide.rules.len() <= MAX_STYLE_RULES;
        ensure(few, &field, format!("{field} has at most {MAX_STYLE_RULES} rules"))?;
        for (index, rule) in guide.rules.iter().enumerate() {
            rule.says
                .text()
                .map_or(Ok(()), |said| text(&format!("{field}[{index}]"), said, 1..=MAX_STYLE_RULE_CHARS))?;
        }
    }
    Ok(())
}

/// All guides as sentences for a prompt; `None` where there are none.
pub(super) fn guidance(guides: &StyleGuides) -> Option<String> {
    let of_topic = |(topic, guide): (&StyleTopic, &StyleGuide)| {
        let rules = guide.rules.iter().map(|rule| format!("\n- {}", rule.says.guidance(&guide.language)));
        format!("{}, as its owner confirmed:{}", topic.about(), rules.collect::<String>())
    };
    let all: Vec<String> = guides.iter().filter(|(_, guide)| !guide.rules.is_empty()).map(of_topic).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::*;
    use crate::messaging::Channel;
    use crate::samples::roofer;
    use crate::tenancy::PromptTask;

    #[test]
    fn a_rule_is_written_as_its_kind_and_value() {
        for rule in [
            json!({"number": 1, "says": {"kind": "tone", "value": "casual"}, "examples": [1, 3]}),
            json!({"number": 2, "says": {"kind": "always", "value": "name the service"}}),
            json!({"number": 3, "says": {"kind": "emoji", "value": "rare"}}),
        ] {
            let read: StyleRule = from_value(rule.clone()).unwrap();
            assert_eq!(to_value(&read).unwrap(), rule);
        }
        assert!(from_value::<StyleRule>(json!({"number": 3, "says": {"kind": "emoji", "value": "often"}})).is_err());
    }

    #[test]
    fn a_guide_is_part_of_the_voice_on_every_channel() {
        let mut tenant = roofer();
        let before = tenant.voice(Channel::Sms).guidance();
        let rules = json!([
            {"number": 1, "says": {"kind": "greeting", "value": "Hey \"you\""}},
            {"number": 2, "says": {"kind": "exclamations", "value": "no"}},
        ]);
        let guide = json!({"version": 1, "language": "en", "confirmed_at": "2026-11-20T12:00:00Z", "rules": rules});
        tenant.style.insert(StyleTopic::CommunicationStyle, from_value(guide).unwrap());
        for channel in [Channel::Sms, Channel::Email, Channel::Whatsapp, Channel::Chat] {
            let told = tenant.voice(channel).guidance();
            assert!(told.contains("talks to its customers") && told.contains("Use no exclamation marks."), "{told}");
            assert!(told.contains("greet with \"Hey 'you'\"."), "{told}");
        }
        for task in [PromptTask::Respond, PromptTask::Suggest, PromptTask::Write, PromptTask::Campaign] {
            assert!(tenant.guidance(task, Channel::Sms).contains("greet with"), "{task}");
        }
        tenant.validate().unwrap();
        let mut long = tenant.clone();
        for guide in long.style.values_mut() {
            guide.rules[0].says = StyleSaying::Always("x".repeat(201));
        }
        assert!(long.validate().is_err());
        tenant.style.clear();
        assert_eq!(tenant.voice(Channel::Sms).guidance(), before);
        assert_eq!(to_value(&tenant).unwrap().get("style"), None, "a business without one is stored as it was");
    }
}
