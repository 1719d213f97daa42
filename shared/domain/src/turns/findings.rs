//! What the business's documents say to a message: what is looked for, and what becomes of it.

use super::Turn;
use crate::conversations::{
    Conversation, Disagreement, Excerpt, Findings, LINES_BEFORE, Lookup, Places, Role, Route, Task, TaskKind, builtin,
};
use crate::events::EventKind;
use crate::ids::TaskId;

impl Turn<'_> {
    /// What is to be looked for in the business's documents; `None`: nothing, the message asks nothing that they may answer. Who is in
    /// danger, complains or wants a person is not answered from documents. Call it once the message was [read](Self::read_message).
    #[must_use]
    pub fn lookup(&self, route: &Route) -> Option<Lookup> {
        lookup(self.inbound.content.text(), &self.thread, &self.places(), route)
    }

    /// Takes what was found for the [lookup](Self::lookup), best first.
    pub fn take_findings(&mut self, lookup: &Lookup, found: Vec<Excerpt>) {
        let findings = Findings::weigh(&self.reply_context().tenant, lookup, found);
        self.findings = findings;
    }

    /// Notes which index of the documents was there, whether it was looked in or not.
    pub fn note_index(&mut self, name: &str) {
        self.findings.set_index(name);
    }

    /// The task that staff get about what does not agree in the documents: the same for the same two places. Where there is one, or was,
    /// [say so](Self::dispute_is_known).
    #[must_use]
    pub fn dispute(&self) -> Option<TaskId> {
        let of = |parts: [&str; 4]| TaskId::derive(&self.tenant.id, &[&["dispute"], &parts[..]].concat());
        let page = |page: Option<u32>| page.map(|page| page.to_string()).unwrap_or_default();
        Some(match self.findings.disagreement()? {
            Disagreement::OfDocuments(one, other) => {
                let (one, other) = if one <= other { (one, other) } else { (other, one) };
                of([&one.document, &page(one.page), &other.document, &page(other.page)])
            }
            Disagreement::WithCatalogue { document, service } => {
                of([&document.document, &page(document.page), "catalogue", service])
            }
        })
    }

    /// Staff have the task about it, or had it.
    pub fn dispute_is_known(&mut self) {
        self.is_dispute_known = true;
    }

    /// Tells the team of what does not agree in the documents, once.
    pub(super) fn tell_of_dispute(&mut self) {
        let Some((id, dispute)) = self.dispute().zip(self.findings.disagreement()) else { return };
        if self.is_dispute_known {
            return;
        }
        let (title, note) = match dispute {
            Disagreement::OfDocuments(one, other) => (
                "Two documents do not agree".to_owned(),
                format!(
                    "{} and {} name other figures for the same thing. A customer asked for it and was told neither.",
                    one.shown(),
                    other.shown()
                ),
            ),
            Disagreement::WithCatalogue { document, service } => (
                "A document and the list of services do not agree".to_owned(),
                format!(
                    "{} names another price for {service} than the list of services. Customers are told the one of the list.",
                    document.shown()
                ),
            ),
        };
        let contact = self.person.contact.id;
        let task = Task {
            id,
            contact,
            conversation: Some(self.thread.id),
            kind: TaskKind::Other,
            title,
            note,
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

/// What is to be looked for where `text` came on `thread`.
pub(super) fn lookup(text: &str, thread: &Conversation, places: &Places<'_>, route: &Route) -> Option<Lookup> {
    if route.escalate.is_some() || !builtin::may_ask(text) {
        return None;
    }
    let theirs = thread.recent.iter().rev().filter(|line| line.role == Role::Customer);
    let mut before: Vec<String> = theirs.take(LINES_BEFORE).map(|line| line.text.clone()).collect();
    before.reverse();
    Some(Lookup {
        text: text.to_owned(),
        before,
        language: route.language.to_string(),
        location: places.meant.map(|location| location.id.to_string()),
    })
}
