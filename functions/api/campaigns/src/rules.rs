//! The weather that a business waits for: its own rules, and those that its trade is suggested.

use api::{ApiError, Caller, Editable, Guard, Resource};
use axum::Json;
use axum::extract::State;
use domain::campaigns::WeatherRule;
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::TriggerId;
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use serde::Serialize;
use store::{Store, Trace, Versioned, suggested_rules};
use utoipa::ToSchema;

/// The most rules of a business.
const MAX_RULES: usize = 20;

/// A rule in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListedWeatherRule)]
pub(crate) struct ListedRule {
    /// The rule.
    #[serde(flatten)]
    rule: WeatherRule,
    /// Whether it is the business's own; else it is suggested by its trade, and not waited for until it is saved.
    own: bool,
    /// Its version, which a change names; of one that is suggested 0.
    version: u64,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WeatherRules {
    /// The business's own by id, then those that are suggested.
    items: Vec<ListedRule>,
}

/// List weather rules
///
/// The business's own, and those that its trade is suggested and that it has none in place of.
#[utoipa::path(
    get, path = "/v1/weather-rules", tag = "campaigns", operation_id = "listWeatherRules",
    responses((status = 200, description = "All rules", body = WeatherRules)),
    security(("bearer" = ["campaigns:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadCampaigns>,
    State(guard): State<Guard>,
) -> Result<Json<WeatherRules>, ApiError> {
    let own = guard.store.documents().list::<WeatherRule>(&caller.principal.tenant, 100, None).await?.items;
    let suggested = suggested_rules(caller.tenant()?).into_iter();
    let suggested: Vec<WeatherRule> =
        suggested.filter(|rule| own.iter().all(|mine| mine.value.id != rule.id)).collect();
    let own = own.into_iter().map(|Versioned { value, version }| ListedRule { rule: value, own: true, version });
    let suggested = suggested.into_iter().map(|rule| ListedRule { rule, own: false, version: 0 });
    Ok(Json(WeatherRules { items: own.chain(suggested).collect() }))
}

/// The kind of document.
struct Rules;

api::resource! {
    (Rules: WeatherRule by TriggerId, "/v1/weather-rules", "/v1/weather-rules/{id}", "campaigns",
        ReadCampaigns "campaigns:read", WriteCampaigns "campaigns:write")
    /// Get a weather rule
    ///
    /// One that is suggested has the version 0: put with it, and it becomes the business's own.
    show "getWeatherRule" = "The rule";
    /// Add a weather rule
    ///
    /// From the next morning on its weather is waited for. A business has at most 20.
    create "createWeatherRule";
    /// Replace a weather rule
    ///
    /// With the version 0 one that is suggested becomes the business's own. Campaigns that have begun stay as they are.
    replace "replaceWeatherRule";
    /// Remove a weather rule
    ///
    /// Its weather is waited for no more; campaigns that have begun go on. Where its trade is suggested one with the same id, that is
    /// suggested again.
    remove "removeWeatherRule";
}

impl Resource for Rules {
    type Document = WeatherRule;

    fn id(text: &str) -> Result<String, Failure> {
        TriggerId::new(text).map(String::from).map_err(|_| Failure::not_found("weather_rule"))
    }

    /// The business's own, else the suggested one as version 0.
    async fn find(store: &Store, tenant: &TenantId, id: &str) -> Result<Versioned<WeatherRule>, Failure> {
        match store.documents().get::<WeatherRule>(tenant, id).await {
            Err(missing @ Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                let tenant: Tenant = store.tenants().document(tenant).await?.value;
                let suggested = suggested_rules(&tenant).into_iter().find(|rule| rule.id.as_str() == id);
                suggested.map(|value| Versioned { value, version: 0 }).ok_or(missing)
            }
            found => found,
        }
    }
}

impl Editable for Rules {
    async fn check(store: &Store, tenant: &TenantId, wanted: &WeatherRule) -> Result<(), Failure> {
        wanted.validate_for(&store.tenants().document(tenant).await?.value)?;
        let locations = store.tenants().locations(tenant).await?;
        let place = wanted.audience.location.as_ref();
        if place.is_some_and(|place| locations.iter().all(|location| location.id != *place)) {
            return Err(Failure::invalid("audience.location", "there is no such location"));
        }
        let own = store.documents().all::<WeatherRule>(tenant).await?;
        if own.iter().filter(|rule| rule.id != wanted.id).count() >= MAX_RULES {
            let full = format!("a business may have at most {MAX_RULES} weather rules: remove one first");
            return Err(Failure::rejected(Rejection::Conflict, full));
        }
        Ok(())
    }

    /// With the version 0, the business's own takes the place of a suggested one.
    async fn replace(
        store: &Store,
        tenant: &TenantId,
        wanted: &WeatherRule,
        version: u64,
        trace: &Trace,
    ) -> Result<Versioned<WeatherRule>, Failure> {
        // What is there now must be what was read; the store checks it once more as it writes.
        let there = Self::find(store, tenant, wanted.id.as_str()).await?;
        Self::check(store, tenant, wanted).await?;
        if version == 0 && there.version == 0 {
            return store.documents().create(tenant, wanted, trace).await;
        }
        store.documents().replace(tenant, wanted, version, trace).await
    }
}
