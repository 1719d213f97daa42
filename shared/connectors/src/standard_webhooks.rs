//! Standard Webhooks (standardwebhooks.com): OpenAI, Svix and many others sign like this.
//!
//! `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, a list of `v1,BASE64` with spaces between;
//! Svix's own names begin with `svix-`. HMAC-SHA256 over `id.timestamp.body` under the bytes that the secret
//! (`whsec_` and base64) stands for.

use aws_lc_rs::hmac::HMAC_SHA256;
use secrecy::{ExposeSecret, SecretString};

use crate::signature::{Delivery, Refusal, check_hmac, from_base64, malformed};

/// Checks the signature and its age.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(secret: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    let header = |name: &str| {
        delivery.header(&format!("webhook-{name}")).or_else(|missing| {
            // The standard name is the one to tell of when neither is there.
            delivery.header(&format!("svix-{name}")).map_err(|_| missing)
        })
    };
    let (id, timestamp, signatures) = (header("id")?, header("timestamp")?, header("signature")?);
    let seconds = timestamp.parse().map_err(|_| malformed("webhook-timestamp", "in seconds since 1970"))?;
    let encoded = secret.expose_secret();
    let key = from_base64(encoded.strip_prefix("whsec_").unwrap_or(encoded));
    let key = key.ok_or(Refusal::Secret("not `whsec_` and base64"))?;

    let message = [id.as_bytes(), b".", timestamp.as_bytes(), b".", delivery.body].concat();
    let mut result = Err(malformed("webhook-signature", "`v1,BASE64`"));
    for tag in signatures.split(' ').filter_map(|part| from_base64(part.strip_prefix("v1,")?)) {
        result = check_hmac(HMAC_SHA256, &key, &message, &tag, "the id, timestamp and body");
        if result.is_ok() {
            break;
        }
    }
    result?;
    delivery.fresh(seconds)
}
