//! Points of texts by OpenAI's `POST /v1/embeddings`, against a stub that speaks the documented format.

use std::time::{Duration, Instant};

use ai::{Assistant, Degraded, Embedded, EmbeddingModel, Models, Vendor, look_up};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::conversations::Lookup;
use domain::tenancy::CostMode;
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens};
use knowledge::{Block, Document, Index, Page, Segment, Source};
use reqwest::Url;
use secrecy::SecretString;
use semantics::{Embedding, Space};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::scene::scene;
use crate::stub::{KEY, bodies, error, ok, within};

const NAMED: &str = "text-embedding-3-small,3";
const LIMIT: Duration = Duration::from_secs(10);

/// The numbers that the stub has for a text: its length tells.
fn numbers(text: &str) -> [f32; 3] {
    [f32::from(u16::try_from(text.len()).unwrap()), 1.0, 0.0]
}

fn point(text: &str) -> Embedding {
    let space = Space { model: "text-embedding-3-small".to_owned(), version: 1, dimensions: 3 };
    Embedding::new(space, numbers(text).to_vec()).unwrap()
}

/// A vector as the API gives it: base64 of 32-bit floats, little-endian.
fn encoded(numbers: &[f32]) -> Value {
    STANDARD.encode(numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>()).into()
}

fn item(index: usize, embedding: &Value) -> Value {
    json!({ "object": "embedding", "index": index, "embedding": embedding })
}

fn list(data: &[Value]) -> Value {
    let usage = json!({ "prompt_tokens": 9, "total_tokens": 9 });
    json!({ "object": "list", "data": data, "model": "text-embedding-3-small", "usage": usage })
}

/// Answers as the API does, the last vector first.
struct Api;

impl Respond for Api {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let texts = body["input"].as_array().unwrap().iter().map(|text| text.as_str().unwrap());
        let items: Vec<Value> = texts.enumerate().map(|(nth, text)| item(nth, &encoded(&numbers(text)))).collect();
        ok(&list(&items.into_iter().rev().collect::<Vec<_>>()))
    }
}

async fn server(first: Option<ResponseTemplate>, then: impl Respond + 'static) -> MockServer {
    let server = MockServer::start().await;
    let asked = || Mock::given(method("POST")).and(path("/v1/embeddings"));
    if let Some(first) = first {
        asked().respond_with(first).up_to_n_times(1).mount(&server).await;
    }
    asked().respond_with(then).mount(&server).await;
    server
}

fn assistant(server: &MockServer, named: &str) -> Assistant {
    let (key, url) = (SecretString::from(KEY), Url::parse(&server.uri()).unwrap());
    let vendor = Vendor::openai(&key, &url, Models::openai()).unwrap();
    Assistant::new(vec![vendor]).unwrap().embedding_with(EmbeddingModel::openai(&key, &url, named).unwrap())
}

async fn embed(server: &MockServer, texts: &[&str]) -> Embedded {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    assistant(server, NAMED).embed(&texts, within(LIMIT)).await
}

fn spent(tokens: u64) -> Vec<Spent> {
    let (tokens, saved) = (Tokens { uncached: tokens, ..Tokens::default() }, Saved::default());
    vec![Spent { feature: Feature::Embed, model: "text-embedding-3-small".to_owned(), tokens, saved }]
}

#[tokio::test]
async fn texts_go_as_the_api_takes_them_and_points_come_in_their_order() {
    let server = server(None, Api).await;
    let long = "é".repeat(5_000);
    let Embedded { points, degraded, spent: took } = embed(&server, &["roofs", "gutters and more", &long]).await;
    assert_eq!((degraded, took), (None, spent(9)));
    assert_eq!(
        points,
        [point("roofs"), point("gutters and more"), point(&"é".repeat(4_000))],
        "what is too long is cut"
    );
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(request.headers["authorization"], format!("Bearer {KEY}"));
    let body: Value = request.body_json().unwrap();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["model", "input", "dimensions", "encoding_format"]);
    assert_eq!((&body["model"], &body["dimensions"]), (&json!("text-embedding-3-small"), &json!(3)));
    assert_eq!((&body["encoding_format"], &body["input"][0]), (&json!("base64"), &json!("roofs")));
}

#[tokio::test]
async fn decimal_numbers_are_read_too_and_what_no_one_counted_is_estimated() {
    let data = [item(0, &json!(numbers("roofs")))];
    let server = server(None, ok(&json!({ "data": data, "model": "text-embedding-3-small-v2" }))).await;
    let Embedded { points, degraded, spent: took } = embed(&server, &["roofs"]).await;
    assert_eq!((points, degraded, took), (vec![point("roofs")], None, spent(1)));
}

#[tokio::test]
async fn every_way_to_fail_is_told_and_repeated_only_where_that_may_help() {
    let good = || item(0, &encoded(&numbers("roofs")));
    let lists = |data: &[Value]| ok(&list(data));
    let other_model = json!({ "data": [good(), item(1, &encoded(&numbers("b")))], "model": "text-embedding-ada-002" });
    let no_vector = Degraded::Invalid("a text has no vector of the right dimensions");
    let no_text = Degraded::Invalid("a vector is of no text");
    let not_counted = Vec::new;
    let cases = [
        ("too many requests", error(429, "rate_limit_exceeded"), Degraded::Busy(429), 3, not_counted()),
        ("its own fault", error(500, "server_error"), Degraded::Busy(500), 3, not_counted()),
        ("an unpaid bill", error(429, "insufficient_quota"), Degraded::Rejected(429), 1, not_counted()),
        ("a text too long", error(400, "invalid_request_error"), Degraded::Rejected(400), 1, not_counted()),
        ("a wrong key", error(401, "invalid_request_error"), Degraded::Rejected(401), 1, not_counted()),
        (
            "a longer wait than there is time",
            error(503, "server_error").insert_header("retry-after", "60"),
            Degraded::Busy(503),
            1,
            not_counted(),
        ),
        ("too few", lists(&[good()]), no_vector, 1, spent(9)),
        (
            "too many",
            lists(&[good(), item(1, &encoded(&[1.0; 3])), item(2, &encoded(&[1.0; 3]))]),
            no_text,
            1,
            spent(9),
        ),
        ("twice the same", lists(&[good(), good()]), no_text, 1, spent(9)),
        ("more dimensions", lists(&[good(), item(1, &encoded(&[1.0; 4]))]), no_vector, 1, spent(9)),
        ("no numbers", lists(&[good(), item(1, &encoded(&[f32::NAN; 3]))]), no_vector, 1, spent(9)),
        ("no base64", lists(&[good(), item(1, &json!("not base64"))]), no_vector, 1, spent(9)),
        ("another model", ok(&other_model), Degraded::Invalid("another model made the vectors"), 1, spent(3)),
        ("no list", ok(&json!({})), Degraded::Invalid("it is no list of vectors"), 1, not_counted()),
        ("too much", ok(&json!("x".repeat(8_000_000))), Degraded::Invalid("it is longer than 8 MB"), 1, not_counted()),
    ];
    for (case, answer, reason, requests, took) in cases {
        let server = server(None, answer).await;
        let embedded = embed(&server, &["roofs", "gutters"]).await;
        assert_eq!((embedded.degraded, embedded.points.len()), (Some(reason), 0), "{case}");
        assert_eq!((bodies(&server).await.len(), embedded.spent), (requests, took), "{case}");
    }
}

#[tokio::test]
async fn a_busy_vendor_is_asked_again_and_what_came_before_it_failed_is_kept() {
    let server = server(Some(error(429, "rate_limit_exceeded").insert_header("retry-after", "1")), Api).await;
    let begun = Instant::now();
    let embedded = embed(&server, &["roofs"]).await;
    assert_eq!((embedded.points, embedded.degraded), (vec![point("roofs")], None));
    assert!(begun.elapsed() >= Duration::from_secs(1), "it is waited for as long as the vendor says");

    let first = list(&(0..256).map(|nth| item(nth, &encoded(&[1.0, 2.0, 3.0]))).collect::<Vec<_>>());
    let server = self::server(Some(ok(&first)), error(400, "invalid_request_error")).await;
    let embedded = embed(&server, &["a"; 300]).await;
    assert_eq!((embedded.points.len(), embedded.degraded), (256, Some(Degraded::Rejected(400))));
    assert_eq!(embedded.spent, spent(9));
}

#[tokio::test]
async fn a_vendor_that_is_slow_or_down_costs_no_more_than_the_time_given_and_is_left_alone() {
    let slow = server(None, ok(&list(&[])).set_delay(LIMIT)).await;
    let begun = Instant::now();
    let embedded = assistant(&slow, NAMED).embed(&["roofs".to_owned()], within(Duration::from_millis(700))).await;
    assert_eq!(embedded.degraded, Some(Degraded::TimedOut));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());

    let down = server(None, error(503, "server_error").insert_header("retry-after", "60")).await;
    let assistant = assistant(&down, NAMED);
    for reason in [Degraded::Busy(503), Degraded::Busy(503), Degraded::Busy(503), Degraded::Paused] {
        assert_eq!(assistant.embed(&["roofs".to_owned()], within(LIMIT)).await.degraded, Some(reason));
    }
    assert_eq!(bodies(&down).await.len(), 3);
}

#[test]
fn a_model_is_named_with_its_dimensions() {
    let (key, url) = (SecretString::from(KEY), Url::parse("https://api.openai.com").unwrap());
    for wrong in ["", "text-embedding-3-small", "text-embedding-3-small,", ",512", "text-embedding-3-small,0", "a,b"] {
        assert!(EmbeddingModel::openai(&key, &url, wrong).is_err(), "{wrong:?}");
    }
    let model = EmbeddingModel::openai(&key, &url, "text-embedding-3-small, 512").unwrap();
    assert!(!format!("{model:?}").contains(KEY));
}

/// Two answers, in the space of the assistant's vendor.
fn index(assistant: &Assistant) -> Index {
    let faq = |question: &str, answer: &str| Block::Faq { question: question.to_owned(), answer: answer.to_owned() };
    let blocks = vec![faq("Do you take dogs?", "Small ones."), faq("Is there parking?", "Behind the house.")];
    let source = Source { id: "faq".to_owned(), name: "Questions".to_owned(), location: None, category: None };
    let document = Document { pages: vec![Page { number: None, blocks }], ..Document::default() };
    let mut index = Index::default();
    index.put(Segment::new(source, &document, None));
    index.moved_to(assistant.space())
}

#[tokio::test]
async fn a_question_is_asked_in_the_space_of_the_index_and_else_its_words_have_to_do() {
    let (up, down) = (server(None, Api).await, server(None, error(503, "server_error")).await);
    let (tenant, ask) = (scene("Hi").tenant, assistant(&up, NAMED));
    let index = index(&ask);
    let text = "Is there parking? My son asks, do you take dogs?";
    let lookup = Lookup { text: text.to_owned(), before: Vec::new(), language: "en".to_owned(), location: None };
    let asked = ask.locate(&tenant, CostMode::None, &index, [text, " "]).await;
    assert_eq!((asked.point(text), asked.spent.clone()), (Some(&point(text)), spent(9)));
    let (found, took) = ask.look_up(&tenant, CostMode::Structured, &index, &lookup).await;
    assert_eq!((found.is_empty(), took), (false, spent(9)));
    let sent = bodies(&up).await.pop().unwrap()["input"].clone();
    assert_eq!(sent[0], json!(text));
    assert!(sent.as_array().unwrap().len() > 1, "its parts are asked in the same request: {sent}");

    // The budget is used up, another space is configured, none is, the vendor is down: no point, and the words find what they find.
    let requests = bodies(&up).await.len();
    let others = [
        (assistant(&up, NAMED), CostMode::Builtin),
        (assistant(&up, "text-embedding-3-small,2"), CostMode::None),
        (Assistant::builtin(), CostMode::None),
        (assistant(&down, NAMED), CostMode::None),
    ];
    for (other, cost_mode) in others {
        let (found, took) = other.look_up(&tenant, cost_mode, &index, &lookup).await;
        assert_eq!((found, took), (look_up(&index, &lookup), Vec::new()));
    }
    ask.look_up(&tenant, CostMode::None, &index.moved_to(None), &lookup).await;
    assert_eq!(bodies(&up).await.len(), requests, "no one was asked");
}
