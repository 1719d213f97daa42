//! Questions with their answers, as a business types them in.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use crate::Failure;
use crate::ids::DocumentId;
use crate::tenancy::text;

/// The most pairs of a document.
pub const MAX_PAIRS: usize = 500;
/// The most bytes of all pairs of a document together: they are one item of the table.
pub const MAX_FAQ_BYTES: usize = 250_000;
/// The longest question, in characters.
pub const MAX_QUESTION: usize = 300;
/// The longest answer, in characters.
pub const MAX_ANSWER: usize = 2_000;

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaqPair {
    /// As a customer asks it.
    #[schema(min_length = 1, max_length = 300, example = "Do you charge for an estimate?")]
    pub question: String,
    /// What is answered.
    #[schema(min_length = 1, max_length = 2000, example = "No, estimates are free within 30 miles of Denver.")]
    pub answer: String,
}

/// The pairs of a document of the format `faq`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DocumentPairs)]
pub struct Faq {
    /// The document.
    pub id: DocumentId,
    /// Its pairs, in the order in which they were given.
    pub pairs: Vec<FaqPair>,
}

impl Faq {
    /// The pairs, without blanks around them.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `pairs`, or the part of it that is wrong.
    pub fn new(id: DocumentId, pairs: Vec<FaqPair>) -> Result<Self, Failure> {
        if pairs.is_empty() || pairs.len() > MAX_PAIRS {
            return Err(Failure::invalid("pairs", format!("pairs must have 1 to {MAX_PAIRS} entries")));
        }
        let mut asked = BTreeSet::new();
        let mut kept = Vec::with_capacity(pairs.len());
        for (at, pair) in pairs.into_iter().enumerate() {
            text(&format!("pairs[{at}].question"), &pair.question, 1..=MAX_QUESTION)?;
            text(&format!("pairs[{at}].answer"), &pair.answer, 1..=MAX_ANSWER)?;
            if !asked.insert(pair.question.trim().to_lowercase()) {
                let field = format!("pairs[{at}].question");
                return Err(Failure::invalid(&*field, format!("{field} is asked in an earlier pair too")));
            }
            let trimmed = |text: &str| text.trim().to_owned();
            kept.push(FaqPair { question: trimmed(&pair.question), answer: trimmed(&pair.answer) });
        }
        let faq = Self { id, pairs: kept };
        if faq.bytes() > MAX_FAQ_BYTES {
            let what = format!("pairs may have {MAX_FAQ_BYTES} bytes together: put some into another document");
            return Err(Failure::invalid("pairs", what));
        }
        Ok(faq)
    }

    /// How many bytes its questions and answers have.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.pairs.iter().map(|pair| pair.question.len() + pair.answer.len()).sum()
    }

    /// All of it as one text, by which two are told apart.
    #[must_use]
    pub fn content(&self) -> String {
        // Lengths are part of it, so that what ends a question does not begin its answer.
        let pair =
            |pair: &FaqPair| format!("{}:{}{}:{}", pair.question.len(), pair.question, pair.answer.len(), pair.answer);
        self.pairs.iter().map(pair).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    fn pair(question: &str, answer: &str) -> FaqPair {
        FaqPair { question: question.to_owned(), answer: answer.to_owned() }
    }

    fn id() -> DocumentId {
        DocumentId::derive(&TenantId::new("acme").unwrap(), &["faq"])
    }

    fn field(pairs: Vec<FaqPair>) -> String {
        match Faq::new(id(), pairs) {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_with_a_list_is_said_by_its_place() {
        assert_eq!(field(Vec::new()), "pairs");
        assert_eq!(field((0..=MAX_PAIRS).map(|n| pair(&n.to_string(), "yes")).collect()), "pairs");
        assert_eq!(field(vec![pair("a?", "yes"), pair(" ", "yes")]), "pairs[1].question");
        assert_eq!(field(vec![pair("a?", "")]), "pairs[0].answer");
        assert_eq!(field(vec![pair("a?", &"é".repeat(MAX_ANSWER + 1))]), "pairs[0].answer");
        assert_eq!(field(vec![pair("Open?", "yes"), pair("b?", "no"), pair(" open? ", "no")]), "pairs[2].question");
        let long = "é".repeat(MAX_ANSWER);
        assert_eq!(field((0..70).map(|n| pair(&n.to_string(), &long)).collect()), "pairs");
        assert!(Faq::new(id(), (0..60).map(|n| pair(&n.to_string(), &long)).collect()).is_ok());
    }

    #[test]
    fn where_a_question_ends_makes_a_difference() {
        let content = |question: &str, answer: &str| Faq { id: id(), pairs: vec![pair(question, answer)] }.content();
        assert_ne!(content("ab", "c"), content("a", "bc"));
        assert_ne!(content("a", "1:b"), content("a1:b", ""));
    }
}
