//! One conversation: what was said, by whom and what happened to it; what is known of the customer; and what staff can do.

use api::{ApiError, Guard};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::conversations::summary::PointKind;
use domain::conversations::{Conversation, Message, Note, Presence, ReceivedFile, Role, Summary};
use domain::identity::{Member, Permission, may};
use domain::leads::{KnownAddress, Lead};
use domain::messaging::{Strength, Verdict};
use domain::{ConversationId, Failure, LeadId};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use store::{OpenQuery, OpenThread, Replay};

use crate::answer::{Bucket, Html, POLICY, StreamOrigin};
use crate::calendar::in_conversation;
use crate::composer::composer;
use crate::inbox::{self, Wanted, countdown, holder};
use crate::lead::known;
use crate::shell::{self, button, escaped, form};
use crate::show::{address, moment, people, reason, who};
use crate::view::View;
use crate::words::Words;

/// Messages on a page.
const ON_A_PAGE: usize = 50;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Shown {
    queue: String,
    unread: String,
    /// Where older messages begin.
    before: Option<String>,
}

/// `GET /app/inbox/{id}`
pub(crate) async fn page(
    view: View<may::ReadConversations>,
    State(guard): State<Guard>,
    Extension(bucket): Extension<Bucket>,
    streams: Option<Extension<StreamOrigin>>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, ApiError> {
    let id = ConversationId::parse(&id)?;
    let wanted = Wanted { queue: shown.queue, unread: shown.unread, cursor: None };
    let open = OpenQuery { id, limit: ON_A_PAGE, before: shown.before.as_deref() };
    let (tenants, members) = (guard.store.tenants(), guard.store.members());
    let (inbox, locations, team) = tokio::try_join!(
        inbox::read(&view, &guard, &wanted, Some(open)),
        tenants.locations(&view.tenant.id),
        members.team(&view.tenant.id),
    )?;
    let OpenThread { replay, present, lead, addresses, opt_out_state } =
        inbox.open.as_ref().ok_or_else(|| Failure::not_found("conversation"))?;
    let thread = &replay.conversation;
    let name = lead.as_ref().and_then(|lead| lead.name.clone()).unwrap_or_else(|| view.words.t("nobody-named"));
    let main = html! {
        script type="module" src="/app/inbox.js" {}
        div.panes {
            (inbox::list(&view, &wanted, &inbox, &team, Some(id)))
            section.pane.thread aria-label=(view.words.t("thread-label")) data-conversation=(id) {
                (head(&view, &wanted, thread, &team, &name))
                (who_is_here(&view, present))
                @if let Some(summary) = &replay.summary { (said_before(&view, summary)) }
                (messages(&view, replay, &team, &wanted))
                @if view.permits(Permission::WriteConversations) { (composer(&view, thread, opt_out_state, streams.is_some())) }
            }
            aside.pane.about aria-label=(view.words.t("about-label")) {
                (about(&view, lead.as_ref(), addresses))
                @if view.permits(Permission::WriteSchedule) { (in_conversation(&view, thread.contact, lead.as_ref(), &locations)) }
            }
        }
    };
    // Pictures of messages are in the bucket, and files that go along with a reply are sent there.
    let policy = POLICY.replace("img-src 'self'", &format!("img-src 'self' {}", bucket.0));
    let stream = streams.map(|Extension(origin)| format!(" {}", origin.0)).unwrap_or_default();
    let policy = policy.replace("connect-src 'self'", &format!("connect-src 'self' {}{stream}", bucket.0));
    Ok(Html(shell::page(&view, "/app/inbox", &name, &main)).under(&policy))
}

/// Who else looks at the conversation.
fn who_is_here<R>(view: &View<R>, present: &[Presence]) -> Markup {
    let words = view.words;
    let others = present.iter().filter(|presence| Some(presence.account) != view.account());
    html! {
        div #here data-live role="status" {
            @for other in others {
                @let name = if other.name.is_empty() { words.t("somebody") } else { other.name.clone() };
                span.tag.met dir="auto" { (words.with(if other.writing { "is-writing" } else { "is-here" }, "name", name)) }
            }
        }
    }
}

fn head<R>(view: &View<R>, wanted: &Wanted, thread: &Conversation, team: &[Member], name: &str) -> Markup {
    let words = view.words;
    let path = |what: &str| format!("POST /v1/conversations/{}/{what}", thread.id);
    html! {
        div.thread-head {
            a.back href=(format!("/app/inbox?{}", wanted.query())) { (words.t("back-to-inbox")) }
            h1 dir="auto" { (name) }
            div #thread-state data-live data-messages=(thread.message_count) {
                p.tags {
                    span.tag { (words.value("channel", &thread.channel)) }
                    (holder(view, thread, team))
                    (countdown(view.words, thread, view.now()))
                    @if let Some(until) = thread.handling.snoozed_until.filter(|until| *until > view.now()) {
                        span.tag { (words.t("tag-snoozed")) " " (moment(until, &view.zone)) }
                    }
                    @if thread.handling.resolved_at.is_some() { span.tag { (words.t("tag-resolved")) } }
                }
                @if view.permits(Permission::WriteConversations) {
                    div.actions {
                        @if thread.handling.is_with_staff() {
                            (button(&path("hand-back"), &words.t("done-hand-back"), &words.t("do-hand-back")))
                        } @else {
                            (button(&path("take-over"), &words.t("done-take-over"), &words.t("do-take-over")))
                        }
                        (assign(view, thread))
                        (assign_to(view, thread, team))
                        @if thread.handling.resolved_at.is_none() {
                            (button(&path("resolve"), &words.t("done-resolve"), &words.t("do-resolve")))
                        }
                        (snooze(view, thread))
                    }
                }
                (mark_unread(view, wanted, thread))
            }
        }
    }
}

/// Assigns it to oneself, or to nobody.
fn assign<R>(view: &View<R>, thread: &Conversation) -> Markup {
    let Some(me) = view.account() else { return html! {} };
    let words = view.words;
    let call = format!("POST /v1/conversations/{}/assign", thread.id);
    let is_mine = thread.handling.assignee == Some(me);
    html! {
        form.button method="post" data-call=(call) data-done=(words.t(if is_mine { "done-release" } else { "done-assign" })) {
            @if is_mine {
                input type="hidden" name="account" value="" data-type="null";
                button.second type="submit" { (words.t("do-release")) }
            } @else {
                input type="hidden" name="account" value=(me);
                button.second type="submit" { (words.t("do-assign")) }
            }
            p.problem role="alert" {}
        }
    }
}

/// Gives it to a colleague who may write in it.
fn assign_to<R>(view: &View<R>, thread: &Conversation, team: &[Member]) -> Markup {
    let words = view.words;
    let may_write = |member: &&Member| member.role.permits(Permission::WriteConversations);
    let others: Vec<&Member> =
        team.iter().filter(may_write).filter(|member| Some(member.account) != view.account()).collect();
    let fields = html! {
        label.hidden for="assign-to" { (words.t("assign-label")) }
        select #assign-to name="account" { (people(others.iter().copied(), thread.handling.assignee)) }
        button.second type="submit" { (words.t("do-assign-to")) }
    };
    html! {
        @if !others.is_empty() {
            (form(&format!("POST /v1/conversations/{}/assign", thread.id), &words.t("done-assign-to"), "button", &fields))
        }
    }
}

/// Makes its last message unread again, and leads back to the list.
fn mark_unread<R>(view: &View<R>, wanted: &Wanted, thread: &Conversation) -> Markup {
    let words = view.words;
    let read = thread.message_count.saturating_sub(1);
    html! {
        @if view.account().is_some() && thread.unread(None, view.now()) > 0 {
            form.button method="post" data-call=(format!("POST /v1/conversations/{}/read", thread.id))
                data-done=(words.t("done-unread")) data-then=(format!("/app/inbox?{}", wanted.query())) {
                input type="hidden" name="messages" value=(read) data-type="number";
                button.second type="submit" { (words.t("do-unread")) }
                p.problem role="alert" {}
            }
        }
    }
}

fn snooze<R>(view: &View<R>, thread: &Conversation) -> Markup {
    let words = view.words;
    let fields = html! {
        label.hidden for="snooze-until" { (words.t("snooze-label")) }
        select #snooze-until name="until" data-type="hours-from-now" {
            option value="1" { (words.t("snooze-hour")) }
            option value="24" { (words.t("snooze-day")) }
            option value="168" { (words.t("snooze-week")) }
        }
        button.second type="submit" { (words.t("do-snooze")) }
    };
    form(&format!("POST /v1/conversations/{}/snooze", thread.id), &words.t("done-snooze"), "button", &fields)
}

/// What was said before in short lines, by kind, with the message that each goes back to.
fn said_before<R>(view: &View<R>, summary: &Summary) -> Markup {
    let words = view.words;
    let of = |kind: PointKind| summary.points.iter().filter(move |point| point.kind == kind);
    html! {
        details #summary {
            summary { (words.t("summary-title")) }
            dl {
                @for kind in PointKind::ALL {
                    @if of(kind).next().is_some() {
                        dt { (words.value("point", &kind)) }
                        @for point in of(kind) {
                            dd {
                                span dir="auto" { (point.text) } " "
                                span.quiet { (words.with("summary-message", "number", i64::from(point.message))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was said and noted, oldest first.
fn messages<R>(view: &View<R>, replay: &Replay, team: &[Member], wanted: &Wanted) -> Markup {
    let words = view.words;
    let mut lines: Vec<(Timestamp, Markup)> =
        replay.messages.iter().map(|message| (message.reference.at, bubble(view, message, team))).collect();
    let oldest = replay.messages.iter().map(|message| message.reference.at).min();
    let noted = replay.notes.iter().filter(|note| replay.cursor.is_none() || oldest.is_some_and(|at| note.at >= at));
    lines.extend(noted.map(|note| (note.at, note_line(view, note, team))));
    lines.sort_by_key(|(at, _)| *at);
    html! {
        div #messages.messages data-live data-follow tabindex="0" role="log" aria-label=(words.t("messages-label")) {
            @if let Some(cursor) = &replay.cursor {
                p.more {
                    a href=(format!("/app/inbox/{}?{}&before={}", replay.conversation.id, wanted.query(), escaped(cursor))) {
                        (words.t("older-messages"))
                    }
                }
            }
            @for (_, line) in &lines { (line) }
        }
    }
}

fn bubble<R>(view: &View<R>, message: &Message, team: &[Member]) -> Markup {
    let words = view.words;
    let side = match message.role {
        Role::Customer => "customer",
        Role::Assistant => "assistant",
        Role::Staff => "staff",
        Role::Notice => "notice",
    };
    // Which of the staff.
    let author = match &message.by {
        Some(by) => who(words, by, team),
        None => words.value("role", &message.role),
    };
    let delivery = message.delivery.as_ref();
    let verdict = delivery.and_then(|delivery| delivery.verdict.as_ref());
    // A message that the gate lets out needs no reason.
    let kept = || verdict.filter(|verdict| !matches!(verdict, Verdict::Allowed { .. })).map(Verdict::why);
    let why = delivery.and_then(|delivery| delivery.reason.as_deref().or_else(kept));
    html! {
        article.bubble.(side) {
            p.quiet {
                span dir="auto" { (author) } " · " (moment(message.reference.at, &view.zone))
                @if let Some(sure) = message.confidence { " · " (words.with("confidence", "percent", i64::from(sure))) }
            }
            p.said dir="auto" { (message.text) }
            @for file in message.files.iter().flat_map(|all| &all.files) { (file_of(words, file)) }
            @if let Some(delivery) = delivery {
                p.quiet {
                    (words.value("delivery", &delivery.state))
                    @if let Some(why) = why { ": " (reason(words, verdict, why)) }
                }
            }
        }
    }
}

/// A picture to look at, or a link to what is no picture.
fn file_of(words: &Words, file: &ReceivedFile) -> Markup {
    let link = format!("/v1/received-files/{}", file.id);
    html! {
        @if let Some(why) = &file.missing {
            p.quiet { (words.value("file-missing", why)) }
        } @else if file.is_picture() {
            a href=(link) target="_blank" rel="noreferrer" { img.received src=(link) alt=(file.name.clone().unwrap_or_else(|| words.t("file-picture"))) loading="lazy"; }
        } @else {
            @let shown = file.name.clone().unwrap_or_else(|| words.with("file-open", "kind", file.content_type.clone()));
            p { a href=(link) target="_blank" rel="noreferrer" dir="auto" { (shown) } }
        }
    }
}

fn note_line<R>(view: &View<R>, note: &Note, team: &[Member]) -> Markup {
    html! {
        article.bubble.note {
            p.quiet {
                (view.words.t("note-title")) " · " span dir="auto" { (who(view.words, &note.by, team)) } " · "
                (moment(note.at, &view.zone))
            }
            p.said dir="auto" { (note.text) }
        }
    }
}

/// What the assistant knows of the customer, and how they are reached.
fn about<R>(view: &View<R>, lead: Option<&Lead>, addresses: &[KnownAddress]) -> Markup {
    let words = view.words;
    html! {
        h2 { (words.t("about-label")) }
        div #about data-live {
            (reached(view, addresses))
            @if let Some(lead) = lead {
                (known(view, lead))
                p { a href=(lead_path(lead.id)) { (words.t("to-lead")) } }
            }
        }
    }
}

/// Where a lead's page is.
pub(crate) fn lead_path(id: LeadId) -> String {
    format!("/app/leads/{id}")
}

/// The addresses of a contact, and how sure it is that they are theirs.
pub(crate) fn reached<R>(view: &View<R>, addresses: &[KnownAddress]) -> Markup {
    let words = view.words;
    let shown = addresses.iter().filter_map(|known| Some((address(&known.address)?, known.strength)));
    html! {
        ul.addresses {
            @for (text, strength) in shown {
                li {
                    span { (text) } " "
                    span.tag { (words.t(match strength { Strength::Proven => "strength-proven", Strength::Given => "strength-given" })) }
                }
            }
        }
    }
}
