//! Files of contacts: one is chosen, tried, and then imported in earnest.

use api::{ApiError, Guard};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::identity::{Permission, may};
use domain::ids::ImportId;
use domain::leads::import::{Import, ImportState, ToldKind, ToldLine};
use maud::{Markup, html};
use serde::Deserialize;
use store::Page;

use super::{field, path_of};
use crate::answer::{Bucket, Html, POLICY};
use crate::shell::{self, button, form, next};
use crate::show::moment;
use crate::view::View;

/// Imports and lines on a page.
const ON_A_PAGE: usize = 50;
pub(crate) const PATH: &str = "/app/contacts/imports";

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    cursor: Option<String>,
}

/// `GET /app/contacts/imports`. The one page that may send something to the bucket.
pub(super) async fn list(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Extension(bucket): Extension<Bucket>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let words = view.words;
    let page = guard.store.imports().list(&view.tenant.id, ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let title = words.t("contacts-import");
    let main = html! {
        p { a.back href=(super::PATH) { (words.t("back-to-contacts")) } }
        h1 { (title) }
        @if view.permits(Permission::WriteLeads) { (choose(&view)) }
        section {
            h2 { (words.t("imports-title")) }
            div #imports data-live {
                @if page.items.is_empty() { p.empty { (words.t("imports-empty")) } }
                ul.entries {
                    @for import in &page.items {
                        li {
                            a href=(format!("{PATH}/{}", import.id)) { (moment(import.created_at, &view.zone)) } " "
                            span.tag { (words.value("import", &import.state)) } " " (words.with("import-made", "count", import.made))
                        }
                    }
                }
                (next(words, PATH, &[], page.cursor.as_deref()))
            }
        }
    };
    let policy = POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {}", bucket.0));
    Ok(Html(shell::page(&view, super::PATH, &title, &main)).under(&policy))
}

fn choose<R>(view: &View<R>) -> Markup {
    let words = view.words;
    html! {
        p { (words.t("import-text")) }
        form method="post" data-call="POST /v1/contact-imports" data-upload=(PATH) data-lost=(words.t("import-lost")) {
            div.field {
                label for="import-file" { (words.t("import-file")) }
                input #import-file type="file" name="bytes" accept=".csv,text/csv" required data-type="size" data-wrong=(words.t("import-file-wrong"))
                    aria-describedby="import-file-problem";
                p.problem #import-file-problem {}
            }
            p.quiet { (words.t("import-columns-text")) }
            (field(view, "mapping.name", "import-column-name", "columns", "Name"))
            (field(view, "mapping.phones", "import-column-phones", "columns", "Phone"))
            (field(view, "mapping.emails", "import-column-emails", "columns", "Email"))
            (field(view, "mapping.tags", "import-column-tags", "columns", ""))
            div.field { label { input type="checkbox" name="update"; " " (words.t("import-update")) } }
            button type="submit" { (words.t("import-try")) }
            p.problem role="alert" {}
        }
    }
}

/// `GET /app/contacts/imports/{id}`
pub(super) async fn one(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant, imports) = (view.words, &view.tenant.id, guard.store.imports());
    let import = imports.get(tenant, ImportId::parse(&id)?).await?.value;
    let lines = imports.lines(tenant, &import, ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let title = words.t("import-title");
    let main = html! {
        p { a.back href=(PATH) { (words.t("back-to-imports")) } }
        h1 { (title) }
        div #import data-live { (progress(&view, &import)) }
        div #lines data-live { (told(&view, &import, &lines)) }
    };
    Ok(Html(shell::page(&view, super::PATH, &title, &main)))
}

fn progress<R>(view: &View<R>, import: &Import) -> Markup {
    let words = view.words;
    let call = |what: &str| format!("POST /v1/contact-imports/{}/{what}", import.id);
    let counts = [
        ("import-lines", import.lines),
        ("import-count-made", import.made),
        ("import-count-updated", import.updated),
        ("import-count-duplicates", import.duplicates),
        ("import-count-refused", import.refused),
    ];
    html! {
        p { span.tag { (words.value("import", &import.state)) } }
        @if import.state == ImportState::Running {
            progress max=(import.bytes) value=(import.read.offset) aria-label=(words.t("import-title")) {}
        }
        @if import.dry_run { p { (words.t("import-only-tried")) } }
        @if let Some(problem) = &import.problem { p.problem dir="auto" { (problem) } }
        dl {
            @for (label, count) in counts { dt { (words.t(label)) } dd { (count) } }
            @if let Some(at) = import.started_at { dt { (words.t("import-started")) } dd { (moment(at, &view.zone)) } }
            @if let Some(at) = import.finished_at { dt { (words.t("import-finished")) } dd { (moment(at, &view.zone)) } }
        }
        @if view.permits(Permission::WriteLeads) {
            @if import.state == ImportState::Tried {
                (form(&call("start"), &words.t("done-import-start"), "button", &html! { button type="submit" { (words.t("do-import")) } }))
            }
            @if !import.is_over() { (button(&call("cancel"), &words.t("done-import-cancel"), &words.t("do-import-cancel"))) }
        }
    }
}

fn told<R>(view: &View<R>, import: &Import, lines: &Page<ToldLine>) -> Markup {
    let words = view.words;
    html! {
        @if !lines.items.is_empty() {
            h2 { (words.t("import-told")) }
            div.scroll tabindex="0" role="group" aria-label=(words.t("import-told")) {
                table {
                    thead { tr { @for head in ["import-line", "import-column", "import-why"] { th scope="col" { (words.t(head)) } } } }
                    tbody {
                        @for line in &lines.items {
                            tr {
                                th scope="row" { (line.line) }
                                td dir="auto" { (line.column) }
                                td dir="auto" {
                                    @if line.kind == ToldKind::Duplicate { (words.t("import-is-there")) " " }
                                    @if let Some(detail) = &line.detail { (detail) }
                                    // The contact of a line that was only tried is not there.
                                    @if let Some(contact) = line.contact.filter(|_| !import.dry_run) { a href=(path_of(contact)) { (words.t("import-show")) } }
                                }
                            }
                        }
                    }
                }
            }
            (next(words, &format!("{PATH}/{}", import.id), &[], lines.cursor.as_deref()))
        }
    }
}
