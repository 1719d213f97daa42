//! The self-test: one message on every configured channel, in through the public webhook as its vendor would send it,
//! and its answer back through the API.
//!
//! It proves the whole way: address, signature, tenant, answer, sending. On a real installation real messages go out, to
//! the business's own number, from someone called "Porchlight self-test".

mod deliveries;
mod signatures;

use anyhow::{Context as _, Result, bail, ensure};
use comfy_table::Table;
use domain::tenancy::Tenant;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use url::{Host, Url};

use crate::secrets::Secrets;
use deliveries::Delivery;

/// The name of whoever writes these messages.
pub const SENDER: &str = "Porchlight self-test";

/// How long all channels may take together.
const PATIENCE: Duration = Duration::from_secs(60);
/// The first look comes this soon, and each later one half as late again, so that a key's rate limit lasts.
const FIRST_LOOK: Duration = Duration::from_millis(400);
const LATEST_LOOK: Duration = Duration::from_secs(3);
/// How far the clocks of this machine and of the installation may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// What an answer's delivery does not leave any more, or leaves for the better.
const SENT: [&str; 3] = ["sent", "delivered", "read"];
const NOT_SENT: [&str; 5] = ["failed", "unknown", "held", "skipped", "dropped"];

/// What became of one channel's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The channel.
    pub channel: &'static str,
    /// How long the answer took, or what went wrong.
    pub result: Result<Duration, String>,
}

/// What the self-test works with.
pub struct SelfTest<'a> {
    /// The business.
    pub tenant: &'a Tenant,
    /// Its secrets.
    pub secrets: &'a Secrets,
    /// A key that may read conversations.
    pub api_key: &'a str,
    /// Where the API is, without a path.
    pub base: &'a str,
}

struct Open {
    delivery: Delivery,
    sent_at: Instant,
}

impl SelfTest<'_> {
    /// Sends on every channel that can be tried, and waits for the answers.
    ///
    /// # Errors
    /// When `base` is no URL or the API does not answer; what fails on a channel is a [`Probe`].
    pub async fn run(&self) -> Result<Vec<Probe>> {
        let client = client(self.base)?;
        let now = runtime::clock::now();
        let plan = deliveries::plan(self, &format!("{:x}", now.as_microsecond()), now);
        let mut probes: Vec<Probe> =
            plan.skipped.into_iter().map(|(channel, why)| Probe { channel, result: Err(why.to_owned()) }).collect();
        let progress = crate::progress();
        progress.set_length(plan.deliveries.len() as u64);
        let mut open = Vec::new();
        for delivery in plan.deliveries {
            progress.set_message(delivery.channel);
            let sent_at = Instant::now();
            match self.send(&client, &delivery).await {
                Ok(()) => open.push(Open { delivery, sent_at }),
                Err(error) => probes.push(Probe { channel: delivery.channel, result: Err(format!("{error:#}")) }),
            }
        }
        let begun = Instant::now();
        let mut pause = FIRST_LOOK;
        while !open.is_empty() && begun.elapsed() < PATIENCE {
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(LATEST_LOOK);
            let messages = self.messages(&client, now).await?;
            open.retain(|waiting| match answer(&messages, &waiting.delivery) {
                None => true,
                Some(result) => {
                    let result = result.map(|()| waiting.sent_at.elapsed());
                    probes.push(Probe { channel: waiting.delivery.channel, result });
                    progress.inc(1);
                    false
                }
            });
        }
        progress.finish_and_clear();
        let late = format!("no answer within {} seconds", PATIENCE.as_secs());
        probes.extend(open.iter().map(|open| Probe { channel: open.delivery.channel, result: Err(late.clone()) }));
        Ok(probes)
    }

    async fn send(&self, client: &Client, delivery: &Delivery) -> Result<()> {
        let mut request = client.post(join(self.base, delivery.path)).header("content-type", delivery.content_type);
        request = request.header("x-correlation-id", &delivery.correlation_id);
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        let answer = request.body(delivery.body.clone()).send().await.context("the webhook does not answer")?;
        let status = answer.status();
        ensure!(status.is_success(), "the webhook answered {status}: {}", told(answer).await);
        Ok(())
    }

    /// The messages of the conversations that had any since `begun`.
    async fn messages(&self, client: &Client, begun: Timestamp) -> Result<Vec<Value>> {
        let latest = self.get(client, "/v1/conversations?limit=10").await?;
        let mut messages = Vec::new();
        let is_recent = |conversation: &&Value| {
            let last = conversation.get("last_message_at").and_then(Value::as_str);
            last.and_then(|last| last.parse::<Timestamp>().ok()).is_some_and(|last| begun.duration_since(last) < SKEW)
        };
        let all = latest.get("items").and_then(Value::as_array);
        for conversation in all.into_iter().flatten().filter(is_recent) {
            let id = conversation.get("id").and_then(Value::as_str).context("a conversation has no id")?;
            let whole = self.get(client, &format!("/v1/conversations/{id}")).await?;
            messages.extend(whole.get("messages").and_then(Value::as_array).into_iter().flatten().cloned());
        }
        Ok(messages)
    }

    async fn get(&self, client: &Client, path: &str) -> Result<Value> {
        let answer = client.get(join(self.base, path)).bearer_auth(self.api_key).send().await?;
        match answer.status() {
            StatusCode::OK => Ok(answer.json().await?),
            // The rate limit of a key that others use too.
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Ok(json!({})),
            status => bail!("GET {path} answered {status}: {}", told(answer).await),
        }
    }
}

/// What became of the answer to `delivery`, once it is settled.
fn answer(messages: &[Value], delivery: &Delivery) -> Option<Result<(), String>> {
    let reply = messages.iter().find(|message| {
        let text = |field: &str| message.get(field).and_then(Value::as_str);
        text("correlation_id") == Some(&delivery.correlation_id) && text("role") == Some("assistant")
    })?;
    let state = reply.pointer("/delivery/state").and_then(Value::as_str)?;
    if SENT.contains(&state) {
        return Some(Ok(()));
    }
    let why = reply.pointer("/delivery/verdict/why").and_then(Value::as_str).unwrap_or_default();
    NOT_SENT.contains(&state).then(|| Err(format!("answered, and the answer was not sent ({state}): {why}")))
}

/// Whether all channels answered.
#[must_use]
pub fn passed(probes: &[Probe]) -> bool {
    probes.iter().all(|probe| probe.result.is_ok())
}

/// One row a channel.
#[must_use]
pub fn table(probes: &[Probe]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(["channel", "self-test"]);
    for probe in probes {
        let said = match &probe.result {
            Ok(took) => format!("answered within {} ms", took.as_millis()),
            Err(why) => why.clone(),
        };
        table.add_row([probe.channel.to_owned(), said]);
    }
    table
}

/// The same as JSON.
#[must_use]
pub fn json(probes: &[Probe]) -> Value {
    let row = |probe: &Probe| {
        let took = probe.result.as_ref().ok().map(Duration::as_millis);
        json!({ "channel": probe.channel, "answered_within_ms": took, "failed": probe.result.as_ref().err() })
    };
    probes.iter().map(row).collect()
}

fn join(base: &str, path: &str) -> String {
    format!("{}{path}", base.trim_end_matches('/'))
}

/// The beginning of an answer, for a person.
async fn told(answer: reqwest::Response) -> String {
    answer.text().await.unwrap_or_default().chars().take(300).collect()
}

/// Names below `localhost` are this machine (RFC 6761, 6.3), which not every resolver knows.
fn client(base: &str) -> Result<Client> {
    let url = Url::parse(base).with_context(|| format!("API_URL is no URL: {base}"))?;
    let mut builder = Client::builder().timeout(Duration::from_secs(30));
    if let Some(Host::Domain(name)) = url.host()
        && name.ends_with(".localhost")
    {
        let port = url.port_or_known_default().unwrap_or(80);
        builder = builder.resolve(name, SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    }
    builder.build().context("no HTTP client")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery() -> Delivery {
        Delivery {
            channel: "SMS",
            path: "/webhooks/sms",
            content_type: "text/plain",
            headers: Vec::new(),
            body: String::new(),
            correlation_id: "self-test-1".to_owned(),
        }
    }

    fn reply(state: &str) -> Vec<Value> {
        let verdict = json!({ "why": "SMS is not configured" });
        let delivery = json!({ "state": state, "verdict": verdict });
        vec![
            json!({ "role": "customer", "correlation_id": "self-test-1" }),
            json!({ "role": "assistant", "correlation_id": "self-test-1", "delivery": delivery }),
        ]
    }

    #[test]
    fn an_answer_counts_once_it_is_sent() {
        assert_eq!(answer(&[], &delivery()), None);
        assert_eq!(answer(&reply("queued"), &delivery()), None);
        assert_eq!(answer(&reply("delivered"), &delivery()), Some(Ok(())));
        let Some(Err(why)) = answer(&reply("skipped"), &delivery()) else { panic!("an unsent answer passed") };
        assert!(why.contains("skipped") && why.contains("not configured"), "{why}");
    }

    #[test]
    fn one_silent_channel_fails_the_test() {
        let probe = |result| Probe { channel: "chat", result };
        let fine = probe(Ok(Duration::from_millis(5)));
        assert!(passed(std::slice::from_ref(&fine)));
        assert!(!passed(&[fine, probe(Err("no answer".to_owned()))]));
    }
}
