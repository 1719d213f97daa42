//! Ranges of time in a query string.

use domain::Failure;
use jiff::{SignedDuration, Timestamp};

/// How long a range is where its end is not said.
const A_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// From when until when: now, and a week later, where it is not said; at most `most_days`.
///
/// # Errors
/// 400 naming `from` or `to`.
pub(crate) fn range(
    from: Option<&str>,
    to: Option<&str>,
    most_days: i64,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), Failure> {
    let from = from.map(|from| moment("from", from)).transpose()?.unwrap_or(now);
    let to = match to {
        Some(to) => moment("to", to)?,
        None => from.checked_add(A_WEEK).map_err(|_| Failure::invalid("from", "from is at the end of the calendar"))?,
    };
    let length = to.duration_since(from);
    if length <= SignedDuration::ZERO || length > SignedDuration::from_hours(24 * most_days) {
        return Err(Failure::invalid("to", format!("to must be after from, by at most {most_days} days")));
    }
    Ok((from, to))
}

fn moment(field: &str, text: &str) -> Result<Timestamp, Failure> {
    let wrong = |_| Failure::invalid(field, format!("{field} must be a moment such as 2026-12-01T15:00:00Z"));
    text.parse().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_week_from_now_unless_it_is_said_and_is_bounded() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        assert_eq!(range(None, None, 31, now), Ok((now, later)));
        assert_eq!(range(Some("2026-11-20T05:00:00-07:00"), None, 31, now), Ok((now, later)));
        for (from, to, field) in [
            (Some("tomorrow"), None, "from"),
            (None, Some("2026-11-20"), "to"),
            (None, Some("2026-11-20T12:00:00Z"), "to"),
            (None, Some("2026-12-21T12:00:01Z"), "to"),
            (Some("9999-12-30T00:00:00Z"), None, "from"),
        ] {
            let refused = range(from, to, 31, now).unwrap_err();
            assert!(
                matches!(refused, Failure::Rejected { field: Some(named), .. } if named == field),
                "{from:?} {to:?}"
            );
        }
    }
}
