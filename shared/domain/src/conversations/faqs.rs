//! Which of the tenant's frequent questions a message asks, by its words.
//!
//! A keyword decides; else most of the telling words of the question as the tenant wrote it. Where two questions fit
//! equally well, neither does.

use crate::tenancy::{Faq, Tenant};
use ::language::Words;

/// A word with fewer letters tells nothing.
const MIN_TELLING_CHARS: usize = 4;
/// How many of a question's telling words a message must have, in percent, and at least two, or all.
const MIN_SHARE_PERCENT: usize = 60;
/// Plurals that are tried on a telling word or keyword.
const ENDINGS: [&str; 4] = ["", "s", "es", "n"];
/// Words of questions themselves, folded, in five languages.
const COMMON: [&str; 63] = [
    "about", "also", "come", "could", "does", "doing", "from", "have", "long", "make", "many", "much", "need", "offer",
    "often", "please", "should", "take", "that", "them", "there", "they", "this", "want", "what", "when", "where",
    "which", "will", "with", "work", "would", "your", "como", "cuando", "cuanto", "donde", "hacen", "para", "puedo",
    "tienen", "ustedes", "avec", "avez", "combien", "comment", "dans", "faites", "pour", "quel", "quelle", "vous",
    "bieten", "eine", "haben", "ihnen", "kann", "machen", "sind", "wann", "welche", "voces", "fazem",
];

/// The frequent question that `text` asks, if it plainly asks one.
#[must_use]
pub fn asked<'t>(tenant: &'t Tenant, text: &str) -> Option<&'t Faq> {
    let words = Words::new(text);
    let scored = tenant.faqs.iter().filter_map(|faq| Some((score(faq, &words)?, faq)));
    let mut best: Option<(usize, &Faq)> = None;
    let mut is_tie = false;
    for (score, faq) in scored {
        match best {
            Some((most, _)) if score < most => {}
            Some((most, _)) if score == most => is_tie = true,
            _ => (best, is_tie) = (Some((score, faq)), false),
        }
    }
    best.filter(|_| !is_tie).map(|(_, faq)| faq)
}

/// How well `words` fit: the letters of the longest keyword said, else of the telling words; `None` where too few are.
fn score(faq: &Faq, words: &Words) -> Option<usize> {
    let keyword = faq.keywords.iter().filter(|keyword| says(words, keyword)).map(|keyword| keyword.chars().count());
    if let Some(letters) = keyword.max() {
        // A keyword is the tenant's own word for this very question.
        return Some(letters + 1_000);
    }
    let question = Words::new(&faq.question);
    let telling: Vec<&str> =
        question.iter().filter(|word| word.chars().count() >= MIN_TELLING_CHARS && !COMMON.contains(word)).collect();
    let said: Vec<&&str> = telling.iter().filter(|word| says(words, word)).collect();
    let enough =
        said.len() * 100 >= telling.len() * MIN_SHARE_PERCENT && (said.len() >= 2 || said.len() == telling.len());
    (!said.is_empty() && enough).then(|| said.iter().map(|word| word.chars().count()).sum())
}

fn says(words: &Words, term: &str) -> bool {
    ENDINGS.iter().any(|ending| words.contains_phrase(&format!("{term}{ending}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;

    fn tenant() -> Tenant {
        let faq = |question: &str, answer: &str, keywords: &[&str]| Faq {
            question: question.to_owned(),
            answer: answer.to_owned(),
            keywords: keywords.iter().map(|word| (*word).to_owned()).collect(),
        };
        let faqs = vec![
            faq("Do you work with insurers?", "Yes, with all of them.", &["insurance claim", "seguro"]),
            faq("Is there a warranty on your work?", "Ten years.", &["warranty", "guarantee"]),
            faq("Do you offer monthly payment plans?", "Up to 24 months.", &["financing"]),
        ];
        Tenant { faqs, ..roofer() }
    }

    fn answer(text: &str) -> Option<String> {
        asked(&tenant(), text).map(|faq| faq.answer.clone())
    }

    #[test]
    fn a_keyword_or_most_of_the_words_find_the_question() {
        for (text, found) in [
            ("can I file an insurance claim with you", "Yes, with all of them."),
            ("¿Trabajan con mi SEGURO?", "Yes, with all of them."),
            ("do insurers pay", "Yes, with all of them."),
            ("what guarantees do you give", "Ten years."),
            ("is a payment plan possible, monthly?", "Up to 24 months."),
        ] {
            assert_eq!(answer(text).as_deref(), Some(found), "{text}");
        }
    }

    #[test]
    fn what_only_sounds_alike_finds_none() {
        for text in
            ["", "do you work with metal roofs?", "payment by card?", "Do you work on Sundays with your team?", "👍"]
        {
            assert_eq!(answer(text), None, "{text}");
        }
    }

    #[test]
    fn two_that_fit_equally_well_are_none() {
        let mut tenant = tenant();
        tenant.faqs.push(Faq { answer: "Five years.".to_owned(), ..tenant.faqs[1].clone() });
        assert_eq!(asked(&tenant, "do you give a warranty"), None);
        tenant.faqs.clear();
        assert_eq!(asked(&tenant, "do you give a warranty"), None);
    }
}
