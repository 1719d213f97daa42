//! What the business sells, and what it costs at a place on a date.

use api::{ApiError, Caller, Guard, Parameters};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::ids::{LocationId, ServiceId};
use domain::tenancy::offer::{Offer, resolve};
use domain::tenancy::{Deposit, Location, Price, Service, Tenant};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CatalogueQuery {
    /// At which location; the tenant's own prices where absent.
    #[param(value_type = Option<LocationId>)]
    location: Option<String>,
    /// On which day there; today where absent.
    #[param(value_type = Option<Date>, example = "2026-11-20")]
    date: Option<String>,
}

/// What is sold, at a place on a date.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Catalogue {
    /// ISO 4217 code of the prices.
    #[schema(example = "USD")]
    currency: String,
    /// The day the prices are of.
    date: Date,
    /// The services, in the tenant's order.
    items: Vec<CatalogueItem>,
}

/// One service, at a place on a date.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueItem {
    /// The service's id.
    id: ServiceId,
    /// The name customers see.
    name: String,
    /// One sentence about it.
    description: String,
    /// Whether it is to be had there.
    offered: bool,
    /// What it costs, where that can be said beforehand.
    price: Option<Price>,
    /// What is paid when it is booked, in cents.
    deposit_cents: Option<u64>,
    /// How long it takes, in minutes.
    duration_minutes: Option<u32>,
    /// What whoever does it must know.
    skills: Vec<String>,
}

/// List services
///
/// With the prices that hold: those of the date before those of always, the location's before the tenant's.
#[utoipa::path(
    get, path = "/v1/services", tag = "settings", operation_id = "listServices",
    params(CatalogueQuery),
    responses((status = 200, description = "The services with their prices", body = Catalogue)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<CatalogueQuery>,
) -> Result<Json<Catalogue>, ApiError> {
    let date = query.date.as_deref().map(read_date).transpose()?;
    let id = &caller.principal.tenant;
    let tenant = guard.store.tenants().document(id).await?.value;
    let location = match query.location {
        Some(location) => {
            Some(guard.store.documents().get::<Location>(id, LocationId::new(location)?.as_str()).await?.value)
        }
        None => None,
    };
    let zone = tenant.zone_at(location.as_ref());
    let date = date.unwrap_or_else(|| runtime::clock::now().to_zoned(zone).date());
    Ok(Json(catalogue(&tenant, location.as_ref(), date)))
}

fn read_date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::invalid("date", "date must be a day such as 2026-11-20"))
}

fn catalogue(tenant: &Tenant, location: Option<&Location>, date: Date) -> Catalogue {
    let item = |service: &Service| {
        let offer = resolve(tenant, location, &service.id, date);
        let offered = offer != Offer::NotOffered;
        CatalogueItem {
            id: service.id.clone(),
            name: service.name.clone(),
            description: service.description.clone(),
            offered,
            price: offer.price(),
            deposit_cents: service.deposit.filter(|_| offered).and_then(|deposit| due(deposit, offer.price())),
            duration_minutes: service.duration_minutes,
            skills: service.skills.clone(),
        }
    };
    Catalogue { currency: tenant.currency.clone(), date, items: tenant.services.iter().map(item).collect() }
}

/// A share of a price that cannot be said beforehand cannot be said either.
fn due(deposit: Deposit, price: Option<Price>) -> Option<u64> {
    match (deposit, price) {
        (Deposit::Cents(cents), _) => Some(cents),
        (Deposit::Percent(_), price) => price.map(|price| deposit.cents(price)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn a_catalogue_has_the_prices_of_its_place_and_date() {
        let tenant: Tenant = from_value(json!({
            "id": "acme", "name": "Acme", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
            "region": "US", "language": "en", "business": {}, "hours": {}, "notify": ["owner@example.com"],
            "services": [
                {"id": "repair", "name": "Repair", "price": {"from_cents": 10_000}, "deposit": {"percent": 20},
                 "dated_prices": [{"from": "2026-12-01", "until": "2026-12-31", "price": {"from_cents": 20_000}}]},
                {"id": "gutters", "name": "Gutters", "deposit": {"percent": 20}},
                {"id": "visit", "name": "Visit", "deposit": {"cents": 500}},
            ],
        }))
        .unwrap();
        let location: Location = from_value(json!({
            "id": "aurora", "name": "Aurora", "address": {"street": "1 Example Street", "city": "Aurora", "country": "US"},
            "prices": [{"service": "repair", "price": {"from_cents": 12_000}}, {"service": "visit", "offered": false}],
        }))
        .unwrap();
        let of = |location, date: &str| {
            let items = catalogue(&tenant, location, date.parse().unwrap()).items;
            items
                .iter()
                .map(|item| (item.offered, item.price.map(|p| p.from_cents), item.deposit_cents))
                .collect::<Vec<_>>()
        };
        let open = (true, None, None);
        assert_eq!(of(None, "2026-11-20"), [(true, Some(10_000), Some(2_000)), open, (true, None, Some(500))]);
        assert_eq!(of(Some(&location), "2026-11-20"), [(true, Some(12_000), Some(2_400)), open, (false, None, None)]);
        assert_eq!(of(Some(&location), "2026-12-24"), [(true, Some(20_000), Some(4_000)), open, (false, None, None)]);
    }
}
