//! Whole conversations, as a customer reads them, with the rules' own route for every message.

use std::fmt::Write;

use super::*;

/// Replies stay below this where the facts allow it: three SMS segments of 160 characters.
const SOFT_LIMIT_CHARS: usize = 480;

/// One line each: what the customer writes, and what is decided and replied.
fn play(desk: &mut Desk, lines: &[&str]) -> String {
    let mut script = String::new();
    for line in lines {
        desk.route = crate::conversations::route(&desk.tenant, line, Some(&desk.conversation), desk.now);
        let answer = desk.say(line);
        assert!(answer.reply.chars().count() <= SOFT_LIMIT_CHARS, "{}", answer.reply);
        let _ = writeln!(script, "> {line}\n{}", answer.reply);
        let _ = writeln!(
            script,
            "    [{:?} {:?} {:?} {} asked: {:?}{}]",
            answer.intent,
            answer.action,
            answer.score,
            answer.confidence,
            answer.asked,
            answer.requested_time.map(|time| format!(", time: {time}")).unwrap_or_default(),
        );
    }
    let _ = writeln!(script, "{:#?}", desk.lead.qualification);
    script
}

#[test]
fn english_roof() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.name = Some("Dave Miller");
    insta::assert_snapshot!(play(
        &mut desk,
        &[
            "Hi, my roof is leaking. How much is a repair and are you open on Saturday?",
            "We are at 1420 Larimer Street, 80202",
            "next week",
            "Tuesday at 10 works",
            "Where are you located? And what's your website?",
            "thanks so much!",
            "bye",
        ],
    ));
}

#[test]
fn spanish_clinic() {
    let mut desk = Desk::new(samples::dentist(), "es");
    insta::assert_snapshot!(play(
        &mut desk,
        &[
            "Hola, soy Ana. ¿Cuánto cuesta una limpieza?",
            "estoy en San Antonio",
            "¿A qué hora abren?",
            "la próxima semana",
            "sí, por favor",
            "el martes a las 10 de la mañana",
            "muchas gracias",
        ],
    ));
}

#[test]
fn french_clinic() {
    let mut desk = Desk::new(samples::dentist(), "fr");
    insta::assert_snapshot!(play(
        &mut desk,
        &[
            "Bonjour, combien coûte un nettoyage ?",
            "j'habite à San Antonio",
            "demain matin si possible",
            "demain à 10h",
            "quels sont vos horaires ?",
            "merci, au revoir",
        ],
    ));
}

#[test]
fn german_roof() {
    let mut desk = Desk::new(samples::roofer(), "de");
    desk.now = at(FRIDAY_NIGHT);
    insta::assert_snapshot!(play(
        &mut desk,
        &[
            "Guten Tag, welche Leistungen bieten Sie an?",
            "Gutter cleaning",
            "Wann haben Sie geöffnet?",
            "Denver",
            "nächste Woche",
            "am Dienstag um 10 Uhr",
            "Vielen Dank!",
        ],
    ));
}

#[test]
fn portuguese_clinic() {
    let mut desk = Desk::new(samples::dentist(), "pt");
    insta::assert_snapshot!(play(
        &mut desk,
        &[
            "Olá, qual o preço da limpeza?",
            "moro em San Antonio",
            "semana que vem",
            "agora não, obrigado",
            "na terça-feira às 10h",
            "tchau",
        ],
    ));
}

#[test]
fn a_missed_call_a_photo_and_a_riddle() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.source = Source::MissedCall;
    let mut script = desk.hear(&Content::MissedCall).reply;
    let photo = Content::Media {
        kind: crate::messaging::MediaKind::Image,
        references: vec!["media-1".to_owned()],
        caption: String::new(),
    };
    let _ = writeln!(script, "\n{}", desk.hear(&photo).reply);
    script += &play(&mut desk, &["blorp wug", "fnord", "are you there"]);
    insta::assert_snapshot!(script);
}
