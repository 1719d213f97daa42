//! How capable a model is, and so how dear.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of model, the cheapest first. Which models these are is a setting of the deployment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Sorts, scores and fills in forms.
    Simple,
    /// Converses.
    Standard,
    /// Writes what matters most.
    #[default]
    Premium,
}

impl Tier {
    /// The one above; of the highest, itself.
    #[must_use]
    pub fn above(self) -> Self {
        match self {
            Self::Simple => Self::Standard,
            Self::Standard | Self::Premium => Self::Premium,
        }
    }
}
