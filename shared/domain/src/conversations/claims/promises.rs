//! Words that commit the business: days, and what has to do with the price. In all languages at once, because a text may
//! mix them. Read as messages are: case and diacritics do not matter.
//!
//! A word too many here costs a model's text that was fine, and the fallback goes out; so what is an ordinary word in one of
//! the languages (`may`, `mars`, `off`, `sale`) is left out only where it stands in most texts.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use ::language::Words;

use super::figures::CURRENCIES;

/// Days, months and when things are to happen.
#[rustfmt::skip]
pub(crate) const DAYS: &[&str] = &[
    // English
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june",
    "july", "august", "september", "october", "november", "december", "today", "tonight", "tomorrow", "this week",
    "next week", "this month", "next month", "weekend",
    // Spanish
    "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "enero", "febrero", "marzo", "abril", "mayo",
    "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "hoy", "manana", "esta semana",
    "proxima semana", "este mes", "fin de semana",
    // French
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier", "fevrier", "avril", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "aujourd hui", "ce soir", "demain", "cette semaine",
    "semaine prochaine", "ce mois",
    // German
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "januar", "februar",
    "marz", "juni", "juli", "oktober", "dezember", "heute", "diese woche", "nachste woche", "diesen monat", "wochenende",
    // Portuguese
    "segunda feira", "terca feira", "quarta feira", "quinta feira", "sexta feira", "janeiro", "fevereiro", "marco", "maio",
    "junho", "julho", "setembro", "outubro", "novembro", "dezembro", "hoje", "amanha", "proxima semana",
    // Italian
    "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "gennaio", "febbraio", "aprile",
    "maggio", "giugno", "luglio", "settembre", "ottobre", "dicembre", "oggi", "stasera", "domani", "questa settimana",
    "prossima settimana",
];

/// Discounts, presents, guarantees, shares and money in words.
#[rustfmt::skip]
pub(crate) const PROMISES: &[&str] = &[
    // English
    "discount", "discounts", "discounted", "free", "complimentary", "coupon", "voucher", "rebate", "refund", "refunded",
    "cashback", "cash back", "promotion", "promo", "special offer", "special price", "bargain", "half price", "half off",
    "half the price", "lower price", "free of charge", "without charge", "at no cost", "no cost", "costs nothing", "pay nothing",
    "nothing to pay", "for nothing", "courtesy of", "gratuity", "our word", "my word", "best price", "price match", "cheaper", "reduced", "waive", "waived", "no charge",
    "on the house", "on us", "guarantee", "guarantees", "guaranteed", "percent", "per cent", "money back", "save money",
    "dollar", "dollars", "bucks", "euro", "euros", "usd", "eur", "gbp", "cad", "aud", "mxn", "brl", "chf",
    // Spanish
    "descuento", "descuentos", "rebaja", "rebajas", "rebajado", "gratis", "gratuito", "gratuita", "gratuitos", "gratuitas",
    "sin costo", "sin cargo", "oferta", "oferta especial", "promocion", "promociones", "cupon", "reembolso", "mitad de precio",
    "precio especial", "mas barato", "garantia", "garantizado", "garantizamos", "por ciento", "dolar", "dolares", "pesos",
    "regalo", "regalamos",
    // French
    "rabais", "remise", "remises", "reduction", "reductions", "ristourne", "gratuit", "gratuite", "gratuits", "gratuites",
    "gratuitement", "sans frais", "offert", "offerte", "promotion", "promotions", "bon d achat", "rembourse", "remboursement",
    "moitie prix", "prix special", "moins cher", "garantie", "garanti", "garantissons", "pour cent", "cadeau",
    // German
    "rabatt", "rabatte", "nachlass", "preisnachlass", "skonto", "gratis", "kostenlos", "kostenlose", "kostenlosen",
    "kostenfrei", "umsonst", "gutschein", "sonderangebot", "sonderpreis", "zum halben preis", "halber preis", "gunstiger",
    "billiger", "ermassigt", "ermassigung", "garantie", "garantieren", "garantiert", "prozent", "geschenk", "geschenkt",
    "erstattung", "franken",
    // Portuguese
    "desconto", "descontos", "gratuitamente", "sem custo", "promocao", "promocoes", "cupom", "brinde", "metade do preco",
    "preco especial", "mais barato", "garantimos", "garantido", "por cento", "reais", "reembolso", "presente",
    // Italian
    "sconto", "sconti", "scontato", "ribasso", "omaggio", "offerta speciale", "promozione", "promozioni", "buono sconto",
    "meta prezzo", "prezzo speciale", "meno caro", "garanzia", "garantito", "garantiamo", "per cento", "percento", "rimborso",
    "senza costi", "regalo",
    // Dutch, Polish, Swedish, Vietnamese, Turkish
    "kosteloos", "korting", "kortingen", "garanderen", "terugbetaling", "cadeau", "bezplatny", "bezplatna", "bezplatne",
    "bezplatnie", "darmowy", "darmowa", "darmowe", "za darmo", "rabat", "rabatu", "znizka", "znizke", "zwrot", "gwarancja",
    "gwarantujemy", "kostnadsfri", "kostnadsfritt", "rabatten", "aterbetalning", "ucretsiz", "bedava", "indirim", "iade", "garanti ediyoruz",
];

/// The same in scripts whose words are not told apart or have endings: found anywhere in a text.
#[rustfmt::skip]
pub(crate) const PROMISES_WITHIN: &[&str] = &[
    "бесплатн", "безкоштовн", "скидк", "знижк", "даром", "в подарок", "возврат", "возмест", "гарантируем", "гарантиру", "гарантія",
    "مجان", "خصم", "تخفيض", "هدية", "استرداد", "نضمن", "חינם", "הנחה", "מתנה", "החזר", "मुफ़्त", "मुफ्त", "निःशुल्क", "छूट", "गारंटी",
    "免费", "免費", "打折", "折扣", "优惠", "优惠券", "赠送", "退款", "保证", "無料", "割引", "値引", "返金", "保証します", "무료", "할인", "환불",
    "보장합니다", "miễn phí", "giảm giá", "khuyến mãi", "hoàn tiền", "bảo hành", "ฟรี", "ส่วนลด", "คืนเงิน",
];

/// What denies in those scripts.
const DENIES_WITHIN: [&str; 15] =
    ["không", "не ", "нет", "без ", "لا ", "ليس", "غير", "אין", "לא ", "नहीं", "不", "没", "ない", "ません", "없"];
/// So many characters around a word it is denied.
const NEAR: usize = 8;

/// What was done: what a model can do nothing about and must not claim.
#[rustfmt::skip]
pub(crate) const DEEDS: &[&str] = &[
    "is confirmed", "are confirmed", "is now confirmed", "has been confirmed", "have confirmed", "i confirmed", "we confirmed",
    "is booked", "are booked", "are now booked", "been booked", "have booked", "i booked", "we booked", "booked you", "is reserved",
    "are reserved", "been reserved", "have reserved", "reserved for you", "is scheduled", "are scheduled", "been scheduled",
    "have scheduled", "scheduled you", "locked in", "all set", "see you on", "see you at", "see you then", "see you tomorrow",
    "expect you on", "well be there at", "we will be there at", "well be there on", "we will be there on", "is cancelled",
    "is canceled", "been cancelled", "been canceled", "have cancelled", "have canceled", "cancelled your", "canceled your", "is moved",
    "been moved", "have moved", "have rescheduled", "been rescheduled", "was refunded", "been refunded", "is refunded",
    "have refunded", "have sent", "i sent", "we sent", "been sent", "was sent", "have emailed", "have mailed", "have transferred",
    "have paid", "been paid", "have credited", "been credited", "have deleted", "been deleted", "have removed", "have changed your",
    "have updated your", "been updated", "have applied", "been applied",
    "esta confirmada", "esta confirmado", "queda confirmada", "queda confirmado", "queda reservada", "queda reservado",
    "queda agendada", "esta reservada", "esta reservado", "he reservado", "hemos reservado", "he confirmado", "hemos confirmado",
    "he cancelado", "hemos cancelado", "he enviado", "hemos enviado", "nos vemos el", "le esperamos el",
    "est confirme", "est confirmee", "est reserve", "est reservee", "ai reserve", "avons reserve", "ai confirme", "avons confirme",
    "ai annule", "avons annule", "ai envoye", "avons envoye", "ist bestatigt", "gebucht", "reserviert", "storniert", "ist fix",
    "habe ich geschickt", "haben wir geschickt", "bis dann am", "esta agendada", "esta agendado", "agendei", "reservei", "confirmei",
    "cancelei", "enviei", "agendamos", "e confermato", "e confermata", "ho prenotato", "abbiamo prenotato", "ho confermato",
    "ho annullato", "is bevestigd", "is geboekt", "jest potwierdzona", "jest potwierdzony", "onaylandi",
];

/// The phrases of [`PROMISES`] and [`DEEDS`] by their first word.
static BY_FIRST_WORD: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&str, Vec<&str>> = HashMap::new();
    for phrase in PROMISES.iter().chain(DEEDS) {
        phrases.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push(phrase);
    }
    phrases
});

/// The promises and deeds that `words` may hold.
pub(super) fn candidates(words: &Words) -> Vec<&'static str> {
    let first: BTreeSet<&str> = words.iter().collect();
    first.into_iter().filter_map(|word| BY_FIRST_WORD.get(word)).flatten().copied().collect()
}

/// Where in `text`, folded, a promise of those scripts stands that is not denied beside it.
pub(super) fn promised_within(text: &str) -> Vec<&'static str> {
    if text.is_ascii() {
        return Vec::new();
    }
    let is_promised = |promise: &&str| {
        let promise = ::language::fold(promise);
        text.match_indices(&promise).any(|(at, found)| !is_denied(text, at, found.len()))
    };
    PROMISES_WITHIN.iter().copied().filter(is_promised).collect()
}

fn is_denied(text: &str, at: usize, length: usize) -> bool {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + length..).unwrap_or_default());
    let ends = |c: char| ".!?。！？।,，、:：;".contains(c);
    let before: Vec<char> = before.chars().rev().take_while(|c| !ends(*c)).take(NEAR).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = after.chars().take_while(|c| !ends(*c)).take(2 * NEAR).collect();
    let near = format!("{before}{after} ");
    DENIES_WITHIN.iter().any(|word| near.contains(word))
}

/// Whether `words` hold `phrase`.
pub(super) fn says(words: &Words, phrase: &str) -> bool {
    says_where(words, phrase, |_, _| true)
}

/// Whether `words` hold `phrase`, but for who is free and feels free, and for the currency behind a figure, which is looked at
/// for itself; and where `counts` agrees, given the words before and after it.
pub(super) fn says_where(words: &Words, phrase: &str, counts: impl Fn(&str, &str) -> bool) -> bool {
    let is_time = |before: &str, after: &str| {
        [
            " feel ",
            " you ",
            " youre ",
            " we ",
            " were ",
            " im ",
            " be ",
            " still ",
            " is anybody ",
            " smoke ",
            " pain ",
            " gluten ",
        ]
        .iter()
        .any(|word| before.ends_with(word))
            || [" to ", " on ", " at ", " times ", " slot ", " slots ", " tomorrow ", " this "]
                .iter()
                .any(|word| after.starts_with(word))
    };
    let is_unit =
        |before: &str| CURRENCIES.contains(&phrase) && before.trim_end().ends_with(|c: char| c.is_ascii_digit());
    // "Depending on the house" gives nothing away.
    let is_place = |before: &str| {
        phrase == "on the house"
            && !["is ", "are ", "its ", "be ", "comes ", "that "].iter().any(|word| before.ends_with(word))
    };
    // "You can count on us" pays for nothing.
    let is_trust =
        |before: &str| phrase == "on us" && [" count ", " rely ", " depend "].iter().any(|word| before.ends_with(word));
    words.contains_where(phrase, |before, after| {
        let is_idle = phrase == "free" && is_time(before, after);
        !(is_idle || is_trust(before) || is_unit(before) || is_place(before)) && counts(before, after)
    })
}
