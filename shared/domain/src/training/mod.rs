//! Training: a business shows how it words its texts, sees what was understood, and confirms it.
//!
//! A [`TrainingSession`] is about one topic. The built-in responder writes drafts to made-up questions about the business's own services;
//! whoever trains says that a draft is good, or writes how they would say it, and why. From five examples on, [`extract`] makes rules of
//! them; a model may word more ([`with_model`]). People edit or remove single rules. What they confirm becomes the
//! [`StyleGuide`](crate::tenancy::StyleGuide) of the topic. Nothing is applied that no one confirmed.
//!
//! Suggestions that staff change before they send them are examples too: what they changed is counted as [`Shift`]s, never what they
//! wrote, and proposed as rules ([`StyleEdits`]).

mod check;
mod edits;
mod extract;
mod reading;
mod session;
mod shifts;
mod situations;
#[cfg(test)]
mod tests;

pub use check::{check_rule, normal};
pub use edits::{EDITS_KEPT_FOR, MIN_EDITS, StyleEdits, week_of};
pub use extract::{extract, with_model};
pub use session::{
    ConfirmedGuide, MAX_EXAMPLES, MIN_EXAMPLES, NewExample, TrainingExample, TrainingSession, TrainingState, Verdict,
};
pub use shifts::{Shift, shifts};
