//! What the tenant's API shows of it all.

use domain::conversations::{Conversation, Escalation, Message, Role};
use domain::leads::Lead;
use domain::messaging::{DeliveryState, Verdict};
use domain::{ConversationId, LeadId, MessageId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use xtask::http::{Answer, Header};

use super::{Said, Tenant, eventually, stage};

/// A conversation with its messages, as `GET /v1/conversations/{id}` shows it.
#[derive(Debug, Deserialize)]
pub struct Replay {
    /// The thread.
    #[serde(flatten)]
    pub conversation: Conversation,
    /// Oldest first.
    pub messages: Vec<Message>,
}

/// A page of a list.
#[derive(Debug, Deserialize)]
pub struct Page<T> {
    /// Its entries.
    pub items: Vec<T>,
    /// Where the next one begins.
    pub cursor: Option<String>,
}

impl Replay {
    /// The messages of one side.
    pub fn of(&self, role: Role) -> Vec<&Message> {
        self.messages.iter().filter(|message| message.role == role).collect()
    }

    /// The stored message `id`.
    pub fn stored(&self, id: MessageId) -> Option<&Message> {
        self.messages.iter().find(|message| message.reference.message == id)
    }

    /// The answer to the message `id`.
    pub fn reply(&self, id: MessageId) -> Option<&Message> {
        self.messages.iter().find(|message| message.role == Role::Assistant && message.in_reply_to == Some(id))
    }
}

impl Tenant {
    /// Any request to the API with these headers.
    pub fn call(method: &str, path: &str, headers: &[Header], body: &str) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(stage().stack.host_header());
        stage().stack.http().send(method, path, &headers, body).unwrap()
    }

    /// A GET with this tenant's API key.
    pub fn get(&self, path: &str) -> Answer {
        Self::call("GET", path, &[self.bearer()], "")
    }

    /// A GET that must succeed, read as `T`.
    pub fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("GET {path}: {error}: {}", answer.body))
    }

    /// The header that shows this tenant's API key.
    pub fn bearer(&self) -> Header {
        ("authorization".to_owned(), format!("Bearer {}", self.key("api_key")))
    }

    /// Moves a lead on.
    pub fn set_status(&self, lead: LeadId, status: &str) -> Answer {
        let json = ("content-type".to_owned(), "application/json".to_owned());
        let body = serde_json::json!({"status": status}).to_string();
        let path = format!("/v1/leads/{lead}");
        let read = self.get(&path);
        let version = ("if-match".to_owned(), read.header("etag").unwrap_or("\"1\"").to_owned());
        Self::call("PATCH", &path, &[self.bearer(), json, version], &body)
    }

    /// A lead, once it is there.
    pub fn lead(&self, id: LeadId) -> Lead {
        eventually("the lead", || {
            let answer = self.get(&format!("/v1/leads/{id}"));
            (answer.status == 200).then(|| serde_json::from_str(&answer.body).unwrap())
        })
    }

    /// A conversation, if it is there.
    pub fn replay(&self, id: ConversationId) -> Option<Replay> {
        let answer = self.get(&format!("/v1/conversations/{id}"));
        (answer.status == 200).then(|| serde_json::from_str(&answer.body).unwrap())
    }

    /// A conversation as soon as it shows what is looked for.
    pub fn replay_when(&self, id: ConversationId, what: &str, shows: impl Fn(&Replay) -> bool) -> Replay {
        eventually(what, || self.replay(id).filter(|replay| shows(replay)))
    }

    /// The answer to the first message of a conversation, once its fate is settled.
    pub fn reply(&self, said: &Said) -> Message {
        self.reply_in(said.conversation(), said)
    }

    /// The answer to any message of a conversation, once its fate is settled.
    pub fn reply_in(&self, conversation: ConversationId, said: &Said) -> Message {
        let settled = |message: &&Message| {
            let state = message.delivery.as_ref().unwrap().state;
            !matches!(state, DeliveryState::Queued | DeliveryState::Sending)
        };
        eventually("a settled answer", || self.replay(conversation)?.reply(said.id()).filter(settled).cloned())
    }

    /// The answer to a message, which must have left, and show all that a replay shows of an answer.
    pub fn sent_reply(&self, said: &Said) -> Message {
        let reply = self.reply(said);
        assert_eq!(state(&reply), DeliveryState::Sent, "{}", reason(&reply));
        let delivery = reply.delivery.as_ref().unwrap();
        assert!(matches!(delivery.verdict, Some(Verdict::Allowed { .. })), "{:?}", delivery.verdict);
        assert_eq!(reply.author.as_ref().unwrap().model, "builtin");
        assert!(!reply.text.is_empty() && reply.confidence.is_some() && reply.processing_ms.is_some());
        assert!(
            reply.intent.is_some() && reply.sentiment.is_some() && reply.action.is_some() && reply.language.is_some()
        );
        reply
    }

    /// The answer to the first message of a conversation after a first try that its vendor put off.
    pub fn reschedule_reply(&self, said: &Said) -> Message {
        eventually("an answer that waits for its next try", || {
            let reply = self.replay(said.conversation())?.reply(said.id())?.clone();
            let delivery = reply.delivery.as_ref()?;
            (delivery.attempts == 1 && delivery.state == DeliveryState::Queued).then_some(reply)
        })
    }

    /// Everything in a list, page after page.
    pub fn list<T: DeserializeOwned>(&self, path: &str) -> Vec<T> {
        let mut all = Vec::new();
        let mut page: Page<T> = self.read(path);
        loop {
            all.append(&mut page.items);
            let Some(cursor) = page.cursor else { return all };
            let and = if path.contains('?') { '&' } else { '?' };
            page = self.read(&format!("{path}{and}cursor={cursor}"));
        }
    }

    /// Its escalations.
    pub fn escalations(&self) -> Vec<Escalation> {
        self.list("/v1/escalations")
    }
}

/// Where an outgoing message is.
pub fn state(message: &Message) -> DeliveryState {
    message.delivery.as_ref().unwrap().state
}

/// Why it is there.
pub fn reason(message: &Message) -> &str {
    message.delivery.as_ref().unwrap().reason.as_deref().unwrap_or_default()
}

/// The field that a problem names, and its status.
pub fn problem(answer: &Answer) -> (u16, Option<String>) {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no problem: {}", answer.body));
    assert_eq!(body["status"], answer.status, "{}", answer.body);
    (answer.status, body["field"].as_str().map(ToOwned::to_owned))
}

/// What a problem says, but for the name of its own request.
pub fn refusal(answer: &Answer) -> (u16, Value) {
    let mut said: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no problem: {}", answer.body));
    said.as_object_mut().unwrap().remove("request_id").expect("a problem names its request");
    (answer.status, said)
}
