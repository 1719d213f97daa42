//! What of a message is kept as a question: the sentences that ask, without what is the writer's own.

use std::collections::BTreeSet;

use ::language::{Danger, Intent, Intents, Mood, OfAppointment, Words, tone};

use super::super::clusters::is_telling;
use crate::conversations::claims::addresses;
use crate::conversations::faqs;
use crate::tenancy::Tenant;

/// The most characters of a question.
pub(super) const MAX_CHARS: usize = 300;
/// A token of so many digits is a number that someone has: a telephone, an order, an account.
const MAX_DIGITS: usize = 4;
/// Numbers in a row of so many digits are one: `303 555 0101`.
const MIN_DIGITS_IN_A_ROW: usize = 7;
/// A house has its number at most so many words from its street's.
const STREET_REACH: usize = 3;
/// What stands for what was taken out.
const OUT: &str = "…";

/// Who wants these asks nothing that a list of answers could say.
const OTHER_MATTERS: [Intent; 8] = [
    Intent::Complaint,
    Intent::Person,
    Intent::Bot,
    Intent::WrongNumber,
    Intent::Spam,
    Intent::JobApplication,
    Intent::Supplier,
    Intent::Erase,
];
/// A sentence that wants these is about the writer's own appointment.
const OF_APPOINTMENT: [Intent; 4] = [Intent::Cancel, Intent::Move, Intent::Confirm, Intent::OnTheWay];

/// What is one's own, folded, in five languages: "my", ...
const MINE: &str = "my mine our ours mi mis mio mia nuestra nuestro nuestras nuestros mon ma mes notre nos mein meine meinen meinem \
                    meiner unser unsere unseren unserem meu minha meus minhas nosso nossa";
/// ... and of whom staff write to: "your".
const YOURS: &str = "your yours su sus tu tus vuestro vuestra votre vos ton ta tes ihr ihre ihren ihrem ihrer dein deine deinen \
                     deinem deiner seu sua seus suas";
/// What a customer has with the business, which is theirs alone: "my appointment", "is my car ready?".
const MATTERS: &str = "appointment appointments booking bookings reservation reservations order orders invoice invoices bill \
                       quote quotes refund payment claim account results delivery ready finished done cita reserva pedido \
                       factura presupuesto reembolso pago cuenta resultados entrega listo lista listos listas rendez rdv commande \
                       facture devis remboursement paiement compte resultats livraison pret prete prets pretes termin termine \
                       buchung reservierung bestellung rechnung angebot erstattung zahlung konto ergebnisse lieferung fertig \
                       consulta marcacao agendamento encomenda fatura orcamento pagamento reembolso conta resultados pronto pronta";
/// Words for streets, folded, as they stand before or after a name.
const STREETS: &str = "street st avenue ave road rd lane ln drive blvd boulevard court calle avenida av carrera rue chemin rua \
                       travessa strasse str platz weg";

/// The question that `text` asks and that may be kept of it, without `names`; `None`: it asks nothing that other customers could ask
/// too, or the tenant's frequent questions answer it.
#[must_use]
pub fn asked_in(tenant: &Tenant, text: &str, names: &[&str]) -> Option<String> {
    let intents = Intents::read(text);
    let tone = tone(text);
    let is_grave = tone.danger == Danger::Now || tone.mood == Mood::Unhappy;
    if is_grave || OTHER_MATTERS.iter().any(|intent| intents.has(*intent)) {
        return None;
    }
    let asked = sentences(text).into_iter().filter(|sentence| may_be_kept(tenant, sentence));
    let kept = asked.map(|sentence| without_details(sentence, names)).collect::<Vec<_>>().join(" ");
    let kept = cut(&kept);
    let tells = Words::new(&kept).iter().any(is_telling);
    (tells && Words::new(&kept).len() > 1).then_some(kept)
}

fn may_be_kept(tenant: &Tenant, sentence: &str) -> bool {
    let intents = Intents::read(sentence);
    let asks = intents.is_question() || sentence.trim_end().ends_with(['?', '？', '؟']);
    asks && !OF_APPOINTMENT.iter().any(|intent| intents.has(*intent))
        && !is_about_own(sentence, MINE)
        && !OfAppointment::Existing.is_in(sentence)
        && faqs::asked(tenant, sentence).is_none()
}

/// Whether a sentence is about something that one person has with the business: `whose` says whose it is.
pub(super) fn is_about_own(sentence: &str, whose: &str) -> bool {
    let words = Words::new(sentence);
    let has = |list: &str| words.iter().any(|word| list.split_whitespace().any(|known| known == word));
    has(whose) && has(MATTERS)
}

/// The sentences of a text, in order, with their marks.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    loop {
        let mut chars = rest.char_indices().peekable();
        let mut end = None;
        while let Some((at, c)) = chars.next() {
            let is_end = matches!(c, '.' | '!' | '?' | '…' | '？' | '؟' | '。');
            let next = chars.peek().map(|(_, next)| *next);
            if c == '\n' || is_end && next.is_none_or(char::is_whitespace) {
                end = Some(at + c.len_utf8());
                break;
            }
        }
        let (sentence, after) = end.and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, ""));
        sentences.extend(Some(sentence.trim()).filter(|sentence| !sentence.is_empty()));
        if after.is_empty() {
            return sentences;
        }
        rest = after;
    }
}

/// The words of names, folded.
pub(super) fn name_words(names: &[&str]) -> BTreeSet<String> {
    let words = names.iter().flat_map(|name| Words::new(name).iter().map(str::to_owned).collect::<Vec<_>>());
    words.filter(|word| word.chars().count() > 1).collect()
}

/// A sentence without names, telephone numbers, addresses, links and what else only one person has.
fn without_details(sentence: &str, names: &[&str]) -> String {
    let (names, addresses) = (name_words(names), addresses(sentence));
    let tokens: Vec<&str> = sentence.split_whitespace().collect();
    let digits = |token: &str| token.chars().filter(|c| c.is_numeric()).count();
    let is_address = |token: &str| {
        let token = token.to_lowercase();
        token.contains('@')
            || token.contains("://")
            || addresses.iter().any(|address| token.contains(&address.to_lowercase()))
    };
    let is_name = |token: &str| Words::new(token).iter().any(|word| names.contains(word));
    let mut out: Vec<bool> =
        tokens.iter().map(|token| is_address(token) || is_name(token) || digits(token) > MAX_DIGITS).collect();
    let is_number = |token: &str| digits(token) > 0 && !token.chars().any(char::is_alphabetic);
    mark_rows(&tokens, &mut out, is_number, |row| {
        row.iter().map(|token| digits(token)).sum::<usize>() >= MIN_DIGITS_IN_A_ROW
    });
    mark_streets(&tokens, &mut out);
    let mut kept: Vec<String> = Vec::new();
    for (token, is_out) in tokens.iter().zip(out) {
        if !is_out {
            kept.push((*token).to_owned());
            continue;
        }
        let mark = token.chars().last().filter(|c| matches!(c, '?' | '!' | '.' | ',' | ';' | '？'));
        match kept.last_mut().filter(|last| last.starts_with(OUT)) {
            Some(last) => last.extend(mark),
            None => kept.push(OUT.chars().chain(mark).collect()),
        }
    }
    kept.join(" ")
}

/// Marks rows of tokens that belong together, where all of a row together say so.
fn mark_rows(tokens: &[&str], out: &mut [bool], belongs: impl Fn(&str) -> bool, counts: impl Fn(&[&str]) -> bool) {
    let mut start = 0;
    for row in tokens.chunk_by(|one, other| belongs(one) == belongs(other)) {
        let is_out = row.first().is_some_and(|first| belongs(first)) && counts(row);
        out.iter_mut().skip(start).take(row.len()).filter(|_| is_out).for_each(|out| *out = true);
        start += row.len();
    }
}

/// Marks a street with its number, and what stands between.
fn mark_streets(tokens: &[&str], out: &mut [bool]) {
    let is_street = |token: &str| {
        Words::new(token).iter().any(|word| {
            STREETS.split_whitespace().any(|street| street == word) || word.len() > 7 && word.ends_with("strasse")
        })
    };
    let is_number = |token: &str| token.chars().next().is_some_and(char::is_numeric);
    let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        tokens.iter().enumerate().filter(|(_, token)| is(token)).map(|(at, _)| at).collect()
    };
    for street in places(&is_street) {
        for number in places(&is_number).into_iter().filter(|number| number.abs_diff(street) <= STREET_REACH) {
            let (first, last) = (street.min(number), street.max(number));
            out.iter_mut().skip(first).take(last - first + 1).for_each(|out| *out = true);
        }
    }
}

/// At most as much as is kept, to the end of a word.
fn cut(text: &str) -> String {
    if text.chars().count() <= MAX_CHARS {
        return text.to_owned();
    }
    let begin: String = text.chars().take(MAX_CHARS - 1).collect();
    let words = begin.rsplit_once(char::is_whitespace).map_or(begin.as_str(), |(words, _)| words);
    format!("{words}{OUT}")
}

/// Whether `text` has one of these words.
pub(super) fn says_name(text: &str, names: &BTreeSet<String>) -> bool {
    Words::new(text).iter().any(|word| names.contains(word))
}

/// Whether staff write about something that the customer has with the business.
pub(super) fn is_about_theirs(sentence: &str) -> bool {
    is_about_own(sentence, YOURS)
}
