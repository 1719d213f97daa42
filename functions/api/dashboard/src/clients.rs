//! The businesses that an agency looks after: the list, a new one, and one of them with its day. Who runs the platform has a list of
//! those that no agency looks after.

use api::{ApiError, Guard};
use axum::extract::{Path, Query, State};
use domain::identity::{Permission, may};
use domain::insights::Range;
use domain::tenancy::{Plan, Tenant, TenantKind, TenantStatus};
use domain::{Failure, TenantId};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use store::{Page, TenantEntry, Versioned};

use crate::answer::Html;
use crate::shell::{self, form, next, nothing};
use crate::view::{Operator, View};
use crate::words::Words;

/// Clients on a page, and how many are looked through for one where a name is looked for.
const ON_A_PAGE: usize = 25;
const LOOKED_THROUGH: usize = 100;
pub(crate) const PATH: &str = "/app/clients";

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    cursor: Option<String>,
    /// What a name or an id contains.
    q: String,
}

/// Whether somebody's tenant has clients at all.
pub(crate) fn has_clients(tenant: &Tenant) -> bool {
    tenant.kind == TenantKind::Agency
}

fn demand_clients(tenant: &Tenant) -> Result<(), Failure> {
    if has_clients(tenant) { Ok(()) } else { Err(Failure::not_found("page")) }
}

/// `GET /app/clients`
pub(crate) async fn list(
    operator: Result<Operator, ApiError>,
    view: Result<View<may::ReadTenants>, ApiError>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenants, q, cursor) = (guard.store.tenants(), wanted.q.trim(), wanted.cursor.as_deref());
    let read = if q.is_empty() { ON_A_PAGE } else { LOOKED_THROUGH };
    if let Ok(Operator { words }) = operator {
        let page = tenants.under(&TenantId::platform(), read, cursor).await?;
        let main = content::<may::ReadTenants>(words, None, page, q);
        return Ok(Html(shell::of_platform(words, PATH, &words.t("nav-clients"), &main)));
    }
    let view = view?;
    demand_clients(&view.tenant)?;
    let page = tenants.under(&view.tenant.id, read, cursor).await?;
    let main = content(view.words, Some(&view), page, q);
    Ok(Html(shell::page(&view, PATH, &view.words.t("nav-clients"), &main)))
}

/// The list, with a new one for an agency's `view` and pages of theirs; who runs the platform has none.
fn content<R>(words: &Words, view: Option<&View<R>>, mut page: Page<TenantEntry>, q: &str) -> Markup {
    let part = q.to_lowercase();
    page.items.retain(|client| client.name.to_lowercase().contains(&part) || client.tenant.as_str().contains(&part));
    html! {
        h1 { (words.t("nav-clients")) }
        form.filters method="get" action=(PATH) {
            div {
                label for="q" { (words.t("client-name")) }
                input #q type="search" name="q" maxlength="100" value=(q) dir="auto";
            }
            button.second type="submit" { (words.t("do-filter")) }
        }
        @if let Some(view) = view.filter(|view| view.permits(Permission::WriteTenants)) { (new(view)) }
        div #clients data-live {
            (nothing(words, &page, if q.is_empty() { "clients-empty" } else { "clients-none-match" }))
            ul.entries { @for client in &page.items { (entry(words, view, client)) } }
            (next(words, PATH, &[("q", q)], page.cursor.as_deref()))
        }
    }
}

fn entry<R>(words: &Words, view: Option<&View<R>>, client: &TenantEntry) -> Markup {
    let path = view.map(|_| format!("{PATH}/{}", client.tenant));
    html! {
        li {
            p {
                a href=[path] dir="auto" { (client.name) } " " code { (client.tenant) } " "
                span.tag { (words.value("tenant", &client.status)) } " " span.quiet { (words.value("plan", &client.plan)) }
            }
            @if client.status != TenantStatus::Closed && view.is_none_or(may_enter) { (enter(words, &client.tenant)) }
        }
    }
}

/// Opens a session in a client's tenant; it is recorded there.
fn enter(words: &Words, client: &TenantId) -> Markup {
    html! {
        form.button method="post" data-call=(format!("POST /v1/account/tenants/{client}/enter")) data-enters {
            button.second type="submit" { (words.t("client-enter")) }
            p.problem role="alert" {}
        }
    }
}

fn may_enter<R>(view: &View<R>) -> bool {
    view.permits(Permission::EnterTenants)
}

/// A new client, with the country, the currency, the zone and the language of the agency unless something else is said.
fn new<R>(view: &View<R>) -> Markup {
    let (words, own) = (view.words, &view.tenant);
    let field = |name: &str, label: &str, kind: &str, value: &str| {
        let id = format!("client-{name}");
        html! {
            div.field {
                label for=(id) { (words.t(label)) }
                input id=(id) name=(name) data-type=(kind) value=(value) required dir="auto" aria-describedby=(format!("{id}-problem"));
                p.problem id=(format!("{id}-problem")) {}
            }
        }
    };
    let fields = html! {
        (field("name", "client-name", "text", ""))
        input type="hidden" name="id" data-type="slug" data-of="name" data-most="40" data-taken="";
        (field("industry", "client-industry", "text", ""))
        (field("notify", "client-notify", "columns", ""))
        (field("region", "client-region", "text", &own.region))
        (field("currency", "client-currency", "text", &own.currency))
        (field("zone", "client-zone", "text", &own.zone))
        (field("language", "client-language", "text", own.language.as_str()))
        // What the client's own settings say later.
        @for (name, empty) in [("business", "{}"), ("hours", "{}"), ("services", "[]")] {
            input type="hidden" name=(name) data-type="json" value=(empty);
        }
        button type="submit" { (words.t("client-create")) }
    };
    html! {
        details {
            summary { (words.t("client-new")) }
            (form("POST /v1/tenants", &words.t("done-client-create"), "enter", &fields))
        }
    }
}

/// `GET /app/clients/{id}`
pub(crate) async fn one(
    view: View<may::ReadTenants>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Html, ApiError> {
    demand_clients(&view.tenant)?;
    let words = view.words;
    let missing = || Failure::not_found("tenant");
    let id = TenantId::new(id).map_err(|_| missing())?;
    let client = guard.store.tenants().document(&id).await?;
    if client.value.parent.as_ref() != Some(&view.tenant.id) {
        return Err(missing().into());
    }
    let zone = TimeZone::get(&client.value.zone).map_err(|error| Failure::Permanent(error.to_string()))?;
    let today = view.now().to_zoned(zone).date();
    let day = guard.store.insights().report(&client.value, None, Range::new(today, today)?, false).await?.totals;
    let figures = [("client-leads", day.leads), ("client-hot", day.hot), ("client-booked", day.booked)];
    let title = &client.value.name;
    let main = html! {
        p { a.back href=(PATH) { (words.t("back-to-clients")) } }
        h1 dir="auto" { (title) }
        section {
            h2 { (words.t("client-today")) }
            dl #today data-live { @for (label, count) in figures { dt { (words.t(label)) } dd { (count) } } }
        }
        @if client.value.status != TenantStatus::Closed && may_enter(&view) { (enter(words, &id)) }
        section #status data-fresh { (status(&view, &client)) }
    };
    Ok(Html(shell::page(&view, PATH, title, &main)))
}

/// Whether a client is served, and what it has bought.
fn status<R>(view: &View<R>, client: &Versioned<Tenant>) -> Markup {
    let (words, tenant) = (view.words, &client.value);
    html! {
        h2 { (words.t("client-status")) }
        @if view.permits(Permission::WriteTenants) {
            form method="post" data-call=(format!("POST /v1/tenants/{}/status", tenant.id)) data-version=(client.version)
                data-done=(words.t("done-save")) {
                label for="client-status" { (words.t("client-status")) }
                select #client-status name="status" {
                    @for one in [TenantStatus::Active, TenantStatus::Paused, TenantStatus::Closed] {
                        option value=(word(&one)) selected[one == tenant.status] { (words.value("tenant", &one)) }
                    }
                }
                label for="client-plan" { (words.t("client-plan")) }
                select #client-plan name="plan" {
                    @for one in [Plan::Starter, Plan::Growth, Plan::Scale] {
                        option value=(word(&one)) selected[one == tenant.plan] { (words.value("plan", &one)) }
                    }
                }
                p.quiet { (words.t("client-status-text")) }
                button.second type="submit" { (words.t("do-save")) }
                p.problem role="alert" {}
            }
        } @else {
            p { (words.value("tenant", &tenant.status)) " · " (words.value("plan", &tenant.plan)) }
        }
    }
}

/// A value as the API writes it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_runs_the_platform_finds_each_with_its_state_and_enters_what_is_not_closed() {
        let words = crate::words::accepted(&axum::http::HeaderMap::new());
        let shown = |q: &str| {
            let entry = |(id, status): (&str, &str)| {
                let entry = serde_json::json!({"tenant": id, "name": "Lakeside <A>", "status": status, "kind": "agency", "plan": "scale"});
                serde_json::from_value(entry).unwrap()
            };
            let page = Page { items: [("summit", "paused"), ("gone", "closed")].map(entry).into(), cursor: None };
            content::<may::ReadTenants>(words, None, page, q).into_string()
        };
        let all = shown("SIDE <");
        assert!(all.contains("Lakeside &lt;A&gt;") && all.contains("paused") && all.contains("/summit/enter"), "{all}");
        assert!(all.contains(">gone<") && !all.contains("/gone/enter") && !all.contains("POST /v1/tenants\""), "{all}");
        assert!(!shown("mmi").contains(">gone<") && shown("x").contains("No clients match."));
    }

    #[test]
    fn values_are_sent_as_the_api_writes_them() {
        assert_eq!((word(&TenantStatus::Paused), word(&Plan::Growth)), ("paused".to_owned(), "growth".to_owned()));
    }
}
