//! The plain scheme: a header with the HMAC-SHA256 of the raw body in hexadecimal, with or without `sha256=` before it.
//!
//! Meta and GitHub sign like this in `X-Hub-Signature-256`
//! (developers.facebook.com/docs/graph-api/webhooks/getting-started, docs.github.com "Validating webhook deliveries"),
//! and so do most vendors that have no scheme of their own.

use aws_lc_rs::hmac::HMAC_SHA256;
use secrecy::{ExposeSecret, SecretString};

use crate::signature::{Refusal, check_hmac, from_hex, malformed};

/// Checks the signature in the header `name`, whose value is `header`.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(secret: &SecretString, name: &str, header: Option<&str>, body: &[u8]) -> Result<(), Refusal> {
    let header = header.ok_or_else(|| Refusal::NoHeader(name.to_owned()))?;
    let digits = header.strip_prefix("sha256=").unwrap_or(header);
    let tag = from_hex(digits).ok_or_else(|| malformed(name, "`sha256=` and hexadecimal digits"))?;
    check_hmac(HMAC_SHA256, secret.expose_secret().as_bytes(), body, &tag, "the body")
}
