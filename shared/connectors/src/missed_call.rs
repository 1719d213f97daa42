//! A call that nobody took, told by any telephone system that can post JSON. Twilio's own callbacks: [`crate::twilio`].
//!
//! `{"call_key", "caller", "call_id"?, "channel"?: "sms" | "whatsapp"}`
//!
//! Without a `call_id`, calls of one caller within the same ten minutes are one: whoever tries three times in a row
//! is texted once. A `caller` without a number (`Restricted`, `anonymous`) or in a network of its own (`sip:…`) cannot be
//! texted at all.

use domain::Failure;
use domain::messaging::{Address, Channel, Content, Phone};
use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::body::{Node, json};
use crate::parsed::{Parsed, Received, Unanswerable, derived_id};

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
pub fn parse(body: &[u8], region: &str, received_at: Timestamp) -> Result<Received<MissedCall>, Failure> {
    let document = json(body)?;
    let root = Node::root(&document);
    let caller = root.get("caller")?.text()?;
    if is_hidden(caller) {
        let id = root.opt_id("call_id")?.filter(|id| id.chars().count() <= MAX_ID_CHARS);
        let id = id.unwrap_or_else(|| derived_id(&[caller], received_at, 1));
        return Ok(Received::Unanswerable(Unanswerable::new(&id, caller)));
    }
    let caller = Address::Phone(Phone::typed(caller, region, "caller")?);
    let channel = match root.opt_text("channel")? {
        None => None,
        Some("sms") => Some(Channel::Sms),
        Some("whatsapp") => Some(Channel::Whatsapp),
        Some(_) => return Err(root.get("channel")?.must("be `sms` or `whatsapp`")),
    };
    let vendor_id = match root.opt_id("call_id")? {
        Some(id) if id.chars().count() <= MAX_ID_CHARS => id,
        Some(_) => return Err(root.get("call_id")?.must(&format!("be at most {MAX_ID_CHARS} characters"))),
        None => derived_id(&[&caller.key()], received_at, SAME_CALL_S),
    };
    Ok(Received::Message(MissedCall {
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
    }))
}

/// Whether a caller shows no number that can be texted: words without a figure, or an address of Internet telephony.
fn is_hidden(caller: &str) -> bool {
    let is_address = ["sip:", "sips:"]
        .iter()
        .any(|scheme| caller.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    is_address || !caller.contains(|c: char| c.is_numeric())
}
