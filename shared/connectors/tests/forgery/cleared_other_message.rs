//! Fails: E0616

use domain::conversations::Message;
use domain::journeys::Cleared;

pub fn forge<'a>(mut cleared: Cleared<'a>, other: &'a Message) -> Cleared<'a> {
    cleared.message = other;
    cleared
}
