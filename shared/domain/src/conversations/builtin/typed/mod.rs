//! Reads what a customer wrote as the typed answer to one of the tenant's intake questions.
//!
//! It takes an answer only where it is plain: two options named, two numbers, a hesitation are "not understood", and the
//! question is asked again or put to a model. Any text is taken, and nothing here fails.

mod dates;
mod numbers;

use jiff::civil::Date;

use super::tokens::{Tokens, tidy};
use super::vocabulary::Said;
use crate::tenancy::Language;
use crate::tenancy::intake::{Answer, ChoiceOption, MAX_TEXT_CHARS, NotUnderstood, Question, QuestionKind};
use ::language::Words;

/// Before an option, these take it back: "not tile".
const NEGATIONS: [&str; 8] = [" not ", " no ", " nicht ", " kein ", " keine ", " pas ", " nao ", " sem "];
/// Plurals that are tried on an option's words.
const ENDINGS: [&str; 4] = ["", "s", "es", "n"];

/// How one language says yes and no.
struct YesAndNo {
    language: &'static str,
    yes: &'static [&'static str],
    no: &'static [&'static str],
}

/// Read with the customer's language and English. Each on its own, because `ja` is German for yes and Portuguese for
/// "already".
const YES_AND_NO: [YesAndNo; 5] = [
    YesAndNo {
        language: "en",
        yes: &[
            "yes",
            "yeah",
            "yep",
            "yup",
            "y",
            "sure",
            "correct",
            "definitely",
            "absolutely",
            "certainly",
            "ok",
            "okay",
        ],
        no: &["no", "nope", "nah", "n", "not", "never", "dont", "doesnt", "isnt", "havent", "wont", "none"],
    },
    YesAndNo { language: "es", yes: &["si", "claro", "correcto", "sip"], no: &["no", "nunca", "tampoco", "ninguno"] },
    YesAndNo { language: "fr", yes: &["oui", "ouais", "si", "exact"], no: &["non", "pas", "jamais", "aucun"] },
    YesAndNo {
        language: "de",
        yes: &["ja", "jawohl", "genau", "klar", "doch"],
        no: &["nein", "nicht", "nie", "kein", "keine"],
    },
    YesAndNo { language: "pt", yes: &["sim", "claro", "isso", "correto"], no: &["nao", "nunca", "nenhum"] },
];

/// The one day that a message names.
pub(super) fn date(tokens: &Tokens<'_>, language: &Language, today: Date) -> Option<Date> {
    dates::read(tokens, language, today)
}

impl Question {
    /// Reads `text`, written in `language` on `today` (the tenant's date), as the answer.
    ///
    /// Dates without a year are the next such day, today included; a weekday is the next one after today. A photo is never
    /// read from a text: it comes as [`Answer::Photo`] from the message that holds it.
    ///
    /// # Errors
    /// [`NotUnderstood`] when it is not plainly an answer.
    pub fn read(&self, text: &str, language: &Language, today: Date) -> Result<Answer, NotUnderstood> {
        let answer = match &self.kind {
            QuestionKind::Choice { options } => choice(options, text).map(Answer::Choice),
            QuestionKind::Text => words(text).map(Answer::Text),
            QuestionKind::YesNo => yes_or_no(text, language).map(Answer::YesNo),
            QuestionKind::Date => dates::read(&Tokens::new(text), language, today).map(Answer::Date),
            QuestionKind::Number { min, max, .. } => {
                let number = numbers::read(&Tokens::new(text), language).ok_or(NotUnderstood::Unclear)?;
                return if number.is_within(*min, *max) {
                    Ok(Answer::Number(number))
                } else {
                    Err(NotUnderstood::OutOfRange)
                };
            }
            QuestionKind::Photo => return Err(NotUnderstood::NeedsPhoto),
        };
        answer.ok_or(NotUnderstood::Unclear)
    }
}

fn words(text: &str) -> Option<String> {
    let text = tidy(text, MAX_TEXT_CHARS);
    text.contains(char::is_alphanumeric).then_some(text)
}

/// The one option that `text` names: by its value, label or a keyword alone, by its place in the list, or among others.
fn choice(options: &[ChoiceOption], text: &str) -> Option<String> {
    let said = Words::new(text);
    let exact = || options.iter().find(|option| terms(option).any(|term| said.is_exactly(term)));
    let by_value = options.iter().find(|option| option.value == text.trim()).or_else(exact);
    let option = by_value.or_else(|| options.get(place(&said)?)).or_else(|| named(options, &said))?;
    Some(option.value.clone())
}

/// A number alone, as an index: "2", "#2", "2)".
fn place(said: &Words) -> Option<usize> {
    let number: usize = said.iter().next().filter(|_| said.len() == 1)?.parse().ok()?;
    number.checked_sub(1)
}

fn named<'o>(options: &'o [ChoiceOption], said: &Words) -> Option<&'o ChoiceOption> {
    let longest = |option: &'o ChoiceOption| {
        terms(option).filter(|term| names(said, term)).max_by_key(|term| term.chars().count())
    };
    let found: Vec<_> = options.iter().filter_map(|option| Some((Words::new(longest(option)?), option))).collect();
    let covered = |term: &Words| {
        let line = term.iter().collect::<Vec<_>>().join(" ");
        found.iter().any(|(other, _)| other.len() > term.len() && other.contains_phrase(&line))
    };
    let mut plain = found.iter().filter(|(term, _)| !covered(term));
    let (_, option) = plain.next()?;
    plain.next().is_none().then_some(*option)
}

fn names(said: &Words, term: &str) -> bool {
    let stands = |before: &str, _: &str| !NEGATIONS.iter().any(|negation| before.ends_with(negation));
    ENDINGS.iter().any(|ending| said.contains_where(&format!("{term}{ending}"), stands))
}

fn terms(option: &ChoiceOption) -> impl Iterator<Item = &str> {
    [&option.value, &option.label].into_iter().chain(&option.keywords).map(String::as_str)
}

/// The first word that says yes or no decides; a hesitation says neither.
fn yes_or_no(text: &str, language: &Language) -> Option<bool> {
    let words = Words::new(text);
    let said = Said::new(&words);
    if said.has(|words| words.unsure.anywhere) {
        return None;
    }
    let known = YES_AND_NO.iter().any(|table| table.language == language.as_str());
    let applies = |table: &&YesAndNo| !known || table.language == language.as_str() || table.language == "en";
    let tables: Vec<&YesAndNo> = YES_AND_NO.iter().filter(applies).collect();
    let means = |word: &str| {
        let yes = tables.iter().any(|table| table.yes.contains(&word));
        let no = tables.iter().any(|table| table.no.contains(&word));
        (yes || no).then_some(yes)
    };
    let thumb = || text.chars().find_map(|c| matches!(c, '👍' | '👎').then_some(c == '👍'));
    let courtesy = || said.is_any(|words| words.yes.alone).then_some(true);
    words.iter().find_map(means).or_else(thumb).or_else(courtesy)
}

#[cfg(test)]
mod tests;
