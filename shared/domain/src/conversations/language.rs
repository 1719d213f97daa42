//! Which language a message is written in.
//!
//! Two opinions are put together: trigrams (whatlang, limited to the languages below) and the common words of each
//! language, which decide where a message is too short for trigrams (`hola, cuánto cuesta?`). Names, addresses,
//! numbers and one-word messages belong to no language: they come back as not reliable, and the caller keeps the
//! language it knew. Never fails; a script that none of the languages uses is `None`.

mod candidates;

use std::sync::LazyLock;
use whatlang::{Detector, Lang};

use crate::tenancy::Language;
use ::language::{MAX_CHARS, Words};
use candidates::CANDIDATES;

/// What was found out about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The likeliest language, if any.
    pub language: Option<Language>,
    /// Whether to act on it. On whole sentences 99 of 100 reliable answers are right.
    pub reliable: bool,
}

/// A language that can be told.
struct Candidate {
    lang: Lang,
    /// ISO 639-1.
    code: &'static str,
    /// Greetings, courtesies, questions and wants, folded as [`Words`] does: one of them tells the language, unless
    /// others have it too. Empty where the script tells the language.
    telling: &'static [&'static str],
    /// The little words of every sentence.
    common: &'static [&'static str],
}

impl Candidate {
    fn language(&self) -> Option<Language> {
        Language::new(self.code).ok()
    }

    /// What it counts for it that `word` is in the text.
    fn weight(&self, word: &str) -> u32 {
        let is_among = |list: &[&str]| list.binary_search(&word).is_ok();
        if is_among(self.telling) {
            TELLING
        } else if is_among(self.common) {
            COMMON
        } else {
            0
        }
    }

    /// What it counts for it that the trigrams say `guess`.
    fn backed_by(&self, guess: &Self) -> u32 {
        if self.lang == guess.lang { TRIGRAMS } else { 0 }
    }
}

/// How many of the languages have phrases of our own. They come first.
const SPOKEN: usize = 5;

/// What a telling word counts for; a word of several languages shares it among them.
const TELLING: u32 = 60;
/// What a common word counts for. One alone decides nothing: it may be part of a name (`Las Vegas`).
const COMMON: u32 = 40;
/// What the trigrams count for where they are not sure: less than one word that no other language has.
const TRIGRAMS: u32 = 36;
/// By so much the words of one language are ahead where they decide alone.
const PLAIN: u32 = 2 * TELLING;
/// A text of at most so many words is short.
const MAX_SHORT_WORDS: usize = 8;
/// A number to dial has at least so many digits.
const MIN_CARD_DIGITS: usize = 7;
/// From here on characters stand for words or syllables, or belong to those that do.
const IDEOGRAPHS: char = '\u{2e80}';
/// How many words are counted: a text with more of them is long enough for trigrams.
const MAX_WORDS: usize = 40;

static TRIGRAM_DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(CANDIDATES.iter().map(|candidate| candidate.lang).collect()));

/// Tells the language of `text`, of which at most [`MAX_CHARS`] characters are read.
#[must_use]
pub fn detect(text: &str) -> Detected {
    let prose = prose(text);
    if is_card(text) {
        return Detected { language: None, reliable: false };
    }
    let words = Words::new(&prose);
    let votes = count(&words);
    let trigrams = TRIGRAM_DETECTOR.detect(&prose);
    let guess = trigrams.as_ref().and_then(|info| candidate(info.lang()));
    // Many words of one language outweigh the trigrams of a short text that mixes two; of few words a name can make most trigrams:
    // "Do you accept Delta Dental?"
    let is_short = words.len() <= MAX_SHORT_WORDS;
    let is_plain = lead(&votes) >= if is_short { TELLING } else { PLAIN };
    if trigrams.is_some_and(|info| info.is_reliable()) && !is_plain {
        return Detected { language: guess.and_then(Candidate::language), reliable: guess.is_some() };
    }
    let likeliest = CANDIDATES
        .iter()
        .zip(votes)
        // Of equals the last one is taken: those with phrases.
        .rev()
        .map(|(candidate, votes)| (votes + guess.map_or(0, |guess| candidate.backed_by(guess)), candidate))
        .filter(|(votes, _)| *votes > 0)
        .max_by_key(|(votes, _)| *votes);
    Detected { language: likeliest.and_then(|(_, candidate)| candidate.language()), reliable: lead(&votes) >= TELLING }
}

/// Languages by the names that people give them when they ask to be answered in one.
#[rustfmt::skip]
const NAMES: [(&str, &[&str]); 12] = [
    ("en", &["english", "ingles", "anglais", "englisch", "inglese"]),
    ("es", &["spanish", "espanol", "castellano", "espagnol", "spanisch", "espanhol"]),
    ("fr", &["french", "frances", "francais", "franzosisch", "francese"]),
    ("de", &["german", "aleman", "allemand", "deutsch", "alemao", "tedesco"]),
    ("pt", &["portuguese", "portugues", "portugais", "portugiesisch"]),
    ("it", &["italian", "italiano", "italien", "italienisch"]),
    ("nl", &["dutch", "nederlands", "niederlandisch"]),
    ("pl", &["polish", "polski", "polsku", "polnisch"]),
    ("vi", &["vietnamese", "tieng viet"]),
    ("ru", &["russian", "ruso", "russisch", "по-русски", "русский"]),
    ("ar", &["arabic", "arabe", "arabisch", "العربية"]),
    ("zh", &["chinese", "chino", "chinois", "chinesisch", "中文"]),
];
/// Languages that are not written in Latin letters, and the letters of each.
#[rustfmt::skip]
const OTHER_SCRIPTS: [(&str, char, char); 17] = [
    ("ar", '\u{600}', '\u{6ff}'), ("fa", '\u{600}', '\u{6ff}'), ("ur", '\u{600}', '\u{6ff}'), ("he", '\u{590}', '\u{5ff}'),
    ("hi", '\u{900}', '\u{97f}'), ("bn", '\u{980}', '\u{9ff}'), ("ta", '\u{b80}', '\u{bff}'), ("th", '\u{e00}', '\u{e7f}'),
    ("ka", '\u{10a0}', '\u{10ff}'), ("el", '\u{370}', '\u{3ff}'), ("ru", '\u{400}', '\u{52f}'), ("uk", '\u{400}', '\u{52f}'),
    ("bg", '\u{400}', '\u{52f}'), ("sr", '\u{400}', '\u{52f}'), ("ko", '\u{ac00}', '\u{d7a3}'), ("ja", '\u{3040}', '\u{30ff}'),
    ("zh", '\u{4e00}', '\u{9fff}'),
];

/// Whether `reply` is surely in another language than `message`, which it answers, and than `known`, the one of the talk, and
/// nothing in `said` asks for it.
#[must_use]
pub fn strays(reply: &str, message: &str, known: &Language, said: &str) -> bool {
    let sure = |text: &str| Some(detect(text)).filter(|detected| detected.reliable)?.language;
    let Some((reply, message)) = sure(reply).zip(sure(message)) else { return false };
    let is_asked_for = || {
        let said = ::language::fold(said);
        let names = NAMES.iter().find(|(code, _)| *code == reply.as_str()).map_or(&[][..], |(_, names)| *names);
        names.iter().any(|name| said.contains(name))
    };
    reply != message && reply != *known && !is_asked_for()
}

/// Whether `text` may be in `language`, as far as can be told: no other one is sure, and its letters are of that script.
#[must_use]
pub fn may_be(text: &str, language: &Language) -> bool {
    match detect(text) {
        Detected { language: Some(detected), reliable: true } => detected == *language,
        _ => is_in_script(text, language),
    }
}

/// Whether the letters of `text` are those of `language`. Japanese has kana beside the characters of Chinese.
fn is_in_script(text: &str, language: &Language) -> bool {
    let has = |code: &str| {
        let script = OTHER_SCRIPTS.iter().find(|(other, ..)| *other == code);
        script.map(|(_, first, last)| text.chars().any(|c| (*first..=*last).contains(&c)))
    };
    match language.as_str() {
        "zh" => has("zh") == Some(true) && has("ja") == Some(false),
        code => has(code).unwrap_or_else(|| !has_other_script(text)),
    }
}

/// Whether `text` has letters that are not Latin.
#[must_use]
pub fn has_other_script(text: &str) -> bool {
    let is_other = |c: char| OTHER_SCRIPTS.iter().any(|(_, first, last)| (*first..=*last).contains(&c));
    text.chars().any(|c| c.is_alphabetic() && is_other(c))
}

/// Whether `text` is nothing but names with a number or a mailbox: `Rafael Dias 303 555 0117` is no Spanish.
fn is_card(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mut words = text.split_whitespace().filter(|word| !word.contains('@') && word.contains(char::is_alphabetic));
    (digits >= MIN_CARD_DIGITS || text.contains('@')) && words.all(|word| word.starts_with(char::is_uppercase))
}

/// Whether `word`, folded, is one of the words of every sentence in a language with phrases.
pub(super) fn is_common(word: &str) -> bool {
    CANDIDATES.iter().take(SPOKEN).any(|candidate| candidate.weight(word) > 0)
}

/// The beginning of `text` without addresses of mail and web: `example.com` is not Portuguese. Chinese has no spaces around them, so
/// a whole sentence may be one piece: its own characters are kept.
fn prose(text: &str) -> String {
    let text: String = text.chars().take(MAX_CHARS).collect();
    let has_mark = |chunk: &str| chunk.trim_matches(|c: char| !c.is_alphanumeric()).contains(['@', '.', '/']);
    let kept = |chunk: &str| {
        if has_mark(chunk) { chunk.chars().filter(|c| *c >= IDEOGRAPHS).collect() } else { chunk.to_owned() }
    };
    text.split_whitespace().map(kept).filter(|chunk: &String| !chunk.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The candidate that whatlang means; it also tells languages that no candidate is, by their script alone.
fn candidate(lang: Lang) -> Option<&'static Candidate> {
    CANDIDATES.iter().find(|candidate| candidate.lang == lang)
}

/// Counts for each candidate how its words occur.
fn count(words: &Words) -> [u32; CANDIDATES.len()] {
    let mut votes = [0; CANDIDATES.len()];
    // Said twice, a word says no more: "as soon as possible".
    for word in words.iter().take(MAX_WORDS).collect::<std::collections::BTreeSet<_>>() {
        let weights = CANDIDATES.each_ref().map(|candidate| candidate.weight(word));
        let sharing = weights.iter().map(|weight| u32::from(*weight > 0)).sum::<u32>().max(1);
        for (votes, weight) in votes.iter_mut().zip(weights) {
            *votes += weight / sharing;
        }
    }
    votes
}

/// By how much the first is ahead of the second.
fn lead(votes: &[u32]) -> u32 {
    let mut sorted = votes.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut places = sorted.into_iter();
    places.next().unwrap_or_default() - places.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> (Option<String>, bool) {
        let Detected { language, reliable } = detect(text);
        (language.map(String::from), reliable)
    }

    #[test]
    fn a_reply_keeps_to_the_language_of_the_talk_or_the_one_that_was_asked_for() {
        let (english, german) = (Language::english(), Language::new("de").unwrap());
        let (asked, answered) = ("How much is a roof repair, please?", "Das kostet 99 Dollar, wann passt es Ihnen?");
        assert!(strays(answered, asked, &english, asked));
        assert!(!strays(answered, asked, &german, asked), "the talk was in German");
        assert!(!strays(answered, asked, &english, "Could you write in German?"));
        assert!(!strays("OK", asked, &english, asked), "not sure");
        assert!(may_be(answered, &german) && !may_be(asked, &german));
        assert!(may_be("Ana Ruiz", &german) && !may_be("Ana Ruiz", &Language::new("zh").unwrap()));
    }

    #[test]
    fn short_messages_are_told_by_their_common_words() {
        for (text, code) in [
            ("Hi there, how much is a roof repair?", "en"),
            ("hola", "es"),
            ("Hola, ¿cuánto cuesta una limpieza?", "es"),
            ("quiero una cita", "es"),
            ("Bonjour", "fr"),
            ("C'est combien ?", "fr"),
            ("Guten Tag, was kostet das?", "de"),
            ("ich brauche einen Termin", "de"),
            ("Vielen Dank!", "de"),
            ("Olá, quanto custa?", "pt"),
            ("voces abrem hoje?", "pt"),
            ("Ciao, quanto costa?", "it"),
            ("dzień dobry", "pl"),
            ("goedemorgen", "nl"),
            ("xin chào", "vi"),
            ("Здравствуйте", "ru"),
            ("مرحبا", "ar"),
            ("你好", "zh"),
        ] {
            assert_eq!(told(text), (Some(code.to_owned()), true), "{text}");
        }
    }

    #[test]
    fn a_few_everyday_words_tell_the_language() {
        let mut wrong = Vec::new();
        for (text, code) in [
            ("sale humo del motor y huele a quemado que hago", "es"),
            ("dan garantia en los trabajos?", "es"),
            ("me duele una muela", "es"),
            ("oye hacen cambio de aceite?", "es"),
            ("mi carro no prende", "es"),
            ("perdon me he equivocado de numero", "es"),
            ("el viernes a las 3 esta bien", "es"),
            ("Hey, can I book ne Massage für Montag um 12? Bin neu in München", "de"),
            ("hätten sie heute noch was frei", "de"),
            ("geht auch Freitag?", "de"),
            ("brauch ich dafür ein rezept", "de"),
            ("sorry falsche nummer", "de"),
            ("bom dia queria marcar a troca de óleo pra segunda 8h", "pt"),
            ("tem vaga amanhã?", "pt"),
            ("meu telhado está pingando", "pt"),
            ("oi td bem? preciso limpar as calhas", "pt"),
            ("vocês fazem conserto?", "pt"),
            ("vous pouvez passer lundi ?", "fr"),
            ("ma voiture ne demarre plus", "fr"),
            ("c'est possible demain matin ?", "fr"),
            ("j'ai une fuite", "fr"),
            ("vidange dans 15 jours", "fr"),
            ("Ölwechsel in 14 Tagen", "de"),
            ("troca de óleo daqui a 15 dias", "pt"),
            ("do you have a loaner", "en"),
            ("can you come by friday", "en"),
            ("my roof is leaking", "en"),
            ("u guys open sat?", "en"),
            ("Do you accept Delta Dental?", "en"),
            ("Is Dr. Alvarez in on Fridays?", "en"),
            ("¿Trabajan con State Farm?", "es"),
            ("Est-ce que Dr. Miller est là demain ?", "fr"),
            ("Nehmen Sie auch Blue Cross Shield?", "de"),
            ("Vocês atendem pelo Blue Cross?", "pt"),
        ] {
            if told(text) != (Some(code.to_owned()), true) {
                wrong.push((text, told(text)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_sentence_without_spaces_is_no_address() {
        for text in ["我想预约明天下午3.30的洗牙", "你们的网站www.example.com打不开"] {
            assert_eq!(told(text), (Some("zh".to_owned()), true), "{text}");
        }
        assert_eq!(detect("www.roofer-example.com/quote").language, None);
    }

    #[test]
    fn what_belongs_to_no_language_is_not_reliable() {
        for text in [
            "",
            "👍",
            "123 456",
            "ok",
            "Miller",
            "Hallo",
            "no",
            "ana@example.com",
            "42 Elm St",
            "Las Vegas",
            "Los Angeles",
            "Rafael Dias 303 555 0117",
            "Luc Morel, luc.morel@example.com",
        ] {
            assert!(!detect(text).reliable, "{text:?}");
        }
        assert_eq!(detect("👍").language, None);
        assert_eq!(detect("Καλημέρα").language, None, "a language that is not among ours");
    }

    #[test]
    fn a_word_that_is_said_twice_counts_once() {
        let told = detect("Well as soon as possible.");
        assert_eq!(told.language.map(|language| language.to_string()).as_deref(), Some("en"));
    }

    #[test]
    fn common_words_are_folded_and_listed_once() {
        for candidate in &CANDIDATES {
            let mut seen = Vec::new();
            assert!(candidate.telling.is_sorted() && candidate.common.is_sorted(), "{}", candidate.code);
            for word in candidate.telling.iter().chain(candidate.common).copied() {
                assert!(Words::new(word).iter().eq([word]), "{word} is not folded");
                assert!(!seen.contains(&word), "{word} is listed twice for {}", candidate.code);
                seen.push(word);
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_has_one_answer(text in "\\PC*") {
            let first = detect(&text);
            prop_assert!(first.language.is_some() || !first.reliable);
            prop_assert_eq!(detect(&text), first);
        }
    }

    /// Right answers in percent of every fourth of `lines`; then how many were reliable, and how many of these right.
    fn accuracy(code: &str, lines: &str) -> [f64; 3] {
        let told: Vec<_> = lines.lines().step_by(4).map(told).collect();
        let right = |(language, _): &&(Option<String>, bool)| language.as_deref() == Some(code);
        let reliable: Vec<_> = told.iter().filter(|(_, reliable)| *reliable).collect();
        let percent = |part: usize, whole: usize| part as f64 * 100.0 / whole.max(1) as f64;
        [
            percent(told.iter().filter(right).count(), told.len()),
            percent(reliable.len(), told.len()),
            percent(reliable.iter().copied().filter(right).count(), reliable.len()),
        ]
    }

    #[test]
    #[ignore = "needs lingua's test texts: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
    fn accuracy_on_linguas_texts_does_not_fall() {
        let fixtures = std::env::var("PORCHLIGHT_FIXTURES").unwrap();
        for (kind, floor, reliable_floor) in [("sentences", 98.5, 99.0), ("word-pairs", 76.0, 95.0)] {
            let mut measured = Vec::new();
            for Candidate { code, .. } in &CANDIDATES {
                let lines = std::fs::read_to_string(format!("{fixtures}/nlp/langid/lingua/{code}_{kind}.txt")).unwrap();
                let [right, reliable, reliable_right] = accuracy(code, &lines);
                println!("{kind} {code}: {right:.1} % right, {reliable:.1} % reliable, {reliable_right:.1} % of these");
                measured.push((right, reliable_right));
            }
            let mean = |of: fn(&(f64, f64)) -> f64| measured.iter().map(of).sum::<f64>() / measured.len() as f64;
            println!("{kind}: {:.1} % right, {:.1} % of the reliable", mean(|m| m.0), mean(|m| m.1));
            assert!(mean(|m| m.0) >= floor, "{kind}");
            assert!(mean(|m| m.1) >= reliable_floor, "{kind}");
        }
    }
}
