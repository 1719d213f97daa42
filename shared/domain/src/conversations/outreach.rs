//! What a message carries that nobody waits for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::ids::{RunId, SequenceId, StepId, VariantId};
use crate::messaging::Kind;
use crate::tenancy::{ensure, text};

/// Meta, WhatsApp Business Management API, "Message templates": names of at most 512.
const MAX_TEMPLATE_NAME: usize = 512;
const MAX_TEMPLATE_VALUES: usize = 10;
const MAX_TEMPLATE_VALUE: usize = 300;

/// What makes a message outreach: the business begins it, nobody waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outreach {
    /// What it is.
    pub kind: Kind,
    /// When it was due (UTC).
    pub due: Timestamp,
    /// After this moment it says nothing worth saying, and is dropped (UTC).
    pub expires_at: Timestamp,
    /// The step that it came from, where it came from a sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepRef>,
    /// The subject line, by e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The approved template that says the same, by WhatsApp outside its window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
}

/// A step of an enrollment in a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StepRef {
    /// The sequence.
    pub sequence: SequenceId,
    /// The enrollment.
    pub run: RunId,
    /// The step.
    pub step: StepId,
    /// Which of its texts, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantId>,
}

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
