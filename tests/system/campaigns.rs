//! A campaign over the whole stack: weather, a yes, an invitation at the vendor, YES, a visit that is booked, and its figures.

use domain::campaigns::{Approver, CampaignState, CampaignText, Proposal, Proposed, WeatherRule};
use domain::identity::Actor;
use domain::tenancy::Language;
use jiff::ToSpan as _;
use runtime::clock::now;
use serde_json::{Value, from_value, json};
use std::collections::BTreeMap;
use store::Trace;

use crate::booking::{free, office, service};
use crate::stage::{eventually, stage, unique};

#[test]
fn a_storm_becomes_an_invitation_a_yes_becomes_a_visit_and_it_is_counted() {
    let office = office();
    let service = service(&office);
    let customer = office.customer();
    customer.lives_where_it_is(12);
    customer.agrees("sms", "marketing");
    eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    let (store, id) = (&stage().store, office.tenant.id());
    let tenant = stage().block_on(store.tenants().document(&id)).unwrap().value;
    let rule: WeatherRule = from_value(json!({
        "id": "storm", "name": "Storm", "condition": "storm", "thresholds": {"gust_above_tenths_kmh": 966}, "lead_days": 2,
        "services": [service],
        "audience": {"last_visit_over_days": null, "or_never": true, "not_heard_for_days": 0},
    }))
    .unwrap();
    rule.validate_for(&tenant).unwrap();
    let yesterday = now().to_zoned(tenant.time_zone()).date().checked_sub(1.day()).unwrap();
    let proposal = Proposal {
        condition: rule.condition,
        rule,
        event: format!("storm-{}", unique()),
        first_day: yesterday,
        last_day: yesterday,
        peak: Some(1_020),
        hail_tenths_mm: None,
        location: None,
        place: None,
    };
    let proposed = stage().block_on(store.campaigns().propose(&tenant, &proposal, now())).unwrap();
    let Proposed::New(campaign) = proposed else { panic!("{proposed:?}") };
    let body =
        "Hi {name}, {business} here: the storm may have hurt your roof. Shall we look at it? Reply YES and we find a time.".to_owned();
    let texts = BTreeMap::from([(Language::english(), CampaignText { subject: None, body })]);
    stage().block_on(store.campaigns().set_draft(&id, campaign, texts, now())).unwrap();
    let state = |wanted: CampaignState| {
        let read = || stage().block_on(store.campaigns().get(&id, campaign)).unwrap().value;
        eventually(wanted.as_str(), || Some(read()).filter(|campaign| campaign.state == wanted))
    };
    let waiting = state(CampaignState::Waiting);
    assert_eq!((waiting.reach.fits, waiting.planned()), (1, 1), "{:?}", waiting.reach);
    let by = Trace { actor: Actor::Operator, at: now(), address: None, correlation_id: unique() };
    stage().block_on(store.campaigns().approve(&tenant, campaign, &Approver::Actor(Actor::Operator), &by)).unwrap();
    let texts = || customer.texts();
    let invitation =
        eventually("the invitation", || texts().into_iter().find(|text| text.contains("the storm may have hurt")));
    assert!(invitation.contains("Reply STOP"), "{invitation}");
    state(CampaignState::Done);

    // An inspection is free here; staff expect a repair of it.
    let lead = eventually("their lead", || {
        let leads: Value = office.read("/v1/leads");
        let theirs = |lead: &&Value| lead["contact"] == json!(customer.contact);
        leads["items"].as_array()?.iter().find(theirs)?["id"].as_str().map(|id| format!("/v1/leads/{id}"))
    });
    let read = office.owner.call("GET", &lead, &[], "");
    let version = [("if-match", read.header("etag").unwrap())];
    let expected = json!({"value": {"cents": 42_500}}).to_string();
    assert_eq!(office.owner.call("PATCH", &lead, &version, &expected).status, 200);

    // They write in the thread of the invitation.
    let answer = |text: &str| {
        let before = texts().len();
        office.tenant.sms(&customer.number, text);
        eventually("an answer", || texts().get(before).cloned())
    };
    let offered = answer("YES");
    assert!(offered.contains("opening") && !offered.contains("Reply STOP"), "{offered}");
    let mut text = answer("the second one");
    // Whatever is still asked is answered by the next messages.
    for told in ["Dana Reed", "80202"] {
        if !text.contains("You are booked") {
            text = answer(told);
        }
    }
    assert!(text.contains("You are booked"), "{:#?}", texts());
    let figures = eventually("the visit counted", || {
        let figures = stage().block_on(store.campaigns().figures(&id, campaign)).unwrap();
        (figures.booked == 1).then_some(figures)
    });
    assert_eq!((figures.invited, figures.answered, figures.not_sent), (1, 1, 0), "{figures:?}");
    assert_eq!(figures.revenue_cents, 42_500, "{figures:?}");
    assert_eq!(texts().iter().filter(|text| text.contains("the storm may have hurt")).count(), 1, "once");
}
