//! The people who do the work.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Parameters, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::identity::may;
use domain::ids::StaffId;
use domain::tenancy::{Location, MAX_STAFF, StaffMember};
use domain::{Failure, TenantId};
use store::{Page, Store, Versioned};

use crate::page::PageQuery;
use crate::rules::{same_id, taken};

/// List staff
#[utoipa::path(
    get, path = "/v1/staff", tag = "settings", operation_id = "listStaff",
    params(PageQuery),
    responses((status = 200, description = "A page of staff, by id", body = Page<StaffMember>)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<Versioned<StaffMember>>>, ApiError> {
    let (limit, cursor) = query.read()?;
    Ok(Json(guard.store.documents().list(&caller.principal.tenant, limit, cursor).await?))
}

/// Get a member of staff
#[utoipa::path(
    get, path = "/v1/staff/{id}", tag = "settings", operation_id = "getStaffMember",
    params(("id" = StaffId, Path, description = "Which")),
    responses((status = 200, description = "The person", body = StaffMember, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<StaffMember>, ApiError> {
    Ok(Tagged(guard.store.documents().get(&caller.principal.tenant, &known(&id)?).await?))
}

/// Add a member of staff
///
/// Whether they may sign in is another matter: invite them for that. A tenant has at most 2,000.
#[utoipa::path(
    post, path = "/v1/staff", tag = "settings", operation_id = "createStaffMember",
    request_body = StaffMember,
    responses((status = 201, description = "Added", body = StaffMember, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<StaffMember>,
) -> Result<Created<StaffMember>, ApiError> {
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    let value = guard.store.documents().create(tenant, &wanted, &caller.trace).await?;
    Ok(Created { location: format!("/v1/staff/{}", wanted.id), value })
}

/// Replace a member of staff
#[utoipa::path(
    put, path = "/v1/staff/{id}", tag = "settings", operation_id = "replaceStaffMember",
    params(
        ("id" = StaffId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = StaffMember,
    responses((status = 200, description = "As it is now", body = StaffMember, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<StaffMember>,
) -> Result<Tagged<StaffMember>, ApiError> {
    same_id(&known(&id)?, wanted.id.as_str())?;
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    Ok(Tagged(guard.store.documents().replace(tenant, &wanted, version, &caller.trace).await?))
}

/// Remove a member of staff
#[utoipa::path(
    delete, path = "/v1/staff/{id}", tag = "settings", operation_id = "removeStaffMember",
    params(
        ("id" = StaffId, Path, description = "Which"),
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
    guard
        .store
        .documents()
        .remove::<StaffMember>(&caller.principal.tenant, &known(&id)?, version, &caller.trace)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An id out of an address: what cannot be one names nothing.
fn known(id: &str) -> Result<String, Failure> {
    StaffId::new(id).map(String::from).map_err(|_| Failure::not_found("staff member"))
}

/// Refuses somebody who does not fit among the others. It guards against slips: two that come at the same moment do not see
/// each other.
async fn check(store: &Store, tenant: &TenantId, wanted: &StaffMember) -> Result<(), Failure> {
    wanted.validate(&store.documents().all::<Location>(tenant).await?)?;
    fits(wanted, store.documents().all::<StaffMember>(tenant).await?)
}

fn fits(wanted: &StaffMember, mut others: Vec<StaffMember>) -> Result<(), Failure> {
    others.retain(|other| other.id != wanted.id);
    if others.len() >= MAX_STAFF {
        return Err(taken("id", format!("a business may have at most {MAX_STAFF} staff")));
    }
    for other in others {
        if other.email.is_some() && other.email == wanted.email {
            return Err(taken("email", format!("this address is the one of {}", other.id)));
        }
        if other.phone.is_some() && other.phone == wanted.phone {
            return Err(taken("phone", format!("this number is the one of {}", other.id)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn person(id: &str, email: Option<&str>, phone: Option<&str>) -> StaffMember {
        from_value(json!({"id": id, "name": "Ana Flores", "email": email, "phone": phone})).unwrap()
    }

    #[test]
    fn an_address_or_number_is_one_persons() {
        let others = vec![person("ana", Some("ana@example.com"), Some("+13035550101")), person("ben", None, None)];
        let refused = |wanted: StaffMember| match fits(&wanted, others.clone()) {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(person("cem", Some("ana@example.com"), None)), "email");
        assert_eq!(refused(person("cem", None, Some("+13035550101"))), "phone");
        assert_eq!(fits(&person("cem", None, None), others.clone()), Ok(()));
        assert_eq!(fits(&person("ana", Some("ana@example.com"), None), others), Ok(()));
    }

    #[test]
    fn there_is_an_end_to_how_many() {
        let others: Vec<StaffMember> = (0..MAX_STAFF).map(|n| person(&format!("s-{n}"), None, None)).collect();
        assert!(fits(&person("new", None, None), others.clone()).is_err());
        assert_eq!(fits(&person("s-0", None, None), others), Ok(()));
    }
}
