//! From a part that runs low to the part on the shelf: items, booked visits, the Monday run, a draft, one click, one mail to the supplier, and
//! the receipt.

use auth::secrets::sha256_hex_of;
use documents::{Format, Limits};
use domain::ids::PurchaseOrderId;
use domain::tenancy::runs::Outcome;
use files::{Files, Prefix};
use jiff::{SignedDuration, Timestamp};
use knowledge::Block;
use serde_json::{Value, json};

use crate::booking::{free, office, posted, service};
use crate::journeys::Office;
use crate::stage::{address, eventually, mails_to, orders_of, orders_of_this_week, outcome, stage};

const MOVEMENTS: &str = "/v1/inventory/movements";

/// A supplier, and a part of it that visits use, of which three are there.
fn furnish(office: &Office, mail: &str, service: &str) {
    let supplier = json!({"id": "frs", "name": "Front Range Supply", "email": mail, "account": "K-20817", "shipping_cents": 1_500});
    posted(office, "/v1/inventory/suppliers", &supplier, 201);
    let offer = json!({"supplier": "frs", "sku": "97F", "pack_size": 10, "lead_days": 3,
        "prices": [{"from": 10, "pack_cents": 9_000}, {"from": 50, "pack_cents": 8_000}]});
    let item = json!({"id": "cap", "sku": "CAP-45", "name": "Capacitor", "offers": [offer], "safety_stock": 4,
        "per_visits": [{"service": service, "per_100_visits": 200}], "price_cents": 4_900});
    posted(office, "/v1/inventory/items", &item, 201);
    let movements = json!({"movements": [
        {"key": "first", "item": "cap", "kind": "receive", "place": "shop", "quantity": 3, "unit_cents": 900},
        {"key": "wrong", "item": "cap", "kind": "transfer", "place": "shop", "to": "ana", "quantity": 30},
    ]});
    for was_there in [false, true] {
        let done = posted(office, MOVEMENTS, &movements, 200);
        assert_eq!(
            (&done["results"][0]["was_there"], &done["results"][0]["problem"]),
            (&json!(was_there), &Value::Null)
        );
        assert_eq!(done["results"][1]["problem"]["field"], "quantity", "{done}");
    }
}

fn stock(office: &Office) -> Value {
    let all: Value = office.read("/v1/inventory/stock");
    all["items"][0].clone()
}

/// The document of an order is in the bucket, under the hash of its bytes, and read again it says what the order says.
fn check_document(office: &Office, order: &Value) {
    let (tenant, id) = (office.tenant.id(), PurchaseOrderId::parse(order["id"].as_str().unwrap()).unwrap());
    let name = order["pdf"]["name"].as_str().unwrap();
    let files = Files::new(&stage().aws, stage().output("FilesBucket").to_owned());
    let bytes =
        stage().block_on(files.read_piece(&Prefix::order(&tenant, id).key(name), 0, 10_000_000)).unwrap().unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(name, format!("{}.pdf", sha256_hex_of(&bytes)));
    let read = documents::read(Format::Pdf, &bytes, &Limits::default(), &|| false).unwrap();
    let blocks: Vec<&Block> = read.pages.iter().flat_map(|page| &page.blocks).collect();
    let lines = order["lines"].as_array().unwrap();
    assert_eq!(rows(&blocks, 6), lines.iter().map(cells).collect::<Vec<_>>());
    let sums = [("Subtotal", "goods_cents"), ("Shipping", "shipping_cents"), ("Total", "total_cents")];
    let sums = sums.map(|(name, field)| vec![name.to_owned(), dollars(&order[field])]);
    assert!(rows(&blocks, 2).ends_with(&sums), "{blocks:?}");
    let text = letters(&format!("{blocks:?}"));
    for field in ["number", "supplier_name", "note"] {
        let said = order[field].as_str().unwrap();
        assert!(!said.is_empty() && text.contains(&letters(said)), "{field}: {said}: {blocks:?}");
    }
    assert!(text.contains("K-20817") && !text.contains("Draft"), "the supplier's: {blocks:?}");
}

/// The rows of so many cells, without white space: where a line ended does not matter.
fn rows(blocks: &[&Block], columns: usize) -> Vec<Vec<String>> {
    let cells = blocks.iter().filter_map(|block| match block {
        Block::Row { cells, .. } if cells.len() == columns => Some(cells.iter().map(|cell| letters(cell)).collect()),
        _ => None,
    });
    cells.collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the row of a line must say, without white space.
fn cells(line: &Value) -> Vec<String> {
    let (text, number) = (|name: &str| line[name].as_str().unwrap(), |name: &str| line[name].as_i64().unwrap());
    let (unit, pack) = (text("unit"), number("pack_size"));
    let cells = [
        text("sku").to_owned(),
        text("supplier_sku").to_owned(),
        text("name").to_owned(),
        format!("{} {unit} {} × {pack} {unit}", number("quantity"), number("packs")),
        format!("{} per {pack} {unit}", dollars(&line["pack_cents"])),
        dollars(&line["cents"]),
    ];
    cells.iter().map(|cell| letters(cell)).collect()
}

/// Cents below a thousand dollars, as an American reads them.
fn dollars(cents: &Value) -> String {
    let cents = cents.as_i64().unwrap();
    assert!(cents < 100_000, "write the separator of thousands");
    format!("${}.{:02}", cents / 100, cents % 100)
}

/// The link to the document of an order fetches it, and is good for a quarter of an hour.
fn check_link(office: &Office, order: &Value) {
    let link: Value = office.read(&format!("/v1/orders/{}/document", order["id"].as_str().unwrap()));
    assert_eq!(link["draft"], json!(false));
    let url = link["url"].as_str().unwrap();
    assert!(url.contains("X-Amz-Expires=900") && url.contains("X-Amz-Signature="), "{url}");
    let expires_at: Timestamp = link["expires_at"].as_str().unwrap().parse().unwrap();
    let left = expires_at.duration_since(runtime::clock::now());
    assert!(left > SignedDuration::from_mins(13) && left <= SignedDuration::from_mins(15), "{left}");
    let fetched = stage().block_on(reqwest::get(url)).unwrap();
    assert_eq!(
        (fetched.status().as_u16(), fetched.headers()["content-type"].to_str().unwrap()),
        (200, "application/pdf")
    );
    let bytes = stage().block_on(fetched.bytes()).unwrap();
    assert_eq!(order["pdf"]["name"], json!(format!("{}.pdf", sha256_hex_of(&bytes))));
}

fn order_when(office: &Office, id: &str, what: &str, shows: impl Fn(&Value) -> bool) -> Value {
    eventually(what, || {
        let order: Value = office.read(&format!("/v1/orders/{id}"));
        shows(&order).then_some(order)
    })
}

#[test]
fn a_part_that_runs_low_is_ordered_with_one_click_and_received() {
    let (office, mail) = (office(), address());
    let (ana, service) = (office.customer(), service(&office));
    furnish(&office, &mail, &service);
    let parts: Value = office.read(&format!("/v1/inventory/parts?service={service}&visits=4"));
    let cap = ["item", "needed", "on_hand", "on_order"].map(|field| parts["items"][0][field].clone());
    assert_eq!(cap, [json!("cap"), json!(8), json!(3), json!(0)], "{parts}");
    let times = eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 30));
    let visit = |time: &String| {
        let wanted = json!({"contact": ana.contact, "service": service, "starts_at": time});
        posted(&office, "/v1/appointments", &wanted, 201)["id"].as_str().unwrap().to_owned()
    };
    let visits: Vec<String> = times.iter().skip(2).step_by(8).take(4).map(visit).collect();
    // The index that lists visits follows a little later.
    let forecast = eventually("the forecast of the booked visits", || {
        let all: Value = office.read("/v1/inventory/forecast");
        let cap = all["items"][0].clone();
        (cap["visits"][0]["visits"] == json!(4)).then_some(cap)
    });
    assert!(
        forecast["high"].as_i64() >= forecast["low"].as_i64() && forecast["booked"].as_f64() > Some(3.0),
        "{forecast}"
    );

    let run = orders_of_this_week(office.tenant.id());
    assert_eq!(outcome(&run, &office.tenant.id()), Outcome::Done);
    let draft = eventually("the draft in the list", || {
        let orders: Value = office.read("/v1/orders?state=draft");
        orders["items"].get(0).cloned()
    });
    let (id, path) = (draft["id"].as_str().unwrap(), format!("/v1/orders/{}", draft["id"].as_str().unwrap()));
    let line = &draft["lines"][0];
    assert_eq!((&line["item"], &line["supplier_sku"]), (&json!("cap"), &json!("97F")));
    assert!(line["reasons"].as_array().unwrap().iter().any(|reason| reason["kind"] == "booked_jobs"), "{line}");
    // The same week again: nothing new.
    orders_of(office.tenant.id(), &run);

    // Changed, approved as it is now; the digest of before is refused. Its document is noted at it, which is a change too.
    order_when(&office, id, "the document of the draft", |order| !order["pdf"].is_null());
    let etag = office.owner.call("GET", &path, &[], "").header("etag").unwrap().to_owned();
    let wanted = json!({"lines": [{"item": "cap", "packs": 6}], "note": "Dock 3"}).to_string();
    let changed = office.owner.call("PUT", &path, &[("if-match", etag.as_str())], &wanted);
    assert_eq!(changed.status, 200, "{}", changed.body);
    let changed: Value = serde_json::from_str(&changed.body).unwrap();
    assert_eq!(changed["goods_cents"], json!(48_000), "the price of fifty and more");
    let approve = format!("{path}/approve");
    assert_eq!(office.owner.call("POST", &approve, &[], &json!({"digest": draft["digest"]}).to_string()).status, 409);
    let approval = format!("send_order.{id}.{}", changed["digest"].as_str().unwrap());
    let listed: Value = office.read("/v1/approvals");
    assert!(listed["items"].as_array().unwrap().iter().any(|one| one["id"] == approval), "{listed}");
    for _ in 0..2 {
        let approved = posted(&office, &approve, &json!({"digest": changed["digest"]}), 200);
        assert_ne!(approved["state"], "draft");
    }
    let sent = order_when(&office, id, "the order to be sent", |order| order["state"] == "sent");
    assert_eq!(sent["mail"]["taken"], json!(true));
    check_document(&office, &sent);
    check_link(&office, &sent);

    // The goods come in, in two deliveries, the first reported twice.
    let receive = format!("{path}/receive");
    let first = json!({"key": "note-1", "place": "ana", "lines": [{"item": "cap", "quantity": 20}]});
    for _ in 0..2 {
        assert_eq!(posted(&office, &receive, &first, 200)["state"], "partly_received");
    }
    assert_eq!(stock(&office)["on_hand"], json!(23));
    let rest = json!({"key": "note-2", "lines": [{"item": "cap", "quantity": 40}]});
    assert_eq!(posted(&office, &receive, &rest, 200)["state"], "received");
    assert_eq!((&stock(&office)["on_hand"], &stock(&office)["on_order"]), (&json!(63), &json!(0)));
    let used = json!({"movements": [{"key": "job", "item": "cap", "kind": "use", "place": "ana", "quantity": 2, "appointment": visits[0]}]});
    let used = posted(&office, MOVEMENTS, &used, 200);
    assert_eq!(
        (&used["results"][0]["movement"]["service"], &used["results"][0]["movement"]["short"]),
        (&json!(service), &json!(0))
    );

    let mails = mails_to(&mail);
    assert_eq!(mails.len(), 1, "one mail");
    let number = sent["number"].as_str().unwrap();
    assert!(mails[0].subject.contains(number), "{}", mails[0].subject);
    for said in ["60 pcs", "97F", "$495", "K-20817", "Dock 3"] {
        assert!(mails[0].body_text.contains(said), "{said}: {}", mails[0].body_text);
    }
}

#[test]
fn more_use_than_a_year_ago_is_told() {
    let office = office();
    posted(&office, "/v1/inventory/items", &json!({"id": "filter", "sku": "F-16", "name": "Filter"}), 201);
    // The records have to go back further than the days that are looked at.
    let used = [(470, 10), (400, 100), (7, 140)].map(|(days_ago, quantity)| {
        let at = runtime::clock::now() - SignedDuration::from_hours(24 * days_ago);
        let key = format!("{days_ago} days ago");
        json!({"key": key, "item": "filter", "kind": "use", "place": "shop", "quantity": quantity, "at": at})
    });
    let booked = posted(&office, MOVEMENTS, &json!({"movements": used}), 200);
    assert!(booked["results"].as_array().unwrap().iter().all(|one| one["problem"].is_null()), "{booked}");
    let usage = json!({"kind": "usage", "item": "filter", "used": 140, "before": 100, "percent": 40});
    eventually("what is used more", || {
        let told: Value = office.read("/v1/inventory/insights");
        told["insights"].as_array()?.contains(&usage).then_some(())
    });
}

#[test]
fn who_keeps_nothing_in_stock_is_skipped() {
    let office = office();
    let run = orders_of_this_week(office.tenant.id());
    assert_eq!(outcome(&run, &office.tenant.id()), Outcome::skipped("no_items"));
    let missing = office.owner.call("GET", &format!("/v1/inventory/weeks/{}", run.period), &[], "");
    assert_eq!(missing.status, 404, "{}", missing.body);
}

#[test]
fn who_may_only_look_adds_no_supplier() {
    let office = office();
    let viewer = office.tenant.person("viewer");
    let supplier = json!({"id": "frs", "name": "Front Range", "email": address()}).to_string();
    assert_eq!(viewer.call("POST", "/v1/inventory/suppliers", &[], &supplier).status, 403);
}

#[test]
fn a_list_of_items_is_tried_then_taken_and_changes_nothing_the_second_time() {
    let office = office();
    let supplier = json!({"id": "frs", "name": "Front Range Supply", "email": "orders@frs.example.com"});
    posted(&office, "/v1/inventory/suppliers", &supplier, 201);
    let csv = "Part no.,Name,Supplier,Pack size,Pack price,Lead days,Quantity\n\
        CAP-45,Capacitor,front range supply,10,$89.00,3,12\n\
        FAN-1,Fan,Nobody,1,5.00,3,2\n\
        BELT,Belt,,,,,4\n";
    let file = |dry_run: bool| json!({"csv": csv, "mapping": {"sku": "part no."}, "dry_run": dry_run});
    let path = "/v1/inventory/item-imports";
    let tried = posted(&office, path, &file(true), 200);
    assert_eq!((&tried["made"], &tried["refused"]), (&json!(2), &json!(1)), "{tried}");
    assert_eq!((&tried["problems"][0]["line"], &tried["problems"][0]["column"]), (&json!(3), &json!("Supplier")));
    let items = || -> Value { office.read("/v1/inventory/items") };
    assert_eq!(items()["items"].as_array().unwrap().len(), 0, "nothing was stored");
    assert_eq!(posted(&office, path, &file(false), 200)["made"], 2);
    let there = items();
    let again = posted(&office, path, &file(false), 200);
    assert_eq!((&again["unchanged"], &again["counted"], &again["made"]), (&json!(2), &json!(2), &json!(0)), "{again}");
    assert_eq!(items(), there);
    // The index that lists movements follows a little later.
    let counted = eventually("the counts", || {
        let counted: Value = office.read("/v1/inventory/movements");
        counted["items"].as_array().map(Vec::len).filter(|count| *count >= 2)
    });
    assert_eq!(counted, 2, "each count once");
    let stock: Value = office.read("/v1/inventory/stock");
    let on_hand: Vec<&Value> = stock["items"].as_array().unwrap().iter().map(|item| &item["on_hand"]).collect();
    assert_eq!(on_hand, [&json!(4), &json!(12)]);
}
