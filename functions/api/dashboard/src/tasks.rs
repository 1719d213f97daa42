//! What waits for a person: escalations and tasks.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::conversations::{Escalation, Task};
use domain::identity::{Permission, may};
use maud::{Markup, html};
use serde::Deserialize;
use store::Page;

use crate::answer::Html;
use crate::shell::{self, form, next, nothing};
use crate::show::moment;
use crate::view::View;

/// Entries on a page.
const ON_A_PAGE: usize = 25;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    cursor: Option<String>,
}

/// `GET /app/tasks`
pub(crate) async fn page(
    view: View<may::ReadConversations>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant) = (view.words, &view.tenant.id);
    let (escalations, tasks) = (guard.store.escalations(), guard.store.tasks());
    let (escalations, tasks) = tokio::try_join!(
        escalations.list(tenant, Some("pending"), ON_A_PAGE, None),
        tasks.list(tenant, true, ON_A_PAGE, wanted.cursor.as_deref()),
    )?;
    let main = html! {
        h1 { (words.t("nav-tasks")) }
        section aria-labelledby="escalations-title" {
            h2 #escalations-title { (words.t("escalations-title")) }
            div #escalations data-live { (called(&view, &escalations)) }
        }
        section aria-labelledby="tasks-title" {
            h2 #tasks-title { (words.t("tasks-title")) }
            div #tasks data-live { (to_do(&view, &tasks)) }
        }
    };
    Ok(Html(shell::page(&view, "/app/tasks", &words.t("nav-tasks"), &main)))
}

fn called<R>(view: &View<R>, page: &Page<Escalation>) -> Markup {
    let words = view.words;
    html! {
        (nothing(words, page, "escalations-empty"))
        ul.rows {
            @for escalation in &page.items {
                li {
                    a.row-link href=(format!("/app/inbox/{}", escalation.conversation)) {
                        strong { (words.value("reason", &escalation.reason)) }
                        span.quiet { " " (moment(escalation.raised_at, &view.zone)) }
                    }
                    @if view.permits(Permission::WriteLeads) { (resolve(view, escalation)) }
                }
            }
        }
        @if page.cursor.is_some() { p.quiet { (words.t("escalations-more")) } }
    }
}

fn resolve<R>(view: &View<R>, escalation: &Escalation) -> Markup {
    let call = format!("POST /v1/conversations/{}/escalations/{}/resolve", escalation.conversation, escalation.id);
    with_note(view, &call, &escalation.id.to_string(), &view.words.t("done-resolve"), &view.words.t("do-resolve"))
}

/// A button, with a line of what was done about it.
fn with_note<R>(view: &View<R>, call: &str, id: &str, done: &str, label: &str) -> Markup {
    let field = format!("note-{id}");
    let fields = html! {
        label.hidden for=(field) { (view.words.t("resolution-note")) }
        input id=(field) name="note" maxlength="1000" placeholder=(view.words.t("resolution-note")) dir="auto"
            data-draft=(field);
        button.second type="submit" { (label) }
    };
    form(call, done, "inline", &fields)
}

fn to_do<R>(view: &View<R>, page: &Page<Task>) -> Markup {
    let words = view.words;
    html! {
        (nothing(words, page, "tasks-empty"))
        ul.rows {
            @for task in &page.items { (entry(view, task)) }
        }
        (next(words, "/app/tasks", &[], page.cursor.as_deref()))
    }
}

/// A task in a list, with what is done about it.
pub(crate) fn entry<R>(view: &View<R>, task: &Task) -> Markup {
    let words = view.words;
    html! {
        li {
            div {
                p {
                    strong dir="auto" { (task.title) } " "
                    @if task.urgent { span.tag.alert { (words.t("tag-urgent")) } }
                }
                @if !task.note.is_empty() { p.quiet.lines dir="auto" { (task.note) } }
                p.quiet {
                    (words.value("task", &task.kind)) " · " (moment(task.created_at, &view.zone))
                    @if let Some(due) = task.due_at { " · " (words.t("task-due")) " " (moment(due, &view.zone)) }
                    @if let Some(thread) = task.conversation {
                        " · " a href=(format!("/app/inbox/{thread}")) { (words.t("to-conversation")) }
                    }
                }
            }
            @if view.permits(Permission::WriteLeads) {
                (with_note(view, &format!("POST /v1/tasks/{}/finish", task.id), &task.id.to_string(),
                    &words.t("done-task"), &words.t("do-task")))
            }
        }
    }
}
