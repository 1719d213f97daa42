//! Campaigns as they stand, and the change of their text.

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::campaigns::{
    Campaign, CampaignChange, CampaignState, CampaignText, CampaignValues, Figures, Shown, WEATHER_ATTRIBUTION,
    check_words, sms_length,
};
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::CampaignId;
use domain::messaging::SmsLength;
use domain::tenancy::{Language, Tenant};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use store::{Page, Versioned};
use utoipa::ToSchema;

/// A name as a customer may have it, to see how long a text is.
const SAMPLE_NAME: &str = "Alexander";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only those that are so far.
    #[param(value_type = Option<CampaignState>, example = "waiting")]
    state: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// A campaign with what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignView {
    /// The campaign.
    #[serde(flatten)]
    campaign: Campaign,
    /// What is shown of it: whoever says yes names it, so that the yes is to this text and this audience.
    #[schema(value_type = String, format = Uuid, example = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9")]
    shown: Shown,
    /// What came of it so far.
    figures: Figures,
    /// How long each text is by SMS, to a customer of whom everything is known.
    sms: BTreeMap<Language, SmsLength>,
    /// Whose the weather data are: to be shown with them.
    #[schema(example = "Weather data by Open-Meteo.com (CC BY 4.0) and the U.S. National Weather Service")]
    attribution: &'static str,
}

/// What changes of a campaign; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CampaignPatch {
    /// The texts by language; null takes one away, and those of other languages stay.
    #[serde(default)]
    #[schema(nullable = false, value_type = BTreeMap<String, CampaignText>, example = json!({"en": {"subject": "Before the heat", "body": "Hi {name}, this is {business}. It will be hot from {first_day} on. Shall we have a look?"}}))]
    texts: Option<BTreeMap<Language, Option<CampaignText>>>,
    /// At most so many are invited on a day; null: as many as there is room for.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 10_000, example = 40)]
    most_a_day: Option<Option<u32>>,
}

/// A field that was sent, null or not.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl CampaignView {
    fn new(tenant: &Tenant, campaign: Campaign, figures: Figures) -> Self {
        let values = CampaignValues {
            tenant,
            campaign: &campaign,
            name: Some(SAMPLE_NAME),
            last_visit: Some(campaign.created_at),
        };
        let length = |(language, text): (&Language, &CampaignText)| {
            Some((language.clone(), sms_length(text, language, &values)?))
        };
        let sms = campaign.texts.iter().filter_map(length).collect();
        Self { shown: campaign.shown(), sms, figures, campaign, attribution: WEATHER_ATTRIBUTION }
    }
}

/// A campaign as it is shown now.
pub(crate) async fn view(guard: &Guard, tenant: &Tenant, campaign: Campaign) -> Result<CampaignView, Failure> {
    let figures = guard.store.campaigns().figures(&tenant.id, campaign.id).await?;
    Ok(CampaignView::new(tenant, campaign, figures))
}

/// List campaigns
///
/// Newest first: how far each is, its days, whom it is for and how many that is, how many are invited on which day, its texts, and what
/// is suggested. What came of one is in it alone.
#[utoipa::path(
    get, path = "/v1/campaigns", tag = "campaigns", operation_id = "listCampaigns",
    params(ListQuery),
    responses((status = 200, description = "A page of campaigns", body = Page<Campaign>)),
    security(("bearer" = ["campaigns:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadCampaigns>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<Campaign>>, ApiError> {
    let limit = page_size(query.limit.as_deref())?;
    let state = query.state.as_deref().map(state).transpose()?;
    let page = guard.store.campaigns().list(&caller.principal.tenant, state, limit, query.cursor.as_deref());
    Ok(Json(page.await?))
}

fn state(name: &str) -> Result<CampaignState, Failure> {
    let names = CampaignState::ALL.map(CampaignState::as_str).join(", ");
    let known = CampaignState::ALL.into_iter().find(|state| state.as_str() == name);
    known.ok_or_else(|| Failure::invalid("state", format!("state must be one of {names}")))
}

/// Get a campaign
///
/// With what came of it: how many were invited and answered, how many booked and what that is worth, and why others were held back.
#[utoipa::path(
    get, path = "/v1/campaigns/{id}", tag = "campaigns", operation_id = "getCampaign",
    params(("id" = CampaignId, Path, description = "The campaign")),
    responses((status = 200, description = "The campaign", body = CampaignView, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["campaigns:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<CampaignView>, ApiError> {
    let (tenant, id) = (caller.tenant()?, CampaignId::parse(&id)?);
    let Versioned { value, version } = guard.store.campaigns().get(&tenant.id, id).await?;
    Ok(Tagged(Versioned { value: view(&guard, tenant, value).await?, version }))
}

/// Change a campaign
///
/// A merge patch. Its texts change as long as no one has said yes, how many are invited on a day until it is over. A text names the business (`{business}`), has no other places than `{name}`,
/// `{business}`, `{service}`, `{first_day}`, `{last_day}`, `{place}` and `{last_visit}`, and no price, share or promise that the
/// services, the extras and the frequent questions do not have. What may not be known stands in square brackets with its place. How to
/// get no more messages is added when it goes out, unless the text says it.
#[utoipa::path(
    patch, path = "/v1/campaigns/{id}", tag = "campaigns", operation_id = "changeCampaign",
    params(
        ("id" = CampaignId, Path, description = "The campaign"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body(content((CampaignPatch = "application/merge-patch+json"), (CampaignPatch = "application/json"))),
    responses((status = 200, description = "As it is now", body = CampaignView, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["campaigns:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<CampaignPatch>,
) -> Result<Tagged<CampaignView>, ApiError> {
    let (tenant, id) = (caller.tenant()?, CampaignId::parse(&id)?);
    let before = guard.store.campaigns().get(&tenant.id, id).await?;
    if before.version < version {
        let message = format!("there is no version {version} of it: read it again");
        return Err(Failure::rejected(Rejection::PreconditionFailed, message).into());
    }
    let texts = patch.texts.map(|texts| patched(before.value.texts.clone(), texts));
    if let Some(texts) = &texts {
        check_words(tenant, &before.value, texts, today(tenant, caller.trace.at))?;
    }
    let change = CampaignChange { texts, most_a_day: patch.most_a_day };
    let changed = guard.store.campaigns().change(tenant, id, change, version, &caller.trace).await?;
    Ok(Tagged(Versioned { value: view(&guard, tenant, changed.value).await?, version: changed.version }))
}

fn patched(
    mut texts: BTreeMap<Language, CampaignText>,
    patch: BTreeMap<Language, Option<CampaignText>>,
) -> BTreeMap<Language, CampaignText> {
    for (language, text) in patch {
        match text {
            Some(text) => texts.insert(language, text),
            None => texts.remove(&language),
        };
    }
    texts
}

fn today(tenant: &Tenant, now: Timestamp) -> jiff::civil::Date {
    now.to_zoned(tenant.time_zone()).date()
}
