//! What a turn counts of versions of the instructions: the question to a model, the conversation, and that it led to what it is for.

use super::Turn;
use crate::events::EventKind;
use crate::prompts::{PromptCount, PromptCounts, PromptTask, ThreadPrompt};

impl Turn<'_> {
    /// Notes in the thread which version a model was given, and counts it. A conversation counts once a version and test; it is converted
    /// once, when a time is asked for or booked in it after that, whoever wrote the reply.
    pub(super) fn count_prompts(&mut self) -> Vec<PromptCount> {
        let mut counted: Vec<PromptCount> = Vec::new();
        if let Some(trial) = self.tried.take() {
            let mut counts = PromptCounts::call(&trial);
            let used = trial.used;
            if self.thread.prompt.as_ref().is_none_or(|before| before.used() != used) {
                counts.conversations = 1;
                self.thread.prompt = Some(ThreadPrompt::begun(&used));
            }
            // A kept answer is one with this version: its conversation counts as every other one, and no question does.
            if counts != PromptCounts::default() {
                counted.push(PromptCount { task: PromptTask::Respond, used, counts });
            }
        }
        let converts = self.converts();
        let Some(prompt) = self.thread.prompt.as_mut().filter(|prompt| converts && !prompt.converted) else {
            return counted;
        };
        prompt.converted = true;
        match counted.first_mut() {
            Some(same) => same.counts.converted = 1,
            None => {
                let (used, counts) = (prompt.used(), PromptCounts { converted: 1, ..PromptCounts::default() });
                counted.push(PromptCount { task: PromptTask::Respond, used, counts });
            }
        }
        counted
    }

    /// Whether a time is asked for or booked by this message.
    fn converts(&self) -> bool {
        let mut threads = self.found.iter().flat_map(|person| &person.threads);
        let before = threads.find(|thread| thread.id == self.thread.id).and_then(|thread| thread.booked);
        let is_booked = self.thread.booked.is_some() && self.thread.booked != before;
        is_booked || self.events.iter().any(|event| matches!(event, EventKind::BookingRequested { .. }))
    }
}
