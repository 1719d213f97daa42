//! Fails: E0277

use domain::journeys::Cleared;

fn can_be_cloned<T: Clone>() {}

pub fn forge() {
    can_be_cloned::<Cleared<'static>>();
}
