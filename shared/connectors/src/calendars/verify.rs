//! Whether a message about a calendar is the vendor's: an HMAC of the raw body, in constant time.

use domain::scheduling::CalendarKind;
use secrecy::SecretString;

use crate::signature::{Delivery, Refusal};
use crate::{plain, stripe};

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
        CalendarKind::Feed | CalendarKind::Google | CalendarKind::WhenIWork => Err(Refusal::Incomplete("a signature")),
    }
}
