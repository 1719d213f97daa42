//! The pages of campaigns, rendered with one that waits and one that went out.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use domain::campaigns::{Campaign, Figures};
use domain::identity::Role;
use domain::ids::ItemId;
use domain::inventory::PartsNeeded;
use domain::tenancy::Tenant;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::{CampaignReader, Page, Versioned};

use super::one::{Shown, content as one};
use crate::settings::Reader;
use crate::settings::tests::{NOW, OTHER, is_field, principal, read, tags};
use crate::words::{self, Words};

const ID: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

fn tenant() -> Tenant {
    read(json!({
        "id": "cool-air", "name": "Cool <Air>", "industry": "HVAC", "currency": "USD", "zone": "America/Denver", "region": "US",
        "language": "en", "business": {}, "hours": {}, "notify": [], "services": [{"id": "tune-up", "name": "AC <tune-up>"}],
    }))
}

fn campaign(fields: &Value) -> Campaign {
    let mut all = json!({
        "id": ID, "name": "Heat <wave>", "rule": "heat-wave", "event": "heat-wave@39.7,-105:2026-11-24", "condition": "heat_wave",
        "first_day": "2026-11-24", "last_day": "2026-11-26", "peak": 372, "place": "Denver", "services": ["tune-up"], "audience": {},
        "reach": {"looked_at": 50, "fits": 12, "left_out": {"served_lately": 38}, "complete": true}, "keep_free_percent": 20,
        "capacity": [{"date": "2026-11-22", "free": 4}], "spread": [{"on": "2026-11-20", "invite": 12}],
        "suggestions": [
            {"suggestion": "extra_shifts", "days": ["2026-11-22"], "visits": 2, "not_invited": 8},
            {"suggestion": "parts", "service": "tune-up", "visits": 3},
        ],
        "texts": {
            "en": {"subject": "Before the heat", "body": "Hi {name}, {business} here. <b>Hot</b> from {first_day} on."},
            "es": {"body": "Hola {name}, somos {business}."},
        },
        "state": "waiting", "created_at": NOW, "updated_at": NOW, "useful_until": NOW,
    });
    for (name, value) in fields.as_object().unwrap() {
        all[name] = value.clone();
    }
    read(all)
}

fn readers() -> [CampaignReader; 2] {
    let blank = CampaignReader {
        contact: read(json!(OTHER)),
        name: Some("Ana <Ruiz>".to_owned()),
        channel: None,
        language: None,
        subject: None,
        text: None,
        sms: None,
        not_reached: Some("consent".to_owned()),
    };
    let reached = CampaignReader {
        channel: Some(read(json!("sms"))),
        language: Some(read(json!("es"))),
        text: Some("Hola Ana, somos Cool <Air>.".to_owned()),
        not_reached: None,
        ..blank.clone()
    };
    [reached, blank]
}

fn english() -> &'static Words {
    words::accepted(&HeaderMap::new())
}

/// Every page by its name, as somebody with that role sees it.
fn pages(role: Role, words: &'static Words) -> BTreeMap<&'static str, String> {
    let (principal, zone, tenant) = (principal(role), TimeZone::get("America/Denver").unwrap(), tenant());
    let reader = Reader { words, principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
    let waiting = Versioned { value: campaign(&json!({})), version: 3 };
    let ended =
        json!({"state": "declined", "ended": {"at": NOW, "why": "stopped"}, "texts": {"en": {"body": "Hi {name}"}}});
    let over = Versioned { value: campaign(&ended), version: 9 };
    let sending = Versioned { value: campaign(&json!({"state": "sending"})), version: 5 };
    let figures: Figures =
        read(json!({"invited": 9, "answered": 4, "booked": 2, "revenue_cents": 29_800, "held_back": {"consent": 3}}));
    let none = Figures::default();
    let all = Page { items: vec![waiting.value.clone(), over.value.clone()], cursor: Some("next".to_owned()) };
    let parts = [PartsNeeded {
        item: ItemId::new("cap").unwrap(),
        name: "Cap <b>".to_owned(),
        unit: "piece".to_owned(),
        needed: 6,
        on_hand: 3,
        on_order: 0,
    }];
    let shown = |stored, figures, readers| {
        one(reader, &Shown { tenant: &tenant, stored, figures, readers, parts: &parts }).into_string()
    };
    [
        ("list", super::content(reader, &tenant, &all).into_string()),
        ("waiting", shown(&waiting, &none, &readers())),
        ("sending", shown(&sending, &figures, &[])),
        ("over", shown(&over, &figures, &[])),
    ]
    .into()
}

#[test]
fn every_field_has_a_label_and_a_place_for_what_is_wrong_with_it() {
    for (page, text) in pages(Role::Manager, english()) {
        let tags = tags(&text);
        let ids: Vec<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{page}: an id stands twice");
        for (name, attributes) in &tags {
            for reference in ["for", "aria-describedby", "aria-labelledby"] {
                for id in attributes.get(reference).into_iter().flat_map(|ids| ids.split(' ')) {
                    assert!(ids.iter().any(|there| *there == id), "{page}: {reference} names {id}");
                }
            }
            if is_field(name, attributes) {
                assert!(ids.contains(&&format!("{}-problem", attributes["id"])), "{page}: {attributes:?}");
            }
        }
    }
}

#[test]
fn what_people_typed_stays_text_in_every_language_and_every_name_has_words() {
    for language in ["en", "es", "fr", "de", "pt"] {
        let words = words::accepted(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, language.parse().unwrap())]));
        for (page, text) in pages(Role::Manager, words) {
            for (name, attributes) in tags(&text) {
                assert!(!["script", "style", "b", "air", "wave"].contains(&name.as_str()), "{page}: {name}");
                assert!(!attributes.contains_key("style"), "{page}");
            }
            assert!(
                !text.contains("campaign-") || !text.contains(">campaign-"),
                "{language} {page}: a name without words"
            );
        }
    }
}

#[test]
fn who_waits_for_a_yes_is_shown_what_it_is_to_and_who_may_not_say_it_reads_all_of_it() {
    let (manager, viewer) = (pages(Role::Manager, english()), pages(Role::Viewer, english()));
    let waiting = &manager["waiting"];
    let shown = campaign(&json!({})).shown().to_string();
    assert!(waiting.contains(&format!("POST /v1/campaigns/{ID}/approve")) && waiting.contains(&shown), "{waiting}");
    assert!(waiting.contains("name=\"texts.en.body\"") && waiting.contains("name=\"texts.es.body\""));
    assert!(waiting.contains("Hola Ana, somos Cool &lt;Air&gt;.") && waiting.contains("No consent"), "{waiting}");
    assert!(waiting.contains("name=\"most_a_day\""));
    assert!(waiting.contains("12 invitations are planned") && waiting.contains("Had it lately"), "{waiting}");
    assert!(
        waiting.contains("8 customers fit and are not invited") && waiting.contains("Tuesday, November 24"),
        "{waiting}"
    );
    assert!(waiting.contains("Cap &lt;b&gt;") && waiting.contains("needed 6, in stock 3, on order 0"), "{waiting}");
    for page in viewer.values() {
        assert!(!page.contains("<form") && !page.contains("<button"), "a viewer changes nothing");
    }
    assert!(viewer["waiting"].contains("{first_day}"), "and reads it");
}

#[test]
fn what_goes_out_can_be_stopped_and_not_changed_and_says_what_came_of_it() {
    let pages = pages(Role::Manager, english());
    let sending = &pages["sending"];
    assert!(sending.contains(&format!("POST /v1/campaigns/{ID}/stop")) && !sending.contains("name=\"texts.en.body\""));
    assert!(
        sending.contains("298") && sending.contains("booked for at least") && sending.contains("No consent"),
        "{sending}"
    );
    let over = &pages["over"];
    assert!(over.contains("Someone stopped it.") && !over.contains("<form"), "{over}");
    assert!(pages["list"].contains("Heat &lt;wave&gt;") && pages["list"].contains("rel=\"next\""));
}
