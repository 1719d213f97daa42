//! The inbox: the queues, and who waits in them.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::conversations::{Conversation, ConversationStatus, Holder, Role};
use domain::identity::{Member, may};
use domain::{ConversationId, Failure};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;
use store::{Inbox, InboxQuery, OpenQuery, Queue, ThreadFilter};

use crate::answer::Html;
use crate::shell::{self, next, nothing};
use crate::show::{moment, named, short};
use crate::view::View;
use crate::words::Words;

/// Threads on a page.
const ON_A_PAGE: usize = 25;
/// The queues, as they stand above the list; `all` is the rest of them.
const QUEUES: [&str; 6] = ["all", "mine", "unassigned", "escalated", "snoozed", "resolved"];

/// Which list.
#[derive(Deserialize, Debug, Default, Clone)]
#[serde(default)]
pub(crate) struct Wanted {
    pub(crate) queue: String,
    /// `1`: only what its reader has not read.
    pub(crate) unread: String,
    pub(crate) cursor: Option<String>,
}

impl Wanted {
    /// The queue's name; one that is not known is `all`.
    pub(crate) fn name(&self) -> &'static str {
        QUEUES.into_iter().find(|name| *name == self.queue).unwrap_or("all")
    }

    fn is_unread(&self) -> bool {
        self.unread == "1"
    }

    /// The query of this list, of the queue `name`.
    fn of_queue(&self, name: &str) -> String {
        format!("queue={name}{}", if self.is_unread() { "&unread=1" } else { "" })
    }

    /// Its query, for the address of a page that shows it.
    pub(crate) fn query(&self) -> String {
        self.of_queue(self.name())
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

/// A page of the wanted queue, and the conversation beside it.
pub(crate) async fn read<R>(
    view: &View<R>,
    guard: &Guard,
    wanted: &Wanted,
    open: Option<OpenQuery<'_>>,
) -> Result<Inbox, Failure> {
    let filter = ThreadFilter {
        queue: wanted.queue(view).map(|queue| (queue, view.now())),
        unread_by: view.account().filter(|_| wanted.is_unread()).map(|account| (account, view.now())),
        ..ThreadFilter::default()
    };
    let cursor = wanted.cursor.as_deref();
    let query = InboxQuery { reader: view.account(), filter, limit: ON_A_PAGE, cursor, open, now: view.now() };
    guard.store.conversations().inbox(&view.tenant.id, &query).await
}

/// `GET /app/inbox`
pub(crate) async fn page(
    view: View<may::ReadConversations>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (inbox, team) =
        tokio::try_join!(read(&view, &guard, &wanted, None), guard.store.members().team(&view.tenant.id))?;
    let words = view.words;
    let main = html! {
        h1.hidden { (words.t("nav-inbox")) }
        div.panes.list-only {
            (list(&view, &wanted, &inbox, &team, None))
            section.pane.empty { p { (words.t("inbox-choose")) } }
        }
    };
    Ok(Html(shell::page(&view, "/app/inbox", &words.t("nav-inbox"), &main)))
}

/// The pane with the queues and who waits; `open` is the thread beside it.
pub(crate) fn list<R>(
    view: &View<R>,
    wanted: &Wanted,
    inbox: &Inbox,
    team: &[Member],
    open: Option<ConversationId>,
) -> Markup {
    let words = view.words;
    let other = Wanted { unread: if wanted.is_unread() { String::new() } else { "1".to_owned() }, ..wanted.clone() };
    let more = [("queue", wanted.name()), ("unread", if wanted.is_unread() { "1" } else { "" })];
    html! {
        section.pane.threads aria-label=(words.t("inbox-queues")) {
            nav.queues aria-label=(words.t("inbox-queues")) {
                ul {
                    @for name in QUEUES {
                        li {
                            a href=(format!("/app/inbox?{}", wanted.of_queue(name))) aria-current=[(wanted.name() == name).then_some("true")] {
                                (words.value("queue", &name))
                            }
                        }
                    }
                    @if view.account().is_some() {
                        li {
                            a href=(format!("/app/inbox?{}", other.query())) aria-current=[wanted.is_unread().then_some("true")] {
                                (words.t("unread-only"))
                            }
                        }
                    }
                }
            }
            div #threads data-live {
                (nothing(words, &inbox.threads, "inbox-empty"))
                ul.rows {
                    @for thread in &inbox.threads.items { (row(view, wanted, (inbox, team), thread, open)) }
                }
                (next(words, "/app/inbox", &more, inbox.threads.cursor.as_deref()))
            }
        }
    }
}

fn row<R>(
    view: &View<R>,
    wanted: &Wanted,
    (inbox, team): (&Inbox, &[Member]),
    thread: &Conversation,
    open: Option<ConversationId>,
) -> Markup {
    let words = view.words;
    let lead = inbox.leads.get(&thread.contact);
    let name = lead.and_then(|lead| lead.name.clone()).unwrap_or_else(|| words.t("nobody-named"));
    let last = thread.recent.last();
    html! {
        li {
            a.row-link href=(format!("/app/inbox/{}?{}", thread.id, wanted.query()))
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
                    (unread(view, inbox, thread))
                    span.tag { (words.value("channel", &thread.channel)) }
                    (holder(view, thread, team))
                    @if thread.status == ConversationStatus::Escalated { span.tag.alert { (words.t("tag-escalated")) } }
                    (countdown(words, thread, view.now()))
                }
            }
        }
    }
}

/// How many messages of a thread whoever looks has not read, where there are any.
fn unread<R>(view: &View<R>, inbox: &Inbox, thread: &Conversation) -> Markup {
    let count = if view.account().is_some() { thread.unread(inbox.marks.get(&thread.id), view.now()) } else { 0 };
    html! { @if count > 0 { span.tag.met { (view.words.with("unread-count", "count", count)) } } }
}

/// Who has a thread.
pub(crate) fn holder<R>(view: &View<R>, thread: &Conversation, team: &[Member]) -> Markup {
    let words = view.words;
    let name = match thread.handling.holder() {
        Holder::Assistant => words.t("tag-assistant"),
        Holder::Person(account) if Some(account) == view.account() => words.t("tag-mine"),
        Holder::Person(account) => named(team, account).map_or_else(|| words.t("tag-colleague"), ToOwned::to_owned),
        Holder::Nobody => words.t("tag-nobody"),
    };
    html! { span.tag dir="auto" { (name) } }
}

/// For how long a customer has waited, and the time that is left to answer them or by how much it is over, where one waits; the page is asked
/// for again before the minute is over.
pub(crate) fn countdown(words: &Words, thread: &Conversation, now: Timestamp) -> Markup {
    let waits = [thread.sla.staff, thread.sla.first_response];
    let Some(wait) = waits.into_iter().flatten().min_by_key(|wait| wait.due) else { return html! {} };
    let is_late = wait.due <= now;
    let (name, left) = if is_late {
        ("minutes-late", minutes(wait.due, now).max(1))
    } else {
        // The minute that has begun counts: nothing is left only once it is over.
        ("minutes-left", minutes(now, wait.due + SignedDuration::from_secs(59)))
    };
    html! {
        span.tag.alert[is_late] {
            (words.with("minutes-waiting", "count", minutes(wait.since, now))) ", " (words.with(name, "count", left))
        }
    }
}

/// The full minutes from `since` to `until`.
fn minutes(since: Timestamp, until: Timestamp) -> i64 {
    until.duration_since(since).as_mins().max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;
    use axum::http::HeaderMap;
    use domain::messaging::Channel;
    use domain::tenancy::Language;
    use domain::{ContactId, LeadId};

    #[test]
    fn who_waits_is_shown_with_the_minutes_that_are_left_and_then_by_how_many_it_is_late() {
        let at = |time: &str| -> Timestamp { format!("2026-11-20T12:{time}Z").parse().unwrap() };
        let id = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
        let (thread, contact, lead) =
            (ConversationId::parse(id).unwrap(), ContactId::parse(id).unwrap(), LeadId::parse(id).unwrap());
        let mut thread = Conversation::new(thread, contact, lead, Channel::Sms, Language::english(), at("00:00"));
        let shown = |thread: &Conversation, now: &str| {
            countdown(words::accepted(&HeaderMap::new()), thread, at(now)).into_string()
        };
        assert_eq!(shown(&thread, "00:00"), "", "no one waits");
        let wait = |due: &str| serde_json::json!({"since": at("00:00"), "due": at(due)});
        let sla = serde_json::json!({"first_response": wait("30:00"), "staff": wait("05:00")});
        thread.sla = serde_json::from_value(sla).unwrap();
        for (now, tag) in [
            ("00:00", "\"tag\">waiting for 0 minutes, 5 minutes left"),
            ("02:01", "\"tag\">waiting for 2 minutes, 3 minutes left"),
            ("04:30", "\"tag\">waiting for 4 minutes, 1 minute left"),
            ("05:00", "\"tag alert\">waiting for 5 minutes, 1 minute late"),
            ("12:30", "\"tag alert\">waiting for 12 minutes, 7 minutes late"),
        ] {
            assert_eq!(shown(&thread, now), format!("<span class={tag}</span>"), "{now}");
        }
    }
}
