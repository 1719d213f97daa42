//! What is taken as an answer, and what is not.

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::tenancy::intake::Decimal;

fn question(kind: &Value) -> Question {
    serde_json::from_value(json!({ "id": "q", "text": "?", "kind": kind })).unwrap()
}

fn read(kind: &Value, text: &str, language: &str) -> Result<Answer, NotUnderstood> {
    // A Friday.
    question(kind).read(text, &Language::new(language).unwrap(), date(2026, 11, 20))
}

fn roof() -> Value {
    json!({ "type": "choice", "options": [
        { "value": "shingle", "label": "Asphalt shingles", "keywords": ["asphalt", "tejas asfálticas"] },
        { "value": "metal", "label": "Metal" },
        { "value": "metal-tile", "label": "Metal tile" },
        { "value": "other", "label": "Something else", "keywords": ["other"] }
    ] })
}

#[test]
fn an_option_is_named_by_value_label_keyword_or_place() {
    for (text, value) in [
        ("shingle", "shingle"),
        ("Asphalt shingles!", "shingle"),
        ("I think they are shingles", "shingle"),
        ("son tejas asfalticas", "shingle"),
        ("2", "metal"),
        ("#3", "metal-tile"),
        ("it's a METAL TILE roof", "metal-tile"),
        ("not metal, asphalt", "shingle"),
        ("4.", "other"),
    ] {
        assert_eq!(read(&roof(), text, "en"), Ok(Answer::Choice(value.to_owned())), "{text}");
    }
    for text in ["", "0", "5", "no idea", "metal or asphalt", "99999999999999999999999", "not metal"] {
        assert_eq!(read(&roof(), text, "en"), Err(NotUnderstood::Unclear), "{text}");
    }
}

#[test]
fn yes_and_no_are_read_in_five_languages() {
    let kind = json!({ "type": "yes_no" });
    for (text, language, expected) in [
        ("Yes", "en", true),
        ("no, not yet", "en", false),
        ("I don't", "en", false),
        ("that works", "en", true),
        ("Sí, claro", "es", true),
        ("todavía no", "es", false),
        ("oui", "fr", true),
        ("pas encore", "fr", false),
        ("Ja, genau", "de", true),
        ("noch nicht", "de", false),
        ("sim", "pt", true),
        ("já não", "pt", false),
        ("yes", "es", true),
        ("👍🏽", "en", true),
        ("ja", "nl", true),
    ] {
        assert_eq!(read(&kind, text, language), Ok(Answer::YesNo(expected)), "{text}");
    }
    for (text, language) in [("", "en"), ("not sure", "en"), ("no sé", "es"), ("1998", "en"), ("perhaps", "en")] {
        assert_eq!(read(&kind, text, language), Err(NotUnderstood::Unclear), "{text}");
    }
}

#[test]
fn days_are_read_as_they_are_written() {
    let kind = json!({ "type": "date" });
    for (text, language, expected) in [
        ("2026-12-01", "en", date(2026, 12, 1)),
        ("on 12/1 please", "en", date(2026, 12, 1)),
        ("1/12", "es", date(2026, 12, 1)),
        ("13/12", "en", date(2026, 12, 13)),
        ("12/1/27", "en", date(2027, 12, 1)),
        ("am 1.12.", "de", date(2026, 12, 1)),
        ("01.12.2027", "de", date(2027, 12, 1)),
        ("3/4", "en", date(2027, 3, 4)),
        ("11/20", "en", date(2026, 11, 20)),
        ("February 29", "en", date(2028, 2, 29)),
        ("December 1st", "en", date(2026, 12, 1)),
        ("December the 1st, 2027", "en", date(2027, 12, 1)),
        ("the 1st of December, 2027", "en", date(2027, 12, 1)),
        ("el 1 de diciembre", "es", date(2026, 12, 1)),
        ("1 de diciembre de 2027", "es", date(2027, 12, 1)),
        ("le 1er décembre", "fr", date(2026, 12, 1)),
        ("1. Dezember", "de", date(2026, 12, 1)),
        ("1 de março", "pt", date(2027, 3, 1)),
        ("today", "en", date(2026, 11, 20)),
        ("mañana", "es", date(2026, 11, 21)),
        ("next Monday", "en", date(2026, 11, 23)),
        ("Friday", "en", date(2026, 11, 27)),
    ] {
        assert_eq!(read(&kind, text, language), Ok(Answer::Date(expected)), "{text}");
    }
    for text in ["", "soon", "13/13", "2026-02-30", "12/1 or 12/2", "10.30", "it may rain", "99/99/9999", "last Monday"]
    {
        assert_eq!(read(&kind, text, "en"), Err(NotUnderstood::Unclear), "{text}");
    }
}

#[test]
fn numbers_are_read_with_their_separators() {
    let kind = json!({ "type": "number" });
    for (text, language, expected) in [
        ("20", "en", "20"),
        ("about 20 years", "en", "20"),
        ("1,500", "en", "1500"),
        ("1.500", "de", "1500"),
        ("1 500 m²", "fr", "1500"),
        ("1 500 000", "fr", "1500000"),
        ("1,234,567.5", "en", "1234567.5"),
        ("1.234.567,5", "es", "1234567.5"),
        ("12,5", "pt", "12.5"),
        ("0.125", "en", "0.125"),
        ("$2.5k", "en", "2500"),
        ("50m2", "en", "50"),
        ("-5", "en", "-5"),
        ("1'500", "de", "1500"),
    ] {
        assert_eq!(read(&kind, text, language), Ok(Answer::Number(Decimal::parse(expected).unwrap())), "{text}");
    }
    for text in ["", "a lot", "10-15", "10 to 15", "1,2,3", "12,34,567", "1 500", "9999999999999", "10/15", "1.23456"] {
        assert_eq!(read(&kind, text, "en"), Err(NotUnderstood::Unclear), "{text}");
    }
    let bounded = json!({ "type": "number", "min": 1, "max": 100 });
    assert_eq!(read(&bounded, "101", "en"), Err(NotUnderstood::OutOfRange));
    assert_eq!(read(&bounded, "0.5", "en"), Err(NotUnderstood::OutOfRange));
}

#[test]
fn a_text_is_kept_tidy_and_a_photo_never_read_from_words() {
    let text = json!({ "type": "text" });
    assert_eq!(read(&text, "  the\nback\u{202e} door ", "en"), Ok(Answer::Text("the back door".to_owned())));
    assert_eq!(read(&text, "👍", "en"), Err(NotUnderstood::Unclear));
    let Ok(Answer::Text(kept)) = read(&text, &"long ".repeat(9_000), "en") else { panic!() };
    assert!(kept.chars().count() <= MAX_TEXT_CHARS);
    assert_eq!(read(&json!({ "type": "photo" }), "here", "en"), Err(NotUnderstood::NeedsPhoto));
}

proptest! {
    #[test]
    fn any_text_is_taken(text in "\\PC*", figures in "[0-9.,/' -]{0,12}", language in "(en|es|fr|de|pt|ja)") {
        for kind in [roof(), json!({ "type": "text" }), json!({ "type": "yes_no" }), json!({ "type": "date" }),
            json!({ "type": "number" }), json!({ "type": "photo" })]
        {
            let _ = read(&kind, &text, &language);
            let _ = read(&kind, &figures, &language);
        }
    }

    #[test]
    fn a_whole_number_is_read_back_however_it_is_grouped(number in 0_i64..1_000_000_000) {
        let kind = json!({ "type": "number" });
        let digits = number.to_string();
        let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap()).collect();
        for mark in ["", ",", ".", "'", " "] {
            let read = read(&kind, &groups.join(mark), "de");
            prop_assert_eq!(read, Ok(Answer::Number(Decimal::parse(&digits).unwrap())));
        }
    }
}
