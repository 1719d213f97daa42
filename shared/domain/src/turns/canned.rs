//! Answers that staff keep to insert while they write. Inserted, one is text like any other: it can be changed before it goes out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::failure::Rejection;
use crate::ids::{AppointmentId, CannedAnswerId};
use crate::journeys::{JourneyContext, Person, Subject, VISIT_LINK, check_places, fill_in, subject_of};
use crate::tenancy::{Language, Tenant, text};

pub use crate::journeys::FilledIn;

/// The most that a tenant may keep.
pub const MAX_CANNED_ANSWERS: usize = 200;
/// The longest name, in characters: it is picked by it.
const MAX_NAME: usize = 60;

/// An answer that staff keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CannedAnswer {
    /// Its slug.
    pub id: CannedAnswerId,
    /// By which it is picked; no two of a tenant have the same.
    #[schema(min_length = 1, max_length = 60, example = "Directions")]
    pub name: String,
    /// What it says, with the places that the texts of sequences may have, such as `{name}`.
    #[schema(min_length = 1, max_length = 1600, example = "Hi {name}, you find us behind the old mill.")]
    pub text: String,
    /// The language that it is written in; absent: it fits any conversation.
    #[serde(default)]
    pub language: Option<Language>,
}

impl CannedAnswer {
    /// Checks what the types do not: lengths, and places that are known.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self) -> Result<(), Failure> {
        text("name", &self.name, 1..=MAX_NAME)?;
        text("text", &self.text, 1..=MAX_REPLY_CHARS)?;
        check_places("text", &self.text)
    }

    /// Checks that it has room among the others of its tenant, and a name of its own.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (a conflict) naming the field.
    pub fn fits(&self, others: &[Self]) -> Result<(), Failure> {
        let taken = |field: &str, message: String| {
            Err(Failure::Rejected { kind: Rejection::Conflict, field: Some(field.to_owned()), message })
        };
        let others: Vec<&Self> = others.iter().filter(|other| other.id != self.id).collect();
        if others.len() >= MAX_CANNED_ANSWERS {
            return taken("id", format!("a business may keep at most {MAX_CANNED_ANSWERS} canned answers"));
        }
        let name = |answer: &Self| answer.name.trim().to_lowercase();
        match others.iter().find(|other| name(other) == name(self)) {
            Some(other) => taken("name", format!("this name is the one of {}", other.id)),
            None => Ok(()),
        }
    }

    /// The appointment whose link it needs, where it has that place.
    #[must_use]
    pub fn linked_appointment(&self, person: &Person, now: Timestamp) -> Option<AppointmentId> {
        let journey = person.journey.as_ref().filter(|_| self.text.contains(&format!("{{{VISIT_LINK}}}")))?;
        match subject_of(journey, now) {
            Subject::Appointment(id) => Some(id),
            _ => None,
        }
    }

    /// Its text for a person, in its own language, else in `language`. `visit_link`: the link to its
    /// [appointment](CannedAnswer::linked_appointment).
    #[must_use]
    pub fn filled_in(
        &self,
        tenant: &Tenant,
        person: &Person,
        language: &Language,
        visit_link: Option<&str>,
        now: Timestamp,
    ) -> FilledIn {
        let context = JourneyContext { tenant, person, sequences: &[], visit_link };
        fill_in(&self.text, &context, self.language.as_ref().unwrap_or(language), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn answer(id: &str, name: &str, text: &str) -> CannedAnswer {
        from_value(json!({"id": id, "name": name, "text": text})).unwrap()
    }

    fn field(refused: Result<(), Failure>) -> Option<String> {
        match refused {
            Err(Failure::Rejected { field, .. }) => field,
            _ => None,
        }
    }

    #[test]
    fn a_text_has_known_places_and_fits_a_reply() {
        assert_eq!(answer("a", "Directions", "Hi {name}[, see you on {date}].").validate(), Ok(()));
        for (name, text, wrong) in [
            ("", "Hi", "name"),
            (&*"é".repeat(61), "Hi", "name"),
            ("a", " ", "text"),
            ("a", &*"é".repeat(1_601), "text"),
            ("a", "Hi {nobody}", "text"),
            ("a", "Hi {name", "text"),
        ] {
            assert_eq!(field(answer("a", name, text).validate()).as_deref(), Some(wrong), "{name} {text}");
        }
    }

    #[test]
    fn a_name_is_one_answers_whatever_the_case_and_there_is_an_end_to_how_many() {
        let others = [answer("a", "Directions", "x"), answer("b", "Prices", "x")];
        assert_eq!(answer("a", "directions", "y").fits(&others), Ok(()), "it may be changed");
        assert_eq!(field(answer("c", " directions ", "y").fits(&others)).as_deref(), Some("name"));
        let all: Vec<_> = (0..MAX_CANNED_ANSWERS).map(|n| answer(&format!("a-{n}"), &format!("{n}"), "x")).collect();
        assert_eq!(field(answer("new", "new", "x").fits(&all)).as_deref(), Some("id"));
        assert_eq!(answer("a-0", "0", "y").fits(&all), Ok(()));
    }
}
