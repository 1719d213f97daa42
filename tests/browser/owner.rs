//! The pages of whoever runs the business, in a browser: what waits for a yes, contacts out of a file, questions as they are asked, own notices.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::TenantId;
use domain::identity::Role;
use domain::tenancy::TenantKind;
use jiff::tz::TimeZone;
use runtime::clock::now;
use serde_json::json;

use crate::stage::{Tenant, address, number, stage, unique};
use crate::workday::at_work;

/// Three lines: two people, and a number that cannot be.
const FILE: &str = "Name,Phone,Email\nAna Núñez,918 555 0144,ana@example.com\nBo Lind,918 555 0145,\nNobody,12,\n";

#[test]
fn a_file_is_tried_waits_for_a_yes_and_becomes_contacts() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/contacts");
    manager.pictures("contacts-empty");
    manager.open("/app/contacts/imports");
    manager.pictures("imports");
    manager.choose_file("import-file", "customers.csv", FILE);
    manager.send("form[data-upload]");
    manager.shows("#import", "tried");
    manager.shows("#lines", "Phone");
    manager.pictures("import");

    manager.open("/app/approvals");
    manager.shows("#approvals", "Import 2 contacts");
    manager.pictures("approvals-import");
    manager.press("#approvals form[data-call$=approve] button");
    manager.shows("#toast", "The import is started.");
    manager.shows("#approvals", "Nothing waits for a yes.");
    manager.open("/app/contacts");
    manager.shows("#contacts", "Ana Núñez");
    manager.shows("#contacts", "Bo Lind");
    manager.pictures("contacts");
    assert!(!manager.has("#download"), "who may not export does not download");

    // The list as a file that an import takes again.
    let admin = at_work(&roofer, Role::Admin, "Ada Okafor");
    admin.open("/app/contacts?q=ana");
    admin.run("URL.createObjectURL = (file) => (file.text().then((text) => (window.csv = text)), '#')", "");
    admin.press("#download");
    admin.shows("#download-told", "1");
    admin.until("the file", "window.csv?.includes('\"Ana Núñez\",\"+19185550144\",\"ana@example.com\"')");
    admin.until("its first line", "window.csv.includes('\"Name\",\"Phone\",\"Email\",\"Tags\"')");
    admin.until("how they stand", "window.csv.includes('\"Proven\",\"Opted out\",\"Source\",\"Updated\"')");
    admin.open("/app/settings/data");
    admin.until("the record", "[...document.querySelectorAll('td')].some((cell) => cell.textContent === 'contacts')");
    manager.press("#contacts tbody a");
    manager.shows("#contact", "555");
    manager.fill("note-text", "@Ada, please call");
    manager.send("form.enter");
    manager.shows("#notes", "@Ada, please call");
    manager.pictures("contact");
}

#[test]
fn two_who_may_be_one_are_merged_with_one_click_and_taken_apart_with_another() {
    let (roofer, phone, email) = (Tenant::opened(|_| {}), number(), address());
    let by_sms = roofer.sms(&phone, "How much is a roof inspection?");
    roofer.sent_reply(&by_sms);
    let by_mail = roofer.form(json!({"email": email, "name": "Dana Whitfield", "message": "Hello"}));
    roofer.sent_reply(&by_mail);
    let both = roofer.form(json!({"phone": phone, "email": email, "consent": true, "message": "It is me again"}));
    roofer.reply_in(by_sms.conversation(), &both);

    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/approvals");
    manager.shows("#approvals", "the same person");
    manager.shows("#approvals", &email);
    manager.pictures("approvals");
    manager.press("#approvals form[data-call$=approve] button");
    manager.shows("#toast", "They are one contact now.");
    manager.shows("#approvals", "Nothing waits for a yes.");
    manager.press("#toast button");
    manager.shows("#approvals", "the same person");

    // Who may not answer sees what waits, and no button.
    let viewer = at_work(&roofer, Role::Viewer, "Cy Ode");
    viewer.open("/app/approvals");
    viewer.shows("#approvals", "the same person");
    assert!(!viewer.has("#approvals form"), "a viewer answers nothing");
}

#[test]
fn questions_are_shown_as_they_are_asked_and_a_notice_that_was_switched_off_stays_off() {
    let roofer = Tenant::opened(|_| {});
    let admin = at_work(&roofer, Role::Admin, "Ada Okafor");
    admin.open("/app/settings/questions");
    admin.press("#intake-new summary");
    admin.fill("intake-new-text", "How old is the roof?");
    admin.send("#intake-new form");
    admin.shows("#intake-preview", "How old is the roof?");
    admin.pictures("settings-questions-preview");

    admin.open("/app/settings/notices");
    admin.pictures("settings-notices");
    admin.press("#mentions");
    admin.send("#notices form");
    admin.shows("#toast", "Saved.");
    admin.reload();
    let is_on = |id: &str| admin.run("return document.getElementById(arguments[0]).checked", id);
    assert_eq!((is_on("mentions"), is_on("assignments")), (Some(false.into()), Some(true.into())));

    // What a program asked is in the log, and how it ended.
    let program = roofer.bearer();
    let headers = [program, ("content-type".to_owned(), "application/json".to_owned())];
    assert_eq!(Tenant::call("POST", "/v1/leads", &headers, "{}").status, 400);
    admin.open("/app/settings/requests");
    admin.shows("main", "POST /v1/leads");
    admin.pictures("settings-requests");

    admin.open("/app/settings/calendars");
    admin.pictures("settings-calendars");
    admin.open("/app/insights");
    admin.pictures("insights");
    admin.press("details summary");
    admin.pictures("insights-table");
    // Before the first night there is nothing to compare, and after it too few others; who does not take part is told so.
    let compared = admin.text_of("section[aria-labelledby=benchmarks-title]");
    assert!(!compared.contains("does not take part"), "{compared}");
    admin.open("/app/settings/data");
    admin.press("#benchmarks");
    admin.send("form:has(#benchmarks)");
    admin.shows("#toast", "Saved.");
    // Functions remember a business for half a minute.
    let is_told = admin.within(60, || {
        admin.open("/app/insights");
        admin.text_of("section[aria-labelledby=benchmarks-title]").contains("does not take part")
    });
    assert!(is_told, "{}", admin.text_of("section[aria-labelledby=benchmarks-title]"));
}

#[test]
fn a_calendar_is_connected_by_its_address_tells_how_it_is_read_and_is_disconnected() {
    let roofer = Tenant::opened(|_| {});
    let admin = at_work(&roofer, Role::Admin, "Ada Okafor");
    admin.open("/app/settings/calendars");
    admin.shows("#entries", "None is connected.");
    let connect = |address: &str| {
        admin.fill("connect-name", "Holidays");
        admin.fill("connect-url", address);
        admin.send("form.make");
    };
    connect("ftp://127.0.0.1/holidays.ics");
    admin.shows("#connect-url-problem", "https and on the public internet");
    assert!(admin.text_of("#entries").contains("None is connected."), "what cannot be read is not connected");
    connect("http://127.0.0.1:9/secret/holidays.ics");
    admin.shows("#entries", "Holidays");
    admin.shows("#entries", "An address to subscribe to");
    // Before its first reading, or after one that failed, that is what it says.
    admin.shows("#entries", "Not read yet");
    let said = admin.text_of("#entries");
    assert!(!said.contains("secret"), "its address is not shown again: {said}");
    admin.pictures("settings-calendars-connected");
    // A scheduler has a key instead of an address.
    let choose = "const kind = document.getElementById('connect-kind'); kind.value = arguments[0]; kind.dispatchEvent(new Event('change', { bubbles: true }))";
    admin.run(choose, "calcom");
    admin.until("the field for its key", "document.getElementById('connect-calcom-key').offsetParent !== null");
    admin.until("no field for an address", "document.getElementById('connect-url').offsetParent === null");
    admin.send("#entries form[data-call^=DELETE]");
    admin.shows("#toast", "Disconnected.");
    admin.shows("#entries", "None is connected.");

    // Who may not change settings sees what is connected, and no way to change that.
    connect_by_api(&roofer);
    let viewer = at_work(&roofer, Role::Viewer, "Cy Ode");
    viewer.open("/app/settings/calendars");
    viewer.shows("#entries", "Shop");
    assert!(!viewer.has("#entries form") && !viewer.has("form.make"), "a viewer connects nothing");
}

fn connect_by_api(roofer: &Tenant) {
    let calendar = json!({"name": "Shop", "kind": "feed", "url": "http://127.0.0.1:9/"});
    let made = roofer.person("admin").call("POST", "/v1/calendars", &[], &calendar.to_string());
    assert_eq!(made.status, 201, "{}", made.body);
}

/// The figures of a trade, as a night publishes them.
fn published(trade: &str) {
    let figures = json!([{"cohort": trade, "period": "2026-H2", "metric": "quote_conversion", "band": "20-99",
        "average": 3_100, "top25": 4_300, "top10": 5_200, "epsilon_milli": 400}]);
    let figures = [
        ("pk", format!("T#{}#BENCHMARKS#FIGURES#{trade}", TenantId::platform())),
        ("sk", "00#2026-H2".to_owned()),
        ("entity", "benchmark_figures".to_owned()),
        ("figures", figures.to_string()),
    ];
    let item = figures.map(|(name, text)| (name.to_owned(), AttributeValue::S(text)));
    let put = aws_sdk_dynamodb::Client::new(&stage().aws).put_item().table_name(stage().output("TableName"));
    stage().block_on(put.set_item(Some(item.into())).send()).unwrap();
}

#[test]
fn an_owner_sees_how_the_business_compares() {
    let trade = format!("trade-x{}", &unique()[..12]);
    let roofer = Tenant::opened(|file| file.tenant.industry.clone_from(&trade));
    let today = now().to_zoned(TimeZone::UTC).date();
    roofer.counted_before(today);
    published(&trade);
    let store = &stage().store;
    let business = stage().block_on(store.tenants().document(&roofer.id())).unwrap().value;
    stage().block_on(store.benchmarks().summarise(&business, today, now())).unwrap();

    let admin = at_work(&roofer, Role::Admin, "Ada Okafor");
    let section = "section[aria-labelledby=benchmarks-title]";
    admin.open("/app/insights");
    for said in ["50 %", "In the best quarter", "31 %", "43 %", "about 20–99 businesses"] {
        admin.shows(&format!("{section} .cards"), said);
    }
    admin.pictures("benchmarks");
    admin.press(&format!("{section} details summary"));
    admin.shows(&format!("{section} table"), "52 %");
    admin.pictures("benchmarks-table");
}

#[test]
fn an_owner_talks_with_the_assistant_on_the_first_page() {
    let roofer = Tenant::opened(|file| file.tenant.faqs.clear());
    let owner = at_work(&roofer, Role::Admin, "Ada Okafor");
    owner.shows(".needs", "missing");
    owner.fill("try-said", "What are your opening hours?");
    owner.press("form[data-talk] button[type=submit]");
    owner.shows("#try-log", "What are your opening hours?");
    owner.shows("#try-log", "Assistant");
    owner.pictures("start-talk");
    owner.press(".needs a.do");
    owner.until("where it is set", "location.pathname === '/app/settings/questions'");
}

#[test]
fn an_agency_sets_up_a_client_and_enters_it() {
    let agency = Tenant::opened(|file| file.tenant.kind = TenantKind::Agency);
    let admin = at_work(&agency, Role::Admin, "Ada Okafor");
    admin.open("/app/clients");
    admin.pictures("clients-empty");
    admin.press("details summary");
    // An id is made of the name, and those of tests must not meet.
    let name = format!("Lakeside {}", unique());
    admin.fill("client-name", &name);
    admin.fill("client-industry", "roofing");
    admin.fill("client-notify", &address());
    admin.send("form.enter");
    admin.shows("#clients", &name);
    admin.pictures("clients");
    admin.press("#clients a");
    admin.shows("h1", &name);
    admin.pictures("client");
    admin.open("/app/clients");
    admin.press("#clients form[data-enters] button");
    admin.shows(".brand", &name);
}

#[test]
fn a_lead_is_found_by_who_has_it_and_goes_on_from_column_to_column() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    roofer.form(json!({"email": address(), "name": "Dana Whitfield", "message": "My roof leaks"}));
    manager.open("/app/leads");
    manager.shows("#leads", "Dana Whitfield");
    manager.press("main p a[href*='view=board']");
    manager.shows("#leads .board", "Dana Whitfield");
    manager.pictures("leads-board");
    manager.run("document.querySelector('.board select').value = 'closed_won'", "");
    manager.press(".board form button");
    manager.shows("#toast", "Saved.");
    manager.shows("section[aria-labelledby=column-closed_won]", "Dana Whitfield");
    assert!(!manager.has(".board form"), "what is won goes nowhere");
    manager.open("/app/leads?source=missed_call");
    manager.shows("#leads", "No leads match.");
}

/// Hail near the house two weeks before, hail too far away, wind, and a line that says nothing.
const STORMS: &str = "EVENT_ID,CZ_NAME_STR,BEGIN_DATE,BEGIN_TIME,EVENT_TYPE,MAGNITUDE,STATE_ABBR,CZ_TIMEZONE,MAGNITUDE_TYPE,BEGIN_LAT,BEGIN_LON\n\
    1,ELM CO.,06/03/2024,1705,Hail,1.75,CO,MST-7, ,39.76,-104.99\n\
    2,ELM CO.,06/03/2024,1710,Hail,2.00,CO,MST-7, ,38.20,-104.99\n\
    3,ELM CO.,06/03/2024,1705,Thunderstorm Wind,61,CO,MST-7,EG,39.74,-104.99\n\
    4,ELM CO.,the third of June,,Hail,,CO,MST-7, ,39.76,-104.99\n";

#[test]
fn the_storms_that_may_have_caused_a_damage_are_found_in_a_file_of_the_weather_service() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    let house = json!({"latitude": "39.74"});
    let dana = json!({"name": "Dana Whitfield", "phones": [number()], "fields": house}).to_string();
    let added = roofer.person("manager").call("POST", "/v1/contacts", &[("idempotency-key", "dana")], &dana);
    assert_eq!(added.status, 201, "{}", added.body);
    let id = serde_json::from_str::<serde_json::Value>(&added.body).unwrap()["id"].as_str().unwrap().to_owned();

    manager.open(&format!("/app/contacts/{id}"));
    manager.press("#storms summary");
    manager.shows_value("storm-latitude", "39.74");
    manager.run("document.getElementById('storm-noticed').value = '2024-06-17'", "");
    manager.fill("storm-longitude", "west of town");
    manager.choose_file("storms-file", "storms.csv", STORMS);
    manager.until("the table in its field", "document.getElementById('storm-csv').value.includes('ELM CO.')");
    manager.send("#storms form");
    manager.shows("#storm-longitude-problem", "39.74 or -104.99");
    manager.fill("storm-longitude", "-104,99");
    manager.send("#storms form");
    manager.shows("#storms-told", "hail of 1.75 in on 2024-06-03 within 3 km, ELM CO.");
    let told =
        ["read", "storms", "without_place", "unreadable"].map(|figure| manager.text_of(&format!("#storms-{figure}")));
    assert_eq!(told, ["3", "1", "0", "1"]);
    manager.pictures("contact-storms");

    // Another cause: what was found before is not left there.
    manager.run("const list = document.getElementById('storm-damage'); list.value = 'water'; list.dispatchEvent(new Event('change', { bubbles: true }))", "");
    manager.send("#storms form");
    manager.shows("#storms-storms", "0");
    manager.shows_no_longer("#storms-told", "hail of 1.75 in");
    manager.shows("#storms-told .empty", "No storm of the table fits.");
}
