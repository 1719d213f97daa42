//! When a delivery is tried again, and when a webhook is given up.

use jiff::{SignedDuration, Timestamp};

/// The pauses between tries, in seconds: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h.
const PAUSES: [i64; 7] = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];
/// How often one event is posted to one webhook, unless someone asks for more.
pub const MAX_TRIES: usize = PAUSES.len() + 1;
/// The share of a pause by which it may be longer, in percent, so that what failed together does not come back
/// together.
const JITTER_PERCENT: i64 = 20;
/// The longest wait that an address may ask for.
const LONGEST_WISH: SignedDuration = SignedDuration::from_hours(10);
/// After so long without one delivery that was taken, a webhook is switched off.
const PATIENCE: SignedDuration = SignedDuration::from_hours(5 * 24);

/// When to try again after `tried` failures; `None`: no more. `jitter` is any number, and decides on the pause's random
/// part. `wish` is how long the address asked to be left alone (`Retry-After`).
#[must_use]
pub fn next_try(tried: usize, jitter: u8, wish: Option<SignedDuration>, now: Timestamp) -> Option<Timestamp> {
    let pause = *PAUSES.get(tried.checked_sub(1)?)?;
    let more = pause * 1000 * JITTER_PERCENT * i64::from(jitter) / (100 * i64::from(u8::MAX));
    let pause = SignedDuration::from_millis(pause * 1000 + more);
    Some(now + pause.max(wish.unwrap_or_default().min(LONGEST_WISH)))
}

/// Whether a webhook at which nothing was taken since `failing_since` is switched off.
#[must_use]
pub fn gives_up(failing_since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(failing_since) >= PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn pause(tried: usize, jitter: u8, wish: Option<i64>) -> Option<i64> {
        let wish = wish.map(SignedDuration::from_secs);
        next_try(tried, jitter, wish, NOW).map(|next| next.duration_since(NOW).as_secs())
    }

    #[test]
    fn pauses_grow_from_seconds_to_ten_hours_and_then_it_is_over() {
        let pauses: Vec<_> = (1..=MAX_TRIES).map(|tried| pause(tried, 0, None)).collect();
        let expected = [Some(5), Some(300), Some(1800), Some(7200), Some(18_000), Some(36_000), Some(36_000), None];
        assert_eq!(pauses, expected);
    }

    #[test]
    fn jitter_makes_a_pause_at_most_a_fifth_longer_and_never_shorter() {
        assert_eq!(pause(2, 255, None), Some(360));
        for jitter in 0..=255 {
            assert!((300..=360).contains(&pause(2, jitter, None).unwrap()));
        }
    }

    #[test]
    fn an_address_that_asks_to_be_left_alone_is_for_ten_hours_at_most() {
        assert_eq!(pause(1, 0, Some(120)), Some(120));
        assert_eq!(pause(3, 0, Some(120)), Some(1800));
        assert_eq!(pause(1, 0, Some(i64::MAX / 2)), Some(36_000));
        assert_eq!(pause(1, 0, Some(-5)), Some(5));
    }

    #[test]
    fn a_webhook_is_given_up_after_five_days() {
        let day = SignedDuration::from_hours(24);
        assert!(!gives_up(NOW, NOW + day * 5 - SignedDuration::from_secs(1)));
        assert!(gives_up(NOW, NOW + day * 5));
    }
}
