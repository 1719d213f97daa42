//! The settings in a browser: what is typed is stored, what is wrong is told at its field, and what was removed can be put back.

use domain::identity::Role;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::stage::{Tenant, address, number, stage};
use crate::workday::at_work;

#[test]
fn hours_and_services_are_changed_where_they_stand() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");

    // What nobody can read is told before it is sent, and what the API refuses at the field that is to blame.
    manager.open("/app/settings/hours");
    manager.fill("hours-monday", "nine to five");
    manager.send("#week form");
    manager.shows("#hours-monday-problem", "Write times such as");
    manager.fill("hours-monday", "08:00-12:00, 11:00-13:00");
    manager.send("#week form");
    manager.shows("#hours-monday-problem", "overlap");
    manager.fill("hours-monday", "8am-12pm, 1pm-5:30pm");
    // Whoever leaves now is asked; once it is saved, no one is.
    let asks = "const leaving = new Event('beforeunload', { cancelable: true }); dispatchEvent(leaving); return leaving.defaultPrevented";
    assert_eq!(manager.run(asks, ""), Some(true.into()));
    manager.send("#week form");
    manager.shows("#toast", "Saved.");
    assert_eq!(manager.run(asks, ""), Some(false.into()));
    manager.shows_value("hours-monday", "08:00-12:00, 13:00-17:30");
    manager.pictures("settings-hours");

    // An entry of a list is added, removed and put back.
    manager.open("/app/settings/services");
    manager.press("#services-new summary");
    manager.fill("services-new-name", "Skylight repair");
    manager.fill("services-new-price", "350+");
    manager.send("#services-new form");
    manager.shows("#services", "Skylight repair");
    manager.shows("#services", "350+");
    let first = manager.text_of("#services-0 summary strong");
    manager.press("#services-0 summary");
    manager.send("#services-0 form[data-do=remove]");
    manager.shows_no_longer("#services-0 summary", &first);
    manager.press("#toast button");
    manager.shows("#services-0 summary", &first);
    manager.pictures("settings-services");

    for page in ["", "/questions", "/assistant", "/channels", "/locations", "/staff"] {
        manager.open(&format!("/app/settings{page}"));
        manager.pictures(&format!("settings{}", page.replace('/', "-")));
    }
}

#[test]
fn what_is_refused_is_told_in_german_with_the_apis_sentence_marked_as_english() {
    let manager = at_work(&Tenant::opened(|_| {}), Role::Manager, "Mo Reyes");
    manager.speaks("de");
    manager.open("/app/settings/hours");
    manager.fill("hours-monday", "08:00-12:00, 11:00-13:00");
    manager.send("#week form");
    manager.shows("#hours-monday-problem", "Bitte prüfen Sie diese Angabe.");
    manager.shows("#hours-monday-problem span[lang=en]", "overlap");
    manager.pictures("settings-hours-de");
}

#[test]
fn what_comes_for_a_lead_is_seen_before_it_happens() {
    let roofer = Tenant::opened(|_| {});
    roofer.sms(&number(), "My roof leaks, can you come today?");
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/leads");
    manager.press("#leads tbody th a");
    manager.press("a[href$='/ahead']");
    manager.shows("nav.queues [aria-current]", "30 days");
    manager.press("nav.queues a[href$='days=90']");
    manager.shows("nav.queues [aria-current]", "90 days");
    manager.pictures("lead-ahead");
}

#[test]
fn a_sequence_is_paused_and_goes_on() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/journeys");
    manager.pictures("journeys");
    manager.open("/app/journeys/silent-lead");
    manager.send("#state form");
    manager.shows("#state", "paused");
    manager.pictures("journey");
    manager.send("#state form");
    manager.shows("#state", "Pause");
}

#[test]
fn an_admin_invites_a_colleague_and_gives_a_program_a_key() {
    let roofer = Tenant::opened(|_| {});
    let admin = at_work(&roofer, Role::Admin, "Ada Okafor");
    let colleague = address();
    admin.open("/app/settings/team");
    admin.shows("#members", "Ada Okafor");
    admin.fill("invite-email", &colleague);
    admin.send("form.make");
    admin.shows("#invitations", &colleague);
    admin.pictures("settings-team");

    admin.open("/app/settings/keys");
    admin.fill("name", "Calendar");
    admin.send("form[data-reveal]");
    admin.shows("#scopes-problem", "at least one");
    admin.press("#scope-leads-read");
    admin.send("form[data-reveal]");
    admin.shows("#new-key", "pl_api_");
    admin.shows("#keys", "Calendar");

    admin.open("/app/settings/spend");
    admin.shows("h1", "Spend");
    admin.pictures("settings-spend");
    admin.fill("cost_control-microdollars_per_month", "25.50");
    admin.send("#spend-limits form");
    admin.open("/app/settings/spend");
    admin.shows(".cards", "/ $25.50");

    admin.open("/app/settings/data");
    admin.shows("table", "Ada Okafor");
    admin.pictures("settings-data");
}

#[test]
fn an_admin_adds_a_webhook_tries_it_sees_what_was_answered_and_removes_it() {
    let roofer = Tenant::opened(|_| {});
    let server = stage().block_on(MockServer::start());
    stage().block_on(Mock::given(method("POST")).respond_with(ResponseTemplate::new(202)).mount(&server));
    let admin = at_work(&roofer, Role::Admin, "Ada Okafor");
    admin.open("/app/settings/webhooks");
    admin.shows("#webhooks", "None yet.");
    admin.fill("new-url", "ftp://hooks.example.com/");
    admin.send("form.make");
    admin.shows("#new-url-problem", "https");
    admin.fill("new-url", &server.uri());
    admin.send("form.make");
    admin.shows("#new-secret", "whsec_");
    admin.shows("#webhooks", &server.uri());
    admin.pictures("settings-webhooks");

    admin.press("#webhooks a");
    admin.shows("#deliveries", "None yet.");
    admin.send("#webhook-state form[data-call$=test]");
    admin.shows("#deliveries", "HTTP 202");
    admin.pictures("settings-webhook");
    admin.send("#deliveries form[data-call$=replay]");
    admin.until("a second try", "document.querySelector('#deliveries').textContent.split('HTTP 202').length === 3");
    admin.press("#webhook-rotate summary");
    admin.send("#webhook-rotate form");
    admin.shows("#next-secret", "whsec_");
    admin.send("#webhook-state form[data-call^=PUT]");
    admin.shows("#webhook-state", "paused");
    admin.send("#webhook-state form[data-call^=PUT]");
    admin.shows("#webhook-state", "Send a test event");
    admin.press("#webhook-change summary");
    admin.pictures("settings-webhook-change");
    admin.send("#webhook-change form[data-call^=DELETE]");
    admin.shows("#webhooks", "None yet.");
}
