//! How people speak of an appointment that there is, and of another time for it.

use crate::lexicon::{Hit, Lexicon, without_exceptions};
use crate::words::Words;
use std::sync::LazyLock;

pub(crate) const FILES: [&str; 5] = [
    include_str!("en.txt"),
    include_str!("es.txt"),
    include_str!("fr.txt"),
    include_str!("de.txt"),
    include_str!("pt.txt"),
];
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&FILES));

/// What some words say of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfAppointment {
    /// When the one is that there is: "mine is on Friday". Stands at the beginning of a clause.
    Existing,
    /// It is named: "appointment", "booking".
    Named,
    /// What stands behind is the new time: "to Friday".
    To,
    /// The time beside it is the new one: "instead".
    Instead,
    /// What could have been, and is not wished for: "I would have done Thursday, but".
    Unreal,
    /// It is to be at another time, which may not be said: "a bit later".
    Shift,
    /// The writer comes later than agreed: "I am stuck in traffic".
    Late,
    /// The hour stays as it is: "Monday instead, same time".
    SameTime,
}

impl OfAppointment {
    fn key(self) -> &'static str {
        match self {
            Self::Existing => "existing",
            Self::Named => "appointment",
            Self::To => "to",
            Self::Instead => "instead",
            Self::Unreal => "unreal",
            Self::Shift => "shift",
            Self::Late => "late",
            Self::SameTime => "same",
        }
    }

    /// Whether `text` says so.
    #[must_use]
    pub fn is_in(self, text: &str) -> bool {
        self.in_words(&Words::new(text)).next().is_some()
    }

    /// Whether `text` begins so.
    #[must_use]
    pub fn begins(self, text: &str) -> bool {
        self.in_words(&Words::new(text)).any(|hit| hit.words.start == 0)
    }

    fn in_words(self, words: &Words) -> impl Iterator<Item = Hit> {
        let hits = LEXICON.hits(words, &[]);
        let said: Vec<Hit> = without_exceptions(&hits).into_iter().cloned().collect();
        said.into_iter().filter(move |hit| LEXICON.keys().get(hit.entry) == Some(&self.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::OfAppointment::*;
    use super::*;

    const ALL: [OfAppointment; 8] = [Existing, Named, To, Instead, Unreal, Shift, Late, SameTime];

    #[test]
    fn every_language_has_words_for_each() {
        for file in FILES {
            let keys: Vec<&str> = file.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
            for one in ALL {
                assert!(keys.contains(&one.key()), "{one:?}: {}", file.lines().next().unwrap_or_default());
            }
        }
    }

    #[test]
    fn another_time_and_the_one_that_there_is_are_told_in_five_languages() {
        for text in ["a bit later?", "un poco más tarde", "un peu plus tôt", "etwas früher", "um pouco mais cedo"] {
            assert!(Shift.is_in(text) && !Existing.is_in(text), "{text}");
        }
        for text in ["mine is on Friday", "tengo cita el jueves", "c'est lundi", "ich habe Montag", "tenho às 9"] {
            assert!(Existing.begins(text) && !Shift.is_in(text), "{text}");
        }
        assert!(!Existing.is_in("when is it"));
    }

    #[test]
    fn who_comes_later_than_agreed_says_so_in_five_languages() {
        for text in [
            "running late, 10 minutes",
            "llego un poco tarde",
            "j'aurai 15 min de retard",
            "die Bahn hat Verspätung",
            "estou preso no trânsito",
        ] {
            assert!(Late.is_in(text), "{text}");
        }
        for text in [
            "is 6 pm too late?",
            "¿es muy tarde?",
            "et si je suis en retard ?",
            "wenn ich zu spät komme",
            "se eu chegar atrasado",
        ] {
            assert!(!Late.is_in(text), "{text}");
        }
    }
}
