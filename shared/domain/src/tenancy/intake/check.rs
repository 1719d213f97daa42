//! What a list of questions must hold before it is stored.

use super::{ChoiceOption, Condition, MAX_QUESTIONS, Question, QuestionKind};
use crate::Failure;
use crate::tenancy::Service;
use crate::tenancy::check::{ensure, text, unique, words};

/// Checks that every question can be asked and answered, and that conditions name an earlier one and can come true.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, such as `intake[2].when.question`.
pub(in crate::tenancy) fn validate(questions: &[Question], services: &[Service]) -> Result<(), Failure> {
    let few = questions.len() <= MAX_QUESTIONS;
    ensure(few, "intake", format!("there may be at most {MAX_QUESTIONS} questions"))?;
    unique(questions.iter().enumerate().map(|(index, question)| (format!("intake[{index}].id"), &question.id)))?;
    let mut earlier: &[Question] = &[];
    for (index, question) in questions.iter().enumerate() {
        question.validate(earlier, services).map_err(|failure| failure.within(&format!("intake[{index}]")))?;
        earlier = questions.get(..=index).unwrap_or_default();
    }
    Ok(())
}

impl Question {
    fn validate(&self, earlier: &[Self], services: &[Service]) -> Result<(), Failure> {
        text("text", &self.text, 1..=300)?;
        for (language, wording) in &self.translations {
            text(&format!("translations.{language}"), wording, 1..=300)?;
        }
        self.kind.validate().map_err(|failure| failure.within("kind"))?;
        self.when
            .iter()
            .try_for_each(|condition| condition.validate(earlier).map_err(|failure| failure.within("when")))?;
        for (index, id) in self.services.iter().enumerate() {
            let known = services.iter().any(|service| service.id == *id);
            ensure(known, format!("services[{index}]"), format!("{id} is no service of this business"))?;
        }
        Ok(())
    }
}

impl QuestionKind {
    fn validate(&self) -> Result<(), Failure> {
        match self {
            Self::Choice { options } => check_options(options),
            Self::Number { min, max, unit } => {
                let in_order = min.is_none_or(|min| max.is_none_or(|max| min <= max));
                ensure(in_order, "max", "max must not be below min")?;
                unit.iter().try_for_each(|unit| text("unit", unit, 1..=20))
            }
            Self::Text | Self::YesNo | Self::Date | Self::Photo => Ok(()),
        }
    }
}

fn check_options(options: &[ChoiceOption]) -> Result<(), Failure> {
    ensure((2..=20).contains(&options.len()), "options", "a choice has 2 to 20 options")?;
    for (index, option) in options.iter().enumerate() {
        option.validate().map_err(|failure| failure.within(&format!("options[{index}]")))?;
    }
    unique(options.iter().enumerate().map(|(index, option)| (format!("options[{index}].value"), &option.value)))
}

impl ChoiceOption {
    fn validate(&self) -> Result<(), Failure> {
        text("value", &self.value, 1..=60)?;
        text("label", &self.label, 1..=80)?;
        words("keywords", &self.keywords)
    }
}

impl Condition {
    fn validate(&self, earlier: &[Question]) -> Result<(), Failure> {
        let Some(question) = earlier.iter().find(|question| question.id == self.question) else {
            return Err(Failure::invalid("question", "a condition must name a question earlier in the list"));
        };
        ensure(!self.is.is_empty(), "is", "a condition needs at least one value")?;
        for (index, value) in self.is.iter().enumerate() {
            let possible = match &question.kind {
                QuestionKind::Choice { options } => options.iter().any(|option| option.value == *value),
                QuestionKind::YesNo => value == "yes" || value == "no",
                QuestionKind::Text | QuestionKind::Date | QuestionKind::Number { .. } | QuestionKind::Photo => {
                    let fit = "a condition can only ask for a choice, or for yes or no";
                    return Err(Failure::invalid("question", fit));
                }
            };
            ensure(possible, format!("is[{index}]"), format!("{} cannot be answered with this", self.question))?;
        }
        Ok(())
    }
}
