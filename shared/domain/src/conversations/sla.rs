//! How long a customer may wait, and for what.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a customer waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlaTimer {
    /// The first answer to what they wrote, by whomever.
    FirstResponse,
    /// A word of a person, once one was called for.
    StaffResponse,
    /// The end of what a person was called for.
    Resolution,
}
