//! Outgoing webhooks: where a tenant wants its events posted, in which form, when each is tried again, and when an
//! address is given up. The wire format is Standard Webhooks (standardwebhooks.com); `connectors::standard_webhooks`
//! signs.

mod delivery;
mod message;
mod retry;
mod target;
mod webhook;

pub use delivery::{DueDelivery, Outcome, State, Try, WebhookDelivery, answer_text};
pub use message::{Message, TEST};
pub use retry::{MAX_TRIES, gives_up, next_try};
pub use target::{Reach, check_url, is_public};
pub use webhook::{Disabled, MAX_WEBHOOKS, PREVIOUS_SECRET_FOR, Secret, Webhook, check_description, check_events};
