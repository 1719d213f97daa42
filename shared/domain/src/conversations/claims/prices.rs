//! Numbers that are said to be prices without a currency: what stands beside words of money, and whole sentences about it.

use super::dated::{is_dated, tokens};
use super::figures::{CURRENCIES, Unit, figures};

/// Words of prices, without diacritics.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "price", "prices", "priced", "cost", "costs", "fee", "fees", "charge", "charges", "charged", "pay", "pays", "paid", "rate",
    "quote", "quoted", "budget", "spend", "money", "cash", "deposit", "cheap", "cheaper", "total", "comes", "altogether", "sum",
    "amount", "bill", "insgesamt", "betrag", "importe", "suma", "somme", "montant", "valor", "totale",
    "precio", "precios", "cuesta", "cuestan", "costo", "coste", "costaria", "pagar", "paga", "presupuesto", "dinero", "tarifa",
    "cuanto", "prix", "coute", "coutent", "cout", "tarif", "payer", "combien", "argent",
    "preis", "preise", "kostet", "kosten", "gebuhr", "zahlen", "zahlt", "geld", "wieviel",
    "preco", "precos", "custa", "custam", "custo", "orcamento", "dinheiro", "quanto",
    "prezzo", "prezzi", "costa", "costano", "pagare", "preventivo", "soldi",
    "قیمت", "هزینه", "سعر", "السعر", "ثمن", "कीमत", "दाम", "价格", "价钱",
];
/// So many words before and behind one of these are beside it.
const BEFORE: usize = 4;
const BEHIND: usize = 4;

/// The sentences of a line. A full stop before a figure ends none: `approx. 500`.
pub(crate) fn sentences(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        let (before, behind) = line.split_at(at + c.len_utf8());
        let ends = match c {
            '.' | '!' | '?' | ';' => behind.starts_with(char::is_whitespace),
            '。' | '؟' | '।' => true,
            _ => false,
        };
        if ends && !behind.trim_start().starts_with(|c: char| c.is_numeric()) {
            sentences.push(before.get(start..).unwrap_or_default());
            start = before.len();
        }
    }
    sentences.push(line.get(start..).unwrap_or_default());
    sentences
}

/// The words of `line` that stand beside words of prices, but for days and times.
pub(super) fn beside_prices(line: &str) -> String {
    let tokens = tokens(line);
    let prices: Vec<usize> = (0..tokens.len()).filter(|place| is_price(&tokens, *place)).collect();
    let is_beside = |place: usize| prices.iter().any(|price| place + BEFORE >= *price && place <= price + BEHIND);
    let beside = tokens.iter().enumerate().filter(|(place, _)| is_beside(*place) && !is_dated(&tokens, *place));
    beside.map(|(_, token)| token.as_str()).collect::<Vec<_>>().join(" ")
}

/// What of `sentence` may be said back without being a price of the business: all of it where it is not about money, else the
/// days and times in it.
pub(super) fn without_prices(sentence: &str) -> String {
    let tokens = tokens(sentence);
    let is_priced = (0..tokens.len()).any(|place| is_price(&tokens, place))
        || figures(sentence).iter().any(|figure| figure.unit() == Unit::Money || figure.has_cents());
    if !is_priced {
        return sentence.to_owned();
    }
    let dated = tokens.iter().enumerate().filter(|(place, _)| is_dated(&tokens, *place));
    dated.map(|(_, token)| token.as_str()).collect::<Vec<_>>().join(" ")
}

/// The numbers of a sentence that stand alone: behind them is no word that they count.
pub(super) fn bare_numbers(sentence: &str) -> String {
    let parts = sentence.split(|c: char| c.is_whitespace());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let bare = parts.iter().enumerate().filter(|(place, part)| {
        let is_last = part.ends_with(|c: char| ",.;:!?)".contains(c)) || place + 1 == parts.len();
        is_last && part.contains(|c: char| c.is_ascii_digit())
    });
    bare.map(|(_, part)| *part).collect::<Vec<_>>().join(" ")
}

fn is_price(tokens: &[String], place: usize) -> bool {
    let word = |place: Option<usize>| place.and_then(|place| tokens.get(place)).map_or("", String::as_str);
    let this = word(Some(place));
    WORDS.contains(&this) || CURRENCIES.contains(&this) || this == "much" && word(place.checked_sub(1)) == "how"
}
