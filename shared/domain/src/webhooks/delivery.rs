//! One event on its way to one webhook: the log of its tries, and what comes next.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::message::Message;
use super::retry::{MAX_TRIES, next_try};
use crate::TenantId;
use crate::ids::{WebhookDeliveryId, WebhookId};

/// The most tries that are kept: a delivery that was tried so often is not tried again.
const MOST_KEPT: usize = 40;
/// The most characters of an answer that are kept.
const MOST_OF_ANSWER: usize = 1_000;
/// A delivery that has been due for so long was lost on its way, and may be asked for again.
const STUCK: SignedDuration = SignedDuration::from_mins(10);

/// A delivery that is due, as its queue carries it. Of several for the same try the first counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDelivery {
    /// The tenant.
    pub tenant: TenantId,
    /// The delivery.
    pub delivery: WebhookDeliveryId,
    /// How often it was tried before.
    pub tried: usize,
    /// When it is due (UTC).
    pub due: Timestamp,
}

/// One event on its way to one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookDelivery {
    /// Its id.
    pub id: WebhookDeliveryId,
    /// The webhook.
    pub webhook: WebhookId,
    /// The event's id: the header `webhook-id` of every try.
    #[schema(example = "0b0e6c0e-54a5-5b60-8d7a-6a5c4f3b2a19")]
    pub event: String,
    /// The event's name.
    #[schema(example = "lead.created")]
    pub name: String,
    /// What is posted.
    pub body: String,
    /// How far it got.
    pub state: State,
    /// When the event came here (UTC).
    pub created_at: Timestamp,
    /// When it is tried next (UTC); left out where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// All tries, in order.
    #[serde(default)]
    pub tries: Vec<Try>,
    /// How many of the tries were before someone last asked for it again.
    #[serde(default)]
    pub tries_before: usize,
}

/// How far a delivery got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookDeliveryState)]
pub enum State {
    /// It will be tried.
    Pending,
    /// It was taken.
    Delivered,
    /// It was not taken, and is not tried any more.
    Failed,
}

impl State {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WebhookTry)]
pub struct Try {
    /// When it began (UTC).
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    #[schema(example = 84)]
    pub duration_ms: u64,
    /// The HTTP status, where there was an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 200)]
    pub status: Option<u16>,
    /// Why there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "no answer in 10 s")]
    pub error: Option<String>,
    /// How the answer's body begins, as plain text; left out where it was empty, and of all but the last eight tries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1_000, example = "unknown signature")]
    pub answer: Option<String>,
}

/// What is kept of an answer's body: its first characters, with line breaks and no other control characters.
#[must_use]
pub fn answer_text(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let shown = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let kept: String = shown.take(MOST_OF_ANSWER).collect();
    (!kept.trim().is_empty()).then_some(kept)
}

/// The result of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A 2xx.
    Taken,
    /// Anything else; how long the address asked to be left alone.
    Refused(Option<SignedDuration>),
    /// 410: no one wants to be posted to there any more.
    Gone,
}

impl WebhookDelivery {
    /// One that is to be posted at once.
    #[must_use]
    pub fn new(id: WebhookDeliveryId, webhook: WebhookId, message: &Message, now: Timestamp) -> Self {
        Self {
            id,
            webhook,
            event: message.id.clone(),
            name: message.name.clone(),
            body: message.body(),
            state: State::Pending,
            created_at: now,
            next_at: Some(now),
            tries: Vec::new(),
            tries_before: 0,
        }
    }

    /// The record of its next try; `None`: there is none.
    #[must_use]
    pub fn due(&self, tenant: &TenantId) -> Option<DueDelivery> {
        let due = self.next_at.filter(|_| self.state == State::Pending)?;
        Some(DueDelivery { tenant: tenant.clone(), delivery: self.id, tried: self.tries.len(), due })
    }

    /// After one more try.
    #[must_use]
    pub fn after(mut self, tried: Try, outcome: Outcome, now: Timestamp) -> Self {
        self.tries.push(tried);
        // So that the item stays small however often it is asked for again.
        for old in self.tries.iter_mut().rev().skip(MAX_TRIES) {
            old.answer = None;
        }
        self.next_at = match outcome {
            Outcome::Taken | Outcome::Gone => None,
            Outcome::Refused(wish) => {
                next_try(self.tries.len().saturating_sub(self.tries_before), self.jitter(), wish, now)
            }
        };
        self.state = match (outcome, self.next_at) {
            (Outcome::Taken, _) => State::Delivered,
            (_, Some(_)) => State::Pending,
            (_, None) => State::Failed,
        };
        self
    }

    /// With no more tries: its webhook is gone or switched off.
    #[must_use]
    pub fn given_up(self) -> Self {
        Self { state: State::Failed, next_at: None, ..self }
    }

    /// To be tried again from the beginning, at once; `None`: it was tried too often.
    #[must_use]
    pub fn again(self, now: Timestamp) -> Option<Self> {
        let tries_before = self.tries.len();
        let again = Self { state: State::Pending, next_at: Some(now), tries_before, ..self };
        (tries_before < MOST_KEPT).then_some(again)
    }

    /// Whether its next try comes by itself: until then it is not asked for again.
    #[must_use]
    pub fn is_on_its_way(&self, now: Timestamp) -> bool {
        self.next_at.is_some_and(|next| now.duration_since(next) < STUCK)
    }

    /// A number that differs from delivery to delivery and from try to try.
    fn jitter(&self) -> u8 {
        let text = format!("{}{}", self.id, self.tries.len());
        text.bytes().fold(0, |sum: u8, byte| sum.wrapping_mul(31).wrapping_add(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn delivery() -> WebhookDelivery {
        let tenant = TenantId::new("acme").unwrap();
        WebhookDelivery {
            id: WebhookDeliveryId::derive(&tenant, &["d"]),
            webhook: WebhookId::derive(&tenant, &["w"]),
            event: "e".into(),
            name: "lead.created".into(),
            body: "{}".into(),
            state: State::Pending,
            created_at: NOW,
            next_at: Some(NOW),
            tries: Vec::new(),
            tries_before: 0,
        }
    }

    fn tried(status: u16) -> Try {
        Try { at: NOW, duration_ms: 1, status: Some(status), error: None, answer: Some("no".to_owned()) }
    }

    #[test]
    fn of_an_answer_the_first_thousand_characters_are_kept_as_text() {
        assert_eq!(answer_text(b"<b>no</b>\r\n\0\x1b[31mred"), Some("<b>no</b>\n[31mred".to_owned()));
        assert_eq!(answer_text(b"caf\xe9"), Some("caf\u{fffd}".to_owned()));
        assert_eq!((answer_text(b""), answer_text(b" \r\n\0")), (None, None));
        let long = "ñ€😀".repeat(1_000);
        // Read up to a byte within a character.
        let kept = answer_text(&long.as_bytes()[..4_097]).unwrap();
        assert!(kept.chars().count() == 1_000 && long.starts_with(&kept));
    }

    #[test]
    fn only_the_last_eight_tries_keep_what_was_answered() {
        let mut delivery = delivery();
        for _ in 0..MAX_TRIES + 3 {
            delivery = delivery.after(tried(500), Outcome::Refused(None), NOW);
        }
        let kept: Vec<bool> = delivery.tries.iter().map(|tried| tried.answer.is_some()).collect();
        assert_eq!(kept, [vec![false; 3], vec![true; MAX_TRIES]].concat());
    }

    #[test]
    fn what_is_never_taken_is_tried_eight_times_and_then_failed() {
        let mut delivery = delivery();
        for _ in 0..MAX_TRIES {
            assert_eq!(delivery.state, State::Pending);
            delivery = delivery.after(tried(500), Outcome::Refused(None), NOW);
        }
        assert_eq!((delivery.state, delivery.next_at, delivery.tries.len()), (State::Failed, None, MAX_TRIES));
        assert_eq!(delivery.due(&TenantId::new("acme").unwrap()), None);
    }

    #[test]
    fn what_is_taken_or_gone_is_not_tried_again() {
        let taken = delivery().after(tried(204), Outcome::Taken, NOW);
        assert_eq!((taken.state, taken.next_at), (State::Delivered, None));
        let gone = delivery().after(tried(410), Outcome::Gone, NOW);
        assert_eq!((gone.state, gone.next_at), (State::Failed, None));
    }

    #[test]
    fn asked_for_again_it_has_all_its_tries_again_and_keeps_the_log() {
        let mut delivery = delivery();
        for _ in 0..MAX_TRIES {
            delivery = delivery.after(tried(500), Outcome::Refused(None), NOW);
        }
        let again = delivery.again(NOW).unwrap();
        assert_eq!((again.state, again.tries.len(), again.next_at), (State::Pending, MAX_TRIES, Some(NOW)));
        assert!(again.is_on_its_way(NOW) && !again.is_on_its_way(NOW + STUCK));
        let once_more = again.after(tried(500), Outcome::Refused(None), NOW);
        let pause = once_more.next_at.unwrap().duration_since(NOW);
        assert!(pause <= SignedDuration::from_secs(6), "{pause}");
        let often = WebhookDelivery { tries: vec![tried(500); MOST_KEPT], ..once_more };
        assert_eq!(often.again(NOW), None);
    }

    #[test]
    fn a_record_says_which_try_it_is_for() {
        let tenant = TenantId::new("acme").unwrap();
        let once = delivery().after(tried(500), Outcome::Refused(None), NOW);
        let due = once.due(&tenant).unwrap();
        assert_eq!((due.tried, due.delivery, Some(due.due)), (1, once.id, once.next_at));
        assert!(
            serde_json::from_value::<DueDelivery>(serde_json::to_value(&due).unwrap()).is_ok_and(|read| read == due)
        );
    }
}
