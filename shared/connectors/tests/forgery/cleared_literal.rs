//! Fails: E0451

use domain::conversations::{Message, Outreach};
use domain::journeys::Cleared;

pub fn forge<'a>(message: &'a Message, outreach: &Outreach) -> Cleared<'a> {
    Cleared { message, at: outreach.due }
}
