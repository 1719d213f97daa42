//! The one error type: it says what happens next, not where it came from.

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

/// The kinds of [`Failure::Rejected`]: each has one HTTP status and one code, by which programs tell it from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// 400: a field is missing or malformed.
    Invalid,
    /// 400: the address does not take this query parameter.
    UnknownParameter,
    /// 401: the signature, key or token is wrong. Says nothing more.
    Unauthorized,
    /// 401: the password is right, and a code of the second factor is needed too.
    SecondFactorNeeded,
    /// 403: the credential is right, and does not cover this.
    Forbidden,
    /// 403: the role or key lacks the permission.
    PermissionMissing,
    /// 403: a second factor must be set up before anything else.
    SecondFactorSetupNeeded,
    /// 403: a key for tests changes only what is for tests.
    TestKey,
    /// 403: the tenant is closed.
    TenantClosed,
    /// 403: the site that a browser calls from is not allowed.
    OriginNotAllowed,
    /// 403: a change by cookie came without its CSRF token.
    CsrfTokenMissing,
    /// 404: no such thing, or it belongs to someone else.
    NotFound,
    /// 405: no such method here.
    MethodNotAllowed,
    /// 409: it has changed meanwhile, or the step is not possible from this state.
    Conflict,
    /// 409: the gate would not let the message out.
    MessageRefused,
    /// 409: the same `Idempotency-Key` is being worked on.
    RequestInProgress,
    /// 409: the same `Idempotency-Key` was done, and its answer held a secret that is not shown again.
    SecretShownBefore,
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
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::Invalid,
        Self::UnknownParameter,
        Self::Unauthorized,
        Self::SecondFactorNeeded,
        Self::Forbidden,
        Self::PermissionMissing,
        Self::SecondFactorSetupNeeded,
        Self::TestKey,
        Self::TenantClosed,
        Self::OriginNotAllowed,
        Self::CsrfTokenMissing,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::MessageRefused,
        Self::RequestInProgress,
        Self::SecretShownBefore,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Unprocessable,
        Self::PreconditionRequired,
        Self::TooManyRequests,
    ];

    /// The HTTP status code of this rejection.
    #[must_use]
    pub fn status(self) -> u16 {
        self.status_and_code().0
    }

    /// What programs know this rejection by. Callers rely on it: a code is never renamed.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.status_and_code().1
    }

    /// The rejection that programs know by this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    fn status_and_code(self) -> (u16, &'static str) {
        match self {
            Self::Invalid => (400, "invalid"),
            Self::UnknownParameter => (400, "unknown_parameter"),
            Self::Unauthorized => (401, "unauthorized"),
            Self::SecondFactorNeeded => (401, "second_factor_needed"),
            Self::Forbidden => (403, "forbidden"),
            Self::PermissionMissing => (403, "permission_missing"),
            Self::SecondFactorSetupNeeded => (403, "second_factor_setup_needed"),
            Self::TestKey => (403, "test_key"),
            Self::TenantClosed => (403, "tenant_closed"),
            Self::OriginNotAllowed => (403, "origin_not_allowed"),
            Self::CsrfTokenMissing => (403, "csrf_token_missing"),
            Self::NotFound => (404, "not_found"),
            Self::MethodNotAllowed => (405, "method_not_allowed"),
            Self::Conflict => (409, "conflict"),
            Self::MessageRefused => (409, "message_refused"),
            Self::RequestInProgress => (409, "request_in_progress"),
            Self::SecretShownBefore => (409, "secret_shown_before"),
            Self::PreconditionFailed => (412, "version_outdated"),
            Self::TooLarge => (413, "body_too_large"),
            Self::UnsupportedMediaType => (415, "not_json"),
            Self::Unprocessable => (422, "idempotency_key_reused"),
            Self::PreconditionRequired => (428, "version_missing"),
            Self::TooManyRequests => (429, "too_many_requests"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_rejections_share_a_code() {
        let codes: BTreeSet<&str> = Rejection::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), Rejection::ALL.len());
        let is_word = |code: &&str| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(codes.iter().all(is_word), "{codes:?}");
    }
}
