//! The pages of stock and orders, rendered with a business that has some of everything.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use domain::identity::Role;
use domain::inventory::{Item, PurchaseOrder, StockInsight, StockLevel, Supplier};
use domain::scheduling::Resource;
use domain::tenancy::{StaffMember, Tenant};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::{Page, Versioned};

use super::stock::{Wanted, shelves};
use super::{Shown, insights, item, movement, order, orders, stock, suppliers};
use crate::settings::Reader;
use crate::settings::tests::{NOW, OTHER, is_field, principal, read, tags};
use crate::words::{self, Words};

const ORDER: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

fn tenant() -> Tenant {
    read(json!({
        "id": "lakeside-dental", "name": "Lakeside", "industry": "hvac", "plan": "growth", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "hours": {}, "services": [], "notify": [],
    }))
}

fn items() -> Vec<Item> {
    let offer = json!({"supplier": "frs", "sku": "97F", "pack_size": 10, "lead_days": 3, "prices": [{"from": 10, "pack_cents": 8_950}]});
    [
        json!({"id": "cap", "sku": "CAP-45", "name": "Capacitor <45>", "offers": [offer], "reorder_point": 30, "places": ["van-2"]}),
        json!({"id": "belt", "sku": "B-1", "name": "Belt", "offers": [offer]}),
        json!({"id": "old", "sku": "OLD", "name": "Old motor", "active": false}),
    ]
    .map(read)
    .into()
}

fn supplier() -> Supplier {
    read(
        json!({"id": "frs", "name": "Front <Range>", "email": "orders@frs.example", "order_days": ["monday"], "shipping_cents": 1_500}),
    )
}

fn levels() -> Vec<StockLevel> {
    let movement = |kind: &str, quantity: i64| {
        read(json!({
            "id": OTHER, "item": "cap", "kind": kind, "place": "van-2", "quantity": quantity, "at": NOW, "recorded_at": NOW,
            "by": {"type": "operator"},
        }))
    };
    let (came, used) = (movement("receive", 12), movement("use", 20));
    let level = StockLevel::before(&came).with(&came, &[]).unwrap().0;
    vec![level.with(&used, &[]).unwrap().0]
}

/// An order in that state, with these fields.
fn order_in(state: &str, fields: &Value) -> Versioned<PurchaseOrder> {
    let mut order = json!({
        "id": ORDER, "number": "PO-2026-W49-7C3A1E", "supplier": "frs", "supplier_name": "Front <Range>", "state": state,
        "lines": [{
            "item": "cap", "sku": "CAP-45", "supplier_sku": "97F", "name": "Capacitor <45>", "unit": "pcs", "pack_size": 10, "packs": 2,
            "quantity": 20, "pack_cents": 8_950, "cents": 17_900, "expected_on": "2026-12-04", "received": 0,
            "reasons": [{"kind": "booked_jobs", "units": 23, "until": "2026-12-14"}, {"kind": "on_hand", "units": -7},
                {"kind": "weather", "units": 4, "weather": "cold_snap", "from": "2026-12-01", "until": "2026-12-05", "percent": 30, "seen": 14}],
        }],
        "goods_cents": 17_900, "shipping_cents": 1_500, "total_cents": 19_400, "currency": "USD", "deliver_to": "shop",
        "ordered_on": "2026-11-30", "note": "Dock <3>", "created_at": NOW, "updated_at": NOW,
    });
    for (name, value) in fields.as_object().unwrap() {
        order[name] = value.clone();
    }
    Versioned { value: read(order), version: 4 }
}

/// Every page by its name, as someone with that role sees it.
fn pages(role: Role, words: &'static Words) -> BTreeMap<&'static str, String> {
    let (principal, zone) = (principal(role), TimeZone::get("America/Denver").unwrap());
    let reader = Reader { words, principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
    let (tenant, items, suppliers) = (tenant(), items(), [supplier()]);
    let van: Resource = read(json!({"id": "van-2", "name": "Van <2>", "kind": "vehicle"}));
    let shown = Shown::new(reader, &tenant, &items, &suppliers).at(&[], &[van]);
    let sent = order_in(
        "sent",
        &json!({"decided_at": NOW, "mail": {"to": "orders@frs.example", "at": NOW, "times": 1, "taken": true}}),
    );
    let on_way = [sent.value.clone()];
    let shelves = shelves(&items, &levels(), &on_way, &BTreeMap::new(), &BTreeSet::from(["old".to_owned()]));
    let stuck = json!({"decided_at": NOW, "mail": {"to": "orders@frs.example", "at": NOW, "times": 1, "taken": null}});
    let all = Page {
        items: vec![order_in("draft", &json!({})).value, order_in("approved", &stuck).value],
        cursor: Some("next".to_owned()),
    };
    let left_out = [
        read(json!({"item": "belt", "units": 5, "reason": "below_minimum", "supplier": "frs"})),
        read(json!({"item": "cap", "units": 5, "reason": "too_late", "runs_out": "2026-12-02", "first": "2026-12-04"})),
    ];
    let known = [
        StockInsight::Usage { item: "cap".into(), used: 140, before: 100, percent: 40 },
        StockInsight::Usage { item: "cap".into(), used: 60, before: 100, percent: -40 },
        StockInsight::Margin { item: "cap".into(), earned_cents: 90_000, markup_percent: 300 },
        StockInsight::DeadStock { item: "old".into(), units: 3, cents: 45_000, days: Some(400) },
        StockInsight::DeadStock { item: "old".into(), units: 3, cents: 45_000, days: None },
        StockInsight::Waste { by: "ana".into(), cents: 9_000, percent: 12, shop_percent: 3 },
    ];
    let ana: StaffMember = read(json!({"id": "ana", "name": "Ana Flores"}));
    let moved = [read(json!({
        "id": OTHER, "item": "cap", "kind": "transfer", "place": "shop", "to": "van-2", "quantity": 2, "at": NOW, "recorded_at": NOW,
        "by": {"type": "operator"}, "short": 1, "note": "wet <box>",
    }))];
    let page = |value| Page { items: vec![Versioned { value, version: 2 }], cursor: None };
    let settings = Versioned { value: domain::inventory::InventorySettings::default(), version: 0 };
    let whole = Versioned { value: items[0].clone(), version: 3 };
    let markup = [
        ("stock", stock::content(&shown, &shelves, &Wanted::default())),
        ("there", item::there(&shown, &shelves[0])),
        ("move", movement::form(&shown, &items[0])),
        ("ledger", movement::ledger(&shown, &moved)),
        ("item", item::edit(&shown, &whole)),
        ("orders", orders::content(&shown, &all, None)),
        ("left out", orders::wanted_and_not_ordered(&shown, &left_out)),
        ("draft", order::content(&shown, &tenant.id, &order_in("draft", &json!({})))),
        ("stuck", order::content(&shown, &tenant.id, &order_in("approved", &stuck))),
        ("sent", order::content(&shown, &tenant.id, &sent)),
        ("insights", insights::content(&shown, &known, &[ana])),
        ("suppliers", suppliers::content(&shown, &page(supplier()))),
        ("ordering", suppliers::ordering(&shown, &settings)),
    ];
    let adding = (role == Role::Manager).then(|| ("new", item::add(&shown)));
    markup.into_iter().chain(adding).map(|(name, markup)| (name, markup.into_string())).collect()
}

fn in_language(code: &str) -> &'static Words {
    words::accepted(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, code.parse().unwrap())]))
}

#[test]
fn every_field_has_a_label_and_a_place_for_what_is_wrong_with_it() {
    for (page, text) in pages(Role::Manager, in_language("en")) {
        let tags = tags(&text);
        let ids: Vec<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{page}: an id stands twice");
        let labelled: BTreeSet<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("for")).collect();
        let mut is_of_a_call = false;
        for (name, attributes) in &tags {
            for reference in ["for", "aria-describedby", "aria-labelledby"] {
                for id in attributes.get(reference).into_iter().flat_map(|ids| ids.split(' ')) {
                    assert!(ids.iter().any(|there| *there == id), "{page}: {reference} names {id}");
                }
            }
            if name == "form" {
                is_of_a_call = attributes.contains_key("data-call");
                assert!(is_of_a_call || attributes["method"] == "get", "{page}: {attributes:?}");
            }
            if is_field(name, attributes) {
                let id = attributes.get("id").unwrap_or_else(|| panic!("{page}: {attributes:?}"));
                assert!(labelled.contains(id), "{page}: {id} has no label");
                let is_one_of_several = attributes.get("name").is_some_and(|name| name.ends_with("[]"));
                assert!(!is_of_a_call || is_one_of_several || ids.contains(&&format!("{id}-problem")), "{page}: {id}");
            }
        }
    }
}

#[test]
fn every_form_makes_a_call_that_the_api_has_and_everything_that_it_may_say_has_words() {
    let document: Value = serde_json::from_str(&std::fs::read_to_string("../docs/openapi.json").unwrap()).unwrap();
    let (paths, mut calls) = (document["paths"].as_object().unwrap(), BTreeSet::new());
    for text in pages(Role::Manager, in_language("en")).values() {
        for call in tags(text).iter().filter_map(|(_, attributes)| attributes.get("data-call")) {
            let (method, path) = call.split_once(' ').unwrap();
            let is_id = |part: &str| [ORDER, "cap", "frs"].contains(&part);
            let shape: Vec<&str> = path.split('/').map(|part| if is_id(part) { "{id}" } else { part }).collect();
            let route = paths.get(&shape.join("/")).unwrap_or_else(|| panic!("there is no {path}"));
            assert!(route.get(method.to_lowercase()).is_some(), "{path} takes no {method}");
            calls.insert(format!("{method} {}", shape.join("/")));
        }
    }
    assert_eq!(calls.len(), 16, "{calls:?}");
    for (prefix, schema) in [("po-state", "OrderState"), ("move-kind", "MovementKind"), ("left-out", "LeftOutReason")] {
        for value in document["components"]["schemas"][schema]["enum"].as_array().unwrap() {
            let id = format!("{prefix}-{}", value.as_str().unwrap().replace('_', "-"));
            assert_ne!(in_language("en").t(&id), id);
        }
    }
}

#[test]
fn nothing_runs_or_is_styled_within_a_page_and_what_people_typed_stays_text() {
    for (page, text) in pages(Role::Manager, in_language("en")) {
        for (name, attributes) in tags(&text) {
            assert!(
                !["script", "style", "45", "2", "range", "box", "3"].contains(&name.to_lowercase().as_str()),
                "{page}: {name}"
            );
            let odd = attributes.keys().find(|attribute| attribute.starts_with("on") || *attribute == "style");
            assert_eq!(odd, None, "{page}");
        }
    }
}

#[test]
fn who_may_not_change_anything_reads_it_all() {
    let viewer = pages(Role::Viewer, in_language("en"));
    assert!(viewer["stock"].contains("Capacitor &lt;45&gt;") && viewer["draft"].contains("$194"));
    for (page, text) in &viewer {
        let mut is_in_closed_set = false;
        for (name, attributes) in tags(text) {
            match name.as_str() {
                "form" => {
                    is_in_closed_set = attributes["method"] == "get" || attributes["data-call"].starts_with("GET ");
                }
                "fieldset" if attributes.contains_key("disabled") => is_in_closed_set = true,
                "button" => assert!(is_in_closed_set, "{page}: {attributes:?}"),
                _ if is_field(&name, &attributes) => assert!(is_in_closed_set, "{page}: {attributes:?}"),
                _ => {}
            }
        }
    }
    // The staff report what moves, and order nothing.
    let agent = pages(Role::Agent, in_language("en"));
    assert!(agent["move"].contains("/v1/inventory/movements") && agent["sent"].contains("/receive"));
    assert!(!agent["draft"].contains("/approve") && !agent["sent"].contains("/cancel"));
    assert!(!agent["stuck"].contains("/receive"), "it would be refused: the mail is under way");
    assert!(!agent["stock"].contains("item-imports"));
}

#[test]
fn stock_says_what_is_there_and_what_is_wrong_with_it() {
    let pages = pages(Role::Viewer, in_language("en"));
    // Twelve came, twenty were used: none is there, eight are missing, twenty are on their way and the reorder point is 30.
    assert!(pages["stock"].contains("0 pcs") && pages["stock"].contains("Van &lt;2&gt;: 0"), "{}", pages["stock"]);
    assert_eq!(pages["stock"].matches("tag alert\">low").count(), 1);
    assert_eq!(pages["stock"].matches("to be counted</span>").count(), 1);
    assert!(pages["stock"].contains("idle</span>") && pages["stock"].contains("not active</span>"));
    assert!(pages["there"].contains("8 were missing in the books") && pages["there"].contains("<dd>20</dd>"));
    assert!(pages["ledger"].contains("Shop → Van &lt;2&gt;") && pages["ledger"].contains("wet &lt;box&gt;"));
    let filtered = |state: &str| {
        let (principal, items) = (principal(Role::Viewer), items());
        let reader =
            Reader { words: in_language("en"), principal: &principal, zone: &TimeZone::UTC, now: NOW.parse().unwrap() };
        let (tenant, levels) = (tenant(), levels());
        let shelves = shelves(&items, &levels, &[], &BTreeMap::new(), &BTreeSet::new());
        let wanted: Wanted = read(json!({ "state": state }));
        stock::content(&Shown::new(reader, &tenant, &items, &[]), &shelves, &wanted).into_string()
    };
    assert!(filtered("count").contains("Capacitor") && !filtered("count").contains("Belt"));
    assert!(filtered("idle").contains("No items match.") && filtered("other").contains("Belt"));
}

#[test]
fn an_order_says_why_and_what_became_of_it() {
    let pages = pages(Role::Manager, in_language("en"));
    let draft = &pages["draft"];
    assert!(
        draft.contains("23 for jobs booked up to Monday, December 14; less 7 in stock; 4 for the weather (cold snap"),
        "{draft}"
    );
    assert!(
        draft.contains("20 pcs (2 × 10)")
            && draft.contains("$89.50")
            && draft.contains("$179")
            && draft.contains("$194")
    );
    assert!(draft.contains("30% more, as on 14 such days before") && draft.contains("Open-Meteo.com"), "{draft}");
    assert!(draft.contains("name=\"digest\"") && draft.contains("name=\"lines[0].packs\""));
    assert!(
        draft.contains("<option value=\"belt\">") && !draft.contains("<option value=\"old\">"),
        "what the supplier sells"
    );
    assert!(
        pages["stuck"].contains("It is not known whether the mail arrived") && pages["stuck"].contains("/send-again")
    );
    assert!(pages["orders"].contains("not sent</span>") && pages["orders"].contains("waiting for a yes"));
    assert!(pages["sent"].contains("name=\"key\" value=\"page-4\"") && !pages["sent"].contains("/approve"));
    assert!(pages["left out"].contains("below the supplier’s least order value (Front &lt;Range&gt;)"));
}

#[test]
fn insights_are_sentences_in_every_language() {
    for code in ["en", "es", "fr", "de", "pt"] {
        let text = &pages(Role::Viewer, in_language(code))["insights"];
        assert!(!text.contains("insight-"), "{code}: {text}");
        for said in ["Capacitor &lt;45&gt;", "140", "40", "Old motor", "400", "Ana Flores"] {
            assert!(text.contains(said), "{code}: {said}: {text}");
        }
    }
    let text = &pages(Role::Viewer, in_language("en"))["insights"];
    assert!(text.contains("$900, 300 % above its cost") && text.contains("12 % of what was taken"), "{text}");
}

#[test]
fn a_page_of_a_long_list_is_light_in_every_language() {
    let mut most = 0;
    for code in ["en", "es", "fr", "de", "pt"] {
        let principal = principal(Role::Manager);
        let reader =
            Reader { words: in_language(code), principal: &principal, zone: &TimeZone::UTC, now: NOW.parse().unwrap() };
        let item = |n: usize| {
            read(
                json!({"id": format!("item-{n}"), "sku": format!("SKU-{n}"), "name": format!("{n} {}", "x".repeat(75))}),
            )
        };
        let (tenant, many): (Tenant, Vec<Item>) = (tenant(), (0..1_000).map(item).collect());
        let shelves = shelves(&many, &[], &[], &BTreeMap::new(), &BTreeSet::new());
        let text = stock::content(&Shown::new(reader, &tenant, &many, &[]), &shelves, &Wanted::default()).into_string();
        assert!(text.contains("from=50"));
        most = most.max(text.len());
    }
    assert!(most < 65_000, "{most}");
}
