//! What a model was told, and whether its reply keeps to it.

use std::collections::BTreeSet;

use ::language::Words;

use super::dated::{Clock, Day, clocks, days, tokens};
use super::figures::{Unit, addresses, figures, phone_numbers, values, without};
use super::{PROMISES, Unfit, ensure_readable, promises_anew};

/// So many of our words in a row are no coincidence.
const QUOTE: usize = 8;
/// Up to this a number is one that anybody counts with.
const SMALL: u64 = 12_00;
/// How what looks like a key or a token begins, in lower case, and how long it is at least.
const KEYS: [&str; 11] =
    ["sk-", "sk_", "pk_live", "rk_live", "akia", "whsec_", "xoxb-", "ghp_", "github_pat_", "eyj", "-----begin"];
const SHORTEST_KEY: usize = 16;

/// What a reply may repeat, and what nobody is to read.
#[derive(Debug)]
pub struct Grounds {
    /// What the business says of itself, and said before.
    ours: Said,
    /// What the customer said. It makes no price and no link true.
    theirs: Said,
    instructions: BTreeSet<String>,
    names: BTreeSet<String>,
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
    phones: Vec<String>,
    clocks: Vec<Clock>,
    days: Vec<Day>,
    words: Vec<Words>,
}

impl Grounds {
    /// What the model was told of the business and what it said before (`ours`), what the customer said (`theirs`), and how it
    /// was told to answer (`instructions`).
    #[must_use]
    pub fn new(ours: &str, theirs: &str, instructions: &str) -> Self {
        let names = instructions.split(|c: char| !c.is_ascii_lowercase() && c != '_');
        Self {
            ours: Said::of(ours),
            theirs: Said::of(theirs),
            instructions: instructions.lines().flat_map(quotes).collect(),
            names: names.filter(|name| name.trim_matches('_').contains('_')).map(str::to_owned).collect(),
        }
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
        let is_known = |address: &&str| {
            let address = plain(address);
            // An address of theirs may be said back; a link of theirs would be ours then.
            self.ours.addresses.contains(&address) || address.contains('@') && self.theirs.addresses.contains(&address)
        };
        if !addresses(reply).iter().all(is_known) {
            return Err(Unfit::Address);
        }
        let says = Said::of(reply);
        if !says.amounts.is_subset(&self.ours.amounts) || !says.shares.is_subset(&self.ours.shares) {
            return Err(Unfit::Figure);
        }
        let is_known = |phone: &String| self.both().any(|said| said.phones.iter().any(|known| known.contains(phone)));
        if !says.phones.iter().all(is_known) {
            return Err(Unfit::Figure);
        }
        let is_known = |clock: &Clock| self.both().any(|said| said.clocks.iter().any(|known| known.agrees(*clock)));
        if !says.clocks.iter().all(is_known) {
            return Err(Unfit::Time);
        }
        let is_known = |day: &Day| self.both().any(|said| said.days.iter().any(|known| known.agrees(*day)));
        if !says.days.iter().all(is_known) {
            return Err(Unfit::Day);
        }
        let has = |said: &Said, number: &u64| said.numbers.contains(number) || said.parts.contains(number);
        let is_known = |number: &u64| *number <= SMALL || self.both().any(|said| has(said, number));
        if !says.numbers.iter().all(is_known) {
            return Err(Unfit::Figure);
        }
        let known: Vec<&Words> = self.both().flat_map(|said| &said.words).collect();
        if says.words.iter().any(|words| promises_anew(PROMISES, words, &known)) {
            return Err(Unfit::Promise);
        }
        Ok(())
    }

    fn both(&self) -> impl Iterator<Item = &Said> {
        [&self.ours, &self.theirs].into_iter()
    }

    fn is_internal(&self, reply: &str) -> bool {
        let mut words = reply.split(|c: char| c.is_whitespace() || "\"'`<>()=,;".contains(c));
        let is_key = |word: &str| {
            let begin: String = word.chars().take(SHORTEST_KEY).flat_map(char::to_lowercase).collect();
            word.len() >= SHORTEST_KEY && KEYS.iter().any(|key| begin.starts_with(key))
        };
        let mut names = reply.split(|c: char| !c.is_ascii_lowercase() && c != '_');
        words.any(|word| is_key(word.trim_end_matches(['.', ':', '!', '?'])))
            || names.any(|name| self.names.contains(name))
            || quotes(reply).iter().any(|quote| self.instructions.contains(quote))
    }
}

impl Said {
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
        self.words.push(Words::new(line));
        self.addresses.extend(addresses(line).into_iter().map(plain));
        let phones = phone_numbers(line);
        for figure in figures(&without(line, &phones)) {
            let values = values(&figure);
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

fn quotes(text: &str) -> Vec<String> {
    tokens(text).windows(QUOTE).map(|words| words.join(" ")).collect()
}
