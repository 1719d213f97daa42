//! A voice status callback: whether somebody took the call.
//!
//! A call that is passed on with `<Dial>` ends as `completed` whether or not anybody took it; what became of the
//! passed-on leg is in `DialCallStatus`, so that counts where it is there. Source:
//! twilio.com/docs/voice/twiml#request-parameters and twilio.com/docs/voice/twiml/dial#attributes-action-parameters.

use domain::Failure;
use domain::messaging::{Address, Content, Phone};
use std::collections::BTreeMap;

use super::owner::{Party, party};
use crate::body::Form;
use crate::parsed::{Parsed, Received, Unanswerable};

/// What Twilio puts into `From` when the caller hides their number: the words on a telephone's keys.
/// Source: help.twilio.com, "Why am I getting calls from these strange numbers?".
const HIDDEN: [&str; 5] = [
    "+266696687",   // ANONYMOUS
    "+7378742833",  // RESTRICTED
    "+2562533",     // BLOCKED
    "+8566696",     // UNKNOWN
    "+86282452253", // UNAVAILABLE
];

/// A call that nobody took.
#[derive(Debug, Clone, PartialEq)]
pub struct CallDelivery {
    /// The account it came through, `AC…`.
    pub account_sid: String,
    /// Our number: with the account, this finds the tenant.
    pub to: Phone,
    /// How it ended: `no-answer`, `busy` or `failed`.
    pub call_status: String,
    /// The call as a message of the caller.
    pub message: Parsed,
}

/// Reads a callback. `None` for a call that was taken, is still ringing, or was ours. A caller who hides their number, or
/// calls over the Internet (`sip:…`), cannot be texted.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or malformed, naming Twilio's parameter.
pub fn parse_call(body: &[u8]) -> Result<Option<Received<CallDelivery>>, Failure> {
    let form = Form::read(body)?;
    let account_sid = form.text("AccountSid")?.to_owned();
    let vendor_id = form.text("CallSid")?.to_owned();
    let status = form.opt("DialCallStatus").map_or_else(|| form.text("CallStatus"), Ok)?;
    let from = form.text("From")?;
    let ours = form.opt("Direction").is_some_and(|direction| direction != "inbound");
    if !matches!(status, "no-answer" | "busy" | "failed") || ours {
        return Ok(None);
    }
    let caller = party(from, "From").ok().filter(|_| !HIDDEN.contains(&from));
    let Some(Party { phone, .. }) = caller else {
        return Ok(Some(Received::Unanswerable(Unanswerable::new(&vendor_id, from))));
    };
    Ok(Some(Received::Message(CallDelivery {
        account_sid,
        to: party(form.text("To")?, "To")?.phone,
        call_status: status.to_owned(),
        message: Parsed {
            vendor_id,
            from: Address::Phone(phone),
            also: Vec::new(),
            name: None,
            content: Content::MissedCall,
            sent_at: None,
            fields: BTreeMap::new(),
        },
    })))
}
