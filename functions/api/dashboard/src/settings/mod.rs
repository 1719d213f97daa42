//! The settings: a page for each part of them, and what all these pages share.
//!
//! A region marked `data-fresh` holds what is stored in one version; after a call of a form in it, it is asked for anew.

mod assistant;
mod booking;
mod business;
mod calendars;
mod canned;
mod channels;
mod data;
pub(crate) mod documents;
mod extras;
pub(crate) mod fields;
mod hours;
mod keys;
mod lists;
mod locations;
mod notices;
mod prompts;
mod questions;
mod requests;
mod resources;
mod rules;
mod services;
mod site_keys;
mod spend;
mod staff;
mod team;
#[cfg(test)]
pub(crate) mod tests;
mod training;
mod weather;
mod webhooks;

use api::{ApiError, Guard};
use axum::Router;
use axum::routing::get;
use domain::identity::{Permission, Principal, may};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use store::Versioned;

use crate::answer::Html;
use crate::shell;
use crate::view::View;
use crate::words::Words;

/// The pages of the settings: the words, the address, and the right that one must have to see it.
const PAGES: [(&str, &str, Permission); 22] = [
    ("settings-business", "/app/settings", Permission::ReadSettings),
    ("settings-hours", "/app/settings/hours", Permission::ReadSettings),
    ("settings-services", "/app/settings/services", Permission::ReadSettings),
    ("settings-questions", "/app/settings/questions", Permission::ReadSettings),
    ("settings-extras", "/app/settings/extras", Permission::ReadSettings),
    ("settings-assistant", "/app/settings/assistant", Permission::ReadSettings),
    ("settings-prompts", prompts::PATH, Permission::ReadSettings),
    ("settings-training", training::PATH, Permission::ReadSettings),
    ("settings-canned", "/app/settings/canned-answers", Permission::ReadConversations),
    ("settings-channels", "/app/settings/channels", Permission::ReadSettings),
    ("settings-locations", "/app/settings/locations", Permission::ReadSettings),
    ("settings-staff", "/app/settings/staff", Permission::ReadSettings),
    ("settings-resources", "/app/settings/resources", Permission::ReadSchedule),
    ("settings-calendars", "/app/settings/calendars", Permission::ReadSchedule),
    ("settings-weather", weather::PATH, Permission::ReadCampaigns),
    ("settings-team", "/app/settings/team", Permission::ReadMembers),
    ("settings-notices", notices::PATH, Permission::OwnAccount),
    ("settings-keys", "/app/settings/keys", Permission::ReadKeys),
    ("settings-webhooks", webhooks::PATH, Permission::ReadWebhooks),
    ("settings-requests", requests::PATH, Permission::ReadAudit),
    ("settings-spend", spend::PATH, Permission::ReadUsage),
    ("settings-data", "/app/settings/data", Permission::ReadAudit),
];

/// Entries on a page of a list.
const ON_A_PAGE: usize = 25;
/// Entries on a page, where each has a form to change it.
pub(crate) const FORMS_ON_A_PAGE: usize = 7;

pub(crate) use calendars::back as back_from_google;

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new()
        .route("/app/settings", get(business::page))
        .route("/app/settings/hours", get(hours::page))
        .route("/app/settings/services", get(services::page))
        .route("/app/settings/questions", get(questions::page))
        .route("/app/settings/extras", get(extras::page))
        .route("/app/settings/assistant", get(assistant::page))
        .route("/app/settings/canned-answers", get(canned::page))
        .route("/app/settings/channels", get(channels::page))
        .route("/app/settings/locations", get(locations::page))
        .route("/app/settings/staff", get(staff::page))
        .route("/app/settings/resources", get(resources::page))
        .route("/app/settings/calendars", get(calendars::page))
        .route("/app/settings/team", get(team::page))
        .route("/app/settings/keys", get(keys::page))
        .route(webhooks::PATH, get(webhooks::list))
        .route("/app/settings/webhooks/{id}", get(webhooks::one))
        .route(prompts::PATH, get(prompts::page))
        .route(training::PATH, get(training::page))
        .route(weather::PATH, get(weather::page))
        .route(notices::PATH, get(notices::page))
        .route(spend::PATH, get(spend::page))
        .route(requests::PATH, get(requests::page))
        .route("/app/settings/data", get(data::page))
}

/// Which page of a list.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Of one that the store gives page by page.
    cursor: Option<String>,
    /// Of one that stands in the tenant's document: the number of its first entry.
    pub(crate) from: String,
    /// Of another on the same page.
    other: String,
}

impl Wanted {
    /// The page of a list that the store gives page by page.
    pub(crate) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }
}

/// The number of the first entry; what is no number is the beginning.
pub(crate) fn first(wanted: &str) -> usize {
    wanted.parse().unwrap_or(0)
}

/// Who reads a page, and what they may.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) words: &'static Words,
    pub(crate) principal: &'a Principal,
    pub(crate) zone: &'a TimeZone,
    pub(crate) now: Timestamp,
}

impl<'a> Reader<'a> {
    pub(crate) fn of<R>(view: &'a View<R>) -> Self {
        Self { words: view.words, principal: &view.caller.principal, zone: &view.zone, now: view.now() }
    }

    pub(crate) fn permits(&self, permission: Permission) -> bool {
        self.principal.permits(permission)
    }

    /// The words of that name.
    pub(crate) fn t(&self, id: &str) -> String {
        self.words.t(id)
    }
}

/// The tenant's document as it is stored now, with its version.
async fn document(view: &View<may::ReadSettings>, guard: &Guard) -> Result<Versioned<Tenant>, ApiError> {
    Ok(guard.store.tenants().document(&view.tenant.id).await?)
}

/// A page of the settings at `path`.
fn page<R>(view: &View<R>, path: &str, main: &Markup) -> Html {
    let words = view.words;
    let title = PAGES.iter().find(|(_, address, _)| *address == path).map(|(label, ..)| words.t(label));
    let title = title.unwrap_or_default();
    let whole = html! {
        div.settings {
            nav.queues aria-label=(words.t("nav-settings")) {
                ul {
                    @for (label, address, right) in PAGES {
                        @if view.permits(right) {
                            li { a href=(address) aria-current=[(address == path).then_some("page")] { (words.t(label)) } }
                        }
                    }
                }
            }
            div { h1 { (title) } (main) }
        }
    };
    Html(shell::page(view, "/app/settings", &title, &whole))
}

/// A part of a page with its heading, in one version of what is stored; it is asked for anew after each call of a form in it.
fn region(id: &str, title: &str, version: u64, main: &Markup) -> Markup {
    let heading = format!("{id}-title");
    html! {
        section id=(id) aria-labelledby=(heading) data-fresh data-version=(version) {
            h2 id=(heading) { (title) }
            (main)
        }
    }
}

/// A form that changes the tenant's document, for those who may; others see what stands there.
fn change(reader: Reader<'_>, right: Permission, version: u64, fields: &Markup) -> Markup {
    let may = reader.permits(right);
    html! {
        form method="post" data-call="PATCH /v1/tenant" data-patch data-version=(version) data-done=(reader.t("done-save")) {
            fieldset disabled[!may] { (fields) }
            @if may { button type="submit" { (reader.t("do-save")) } }
            p.problem role="alert" {}
        }
    }
}
