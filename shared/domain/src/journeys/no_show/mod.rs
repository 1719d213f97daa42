//! Whether a customer will be there: the chance that a visit is missed, and why.
//!
//! A logistic model over what is known of a visit and of how its contact kept earlier ones. Every business begins with the
//! [prior](Model::prior), and with enough finished visits of its own gets weights that are [fitted](fit()) to them. Nothing is booked
//! twice for it: a risk leads to a question, never to an overbooked time.

mod features;
mod fit;
mod model;
mod rescue;
#[cfg(test)]
mod tests;

pub use features::{Features, Finished, History, Surroundings, finished};
pub use fit::{Pull, fit};
pub use model::{Model, NoShowReason, Risk};
pub use rescue::{ASKED_UNTIL, rescue};
