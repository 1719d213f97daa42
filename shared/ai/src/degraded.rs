//! Why a model's answer could not be had, sorted by whether asking again can help.

use std::fmt;

use domain::journeys::Unfit;

/// Why a model's answer could not be had. Its text is for logs and for staff: a category, never a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degraded {
    /// The vendor could not be reached, or the connection broke.
    Unreachable,
    /// No answer within the time given.
    TimedOut,
    /// The vendor is overloaded, limits us or failed: 408, 409, 429 or 5xx (529 is `overloaded_error`).
    Busy(u16),
    /// The vendor will not take the request as it is: 400, 401, 403, 404, 413, or 429 with a bill to pay. Key, account or
    /// model name are wrong.
    Rejected(u16),
    /// The model declined to answer (`stop_reason` `refusal`); asking the same again is declined again.
    Refused,
    /// What came back is not of the agreed form; says what is wrong with it.
    Invalid(&'static str),
    /// No one was asked: the vendors failed too often just now.
    Paused,
    /// It wrote a text for an outreach message that may not go out, twice.
    Unfit(Unfit),
    /// Whoever waited for it has stopped it.
    Stopped,
}

impl Degraded {
    /// The model used up its tokens: it does again.
    pub(crate) const CUT_OFF: Self = Self::Invalid("it was cut off");

    /// Sorts the status of an answer that is not 200.
    pub(crate) fn from_status(status: u16) -> Self {
        match status {
            408 | 409 | 429 | 500..=599 => Self::Busy(status),
            _ => Self::Rejected(status),
        }
    }

    /// Whether the same request may succeed if it is made again.
    pub(crate) fn may_pass(self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Busy(_) | Self::Invalid(_) => true,
            Self::Rejected(_) | Self::Refused | Self::Unfit(_) | Self::Paused | Self::Stopped => false,
        }
    }
}

impl fmt::Display for Degraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("the model could not be reached"),
            Self::TimedOut => f.write_str("the model did not answer in time"),
            Self::Busy(status) => write!(f, "the model is busy (HTTP {status})"),
            Self::Rejected(status) => {
                write!(
                    f,
                    "the model's vendor rejected the request (HTTP {status}): check the key, the account and the model names"
                )
            }
            Self::Paused => f.write_str("models are not asked for a while: they failed too often"),
            Self::Refused => f.write_str("the model declined to answer"),
            Self::Invalid(what) => write!(f, "the model's answer was not valid: {what}"),
            Self::Stopped => f.write_str("the model was stopped"),
            Self::Unfit(why) => write!(f, "the model's text may not go out: {why}"),
        }
    }
}
