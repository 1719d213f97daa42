//! The orders of a week, from the plan.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use stock::Plan;
use utoipa::ToSchema;

use super::{
    Known, LeftOut, LeftOutReason, LineReason, MAX_ORDER_LINES, OrderLine, OrderState, PurchaseOrder, ReasonKind,
    SeenLead,
};
use crate::ids::{ItemId, PlaceId, PurchaseOrderId, SupplierId};
use crate::messaging::Email;
use crate::tenancy::{Location, Tenant};

/// What came of a week: its orders, and what is wanted and not ordered. Its item is the mark that the week was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderWeek {
    /// Which week, such as `2026-W49`.
    #[schema(example = "2026-W49")]
    pub week: String,
    /// When it was planned (UTC).
    pub planned_at: Timestamp,
    /// The orders that were drafted.
    pub orders: Vec<PurchaseOrderId>,
    /// What is wanted and not ordered, or comes too late.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// The stock and the orders at which each item is ordered, as said or as worked out.
    #[serde(default)]
    pub reorder_points: BTreeMap<ItemId, i64>,
    /// Who was told that its orders wait for a yes.
    #[serde(default)]
    pub told: Vec<Email>,
}

impl OrderWeek {
    /// For how long it is kept.
    pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);
}

/// The drafts of a plan, one for each supplier that is ordered from, in the order of the suppliers' slugs; and what is not in them.
#[must_use]
pub fn drafts(
    tenant: &Tenant,
    week: &str,
    (known, plan): (&Known, &Plan),
    (deliver_to, deliver_lines): (&PlaceId, &[String]),
    now: Timestamp,
) -> (Vec<PurchaseOrder>, Vec<LeftOut>) {
    let mut left_out: Vec<LeftOut> = plan.left_out.iter().filter_map(LeftOut::of).collect();
    let mut draft = |order: &stock::Order| {
        let supplier = known.suppliers.iter().find(|supplier| supplier.id.as_str() == order.supplier)?;
        let all = order.lines.iter().filter_map(|line| self::line(line, known, &supplier.id));
        let mut lines: Vec<OrderLine> = all.collect();
        let over = lines.split_off(lines.len().min(MAX_ORDER_LINES));
        left_out.extend(over.into_iter().map(|line| too_many(&line, &supplier.id)));
        let id = PurchaseOrder::id_of_week(&tenant.id, week, &supplier.id);
        let draft = PurchaseOrder {
            id,
            number: PurchaseOrder::number_of_week(id, week),
            supplier: supplier.id.clone(),
            supplier_name: supplier.name.clone(),
            state: OrderState::Draft,
            lines,
            goods_cents: 0,
            shipping_cents: 0,
            total_cents: 0,
            currency: tenant.currency.clone(),
            deliver_to: deliver_to.clone(),
            deliver_lines: deliver_lines.to_vec(),
            expected_on: None,
            week: Some(week.to_owned()),
            ordered_on: known.today,
            note: supplier.note.clone(),
            pdf: None,
            decided_by: None,
            decided_at: None,
            mail: None,
            cancelled: None,
            created_at: now,
            updated_at: now,
        };
        (!draft.lines.is_empty()).then(|| draft.summed(supplier))
    };
    let drafts = plan.orders.iter().filter_map(&mut draft).collect();
    (drafts, left_out)
}

/// The address that goods come to, line by line: a location's, else that of the business.
#[must_use]
pub fn delivery_lines(tenant: &Tenant, locations: &[Location], deliver_to: &PlaceId) -> Vec<String> {
    let location = locations.iter().find(|location| location.id.as_str() == deliver_to.as_str());
    match location {
        Some(location) => vec![location.name.clone(), location.address.line()],
        None => tenant.business.address.as_deref().unwrap_or_default().lines().map(str::to_owned).collect(),
    }
}

fn too_many(line: &OrderLine, supplier: &SupplierId) -> LeftOut {
    LeftOut {
        item: line.item.clone(),
        units: line.quantity,
        reason: LeftOutReason::OrderFull,
        supplier: Some(supplier.clone()),
        runs_out: None,
        first: None,
    }
}

fn line(line: &stock::Line, known: &Known, supplier: &SupplierId) -> Option<OrderLine> {
    let item = known.items.iter().find(|item| item.id.as_str() == line.item)?;
    let offer = item.offer_of(supplier)?;
    let priced = OrderLine::of(item, offer, line.packs);
    let mut reasons: Vec<LineReason> = line.reasons.iter().map(LineReason::from).collect();
    let is_other = |seen: &SeenLead| (seen.lead.days, seen.lead.late_days) != (offer.lead_days, offer.late_days);
    reasons.extend(known.seen_lead(offer).filter(is_other).map(|seen| LineReason {
        supplier: Some(supplier.clone()),
        days: Some(seen.lead.days),
        seen: Some(seen.lines),
        ..LineReason::of(ReasonKind::LeadTime, 0)
    }));
    Some(OrderLine { expected_on: Some(line.arrives), reasons, ..priced })
}
