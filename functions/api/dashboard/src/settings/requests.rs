//! What programs asked and people changed by the API, and how that ended.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{LoggedRequest, Member, may};
use maud::{Markup, html};
use store::Page;

use super::{Reader, Wanted};
use crate::answer::Html;
use crate::shell::next;
use crate::show::{moment, who};
use crate::view::View;

/// Requests on a page.
const ON_A_PAGE: usize = 50;
pub(super) const PATH: &str = "/app/settings/requests";

/// `GET /app/settings/requests`
pub(super) async fn page(
    view: View<may::ReadAudit>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, log, members) = (&view.tenant.id, guard.store.request_log(), guard.store.members());
    let failed = wanted.other == "failed";
    let (requests, members) =
        tokio::try_join!(log.list(tenant, failed, ON_A_PAGE, wanted.cursor.as_deref()), members.team(tenant),)?;
    Ok(super::page(&view, PATH, &content(Reader::of(&view), &requests, &members, failed)))
}

pub(super) fn content(reader: Reader<'_>, requests: &Page<LoggedRequest>, members: &[Member], failed: bool) -> Markup {
    let query = if failed { vec![("other", "failed")] } else { Vec::new() };
    html! {
        p.quiet { (reader.t("requests-text")) }
        nav aria-label=(reader.t("settings-requests")) {
            a href=(PATH) aria-current=[(!failed).then_some("true")] { (reader.t("requests-all")) } " · "
            a href=(format!("{PATH}?other=failed")) aria-current=[failed.then_some("true")] { (reader.t("requests-failed")) }
        }
        @if requests.items.is_empty() && requests.cursor.is_none() { p.empty { (reader.t("request-log-empty")) } } @else { (table(reader, requests, members)) }
        (next(reader.words, PATH, &query, requests.cursor.as_deref()))
    }
}

fn table(reader: Reader<'_>, requests: &Page<LoggedRequest>, members: &[Member]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(reader.t("settings-requests")) {
            table {
                thead { tr { @for head in ["audit-when", "request-what", "request-status", "request-time", "audit-who", "request-id"] { th scope="col" { (reader.t(head)) } } } }
                tbody {
                    @for request in &requests.items {
                        tr {
                            td { (moment(request.at, reader.zone)) }
                            td { code { (request.method) " " (request.route) } }
                            td { (request.status) @if let Some(code) = &request.code { " " code { (code) } } }
                            td { (request.duration_ms) " ms" }
                            td dir="auto" {
                                (who(reader.words, &request.actor, members))
                                @if request.test { " " span.tag { (reader.t("key-test")) } }
                            }
                            td { code { (request.id) } }
                        }
                    }
                }
            }
        }
    }
}
