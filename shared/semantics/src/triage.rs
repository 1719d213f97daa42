//! Who is to see a message: a classifier of our own, trained on our own sentences in five languages.

use crate::linear::{Guess, Linear};
use std::sync::LazyLock;

/// Who is to see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nobody has to.
    Nobody,
    /// A person, because the customer asks for one.
    Person,
    /// A person, because the customer complains.
    Complaint,
    /// A person at once, because of danger or damage.
    Emergency,
}

/// What the classifier makes of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sorted {
    /// Who is to see it.
    pub seen: Seen,
    /// The chance that this is right, from 0 to 1.
    pub confidence: f32,
}

/// How sure the language has to be: ISO 639-1 of one of the five, or none.
const SURE_OF_LANGUAGE: f32 = 0.9;

static SEEN: LazyLock<Option<Linear>> =
    LazyLock::new(|| Linear::from_bytes(include_bytes!("../data/triage.linear")).ok());
static LANGUAGE: LazyLock<Option<Linear>> =
    LazyLock::new(|| Linear::from_bytes(include_bytes!("../data/language.linear")).ok());

/// The language of `text`: ISO 639-1 of one of the five, or `other`. `None` where nothing of it was seen in training.
#[must_use]
pub fn spoken(text: &str) -> Option<Guess<'static>> {
    LANGUAGE.as_ref()?.classify(text, None)
}

/// What `text` is, and how sure that is. `None` where it is not surely in `language` (ISO 639-1): the classifier knows English,
/// Spanish, French, German and Portuguese, and nothing of what is said in others.
#[must_use]
pub fn sort(text: &str, language: &str) -> Option<Sorted> {
    let spoken = spoken(text)?;
    let is_spoken = spoken.label == language && spoken.confidence >= SURE_OF_LANGUAGE;
    let Guess { label, confidence } = is_spoken.then(|| SEEN.as_ref()?.classify(text, None)).flatten()?;
    let seen = match label {
        "nobody" => Seen::Nobody,
        "person" => Seen::Person,
        "complaint" => Seen::Complaint,
        "emergency" => Seen::Emergency,
        _ => return None,
    };
    Some(Sorted { seen, confidence })
}
