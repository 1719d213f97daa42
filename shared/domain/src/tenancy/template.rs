//! Texts that Meta has approved.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ensure, text};
use crate::Failure;

/// Meta, WhatsApp Business Management API, "Message templates": names of at most 512.
const MAX_TEMPLATE_NAME: usize = 512;

const MAX_TEMPLATE_VALUES: usize = 10;

const MAX_TEMPLATE_VALUE: usize = 300;

/// The most templates that staff choose from.
pub(super) const MAX_REPLY_TEMPLATES: usize = 20;

const MAX_TEMPLATE_TEXT: usize = 1_600;

/// A template that Meta has approved, with what stands in its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name at Meta.
    #[schema(min_length = 1, max_length = 512, pattern = "^[a-z0-9_]+$", example = "quote_reminder")]
    pub name: String,
    /// Its language at Meta.
    #[schema(example = "en_US")]
    pub language: String,
    /// What stands in its places `{{1}}`, `{{2}}` and so on.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub values: Vec<String>,
}

/// A template that staff may send in a conversation whose window for free text is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTemplate {
    /// As Meta has approved it; its values may have the places that texts of sequences have, such as `{name}`.
    pub template: Template,
    /// What the customer reads by it, with the same places: it stands in the conversation.
    #[schema(
        min_length = 1,
        max_length = 1600,
        example = "Hi {name}, we have an answer for you. May we write to you here?"
    )]
    pub text: String,
}

impl ReplyTemplate {
    /// As [`Template::check`], and that it has a text.
    pub(crate) fn check(&self, field: &str) -> Result<(), Failure> {
        self.template.check(&format!("{field}.template"))?;
        text(&format!("{field}.text"), &self.text, 1..=MAX_TEMPLATE_TEXT)
    }
}

impl Template {
    /// Refuses what Meta would: a name or language that it does not write so, too many or too long values. `field` is where the
    /// template stands.
    pub(crate) fn check(&self, field: &str) -> Result<(), Failure> {
        let name = &self.name;
        let named = (1..=MAX_TEMPLATE_NAME).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        ensure(named, format!("{field}.name"), "a template's name is of a-z, 0-9 and '_', as at Meta")?;
        let (language, country) = self.language.split_once('_').unwrap_or((&self.language, "XX"));
        let lower = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let upper = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        let form = "a template's language is a code of Meta's, such as en or en_US";
        ensure(lower && upper, format!("{field}.language"), form)?;
        let few = self.values.len() <= MAX_TEMPLATE_VALUES;
        let why = format!("there may be at most {MAX_TEMPLATE_VALUES} values");
        ensure(few, format!("{field}.values"), why)?;
        let mut values = self.values.iter().enumerate();
        values.try_for_each(|(index, value)| text(&format!("{field}.values[{index}]"), value, 1..=MAX_TEMPLATE_VALUE))
    }
}
