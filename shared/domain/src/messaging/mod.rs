//! Messages on their way in and out: channels, addresses, what a webhook hands on, consent, verdicts, delivery.

mod address;
mod channel;
pub mod consent;
pub mod delivery;
mod explanation;
mod inbound;
mod kind;
mod numbering;
mod standing;
mod strength;
mod tries;
mod typed_phone;
mod verdict;
mod word;

pub use address::{Address, Email, Phone};
pub use channel::{Channel, Source};
pub use delivery::{DeliveryState, MessageRef};
pub use explanation::Explanation;
pub use inbound::{AMENDS, Amendment, Content, Inbound, MediaKind};
pub use kind::{Kind, Purpose};
pub use standing::Standing;
pub use strength::Strength;
pub use verdict::{Awaited, Ruled, Verdict};
