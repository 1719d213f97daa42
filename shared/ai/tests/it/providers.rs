//! Every way in which a vendor can behave, each vendor alone: it ends in a valid answer or in the fallback, within the limit.

use std::time::{Duration, Instant};

use ai::{Assistant, Degraded, Models, Vendor};
use domain::conversations::builtin;
use domain::tenancy::CostMode;
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use wiremock::ResponseTemplate;

use crate::scene::{now, scene};
use crate::stub::{
    KEY, answering, call, error, function_call, input, message, message_events, ok, response, response_events, stream,
    within, written,
};

/// The most that a case may take.
const LIMIT: Duration = Duration::from_secs(5);
/// What is over the limit by the clock of a busy machine.
const GRACE: Duration = Duration::from_millis(500);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Anthropic,
    OpenAi,
}

fn alone(kind: Kind, base: &str) -> Assistant {
    let (key, url) = (SecretString::from(KEY), Url::parse(base).unwrap());
    let vendor = match kind {
        Kind::Anthropic => Vendor::anthropic(&key, &url, Models::default()),
        Kind::OpenAi => Vendor::openai(&key, &url, Models::openai()),
    };
    Assistant::new(vec![vendor.unwrap()]).unwrap()
}

/// A whole answer that calls the tool with `input`.
fn calls(kind: Kind, input: &Value) -> Value {
    match kind {
        Kind::Anthropic => call("respond", input),
        Kind::OpenAi => function_call("respond", input),
    }
}

fn events(kind: Kind) -> Vec<Value> {
    match kind {
        Kind::Anthropic => message_events("respond", &input()),
        Kind::OpenAi => response_events("response.completed", &calls(kind, &input())),
    }
}

fn refusal(kind: Kind) -> Value {
    match kind {
        Kind::Anthropic => message(&json!([]), "refusal"),
        Kind::OpenAi => {
            let refused = json!({ "type": "refusal", "refusal": "I cannot help with that." });
            response(&json!([{ "type": "message", "role": "assistant", "content": [refused] }]), "completed")
        }
    }
}

/// A call whose input breaks off.
fn truncated(kind: Kind) -> ResponseTemplate {
    match kind {
        Kind::Anthropic => {
            let mut events = events(kind);
            events.remove(6);
            stream(&events)
        }
        Kind::OpenAi => {
            let mut whole = calls(kind, &input());
            whole["output"][1]["arguments"] = json!("{\"reply\": \"A leak");
            stream(&response_events("response.completed", &whole))
        }
    }
}

/// What comes of an assistant's question.
async fn outcome(assistant: &Assistant, limit: Duration) -> (Option<Degraded>, Duration) {
    let (scene, start) = (scene("How much is a leak repair?"), Instant::now());
    let turned = assistant.answer(&scene.turn(), CostMode::None, now(), within(limit)).await;
    let fallback = builtin::fallback(&scene.turn(), now());
    let expected =
        if turned.degraded.is_some() { fallback.reply } else { input()["reply"].as_str().unwrap().to_owned() };
    assert_eq!(turned.answer.reply, expected);
    (turned.degraded, start.elapsed())
}

#[tokio::test]
async fn every_behaviour_of_each_vendor_ends_in_an_answer_in_time() {
    let mut running = tokio::task::JoinSet::new();
    for kind in [Kind::Anthropic, Kind::OpenAi] {
        let fine = || ok(&calls(kind, &input()));
        let limited = |wait: &str| error(429, "rate_limit_error").insert_header("retry-after", wait);
        let cut = events(kind)[..events(kind).len() - 1].to_vec();
        let schema = json!({ "reply": "Hi", "discount": 90 });
        let cases = [
            ("429", vec![error(429, "rate_limit_error")], Some(Degraded::Busy(429))),
            ("429, then an answer", vec![error(429, "rate_limit_error"), fine()], None),
            ("429 with a wait, then an answer", vec![limited("1"), fine()], None),
            ("429 with a long wait", vec![limited("60")], Some(Degraded::Busy(429))),
            ("529", vec![error(529, "overloaded_error")], Some(Degraded::Busy(529))),
            ("529, then an answer", vec![error(529, "overloaded_error"), fine()], None),
            ("500", vec![error(500, "api_error")], Some(Degraded::Busy(500))),
            ("500, then an answer", vec![error(500, "api_error"), fine()], None),
            ("cut stream", vec![stream(&cut)], Some(Degraded::Unreachable)),
            ("cut stream, then a whole one", vec![stream(&cut), stream(&events(kind))], None),
            (
                "invalid JSON",
                vec![ResponseTemplate::new(200).set_body_string("{\"type\":")],
                Some(Degraded::Invalid("it is not a message")),
            ),
            ("truncated call", vec![truncated(kind)], Some(Degraded::Invalid("the input of the call is not JSON"))),
            ("truncated call, then a whole one", vec![truncated(kind), fine()], None),
            ("refusal", vec![ok(&refusal(kind))], Some(Degraded::Refused)),
            (
                "wrong schema",
                vec![ok(&calls(kind, &schema))],
                Some(Degraded::Invalid("the input is not of the tool's schema")),
            ),
            ("silence", vec![fine().set_delay(Duration::from_secs(60))], Some(Degraded::TimedOut)),
        ];
        for (name, answers, expected) in cases {
            running.spawn(async move {
                let server = answering(answers).await;
                let (reason, took) = outcome(&alone(kind, &server.uri()), LIMIT).await;
                assert_eq!(reason, expected, "{kind:?}: {name}");
                assert!(took < LIMIT + GRACE, "{kind:?}: {name}: {took:?}");
            });
        }
    }
    running.join_all().await;
}

/// A server that writes a stream event by event, with `pause` between.
async fn trickles(pause: Duration, events: Vec<Value>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let events = events.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 65_536];
                let _ = socket.read(&mut request).await;
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
                let _ = socket.write_all(head.as_bytes()).await;
                for event in events {
                    let event = written(&[event]);
                    let _ = socket.write_all(format!("{:x}\r\n{event}\r\n", event.len()).as_bytes()).await;
                    tokio::time::sleep(pause).await;
                }
                let _ = socket.write_all(b"0\r\n\r\n").await;
            });
        }
    });
    address
}

#[tokio::test]
async fn a_slow_stream_is_waited_for_while_there_is_time() {
    let mut running = tokio::task::JoinSet::new();
    for kind in [Kind::Anthropic, Kind::OpenAi] {
        running.spawn(async move {
            let slow = trickles(Duration::from_millis(150), events(kind)).await;
            let (reason, took) = outcome(&alone(kind, &slow), LIMIT).await;
            assert_eq!(reason, None, "{kind:?}");
            assert!(took > Duration::from_millis(600), "{took:?}");
            let slower = trickles(Duration::from_secs(2), events(kind)).await;
            let (reason, took) = outcome(&alone(kind, &slower), Duration::from_secs(2)).await;
            assert_eq!(reason, Some(Degraded::TimedOut), "{kind:?}");
            assert!(took < Duration::from_secs(2) + GRACE, "{took:?}");
        });
    }
    running.join_all().await;
}
