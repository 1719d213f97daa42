//! Messages on their way in and out: channels, addresses, what a webhook hands on, consent, the gate, delivery.

mod address;
mod channel;
pub mod consent;
pub mod delivery;
pub mod gate;
mod inbound;

pub use address::{Address, Email, Phone};
pub use channel::{Channel, Source};
pub use delivery::{DeliveryState, MessageRef};
pub use gate::{Verdict, gate};
pub use inbound::{Content, Inbound, MediaKind};
