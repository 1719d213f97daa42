//! Text as words that can be compared: folded, without endings, numbers in one shape.

use std::ops::Range;

use language::fold;
use rust_stemmers::{Algorithm, Stemmer};

/// A word or number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower case, accents kept.
    pub(crate) lower: String,
    /// Lower case, without accents; of a number its digits, with a point before decimals.
    pub(crate) folded: String,
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// Whether it begins with a digit.
    pub(crate) is_number: bool,
    /// What a joined word is made of: `wi` and `fi` of `wi-fi`.
    pub(crate) parts: Vec<Token>,
}

impl Token {
    /// The word, and what it is made of.
    pub(crate) fn with_parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.parts)
    }

    /// A single letter that is no number.
    pub(crate) fn is_letter(&self) -> bool {
        self.folded.len() == 1 && !self.is_number
    }
}

/// A short part before a hyphen belongs to the word behind it: `wi-fi`, `e-mail`.
const HYPHENATED: usize = 2;
/// The letters from α to ω, which people write by name too.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
];
/// What follows the apostrophe of an English contraction.
const CONTRACTED: [&str; 6] = ["t", "m", "d", "re", "ve", "ll"];

/// The words and numbers of `text`, in order. `24h` is a number and a word, `B12` one word; scripts without spaces give a token a
/// character.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    spans(text).filter_map(|span| span.token(text)).collect()
}

/// Where a word or number stands, in bytes.
pub(crate) struct Span {
    range: Range<usize>,
    is_number: bool,
}

impl Span {
    pub(crate) fn token(self, text: &str) -> Option<Token> {
        let Self { range, is_number } = self;
        let written = text.get(range.clone()).unwrap_or_default();
        let lower = if written.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            written.to_ascii_lowercase()
        } else {
            let kept = written.chars().filter(|c| c.is_alphanumeric() || is_accent(*c) || is_number);
            kept.collect::<String>().to_lowercase()
        };
        let folded = if is_number { number(&lower) } else { plain(&lower) };
        // The possessive ending is no word.
        let is_possessive =
            folded == "s" && matches!(text.get(..range.start).and_then(|t| t.chars().last()), Some('\'' | '’'));
        let parts = written.split_once(is_hyphen).map(|(one, other)| tokens(one).into_iter().chain(tokens(other)));
        let parts = parts.into_iter().flatten().map(|part| Token { range: range.clone(), ..part }).collect();
        (!folded.is_empty() && !is_possessive).then_some(Token { lower, folded, range, is_number, parts })
    }

    /// The first two letters of the word as it is compared, where that is plain to see: of numbers and joined words it is not.
    pub(crate) fn beginning<'t>(&self, text: &'t str) -> Option<&'t [u8]> {
        let written = text.get(self.range.clone())?.as_bytes();
        let is_plain = !self.is_number && written.iter().all(u8::is_ascii_alphanumeric);
        is_plain.then(|| written.get(..2).unwrap_or(written))
    }
}

pub(crate) fn spans(text: &str) -> impl Iterator<Item = Span> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| c.is_alphanumeric())?;
        let is_number = first.is_ascii_digit();
        let mut end = start + first.len_utf8();
        let mut letters = 1;
        while !is_unspaced(first)
            && let Some((at, c)) = chars.peek().copied()
        {
            let behind = || text.get(at + c.len_utf8()..).unwrap_or_default();
            let goes_on = if is_number {
                c.is_ascii_digit() || (matches!(c, '.' | ',') && behind().starts_with(|c: char| c.is_ascii_digit()))
            } else {
                let is_joined = is_hyphen(c) && letters <= HYPHENATED && behind().starts_with(char::is_alphabetic);
                (c.is_alphanumeric() && !is_unspaced(c)) || is_accent(c) || is_joined || is_contraction(c, behind())
            };
            if !goes_on {
                break;
            }
            chars.next();
            letters += 1;
            end = at + c.len_utf8();
        }
        Some(Span { range: start..end, is_number })
    })
}

fn plain(lower: &str) -> String {
    if lower.is_ascii() { lower.to_owned() } else { named(&fold(lower)) }
}

/// A Greek letter among others is its name: `κB` is `kappaB`. A Greek word stays as it is.
fn named(folded: &str) -> String {
    let name = |c: char| GREEK.get(usize::try_from(u32::from(c).checked_sub(u32::from('α'))?).ok()?).copied();
    let mut named = String::with_capacity(folded.len());
    let (mut before, mut chars) = (None, folded.chars().peekable());
    while let Some(c) = chars.next() {
        let is_among_others = before.and_then(name).is_none() && chars.peek().copied().and_then(name).is_none();
        match name(c).filter(|_| is_among_others) {
            Some(name) => named.push_str(name),
            None => named.push(c),
        }
        before = Some(c);
    }
    named
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Scripts that write no spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn is_contraction(c: char, behind: &str) -> bool {
    matches!(c, '\'' | '’') && {
        let end = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
        CONTRACTED.contains(&behind.get(..end).unwrap_or_default().to_lowercase().as_str())
    }
}

/// `1,500.00`, `1.500,00` and `1500` are one number, `10.50` and `10,5` another.
fn number(written: &str) -> String {
    let (whole, decimals) = match written.rfind(['.', ',']) {
        Some(at) => {
            let (whole, behind) = written.split_at(at);
            let behind = behind.get(1..).unwrap_or_default();
            let groups = behind.len() == 3 && !whole.is_empty();
            if groups { (format!("{whole}{behind}"), "") } else { (whole.to_owned(), behind) }
        }
        None => (written.to_owned(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

/// What ends a language's words lose.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "pt" => Algorithm::Portuguese,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "da" => Algorithm::Danish,
        "sv" => Algorithm::Swedish,
        "no" => Algorithm::Norwegian,
        "fi" => Algorithm::Finnish,
        "ro" => Algorithm::Romanian,
        "hu" => Algorithm::Hungarian,
        "tr" => Algorithm::Turkish,
        "ru" => Algorithm::Russian,
        _ => return None,
    })
}

/// A word's stem, hashed: two words are one where they share such a number.
pub(crate) type Term = u32;

/// Stems of one language.
pub(crate) struct Stems(Option<Stemmer>);

impl Stems {
    pub(crate) fn of(language: &str) -> Self {
        Self(algorithm(language).map(Stemmer::create))
    }

    /// What a word is found by. A word with accents has two: its own stem, and that of the word as people type it without them.
    pub(crate) fn terms(&self, token: &Token) -> (Term, Option<Term>) {
        let typed = self.term(&token.folded, token.is_number);
        let written = (token.lower != token.folded && !token.is_number).then(|| self.term(&token.lower, false));
        (typed, written.filter(|written| *written != typed))
    }

    fn term(&self, word: &str, is_number: bool) -> Term {
        let has_digit = is_number || word.bytes().any(|b| b.is_ascii_digit());
        match (apart(word), &self.0) {
            (Some(apart), _) => hash(apart),
            (None, Some(stemmer)) if !has_digit => hash(&plain(&stemmer.stem(word))),
            (None, _) => hash(&plain(word)),
        }
    }
}

/// What the stemmer would make one with another word: who pays in instalments has nothing installed.
fn apart(word: &str) -> Option<&'static str> {
    match word.strip_suffix('s').unwrap_or(word) {
        "instalment" | "installment" => Some("instalment"),
        "apartment" => Some("apartment"),
        _ => None,
    }
}

/// FNV-1a.
pub(crate) fn hash(text: &str) -> Term {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Titles and abbreviations whose point ends no sentence.
const ABBREVIATIONS: [&str; 34] = [
    "mr", "mrs", "ms", "dr", "st", "no", "vs", "approx", "inc", "ltd", "co", "e.g", "i.e", "etc", "sr", "sra", "dra",
    "ud", "uds", "av", "ca", "bzw", "z.b", "nr", "str", "usw", "inkl", "zzgl", "tel", "min", "max", "exkl", "mme",
    "env",
];

/// The sentences of `text`, as ranges of bytes without the space around them. A line break ends one too.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ends = match c {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => {
                let behind = text.get(end..).unwrap_or_default();
                let next = behind.trim_start_matches(['"', '”', '\'', '’', ')', '»']);
                let is_apart = next.starts_with(char::is_whitespace);
                let goes_on = next.trim_start().starts_with(char::is_lowercase);
                is_apart && !goes_on && !(c == '.' && is_abbreviated(text.get(start..at).unwrap_or_default()))
            }
            _ => false,
        };
        if ends {
            let closing = text.get(end..).unwrap_or_default();
            let closing = closing.len() - closing.trim_start_matches(['"', '”', '\'', '’', ')', '»']).len();
            push(text, start..end + closing, &mut found);
            start = end + closing;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_lowercase();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    is_initial || ABBREVIATIONS.contains(&word.as_str())
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(part) = text.get(range.clone()) else { return };
    let start = range.start + part.len() - part.trim_start().len();
    let end = start + part.trim().len();
    if start < end {
        found.push(start..end);
    }
}

/// About how many tokens a model reads in `text`: 1.3 a word, and more where words have no blanks between them.
pub(crate) fn count(text: &str) -> usize {
    (text.split_whitespace().count() * 13 / 10).max(text.len() / 8)
}

/// `text` in pieces of at most `most` bytes.
pub(crate) fn pieces(mut text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    while text.len() > most {
        let at = (1..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let (piece, rest) = text.split_at(at);
        pieces.push(piece);
        text = rest;
    }
    pieces.push(text);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.folded).collect()
    }

    #[test]
    fn numbers_have_one_shape() {
        assert_eq!(folded("$1,500.00 1.500,00 € 1500"), ["1500", "1500", "1500"]);
        assert_eq!(folded("10.50 10,5 007 24h B12"), ["10.5", "10.5", "7", "24", "h", "b12"]);
    }

    #[test]
    fn apostrophes_and_hyphens_are_read_as_people_mean_them() {
        assert_eq!(folded("men's don’t l'eau Wi-Fi walk-in"), ["men", "dont", "l", "eau", "wifi", "walk", "in"]);
        let parts = |text: &str| -> Vec<String> {
            tokens(text).iter().flat_map(|token| &token.parts).map(|part| part.folded.clone()).collect()
        };
        assert_eq!(parts("Wi-Fi wi\u{2011}fi wifi"), ["wi", "fi", "wi", "fi"]);
        assert_eq!(parts("walk-in IL-6 20-30"), Vec::<String>::new());
    }

    #[test]
    fn a_greek_letter_is_its_name_and_a_greek_word_a_word() {
        assert_eq!(folded("NF-κB NF-kappaB β ΠΑΝΩ"), ["nfkappab", "nfkappab", "beta", "πανω"]);
    }

    #[test]
    fn words_that_have_nothing_to_do_with_each_other_are_two_terms() {
        let stems = Stems::of("en");
        let term = |word: &str| stems.terms(&tokens(word)[0]).0;
        assert_ne!(term("installments"), term("install"));
        assert_eq!(term("Installments"), term("instalment"));
        assert_eq!(term("installation"), term("install"));
        assert_ne!(term("apartments"), term("apart"));
    }

    #[test]
    fn forms_of_a_word_are_one_term_with_accents_or_without() {
        for (language, one, other) in [
            ("en", "cancelling", "cancels"),
            ("es", "cancelación", "cancelaciones"),
            ("es", "cancelación", "cancelacion"),
            ("fr", "réservations", "reservation"),
            ("de", "Kürzungen", "kurzung"),
            ("pt", "informações", "informacoes"),
            ("pt", "informações", "informação"),
        ] {
            let stems = Stems::of(language);
            let terms = |word: &str| {
                let (typed, written) = stems.terms(&tokens(word)[0]);
                [Some(typed), written].into_iter().flatten().collect::<Vec<_>>()
            };
            assert!(terms(one).iter().any(|term| terms(other).contains(term)), "{language}: {one}, {other}");
        }
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        let text = "Dr. Lee is in at 9 a.m. on weekdays. \"Really?\" Yes!\nParking: $5.50 approx. e.g. behind No. 4";
        let found: Vec<&str> = sentences(text).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(
            found,
            ["Dr. Lee is in at 9 a.m. on weekdays.", "\"Really?\"", "Yes!", "Parking: $5.50 approx. e.g. behind No. 4"]
        );
    }

    proptest! {
        #[test]
        fn ranges_are_of_the_text_in_order_and_apart(text in "\\PC*") {
            for ranges in [sentences(&text), tokens(&text).into_iter().map(|token| token.range).collect()] {
                prop_assert!(ranges.iter().all(|range| text.get(range.clone()).is_some_and(|part| !part.is_empty())));
                prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
        }
    }
}
