//! One passage of a person through a sequence.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::ids::{AppointmentId, InvoiceId, QuoteId, RunId, SequenceId, StepId, VariantId};
use crate::{LeadId, TenantId};

/// One passage of a person through a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Run {
    /// Derived from the event that began it.
    pub id: RunId,
    /// Which sequence.
    pub sequence: SequenceId,
    /// What it is about.
    pub subject: Subject,
    /// When it began (UTC).
    pub started_at: Timestamp,
    /// The step that comes next.
    pub step: StepId,
    /// When that is due (UTC).
    pub due: Timestamp,
    /// Nothing before this moment: somebody is thinking it over (UTC).
    #[serde(default)]
    pub paused_until: Option<Timestamp>,
    /// Messages it has queued.
    #[serde(default)]
    pub touches: u32,
    /// When it queued the last one (UTC).
    #[serde(default)]
    pub last_touch_at: Option<Timestamp>,
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

/// What a passage is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "about", content = "id")]
#[schema(as = RunSubject)]
pub enum Subject {
    /// The person.
    Contact,
    /// A lead.
    Lead(LeadId),
    /// A quote.
    Quote(QuoteId),
    /// An appointment.
    Appointment(AppointmentId),
    /// An invoice.
    Invoice(InvoiceId),
}

/// How a passage ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ended {
    /// When (UTC).
    pub at: Timestamp,
    /// How.
    pub how: Ending,
    /// Why, in words an owner understands.
    pub why: String,
}

/// How a passage ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Its last step is done.
    Finished,
    /// What it was for has happened.
    Converted,
    /// The person answered.
    Answered,
    /// A person of the staff goes on.
    HandedOver,
    /// It had no more point, or was switched off.
    Stopped,
    /// The person wants to hear nothing more.
    OptedOut,
}

impl Ending {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Converted => "converted",
            Self::Answered => "answered",
            Self::HandedOver => "handed_over",
            Self::Stopped => "stopped",
            Self::OptedOut => "opted_out",
        }
    }
}

impl Run {
    /// Whether it goes on.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }
}

/// A schedule's message: a step of a passage is due. It says nothing of what is to be done: who gets it reads all anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchPoint {
    /// Whose.
    pub tenant: TenantId,
    /// Whom it is about.
    pub contact: crate::ContactId,
    /// Which passage.
    pub run: RunId,
    /// Which step.
    pub step: StepId,
    /// When it is due (UTC).
    pub due: Timestamp,
}
