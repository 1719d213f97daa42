//! A campaign in a browser: its weather is set up, what it says is changed, and a yes sends it.

use domain::campaigns::{CampaignState, Proposal, Proposed, WeatherRule};
use domain::identity::{Actor, Role};
use domain::ids::CampaignId;
use serde_json::{from_value, json};
use store::Trace;

use crate::chromium::Chromium;
use crate::stage::{Tenant, eventually, number, stage, unique};
use crate::workday::at_work;

/// A campaign for the weather of today, as `worker-weather` begins it, for a business whose calendar books its first service.
fn begun(tenant: &Tenant) -> CampaignId {
    let (store, now) = (&stage().store, runtime::clock::now());
    stage().block_on(async {
        let mut shop = store.tenants().document(&tenant.id()).await.unwrap().value;
        shop.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
        let service = shop.services[0].id.clone();
        let rule: WeatherRule = from_value(json!({
            "id": "storm", "name": "Storm", "condition": "storm", "thresholds": {"gust_above_tenths_kmh": 966}, "lead_days": 2,
            "services": [service], "audience": {"last_visit_over_days": null, "or_never": true, "not_heard_for_days": 0},
        }))
        .unwrap();
        let today = now.to_zoned(shop.time_zone()).date();
        let proposal = Proposal {
            condition: rule.condition,
            rule,
            event: format!("storm-{}", unique()),
            first_day: today,
            last_day: today,
            peak: Some(1_020),
            hail_tenths_mm: Some(254),
            location: None,
            place: None,
        };
        match store.campaigns().propose(&shop, &proposal, now).await.unwrap() {
            Proposed::New(id) => id,
            other => panic!("{other:?}"),
        }
    })
}

/// Waits until a campaign is so far.
fn is_so_far(tenant: &Tenant, id: CampaignId, state: CampaignState) {
    eventually(state.as_str(), || {
        let campaign = stage().block_on(stage().store.campaigns().get(&tenant.id(), id)).unwrap().value;
        (campaign.state == state).then_some(())
    });
}

fn add_rule(browser: &Chromium) {
    browser.open("/app/settings/weather");
    browser.pictures("weather");
    browser.press("#entry-new summary");
    browser.fill("new-name", "Very hot days");
    browser.fill("new-heat_wave-thresholds-high_above_tenths_c", "100");
    browser.press("#new-services-0");
    browser.send("#entry-new form");
    browser.shows("#toast", "Saved.");
    browser.shows("#entries", "Very hot days");
}

#[test]
fn weather_is_chosen_and_a_campaign_is_read_changed_and_approved() {
    let roofer = Tenant::roofer();
    roofer.sms(&number(), "Do you repair roofs?");
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    add_rule(&manager);
    manager.press("#entry-very-hot-days summary");
    manager.shows_value("very-hot-days-thresholds-high_above_tenths_c", "100");
    manager.pictures("weather-rule");

    manager.open("/app/campaigns");
    manager.shows("#campaigns", "No campaigns yet.");
    manager.pictures("campaigns-empty");
    // No one agreed to advertising: it fits no one, and says why.
    let id = begun(&roofer);
    is_so_far(&roofer, id, CampaignState::Failed);
    manager.open("/app/campaigns");
    manager.shows("#campaigns", "Storm");
    manager.pictures("campaigns");
    manager.open(&format!("/app/campaigns/{id}"));
    manager.shows("#state", "It fits no customer.");
    manager.pictures("campaign-over");
}

#[test]
fn a_suggested_rule_is_used_with_another_age_of_roofs_and_changed_again() {
    let roofer = Tenant::roofer();
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    let stored = |years: u16| {
        let rule = stage().block_on(stage().store.documents().get::<WeatherRule>(&roofer.id(), "storm")).unwrap().value;
        let age = rule.audience.field_over.clone().unwrap();
        assert_eq!((rule.active, age.field.as_str(), age.over_years), (true, "roof_installed", years));
        rule
    };
    manager.open("/app/settings/weather");
    manager.press("#entry-storm summary");
    manager.shows_value("storm-audience-field_over", "roof_installed");
    manager.shows_value("storm-audience-field_over-0-over_years", "20");
    manager.pictures("weather-suggested");
    manager.fill("storm-audience-field_over-0-over_years", "25");
    manager.send("#entry-storm form");
    manager.shows("#toast", "Saved.");
    let used = stored(25);
    assert_eq!((used.thresholds.hail_from_tenths_mm, used.audience.tags.len()), (Some(254), 0), "as it was suggested");

    // What the page has no field for stays as it is.
    let documents = stage().store.documents();
    let own = stage().block_on(documents.get::<WeatherRule>(&roofer.id(), "storm")).unwrap();
    let in_summer = WeatherRule { months: vec![6, 7], ..own.value };
    let by = Trace { actor: Actor::Operator, at: runtime::clock::now(), address: None, correlation_id: unique() };
    stage().block_on(documents.replace(&roofer.id(), &in_summer, own.version, &by)).unwrap();
    manager.open("/app/settings/weather");
    manager.press("#entry-storm summary");
    manager.fill("storm-audience-field_over-0-over_years", "30");
    manager.fill("storm-audience-tags", "metal, slate");
    manager.send("#entry-storm form");
    manager.shows("#toast", "Saved.");
    let kept = stored(30);
    assert_eq!(
        (kept.audience.tags.as_slice(), kept.months.as_slice()),
        (["metal", "slate"].map(String::from).as_slice(), [6, 7].as_slice())
    );
}

/// A business whose calendar books its first service at any hour, and one of its customers, who agreed to advertising.
fn with_a_customer() -> Tenant {
    let tenant = Tenant::opened(|file| {
        file.locations.clear();
        file.staff.clear();
        let service = &mut file.tenant.services[0];
        (service.duration_minutes, service.skills) = (Some(60), Vec::new());
        service.booking = Some(from_value(json!({"needs": [{"kind": "person"}], "lead_minutes": 0})).unwrap());
        let always = json!([{"open": "00:00", "close": "00:00"}]);
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let hours = days.iter().map(|day| ((*day).to_owned(), always.clone())).collect::<serde_json::Map<_, _>>();
        file.tenant.hours = from_value(hours.into()).unwrap();
    });
    let owner = tenant.person("admin");
    let ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person"});
    assert_eq!(owner.call("POST", "/v1/resources", &[], &ana.to_string()).status, 201);
    let said = tenant.sms(&number(), "Do you repair roofs?");
    tenant.sent_reply(&said);
    let path = format!("/v1/contacts/{}", tenant.lead(said.lead()).contact);
    for (method, what, body) in [
        ("PUT", "preferences", json!({"zone": "Etc/GMT", "state": "CO"})),
        (
            "POST",
            "consents",
            json!({"channel": "sms", "purpose": "marketing", "granted": true, "evidence": "Said so at the desk"}),
        ),
    ] {
        eventually(what, || {
            let read = owner.call("GET", &format!("{path}/journey"), &[], "");
            let version = [("if-match", read.header("etag")?)];
            (owner.call(method, &format!("{path}/{what}"), &version, &body.to_string()).status == 200).then_some(())
        });
    }
    tenant
}

#[test]
fn a_yes_is_to_the_text_that_was_shown() {
    let roofer = with_a_customer();
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    let id = begun(&roofer);
    is_so_far(&roofer, id, CampaignState::Waiting);

    manager.open(&format!("/app/campaigns/{id}"));
    manager.shows("#state", "It waits for your yes.");
    manager.shows("#preview", "STOP");
    manager.pictures("campaign");
    // A price that the business does not have is refused, with what to change.
    manager.fill("texts-en-body", "{business}: a roof check for $19.");
    manager.send("#text-en form");
    manager.shows("#texts-en-body-problem", "a price or a share that your services");
    manager
        .fill("texts-en-body", "Hi {name}, {business} here. The storm may have hurt your roof. Shall we look at it?");
    manager.send("#text-en form");
    manager.shows("#toast", "Saved.");
    manager.shows("#preview", "may have hurt your roof");
    // The page shows the text of now, and a yes is to that.
    manager.press("form[data-call$='/approve'] button");
    manager.shows("#toast", "Approved.");
    manager.shows_no_longer("#state", "It waits for your yes.");
    manager.pictures("campaign-approved");
}
