//! Consent words: a message that asks to hear nothing more, to hear again, or for help.
//!
//! Only a whole message counts, never a part of one: a lead who is silenced by mistake is lost, so an ordinary
//! sentence must never be read as a refusal (`stop by tomorrow`, `cancel my appointment`). Case, punctuation, emoji
//! and diacritics do not matter. What is not recognised here still reaches the responder, who can end a conversation.
//!
//! - Single words are Twilio's default keywords ("Twilio support for opt-out keywords"), which Twilio itself acts on
//!   for SMS; they include the words that 47 CFR 64.1200(a)(10) names as a reasonable way to revoke consent.
//! - The phrases are our own reading of that rule's "any reasonable manner", in the five languages with phrases.

use crate::conversations::words::Words;
use crate::tenancy::Language;

/// What a consent word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// To hear nothing more.
    Stop,
    /// To hear from the business again.
    Start,
    /// To be told who writes and how to make it stop.
    Help,
}

/// The longest message that is looked at, in characters: the longest phrase and as much decoration again.
const MAX_CHARS: usize = 100;

/// Twilio's default opt-out keywords.
const STOP: [&str; 8] = ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"];
/// Twilio's default opt-in keywords, but for `yes`.
const START: [&str; 2] = ["start", "unstop"];
/// Twilio's third opt-in keyword: a plain answer to a question for anybody who is not suppressed.
const START_IF_SUPPRESSED: &str = "yes";
/// Twilio's default help keywords.
const HELP: [&str; 2] = ["help", "info"];

/// Whole messages that refuse further messages beyond doubt.
const REFUSALS: [&str; 76] = [
    // English
    "opt out",
    "opt me out",
    "stop all",
    "please stop",
    "stop please",
    "please unsubscribe",
    "unsubscribe me",
    "please unsubscribe me",
    "stop texting me",
    "please stop texting me",
    "stop messaging me",
    "please stop messaging me",
    "stop contacting me",
    "please stop contacting me",
    "do not text me",
    "don't text me",
    "don't text me again",
    "do not contact me",
    "don't contact me",
    "do not contact me again",
    "don't contact me again",
    "no more messages",
    "no more texts",
    "remove me from your list",
    "please remove me from your list",
    "take me off your list",
    "please take me off your list",
    // Spanish
    "no me escriban más",
    "no me escribas más",
    "no me escriba más",
    "por favor no me escriban más",
    "dejen de escribirme",
    "deja de escribirme",
    "no me contacten más",
    "no me manden más mensajes",
    "no me envíen más mensajes",
    "no más mensajes",
    "no quiero más mensajes",
    "no quiero recibir más mensajes",
    "quiero darme de baja",
    "bórrenme de su lista",
    // French
    "arrêt",
    "arrêter",
    "désabonnez-moi",
    "désinscrivez-moi",
    "arrêtez de m'écrire",
    "arrête de m'écrire",
    "ne m'écrivez plus",
    "ne m'écris plus",
    "ne me contactez plus",
    "ne m'envoyez plus de messages",
    "je ne veux plus de messages",
    "je ne veux plus recevoir de messages",
    "retirez-moi de votre liste",
    // German
    "stopp",
    "abmelden",
    "bitte abmelden",
    "keine nachrichten mehr",
    "bitte keine nachrichten mehr",
    "keine weiteren nachrichten",
    "schreiben sie mir nicht mehr",
    "bitte schreiben sie mir nicht mehr",
    "schreib mir nicht mehr",
    "kontaktieren sie mich nicht mehr",
    "ich möchte keine nachrichten mehr",
    "ich möchte keine nachrichten mehr erhalten",
    // Portuguese
    "não me escrevam mais",
    "não me mande mais mensagens",
    "não me mandem mais mensagens",
    "não quero mais mensagens",
    "não quero mais receber mensagens",
    "não quero receber mais mensagens",
    "pare de me mandar mensagens",
    "parem de me mandar mensagens",
    "não me contatem mais",
    "me tire da lista",
];

/// Reads `text` as a consent word. `yes` counts as [`Consent::Start`] only where `currently_suppressed`.
#[must_use]
pub fn read(text: &str, currently_suppressed: bool) -> Option<Consent> {
    if text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let words = Words::new(text);
    let is_one_of = |phrases: &[&str]| phrases.iter().any(|phrase| words.is_exactly(phrase));
    if is_one_of(&STOP) || is_one_of(&REFUSALS) {
        Some(Consent::Stop)
    } else if is_one_of(&START) || (currently_suppressed && words.is_exactly(START_IF_SUPPRESSED)) {
        Some(Consent::Start)
    } else if is_one_of(&HELP) {
        Some(Consent::Help)
    } else {
        None
    }
}

/// What the sender is told, in `language` (in English where that has no phrases), on behalf of `business_name`.
///
/// One confirmation of a refusal is lawful (47 CFR 64.1200(a)(12)). A [`Consent::Stop`] keyword on SMS needs none:
/// Twilio answers it by itself and refuses whatever we send afterwards (error 21610), so nothing is sent there.
#[must_use]
pub fn confirmation(consent: Consent, language: &Language, business_name: &str) -> String {
    let template = match (consent, language.as_str()) {
        (Consent::Stop, "es") => "No recibirá más mensajes de {name}. Responda START para volver a recibirlos.",
        (Consent::Stop, "fr") => {
            "Vous ne recevrez plus de messages de {name}. Répondez START pour en recevoir à nouveau."
        }
        (Consent::Stop, "de") => "Sie erhalten keine Nachrichten mehr von {name}. Mit START melden Sie sich wieder an.",
        (Consent::Stop, "pt") => "Você não receberá mais mensagens de {name}. Responda START para voltar a recebê-las.",
        (Consent::Stop, _) => "You will get no more messages from {name}. Reply START to get them again.",
        (Consent::Start, "es") => "Volverá a recibir mensajes de {name}. Responda STOP para no recibir más.",
        (Consent::Start, "fr") => {
            "Vous recevrez à nouveau les messages de {name}. Répondez STOP pour ne plus en recevoir."
        }
        (Consent::Start, "de") => "Sie erhalten wieder Nachrichten von {name}. Mit STOP melden Sie sich ab.",
        (Consent::Start, "pt") => "Você voltará a receber mensagens de {name}. Responda STOP para não receber mais.",
        (Consent::Start, _) => "You will get messages from {name} again. Reply STOP to get no more.",
        (Consent::Help, "es") => {
            "Este es el servicio de mensajes de {name}. Escriba su pregunta y le responderemos. \
             Responda STOP para no recibir más mensajes."
        }
        (Consent::Help, "fr") => {
            "Vous êtes en contact avec {name}. Écrivez votre question et nous vous répondrons. \
             Répondez STOP pour ne plus recevoir de messages."
        }
        (Consent::Help, "de") => {
            "Hier schreibt {name}. Stellen Sie Ihre Frage, wir antworten Ihnen. \
             Mit STOP erhalten Sie keine Nachrichten mehr."
        }
        (Consent::Help, "pt") => {
            "Este é o serviço de mensagens de {name}. Escreva a sua pergunta e responderemos. \
             Responda STOP para não receber mais mensagens."
        }
        (Consent::Help, _) => {
            "This is {name}. Write your question and we will answer it. Reply STOP to get no more messages."
        }
    };
    template.replace("{name}", business_name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keywords_count_in_any_case_with_any_decoration() {
        for text in
            ["STOP", "stop", " Stop! ", "stop.", "“STOP”", "stop 🛑", "sToP\n", "UNSUBSCRIBE", "cancel", "OptOut"]
        {
            assert_eq!(read(text, false), Some(Consent::Stop), "{text:?}");
        }
        assert_eq!(read("START", false), Some(Consent::Start));
        assert_eq!(read("unstop", true), Some(Consent::Start));
        assert_eq!(read("Help?", false), Some(Consent::Help));
        assert_eq!(read("INFO", false), Some(Consent::Help));
    }

    #[test]
    fn yes_is_an_opt_in_only_for_somebody_who_opted_out() {
        assert_eq!(read("Yes!", true), Some(Consent::Start));
        assert_eq!(read("Yes!", false), None);
        assert_eq!(read("yes please", true), None);
    }

    #[test]
    fn refusals_in_plain_words_count_in_five_languages() {
        for text in [
            "Please stop texting me.",
            "Don’t contact me again",
            "No me escriban mas",
            "Arrêtez de m'écrire !",
            "ARRET",
            "Bitte keine Nachrichten mehr!",
            "Nao quero mais mensagens",
        ] {
            assert_eq!(read(text, false), Some(Consent::Stop), "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_are_never_consent_words() {
        for text in [
            "stop by tomorrow",
            "Can you stop by at 5?",
            "please stop the leak",
            "stop the water first?",
            "cancel my appointment",
            "Please cancel",
            "I need to cancel tomorrow's visit",
            "at the end of the month",
            "the end",
            "I quit smoking, can you whiten my teeth?",
            "when can you start?",
            "start tomorrow",
            "yes",
            "help me",
            "I need help with my roof",
            "more info please",
            "info@example.com",
            "no me escriban mañana, mejor el lunes",
            "no quiero más",
            "ich möchte mich nicht mehr ärgern",
            "plus de messages ?",
            "não quero mais esperar",
            "unstoppable",
            "s t o p",
            "",
            "👍",
        ] {
            assert_eq!(read(text, false), None, "{text:?}");
        }
    }

    #[test]
    fn a_long_message_is_none_whatever_it_begins_with() {
        assert_eq!(read(&format!("stop{}by tomorrow", " ".repeat(5_000)), false), None);
    }

    #[test]
    fn every_refusal_in_the_table_is_read_and_listed_once() {
        let mut seen: Vec<Words> = Vec::new();
        for phrase in REFUSALS {
            assert_eq!(read(phrase, false), Some(Consent::Stop), "{phrase}");
            let words = Words::new(phrase);
            assert!(!seen.contains(&words), "{phrase} is listed twice");
            seen.push(words);
        }
    }

    #[test]
    fn confirmations_name_the_business_and_the_way_back_in_every_language() {
        for code in ["en", "es", "fr", "de", "pt", "pl"] {
            let language = Language::new(code).unwrap();
            for (consent, keyword) in [(Consent::Stop, "START"), (Consent::Start, "STOP"), (Consent::Help, "STOP")] {
                let text = confirmation(consent, &language, "Acme Roofing");
                assert!(text.contains("Acme Roofing") && text.contains(keyword) && !text.contains('{'), "{text}");
            }
        }
        let texts: Vec<_> = ["en", "es", "fr", "de", "pt"]
            .map(|code| confirmation(Consent::Start, &Language::new(code).unwrap(), "Acme"))
            .into();
        assert!(texts.iter().enumerate().all(|(i, text)| !texts[..i].contains(text)), "{texts:?}");
    }

    proptest! {
        #[test]
        fn a_keyword_within_a_sentence_never_counts(
            before in "[a-z]{2,8}", keyword in prop::sample::select(STOP.to_vec()), after in "[a-z]{2,8}",
        ) {
            let text = format!("{before} {keyword} {after}");
            prop_assert_eq!(read(&text, true), None);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC*", suppressed: bool) {
            let _ = read(&text, suppressed);
        }
    }
}
