//! What a business wants to know of everybody who asks, as questions with typed answers.
//!
//! Questions are asked in the order they are listed, the required ones first. One may depend on the answer to an earlier
//! one, so there are no circles, and [`next`] comes to an end: every answer makes the number of open questions that a
//! customer can be asked smaller or leads to questions further down the list. Reading what a customer wrote is the
//! business of conversations ([`Question::read`]).

mod answer;
mod check;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::Language;
use crate::ids::{QuestionId, ServiceId};

pub use answer::{Answer, Decimal, MAX_TEXT_CHARS, NotUnderstood};
pub(super) use check::validate;

/// The most questions a business may ask.
pub const MAX_QUESTIONS: usize = 30;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IntakeQuestion)]
pub struct Question {
    /// Its slug.
    pub id: QuestionId,
    /// How it is asked in the tenant's language.
    #[schema(min_length = 1, max_length = 300, example = "How old is your roof?")]
    pub text: String,
    /// How it is asked in other languages, by their code.
    #[serde(default)]
    pub translations: BTreeMap<Language, String>,
    /// What kind of answer it wants.
    pub kind: QuestionKind,
    /// Whether it is asked before the ones that are not.
    #[serde(default)]
    pub required: bool,
    /// Asked only if this holds.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Asked only of someone who wants one of these; empty: of everybody.
    #[serde(default)]
    pub services: Vec<ServiceId>,
}

/// What kind of answer a question wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionKind {
    /// One of several.
    Choice {
        /// Which, in the order they are offered.
        #[schema(min_items = 2, max_items = 20)]
        options: Vec<ChoiceOption>,
    },
    /// Anything.
    Text,
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A number.
    Number {
        /// The least it can be.
        #[serde(default)]
        min: Option<i64>,
        /// The most it can be.
        #[serde(default)]
        max: Option<i64>,
        /// What is counted: `years`.
        #[serde(default)]
        unit: Option<String>,
    },
    /// A picture.
    Photo,
}

/// One of several possible answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// What is stored, and what conditions name.
    #[schema(min_length = 1, max_length = 60, example = "shingle")]
    pub value: String,
    /// What customers see.
    #[schema(min_length = 1, max_length = 80, example = "Asphalt shingles")]
    pub label: String,
    /// Other words by which customers say it, in any language. Lower case.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// Holds if an earlier question was answered with one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// An earlier question: a choice, or yes and no.
    pub question: QuestionId,
    /// Values of its options, or `yes` or `no`.
    #[schema(min_items = 1, example = json!(["shingle"]))]
    pub is: Vec<String>,
}

impl Question {
    /// How it is asked in `language`, else in the tenant's.
    #[must_use]
    pub fn wording(&self, language: &Language) -> &str {
        self.translations.get(language).unwrap_or(&self.text)
    }
}

impl Condition {
    fn holds(&self, answers: &BTreeMap<&QuestionId, &Answer>) -> bool {
        let said = answers.get(&self.question).and_then(|answer| answer.token());
        said.is_some_and(|said| self.is.iter().any(|value| value == said))
    }
}

/// The questions that concern someone who gave `answers` and wants `service`, in order.
///
/// A condition on a question that does not concern them does not hold, whatever they once answered to it.
#[must_use]
pub fn applicable<'q>(
    questions: &'q [Question],
    answers: &BTreeMap<QuestionId, Answer>,
    service: Option<&ServiceId>,
) -> Vec<&'q Question> {
    let mut counting: BTreeMap<&QuestionId, &Answer> = BTreeMap::new();
    let mut applicable = Vec::new();
    for question in questions {
        let concerns =
            question.services.is_empty() || service.is_some_and(|service| question.services.contains(service));
        if concerns && question.when.as_ref().is_none_or(|condition| condition.holds(&counting)) {
            applicable.push(question);
            counting.extend(answers.get_key_value(&question.id));
        }
    }
    applicable
}

/// The question to ask next: the first required one that is open, else the first open one; `None` when all are answered.
#[must_use]
pub fn next<'q>(
    questions: &'q [Question],
    answers: &BTreeMap<QuestionId, Answer>,
    service: Option<&ServiceId>,
) -> Option<&'q Question> {
    let mut open = applicable(questions, answers, service);
    open.retain(|question| !answers.contains_key(&question.id));
    open.iter().find(|question| question.required).or(open.first()).copied()
}

#[cfg(test)]
mod tests;
