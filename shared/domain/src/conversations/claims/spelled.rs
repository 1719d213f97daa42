//! Numbers in words, as figures: `ninety-five`, `zweihundert`, `quatre-vingt-dix`. A price that is written out is a price.
//!
//! Up to twelve they stay words, because `one` and `un` are ordinary ones; but not before a currency.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::figures::CURRENCIES;

/// Words of a number and their values, without diacritics, in the languages we have phrases for and Italian.
#[rustfmt::skip]
const NUMBERS: &[(&str, u64)] = &[
    ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9),
    ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16),
    ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50),
    ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90), ("zero", 0),
    ("uno", 1), ("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7), ("ocho", 8), ("nueve", 9),
    ("diez", 10), ("once", 11), ("doce", 12), ("trece", 13), ("catorce", 14), ("quince", 15), ("veinte", 20), ("veinticinco", 25),
    ("treinta", 30), ("cuarenta", 40), ("cincuenta", 50), ("sesenta", 60), ("setenta", 70), ("ochenta", 80), ("noventa", 90),
    ("doscientos", 200), ("trescientos", 300), ("cuatrocientos", 400), ("quinientos", 500), ("seiscientos", 600),
    ("setecientos", 700), ("ochocientos", 800), ("novecientos", 900),
    ("un", 1), ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("sept", 7), ("huit", 8), ("neuf", 9), ("dix", 10),
    ("onze", 11), ("douze", 12), ("treize", 13), ("quatorze", 14), ("quinze", 15), ("seize", 16), ("vingt", 20),
    ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60), ("septante", 70), ("nonante", 90),
    ("ein", 1), ("eins", 1), ("eine", 1), ("zwei", 2), ("drei", 3), ("vier", 4), ("funf", 5), ("sechs", 6), ("sieben", 7),
    ("acht", 8), ("neun", 9), ("zehn", 10), ("elf", 11), ("zwolf", 12), ("sechzehn", 16), ("siebzehn", 17), ("zwanzig", 20),
    ("dreissig", 30), ("vierzig", 40), ("funfzig", 50), ("sechzig", 60), ("siebzig", 70), ("achtzig", 80), ("neunzig", 90),
    ("dois", 2), ("quatro", 4), ("sete", 7), ("oito", 8), ("nove", 9), ("dez", 10), ("doze", 12), ("treze", 13), ("vinte", 20),
    ("trinta", 30), ("quarenta", 40), ("cinquenta", 50), ("sessenta", 60), ("oitenta", 80), ("duzentos", 200),
    ("trezentos", 300), ("quatrocentos", 400), ("quinhentos", 500), ("seiscentos", 600), ("setecentos", 700),
    ("oitocentos", 800), ("novecentos", 900),
    ("due", 2), ("quattro", 4), ("cinque", 5), ("sei", 6), ("sette", 7), ("otto", 8), ("dieci", 10), ("venti", 20),
    ("venticinque", 25), ("trenta", 30), ("quaranta", 40), ("cinquanta", 50), ("sessanta", 60), ("settanta", 70),
    ("ottanta", 80), ("novanta", 90),
];
/// What multiplies the number before it.
#[rustfmt::skip]
const TIMES: &[(&str, u64)] = &[
    ("hundred", 100), ("thousand", 1_000), ("hundert", 100), ("tausend", 1_000), ("cent", 100), ("cents", 100), ("mille", 1_000),
    ("cien", 100), ("ciento", 100), ("cem", 100), ("cento", 100), ("mil", 1_000), ("mila", 1_000),
];
/// Stands within a number: `one hundred and twenty`, `treinta y cinco`.
const WITHIN: [&str; 6] = ["and", "y", "et", "und", "e", "a"];
/// Up to this a number stays as it is written.
const ORDINARY: u64 = 12;
/// So many digits one after the other are dictated.
const DICTATED: usize = 4;

/// What each word is worth that is one of the above: a business's whole data is read for every answer of a model, and hardly any of its words
/// is a number.
static WORTHS: LazyLock<HashMap<&str, Worth>> = LazyLock::new(|| {
    let currencies = CURRENCIES.iter().map(|name| (*name, Worth::Currency));
    let within = WITHIN.iter().map(|word| (*word, Worth::Within));
    let numbers = NUMBERS.iter().rev().map(|(name, value)| (*name, Worth::Number(*value)));
    let times = TIMES.iter().map(|(name, times)| (*name, Worth::Times(*times)));
    // What comes later wins.
    currencies.chain(within).chain(numbers).chain(times).collect()
});
/// How words begin that may be put together of numbers.
static BEGINNINGS: LazyLock<HashMap<char, Vec<(&str, u64)>>> = LazyLock::new(|| {
    let mut beginnings: HashMap<char, Vec<(&str, u64)>> = HashMap::new();
    for (name, value) in NUMBERS {
        beginnings.entry(name.chars().next().unwrap_or_default()).or_default().push((*name, *value));
    }
    beginnings
});

/// A word of a text: where it stands, and what it is worth.
struct Word {
    start: usize,
    end: usize,
    worth: Worth,
}

#[derive(Clone, Copy, PartialEq)]
enum Worth {
    Number(u64),
    Times(u64),
    Within,
    Currency,
    None,
}

/// `text` with its numbers in figures.
pub(super) fn in_figures(text: &str) -> String {
    let words = words(text);
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    let mut at = 0;
    while let Some(first) = words.get(at) {
        let run = run(text, &words, at);
        let Some(last) = run.checked_sub(1).and_then(|more| words.get(at + more)) else {
            at += 1;
            continue;
        };
        let worths: Vec<Worth> = words.iter().skip(at).take(run).map(|word| word.worth).collect();
        let is_money = words.get(at + run).is_some_and(|next| next.worth == Worth::Currency);
        if let Some(figures) = figures(&worths, is_money) {
            written.push_str(text.get(done..first.start).unwrap_or_default());
            written.push_str(&figures);
            done = last.end;
        }
        at += run;
    }
    written.push_str(text.get(done..).unwrap_or_default());
    written
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (start, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let end = start + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == start => word.end = end,
            _ => words.push(Word { start, end, worth: Worth::None }),
        }
    }
    for word in &mut words {
        word.worth = worth(&::language::fold(text.get(word.start..word.end).unwrap_or_default()));
    }
    words
}

fn worth(word: &str) -> Worth {
    let known = WORTHS.get(word).copied();
    known.or_else(|| compound(word).map(Worth::Number)).unwrap_or(Worth::None)
}

/// `funfundneunzig`, `zweihundertvierzig`; `None` where the word is none.
fn compound(word: &str) -> Option<u64> {
    let (mut total, mut part, mut rest) = (0_u64, 0_u64, word);
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix("und").filter(|_| part > 0) {
            rest = behind;
            continue;
        }
        let multiplied = [("hundert", 100), ("tausend", 1_000)].into_iter().find(|(name, _)| rest.starts_with(name));
        if let Some((name, times)) = multiplied {
            total += part.max(1) * times;
            part = 0;
            rest = rest.strip_prefix(name)?;
            continue;
        }
        let beginning = BEGINNINGS.get(&rest.chars().next()?)?;
        let longest = beginning.iter().filter(|(name, _)| rest.starts_with(name)).max_by_key(|(name, _)| name.len());
        let (name, value) = longest.filter(|(_, value)| part + value < 100)?;
        part += value;
        rest = rest.strip_prefix(name)?;
    }
    Some(total + part)
}

/// How many words from `at` on are one number.
fn run(text: &str, words: &[Word], at: usize) -> usize {
    let (mut length, mut before) = (0, None::<&Word>);
    for (place, word) in words.iter().enumerate().skip(at) {
        let between = before.and_then(|before| text.get(before.end..word.start));
        if between.is_some_and(|between| !matches!(between, " " | "-" | "\u{2011}" | ", ")) {
            break;
        }
        match word.worth {
            Worth::Number(_) | Worth::Times(_) => length = place + 1 - at,
            Worth::Within if length > 0 => {}
            _ => break,
        }
        before = Some(word);
    }
    length
}

/// The number of a run in figures, where it is not an ordinary word; digit by digit where it was dictated so.
fn figures(worths: &[Worth], is_money: bool) -> Option<String> {
    let digits: Vec<u64> =
        worths.iter().filter_map(|worth| if let Worth::Number(value) = worth { Some(*value) } else { None }).collect();
    if digits.len() == worths.len() && digits.len() >= DICTATED && digits.iter().all(|digit| *digit < 10) {
        return Some(digits.iter().map(u64::to_string).collect());
    }
    let (mut total, mut part) = (0_u64, 0_u64);
    for worth in worths {
        match worth {
            // Four times twenty.
            Worth::Number(20) if part % 100 == 4 => part += 76,
            Worth::Number(value) => part = part.saturating_add(*value),
            Worth::Times(1_000) => {
                total = total.saturating_add(part.max(1).saturating_mul(1_000));
                part = 0;
            }
            Worth::Times(times) => part = part.max(1).saturating_mul(*times),
            _ => {}
        }
    }
    let number = total.saturating_add(part);
    let is_number = worths.iter().any(|worth| matches!(worth, Worth::Number(_)));
    let is_plain = is_number && number > ORDINARY || is_money && number > 0;
    is_plain.then(|| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_figures() {
        for (words, figures) in [
            ("It is ninety-five.", "It is 95."),
            ("one hundred and twenty dollars", "120 dollars"),
            ("two hundred", "200"),
            ("a hundred thanks, just five", "a hundred thanks, just five"),
            ("five dollars for one of us", "5 dollars for one of us"),
            ("fünfundneunzig Dollar", "95 Dollar"),
            ("zweihundertvierzig", "240"),
            ("quatre-vingt-dix euros", "90 euros"),
            ("quatre-vingt-cinq", "85"),
            ("treinta y cinco", "35"),
            ("vinte e cinco anos", "25 anos"),
            ("call three zero three five five five zero one nine nine", "call 3035550199"),
            ("one or two", "one or two"),
            ("twenty one nights", "21 nights"),
        ] {
            assert_eq!(in_figures(words), figures);
        }
    }
}
