//! One reading answers what separate readings would.

use super::{shown, today};
use crate::Language::{De, En, Es};
use crate::{Reading, read, read_best};

#[test]
fn of_one_language_it_says_what_reading_says() {
    for text in ["Thursday at 3 or Friday at 5", "tomorrow a las 3", "on Thursday? 3 pm would be great", "good morning"]
    {
        let reading = Reading::of(text, &[En, En], &today(En));
        assert_eq!(reading.wishes(), read(text, En, &today(En)), "{text}");
        assert_eq!(reading.best(), read_best(text, En, &today(En)).as_ref(), "{text}");
    }
}

#[test]
fn the_language_that_says_more_counts_and_of_equals_the_first() {
    for (text, languages, expected) in [
        ("el jueves a las tres de la tarde", [En, Es], "11-26 15:00"),
        ("Thursday at 3 pm", [Es, En], "11-26 15:00"),
        ("nächsten Freitag", [En, De], "11-27"),
        ("next Friday", [De, En], "12-04"),
    ] {
        let reading = Reading::of(text, &languages, &today(En));
        assert_eq!(reading.best().map(shown).unwrap_or_default(), expected, "{text}");
    }
}

#[test]
fn a_day_is_that_of_the_first_language_that_names_one() {
    let date = |text: &str| Reading::of(text, &[Es, En], &today(Es)).date().map(|date| date.to_string());
    assert_eq!(date("3/12"), Some("2026-12-03".to_owned()));
    assert_eq!(date("the day after Christmas"), Some("2026-12-26".to_owned()));
    assert_eq!(date("lunes o martes"), None);
    assert_eq!(Reading::default().date(), None);
    assert!(Reading::default().wishes().is_empty());
}
