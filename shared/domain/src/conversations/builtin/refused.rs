//! Which of the free times that were offered a message says no to: "anything but 12", "not the first one".

use dates::{Time, Wish};
use jiff::civil::DateTime;
use language::OfAppointment;

use super::picks::{self, is_meant};
use crate::tenancy::Language;
use ::language::Words;

/// What a message says to offered times, of which it refuses some.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Which of those offered do not suit, by their places.
    pub(crate) refused: Vec<usize>,
    /// The one that is taken instead.
    pub(crate) taken: Option<usize>,
}

/// What `text` refuses of the times `offered`, in the place's own zone; `None`: none of them. `read` says what some words say of
/// when, as an answer to that question.
pub(crate) fn refusal(
    text: &str,
    spoken: &Language,
    read: impl Fn(&str) -> Option<Wish>,
    offered: &[DateTime],
) -> Option<Refusal> {
    let plain = without_exceptions(text);
    // "Not before 5" says from when.
    let is_bound = |part: &str| read(part).is_some_and(|wish| !matches!(wish.time, None | Some(Time::At(_))));
    let refuses = |part: &&str| OfAppointment::Refuses.is_in(part) && !is_bound(part);
    let (refusing, others): (Vec<&str>, Vec<&str>) = clauses(&plain).partition(refuses);
    let is_named = |place: usize, clause: &str| {
        let at = offered.get(place);
        let has_hour = |wish: &Wish| wish.time.is_some() && at.is_some_and(|at| is_meant(wish, *at));
        let by_hour = || clause.split_whitespace().filter_map(&read).any(|wish| has_hour(&wish));
        picks::ordinal(&Words::new(clause), spoken, offered.len()) == Some(place) || by_hour()
    };
    let refused: Vec<usize> =
        (0..offered.len()).filter(|place| refusing.iter().any(|clause| is_named(*place, clause))).collect();
    // "Not 12", of which none was offered, takes none of them either.
    let has_hour = |word: &str| read(word).is_some_and(|wish| wish.time.is_some());
    if refused.is_empty() && !refusing.iter().any(|clause| clause.split_whitespace().any(has_hour)) {
        return None;
    }
    let rest = others.join(", ");
    let taken = picks::pick(&rest, spoken, read(&rest).as_ref(), offered).filter(|taken| !refused.contains(taken));
    Some(Refusal { refused, taken })
}

/// `text` in small letters, with "anything except 12" for "anything but 12".
fn without_exceptions(text: &str) -> String {
    const ALL: [&str; 7] = ["anything", "any", "any time", "anytime", "everything", "all", "whatever"];
    let plain = text.to_lowercase();
    ALL.iter().fold(plain, |plain, all| plain.replace(&format!("{all} but "), &format!("{all} except ")))
}

/// The parts of `text` that stand for themselves.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    const TURNS: [&str; 6] = [" but ", " pero ", " mais ", " aber ", " sondern ", " mas "];
    let parts = text.split([',', ';', '?', '!', '\n']).flat_map(|part| part.split(". "));
    parts.flat_map(|part| {
        let turn = TURNS.iter().find_map(|turn| part.split_once(turn));
        let (first, second) = turn.map_or((part, None), |(before, behind)| (before, Some(behind)));
        std::iter::once(first).chain(second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dates::{LastQuestion, Today};
    use jiff::civil::date;

    /// What is refused and what is taken of noon, 14:30 and 17:00, offered for Friday on the Wednesday before.
    fn said(text: &str, code: &str) -> Option<(Vec<usize>, Option<usize>)> {
        let day = date(2026, 12, 4);
        let offered = [day.at(12, 0, 0, 0), day.at(14, 30, 0, 0), day.at(17, 0, 0, 0)];
        let today = Today { now: date(2026, 12, 2).at(10, 0, 0, 0), month_first: true, asked: LastQuestion::When };
        let read = |part: &str| dates::read_best(part, dates::Language::from_code(code).unwrap(), &today);
        let refusal = refusal(text, &Language::new(code).unwrap(), read, &offered)?;
        Some((refusal.refused, refusal.taken))
    }

    #[test]
    fn what_is_refused_is_not_taken() {
        for (text, code, refused, taken) in [
            ("anything but 12", "en", 0, None),
            ("not noon", "en", 0, None),
            ("5 doesn't work for me", "en", 2, None),
            ("12 is too early", "en", 0, None),
            ("not the first one", "en", 0, None),
            ("not 12, 2:30", "en", 0, Some(1)),
            ("12 won't work but 5 is good", "en", 0, Some(2)),
            ("cualquiera menos a las 12", "es", 0, None),
            ("la de las 12 no", "es", 0, None),
            ("pas midi", "fr", 0, None),
            ("tout sauf 17h", "fr", 2, None),
            ("um 12 geht nicht, 14:30 passt", "de", 0, Some(1)),
            ("17 Uhr ist zu spät", "de", 2, None),
            ("qualquer um menos às 12", "pt", 0, None),
            ("às 17 não posso", "pt", 2, None),
        ] {
            assert_eq!(said(text, code), Some((vec![refused], taken)), "{text}");
        }
        for (text, code) in [
            ("12 please", "en"),
            ("why not 12?", "en"),
            ("no, 12", "en"),
            ("not sure yet", "en"),
            ("the first one", "en"),
            ("pourquoi pas 17h", "fr"),
            ("warum nicht 12", "de"),
            ("no mejor a las 5", "es"),
            ("not before 5", "en"),
        ] {
            assert_eq!(said(text, code), None, "{text}");
        }
    }
}
