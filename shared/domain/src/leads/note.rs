//! What the staff note on a contact, for themselves.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AccountId, NoteId};
use crate::{ContactId, Failure, identity::Actor};

/// A note of the staff on a contact. It is never sent, and no model reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactNote {
    /// Derived from the request that made it.
    pub id: NoteId,
    /// Whom it is about.
    pub contact: ContactId,
    /// What it says.
    #[schema(max_length = 2000, example = "Prefers to be called after five.")]
    pub text: String,
    /// Members of the team whom it is meant for.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub mentions: Vec<AccountId>,
    /// Who wrote it.
    pub by: Actor,
    /// When it happened (UTC).
    pub at: Timestamp,
}

impl ContactNote {
    /// The longest, in characters.
    pub const MAX_CHARS: usize = 2_000;
    /// The most members of the team that one mentions.
    pub const MAX_MENTIONS: usize = 20;

    /// The text of a note, trimmed.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `text`.
    pub fn checked_text(text: &str) -> Result<&str, Failure> {
        let text = text.trim();
        if (1..=Self::MAX_CHARS).contains(&text.chars().count()) {
            return Ok(text);
        }
        Err(Failure::invalid("text", format!("text must have 1 to {} characters", Self::MAX_CHARS)))
    }

    /// Whom a note mentions, each once.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `mentions`.
    pub fn checked_mentions(given: &[AccountId]) -> Result<Vec<AccountId>, Failure> {
        let mut mentions: Vec<AccountId> = Vec::new();
        for account in given {
            if !mentions.contains(account) {
                mentions.push(*account);
            }
        }
        if mentions.len() > Self::MAX_MENTIONS {
            let what = format!("a note may mention at most {} members", Self::MAX_MENTIONS);
            return Err(Failure::invalid("mentions", what));
        }
        Ok(mentions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    #[test]
    fn a_note_says_something_and_not_too_much() {
        assert_eq!(ContactNote::checked_text(" Ring twice \n").unwrap(), "Ring twice");
        for wrong in ["", " \n ", &"x".repeat(ContactNote::MAX_CHARS + 1)] {
            assert!(ContactNote::checked_text(wrong).is_err());
        }
        assert!(ContactNote::checked_text(&"é".repeat(ContactNote::MAX_CHARS)).is_ok());
    }

    #[test]
    fn who_is_mentioned_twice_is_mentioned_once() {
        let tenant = TenantId::new("acme").unwrap();
        let account = |n: usize| AccountId::derive(&tenant, &[&n.to_string()]);
        let given = [account(1), account(2), account(1)];
        assert_eq!(ContactNote::checked_mentions(&given).unwrap(), given[..2]);
        let many: Vec<AccountId> = (0..=ContactNote::MAX_MENTIONS).map(account).collect();
        assert!(ContactNote::checked_mentions(&many).is_err() && ContactNote::checked_mentions(&many[1..]).is_ok());
    }
}
