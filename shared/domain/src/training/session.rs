//! One training about a topic: drafts that are shown, what is said of them, the rules that they come to, and what is confirmed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::{check_rule, normal};
use super::situations;
use crate::Failure;
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::tenancy::{Language, StyleGuide, StyleRule, StyleTopic, Tenant};

/// Rules are made from so many examples on (seed 000, part 2.7: "after 5-10 examples").
pub const MIN_EXAMPLES: usize = 5;
/// The most examples of one training.
pub const MAX_EXAMPLES: usize = 30;
/// The longest version that someone writes, in characters.
const MAX_VERSION: usize = 1_000;
/// The longest reason, in characters.
const MAX_WHY: usize = 300;

/// A training that is under way. There is one a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrainingSession {
    /// What is trained.
    pub topic: StyleTopic,
    /// The language of the drafts: the business's own, where the built-in responder speaks it, else English.
    pub language: Language,
    /// Who began.
    pub started_by: Actor,
    /// When (UTC).
    pub started_at: Timestamp,
    /// The draft that is shown now; absent where there are no more, or where rules came from edits of suggestions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// What was said of those before, in their order.
    #[schema(max_items = 30)]
    pub examples: Vec<TrainingExample>,
    /// What was understood, to be looked through and confirmed; absent until it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<StyleRule>>,
}

/// A draft, and what was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrainingExample {
    /// Counts from 1.
    #[schema(minimum = 1, maximum = 30)]
    pub number: u8,
    /// What the assistant would write.
    pub draft: String,
    /// What was said of it.
    pub verdict: Verdict,
    /// How the business would say it, where that is another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000, example = "Hey Alex! Thanks for asking. A roof inspection takes an hour.")]
    pub version: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, example = "Too formal.")]
    pub why: Option<String>,
}

/// What was said of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TrainingVerdict)]
pub enum Verdict {
    /// It is good as it is.
    Good,
    /// The business would say it otherwise.
    Rewritten,
}

/// What someone says of the draft that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTrainingExample)]
pub struct NewExample {
    /// Which draft: one more than there are examples.
    #[schema(minimum = 1, maximum = 30, example = 1)]
    pub number: u8,
    /// How the business would say it; left out, the draft is good as it is.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Hey Alex! Thanks for asking. A roof inspection takes an hour.")]
    pub version: Option<String>,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 300, example = "Too formal.")]
    pub why: Option<String>,
}

/// A guide that was confirmed, with the examples that it comes from: each version is written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConfirmedGuide {
    /// Of what.
    pub topic: StyleTopic,
    /// What was confirmed.
    pub guide: StyleGuide,
    /// Who confirmed it.
    pub confirmed_by: Actor,
    /// The examples; none, where it comes from edits of suggestions.
    #[serde(default)]
    pub examples: Vec<TrainingExample>,
}

/// Where a topic stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrainingState {
    /// The topic.
    pub topic: StyleTopic,
    /// The training that is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<TrainingSession>,
    /// The guide that is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide: Option<StyleGuide>,
    /// Every version there is, the newest first.
    pub versions: Vec<u32>,
}

impl TrainingSession {
    /// Begins a training about `topic`: the first draft is shown.
    #[must_use]
    pub fn new(tenant: &Tenant, topic: StyleTopic, started_by: Actor, now: Timestamp) -> Self {
        let language = situations::language(tenant);
        let draft = situations::draft(tenant, topic, &language, &[], now);
        Self { topic, language, started_by, started_at: now, draft, examples: Vec::new(), rules: None }
    }

    /// A training that begins with rules which edits of suggestions came to.
    #[must_use]
    pub fn of_edits(tenant: &Tenant, topic: StyleTopic, rules: Vec<StyleRule>, by: Actor, now: Timestamp) -> Self {
        let language = tenant.language.clone();
        Self { topic, language, started_by: by, started_at: now, draft: None, examples: Vec::new(), rules: Some(rules) }
    }

    /// With what is said of the draft that is shown, and the next one. What comes again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, or a conflict where another draft is shown by now.
    pub fn with_example(mut self, tenant: &Tenant, new: NewExample, now: Timestamp) -> Result<Self, Failure> {
        let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let (version, why) = (text(new.version), text(new.why));
        limited("version", version.as_deref(), MAX_VERSION)?;
        limited("why", why.as_deref(), MAX_WHY)?;
        let given = self.examples.iter().find(|example| example.number == new.number);
        // Who sends the draft back as it was said that it is good.
        let says_the_same = |given: &TrainingExample| {
            given.version.as_deref() == version.as_deref().filter(|version| *version != given.draft) && given.why == why
        };
        if given.is_some_and(says_the_same) {
            return Ok(self);
        }
        let next = self.examples.len().saturating_add(1);
        let conflict = |message: &str| Failure::rejected(Rejection::Conflict, message);
        if usize::from(new.number) != next || next > MAX_EXAMPLES {
            return Err(conflict("another draft is shown by now: look at the page again"));
        }
        let draft = self.draft.take().ok_or_else(|| conflict("there are no more drafts: ask for the rules"))?;
        let version = version.filter(|version| *version != draft);
        let verdict = if version.is_some() { Verdict::Rewritten } else { Verdict::Good };
        self.examples.push(TrainingExample { number: new.number, draft, verdict, version, why });
        let shown: Vec<&str> = self.examples.iter().map(|example| example.draft.as_str()).collect();
        if shown.len() < MAX_EXAMPLES {
            self.draft = situations::draft(tenant, self.topic, &self.language, &shown, now);
        }
        // What was understood before is not of all examples.
        self.rules = None;
        Ok(self)
    }

    /// Refuses to make rules of too few examples.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict).
    pub fn demand_enough(&self) -> Result<(), Failure> {
        if self.examples.len() >= MIN_EXAMPLES {
            return Ok(());
        }
        let message = format!("rules are made of {MIN_EXAMPLES} examples or more");
        Err(Failure::rejected(Rejection::Conflict, message))
    }

    /// With the rule of that number in other words.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no rule of that number, no words to change in it, or a text that may not stand in one.
    pub fn with_rule(mut self, number: u8, text: &str) -> Result<Self, Failure> {
        let rule = self.rules.iter_mut().flatten().find(|rule| rule.number == number);
        let rule = rule.ok_or_else(|| Failure::not_found("style rule"))?;
        if rule.says.text().is_none() {
            return Err(Failure::invalid("text", "this rule is a choice and has no text: remove it or leave it"));
        }
        let says = rule.says.clone().with_text(normal(text));
        check_rule(&says)?;
        rule.says = says;
        Ok(self)
    }

    /// Without the rule of that number; where there is none, nothing changes.
    #[must_use]
    pub fn without_rule(mut self, number: u8) -> Self {
        self.rules.iter_mut().for_each(|rules| rules.retain(|rule| rule.number != number));
        self
    }

    /// The guide that is confirmed by this as `version`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): there are no rules to confirm; or a rule that may not stand in one.
    pub fn confirmed(self, version: u32, by: Actor, now: Timestamp) -> Result<ConfirmedGuide, Failure> {
        let rules = self.rules.filter(|rules| !rules.is_empty());
        let nothing = || Failure::rejected(Rejection::Conflict, "there are no rules to confirm");
        let rules = rules.ok_or_else(nothing)?;
        rules.iter().try_for_each(|rule| check_rule(&rule.says))?;
        let guide = StyleGuide { version, language: self.language, confirmed_at: now, rules };
        Ok(ConfirmedGuide { topic: self.topic, guide, confirmed_by: by, examples: self.examples })
    }
}

fn limited(field: &str, text: Option<&str>, most: usize) -> Result<(), Failure> {
    if text.is_some_and(|text| text.chars().count() > most) {
        return Err(Failure::invalid(field, format!("{field} has at most {most} characters")));
    }
    Ok(())
}
