//! Messages on their way in and out: channels, addresses, what a webhook hands on, consent, verdicts, delivery.

mod address;
mod channel;
pub mod consent;
pub mod delivery;
mod explanation;
mod inbound;
mod kind;
mod opt_out_state;
mod sms_length;
mod strength;
mod text_consent;
mod tries;
mod verdict;
mod withheld;
mod word;

pub use address::{Address, Email, Phone};
pub use channel::{Channel, Source};
pub use delivery::{DeliveryState, MessageRef};
pub use explanation::Explanation;
pub use inbound::{AMENDS, Amendment, Content, Inbound, MediaKind};
pub use kind::{Kind, Purpose};
pub use opt_out_state::OptOutState;
pub use sms_length::SmsLength;
pub use strength::Strength;
pub use text_consent::{MAX_PROOF_CHARS, TextConsent};
pub use verdict::{Awaited, Ruled, Verdict};
pub use withheld::Withheld;
