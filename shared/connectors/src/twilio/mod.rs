//! SMS, MMS and calls, from Twilio: the signature, incoming messages, status callbacks, missed calls.
//!
//! Everything arrives as a form post. Source: twilio.com/docs/usage/webhooks.

mod call;
pub mod codes;
mod owner;
mod sms;
mod status;
mod verify;

pub use call::{CallDelivery, parse_call};
pub use owner::{Owner, account_and_number};
pub use sms::{SmsDelivery, parse_sms};
pub use status::{StatusDelivery, parse_status};
pub use verify::verify;

/// The answer that makes Twilio do nothing more.
pub const EMPTY_TWIML: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;
