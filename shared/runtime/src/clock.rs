//! The one clock of the functions.

use jiff::Timestamp;

/// Now, in whole milliseconds: the precision that keys and references carry.
#[must_use]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_has_no_more_than_milliseconds() {
        assert_eq!(now().subsec_nanosecond() % 1_000_000, 0);
    }
}
