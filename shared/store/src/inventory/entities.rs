//! What is declared of stock and orders: a business's own. They name visits by their ids, and no contact.

use domain::inventory::OrderWeek;

use crate::table::entity::{Entity, Retention, of_platform, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant(
            "item",
            "id sku name unit category offers reorder_point safety_stock price_cents places per_visits active",
        )
    },
    Entity {
        tolerance: Tolerance::rewritten(&[("language", Instead::LeftOut), ("order_days.*", Instead::LeftOut)]),
        ..of_tenant(
            "supplier",
            "id name email account minimum_cents shipping_cents free_shipping_from_cents language order_days note active",
        )
    },
    Entity {
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant(
            "inventory_settings",
            "weekly weekly_budget_cents service_percent holding_percent most_days_ahead deliver_to",
        )
    },
    Entity {
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant("stock_level", "item places unit_cents since moved_at")
    },
    // Read to be folded: of a kind that this version does not know it could not say what it does.
    Entity {
        tolerance: Tolerance::of(&[("by", Instead::As(SYSTEM))]),
        ..of_tenant(
            "stock_movement",
            "id item kind place to quantity at recorded_at by staff appointment service booked_ahead order unit_cents \
             short note",
        )
    },
    of_platform("stock_movement_mark"),
    Entity { tolerance: Tolerance::rewritten(&[]), ..of_tenant("stock_used", "item month days by_staff by_place") },
    Entity {
        retention: Retention::ToItsEnd,
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant("job_parts", "appointment service day used")
    },
    Entity {
        // How far it is decides what may be done with it: an order of an unknown state is left to a version that knows it.
        tolerance: Tolerance::rewritten(&[
            ("lines.*.reasons.*", Instead::LeftOut),
            ("decided_by", Instead::As(SYSTEM)),
            ("cancelled", Instead::LeftOut),
        ]),
        ..of_tenant(
            "purchase_order",
            "id number supplier supplier_name state lines goods_cents shipping_cents total_cents currency deliver_to deliver_lines \
             expected_on week ordered_on note pdf decided_by decided_at mail cancelled created_at updated_at",
        )
    },
    Entity {
        retention: Retention::For(OrderWeek::KEPT_FOR),
        tolerance: Tolerance::of(&[("left_out.*", Instead::LeftOut)]),
        ..of_tenant("order_week", "week planned_at orders left_out reorder_points told")
    },
];
