//! Figures of a range of days.

use api::{ApiError, Caller, Guard, Parameters};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::conversations::suggestion::SuggestionReport;
use domain::identity::{Permission, may};
use domain::ids::LocationId;
use domain::insights::{ExtraReport, Insights, Range};
use domain::tenancy::{Location, Tenant};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InsightsQuery {
    /// The first day, in the tenant's zone; where absent, 29 days before `to`.
    #[param(value_type = Option<Date>, example = "2026-11-01")]
    from: Option<String>,
    /// The last day; today where absent. At most 366 days in all.
    #[param(value_type = Option<Date>, example = "2026-11-30")]
    to: Option<String>,
    /// Only what happened at this location, as far as that is known.
    #[param(value_type = Option<LocationId>, example = "lakewood")]
    location: Option<String>,
}

/// Get insights
///
/// Leads and what became of them, how fast customers were answered, what they asked, by day, way in and channel. Figures in money
/// (`value`: missed revenue, return, what models took) come with what they assume, and only with `usage:read`.
#[utoipa::path(
    get, path = "/v1/insights", tag = "insights", operation_id = "getInsights",
    params(InsightsQuery),
    responses((status = 200, description = "What happened in these days", body = Insights)),
    security(("bearer" = ["insights:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInsights>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<InsightsQuery>,
) -> Result<Json<Insights>, ApiError> {
    // As it is now: who changes an assumption looks at the figure next.
    let tenant = guard.store.tenants().document(&caller.principal.tenant).await?.value;
    let range = range(query.from.as_deref(), query.to.as_deref(), &tenant, caller.trace.at)?;
    let location = query.location.map(LocationId::new).transpose()?;
    if let Some(location) = &location {
        guard.store.documents().get::<Location>(&tenant.id, location.as_str()).await?;
    }
    let with_value = caller.principal.permits(Permission::ReadUsage);
    Ok(Json(guard.store.insights().report(&tenant, location, range, with_value).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestionsQuery {
    /// The first day, in the tenant's zone; where absent, 29 days before `to`.
    #[param(value_type = Option<Date>, example = "2026-11-01")]
    from: Option<String>,
    /// The last day; today where absent. At most 366 days in all.
    #[param(value_type = Option<Date>, example = "2026-11-30")]
    to: Option<String>,
}

/// Get insights about suggestions
///
/// How many replies were suggested to staff, how many were sent as they were, in other words, or not at all, and how much of them was
/// changed: by day and by version of the instructions that the model was given. What became of a suggestion counts on the day it was made.
#[utoipa::path(
    get, path = "/v1/insights/suggestions", tag = "insights", operation_id = "getSuggestionInsights",
    params(SuggestionsQuery),
    responses((status = 200, description = "What became of the suggestions of these days", body = SuggestionReport)),
    security(("bearer" = ["insights:read"]))
)]
pub(crate) async fn suggestions(
    caller: Caller<may::ReadInsights>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<SuggestionsQuery>,
) -> Result<Json<SuggestionReport>, ApiError> {
    let tenant = caller.tenant()?;
    let range = range(query.from.as_deref(), query.to.as_deref(), tenant, caller.trace.at)?;
    Ok(Json(guard.store.conversations().suggestion_report(&tenant.id, range).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExtrasQuery {
    /// A day of the first month, in the tenant's zone; where absent, 29 days before `to`.
    #[param(value_type = Option<Date>, example = "2026-09-01")]
    from: Option<String>,
    /// A day of the last month; today where absent. At most 366 days in all.
    #[param(value_type = Option<Date>, example = "2026-11-30")]
    to: Option<String>,
}

/// Get insights about extras
///
/// How often each extra was suggested, taken and declined, for how many of those who took it a visit was booked, and what these bring
/// in where they have a price: by month and extra, whole months. Each counts in the month in which it happened.
#[utoipa::path(
    get, path = "/v1/insights/extras", tag = "insights", operation_id = "getExtraInsights",
    params(ExtrasQuery),
    responses((status = 200, description = "What became of the extras in these months", body = ExtraReport)),
    security(("bearer" = ["insights:read"]))
)]
pub(crate) async fn extras(
    caller: Caller<may::ReadInsights>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ExtrasQuery>,
) -> Result<Json<ExtraReport>, ApiError> {
    let tenant = caller.tenant()?;
    let range = range(query.from.as_deref(), query.to.as_deref(), tenant, caller.trace.at)?;
    Ok(Json(guard.store.insights().extra_report(tenant, range).await?))
}

/// The days that a query names: the last 30 where it names none.
fn range(from: Option<&str>, to: Option<&str>, tenant: &Tenant, now: Timestamp) -> Result<Range, Failure> {
    let to = match to {
        Some(to) => read_day("to", to)?,
        None => now.to_zoned(tenant.time_zone()).date(),
    };
    let from = match from {
        Some(from) => read_day("from", from)?,
        None => to.saturating_sub(29.days()),
    };
    Range::new(from, to)
}

fn read_day(field: &str, text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::invalid(field, format!("{field} must be a day such as 2026-11-20")))
}
