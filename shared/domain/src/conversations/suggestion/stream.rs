//! A suggestion that is heard while it is written: who may hear it, how far it is, and what a reconnect is still to be told.
//!
//! Its ticket is a random secret whose hash lies with the stream, not a signed token: the stream is stored anyway, because others follow it
//! there, so a ticket costs no key, names nothing that could be altered, and is worth nothing when the stream is gone.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::identity::Actor;
use crate::ids::SuggestionId;
use crate::{ConversationId, TenantId};

/// How long a ticket begins a stream.
pub const TICKET_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How long a stream is kept: so long it may be followed.
pub const STREAM_KEPT_FOR: SignedDuration = SignedDuration::from_mins(5);
/// How long one invocation may write: as long as the function has, so whoever wrote is gone when it is over. The models take eight seconds of it.
pub const LEASE: SignedDuration = SignedDuration::from_secs(20);
/// How often progress is stored. In eight seconds that is seven times at most.
pub const STORED_EVERY: SignedDuration = SignedDuration::from_secs(1);

/// How far a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamState {
    /// A ticket was given, and no one came with it.
    Asked,
    /// An invocation writes.
    Writing,
    /// The suggestion is kept.
    Done,
    /// There will be none.
    Failed,
    /// Whoever asked for it wants it no more.
    Cancelled,
}

/// A suggestion that is heard while it is written. The suggestion has the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionStream {
    /// Of the stream, and of what comes of it.
    pub id: SuggestionId,
    /// The conversation.
    pub conversation: ConversationId,
    /// Who asked for it: what they may do was checked when they did.
    pub asked_by: Actor,
    /// By which its log lines are found; marks what a key for tests causes.
    pub correlation_id: String,
    /// The suggestion in whose place it is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<SuggestionId>,
    /// SHA-256 of the ticket's secret.
    pub secret_hash: String,
    /// The site that asked, which alone may hear it; absent: a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// When it was asked for (UTC).
    pub at: Timestamp,
    /// How far it is.
    pub state: StreamState,
    /// Until when whoever writes may write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease_until: Option<Timestamp>,
    /// What was heard so far.
    #[serde(default)]
    pub heard: HeardSoFar,
    /// Why there will be none, as the API names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl SuggestionStream {
    /// Whether its ticket still begins it.
    #[must_use]
    pub fn may_begin(&self, now: Timestamp) -> bool {
        self.state == StreamState::Asked && now.duration_since(self.at) <= TICKET_FOR
    }

    /// Whether whoever wrote it died before its end.
    #[must_use]
    pub fn is_abandoned(&self, now: Timestamp) -> bool {
        self.state == StreamState::Writing && self.lease_until.is_none_or(|until| until < now)
    }
}

/// What was heard of the latest try.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeardSoFar {
    /// Which try, from 1 on; 0: none began.
    pub tries: u32,
    /// Its text so far.
    pub text: String,
}

/// How much someone was told: the id of an event. `2-57` is 57 characters of the second try.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Which try.
    pub tries: u32,
    /// Characters of it.
    pub chars: usize,
}

impl Told {
    /// Reads the id of an event; anything else is as if nothing was told.
    #[must_use]
    pub fn parse(id: &str) -> Self {
        let read = || {
            let (tries, chars) = id.split_once('-')?;
            Some(Self { tries: tries.parse().ok()?, chars: chars.parse().ok()? })
        };
        read().unwrap_or_default()
    }

    /// As the id of an event.
    #[must_use]
    pub fn id(self) -> String {
        format!("{}-{}", self.tries, self.chars)
    }

    /// What is to be told next of `heard`: whether a try begins, and the text that follows what was told.
    pub fn next(&mut self, heard: &HeardSoFar) -> (bool, String) {
        if heard.tries < self.tries {
            // What is stored lags behind what was told.
            return (false, String::new());
        }
        let begins = heard.tries > self.tries;
        if begins {
            *self = Self { tries: heard.tries, chars: 0 };
        }
        let text: String = heard.text.chars().skip(self.chars).collect();
        self.chars += text.chars().count();
        (begins, text)
    }
}

/// What opens a stream: `tenant.conversation.stream.secret`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Whose it is.
    pub tenant: TenantId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Which stream.
    pub id: SuggestionId,
}

impl Place {
    /// The ticket with this secret.
    #[must_use]
    pub fn ticket(&self, secret: &str) -> String {
        format!("{}.{}.{}.{secret}", self.tenant, self.conversation, self.id)
    }

    /// Reads a ticket: the place, and the secret that is still to be compared.
    #[must_use]
    pub fn read(ticket: &str) -> Option<(Self, &str)> {
        let mut parts = ticket.splitn(4, '.');
        let tenant = TenantId::new(parts.next()?).ok()?;
        let conversation = ConversationId::parse(parts.next()?).ok()?;
        let id = SuggestionId::parse(parts.next()?).ok()?;
        Some((Self { tenant, conversation, id }, parts.next().filter(|secret| !secret.is_empty())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reconnect_is_told_what_is_missing_and_of_another_try_all() {
        let heard = |tries, text: &str| HeardSoFar { tries, text: text.to_owned() };
        let mut told = Told::parse("1-2");
        assert_eq!(told.next(&heard(1, "Né 😀!")), (false, " 😀!".to_owned()));
        assert_eq!(told.id(), "1-5");
        assert_eq!(told.next(&heard(1, "Né 😀!")), (false, String::new()));
        assert_eq!(told.next(&heard(2, "Yes")), (true, "Yes".to_owned()));
        // What is stored may be older than what was told before the line broke: it is not told again.
        let mut ahead = Told::parse("2-3");
        assert_eq!(ahead.next(&heard(1, "Né 😀!")), (false, String::new()));
        assert_eq!(ahead.id(), "2-3");
        assert_eq!(ahead.next(&heard(2, "Yes!")), (false, "!".to_owned()));
        for nothing in ["", "end", "1", "x-2", "1--2"] {
            assert_eq!(Told::parse(nothing), Told::default(), "{nothing}");
        }
        assert_eq!(Told::default().next(&HeardSoFar::default()), (false, String::new()));
    }

    #[test]
    fn a_ticket_leads_to_its_stream() {
        let tenant = TenantId::new("acme").unwrap();
        let conversation = ConversationId::derive(&tenant, &["c"]);
        let place = Place { id: SuggestionId::derive(&tenant, &["s"]), conversation, tenant };
        assert_eq!(Place::read(&place.ticket("a.b-c")), Some((place.clone(), "a.b-c")));
        for wrong in ["", "acme", "acme..x.y", &place.ticket(""), &format!("{}.{conversation}.x.y", place.tenant)] {
            assert_eq!(Place::read(wrong), None, "{wrong}");
        }
    }
}
