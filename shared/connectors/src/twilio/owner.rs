//! Whose delivery it is: what must be known before its signature can be checked.

use domain::Failure;
use domain::messaging::Phone;

use crate::body::Form;

/// The account, and the number of ours, that a delivery is about. Not to be trusted until its signature is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// `AC…`: its auth token signs the delivery.
    pub account_sid: String,
    /// Our number: the receiver of a message or call, the sender in a status callback. `None` where it is no number.
    pub number: Option<Phone>,
}

/// Reads the account and our number from any of Twilio's form posts.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or `AccountSid` is missing.
pub fn account_and_number(body: &[u8]) -> Result<Owner, Failure> {
    let form = Form::read(body)?;
    let ours = if form.opt("MessageStatus").is_some() { "From" } else { "To" };
    let number = form.opt(ours).and_then(|text| party(text, ours).ok()).map(|party| party.phone);
    Ok(Owner { account_sid: form.text("AccountSid")?.to_owned(), number })
}

/// One end of a message.
pub(super) struct Party {
    pub(super) phone: Phone,
    pub(super) over_whatsapp: bool,
}

/// Reads `+14155550100` or `whatsapp:+14155550100`. What has no `+` is a short code or a name.
pub(super) fn party(text: &str, field: &str) -> Result<Party, Failure> {
    let over_whatsapp = text.strip_prefix("whatsapp:");
    let number = over_whatsapp.unwrap_or(text);
    let number = if number.starts_with('+') { number } else { "" };
    Ok(Party { phone: Phone::e164(number, field)?, over_whatsapp: over_whatsapp.is_some() })
}
