use jiff::civil::date;

use super::built_in::TEMPLATES;
use super::*;
use crate::Failure;
use crate::campaigns::{Approver, Campaign, CampaignState, CampaignText, CampaignValues, Condition, sms_length};
use crate::conversations::claims::Unfit;
use crate::failure::Rejection;
use crate::samples::roofer;
use crate::tenancy::{Extra, Language, Tenant};

fn language(code: &str) -> Language {
    Language::new(code).unwrap()
}

fn storm() -> Campaign {
    serde_json::from_value(serde_json::json!({
        "id": "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c", "name": "Storm", "rule": "storm", "event": "storm@39.7,-105:2026-07-14",
        "condition": "storm", "first_day": "2026-07-14", "last_day": "2026-07-16", "peak": 966, "hail_tenths_mm": 254,
        "services": ["roof-inspection"], "audience": {}, "reach": {"looked_at": 50, "fits": 12, "complete": true},
        "keep_free_percent": 20, "capacity": [{"date": "2026-07-12", "free": 4}], "spread": [{"on": "2026-07-11", "invite": 12}],
        "state": "waiting", "created_at": "2026-07-10T12:00:00Z", "updated_at": "2026-07-10T12:00:00Z",
        "useful_until": "2026-07-13T12:00:00Z",
    }))
    .unwrap()
}

fn heat() -> Campaign {
    Campaign { condition: Condition::HeatWave, peak: Some(372), hail_tenths_mm: None, ..storm() }
}

fn text(body: &str) -> CampaignText {
    CampaignText { subject: Some("The heat".to_owned()), body: body.to_owned() }
}

/// The field at fault.
fn refused(tenant: &Tenant, body: &str) -> Option<String> {
    let texts = [(language("en"), text(body))].into();
    match check_words(tenant, &heat(), &texts, date(2026, 7, 10)) {
        Ok(()) => None,
        Err(Failure::Rejected { kind: Rejection::Invalid, field, .. }) => field,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_condition_has_a_text_in_every_language_that_passes_every_check() {
    let mut checked = 0;
    for condition in Condition::ALL {
        assert_eq!(TEMPLATES[&condition].len(), LANGUAGES.len(), "{condition:?}");
        for code in LANGUAGES {
            for region in ["US", "DE"] {
                for (peak, hail) in [(Some(372), Some(254)), (None, None)] {
                    let tenant = Tenant { region: region.to_owned(), ..roofer() };
                    let campaign = Campaign { condition, peak, hail_tenths_mm: hail, ..storm() };
                    let language = language(code);
                    let text = built_in(&campaign, &tenant, &language).unwrap();
                    let texts = [(language.clone(), text.clone())].into();
                    let judged = check_words(&tenant, &campaign, &texts, campaign.first_day);
                    assert_eq!(judged, Ok(()), "{condition:?} {code}");
                    assert!(!text.body.contains("{peak}") && !text.body.contains("{hail}"), "{}", text.body);
                    let english = built_in(&campaign, &tenant, &Language::english()).unwrap();
                    assert!(code == "en" || text.body != english.body, "{condition:?} {code} is in English");
                    let brief = CampaignBrief::new(&tenant, &campaign, &language, &text);
                    assert_eq!(brief.accepts_any_length(&text), Ok(()), "{condition:?} {code}: {}", text.body);
                    checked += 1;
                }
            }
        }
    }
    assert_eq!(checked, 5 * 5 * 4);
}

#[test]
fn a_built_in_text_is_not_dear() {
    let tenant = roofer();
    for condition in Condition::ALL {
        for code in LANGUAGES {
            let campaign = Campaign { condition, ..storm() };
            let language = language(code);
            let text = built_in(&campaign, &tenant, &language).unwrap();
            let (name, last_visit) = (Some("Ana"), Some(campaign.created_at));
            let values = CampaignValues { tenant: &tenant, campaign: &campaign, name, last_visit };
            let length = sms_length(&text, &language, &values).unwrap();
            let most = if code == "en" { 3 } else { 7 };
            assert!(length.parts <= most, "{condition:?} {code}: {length:?}");
            assert!(code != "en" || length.plain, "{condition:?}: {}", text.body);
        }
    }
}

#[test]
fn what_is_said_of_a_storm_is_right_before_and_after_it() {
    let tenant = roofer();
    // That it is still to come, or what to do before it.
    let before = ["forecast", "on its way", "bring in", "espera", "acerca", "guarde", "prévue", "approche", "rentrez"];
    let before = before.into_iter().chain(["vorhergesagt", "zieht auf", "holen sie", "previsão", "vem aí"]);
    let before: Vec<&str> = before.collect();
    for code in LANGUAGES {
        let text = built_in(&storm(), &tenant, &language(code)).unwrap();
        let read = format!("{} {}", text.subject.unwrap(), text.body).to_lowercase();
        assert!(read.contains("{first_day}"), "{read}");
        assert!(!before.iter().any(|words| read.contains(words)), "{read}");
    }
    let english = Language::english();
    let facts = |campaign: &Campaign| {
        let example = built_in(campaign, &tenant, &english).unwrap();
        let brief = CampaignBrief::new(&tenant, campaign, &english, &example);
        brief.facts.into_iter().find(|(name, _)| *name == "visits").map(|(_, value)| value)
    };
    assert!(facts(&storm()).is_some_and(|visits| visits.starts_with("after")));
    assert_eq!(facts(&heat()), None);
}

#[test]
fn people_name_the_business_and_no_price_that_it_does_not_have() {
    let tenant = roofer();
    for fine in [
        "Hi {name}, {business} here. It gets hot on Friday. Shall we come by at 9 am?",
        "Summit Ridge Roofing: a roof inspection is $149 before {first_day}.",
        "{business}: your roof was looked at in {last_visit}.",
        "{business}[ at {place}]: call us.",
    ] {
        assert_eq!(refused(&tenant, fine), None, "{fine}");
    }
    for wrong in [
        "Hi {name}, it gets hot. Shall we come by?",
        "{business}: a roof inspection is $99.",
        "{business}: up to 99 degrees, and a check for $99.",
        "{business}: 20 % off this week.",
        "{business}: a free roof inspection.",
        "{business}: your {discount} waits.",
        "{business} at {place}: call us.",
        "{business}: f r e e inspection.",
        "{business}: only ninety dollars.",
    ] {
        assert_eq!(refused(&tenant, wrong).as_deref(), Some("texts.en.body"), "{wrong}");
    }
}

#[test]
fn a_discount_of_the_extras_may_be_named_while_it_holds() {
    let extra: Extra = serde_json::from_value(serde_json::json!({
        "id": "summer", "name": "Summer inspection", "text": "A discount of 10 % on a roof inspection until August.",
        "keywords": ["inspection"], "when": "service_chosen", "percent_off": 10, "until": "2026-08-31"
    }))
    .unwrap();
    let body = "{business}: 10 % off your roof inspection this summer.";
    let tenant = Tenant { extras: vec![extra.clone()], ..roofer() };
    assert_eq!(refused(&tenant, body), None);
    let over = Extra { until: Some(date(2026, 6, 30)), ..extra };
    assert!(refused(&Tenant { extras: vec![over], ..roofer() }, body).is_some());
}

#[test]
fn a_place_that_is_not_known_is_named_with_those_that_are() {
    let texts = [(language("en"), text("{business}: hello {first_name}"))].into();
    let refused = check_words(&roofer(), &heat(), &texts, date(2026, 7, 10)).unwrap_err().to_string();
    assert!(
        refused.contains("{first_name}") && refused.contains("{name}") && refused.contains("{last_visit}"),
        "{refused}"
    );
}

#[test]
fn a_model_keeps_to_the_facts_and_invents_nothing() {
    let (tenant, campaign, english) = (roofer(), heat(), Language::english());
    let example = built_in(&campaign, &tenant, &english).unwrap();
    let brief = CampaignBrief::new(&tenant, &campaign, &english, &example);
    let fact = |name: &str| brief.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!((fact("peak"), fact("business")), (Some("99 degrees"), Some("Summit Ridge Roofing")));
    let judged = |body: &str| brief.accepts(&text(body));
    let day = fact("first_day").unwrap();
    for fine in [
        "Hi {name}, {business} here. It will be hot from {first_day} on, up to 99 degrees. Shall we look at your roof before?".to_owned(),
        format!("Hi {{name}}, this is {{business}}: 99 degrees are forecast for {day}.[ We saw you last in {{last_visit}}.] Reply and we suggest a time."),
    ] {
        assert_eq!(judged(&fine), Ok(()), "{fine}");
    }
    for (wrong, why) in [
        ("Hi {name}, {business} here: a check is $89 before the heat.", Unfit::Figure),
        ("Hi {name}, {business} here: a check is $149 before the heat.", Unfit::Figure),
        ("Hi {name}, {business} here: up to 104 degrees.", Unfit::Figure),
        ("Hi {name}, {business} here: come by on Sunday.", Unfit::Day),
        ("Hi {name}, {business} here: the check is free.", Unfit::Promise),
        ("Hi {name}, {business} here: your visit is booked.", Unfit::Promise),
        ("Hi {name}, it gets hot. Shall we come by?", Unfit::Business),
        ("Hi {first_name}, {business} here.", Unfit::Place),
        ("Hi {name}, {business} here: see https://cool.example.com", Unfit::Address),
        (
            "Hola {name}, somos {business}. Va a hacer mucho calor y queremos ayudarle a estar bien en casa.",
            Unfit::Language,
        ),
    ] {
        assert_eq!(judged(wrong), Err(why), "{wrong}");
    }
    let long = format!("Hi {{name}}, {{business}} here. {}", "It gets hot. ".repeat(30));
    assert_eq!(judged(&long), Err(Unfit::TooLong(320)));
    let subject = CampaignText { subject: Some("Only $89".to_owned()), ..example.clone() };
    assert_eq!(brief.accepts(&subject), Err(Unfit::Figure));
}

#[test]
fn a_yes_is_to_what_was_shown() {
    let shown = heat();
    assert_eq!(shown.demand_shown(shown.shown()), Ok(()));
    let mut other_text = shown.clone();
    other_text.texts.insert(Language::english(), text("{business}: something else"));
    let mut other_audience = shown.clone();
    other_audience.audience.or_never = !shown.audience.or_never;
    let mut more = shown.clone();
    more.reach.fits += 1;
    for changed in [other_text, other_audience, more] {
        let refused = changed.demand_shown(shown.shown()).unwrap_err();
        assert!(matches!(refused, Failure::Rejected { kind: Rejection::Conflict, .. }), "{refused}");
    }
    let mut planned = shown.clone();
    planned.spread.clear();
    planned.capacity.clear();
    assert_eq!(planned.demand_shown(shown.shown()), Ok(()), "the calendar moves from day to day");
}

#[test]
fn a_rules_own_yes_is_held_to_the_prices_of_the_day_as_a_persons_is() {
    let with = |body: &str| Campaign { texts: [(language("en"), text(body))].into(), ..heat() };
    let says_yes = |campaign: &Campaign| {
        let now = "2026-07-10T13:00:00Z".parse().unwrap();
        campaign.approved_as_worded(&roofer(), &Approver::Rule, date(2026, 7, 10), now)
    };
    let moved = says_yes(&with("{business}: a roof inspection is $149.")).unwrap().unwrap();
    assert_eq!(moved.campaign.state, CampaignState::Approved);
    let refused = says_yes(&with("{business}: a roof inspection is $99."));
    assert!(matches!(refused, Err(Failure::Rejected { kind: Rejection::Conflict, .. })), "{refused:?}");
    assert_eq!(says_yes(&Campaign { state: CampaignState::Sending, ..with("{business}: $99.") }), Ok(None));
}
