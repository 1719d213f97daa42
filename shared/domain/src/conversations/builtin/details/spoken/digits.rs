//! Numbers to dial in words: "seven two zero double five …", "seis doce cuarenta y cinco …", "null eins fünf zwo …".
//!
//! Each language's words are tried by themselves (`um` is one in Portuguese and a pause in English); what makes the longest
//! number counts. Fewer than seven digits, or hardly any words among figures, are no number to dial.

use super::Typed;
use crate::conversations::builtin::tokens::Tokens;

const MIN_DIGITS: usize = 7;
/// ITU-T E.164.
const MAX_DIGITS: usize = 15;
/// A number with its country code has at least so many.
const MIN_ABROAD: usize = 10;
/// So many words for digits make a number a dictated one.
const MIN_WORDS: usize = 3;

/// How one language says digits; folded.
struct Spoken {
    /// Zero to nineteen, by their value; several names of one are separated by `|`.
    small: [&'static str; 20],
    /// Twenty to ninety; empty where the language has no word of its own.
    tens: [&'static str; 8],
    /// A hundred to nine hundred, where they are one word.
    hundreds: [&'static str; 9],
    /// Behind a digit: so many hundreds.
    hundred: &'static str,
    /// Between tens and a digit.
    and: &'static str,
    twice: &'static str,
    thrice: &'static str,
    plus: &'static str,
}

/// Pauses and dashes within a number.
const PAUSES: [&str; 17] = [
    "uh", "um", "uhm", "er", "eh", "euh", "ah", "ahm", "hm", "dash", "guion", "tiret", "strich", "traco", "then",
    "luego", "puis",
];

const LANGUAGES: [Spoken; 5] = [
    Spoken {
        small: [
            "zero|oh|o",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        tens: ["twenty", "thirty", "forty|fourty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        hundreds: [""; 9],
        hundred: "hundred",
        and: "and",
        twice: "double",
        thrice: "triple|treble",
        plus: "plus",
    },
    Spoken {
        small: [
            "cero",
            "uno|un",
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
            "dieciseis",
            "diecisiete",
            "dieciocho",
            "diecinueve",
        ],
        tens: ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"],
        hundreds: [
            "cien|ciento",
            "doscientos",
            "trescientos",
            "cuatrocientos",
            "quinientos",
            "seiscientos",
            "setecientos",
            "ochocientos",
            "novecientos",
        ],
        hundred: "",
        and: "y",
        twice: "doble",
        thrice: "triple",
        plus: "mas",
    },
    Spoken {
        small: [
            "zero", "un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
            "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
        ],
        tens: ["vingt", "trente", "quarante", "cinquante", "soixante", "septante", "huitante|octante", "nonante"],
        hundreds: ["", "", "", "", "", "", "", "", ""],
        hundred: "cent|cents",
        and: "et",
        twice: "double|deux fois",
        thrice: "triple",
        plus: "plus",
    },
    Spoken {
        small: [
            "null",
            "eins|ein",
            "zwei|zwo",
            "drei",
            "vier",
            "funf|fuenf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwolf",
            "dreizehn",
            "vierzehn",
            "funfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
        ],
        tens: ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
        hundreds: [
            "hundert|einhundert",
            "zweihundert",
            "dreihundert",
            "vierhundert",
            "funfhundert",
            "sechshundert",
            "siebenhundert",
            "achthundert",
            "neunhundert",
        ],
        hundred: "",
        and: "und",
        twice: "doppel|doppelt|zweimal",
        thrice: "dreimal|dreifach",
        plus: "plus",
    },
    Spoken {
        small: [
            "zero",
            "um|uma",
            "dois|duas",
            "tres",
            "quatro",
            "cinco",
            "seis|meia",
            "sete",
            "oito",
            "nove",
            "dez",
            "onze",
            "doze",
            "treze",
            "quatorze|catorze",
            "quinze",
            "dezesseis|dezasseis",
            "dezessete|dezassete",
            "dezoito",
            "dezenove|dezanove",
        ],
        tens: ["vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"],
        hundreds: [
            "cem|cento",
            "duzentos",
            "trezentos",
            "quatrocentos",
            "quinhentos",
            "seiscentos",
            "setecentos",
            "oitocentos",
            "novecentos",
        ],
        hundred: "",
        and: "e",
        twice: "duplo|dobro",
        thrice: "triplo",
        plus: "mais",
    },
];

/// A number that was read: its digits, how many words it takes, and how many of these were digits in words.
#[derive(Default)]
struct Run {
    digits: String,
    end: usize,
    spoken: usize,
}

/// The numbers that are dictated.
pub(super) fn typed(tokens: &Tokens<'_>) -> Vec<Typed> {
    // A token can hold several words: "trente-quatre".
    let words: Vec<(usize, &str)> =
        (0..tokens.len()).flat_map(|at| tokens.folded(at).split(' ').map(move |word| (at, word))).collect();
    let mut typed = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = LANGUAGES.iter().map(|spoken| spoken.run(&words, at)).max_by_key(|run| run.digits.len());
        let Some(run) = longest.filter(Run::is_number) else {
            at += 1;
            continue;
        };
        let last = run.end.checked_sub(1).and_then(|last| words.get(last));
        let place = words.get(at).zip(last).and_then(|(first, last)| tokens.place(&(first.0..last.0 + 1)));
        typed.extend(place.map(|place| (place, run.digits)));
        at = run.end.max(at + 1);
    }
    typed
}

impl Run {
    fn is_number(&self) -> bool {
        (MIN_DIGITS..=MAX_DIGITS).contains(&self.digits.trim_start_matches('+').len()) && self.spoken >= MIN_WORDS
    }
}

impl Spoken {
    /// The digits that follow each other from the word at `start` on.
    fn run(&self, words: &[(usize, &str)], start: usize) -> Run {
        let mut run = Run { end: start, ..Run::default() };
        let mut at = start;
        if self.is(self.plus, words, at) > 0 {
            run.digits.push('+');
            at += 1;
        }
        while at < words.len() {
            if let Some((taken, digits)) = self.said(words, at) {
                run.digits.push_str(&digits);
                run.spoken += 1;
                at += taken;
                run.end = at;
            } else if let Some(figures) = figures(words, at) {
                run.digits.push_str(figures);
                at += 1;
                run.end = at;
            } else if at > start && words.get(at).is_some_and(|(_, word)| PAUSES.contains(word)) {
                at += 1;
            } else {
                break;
            }
            if run.digits.len() > MAX_DIGITS {
                return Run::default();
            }
        }
        if run.digits.starts_with('+') && run.digits.len() <= MIN_ABROAD {
            return Run::default();
        }
        run
    }

    /// How many words a name of `names` takes at `at`; 0 where none stands there.
    fn is(&self, names: &str, words: &[(usize, &str)], at: usize) -> usize {
        let stands = |name: &str| {
            name.split(' ').enumerate().all(|(nth, part)| words.get(at + nth).is_some_and(|(_, word)| *word == part))
        };
        let lengths =
            names.split('|').filter(|name| !name.is_empty() && stands(name)).map(|name| name.split(' ').count());
        lengths.max().unwrap_or_default()
    }

    /// The digits that one expression says: "five", "twenty one", "double five", "eight hundred".
    fn said(&self, words: &[(usize, &str)], at: usize) -> Option<(usize, String)> {
        for (names, count) in [(self.twice, 2), (self.thrice, 3)] {
            let taken = self.is(names, words, at);
            if let Some((more, digit)) = self.digit(words, at + taken).filter(|_| taken > 0) {
                return Some((taken + more, digit.to_string().repeat(count)));
            }
        }
        let hundreds = (1..).zip(self.hundreds).map(|(value, names)| (self.is(names, words, at), value));
        let counted = self.digit(words, at).map(|(taken, digit)| {
            let hundred = self.is(self.hundred, words, at + taken);
            (if hundred > 0 { taken + hundred } else { 0 }, digit)
        });
        if let Some((taken, hundred)) = hundreds.chain(counted).find(|(taken, _)| *taken > 0) {
            let and = self.is(self.and, words, at + taken);
            let rest = self.below_hundred(words, at + taken + and).filter(|(_, rest)| and > 0 || *rest > 9);
            return Some(match rest {
                Some((more, rest)) => (taken + and + more, (u32::from(hundred) * 100 + rest).to_string()),
                None => (taken, (u32::from(hundred) * 100).to_string()),
            });
        }
        self.below_hundred(words, at).map(|(taken, value)| (taken, value.to_string()))
    }

    fn digit(&self, words: &[(usize, &str)], at: usize) -> Option<(usize, u8)> {
        let names = (0..).zip(self.small.iter().take(10));
        names.map(|(value, names)| (self.is(names, words, at), value)).find(|(taken, _)| *taken > 0)
    }

    fn below_hundred(&self, words: &[(usize, &str)], at: usize) -> Option<(usize, u32)> {
        if let Some(joined) = words.get(at).and_then(|(_, word)| self.joined(word)) {
            return Some((1, joined));
        }
        let small = |at: usize| {
            let names = (0..).zip(self.small);
            names.map(|(value, names)| (self.is(names, words, at), value)).filter(|(taken, _)| *taken > 0).max()
        };
        // Quatre-vingt-douze.
        if self.hundred.starts_with("cent") && self.is("quatre vingt|quatre vingts", words, at) > 0 {
            let and = self.is(self.and, words, at + 2);
            let (more, rest) =
                small(at + 2 + and).filter(|(_, rest)| *rest > 0).map_or((0, 0), |(more, rest)| (and + more, rest));
            return Some((2 + more, 80 + rest));
        }
        let tens = (2..).zip(self.tens).map(|(tens, names)| (self.is(names, words, at), tens));
        if let Some((taken, tens)) = tens.into_iter().find(|(taken, _)| *taken > 0) {
            let and = self.is(self.and, words, at + taken);
            // Soixante-douze is 72.
            let most = if self.hundred.starts_with("cent") && tens == 6 { 19 } else { 9 };
            let unit = small(at + taken + and).filter(|(_, unit)| (1..=most).contains(unit));
            return Some(unit.map_or((taken, tens * 10), |(more, unit)| (taken + and + more, tens * 10 + unit)));
        }
        let (taken, unit) = small(at)?;
        // Fünf und vierzig.
        let and = if self.and == "und" { self.is(self.and, words, at + taken) } else { 0 };
        let tens = (2..).zip(self.tens).find(|(_, names)| and > 0 && self.is(names, words, at + taken + and) > 0);
        Some(tens.map_or((taken, unit), |(tens, _)| (taken + and + 1, tens * 10 + unit)))
    }

    /// Fünfundvierzig, veinticinco.
    fn joined(&self, word: &str) -> Option<u32> {
        let unit = |name: &str| {
            (1..).zip(self.small.iter().skip(1).take(9)).find(|(_, names)| names.split('|').any(|n| n == name))
        };
        let tens = |name: &str| (2..).zip(self.tens).find(|(_, names)| names.split('|').any(|n| n == name));
        if self.and == "und" {
            let (first, last) = word.split_once("und")?;
            return Some(tens(last)?.0 * 10 + unit(first)?.0);
        }
        let (value, _) = unit(word.strip_prefix("veinti").filter(|_| self.and == "y")?)?;
        Some(20 + value)
    }
}

/// Figures among the words.
fn figures<'w>(words: &[(usize, &'w str)], at: usize) -> Option<&'w str> {
    words.get(at).map(|(_, word)| *word).filter(|word| word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty())
}
