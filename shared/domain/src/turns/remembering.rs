//! What a turn knows of what was said before, and when a thread is to be summed up.

use super::Turn;
use crate::ConversationId;
use crate::conversations::ConversationStatus;
use crate::conversations::summary::{StoredSummary, due_when_grown, due_when_over, earlier_recalled};

impl Turn<'_> {
    /// Notes in a new thread which ones it recalls, for when its writer is proven.
    pub(super) fn note_earlier(&mut self) {
        if self.thread.message_count == 0 {
            let before = self.past_threads.iter().chain(&self.person.threads);
            self.thread.earlier = earlier_recalled(&self.person.contact, before);
        }
    }

    /// The conversations whose summaries are to be looked up before a model answers.
    #[must_use]
    pub fn recalls(&self) -> Vec<ConversationId> {
        self.thread.recalls(self.is_proven())
    }

    /// Takes what was said before, of the summaries that were `found`.
    pub fn recall(&mut self, found: Vec<StoredSummary>) {
        self.memory = self.thread.recalled(self.person.with_appointments(), self.is_proven(), found);
    }

    /// That threads are to be summed up: this one where it has grown or is over now, and one whose place it took.
    pub(super) fn note_summaries(&mut self) {
        let goes_on = |status: ConversationStatus| status != ConversationStatus::Ended;
        let mut stored = self.found.iter().flat_map(|person| &person.threads);
        let before = stored.find(|thread| thread.id == self.thread.id);
        let (count, went_on) = before.map_or((0, true), |thread| (thread.message_count, goes_on(thread.status)));
        let due = if went_on && !goes_on(self.thread.status) {
            due_when_over(&self.thread)
        } else {
            due_when_grown(count, &self.thread)
        };
        let replaced = self.past_threads.iter().filter(|thread| goes_on(thread.status)).filter_map(due_when_over);
        let due: Vec<_> = replaced.chain(due).collect();
        self.events.extend(due);
    }
}
