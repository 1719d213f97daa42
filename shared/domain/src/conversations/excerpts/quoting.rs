//! Which words of the excerpts answer a question, as they may be quoted to a customer.

use super::wording::{covered, telling};
use super::{Citation, Excerpt, ExcerptKind, Findings, Lookup};
use crate::conversations::builtin;
use crate::conversations::claims::{addresses, counted, ensure_readable, sentences};
use crate::messaging::Channel;

/// The most characters of a quote, where a reply is two segments long, and elsewhere.
const MAX_SMS: usize = 200;
const MAX_ELSEWHERE: usize = 600;
/// How many rows of one table are quoted together.
const MAX_ROWS: usize = 3;

/// What text that wants to steer a program says, folded, in five languages. Such a sentence is never quoted.
const STEERING: [&str; 37] = [
    "ignore all",
    "ignore any",
    "ignore the above",
    "ignore your",
    "ignore previous",
    "ignore these",
    "disregard",
    "previous instructions",
    "your instructions",
    "system prompt",
    "system message",
    "you are now",
    "act as",
    "pretend to be",
    "as an ai",
    "ai assistant",
    "language model",
    "the assistant must",
    "the assistant should",
    "tell the customer",
    "tell every customer",
    "tell customers",
    "reply with",
    "respond with",
    "always answer",
    "ignora las",
    "ignore las",
    "instrucciones anteriores",
    "ignorez",
    "ignore tes",
    "instructions precedentes",
    "ignoriere",
    "ignorieren sie alle",
    "vorherigen anweisungen",
    "ignore as",
    "instrucoes anteriores",
    "sage dem kunden",
];
/// What costs nothing, or is paid already, folded.
const FREE: [&str; 14] = [
    "free",
    "no charge",
    "included",
    "gratis",
    "gratuito",
    "gratuita",
    "incluido",
    "incluida",
    "gratuit",
    "gratuite",
    "compris",
    "kostenlos",
    "inklusive",
    "incluso",
];

/// What a question wants to know, as far as an answer can be held against it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// What it is about.
    pub(super) telling: Vec<String>,
    /// It asks what something costs.
    pub(super) price: bool,
}

/// Words that answer, and where they stand.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::conversations) struct Quote<'f> {
    /// The words, of one document.
    pub(in crate::conversations) text: String,
    /// The excerpt that they begin with.
    pub(in crate::conversations) excerpt: &'f Excerpt,
    /// Where they stand; at least one.
    pub(in crate::conversations) citations: Vec<Citation>,
}

impl Wanted {
    pub(super) const NOTHING: Self = Self { telling: Vec::new(), price: false };

    /// Reads a question; "and for a van?" asks what was asked before.
    pub(super) fn of(lookup: &Lookup) -> Self {
        let before = lookup.before.last().filter(|_| builtin::goes_on(&lookup.text));
        let price = builtin::asks_for_price(before.unwrap_or(&lookup.text));
        Self { telling: telling(&lookup.text), price }
    }

    /// The words of `excerpt` that answer: its best sentence, with the one behind or before it where that has the figure.
    pub(super) fn words_of(&self, excerpt: &Excerpt) -> Option<String> {
        let best = excerpt.best_words().trim();
        if excerpt.kind != ExcerptKind::Prose {
            return self.takes(best).then(|| best.to_owned());
        }
        let all = sentences(&excerpt.text);
        let at = all.iter().position(|sentence| sentence.contains(best) || best.contains(sentence.trim()))?;
        let joined = |from: usize, to: usize| all.get(from..to).map(|some| some.concat().trim().to_owned());
        let around =
            [Some(best.to_owned()), joined(at, at + 2), at.checked_sub(1).and_then(|from| joined(from, at + 1))];
        around.into_iter().flatten().find(|words| self.takes(words))
    }

    /// Whether `words` have what is asked: a sum where the question is what it costs.
    fn takes(&self, words: &str) -> bool {
        let is_free = || ::language::Words::new(words).contains_any(&FREE);
        let counted = counted(words);
        !self.price || !counted.money.is_empty() || !counted.shares.is_empty() || is_free()
    }

    /// Whether `excerpt` speaks of what the question is about. Words of another language cannot be compared: there the search
    /// decides alone.
    fn is_about(&self, excerpt: &Excerpt, language: &str) -> bool {
        if self.telling.is_empty() || !excerpt.language.is_empty() && excerpt.language != language {
            return true;
        }
        let said = telling(&[&excerpt.text, excerpt.heading.as_str(), &excerpt.citation.name].join("\n"));
        !covered(&self.telling, &said).is_empty()
    }
}

impl Findings {
    /// What answers a question in `language`, quoted for `channel`; `None` where nothing does, or two documents do not agree.
    pub(in crate::conversations) fn quote(&self, language: &str, channel: Option<Channel>) -> Option<Quote<'_>> {
        let wanted = &self.wanted;
        if self.are_disputed() {
            return None;
        }
        let limit = if matches!(channel, Some(Channel::Sms) | None) { MAX_SMS } else { MAX_ELSEWHERE };
        let fitting = |excerpt: &&Excerpt| wanted.is_about(excerpt, language);
        let words = |excerpt: &Excerpt| wanted.words_of(excerpt).and_then(|words| quotable(&words, limit));
        // Of what answers, what is written in their language goes first.
        let is_theirs = |excerpt: &&Excerpt| excerpt.language.is_empty() || excerpt.language == language;
        let (theirs, others): (Vec<&Excerpt>, Vec<&Excerpt>) =
            self.excerpts().iter().filter(fitting).partition(is_theirs);
        let mut all = theirs.into_iter().chain(others);
        let (first, text) = all.find_map(|excerpt| Some((excerpt, words(excerpt)?)))?;
        let mut quote = Quote { text, excerpt: first, citations: vec![first.citation.clone()] };
        if first.kind == ExcerptKind::Row {
            let is_beside =
                |other: &&Excerpt| other.citation.document == first.citation.document && other.text != first.text;
            let others = self.excerpts().iter().filter(|other| other.kind == ExcerptKind::Row).filter(is_beside);
            for other in others.filter(|other| wanted.covers_alike(first, other)).take(MAX_ROWS - 1) {
                let Some(text) = words(other) else { continue };
                let joined = format!("{}; {text}", quote.text);
                if joined.chars().count() > limit {
                    break;
                }
                quote.text = joined;
                if !quote.citations.contains(&other.citation) {
                    quote.citations.push(other.citation.clone());
                }
            }
        }
        Some(quote)
    }
}

impl Findings {
    /// The telling words of the question that `excerpt` has, folded.
    pub(in crate::conversations) fn shared_with(&self, excerpt: &Excerpt) -> Vec<&str> {
        let said = telling(&[&excerpt.text, excerpt.heading.as_str()].join("\n"));
        let shared = covered(&self.wanted.telling, &said);
        shared.into_iter().filter_map(|at| self.wanted.telling.get(at)).map(String::as_str).collect()
    }
}

impl Wanted {
    /// Whether a row has the same words of the question as another: "how much is a tint?" fits all of its rows.
    fn covers_alike(&self, one: &Excerpt, other: &Excerpt) -> bool {
        let [one, other] = [one, other].map(|excerpt| covered(&self.telling, &telling(&excerpt.text)));
        !one.is_empty() && one == other
    }
}

/// `words` in one line, where they may be quoted: short enough, readable, without links and addresses, and no instructions.
fn quotable(words: &str, limit: usize) -> Option<String> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_steering = ::language::Words::new(&line).contains_any(&STEERING);
    let is_plain = ensure_readable(&line, limit).is_ok() && addresses(&line).is_empty() && !is_steering;
    is_plain.then(|| line.replace('"', "'"))
}
