//! Extras: a model knows those that its customer may hear of, and their price or discount alone goes out.

use domain::conversations::{EscalationReason, ExtraStep, Role, SuggestedExtra};
use domain::tenancy::CostMode;
use serde_json::{from_value, json};

use ai::prompt::qualifier;

use crate::claims::goes_out;
use crate::scene::{Scene, now, scene};

fn with_extras(words: &str) -> Scene {
    let mut scene = scene(words);
    scene.tenant.extras = from_value(json!([
        {"id": "direct", "name": "Direct booking price", "when": "other_platform", "percent_off": 5},
        {"id": "plan", "name": "Maintenance plan", "when": "visit_booked", "price": {"from_cents": 18_900, "to_cents": 18_900}},
        {"id": "summer", "name": "Summer check", "when": "visit_booked", "until": "2026-09-01", "price": {"from_cents": 4_900}},
    ]))
    .unwrap();
    scene
}

fn suggested(mut scene: Scene, id: &str) -> Scene {
    let id = from_value(json!(id)).unwrap();
    scene.conversation.extra = Some(SuggestedExtra { id, at: now(), open: false, step: ExtraStep::Suggested });
    scene
}

#[tokio::test]
async fn a_model_that_offers_fifty_percent_is_not_heard() {
    let direct = with_extras("I saw you on Thumbtack. What do I get if I book with you?");
    for (reply, expected) in [
        ("You get 5% off if you book with us.", true),
        ("You get a discount of 5 percent.", true),
        ("You get 50% off if you book with us.", false),
        ("You get 15% off.", false),
        ("You get $50 off.", false),
        ("It is free for you.", false),
        ("The maintenance plan is 189.00 USD.", false),
    ] {
        assert_eq!(goes_out(&direct, CostMode::None, reply).await, expected, "{reply}");
    }
    let asked = with_extras("How much is your maintenance plan? And the summer check?");
    for (reply, expected) in [
        ("The maintenance plan is $189 a year.", true),
        ("The maintenance plan is $88 a year.", false),
        ("You get a discount on the maintenance plan.", false),
        ("You get 5% off if you book with us.", false),
        ("The summer check is $49.", false),
    ] {
        assert_eq!(goes_out(&asked, CostMode::None, reply).await, expected, "{reply}");
    }
}

#[tokio::test]
async fn after_one_was_suggested_a_model_offers_no_other() {
    let second = "Gladly. Our maintenance plan would go well with it.";
    let fresh = with_extras("What are your hours?");
    assert!(goes_out(&fresh, CostMode::None, second).await, "the first, which the server takes down");
    assert!(!goes_out(&suggested(fresh, "direct"), CostMode::None, second).await);
    let same = suggested(with_extras("What is in it?"), "plan");
    assert!(goes_out(&same, CostMode::None, "The maintenance plan is 189.00 USD.").await, "the one that was suggested");
    let earlier = [(Role::Customer, "Do you have a maintenance plan?"), (Role::Assistant, "Yes.")];
    let asked_before = suggested(with_extras("And your hours?"), "direct").after(&earlier);
    assert!(goes_out(&asked_before, CostMode::None, second).await, "they asked for it");
    let mut grave = with_extras("Your crew ruined my roof, I want my money back");
    grave.route.escalate = Some(EscalationReason::Complaint);
    assert!(!goes_out(&grave, CostMode::None, second).await);
}

#[test]
fn a_model_is_told_of_those_that_may_be_spoken_of_and_no_other() {
    let told = |scene: &Scene| {
        let turn = qualifier(&scene.turn(), CostMode::None, now()).turn;
        ["Direct booking price", "Maintenance plan", "Summer check"].map(|name| turn.contains(&format!("- {name}: ")))
    };
    assert_eq!(told(&with_extras("What are your hours?")), [false, false, false]);
    assert_eq!(told(&with_extras("I found you on Yelp")), [true, false, false]);
    assert_eq!(told(&with_extras("Do you have a maintenance plan?")), [false, true, false]);
    assert_eq!(told(&suggested(with_extras("I found you on Yelp"), "plan")), [false, true, false]);
    let turn = qualifier(&with_extras("Found you on Yelp").turn(), CostMode::None, now()).turn;
    let line = "- Direct booking price: a discount of 5 percent (5 % off); in its words: If you book directly with us, you get 5% off.";
    assert!(turn.contains(line), "{turn}");
}
