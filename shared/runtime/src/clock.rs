//! The one clock of the functions.

use jiff::Timestamp;

/// Now, in whole milliseconds: the precision that keys and references carry.
#[must_use]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}
