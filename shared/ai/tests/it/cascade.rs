//! The cheapest model that will do: what decides who is asked.

use std::time::{Duration, Instant};

use ai::Routed;
use domain::conversations::Route;
use domain::tenancy::{CostMode, Language, Tier};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use crate::scene::{Scene, now, scene};
use crate::stub::{answering, assistant, bodies, call, error, input, ok, within};

fn unsure() -> Route {
    Route { language: Language::english(), urgency: None, escalate: None, certain: false }
}

fn sorted(language: &str, confidence: u8, model: &str) -> ResponseTemplate {
    let mut body = call("route", &json!({ "language": language, "confidence": confidence }));
    body["model"] = json!(model);
    ok(&body)
}

async fn route(server: &MockServer, scene: &Scene, cost_mode: CostMode) -> Routed {
    let deadline = within(Duration::from_secs(10));
    assistant(&server.uri()).route(&scene.tenant, "Ayuda", unsure(), cost_mode, deadline).await
}

async fn models(server: &MockServer) -> Vec<Value> {
    bodies(server).await.iter().map(|body| body["model"].clone()).collect()
}

#[tokio::test]
async fn a_simple_task_goes_on_to_the_model_above_when_the_small_one_is_not_sure() {
    for (confidence, expected) in [(85, vec!["claude-haiku-5-5"]), (84, vec!["claude-haiku-5-5", "claude-sonnet-5-5"])]
    {
        let small = sorted("es", confidence, "claude-haiku-5-5");
        let server = answering(vec![small, sorted("pt", 60, "claude-sonnet-5-5")]).await;
        let routed = route(&server, &scene(""), CostMode::None).await;

        assert_eq!(models(&server).await, expected);
        let said = if expected.len() == 1 { "es" } else { "pt" };
        assert_eq!(routed.route.language, Language::new(said).unwrap(), "however sure the one above is");
        let counted: Vec<&str> = routed.spent.iter().map(|spent| spent.model.as_str()).collect();
        assert_eq!(counted, expected, "each model's tokens have their price");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_sure_stands_where_there_is_no_better_one() {
    let server = answering(vec![sorted("es", 20, "claude-haiku-5-5"), error(401, "authentication_error")]).await;
    let routed = route(&server, &scene(""), CostMode::None).await;
    assert_eq!(routed.route.language, Language::new("es").unwrap());
    assert_eq!(models(&server).await.len(), 2);
}

#[tokio::test]
async fn the_budget_and_the_tenant_keep_a_task_on_the_small_model() {
    let mut thrifty = scene("");
    thrifty.tenant.cost_control.highest_tier = Tier::Simple;
    for (scene, cost_mode) in [(scene(""), CostMode::Structured), (thrifty, CostMode::None)] {
        let server = answering(vec![sorted("es", 20, "claude-haiku-5-5")]).await;
        assert_eq!(route(&server, &scene, cost_mode).await.route.language, Language::new("es").unwrap());
        assert_eq!(models(&server).await, ["claude-haiku-5-5"]);
    }
}

#[tokio::test]
async fn a_standard_task_is_lowered_by_the_budget_and_never_asked_twice() {
    let mut body = call("respond", &input());
    body["content"][2]["input"]["confidence"] = json!(10);
    for (cost_mode, expected) in [
        (CostMode::None, "claude-sonnet-5-5"),
        (CostMode::Shorter, "claude-sonnet-5-5"),
        (CostMode::Structured, "claude-haiku-5-5"),
    ] {
        let server = answering(vec![ok(&body)]).await;
        let deadline = within(Duration::from_secs(10));
        let turned = assistant(&server.uri()).answer(&scene("Hi").turn(), cost_mode, now(), deadline).await;
        assert_eq!(turned.degraded, None);
        assert_eq!(models(&server).await, [expected], "{cost_mode:?}");
    }
}

#[tokio::test]
async fn both_tiers_share_one_time_limit() {
    let small = sorted("es", 20, "claude-haiku-5-5").set_delay(Duration::from_millis(1_500));
    let slow = sorted("pt", 90, "claude-sonnet-5-5").set_delay(Duration::from_secs(30));
    let server = answering(vec![small, slow]).await;
    let start = Instant::now();
    let routed = route(&server, &scene(""), CostMode::None).await;
    assert_eq!(routed.route.language, Language::new("es").unwrap());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
