//! Fails: E0277

use domain::journeys::Cleared;

fn can_be_read<T: serde::de::DeserializeOwned>() {}

pub fn forge() {
    can_be_read::<Cleared<'static>>();
}
