//! Whether a line that a model proposes stands in the message that it names.
//!
//! A model may word a line; it may not add to it. Every figure, day, address, promise and deed in it must be in that message, which must be
//! the customer's. So an invented price, booking or telephone number gets into no summary, whatever the message asked the model to write.

use std::collections::BTreeSet;

use ::language::Words;

use super::built_in::one_line;
use super::dialogue::Dialogue;
use super::{MAX_CHARS, PointKind, SummaryPoint};
use crate::conversations::claims::{
    DAYS, DEEDS, PROMISES, addresses, ensure_readable, gives_orders, in_figures, promised, promises_within,
};

/// A line that a model proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What kind of line it is; [`PointKind::Agreed`] is taken from no model.
    pub kind: PointKind,
    /// What it says.
    pub text: String,
    /// The number of the message that it goes back to.
    pub message: u32,
}

/// The line, if it stands in its message.
pub(super) fn point(dialogue: &Dialogue<'_>, proposed: &Proposed) -> Option<SummaryPoint> {
    let Proposed { kind, message, .. } = *proposed;
    let said = dialogue.shown().iter().find(|said| said.number == message && said.by_customer)?;
    let text = one_line(&proposed.text);
    let is_readable = ensure_readable(&text, MAX_CHARS).is_ok() && kind != PointKind::Agreed;
    let gives_orders = gives_orders(&text) || gives_orders(said.text);
    let is_theirs = is_readable && !gives_orders && stands_in(&text, said.text);
    is_theirs.then_some(SummaryPoint { kind, text, message })
}

/// Whether `text` has nothing that binds anyone and is not in `source`.
fn stands_in(text: &str, source: &str) -> bool {
    let known = addresses(source);
    let (lines, sources) = ([Words::new(text)], [Words::new(source)]);
    let has_words = |list: &[&'static str]| {
        let known = promised(list, &sources);
        promised(list, &lines).iter().all(|word| known.contains(word))
    };
    runs(text).is_subset(&runs(source))
        && addresses(text).iter().all(|address| known.contains(address))
        && [DAYS, PROMISES, DEEDS].into_iter().all(has_words)
        && !promises_within(text, source)
}

/// The runs of digits of `text`, numbers in words too.
fn runs(text: &str) -> BTreeSet<String> {
    let figures = in_figures(text);
    let runs = figures.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.map(str::to_owned).collect()
}
