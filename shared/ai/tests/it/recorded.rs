//! Real exchanges: they are read, and none of their free text or foreign tools becomes an answer.

use std::path::PathBuf;
use std::time::Duration;

use ai::Degraded;
use domain::tenancy::CostMode;
use serde_json::Value;

use crate::scene::{now, scene};
use crate::stub::{answering, assistant, ok, within};

fn responses() -> Vec<Value> {
    let root = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap());
    let files = std::fs::read_dir(root.join("anthropic/recorded")).unwrap();
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let exchanges: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        exchanges.as_array().unwrap().iter().map(|exchange| exchange["response"]["body"].clone()).collect::<Vec<_>>()
    };
    files.flat_map(read).collect()
}

#[tokio::test]
#[ignore = "needs recorded exchanges: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
async fn recorded_responses_are_read_and_their_tokens_counted() {
    let mut running = tokio::task::JoinSet::new();
    let responses = responses();
    assert!(responses.len() >= 5, "only {} exchanges", responses.len());
    for body in responses {
        running.spawn(async move {
            let server = answering(vec![ok(&body)]).await;
            let deadline = within(Duration::from_secs(20));
            let turned = assistant(&server.uri()).answer(&scene("Hi").turn(), CostMode::None, now(), deadline).await;
            // Their tools are not ours. Both tries were answered and billed alike.
            assert_eq!(turned.degraded, Some(Degraded::Invalid("it does not call the tool")));
            let usage = |name: &str| body["usage"][name].as_u64().unwrap_or_default();
            let read = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"].map(usage);
            assert_eq!(turned.answer.author.input_tokens, 2 * read.iter().sum::<u64>());
            assert_eq!(turned.answer.author.output_tokens, 2 * usage("output_tokens"));
        });
    }
    running.join_all().await;
}
