//! What a text that a model wrote claims: links, prices, dates, times, promises. What the business would have to stand by must
//! stand in what it said itself.
//!
//! A message that nobody asked for is held to every figure ([`Brief`](crate::journeys::Brief)); a reply, which may say back what
//! the customer said, to what commits the business ([`Grounds`]). Either way a text that was fine and is refused costs a model's
//! words; the customer then reads the business's own.

mod counted;
mod dated;
mod digits;
mod figures;
mod grounds;
mod guises;
mod orders;
mod priced;
mod prices;
mod promises;
mod spelled;
mod stances;
#[cfg(test)]
mod tests;

use ::language::Words;
use thiserror::Error;

pub(crate) use counted::{Counted, counted};
pub(crate) use figures::{addresses, figures, names_money};
pub use grounds::Grounds;
pub use orders::gives_orders;
pub(crate) use prices::sentences;
pub(crate) use promises::{DAYS, DEEDS, PROMISES};

/// Why a model's text may not go out; goes on from "because". It quotes nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unfit {
    /// There is none.
    #[error("it is empty")]
    Empty,
    /// It is longer than the channel takes.
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    /// A place that was not filled in.
    #[error("it has braces or square brackets in it")]
    Place,
    /// What no person sees, and what hides what a text says: `f r e e`.
    #[error("it has invisible characters or disguised words in it")]
    Invisible,
    /// A link, a host or an e-mail address.
    #[error("it has a link or an address that stands neither in the facts nor in the example")]
    Address,
    /// An amount, a share, a number, a date or a time in figures.
    #[error("it has a figure that stands neither in the facts nor in the example")]
    Figure,
    /// A day by its name or date.
    #[error("it names a day that stands neither in the facts nor in the example")]
    Day,
    /// A time of day.
    #[error("it names a time of day that nobody else named")]
    Time,
    /// A discount, a present, a guarantee, or money in words.
    #[error("it promises something about the price that stands neither in the facts nor in the example")]
    Promise,
    /// The example says who writes.
    #[error("it does not name the business, as the example does")]
    Business,
    /// The example says how to hear no more.
    #[error("it does not say how to STOP, as the example does")]
    StopHint,
    /// One of the business's extras that its customer is not to hear of.
    #[error("it offers something that is not due")]
    Extra,
    /// Pressure, praise or an exclamation mark in a message that no one asked for.
    #[error("it presses its reader or praises the business")]
    Pressing,
    /// Another language than the customer's.
    #[error("it is in another language than the customer's")]
    Language,
    /// Our own instructions, the names in them, or what looks like a key.
    #[error("it has something in it that is for nobody to read")]
    Internal,
}

/// Whether people can read `text`, and not too much of it.
pub(crate) fn ensure_readable(text: &str, limit: usize) -> Result<(), Unfit> {
    if text.trim().is_empty() {
        return Err(Unfit::Empty);
    }
    if text.chars().count() > limit {
        return Err(Unfit::TooLong(limit));
    }
    if text.contains(['{', '}', '[', ']']) {
        return Err(Unfit::Place);
    }
    let is_hidden = text.chars().any(is_invisible) || has_stray_joiner(text) || guises::is_disguised(text);
    if is_hidden { Err(Unfit::Invisible) } else { Ok(()) }
}

/// `text` with its digits in ASCII, its currencies as codes and its numbers in figures: what is compared.
pub(crate) fn in_figures(text: &str) -> String {
    spelled::in_figures(&digits::in_ascii(text))
}

/// Whether `text` promises something in a script whose words are not told apart, that `known` does not.
pub(crate) fn promises_within(text: &str, known: &str) -> bool {
    let known = ::language::fold(known);
    promises::promised_within(&::language::fold(text)).iter().any(|promise| !known.contains(&::language::fold(promise)))
}

/// Whether `text` grants what was asked for.
pub(crate) fn grants(text: &str) -> bool {
    let parts = text.split(['.', '!', '?', ':', ',', ';', '\n']).map(Words::new);
    parts.map(|words| words.iter().collect::<Vec<_>>().join(" ")).any(|words| stances::grants(&words))
}

/// Whether a joiner or its opposite stands where no script needs it. Persian and Indic words have them between letters, and
/// emoji are joined; beside Latin letters and digits they only hide what a text says.
fn has_stray_joiner(text: &str) -> bool {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '\u{200c}' | '\u{200d}') {
            let both = [before, chars.peek().copied()];
            let is_plain = |c: char| c.is_numeric() || c < '\u{530}' && c.is_alphanumeric();
            let is_joined = |c: &Option<char>| {
                c.is_some_and(
                    |c| matches!(c, '\u{600}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fefe}'),
                )
            };
            if both.into_iter().flatten().any(is_plain) || c == '\u{200c}' && !both.iter().all(is_joined) {
                return true;
            }
        }
        before = Some(c);
    }
    false
}

/// Those of `phrases` that one of `lines` says.
pub(crate) fn promised<'p>(phrases: &[&'p str], lines: &[Words]) -> Vec<&'p str> {
    let is_said = |phrase: &&str| lines.iter().any(|line| promises::says(line, phrase));
    phrases.iter().copied().filter(is_said).collect()
}

/// Control characters but the line's end, and marks of direction and width; emoji are joined and coloured by some.
fn is_invisible(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
