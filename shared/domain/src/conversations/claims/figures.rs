//! The addresses and figures of a text, as they are written: what says the same otherwise counts as another one.

use crate::money::hundredths;

/// Currencies by their codes and names.
#[rustfmt::skip]
pub(super) const CURRENCIES: [&str; 37] = [
    "usd", "eur", "gbp", "cad", "aud", "mxn", "brl", "chf", "dollar", "dollars", "bucks", "euro", "euros", "pounds", "dolares",
    "pesos", "reais", "franken", "dolar", "dolara", "dolarow", "dollari", "zl", "zloty", "zlotych", "lira", "kr", "kronor", "kroner",
    "rupees", "rupias", "yen", "yuan", "pln", "inr", "jpy", "cny",
];
/// Signs of a share.
const SHARE: [char; 4] = ['%', '٪', '‰', '％'];
/// What may stand within a figure: `1,250.50`, `16:00`, `12/01`, `555-0142`.
const WITHIN: [char; 8] = ['.', ',', ':', '/', '-', '\'', '’', '\u{2013}'];
/// What may stand for the dot of a host.
const DOTS: [char; 6] = ['.', '。', '．', '｡', '\u{2024}', '\u{fe52}'];
/// What may be opened without a host.
const SCHEMES: [&str; 5] = ["javascript:", "data:", "vbscript:", "mailto:", "tel:"];
/// A dot or an at sign that is spelled out.
const SPELLED: [&str; 12] = [
    "(dot)",
    "(at)",
    "(punto)",
    "(arroba)",
    "(punkt)",
    "(point)",
    "(ponto)",
    "(arobase)",
    "{dot}",
    "{at}",
    "<dot>",
    "<at>",
];

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Money,
    Share,
    None,
}

/// A run of digits with what separates them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    digits: String,
    unit: Unit,
}

impl Figure {
    /// Whether this one says `other` too: `$50` says `50`, and the 16 of a date does not say `$16`.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        self.digits == other.digits && (other.unit == Unit::None || self.unit == other.unit)
    }

    pub(super) fn unit(&self) -> Unit {
        self.unit
    }

    /// Whether it is written with two decimals, as amounts are.
    pub(super) fn has_cents(&self) -> bool {
        let after = self.digits.rsplit_once(['.', ',']).map(|(_, after)| after);
        after.is_some_and(|after| after.len() == 2 && after.bytes().all(|b| b.is_ascii_digit()))
    }

    /// Each run of digits in it as a number, in hundredths.
    pub(super) fn runs(&self) -> impl Iterator<Item = u64> {
        let runs = self.digits.split(|c: char| !c.is_ascii_digit());
        runs.filter_map(|run| run.parse::<u64>().ok()?.checked_mul(100))
    }
}

/// The figures of `text`, in order.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_numeric) {
        let (before, from) = rest.split_at(start);
        let (digits, after) = from.split_at(length(from));
        let unit = unit(before.trim_end(), after.trim_start());
        figures.push(Figure { digits: digits.to_owned(), unit });
        rest = after;
    }
    figures
}

/// Whether an amount of money stands in `text`.
pub(crate) fn names_money(text: &str) -> bool {
    figures(text).iter().any(|figure| figure.unit == Unit::Money)
}

/// How many bytes of `text`, which begins with a digit, are one figure.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = WITHIN.contains(&c) && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !c.is_numeric() && !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The numbers that `figure` says, in hundredths: `1,250.50`, and both of `100-200`. A time of day says none. `None` where it
/// cannot be read: `99½`, `89:00 USD`.
pub(super) fn values(figure: &Figure) -> Option<Vec<u64>> {
    let parts = figure.digits.split(['-', '\u{2013}', '/']);
    let is_time = |part: &&str| figure.unit != Unit::Money && is_time_of_day(part);
    parts.filter(|part| !is_time(part)).map(number).collect()
}

fn is_time_of_day(digits: &str) -> bool {
    let mut parts = digits.split(':');
    let is_hour = parts.next().and_then(|hour| hour.parse::<u8>().ok()).is_some_and(|hour| hour < 25);
    let rest: Vec<&str> = parts.collect();
    let is_sixtieth = |part: &&str| part.len() == 2 && part.parse::<u8>().is_ok_and(|part| part < 60);
    is_hour && matches!(rest.len(), 1 | 2) && rest.iter().all(is_sixtieth)
}

fn number(digits: &str) -> Option<u64> {
    let (whole, cents) = match digits.rsplit_once(['.', ',']) {
        Some((whole, cents)) if cents.len() <= 2 => (whole, cents),
        _ => (digits, ""),
    };
    let whole: String = whole.chars().filter(|c| *c == ':' || !WITHIN.contains(c)).collect();
    hundredths(&whole, cents)
}

/// What in `text` may be a telephone number: seven digits and more, with what people write between them. An amount and a date
/// are none.
pub(super) fn phone_numbers(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_digit() || " +()-./".contains(c);
    let runs = text.split(|c: char| !is_part(c)).map(|run| run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+'));
    let is_phone = |run: &&str| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let groups = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
        let is_date = groups.clone().next().is_some_and(|year| year.len() == 4 && run.get(4..5) == Some("-"));
        let has_cents = run.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == 2) && !run.starts_with('+');
        let is_dictated = groups.clone().all(|group| group.len() == 1);
        (7..=15).contains(&digits) && !is_date && !has_cents && (is_dictated || groups.count() <= 6)
    };
    runs.filter(is_phone).collect()
}

/// `text` without `parts`.
pub(super) fn without(text: &str, parts: &[&str]) -> String {
    parts.iter().fold(text.to_owned(), |text, part| text.replace(part, " "))
}

/// The letters of `text` that are next to a figure, and one more.
fn near(text: &str, at_the_end: bool) -> String {
    const LONGEST: usize = 9;
    if at_the_end {
        let last: Vec<char> = text.chars().rev().take(LONGEST).collect();
        last.into_iter().rev().collect()
    } else {
        text.chars().take(LONGEST).collect()
    }
}

/// Signs of currencies, the wide ones too.
fn is_money(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20cf}' | '\u{fdfc}' | '\u{fe69}' | '\u{ff04}')
        || matches!(c, '\u{ffe0}' | '\u{ffe1}' | '\u{ffe5}' | '\u{ffe6}')
}

fn is_currency(text: &str, next_to: impl Fn(&str, &str) -> bool) -> bool {
    let folded = ::language::fold(text);
    CURRENCIES.iter().any(|name| next_to(&folded, name))
}

fn unit(before: &str, after: &str) -> Unit {
    let follows =
        |text: &str, name: &str| text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let precedes =
        |text: &str, name: &str| text.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let named = is_currency(&near(after, false), follows) || is_currency(&near(before, true), precedes);
    if named || before.ends_with(is_money) || after.starts_with(is_money) {
        Unit::Money
    } else if after.starts_with(SHARE) || before.ends_with(SHARE) {
        Unit::Share
    } else {
        Unit::None
    }
}

/// What in `text` can be opened or written to, without the punctuation around it: links, hosts, e-mail addresses, handles. Also
/// where blanks or words stand for its dots.
pub(crate) fn addresses(text: &str) -> Vec<&str> {
    let words = words_at(text);
    let bare = words.iter().map(|(_, word)| word.trim_matches(|c: char| ".,;:!?…()\"'“”„«»‘’*_".contains(c)));
    let mut found: Vec<&str> = bare.filter(|word| is_address(word)).collect();
    let between = |start: usize, behind: usize, last: &str| text.get(start..behind + last.len());
    found.extend(words.windows(3).filter_map(|three| match three {
        [(start, before), (_, dot), (behind, after)] if is_spelled_dot(before, dot, after) => {
            between(*start, *behind, after)
        }
        _ => None,
    }));
    found.extend(words.windows(2).filter_map(|two| match two {
        [(start, before), (behind, after)] if is_torn_host(before, after) => between(*start, *behind, after),
        _ => None,
    }));
    found
}

/// The words of `text`, and where each begins.
fn words_at(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let parts = text.split_inclusive(char::is_whitespace).map(|part| {
        let start = at;
        at += part.len();
        (start, part.trim_end())
    });
    parts.filter(|(_, word)| !word.is_empty()).collect()
}

/// `evil .example`.
fn is_torn_host(before: &str, after: &str) -> bool {
    let is_label = |rest: &str| rest.starts_with(char::is_lowercase);
    before.ends_with(char::is_alphanumeric) && after.strip_prefix('.').is_some_and(is_label)
}

/// `evil dot example`, `evil . example`.
fn is_spelled_dot(before: &str, dot: &str, after: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "-.,!?".contains(c));
    let is_dot =
        dot.trim_matches(['(', ')']).eq_ignore_ascii_case("dot") || dot == "." && after.starts_with(char::is_lowercase);
    is_dot && is_word(before) && is_word(after) && before.ends_with(char::is_alphanumeric)
}

fn is_address(word: &str) -> bool {
    let folded = word.to_lowercase();
    word.contains("://")
        || word.contains(['@', '＠'])
        || SCHEMES.iter().any(|scheme| folded.starts_with(scheme))
        || SPELLED.iter().any(|spelled| folded.contains(spelled))
        || word.split(['/', '?', '#', ':']).any(|part| is_host(part) || is_numbered_host(part))
}

/// `203.0.113.9`.
fn is_numbered_host(word: &str) -> bool {
    let labels: Vec<&str> = word.split(DOTS).collect();
    labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok())
}

/// A dot between a letter or digit and at least two letters. `a.m` and `z.B` are none.
fn is_host(word: &str) -> bool {
    let labels: Vec<&str> = word.split(DOTS).collect();
    labels.windows(2).any(|pair| match pair {
        [before, after] => {
            let letters = after.chars().take_while(|c| c.is_alphabetic() || *c == '-').count();
            let begins = after.starts_with(char::is_alphabetic);
            before.ends_with(char::is_alphanumeric) && begins && letters >= 2
        }
        _ => false,
    })
}
