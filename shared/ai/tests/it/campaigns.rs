//! The text of a campaign: the model's where it may go out, else the built-in one.

use ai::{Degraded, Drafted};
use domain::campaigns::{Campaign, CampaignBrief, CampaignText, built_in};
use domain::conversations::claims::Unfit;
use domain::prompts::PromptTask;
use domain::tenancy::usage::Feature;
use domain::tenancy::{CostMode, Language, Tenant};
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

use crate::scene::scene;
use crate::stub::{answering, assistant, bodies, call, ok, questions, within};

const GOOD: &str =
    "Hi {name}, {business} here. It will be hot from {first_day} on, up to 99 degrees. Shall we have a look before?";

pub(crate) fn campaign(tenant: &Tenant) -> Campaign {
    serde_json::from_value(json!({
        "id": "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c", "name": "Heat", "rule": "heat-wave", "event": "heat-wave@39.7,-105:2026-07-14",
        "condition": "heat_wave", "first_day": "2026-07-14", "last_day": "2026-07-16", "peak": 372,
        "services": [tenant.services[0].id], "audience": {}, "keep_free_percent": 20, "state": "drafting",
        "created_at": "2026-07-10T12:00:00Z", "updated_at": "2026-07-10T12:00:00Z", "useful_until": "2026-07-13T12:00:00Z",
    }))
    .unwrap()
}

fn write(text: &str) -> ResponseTemplate {
    ok(&call("campaign", &json!({ "subject": "Before the heat", "text": text, "language": "en" })))
}

async fn drafted(server: &MockServer, cost_mode: CostMode) -> (Drafted, CampaignText) {
    let (tenant, english) = (scene("").tenant, Language::english());
    let campaign = campaign(&tenant);
    let example = built_in(&campaign, &tenant, &english).unwrap();
    let brief = CampaignBrief::new(&tenant, &campaign, &english, &example);
    let assistant = assistant(&server.uri());
    (assistant.draft_campaign(&tenant, &brief, cost_mode, within(Duration::from_secs(8))).await, example)
}

#[tokio::test]
async fn a_text_within_the_facts_is_taken_and_the_model_is_told_no_price() {
    let server = answering(vec![write(GOOD)]).await;
    let (drafted, _) = drafted(&server, CostMode::None).await;
    assert_eq!((drafted.text.body.as_str(), drafted.by_model, drafted.degraded), (GOOD, true, None));
    assert_eq!(drafted.spent[0].feature, Feature::Outreach);
    let bodies = bodies(&server).await;
    let told = serde_json::to_string(&bodies[0]).unwrap();
    assert!(told.contains("peak: 99 degrees") && told.contains("<example>"), "{told}");
    for service in scene("").tenant.services.iter().filter_map(|service| service.price) {
        let price = (service.from_cents / 100).to_string();
        assert!(!told.contains(&format!("{price}.00")), "a price of the catalogue is told: {price}");
    }
}

#[tokio::test]
async fn the_tenants_own_voice_is_in_the_prompt() {
    let server = answering(vec![write(GOOD)]).await;
    let tenant = scene("").tenant;
    drafted(&server, CostMode::None).await;
    let told = serde_json::to_string(&bodies(&server).await[0]).unwrap();
    let (_, voice) = told.split_once("# How to sound").unwrap();
    for said in [tenant.tone.as_str(), tenant.instructions.as_str()] {
        assert!(!said.trim().is_empty() && voice.contains(said.trim()), "{said}: {voice}");
    }
}

#[tokio::test]
async fn a_model_that_invents_a_price_is_asked_again_and_then_the_built_in_text_stands() {
    let invented = "Hi {name}, {business} here. A check before the heat is only $59.";
    let server = answering(vec![write(invented), write(GOOD)]).await;
    let (mended, _) = drafted(&server, CostMode::None).await;
    assert_eq!((mended.text.body.as_str(), mended.by_model), (GOOD, true));
    assert_eq!(questions(mended.counted), Some((PromptTask::Campaign, 1, 0)), "both tries are one question");
    let again = bodies(&server).await;
    let told: &Value = again[1]["messages"].as_array().unwrap().last().unwrap();
    assert!(told.to_string().contains("a figure that stands neither in the facts"), "{told}");

    let server = answering(vec![write(invented), write("Hi {name}, {business} here. The check is free.")]).await;
    let (refused, example) = drafted(&server, CostMode::None).await;
    assert_eq!((refused.text, refused.by_model), (example, false));
    assert_eq!(questions(refused.counted), Some((PromptTask::Campaign, 1, 1)));
    assert_eq!(refused.degraded, Some(Degraded::Unfit(Unfit::Promise)));
}

#[tokio::test]
async fn without_a_budget_no_model_is_asked() {
    let server = answering(vec![write(GOOD)]).await;
    let (built_in, example) = drafted(&server, CostMode::Builtin).await;
    assert_eq!((built_in.text, built_in.by_model, built_in.degraded), (example, false, None));
    assert!(bodies(&server).await.is_empty());
}

#[tokio::test]
async fn a_model_that_presses_is_asked_again_and_then_the_built_in_text_stands() {
    let pushy = "Hi {name}, {business} here. It will be hot from {first_day} on. Hurry, don't miss your check!";
    let server = answering(vec![write(pushy), write(GOOD)]).await;
    let (mended, _) = drafted(&server, CostMode::None).await;
    assert_eq!((mended.text.body.as_str(), mended.by_model), (GOOD, true));
    let server = answering(vec![write(pushy), write(pushy)]).await;
    let (refused, example) = drafted(&server, CostMode::None).await;
    assert_eq!((refused.text, refused.by_model), (example, false));
    assert_eq!(refused.degraded, Some(Degraded::Unfit(Unfit::Pressing)));
}
