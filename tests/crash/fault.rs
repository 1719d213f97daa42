//! What can go wrong at one step, which is one call to AWS or to a vendor.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The function dies before the call is sent.
    CrashBefore,
    /// The call takes effect; the function dies before it hears of it.
    CrashAfter,
    /// The connection breaks before the call takes effect, and the function goes on with an error.
    ErrorBefore,
    /// The call takes effect, then the connection breaks, and the function goes on with an error.
    ErrorAfter,
    /// The service refuses for now: throttled, a conflicting transaction, unprocessed keys, a batch refused in part.
    Refused,
    /// The call takes effect, its answer is lost, and the SDK sends the same bytes again: the second answer counts.
    Repeated,
}

impl Fault {
    pub(crate) const ALL: [Self; 6] =
        [Self::CrashBefore, Self::CrashAfter, Self::ErrorBefore, Self::ErrorAfter, Self::Refused, Self::Repeated];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.to_string() == name)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CrashBefore => "crash-before",
            Self::CrashAfter => "crash-after",
            Self::ErrorBefore => "error-before",
            Self::ErrorAfter => "error-after",
            Self::Refused => "refused",
            Self::Repeated => "repeated",
        })
    }
}
