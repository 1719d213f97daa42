//! The stream as Lambda gets it: the function's process on a mock Runtime API, and a model that writes when the test says.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so"
)]

mod memory;
mod runtime_api;
mod vendor;

use domain::conversations::suggestion::stream::Place;
use domain::ids::SuggestionId;
use domain::{ConversationId, TenantId};
use runtime_api::{Answer, Lambda};
use vendor::Vendor;

const SECRET: &str = "a-secret";
const ORIGIN: &str = "https://app.example.com";
const FIRST: &str = "A leak repair";
const REST: &str = " starts at 350.00 USD. Where is the house?";

fn place(name: &str) -> Place {
    let tenant = TenantId::new("summit-roofing").unwrap();
    let conversation = ConversationId::derive(&tenant, &["conversation"]);
    Place { id: SuggestionId::derive(&tenant, &[name]), conversation, tenant }
}

fn bearer(name: &str) -> String {
    format!("Bearer {}", place(name).ticket(SECRET))
}

async fn start() -> (Lambda, Vendor) {
    let vendor = Vendor::start().await;
    let lambda = Lambda::start("memory::function", &[("VENDOR", vendor.url.clone())]).await;
    (lambda, vendor)
}

async fn listen(lambda: &Lambda, name: &str, last: &str) -> Answer {
    let bearer = bearer(name);
    let mut headers = vec![("authorization", bearer.as_str()), ("origin", ORIGIN)];
    if !last.is_empty() {
        headers.push(("last-event-id", last));
    }
    let answer = lambda.call("GET", &headers).await;
    assert_eq!((answer.status, &answer.headers["content-type"]), (200, &"text/event-stream".into()));
    assert_eq!(answer.headers["access-control-allow-origin"], ORIGIN);
    answer
}

/// The next event has this name; its id and its data.
async fn next(answer: &mut Answer, name: &str) -> (String, serde_json::Value) {
    let (found, id, data) = answer.event().await;
    assert_eq!(found, name, "{data}");
    (id, data)
}

async fn token(answer: &mut Answer) -> String {
    next(answer, "token").await.1["text"].as_str().unwrap().to_owned()
}

async fn started(answer: &mut Answer) {
    assert_eq!(next(answer, "tool").await.1["state"], "started");
}

#[tokio::test]
async fn tokens_come_while_the_model_still_writes_and_the_end_is_the_checked_draft() {
    let (lambda, mut vendor) = start().await;
    let mut answer = listen(&lambda, "plain", "").await;
    assert_eq!(answer.block().await.as_deref(), Some(": open"), "the page knows at once that it is heard");
    let call = vendor.call().await;
    call.begin();
    call.write(r#"{"te"#);
    started(&mut answer).await;
    // Each piece is here before the next one is written, and half of a character waits for the other.
    call.write(r#"xt":"A leak repair"#);
    assert_eq!(token(&mut answer).await, FIRST);
    call.write(r#" \ud83d"#);
    assert_eq!(token(&mut answer).await, " ");
    // Nothing is written for a while: a remark comes.
    while answer.block().await.unwrap() != ":" {}
    call.write(r"\ude00");
    assert_eq!(token(&mut answer).await, "😀");
    call.write(r#" starts at 350.00 USD. Where is the house?","language":"en"}"#);
    assert_eq!(next(&mut answer, "token").await.0, "1-57");
    call.end();
    assert_eq!(next(&mut answer, "tool").await.1["state"], "finished");
    let (_, usage) = next(&mut answer, "usage").await;
    assert_eq!((&usage["input_tokens"], &usage["output_tokens"]), (&1240.into(), &42.into()));
    let (_, done) = next(&mut answer, "done").await;
    assert_eq!(done["suggestion"]["text"], "A leak repair 😀 starts at 350.00 USD. Where is the house?");
    assert_eq!((&done["replaced"], &done["suggestion"]["id"]), (&false.into(), &place("plain").id.to_string().into()));
    assert_eq!(answer.block().await, None);
}

#[tokio::test]
async fn whoever_comes_back_hears_what_is_missing_and_no_model_is_asked_again() {
    let (lambda, mut vendor) = start().await;
    let mut first = listen(&lambda, "resumed", "").await;
    let call = vendor.call().await;
    call.begin();
    call.write(r#"{"text":"A leak repair"#);
    started(&mut first).await;
    let (id, _) = next(&mut first, "token").await;
    // The line breaks. While the first invocation still writes, another one follows it.
    drop(first);
    let mut second = listen(&lambda, "resumed", &id).await;
    call.write(REST);
    assert_eq!(token(&mut second).await, REST);
    call.write(r#"","language":"en"}"#);
    call.end();
    next(&mut second, "usage").await;
    assert_eq!(next(&mut second, "done").await.1["replaced"], false);
    // And long after, from the beginning.
    let mut third = listen(&lambda, "resumed", "").await;
    started(&mut third).await;
    assert_eq!(token(&mut third).await, format!("{FIRST}{REST}"));
    next(&mut third, "usage").await;
    next(&mut third, "done").await;
    assert!(!vendor.was_called());
}

#[tokio::test]
async fn who_would_follow_beside_too_many_is_refused_until_the_end_is_there() {
    let (lambda, mut vendor) = start().await;
    let mut first = listen(&lambda, "crowded", "").await;
    let call = vendor.call().await;
    call.begin();
    call.write(r#"{"text":"A leak repair"#);
    started(&mut first).await;
    let bearer = bearer("crowded");
    let refused = lambda.call("GET", &[("authorization", &bearer), ("origin", ORIGIN)]).await;
    assert_eq!((refused.status, &refused.headers["access-control-allow-origin"]), (429, &ORIGIN.into()));
    assert!(refused.body().await.contains("too_many_requests"));
    call.write(r#"","language":"en"}"#);
    call.end();
    for name in ["token", "tool", "usage", "done"] {
        next(&mut first, name).await;
    }
    // To whom comes when it is done all is told at once.
    let mut late = listen(&lambda, "crowded", "").await;
    started(&mut late).await;
    assert_eq!(token(&mut late).await, FIRST);
    assert!(!vendor.was_called());
}

#[tokio::test]
async fn a_call_cancels_and_the_vendor_is_hung_up() {
    let (lambda, mut vendor) = start().await;
    let mut answer = listen(&lambda, "cancelled", "").await;
    let call = vendor.call().await;
    call.begin();
    call.write(r#"{"text":"A leak repair"#);
    started(&mut answer).await;
    token(&mut answer).await;
    let cancelled = lambda.call("DELETE", &[("authorization", &bearer("cancelled")), ("origin", ORIGIN)]).await;
    assert_eq!(cancelled.status, 204);
    call.was_hung_up().await;
    let (_, usage) = next(&mut answer, "usage").await;
    assert_eq!((&usage["model"], &usage["input_tokens"]), (&"claude-sonnet-5-5".into(), &1240.into()));
    assert_eq!(next(&mut answer, "error").await.1["code"], "cancelled");
    assert_eq!(answer.block().await, None);
    assert!(!vendor.was_called(), "it is not asked again");
    let mut again = listen(&lambda, "cancelled", "1-13").await;
    assert_eq!(next(&mut again, "error").await.1["code"], "cancelled");
}

#[tokio::test]
async fn a_cut_stream_begins_again_and_what_may_not_go_out_is_taken_back() {
    let (lambda, mut vendor) = start().await;
    let mut answer = listen(&lambda, "cut", "").await;
    let call = vendor.call().await;
    call.begin();
    call.write(r#"{"text":"Half a"#);
    started(&mut answer).await;
    assert_eq!(token(&mut answer).await, "Half a");
    drop(call);
    let call = vendor.call().await;
    call.begin();
    call.write(r#"{"text":"It is 12.00 USD."#);
    started(&mut answer).await;
    assert_eq!(token(&mut answer).await, "It is 12.00 USD.");
    call.write(r#"","language":"en"}"#);
    call.end();
    next(&mut answer, "tool").await;
    next(&mut answer, "usage").await;
    let (_, done) = next(&mut answer, "done").await;
    assert_eq!((&done["replaced"], &done["suggestion"]["without_model"]), (&true.into(), &"unfit".into()));
    assert!(!done["suggestion"]["text"].to_string().contains("12.00"), "{done}");
}

#[tokio::test]
async fn whoever_follows_is_told_whether_it_is_what_they_heard_however_late_that_was_stored() {
    let (lambda, mut vendor) = start().await;
    for name in ["unnoted", "died"] {
        let mut answer = listen(&lambda, name, "").await;
        let call = vendor.call().await;
        call.begin();
        call.write(r#"{"text":"It is 12.00 USD.","language":"en"}"#);
        call.end();
        started(&mut answer).await;
        let (id, _) = next(&mut answer, "token").await;
        next(&mut answer, "tool").await;
        next(&mut answer, "usage").await;
        assert_eq!(next(&mut answer, "done").await.1["replaced"], true);
        // Who heard it before the line broke, and who hears what is stored of it.
        let mut again = listen(&lambda, name, &id).await;
        next(&mut again, "usage").await;
        assert_eq!(next(&mut again, "done").await.1["replaced"], true, "{name}");
        let mut late = listen(&lambda, name, "").await;
        if name == "unnoted" {
            started(&mut late).await;
            assert_eq!(token(&mut late).await, "It is 12.00 USD.");
        }
        next(&mut late, "usage").await;
        assert_eq!(next(&mut late, "done").await.1["replaced"], name == "unnoted");
    }
    assert!(!vendor.was_called());
}

#[tokio::test]
async fn what_goes_wrong_is_an_error_that_a_person_can_read() {
    let (lambda, mut vendor) = start().await;
    for _ in 0..2 {
        let mut answer = listen(&lambda, "refused", "").await;
        let (_, problem) = next(&mut answer, "error").await;
        assert_eq!(problem["code"], "too_many_requests");
        assert_eq!(answer.block().await, None);
    }
    assert!(!vendor.was_called());
}

#[tokio::test]
async fn only_the_ticket_opens_it_in_its_minute_and_on_the_page_that_asked() {
    let (lambda, mut vendor) = start().await;
    let ticket = bearer("plain");
    let (foreign, longer, old) =
        (ticket.replace("summit-roofing", "other-roofing"), format!("{ticket}x"), bearer("too late"));
    let with = |ticket| vec![("authorization", ticket)];
    for (sent, status) in [
        (vec![], 401),
        (with("Bearer x"), 401),
        (with(&longer), 401),
        (with(&foreign), 401),
        (with(&old), 401),
        (vec![("authorization", ticket.as_str()), ("origin", "https://evil.example")], 403),
    ] {
        // Who cancels what is too late to begin changes nothing that anyone would notice.
        let methods: &[&str] = if sent == with(&old) { &["GET"] } else { &["GET", "DELETE"] };
        for method in methods {
            let answer = lambda.call(method, &sent).await;
            assert_eq!(answer.status, status, "{method} {sent:?}");
            assert_eq!(answer.headers.get("access-control-allow-origin"), None);
            assert!(!answer.body().await.contains("summit"));
        }
    }
    let answer = lambda.call("OPTIONS", &[("origin", ORIGIN)]).await;
    assert_eq!((answer.status, &answer.headers["access-control-allow-methods"]), (204, &"GET, DELETE".into()));
    assert!(!vendor.was_called(), "nothing was asked of a model");
}
