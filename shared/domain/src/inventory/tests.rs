//! From documents to a week's orders, and to what the owner should know.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, from_value, json};
use stock::BookedJob;

use super::{
    InventorySettings, Item, Known, OrderState, PurchaseOrder, StockInsight, StockLevel, Supplier, UsedInMonth, drafts,
    insights,
};
use crate::ids::PlaceId;
use crate::samples::roofer;

const TODAY: Date = date(2026, 11, 30);

fn now() -> Timestamp {
    "2026-11-30T15:05:00Z".parse().unwrap()
}

fn item(change: &Value) -> Item {
    let mut item = json!({"id": "cap", "sku": "CAP", "name": "Capacitor", "price_cents": 4_900, "offers": [
        {"supplier": "frs", "pack_size": 10, "lead_days": 3, "prices": [{"from": 10, "pack_cents": 9_000}]}],
        "per_visits": [{"service": "roof-repair", "per_100_visits": 200}], "safety_stock": 2});
    item.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    from_value(item).unwrap()
}

fn suppliers() -> Vec<Supplier> {
    let frs = json!({"id": "frs", "name": "Front Range", "email": "o@frs.example", "shipping_cents": 1_500});
    vec![from_value(frs).unwrap()]
}

fn level(id: &str, units: i64, moved_at: &str) -> StockLevel {
    let balance = json!({"booked": units, "counted": null, "latest": moved_at});
    from_value(
        json!({"item": id, "places": {"shop": balance}, "unit_cents": 900, "since": moved_at, "moved_at": moved_at}),
    )
    .unwrap()
}

fn known(visits: usize, on_hand: i64) -> Known {
    let job = BookedJob { date: date(2026, 12, 2), service: "roof-repair".to_owned() };
    Known {
        today: TODAY,
        items: vec![item(&json!({}))],
        suppliers: suppliers(),
        settings: InventorySettings::default(),
        levels: vec![level("cap", on_hand, "2026-11-20T12:00:00Z")],
        months: Vec::new(),
        jobs: Vec::new(),
        without_parts: Vec::new(),
        booked: vec![job; visits],
        orders: Vec::new(),
        outlook: Vec::new(),
    }
}

fn orders_of(known: &Known) -> Vec<PurchaseOrder> {
    let (items, suppliers) = (known.items.as_slice(), known.suppliers.as_slice());
    let shop = PlaceId::new("shop").unwrap();
    drafts(&roofer(), ("2026-W49", TODAY), &known.plan(), (items, suppliers), (&shop, &[]), now()).0
}

fn ordered(known: &Known) -> i64 {
    orders_of(known).iter().flat_map(|order| &order.lines).map(|line| line.quantity).sum()
}

#[test]
fn booked_visits_are_ordered_for_and_what_is_there_or_on_its_way_is_not_ordered_again() {
    let (few, many) = (known(5, 0), known(20, 0));
    assert!(
        ordered(&few) >= 12 && ordered(&many) >= 42,
        "two a visit and two more: {} {}",
        ordered(&few),
        ordered(&many)
    );
    assert_eq!(ordered(&known(5, 500)), 0, "enough is there");
    let order = orders_of(&many).remove(0);
    let line = order.lines.first().unwrap();
    assert_eq!((line.quantity % 10, line.cents), (0, line.packs * 9_000));
    assert_eq!(line.reasons.iter().map(|reason| reason.units).sum::<i64>(), line.quantity, "{:?}", line.reasons);
    assert_eq!(order.total_cents, order.goods_cents + 1_500);
    assert_eq!(orders_of(&many), vec![order.clone()], "the same again");
    let on_way = PurchaseOrder { state: OrderState::Sent, ..order };
    assert_eq!(ordered(&Known { orders: vec![on_way.clone()], ..many.clone() }), 0, "it is on its way");
    let cancelled = PurchaseOrder { state: OrderState::Cancelled, ..on_way };
    assert_eq!(ordered(&Known { orders: vec![cancelled], ..many.clone() }), ordered(&many));
}

#[test]
fn what_is_out_of_use_or_has_no_supplier_is_not_ordered() {
    let with = |item: Item| Known { items: vec![item], ..known(20, 0) };
    assert_eq!(ordered(&with(item(&json!({"active": false})))), 0);
    let unsold = with(item(&json!({"offers": []})));
    assert_eq!((ordered(&unsold), unsold.plan().left_out.len()), (0, 1), "it says so");
    let gone = Known { suppliers: Vec::new(), ..known(20, 0) };
    assert_eq!(ordered(&gone), 0);
}

#[test]
fn a_budget_is_kept() {
    let mut known = known(20, 0);
    known.settings.weekly_budget_cents = Some(25_000);
    let total: i64 = orders_of(&known).iter().map(|order| order.total_cents).sum();
    assert!(total <= 25_000, "{total}");
}

/// A month in which so many were used on every tenth day.
fn month(of: &str, first: Date, each: i64) -> UsedInMonth {
    let days: Vec<Value> = [0, 10, 20]
        .map(|day| json!({"day": first.checked_add(day.days()).unwrap(), "ahead": 0, "quantity": each}))
        .to_vec();
    let name = format!("{:04}-{:02}", first.year(), first.month());
    from_value(json!({"item": of, "month": name, "days": days,
        "by_staff": {"ana": {"used": 3 * each, "wasted": 0}, "ben": {"used": each, "wasted": each}}}))
    .unwrap()
}

#[test]
fn the_owner_hears_of_more_use_margins_dead_stock_and_waste() {
    let items = [item(&json!({})), item(&json!({"id": "fan", "sku": "FAN", "price_cents": null}))];
    let levels = [level("cap", 10, "2026-11-20T12:00:00Z"), level("fan", 40, "2025-06-01T12:00:00Z")];
    let months: Vec<UsedInMonth> = [(2025, 20), (2026, 40)]
        .into_iter()
        .flat_map(|(year, each)| [8, 9, 10, 11].map(|m| month("cap", date(year, m, 1), each)))
        .collect();
    let all = insights(&items, &levels, &months, TODAY);
    let has = |wanted: fn(&StockInsight) -> bool| all.iter().any(wanted);
    assert!(has(|it| matches!(it, StockInsight::Usage { item, percent: 90..=130, .. } if item == "cap")), "{all:?}");
    assert!(has(|it| matches!(it, StockInsight::Margin { item, .. } if item == "cap")), "{all:?}");
    assert!(has(|it| matches!(it, StockInsight::DeadStock { item, units: 40, .. } if item == "fan")), "{all:?}");
    assert!(has(|it| matches!(it, StockInsight::Waste { by, .. } if by == "ben")), "{all:?}");
    // Without last year there is nothing to hold it against.
    let this_year: Vec<UsedInMonth> = months.into_iter().filter(|month| month.month.starts_with("2026")).collect();
    let all = insights(&items, &levels, &this_year, TODAY);
    assert!(!all.iter().any(|it| matches!(it, StockInsight::Usage { .. })), "{all:?}");
}
