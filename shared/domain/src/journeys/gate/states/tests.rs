//! What the states' table says.

use super::*;
use jiff::civil::date;

#[test]
fn states_are_sorted_and_none_allows_more_than_the_federation() {
    assert!(STATES.is_sorted_by(|a, b| a.code < b.code), "sorted, each once");
    for state in &STATES {
        for (open, close) in [Some(state.weekday), Some(state.saturday), state.sunday].into_iter().flatten() {
            assert!(8 <= open && open < close && close <= 21, "{}", state.code);
        }
    }
}

#[test]
fn hours_differ_by_state_and_day() {
    let (thursday, saturday, sunday, thanksgiving) =
        (date(2026, 11, 19), date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 26));
    for (state, day, hour, allowed) in [
        ("CO", sunday, 20, true),
        ("FL", thursday, 19, true),
        ("FL", thursday, 20, false),
        ("FL", sunday, 12, true),
        ("OK", thursday, 20, false),
        ("WA", thursday, 20, false),
        ("MD", thursday, 20, false),
        ("MA", thursday, 20, false),
        ("CT", thursday, 8, false),
        ("CT", thursday, 9, true),
        ("KY", thursday, 9, false),
        ("NM", thursday, 8, false),
        ("TX", thursday, 8, false),
        ("TX", saturday, 9, true),
        ("TX", sunday, 11, false),
        ("TX", sunday, 12, true),
        ("AL", sunday, 12, false),
        ("LA", sunday, 12, false),
        ("MS", sunday, 12, false),
        ("UT", sunday, 12, false),
        ("AL", thanksgiving, 12, false),
        ("TX", thanksgiving, 12, true),
        ("RI", thursday, 18, false),
        ("RI", saturday, 16, true),
        ("RI", saturday, 17, false),
    ] {
        assert_eq!(allows(state, day, time(hour, 0, 0, 0)), allowed, "{state} {day} {hour}:00");
    }
}
