//! From documents to a week's orders, and to what the owner should know.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, from_value, json};
use stock::BookedJob;
use weather::{Condition, Day};

use super::{
    Arrival, InventorySettings, Item, Known, KnownWeather, LineReason, OrderPdf, OrderState, PurchaseOrder, ReasonKind,
    Shelf, StockInsight, StockLevel, Supplier, UsedInMonth, WhyCancelled, drafts, idle, insights,
};
use crate::campaigns::WeatherRule;
use crate::identity::Actor;
use crate::ids::ServiceId;
use crate::ids::{ItemId, PlaceId, SupplierId};
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
        weather: KnownWeather::default(),
        arrivals: Vec::new(),
    }
}

fn orders_of(known: &Known) -> Vec<PurchaseOrder> {
    let shop = PlaceId::new("shop").unwrap();
    drafts(&roofer(), "2026-W49", (known, &known.plan()), (&shop, &[]), now()).0
}

fn ordered(known: &Known) -> i64 {
    orders_of(known).iter().flat_map(|order| &order.lines).map(|line| line.quantity).sum()
}

#[test]
fn parts_for_visits_that_may_come_are_named_with_what_is_there_and_on_its_way() {
    let service = ServiceId::new("roof-repair").unwrap();
    let parts = known(0, 3).parts_for(&service, 4);
    let [part] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!((part.item.as_str(), part.needed, part.on_hand, part.on_order, part.lacking()), ("cap", 8, 3, 0, 5));
    let on_way = PurchaseOrder { state: OrderState::Sent, ..orders_of(&known(20, 0)).remove(0) };
    let part = Known { orders: vec![on_way], ..known(0, 3) }.parts_for(&service, 4).remove(0);
    assert!(part.on_order > 0 && part.lacking() == 0, "{part:?}");
    assert!(known(0, 3).parts_for(&ServiceId::new("other").unwrap(), 4).is_empty());
    assert!(known(0, 3).parts_for(&service, 0).is_empty());
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

/// A year of use of an item of `category` on every day, `hot` units on hot days, and the weather that made them.
fn summer(hot: i64) -> Known {
    let heat: WeatherRule =
        from_value(json!({"id": "heat", "name": "Heat", "condition": "heat_wave", "days": 3, "lead_days": 3,
        "thresholds": {"high_above_tenths_c": 350}, "services": ["roof-repair"]}))
        .unwrap();
    let is_hot = |ago: i64| matches!(ago, 100..=104 | 60..=64 | 30..=34 | -3..=-1);
    let date = |ago: i64| TODAY.checked_sub(ago.days()).unwrap();
    let day = |ago: i64| Day { high_tenths_c: Some(if is_hot(ago) { 370 } else { 280 }), ..Day::unknown(date(ago)) };
    let used = |ago: i64| json!({"day": date(ago), "ahead": 0, "quantity": if is_hot(ago) { hot } else { 4 }});
    let month = UsedInMonth {
        days: (1..200).map(|ago| from_value(used(ago)).unwrap()).collect(),
        ..UsedInMonth::empty(ItemId::new("cap").unwrap(), "2026-11".to_owned())
    };
    let weather = KnownWeather { days: (-9..300).map(day).collect(), rules: vec![heat] };
    Known { months: vec![month], weather, booked: Vec::new(), ..known(0, 0) }
}

fn weather_reason(known: &Known) -> Option<LineReason> {
    let orders = orders_of(known);
    let mut reasons = orders.iter().flat_map(|order| &order.lines).flat_map(|line| &line.reasons);
    reasons.find(|reason| reason.kind == ReasonKind::Weather).cloned()
}

#[test]
fn a_heat_wave_that_is_forecast_is_ordered_for_as_past_ones_were_and_the_line_says_so() {
    let learned = weather_reason(&summer(12)).unwrap();
    assert_eq!(
        (learned.weather, learned.seen),
        (Some(Condition::HeatWave), Some(18)),
        "three spells, each felt a day longer"
    );
    assert_eq!((learned.from, learned.until), (Some(date(2026, 12, 1)), Some(date(2026, 12, 4))));
    assert!(learned.percent.unwrap() > 60 && learned.units >= 8, "{learned:?}");
    assert!(ordered(&summer(12)) > ordered(&Known { weather: KnownWeather::default(), ..summer(12) }));
    assert_eq!(
        weather_reason(&summer(4)).and_then(|it| it.percent).map(|percent| percent <= 10),
        Some(true),
        "it did little"
    );
    // Too little was seen: an assumption, for what the rule's services use.
    let young = |services: Value| {
        let mut known = summer(12);
        known.weather.days.retain(|day| day.date >= TODAY);
        known.weather.rules.first_mut().unwrap().services = from_value(services).unwrap();
        weather_reason(&known)
    };
    let assumed = young(json!(["roof-repair"])).unwrap();
    assert_eq!((assumed.percent, assumed.seen), (Some(30), Some(0)));
    assert_eq!(young(json!(["gutters"])), None, "another service's weather");
}

#[test]
fn a_supplier_that_takes_longer_than_it_says_is_ordered_from_for_longer_and_the_line_says_so() {
    let with = |days: &[u16]| {
        let arrival = |days: &u16| Arrival {
            supplier: SupplierId::new("frs").unwrap(),
            item: ItemId::new("cap").unwrap(),
            days: *days,
        };
        Known { arrivals: days.iter().map(arrival).collect(), ..known(20, 0) }
    };
    let line = |known: &Known| orders_of(known).remove(0).lines.remove(0);
    assert_eq!(line(&with(&[9, 9, 9])).expected_on, Some(date(2026, 12, 3)), "three are too few");
    let late = line(&with(&[9, 9, 10, 9, 9]));
    assert_eq!(late.expected_on, Some(date(2026, 12, 9)));
    let reason = late.reasons.iter().find(|reason| reason.kind == ReasonKind::LeadTime).unwrap();
    assert_eq!((reason.days, reason.seen, reason.units), (Some(9), Some(5), 0));
    assert_eq!(late.reasons.iter().map(|reason| reason.units).sum::<i64>(), late.quantity);
    let as_said = line(&with(&[3, 3, 3, 3]));
    assert!(!as_said.reasons.iter().any(|reason| reason.kind == ReasonKind::LeadTime), "it is as it says");
}

#[test]
fn a_line_has_arrived_on_the_day_of_its_last_receipt() {
    let now = |days: i64| now().checked_add(jiff::SignedDuration::from_hours(24 * days)).unwrap();
    let draft = orders_of(&known(20, 0)).remove(0);
    let approved =
        draft.approved(&roofer().id, draft.digest(&roofer().id), (&Actor::Operator, now(0))).unwrap().unwrap();
    let pdf =
        OrderPdf { digest: approved.digest(&roofer().id), draft: false, name: "x.pdf".to_owned(), made_at: now(0) };
    let to = suppliers().remove(0).email;
    let ready = approved.with_document(&roofer().id, &pdf, now(0)).unwrap();
    let sent = ready.mail_claimed(&roofer().id, &to, now(0)).unwrap().mailed(Some(Ok(())), now(0));
    let zone = roofer().time_zone();
    let cap = ItemId::new("cap").unwrap();
    let part = sent.received(&cap, (1, now(3)), now(9)).unwrap();
    assert_eq!(Arrival::of(&part, &zone), [], "the rest is on its way");
    let all = part.received(&cap, (10_000, now(5)), now(9)).unwrap();
    assert_eq!(Arrival::of(&all, &zone).first().map(|arrival| arrival.days), Some(5));
    let closed = part.cancelled(WhyCancelled::ByPerson, now(9)).unwrap().unwrap();
    assert_eq!(Arrival::of(&closed, &zone).first().map(|arrival| arrival.days), Some(3), "no more comes");
}

#[test]
fn an_item_is_low_when_stock_and_orders_are_at_its_point_and_idle_when_it_is_dead_stock() {
    let items = [item(&json!({"reorder_point": 6})), item(&json!({"id": "fan", "sku": "FAN", "active": false}))];
    let levels = [level("cap", 4, "2026-11-20T12:00:00Z"), level("fan", 40, "2025-06-01T12:00:00Z")];
    let points = [(ItemId::new("fan").unwrap(), 50)].into();
    let low = |orders: &[PurchaseOrder]| {
        Shelf::all(&items, &levels, orders, &points).iter().map(Shelf::is_low).collect::<Vec<_>>()
    };
    assert_eq!(low(&[]), [true, false], "what is out of use is never low");
    let order = PurchaseOrder { state: OrderState::Sent, ..orders_of(&known(20, 0)).remove(0) };
    assert_eq!(low(std::slice::from_ref(&order)), [false, false], "it is on its way");
    let shelf = Shelf::all(&items, &levels, &[order], &points).remove(1);
    assert_eq!((shelf.on_hand, shelf.reorder_point, shelf.unit_cents), (40, Some(50), Some(900)));
    let active = [item(&json!({})), item(&json!({"id": "fan", "sku": "FAN"}))];
    let months = [month("cap", date(2026, 11, 1), 2)];
    assert_eq!(idle(&active, &levels, &months, TODAY), ["fan".to_owned()].into());
}
