//! Whose vectors an index has: those of a vendor's model where one is configured, can be had and may be paid for.

use std::sync::Arc;

use ai::{EmbeddingModel, Models, Vendor};
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens};
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::*;

/// OpenAI's `POST /v1/embeddings`: each text lies elsewhere.
struct Api;

impl Respond for Api {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let texts = body["input"].as_array().unwrap().iter().enumerate();
        let item = |(nth, text): (usize, &Value)| json!({"index": nth, "embedding": [text.as_str().unwrap().len(), 1]});
        let data: Vec<Value> = texts.map(item).collect();
        let usage = json!({"prompt_tokens": 5, "total_tokens": 5});
        ResponseTemplate::new(200)
            .set_body_json(json!({"data": data, "model": "text-embedding-3-small", "usage": usage}))
    }
}

async fn vendor(answer: impl Respond + 'static) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/v1/embeddings")).respond_with(answer).mount(&server).await;
    server
}

/// The function as it is configured with this vendor.
fn by(scene: &Scene, aws: &SdkConfig, server: &MockServer) -> Embedder {
    let (key, url) = (SecretString::from("not-a-key"), server.uri().parse().unwrap());
    let vendor = Vendor::openai(&key, &url, Models::openai()).unwrap();
    let model = EmbeddingModel::openai(&key, &url, "text-embedding-3-small,2").unwrap();
    let assistant = Assistant::new(vec![vendor]).unwrap().embedding_with(model);
    Embedder { assistant: Arc::new(assistant), ..embedder(scene, aws) }
}

/// What was asked so far, text by text.
async fn asked(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let texts = requests.iter().flat_map(|request| {
        let body: Value = request.body_json().unwrap();
        body["input"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    });
    texts.collect()
}

/// The space of the index, and how much it lacks there.
async fn space(knowing: &Knowing) -> (Option<String>, usize) {
    let index = knowing.index().await;
    let vendors = index.space().filter(|_| !index.is_built_in()).map(ToString::to_string);
    (vendors, index.lacking().len())
}

fn vendors() -> Option<String> {
    Some("text-embedding-3-small 1 2".to_owned())
}

#[tokio::test]
async fn an_index_goes_over_as_a_whole_and_nothing_is_embedded_twice() {
    let (knowing, id) = with_two().await;
    let (before, chunks) = (knowing.says().await, knowing.index().await.chunks());
    assert_eq!(space(&knowing).await, (None, 0));
    let server = vendor(Api).await;
    let with_vendor = by(&knowing.scene, &knowing.scene.stage.aws, &server);
    look(&with_vendor, &knowing.notice(id)).await;
    assert_eq!((space(&knowing).await, knowing.says().await), ((vendors(), 0), before));
    assert_eq!(asked(&server).await.len(), chunks);
    // Delivered again, and then a new document.
    look(&with_vendor, &knowing.notice(id)).await;
    assert_eq!(asked(&server).await.len(), chunks);
    knowing.send(id, "Do you clean roofs?\n\nWe do, in spring.").await;
    look(&with_vendor, &knowing.notice(id)).await;
    let new = asked(&server).await.split_off(chunks);
    assert!(!new.is_empty() && new.iter().all(|text| !text.contains("180") && !text.contains("95")), "{new:?}");
    assert_eq!(space(&knowing).await, (vendors(), 0));
    let usage = knowing.scene.stage.cold().usage().of_month(knowing.tenant(), "2026-11").await.unwrap();
    let lines: Vec<_> =
        usage.days.iter().map(|line| (line.feature, line.input_tokens, line.cost_microdollars)).collect();
    assert_eq!((lines, usage.used().tokens), (vec![(Feature::Embed, 10, Some(2))], 0));
    // The key is taken away.
    let requests = asked(&server).await.len();
    knowing.look(id).await;
    assert_eq!((space(&knowing).await, asked(&server).await.len()), ((None, 0), requests));
}

#[tokio::test]
async fn while_the_vendor_is_down_the_index_serves_as_it_is_and_catches_up_later() {
    let (knowing, id) = with_two().await;
    let aws = &knowing.scene.stage.aws;
    let (down, server) =
        (vendor(ResponseTemplate::new(503).insert_header("retry-after", "600")).await, vendor(Api).await);
    let no_one = by(&knowing.scene, aws, &down);
    look(&no_one, &knowing.notice(id)).await;
    assert_eq!(space(&knowing).await, (None, 0), "the one before serves");
    look(&by(&knowing.scene, aws, &server), &knowing.notice(id)).await;
    assert_eq!(space(&knowing).await, (vendors(), 0));
    knowing.send(id, "Chimneys are swept for 60 dollars.").await;
    look(&no_one, &knowing.notice(id)).await;
    assert_eq!(knowing.document(id).await.value.status, DocumentStatus::Ready, "its words are found at once");
    assert_eq!(space(&knowing).await, (vendors(), 1));
    let requests = asked(&server).await.len();
    look(&by(&knowing.scene, aws, &server), &knowing.notice(id)).await;
    assert_eq!((space(&knowing).await, asked(&server).await.len()), ((vendors(), 0), requests + 1));
}

#[tokio::test]
async fn a_business_whose_budget_is_used_up_pays_for_no_vector() {
    let (knowing, id) = with_two().await;
    let tokens = Tokens { uncached: 1_000_000_000, ..Tokens::default() };
    let (feature, model) = (Feature::Converse, "claude-sonnet-5-5".to_owned());
    let spent = Spent { feature, model, tokens, saved: Saved::default() };
    knowing.scene.stage.store.usage().count(knowing.tenant(), &[spent], "x", noon(0)).await.unwrap();
    let server = vendor(Api).await;
    look(&by(&knowing.scene, &knowing.scene.stage.aws, &server), &knowing.notice(id)).await;
    assert_eq!((space(&knowing).await, asked(&server).await.len()), ((None, 0), 0));
}

#[tokio::test]
async fn a_function_that_is_killed_while_an_index_goes_over_leaves_the_old_one_or_the_new_one() {
    let server = vendor(Api).await;
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let (knowing, id) = with_two().await;
            let before = knowing.says().await;
            let life = Life::of(calls, death);
            let mortal = by(&knowing.scene, &life.aws(&knowing.scene.stage), &server);
            let outcome = mortal.handle(&knowing.notice(id), noon(1)).await;
            let found = space(&knowing).await;
            assert!(found == (None, 0) || found == (vendors(), 0), "{death:?} call {calls}: {found:?}");
            if !life.is_over() {
                outcome.unwrap();
                break;
            }
            look(&by(&knowing.scene, &knowing.scene.stage.aws, &server), &knowing.notice(id)).await;
            assert_eq!((space(&knowing).await, knowing.says().await), ((vendors(), 0), before), "{death:?} {calls}");
            calls += 1;
        }
        assert!(calls > 5, "{calls}");
    }
}
