//! The second factor: codes of six digits that change every 30 seconds (RFC 6238), and backup codes on paper.
//!
//! SHA-1, six digits and 30 seconds are what every authenticator app understands. A code is good one step before and
//! after its own, for clocks that differ, and never twice (RFC 6238, 5.2; ASVS 5.0, 6.5.1).

use domain::Failure;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

use crate::secrets::{random_bytes, same, sha256_hex};

/// The length of a step in seconds.
const STEP_S: u64 = 30;
/// How many backup codes there are.
const BACKUP_CODES: usize = 10;
/// The characters of a backup code, 5 bits each: Crockford's, which has no letter that looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many of them a code has: 125 bits. From 112 bits on a plain SHA-256 is enough to keep it (ASVS 5.0, 6.5.2).
const BACKUP_CHARS: usize = 25;

/// A new secret of 160 bits (RFC 4226, 4), in base32.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn new_secret() -> Result<SecretString, Failure> {
    Ok(Secret::new_stack(random_bytes()?).to_base32().into())
}

/// The URL that an authenticator app reads from a QR code. It holds the secret: shown once, never logged.
///
/// The form is Google's "Key URI Format"; algorithm, digits and period are its defaults.
#[must_use]
pub fn otpauth_url(secret: &SecretString, account_email: &str, issuer: &str) -> String {
    let (email, issuer) = (percent_encoded(account_email), percent_encoded(issuer));
    format!("otpauth://totp/{issuer}:{email}?secret={}&issuer={issuer}", secret.expose_secret())
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

/// The step whose code this is, to be stored as the last one; `None` when the code is wrong, or not of a step after
/// `last_step`. Spaces are left out, as apps show `123 456`.
#[must_use]
pub fn check(secret: &SecretString, code: &str, now: Timestamp, last_step: u64) -> Option<u64> {
    let totp = totp(secret)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let current = u64::try_from(now.as_second()).ok()? / STEP_S;
    let steps = current.saturating_sub(1)..=current.saturating_add(1);
    // Which step it is, is no secret; what its code is, is compared in constant time.
    steps.rev().find(|step| *step > last_step && is_code_of(&totp, *step, &code))
}

fn totp(secret: &SecretString) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret.expose_secret()).ok()?;
    Builder::new().with_step_duration(STEP_S).with_secret(secret).build().ok()
}

fn is_code_of(totp: &Totp, step: u64, code: &str) -> bool {
    same(totp.generate(step.saturating_mul(STEP_S)).to_string().as_bytes(), code.as_bytes())
}

/// Ten codes for the day the telephone is lost, each good once, as `xxxxx-xxxxx-xxxxx-xxxxx-xxxxx`. Shown once; what is
/// kept is [`backup_hash`] of each.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn backup_codes() -> Result<Vec<String>, Failure> {
    (0..BACKUP_CODES).map(|_| backup_code()).collect()
}

fn backup_code() -> Result<String, Failure> {
    let mut code = String::with_capacity(BACKUP_CHARS + BACKUP_CHARS / 5);
    for (position, byte) in random_bytes::<BACKUP_CHARS>()?.into_iter().enumerate() {
        if position > 0 && position % 5 == 0 {
            code.push('-');
        }
        // 256 is a multiple of 32, so every character is equally likely.
        code.extend(ALPHABET.get(usize::from(byte % 32)).copied().map(char::from));
    }
    Ok(code)
}

/// The SHA-256, in hex, under which a backup code is kept, however it was typed: case, spaces and hyphens do not
/// matter, `o` is read as zero, `i` and `l` as one.
#[must_use]
pub fn backup_hash(code: &str) -> String {
    let typed = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let normal: String = typed
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    sha256_hex(&normal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The secret of RFC 6238, appendix B: `12345678901234567890`.
    fn secret() -> SecretString {
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B has eight digits; six are its last six.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(check(&secret(), code, at(second), 0), Some(second as u64 / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_around_its_own() {
        let code = "050471"; // of step 37037037
        let begins = 37_037_037 * 30;
        for (second, expected) in [(-31, false), (-30, true), (0, true), (30, true), (59, true), (60, false)] {
            assert_eq!(check(&secret(), code, at(begins + second), 0).is_some(), expected, "{second}");
        }
    }

    #[test]
    fn no_code_is_taken_twice_nor_an_older_one() {
        let now = at(1_111_111_111);
        let step = check(&secret(), "050471", now, 0).unwrap();
        assert_eq!(check(&secret(), "050471", now, step), None);
        assert_eq!(check(&secret(), "081804", now, step), None, "the code before it");
        assert_eq!(check(&secret(), "050471", now, step - 1), Some(step));
    }

    #[test]
    fn spaces_do_not_matter_and_anything_else_does() {
        let now = at(1_111_111_111);
        assert!(check(&secret(), " 050 471 ", now, 0).is_some());
        for wrong in ["", "50471", "0050471", "050472", "+50471", "०५०४७१", "94287082"] {
            assert_eq!(check(&secret(), wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_that_is_none_has_no_codes() {
        for bad in ["", "not base32!", "GEZDGNBV"] {
            assert_eq!(check(&bad.into(), "050471", at(1_111_111_111), 0), None, "{bad}");
        }
        assert_eq!(check(&secret(), "050471", at(-1), 0), None);
    }

    #[test]
    fn a_new_secret_has_160_bits() {
        let secret = new_secret().unwrap();
        assert_eq!(Secret::try_from_base32(secret.expose_secret()).unwrap().as_bytes().len(), 20);
        assert_ne!(secret.expose_secret(), new_secret().unwrap().expose_secret());
    }

    #[test]
    fn the_url_escapes_what_names_hold() {
        let url = otpauth_url(&secret(), "ana+é@example.com", "Acme & Sons: Roofs");
        assert_eq!(
            url,
            "otpauth://totp/Acme%20%26%20Sons%3A%20Roofs:ana%2B%C3%A9%40example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20%26%20Sons%3A%20Roofs"
        );
    }

    #[test]
    fn ten_backup_codes_of_25_characters_are_all_different() {
        let codes = backup_codes().unwrap();
        let hashes: BTreeSet<String> = codes.iter().map(|code| backup_hash(code)).collect();
        assert_eq!(hashes.len(), 10);
        for code in &codes {
            let groups: Vec<&str> = code.split('-').collect();
            assert!(groups.len() == 5 && groups.iter().all(|group| group.len() == 5), "{code}");
            assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn a_backup_code_is_known_however_it_is_typed() {
        let kept = backup_hash("a01c5-k8x2p-qrstv-00000-11111");
        for typed in ["A01C5-K8X2P-QRSTV-00000-11111", " aOlc5k8x2p qrstv OOooo iIlL1 ", "a01c5k8x2pqrstv0000011111"] {
            assert_eq!(backup_hash(typed), kept, "{typed}");
        }
        assert_ne!(backup_hash("a01c5-k8x2p-qrstv-00000-11112"), kept);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_judged(code in any::<String>(), base32 in any::<String>(), second in -377_705_023_201_i64..253_402_207_200) {
            let _ = check(&base32.into(), &code, at(second), 0);
            prop_assert_eq!(backup_hash(&code).len(), 64);
        }
    }
}
