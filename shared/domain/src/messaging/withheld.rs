//! Why a message that came in is kept without an automatic answer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why no one is written to because of a message that came through a public door.
///
/// The message is stored, its lead is made, and staff see both: only the sending, and the model that would write it, are
/// spared. Nothing typed into a page proves whose address it is, so what it can make us send is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// The number is of a country that the business does not text.
    Country,
    /// This address had its automatic answers for now.
    Recipient,
    /// The key had its automatic answers for now.
    Key,
    /// They called again shortly after they were texted back.
    CalledAgain,
    /// A reason that this version does not know.
    #[serde(other)]
    Other,
}

impl Withheld {
    /// Whether the customer waits for a person because of it. After a second call they have our text already, and a key
    /// that is flooded must not flood the staff.
    #[must_use]
    pub fn leaves_someone_waiting(self) -> bool {
        matches!(self, Self::Country | Self::Recipient | Self::Other)
    }
}
