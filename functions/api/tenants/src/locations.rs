//! The places of the business.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Parameters, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::identity::may;
use domain::ids::LocationId;
use domain::tenancy::{Location, MAX_LOCATIONS};
use domain::{Failure, TenantId};
use store::{Page, Store, Versioned};

use crate::page::PageQuery;
use crate::rules::{same_id, taken};

/// List locations
#[utoipa::path(
    get, path = "/v1/locations", tag = "settings", operation_id = "listLocations",
    params(PageQuery),
    responses((status = 200, description = "A page of locations, by id", body = Page<Location>)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<Versioned<Location>>>, ApiError> {
    let (limit, cursor) = query.read()?;
    Ok(Json(guard.store.documents().list(&caller.principal.tenant, limit, cursor).await?))
}

/// Get a location
#[utoipa::path(
    get, path = "/v1/locations/{id}", tag = "settings", operation_id = "getLocation",
    params(("id" = LocationId, Path, description = "Which")),
    responses((status = 200, description = "The location", body = Location, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Location>, ApiError> {
    Ok(Tagged(guard.store.documents().get(&caller.principal.tenant, &known(&id)?).await?))
}

/// Add a location
///
/// Its services are the tenant's; what it leaves out is as for the whole tenant. A tenant has at most 1,000.
#[utoipa::path(
    post, path = "/v1/locations", tag = "settings", operation_id = "createLocation",
    request_body = Location,
    responses((status = 201, description = "Added", body = Location, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<Location>,
) -> Result<Created<Location>, ApiError> {
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    let value = guard.store.documents().create(tenant, &wanted, &caller.trace).await?;
    Ok(Created { location: format!("/v1/locations/{}", wanted.id), value })
}

/// Replace a location
#[utoipa::path(
    put, path = "/v1/locations/{id}", tag = "settings", operation_id = "replaceLocation",
    params(
        ("id" = LocationId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = Location,
    responses((status = 200, description = "As it is now", body = Location, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<Location>,
) -> Result<Tagged<Location>, ApiError> {
    same_id(&known(&id)?, wanted.id.as_str())?;
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    Ok(Tagged(guard.store.documents().replace(tenant, &wanted, version, &caller.trace).await?))
}

/// Remove a location
#[utoipa::path(
    delete, path = "/v1/locations/{id}", tag = "settings", operation_id = "removeLocation",
    params(
        ("id" = LocationId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    responses((status = 204, description = "Removed")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    guard.store.documents().remove::<Location>(&caller.principal.tenant, &known(&id)?, version, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An id out of an address: what cannot be one names nothing.
fn known(id: &str) -> Result<String, Failure> {
    LocationId::new(id).map(String::from).map_err(|_| Failure::not_found("location"))
}

/// Refuses a location that does not fit among the others. It guards against slips: two that come at the same moment do not
/// see each other.
async fn check(store: &Store, tenant: &TenantId, wanted: &Location) -> Result<(), Failure> {
    wanted.validate(&store.tenants().document(tenant).await?.value)?;
    fits(wanted, store.documents().all::<Location>(tenant).await?)
}

fn fits(wanted: &Location, mut others: Vec<Location>) -> Result<(), Failure> {
    others.retain(|other| other.id != wanted.id);
    if others.len() >= MAX_LOCATIONS {
        return Err(taken("id", format!("a business may have at most {MAX_LOCATIONS} locations")));
    }
    match others.iter().find(|other| other.phone.is_some() && other.phone == wanted.phone) {
        Some(other) => Err(taken("phone", format!("this number is the one of {}", other.id))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::failure::Rejection;
    use serde_json::{from_value, json};

    fn location(id: &str, phone: Option<&str>) -> Location {
        let address = json!({"street": "1 Example Street", "city": "Lakewood", "country": "US"});
        from_value(json!({"id": id, "name": "Lakewood", "address": address, "phone": phone})).unwrap()
    }

    fn refused(result: Result<(), Failure>) -> String {
        match result {
            Err(Failure::Rejected { kind: Rejection::Conflict, field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_last_location_fits_and_one_more_does_not() {
        let mut others: Vec<Location> = (1..MAX_LOCATIONS).map(|n| location(&format!("l-{n}"), None)).collect();
        assert_eq!(fits(&location("new", None), others.clone()), Ok(()));
        others.push(location("last", None));
        assert_eq!(refused(fits(&location("new", None), others.clone())), "id");
        // One that is there is not one more.
        assert_eq!(fits(&location("last", None), others), Ok(()));
    }

    #[test]
    fn a_number_rings_at_one_place() {
        let others = vec![location("aurora", Some("+13035550101")), location("golden", None)];
        assert_eq!(refused(fits(&location("lakewood", Some("+13035550101")), others.clone())), "phone");
        assert_eq!(fits(&location("aurora", Some("+13035550101")), others.clone()), Ok(()));
        assert_eq!(fits(&location("lakewood", None), others), Ok(()));
    }

    #[test]
    fn what_cannot_be_an_id_names_nothing() {
        assert_eq!(known("lakewood"), Ok("lakewood".to_owned()));
        for wrong in ["", "a b", "UPPER", &"a".repeat(2_000), "a#b"] {
            assert!(matches!(known(wrong), Err(Failure::Rejected { kind: Rejection::NotFound, .. })), "{wrong}");
        }
    }
}
