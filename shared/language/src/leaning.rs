//! Which language the words of a short message lean to, by the vocabularies: `Ölwechsel Montag 9 Uhr` is German although none of its
//! words is one of every sentence.

use crate::words::Words;
use crate::{intents, services, tone};

/// The languages, in the order of every vocabulary's files.
const CODES: [&str; 5] = ["en", "es", "fr", "de", "pt"];
/// Days and hours, folded, of each language. A word of several counts for none.
const WHEN: [&str; 5] = [
    "today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon evening week",
    "hoy manana lunes martes miercoles jueves viernes sabado domingo tarde semana",
    "aujourd demain lundi mardi mercredi jeudi vendredi samedi dimanche matin soir midi heures semaine",
    "heute montag dienstag mittwoch donnerstag freitag samstag sonntag uhr abend woche nachmittag nachte",
    "hoje amanha segunda terca quarta quinta sexta sabado domingo tarde manha semana",
];
/// Shorter words are of too many languages.
const MIN_CHARS: usize = 4;

/// The language that more words of `text` belong to alone than to any other alone. Words that `is_own` says to be the business's own
/// names of things tell nothing.
#[must_use]
pub fn leaning(text: &str, is_own: impl Fn(&str) -> bool) -> Option<&'static str> {
    let words = Words::new(text);
    let mut of = vec![[false; CODES.len()]; words.len()];
    let mut take =
        |at: usize, file: usize| of.get_mut(at).and_then(|of| of.get_mut(file)).into_iter().for_each(|of| *of = true);
    for hit in [tone::hits(&words), intents::hits(&words), services::hits(&words)].into_iter().flatten() {
        hit.words.clone().for_each(|at| take(at, hit.file));
    }
    for (at, word) in words.iter().enumerate() {
        (0..)
            .zip(WHEN)
            .filter(|(_, list)| list.split(' ').any(|when| when == word))
            .for_each(|(file, _)| take(at, file));
    }
    let mut counts = [0_usize; CODES.len()];
    for (_, of) in words.iter().zip(of).filter(|(word, _)| word.chars().count() >= MIN_CHARS && !is_own(word)) {
        if of.iter().filter(|is_of| **is_of).count() == 1 {
            counts.iter_mut().zip(of).for_each(|(count, is_of)| *count += usize::from(is_of));
        }
    }
    let most = counts.into_iter().max().filter(|most| *most > 0)?;
    let mut first = CODES.into_iter().zip(counts).filter(|(_, count)| *count == most);
    first.next().map(|(code, _)| code).filter(|_| first.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::leaning;

    #[test]
    fn short_messages_lean_by_their_trade_words_and_days() {
        for (text, code) in [
            ("Zahnreinigung Montag", "de"),
            ("Haarschnitt übermorgen 15 Uhr", "de"),
            ("odeur de gaz", "fr"),
            ("vidange jeudi 8h", "fr"),
            ("huele a gas", "es"),
            ("vazamento no teto", "pt"),
            ("quinta às 10", "pt"),
            ("haircut saturday", "en"),
        ] {
            assert_eq!(leaning(text, |_| false), Some(code), "{text}");
        }
        for text in ["", "Ana Gil 303 555 0119", "Miller", "balayage", "ok", "sábado"] {
            assert_eq!(leaning(text, |_| false), None, "{text}");
        }
        assert_eq!(leaning("vidange", |word| word == "vidange"), None, "the business's own word");
    }
}
