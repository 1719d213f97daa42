//! The sequences that every tenant has until it words its own: data, read once.
//!
//! Seeds: `000` 4.1, 4.3, 7.1 (quotes, appointments, collections), `001` 4.3 (the order of channels, the cadence), `003`
//! feature 13 (silent leads). None promises a discount, a scarcity or a deadline that the business did not.

use std::sync::LazyLock;

use super::Sequence;

const DOCUMENTS: [&str; 14] = [
    include_str!("shipped/silent-lead.json"),
    include_str!("shipped/quote-follow-up.json"),
    include_str!("shipped/welcome.json"),
    include_str!("shipped/appointment-booked.json"),
    include_str!("shipped/appointment-moved.json"),
    include_str!("shipped/appointment-reminders.json"),
    include_str!("shipped/appointment-rescue.json"),
    include_str!("shipped/appointment-cancelled.json"),
    include_str!("shipped/appointment-missed.json"),
    include_str!("shipped/review-request.json"),
    include_str!("shipped/billing.json"),
    include_str!("shipped/collections.json"),
    include_str!("shipped/reactivation.json"),
    include_str!("shipped/nurture.json"),
];

// That each of them can be read is tested.
static SHIPPED: LazyLock<Vec<Sequence>> =
    LazyLock::new(|| DOCUMENTS.iter().filter_map(|document| serde_json::from_str(document).ok()).collect());

/// The sequences that come with the product.
#[must_use]
pub fn shipped() -> &'static [Sequence] {
    &SHIPPED
}

/// A tenant's sequences: the shipped ones, each with the tenant's own of the same id in its place, and its others.
#[must_use]
pub fn in_force(own: &[Sequence]) -> Vec<Sequence> {
    let own_of = |shipped: &Sequence| own.iter().find(|own| own.id == shipped.id);
    let is_new = |own: &&Sequence| shipped().iter().all(|shipped| shipped.id != own.id);
    let first = shipped().iter().map(|shipped| own_of(shipped).unwrap_or(shipped));
    first.chain(own.iter().filter(is_new)).cloned().collect()
}

#[cfg(test)]
mod tests;
