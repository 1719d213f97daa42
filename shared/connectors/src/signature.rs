//! What the signature checks of all vendors share: constant-time comparison, decoding, age.
//!
//! A check answers with a [`Refusal`] that names the reason. The reason is for operators (`porchlight verify-webhook`);
//! as a [`Failure`] it is the same bare 401 for all of them.

use aws_lc_rs::{constant_time::verify_slices_are_equal, digest, hmac};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Failure;
use http::HeaderMap;
use thiserror::Error;

/// How far a signed timestamp may be from now, either way, in seconds: what Stripe, Standard Webhooks and HubSpot advise.
pub const TOLERANCE_S: u64 = 300;

/// Why a delivery was not accepted. Holds no part of a secret, signature or body.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The header that carries the signature, or something signed with it, is not there.
    #[error("the header {0} is missing")]
    NoHeader(String),
    /// It is there and cannot be one.
    #[error("the header {name} is not {expected}")]
    Malformed {
        /// The header.
        name: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// The signature is another one than the secret gives.
    #[error("the signature is not the one that this secret gives for {0}")]
    Mismatch(&'static str),
    /// Twilio signs a body that is no form by its hash, in the URL.
    #[error("the URL has no bodySHA256 that equals the SHA-256 of the body")]
    BodyHash,
    /// It was signed too long ago, or in the future: a replay, or a clock that is wrong.
    #[error("signed {age_s} s away from now, and {tolerance_s} s are allowed")]
    Stale {
        /// Seconds between the signed time and now.
        age_s: u64,
        /// The limit.
        tolerance_s: u64,
    },
    /// An empty secret accepts nothing; neither does an invalid key.
    #[error("the secret is {0}")]
    Secret(&'static str),
    /// The check needs something that was not given.
    #[error("{0} is needed for this vendor")]
    Incomplete(&'static str),
}

impl From<Refusal> for Failure {
    fn from(_: Refusal) -> Self {
        Self::unauthorized()
    }
}

/// One request as it came in, for the vendors that sign more than the body.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// `POST`, mostly.
    pub method: &'a str,
    /// The public URL, as the vendor has it.
    pub url: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// The raw body.
    pub body: &'a [u8],
    /// Now, in seconds since 1970.
    pub now: i64,
    /// How far a signed timestamp may be from now, in seconds.
    pub tolerance_s: u64,
}

impl<'a> Delivery<'a> {
    /// The text of a header.
    pub(crate) fn header(&self, name: &str) -> Result<&'a str, Refusal> {
        let value = self.headers.get(name).ok_or_else(|| Refusal::NoHeader(name.to_owned()))?;
        value.to_str().map_err(|_| malformed(name, "plain text"))
    }

    /// Refuses a `signed_at` (seconds since 1970) that is too far from now.
    pub(crate) fn fresh(&self, signed_at: i64) -> Result<(), Refusal> {
        let age_s = self.now.abs_diff(signed_at);
        if age_s <= self.tolerance_s { Ok(()) } else { Err(Refusal::Stale { age_s, tolerance_s: self.tolerance_s }) }
    }
}

pub(crate) fn malformed(name: &str, expected: &'static str) -> Refusal {
    Refusal::Malformed { name: name.to_owned(), expected }
}

/// Whether `tag` is the HMAC of `message`, in constant time.
pub(crate) fn check_hmac(
    algorithm: hmac::Algorithm,
    secret: &[u8],
    message: &[u8],
    tag: &[u8],
    signed: &'static str,
) -> Result<(), Refusal> {
    if secret.is_empty() {
        return Err(Refusal::Secret("empty"));
    }
    let key = hmac::Key::new(algorithm, secret);
    hmac::verify(&key, message, tag).map_err(|_| Refusal::Mismatch(signed))
}

/// Whether both are equal, in a time that depends on their lengths only.
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    verify_slices_are_equal(a, b).is_ok()
}

pub(crate) fn sha256(bytes: &[u8]) -> digest::Digest {
    digest::digest(&digest::SHA256, bytes)
}

pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Reads pairs of hexadecimal digits.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(|c| c.to_digit(16)).collect::<Option<Vec<_>>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect::<Option<Vec<_>>>()?;
    rest.is_empty().then_some(bytes)
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_both_cases_and_nothing_else() {
        assert_eq!(from_hex("00fFa1"), Some(vec![0, 255, 161]));
        assert_eq!(to_hex(&[0, 255, 161]), "00ffa1");
        for bad in ["0", "0g", "é", "00 1"] {
            assert_eq!(from_hex(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn every_refusal_is_the_same_401() {
        for refusal in [Refusal::NoHeader("X".into()), Refusal::Mismatch("the body"), Refusal::Secret("empty")] {
            assert_eq!(Failure::from(refusal), Failure::unauthorized());
        }
    }

    #[test]
    fn an_empty_secret_accepts_nothing() {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, b""), b"body");
        assert_eq!(
            check_hmac(hmac::HMAC_SHA256, b"", b"body", tag.as_ref(), "the body"),
            Err(Refusal::Secret("empty"))
        );
    }
}
