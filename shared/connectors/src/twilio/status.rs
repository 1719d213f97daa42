//! A status callback: Twilio's word on a message that we sent.
//!
//! Our reference comes back as the query parameter `ref` of the callback's URL, which is signed with the rest.
//! Source: twilio.com/docs/messaging/guides/track-outbound-message-status.

use domain::Failure;
use domain::messaging::delivery::StatusUpdate;
use domain::messaging::{DeliveryState, MessageRef};

use super::codes::classify;
use crate::body::Form;

/// One status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusDelivery {
    /// The account that sent the message, `AC…`.
    pub account_sid: String,
    /// The status.
    pub update: StatusUpdate,
}

/// Reads a callback and the query string (without `?`) of the URL it came to.
///
/// `None` for a status that a message's state does not know: `queued`, `sending` and the like.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or malformed, naming Twilio's parameter.
pub fn parse_status(body: &[u8], query: &str) -> Result<Option<StatusDelivery>, Failure> {
    let form = Form::read(body)?;
    let account_sid = form.text("AccountSid")?.to_owned();
    let vendor_id = form.text("MessageSid")?.to_owned();
    let state = match form.text("MessageStatus")? {
        "sent" => DeliveryState::Sent,
        "delivered" => DeliveryState::Delivered,
        "read" => DeliveryState::Read,
        "failed" | "undelivered" => DeliveryState::Failed,
        _ => return Ok(None),
    };
    let reference = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "ref");
    let code: Option<i64> = match form.opt("ErrorCode") {
        Some(code) => Some(code.parse().map_err(|_| Failure::invalid("ErrorCode", "ErrorCode must be a number"))?),
        None => None,
    };
    let update = StatusUpdate {
        message: reference.and_then(|(_, text)| MessageRef::parse(&text).ok()),
        vendor_id,
        state,
        reason: code.map(|code| format!("twilio {code}")),
        blocked: code.and_then(|code| classify(code).blocked()),
    };
    Ok(Some(StatusDelivery { account_sid, update }))
}
