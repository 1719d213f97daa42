//! What a rule may say. It is told to models with every text, and what a business says of how to sound is no source of facts: so a rule
//! has no figure, price, link, address or promise, and gives a program no orders.

use ::language::Words;

use crate::Failure;
use crate::conversations::claims::{self, PROMISES, addresses, ensure_readable, figures, gives_orders, promised};
use crate::tenancy::{MAX_STYLE_RULE_CHARS, StyleSaying};

/// The longest greeting, in characters.
const MAX_GREETING: usize = 30;
/// The longest last line, in characters.
const MAX_SIGN_OFF: usize = 80;

/// `text` on one line, with single blanks.
#[must_use]
pub fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Refuses a rule that says more than how to sound.
///
/// # Errors
/// [`Failure::Rejected`] naming `text`.
pub fn check_rule(says: &StyleSaying) -> Result<(), Failure> {
    let Some(text) = says.text() else { return Ok(()) };
    let limit = match says {
        StyleSaying::Greeting(_) => MAX_GREETING,
        StyleSaying::SignOff(_) => MAX_SIGN_OFF,
        _ => MAX_STYLE_RULE_CHARS,
    };
    let refuse = |why: &str| Err(Failure::invalid("text", format!("a rule says how to sound: {why}")));
    if let Err(unfit) = ensure_readable(text, limit) {
        return refuse(&unfit.to_string());
    }
    let counted = claims::in_figures(text);
    if counted.contains(|c: char| c.is_numeric())
        || !figures(&counted).is_empty()
        || text.contains(['%', '$', '€', '£'])
    {
        return refuse("it has a number or a price in it");
    }
    if !addresses(text).is_empty() {
        return refuse("it has a link or an address in it");
    }
    if !promised(PROMISES, &[Words::new(text)]).is_empty() || claims::promises_within(text, "") {
        return refuse("it speaks of a discount, something free, a guarantee or a refund");
    }
    if gives_orders(text) || text.contains(['<', '>', '#', '`']) {
        return refuse("it reads like an order to a program");
    }
    Ok(())
}
