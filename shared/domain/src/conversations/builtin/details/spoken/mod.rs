//! Numbers and mailboxes as they are dictated, put into figures: "seven two zero …", "ana arroba example punto com".
//!
//! What is no number to dial and no mailbox stays as it is.

mod digits;
mod mail;

use std::borrow::Cow;
use std::ops::Range;

use crate::conversations::builtin::tokens::Tokens;

/// What stands at some bytes of a text, as it is typed.
type Typed = (Range<usize>, String);

/// `text` with numbers and mailboxes typed.
pub(in crate::conversations::builtin) fn written(text: &str) -> Cow<'_, str> {
    let tokens = Tokens::new(text);
    let mut typed: Vec<Typed> = mail::typed(&tokens);
    for number in digits::typed(&tokens) {
        if !typed.iter().any(|(place, _)| place.start < number.0.end && number.0.start < place.end) {
            typed.push(number);
        }
    }
    if typed.is_empty() {
        return Cow::Borrowed(text);
    }
    typed.sort_by_key(|(place, _)| place.start);
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for (place, figures) in typed {
        written.push_str(text.get(end..place.start).unwrap_or_default());
        written.push_str(&figures);
        end = place.end;
    }
    written.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(written)
}

#[cfg(test)]
mod tests;
