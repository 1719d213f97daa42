//! What customers ask and nothing answers is suggested to the business, and once it is answered, customers are.

use domain::ids::GapId;
use domain::knowledge::gaps::GapState;
use serde_json::{Value, json};

use crate::stage::{Person, Tenant, eventually, number, unique};

const QUESTIONS: [&str; 2] = ["Do you install solar panels?", "Can you install solar panels on tiles?"];

/// A suggestion of this tenant's, and the conversations of the two who asked.
pub(crate) fn suggested(tenant: &Tenant) -> GapId {
    for question in QUESTIONS {
        let said = tenant.sms(&number(), question);
        tenant.reply(&said);
    }
    tenant.suggested_gap()
}

fn post(who: &Person, path: &str, body: &Value) -> (u16, Value) {
    let answer = who.call("POST", path, &[("idempotency-key", &unique())], &body.to_string());
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

#[test]
fn a_question_that_two_people_asked_is_answered_once_the_business_has_added_it() {
    let roofer = Tenant::roofer();
    let first = roofer.sms(&number(), QUESTIONS[0]);
    roofer.reply(&first);
    let manager = roofer.person("manager");
    let thread = format!("/v1/conversations/{}", first.conversation());
    assert_eq!(manager.call("POST", &format!("{thread}/take-over"), &[], "").status, 200);
    let (status, sent) = post(&manager, &format!("{thread}/messages"), &json!({"text": "Yes, we do, with a partner."}));
    assert_eq!(status, 201, "{sent}");
    let second = roofer.sms(&number(), QUESTIONS[1]);
    roofer.reply(&second);
    let id = roofer.suggested_gap();

    let list: Value = serde_json::from_str(&manager.call("GET", "/v1/knowledge/gaps", &[], "").body).unwrap();
    let gap = &list["items"][0];
    assert_eq!((gap["id"].as_str(), gap["times"].as_u64()), (Some(id.to_string().as_str()), Some(2)));
    assert_eq!(gap["draft"], "Yes, we do, with a partner.");
    assert!(gap.get("contacts").is_none() && gap.get("keywords").is_none(), "{gap}");
    let approvals: Value = serde_json::from_str(&manager.call("GET", "/v1/approvals", &[], "").body).unwrap();
    let listed = approvals["items"].as_array().unwrap().iter().any(|one| one["id"] == format!("add_faq.{id}"));
    assert!(listed, "{approvals}");

    let path = format!("/v1/knowledge/gaps/{id}/answer");
    let worded = json!({"question": "Anything on top of the roof?", "answer": "Yes: solar, with our partner."});
    let agent = roofer.person("agent");
    assert_eq!(post(&agent, &path, &worded).0, 403);
    let approve = format!("/v1/approvals/add_faq.{id}/decline");
    assert_eq!(post(&agent, &approve, &json!({})).0, 403, "what its own call takes");
    for _ in 0..2 {
        let (status, decided) = post(&manager, &path, &worded);
        assert_eq!((status, &decided["state"]), (200, &json!(GapState::Added)), "{decided}");
    }
    assert_eq!(post(&manager, &format!("/v1/knowledge/gaps/{id}/dismiss"), &json!({})).0, 409);
    let list: Value = serde_json::from_str(&manager.call("GET", "/v1/knowledge/gaps", &[], "").body).unwrap();
    assert_eq!(list["items"], json!([]));

    // A function remembers the settings for half a minute.
    eventually("a customer is answered", || {
        let said = roofer.sms(&number(), QUESTIONS[1]);
        roofer.reply(&said).text.contains("Yes: solar, with our partner.").then_some(())
    });
}

#[test]
fn what_was_dismissed_is_over_and_cannot_be_answered_any_more() {
    let roofer = Tenant::opened(|_| {});
    let id = suggested(&roofer);
    let manager = roofer.person("manager");
    let path = format!("/v1/knowledge/gaps/{id}");
    assert_eq!(post(&roofer.person("agent"), &format!("{path}/dismiss"), &json!({})).0, 403);
    for _ in 0..2 {
        let (status, decided) = post(&manager, &format!("{path}/dismiss"), &json!({}));
        assert_eq!((status, &decided["state"]), (200, &json!(GapState::Dismissed)), "{decided}");
    }
    let late = json!({"question": QUESTIONS[0], "answer": "Yes."});
    assert_eq!(post(&manager, &format!("{path}/answer"), &late).0, 409);
    let list: Value = serde_json::from_str(&manager.call("GET", "/v1/knowledge/gaps", &[], "").body).unwrap();
    assert_eq!(list["items"], json!([]));
}
