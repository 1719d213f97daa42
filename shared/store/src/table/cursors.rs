//! Cursors: where the next page of a list begins, bound to the list and the filters of the page that gave them.
//!
//! A cursor is no secret and no permission: it is a place in a partition that its reader may read anyway. What does not fit
//! its list, its tenant or its filters, and what the table itself refuses as a place, is a 400.

use auth::secrets::sha256_hex;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Failure;

use crate::table::error::failure;

/// How much of the hash of list and filters a cursor carries, in characters.
const BOUND_CHARS: usize = 16;
/// The longest key of a table, in bytes: a partition's.
const MAX_KEY_BYTES: usize = 2048;

/// What a cursor is good for: a partition, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope(String);

impl Scope {
    /// Pages of `partition` under these filters.
    pub(crate) fn new(partition: &str, filters: &[(&str, &str)]) -> Self {
        let filters = filters.iter().map(|(name, value)| format!("|{}:{name}={value}", value.len()));
        let whole = format!("{partition}{}", filters.collect::<String>());
        Self(sha256_hex(&whole).chars().take(BOUND_CHARS).collect())
    }

    /// The cursor for a place.
    pub(crate) fn cursor(&self, place: &[&str]) -> String {
        let mut parts = vec![self.0.as_str()];
        parts.extend(place);
        URL_SAFE_NO_PAD.encode(parts.join("\n"))
    }

    /// The place that a cursor of this scope names, in `N` parts.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor`.
    pub(crate) fn place<const N: usize>(&self, cursor: &str) -> Result<[String; N], Failure> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
        let text = String::from_utf8(bytes).map_err(|_| refused())?;
        let (bound, place) = text.split_once('\n').ok_or_else(refused)?;
        let parts: Vec<String> = place.split('\n').map(ToOwned::to_owned).collect();
        let sane = |part: &String| (1..=MAX_KEY_BYTES).contains(&part.len());
        if bound != self.0 || !parts.iter().all(sane) {
            return Err(refused());
        }
        parts.try_into().map_err(|_| refused())
    }
}

/// 400: what came is no cursor of this list.
pub(crate) fn refused() -> Failure {
    Failure::invalid("cursor", "cursor must be the one that the previous page returned, with the same filters")
}

/// What became of a read that began where a caller's cursor says: a place that the table refuses is the caller's fault.
pub(crate) fn read_failure<E, R>(what: &str, error: &SdkError<E, R>, from_cursor: bool) -> Failure
where
    E: ProvideErrorMetadata,
{
    let invalid = error.as_service_error().and_then(ProvideErrorMetadata::code) == Some("ValidationException");
    if from_cursor && invalid { refused() } else { failure(what, error) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::operation::query::QueryError;
    use aws_sdk_dynamodb::types::error::InternalServerError;

    fn is_refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> bool {
        matches!(result, Err(Failure::Rejected { field: Some(field), .. }) if field == "cursor")
    }

    #[test]
    fn a_cursor_leads_back_to_its_place_under_its_own_filters_alone() {
        let scope = Scope::new("T#acme#LEADS", &[("status", "new")]);
        let cursor = scope.cursor(&["a", "b"]);
        assert_eq!(scope.place::<2>(&cursor).unwrap(), ["a", "b"]);
        for other in [
            Scope::new("T#acme#LEADS", &[]),
            Scope::new("T#acme#LEADS", &[("status", "closed_won")]),
            Scope::new("T#acme#LEADS", &[("score", "new")]),
            Scope::new("T#bolt#LEADS", &[("status", "new")]),
            Scope::new("T#acme#THREADS", &[("status", "new")]),
        ] {
            assert!(is_refused(other.place::<2>(&cursor)), "{other:?}");
        }
        assert!(is_refused(scope.place::<3>(&cursor)));
        // No value can pretend to be another filter.
        assert_ne!(Scope::new("L", &[("a", "1|1:b=2")]), Scope::new("L", &[("a", "1"), ("b", "2")]));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let scope = Scope::new("L", &[]);
        let long = "x".repeat(MAX_KEY_BYTES + 1);
        let forged = [
            "not base64!".to_owned(),
            String::new(),
            URL_SAFE_NO_PAD.encode([0xff, 0xfe]),
            URL_SAFE_NO_PAD.encode("M#000000000000001#x"),
            URL_SAFE_NO_PAD.encode(format!("{}0\nx", scope.0)),
            scope.cursor(&[""]),
            scope.cursor(&[&long]),
        ];
        for cursor in forged {
            assert!(is_refused(scope.place::<1>(&cursor)), "{cursor}");
        }
    }

    #[test]
    fn a_place_that_the_table_refuses_is_the_callers_fault_only_where_they_named_it() {
        let invalid = || {
            let meta = aws_sdk_dynamodb::error::ErrorMetadata::builder().code("ValidationException").build();
            SdkError::service_error(QueryError::generic(meta), ())
        };
        assert!(is_refused::<()>(Err(read_failure("list", &invalid(), true))));
        assert!(matches!(read_failure("list", &invalid(), false), Failure::Permanent(_)));
        let busy = InternalServerError::builder()
            .meta(aws_sdk_dynamodb::error::ErrorMetadata::builder().code("InternalServerError").build())
            .build();
        let busy = SdkError::service_error(QueryError::InternalServerError(busy), ());
        assert!(matches!(read_failure("list", &busy, true), Failure::Retryable(_)));
    }
}
