//! Fails: E0277

use domain::journeys::Cleared;

fn has_a_default<T: Default>() {}

pub fn forge() {
    has_a_default::<Cleared<'static>>();
}
