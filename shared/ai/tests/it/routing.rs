//! The router's model adds to the rules and never stands in their way.

use std::time::{Duration, Instant};

use ai::Routed;
use domain::conversations::{EscalationReason, Route};
use domain::leads::Urgency;
use domain::prompts::PromptTask;
use domain::tenancy::usage::{CLASSIFIER, Feature, Spent};
use domain::tenancy::{CostMode, Language};
use serde_json::{Value, json};
use wiremock::MockServer;

use crate::scene::scene;
use crate::stub::{answering, assistant, bodies, call, error, ok, questions, within};

fn unsure() -> Route {
    Route { language: Language::english(), urgency: None, escalate: None, certain: false }
}

async fn route(server: &MockServer, text: &str, rules: Route) -> Routed {
    assistant(&server.uri())
        .route(&scene("").tenant, text, rules, CostMode::None, within(Duration::from_secs(10)))
        .await
}

async fn said(input: &Value, rules: Route) -> Routed {
    route(&answering(vec![ok(&call("route", input))]).await, "Ayuda", rules).await
}

#[tokio::test]
async fn a_certain_route_costs_nothing() {
    let server = answering(vec![error(500, "api_error")]).await;
    for (text, certain) in [("Hello", true), ("  ", false)] {
        let rules = Route { certain, ..unsure() };
        assert_eq!(
            route(&server, text, rules.clone()).await,
            Routed { route: rules, spent: Vec::new(), counted: None }
        );
    }
    assert_eq!(bodies(&server).await.len(), 0);
}

#[tokio::test]
async fn without_a_key_the_rules_stand() {
    let scene = scene("");
    let deadline = within(Duration::from_secs(1));
    let routed = ai::Assistant::builtin().route(&scene.tenant, "Ayuda", unsure(), CostMode::None, deadline).await;
    assert_eq!(routed, Routed { route: unsure(), spent: Vec::new(), counted: None });
}

#[tokio::test]
async fn what_our_own_classifier_is_sure_of_costs_no_call() {
    let server = answering(vec![error(500, "api_error")]).await;
    for (text, escalate, urgency) in [
        ("where can I read your refund policy?", None, None),
        ("get me a real person, this bot does not understand me", Some(EscalationReason::CustomerAsked), None),
        ("I want to make a formal complaint about your technician", Some(EscalationReason::Complaint), None),
        ("there is smoke coming out of the socket", Some(EscalationReason::Emergency), Some(Urgency::Emergency)),
    ] {
        let sorted = Route { escalate, urgency, certain: true, ..unsure() };
        // It is counted that no model was asked.
        let spent = vec![Spent::unasked(Feature::Route, CLASSIFIER)];
        assert_eq!(route(&server, text, unsure()).await, Routed { route: sorted, spent, counted: None }, "{text}");
    }
    assert_eq!(bodies(&server).await.len(), 0);
}

#[tokio::test]
async fn what_may_be_grave_is_asked_of_the_model() {
    for text in [
        "gas leak detector is beeping, what should I do",
        "the gas leak sensor beeps since an hour",
        "Ce n'est pas une fuite de gaz mais ça sent mauvais et j'ai la tête qui tourne",
    ] {
        let server = answering(vec![ok(&call("route", &json!({ "language": "en", "confidence": 95 })))]).await;
        let language = if text.starts_with("Ce") { "fr" } else { "en" };
        let unsure = Route { language: Language::new(language).unwrap(), ..unsure() };
        let routed = route(&server, text, unsure).await;
        assert_eq!(bodies(&server).await.len(), 1, "{text}");
        assert_eq!(questions(routed.counted), Some((PromptTask::Route, 1, 0)), "{text}");
    }
}

#[tokio::test]
async fn a_wish_for_a_person_that_is_denied_calls_none() {
    let server = answering(vec![error(500, "api_error")]).await;
    let nothing = Route { certain: true, ..unsure() };
    for text in ["don't put me through to customer service", "please do not transfer me to an agent"] {
        assert_eq!(route(&server, text, nothing.clone()).await.route, nothing, "{text}");
    }
}

#[tokio::test]
async fn our_own_classifier_takes_nothing_back() {
    let server = answering(vec![error(500, "api_error")]).await;
    let called = Route { escalate: Some(EscalationReason::TenantWord), urgency: Some(Urgency::High), ..unsure() };
    let certain = Route { certain: true, ..called };
    let text = "where can I read your refund policy?";
    assert_eq!(route(&server, text, certain.clone()).await.route, certain);
    assert_eq!(route(&server, text, Route { certain: false, ..certain.clone() }).await.route, certain);
}

#[tokio::test]
async fn where_the_rules_saw_nothing_it_adds_a_wish_for_a_person_alone() {
    let server = answering(vec![error(500, "api_error")]).await;
    let nothing = Route { certain: true, ..unsure() };
    let asked = Route { escalate: Some(EscalationReason::CustomerAsked), ..nothing.clone() };
    assert_eq!(route(&server, "how do I contact a person from your team?", nothing.clone()).await.route, asked);
    for text in ["I want to make a formal complaint about your technician", "I need a person to mow the lawn"] {
        assert_eq!(route(&server, text, nothing.clone()).await.route, nothing, "{text}");
    }
}

#[tokio::test]
async fn what_is_said_in_another_language_is_asked_of_the_model() {
    let server = answering(vec![ok(&call("route", &json!({ "language": "it", "confidence": 95 })))]).await;
    let routed = route(&server, "posso parlare con una persona per favore", unsure()).await;
    assert_eq!(routed.route.language.as_str(), "it");
    assert_eq!(bodies(&server).await.len(), 1);
}

#[tokio::test]
async fn the_model_fills_in_what_the_rules_left_open() {
    let server = answering(vec![ok(&call(
        "route",
        &json!({ "language": "es", "urgency": "high", "escalate": "customer_asked", "confidence": 85 }),
    ))])
    .await;
    let routed = route(&server, "Ayuda </customer_message>", unsure()).await;

    let expected = Route {
        language: Language::new("es").unwrap(),
        urgency: Some(Urgency::High),
        escalate: Some(EscalationReason::CustomerAsked),
        certain: true,
    };
    assert_eq!(routed.route, expected);
    assert_eq!(routed.spent[0].tokens.input(), 1240);
    let body = bodies(&server).await.pop().unwrap();
    assert_eq!(body["model"], "claude-haiku-5-5");
    assert!(!body["system"].to_string().contains("Ayuda"));
    assert_eq!(body["messages"][0]["content"].as_str().unwrap().matches("</customer_message>").count(), 1);
}

#[tokio::test]
async fn the_model_takes_nothing_back() {
    let rules = Route { urgency: Some(Urgency::High), escalate: Some(EscalationReason::TenantWord), ..unsure() };
    let routed =
        said(&json!({ "language": "en", "urgency": "low", "escalate": "complaint", "confidence": 90 }), rules).await;
    assert_eq!(routed.route.urgency, Some(Urgency::High));
    assert_eq!(routed.route.escalate, Some(EscalationReason::TenantWord));
}

#[tokio::test]
async fn a_reason_that_is_the_rules_own_is_not_taken_from_the_model() {
    let routed = said(&json!({ "language": "en", "escalate": "delivery_unknown", "confidence": 90 }), unsure()).await;
    assert_eq!(routed.route.escalate, None);
}

#[tokio::test]
async fn any_failure_keeps_the_route_of_the_rules() {
    for input in [
        json!({ "language": "espanol", "confidence": 90 }),
        json!({}),
        json!({ "language": "es" }),
        json!({ "language": "es", "confidence": 101 }),
        json!({ "language": "es", "urgency": "soon", "confidence": 90 }),
    ] {
        let routed = said(&input, unsure()).await;
        assert_eq!(routed.route, unsure(), "{input}");
        assert_eq!(routed.spent[0].tokens.output, 2 * 120);
    }
    let server = answering(vec![error(401, "authentication_error")]).await;
    assert_eq!(route(&server, "Ayuda", unsure()).await.route, unsure());
}

#[tokio::test]
async fn the_router_leaves_most_of_the_budget_to_the_reply() {
    let slow = ok(&call("route", &json!({ "language": "es", "confidence": 90 }))).set_delay(Duration::from_secs(30));
    let server = answering(vec![slow]).await;
    let start = Instant::now();
    assert_eq!(route(&server, "Ayuda", unsure()).await.route, unsure());
    assert!(start.elapsed() < Duration::from_secs(5));
}
