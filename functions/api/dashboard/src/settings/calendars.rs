//! Calendars that people keep elsewhere: connected, with how their readings go, and the way to Google and back.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use domain::identity::{Permission, may};
use domain::scheduling::{CalendarAccount, CalendarKind, OutsideCalendar, Resource};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use store::{Page, Versioned};

use super::fields::{choice, line, options, tick};
use super::{ON_A_PAGE, Reader};
use crate::answer::Html;
use crate::shell::{button, escaped, next};
use crate::show::moment;
use crate::view::View;
use crate::words;

const PATH: &str = "/app/settings/calendars";
const KINDS: [CalendarKind; 6] = [
    CalendarKind::Feed,
    CalendarKind::Google,
    CalendarKind::CalCom,
    CalendarKind::Calendly,
    CalendarKind::Shopmonkey,
    CalendarKind::WhenIWork,
];
/// Schedulers, and the words that say what their key is.
const KEYS: [(&str, &str); 4] = [
    ("calcom", "elsewhere-key-calcom"),
    ("calendly", "elsewhere-key-calendly"),
    ("shopmonkey", "elsewhere-key-shopmonkey"),
    ("when_i_work", "elsewhere-key-when-i-work"),
];

/// Which page of the list, and what Google sent back with somebody.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    cursor: Option<String>,
    state: String,
    code: String,
}

/// What Google sends people back with.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct SentBack {
    state: String,
    code: String,
}

/// `GET /app/settings/calendars`
pub(super) async fn page(
    view: View<may::ReadSchedule>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let tenant = &view.tenant.id;
    let page = guard.store.documents().list(tenant, ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let resources: Vec<Resource> = guard.store.documents().all(tenant).await?;
    Ok(super::page(&view, PATH, &content(Reader::of(&view), &resources, &page, &wanted)))
}

/// `GET /app/google`: where Google sends people back. A browser brings no session along on the way from another site, so that
/// this page, which shows nothing, goes on to the one that needs it.
pub(crate) async fn back(headers: HeaderMap, Query(sent): Query<SentBack>) -> Html {
    let words = words::accepted(&headers);
    let next = format!("{PATH}?state={}&code={}", escaped(&sent.state), escaped(&sent.code));
    Html(html! {
        (DOCTYPE)
        html lang=(words.language) {
            head {
                meta charset="utf-8";
                meta name="robots" content="noindex";
                meta http-equiv="refresh" content=(format!("0; url={next}"));
                title { "Porchlight" }
            }
            body { p { a href=(next) { (words.t("elsewhere-go-on")) } } }
        }
    })
}

pub(super) fn content(
    reader: Reader<'_>,
    resources: &[Resource],
    page: &Page<Versioned<OutsideCalendar>>,
    wanted: &Wanted,
) -> Markup {
    let may = reader.permits(Permission::WriteSettings);
    html! {
        p.quiet { (reader.t("elsewhere-text")) }
        @if may { (bring_back(reader, wanted)) }
        section #entries data-live {
            @if page.items.is_empty() { p.empty { (reader.t("elsewhere-empty")) } }
            ul.entries { @for stored in &page.items { (entry(reader, resources, &stored.value, may)) } }
            (next(reader.words, PATH, &[], page.cursor.as_deref()))
        }
        @if may { (connect(reader, resources)) }
    }
}

/// Who comes back from Google has one thing left to do: what they bring is sent by their own hand.
fn bring_back(reader: Reader<'_>, wanted: &Wanted) -> Markup {
    let Some((calendar, _)) = wanted.state.split_once('.').filter(|_| wanted.cursor.is_none()) else {
        return html! {};
    };
    html! {
        section aria-labelledby="back-title" {
            h2 #back-title { (reader.t("elsewhere-back")) }
            @if wanted.code.is_empty() {
                p { (reader.t("elsewhere-refused")) }
            } @else {
                form method="post" data-call=(format!("PUT /v1/calendars/{}/consent", escaped(calendar)))
                    data-done=(reader.t("done-connect")) data-then=(PATH) {
                    input type="hidden" name="state" value=(wanted.state);
                    input type="hidden" name="code" value=(wanted.code);
                    button type="submit" { (reader.t("elsewhere-finish")) }
                    p.problem role="alert" {}
                }
            }
        }
    }
}

fn entry(reader: Reader<'_>, resources: &[Resource], calendar: &OutsideCalendar, may: bool) -> Markup {
    let whose = calendar.resource.as_ref().map(|id| {
        let resource = resources.iter().find(|resource| resource.id == *id);
        resource.map_or_else(|| id.to_string(), |resource| resource.name.clone())
    });
    let account = calendar.account.as_ref().and_then(|account| account.name.as_deref());
    let path = format!("/v1/calendars/{}", calendar.id);
    html! {
        li {
            p {
                strong dir="auto" { (calendar.name) } " "
                span.tag { (reader.words.value("elsewhere-kind", &calendar.kind)) }
                br;
                span.quiet dir="auto" {
                    (whose.unwrap_or_else(|| reader.t("elsewhere-all"))) " · " (account.unwrap_or(&calendar.host))
                }
                br;
                (health(reader, calendar))
            }
            @if may && calendar.closing.is_none() {
                @if let Some(account) = &calendar.account { (of_account(reader, calendar, account, &path)) }
                (button(&format!("DELETE {path}"), &reader.t("done-disconnect"), &reader.t("do-disconnect")))
                @if calendar.account.as_ref().is_some_and(|account| account.writes) {
                    (button(&format!("DELETE {path}?remove_events=true"), &reader.t("done-disconnect"), &reader.t("do-disconnect-clean")))
                }
            }
        }
    }
}

/// How the readings go, in a line.
fn health(reader: Reader<'_>, calendar: &OutsideCalendar) -> Markup {
    let health = &calendar.health;
    html! {
        @if calendar.closing.is_some() {
            span.tag { (reader.t("elsewhere-closing")) }
        } @else {
            span.quiet {
                @match health.read_at {
                    Some(at) => { (reader.t("elsewhere-read")) " " (moment(at, reader.zone)) }
                    None => { (reader.t("elsewhere-never")) }
                }
                @if health.unreadable > 0 {
                    " · " (reader.words.with("elsewhere-unreadable", "count", health.unreadable))
                }
            }
            @if let Some(why) = &health.error { br; span.problem lang="en" { (why) } }
        }
    }
}

/// Whether an account grants us access, and which of its calendars it is.
fn of_account(reader: Reader<'_>, calendar: &OutsideCalendar, account: &CalendarAccount, path: &str) -> Markup {
    let words = reader.words;
    let within = format!("{}-", calendar.id);
    let is_written = calendar.kind != CalendarKind::WhenIWork;
    let choices = account.choices.iter().map(|choice| (choice.id.clone(), choice.name.clone())).collect();
    let chosen = account.calendar.clone().unwrap_or_default();
    html! {
        @let is_out = account.name.is_none() || calendar.health.reconnect;
        @if is_out && calendar.kind.is_scheduler() {
            form method="post" data-call=(format!("PUT {path}/key")) data-done=(reader.t("done-connect")) data-reload {
                (line("elsewhere-key", "key", "").kind("password").limit(1_000).required().within(&within).show(words))
                button type="submit" { (reader.t("do-save")) }
                p.problem role="alert" {}
            }
        } @else if is_out {
            form.button method="post" data-call=(format!("POST {path}/consent")) data-done="" data-open="url" {
                button type="submit" { (reader.t("elsewhere-let-in")) }
                p.problem role="alert" {}
            }
        } @else {
            form method="post" data-call=(format!("POST {path}/choice")) data-done=(reader.t("done-save")) data-reload {
                (choice("elsewhere-choice", "calendar", choices, chosen).within(&within).show(words))
                (tick("elsewhere-writes", "writes", account.writes || account.calendar.is_none() && is_written).within(&within).show(words))
                button type="submit" { (reader.t("do-save")) }
                p.problem role="alert" {}
            }
        }
    }
}

fn connect(reader: Reader<'_>, resources: &[Resource]) -> Markup {
    let words = reader.words;
    let whose = std::iter::once((String::new(), reader.t("elsewhere-all")));
    let whose = whose.chain(resources.iter().map(|one| (one.id.to_string(), one.name.clone()))).collect();
    html! {
        section aria-labelledby="connect-title" {
            h2 #connect-title { (reader.t("elsewhere-add")) }
            form.make method="post" data-call="POST /v1/calendars" data-done=(reader.t("done-connect")) data-reload {
                (line("elsewhere-name", "name", "").limit(80).required().within("connect-").show(words))
                (choice("elsewhere-resource", "resource", whose, "").reads("empty-null").within("connect-").show(words))
                (choice("elsewhere-kind", "kind", options(words, "elsewhere-kind", &KINDS), "feed").chooses().within("connect-").show(words))
                fieldset data-when="feed" {
                    (line("elsewhere-url", "url", "").limit(2_000).hint("elsewhere-url-hint").within("connect-").show(words))
                }
                @for (kind, hint) in KEYS {
                    fieldset data-when=(kind) hidden disabled {
                        (line("elsewhere-key", "key", "").kind("password").limit(1_000).required().hint(hint).within(&format!("connect-{kind}-")).show(words))
                    }
                }
                button type="submit" { (reader.t("do-connect")) }
                p.problem role="alert" {}
            }
        }
    }
}
