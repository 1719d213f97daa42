//! Which of the tenant's frequent questions a message asks, by its words.
//!
//! A keyword decides; else most of the telling words of the question as the tenant wrote it; else that both ask for the same
//! narrow thing, in whatever language ("do you take dogs?", "¿Aceptan mascotas?"). Where two questions fit equally well,
//! neither does. The rest of the message must fit too: whether the business is insured is not which insurers it takes, and
//! Mr Park does not ask for parking.

use language::{Intent, Intents};

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

/// Things to ask about that are no other's: a question about one is not answered by what is said of another.
pub(super) const TOPICS: [Intent; 20] = [
    Intent::Duration,
    Intent::Warranty,
    Intent::Deposit,
    Intent::Payment,
    Intent::Insurance,
    Intent::Insured,
    Intent::Parking,
    Intent::Experience,
    Intent::Documents,
    Intent::Policy,
    Intent::Pets,
    Intent::Children,
    Intent::Wifi,
    Intent::Access,
    Intent::Gift,
    Intent::Loaner,
    Intent::Discount,
    Intent::CallFee,
    Intent::Instalments,
    Intent::Prescription,
];
/// Of these, whoever asks one asks more than the topic: how long what takes, what can be paid with what.
const WIDE: [Intent; 5] = [Intent::Duration, Intent::Payment, Intent::Experience, Intent::Documents, Intent::Discount];
/// Of these, what a message of so few words asks as a whole.
const BARE: [Intent; 2] = [Intent::Payment, Intent::Documents];
const MAX_BARE_WORDS: usize = 6;
/// A message of so many words is the question even where nothing marks it as one.
const MAX_UNMARKED_WORDS: usize = 8;
/// A title or words before a name, and words that make a street of it, folded.
const TITLES: [&str; 19] = [
    "mr", "mrs", "ms", "miss", "dr", "doctor", "herr", "frau", "senor", "senora", "sr", "sra", "don", "dona", "doutor",
    "doutora", "monsieur", "madame", "mme",
];
const LEADS: [&str; 15] = [
    "this is", "name is", "im", "i am", "soy", "llamo", "suis", "appelle", "ich bin", "heisse", "name ist", "hier ist",
    "sou", "chamo", "nome e",
];
const STREETS: [&str; 9] = ["avenue", "ave", "street", "st", "road", "rd", "lane", "blvd", "drive"];

/// Insurers by name, folded, of the countries whose languages we read.
const INSURERS: [&str; 55] = [
    "delta dental",
    "cigna",
    "aetna",
    "metlife",
    "blue cross",
    "blue shield",
    "bcbs",
    "humana",
    "kaiser",
    "united healthcare",
    "uhc",
    "guardian",
    "medicaid",
    "medicare",
    "anthem",
    "ambetter",
    "tricare",
    "state farm",
    "allstate",
    "geico",
    "progressive",
    "farmers",
    "usaa",
    "nationwide",
    "liberty mutual",
    "travelers",
    "sanitas",
    "adeslas",
    "dkv",
    "mapfre",
    "asisa",
    "axa",
    "allianz",
    "caser",
    "generali",
    "mutua madrilena",
    "maaf",
    "macif",
    "maif",
    "matmut",
    "groupama",
    "harmonie mutuelle",
    "aok",
    "barmer",
    "dak",
    "techniker",
    "debeka",
    "huk",
    "ergo",
    "unimed",
    "bradesco",
    "sulamerica",
    "amil",
    "porto seguro",
    "medis",
];

/// Who says that they have none does not ask which is taken. Folded.
const UNINSURED: [&str; 15] = [
    "without insurance",
    "without dental insurance",
    "without any insurance",
    "no insurance",
    "dont have insurance",
    "don t have insurance",
    "uninsured",
    "sin seguro",
    "sans assurance",
    "sans mutuelle",
    "ohne versicherung",
    "sem seguro",
    "sem convenio",
    "sem plano",
    "nao tenho seguro",
];

/// Words of an answer that leaves none out, folded.
const ALL: [&str; 12] =
    ["all", "any", "every", "most", "todas", "todos", "cualquier", "toutes", "tous", "alle", "allen", "qualquer"];

/// What a message says besides its words.
struct Message {
    words: Words,
    insurers: Vec<&'static str>,
    topics: Vec<Intent>,
    /// It is long, and nothing says that it asks.
    only_tells: bool,
}

impl Message {
    fn new(text: &str, intents: &Intents) -> Self {
        let words = Words::new(text);
        let only_tells = !intents.is_question() && words.len() > MAX_UNMARKED_WORDS;
        let insurers = INSURERS.into_iter().filter(|name| words.contains_phrase(name)).collect();
        Self { words, insurers, topics: topics(intents), only_tells }
    }

    /// Whether a frequent question about `about` may be meant at all.
    fn fits(&self, about: &[Intent]) -> bool {
        let shares = about.iter().any(|topic| self.topics.contains(topic));
        shares || (!self.only_tells && (about.is_empty() || self.topics.is_empty()))
    }

    /// Whether an answer speaks of every insurer that the message names: which others are taken is no answer.
    fn is_answered_by(&self, faq: &Faq) -> bool {
        let said = Words::new(&format!("{} {}", faq.question, faq.answer));
        said.contains_any(&ALL) || self.insurers.iter().all(|name| said.contains_phrase(name))
    }
}

fn topics(intents: &Intents) -> Vec<Intent> {
    // With what one pays is not whether one can pay bit by bit.
    let is_other = |topic: Intent| topic == Intent::Payment && intents.has(Intent::Instalments);
    TOPICS.into_iter().filter(|topic| intents.has(*topic) && !is_other(*topic)).collect()
}

/// The topics of a message that are about one thing, whoever asks: parking, and not how long something takes.
pub(crate) fn narrow_topics(intents: &Intents) -> Vec<Intent> {
    topics(intents).into_iter().filter(|topic| !WIDE.contains(topic)).collect()
}

/// The frequent question that `text` asks, if it plainly asks one.
#[must_use]
pub fn asked<'t>(tenant: &'t Tenant, text: &str) -> Option<&'t Faq> {
    if tenant.faqs.is_empty() {
        return None;
    }
    let message = Message::new(text, &Intents::read(text));
    let scored = tenant.faqs.iter().filter_map(|faq| Some((score(faq, &message)?, faq)));
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

/// How well the message fits: the letters of the longest keyword said, else of the telling words, least a narrow topic alone;
/// `None` where it does not.
fn score(faq: &Faq, message: &Message) -> Option<usize> {
    let words = &message.words;
    let bit_by_bit = || Intents::read(&faq.answer).has(Intent::Instalments).then_some(Intent::Instalments);
    let about = || topics(&Intents::read(&faq.question)).into_iter().chain(bit_by_bit()).collect::<Vec<_>>();
    let is_other = || words.contains_any(&UNINSURED) || !message.insurers.is_empty() && !message.is_answered_by(faq);
    if about().contains(&Intent::Insurance) && is_other() {
        return None;
    }
    let keyword = faq.keywords.iter().filter(|keyword| says_as_word(words, keyword));
    if let Some(letters) = keyword.map(|keyword| keyword.chars().count()).max() {
        // A keyword is the tenant's own word for this very question.
        return message.fits(&about()).then_some(letters + 1_000);
    }
    let question = Words::new(&faq.question);
    let telling: Vec<&str> =
        question.iter().filter(|word| word.chars().count() >= MIN_TELLING_CHARS && !COMMON.contains(word)).collect();
    let said: Vec<&&str> = telling.iter().filter(|word| says_as_word(words, word)).collect();
    let enough =
        said.len() * 100 >= telling.len() * MIN_SHARE_PERCENT && (said.len() >= 2 || said.len() == telling.len());
    if !said.is_empty() && enough {
        return message.fits(&about()).then(|| said.iter().map(|word| word.chars().count()).sum());
    }
    // "Do u take card": so few words ask nothing more.
    let is_bare = |topic: &Intent| BARE.contains(topic) && words.len() <= MAX_BARE_WORDS;
    let mut narrow = message.topics.iter().filter(|topic| !WIDE.contains(topic) || is_bare(topic)).peekable();
    narrow.peek()?;
    let about = about();
    narrow.any(|topic| about.contains(topic)).then_some(1)
}

/// Whether `term` is said, and is no name: "this is John Park", "Park Avenue".
fn says_as_word(words: &Words, term: &str) -> bool {
    ENDINGS
        .iter()
        .any(|ending| words.contains_where(&format!("{term}{ending}"), |before, after| !is_name(before, after)))
}

/// Whether what stands between these words is a name.
fn is_name(before: &str, after: &str) -> bool {
    let street = after.split_ascii_whitespace().next().is_some_and(|word| STREETS.contains(&word));
    let mut last = before.split_ascii_whitespace().rev();
    let one = last.next().unwrap_or_default();
    let two = last.next().unwrap_or_default();
    let three = last.next().unwrap_or_default();
    let leads = |first: &str, second: &str| {
        LEADS.iter().any(|lead| lead.split_once(' ').map_or(*lead == second, |(a, b)| (a, b) == (first, second)))
    };
    street || TITLES.contains(&one) || TITLES.contains(&two) || leads(two, one) || leads(three, two)
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
    fn an_insurer_that_the_answer_does_not_name_is_a_question_of_its_own() {
        let mut tenant = tenant();
        tenant.faqs[0].answer = "Yes, with Cigna and Aetna.".to_owned();
        let answer = |text: &str| asked(&tenant, text).map(|faq| faq.answer.as_str());
        for text in ["do you work with insurers?", "my insurance claim is with Cigna, do you work with them?"] {
            assert_eq!(answer(text), Some("Yes, with Cigna and Aetna."), "{text}");
        }
        for text in [
            "do you take an insurance claim with Humana?",
            "insurance claim: Aetna or Kaiser?",
            "how much is it without insurance? no insurance claim then",
            "cuánto cuesta sin seguro",
        ] {
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
