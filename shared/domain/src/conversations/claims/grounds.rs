//! What a model was told, and whether its reply keeps to it.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use ::language::Words;

use super::dated::{Clock, Day, clocks, days, tokens};
use super::figures::{Figure, Unit, addresses, figures, phone_numbers, values, without};
use super::guises;
use super::prices::{bare_numbers, beside_prices, sentences, without_prices};
use super::promises::{candidates, promised_within, says, says_where};
use super::stances::{self, is_disclaimed};
use super::{DEEDS, PROMISES, Unfit, ensure_readable, gives_orders, in_figures};

/// So many of our words in a row are no coincidence.
const QUOTE: usize = 8;
/// Up to this a number is one that anybody counts with.
pub(super) const SMALL: u64 = 12_00;
/// How what looks like a key or a token begins, in lower case, and how long it is at least.
const KEYS: [&str; 11] =
    ["sk-", "sk_", "pk_live", "rk_live", "akia", "whsec_", "xoxb-", "ghp_", "github_pat_", "eyj", "-----begin"];
const SHORTEST_KEY: usize = 16;

/// Speaks of the business as of oneself: whoever says so with a customer's number or address makes it the business's.
const OURS: [&str; 14] = [
    "us", "our", "ours", "nuestro", "nuestra", "nuestros", "notre", "nos", "unser", "unsere", "unserer", "uns",
    "nosso", "nossa",
];
/// Says that the business uses what the customer gave.
#[rustfmt::skip]
const TO_THEM: &[&str] = &[
    "call you", "calls you", "reach you", "contact you", "text you", "write you", "email you", "write to", "send it to", "your number",
    "your email", "your address", "get back to you", "noted", "le escribimos", "escribiremos", "le llamamos", "le llamara", "llamarle",
    "su numero", "su correo", "anotado", "vous ecrivons", "vous ecrirons", "vous appellera", "vous rappellera", "votre numero",
    "votre adresse", "wir schreiben", "schreiben ihnen", "rufen sie", "rufen wir sie", "ruft sie", "ihre nummer", "notiert",
    "escrevemos", "escreveremos", "ligamos", "vai ligar", "seu numero", "le scriviamo", "la chiamiamo", "il suo numero",
];
/// They write to it, which takes who writes to be the business.
const WRITES: [&str; 12] =
    ["we", "well", "i", "ill", "colleague", "team", "someone", "person", "escribimos", "ecrivons", "wir", "escrevemos"];
/// A wish of what to spend asks for nothing.
const BUDGETS: [&str; 8] =
    ["budget", "spend", "presupuesto", "gastar", "depenser", "ausgeben", "orcamento", "preventivo"];
/// Ordinary words, which any two sentences may share.
#[rustfmt::skip]
const COMMON: [&str; 40] = [
    "your", "have", "with", "that", "this", "will", "would", "what", "when", "which", "they", "them", "there", "from", "reply",
    "exactly", "previous", "instructions", "ignore", "hello", "please", "much", "costs", "cost", "price", "para", "usted", "cuanto",
    "vous", "pour", "combien", "sind", "ihre", "kostet", "voce", "quanto", "today", "business", "name", "about",
];
/// Words of fewer letters say nothing of what a sentence is about.
const TELLING: usize = 4;

/// What a reply may repeat, and what nobody is to read. Most replies claim nothing: what they are held against is only read
/// where they do.
#[derive(Debug)]
pub struct Grounds {
    pub(super) ours: String,
    /// What that says, once it was read.
    ours_said: OnceLock<Said>,
    theirs: String,
    instructions: String,
    /// What documents say. Of what has a price in the catalogue they are no source.
    excerpts: String,
    /// The customer's last message.
    latest: String,
    /// The services that have a price.
    priced: Vec<String>,
}

/// What a text has that another may repeat.
#[derive(Debug, Default)]
struct Said {
    addresses: BTreeSet<String>,
    amounts: BTreeSet<u64>,
    shares: BTreeSet<u64>,
    numbers: BTreeSet<u64>,
    /// Parts of figures: the 20 of a date.
    parts: BTreeSet<u64>,
    /// Numbers that words beside them say to be prices.
    priced: BTreeSet<u64>,
    /// Numbers that may be said back to whoever said them: of a sentence about money the days and times alone.
    unpriced: BTreeSet<u64>,
    /// Figures that cannot be read as numbers.
    unread: Vec<Figure>,
    phones: Vec<String>,
    clocks: Vec<Clock>,
    days: Vec<Day>,
}

impl Grounds {
    /// What the model was told of the business and what it said before (`ours`), what the customer said (`theirs`), and how it
    /// was told to answer (`instructions`).
    #[must_use]
    pub fn new(ours: &str, theirs: &str, instructions: &str) -> Self {
        Self {
            ours: in_figures(ours),
            ours_said: OnceLock::new(),
            theirs: in_figures(theirs),
            instructions: instructions.to_owned(),
            excerpts: String::new(),
            latest: String::new(),
            priced: Vec::new(),
        }
    }

    /// With what the business's documents say; links and addresses in them are not the business's word.
    #[must_use]
    pub fn with_excerpts(self, excerpts: &str) -> Self {
        let excerpts = in_figures(excerpts);
        Self { excerpts: without(&excerpts, &addresses(&excerpts)), ..self }
    }

    /// With the customer's last message, and the services that have a price in the catalogue.
    #[must_use]
    pub fn asked<'a>(self, latest: &str, priced: impl Iterator<Item = &'a str>) -> Self {
        let priced = priced.map(folded).filter(|name| !name.is_empty()).collect();
        Self { latest: in_figures(latest), priced, ..self }
    }

    /// Whether `reply` may go out, of at most `limit` characters.
    ///
    /// # Errors
    /// [`Unfit`]: the first thing that is wrong with it.
    pub fn accept(&self, reply: &str, limit: usize) -> Result<(), Unfit> {
        ensure_readable(reply, limit)?;
        if self.is_internal(reply) {
            return Err(Unfit::Internal);
        }
        let reply = &in_figures(reply);
        let says = Said::of(reply);
        if !says.is_nothing() {
            let with_excerpts = self.has_excerpts_for(reply).then(|| Said::of(&self.sources(reply)));
            let ours = with_excerpts.as_ref().unwrap_or_else(|| self.ours_said());
            says.keeps_to(ours, &Said::of(&self.theirs))?;
            sentences_of(reply).try_for_each(|sentence| keeps_their_addresses_theirs(sentence, ours))?;
            let mut prices = sentences_of(reply).filter(|sentence| self.names_service(sentence)).map(bare_numbers);
            let is_theirs =
                |number: &u64| *number > SMALL && !ours.numbers.contains(number) && !ours.parts.contains(number);
            if prices.any(|bare| Said::of(&bare).numbers.iter().any(is_theirs)) {
                return Err(Unfit::Figure);
            }
        }
        self.ensure_no_promise(reply)?;
        self.ensure_no_consent(reply)
    }

    /// Whether `detail`, which a model noted of what the customer `said`, may be kept: it says nothing that is for no one to read,
    /// and its addresses and figures are known.
    #[must_use]
    pub fn may_be_noted(&self, detail: &str, said: &str) -> bool {
        let noted = Said::of(&in_figures(detail));
        let (ours, theirs) = (self.ours_said(), Said::of(&in_figures(said)));
        let is_known = |number: &u64| *number <= SMALL || [ours, &theirs].iter().any(|said| said.has(*number));
        let is_theirs = |address: &String| theirs.addresses.contains(address) && address.contains('@');
        let is_phone = |phone: &String| theirs.phones.iter().any(|known| known.contains(phone));
        ensure_readable(detail, usize::MAX).is_ok()
            && !self.is_internal(detail)
            && noted.addresses.iter().all(is_theirs)
            && noted.phones.iter().all(is_phone)
            && noted.numbers.iter().all(is_known)
            && noted.unread.is_empty()
    }

    /// Whether `text` says what is for no one to read: our instructions, in any of the forms that undo easily, and keys.
    #[must_use]
    pub fn is_internal(&self, text: &str) -> bool {
        let backwards: String = text.chars().rev().collect();
        let words_backwards = text.split_whitespace().rev().collect::<Vec<_>>().join(" ");
        let forms = [text, &backwards, &words_backwards, &guises::turned(text)].map(str::to_owned);
        let is_known =
            |word: &str| self.ours.contains(word) || self.theirs.contains(word) || self.excerpts.contains(word);
        forms.iter().any(|form| has_key(form))
            || quotes(&self.instructions, &forms)
            || self.names_ours(text)
            || text.split_whitespace().any(|word| guises::is_coded(word) && !is_known(word))
    }

    /// Whether a name out of our instructions is in `text`: `request_booking`.
    fn names_ours(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let is_name = |name: &&str| name.trim_matches('_').contains('_');
        let mut names = text.split(|c: char| !c.is_ascii_lowercase() && c != '_').filter(is_name);
        names.any(|name| self.instructions.contains(name))
    }

    /// What the business says, documents included where `text` is not about what the catalogue has a price of.
    fn sources(&self, text: &str) -> String {
        if self.has_excerpts_for(text) { format!("{}\n{}", self.ours, self.excerpts) } else { self.ours.clone() }
    }

    fn has_excerpts_for(&self, text: &str) -> bool {
        !self.excerpts.is_empty() && self.services_meant(text).is_empty()
    }

    fn ours_said(&self) -> &Said {
        self.ours_said.get_or_init(|| Said::of(&self.ours))
    }

    /// The services with a price that `text` is about: those that it names, else those of the last message.
    fn services_meant(&self, text: &str) -> Vec<&str> {
        Some(self.services(text)).filter(|services| !services.is_empty()).unwrap_or_else(|| self.services(&self.latest))
    }

    /// The services with a price that `text` names.
    fn services(&self, text: &str) -> Vec<&str> {
        let text = format!(" {} ", folded(text));
        let is_named = |name: &&String| text.contains(&format!(" {name} "));
        self.priced.iter().filter(is_named).map(String::as_str).collect()
    }

    fn names_service(&self, sentence: &str) -> bool {
        !self.services(sentence).is_empty()
    }

    /// A promise is the business's own, or denied, or left to someone else.
    pub(super) fn ensure_no_promise(&self, reply: &str) -> Result<(), Unfit> {
        for sentence in sentences_of(reply) {
            let is_question = sentence.trim_end().ends_with('?');
            let sources = self.sources(sentence);
            for clause in clauses(sentence) {
                let words = Words::new(clause);
                let is_open = |phrase: &&str| {
                    says_where(&words, phrase, |before, after| !is_disclaimed(before, after, is_question))
                };
                // "¿Qué día le agendamos?" does nothing yet.
                let is_asked = |phrase: &&str| is_question && DEEDS.contains(phrase);
                let promised = candidates(&words).into_iter().filter(|phrase| !is_asked(phrase));
                let promised: Vec<&str> = promised.filter(is_open).collect();
                let is_unknown = |phrase: &&str| !self.is_known(phrase, sentence, &sources);
                let is_declared = || {
                    stances::declares(&folded(clause))
                        && !sources.lines().any(|line| folded(line).contains(&folded(sentence)))
                };
                if promised.iter().any(is_unknown) || is_declared() {
                    return Err(Unfit::Promise);
                }
            }
            let within = promised_within(&::language::fold(sentence));
            if within.is_empty() {
                continue;
            }
            let known = ::language::fold(&sources);
            if within.iter().any(|promise| !known.contains(&::language::fold(promise))) {
                return Err(Unfit::Promise);
            }
        }
        Ok(())
    }

    /// Whether the business itself says `phrase` of what `sentence` is about.
    fn is_known(&self, phrase: &str, sentence: &str, sources: &str) -> bool {
        let services = self.services_meant(sentence);
        let about = [sentence, self.latest.as_str()].map(folded).join(" ");
        let about: BTreeSet<&str> = about.split(' ').filter(|word| is_telling(word, phrase)).collect();
        let sentence = folded(sentence);
        sources.lines().filter(|line| says(&Words::new(line), phrase)).any(|line| {
            let line = folded(line);
            let is_about = line.split(' ').any(|word| about.contains(word));
            let names = services.iter().any(|service| line.contains(service));
            line.contains(sentence.as_str()) || if services.is_empty() { is_about } else { names }
        })
    }

    /// Who asks for a promise or a price of their own gets no yes.
    fn ensure_no_consent(&self, reply: &str) -> Result<(), Unfit> {
        let sentences: Vec<String> =
            sentences_of(reply).flat_map(|sentence| sentence.split([':', ',', ';'])).map(folded).collect();
        let agrees = |sentence: &String| stances::agrees(sentence);
        let grants = |sentence: &String| stances::grants(sentence);
        let is_left = stances::hands_over(&folded(reply)) || has_disclaimer(reply);
        let consents = sentences.first().is_some_and(agrees) && !is_left && self.demands(&self.latest)
            || sentences.iter().any(grants) && (self.demands(&self.theirs) || gives_orders(&self.theirs));
        if consents { Err(Unfit::Promise) } else { Ok(()) }
    }

    /// Whether `text` asks for a promise, or names a price, that is not the business's.
    fn demands(&self, text: &str) -> bool {
        let sources = self.sources(text);
        let words = Words::new(text);
        let is_promise = |phrase: &&str| PROMISES.contains(phrase) && says(&words, phrase);
        let asked = candidates(&words).into_iter().filter(is_promise);
        let is_budget = words.contains_any(&BUDGETS);
        let amounts = || {
            let named = Said::of(text).amounts;
            named.is_empty() || named.is_subset(&Said::of(&sources).amounts)
        };
        asked.map(|phrase| self.is_known(phrase, text, &sources)).any(|is_known| !is_known) || !is_budget && !amounts()
    }
}

/// Whether so many words in a row of one of `texts` are of one line of what was `told`.
fn quotes(told: &str, texts: &[String]) -> bool {
    let texts: Vec<Words> = texts.iter().map(|text| Words::new(text)).collect();
    let texts: Vec<Vec<&str>> = texts.iter().map(|words| words.iter().collect()).collect();
    let said: HashSet<&[&str]> = texts.iter().flat_map(|words| words.windows(QUOTE)).collect();
    !said.is_empty()
        && told.lines().any(|line| {
            let words = Words::new(line);
            let words: Vec<&str> = words.iter().collect();
            words.windows(QUOTE).any(|told| said.contains(told))
        })
}

/// Whether a word is a key or a token.
fn has_key(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || "\"'`<>()=,;".contains(c));
    words.any(|word| {
        let word = word.trim_matches(|c: char| ".:!?".contains(c));
        let begin: String = word.chars().take(SHORTEST_KEY).flat_map(char::to_lowercase).collect();
        word.len() >= SHORTEST_KEY && KEYS.iter().any(|key| begin.starts_with(key))
    })
}

/// A customer's number or address is said as theirs: `we write to ana@example.com`.
fn keeps_their_addresses_theirs(sentence: &str, ours: &Said) -> Result<(), Unfit> {
    let says = Said::of(sentence);
    let is_ours = |phone: &String| ours.phones.iter().any(|known| known.contains(phone));
    let unfit = if says.phones.iter().all(is_ours) { Unfit::Address } else { Unfit::Figure };
    if unfit == Unfit::Address && says.addresses.is_subset(&ours.addresses) {
        return Ok(());
    }
    let words = Words::new(sentence);
    let is_to_them = words.contains_any(TO_THEM) && !words.contains_any(&OURS) && !is_errand(&words);
    if is_to_them { Ok(()) } else { Err(unfit) }
}

/// Whether the customer is sent to write somewhere: no one of the business does.
fn is_errand(words: &Words) -> bool {
    words.contains_any(&["write to", "send it to"]) && !words.contains_any(&WRITES)
}

fn has_disclaimer(reply: &str) -> bool {
    sentences_of(reply).any(|sentence| {
        let is_question = sentence.trim_end().ends_with('?');
        clauses(sentence).any(|clause| {
            let words = Words::new(clause);
            candidates(&words)
                .iter()
                .any(|phrase| says_where(&words, phrase, |before, after| is_disclaimed(before, after, is_question)))
        })
    })
}

/// The sentences of all lines.
fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(sentences)
}

/// The parts of a sentence between which nothing is denied across.
fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split([',', ';', ':', '(', ')', '–', '—'])
}

/// The words of a text, folded, with blanks between them.
fn folded(text: &str) -> String {
    Words::new(text).iter().collect::<Vec<_>>().join(" ")
}

/// Whether a word tells what a sentence is about, beside `phrase`.
fn is_telling(word: &str, phrase: &str) -> bool {
    word.chars().count() >= TELLING && !phrase.contains(word) && !COMMON.contains(&word)
}

impl Said {
    /// Whether it claims nothing that has to be known.
    fn is_nothing(&self) -> bool {
        let sets = [&self.amounts, &self.shares];
        sets.iter().all(|set| set.is_empty())
            && self.numbers.iter().all(|number| *number <= SMALL)
            && self.unread.is_empty()
            && self.addresses.is_empty()
            && self.phones.is_empty()
            && self.clocks.is_empty()
            && self.days.is_empty()
    }

    /// Whether all that it claims is known.
    fn keeps_to(&self, ours: &Self, theirs: &Self) -> Result<(), Unfit> {
        let both = [ours, theirs];
        // An address of theirs may be said back; a link of theirs would be ours then.
        let is_known = |address: &String| {
            let is_mail = address.split_once('@').is_some_and(|(before, _)| !before.is_empty());
            ours.addresses.contains(address) || is_mail && theirs.addresses.contains(address)
        };
        if !self.addresses.iter().all(is_known) {
            return Err(Unfit::Address);
        }
        let is_known = |phone: &String| both.iter().any(|said| said.phones.iter().any(|known| known.contains(phone)));
        let is_priced = self.amounts.is_subset(&ours.amounts) && self.shares.is_subset(&ours.shares);
        let is_written = |figure: &Figure| ours.unread.iter().any(|known| known.covers(figure));
        if !is_priced || !self.unread.iter().all(is_written) || !self.phones.iter().all(is_known) {
            return Err(Unfit::Figure);
        }
        let is_known = |clock: &Clock| both.iter().any(|said| said.clocks.iter().any(|known| known.agrees(*clock)));
        if !self.clocks.iter().all(is_known) {
            return Err(Unfit::Time);
        }
        let is_known = |day: &Day| both.iter().any(|said| said.days.iter().any(|known| known.agrees(*day)));
        if !self.days.iter().all(is_known) {
            return Err(Unfit::Day);
        }
        let is_ours = |number: &u64| ours.numbers.contains(number) || ours.parts.contains(number);
        let is_theirs = |number: &u64| theirs.unpriced.contains(number) && !self.priced.contains(number);
        let is_known = |number: &u64| *number <= SMALL || is_ours(number) || is_theirs(number);
        if self.numbers.iter().all(is_known) { Ok(()) } else { Err(Unfit::Figure) }
    }

    /// Whether it has this number in any way.
    fn has(&self, number: u64) -> bool {
        [&self.amounts, &self.shares, &self.numbers, &self.parts].iter().any(|set| set.contains(&number))
    }

    fn of(text: &str) -> Self {
        let mut said = Self::default();
        for line in text.lines() {
            said.read(line);
        }
        said
    }

    fn read(&mut self, line: &str) {
        let tokens = tokens(line);
        self.clocks.extend(clocks(&tokens));
        self.days.extend(days(&tokens));
        self.addresses.extend(addresses(line).into_iter().map(plain));
        let phones = phone_numbers(line);
        let line = without(line, &phones);
        self.priced.extend(figures(&beside_prices(&line)).iter().filter_map(values).flatten());
        let unpriced = sentences(&line).into_iter().flat_map(|sentence| figures(&without_prices(sentence)));
        for figure in unpriced.filter(|figure| figure.unit() != Unit::Share) {
            self.unpriced.extend(values(&figure).into_iter().flatten().chain(figure.runs()));
        }
        for figure in figures(&line) {
            let Some(values) = values(&figure) else {
                self.unread.push(figure);
                continue;
            };
            match figure.unit() {
                Unit::Money => self.amounts.extend(&values),
                Unit::Share => self.shares.extend(&values),
                // Of a list of prices only the last one may name the currency.
                Unit::None if figure.has_cents() => self.amounts.extend(&values),
                Unit::None => {}
            }
            if figure.unit() != Unit::Share {
                self.numbers.extend(values);
                self.parts.extend(figure.runs());
            }
        }
        self.phones.extend(phones.into_iter().map(|phone| phone.chars().filter(char::is_ascii_digit).collect()));
    }
}

/// An address without what may be left out of it.
fn plain(address: &str) -> String {
    let address = address.to_lowercase();
    let host = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    host.strip_prefix("www.").unwrap_or(host).trim_end_matches('/').to_owned()
}
