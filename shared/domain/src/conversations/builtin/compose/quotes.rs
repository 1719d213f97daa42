//! What the business's documents say to what its own data does not answer, quoted with its source.

use super::super::tokens::tidy;
use super::super::{facts, follow_up, phrases::Phrases};
use super::{Composer, Decision, SURE_FACT};
use crate::conversations::claims::addresses;
use crate::conversations::excerpts::{Quote, is_alike};
use crate::conversations::{Action, Citation, Excerpt, ExcerptKind, Intent, Question};
use crate::tenancy::Service;
use ::language::Words;

/// The longest name of a document that is said, in characters.
const MAX_NAME_CHARS: usize = 60;
/// A word of fewer letters names no service.
const MIN_NAMING_CHARS: usize = 4;
/// Ends of names of files.
const ENDINGS: [&str; 12] =
    [".pdf", ".docx", ".doc", ".xlsx", ".xls", ".csv", ".html", ".htm", ".md", ".markdown", ".txt", ".odt"];
/// Words by which a document is a list of prices, folded, in five languages.
const PRICES: [&str; 21] = [
    "price list",
    "prices",
    "price",
    "pricing",
    "rates",
    "lista de precios",
    "precios",
    "tarifas",
    "tarifa",
    "tarif",
    "tarifs",
    "liste de prix",
    "prix",
    "preisliste",
    "preise",
    "tarife",
    "lista de precos",
    "precos",
    "tabela de precos",
    "preisverzeichnis",
    "fees",
];
/// Questions and answers.
const ANSWERS: [&str; 7] =
    ["faq", "faqs", "questions", "preguntas frecuentes", "foire aux questions", "fragen", "perguntas frequentes"];
/// Terms.
const TERMS: [&str; 16] = [
    "terms",
    "policy",
    "policies",
    "conditions",
    "house rules",
    "condiciones",
    "politica",
    "politicas",
    "reglas",
    "reglement",
    "agb",
    "bedingungen",
    "hausordnung",
    "condicoes",
    "termos",
    "regras",
];

impl<'t> Composer<'_, 't> {
    /// Answers from the documents and goes on; where they say nothing, asks the team.
    pub(super) fn quote_or_ask_the_team(&mut self, intent: Intent) -> Decision {
        match self.quote_documents(intent) {
            Some(decision) => decision,
            None => self.ask_the_team(intent),
        }
    }

    /// Answers from the documents, and goes on with the talk as after any answer.
    pub(super) fn quote_documents(&mut self, intent: Intent) -> Option<Decision> {
        let words = self.quoted()?;
        if self.reply.is_empty() {
            self.open();
        }
        self.say(&words);
        self.has_facts = true;
        let promises = self.is_promise_due();
        if promises {
            self.say_the_time(true);
        }
        let asked = self.ask();
        let action = match asked {
            _ if promises => self.request(),
            Some(Question::BookingTime | Question::Day | Question::Hour | Question::Departure) => Action::OfferBooking,
            _ => Action::Reply,
        };
        let intent = if intent == Intent::Other { Intent::Service } else { intent };
        Some(Decision { intent, action, confidence: SURE_FACT, asked })
    }

    /// Says what the documents say to what the data does not answer; where they say nothing, that the team is asked.
    pub(super) fn say_what_lacks(&mut self) {
        if self.is_lacking && !self.say_quote() {
            self.say(self.locale.phrases.ask_the_team);
            self.asks_team = true;
        }
    }

    /// Says what the documents say, if they say anything.
    pub(super) fn say_quote(&mut self) -> bool {
        let words = self.quoted();
        self.has_facts |= words.is_some();
        self.say(words.as_deref().unwrap_or_default());
        words.is_some()
    }

    /// Beside the price in the catalogue, what the documents say of more that is asked: "how much is an oil change for a diesel?"
    pub(super) fn say_quote_of_more(&mut self) {
        if self.find_quote().is_some_and(|quote| self.is_of_more(quote.excerpt)) {
            self.say_quote();
        }
    }

    /// Whether the documents say more to a question that names a service than that it can be had: "do you tint boats?"
    pub(super) fn has_quote_of_more(&self) -> bool {
        facts::asks(&self.reading) && self.find_quote().is_some_and(|quote| self.is_of_more(quote.excerpt))
    }

    /// Whether `excerpt` is about one of the services that are spoken of, and has words of the question that no service has.
    fn is_of_more(&self, excerpt: &Excerpt) -> bool {
        let services = follow_up::spoken_of(self.turn, &self.reading.services);
        let texts = |service: &&Service| {
            let terms = service.keywords.iter().chain([&service.name, &service.description]);
            terms.map(|text| Words::new(text)).collect::<Vec<_>>()
        };
        let known: Vec<Words> = services.iter().flat_map(texts).collect();
        let is_known = |word: &&str| known.iter().flat_map(Words::iter).any(|one| is_alike(one, word));
        let said = Words::new(&[excerpt.text.as_str(), excerpt.heading.as_str()].join("\n"));
        let names_it = said.iter().filter(|word| word.chars().count() >= MIN_NAMING_CHARS).any(|word| is_known(&word));
        !services.is_empty() && names_it && !self.turn.findings.shared_with(excerpt).iter().all(is_known)
    }

    /// Whether the price asked for is of something that the documents name with more of its words than a service is named with: "pet hair
    /// removal" is no tint removal.
    pub(super) fn is_priced_in_documents(&self) -> bool {
        let words = Words::new(self.turn.content.text());
        let is_whole = |service: &Service| {
            let has_all = Words::new(&service.name).iter().all(|part| words.iter().any(|word| is_alike(part, word)));
            has_all || service.keywords.iter().any(|keyword| words.contains_phrase(keyword))
        };
        let findings = self.turn.findings;
        let excerpt = self.find_quote().map(|quote| quote.excerpt).or(findings.disputed());
        let services = &self.reading.services;
        let has_more = |excerpt: &Excerpt| {
            let shared = findings.shared_with(excerpt);
            let of_service = |service: &&Service| {
                let name = Words::new(&service.name);
                shared.iter().filter(|word| name.iter().any(|part| is_alike(part, word))).count() == shared.len()
            };
            !services.iter().any(of_service)
        };
        facts::asks_price(&self.reading)
            && !services.is_empty()
            && !services.iter().any(|service| is_whole(service))
            && excerpt.is_some_and(has_more)
    }

    fn find_quote(&self) -> Option<Quote<'t>> {
        let channel = self.turn.conversation.map(|thread| thread.channel);
        self.turn.findings.quote(self.locale.phrases.code, channel)
    }

    /// What the documents say, with its source. What was just said is not said again: who asks once more wants something else.
    fn quoted(&mut self) -> Option<String> {
        let phrases = self.locale.phrases;
        let quote = self.find_quote()?;
        if self.turn.last_reply().is_some_and(|line| line.contains(&quote.text)) {
            return None;
        }
        let source = quote.citations.first().map(|citation| source(citation, quote.excerpt.kind, phrases))?;
        let words = (phrases.quote)(&source, &quote.text);
        let ends = quote.text.ends_with(['.', '!', '?']);
        let language = quote.excerpt.language.as_str();
        let is_other = !language.is_empty() && language != phrases.code;
        let note = if is_other { format!(" {}", (phrases.quote_is_in)(language)) } else { String::new() };
        let words = format!("{words}{}{note}", if ends { "" } else { "." });
        let citations = quote.citations;
        self.citations.extend(citations);
        Some(words)
    }
}

/// A document in plain words: `From our price list, page 2`.
fn source(citation: &Citation, kind: ExcerptKind, phrases: &Phrases) -> String {
    let lower = citation.name.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending)).map_or(0, |ending| ending.len());
    let stem = citation.name.get(..citation.name.len().saturating_sub(ending)).unwrap_or(&citation.name);
    let name = tidy(&stem.replace(['_', '-', '"', '\''], " "), MAX_NAME_CHARS);
    let words = Words::new(&name);
    let document = if words.contains_any(&PRICES) {
        phrases.from_prices.to_owned()
    } else if words.contains_any(&TERMS) {
        phrases.from_terms.to_owned()
    } else if kind == ExcerptKind::Faq || words.contains_any(&ANSWERS) {
        phrases.from_answers.to_owned()
    } else {
        let is_sayable = !name.is_empty() && addresses(&name).is_empty() && !name.contains(['{', '}', '[', ']']);
        (phrases.from_document)(is_sayable.then_some(name.as_str()))
    };
    citation.page.map_or(document.clone(), |page| format!("{document}{}", (phrases.on_page)(page)))
}
