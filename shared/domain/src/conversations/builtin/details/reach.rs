//! Addresses in a message: numbers and mailboxes, and which of them are the writer's own.
//!
//! An address may be anybody's: "I wrote to info@…", "call my husband at …", "claim 4471829305". It is the writer's where words
//! say so, behind a label at the beginning of a clause ("cell: 303 …"), beside their name, or where the message is nothing else.

use std::ops::Range;

use super::name;
use crate::conversations::builtin::heard;
use crate::conversations::builtin::tokens::{Token, Tokens};
use crate::conversations::builtin::vocabulary::who;
use crate::messaging::{Address, Email, Phone};
use ::language::Words;

/// Fewest digits of a number that has no leading `+`; fewer are dates, codes and counts.
const MIN_LOCAL_DIGITS: usize = 9;
/// Most digits of a number (ITU-T E.164).
const MAX_DIGITS: usize = 15;
/// The most words of "you can text me at".
const MAX_MINE_WORDS: usize = 5;
/// A house number has no more.
const MAX_HOUSE_DIGITS: usize = 5;
/// What people write before a number or mailbox of theirs, folded, in five languages.
const LABELS: [&str; 38] = [
    "tel",
    "phone",
    "telephone",
    "cell",
    "cellphone",
    "mobile",
    "number",
    "no",
    "email",
    "e mail",
    "mail",
    "whatsapp",
    "text",
    "telefono",
    "tfno",
    "tlf",
    "celular",
    "cel",
    "movil",
    "numero",
    "correo",
    "telefon",
    "handy",
    "mobil",
    "nummer",
    "telefonnummer",
    "handynummer",
    "mailadresse",
    "portable",
    "telefone",
    "telemovel",
    "telf",
    "courriel",
    "fon",
    "zap",
    "contacto",
    "contato",
    "contact",
];
/// What may stand between two addresses, or between a name and an address.
const BETWEEN: [&str; 33] = [
    "and", "or", "y", "o", "et", "ou", "und", "oder", "e", "my", "mi", "mon", "mein", "meine", "meu", "is", "es",
    "est", "ist", "here", "aqui", "at", "al", "au", "unter", "an", "its", "el", "le", "su", "sa", "sein", "ihr",
];

/// Country codes, and what the countries are called, folded, in five languages.
const COUNTRIES: [(&str, &[&str]); 14] = [
    ("1", &["united states", "usa", "canada", "estados unidos", "etats unis", "kanada"]),
    ("31", &["netherlands", "holland", "dutch", "paises bajos", "holanda", "pays bas", "niederlande"]),
    ("32", &["belgium", "belgian", "belgica", "belgique", "belgien"]),
    ("33", &["france", "french", "francia", "frances", "francais", "francaise", "frankreich", "franca"]),
    (
        "34",
        &["spain", "spanish", "espana", "espanol", "espagne", "espagnol", "spanien", "spanisch", "espanha", "espanhol"],
    ),
    ("39", &["italy", "italian", "italia", "italiano", "italie", "italien", "italienisch"]),
    ("41", &["switzerland", "swiss", "suiza", "suisse", "schweiz", "suica"]),
    ("43", &["austria", "austrian", "autriche", "osterreich"]),
    (
        "44",
        &[
            "united kingdom",
            "uk",
            "england",
            "british",
            "reino unido",
            "inglaterra",
            "royaume uni",
            "angleterre",
            "grossbritannien",
        ],
    ),
    (
        "49",
        &[
            "germany",
            "german",
            "alemania",
            "aleman",
            "allemagne",
            "allemand",
            "deutschland",
            "deutsche",
            "alemanha",
            "alemao",
        ],
    ),
    ("52", &["mexico", "mexican", "mexicano", "mexique", "mexiko"]),
    ("55", &["brazil", "brazilian", "brasil", "bresil", "brasilien", "brasileiro"]),
    ("351", &["portugal", "portuguese", "portugues", "portugais", "portugiesisch"]),
    ("353", &["ireland", "irish", "irlanda", "irlande", "irland"]),
];

/// An address in a message.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) at: Range<usize>,
    pub(super) address: Address,
}

/// Every address in a message, in its order.
pub(super) fn addresses(tokens: &Tokens<'_>, region: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let one = email_at(tokens, at).or_else(|| phone_at(tokens, at, region));
        // "85018, 602-555-0145": a postal or house number of its own, and the number behind it.
        let is_short = tokens.get(at).is_some_and(|token| token.text.len() <= MAX_HOUSE_DIGITS);
        let is_apart =
            is_short && tokens.get(at).is_some_and(|token| token.ends_clause || is_code_of_a_town(token.text));
        let after = || if is_apart { at + 1 } else { past_figures(tokens, at) };
        at = one.as_ref().map_or_else(after, |one| one.at.end);
        found.extend(one);
    }
    found
}

fn email_at(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let text = tokens.get(at).map(|token| token.text).filter(|text| text.contains('@'))?;
    let address = Email::new(text.trim_matches(|c: char| !c.is_alphanumeric()), "email").ok()?;
    Some(Found { at: at..at + 1, address: Address::Email(address) })
}

/// The number that begins with the figures at `at`: all figures that follow, or those of the clause, or those before a house number or a
/// postal code.
fn phone_at(tokens: &Tokens<'_>, at: usize, region: &str) -> Option<Found> {
    if !is_figures(tokens, at) {
        return None;
    }
    let end = past_figures(tokens, at);
    let ends_before = |cut: usize| {
        let last = tokens.get(cut - 1);
        let rest = tokens.slice(&(cut..end));
        let is_one = end == cut + 1;
        let is_house = is_one && rest.len() <= MAX_HOUSE_DIGITS && tokens.get(end).is_some_and(Token::is_word);
        last.is_some_and(|last| last.ends_clause) || is_house || (is_one && is_postal_code(rest))
    };
    // "303.555.0166, 88 Pearl St": the house number is none of it.
    let is_clause = |cut: &usize| tokens.get(cut - 1).is_some_and(|last| last.ends_clause);
    let clauses = (at + 1..end).filter(is_clause);
    let ends = clauses.chain(std::iter::once(end)).chain((at + 1..end).rev().filter(|cut| ends_before(*cut)));
    ends.filter_map(|end| {
        Some(Found { at: at..end, address: Address::Phone(phone(tokens.slice(&(at..end)), region)?) })
    })
    .next()
}

fn phone(written: &str, region: &str) -> Option<Phone> {
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let enough = written.starts_with('+') || digits >= MIN_LOCAL_DIGITS;
    if !enough || digits > MAX_DIGITS || written.contains('/') && !written.starts_with(['0', '+']) {
        return None;
    }
    Phone::typed(written, region, "phone").ok()
}

/// Figures that are a number to dial and none of `region`'s: "612 33 44 55" in Portugal, or none that there is.
pub(in crate::conversations::builtin) fn foreign_number<'t>(tokens: &Tokens<'t>, region: &str) -> Option<&'t str> {
    // The groups behind + and a country are no number by themselves.
    let is_international = |at: usize| {
        let first = (0..=at).rev().take_while(|at| is_figures(tokens, *at)).last();
        first.and_then(|first| tokens.get(first)).is_some_and(|token| token.text.starts_with('+'))
    };
    let begins = |at: usize| tokens.get(at).is_some_and(|token| token.text.starts_with('+'));
    let runs = (0..tokens.len()).filter(|at| is_figures(tokens, *at) && (begins(*at) || !is_international(*at)));
    let runs = runs.map(|at| at..past_figures(tokens, at));
    let mut written = runs.map(|run| tokens.slice(&run));
    written.find(|written| {
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        (MIN_LOCAL_DIGITS..=MAX_DIGITS).contains(&digits)
            && !written.contains(['/', ','])
            && phone(written, region).is_none()
    })
}

/// The number that `line` has and that is none of `region`'s, with the country code that `text` gives or whose country it names.
pub(in crate::conversations::builtin) fn with_country(line: &str, text: &str, region: &str) -> Option<Phone> {
    let line = super::written(line);
    let number = foreign_number(&Tokens::new(&line), region)?;
    let words = Words::new(text);
    let named = || COUNTRIES.iter().find(|(_, names)| words.contains_any(names)).map(|(code, _)| (*code).to_owned());
    // "For 2 people" has no country code.
    let is_code = text.contains('+') || text.trim().bytes().all(|byte| byte.is_ascii_digit());
    let typed = || {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let code = digits.trim_start_matches("00");
        (is_code && (1..=3).contains(&code.len())).then(|| code.to_owned())
    };
    let code = typed().or_else(named)?;
    Phone::typed(&format!("+{code} {}", number.trim_start_matches('0')), region, "phone").ok()
}

fn is_figures(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        token.text.contains(|c: char| c.is_ascii_digit())
            && token.text.chars().all(|c| c.is_ascii_digit() || "+()-./".contains(c))
    })
}

/// Past the figures that follow each other from `at` on; at least one token further.
fn past_figures(tokens: &Tokens<'_>, at: usize) -> usize {
    (at..tokens.len()).find(|index| !is_figures(tokens, *index)).unwrap_or(tokens.len()).max(at + 1)
}

/// Before labels and joining words that lead to the token at `at`; and whether there was a label.
pub(super) fn before_labels(tokens: &Tokens<'_>, at: usize) -> (usize, bool) {
    let (mut start, mut is_labelled) = (at, false);
    while let Some(before) = start.checked_sub(1) {
        let word = tokens.folded(before);
        let is_label = LABELS.contains(&word);
        if !is_label && !BETWEEN.contains(&word) {
            break;
        }
        (start, is_labelled) = (before, is_labelled || is_label);
    }
    (start, is_labelled)
}

/// Whether words, or a label, say that an address is the writer's own.
pub(super) fn is_own(tokens: &Tokens<'_>, found: &Found) -> bool {
    let at = found.at.start;
    if tokens.phrase_before(at, |list| list.reach_follows) || is_mine(tokens, at) {
        return true;
    }
    let label = at.checked_sub(1).filter(|label| LABELS.contains(&tokens.folded(*label)));
    label.is_some_and(|label| begins_clause(tokens, label)) || is_my_label_before(tokens, at)
}

/// Whether the words before `at` are of a label of the writer's: "my cell is", "o meu contacto é o".
fn is_my_label_before(tokens: &Tokens<'_>, at: usize) -> bool {
    let (start, is_labelled) = before_labels(tokens, at);
    let is_mine = |index: usize| is_label_of_mine(tokens, index);
    is_labelled && (start..at).any(is_mine)
}

/// Whether the token at `at` is what an address is called, and the writer's: "my cell".
pub(super) fn is_label_of_mine(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens.folded(before)).unwrap_or_default();
    is_label(tokens.folded(at)) && who::has(&[before], |who| who.my)
}

/// Whether a folded word is what an address is called.
pub(super) fn is_label(word: &str) -> bool {
    LABELS.contains(&word)
}

/// Whether the words just before `at` say "mine is" or "text me at".
fn is_mine(tokens: &Tokens<'_>, at: usize) -> bool {
    let phrases = || who::ALL.into_iter().flat_map(|who| who.mine);
    let folded = |start: usize| (start..at).map(|index| tokens.folded(index)).collect::<Vec<_>>().join(" ");
    (at.saturating_sub(MAX_MINE_WORDS)..at).any(|start| phrases().any(|phrase| *phrase == folded(start)))
}

/// Whether `one` of the addresses stands beside the writer's name, or the message has nothing but addresses and courtesies.
pub(super) fn stands_for_itself(
    tokens: &Tokens<'_>,
    one: &Found,
    found: &[Found],
    name: Option<&Range<usize>>,
) -> bool {
    let are_beside = |mut between: Range<usize>| between.all(|at| says_nothing(tokens, at, found));
    let is_beside = |name: &Range<usize>| {
        (name.end <= one.at.start && are_beside(name.end..one.at.start))
            || (one.at.end <= name.start && are_beside(one.at.end..name::lead_start(tokens, name.start)))
    };
    name.is_some_and(is_beside) || are_beside(0..tokens.len())
}

/// Whether the token at `at` says nothing beside addresses and a name: part of an address, a label, a courtesy.
pub(super) fn says_nothing(tokens: &Tokens<'_>, at: usize, found: &[Found]) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let word = token.folded.as_str();
    found.iter().any(|one| one.at.contains(&at))
        || LABELS.contains(&word)
        || BETWEEN.contains(&word)
        || name::is_lead_in(tokens, at + 1)
        || heard::is_reply_word(token.text)
        || is_postal_code(word)
}

/// Whether `word` is a postal code more likely than the beginning of a number: "85018", and not "0152".
fn is_code_of_a_town(word: &str) -> bool {
    word.len() == MAX_HOUSE_DIGITS && !word.starts_with('0') && is_postal_code(word)
}

/// Whether `word` can be the postal code beside a number: "303-555-0147 80211".
fn is_postal_code(word: &str) -> bool {
    (4..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the token at `at` is the first of its clause, courtesies aside.
pub(super) fn begins_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return true };
    before.ends_clause || heard::is_reply_word(before.text) || name::is_lead_in(tokens, at)
}
