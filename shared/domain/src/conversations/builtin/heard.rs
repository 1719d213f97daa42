//! What a message is about, by its words in five languages.

use std::collections::BTreeSet;

use super::vocabulary::{ALL, Phrases, Said, Vocabulary};
use crate::conversations::{EscalationReason, Sentiment};
use ::language::{Intent, Intents, Words};

/// Words that take back what was said before, or the rest of it, folded, in five languages.
const CORRECTIONS: [&str; 28] = [
    "instead",
    "rather",
    "actually",
    "i meant",
    "i mean",
    "mejor",
    "en vez",
    "en lugar",
    "quise decir",
    "plutot",
    "a la place",
    "stattdessen",
    "doch lieber",
    "ich meinte",
    "em vez",
    "quis dizer",
    "enganei me",
    "only",
    "just the",
    "just a",
    "just an",
    "solo un",
    "solo una",
    "solamente",
    "seulement",
    "juste",
    "nur",
    "apenas",
];

/// One thing a message can be about. A message can be about several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    Greeting,
    Thanks,
    Goodbye,
    Yes,
    NotNow,
    Unsure,
    Hours,
    OpenNow,
    Price,
    Address,
    Phone,
    Website,
    Services,
    Booking,
    Ready,
}

type List = fn(&Vocabulary) -> Phrases;

/// Every topic, with the phrases that announce it anywhere in a message, and alone.
const TOPICS: [(Topic, List, List); 15] = [
    (Topic::Greeting, |words| words.greeting.anywhere, |words| words.greeting.alone),
    (Topic::Thanks, |words| words.thanks.anywhere, |words| words.thanks.alone),
    (Topic::Goodbye, |words| words.goodbye.anywhere, |words| words.goodbye.alone),
    (Topic::Yes, |words| words.yes.anywhere, |words| words.yes.alone),
    (Topic::NotNow, |words| words.not_now.anywhere, |words| words.not_now.alone),
    (Topic::Unsure, |words| words.unsure.anywhere, |words| words.unsure.alone),
    (Topic::Hours, |words| words.hours.anywhere, |words| words.hours.alone),
    (Topic::OpenNow, |words| words.open_now.anywhere, |words| words.open_now.alone),
    (Topic::Price, |words| words.price.anywhere, |words| words.price.alone),
    (Topic::Address, |words| words.address.anywhere, |words| words.address.alone),
    (Topic::Phone, |words| words.phone.anywhere, |words| words.phone.alone),
    (Topic::Website, |words| words.website.anywhere, |words| words.website.alone),
    (Topic::Services, |words| words.services.anywhere, |words| words.services.alone),
    (Topic::Booking, |words| words.booking.anywhere, |words| words.booking.alone),
    (Topic::Ready, |words| words.ready.anywhere, |words| words.ready.alone),
];

/// The hour that was spoken of, and no opening hours, folded.
const SAME_HOUR: [&str; 6] =
    ["same hour", "misma hora", "mismo horario", "meme horaire", "mesma hora", "mesmo horario"];

/// Plain words for a price, folded.
const HOW_MUCH: [&str; 12] = [
    "how much",
    "price",
    "prices",
    "cuanto cuesta",
    "cuanto cobran",
    "precio",
    "combien coute",
    "le prix",
    "was kostet",
    "preis",
    "quanto custa",
    "preco",
];

/// Days of every week, and hours that not every business has, folded, in five languages: whoever asks about these asks when it is open.
const EVERY_WEEK: [&str; 50] = [
    "on mondays",
    "on tuesdays",
    "on wednesdays",
    "on thursdays",
    "on fridays",
    "on saturdays",
    "on sundays",
    "on weekends",
    "on weeknights",
    "evening appointment",
    "evening appointments",
    "evening hours",
    "weekend appointment",
    "weekend appointments",
    "weekend hours",
    "saturday appointments",
    "sunday appointments",
    "late appointments",
    "los lunes",
    "los martes",
    "los miercoles",
    "los jueves",
    "los viernes",
    "los sabados",
    "los domingos",
    "los fines de semana",
    "citas por la noche",
    "citas por la tarde",
    "le samedi aussi",
    "rendez vous le soir",
    "rendez vous le samedi",
    "montags",
    "dienstags",
    "mittwochs",
    "donnerstags",
    "freitags",
    "samstags",
    "sonnabends",
    "sonntags",
    "termine abends",
    "abends termine",
    "abendtermin",
    "abendtermine",
    "am wochenende jemand",
    "am wochenende da",
    "aos sabados",
    "aos domingos",
    "aos fins de semana",
    "as segundas",
    "as sextas",
];

/// Words for what costs nothing, folded.
const FREE: [&str; 8] = ["free", "gratis", "gratuit", "gratuite", "gratuito", "gratuita", "kostenlos", "umsonst"];

/// Whether who is free between these words has time: "I'm free Friday".
fn is_idle(before: &str, after: &str) -> bool {
    let has_time = [" im ", " am ", " you ", " u ", " were ", " we ", " are ", " be ", " get "];
    let is_when = [" on ", " at ", " this ", " next ", " after ", " before ", " tomorrow ", " today "];
    has_time.iter().any(|word| before.ends_with(word)) || is_when.iter().any(|word| after.starts_with(word))
}

/// What a message is about.
pub(super) struct Heard {
    topics: BTreeSet<Topic>,
    /// How many words are left without greetings, thanks and "please".
    pub(super) substance: usize,
    /// It asks for a price in plain words.
    pub(super) asks_how_much: bool,
    /// It speaks of what costs nothing.
    pub(super) is_free_wanted: bool,
    /// It ends in, or has, a question mark.
    pub(super) is_question: bool,
    /// It tells the writer's own address or number.
    is_own: bool,
    /// It speaks of the same day of every week, or of the evening as a time to come.
    pub(super) is_of_every_week: bool,
}

impl Heard {
    /// Reads `text`, of which `words` are the words.
    pub(super) fn new(text: &str, words: &Words) -> Self {
        let said = Said::new(words);
        let core = without_courtesies(Said::new(words));
        let mut topics: BTreeSet<Topic> = TOPICS
            .into_iter()
            .filter(|(_, anywhere, alone)| said.has(*anywhere) || core.is_any(*alone))
            .map(|(topic, ..)| topic)
            .collect();
        if words.contains_any(&SAME_HOUR) {
            topics.remove(&Topic::Hours);
        }
        let is_own = said.has(|words| words.own);
        if is_own {
            topics.remove(&Topic::Address);
            topics.remove(&Topic::Phone);
        }
        let asks_how_much = words.contains_any(&HOW_MUCH);
        let is_free_wanted =
            FREE.iter().any(|word| words.contains_where(word, |before, after| !is_idle(before, after)));
        Self {
            topics,
            asks_how_much,
            is_free_wanted,
            substance: core.len(),
            is_question: text.contains(['?', '¿', '？']),
            is_own,
            is_of_every_week: words.contains_any(&EVERY_WEEK),
        }
    }

    /// Adds where and how the business is reached, as `intents` ask: "where is this office?", and of two that are asked for together the
    /// second in one word, "the phone number and address".
    pub(super) fn add_contact(&mut self, intents: &Intents) {
        let contact = [(Intent::Place, Topic::Address), (Intent::Phone, Topic::Phone)];
        let wanted: Vec<Topic> =
            contact.into_iter().filter(|(intent, _)| intents.has(*intent)).map(|(_, topic)| topic).collect();
        let is_with =
            wanted.len() > 1 || [Topic::Hours, Topic::Address, Topic::Phone].iter().any(|topic| self.has(*topic));
        let is_asked = is_with || self.is_question || intents.is_question();
        if is_asked && !self.is_own && !intents.has(Intent::Area) {
            self.topics.extend(wanted);
        }
    }

    /// Whether the message is about `topic`.
    pub(super) fn has(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }

    /// What it is about, in order.
    pub(super) fn topics(&self) -> impl Iterator<Item = Topic> {
        self.topics.iter().copied()
    }

    /// Takes it for being about `topic` too.
    pub(super) fn add(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }

    /// Takes it for not being about `topic`.
    pub(super) fn drop(&mut self, topic: Topic) {
        self.topics.remove(&topic);
    }

    /// Whether it asks when the business is open: "abends auch offen?", and not "any openings tomorrow at ten?" `intents` are its own.
    pub(super) fn asks_hours(&self, intents: &Intents) -> bool {
        let is_of_hours = intents.has(Intent::Hours) && !intents.has(Intent::Availability) || self.is_of_every_week;
        is_of_hours && (self.is_question || intents.is_question())
    }

    /// Whether it asks on which days a person works: "is Pete in on Saturday?"
    pub(super) fn asks_who_is_in(&self, intents: &Intents) -> bool {
        intents.has(Intent::StaffIn) && !self.has(Topic::Booking)
    }

    /// Whether it asks or announces something, beyond courtesies, yes and no.
    pub(super) fn wants_something(&self) -> bool {
        self.topics.iter().any(|topic| *topic > Topic::Unsure)
    }
}

/// The words of `words` that make them be about `topic`, folded.
pub(super) fn words_of(topic: Topic, words: &Words) -> impl Iterator<Item = &'static str> {
    let lists = TOPICS.into_iter().filter(move |(one, ..)| *one == topic);
    let phrases = lists
        .flat_map(|(_, anywhere, alone)| ALL.into_iter().flat_map(anywhere).chain(ALL.into_iter().flat_map(alone)));
    phrases.filter(|phrase| words.contains_phrase(phrase)).flat_map(|phrase| phrase.split(' '))
}

/// Whether `text` is nothing but greetings, thanks and "please".
pub(super) fn is_courtesy(text: &str) -> bool {
    let words = Words::new(text);
    !words.is_empty() && without_courtesies(Said::new(&words)).len() == 0
}

/// Whether `text` is nothing but courtesies, or a yes or no.
pub(super) fn is_reply_word(text: &str) -> bool {
    let words = Words::new(text);
    let core = without_courtesies(Said::new(&words));
    let is_thanks = Said::new(&words).has(|words| words.thanks.anywhere);
    is_thanks || core.len() == 0 || core.is_any(|words| words.yes.alone) || core.is_any(|words| words.not_now.alone)
}

fn without_courtesies(said: Said) -> Said {
    said.without(|words| words.please).without(|words| words.thanks.anywhere).without(|words| words.greeting.anywhere)
}

/// How the customer feels: a complaint or an unhappy word outweighs a happy one.
pub(super) fn sentiment(words: &Words, escalate: Option<EscalationReason>) -> Sentiment {
    let said = Said::new(words);
    if escalate == Some(EscalationReason::Complaint) || said.has(|words| words.negative) {
        Sentiment::Negative
    } else if said.has(|words| words.positive) {
        Sentiment::Positive
    } else {
        Sentiment::Neutral
    }
}

/// Whether `words` take back what was said before.
pub(super) fn corrects(words: &Words) -> bool {
    words.contains_any(&CORRECTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Vec<Topic> {
        Heard::new(text, &Words::new(text)).topics.into_iter().collect()
    }

    #[test]
    fn topics_are_heard_in_five_languages() {
        use Topic::*;
        for (text, expected) in [
            ("Hi! How much is it, and what are your hours?", vec![Greeting, Hours, Price]),
            ("hours please", vec![Hours]),
            ("Where are you located?", vec![Address]),
            ("I'd like an appointment", vec![Booking]),
            ("no thanks", vec![Thanks, NotNow]),
            ("No.", vec![NotNow]),
            ("no water since this morning", vec![]),
            ("Yes please", vec![Yes]),
            ("my phone number is 303 555 0142", vec![]),
            ("Buenos días, ¿cuánto cuesta? ¿A qué hora abren?", vec![Greeting, Hours, Price]),
            ("¿Dónde están?", vec![Address]),
            ("quiero una cita", vec![Booking]),
            ("Bonjour, quels sont vos horaires ?", vec![Greeting, Hours]),
            ("combien ça coûte ?", vec![Price]),
            ("je voudrais un rendez-vous", vec![Booking]),
            ("Guten Tag, was kostet das?", vec![Greeting, Price]),
            ("Wann haben Sie geöffnet?", vec![Hours]),
            ("nein danke", vec![Thanks, NotNow]),
            ("Oi, qual o preço?", vec![Greeting, Price]),
            ("tchau, obrigada", vec![Thanks, Goodbye]),
            ("", vec![]),
        ] {
            assert_eq!(topics(text), expected, "{text}");
        }
    }

    #[test]
    fn courtesies_are_no_substance() {
        let text = "Hello, thank you please!";
        assert_eq!(Heard::new(text, &Words::new(text)).substance, 0);
        assert!(is_courtesy("Hola") && !is_courtesy("Hola Denver") && !is_courtesy("?"));
    }

    #[test]
    fn an_unhappy_word_outweighs_a_happy_one() {
        let feels = |text: &str| sentiment(&Words::new(text), None);
        assert_eq!(feels("great, thanks"), Sentiment::Positive);
        assert_eq!(feels("great, still not happy"), Sentiment::Negative);
        assert_eq!(feels("I need a roof"), Sentiment::Neutral);
        assert_eq!(sentiment(&Words::new("ok"), Some(EscalationReason::Complaint)), Sentiment::Negative);
    }
}
