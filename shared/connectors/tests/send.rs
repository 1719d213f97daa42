//! The senders against servers that answer in the vendors' documented formats, and against ones that do not.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "send/email.rs"]
mod email;
#[path = "send/faults.rs"]
mod faults;
#[path = "send/letter.rs"]
mod letter;
#[path = "send/meta.rs"]
mod meta;
#[path = "send/support.rs"]
mod support;
#[path = "send/twilio.rs"]
mod twilio;
#[path = "send/webhook.rs"]
mod webhook;
