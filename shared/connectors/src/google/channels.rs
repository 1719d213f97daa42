//! Word of changes: a channel that Google posts to, and what it posts. A message says that something changed, and not what.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{Session, Trouble, Watched, at};

/// For how long a channel is asked for: as long as Google gives one.
const SECONDS: i64 = 7 * 24 * 3_600;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    resource_id: String,
    #[serde(default)]
    expiration: Option<String>,
}

/// A message of a channel, as its headers say it. Nothing proves that it is Google's but the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice<'a> {
    /// The channel.
    pub channel: &'a str,
    /// The secret that we gave it.
    pub token: &'a str,
    /// What happened.
    pub state: NoticeState,
}

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeState {
    /// The channel begins: nothing changed yet.
    Sync,
    /// Something changed.
    Changed,
}

impl<'a> Notice<'a> {
    /// Reads it; `None`: it is no message of a channel.
    pub fn read(header: impl Fn(&'static str) -> Option<&'a str>) -> Option<Self> {
        let state = match header("x-goog-resource-state")? {
            "sync" => NoticeState::Sync,
            _ => NoticeState::Changed,
        };
        Some(Self { channel: header("x-goog-channel-id")?, token: header("x-goog-channel-token")?, state })
    }
}

impl Session<'_> {
    /// Has changes of a calendar posted to `address`, under an id and with a token of ours.
    ///
    /// # Errors
    /// As Google answers.
    pub async fn watch(
        &mut self,
        calendar: &str,
        (id, token): (&str, &str),
        address: &str,
        now: Timestamp,
    ) -> Result<Watched, Trouble> {
        let url = at(&self.google.endpoints.api, &["calendars", calendar, "events", "watch"])?;
        let until = now.as_millisecond().saturating_add(SECONDS * 1_000);
        let asked = json!({"id": id, "type": "web_hook", "address": address, "token": token,
            "expiration": until.to_string()});
        let answer: Answer = self.ask(|http| http.post(url.clone()).json(&asked)).await?;
        let given = answer.expiration.and_then(|until| Timestamp::from_millisecond(until.parse().ok()?).ok());
        let unsaid = Timestamp::from_millisecond(until).unwrap_or(now);
        Ok(Watched { resource: answer.resource_id, expires_at: given.unwrap_or(unsaid) })
    }

    /// Ends a channel. One that has ended is no trouble.
    ///
    /// # Errors
    /// As Google answers.
    pub async fn stop(&mut self, id: &str, resource: &str) -> Result<(), Trouble> {
        let url = at(&self.google.endpoints.api, &["channels", "stop"])?;
        let asked = json!({"id": id, "resourceId": resource});
        match self.call(|http| http.post(url.clone()).json(&asked)).await {
            Ok(_) | Err(Trouble::NotFound | Trouble::Gone) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }
}
