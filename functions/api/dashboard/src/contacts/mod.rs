//! Contacts: the list, one of them whole, and files of them that are imported.

pub(crate) mod imports;
mod one;
mod storms;

use api::{ApiError, Guard};
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use domain::identity::{Member, Permission, may};
use domain::ids::AccountId;
use domain::leads::{MAX_TAG_CHARS, Question};
use domain::messaging::Source;
use domain::{ContactId, Failure};
use maud::{Markup, html};
use serde::Deserialize;
use store::{ContactEntry, ContactFilter, LeadFilter, Page};

use crate::answer::Html;
use crate::shell::{self, form, next, nothing};
use crate::show::{address, moment, named, people};
use crate::view::View;

pub(crate) use one::exactly;

/// Contacts on a page.
const ON_A_PAGE: usize = 25;
const PATH: &str = "/app/contacts";

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new()
        .route(PATH, get(list))
        .route("/app/contacts/{id}", get(one::page))
        .route(imports::PATH, get(imports::list))
        .route("/app/contacts/imports/{id}", get(imports::one))
}

/// Where a contact is shown.
pub(crate) fn path_of(contact: ContactId) -> String {
    format!("{PATH}/{contact}")
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    q: String,
    tag: String,
    assignee: String,
    source: String,
    cursor: Option<String>,
}

impl Wanted {
    fn filter(&self) -> Result<ContactFilter, Failure> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(ContactFilter {
            question: said(&self.q).map(|q| Question::read(&q)).transpose()?,
            tag: said(&self.tag).map(|tag| tag.chars().take(MAX_TAG_CHARS).collect()),
            assignee: AccountId::parse(&self.assignee).ok(),
            lead: LeadFilter {
                source: Source::ALL.into_iter().find(|source| source.as_str() == self.source),
                ..LeadFilter::default()
            },
        })
    }
}

/// `GET /app/contacts`
async fn list(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant, store) = (view.words, &view.tenant.id, &guard.store);
    let filter = wanted.filter()?;
    let (contacts, members) = (store.contacts(), store.members());
    let (page, members) =
        tokio::try_join!(contacts.list(tenant, &filter, ON_A_PAGE, wanted.cursor.as_deref()), members.team(tenant),)?;
    let query = [
        ("q", wanted.q.trim()),
        ("tag", wanted.tag.trim()),
        ("assignee", wanted.assignee.as_str()),
        ("source", wanted.source.as_str()),
    ];
    let empty = if filter == ContactFilter::default() { "contacts-empty" } else { "contacts-none-match" };
    let main = html! {
        h1 { (words.t("nav-contacts")) }
        (filters(&view, &wanted, &members))
        @if view.permits(Permission::WriteLeads) {
            (enter(&view))
            p.row {
                a href=(imports::PATH) { (words.t("contacts-import")) }
                @if view.permits(Permission::ExportData) { a href="/app/settings/data" { (words.t("contacts-export")) } }
            }
            @if view.permits(Permission::ExportData) {
                script type="module" src="/app/contacts.js" {}
                button.second #download type="button" data-done=(words.t("contacts-downloaded")) { (words.t("contacts-download")) }
                p.quiet #download-told role="status" {}
            }
        }
        div #contacts data-live {
            @if page.items.is_empty() { (nothing(words, &page, empty)) } @else { (table(&view, &page, &members)) }
            (next(words, PATH, &query, page.cursor.as_deref()))
        }
    };
    Ok(Html(shell::page(&view, PATH, &words.t("nav-contacts"), &main)))
}

fn filters<R>(view: &View<R>, wanted: &Wanted, members: &[Member]) -> Markup {
    let words = view.words;
    html! {
        form.filters method="get" action=(PATH) {
            div {
                label for="q" { (words.t("contacts-search")) }
                input #q type="search" name="q" maxlength="100" value=(wanted.q.trim()) dir="auto";
            }
            div {
                label for="tag" { (words.t("contact-tag")) }
                input #tag type="search" name="tag" maxlength="40" value=(wanted.tag.trim()) dir="auto";
            }
            @if view.permits(Permission::WriteLeads) {
                div {
                    label for="assignee" { (words.t("contact-assignee")) }
                    select #assignee name="assignee" {
                        option value="" { (words.t("any")) }
                        (people(members, AccountId::parse(&wanted.assignee).ok()))
                    }
                }
            }
            div {
                label for="source" { (words.t("lead-source")) }
                select #source name="source" {
                    option value="" { (words.t("any")) }
                    @for one in Source::ALL {
                        option value=(one.as_str()) selected[one.as_str() == wanted.source] { (words.value("source", &one)) }
                    }
                }
            }
            button.second type="submit" { (words.t("do-filter")) }
        }
    }
}

/// A text field of a form, with its problem below it. `kind` is what it holds, as `app.js` reads it.
fn field<R>(view: &View<R>, name: &str, label: &str, kind: &str, value: &str) -> Markup {
    let id = format!("contact-{}", name.replace('.', "-"));
    html! {
        div.field {
            label for=(id) { (view.words.t(label)) }
            input id=(id) name=(name) data-type=(kind) value=(value) dir="auto" aria-describedby=(format!("{id}-problem"));
            p.problem id=(format!("{id}-problem")) {}
        }
    }
}

/// Somebody whom staff type in.
fn enter<R>(view: &View<R>) -> Markup {
    let words = view.words;
    let fields = html! {
        (field(view, "name", "lead-name", "empty-null", ""))
        (field(view, "phones", "lead-phone", "columns", ""))
        (field(view, "emails", "lead-email", "columns", ""))
        (field(view, "tags", "contact-tags", "columns", ""))
        button type="submit" { (words.t("do-enter")) }
    };
    html! {
        details {
            summary { (words.t("contact-add")) }
            (form("POST /v1/contacts", &words.t("done-contact-add"), "enter", &fields))
        }
    }
}

fn table<R>(view: &View<R>, page: &Page<ContactEntry>, members: &[Member]) -> Markup {
    let words = view.words;
    html! {
        div.scroll tabindex="0" role="group" aria-label=(words.t("nav-contacts")) {
            table {
                thead { tr {
                    @for head in ["lead-name", "contact-addresses", "contact-tags", "contact-assignee", "lead-source", "lead-active"] {
                        th scope="col" { (words.t(head)) }
                    }
                } }
                tbody {
                    @for contact in &page.items {
                        tr {
                            th scope="row" { a href=(path_of(contact.id)) dir="auto" { (called(view, contact)) } }
                            td dir="auto" { (contact.addresses.iter().filter_map(|known| address(&known.address)).collect::<Vec<_>>().join(", ")) }
                            td dir="auto" { (contact.tags.join(", ")) }
                            td dir="auto" { @if let Some(name) = contact.assignee.and_then(|account| named(members, account)) { (name) } }
                            td { (words.value("source", &contact.source)) }
                            td { (moment(contact.updated_at, &view.zone)) }
                        }
                    }
                }
            }
        }
    }
}

/// What somebody is called.
fn called<R>(view: &View<R>, contact: &ContactEntry) -> String {
    contact.name.clone().unwrap_or_else(|| view.words.t("nobody-named"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_filters_that_nobody_filled_in_asks_for_nothing() {
        assert_eq!(Wanted::default().filter().unwrap(), ContactFilter::default());
        let wanted = Wanted { q: " ana ".into(), tag: "VIP".into(), source: "entered".into(), ..Wanted::default() };
        let filter = wanted.filter().unwrap();
        assert_eq!((filter.tag.as_deref(), filter.lead.source), (Some("VIP"), Some(Source::Entered)));
        assert!(filter.question.is_some() && filter.assignee.is_none());
    }
}
