//! Consent words: a message that asks to hear nothing more, to hear again, or for help.
//!
//! Only a whole message counts, never a part of one: a lead who is silenced by mistake is lost, so an ordinary
//! sentence must never be read as a refusal (`stop by tomorrow`, `cancel my appointment`, `don't text me before 9`). Case,
//! punctuation, emoji and diacritics do not matter. What is not recognised here still reaches the responder, who can end a
//! conversation.
//!
//! - Single words are Twilio's default keywords ("Twilio support for opt-out keywords"), which Twilio itself acts on
//!   for SMS; they include the words that 47 CFR 64.1200(a)(10) names as a reasonable way to revoke consent.
//! - Refusals in plain words are our own reading of that rule's "any reasonable manner", in six languages. Each has a
//!   grammar: what refuses (`stop texting me`, `take me off your list`), and what may stand around it (`please`, an insult,
//!   `found someone else`). One word of a message that the grammar has no place for, and it is no refusal.

mod english;
mod french;
mod german;
mod grammar;
mod italian;
mod portuguese;
mod spanish;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use self::grammar::{Grammar, Vocabulary};
use crate::language::Language;
use ::language::Words;

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

/// The longest message that is looked at, in characters: what one SMS holds. Who has more to say is heard by the responder.
const MAX_CHARS: usize = 160;

/// Twilio's default opt-out keywords.
const STOP: [&str; 8] = ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"];
/// Twilio's default opt-in keywords, but for `yes`.
const START: [&str; 2] = ["start", "unstop"];
/// Twilio's third opt-in keyword: a plain answer to a question for anybody who is not suppressed.
const START_IF_SUPPRESSED: &str = "yes";
/// Twilio's default help keywords.
const HELP: [&str; 2] = ["help", "info"];

/// The languages whose refusals are read, whatever language the tenant or the conversation has.
const VOCABULARIES: [&Vocabulary; 6] = [
    &english::ENGLISH,
    &spanish::SPANISH,
    &french::FRENCH,
    &german::GERMAN,
    &portuguese::PORTUGUESE,
    &italian::ITALIAN,
];

static GRAMMARS: LazyLock<[Grammar; 6]> = LazyLock::new(|| VOCABULARIES.map(Grammar::new));

/// Reads `text` as a consent word. `yes` counts as [`Consent::Start`] only where `currently_suppressed`.
#[must_use]
pub fn read(text: &str, currently_suppressed: bool) -> Option<Consent> {
    if text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let words = Words::new(text);
    let is_one_of = |keywords: &[&str]| keywords.iter().any(|keyword| words.is_exactly(keyword));
    if is_one_of(&STOP) || spelled_out(&words).is_some_and(|word| STOP.contains(&word.as_str())) {
        Some(Consent::Stop)
    } else if is_one_of(&START) || (currently_suppressed && words.is_exactly(START_IF_SUPPRESSED)) {
        Some(Consent::Start)
    } else if is_one_of(&HELP) {
        Some(Consent::Help)
    } else {
        GRAMMARS.iter().any(|grammar| grammar.refuses(&words)).then_some(Consent::Stop)
    }
}

/// Reads `text` as one of Twilio's default keywords, which Twilio itself acts on for SMS; `yes` is one of them.
#[must_use]
pub(super) fn keyword(text: &str) -> Option<Consent> {
    let words = Words::new(text);
    let is_one_of = |keywords: &[&str]| keywords.iter().any(|keyword| words.is_exactly(keyword));
    if is_one_of(&STOP) {
        Some(Consent::Stop)
    } else if is_one_of(&START) || words.is_exactly(START_IF_SUPPRESSED) {
        Some(Consent::Start)
    } else {
        is_one_of(&HELP).then_some(Consent::Help)
    }
}

/// The one word that a message shouts letter by letter: `S.T.O.P.`, `stoooop`.
fn spelled_out(words: &Words) -> Option<String> {
    let mut spelled = String::new();
    let is_one_word = words.len() == 1;
    for word in words.iter() {
        if !is_one_word && word.chars().nth(1).is_some() {
            return None;
        }
        spelled.push_str(word);
    }
    if !is_one_word {
        return Some(spelled);
    }
    // A letter that stands three times running was drawn out.
    let letters: Vec<char> = spelled.chars().collect();
    let drawn_out = |at: usize| {
        let same = |other: usize| letters.get(other) == letters.get(at);
        let before = (0..at).rev().take_while(|other| same(*other)).count();
        let after = (at + 1..letters.len()).take_while(|other| same(*other)).count();
        before > 0 && before + after >= 2
    };
    Some(letters.iter().enumerate().filter(|(at, _)| !drawn_out(*at)).map(|(_, letter)| *letter).collect())
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
        (Consent::Stop, "it") => "Non riceverà più messaggi da {name}. Risponda START per riceverli di nuovo.",
        (Consent::Stop, _) => "You will get no more messages from {name}. Reply START to get them again.",
        (Consent::Start, "es") => "Volverá a recibir mensajes de {name}. Responda STOP para no recibir más.",
        (Consent::Start, "fr") => {
            "Vous recevrez à nouveau les messages de {name}. Répondez STOP pour ne plus en recevoir."
        }
        (Consent::Start, "de") => "Sie erhalten wieder Nachrichten von {name}. Mit STOP melden Sie sich ab.",
        (Consent::Start, "pt") => "Você voltará a receber mensagens de {name}. Responda STOP para não receber mais.",
        (Consent::Start, "it") => "Riceverà di nuovo i messaggi di {name}. Risponda STOP per non riceverne più.",
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
        (Consent::Help, "it") => {
            "Questo è il servizio messaggi di {name}. Scriva la Sua domanda e Le risponderemo. \
             Risponda STOP per non ricevere più messaggi."
        }
        (Consent::Help, _) => {
            "This is {name}. Write your question and we will answer it. Reply STOP to get no more messages."
        }
    };
    template.replace("{name}", business_name)
}

/// What someone is told, once, who asked for no more messages and writes again, as [`confirmation`].
#[must_use]
pub fn way_back(language: &Language, business_name: &str) -> String {
    let template = match language.as_str() {
        "es" => {
            "Usted pidió no recibir más mensajes de {name}, así que no respondemos aquí. Para volver a recibirlos, responda START."
        }
        "fr" => {
            "Vous avez demandé à ne plus recevoir de messages de {name} ; nous ne répondons donc pas ici. \
             Pour en recevoir à nouveau, répondez START."
        }
        "de" => {
            "Sie wollten keine Nachrichten mehr von {name}, deshalb antworten wir hier nicht. \
             Mit START melden Sie sich wieder an."
        }
        "pt" => {
            "Você pediu para não receber mais mensagens de {name}, por isso não respondemos aqui. \
             Para voltar a recebê-las, responda START."
        }
        "it" => {
            "Ha chiesto di non ricevere più messaggi da {name}, perciò qui non rispondiamo. \
             Per riceverli di nuovo risponda START."
        }
        _ => "You asked for no more messages from {name}, so we do not answer here. Reply START to hear from us again.",
    };
    template.replace("{name}", business_name)
}

/// What someone is told who says STOP or START where no one can tell who they are, as [`confirmation`]: where to say it.
#[must_use]
pub fn say_it_from_there(consent: Consent, language: &Language, business_name: &str) -> String {
    let template = match (consent, language.as_str()) {
        (Consent::Start, "es") => "Para volver a recibir mensajes de {name} en su teléfono, envíe START desde él.",
        (Consent::Start, "fr") => {
            "Pour recevoir à nouveau les messages de {name} sur votre téléphone, envoyez START depuis celui-ci."
        }
        (Consent::Start, "de") => {
            "Um auf Ihrem Telefon wieder Nachrichten von {name} zu erhalten, senden Sie START von dort."
        }
        (Consent::Start, "pt") => {
            "Para voltar a receber mensagens de {name} no seu telefone, envie START a partir dele."
        }
        (Consent::Start, "it") => "Per ricevere di nuovo i messaggi di {name} sul Suo telefono, invii START da lì.",
        (Consent::Start, _) => "To get messages from {name} on your phone again, text START from it.",
        (_, "es") => "Para no recibir más mensajes de {name} en su teléfono, responda STOP a uno de ellos.",
        (_, "fr") => "Pour ne plus recevoir de messages de {name} sur votre téléphone, répondez STOP à l'un d'eux.",
        (_, "de") => "Um auf Ihrem Telefon keine Nachrichten mehr von {name} zu erhalten, antworten Sie dort mit STOP.",
        (_, "pt") => "Para não receber mais mensagens de {name} no seu telefone, responda STOP a uma delas.",
        (_, "it") => "Per non ricevere più messaggi da {name} sul Suo telefono, risponda STOP a uno di essi.",
        (_, _) => "To get no more messages from {name} on your phone, reply STOP to one of them.",
    };
    template.replace("{name}", business_name)
}
