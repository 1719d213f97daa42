//! The life of an outgoing message: which states follow which, and what a vendor's refusal means.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use crate::{ConversationId, Failure, MessageId};

pub use super::tries::Tries;

/// Where an outgoing message is.
///
/// `queued -> sending -> sent -> delivered -> read`, with the ends `held`, `skipped`, `dropped`, `failed`; and
/// `unknown` when the worker died between the vendor's call and the record of it. An unknown message is never sent
/// again by itself: a status callback settles it, or a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waiting for `worker-deliver`.
    Queued,
    /// Cleared and claimed: the vendor is being called.
    Sending,
    /// The vendor took it.
    Sent,
    /// It reached the device.
    Delivered,
    /// It was read.
    Read,
    /// The vendor refused it, for good.
    Failed,
    /// Whether the vendor took it is not known.
    Unknown,
    /// The gate waits for a time or an event.
    Held,
    /// The channel is not configured.
    Skipped,
    /// The gate will never let it out.
    Dropped,
}

impl DeliveryState {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Held => "held",
            Self::Skipped => "skipped",
            Self::Dropped => "dropped",
        }
    }

    /// The states from which a vendor's status callback may lead to `self`; callbacks arrive late, twice and out of order.
    #[must_use]
    pub fn reachable_from(self) -> &'static [Self] {
        match self {
            Self::Sent => &[Self::Sending, Self::Unknown],
            Self::Delivered => &[Self::Sending, Self::Unknown, Self::Sent],
            Self::Read => &[Self::Sending, Self::Unknown, Self::Sent, Self::Delivered],
            Self::Failed => &[Self::Sending, Self::Unknown, Self::Sent],
            _ => &[],
        }
    }
}

/// Names one stored outgoing message; travels to the vendor and comes back with its status callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageRef {
    /// The thread it is stored in.
    pub conversation: ConversationId,
    /// When it was written (UTC): the first part of its sort key.
    pub at: Timestamp,
    /// Which message.
    pub message: MessageId,
}

impl fmt::Display for MessageRef {
    /// `CONVERSATION.MILLISECONDS.MESSAGE`: URL-safe, at most 90 characters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.conversation, self.at.as_millisecond(), self.message)
    }
}

impl MessageRef {
    /// Reads what [`fmt::Display`] wrote.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `ref` when it is not of that form.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let refuse = || Failure::invalid("ref", "ref is not a message reference of ours");
        let mut parts = text.splitn(3, '.');
        let (Some(conversation), Some(at), Some(message)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(refuse());
        };
        Ok(Self {
            conversation: ConversationId::parse(conversation).map_err(|_| refuse())?,
            at: at.parse().ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).ok_or_else(refuse)?,
            message: MessageId::parse(message).map_err(|_| refuse())?,
        })
    }
}

/// A vendor's word on a message sent earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// The message, from the reference that went out with it; `None` for a message that we did not send.
    pub message: Option<MessageRef>,
    /// The vendor's id of the message.
    pub vendor_id: String,
    /// `Sent`, `Delivered`, `Read` or `Failed`.
    pub state: DeliveryState,
    /// The vendor and its error code, such as `twilio 30007`, where it failed.
    pub reason: Option<String>,
    /// What that code says about the number, where it says more than that this message failed.
    pub blocked: Option<Blocked>,
}

/// Why a number gets no more messages.
///
/// What a person wants holds for all their numbers and channels; what a number can do, for that number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// The person told the vendor that they want to hear nothing more.
    OptedOut,
    /// There is no such number, or it cannot get our messages.
    Unreachable,
}

/// What became of one call to a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The vendor took it, under this id.
    Sent {
        /// The vendor's id of the message.
        vendor_id: String,
    },
    /// The vendor did not take it and says so, or was never reached: safe to try again.
    Retry {
        /// What it said (a code, never a body).
        reason: String,
        /// How long it asks us to wait, in seconds.
        after_seconds: Option<u32>,
    },
    /// The vendor will never take it.
    Permanent {
        /// What it said.
        reason: String,
    },
    /// The recipient cannot or will not be reached on this number: write to it no more.
    Blocked {
        /// What it said.
        reason: String,
        /// Which of the two.
        blocked: Blocked,
    },
    /// The request went out and no answer that can be trusted came back.
    Unknown {
        /// How it broke.
        reason: String,
    },
}

/// How long a claimed message may take. A worker is stopped after 30 s; what is still `sending` after twice that died.
pub const CLAIM_SECONDS: i64 = 60;

/// Whether a message may be taken up for sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It waits: ask the gate.
    Waiting,
    /// Another worker is on it, or died a moment ago: look again later.
    InFlight,
    /// A worker died between the vendor's call and the record of it: no one knows.
    Lost,
    /// It has come to an end, or the vendor has it.
    Done,
}

impl DeliveryState {
    /// Whether a message in this state since `changed_at` may be taken up at `now`.
    #[must_use]
    pub fn readiness(self, changed_at: Timestamp, now: Timestamp) -> Readiness {
        match self {
            Self::Queued | Self::Held => Readiness::Waiting,
            Self::Sending if now.duration_since(changed_at).as_secs() < CLAIM_SECONDS => Readiness::InFlight,
            Self::Sending => Readiness::Lost,
            _ => Readiness::Done,
        }
    }
}

/// What follows from a call to a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterSend {
    /// The state from now on.
    pub state: DeliveryState,
    /// The vendor's id, where it took the message.
    pub vendor_id: Option<String>,
    /// Why, where it did not.
    pub reason: Option<String>,
    /// The number refuses or cannot get our messages: write to it no more.
    pub suppress: Option<Blocked>,
    /// When it is tried again (UTC), where it is.
    pub again_at: Option<Timestamp>,
}

impl AfterSend {
    /// Sorts `outcome` of the last of `tries`. An unknown outcome is never tried again.
    #[must_use]
    pub fn of(outcome: SendOutcome, tries: &Tries, now: Timestamp) -> Self {
        let ended = |state, reason: String, suppress| Self {
            state,
            vendor_id: None,
            reason: Some(reason),
            suppress,
            again_at: None,
        };
        match outcome {
            SendOutcome::Sent { vendor_id } => Self {
                state: DeliveryState::Sent,
                vendor_id: Some(vendor_id),
                reason: None,
                suppress: None,
                again_at: None,
            },
            SendOutcome::Retry { reason, after_seconds } => match tries.next(after_seconds, now) {
                Some(at) => Self { again_at: Some(at), ..ended(DeliveryState::Queued, reason, None) },
                None => ended(DeliveryState::Failed, reason, None),
            },
            SendOutcome::Permanent { reason } => ended(DeliveryState::Failed, reason, None),
            SendOutcome::Blocked { reason, blocked } => ended(DeliveryState::Failed, reason, Some(blocked)),
            SendOutcome::Unknown { reason } => Self::unknown(reason),
        }
    }

    /// No one knows whether the vendor took it.
    #[must_use]
    pub fn unknown(reason: String) -> Self {
        Self { state: DeliveryState::Unknown, vendor_id: None, reason: Some(reason), suppress: None, again_at: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;
    use crate::messaging::Kind;

    #[test]
    fn references_survive_the_round_trip() {
        let tenant = TenantId::new("acme").unwrap();
        let message_ref = MessageRef {
            conversation: ConversationId::derive(&tenant, &["c"]),
            at: Timestamp::from_millisecond(1_700_000_000_123).unwrap(),
            message: MessageId::derive(&tenant, &["m"]),
        };
        let text = message_ref.to_string();
        assert!(text.len() <= 90);
        assert_eq!(MessageRef::parse(&text).unwrap(), message_ref);
        for bad in ["", "a.b.c", "1.2", text.trim_start_matches(|c: char| c.is_ascii_hexdigit()), &format!("{text}.1")]
        {
            assert!(MessageRef::parse(bad).is_err());
        }
    }

    #[test]
    fn a_late_sent_never_overwrites_delivered() {
        assert!(!DeliveryState::Sent.reachable_from().contains(&DeliveryState::Delivered));
        assert!(!DeliveryState::Failed.reachable_from().contains(&DeliveryState::Delivered));
    }

    #[test]
    fn only_what_waits_is_taken_up_and_a_claim_runs_out() {
        use DeliveryState::{Delivered, Dropped, Failed, Held, Queued, Read, Sending, Sent, Skipped, Unknown};
        let claimed: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let after = |seconds| claimed + jiff::SignedDuration::from_secs(seconds);
        for (state, seconds, expected) in [
            (Queued, 0, Readiness::Waiting),
            (Queued, 9_999, Readiness::Waiting),
            (Held, 9_999, Readiness::Waiting),
            (Sending, 0, Readiness::InFlight),
            (Sending, -5, Readiness::InFlight),
            (Sending, CLAIM_SECONDS - 1, Readiness::InFlight),
            (Sending, CLAIM_SECONDS, Readiness::Lost),
            (Sent, 0, Readiness::Done),
            (Delivered, 9_999, Readiness::Done),
            (Read, 9_999, Readiness::Done),
            (Failed, 9_999, Readiness::Done),
            (Unknown, 9_999, Readiness::Done),
            (Skipped, 9_999, Readiness::Done),
            (Dropped, 9_999, Readiness::Done),
        ] {
            assert_eq!(state.readiness(claimed, after(seconds)), expected, "{state:?} after {seconds} s");
        }
    }

    #[test]
    fn every_outcome_leads_where_it_should() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let reason = || "vendor error 1".to_owned();
        let retry = || SendOutcome::Retry { reason: reason(), after_seconds: Some(3) };
        let blocked = |blocked| SendOutcome::Blocked { reason: reason(), blocked };
        let fresh = Tries { kind: Kind::Reply, first: now, count: 1, expires_at: None };
        let late = Tries { first: now - jiff::SignedDuration::from_mins(30), count: 9, ..fresh };
        let soon = Some(now + jiff::SignedDuration::from_secs(30));
        for (outcome, tries, state, suppress, again_at) in [
            (retry(), &fresh, DeliveryState::Queued, None, soon),
            (retry(), &late, DeliveryState::Failed, None, None),
            (SendOutcome::Permanent { reason: reason() }, &fresh, DeliveryState::Failed, None, None),
            (blocked(Blocked::OptedOut), &fresh, DeliveryState::Failed, Some(Blocked::OptedOut), None),
            (blocked(Blocked::Unreachable), &fresh, DeliveryState::Failed, Some(Blocked::Unreachable), None),
            (SendOutcome::Unknown { reason: reason() }, &fresh, DeliveryState::Unknown, None, None),
        ] {
            let after = AfterSend::of(outcome.clone(), tries, now);
            let expected = AfterSend { state, vendor_id: None, reason: Some(reason()), suppress, again_at };
            assert_eq!(after, expected, "{outcome:?} after {tries:?}");
        }
        let sent = AfterSend::of(SendOutcome::Sent { vendor_id: "wamid.1".to_owned() }, &fresh, now);
        let expected = AfterSend {
            state: DeliveryState::Sent,
            vendor_id: Some("wamid.1".to_owned()),
            reason: None,
            suppress: None,
            again_at: None,
        };
        assert_eq!(sent, expected);
    }

    #[test]
    fn callbacks_only_lead_forward_and_never_out_of_an_end() {
        use DeliveryState::{Delivered, Dropped, Failed, Held, Queued, Read, Sending, Sent, Skipped, Unknown};
        let order = [Sending, Unknown, Sent, Delivered, Read];
        for (index, state) in order.into_iter().enumerate() {
            for before in state.reachable_from() {
                let at = order.iter().position(|other| other == before).unwrap();
                assert!(at < index, "{before:?} -> {state:?}");
            }
        }
        for state in [Sent, Delivered, Read, Failed] {
            for end in [Queued, Held, Skipped, Dropped, Failed, Read] {
                assert!(!state.reachable_from().contains(&end), "{end:?} -> {state:?}");
            }
        }
        for state in [Queued, Sending, Unknown, Held, Skipped, Dropped] {
            assert!(state.reachable_from().is_empty(), "no vendor reports {state:?}");
        }
    }
}
