//! SDK errors as failures: what happens next.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use domain::Failure;

/// Codes that no retry can help: the request itself is wrong.
const PERMANENT: [&str; 5] = [
    "ValidationException",
    "AccessDeniedException",
    "ResourceNotFoundException",
    "InvalidCiphertextException",
    "ItemCollectionSizeLimitExceededException",
];

/// Sorts an SDK error. `what` says what was tried; the text holds codes, never data.
pub(crate) fn failure<E, R>(what: &str, error: &SdkError<E, R>) -> Failure
where
    E: ProvideErrorMetadata,
{
    match error {
        SdkError::ServiceError(service) => {
            let code = service.err().code().unwrap_or("service error");
            if PERMANENT.contains(&code) {
                Failure::Permanent(format!("{what}: {code}"))
            } else {
                Failure::Retryable(format!("{what}: {code}"))
            }
        }
        SdkError::TimeoutError(_) => Failure::Retryable(format!("{what}: timed out")),
        SdkError::DispatchFailure(_) => Failure::Retryable(format!("{what}: no connection")),
        SdkError::ResponseError(_) => Failure::Retryable(format!("{what}: unreadable answer")),
        _ => Failure::Permanent(format!("{what}: request could not be made")),
    }
}
