//! How a visitor of the chat proves an address: a code is sent to it, and typed back.
//!
//! What somebody types into the chat proves nothing ([`Strength`](crate::messaging::Strength)). Who can read what arrives at the
//! address they gave is taken for its owner, in that session and for [`LASTS`]: they may ask for the contact's appointment, move
//! it, and refuse messages. A code lives [`CODE_LIVES`] and is worth [`MAX_TRIES`] tries; it is sent only to an address that the
//! same visitor typed, so that nobody learns what else is known of the contact.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::messaging::Address;
use crate::phrases::fill;
use crate::tenancy::Language;
use crate::{MessageId, TenantId};

/// How many digits a code has.
pub const CODE_DIGITS: usize = 6;
/// For how long a code can be typed back.
pub const CODE_LIVES: SignedDuration = SignedDuration::from_mins(10);
/// How often a code may be typed wrongly before it is worth nothing: with six digits, a chance of one in 200,000.
pub const MAX_TRIES: u8 = 5;
/// For how long a session counts as proven.
pub const LASTS: SignedDuration = SignedDuration::from_hours(1);
/// A session with a shorter id can be guessed, and is never proven.
pub const MIN_SESSION_CHARS: usize = 20;

/// A code that was sent, and whether it came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proof {
    /// Where the code went.
    pub address: Address,
    /// What the code is, unreadable: a hash with the thread.
    pub code_hash: String,
    /// When it was sent (UTC).
    pub sent_at: Timestamp,
    /// How often something else was typed.
    #[serde(default)]
    pub tries: u8,
    /// What they had asked for, in their words.
    pub asked: String,
    /// When it was typed back (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proven_at: Option<Timestamp>,
}

/// What became of a code that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// It is the one: the address is proven.
    Right,
    /// It is another one. It may be tried again.
    Wrong,
    /// It is another one, for the last time.
    Spent,
}

impl Proof {
    /// `code` was sent to `address` at `sent_at`, in the thread that `thread` names, because of what they `asked`.
    #[must_use]
    pub fn sent(
        tenant: &TenantId,
        thread: &str,
        address: Address,
        code: &str,
        asked: &str,
        sent_at: Timestamp,
    ) -> Self {
        let code_hash = hash(tenant, thread, code);
        Self { address, code_hash, sent_at, tries: 0, asked: asked.to_owned(), proven_at: None }
    }

    /// Whether the session is proven at `now`.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.proven_at.is_some_and(|at| now.duration_since(at) <= LASTS)
    }

    /// Whether a code is waited for at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.proven_at.is_none() && self.tries < MAX_TRIES && now.duration_since(self.sent_at) <= CODE_LIVES
    }

    /// Takes `text` as the code, where it is one and one is waited for.
    pub fn take(&mut self, tenant: &TenantId, thread: &str, text: &str, now: Timestamp) -> Option<Typed> {
        let code = code_in(text).filter(|_| self.is_open(now))?;
        if hash(tenant, thread, &code) == self.code_hash {
            self.proven_at = Some(now);
            return Some(Typed::Right);
        }
        self.tries += 1;
        Some(if self.tries < MAX_TRIES { Typed::Wrong } else { Typed::Spent })
    }
}

fn hash(tenant: &TenantId, thread: &str, code: &str) -> String {
    MessageId::derive(tenant, &["code", thread, code]).to_string()
}

/// The six digits that a message consists of, with words around them: "it's 123 456". Two numbers are no code.
fn code_in(text: &str) -> Option<String> {
    let joined = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-');
    let mut numbers =
        text.split(|c| !joined(c)).map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>());
    let code = numbers.find(|digits| !digits.is_empty())?;
    (code.len() == CODE_DIGITS && numbers.all(|digits| digits.is_empty())).then_some(code)
}

/// What is sent to the address.
#[must_use]
pub fn code_message(code: &str, language: &Language, business: &str) -> String {
    let template = match language.as_str() {
        "es" => "{code} es su código para el chat con {name}. Si no lo ha pedido, no haga caso de este mensaje.",
        "fr" => "{code} est votre code pour le chat avec {name}. Si vous ne l'avez pas demandé, ignorez ce message.",
        "de" => {
            "{code} ist Ihr Code für den Chat mit {name}. Falls Sie ihn nicht angefordert haben, beachten Sie diese Nachricht nicht."
        }
        "pt" => "{code} é o seu código para o chat com {name}. Se não o pediu, ignore esta mensagem.",
        "it" => "{code} è il Suo codice per la chat con {name}. Se non l'ha chiesto, ignori questo messaggio.",
        _ => "{code} is your code for the chat with {name}. If you did not ask for it, ignore this message.",
    };
    fill(template, &[("code", code), ("name", business)])
}

/// What is said in the chat when a code has been sent to `address`, of which no more is shown than they need to find it.
#[must_use]
pub fn code_sent(address: &Address, language: &Language) -> String {
    let template = match language.as_str() {
        "es" => {
            "Para eso tengo que saber que es usted. He enviado un código de seis cifras a {to}: escríbalo aquí, por favor."
        }
        "fr" => {
            "Pour cela, je dois savoir que c'est bien vous. J'ai envoyé un code à six chiffres à {to} : écrivez-le ici, s'il vous plaît."
        }
        "de" => {
            "Dafür muss ich wissen, dass Sie es sind. Ich habe einen sechsstelligen Code an {to} geschickt: Bitte geben Sie ihn hier ein."
        }
        "pt" => {
            "Para isso preciso saber que é você. Enviei um código de seis dígitos para {to}: escreva-o aqui, por favor."
        }
        "it" => {
            "Per questo devo sapere che è Lei. Ho inviato un codice di sei cifre a {to}: lo scriva qui, per favore."
        }
        _ => "For that I need to know that it is you. I have sent a six-digit code to {to}: please type it here.",
    };
    template.replace("{to}", &masked(address))
}

/// What is said when a code was typed.
#[must_use]
pub fn code_typed(typed: Typed, language: &Language) -> &'static str {
    match (typed, language.as_str()) {
        (Typed::Right, "es") => "Gracias, ya sé que es usted. ¿En qué puedo ayudarle?",
        (Typed::Right, "fr") => "Merci, je sais maintenant que c'est bien vous. Que puis-je faire pour vous ?",
        (Typed::Right, "de") => "Danke, jetzt weiß ich, dass Sie es sind. Was kann ich für Sie tun?",
        (Typed::Right, "pt") => "Obrigado, agora sei que é você. Como posso ajudar?",
        (Typed::Right, "it") => "Grazie, ora so che è Lei. Come posso aiutarLa?",
        (Typed::Right, _) => "Thank you, now I know that it is you. What can I do for you?",
        (Typed::Wrong, "es") => "Ese no es el código. Son las seis cifras del mensaje que le envié.",
        (Typed::Wrong, "fr") => "Ce n'est pas le bon code. Ce sont les six chiffres du message que je vous ai envoyé.",
        (Typed::Wrong, "de") => {
            "Das ist nicht der Code. Es sind die sechs Ziffern aus der Nachricht, die ich geschickt habe."
        }
        (Typed::Wrong, "pt") => "Esse não é o código. São os seis dígitos da mensagem que enviei.",
        (Typed::Wrong, "it") => "Non è il codice giusto. Sono le sei cifre del messaggio che ho inviato.",
        (Typed::Wrong, _) => "That is not the code. It is the six digits in the message that I sent.",
        (Typed::Spent, "es") => "No ha funcionado. Un compañero se encargará y le responderá.",
        (Typed::Spent, "fr") => "Cela n'a pas marché. Un collègue s'en occupe et vous répondra.",
        (Typed::Spent, "de") => {
            "Das hat nicht geklappt. Eine Kollegin oder ein Kollege kümmert sich darum und antwortet Ihnen."
        }
        (Typed::Spent, "pt") => "Não deu certo. Alguém da equipe vai cuidar disso e responder.",
        (Typed::Spent, "it") => "Non ha funzionato. Se ne occuperà un collega, che Le risponderà.",
        (Typed::Spent, _) => "That did not work. Someone from the team will look into it and answer you.",
    }
}

/// The end of a number, or the mailbox without most of its name.
fn masked(address: &Address) -> String {
    match address {
        Address::Email(email) => {
            let (name, domain) = email.as_str().rsplit_once('@').unwrap_or((email.as_str(), ""));
            format!("{}…@{domain}", name.chars().take(1).collect::<String>())
        }
        other => {
            let key = other.key();
            let digits: Vec<char> = key.chars().filter(char::is_ascii_digit).collect();
            let end = digits.len().saturating_sub(2);
            format!("…{}", digits.iter().skip(end).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::{Email, Phone};

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_795_176_000 + minutes * 60).unwrap()
    }

    fn tenant() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn sent() -> Proof {
        let address = Address::Phone(Phone::e164("+13035550142", "phone").unwrap());
        Proof::sent(&tenant(), "thread", address, "042137", "where are you?", at(0))
    }

    #[test]
    fn the_code_typed_back_proves_and_for_an_hour() {
        for text in ["042137", "042 137", "it's 042-137, thanks"] {
            let mut proof = sent();
            assert_eq!(proof.take(&tenant(), "thread", text, at(1)), Some(Typed::Right), "{text}");
            assert!(proof.holds(at(61)) && !proof.holds(at(62)));
            assert_eq!(proof.take(&tenant(), "thread", text, at(2)), None, "it works once");
        }
    }

    #[test]
    fn what_is_no_code_is_an_ordinary_message() {
        for text in ["hello", "", "1234567", "04213", "call 303 555 0142", "042137 or 042138"] {
            let mut proof = sent();
            assert_eq!((proof.take(&tenant(), "thread", text, at(1)), proof.tries), (None, 0), "{text}");
        }
    }

    #[test]
    fn five_wrong_codes_end_it() {
        let mut proof = sent();
        for _ in 1..MAX_TRIES {
            assert_eq!(proof.take(&tenant(), "thread", "111111", at(1)), Some(Typed::Wrong));
        }
        assert_eq!(proof.take(&tenant(), "thread", "111111", at(1)), Some(Typed::Spent));
        assert_eq!(proof.take(&tenant(), "thread", "042137", at(1)), None);
        assert!(!proof.holds(at(1)));
    }

    #[test]
    fn a_code_is_good_for_ten_minutes_and_for_its_own_thread() {
        assert_eq!(sent().take(&tenant(), "thread", "042137", at(10)), Some(Typed::Right));
        assert_eq!(sent().take(&tenant(), "thread", "042137", at(11)), None);
        assert_eq!(sent().take(&tenant(), "another", "042137", at(1)), Some(Typed::Wrong));
    }

    #[test]
    fn no_more_of_an_address_is_shown_than_they_need() {
        let english = Language::english();
        let to = |address: Address| code_sent(&address, &english);
        assert!(to(sent().address).contains("to …42:"));
        assert!(
            to(Address::Email(Email::new("ana.vale@example.com", "email").unwrap())).contains("to a…@example.com:")
        );
        assert!(!code_sent(&sent().address, &english).contains("555"));
    }
}
