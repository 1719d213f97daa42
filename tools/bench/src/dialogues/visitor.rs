//! The two visitors: one says what the user of the corpus said, the other answers what is asked.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;
use talk::Talk;

use super::corpus::Goal;
use super::score::{asks_when, asks_who, is_confirmation, questions};

/// What a conversation may take.
const MOST_TURNS: usize = 12;
const NUMBER: &str = "+17202340163";
/// Answers to what businesses ask besides.
const SMALL: [(&str, &str); 10] = [
    ("which would suit you", "The first one, please."),
    ("which of these would be good", "The first one, please."),
    ("been to us before", "No, this is my first time."),
    ("insur", "I have Delta Dental."),
    ("stylist", "No, anybody is fine."),
    ("last color", "About three months ago."),
    ("city or zip", "80210"),
    ("zip code", "80210"),
    ("address", "80210"),
    ("how many guests", "About twenty."),
];

/// Questions that offer free times.
const CHOICE: [&str; 4] =
    ["which would suit you", "would that suit you", "which of these would be good", "would that be good"];

/// When a cooperative visitor says day and hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// When asked.
    Asked,
    /// With the first words.
    Early,
    /// One after the other.
    Split,
}

/// One line of the visitor's and its reply.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) said: String,
    pub(super) reply: String,
    pub(super) took: Duration,
}

impl Style {
    pub(super) const ALL: [Self; 3] = [Self::Asked, Self::Early, Self::Split];

    pub(super) fn of(order: usize) -> Self {
        Self::ALL.get(order % Self::ALL.len()).copied().unwrap_or(Self::Asked)
    }
}

fn say(talk: &mut Talk<'_>, said: &str) -> Result<Exchange> {
    let begin = Instant::now();
    let replied = talk.say(said)?;
    let took = begin.elapsed();
    Ok(Exchange { said: said.to_owned(), reply: replied.text().to_owned(), took })
}

/// Says the user's turns, from the first about booking on.
pub(super) fn replay(goal: &Goal, talk: &mut Talk<'_>) -> Result<Vec<Exchange>> {
    goal.turns.iter().skip(goal.begins).map(|said| say(talk, said)).collect()
}

/// Answers what is asked, offers what is not, and stops when nothing is left to say.
pub(super) fn cooperative(goal: &Goal, talk: &mut Talk<'_>) -> Result<Vec<Exchange>> {
    let split = goal.style == Style::Split;
    let offers: &[&str] = if split { &["book", "day", "hour", "who"] } else { &["book", "when", "who"] };
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    let mut text = goal.turns.first().cloned().unwrap_or_default();
    if goal.style == Style::Early {
        text = format!("Hi, I'd like to book {}, {} at {}.", goal.service.0, goal.day_words, goal.hour_words);
        said.insert("when".to_owned(), 1);
    }
    if ["book", "appointment", "schedule"].iter().any(|word| text.to_lowercase().contains(word)) {
        said.insert("book".to_owned(), 1);
    }
    let mut log: Vec<Exchange> = Vec::new();
    while log.len() < MOST_TURNS {
        let exchange = say(talk, &text)?;
        let question = questions(&exchange.reply).pop().unwrap_or_default().to_lowercase();
        if is_confirmation(&exchange.reply) {
            log.push(exchange);
            break;
        }
        log.push(exchange);
        let count = |piece: &str| said.get(piece).copied().unwrap_or_default();
        let mut piece = asked_piece(&question);
        // Who was not yet asked when they would like to come says so before they choose.
        let is_open = count("when") + count("hour") == 0;
        if is_open && piece.is_none() && CHOICE.iter().any(|words| question.contains(words)) {
            piece = Some("when");
        }
        if piece == Some("when") && split {
            piece = ["day", "hour"].into_iter().find(|part| count(part) == 0).or(piece);
        }
        let small = SMALL.iter().find(|(words, _)| question.contains(words)).map(|(_, reply)| *reply);
        let yes = (!question.is_empty() && count("yes") < 2).then_some("yes");
        let next = piece.or(small).or(yes).or_else(|| offers.iter().copied().find(|offer| count(offer) == 0));
        let Some(next) = next.filter(|next| count(next) <= 2) else { break };
        *said.entry(next.to_owned()).or_default() += 1;
        text = spoken(next, goal);
    }
    Ok(log)
}

/// What of the visitor's a question asks for.
fn asked_piece(question: &str) -> Option<&'static str> {
    let service = ["which service", "what service", "which of these do you mean", "what can we", "how can we help"];
    if asks_who(question) {
        Some("who")
    } else if service.iter().any(|words| question.contains(words)) {
        Some("service")
    } else {
        asks_when(question).then_some("when")
    }
}

fn spoken(piece: &str, goal: &Goal) -> String {
    let (day, hour) = (capital(&goal.day_words), &goal.hour_words);
    match piece {
        "book" => "I would like to book an appointment, please.".to_owned(),
        "service" => format!("{}, please.", capital(&goal.service.0)),
        "day" => format!("{day}, please."),
        "hour" => format!("At {hour}."),
        "when" => format!("{day} at {hour}, please."),
        "who" => format!("My name is {}, and my number is {NUMBER}.", goal.name),
        "yes" => "Yes, please.".to_owned(),
        reply => reply.to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
