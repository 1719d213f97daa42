//! What a message wants, beyond services and times: a price, another day, a person, nothing more.
//!
//! The phrases are data, one file a language, and all are read at once. The rules here say which of them count: what is denied
//! ("I don't want to cancel") or quoted is no wish of the writer, and the narrower of two intents is kept.

use crate::lexicon::{Hit, Lexicon, denied, without_exceptions};
use crate::words::Words;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const FILES: [&str; 5] = [
    concat!(include_str!("en.txt"), include_str!("care/en.txt")),
    concat!(include_str!("es.txt"), include_str!("care/es.txt")),
    concat!(include_str!("fr.txt"), include_str!("care/fr.txt")),
    concat!(include_str!("de.txt"), include_str!("care/de.txt")),
    concat!(include_str!("pt.txt"), include_str!("care/pt.txt")),
];
static LEXICON: LazyLock<Table> = LazyLock::new(Table::read);
/// The entry of words that count for nothing.
const COURTESY: &str = "courtesy";
/// How many words may stand between a denial and what it denies.
const DENIAL_REACH: usize = 4;

macro_rules! intents {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// One thing a message can want. A message can want several.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Intent {
            $($(#[$doc])* $name,)*
        }

        impl Intent {
            /// Every intent.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in the files.
            pub(crate) fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

// Stored indexes of documents hold an intent by its place here: a new one comes last.
intents! {
    /// Come, be visited, reserve.
    Book = "book",
    /// Not come after all: also "I can't make it".
    Cancel = "cancel",
    /// Another day or hour than agreed.
    Move = "move",
    /// Whether, or that, an appointment stands.
    Confirm = "confirm",
    /// What it costs.
    Price = "price",
    /// When the business is open.
    Hours = "hours",
    /// Whether it is open at this moment; comes with [`Intent::Hours`].
    OpenNow = "open_now",
    /// Where the business is, or whether it comes.
    Place = "place",
    /// The telephone number of the business.
    Phone = "phone",
    /// Its pages on the web.
    Website = "website",
    /// How long the work takes.
    Duration = "duration",
    /// Whether the work is guaranteed.
    Warranty = "warranty",
    /// Whether something is paid ahead.
    Deposit = "deposit",
    /// How one can pay.
    Payment = "payment",
    /// Whether the customer's insurance is taken.
    Insurance = "insurance",
    /// Whether the business itself is insured or licensed.
    Insured = "insured",
    /// Where to leave the car.
    Parking = "parking",
    /// How experienced the business is, reviews, examples.
    Experience = "experience",
    /// When there is a free time.
    Availability = "availability",
    /// What the business does.
    Services = "services",
    /// What to bring or sign.
    Documents = "documents",
    /// What follows from cancelling or being late.
    Policy = "policy",
    /// Whether animals may come.
    Pets = "pets",
    /// Whether children may come, or are treated.
    Children = "children",
    /// Whether there is a wireless network.
    Wifi = "wifi",
    /// Whether one gets in with a wheelchair or a pram.
    Access = "access",
    /// Vouchers.
    Gift = "gift",
    /// A car meanwhile.
    Loaner = "loaner",
    /// Whether some pay less.
    Discount = "discount",
    /// Whether a language is spoken.
    Languages = "languages",
    /// Will not say who they are, or how they can be reached.
    Private = "private",
    /// Unhappy with what was done, or not done.
    Complaint = "complaint",
    /// A person instead of a program.
    Person = "person",
    /// Whether a program or a person answers here.
    Bot = "bot",
    /// The message was meant for somebody else.
    WrongNumber = "wrong_number",
    /// Advertising.
    Spam = "spam",
    /// Looks for work here.
    JobApplication = "job",
    /// Sells to the business.
    Supplier = "supplier",
    /// Hello.
    Greeting = "greeting",
    /// Thank you.
    Thanks = "thanks",
    /// Yes.
    Yes = "yes",
    /// No.
    No = "no",
    /// Nothing else is wanted.
    Done = "done",
    /// Good bye.
    Goodbye = "goodbye",
    /// The writer needs a moment, or has to ask somebody.
    Wait = "wait",
    /// The writer does not know.
    Unsure = "unsure",
    /// Is coming at this moment.
    OnTheWay = "on_the_way",
    /// Wants to begin or sign.
    Ready = "ready",
    /// Not interested, or not yet: also who will think about it, ask somebody at home, or write again.
    NotNow = "not_now",
    /// "What about ..?": the topic before, about something new.
    FollowUp = "follow_up",
    /// Whether, or when, one of the business's people is there.
    StaffIn = "staff_in",
    /// To be put through to a person; comes with [`Intent::Person`].
    Human = "human",
    /// To be called.
    CallBack = "call_back",
    /// What is stored of the writer is to be deleted.
    Erase = "erase",
    /// Several things together.
    Total = "total",
    /// What is charged for coming, or for a look or an estimate before the work.
    CallFee = "call_fee",
    /// Whether one can pay bit by bit.
    Instalments = "instalments",
    /// Whether a doctor has to send them.
    Prescription = "prescription",
    /// Whether the business comes to the customer; comes with [`Intent::Place`].
    Area = "area",
}

/// Denied or quoted, these are no wish of the writer.
const WISHES: [Intent; 13] = [
    Intent::Book,
    Intent::Cancel,
    Intent::Move,
    Intent::Complaint,
    Intent::Person,
    Intent::JobApplication,
    Intent::Ready,
    Intent::Confirm,
    Intent::Deposit,
    Intent::Done,
    Intent::Human,
    Intent::CallBack,
    Intent::Erase,
];
/// The first is narrower: where it is found, the second is not meant.
const NARROWER: [(Intent, Intent); 17] = [
    (Intent::Move, Intent::Cancel),
    (Intent::Move, Intent::Book),
    (Intent::Cancel, Intent::Book),
    (Intent::Confirm, Intent::Book),
    (Intent::Insured, Intent::Insurance),
    (Intent::Deposit, Intent::Payment),
    (Intent::Done, Intent::NotNow),
    (Intent::NotNow, Intent::Yes),
    (Intent::No, Intent::Yes),
    (Intent::WrongNumber, Intent::Phone),
    (Intent::JobApplication, Intent::Availability),
    (Intent::JobApplication, Intent::Book),
    (Intent::Spam, Intent::Services),
    (Intent::Spam, Intent::Book),
    (Intent::Supplier, Intent::Services),
    (Intent::Complaint, Intent::Cancel),
    (Intent::Policy, Intent::Cancel),
];

/// What one message wants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intents {
    found: Vec<Intent>,
    is_question: bool,
    asks_to_know: bool,
    substance: usize,
}

impl Intents {
    /// Reads `text`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::of(&Words::new(text))
    }

    /// Reads words that were read before.
    #[must_use]
    pub fn of(words: &Words) -> Self {
        let table = &*LEXICON;
        let courtesies = table.courtesies(words);
        let hits = table.lexicon.hits(words, &courtesies);
        let counted = without_exceptions(&hits);
        let of = |role: Role| counted.iter().copied().filter(move |hit| table.role(hit) == Some(role));
        let begins = |hit: &&Hit| table.role(hit) == Some(Role::BeginsQuestion);
        let is_question =
            words.has_question_mark() || of(Role::Question).next().is_some() || counted.iter().any(begins);
        let asks_to_know = counted.iter().any(|hit| table.role(hit) == Some(Role::ToKnow));
        let denials = || of(Role::Not);
        let denied_words = denied(denials(), words, DENIAL_REACH);
        // In "no, that's all" without its comma, the first word answers a question and denies nothing.
        let answers: Vec<&Hit> =
            counted.iter().copied().filter(|hit| table.role(hit) == Some(Role::Intent(Intent::No))).collect();
        let is_answer = |hit: &&Hit| answers.iter().any(|answer| answer.overlaps(hit));
        let denied_end = denied(denials().filter(|hit| !is_answer(hit)), words, DENIAL_REACH);
        let is_meant = |intent: Intent, hit: &Hit| {
            let denied = if intent == Intent::Done { &denied_end } else { &denied_words };
            denied.get(hit.words.start) != Some(&true) && !words.is_quoted(&hit.words)
        };
        // "Is this a real person?" asks for none.
        let asks_who = |hit: &Hit| table.role(hit) == Some(Role::Intent(Intent::Bot));
        let is_asked_about = |hit: &Hit| {
            let is_person = matches!(table.role(hit), Some(Role::Intent(Intent::Person | Intent::Human)));
            is_person && counted.iter().any(|other| asks_who(other) && other.overlaps(hit))
        };
        let mut found: Vec<Intent> = counted
            .iter()
            .copied()
            .filter(|hit| !is_asked_about(hit))
            .filter_map(|hit| match table.role(hit)? {
                Role::Intent(intent) => (!WISHES.contains(&intent) || is_meant(intent, hit)).then_some(intent),
                Role::FollowUpAsked => words.has_question_mark().then_some(Intent::FollowUp),
                Role::Question | Role::BeginsQuestion | Role::ToKnow | Role::Courtesy | Role::Not => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        if found.contains(&Intent::OpenNow) && !found.contains(&Intent::Hours) {
            found.push(Intent::Hours);
        }
        if found.contains(&Intent::Human) && !found.contains(&Intent::Person) {
            found.push(Intent::Person);
        }
        for (narrow, wide) in NARROWER {
            if found.contains(&narrow) {
                found.retain(|intent| *intent != wide);
            }
        }
        let substance = courtesies.iter().filter(|is_courtesy| !**is_courtesy).count();
        Self { found, is_question, asks_to_know, substance }
    }

    /// Whether a question begins with `words`, wherever in a sentence they stand: "is it safe", "do I need".
    #[must_use]
    pub fn begins_question(words: &Words) -> bool {
        let table = &*LEXICON;
        let hits = table.lexicon.hits(words, &[]);
        let begins = |hit: &&Hit| table.role(hit) == Some(Role::BeginsQuestion) && hit.words.start == 0;
        without_exceptions(&hits).into_iter().any(|hit| begins(&hit))
    }

    /// Whether the message wants `intent`.
    #[must_use]
    pub fn has(&self, intent: Intent) -> bool {
        self.found.contains(&intent)
    }

    /// Takes the message for wanting `intent` too.
    pub fn add(&mut self, intent: Intent) {
        if !self.has(intent) {
            self.found.push(intent);
        }
    }

    /// Takes the message for not wanting `intent` after all.
    pub fn remove(&mut self, intent: Intent) {
        self.found.retain(|found| *found != intent);
    }

    /// What the message wants.
    pub fn iter(&self) -> impl Iterator<Item = Intent> + '_ {
        self.found.iter().copied()
    }

    /// Whether the message asks something, with a question mark or without.
    #[must_use]
    pub fn is_question(&self) -> bool {
        self.is_question
    }

    /// Whether the message asks what, why or how something is, and not only whether it can be had.
    #[must_use]
    pub fn asks_to_know(&self) -> bool {
        self.asks_to_know
    }

    /// How many words there are besides courtesies.
    #[must_use]
    pub fn substance(&self) -> usize {
        self.substance
    }
}

/// The stems of every phrase of a wish.
pub(crate) fn stems() -> BTreeSet<String> {
    LEXICON.lexicon.stems()
}

/// Every phrase of a wish in `words`.
pub(crate) fn hits(words: &Words) -> Vec<Hit> {
    LEXICON.lexicon.hits(words, &[])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Intent(Intent),
    FollowUpAsked,
    Question,
    BeginsQuestion,
    ToKnow,
    Courtesy,
    Not,
}

struct Table {
    lexicon: Lexicon,
    /// For every entry of the lexicon.
    roles: Vec<Option<Role>>,
    /// Stems.
    courtesies: BTreeSet<String>,
}

impl Table {
    fn read() -> Self {
        let lexicon = Lexicon::read(&FILES);
        let roles = lexicon.keys().iter().map(|key| role_of(key)).collect();
        let courtesies = lexicon.stems_of(COURTESY);
        Self { lexicon, roles, courtesies }
    }

    fn role(&self, hit: &Hit) -> Option<Role> {
        self.roles.get(hit.entry).copied().flatten()
    }

    /// Which words are courtesies.
    fn courtesies(&self, words: &Words) -> Vec<bool> {
        let is_courtesy = |at: usize| words.stem(at).is_some_and(|stem| self.courtesies.contains(stem));
        (0..words.len()).map(is_courtesy).collect()
    }
}

fn role_of(key: &str) -> Option<Role> {
    match key {
        "follow_up_asked" => Some(Role::FollowUpAsked),
        "question" => Some(Role::Question),
        "begins_question" => Some(Role::BeginsQuestion),
        "to_know" => Some(Role::ToKnow),
        COURTESY => Some(Role::Courtesy),
        "not" => Some(Role::Not),
        _ => Intent::ALL.iter().find(|intent| intent.key() == key).map(|intent| Role::Intent(*intent)),
    }
}

#[cfg(test)]
mod tests;
