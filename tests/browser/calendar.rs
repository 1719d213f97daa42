//! The calendar in a browser: set up without the API, booked from a conversation, moved by the keyboard, and shut for others.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::identity::Role;
use domain::tenancy::{Hours, Span};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde_json::json;
use std::collections::HashMap;
use store::keys;

use crate::chromium::Chromium;
use crate::stage::{Tenant, number, stage};
use crate::workday::at_work;

/// A business that is always open, whose inspections are booked in the calendar.
fn shop() -> Tenant {
    Tenant::opened(|file| {
        file.tenant.hours = Hours::daily(Span { open: Time::midnight(), close: Time::midnight() });
        let inspection = &mut file.tenant.services[0];
        inspection.duration_minutes = Some(60);
        inspection.skills = Vec::new();
        let rules = json!({"needs": [{"kind": "person"}], "lead_minutes": 0});
        inspection.booking = Some(serde_json::from_value(rules).unwrap());
    })
}

/// Has the business know that more of its visits are missed than kept.
fn often_missed(shop: &Tenant) {
    let (key, text) = (keys::of(&shop.id()).no_show_model(), |text: &str| AttributeValue::S(text.to_owned()));
    let weights = [("every".to_owned(), AttributeValue::N("0.5".to_owned()))];
    let item: HashMap<String, AttributeValue> = [
        ("pk".to_owned(), text(&key.pk.to_string())),
        ("sk".to_owned(), text(&key.sk)),
        ("entity".to_owned(), text("no show model")),
        ("weights".to_owned(), AttributeValue::M(weights.into())),
    ]
    .into();
    let put = aws_sdk_dynamodb::Client::new(&stage().aws).put_item().table_name(stage().output("TableName"));
    stage().block_on(put.set_item(Some(item)).send()).unwrap();
}

/// Drags the first visit of the day an hour down, as a mouse does.
const DRAG_AN_HOUR: &str = "
    const [visit, lane] = ['.visit', '[data-day] .lane'].map((part) => document.querySelector(part));
    const [hour, box] = [4 * parseFloat(getComputedStyle(lane).gridAutoRows), visit.getBoundingClientRect()];
    const tell = (kind, target, clientY) => target.dispatchEvent(new DragEvent(kind, {
        bubbles: true, cancelable: true, dataTransfer: new DataTransfer(), clientX: box.left + 5, clientY }));
    tell('dragstart', visit, box.top + 5);
    tell('dragover', lane, box.top + 5 + hour);
    tell('drop', lane, box.top + 5 + hour)";

/// Tomorrow, as the clocks of the business show it.
fn tomorrow() -> Date {
    let zone = TimeZone::get("America/Denver").unwrap();
    runtime::clock::now().to_zoned(zone).date().checked_add(1.day()).unwrap()
}

/// Chooses a day, as the browser's own field for dates does.
fn choose_day(browser: &Chromium, field: &str, day: Date) {
    let script = format!(
        "const field = document.getElementById(arguments[0]); field.value = '{day}'; field.dispatchEvent(new Event('change'))"
    );
    browser.run(&script, field);
    browser.shows(".times", ":");
}

#[test]
fn an_appointment_is_booked_from_a_conversation_in_two_clicks_and_moved_by_the_keyboard() {
    let (shop, tomorrow) = (shop(), tomorrow());
    let manager = at_work(&shop, Role::Manager, "Mo Reyes");
    manager.open("/app/settings/resources");
    manager.press("details.add summary");
    manager.fill("new-name", "Ana Flores");
    manager.fill("new-time_off", "soon");
    manager.send("details.add form");
    manager.shows("#new-time_off-problem", "2026-12-24");
    manager.fill("new-time_off", "2031-12-24 - 2031-12-26 Holiday");
    manager.send("details.add form");
    manager.shows("#entries", "Ana Flores");
    manager.shows_value("ana-flores-time_off", "2031-12-24 - 2031-12-26 Holiday");
    manager.pictures("settings-resources");
    manager.open("/app/settings/services");
    manager.press("#services-0 summary");
    manager.pictures("settings-services-booking");

    // One click shows the free times, one books.
    shop.sms(&number(), "Can somebody come?");
    manager.open("/app/inbox");
    manager.press("#threads .row-link");
    manager.press("#book summary");
    choose_day(&manager, "new-day", tomorrow);
    manager.pictures("conversation-booking");
    manager.press("#book .times li:nth-child(20) button");
    manager.shows("#toast", "The appointment is booked.");

    for view in ["day", "week"] {
        manager.open(&format!("/app/calendar?view={view}&date={tomorrow}"));
        manager.shows(".visit", "No name yet");
        manager.pictures(&format!("calendar-{view}"));
    }
    manager.press(".visit a");
    manager.shows("#visit", "Ana Flores");
    // What the risk says may change with the move.
    let before = manager.text_of("#visit time");
    manager.press("#another-time summary");
    manager.shows(".times", ":");
    manager.run("document.querySelector('.times button').focus()", "");
    manager.type_keys(&["\n"]);
    manager.shows("#toast", "The appointment has moved.");
    manager.shows_no_longer("#visit time", &before);
    manager.pictures("visit");
    manager.press("#toast button");
    manager.shows("#visit time", &before);

    // Dropped where it cannot be: why, and when it can be instead.
    let page = manager.run("return location.pathname", "").unwrap().as_str().unwrap().to_owned();
    manager.open(&format!("{page}?to=2020-01-01T09:00"));
    manager.shows("#move .notice", "Move the appointment to");
    manager.send("#move form");
    manager.shows("#move .problem[role=alert]", "nearest free times");
    manager.open(&page);
    manager.press("#visit form:has([value=confirm]) button");
    manager.shows("#visit .tags", "confirmed");

    // A viewer reads and changes nothing; another business has no such page.
    let viewer = at_work(&shop, Role::Viewer, "Cy Ode");
    viewer.open(&page);
    viewer.shows("#visit", "confirmed");
    assert!(!viewer.has("#move") && !viewer.has("#visit form"), "a viewer moves nothing");
    viewer.open("/app/calendar/new");
    viewer.shows("h1", "This page is not for your role");
    let stranger = at_work(&Tenant::opened(|_| {}), Role::Manager, "Di Vale");
    stranger.open(&page);
    stranger.shows("h1", "There is nothing here");
    stranger.open("/app/calendar");
    stranger.shows("main", "Nothing can be booked yet");
    stranger.pictures("calendar-empty");
}

#[test]
fn somebody_who_rings_gets_an_appointment_from_the_calendar() {
    let (shop, tomorrow) = (shop(), tomorrow());
    let manager = at_work(&shop, Role::Manager, "Mo Reyes");
    let owner = shop.person("admin");
    let ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person"});
    assert_eq!(owner.call("POST", "/v1/resources", &[], &ana.to_string()).status, 201);
    shop.sms(&number(), "It is Rosa Diaz, my roof leaks");
    manager.open("/app/inbox");
    manager.press("#threads .row-link");
    manager.open(&format!("/app/calendar?date={tomorrow}"));
    manager.press("a[href*='/calendar/new']");
    manager.pictures("calendar-new");
    manager.press(".rows .row-link");
    choose_day(&manager, "new-day", tomorrow);
    manager.fill("new-note", "Gate code 4711");
    manager.pictures("calendar-new-times");
    manager.press(".times li:nth-child(20) button");
    manager.shows("#toast", "The appointment is booked.");
    manager.open(&format!("/app/calendar?date={tomorrow}"));
    manager.press(".visit a");
    manager.shows("#visit", "Gate code 4711");
    manager.press("#cancel summary");
    manager.fill("why", "Is out of town");
    manager.send("#cancel form");
    manager.shows("#visit", "Is out of town");
}

#[test]
fn a_visit_is_dragged_and_who_may_not_come_who_asks_and_who_waits_are_seen() {
    let (shop, tomorrow) = (shop(), tomorrow());
    often_missed(&shop);
    let manager = at_work(&shop, Role::Manager, "Mo Reyes");
    let ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person"});
    assert_eq!(shop.person("admin").call("POST", "/v1/resources", &[], &ana.to_string()).status, 201);
    let said = ["please cancel my appointment on Friday", "Can somebody come?"].map(|text| shop.sms(&number(), text));
    let [comes, waits] = said.each_ref().map(|said| {
        shop.sent_reply(said);
        format!("/app/inbox/{}", said.conversation())
    });
    manager.open(&comes);
    manager.press("#book summary");
    choose_day(&manager, "new-day", tomorrow);
    manager.press("#book .times li:nth-child(20) button");
    manager.shows("#toast", "The appointment is booked.");

    // The list is joined from a conversation, once.
    manager.open(&waits);
    manager.press("#wait summary");
    manager.pictures("conversation-waiting");
    manager.send("#wait form");
    manager.shows("#toast", "On the waiting list.");
    manager.open(&waits);
    manager.press("#wait summary");
    manager.send("#wait form");
    manager.shows("#wait .problem[role=alert]", "waits already");

    let day = format!("/app/calendar?date={tomorrow}");
    manager.open(&day);
    manager.shows("#requests", "Cancel an appointment");
    manager.shows("#waiting", "since");
    manager.shows(".visit .tag.alert", "% risk");
    manager.pictures("calendar-risk");

    manager.window(1280, 900);
    manager.run(DRAG_AN_HOUR, "");
    manager.shows("#move .notice", "Move the appointment to");
    manager.shows("#visit dl", "not confirmed");
    let before = manager.run("return document.querySelector('#visit time').dateTime", "").unwrap();
    let before = before.as_str().unwrap();
    manager.send("#move form");
    manager.shows("#toast", "The appointment has moved.");
    manager.until(
        "an hour later",
        &format!("new Date(document.querySelector('#visit time').dateTime) - new Date('{before}') === 3600000"),
    );

    // The one with the visit can wait for another time too.
    manager.press("#wait summary");
    manager.send("#wait form");
    manager.shows("#waiting", "Waits for a time");
    manager.pictures("visit-waiting");
    manager.send("#waiting form");
    manager.shows_no_longer("#waiting", "Waits for a time");
    manager.open(&day);
    manager.send("#waiting form");
    manager.shows("#waiting", "The waiting list is empty.");
}
