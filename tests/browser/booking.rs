//! The booking page and an appointment's page in a browser: by the keyboard alone, in each width, without a fault for axe.

use serde_json::json;

use crate::chromium::Chromium;
use crate::stage::{Tenant, address};

/// A business whose inspections one person does.
fn office() -> Tenant {
    let tenant = Tenant::opened(|file| {
        file.tenant.plan = domain::tenancy::Plan::Scale;
        // In one place: nobody has to say where.
        file.locations.clear();
        file.staff.clear();
        file.tenant.branding.primary_colour = Some("#F2A900".to_owned());
        let inspection = &mut file.tenant.services[0];
        inspection.duration_minutes = Some(60);
        inspection.skills = Vec::new();
        inspection.deposit = Some(serde_json::from_value(json!({"cents": 2_500})).unwrap());
        let rules = json!({"needs": [{"kind": "person"}], "lead_minutes": 0});
        inspection.booking = Some(serde_json::from_value(rules).unwrap());
    });
    let ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person"});
    let made = tenant.person("admin").call("POST", "/v1/resources", &[], &ana.to_string());
    assert_eq!(made.status, 201, "{}", made.body);
    tenant
}

/// Goes by Tab to the first thing of that kind, and presses Enter.
fn tab_to(browser: &Chromium, selector: &str) {
    let is_there = "return document.activeElement?.matches(arguments[0]) === true";
    for _ in 0..80 {
        browser.type_keys(&["\t"]);
        if browser.run(is_there, selector) == Some(true.into()) {
            browser.type_keys(&["\n"]);
            return;
        }
    }
    panic!("no way to {selector} by the keyboard");
}

#[test]
fn a_visit_is_booked_moved_and_cancelled_by_the_keyboard_alone() {
    let (browser, tenant) = (Chromium::start(), office());
    browser.open(&format!("/book/{}?lang=en", tenant.id()));
    browser.shows("h1", "Book an appointment");
    browser.shows("#days", "Choose a day");
    browser.pictures("booking-days");
    tab_to(&browser, "#times .grid li:last-child a");
    browser.shows("form", "A deposit of $25 is required.");
    browser.pictures("booking-form");

    // What is wrong is said where it is wrong, and what was typed is kept.
    browser.fill("name", "Dana Whitfield");
    browser.fill("address", "12 Alder Street, Denver");
    browser.fill("phone", "12");
    browser.press("form button[type=submit]");
    browser.shows("#phone-problem", "Please check the number");
    browser.shows_value("name", "Dana Whitfield");
    browser.pictures("booking-wrong");
    browser.fill("phone", "");
    browser.fill("email", &address());
    browser.run("document.querySelector('form button[type=submit]').focus()", "");
    browser.type_keys(&["\n"]);
    browser.shows("[role=status]", "Your appointment is booked.");
    browser.pictures("visit");

    tab_to(&browser, "a[href*='/move']");
    browser.shows("h1", "Change the time");
    browser.pictures("visit-times");
    tab_to(&browser, "#times .grid li:last-child button");
    browser.shows("[role=status]", "has been moved");
    tab_to(&browser, "form[action*='/confirm'] button");
    browser.shows("#state", "Confirmed");
    tab_to(&browser, "summary");
    browser.fill("why", "Is out of town");
    browser.type_keys(&["\n"]);
    browser.shows("#state", "Cancelled");
    browser.pictures("visit-cancelled");

    // In another language, at a press.
    tab_to(&browser, ".languages a[lang=de]");
    browser.shows("h1", "Ihr Termin");
    browser.open("/visit/x");
    browser.shows("h1", "Page not found");
    browser.pictures("visit-gone");
}

#[test]
fn where_nothing_can_be_booked_the_page_says_how_the_business_is_reached() {
    let (browser, tenant) = (Chromium::start(), Tenant::opened(|_| {}));
    browser.open(&format!("/book/{}?lang=en", tenant.id()));
    browser.shows("main", "cannot be booked online here");
    assert!(browser.has("main a[href^='tel:']"));
    browser.pictures("booking-none");
}
