//! What a model was told, and whether its reply keeps to it.

use std::collections::BTreeSet;

use ::language::Words;

use super::dated::{Clock, Day, clocks, days, tokens};
use super::digits::in_ascii;
use super::figures::{Figure, Unit, addresses, figures, phone_numbers, values, without};
use super::prices::{beside_prices, sentences, without_prices};
use super::{PROMISES, Unfit, ensure_readable, promised};

/// So many of our words in a row are no coincidence.
const QUOTE: usize = 8;
/// Up to this a number is one that anybody counts with.
const SMALL: u64 = 12_00;
/// How what looks like a key or a token begins, in lower case, and how long it is at least.
const KEYS: [&str; 11] =
    ["sk-", "sk_", "pk_live", "rk_live", "akia", "whsec_", "xoxb-", "ghp_", "github_pat_", "eyj", "-----begin"];
const SHORTEST_KEY: usize = 16;

/// What a reply may repeat, and what nobody is to read. Most replies claim nothing: what they are held against is only read
/// where they do.
#[derive(Debug)]
pub struct Grounds {
    ours: String,
    theirs: String,
    instructions: String,
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
        Self { ours: in_ascii(ours), theirs: in_ascii(theirs), instructions: instructions.to_owned() }
    }

    /// With what the business's documents say; links and addresses in them are not the business's word.
    #[must_use]
    pub fn with_excerpts(mut self, excerpts: &str) -> Self {
        let excerpts = in_ascii(excerpts);
        self.ours.push('\n');
        self.ours.push_str(&without(&excerpts, &addresses(&excerpts)));
        self
    }

    /// Whether `reply` may go out, of at most `limit` characters.
    ///
    /// # Errors
    /// [`Unfit`]: the first thing that is wrong with it.
    pub fn accept(&self, reply: &str, limit: usize) -> Result<(), Unfit> {
        ensure_readable(reply, limit)?;
        let reply = &in_ascii(reply);
        if self.is_internal(reply) {
            return Err(Unfit::Internal);
        }
        let says = Said::of(reply);
        if !says.is_nothing() {
            says.keeps_to(&Said::of(&self.ours), &Said::of(&self.theirs))?;
        }
        let promises = promised(PROMISES, &words(reply));
        if promises.is_empty() {
            return Ok(());
        }
        let known = [words(&self.ours), words(&self.theirs)].concat();
        if promised(&promises, &known).len() == promises.len() { Ok(()) } else { Err(Unfit::Promise) }
    }

    fn is_internal(&self, reply: &str) -> bool {
        let mut words = reply.split(|c: char| c.is_whitespace() || "\"'`<>()=,;".contains(c));
        let is_key = |word: &str| {
            let begin: String = word.chars().take(SHORTEST_KEY).flat_map(char::to_lowercase).collect();
            word.len() >= SHORTEST_KEY && KEYS.iter().any(|key| begin.starts_with(key))
        };
        let is_name = |name: &&str| name.trim_matches('_').contains('_');
        let mut names = reply.split(|c: char| !c.is_ascii_lowercase() && c != '_').filter(is_name);
        words.any(|word| is_key(word.trim_end_matches(['.', ':', '!', '?'])))
            || names.any(|name| self.instructions.contains(name))
            || self.is_quoted_by(reply)
    }
}

impl Grounds {
    /// Whether so many words in a row of `reply` are our instructions'.
    fn is_quoted_by(&self, reply: &str) -> bool {
        let reply = tokens(reply);
        if reply.len() < QUOTE {
            return false;
        }
        let told: Vec<String> = self.instructions.lines().map(|line| format!(" {} ", tokens(line).join(" "))).collect();
        let is_told = |quote: &[String]| {
            let quote = format!(" {} ", quote.join(" "));
            told.iter().any(|line| line.contains(&quote))
        };
        reply.windows(QUOTE).any(is_told)
    }
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
            ours.addresses.contains(address) || address.contains('@') && theirs.addresses.contains(address)
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

/// The lines of `text` as words.
fn words(text: &str) -> Vec<Words> {
    text.lines().map(Words::new).collect()
}
