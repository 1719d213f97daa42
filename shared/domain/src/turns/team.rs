//! What only the team can answer: a task for them, while the assistant goes on.

use super::Turn;
use crate::conversations::{Action, Answer, Task, TaskKind};
use crate::events::EventKind;
use crate::ids::TaskId;

/// How much of what they wrote stands in a task, in characters.
const MAX_QUOTED: usize = 500;

impl Turn<'_> {
    /// The task that `answer` gives the team, if it gives one. A repeat of the message makes the same task again.
    pub(super) fn ask_team(&mut self, answer: &Answer) {
        if answer.action != Action::AskTeam {
            return;
        }
        let who = self.name().unwrap_or("a customer").to_owned();
        let said: String = self.inbound.content.text().chars().take(MAX_QUOTED).collect();
        let contact = self.person.contact.id;
        let task = Task {
            id: TaskId::derive(&self.tenant.id, &["ask", &self.inbound.message_id().to_string()]),
            contact,
            conversation: Some(self.thread.id),
            kind: TaskKind::Answer,
            title: format!("Answer a question of {who}").chars().take(200).collect(),
            note: format!("They wrote on {}: {said}", self.thread.channel),
            urgent: false,
            assignee: None,
            due_at: None,
            created_at: self.now,
            done: None,
        };
        self.events.push(EventKind::TaskCreated { task: task.id, contact });
        self.tasks.push(task);
    }
}
