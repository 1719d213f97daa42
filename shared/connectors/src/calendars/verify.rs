//! Whether a message about a calendar is the vendor's: an HMAC of the raw body, in constant time.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::scheduling::CalendarKind;
use secrecy::{ExposeSecret as _, SecretString};

use crate::signature::{Delivery, Refusal};
use crate::{plain, standard_webhooks, stripe};

const CALCOM: &str = "X-Cal-Signature-256";
const CALENDLY: &str = "Calendly-Webhook-Signature";

/// Checks a message of a scheduler. Cal.com signs no time, so that one can come again: it has the calendar read, and says nothing else.
///
/// # Errors
/// A [`Refusal`]: 401; also for a vendor that signs nothing.
pub fn verify(kind: CalendarKind, secret: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    match kind {
        // Where no secret is set, Cal.com says so in words, which are no signature.
        CalendarKind::CalCom => plain::verify(secret, CALCOM, Some(delivery.header(CALCOM)?), delivery.body),
        CalendarKind::Calendly => stripe::verify_in(CALENDLY, secret, delivery),
        // Its headers are those of Standard Webhooks. Whether the key is the secret's text or what that stands for is not documented.
        CalendarKind::Shopmonkey => standard_webhooks::verify(secret, delivery)
            .or_else(|_| standard_webhooks::verify(&STANDARD.encode(secret.expose_secret()).into(), delivery)),
        CalendarKind::Feed | CalendarKind::Google | CalendarKind::WhenIWork => Err(Refusal::Incomplete("a signature")),
    }
}
