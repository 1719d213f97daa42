//! What only the team can answer or decide: a task for them, while the assistant goes on.

use language::{Intent, Intents};

use super::Turn;
use crate::conversations::{Action, Answer, Task, TaskKind, builtin};
use crate::events::EventKind;
use crate::ids::TaskId;

/// How much of what they wrote stands in a task, in characters.
const MAX_QUOTED: usize = 500;

/// The longest title of a task, in characters.
const MAX_TITLE: usize = 200;

/// What the team has to do about a message of `who` with these intents.
fn matter(intents: &Intents, who: &str) -> (TaskKind, String) {
    match builtin::Change::of(intents) {
        _ if intents.has(Intent::WrongNumber) || intents.has(Intent::Spam) => {
            (TaskKind::Answer, format!("Look whether {who} is a customer"))
        }
        _ if intents.has(Intent::JobApplication) => (TaskKind::Answer, format!("{who} looks for work")),
        _ if intents.has(Intent::Supplier) => (TaskKind::Answer, format!("{who} offers something to the business")),
        Some(builtin::Change::Cancel) => (TaskKind::Reschedule, format!("Cancel an appointment of {who}")),
        Some(builtin::Change::Move) => (TaskKind::Reschedule, format!("Find another time for an appointment of {who}")),
        Some(builtin::Change::Confirm) => (TaskKind::Answer, format!("Confirm an appointment of {who}")),
        None => (TaskKind::Answer, format!("Answer a question of {who}")),
    }
}

impl Turn<'_> {
    /// The task that `answer` gives the team, if it gives one, and always one where the writer is running late. A repeat of the
    /// message makes the same task again.
    pub(super) fn ask_team(&mut self, answer: &Answer) {
        let late_for = self.when.as_ref().and_then(|when| when.late_for);
        let is_late = self.when.as_ref().is_some_and(|when| when.is_late);
        // A change of an appointment is the one thing that such a turn does: what it says besides is a task all the same.
        let is_left = answer.action == Action::Book && builtin::passes_on(&answer.reply);
        if answer.action != Action::AskTeam && !is_late && !is_left {
            return;
        }
        let who = self.name().unwrap_or("a customer").to_owned();
        let text = self.inbound.content.text();
        let said: String = text.chars().take(MAX_QUOTED).collect();
        let (kind, title) = match is_late {
            true => (TaskKind::Other, format!("{who} is running late")),
            false if is_left => (TaskKind::Answer, format!("Answer a question of {who}")),
            false => matter(&Intents::read(text), &who),
        };
        let wish = self.when.as_ref().and_then(|when| when.said.as_ref());
        let time = wish.map(|wish| format!("\nThe time they speak of: {}", wish.words)).unwrap_or_default();
        let contact = self.person.contact.id;
        let task = Task {
            id: TaskId::derive(&self.tenant.id, &["ask", &self.inbound.message_id().to_string()]),
            contact,
            conversation: Some(self.thread.id),
            kind,
            title: title.chars().take(MAX_TITLE).collect(),
            note: format!("They wrote on {}: {said}{time}", self.thread.channel),
            urgent: late_for.is_some(),
            assignee: None,
            due_at: late_for,
            created_at: self.now,
            done: None,
        };
        self.events.push(EventKind::TaskCreated { task: task.id, contact });
        self.tasks.push(task);
    }
}
