use proptest::prelude::*;
use std::collections::HashSet;

use super::*;
use crate::ids::AppointmentId;
use crate::samples::roofer;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// 10:30 on the first of December in Denver.
fn appointment() -> Appointment {
    Appointment {
        id: AppointmentId::derive(&roofer().id, &["a"]),
        state: AppointmentState::Confirmed,
        starts_at: at("2026-12-01T17:30:00Z"),
        ends_at: at("2026-12-01T18:30:00Z"),
        agreed_at: at("2026-11-20T12:00:00Z"),
        service: None,
        location: None,
        eta: None,
        track: None,
    }
}

fn en_route(eta: Option<&str>, track: Option<&str>) -> Appointment {
    let (eta, track) = (eta.map(at), track.map(str::to_owned));
    Appointment { state: AppointmentState::EnRoute, eta, track, ..appointment() }
}

fn answer(word: AppointmentWord, appointment: &Appointment, tenant: &Tenant, language: &str) -> String {
    let zone = TimeZone::get("America/Denver").unwrap();
    answer_to(word, appointment, tenant, &Language::new(language).unwrap(), &zone, at("2026-12-01T17:00:00Z"))
}

#[test]
fn whole_messages_are_read_in_any_case_with_any_decoration() {
    for (text, word) in [
        ("C", AppointmentWord::Confirm),
        (" confirm! ", AppointmentWord::Confirm),
        ("CONFIRMED 👍", AppointmentWord::Confirm),
        ("Yes.", AppointmentWord::Confirm),
        ("y", AppointmentWord::Confirm),
        ("Sí", AppointmentWord::Confirm),
        ("Oui !", AppointmentWord::Confirm),
        ("JA", AppointmentWord::Confirm),
        ("sim", AppointmentWord::Confirm),
        ("Sì", AppointmentWord::Confirm),
        ("Confermo", AppointmentWord::Confirm),
        ("r", AppointmentWord::Change),
        ("Reschedule", AppointmentWord::Change),
        ("CANCEL", AppointmentWord::Cancel),
        ("Bitte absagen", AppointmentWord::Cancel),
        ("desmarcar", AppointmentWord::Cancel),
        ("annuler svp", AppointmentWord::Cancel),
        ("disdire!", AppointmentWord::Cancel),
        ("change?", AppointmentWord::Change),
        ("Cambiar", AppointmentWord::Change),
        ("déplacer", AppointmentWord::Change),
        ("Bitte verschieben", AppointmentWord::Change),
        ("remarcar", AppointmentWord::Change),
        ("Spostare", AppointmentWord::Change),
        ("ETA?", AppointmentWord::Where),
        ("where", AppointmentWord::Where),
        ("Where are you??", AppointmentWord::Where),
        ("¿Dónde están?", AppointmentWord::Where),
        ("vous êtes où ?", AppointmentWord::Where),
        ("Wo bleibt ihr", AppointmentWord::Where),
        ("cadê vocês", AppointmentWord::Where),
        ("dove siete", AppointmentWord::Where),
    ] {
        assert_eq!(appointment_word(text), Some(word), "{text}");
    }
}

#[test]
fn whatever_says_more_is_for_the_responder() {
    for text in [
        "yes but can we do it later",
        "yes and where do I park",
        "no",
        "",
        "👍",
        "c u",
        "cancel my other visit",
        "can I change the colour",
        "where are you from",
        "eta on the quote?",
        "ja aber später",
        "sí pero más tarde",
        "oui mais plus tard",
        "onde fica a loja",
    ] {
        assert_eq!(appointment_word(text), None, "{text}");
    }
}

#[test]
fn a_phrase_asks_for_one_thing_only() {
    let mut seen = HashSet::new();
    for (phrases, word) in [
        (CONFIRM, AppointmentWord::Confirm),
        (CHANGE, AppointmentWord::Change),
        (CANCEL, AppointmentWord::Cancel),
        (WHERE, AppointmentWord::Where),
    ] {
        for phrase in phrases {
            assert_eq!(appointment_word(phrase), Some(word), "{phrase}");
            assert!(seen.insert(Words::new(phrase).iter().collect::<Vec<_>>().join(" ")), "{phrase} is listed twice");
        }
    }
}

#[test]
fn a_confirmation_says_when_as_the_language_writes_it() {
    for (language, text) in [
        ("en", "Thank you! Your appointment with Summit Ridge Roofing is confirmed: Tuesday, December 1, 10:30 AM."),
        ("es", "¡Gracias! Su cita con Summit Ridge Roofing está confirmada: martes, 1 de diciembre, 10:30 a. m."),
        ("fr", "Merci ! Votre rendez-vous avec Summit Ridge Roofing est confirmé : mardi 1er décembre, 10 h 30."),
        ("de", "Danke! Ihr Termin bei Summit Ridge Roofing ist bestätigt: Dienstag, 1. Dezember, 10:30 Uhr."),
        ("pt", "Obrigado! O seu horário com Summit Ridge Roofing está confirmado: terça-feira, 1 de dezembro, 10h30."),
        ("pl", "Thank you! Your appointment with Summit Ridge Roofing is confirmed: Tuesday, December 1, 10:30 AM."),
    ] {
        let said = answer(AppointmentWord::Confirm, &appointment(), &roofer(), language);
        assert_eq!(said, text, "{language}");
    }
}

#[test]
fn who_wants_another_time_is_told_that_a_person_comes_back_and_the_number_where_there_is_one() {
    let said = answer(AppointmentWord::Change, &appointment(), &roofer(), "en");
    assert!(said.ends_with("will be in touch. You can also call us: +13035550100."), "{said}");
    let mut silent = roofer();
    silent.business.phone = None;
    let said = answer(AppointmentWord::Change, &appointment(), &silent, "en");
    assert!(said.ends_with("Somebody from Summit Ridge Roofing will be in touch."), "{said}");
}

#[test]
fn who_cancels_is_told_that_it_was_heard() {
    for (language, text) in [
        (
            "en",
            "We have your cancellation: Tuesday, December 1, 10:30 AM. If you would like another time, just write to us. \
             You can also call us: +13035550100.",
        ),
        (
            "de",
            "Ihre Absage ist angekommen: Dienstag, 1. Dezember, 10:30 Uhr. Für einen anderen Termin schreiben Sie uns \
             einfach. Sie können uns auch anrufen: +13035550100.",
        ),
    ] {
        assert_eq!(answer(AppointmentWord::Cancel, &appointment(), &roofer(), language), text);
    }
}

#[test]
fn where_we_are_is_said_as_far_as_it_is_known() {
    let link = "https://track.example.com/7";
    for (appointment, text) in [
        (
            appointment(),
            "We are not on our way yet. Your appointment with Summit Ridge Roofing: Tuesday, December 1, 10:30 AM.",
        ),
        (en_route(None, None), "We are on our way to you."),
        (
            en_route(Some("2026-12-01T17:20:00Z"), Some(link)),
            "We are on our way and expect to be with you at 10:20 AM. Follow us here: https://track.example.com/7",
        ),
        (en_route(Some("2026-12-01T16:50:00Z"), None), "We are on our way and should be with you any moment."),
        (
            Appointment { state: AppointmentState::Started, ..appointment() },
            "We are at work on your appointment already.",
        ),
    ] {
        assert_eq!(answer(AppointmentWord::Where, &appointment, &roofer(), "en"), text);
    }
}

#[test]
fn no_answer_leaves_a_place_open_or_reads_a_name_again() {
    let mut tenant = roofer();
    tenant.name = "The {time} Company".to_owned();
    let states =
        [appointment(), en_route(None, None), en_route(Some("2026-12-01T17:20:00Z"), Some("https://t.example.com"))];
    for phrases in &PHRASES {
        for word in [AppointmentWord::Confirm, AppointmentWord::Change, AppointmentWord::Cancel, AppointmentWord::Where]
        {
            for appointment in &states {
                let said = answer(word, appointment, &tenant, phrases.code);
                assert!(!said.replace("The {time} Company", "").contains(['{', '}']), "{said}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC*") {
        let _ = appointment_word(&text);
    }
}
