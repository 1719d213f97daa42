//! Stripe's signature: `Stripe-Signature: t=SECONDS,v1=HEX[,v1=HEX...]`, HMAC-SHA256 over `t.body`.
//!
//! Several `v1` are signatures under several secrets (one is being rolled over); one that fits is enough. `v0` is for
//! Stripe's own tests. Source: docs.stripe.com/webhooks, "Verify manually".

use aws_lc_rs::hmac::HMAC_SHA256;
use secrecy::{ExposeSecret, SecretString};

use crate::signature::{Delivery, Refusal, check_hmac, from_hex, malformed};

const HEADER: &str = "Stripe-Signature";

/// Checks the signature and its age.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(secret: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    verify_in(HEADER, secret, delivery)
}

/// The same in another header: Calendly signs as Stripe does.
pub(crate) fn verify_in(name: &str, secret: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    let header = delivery.header(name)?;
    let parts = || header.split(',').filter_map(|part| part.split_once('='));
    let signed_at = parts().find(|(name, _)| *name == "t").map(|(_, value)| value);
    let shape = || malformed(name, "`t=SECONDS,v1=HEXADECIMAL`");
    let signed_at = signed_at.ok_or_else(shape)?;
    let seconds = signed_at.parse().map_err(|_| shape())?;

    let message = [signed_at.as_bytes(), b".", delivery.body].concat();
    let mut result = Err(shape());
    for tag in parts().filter(|(name, _)| *name == "v1").filter_map(|(_, value)| from_hex(value)) {
        result = check_hmac(HMAC_SHA256, secret.expose_secret().as_bytes(), &message, &tag, "the timestamp and body");
        if result.is_ok() {
            break;
        }
    }
    result?;
    delivery.fresh(seconds)
}
