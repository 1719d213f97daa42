//! Sums of money: what a customer means to spend.

use crate::conversations::builtin::tokens::{Tokens, tidy};
use crate::conversations::builtin::vocabulary::Said;
use ::language::Words;

/// The longest budget kept, in characters.
const MAX_BUDGET_CHARS: usize = 40;
/// Words for currencies, folded.
const CURRENCIES: [&str; 18] = [
    "dollar", "dollars", "bucks", "usd", "euro", "euros", "eur", "pesos", "mxn", "reais", "brl", "pounds", "gbp",
    "dolar", "dolares", "libras", "francs", "chf",
];

/// The sum a customer means to spend: with a currency, or a bare one beside a word of spending (or after our question).
pub(in crate::conversations::builtin) fn budget(tokens: &Tokens<'_>, asked: bool) -> Option<String> {
    let sum = (0..tokens.len()).find(|at| is_sum(tokens, *at));
    let named = || (0..tokens.len()).find(|at| tokens.phrase_at(*at, |list| list.budget).is_some());
    let bare_after =
        |start: usize| (start..tokens.len()).find(|at| is_amount(tokens, *at) && (asked || is_large(tokens, *at)));
    let at = sum.or_else(|| bare_after(if asked { 0 } else { named()? }))?;
    let currency_before = usize::from(at.checked_sub(1).is_some_and(|before| is_currency(tokens, before)));
    let first = at - currency_before;
    let about = (1..=3.min(first)).find(|taken| tokens.phrase_at(first - taken, |list| list.about) == Some(*taken));
    let currency_after = usize::from(is_currency(tokens, at + 1));
    let range = first - about.unwrap_or(0)..at + 1 + currency_after;
    Some(tidy(tokens.slice(&range), MAX_BUDGET_CHARS))
}

/// Whether `words` speak of spending.
pub(in crate::conversations::builtin) fn names_budget(words: &Words) -> bool {
    Said::new(words).has(|list| list.budget)
}

/// Whether the token at `at` is a sum of money: an amount with its currency.
pub(in crate::conversations::builtin) fn is_sum(tokens: &Tokens<'_>, at: usize) -> bool {
    let signed =
        tokens.get(at).is_some_and(|token| token.text.contains(['$', '€', '£']) || token.text.starts_with("R$"));
    let named = is_currency(tokens, at + 1) || at.checked_sub(1).is_some_and(|before| is_currency(tokens, before));
    is_amount(tokens, at) && (signed || named)
}

fn is_currency(tokens: &Tokens<'_>, at: usize) -> bool {
    CURRENCIES.contains(&tokens.folded(at))
        || tokens.get(at).is_some_and(|token| matches!(token.text, "$" | "€" | "£" | "R$"))
}

/// `500`, `$1,250.00`, `1.250€`, `5k`, `$500-800`.
fn is_amount(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let bare = token.text.trim_start_matches(['R', '$', '€', '£']).trim_end_matches(['k', 'K', '$', '€', '£']);
    bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.len() <= 16
        && bare.chars().all(|c| c.is_ascii_digit() || ".,-$€£".contains(c))
}

/// Three digits or a `k`: a bare number that can be a sum.
fn is_large(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.text.ends_with(['k', 'K']) || token.text.len() >= 3)
}
