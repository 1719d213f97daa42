//! The one error type of the house: it says what happens next, not where it came from.

use thiserror::Error;

/// Why a piece of work was not done, sorted by what must happen now.
///
/// The text is for the person who has to act on it. It never holds message bodies, phone numbers, addresses,
/// tokens or secrets, because it is logged and, for [`Failure::Rejected`], shown to the caller.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failure {
    /// The caller's fault. Answered with a 4xx that says what to change; never retried.
    #[error("{message}")]
    Rejected {
        /// Which 4xx this is.
        kind: Rejection,
        /// The field that is missing or malformed, where one is to blame, as a path such as `entry[0].changes`.
        field: Option<String>,
        /// What to change, in one sentence.
        message: String,
    },
    /// A dependency failed in passing: HTTP 503, or the queue delivers again.
    #[error("{0}")]
    Retryable(String),
    /// No retry can help: the record goes to the dead-letter queue for a person to look at.
    #[error("{0}")]
    Permanent(String),
}

/// The kinds of [`Failure::Rejected`], each one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// 400: a field is missing or malformed.
    Invalid,
    /// 401: the signature, key or token is wrong. Says nothing more.
    Unauthorized,
    /// 403: the credential is right, and does not cover this (for example a foreign origin).
    Forbidden,
    /// 404: no such thing, or it belongs to somebody else.
    NotFound,
    /// 405: no such method here.
    MethodNotAllowed,
    /// 409: it has changed meanwhile, or the step is not possible from this state.
    Conflict,
    /// 412: the version that `If-Match` names is not the one that is stored.
    PreconditionFailed,
    /// 413: the body is over the limit.
    TooLarge,
    /// 415: the content type is not one of those taken.
    UnsupportedMediaType,
    /// 422: the same `Idempotency-Key` came with another request.
    Unprocessable,
    /// 428: a change needs `If-Match`.
    PreconditionRequired,
    /// 429: too many requests.
    TooManyRequests,
}

impl Rejection {
    /// The HTTP status code of this rejection.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Invalid => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::PreconditionFailed => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Unprocessable => 422,
            Self::PreconditionRequired => 428,
            Self::TooManyRequests => 429,
        }
    }
}

impl Failure {
    /// A 400 that names the field at fault.
    #[must_use]
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Rejected { kind: Rejection::Invalid, field: Some(field.into()), message: message.into() }
    }

    /// The same failure seen from outside: the field at fault lies within `parent`, as in `locations[3].hours.monday`.
    #[must_use]
    pub fn within(self, parent: &str) -> Self {
        match self {
            Self::Rejected { kind, field: Some(field), message } => {
                Self::Rejected { kind, field: Some(format!("{parent}.{field}")), message }
            }
            other => other,
        }
    }

    /// Any other rejection; no field is to blame.
    #[must_use]
    pub fn rejected(kind: Rejection, message: impl Into<String>) -> Self {
        Self::Rejected { kind, field: None, message: message.into() }
    }

    /// A 401 with its one fixed text: a wrong signature learns nothing about why.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::rejected(Rejection::Unauthorized, "unauthorized")
    }

    /// A 404: `what` does not exist for this caller.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::rejected(Rejection::NotFound, format!("{what} not found"))
    }

    /// Whether trying the same work again later can succeed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Retryable(_))
    }
}
