//! One enrollment of a person through a sequence.

use crate::events::Ending;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::events::Subject;
use crate::ids::{RunId, SequenceId, StepId, VariantId};
use crate::{MessageId, TenantId};

/// For how long after its last message what a sequence is for counts as its success: our choice.
const ATTRIBUTED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// For how long after a message a refusal counts against its text: our choice.
const BLAMED_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);

/// One enrollment of a person through a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Run {
    /// Derived from the event that began it.
    pub id: RunId,
    /// The sequence.
    pub sequence: SequenceId,
    /// What it is about.
    pub subject: Subject,
    /// When it began (UTC).
    pub started_at: Timestamp,
    /// The step that comes next.
    pub step: StepId,
    /// When that is due (UTC).
    pub due: Timestamp,
    /// Nothing before this moment: someone is thinking it over (UTC).
    #[serde(default)]
    pub paused_until: Option<Timestamp>,
    /// Messages it has queued.
    #[serde(default)]
    pub touches: u32,
    /// When it queued the last one (UTC).
    #[serde(rename = "last_touch_at", default)]
    pub last_outreach_at: Option<Timestamp>,
    /// The step that queued the last one.
    #[serde(default)]
    pub last_step: Option<StepId>,
    /// When the last one was opened (UTC).
    #[serde(default)]
    pub opened_at: Option<Timestamp>,
    /// Which text this person gets, of steps that have several and were reached.
    #[serde(default)]
    pub variants: BTreeMap<StepId, VariantId>,
    /// How it ended, once it has.
    #[serde(default)]
    pub ended: Option<Ended>,
}

/// How an enrollment ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ended {
    /// When it happened (UTC).
    pub at: Timestamp,
    /// How it ended.
    pub how: Ending,
    /// Why, in words an owner understands.
    pub why: String,
}

impl Subject {
    /// Whether news about `self` concern what is about `other`: news about one quote say nothing of another one.
    #[must_use]
    pub(super) fn concerns(self, other: Self) -> bool {
        match (self, other) {
            (Self::Lead(mine), Self::Lead(other)) => mine == other,
            (Self::Quote(mine), Self::Quote(other)) => mine == other,
            (Self::Appointment(mine), Self::Appointment(other)) => mine == other,
            (Self::Invoice(mine), Self::Invoice(other)) => mine == other,
            _ => true,
        }
    }
}

impl Run {
    /// Whether it goes on.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }

    /// The id of the message that its step `step` writes: the same one however often the step is handled.
    #[must_use]
    pub fn message_id(&self, tenant: &TenantId, step: &StepId) -> MessageId {
        MessageId::derive(tenant, &["touch", &self.id.to_string(), step.as_str()])
    }

    /// Whether what it is for, happening at `at`, is its success.
    #[must_use]
    pub(super) fn counts_as_success(&self, at: Timestamp) -> bool {
        self.wrote_within(ATTRIBUTED_FOR, at)
    }

    /// Whether a refusal at `at` may be because of its last message.
    #[must_use]
    pub(super) fn is_to_blame(&self, at: Timestamp) -> bool {
        self.wrote_within(BLAMED_FOR, at)
    }

    fn wrote_within(&self, span: SignedDuration, at: Timestamp) -> bool {
        self.last_outreach_at.is_some_and(|touched| at.duration_since(touched) <= span)
    }
}

/// A schedule's message: a step of an enrollment is due. It says nothing of what is to be done: who gets it reads all again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueStep {
    /// The tenant.
    pub tenant: TenantId,
    /// Whom it is about.
    pub contact: crate::ContactId,
    /// Which enrollment.
    pub run: RunId,
    /// The step.
    pub step: StepId,
    /// When it is due (UTC).
    pub due: Timestamp,
}
