//! A note of the staff on a thread: never sent, never shown to the customer, never given to a model.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ConversationId;
use crate::identity::Actor;
use crate::ids::{AccountId, NoteId};

/// A note of the staff on a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Derived from the request that made it.
    pub id: NoteId,
    /// The thread.
    pub conversation: ConversationId,
    /// What it says.
    #[schema(max_length = 2000, example = "She has two dogs: ring before you come in.")]
    pub text: String,
    /// Members of the team whom it mentions, by `@` and their name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AccountId>,
    /// Who wrote it.
    pub by: Actor,
    /// When (UTC).
    pub at: Timestamp,
}

impl Note {
    /// The longest, in characters.
    pub const MAX_CHARS: usize = 2_000;
}
