//! One file per vendor: signature check and payload parsing on the way in, a client on the way out.
//!
//! The way in is pure: bytes and a secret in, values or a [`domain::Failure`] out. Nothing here looks up a tenant,
//! reads a clock or touches a network, and every parser may be fed bytes that nobody has authenticated yet: a caller
//! has to read whose delivery it is before it can pick the secret to check it with.

pub mod body;
pub mod calendars;
mod charset;
pub mod codes;
pub mod download;
pub mod feed;
pub mod google;
pub mod hubspot;
pub mod live_chat;
pub mod meta;
pub mod missed_call;
pub mod parsed;
pub mod plain;
pub mod recorded_delivery;
mod repair;
pub mod send;
pub mod sendgrid;
pub mod ses;
pub mod signature;
pub mod standard_webhooks;
pub mod stripe;
pub mod twilio;
pub mod weather;
pub mod web_form;

/// The largest body that is read, in bytes. Larger media never come in a body: vendors send references.
pub const MAX_BODY_BYTES: usize = 256 * 1024;
