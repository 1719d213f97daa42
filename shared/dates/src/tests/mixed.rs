//! Two languages in one text, and numbers that answer a question.

use super::{NOW, check, shown};
use crate::Language::{self, De, En, Es, Fr, Pt};
use crate::{LastQuestion, Today, read_best};

#[test]
fn words_of_another_language_complete_a_wish() {
    check(
        En,
        &[
            ("tomorrow a las 3", "11-26 3:00?"),
            ("el jueves at 3pm", "11-26 15:00"),
            ("mañana por la tarde", "11-26 afternoon"),
        ],
    );
    check(En, &[("so 2:15 then", "2:15?"), ("this one is for John", "nothing"), ("the five of us", "nothing")]);
    check(Es, &[("next Friday at 10", "12-04 10:00?"), ("jueves 3pm", "11-26 15:00")]);
    check(De, &[("Thursday at 3 pm", "11-26 15:00")]);
    check(Fr, &[("demain 3 pm", "11-26 15:00")]);
    check(Pt, &[("tomorrow morning", "11-26 morning")]);
}

#[test]
fn a_number_alone_answers_when() {
    let read = |text: &str, language: Language, asked| {
        let today = Today { now: NOW, month_first: true, asked };
        read_best(text, language, &today).map_or_else(|| "nothing".to_owned(), |wish| shown(&wish))
    };
    assert_eq!(read("10", En, LastQuestion::When), "10:00?");
    assert_eq!(read("10 please", En, LastQuestion::When), "10:00?");
    assert_eq!(read("the 10th", En, LastQuestion::When), "12-10");
    assert_eq!(read("10", En, LastQuestion::Nothing), "nothing");
    assert_eq!(read("Morgen!", De, LastQuestion::When), "11-26");
    assert_eq!(read("I have 10 windows", En, LastQuestion::When), "nothing");
    assert_eq!(read("May", En, LastQuestion::Nothing), "2027-05-01..2027-05-31");
}

#[test]
fn languages_have_their_codes() {
    assert_eq!(Language::from_code("pt-BR"), Some(Pt));
    assert_eq!(Language::from_code("DE"), Some(De));
    assert_eq!(Language::from_code("nl"), None);
    assert_eq!(Language::from_code(""), None);
}

#[test]
fn a_part_of_a_phrase_is_no_word_of_another_language() {
    let today = Today { now: NOW, month_first: false, asked: LastQuestion::When };
    for (text, language) in [
        ("¿puede ser un poco más tarde?", Es),
        ("un poco más tarde", Es),
        ("pode ser um pouco mais tarde?", Pt),
        ("un peu plus tard c'est possible ?", Fr),
    ] {
        let wish = read_best(text, language, &today).unwrap();
        assert_eq!((wish.day, wish.time, wish.change), (None, None, Some(crate::Change::Later)), "{text}");
    }
}
