//! When a key signs, verifies, and is replaced.
//!
//! A key signs for at most 30 days. On its 29th birthday a successor is made (the tenant job that asks
//! [`needs_successor`] has to run at least daily), which signs only an hour later: by then everyone who verifies has
//! read it, because no one keeps keys for longer than five minutes. From then on the old key signs no more, and
//! verifies for another hour, long after its last token has expired.

use jiff::{SignedDuration, Timestamp};

use super::{Jwks, PublicKey};

/// How long a key signs at most.
const SIGNS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How old the newest key is when its successor is made.
const SUCCEEDED_AFTER: SignedDuration = SignedDuration::from_hours(29 * 24);
/// How long a key is known before it signs.
const ANNOUNCED: SignedDuration = SignedDuration::from_hours(1);
/// How long a key verifies after it signed for the last time.
const VERIFIES_ON: SignedDuration = SignedDuration::from_hours(1);

/// The key that signs at `now`: the youngest that has begun to. `None`: there is none, or all are too old.
#[must_use]
pub fn which_signs(keys: &[PublicKey], now: Timestamp) -> Option<&PublicKey> {
    let signing = keys.iter().filter(|key| key.signs_from <= now && now < after(key.signs_from, SIGNS));
    // The name decides between two that were made in the same instant.
    signing.max_by_key(|key| (key.signs_from, &key.jwk.kid))
}

/// From when a new key has to sign, if one has to be made at `now`: in an hour; at once where nothing signs now, or
/// when what does ceases to.
#[must_use]
pub fn needs_successor(keys: &[PublicKey], now: Timestamp) -> Option<Timestamp> {
    let Some(signing) = which_signs(keys, now) else { return Some(now) };
    let newest = keys.iter().map(|key| key.signs_from).max()?;
    let is_due = now >= after(newest, SUCCEEDED_AFTER);
    is_due.then(|| after(now, ANNOUNCED).min(after(signing.signs_from, SIGNS)))
}

/// The keys to verify with at `now`, as they are published: those that sign or will, and those that did until an hour ago.
#[must_use]
pub fn verifying(keys: &[PublicKey], now: Timestamp) -> Jwks {
    let verifies = |key: &&PublicKey| now < after(signs_until(keys, key), VERIFIES_ON);
    Jwks { keys: keys.iter().filter(verifies).map(|key| key.jwk.clone()).collect() }
}

fn signs_until(keys: &[PublicKey], key: &PublicKey) -> Timestamp {
    let successors = keys.iter().map(|other| other.signs_from).filter(|from| *from > key.signs_from);
    successors.chain([after(key.signs_from, SIGNS)]).min().unwrap_or(key.signs_from)
}

fn after(at: Timestamp, duration: SignedDuration) -> Timestamp {
    at.checked_add(duration).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::Jwk;
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 24 * 60;

    /// `minute` after the first key of the tests began to sign.
    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }

    fn key(kid: &str, signs_from: Timestamp) -> PublicKey {
        PublicKey { jwk: Jwk::new(kid, &[1; 32], &[2; 32]), signs_from }
    }

    fn signs(keys: &[PublicKey], minute: i64) -> Option<&str> {
        which_signs(keys, at(minute)).map(|key| key.jwk.kid.as_str())
    }

    fn verify(keys: &[PublicKey], minute: i64) -> Vec<String> {
        verifying(keys, at(minute)).keys.into_iter().map(|jwk| jwk.kid).collect()
    }

    #[test]
    fn the_first_key_signs_at_once() {
        assert_eq!(needs_successor(&[], at(0)), Some(at(0)));
        assert_eq!(which_signs(&[], at(0)), None);
        assert!(verifying(&[], at(0)).keys.is_empty());
    }

    #[test]
    fn a_successor_is_made_after_29_days_and_signs_an_hour_later() {
        let old = [key("old", at(0))];
        assert_eq!(needs_successor(&old, at(29 * DAY - 1)), None);
        assert_eq!(needs_successor(&old, at(29 * DAY)), Some(at(29 * DAY + 60)));

        let both = [key("old", at(0)), key("new", at(29 * DAY + 60))];
        assert_eq!(needs_successor(&both, at(29 * DAY)), None, "asked again, nothing is made");
        assert_eq!(verify(&both, 29 * DAY), ["old", "new"], "known before it signs");
        assert_eq!(signs(&both, 29 * DAY + 59), Some("old"));
        assert_eq!(signs(&both, 29 * DAY + 60), Some("new"));
        assert_eq!(verify(&both, 29 * DAY + 119), ["old", "new"]);
        assert_eq!(verify(&both, 29 * DAY + 120), ["new"], "an hour after the old one signed last");
    }

    #[test]
    fn no_key_signs_longer_than_30_days() {
        let old = [key("old", at(0))];
        assert_eq!(signs(&old, 30 * DAY - 1), Some("old"));
        assert_eq!(signs(&old, 30 * DAY), None);
        assert_eq!(verify(&old, 30 * DAY + 59), ["old"]);
        assert!(verify(&old, 30 * DAY + 60).is_empty());
        assert_eq!(needs_successor(&old, at(30 * DAY - 10)), Some(at(30 * DAY)), "late, and without a gap");
        assert_eq!(needs_successor(&old, at(40 * DAY)), Some(at(40 * DAY)));
    }

    #[test]
    fn two_keys_of_one_instant_both_verify_and_one_signs() {
        let twins = [key("b", at(0)), key("a", at(0))];
        assert_eq!(signs(&twins, 1), Some("b"));
        assert_eq!(verify(&twins, 1), ["b", "a"]);
    }

    proptest! {
        /// However irregularly the tenant job runs (at least daily), there is always a key that signs, every verifier has
        /// known it for five minutes, and its last token verifies until it has expired.
        #[test]
        fn what_was_signed_verifies(pauses in prop::collection::vec(1..DAY, 1..200)) {
            let mut keys = Vec::new();
            let mut minute = 0;
            for (run, pause) in pauses.into_iter().enumerate() {
                if let Some(from) = needs_successor(&keys, at(minute)) {
                    keys.push(key(&run.to_string(), from));
                }
                for signed in [minute, minute + pause / 2, minute + pause - 1] {
                    let signing = signs(&keys, signed).map(ToOwned::to_owned);
                    prop_assert!(signing.is_some());
                    let signing = signing.unwrap();
                    prop_assert!(verify(&keys, signed + 5).contains(&signing));
                    if signed > 5 {
                        prop_assert!(signing == "0" || verify(&keys, signed - 5).contains(&signing));
                    }
                }
                minute += pause;
            }
        }
    }
}
