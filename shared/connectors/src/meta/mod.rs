//! WhatsApp Cloud API, from Meta: the subscription's challenge, the signature, and what a delivery holds.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks.

mod challenge;
pub mod codes;
mod contacts;
mod content;
mod parse;

use domain::messaging::delivery::StatusUpdate;
use secrecy::SecretString;

pub use challenge::{Challenge, challenge};
pub use parse::parse;

use crate::parsed::Parsed;
use crate::plain;
use crate::signature::Refusal;

/// What one of our numbers got: one element of `entry[].changes[]` with the field `messages`.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Meta's id of the number that it was sent to: this finds the tenant.
    pub phone_number_id: String,
    /// What people sent, in Meta's order.
    pub messages: Vec<Parsed>,
    /// Meta's word on messages that we sent.
    pub statuses: Vec<StatusUpdate>,
    /// How many notices were left out: they tell of something that nobody waits to be answered on.
    pub ignored: usize,
}

/// Checks `X-Hub-Signature-256`, the HMAC-SHA256 of the raw body under the app secret.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(app_secret: &SecretString, signature_header: Option<&str>, body: &[u8]) -> Result<(), Refusal> {
    plain::verify(app_secret, "X-Hub-Signature-256", signature_header, body)
}
