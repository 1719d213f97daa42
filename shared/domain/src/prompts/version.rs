//! The version of a prompt: a semantic version ([semver.org](https://semver.org)), without build metadata.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;

/// The longest version, in characters.
const MAX_CHARS: usize = 32;

/// A version such as `1.2.0` or `2.0.0-beta.1`. Versions are ordered as the standard orders them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "Written", into = "String")]
#[schema(
    value_type = String, max_length = 32, example = "1.1.0",
    pattern = "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$"
)]
pub struct PromptVersion(semver::Version);

/// As it is stored. Before versions were semantic they were whole numbers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Number(u64),
}

impl PromptVersion {
    /// A version that is written in code.
    #[must_use]
    pub const fn new(major: u64, minor: u64, patch: u64) -> Self {
        Self(semver::Version::new(major, minor, patch))
    }

    /// Reads `1.2.0`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `version`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let read = semver::Version::parse(text).ok().filter(|version| version.build.is_empty());
        let read = read.filter(|_| text.len() <= MAX_CHARS);
        let message =
            "a version is three numbers such as 1.2.0, or one to try such as 1.3.0-beta, of at most 32 characters";
        read.map(Self).ok_or_else(|| Failure::invalid("version", message))
    }
}

impl PromptVersion {
    /// The version that a review in `night` proposes in the place of this one: before the next minor version, which stays free.
    #[must_use]
    pub fn next_of_review(&self, night: Date) -> Self {
        let mut next = semver::Version::new(self.0.major, self.0.minor.saturating_add(1), 0);
        // Made of digits and a word: it always can be read.
        next.pre = semver::Prerelease::new(&format!("review.{}", night.strftime("%Y%m%d"))).unwrap_or_default();
        Self(next)
    }
}

impl TryFrom<Written> for PromptVersion {
    type Error = Failure;

    fn try_from(written: Written) -> Result<Self, Failure> {
        match written {
            Written::Text(text) => Self::parse(&text),
            Written::Number(major) => Ok(Self::new(major, 0, 0)),
        }
    }
}

impl From<PromptVersion> for String {
    fn from(version: PromptVersion) -> Self {
        version.0.to_string()
    }
}

impl fmt::Display for PromptVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
