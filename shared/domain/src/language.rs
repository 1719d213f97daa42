//! Languages by their ISO 639-1 code.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use crate::Failure;

/// A language as its two-letter ISO 639-1 code, lower case: `en`, `es`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "en", pattern = "^[a-z]{2}$")]
pub struct Language(String);

impl Language {
    /// Checks the form: two letters, after cutting a region (`pt-BR` is `pt`).
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `language`.
    pub fn new(code: &str) -> Result<Self, Failure> {
        let code = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) {
            Ok(Self(code))
        } else {
            Err(Failure::invalid("language", "language must be a two-letter ISO 639-1 code, such as en"))
        }
    }

    /// English: the last resort when a tenant's own language has no phrases.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Language {
    type Error = Failure;
    fn try_from(code: String) -> Result<Self, Failure> {
        Self::new(&code)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
