//! Something that a person of the staff is to do: a call, a card, a look.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Resolution;
use crate::ids::{StaffId, TaskId};
use crate::{ContactId, ConversationId};

/// Something that a person of the staff is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    /// Derived from what caused it.
    pub id: TaskId,
    /// Whom it is about.
    pub contact: ContactId,
    /// The thread it is about, where it is about one.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// What kind of thing.
    pub kind: TaskKind,
    /// What, in one line.
    #[schema(max_length = 200, example = "Call Ana Vale about the quote of 14 November")]
    pub title: String,
    /// What to know before, in a few lines.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
    /// Whether it goes before others.
    #[serde(default)]
    pub urgent: bool,
    /// Who is to do it; `None`: anybody.
    #[serde(default)]
    pub assignee: Option<StaffId>,
    /// By when (UTC).
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// When it came up (UTC).
    pub created_at: Timestamp,
    /// Who did it, once somebody has.
    #[serde(default)]
    pub done: Option<Resolution>,
}

/// What kind of thing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Call somebody.
    Call,
    /// Call somebody about an overdue invoice: a person does, never a machine.
    CollectionsCall,
    /// Write to somebody, by post or where Porchlight does not.
    Write,
    /// Arrange another time for an appointment.
    Reschedule,
    /// Answer somebody who waits.
    Answer,
    /// Whatever the title says.
    Other,
}
