//! HubSpot's three signatures (developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests).
//!
//! | version | header | what |
//! |---|---|---|
//! | v1 | `X-HubSpot-Signature` | hexadecimal SHA-256 of secret and body |
//! | v2 | `X-HubSpot-Signature` | hexadecimal SHA-256 of secret, method, URL and body |
//! | v3 | `X-HubSpot-Signature-v3` | base64 HMAC-SHA256 of method, URL, body and `X-HubSpot-Request-Timestamp` (milliseconds) |
//!
//! `X-HubSpot-Signature-Version` tells v1 from v2; without it either will do. Where a v3 signature is there it counts
//! alone, because only it ages.

use aws_lc_rs::hmac::HMAC_SHA256;
use secrecy::{ExposeSecret, SecretString};

use crate::signature::{Delivery, Refusal, check_hmac, equal, from_base64, from_hex, malformed, sha256};

const SIGNATURE: &str = "X-HubSpot-Signature";
const VERSION: &str = "X-HubSpot-Signature-Version";
const SIGNATURE_V3: &str = "X-HubSpot-Signature-v3";
const TIMESTAMP: &str = "X-HubSpot-Request-Timestamp";

/// What v3 decodes in the URL before it signs, as HubSpot lists it.
const DECODED: [(&str, &str); 12] = [
    ("%3A", ":"),
    ("%2F", "/"),
    ("%3F", "?"),
    ("%40", "@"),
    ("%21", "!"),
    ("%24", "$"),
    ("%27", "'"),
    ("%28", "("),
    ("%29", ")"),
    ("%2A", "*"),
    ("%2C", ","),
    ("%3B", ";"),
];

/// Checks whichever signature the delivery carries.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(secret: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    let secret = secret.expose_secret();
    if secret.is_empty() {
        return Err(Refusal::Secret("empty"));
    }
    if delivery.headers.contains_key(SIGNATURE_V3) {
        return v3(secret, delivery);
    }
    let signature = from_hex(delivery.header(SIGNATURE)?).ok_or_else(|| malformed(SIGNATURE, "hexadecimal digits"))?;
    let fits = |parts: &[&[u8]]| equal(sha256(&parts.concat()).as_ref(), &signature);
    let v1 = || fits(&[secret.as_bytes(), delivery.body]);
    let v2 = || fits(&[secret.as_bytes(), delivery.method.as_bytes(), delivery.url.as_bytes(), delivery.body]);
    let accepted = match delivery.header(VERSION) {
        Ok("v1") => v1(),
        Ok("v2") => v2(),
        Ok(_) => return Err(malformed(VERSION, "`v1` or `v2`")),
        Err(_) => v1() || v2(),
    };
    if accepted { Ok(()) } else { Err(Refusal::Mismatch("the body (v1), or the method, URL and body (v2)")) }
}

fn v3(secret: &str, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    let tag = from_base64(delivery.header(SIGNATURE_V3)?).ok_or_else(|| malformed(SIGNATURE_V3, "base64"))?;
    let timestamp = delivery.header(TIMESTAMP)?;
    let milliseconds: i64 = timestamp.parse().map_err(|_| malformed(TIMESTAMP, "in milliseconds since 1970"))?;
    let url = DECODED.iter().fold(delivery.url.to_owned(), |url, (coded, plain)| {
        url.replace(coded, plain).replace(&coded.to_ascii_lowercase(), plain)
    });

    let message = [delivery.method.as_bytes(), url.as_bytes(), delivery.body, timestamp.as_bytes()].concat();
    check_hmac(HMAC_SHA256, secret.as_bytes(), &message, &tag, "the method, URL, body and timestamp")?;
    delivery.fresh(milliseconds.div_euclid(1000))
}
