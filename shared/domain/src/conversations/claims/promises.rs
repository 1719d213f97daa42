//! Words that commit the business: days, and what has to do with the price. In all languages at once, because a text may
//! mix them. Read as messages are: case and diacritics do not matter.
//!
//! A word too many here costs a model's text that was fine, and the fallback goes out; so what is an ordinary word in one of
//! the languages (`may`, `mars`, `off`, `sale`) is left out only where it stands in most texts.

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
    "half the price", "lower price", "best price", "price match", "cheaper", "reduced", "waive", "waived", "no charge",
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
];

/// Whether `words` hold `phrase`, but for who is free and feels free, and for the currency behind a figure, which is looked at
/// for itself.
pub(super) fn says(words: &Words, phrase: &str) -> bool {
    let is_time = |before: &str, after: &str| {
        [" feel ", " you ", " you're ", " we ", " be ", " is anybody "].iter().any(|word| before.ends_with(word))
            || [" to ", " on ", " at ", " times ", " slots "].iter().any(|word| after.starts_with(word))
    };
    let is_unit =
        |before: &str| CURRENCIES.contains(&phrase) && before.trim_end().ends_with(|c: char| c.is_ascii_digit());
    words.contains_where(phrase, |before, after| !(phrase == "free" && is_time(before, after) || is_unit(before)))
}
