//! A customer who says the same over and over: most likely a machine, and two machines never tire of each other.
//!
//! An absence note, a ticket system or another assistant answers each of our answers. The first two such messages are
//! answered, as nobody knows yet; what follows is not, and a person is told. A message that says something else is
//! answered again. A person may well say "yes" five times in a row: short words count only while our own answers do not
//! get on either, and later.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use super::{Conversation, Role};
use ::language::Words;

/// What comes later than this after the one before is no loop.
const LOOP: SignedDuration = SignedDuration::from_hours(1);
/// So many messages like earlier ones, and the next is not answered.
const SAME: u32 = 2;
/// The same for messages of few words.
const SAME_SHORT: u32 = 5;
/// The most words of a short message.
const SHORT: usize = 3;
/// Nobody reads an answer and writes so many characters within so long, and so often in a row.
const QUICK_CHARS: usize = 120;
const QUICK_WITHIN: SignedDuration = SignedDuration::from_secs(15);
const QUICK: u32 = 6;
/// Of all the words of two messages, so many percent are in both: they say the same.
const ALIKE_PERCENT: usize = 80;

/// What machines say of themselves.
const AUTOMATIC: [&str; 28] = [
    // English
    "out of office",
    "out of the office",
    "automatic reply",
    "automatic response",
    "automated reply",
    "automated response",
    "automated message",
    "auto reply",
    "autoreply",
    "auto response",
    "autoresponder",
    "do not reply to this message",
    "this number is not monitored",
    "this inbox is not monitored",
    // Spanish, French, German, Portuguese, Italian
    "respuesta automática",
    "fuera de la oficina",
    "mensaje automático",
    "réponse automatique",
    "absent du bureau",
    "message automatique",
    "automatische antwort",
    "abwesenheitsnotiz",
    "automatische nachricht",
    "nicht im büro",
    "resposta automática",
    "mensagem automática",
    "risposta automatica",
    "messaggio automatico",
];

/// How often a customer has said the same in a row, or answered quicker than people do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Repeats {
    /// Messages in a row that said what one shortly before had said.
    #[serde(default)]
    pub same: u32,
    /// Long messages in a row that came within seconds of our answer.
    #[serde(default)]
    pub quick: u32,
    /// When the last message was written (UTC).
    #[serde(default)]
    pub last_at: Option<Timestamp>,
}

impl Conversation {
    /// Counts a message of the customer that was written at `at`, before it is remembered.
    pub(crate) fn count_repeat(&mut self, text: &str, at: Timestamp) {
        let words = Words::new(text);
        let is_fresh = self.repeats.last_at.is_some_and(|last| at.duration_since(last) <= LOOP);
        let mut said = self.recent.iter().filter(|line| line.role == Role::Customer).map(|line| Words::new(&line.text));
        let says_the_same = match (words.is_empty(), words.len() <= SHORT) {
            (true, _) => false,
            (false, true) => {
                let in_a_loop = self.repeats.same >= SAME_SHORT || self.gets_nowhere();
                in_a_loop && said.any(|earlier| alike(&words, &earlier))
            }
            (false, false) => {
                said.any(|earlier| alike(&words, &earlier) || (is_automatic(&words) && is_automatic(&earlier)))
            }
        };
        let is_quick = text.chars().count() >= QUICK_CHARS
            && self.replied_at.is_some_and(|replied| at >= replied && at.duration_since(replied) <= QUICK_WITHIN);
        self.repeats = Repeats {
            same: if is_fresh && says_the_same { self.repeats.same.saturating_add(1) } else { 0 },
            quick: if is_quick { self.repeats.quick.saturating_add(1) } else { 0 },
            last_at: Some(at),
        };
    }

    /// Whether a machine seems to write, the last message being `text`, so that it gets no answer.
    #[must_use]
    pub(crate) fn seems_automatic(&self, text: &str) -> bool {
        let most = if Words::new(text).len() <= SHORT { SAME_SHORT } else { SAME };
        self.repeats.same >= most || self.repeats.quick >= QUICK
    }

    /// Whether our own last two answers say the same.
    fn gets_nowhere(&self) -> bool {
        let mut ours = self.recent.iter().rev().filter(|line| line.role == Role::Assistant);
        let (Some(last), Some(before)) = (ours.next(), ours.next()) else { return false };
        alike(&Words::new(&last.text), &Words::new(&before.text))
    }
}

/// Whether two messages say the same but for numbers: a ticket's, a time.
fn alike(one: &Words, other: &Words) -> bool {
    let set = |words: &Words| -> BTreeSet<String> {
        let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        words.iter().map(letters).filter(|word| !word.is_empty()).collect()
    };
    let (one, other) = (set(one), set(other));
    let (both, all) = (one.intersection(&other).count(), one.union(&other).count());
    all > 0 && both * 100 >= all * ALIKE_PERCENT
}

fn is_automatic(words: &Words) -> bool {
    words.contains_any(&AUTOMATIC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::{Address, Channel, Content, Inbound, Source};
    use crate::samples::roofer;
    use crate::turns::Turn;

    const NOTE: &str = "Thank you for your message. I am away until Monday and will answer then. Ticket 4711";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_176_000 + second).unwrap()
    }

    /// A thread in which nothing was said yet.
    fn empty() -> Conversation {
        let tenant = roofer();
        let inbound = Inbound {
            tenant: tenant.id.clone(),
            vendor_id: "m1".to_owned(),
            source: Source::LiveChat,
            channel: Channel::Chat,
            from: Address::Chat("s-1".to_owned()),
            also: Vec::new(),
            name: None,
            content: Content::MissedCall,
            received_at: at(0),
            sent_at: None,
            fields: std::collections::BTreeMap::new(),
            text_consent: None,
            withheld: None,
            correlation_id: String::new(),
        };
        let thread = Turn::open(&tenant, crate::tenancy::BusinessContext::NONE, &inbound, Vec::new(), at(0)).thread;
        Conversation { repeats: Repeats::default(), ..thread }
    }

    /// Which of `texts`, said `gap` seconds after one another, are answered. Our answers are `answer`, with a number.
    fn answered(texts: &[&str], gap: i64, answer: &str) -> Vec<bool> {
        let mut thread = empty();
        let mut answered = Vec::new();
        for (place, text) in (0..).zip(texts) {
            thread.count_repeat(text, at(place * gap));
            thread.remember(Role::Customer, text);
            answered.push(!thread.seems_automatic(text));
            if answered.last() == Some(&true) {
                thread.remember(Role::Assistant, answer);
                thread.replied_at = Some(at(place * gap + 1));
            }
        }
        answered
    }

    fn count(answered: &[bool]) -> usize {
        answered.iter().filter(|answered| **answered).count()
    }

    #[test]
    fn the_same_message_eighteen_times_gets_two_answers() {
        assert_eq!(count(&answered(&[NOTE; 18], 20, "How can we help?")), 2);
        let numbered: Vec<String> = (0..18).map(|number| format!("{NOTE}{number}")).collect();
        assert_eq!(count(&answered(&numbered.iter().map(String::as_str).collect::<Vec<_>>(), 300, "Hello?")), 2);
    }

    #[test]
    fn what_calls_itself_automatic_gets_two_answers_in_whatever_words() {
        let notes = [
            "Automatic reply: I am at the trade fair in Denver this week",
            "This is an automated message. Our offices are closed",
            "Auto-reply: please write to the service desk instead",
            "Out of office until the 3rd, for urgent things call my colleague",
        ];
        assert_eq!(answered(&notes, 30, "How can we help?"), [true, true, false, false]);
    }

    #[test]
    fn a_person_who_says_something_new_is_answered_again() {
        let said = [NOTE, NOTE, NOTE, "Sorry, that was my autoresponder. How much is a new roof?", "And when?"];
        assert_eq!(answered(&said, 60, "How can we help?"), [true, true, false, true, true]);
    }

    #[test]
    fn people_may_repeat_themselves_on_other_days_and_in_short() {
        assert_eq!(count(&answered(&[NOTE; 5], 2 * 3_600, "How can we help?")), 5, "hours apart");
        let answers = ["Is it a shingle roof?", "Do you own the house?", "Is it insured?", "Shall we come Monday?"];
        let mut thread = empty();
        for (place, answer) in (0..).zip(answers.into_iter().cycle().take(12)) {
            thread.count_repeat("Yes", at(place * 20));
            thread.remember(Role::Customer, "Yes");
            assert!(!thread.seems_automatic("Yes"), "they answer questions");
            thread.remember(Role::Assistant, answer);
        }
        // When we say the same too, it is a loop.
        assert_eq!(count(&answered(&["Thanks!"; 18], 20, "You are welcome!")), 6);
        assert_eq!(count(&answered(&[""; 18], 20, "A photo, thank you")), 18, "pictures");
    }

    #[test]
    fn another_assistant_is_known_by_its_pace() {
        let said: Vec<String> = ["gutters", "siding", "windows", "paint", "decks", "doors", "attics", "vents", "tiles"]
            .into_iter()
            .map(|what| format!("{what} {}", what.repeat(30)))
            .collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        assert_eq!(count(&answered(&said, 5, "Interesting, tell me more")), 6);
        assert_eq!(count(&answered(&said, 60, "Interesting, tell me more")), 9, "a person who writes at length");
    }
}
