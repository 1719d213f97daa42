//! What a vendor's error code means for us. Each vendor keeps its own table beside its parser.

use domain::messaging::delivery::Blocked;

/// What to do about an error code, whether it came with the answer to a send or in a status callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeClass {
    /// The vendor did not take it this time; the same message may pass later.
    Retry,
    /// The same message will never pass. Codes that a table does not list are of this class: a retry that nobody
    /// understands is a risk of sending twice, a failure that somebody sees is not.
    Permanent,
    /// The number refuses our messages or cannot get any: write to it no more.
    Blocked(Blocked),
}

impl CodeClass {
    /// What the code says about the number, where it says more than that this message failed.
    #[must_use]
    pub fn blocked(self) -> Option<Blocked> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Retry | Self::Permanent => None,
        }
    }
}
