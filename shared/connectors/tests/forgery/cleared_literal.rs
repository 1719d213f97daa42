//! Fails: E0451

use domain::conversations::{Message, Touch};
use domain::journeys::Cleared;

pub fn forge<'a>(message: &'a Message, touch: &Touch) -> Cleared<'a> {
    Cleared { message, at: touch.due }
}
