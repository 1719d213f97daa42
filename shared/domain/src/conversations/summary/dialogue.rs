//! The messages of a thread as they are summed up: numbered, without notices, codes and what was taken back.

use crate::conversations::{Conversation, Message, Role, Sentiment};
use crate::messaging::Address;
use crate::tenancy::Tenant;

/// The most messages that a model is shown: the latest.
const MOST_SHOWN: usize = 60;
/// How they felt is read from so many of their last messages.
const LAST: usize = 3;

/// What is summed up.
#[derive(Debug, Clone)]
pub struct Dialogue<'a> {
    /// Whose it is.
    pub tenant: &'a Tenant,
    /// The thread as it is now.
    pub thread: &'a Conversation,
    said: Vec<Said<'a>>,
    left_out: u32,
}

/// A message.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Its number in the thread; the first is 1.
    pub number: u32,
    /// Whether its customer wrote it; else the business did.
    pub by_customer: bool,
    /// What it says.
    pub text: &'a str,
    /// How it sounds, as it was read when it came.
    sentiment: Option<Sentiment>,
}

impl<'a> Dialogue<'a> {
    /// The latest messages of `thread` in the order of time: all, or as many as were read.
    #[must_use]
    pub fn new(tenant: &'a Tenant, thread: &'a Conversation, messages: &'a [Message]) -> Self {
        let is_said = |message: &&Message| message.role != Role::Notice && !is_elsewhere(message, thread);
        let count = u32::try_from(messages.iter().filter(is_said).count()).unwrap_or(u32::MAX);
        let left_out = thread.message_count.saturating_sub(count);
        let numbered = (left_out.saturating_add(1)..).zip(messages.iter().filter(is_said));
        // What was taken back or corrected keeps its number and says nothing.
        let is_whole = |(_, message): &(u32, &Message)| message.amended.is_none() && !message.text.trim().is_empty();
        let said = numbered.filter(is_whole).map(|(number, message)| Said {
            number,
            by_customer: message.role == Role::Customer,
            text: message.text.trim(),
            sentiment: message.sentiment,
        });
        Self { tenant, thread, said: said.collect(), left_out }
    }

    /// How many messages there were before those that were read.
    #[must_use]
    pub fn left_out(&self) -> u32 {
        self.left_out
    }

    /// All messages that were read.
    #[must_use]
    pub fn said(&self) -> &[Said<'a>] {
        &self.said
    }

    /// Those that a model is shown.
    #[must_use]
    pub fn shown(&self) -> &[Said<'a>] {
        self.said.get(self.said.len().saturating_sub(MOST_SHOWN)..).unwrap_or_default()
    }

    /// How many their customer wrote.
    #[must_use]
    pub fn of_customer(&self) -> usize {
        self.said.iter().filter(|said| said.by_customer).count()
    }

    /// How its customer felt in the end.
    pub(super) fn mood(&self) -> Sentiment {
        let theirs = self.said.iter().rev().filter(|said| said.by_customer);
        let mut last = theirs.take(LAST).filter_map(|said| said.sentiment).peekable();
        let latest = last.peek().copied().unwrap_or_default();
        if last.any(|sentiment| sentiment == Sentiment::Negative) { Sentiment::Negative } else { latest }
    }
}

/// Whether it went to another address than the thread's: a code that proves one.
fn is_elsewhere(message: &Message, thread: &Conversation) -> bool {
    let Some(delivery) = &message.delivery else { return false };
    let session = thread.session.clone().map(Address::Chat);
    let theirs = thread.peer.as_ref().or(session.as_ref());
    message.channel != thread.channel || theirs.is_some_and(|theirs| delivery.to != *theirs)
}
