//! One-word replies to an appointment reminder, and what is answered (seed `000`, 4.3 and sprint 7.3).
//!
//! Only a whole message counts: `yes` confirms, `yes but can we do it later` is for the responder. Consent words come
//! first ([`crate::messaging::consent`]): on SMS `CANCEL` is Twilio's word for STOP too, and is not answered.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::render::Local;
use crate::phrases::fill;
use crate::scheduling::Appointment;
use crate::scheduling::AppointmentState;
use crate::tenancy::{Language, Tenant};
use ::language::Words;

/// What a reply to a reminder asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppointmentWord {
    /// They will be there.
    Confirm,
    /// They want another time.
    Change,
    /// They will not come.
    Cancel,
    /// They ask where we are.
    Where,
}

const CONFIRM: &[&str] = &[
    // English
    "c",
    "confirm",
    "confirmed",
    "yes",
    "y",
    "yep",
    "yeah",
    "yes please",
    "i confirm",
    "yes i confirm",
    "yes confirmed",
    // Spanish
    "sí",
    "confirmo",
    "confirmado",
    "confirmada",
    "confirmar",
    "sí confirmo",
    "sí por favor",
    "sí gracias",
    // French
    "oui",
    "confirme",
    "je confirme",
    "confirmer",
    "oui je confirme",
    "oui merci",
    "c'est confirmé",
    // German
    "ja",
    "bestätigt",
    "bestätige",
    "bestätigen",
    "ich bestätige",
    "ja bitte",
    "ja danke",
    "ja passt",
    "passt",
    "jawohl",
    // Portuguese
    "sim",
    "sim confirmo",
    "sim por favor",
    "sim obrigado",
    "sim obrigada",
    "eu confirmo",
    // Italian (`sì` is `sí`: accents do not count)
    "confermo",
    "confermato",
    "confermata",
    "conferma",
    "sì confermo",
    "sì grazie",
    "confermare",
];

const CHANGE: &[&str] = &[
    // English
    "r",
    "reschedule",
    "change",
    "please reschedule",
    "reschedule please",
    "change time",
    "another time",
    "i need to reschedule",
    "need to reschedule",
    // Spanish and Portuguese
    "cambiar",
    "reprogramar",
    "reagendar",
    "cambio",
    "otra hora",
    "otro día",
    "remarcar",
    "mudar",
    "alterar",
    "outro horário",
    "outro dia",
    // French
    "changer",
    "reporter",
    "déplacer",
    "décaler",
    "modifier",
    "autre date",
    "reprogrammer",
    // German
    "ändern",
    "verschieben",
    "umbuchen",
    "bitte verschieben",
    // Italian
    "cambiare",
    "spostare",
];

const CANCEL: &[&str] = &[
    // English
    "cancel",
    "please cancel",
    "cancel please",
    // Spanish and Portuguese
    "cancelar",
    "cancelar por favor",
    "desmarcar",
    // French
    "annuler",
    "annuler svp",
    // German
    "absagen",
    "stornieren",
    "bitte absagen",
    // Italian
    "annullare",
    "disdire",
];

const WHERE: &[&str] = &[
    // English
    "eta",
    "where",
    "where are you",
    "where are you guys",
    "where are u",
    "where r u",
    "where are you now",
    "whats the eta",
    "what is your eta",
    "eta please",
    "are you on your way",
    "how far are you",
    "when will you be here",
    // Spanish
    "dónde",
    "dónde están",
    "dónde está",
    "dónde estás",
    "por dónde vienen",
    "cuándo llegan",
    "a qué hora llegan",
    "ya vienen",
    // French
    "où",
    "où êtes-vous",
    "vous êtes où",
    "où es-tu",
    "vous arrivez quand",
    "quand arrivez-vous",
    // German
    "wo",
    "wo sind sie",
    "wo seid ihr",
    "wo bleiben sie",
    "wo bleibt ihr",
    "wann kommen sie",
    "wann sind sie da",
    // Portuguese
    "onde",
    "onde vocês estão",
    "onde estão",
    "onde está",
    "cadê vocês",
    "que horas chegam",
    // Italian
    "dove",
    "dove siete",
    "dov'è",
    "quando arrivate",
];

/// Reads `text` as a reply to a reminder.
#[must_use]
pub fn appointment_word(text: &str) -> Option<AppointmentWord> {
    let words = Words::new(text);
    let is_one_of = |phrases: &[&str]| phrases.iter().any(|phrase| words.is_exactly(phrase));
    if is_one_of(CONFIRM) {
        Some(AppointmentWord::Confirm)
    } else if is_one_of(CHANGE) {
        Some(AppointmentWord::Change)
    } else if is_one_of(CANCEL) {
        Some(AppointmentWord::Cancel)
    } else {
        is_one_of(WHERE).then_some(AppointmentWord::Where)
    }
}

/// What is answered, in `language` (in English where that has no phrases), with times in `zone`.
#[must_use]
pub fn answer_to(
    word: AppointmentWord,
    appointment: &Appointment,
    tenant: &Tenant,
    language: &Language,
    zone: &TimeZone,
    now: Timestamp,
) -> String {
    let [english, ..] = &PHRASES;
    let phrases = PHRASES.iter().find(|phrases| phrases.code == language.as_str()).unwrap_or(english);
    let local = Local::of(language, tenant);
    let starts = appointment.starts_at.to_zoned(zone.clone());
    let eta = appointment.eta.filter(|_| appointment.state == AppointmentState::EnRoute);
    let clock = |at: Timestamp| local.clock(at.to_zoned(zone.clone()).time());
    let text = match (word, appointment.state) {
        (AppointmentWord::Confirm, _) => phrases.confirmed.to_owned(),
        (AppointmentWord::Change | AppointmentWord::Cancel, _) => {
            let text = if word == AppointmentWord::Cancel { phrases.cancelled } else { phrases.change };
            match &tenant.business.phone {
                Some(phone) => format!("{text} {}", phrases.call.replace("{phone}", phone.as_str())),
                None => text.to_owned(),
            }
        }
        (AppointmentWord::Where, AppointmentState::EnRoute) => {
            let arrival = match eta {
                Some(eta) if eta > now => phrases.arriving.replace("{eta}", &clock(eta)),
                Some(_) => phrases.any_moment.to_owned(),
                None => phrases.on_the_way.to_owned(),
            };
            let track = appointment.track.as_ref().map(|link| format!(" {}", phrases.track.replace("{link}", link)));
            return arrival + &track.unwrap_or_default();
        }
        (AppointmentWord::Where, AppointmentState::Started) => phrases.there.to_owned(),
        (AppointmentWord::Where, _) => phrases.not_yet.to_owned(),
    };
    let (day, time) = (local.day(starts.date()), local.clock(starts.time()));
    fill(&text, &[("day", &day), ("time", &time), ("business", &tenant.name)])
}

/// The answers in one language.
struct Phrases {
    code: &'static str,
    confirmed: &'static str,
    change: &'static str,
    cancelled: &'static str,
    call: &'static str,
    on_the_way: &'static str,
    arriving: &'static str,
    any_moment: &'static str,
    track: &'static str,
    there: &'static str,
    not_yet: &'static str,
}

static PHRASES: [Phrases; 5] = [
    Phrases {
        code: "en",
        confirmed: "Thank you! Your appointment with {business} is confirmed: {day}, {time}.",
        change: "We will offer you another time instead of {day}, {time}. Somebody from {business} will be in touch.",
        cancelled: "We have your cancellation: {day}, {time}. If you would like another time, just write to us.",
        call: "You can also call us: {phone}.",
        on_the_way: "We are on our way to you.",
        arriving: "We are on our way and expect to be with you at {eta}.",
        any_moment: "We are on our way and should be with you any moment.",
        track: "Follow us here: {link}",
        there: "We are at work on your appointment already.",
        not_yet: "We are not on our way yet. Your appointment with {business}: {day}, {time}.",
    },
    Phrases {
        code: "es", // "a. m." ends in a point already
        confirmed: "¡Gracias! Su cita con {business} está confirmada: {day}, {time}",
        change: "Le ofreceremos otra hora (ahora: {day}, {time}). Alguien de {business} se pondrá en contacto con usted.",
        cancelled: "Hemos recibido su cancelación ({day}, {time}). Si quiere otra hora, escríbanos.",
        call: "También puede llamarnos: {phone}.",
        on_the_way: "Ya vamos en camino.",
        arriving: "Ya vamos en camino. Hora de llegada prevista: {eta}",
        any_moment: "Ya vamos en camino y llegaremos en cualquier momento.",
        track: "Síganos aquí: {link}",
        there: "Ya estamos trabajando en su cita.",
        not_yet: "Todavía no vamos en camino. Su cita con {business}: {day}, {time}",
    },
    Phrases {
        code: "fr",
        confirmed: "Merci ! Votre rendez-vous avec {business} est confirmé : {day}, {time}.",
        change: "Nous vous proposerons un autre horaire que {day}, {time}. Quelqu'un de {business} vous contactera.",
        cancelled: "Nous avons bien reçu votre annulation : {day}, {time}. Pour un autre horaire, écrivez-nous.",
        call: "Vous pouvez aussi nous appeler : {phone}.",
        on_the_way: "Nous sommes en route.",
        arriving: "Nous sommes en route et pensons arriver à {eta}.",
        any_moment: "Nous sommes en route et arrivons d'un instant à l'autre.",
        track: "Suivez-nous ici : {link}",
        there: "Nous sommes déjà au travail.",
        not_yet: "Nous ne sommes pas encore en route. Votre rendez-vous avec {business} : {day}, {time}.",
    },
    Phrases {
        code: "de",
        confirmed: "Danke! Ihr Termin bei {business} ist bestätigt: {day}, {time}.",
        change: "Wir bieten Ihnen einen anderen Termin an (bisher: {day}, {time}). {business} meldet sich bei Ihnen.",
        cancelled: "Ihre Absage ist angekommen: {day}, {time}. Für einen anderen Termin schreiben Sie uns einfach.",
        call: "Sie können uns auch anrufen: {phone}.",
        on_the_way: "Wir sind unterwegs zu Ihnen.",
        arriving: "Wir sind unterwegs und voraussichtlich um {eta} bei Ihnen.",
        any_moment: "Wir sind unterwegs und jeden Moment bei Ihnen.",
        track: "Hier können Sie uns folgen: {link}",
        there: "Wir sind bereits bei der Arbeit.",
        not_yet: "Wir sind noch nicht unterwegs. Ihr Termin bei {business}: {day}, {time}.",
    },
    Phrases {
        code: "pt",
        confirmed: "Obrigado! O seu horário com {business} está confirmado: {day}, {time}.",
        change: "Vamos oferecer outro horário no lugar de: {day}, {time}. Alguém de {business} entrará em contato.",
        cancelled: "Recebemos o seu cancelamento: {day}, {time}. Se quiser outro horário, é só nos escrever.",
        call: "Você também pode nos ligar: {phone}.",
        on_the_way: "Já estamos a caminho.",
        arriving: "Já estamos a caminho. Chegada prevista: {eta}.",
        any_moment: "Já estamos a caminho e chegaremos a qualquer momento.",
        track: "Acompanhe aqui: {link}",
        there: "Já estamos trabalhando no local.",
        not_yet: "Ainda não estamos a caminho. O seu horário com {business}: {day}, {time}.",
    },
];

#[cfg(test)]
mod tests;
