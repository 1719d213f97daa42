//! Every page of the settings and journeys, rendered with a business that has everything: labels, references, and the calls of forms.

use domain::identity::{ApiKey, AuditEntry, Credential, Invitation, LoggedRequest, Member, Principal, Role, SiteKey};
use domain::ids::{AccountId, SessionId};
use domain::journeys::{Tallied, in_force};
use domain::rights::DataJob;
use domain::tenancy::{Location, StaffMember, Tenant};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::{Page, Versioned};

use super::{
    Reader, Wanted, assistant, business, calendars, canned, channels, data, extras, hours, keys, locations, notices,
    prompts, questions, requests, resources, services, spend, staff, team, training, weather, webhooks,
};
use crate::words;
use crate::{journeys, operators};

pub(crate) const NOW: &str = "2026-11-20T12:00:00Z";
const ACCOUNT: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
pub(crate) const OTHER: &str = "49c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

#[track_caller]
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// A business that has set everything that the pages show.
pub(crate) fn clinic() -> Tenant {
    let day = json!([{"open": "08:00", "close": "12:00"}, {"open": "13:00", "close": "17:30"}]);
    read(json!({
        "id": "lakeside-dental", "name": "Lakeside <Dental>", "industry": "dental", "plan": "growth", "currency": "USD",
        "zone": "America/Chicago", "region": "US", "language": "en", "works_at": "business",
        "business": {"address": "12 Sample Street, Austin, TX 78701", "phone": "+15125550100", "website": "https://lakeside.example.com"},
        "insights": {"close_rate_percent": 25, "average_job_cents": 85_000, "monthly_price_cents": 29_900},
        "cost_control": {"microdollars_per_month": 12_500_000},
        "hours": {
            "monday": day, "tuesday": day,
            "holidays": [
                {"name": "New Year", "month": 1, "day": 1},
                {"name": "Thanksgiving", "month": 11, "weekday": "thursday", "nth": 4, "spans": [{"open": "08:00", "close": "10:00"}]},
            ],
            "exceptions": [{"date": "2026-12-24", "until": "2026-12-26", "name": "Christmas"}],
        },
        "services": [
            {"id": "cleaning", "name": "Cleaning", "price": {"from_cents": 9_900, "to_cents": 9_900}, "duration_minutes": 45, "keywords": ["hygiene"],
                "booking": {"needs": [{"kind": "person"}, {"kind": "room", "count": 2}], "most_a_day": 8, "works_at": "business"}},
            {"id": "crown", "name": "Crown", "price": {"from_cents": 95_050}},
            {"id": "braces", "name": "Braces", "price": {"from_cents": 250_000, "to_cents": 600_000}},
        ],
        "intake": [
            {"id": "insured", "text": "Are you insured?", "kind": {"type": "yes_no"}, "required": true},
            {"id": "insurer", "text": "With whom?", "kind": {"type": "choice", "options": [
                {"value": "delta", "label": "Delta", "keywords": ["dd"]}, {"value": "other", "label": "Another"},
            ]}, "when": {"question": "insured", "is": ["yes"]}},
            {"id": "age", "text": "How old are you?", "kind": {"type": "number", "min": 1, "max": 120, "unit": "years"}},
        ],
        "faqs": [{"question": "Do you take walk-ins?", "answer": "Yes, before noon.", "keywords": ["walk in"]}],
        "extras": [
            {"id": "whitening", "name": "Whitening <kit>", "when": "visit_booked", "text": "Would you like a whitening kit?",
                "price": {"from_cents": 4_900, "to_cents": 4_900}, "keywords": ["kit"], "services": ["cleaning"],
                "from": "2026-11-01", "until": "2026-12-31", "active": true},
            {"id": "direct", "name": "Direct", "when": "other_platform", "percent_off": 5, "active": false},
        ],
        "max_discount_percent": 15,
        "personality": "friendly_casual", "tone": "warm", "instructions": "Ask for pain first.",
        "prompts": {"respond": "Offer <b>whitening</b>."},
        "escalation_words": ["swollen"], "hot_words": ["today"], "notify": ["front@lakeside.example.com"],
        "channels": {
            "sms": {"account_sid": "AC00000000000000000000000000000001", "from": "+15125550101"},
            "whatsapp": {"phone_number_id": "100000000000001", "templates": [
                {"template": {"name": "news", "language": "en", "values": ["{name}"]}, "text": "Hi {name}, <we> have news."},
            ]}, "email": {"from": "hello@lakeside.example.com"}, "chat": true,
        },
        "origins": ["https://lakeside.example.com"], "branding": {"primary_colour": "#1a4d8f"},
        "escalation": {"rules": [{
            "id": "storm", "when": [{"words": ["swollen", "bleeding"]}, {"no_staff_reply_within_minutes": 15}, {"vip": true}],
            "during": "closed", "then": [{"notify": ["night@lakeside.example.com"]}, {"create_task": "Call back"}],
        }]},
    }))
}

pub(crate) fn principal(role: Role) -> Principal {
    let account = AccountId::parse(ACCOUNT).unwrap();
    let session = SessionId::parse(ACCOUNT).unwrap();
    let credential = Credential::Session { account, session, role, enrolling: false };
    Principal { tenant: read(json!("lakeside-dental")), credential }
}

fn site_keys() -> Page<Versioned<SiteKey>> {
    let key = |id: &str, kind: &str, key: Option<&str>| Versioned {
        value: read(json!({"id": id, "kind": kind, "name": "Website", "key": key, "created_at": NOW})),
        version: 1,
    };
    let items = vec![key(ACCOUNT, "widget", Some("pl_widget_0\"><b>")), key(OTHER, "call", None)];
    Page { items, cursor: Some("next".to_owned()) }
}

fn members() -> Page<Versioned<Member>> {
    let member = |account: &str, role: &str| Versioned {
        value: read(json!({
            "account": account, "tenant": "lakeside-dental", "name": "Ana", "email": "ana@example.com", "role": role,
            "locations": ["downtown"], "joined_at": NOW,
        })),
        version: 3,
    };
    Page { items: vec![member(ACCOUNT, "admin"), member(OTHER, "agent")], cursor: None }
}

fn one<T>(value: T) -> Page<Versioned<T>> {
    Page { items: vec![Versioned { value, version: 2 }], cursor: None }
}

/// Every page by its name, as somebody with that role sees it.
pub(crate) fn pages(role: Role) -> BTreeMap<&'static str, String> {
    let (principal, zone) = (principal(role), TimeZone::get("America/Chicago").unwrap());
    let now: Timestamp = NOW.parse().unwrap();
    let reader =
        Reader { words: words::accepted(&axum::http::HeaderMap::new()), principal: &principal, zone: &zone, now };
    let (tenant, wanted) = (clinic(), Wanted::default());
    let site_keys = site_keys();
    let api_key: ApiKey = read(json!({
        "id": OTHER, "name": "Calendar", "scopes": ["leads:read"], "prefix": "pl_api_0123", "created_at": NOW,
    }));
    let invitation: Invitation = read(json!({
        "id": OTHER, "tenant": "lakeside-dental", "email": "ben@example.com", "role": "agent", "status": "pending",
        "invited_by": null, "created_at": NOW, "expires_at": NOW,
    }));
    let export: DataJob = read(json!({
        "id": OTHER, "tenant": "lakeside-dental", "work": {"kind": "export", "contact": null}, "status": "done", "by": {"type": "operator"},
        "asked_at": NOW, "finished_at": NOW,
    }));
    let entry: AuditEntry = read(json!({
        "id": OTHER, "tenant": "lakeside-dental", "at": NOW, "actor": {"type": "person", "account": OTHER}, "action": "updated",
        "subject": "tenant/lakeside-dental",
    }));
    let location: Location = read(json!({
        "id": "aurora", "name": "Aurora", "address": {"street": "1 Example Street", "city": "Aurora", "country": "US"}, "active": false,
    }));
    let person: StaffMember =
        read(json!({"id": "ana-flores", "name": "Ana Flores", "title": "Hygienist", "skills": ["cleaning"]}));
    let chair = read(json!({
        "id": "chair-1", "name": "Chair <1>", "kind": "room", "locations": ["aurora"], "services": ["cleaning"],
        "hours": {"monday": [{"open": "08:00", "close": "12:00"}]}, "active": false,
        "time_off": [{"from": "2026-12-24T06:00:00Z", "until": "2026-12-25T06:00:00Z", "reason": "Repair"}],
    }));
    let sent_back = read(json!({"state": format!("{OTHER}.s3cret"), "code": "4/0\"><b>"}));
    let google = |id: &str, account: Value, reconnect: bool| Versioned {
        value: read(json!({
            "id": id, "name": "Ana <1>", "kind": "google", "resource": "chair-1", "host": "www.googleapis.com", "created_at": NOW,
            "account": account, "health": {"next_at": NOW, "unreadable": 2, "reconnect": reconnect, "error": "<b>why</b>"},
        })),
        version: 1,
    };
    let choices = json!([{"id": "ana@example.com", "name": "<b>Work", "access": "write"}]);
    let connected =
        json!({"name": "ana@example.com", "calendar": "ana@example.com", "writes": true, "choices": choices});
    let items = vec![google(ACCOUNT, connected, false), google(OTHER, json!({}), true)];
    let elsewhere = Page { items, cursor: Some("next".to_owned()) };
    let canned = read(
        json!({"id": "directions", "name": "Directions", "text": "Hi {name}, behind the <old> mill.", "language": "it"}),
    );
    let sequence = Versioned { value: in_force(&[]).remove(0), version: 0 };
    let invitations = Page { items: vec![invitation], cursor: None };
    let me = Some(AccountId::parse(ACCOUNT).unwrap());
    let team: Vec<Member> = members().items.into_iter().map(|member| member.value).collect();
    let stored = Versioned { value: tenant.clone(), version: 7 };
    let record = Page { items: vec![entry], cursor: None };
    let request: LoggedRequest = read(json!({
        "id": "001795176720000-a", "at": NOW, "method": "POST", "route": "/v1/leads/{id}", "status": 400, "code": "invalid", "duration_ms": 7,
        "actor": {"type": "api_key", "key": OTHER}, "test": true,
    }));
    let requests = Page { items: vec![request], cursor: Some("next".to_owned()) };
    let rule = |id: &str, condition: &str, thresholds: Value| {
        let rule = json!({"id": id, "name": "Hot <days>", "condition": condition, "thresholds": thresholds, "lead_days": 3,
            "services": ["cleaning"], "automatic": true});
        Versioned { value: read(rule), version: 2 }
    };
    let mut rules: [Versioned<domain::campaigns::WeatherRule>; 2] = [
        rule("heat-wave", "heat_wave", json!({"high_above_tenths_c": 350})),
        rule("storm", "storm", json!({"gust_above_tenths_kmh": 966, "hail_from_tenths_mm": 254})),
    ];
    rules[1].value.audience =
        read(json!({"field_over": {"field": "roof_installed", "over_years": 25}, "tags": ["metal", "slate"]}));
    let webhook = |id: &str, why: Value| -> domain::webhooks::Webhook {
        read(
            json!({"id": id, "url": "https://hooks.example.com/<in>?key=s3cret", "events": ["lead.created"], "enabled": why.is_null(),
            "disabled": why, "failing_since": NOW, "created_at": NOW, "secrets": []}),
        )
    };
    let hooks = [webhook(ACCOUNT, json!(null)), webhook(OTHER, json!({"at": NOW, "why": "failing"}))];
    let delivery = |state: &str, next: Option<&str>| {
        let tries = json!([{"at": NOW, "duration_ms": 84, "status": 503, "answer": "<i>busy"}, {"at": NOW, "duration_ms": 9, "error": "<b>no answer"}]);
        read(
            json!({"id": OTHER, "webhook": ACCOUNT, "event": OTHER, "name": "lead.created", "body": "{}", "state": state,
            "created_at": NOW, "next_at": next, "tries": tries}),
        )
    };
    let posted =
        Page { items: vec![delivery("pending", Some(NOW)), delivery("failed", None)], cursor: Some("next".to_owned()) };
    let [on, off] = hooks.clone().map(|value| Versioned { value, version: 4 });
    let markup = [
        ("business", business::content(reader, &tenant, 7)),
        ("hours", hours::content(reader, &tenant, 7, &wanted)),
        ("services", services::content(reader, &tenant, 7, &wanted)),
        ("questions", questions::content(reader, &tenant, 7, &wanted)),
        ("extras", extras::content(reader, &tenant, 7, &wanted)),
        ("assistant", assistant::content(reader, &tenant, 7)),
        ("prompts", prompts::content(reader, &tenant, 7, &prompts::tests::applied())),
        ("operators", operators::content(reader.words, &operators::tests::overviews())),
        ("training", training::content(reader, &training::tests::states().0, &training::tests::states().1)),
        ("channels", channels::content(reader, &tenant, 7, Some(&site_keys), "https://app.example.com")),
        ("calendars", calendars::content(reader, &[], &elsewhere, &sent_back)),
        ("weather", weather::content(reader, &tenant, &rules)),
        ("resources", resources::content(reader, &tenant, std::slice::from_ref(&location), &one(chair))),
        ("locations", locations::content(reader, &tenant, &one(location))),
        ("staff", staff::content(reader, &one(person))),
        ("canned answers", canned::content(reader, &one(canned))),
        ("team", team::content(reader, me, &members(), &invitations)),
        ("keys", keys::content(reader, &[api_key])),
        ("data", data::content(reader, &stored, &[export], &record, &team)),
        ("notices", notices::content(reader, domain::identity::NoticeChoice::default(), &tenant.notify)),
        ("webhooks", webhooks::list_content(reader, &hooks)),
        ("webhook", webhooks::one_content(reader, &on, &posted, true)),
        ("webhook that is off", webhooks::one_content(reader, &off, &posted, false)),
        ("requests", requests::content(reader, &requests, &team, true)),
        ("spend", spend::content(reader, &tenant, 3, &usage())),
        ("journeys", journeys::list_content(reader, &[], &[(&sequence.value, Tallied::default())])),
        ("journey", journeys::one_content(reader, &tenant.language, &sequence, &BTreeMap::new())),
    ];
    markup.into_iter().map(|(name, markup)| (name, markup.into_string())).collect()
}

#[test]
fn a_webhook_says_how_it_goes_and_is_tried_or_switched_on_by_who_may() {
    let pages = pages(Role::Admin);
    let [list, on, off] = ["webhooks", "webhook", "webhook that is off"].map(|page| &pages[page]);
    assert!(
        list.contains("accepted there since") && list.contains("for five days") && !list.contains("s3cret"),
        "{list}"
    );
    let answered = "<span lang=\"en\">&lt;b&gt;no answer</span> · 9 ms";
    for shown in [
        "HTTP 503 · 84 ms",
        "<code dir=\"auto\">&lt;i&gt;busy</code>",
        answered,
        "next try",
        "/test\"",
        "?other=failed&amp;cursor=next",
    ] {
        assert!(on.contains(shown), "{shown}: {on}");
    }
    assert_eq!(on.matches("/replay\"").count(), 1, "what is on its way is not asked for again");
    assert_eq!(on.matches(" checked").count(), 1, "the event that it asked for");
    let switch = |enabled: bool| format!(r#"name="enabled" data-type="json" value="{enabled}""#);
    assert!(on.contains(&switch(false)) && off.contains(&switch(true)), "{off}");
    assert!(!off.contains("/replay\"") && !off.contains("/test\""), "nothing is posted to one that is off");
}

/// A month with a model, an answer that was kept, what no model was asked, and a limit that was told.
fn usage() -> domain::tenancy::usage::Usage {
    let line = |feature: &str, model: &str, cost: Option<u64>| {
        json!({"day": "2026-11-20", "feature": feature, "model": model, "calls": 2, "input_tokens": 2_210, "output_tokens": 184,
            "cost_microdollars": cost, "saved_calls": 1, "saved_microdollars": 3_130})
    };
    read(json!({
        "month": "2026-11", "days": [line("summarize", "<b>model", Some(6_260)), line("route", "classifier", None)],
        "total_tokens": 4_788, "total_cost_microdollars": 6_260, "total_saved_calls": 1, "total_saved_microdollars": 3_130,
        "without_model": [{"feature": "route", "by": "classifier", "calls": 1, "estimated_microdollars": 263, "estimated_by": "assumed"}],
        "thresholds": [{"percent": 80, "tokens": 800_012, "reached_at": NOW}],
    }))
}

#[test]
fn spend_says_what_is_an_estimate_and_when_a_limit_was_told() {
    let page = &pages(Role::Admin)["spend"];
    for shown in [
        "$0.01",
        "Summaries",
        "the classifier",
        "a mean measured elsewhere",
        "Would have cost (estimate)",
        "2026-11-20 ",
        "80 %",
        "95 %",
        "100 %",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(page.matches("<rect").count(), 1);
}

#[test]
fn spend_shows_what_the_month_may_cost_and_takes_another_limit() {
    let page = &pages(Role::Admin)["spend"];
    for shown in ["$0.01 / $12.50", r#"name="cost_control.microdollars_per_month""#, r#"value="12.50" "#] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains(">Save<") && !pages(Role::Viewer)["spend"].contains(">Save<"));
}

/// The opening tags of a page, each with its attributes; what maud writes is regular: no quote or bracket stands in a value as itself.
pub(crate) fn tags(page: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let opening = page.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!']));
    let inside = opening.filter_map(|tag| tag.split('>').next());
    let tag = |text: &str| {
        let (name, mut rest) = text.split_once(' ').unwrap_or((text, ""));
        let mut attributes = BTreeMap::new();
        while !rest.is_empty() {
            let (words, quoted) = rest.split_once("=\"").unwrap_or((rest, ""));
            let (value, after) = quoted.split_once('"').unwrap_or_default();
            let mut names: Vec<&str> = words.split_whitespace().collect();
            if rest.contains("=\"") {
                attributes.insert(names.pop().unwrap().to_owned(), value.to_owned());
            }
            attributes.extend(names.into_iter().map(|name| (name.to_owned(), String::new())));
            rest = after.trim_start();
        }
        (name.to_owned(), attributes)
    };
    inside.map(tag).collect()
}

pub(crate) fn is_field(name: &str, attributes: &BTreeMap<String, String>) -> bool {
    ["input", "select", "textarea"].contains(&name) && attributes.get("type").is_none_or(|kind| kind != "hidden")
}

#[test]
fn every_field_has_a_label_and_a_place_for_what_is_wrong_with_it() {
    for (page, text) in pages(Role::Admin) {
        let tags = tags(&text);
        let ids: Vec<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{page}: an id stands twice");
        let labelled: BTreeSet<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("for")).collect();
        for (name, attributes) in &tags {
            for reference in ["for", "aria-describedby", "aria-labelledby", "data-reveal", "data-within"] {
                for id in attributes.get(reference).into_iter().flat_map(|ids| ids.split(' ')) {
                    assert!(ids.iter().any(|there| *there == id), "{page}: {reference} names {id}");
                }
            }
            if is_field(name, attributes) {
                let id = attributes.get("id").unwrap_or_else(|| panic!("{page}: {attributes:?}"));
                assert!(labelled.contains(id), "{page}: {id} has no label");
                let is_one_of_several = attributes["name"].ends_with("[]");
                assert!(is_one_of_several || ids.contains(&&format!("{id}-problem")), "{page}: {id}");
            }
        }
    }
}

#[test]
fn every_form_makes_a_call_that_the_api_has() {
    let document: Value = serde_json::from_str(&std::fs::read_to_string("../docs/openapi.json").unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let matches = |path: &str, pattern: &str| {
        let (path, pattern): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), pattern.split('/').collect());
        path.len() == pattern.len()
            && pattern.iter().zip(path).all(|(one, other)| *one == other || one.starts_with('{'))
    };
    let mut calls = BTreeSet::new();
    for (page, text) in pages(Role::Admin) {
        for (_, attributes) in tags(&text).into_iter().filter(|(name, _)| name == "form") {
            let (method, path) = attributes["data-call"].split_once(' ').unwrap();
            let route = paths.iter().find(|(pattern, _)| matches(path, pattern));
            let route = route.unwrap_or_else(|| panic!("{page}: there is no {path}")).1;
            assert!(route.get(method.to_lowercase()).is_some(), "{page}: {path} takes no {method}");
            calls.insert(format!("{method} {}", path.split('/').nth(2).unwrap()));
        }
    }
    assert!(calls.len() > 10, "{calls:?}");
}

#[test]
fn every_field_of_the_tenants_forms_is_one_of_its_document() {
    let tenant = serde_json::to_value(clinic()).unwrap();
    let at = |whole: &Value, path: &str| whole.pointer(&format!("/{}", path.replace('.', "/"))).cloned();
    let mut checked = 0;
    for (page, text) in pages(Role::Admin) {
        let mut form: Option<Value> = None;
        for (name, attributes) in tags(&text) {
            if name == "form" {
                let list = attributes.get("data-list").map(|list| at(&tenant, list).unwrap());
                let entries = |list: Value| Value::Array(list.as_array().unwrap().clone());
                form = (attributes["data-call"] == "PATCH /v1/tenant")
                    .then(|| list.map_or_else(|| tenant.clone(), entries));
            } else if let (Some(form), Some(field)) =
                (&form, attributes.get("name").filter(|field| name != "details" && !field.is_empty()))
            {
                // What is chosen there decides which fields there are, and is not sent.
                let is_there = match form {
                    // `when[words]` is an entry of the list `when`.
                    Value::Array(entries) => {
                        let field = field.split('[').next().unwrap();
                        entries.iter().any(|entry| at(entry, field).is_some())
                    }
                    whole => at(whole, field).is_some(),
                };
                assert!(is_there, "{page}: {field}");
                checked += 1;
            }
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn nothing_runs_or_is_styled_within_a_page_and_what_people_typed_stays_text() {
    for (page, text) in pages(Role::Admin) {
        for (name, attributes) in tags(&text) {
            assert!(!["script", "style", "b"].contains(&name.as_str()), "{page}: {name}");
            let odd = attributes.keys().find(|attribute| attribute.starts_with("on") || *attribute == "style");
            assert_eq!(odd, None, "{page}");
        }
    }
    let channels = &pages(Role::Admin)["channels"];
    let line = "&lt;script src=&quot;https://app.example.com/widget.js&quot; data-key=&quot;pl_widget_0&amp;quot;&amp;gt;&amp;lt;b&amp;gt;&quot; \
                data-title=&quot;Lakeside &amp;lt;Dental&amp;gt;&quot; data-colour=&quot;#1a4d8f&quot; defer&gt;&lt;/script&gt;";
    assert!(channels.contains(line), "the line of HTML has the name and the colour of the business: {channels}");
}

#[test]
fn whom_weather_is_for_is_said_by_age_and_tags() {
    let pages = pages(Role::Admin);
    let tags = tags(&pages["weather"]);
    let shown = |id: &str| {
        let field = tags.iter().find(|(_, attributes)| attributes.get("id").is_some_and(|own| own == id));
        let (_, attributes) = field.unwrap_or_else(|| panic!("there is no {id}"));
        (attributes["name"].clone(), attributes["value"].clone())
    };
    for (rule, field, years, with_tags) in
        [("storm", "roof_installed", "25", "metal, slate"), ("heat-wave", "", "", "")]
    {
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(shown(&format!("{rule}-audience-field_over")), named("audience.field_over", field));
        // The name by which `weather.js` finds it beside the other.
        let id = format!("{rule}-audience-field_over-0-over_years");
        assert_eq!(shown(&id), named("audience.field_over[0].over_years", years));
        assert_eq!(shown(&format!("{rule}-audience-tags")), named("audience.tags", with_tags));
    }
}

#[test]
fn who_may_not_change_something_has_no_form_that_does() {
    // Which notices somebody gets is theirs to say, whatever else they may; and no role of a business opens the page of operators.
    for (page, text) in pages(Role::Viewer).into_iter().filter(|(page, _)| !["notices", "operators"].contains(page)) {
        let mut is_in_closed_set = false;
        for (name, attributes) in tags(&text) {
            match name.as_str() {
                "form" => is_in_closed_set = false,
                "fieldset" if attributes.contains_key("disabled") => is_in_closed_set = true,
                "button" => panic!("{page}: {attributes:?}"),
                _ if is_field(&name, &attributes) => assert!(is_in_closed_set, "{page}: {attributes:?}"),
                _ => {}
            }
        }
    }
    assert!(pages(Role::Manager)["hours"].contains("data-do=\"remove\""));
    let managed = &pages(Role::Manager)["channels"];
    assert!(!managed.contains("data-type=\"null\""), "only who manages the tenant turns a channel off");
}

#[test]
fn a_long_list_is_shown_a_page_at_a_time() {
    let mut tenant = clinic();
    tenant.services = (0..200).map(|n| read(json!({"id": format!("s-{n}"), "name": format!("Service {n}")}))).collect();
    tenant.faqs = (0..200).map(|n| read(json!({"question": format!("Question {n}?"), "answer": "Yes."}))).collect();
    let intake = |n| read(json!({"id": format!("q-{n}"), "text": format!("Really {n}?"), "kind": {"type": "yes_no"}}));
    tenant.intake = (0..30).map(intake).collect();
    let (principal, zone) = (principal(Role::Admin), TimeZone::UTC);
    let now: Timestamp = NOW.parse().unwrap();
    let reader =
        Reader { words: words::accepted(&axum::http::HeaderMap::new()), principal: &principal, zone: &zone, now };
    let shown = |from: &str| {
        let wanted = Wanted { from: from.to_owned(), ..Wanted::default() };
        services::content(reader, &tenant, 7, &wanted).into_string()
    };
    assert!(shown("").contains("Service 6<") && !shown("").contains("Service 7<"));
    assert!(shown("196").contains("Service 199<") && !shown("196").contains("rel=\"next\""));
    assert_eq!(shown("nonsense"), shown(""));
    let questions = questions::content(reader, &tenant, 7, &Wanted::default()).into_string();
    for page in [shown(""), questions] {
        assert!(page.len() < 90_000, "{}", page.len());
    }
}

#[test]
fn what_a_rule_has_beside_the_fields_is_sent_back_as_it_is() {
    let page = &pages(Role::Admin)["assistant"];
    assert!(page.contains(r#"name="when[vip]" value="true" data-type="json""#));
    assert!(page.contains(r#"name="when[no_staff_reply_within_minutes]" type="number" value="15""#));
    assert!(page.contains(">swollen, bleeding</textarea>") && page.contains(">night@lakeside.example.com</textarea>"));
}

#[test]
fn what_a_visit_takes_is_ticked_with_how_many_are_stored_and_the_other_way_of_booking_is_closed() {
    let page = &pages(Role::Admin)["services"];
    let tags = tags(page);
    let box_of =
        |id: &str| &tags.iter().find(|(_, attributes)| attributes.get("id").is_some_and(|it| it == id)).unwrap().1;
    let rooms = box_of("services-0-booking-needs-3");
    let need: Value = serde_json::from_str(&rooms["value"].replace("&quot;", "\"")).unwrap();
    assert_eq!(need, json!({"kind": "room", "count": 2}));
    assert!(rooms.contains_key("checked") && !box_of("services-0-booking-needs-1").contains_key("checked"));
    assert!(!box_of("services-1-booking-needs-3").contains_key("checked"));
    let sets = |when: &str| {
        let sets = tags.iter().filter(|(_, attributes)| attributes.get("data-when").is_some_and(|it| it == when));
        sets.map(|(_, attributes)| attributes.contains_key("disabled")).collect::<Vec<_>>()
    };
    // Three services and the form for a new one, of which the first is booked in the calendar.
    assert_eq!(sets("calendar"), [false, true, true, true]);
    assert_eq!(sets("people"), [true, false, false, false]);
    assert!(pages(Role::Admin)["resources"].contains(">2026-12-24 Repair</textarea>"));
}

#[test]
fn an_extra_shows_when_it_is_suggested_and_what_it_costs_and_who_manages_the_tenant_sets_the_limit() {
    let page = &pages(Role::Admin)["extras"];
    assert!(page.contains("Whitening &lt;kit&gt;") && page.contains("49 USD") && page.contains("−5 %"), "{page}");
    assert!(page.contains(r#"name="services[]" type="checkbox" value="cleaning" checked"#), "{page}");
    let may_limit = |role: Role| {
        let page = &pages(role)["extras"];
        let limit = page.split("id=\"extras-limit\"").nth(1).unwrap();
        limit.contains("type=\"submit\"")
    };
    assert!(may_limit(Role::Admin) && !may_limit(Role::Manager));
}
