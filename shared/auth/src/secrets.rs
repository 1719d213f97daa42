//! What all secrets share: where they come from, how they are kept, how they are compared.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::{Engine as _, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Failure;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt::Write as _;

/// How many random bytes a token holds: 192 bits, so that SHA-256 without a salt keeps it safe (ASVS 5.0, 6.5.2).
const TOKEN_BYTES: usize = 24;
/// How many characters they are in base64url.
pub(crate) const TOKEN_CHARS: usize = TOKEN_BYTES / 3 * 4;

/// `N` random bytes.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Failure::Retryable("the system gives no random bytes".into()))?;
    Ok(bytes)
}

/// A new secret of 192 bits: `prefix`, by which people and scanners know what leaked, then 32 characters of base64url.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn random_token(prefix: &str) -> Result<SecretString, Failure> {
    let random = URL_SAFE_NO_PAD.encode(random_bytes::<TOKEN_BYTES>()?);
    Ok(format!("{prefix}{random}").into())
}

/// A new secret that signs webhooks, as Standard Webhooks writes one: `whsec_` and the base64 of 256 random bits.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn webhook_secret() -> Result<SecretString, Failure> {
    Ok(format!("whsec_{}", STANDARD.encode(random_bytes::<32>()?)).into())
}

/// A name that no two things have: 16 random hexadecimal digits. No secret.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn random_name() -> Result<String, Failure> {
    Ok(hex(&random_bytes::<8>()?))
}

/// Six random digits, each as likely as any other: a code that is typed back within minutes and a few tries.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn random_digits() -> Result<String, Failure> {
    // Of 2^64 numbers, a millionth more or less of each code.
    let number = u64::from_le_bytes(random_bytes()?);
    Ok(format!("{:06}", number % 1_000_000))
}

/// The token that `seed` makes of `text`: 32 characters of base64url (192 bits of HMAC-SHA-256), always the same. Without
/// the seed no one can make it of the text, nor without the text of the seed.
#[must_use]
pub(crate) fn derived_token(seed: &str, text: &str) -> SecretString {
    let tag = sign(&Key::new(HMAC_SHA256, seed.as_bytes()), text.as_bytes());
    let kept = tag.as_ref().get(..TOKEN_BYTES).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(kept).into()
}

/// SHA-256 in 64 lower-case hexadecimal digits: how random tokens are kept. Not for what a person thought up.
#[must_use]
pub fn sha256_hex(text: &str) -> String {
    sha256_hex_of(text.as_bytes())
}

/// The SHA-256 of bytes, in 64 lower-case hexadecimal digits: by which contents are told apart.
#[must_use]
pub fn sha256_hex_of(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

/// What the code of an OAuth 2 request is exchanged with (PKCE, RFC 7636, 4.1): 64 characters, 384 random bits.
///
/// # Errors
/// [`Failure::Retryable`] when the system has no randomness to give.
pub fn code_verifier() -> Result<SecretString, Failure> {
    let first = random_token("")?;
    random_token(first.expose_secret())
}

/// What is shown of a verifier before: its SHA-256 in base64url (PKCE, RFC 7636, 4.2, `S256`).
#[must_use]
pub fn code_challenge(verifier: &SecretString) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.expose_secret().as_bytes()))
}

/// HMAC-SHA-256 (RFC 2104) of a text in 64 lower-case hexadecimal digits: how something that can be guessed is kept, such as
/// a phone number. Without the key no one can try guesses.
#[must_use]
pub fn hmac_hex(key: &SecretString, text: &str) -> String {
    hex(sign(&Key::new(HMAC_SHA256, key.expose_secret().as_bytes()), text.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether both are the same, in a time that depends on their lengths only.
#[must_use]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    verify_slices_are_equal(a, b).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_prefix_and_192_bits_and_never_the_same() {
        let token = random_token("pl_test_").unwrap();
        let random = token.expose_secret().strip_prefix("pl_test_").unwrap();
        assert_eq!(random.len(), TOKEN_CHARS);
        assert_eq!(URL_SAFE_NO_PAD.decode(random).unwrap().len(), 24);
        assert_ne!(token.expose_secret(), random_token("pl_test_").unwrap().expose_secret());
    }

    #[test]
    fn a_secret_of_a_webhook_is_256_bits_and_never_the_same() {
        let secret = webhook_secret().unwrap();
        let random = secret.expose_secret().strip_prefix("whsec_").unwrap();
        assert_eq!(STANDARD.decode(random).unwrap().len(), 32);
        assert_ne!(secret.expose_secret(), webhook_secret().unwrap().expose_secret());
    }

    #[test]
    fn a_hash_is_the_one_of_fips_180() {
        assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_challenge_is_the_one_of_rfc_7636() {
        let verifier = SecretString::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(code_challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let made = code_verifier().unwrap();
        assert!((43..=128).contains(&made.expose_secret().len()));
        assert_ne!(made.expose_secret(), code_verifier().unwrap().expose_secret());
    }

    #[test]
    fn a_keyed_hash_is_the_one_of_rfc_4231() {
        let key = SecretString::from("Jefe".to_owned());
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hmac_hex(&key, "what do ya want for nothing?"), expected);
    }

    #[test]
    fn only_equal_bytes_are_the_same() {
        assert!(same(b"abc", b"abc"));
        for other in [&b"abd"[..], b"ab", b"abcd", b""] {
            assert!(!same(b"abc", other));
        }
    }
}
