//! What the documents say, in the talk.

use super::*;
use crate::conversations::{Citation, Excerpt, ExcerptKind, Intent, Lookup};

fn excerpt(name: &str, text: &str, language: &str) -> Excerpt {
    Excerpt {
        citation: Citation { document: "d".to_owned(), name: name.to_owned(), page: Some(2) },
        location: None,
        heading: String::new(),
        kind: ExcerptKind::Prose,
        text: text.to_owned(),
        best: 0..text.len(),
        language: language.to_owned(),
    }
}

impl Desk {
    /// Says something to which a document says `text`.
    fn ask(&mut self, words: &str, name: &str, text: &str) -> Answer {
        self.ask_of(words, excerpt(name, text, "en"))
    }

    fn ask_of(&mut self, words: &str, found: Excerpt) -> Answer {
        let lookup = Lookup { text: words.to_owned(), before: Vec::new(), language: String::new(), location: None };
        self.findings = Findings::weigh(&self.tenant, &lookup, vec![found]);
        let answer = self.say(words);
        self.findings = Findings::NONE.clone();
        answer
    }
}

const SKYLIGHTS: &str = "Skylights are fitted for $900 each.";

#[test]
fn what_would_go_to_the_team_is_quoted_with_its_source_and_cited() {
    let mut desk = Desk::new(samples::roofer(), "en");
    let answer = desk.ask("Do you fit skylights?", "Price list.pdf", SKYLIGHTS);
    assert!(
        answer.reply.contains("From our price list, page 2: \"Skylights are fitted for $900 each.\""),
        "{}",
        answer.reply
    );
    assert_eq!((answer.action, answer.confidence, answer.intent), (Action::Reply, 90, Intent::Service));
    assert_eq!(answer.citations, [excerpt("Price list.pdf", SKYLIGHTS, "en").citation]);
    let again = desk.ask("But do you fit skylights of glass?", "Price list.pdf", SKYLIGHTS);
    assert_eq!(again.action, Action::AskTeam, "who asks once more wants something else: {}", again.reply);
    let unknown = Desk::new(samples::roofer(), "en").say("Do you fit skylights?");
    assert_eq!((unknown.action, unknown.citations.len()), (Action::AskTeam, 0));
}

#[test]
fn a_booking_goes_on_after_a_quote() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.say("I would like to book a roof inspection");
    let asked = desk.conversation.asked.clone();
    let answer = desk.ask("Do you fit skylights too?", "Skylights.pdf", SKYLIGHTS);
    assert!(answer.reply.contains("From our document 'Skylights', page 2"), "{}", answer.reply);
    assert!(asked.is_some() && answer.asked.is_some(), "{:?} {:?}", asked, answer.asked);
    assert_ne!(answer.action, Action::AskTeam);
}

#[test]
fn a_price_of_the_catalogue_is_said_and_none_of_a_document() {
    let mut desk = Desk::new(samples::roofer(), "en");
    let answer = desk.ask("How much is a roof inspection?", "Prices.pdf", "A roof inspection costs $99.");
    assert!(answer.reply.contains("$149") && !answer.reply.contains("$99"), "{}", answer.reply);
    let answer = desk.ask("How much is gutter cleaning?", "Prices.pdf", "Gutter cleaning costs $120.");
    assert!(answer.reply.contains("$120"), "the catalogue has no price for it: {}", answer.reply);
    let answer =
        desk.ask("How much is a roof inspection by drone?", "Prices.pdf", "A roof inspection by drone is $300.");
    assert!(answer.reply.contains("$300"), "it is about more: {}", answer.reply);
}

#[test]
fn nothing_is_quoted_in_the_place_of_a_person() {
    for (words, reason) in [
        ("The skylights that you fitted leak, this is a scandal", EscalationReason::Complaint),
        ("Can I talk to a person about skylights?", EscalationReason::CustomerAsked),
        ("The skylight fell in and someone is hurt, what do we do?", EscalationReason::Emergency),
    ] {
        let mut desk = Desk::new(samples::roofer(), "en");
        desk.route.escalate = Some(reason);
        let answer = desk.ask(words, "Price list.pdf", SKYLIGHTS);
        assert_eq!((answer.action, answer.citations.len()), (Action::Escalate, 0), "{}", answer.reply);
    }
    let mut desk = Desk::new(samples::roofer(), "en");
    let answer = desk.ask("I need to cancel my appointment for the skylights", "Price list.pdf", SKYLIGHTS);
    assert!(!answer.reply.contains("$900"), "{}", answer.reply);
}

#[test]
fn the_source_is_named_in_the_customers_language_and_the_language_of_the_quote_where_it_is_another() {
    for (code, question, source, note) in [
        ("en", "Do you fit skylights?", "From our terms, page 2", None),
        (
            "es",
            "¿Instalan ustedes skylights en casas?",
            "De nuestras condiciones, página 2",
            Some("Está escrito en inglés."),
        ),
        (
            "fr",
            "Est-ce que vous posez des skylights ?",
            "Extrait de nos conditions, page 2",
            Some("C'est écrit en anglais."),
        ),
        (
            "de",
            "Bauen Sie denn auch Skylights ein?",
            "Aus unseren Bedingungen, Seite 2",
            Some("Das steht dort auf Englisch."),
        ),
        ("pt", "Vocês instalam skylights em casas?", "Das nossas condições, página 2", Some("Está escrito em inglês.")),
    ] {
        let mut desk = Desk::new(samples::roofer(), code);
        let answer = desk.ask(question, "Terms_2026.docx", SKYLIGHTS);
        assert!(answer.reply.contains(source), "{}", answer.reply);
        assert!(note.is_none_or(|note| answer.reply.contains(note)), "{}", answer.reply);
        assert!(note.is_some() || !answer.reply.contains("written"), "{}", answer.reply);
    }
}

#[test]
fn a_name_that_is_a_link_is_not_said() {
    let mut desk = Desk::new(samples::roofer(), "en");
    let answer = desk.ask("Do you fit skylights?", "www.other.example.com", SKYLIGHTS);
    assert!(answer.reply.contains("From our documents, page 2") && !answer.reply.contains("other"), "{}", answer.reply);
}
