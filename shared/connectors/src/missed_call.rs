//! A call that nobody took, told by any telephone system that can post JSON. Twilio's own callbacks: [`crate::twilio`].
//!
//! `{"call_key", "caller", "call_id"?, "channel"?: "sms" | "whatsapp"}`
//!
//! Without a `call_id`, calls of one caller within the same ten minutes are one: whoever tries three times in a row
//! is texted once.

use domain::Failure;
use domain::messaging::{Address, Channel, Content, Phone};
use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::body::{Node, json};
use crate::parsed::{Parsed, derived_id};

/// The span in which calls of one caller are one, in seconds.
const SAME_CALL_S: i64 = 600;
const MAX_ID_CHARS: usize = 100;

/// One missed call.
#[derive(Debug, Clone, PartialEq)]
pub struct MissedCall {
    /// The tenant's key.
    pub call_key: String,
    /// How to text the caller back, where the request says; else it is the tenant's choice.
    pub channel: Option<Channel>,
    /// The call as a message of the caller.
    pub message: Parsed,
}

/// The call key: what finds the tenant, and so the region to [`parse`] with.
///
/// # Errors
/// [`Failure::Rejected`]: too large, no JSON, or no `call_key`.
pub fn call_key(body: &[u8]) -> Result<String, Failure> {
    let document = json(body)?;
    Ok(Node::root(&document).get("call_key")?.text()?.to_owned())
}

/// Reads a call. A number without a country code is one of `region`, an ISO 3166 country.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or malformed, naming the field.
pub fn parse(body: &[u8], region: &str, received_at: Timestamp) -> Result<MissedCall, Failure> {
    let document = json(body)?;
    let root = Node::root(&document);
    let caller = Address::Phone(Phone::typed(root.get("caller")?.text()?, region, "caller")?);
    let channel = match root.opt_text("channel")? {
        None => None,
        Some("sms") => Some(Channel::Sms),
        Some("whatsapp") => Some(Channel::Whatsapp),
        Some(_) => return Err(root.get("channel")?.must("be `sms` or `whatsapp`")),
    };
    let vendor_id = match root.opt_text("call_id")? {
        Some(id) if id.chars().count() <= MAX_ID_CHARS => id.to_owned(),
        Some(_) => return Err(root.get("call_id")?.must(&format!("be at most {MAX_ID_CHARS} characters"))),
        None => derived_id(&[&caller.key()], received_at, SAME_CALL_S),
    };
    Ok(MissedCall {
        call_key: root.get("call_key")?.text()?.to_owned(),
        channel,
        message: Parsed {
            vendor_id,
            from: caller,
            also: Vec::new(),
            name: None,
            content: Content::MissedCall,
            sent_at: None,
            fields: BTreeMap::new(),
        },
    })
}
