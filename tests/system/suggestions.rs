//! A reply is suggested to staff, who send it, change it or leave it.

use domain::conversations::Role;
use domain::conversations::suggestion::{Figures, Outcome, Suggestion, SuggestionReport, WithoutModel};
use serde_json::{Value, json};
use xtask::http::Answer;

use crate::stage::{Person, Said, Tenant, number, stage, unique};

fn path(said: &Said) -> String {
    format!("/v1/conversations/{}/suggestions", said.conversation())
}

fn ask(who: &Person, said: &Said, key: &str, body: &Value) -> Answer {
    who.call("POST", &path(said), &[("idempotency-key", key)], &body.to_string())
}

fn suggested(who: &Person, said: &Said, body: &Value) -> Suggestion {
    let answer = ask(who, said, &unique(), body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn dismissed(who: &Person, said: &Said, suggestion: &str) -> Answer {
    who.call("DELETE", &format!("{}/{suggestion}", path(said)), &[], "")
}

fn send(who: &Person, said: &Said, key: &str, text: &str, suggestion: &Suggestion) -> Answer {
    let body = json!({"text": text, "suggestion_id": suggestion.id});
    let path = format!("/v1/conversations/{}/messages", said.conversation());
    who.call("POST", &path, &[("idempotency-key", key)], &body.to_string())
}

/// The code of a refusal.
fn code(answer: &Answer) -> Option<String> {
    serde_json::from_str::<Value>(&answer.body).ok()?["code"].as_str().map(ToOwned::to_owned)
}

fn figures(tenant: &Tenant) -> Figures {
    tenant.read::<SuggestionReport>("/v1/insights/suggestions").totals
}

fn stored(tenant: &Tenant, made: &Suggestion) -> Suggestion {
    let conversations = stage().store.conversations();
    stage().block_on(conversations.suggestion(&tenant.id(), made.conversation, made.id)).unwrap().unwrap()
}

/// A conversation that is ana's, whose customer asks what a repair costs.
pub fn waiting(roofer: &Tenant) -> (Person, Said) {
    let from = number();
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    let taken = ana.call("POST", &format!("/v1/conversations/{}/take-over", said.conversation()), &[], "");
    assert_eq!(taken.status, 200, "{}", taken.body);
    let held = roofer.sms(&from, "How much is a roof repair?");
    roofer.replay_when(said.conversation(), "the question", |replay| replay.stored(held.id()).is_some());
    (ana, said)
}

#[test]
fn a_suggestion_is_made_once_sends_nothing_and_has_one_outcome_when_it_is_sent() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let before = roofer.replay(said.conversation()).unwrap();
    let key = unique();
    let first = ask(&ana, &said, &key, &json!({}));
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(ask(&ana, &said, &key, &json!({})).body, first.body, "twice is once");
    let made: Suggestion = serde_json::from_str(&first.body).unwrap();
    let text = made.text.clone().expect("the business's data has the price");
    assert!(text.contains("350"), "{text}");
    assert_eq!(made.author.as_ref().map(|author| author.model.as_str()), Some("builtin"));
    assert_eq!(
        (made.without_model, made.basis.messages),
        (Some(WithoutModel::NotConfigured), before.conversation.message_count)
    );
    let after = roofer.replay(said.conversation()).unwrap();
    assert_eq!(after.conversation.message_count, before.conversation.message_count, "nothing was written");
    assert!(after.of(Role::Staff).is_empty());

    let key = unique();
    for _ in 0..2 {
        let sent = send(&ana, &said, &key, &text, &made);
        assert_eq!(sent.status, 201, "{}", sent.body);
    }
    assert_eq!(roofer.replay(said.conversation()).unwrap().of(Role::Staff).len(), 1);
    let settled = stored(&roofer, &made).settled.unwrap();
    assert_eq!((settled.outcome, settled.distance_percent), (Outcome::Accepted, Some(0)));
    assert_eq!(settled.by.account(), Some(ana.account));
    assert_eq!(dismissed(&ana, &said, &made.id.to_string()).status, 204, "that is too late");
    let figures = figures(&roofer);
    assert_eq!((figures.suggested, figures.accepted, figures.rejected), (1, 1, 0));
}

#[test]
fn what_is_changed_replaced_or_dismissed_is_recorded_as_that() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let first = suggested(&ana, &said, &json!({}));
    let second = suggested(&ana, &said, &json!({"instead_of": first.id}));
    assert_eq!(dismissed(&ana, &said, &second.id.to_string()).status, 204);
    assert_eq!(dismissed(&ana, &said, &second.id.to_string()).status, 204, "twice is once");
    let third = suggested(&ana, &said, &json!({}));
    let changed = format!("{} See you soon.", third.text.clone().unwrap());
    assert_eq!(send(&ana, &said, &unique(), &changed, &third).status, 201);
    let outcome = |made: &Suggestion| stored(&roofer, made).settled.unwrap().outcome;
    assert_eq!([&first, &second, &third].map(outcome), [Outcome::Regenerated, Outcome::Rejected, Outcome::Edited]);
    let Figures { suggested, accepted, edited, rejected, regenerated, mean_distance_percent, .. } = figures(&roofer);
    assert_eq!((suggested, accepted, edited, rejected, regenerated), (3, 0, 1, 1, 1));
    assert!(mean_distance_percent.is_some_and(|mean| mean > 0 && mean < 60), "{mean_distance_percent:?}");
}

#[test]
fn where_a_person_is_asked_for_nothing_is_suggested_without_a_model() {
    let roofer = Tenant::opened(|_| {});
    let from = number();
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    ana.call("POST", &format!("/v1/conversations/{}/take-over", said.conversation()), &[], "");
    let held = roofer.sms(&from, "I want to talk to a person");
    roofer.replay_when(said.conversation(), "the wish", |replay| replay.stored(held.id()).is_some());
    let made = suggested(&ana, &said, &json!({}));
    assert_eq!((made.text, made.without_model), (None, Some(WithoutModel::NotConfigured)));
    assert_eq!(figures(&roofer), Figures::default());
}

#[test]
fn another_tenants_conversation_is_not_found_and_whoever_may_not_write_gets_no_suggestion() {
    let (roofer, other) = (Tenant::opened(|_| {}), Tenant::opened(|_| {}));
    let (ana, said) = waiting(&roofer);
    let made = suggested(&ana, &said, &json!({}));
    let bo = other.person("admin");
    assert_eq!(ask(&bo, &said, &unique(), &json!({})).status, 404);
    assert_eq!(dismissed(&bo, &said, &made.id.to_string()).status, 404);
    assert_eq!(stored(&roofer, &made).settled, None);
    let viewer = roofer.person("viewer");
    let refused = ask(&viewer, &said, &unique(), &json!({}));
    assert_eq!((refused.status, code(&refused).as_deref()), (403, Some("permission_missing")));
    assert_eq!(figures(&other), Figures::default());
    // Who wants no more messages is written to by no one: there is nothing to suggest.
    let stop = roofer.sms(said_from(&roofer, &said).as_str(), "STOP");
    roofer.replay_when(said.conversation(), "the STOP", |replay| replay.stored(stop.id()).is_some());
    let refused = ask(&ana, &said, &unique(), &json!({}));
    assert_eq!((refused.status, code(&refused).as_deref()), (409, Some("message_refused")));
}

/// The number that a conversation's customer writes from.
fn said_from(tenant: &Tenant, said: &Said) -> String {
    let replay: Value = tenant.read(&format!("/v1/conversations/{}", said.conversation()));
    replay["peer"]["value"].as_str().unwrap().to_owned()
}

#[test]
fn who_asks_again_and_again_is_told_to_wait() {
    let roofer = Tenant::opened(|file| file.tenant.plan = domain::tenancy::Plan::Scale);
    let (ana, said) = waiting(&roofer);
    let asked = |_| ask(&ana, &said, &unique(), &json!({})).status;
    let statuses: Vec<u16> = (0..40).map(asked).collect();
    assert!(statuses.iter().all(|status| [201, 429].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&429) && statuses.iter().filter(|status| **status == 201).count() >= 20, "{statuses:?}");
}
