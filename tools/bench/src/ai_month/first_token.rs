//! The second half of `bench ai-overhead`: how much later the first characters of a suggestion are heard through the engine than by who
//! reads the vendor's stream bare. Both from the moment on at which it is asked for, turn about.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use ai::{Assistant, Heard, Models};
use anyhow::{Context as _, Result, bail, ensure};
use axum::Router;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use domain::ContactId;
use domain::conversations::Conversation;
use domain::journeys::Person;
use domain::leads::{Contact, Lead};
use domain::messaging::{OptOutState, Source};
use domain::tenancy::{BusinessContext, CostMode};
use domain::turns::suggesting::Draftable;
use futures::stream::iter;
use secrecy::SecretString;
use serde_json::json;
use tokio::net::TcpListener;

use super::scene::scene;
use crate::dialogues::Replayed;
use crate::stats::{Spread, millis};

/// So many calls open connections and fill caches.
const FIRST: usize = 50;

/// From asking to the first characters: through the engine, and bare.
pub(super) async fn measured(turns: &[(&Replayed, usize)], calls: usize) -> Result<[Spread; 2]> {
    let url = vendor().await?;
    let assistant = Assistant::anthropic(&SecretString::from("no-key".to_owned()), &url.parse()?, Models::default())?;
    let (bare, url) = (reqwest::Client::new(), format!("{url}/v1/messages"));
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (number, (dialogue, turn)) in turns.iter().cycle().take(FIRST + calls).enumerate() {
        let (_, mut conversation) = scene(dialogue, *turn + 1);
        conversation.message_count = u32::try_from(*turn).unwrap_or(1);
        let heard = through(&assistant, dialogue, &conversation).await?;
        let read = alone(&bare, &url).await?;
        if number >= FIRST {
            with.push(millis(heard));
            without.push(millis(read));
        }
    }
    Ok([Spread::of(&with), Spread::of(&without)])
}

async fn through(assistant: &Assistant, dialogue: &Replayed, conversation: &Conversation) -> Result<Duration> {
    let person = person(conversation, dialogue);
    let (listener, mut heard, _stop) = ai::listening();
    let begun = Instant::now();
    let now = dialogue.now;
    let draftable = Draftable::new(&dialogue.tenant, BusinessContext::NONE, &person, conversation, now);
    let deadline = begun + Duration::from_secs(8);
    let suggested =
        assistant.suggest_aloud(&dialogue.tenant, &draftable, CostMode::None, now, deadline, Some(&listener));
    let first = async {
        while let Some(heard) = heard.recv().await {
            if matches!(heard, Heard::Piece(_)) {
                return Ok(begun.elapsed());
            }
        }
        bail!("nothing was heard")
    };
    let (suggested, first) = tokio::join!(suggested, first);
    ensure!(!suggested.spent.is_empty(), "no model was asked");
    first
}

async fn alone(bare: &reqwest::Client, url: &str) -> Result<Duration> {
    let begun = Instant::now();
    let mut answer = bare.post(url).body("{}").send().await?.error_for_status()?;
    let mut first = None;
    while let Some(chunk) = answer.chunk().await? {
        let text = String::from_utf8_lossy(&chunk);
        first = first.or_else(|| text.contains("partial_json").then(|| begun.elapsed()));
    }
    first.context("nothing was written")
}

fn person(conversation: &Conversation, dialogue: &Replayed) -> Person {
    let contact: ContactId = conversation.contact;
    let lead = Lead::new(conversation.lead, contact, Source::LiveChat, dialogue.now);
    Person {
        contact: Contact::new(contact, dialogue.now),
        lead,
        threads: Vec::new(),
        opt_out_state: OptOutState::default(),
        journey: None,
    }
}

/// A stub of Anthropic's API that writes the same stream at once.
async fn vendor() -> Result<String> {
    let usage = json!({ "input_tokens": 1240, "output_tokens": 1 });
    let part = |text: &str| {
        let delta = json!({ "type": "input_json_delta", "partial_json": text });
        json!({ "type": "content_block_delta", "index": 0, "delta": delta })
    };
    let events = [
        json!({ "type": "message_start", "message": { "model": "stub", "content": [], "usage": usage } }),
        json!({
            "type": "content_block_start", "index": 0,
            "content_block": { "type": "tool_use", "id": "toolu_1", "name": "suggest", "input": {} },
        }),
        part(r#"{"text":"Thank you. What"#),
        part(r#" else would you like to tell us?","language":"en"}"#),
        json!({
            "type": "message_delta", "delta": { "stop_reason": "tool_use" }, "usage": { "output_tokens": 20 },
        }),
        json!({ "type": "message_stop" }),
    ];
    let written: Vec<String> = events.iter().map(|event| format!("data: {event}\n\n")).collect();
    let answer = async move || {
        let parts = written.clone().into_iter().map(Ok::<_, Infallible>);
        ([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(iter(parts)))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no port for the stub")?;
    let url = format!("http://{}", listener.local_addr()?);
    let routes = Router::new().route("/v1/messages", post(answer));
    tokio::spawn(async move {
        // It runs until the bench ends.
        let _ = axum::serve(listener, routes).await;
    });
    Ok(url)
}
