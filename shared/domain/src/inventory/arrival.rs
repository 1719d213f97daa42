//! How long deliveries took, and the leads that follow from it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use stock::Lead;

use super::{Offer, OrderState, PurchaseOrder};
use crate::ids::{ItemId, SupplierId};

/// A line of an order that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// From whom.
    pub supplier: SupplierId,
    /// Which item.
    pub item: ItemId,
    /// Days from the order's mail to the line's last receipt, where the business is.
    pub days: u16,
}

/// A lead as deliveries have shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenLead {
    /// The lead.
    pub lead: Lead,
    /// By how many lines that came in.
    pub lines: u32,
}

impl Arrival {
    /// The lines of an order that are in: whole, or as far as they came where the order is over. One whose receipt was entered for a day
    /// before the order's mail says nothing.
    #[must_use]
    pub fn of(order: &PurchaseOrder, zone: &TimeZone) -> Vec<Self> {
        let Some(mail) = &order.mail else { return Vec::new() };
        let is_over = matches!(order.state, OrderState::Received | OrderState::Cancelled);
        let day = |at: jiff::Timestamp| -> Date { at.to_zoned(zone.clone()).date() };
        let lines = order.lines.iter().filter(|line| line.received > 0 && (is_over || line.open() == 0));
        let arrival = |line: &super::OrderLine| {
            let days = day(mail.at).until(day(line.received_at?)).ok()?.get_days();
            let days = u16::try_from(days).ok()?;
            Some(Self { supplier: order.supplier.clone(), item: line.item.clone(), days })
        };
        lines.filter_map(arrival).collect()
    }
}

/// The lead of a supplier, for goods of which it says `offer`: by how much longer or shorter than it says its deliveries took. `None`: too
/// few came in, and what it says holds.
#[must_use]
pub(super) fn seen_lead(
    supplier: &SupplierId,
    offer: &Offer,
    items: &[super::Item],
    all: &[Arrival],
) -> Option<SeenLead> {
    let over = |arrival: &Arrival| {
        let item = items.iter().find(|item| item.id == arrival.item)?;
        let stated = item.offer_of(supplier)?.lead_days;
        Some(i32::from(arrival.days).saturating_sub(i32::from(stated)))
    };
    let over: Vec<i32> = all.iter().filter(|arrival| arrival.supplier == *supplier).filter_map(over).collect();
    let lead = Lead::learned(&over, offer.lead_days)?;
    Some(SeenLead { lead, lines: u32::try_from(over.len()).unwrap_or(u32::MAX) })
}
