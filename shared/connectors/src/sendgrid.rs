//! SendGrid's signed event webhook: ECDSA on P-256 with SHA-256 over timestamp and body.
//!
//! The "secret" is the public key of the webhook's settings: base64 of a DER SubjectPublicKeyInfo. Source:
//! twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use secrecy::{ExposeSecret, SecretString};

use crate::signature::{Delivery, Refusal, from_base64, malformed};

const SIGNATURE: &str = "X-Twilio-Email-Event-Webhook-Signature";
const TIMESTAMP: &str = "X-Twilio-Email-Event-Webhook-Timestamp";

/// Checks the signature and its age.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(public_key: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    let signature = from_base64(delivery.header(SIGNATURE)?).ok_or_else(|| malformed(SIGNATURE, "base64"))?;
    let timestamp = delivery.header(TIMESTAMP)?;
    let seconds = timestamp.parse().map_err(|_| malformed(TIMESTAMP, "in seconds since 1970"))?;
    let key = from_base64(public_key.expose_secret()).ok_or(Refusal::Secret("not a public key in base64"))?;

    let message = [timestamp.as_bytes(), delivery.body].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key)
        .verify(&message, &signature)
        .map_err(|_| Refusal::Mismatch("the timestamp and body"))?;
    delivery.fresh(seconds)
}
