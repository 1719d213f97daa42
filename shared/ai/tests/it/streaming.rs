//! Answers that come as a stream: whole ones, cut ones, silent ones, and real transcripts.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use ai::{Degraded, Turned};
use domain::tenancy::CostMode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use wiremock::ResponseTemplate;

use crate::scene::{now, scene};
use crate::stub::{
    answering, assistant, bodies, both, input, message_events, response_events, stream, within, written,
};

async fn answer(base: &str, limit: Duration) -> Turned {
    assistant(base).answer(&scene("How much?").turn(), CostMode::None, now(), within(limit)).await
}

async fn answered(response: ResponseTemplate) -> Turned {
    answer(&answering(vec![response]).await.uri(), Duration::from_secs(10)).await
}

fn events() -> Vec<Value> {
    message_events("respond", &input())
}

#[tokio::test]
async fn a_stream_becomes_the_answer_and_its_tokens_are_counted() {
    let turned = answered(stream(&events())).await;
    assert_eq!(turned.degraded, None);
    assert_eq!(turned.answer.reply, "A leak repair starts at 350.00 USD. Where is the house?");
    let author = turned.answer.author;
    assert_eq!((author.model.as_str(), author.input_tokens, author.output_tokens), ("claude-sonnet-5-5", 1240, 120));
}

#[tokio::test]
async fn a_last_event_without_its_empty_line_is_read() {
    let body = written(&events());
    let response = ResponseTemplate::new(200).set_body_raw(body.trim_end(), "text/event-stream");
    assert_eq!(answered(response).await.degraded, None);
}

#[tokio::test]
async fn what_goes_wrong_within_a_stream_is_told_apart() {
    let changed = |place: usize, event: Value| {
        let mut events = events();
        events[place] = event;
        events
    };
    let stop = |reason: &str| {
        let at = events().len() - 2;
        let delta = json!({ "stop_reason": reason, "stop_sequence": null });
        changed(at, json!({ "type": "message_delta", "delta": delta, "usage": { "output_tokens": 120 } }))
    };
    let error = |kind: &str| {
        let error = json!({ "type": kind, "message": "An invented message." });
        let mut events = events();
        events.truncate(6);
        events.push(json!({ "type": "error", "error": error }));
        events
    };
    let mut truncated = events();
    truncated.remove(6);
    let mut running = tokio::task::JoinSet::new();
    for (events, reason, tries) in [
        (events()[..7].to_vec(), Degraded::Unreachable, 3),
        (events()[..events().len() - 1].to_vec(), Degraded::Unreachable, 3),
        (truncated, Degraded::Invalid("the input of the call is not JSON"), 2),
        (stop("max_tokens"), Degraded::Invalid("it was cut off"), 1),
        (stop("end_turn"), Degraded::Invalid("it does not call the tool"), 2),
        (stop("refusal"), Degraded::Refused, 1),
        (error("overloaded_error"), Degraded::Busy(529), 3),
        (error("rate_limit_error"), Degraded::Busy(429), 3),
        (error("api_error"), Degraded::Busy(500), 3),
        (error("invalid_request_error"), Degraded::Rejected(400), 1),
    ] {
        running.spawn(async move {
            let server = answering(vec![stream(&events)]).await;
            let turned = answer(&server.uri(), Duration::from_secs(10)).await;
            assert_eq!(turned.degraded, Some(reason));
            assert_eq!(bodies(&server).await.len(), tries, "{reason:?}");
            assert!(turned.answer.author.input_tokens >= 1240, "what was begun was paid for");
        });
    }
    running.join_all().await;
    let nonsense = ResponseTemplate::new(200).set_body_raw("data: not JSON\n\n", "text/event-stream");
    assert_eq!(answered(nonsense).await.degraded, Some(Degraded::Invalid("it is not a message")));
}

/// A server that writes the beginning of a stream to each caller and then, after `pause`, hangs up.
async fn begins_and(pause: Duration, body: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let body = body.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 65_536];
                let _ = socket.read(&mut request).await;
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
                let chunk = format!("{head}{:x}\r\n{body}\r\n", body.len());
                let _ = socket.write_all(chunk.as_bytes()).await;
                tokio::time::sleep(pause).await;
            });
        }
    });
    address
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_middle_is_tried_again() {
    let address = begins_and(Duration::ZERO, written(&events()[..6])).await;
    let turned = answer(&address, Duration::from_secs(10)).await;
    assert_eq!(turned.degraded, Some(Degraded::Unreachable));
    assert_eq!(turned.answer.author.input_tokens, 3 * 1240);
}

#[tokio::test]
async fn what_a_broken_off_stream_took_is_estimated_where_the_vendor_did_not_count_it() {
    let address = begins_and(Duration::ZERO, written(&events()[..7])).await;
    let turned = answer(&address, Duration::from_secs(10)).await;
    let wrote = turned.answer.author.output_tokens;
    let part = u64::try_from(input().to_string().len()).unwrap() / 12;
    assert!(wrote >= 3 * part && wrote < 9 * part, "{wrote} of {part} a part");

    let begun = &response_events("response.completed", &Value::Null)[..4];
    let server = answering(vec![stream(begun)]).await;
    let nobody = "http://127.0.0.1:1";
    let turned = both(nobody, &server.uri())
        .answer(&scene("How much?").turn(), CostMode::None, now(), within(Duration::from_secs(10)))
        .await;
    assert_eq!(turned.degraded, Some(Degraded::Unreachable));
    let sizes = server.received_requests().await.unwrap().into_iter().map(|request| request.body.len() / 4);
    let author = turned.answer.author;
    assert_eq!((author.input_tokens, author.output_tokens), (u64::try_from(sizes.sum::<usize>()).unwrap(), 3 * 2));
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_given_up_before_its_try_is_over() {
    let address = begins_and(Duration::from_secs(60), written(&events()[..6])).await;
    let start = Instant::now();
    // Too little is left then for a second try.
    let turned = answer(&address, Duration::from_millis(6_700)).await;
    assert_eq!(turned.degraded, Some(Degraded::TimedOut));
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(6) && took < Duration::from_millis(6_700), "{took:?}");
    assert_eq!(turned.answer.author.input_tokens, 1240, "what was begun was paid for");
}

#[tokio::test]
async fn a_stream_that_ends_in_time_but_not_before_the_deadline_is_no_answer() {
    let address = begins_and(Duration::from_secs(60), written(&events()[..6])).await;
    let start = Instant::now();
    assert_eq!(answer(&address, Duration::from_millis(700)).await.degraded, Some(Degraded::TimedOut));
    assert!(start.elapsed() < Duration::from_millis(1_500));
}

#[tokio::test]
async fn a_stream_without_end_is_not_read_to_its_end() {
    let ping = written(&[json!({ "type": "ping" })]);
    let body = ping.repeat(1_100_000 / ping.len());
    let turned = answered(ResponseTemplate::new(200).set_body_raw(body, "text/event-stream")).await;
    assert_eq!(turned.degraded, Some(Degraded::Invalid("it is longer than 1 MB")));
}

#[tokio::test]
#[ignore = "needs transcripts: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
async fn real_transcripts_end_as_they_ended() {
    let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("anthropic/sse");
    let no_call = Degraded::Invalid("it does not call the tool");
    let expected = [
        ("basic_response.txt", no_call, (11, 6)),
        ("compaction_response.txt", no_call, (30, 8)),
        ("fallback_credit_response.txt", no_call, (25, 8)),
        ("fallback_response.txt", no_call, (25, 8)),
        ("incomplete_partial_json_response.txt", Degraded::Invalid("it was cut off"), (450, 124)),
        ("refusal_response.txt", Degraded::Refused, (20, 0)),
        ("stream-a-refusal.sse", Degraded::Refused, (28, 106)),
        ("stream-a-toolrefusal.sse", Degraded::Refused, (28, 106)),
        ("stream-b-fallback.sse", no_call, (31, 547)),
        // Its tool is not ours.
        ("tool_use_response.txt", no_call, (377, 65)),
    ];
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort_unstable();
    assert_eq!(files, expected.map(|(name, ..)| name), "every transcript");
    let mut running = tokio::task::JoinSet::new();
    for (name, reason, (read, wrote)) in expected {
        let body = std::fs::read_to_string(folder.join(name)).unwrap();
        running.spawn(async move {
            let server = answering(vec![ResponseTemplate::new(200).set_body_raw(body, "text/event-stream")]).await;
            let turned = answer(&server.uri(), Duration::from_secs(10)).await;
            let tries = u64::try_from(bodies(&server).await.len()).unwrap();
            assert_eq!(turned.degraded, Some(reason), "{name}");
            let author = turned.answer.author;
            assert_eq!((author.input_tokens, author.output_tokens), (tries * read, tries * wrote), "{name}");
        });
    }
    running.join_all().await;
}

#[tokio::test]
#[ignore = "needs transcripts: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
async fn a_real_transcript_cut_anywhere_is_no_answer_and_never_a_crash() {
    let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("anthropic/sse");
    // With its tool called as ours is, the whole of it is read up to the check of its input.
    let whole =
        std::fs::read_to_string(folder.join("tool_use_response.txt")).unwrap().replace("get_weather", "respond");
    let mut reasons = Vec::new();
    for part in 1..=8 {
        let body = (0..=whole.len() * part / 8).rev().find_map(|end| whole.get(..end)).unwrap().to_owned();
        let server = answering(vec![ResponseTemplate::new(200).set_body_raw(body, "text/event-stream")]).await;
        reasons.push(answer(&server.uri(), Duration::from_millis(600)).await.degraded.unwrap());
    }
    let schema = Degraded::Invalid("the input is not of the tool's schema");
    assert_eq!(reasons.pop(), Some(schema));
    assert!(reasons.iter().all(|reason| *reason != schema), "{reasons:?}");
}
