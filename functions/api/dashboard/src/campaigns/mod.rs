//! Campaigns: what is written to customers because of the weather. A list, and a page for each.

mod one;
#[cfg(test)]
mod tests;

use api::{ApiError, Guard};
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use domain::campaigns::{Campaign, CampaignState, WEATHER_ATTRIBUTION, WEATHER_ATTRIBUTION_LINK};
use domain::identity::may;
use domain::ids::CampaignId;
use domain::journeys::Local;
use domain::tenancy::{Language, Tenant};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use store::Page;

use crate::answer::Html;
use crate::settings::Reader;
use crate::shell::{self, next};
use crate::view::View;
use crate::words::Words;

/// Its address.
pub(crate) const PATH: &str = "/app/campaigns";
/// Entries on a page.
const ON_A_PAGE: usize = 25;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
struct Wanted {
    cursor: Option<String>,
}

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new().route(PATH, get(page)).route("/app/campaigns/{id}", get(one::page))
}

/// Where a campaign is.
pub(crate) fn path_of(id: CampaignId) -> String {
    format!("{PATH}/{id}")
}

async fn page(
    view: View<may::ReadCampaigns>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let campaigns = guard.store.campaigns();
    let page = campaigns.list(&view.tenant.id, None, ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let main = content(Reader::of(&view), &view.tenant, &page);
    Ok(Html(shell::page(&view, PATH, &view.words.t("nav-campaigns"), &main)))
}

/// The list.
fn content(reader: Reader<'_>, tenant: &Tenant, page: &Page<Campaign>) -> Markup {
    let words = reader.words;
    html! {
        h1 { (words.t("nav-campaigns")) }
        p.quiet { (words.t("campaigns-text")) " " a href="/app/settings/weather" { (words.t("campaigns-rules")) } }
        div #campaigns data-live {
            @if page.items.is_empty() && page.cursor.is_none() { p.empty { (words.t("campaigns-empty")) } }
            ul.entries {
                @for campaign in &page.items {
                    li {
                        a.row-link href=(path_of(campaign.id)) {
                            span { strong dir="auto" { (campaign.name) } " " (state(words, campaign)) }
                            span.quiet {
                                (span_of(words, tenant, (campaign.first_day, campaign.last_day)))
                                @if let Some(place) = &campaign.place { " · " span dir="auto" { (place) } }
                                @if campaign.reach.complete { " · " (words.with("campaign-fits", "count", campaign.reach.fits)) }
                            }
                        }
                    }
                }
            }
            (next(words, PATH, &[], page.cursor.as_deref()))
        }
        (weather_source())
    }
}

/// Whose the weather data of a page are, as their licence wants it.
pub(crate) fn weather_source() -> Markup {
    html! { p.quiet lang="en" { a href=(WEATHER_ATTRIBUTION_LINK) rel="external noreferrer" { (WEATHER_ATTRIBUTION) } } }
}

/// How far it is.
fn state(words: &Words, campaign: &Campaign) -> Markup {
    let (waits, goes_out) = (campaign.state == CampaignState::Waiting, campaign.state.may_send());
    html! { span.tag.alert[waits].met[goes_out] { (words.value("campaign-state", &campaign.state)) } }
}

/// A day as the reader's language and the business's country write it.
pub(crate) fn day(words: &Words, tenant: &Tenant, date: Date) -> String {
    let language = Language::new(words.language).unwrap_or_else(|_| Language::english());
    Local::of(&language, tenant).day(date)
}

/// Days from the first to the last.
fn span_of(words: &Words, tenant: &Tenant, (first, last): (Date, Date)) -> String {
    let shown = |date| day(words, tenant, date);
    if first == last { shown(first) } else { format!("{} – {}", shown(first), shown(last)) }
}
