//! Which messages no model is asked about, although one may be: one plain question that the built-in responder answers fully and surely.
//!
//! `builtin::plain` says that the message is one question and that the business's own data has the answer. Here every word of it has to be
//! accounted for: it tells nothing (`semantics::likeness` has the lists), says what is asked, or is a word that the business uses for it.
//! What is left over goes to a model: a wrong answer is worse than a call.

use std::collections::HashSet;

use domain::conversations::Answer;
use domain::conversations::builtin::{self, About, Plain, Turn};
use domain::tenancy::{CostMode, Faq, Service};
use jiff::Timestamp;
use language::Words;
use semantics::likeness::{self, Known};

use crate::assistant::Assistant;

/// Signs that a plain question may have; a face or another picture says more.
const PUNCTUATION: &str = ".,;:!?¿¡'’\"-…()";

/// What work does with time, folded, in five languages.
const TAKES: [&str; 6] = ["take", "takes", "tarda", "prend", "dauert", "leva"];
/// Words for the business itself, folded, in five languages.
const OURS: [&str; 39] = [
    "they",
    "them",
    "their",
    "theyre",
    "shop",
    "store",
    "office",
    "salon",
    "studio",
    "clinic",
    "garage",
    "company",
    "business",
    "place",
    "contact",
    "tienda",
    "clinica",
    "consultorio",
    "taller",
    "oficina",
    "negocio",
    "empresa",
    "contacto",
    "magasin",
    "boutique",
    "cabinet",
    "atelier",
    "agence",
    "laden",
    "geschaft",
    "praxis",
    "werkstatt",
    "buro",
    "betrieb",
    "loja",
    "salao",
    "escritorio",
    "contato",
    "espaco",
];

/// The plain question that the message of `turn` is, with its answer; `None`: a model is to be asked.
#[must_use]
pub fn sure<'t>(turn: &Turn<'t>, now: Timestamp) -> Option<Plain<'t>> {
    let plain = builtin::plain(turn, now)?;
    let (text, language) = (turn.content.text(), turn.route.language.as_str());
    let is_written = text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || PUNCTUATION.contains(c));
    let is_known = match plain.about {
        About::Faq(faq) => asks_the_same(text, faq, language),
        about => likeness::is_all_known(text, language, &known(turn, about, &plain.words)),
    };
    (is_written && is_known).then_some(plain)
}

impl Assistant {
    /// The answer for which no model is asked, although one may be for the tenant.
    #[must_use]
    pub fn answer_surely(&self, turn: &Turn<'_>, cost_mode: CostMode, now: Timestamp) -> Option<Answer> {
        let may_ask = self.may_ask(turn.tenant, cost_mode);
        may_ask.then(|| sure(turn, now)).flatten().map(|plain| plain.answer)
    }
}

/// Whether `text` is the frequent question, or one of its keywords, in other words at most.
fn asks_the_same(text: &str, faq: &Faq, language: &str) -> bool {
    let Some(asked) = likeness::read(text, language) else { return false };
    let mut ways = std::iter::once(&faq.question).chain(&faq.keywords);
    ways.any(|way| likeness::read(way, language).is_some_and(|way| asked.meaning.is_like(&way.meaning)))
}

/// What a question about this may be made of.
fn known(turn: &Turn<'_>, about: About<'_>, said: &[&'static str]) -> Known<'static> {
    let (phrases, service): (&[&str], Option<&Service>) = match about {
        About::Hours => (&["hours", "opens", "closes", "isopen"], None),
        About::Contact => (&["where", "phone"], None),
        // Words for a price also ask for an offer, or whether something is free.
        About::Price(service) => (&["price"], Some(service)),
        About::Duration(service) => (&["long"], Some(service)),
        About::Deposit(service) => (&["deposit"], Some(service)),
        About::Offer(service) => (&[], Some(service)),
        About::Faq(_) => (&[], None),
    };
    let mut words: HashSet<String> = HashSet::new();
    if !matches!(about, About::Price(_)) {
        words.extend(said.iter().map(|word| (*word).to_owned()));
    }
    if matches!(about, About::Hours | About::Contact) {
        words.extend(OURS.map(str::to_owned));
    }
    if matches!(about, About::Duration(_)) {
        words.extend(TAKES.map(str::to_owned));
    }
    let names = service.into_iter().flat_map(|service| service.keywords.iter().chain([&service.name]));
    // To a service the business's name adds nothing: "Premium Auto Care" says no price of a premium oil change.
    let own = matches!(about, About::Hours | About::Contact).then_some(&turn.tenant.name);
    for name in names.chain(own) {
        let read = Words::new(name);
        words.extend(read.stems().flat_map(|(word, stem)| [word.to_owned(), stem.to_owned()]));
    }
    Known { phrases, words, has_days: matches!(about, About::Hours) }
}
