//! What is asked or told in the middle of a booking and is none of it, in five languages.

use super::*;
use crate::conversations::Question;

/// A dentist who was asked for a cleaning, and asked when.
fn asked_when(code: &str) -> Desk {
    let mut desk = Desk::new(samples::dentist(), code);
    desk.source = Source::LiveChat;
    let first = match code {
        "es" => "Quiero una limpieza, por favor",
        "fr" => "Je voudrais un nettoyage",
        "de" => "Ich möchte eine Zahnreinigung, bitte",
        "pt" => "Quero uma limpeza, por favor",
        _ => "I would like a cleaning, please",
    };
    desk.say(first);
    desk.conversation.asked = Some(Question::BookingTime);
    desk.conversation.questions.push(Question::BookingTime);
    desk
}

#[test]
fn what_no_data_answers_is_a_task_for_the_team_and_the_booking_goes_on() {
    for (code, asked, told) in [
        ("en", "do you have a waiting room with a television?", "I lost my wallet at your place last week"),
        ("es", "¿tienen televisor en la sala de espera?", "la semana pasada perdí la cartera en su clínica"),
        (
            "fr",
            "vous avez une télévision dans la salle d'attente ?",
            "j'ai perdu mon portefeuille chez vous la semaine dernière",
        ),
        (
            "de",
            "haben Sie einen Fernseher im Wartezimmer?",
            "ich habe letzte Woche bei Ihnen meinen Geldbeutel verloren",
        ),
        ("pt", "vocês têm televisão na sala de espera?", "semana passada perdi a carteira na sua clínica"),
    ] {
        for text in [asked, told] {
            let answer = asked_when(code).say(text);
            assert_eq!(answer.action, Action::AskTeam, "{text}: {}", answer.reply);
            assert!(answer.asked.is_some(), "{text}: {}", answer.reply);
        }
    }
}

#[test]
fn a_few_words_that_are_not_understood_are_no_task() {
    let answer = asked_when("en").say("hmm let me think");
    assert_ne!(answer.action, Action::AskTeam, "{}", answer.reply);
}

#[test]
fn who_asks_on_which_terms_they_can_cancel_has_not_cancelled() {
    for (code, text) in [
        ("en", "until when can I cancel for free?"),
        ("en", "what happens if I can't make it?"),
        ("es", "¿hasta cuándo puedo cancelar?"),
        ("es", "¿y si no puedo ir les aviso a este número?"),
        ("fr", "on peut annuler jusqu'à quand ?"),
        ("fr", "et si je ne peux pas venir ?"),
        ("de", "bis wann kann ich kostenlos absagen?"),
        ("de", "was ist, wenn ich nicht kommen kann?"),
        ("pt", "até quando posso cancelar sem pagar?"),
        ("pt", "e se eu não puder ir?"),
    ] {
        let answer = asked_when(code).say(text);
        let cancelled = phrases::ALL.iter().any(|phrases| answer.reply.contains(phrases.wants_cancel));
        assert!(!cancelled && answer.action != Action::Nurture, "{text}: {}", answer.reply);
    }
}

#[test]
fn terms_are_no_price_unless_it_is_asked_for_too() {
    let reply = |text: &str| asked_when("en").say(text).reply;
    assert!(!reply("until when can I cancel for free?").contains('$'));
    assert!(reply("how much is a cleaning, and what is your cancellation policy?").contains("$89"));
}

#[test]
fn how_long_it_takes_is_no_price() {
    let mut tenant = samples::dentist();
    for service in &mut tenant.services {
        service.duration_minutes = Some(90);
    }
    for (code, text) in
        [("fr", "et ça prend combien de temps"), ("es", "cuánto tiempo dura"), ("pt", "quanto tempo demora")]
    {
        let mut desk = asked_when(code);
        desk.tenant = tenant.clone();
        let reply = desk.say(text).reply;
        assert!(reply.contains("30") && !reply.contains('$'), "{text}: {reply}");
    }
}

#[test]
fn a_number_that_is_dictated_is_no_complaint() {
    let route = crate::conversations::route;
    let tenant = samples::dentist();
    let text = "die nummer ist sieben zwei null fünf fünf fünf null eins sechs sechs";
    assert_eq!(route(&tenant, text, None, at(FRIDAY_MORNING)).escalate, None);
    let angry = route(&tenant, "c'est nul, service nul, plus jamais", None, at(FRIDAY_MORNING));
    assert!(angry.escalate.is_some());
}
