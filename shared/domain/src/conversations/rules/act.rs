//! What rules do.

use std::collections::BTreeSet;

use crate::conversations::escalating::{About, notices_to};
use crate::conversations::{Message, NoticeKind, Role, Task, TaskKind};
use crate::events::EventKind;
use crate::ids::{StaffId, TaskId};
use crate::messaging::Email;
use crate::tenancy::{EscalationRule, RuleAction};

/// What rules do at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts {
    /// Notices, beside those that every escalation sends.
    pub notices: Vec<Message>,
    /// What staff are to do.
    pub tasks: Vec<Task>,
    /// What other functions hear of.
    pub events: Vec<EventKind>,
}

/// What `rules` do. `raised`: an escalation was raised with them, of which the tenant's own addresses hear, and which carries the
/// assignment.
pub(crate) fn act(rules: &[&EscalationRule], raised: bool, about: &About<'_>) -> Acts {
    let mut acts = Acts::default();
    let mut told: BTreeSet<&Email> = if raised { about.tenant.notify.iter().collect() } else { BTreeSet::new() };
    let mut to = Vec::new();
    for rule in rules {
        for action in &rule.then {
            match action {
                RuleAction::Notify(list) => to.extend(list.iter().filter(|email| told.insert(email)).cloned()),
                RuleAction::CallList(list) => acts.tasks.extend(call(rule, list, about)),
                RuleAction::CreateTask(title) => {
                    acts.tasks.push(task(rule, "task", TaskKind::Other, title, None, about));
                }
                RuleAction::Assign(_) if raised => {}
                RuleAction::Assign(staff) => {
                    let title = format!("Take over from here: {}", who(about));
                    acts.tasks.push(task(rule, "assign", TaskKind::Answer, &title, Some(staff), about));
                }
            }
        }
    }
    let names: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    for (message, event) in notices_to(NoticeKind::Escalation, about, &to, &names) {
        acts.notices.push(message);
        acts.events.push(event);
    }
    let contact = about.lead.contact;
    acts.events.extend(acts.tasks.iter().map(|task| EventKind::TaskCreated { task: task.id, contact }));
    acts
}

/// The call of a call list: the first of them calls, and knows who is next.
fn call(rule: &EscalationRule, list: &[StaffId], about: &About<'_>) -> Option<Task> {
    let (first, others) = list.split_first()?;
    let title = format!("Call {}", who(about));
    let mut task = task(rule, "call", TaskKind::Call, &title, Some(first), about);
    if !others.is_empty() {
        let others: Vec<&str> = others.iter().map(StaffId::as_str).collect();
        task.note = format!("If you cannot, in this order: {}.\n{}", others.join(", "), task.note);
    }
    Some(task)
}

fn task(
    rule: &EscalationRule,
    which: &str,
    kind: TaskKind,
    title: &str,
    assignee: Option<&StaffId>,
    about: &About<'_>,
) -> Task {
    let (thread, by) = (format!("{}|{}", about.thread.id, about.thread.version), about.by.to_string());
    let said = about.thread.recent.iter().rev().find(|line| line.role == Role::Customer);
    let said = said.map(|line| format!(" They wrote: {}", line.text.chars().take(300).collect::<String>()));
    Task {
        id: TaskId::derive(&about.tenant.id, &["rule", &thread, &by, rule.id.as_str(), which]),
        contact: about.lead.contact,
        conversation: Some(about.thread.id),
        kind,
        title: title.chars().take(200).collect(),
        note: format!("Your rule {} asks for this.{}", rule.id, said.unwrap_or_default()),
        urgent: true,
        assignee: assignee.cloned(),
        due_at: about.thread.sla.staff.map(|wait| wait.due),
        created_at: about.at,
        done: None,
    }
}

fn who(about: &About<'_>) -> String {
    let name = about.lead.name.as_deref().unwrap_or("the customer");
    format!("{name}, who wrote on {}", about.thread.channel)
}
