//! What a message carries that nobody waits for.

use crate::tenancy::Template;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AppointmentId, CampaignId, RunId, SequenceId, StepId, VariantId};
use crate::messaging::Kind;

/// What makes a message outreach: the business begins it, nobody waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outreach {
    /// What it is.
    pub kind: Kind,
    /// When it was due (UTC).
    pub due: Timestamp,
    /// After this moment it says nothing worth saying, and is dropped (UTC).
    pub expires_at: Timestamp,
    /// The step that it came from, where it came from a sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepRef>,
    /// The campaign that it invites for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// The appointment that it is about: by e-mail, its calendar file goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// The subject line, by e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The approved template that says the same, by WhatsApp outside its window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
}

/// A step of an enrollment in a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StepRef {
    /// The sequence.
    pub sequence: SequenceId,
    /// The enrollment.
    pub run: RunId,
    /// The step.
    pub step: StepId,
    /// Which of its texts, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantId>,
}
