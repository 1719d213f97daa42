//! Which language a message is written in.
//!
//! Two opinions are put together: trigrams (whatlang, limited to the languages below) and the common words of each
//! language, which decide where a message is too short for trigrams (`hola, cuánto cuesta?`). Names, addresses,
//! numbers and one-word messages belong to no language: they come back as not reliable, and the caller keeps the
//! language it knew. Never fails; a script that none of the languages uses is `None`.

use std::sync::LazyLock;
use whatlang::{Detector, Lang};

use crate::tenancy::Language;
use crate::words::{MAX_CHARS, Words};

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
    telling: &'static str,
    /// The little words of every sentence.
    common: &'static str,
}

impl Candidate {
    fn language(&self) -> Option<Language> {
        Language::new(self.code).ok()
    }

    /// What it counts for it that `word` is in the text.
    fn weight(&self, word: &str) -> u32 {
        let is_among = |list: &str| list.split_ascii_whitespace().any(|listed| listed == word);
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

static CANDIDATES: [Candidate; 12] = [
    Candidate {
        lang: Lang::Eng,
        code: "en",
        telling: "hello hi hey thanks thank please morning afternoon what whats when where how much does \
                  could would need want help today tomorrow",
        common: "good the a an and or but if is are was be i im ive you your my me it its we our he she \
                  they this that there not dont no yes do did can will have has get to of for with on at by \
                  from in out about some someone just like so price open",
    },
    Candidate {
        lang: Lang::Spa,
        code: "es",
        telling: "hola gracias buenos buenas dias tardes noches favor adios cuanto cuando donde como cuesta \
                  necesito quiero quisiera tengo puede pueden tienen usted ustedes hoy manana precio cita",
        common: "el la los las un una que de del en y o es son fue ser con por para mi mis su sus al lo se \
                  le les me te nos si no muy mas ya pero esta estan este hay tiene",
    },
    Candidate {
        lang: Lang::Fra,
        code: "fr",
        telling: "bonjour bonsoir salut merci svp plait combien quand comment quel quelle besoin voudrais \
                  aujourd hui demain prix rendez",
        common: "le la les un une des du de d l j c n s qu et ou mais est sont etes avez ai a je vous nous \
                  il elle on votre vos mon ma mes sa son ses se ce cette que qui ne pas plus oui non pour \
                  par avec dans sur en au aux y",
    },
    Candidate {
        lang: Lang::Deu,
        code: "de",
        telling: "hallo guten tag morgen danke dank vielen bitte wann wie was wo viel kostet kosten brauche mochte \
                  konnen heute",
        common: "der die das den dem des ein eine einen einer und oder aber ist sind war wird werden ich \
                  sie wir er mein meine ihr ihre sich nicht auch noch nur mit fur auf von vom zu zur zum im \
                  in am an aus bei nach uber dass als haben habe hat kann ja nein gibt es",
    },
    Candidate {
        lang: Lang::Por,
        code: "pt",
        telling: "ola oi obrigado obrigada bom boa dia tarde noite quanto quando onde como custa preciso \
                  quero gostaria tenho voce voces favor hoje amanha preco",
        common: "o a os as um uma de do da dos das em no na nos nas e ou mas com por pelo pela para que se \
                  ao nao sim mais muito foi ser sao esta estao fica tem meu minha seu sua",
    },
    Candidate {
        lang: Lang::Ita,
        code: "it",
        telling: "ciao buongiorno buonasera salve grazie prego quanto quando dove come costa vorrei bisogno \
                  siete avete oggi domani",
        common: "il lo la i gli le l un uno una di d del della dei delle da dal al alla nel nella in e o ma \
                  che c con per non si no piu anche questo questa sono ho ha mio mia suo sua",
    },
    Candidate {
        lang: Lang::Nld,
        code: "nl",
        telling: "hallo hoi goedemorgen goedemiddag dank bedankt alstublieft wat wanneer waar hoe veel kost \
                  nodig graag vandaag morgen",
        common: "de het een en of van is zijn was er ik u jij jullie mijn uw niet geen met voor op aan bij \
                  te ten in uit om als maar door over naar wil heb heeft kan kunt worden wordt ja nee ook \
                  dat dit die",
    },
    Candidate {
        lang: Lang::Pol,
        code: "pl",
        telling: "czesc dzien dobry dziekuje prosze ile kiedy gdzie jak kosztuje potrzebuje chce dzis jutro",
        common: "i w we na z ze do jest sa nie tak sie ale o u za przez oraz jako po od dla to co czy mam \
                  moj moja jego jej ich",
    },
    Candidate {
        lang: Lang::Vie,
        code: "vi",
        telling: "xin chao cam bao nhieu gia",
        common: "toi khong cho cua la va mot nguoi trong duoc",
    },
    Candidate { lang: Lang::Rus, code: "ru", telling: "", common: "" },
    Candidate { lang: Lang::Ara, code: "ar", telling: "", common: "" },
    Candidate { lang: Lang::Cmn, code: "zh", telling: "", common: "" },
];

/// What a telling word counts for; a word of several languages shares it among them.
const TELLING: u32 = 60;
/// What a common word counts for. One alone decides nothing: it may be part of a name (`Las Vegas`).
const COMMON: u32 = 40;
/// What the trigrams count for where they are not sure: less than one word that no other language has.
const TRIGRAMS: u32 = 36;
/// How many words are counted: a text with more of them is long enough for trigrams.
const MAX_WORDS: usize = 40;

static TRIGRAM_DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(CANDIDATES.iter().map(|candidate| candidate.lang).collect()));

/// Tells the language of `text`, of which at most [`MAX_CHARS`] characters are read.
#[must_use]
pub fn detect(text: &str) -> Detected {
    let prose = prose(text);
    let trigrams = TRIGRAM_DETECTOR.detect(&prose);
    let guess = trigrams.as_ref().and_then(|info| candidate(info.lang()));
    if trigrams.is_some_and(|info| info.is_reliable()) {
        return Detected { language: guess.and_then(Candidate::language), reliable: guess.is_some() };
    }
    let votes = count(&Words::new(&prose));
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

/// Whether `word`, folded, is one of the words of every sentence in a language with phrases.
pub(super) fn is_common(word: &str) -> bool {
    CANDIDATES.iter().take(SPOKEN).any(|candidate| candidate.weight(word) > 0)
}

/// The beginning of `text` without addresses of mail and web: `example.com` is not Portuguese.
fn prose(text: &str) -> String {
    let text: String = text.chars().take(MAX_CHARS).collect();
    let is_word = |chunk: &&str| !chunk.trim_matches(|c: char| !c.is_alphanumeric()).contains(['@', '.', '/']);
    text.split_whitespace().filter(is_word).collect::<Vec<_>>().join(" ")
}

/// The candidate that whatlang means; it also tells languages that no candidate is, by their script alone.
fn candidate(lang: Lang) -> Option<&'static Candidate> {
    CANDIDATES.iter().find(|candidate| candidate.lang == lang)
}

/// Counts for each candidate how its words occur.
fn count(words: &Words) -> [u32; CANDIDATES.len()] {
    let mut votes = [0; CANDIDATES.len()];
    for word in words.iter().take(MAX_WORDS) {
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
        ] {
            assert!(!detect(text).reliable, "{text:?}");
        }
        assert_eq!(detect("👍").language, None);
        assert_eq!(detect("Καλημέρα").language, None, "a language that is not among ours");
    }

    #[test]
    fn common_words_are_folded_and_listed_once() {
        for candidate in &CANDIDATES {
            let mut seen = Vec::new();
            for word in candidate.telling.split_ascii_whitespace().chain(candidate.common.split_ascii_whitespace()) {
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
