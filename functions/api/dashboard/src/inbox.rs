//! The inbox: the queues, and who waits in them.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::conversations::{Conversation, ConversationStatus, Holder, Role};
use domain::identity::may;
use domain::leads::Lead;
use domain::{ContactId, ConversationId, Failure};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{Page, Queue, ThreadFilter};

use crate::answer::Html;
use crate::shell::{self, next};
use crate::show::{moment, short};
use crate::view::View;

/// Threads on a page.
const ON_A_PAGE: usize = 25;
/// The queues, as they stand above the list; `all` is the rest of them.
const QUEUES: [&str; 6] = ["all", "mine", "unassigned", "escalated", "snoozed", "resolved"];

#[derive(Deserialize, Debug, Default, Clone)]
#[serde(default)]
pub(crate) struct Wanted {
    pub(crate) queue: String,
    pub(crate) cursor: Option<String>,
}

impl Wanted {
    /// The queue's name; one that is not known is `all`.
    pub(crate) fn name(&self) -> &'static str {
        QUEUES.into_iter().find(|name| *name == self.queue).unwrap_or("all")
    }

    fn queue<R>(&self, view: &View<R>) -> Option<Queue> {
        match self.name() {
            "mine" => view.account().map(Queue::Mine),
            "unassigned" => Some(Queue::Unassigned),
            "escalated" => Some(Queue::Escalated),
            "snoozed" => Some(Queue::Snoozed),
            "resolved" => Some(Queue::Resolved),
            _ => None,
        }
    }
}

/// Who waits, and what their leads are.
pub(crate) struct Waiting {
    threads: Page<Conversation>,
    leads: BTreeMap<ContactId, Lead>,
}

impl Waiting {
    /// The latest lead of somebody who waits.
    pub(crate) fn lead(&self, contact: ContactId) -> Option<&Lead> {
        self.leads.get(&contact)
    }
}

/// A page of the wanted queue, in two calls.
pub(crate) async fn waiting<R>(view: &View<R>, guard: &Guard, wanted: &Wanted) -> Result<Waiting, Failure> {
    let tenant = &view.tenant.id;
    let filter = ThreadFilter { queue: wanted.queue(view).map(|queue| (queue, view.now())), ..ThreadFilter::default() };
    let threads = guard.store.conversations().list(tenant, filter, ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let leads = guard.store.leads().latest(tenant, threads.items.iter().map(|thread| thread.contact)).await?;
    Ok(Waiting { threads, leads })
}

/// `GET /app/inbox`
pub(crate) async fn page(
    view: View<may::ReadConversations>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let waiting = waiting(&view, &guard, &wanted).await?;
    let words = view.words;
    let main = html! {
        h1.hidden { (words.t("nav-inbox")) }
        div.panes.list-only {
            (list(&view, &wanted, &waiting, None))
            section.pane.empty { p { (words.t("inbox-choose")) } }
        }
    };
    Ok(Html(shell::page(&view, "/app/inbox", &words.t("nav-inbox"), &main)))
}

/// The pane with the queues and who waits; `open` is the thread beside it.
pub(crate) fn list<R>(view: &View<R>, wanted: &Wanted, waiting: &Waiting, open: Option<ConversationId>) -> Markup {
    let words = view.words;
    html! {
        section.pane.threads aria-label=(words.t("inbox-queues")) {
            nav.queues aria-label=(words.t("inbox-queues")) {
                ul {
                    @for name in QUEUES {
                        li {
                            a href=(format!("/app/inbox?queue={name}")) aria-current=[(wanted.name() == name).then_some("true")] {
                                (words.value("queue", &name))
                            }
                        }
                    }
                }
            }
            div #threads data-live {
                @if waiting.threads.items.is_empty() { p.empty { (words.t("inbox-empty")) } }
                ul.rows {
                    @for thread in &waiting.threads.items { (row(view, wanted, waiting, thread, open)) }
                }
                (next(words, "/app/inbox", &[("queue", wanted.name())], waiting.threads.cursor.as_deref()))
            }
        }
    }
}

fn row<R>(
    view: &View<R>,
    wanted: &Wanted,
    waiting: &Waiting,
    thread: &Conversation,
    open: Option<ConversationId>,
) -> Markup {
    let words = view.words;
    let lead = waiting.leads.get(&thread.contact);
    let name = lead.and_then(|lead| lead.name.clone()).unwrap_or_else(|| words.t("nobody-named"));
    let last = thread.recent.last();
    html! {
        li {
            a.row-link href=(format!("/app/inbox/{}?queue={}", thread.id, wanted.name()))
                aria-current=[(open == Some(thread.id)).then_some("true")] {
                span.line {
                    strong dir="auto" { (name) }
                    span.quiet { (moment(thread.last_message_at, &view.zone)) }
                }
                @if let Some(last) = last {
                    span.snippet dir="auto" {
                        @if last.role != Role::Customer { span.quiet { (words.value("role", &last.role)) ": " } }
                        (short(&last.text, 90))
                    }
                }
                span.tags {
                    span.tag { (words.value("channel", &thread.channel)) }
                    (holder(view, thread))
                    @if thread.status == ConversationStatus::Escalated { span.tag.alert { (words.t("tag-escalated")) } }
                    (countdown(view, thread))
                }
            }
        }
    }
}

/// Who has a thread.
pub(crate) fn holder<R>(view: &View<R>, thread: &Conversation) -> Markup {
    let name = match thread.handling.holder() {
        Holder::Assistant => "tag-assistant",
        Holder::Person(account) if Some(account) == view.account() => "tag-mine",
        Holder::Person(_) => "tag-colleague",
        Holder::Nobody => "tag-nobody",
    };
    html! { span.tag { (view.words.t(name)) } }
}

/// For how long somebody has waited, where somebody does; the page is asked for again before the minute is over.
pub(crate) fn countdown<R>(view: &View<R>, thread: &Conversation) -> Markup {
    let waits = [thread.sla.staff, thread.sla.first_response];
    let Some(wait) = waits.into_iter().flatten().min_by_key(|wait| wait.due) else { return html! {} };
    let minutes = minutes(wait.since, view.now());
    let late = wait.due <= view.now();
    html! {
        span.tag.alert[late] {
            (view.words.with("minutes-waiting", "count", minutes))
        }
    }
}

/// The full minutes from `since` to `now`.
fn minutes(since: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(since).as_mins().max(0)
}
