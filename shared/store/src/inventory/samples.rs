//! A sample of every kind of item of this context: stock and orders.

use domain::ids::{AppointmentId, ItemId, MovementId, PurchaseOrderId};
use domain::inventory::{
    InventorySettings, Item, JobParts, Movement, OrderWeek, PurchaseOrder, StockLevel, Supplier, UsedInMonth,
};
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, ID, Place, Stored, acme, at, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, cap) = (acme(), ItemId::new("cap").unwrap());
    let own = keys::of(&acme);
    let (movement, order) = (MovementId::parse(ID).unwrap(), PurchaseOrderId::parse(ID).unwrap());
    vec![
        ("item", own.document("item", "cap"), "T#acme#ITEM|cap"),
        ("supplier", own.document("supplier", "frs"), "T#acme#SUPPLIER|frs"),
        ("inventory_settings", own.document("inventory_settings", "settings"), "T#acme#INVENTORY_SETTINGS|settings"),
        ("stock_level", own.stock_level(&cap), "T#acme#STOCK|cap"),
        ("stock_movement", own.movement(&cap, at(), movement), "T#acme#LEDGER#cap|{at}#{id}"),
        ("stock_movement_mark", own.movement_mark(movement), "T#acme#MOVEMENT#{id}|MARK"),
        ("stock_used", own.used_in_month("2026-11", &cap), "T#acme#STOCK_USED|2026-11#cap"),
        ("job_parts", own.job_parts(AppointmentId::parse(ID).unwrap()), "T#acme#JOB_PARTS|{id}"),
        ("purchase_order", own.purchase_order(order), "T#acme#PURCHASE_ORDER#{id}|ORDER"),
        ("order_week", own.order_week("2026-W49"), "T#acme#ORDER_WEEK|2026-W49"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<Item>(
            "item",
            json!({
                "id": "cap", "sku": "CAP-45", "name": "Capacitor", "unit": "pcs", "category": "Electrical",
                "offers": [{"supplier": "frs", "sku": "97F", "pack_size": 10, "lead_days": 3, "late_days": 1,
                    "prices": [{"from": 10, "pack_cents": 8900}]}],
                "reorder_point": 6, "safety_stock": 4, "price_cents": 4900, "places": ["van-2"],
                "per_visits": [{"service": "tune-up", "per_100_visits": 35}], "active": true,
            }),
        ),
        stored::<Supplier>(
            "supplier",
            json!({
                "id": "frs", "name": "Front Range Supply", "email": "orders@frs.example", "account": "K-2", "minimum_cents": 10000,
                "shipping_cents": 1500, "free_shipping_from_cents": 50000, "language": "en", "order_days": ["monday"],
                "note": "Dock 3", "active": true,
            }),
        ),
        stored::<InventorySettings>(
            "inventory_settings",
            json!({
                "weekly": true, "weekly_budget_cents": 250000, "service_percent": 95, "holding_percent": 20,
                "most_days_ahead": 60, "deliver_to": "shop",
            }),
        ),
        stored::<StockLevel>(
            "stock_level",
            json!({
                "item": "cap", "places": {"van-2": {"booked": 12, "counted": [AT, ID], "latest": AT}}, "unit_cents": 890,
                "since": AT, "moved_at": AT,
            }),
        ),
        stored::<Movement>(
            "stock_movement",
            json!({
                "id": ID, "item": "cap", "kind": "use", "place": "van-2", "to": "shop", "quantity": 2, "at": AT, "recorded_at": AT,
                "by": {"type": "operator"}, "staff": "ana-flores", "appointment": ID, "service": "tune-up", "booked_ahead": 4,
                "order": ID, "unit_cents": 890, "short": 1, "note": "Box was wet",
            }),
        ),
        stored::<UsedInMonth>(
            "stock_used",
            json!({
                "item": "cap", "month": "2026-11", "days": [{"day": "2026-11-20", "ahead": 4, "quantity": 2}],
                "by_staff": {"ana-flores": {"used": 2, "wasted": 0}}, "by_place": {"van-2": {"used": 2, "wasted": 0}},
            }),
        ),
        stored::<JobParts>(
            "job_parts",
            json!({"appointment": ID, "service": "tune-up", "day": "2026-11-20", "used": {"cap": 2}}),
        ),
        stored::<PurchaseOrder>(
            "purchase_order",
            json!({
                "id": ID, "number": "PO-2026-W49-1D0000", "supplier": "frs", "supplier_name": "Front Range Supply",
                "state": "cancelled",
                "lines": [{"item": "cap", "sku": "CAP-45", "supplier_sku": "97F", "name": "Capacitor", "unit": "pcs", "pack_size": 10,
                    "packs": 2, "quantity": 20, "pack_cents": 8900, "cents": 17800, "expected_on": "2026-11-27",
                    "reasons": [{"kind": "safety_stock", "units": 20, "until": "2026-12-04", "point": 6, "saved_cents": 200,
                        "supplier": "frs", "weather": "heat_wave", "from": "2026-12-01", "percent": 30, "days": 4, "seen": 14}],
                    "received": 20, "received_at": AT}],
                "goods_cents": 17800, "shipping_cents": 1500, "total_cents": 19300, "currency": "USD", "deliver_to": "shop",
                "deliver_lines": ["410 Example Street"], "expected_on": "2026-11-27", "week": "2026-W49", "ordered_on": "2026-11-20", "note": "Dock 3",
                "pdf": {"digest": ID, "draft": true, "name": "5f.pdf", "made_at": AT}, "decided_by": {"type": "operator"},
                "decided_at": AT, "mail": {"to": "orders@frs.example", "at": AT, "times": 1, "taken": false, "reason": "refused"},
                "cancelled": "by_person", "created_at": AT, "updated_at": AT,
            }),
        ),
        stored::<OrderWeek>(
            "order_week",
            json!({
                "week": "2026-W49", "planned_at": AT, "orders": [ID],
                "left_out": [{"item": "cap", "units": 3, "reason": "too_late", "supplier": "frs", "runs_out": "2026-11-22",
                    "first": "2026-11-27"}],
                "reorder_points": {"cap": 6}, "told": ["owner@example.com"],
            }),
        ),
    ]
}
