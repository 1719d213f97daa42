//! The ledger: what moved, reported in batches under the caller's own keys.

use api::{ApiError, Caller, Guard, JsonBody, Parameters, page_size};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::ids::{AppointmentId, ItemId, PurchaseOrderId};
use domain::inventory::{Item, MAX_BATCH, Movement, MovementKind, NewMovement, Places};
use domain::scheduling::Booking;
use domain::tenancy::{StaffMember, Tenant};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::{MovementFilter, Page, Recorded, Store, Trace};
use utoipa::ToSchema;

/// What moved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Batch {
    /// At most 100.
    #[schema(min_items = 1, max_items = 100)]
    movements: Vec<NewMovement>,
}

/// What became of each.
#[derive(Serialize, ToSchema)]
pub(crate) struct BatchResults {
    /// In the order of the request.
    results: Vec<BatchResult>,
}

/// What became of a movement.
#[derive(Serialize, ToSchema)]
pub(crate) struct BatchResult {
    /// The caller's name for it.
    key: String,
    /// As it is in the ledger; none: it is not.
    movement: Option<Movement>,
    /// Whether it was there before.
    was_there: bool,
    /// Why it is not in the ledger.
    problem: Option<MovementProblem>,
}

/// Why a movement is not in the ledger.
#[derive(Serialize, ToSchema)]
pub(crate) struct MovementProblem {
    /// By which programs know it, such as `invalid` or `conflict`.
    #[schema(example = "conflict")]
    code: String,
    /// The field at fault.
    #[schema(example = "quantity")]
    field: Option<String>,
    /// What to change.
    #[schema(example = "van-2 has 1 of capacitor-45-5, which is 1 too few: count it, or say where it came from")]
    message: String,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only of this item.
    #[param(value_type = Option<ItemId>, example = "capacitor-45-5")]
    item: Option<String>,
    /// Only of this kind.
    #[param(value_type = Option<MovementKind>, example = "waste")]
    kind: Option<String>,
    /// Only of this order.
    #[param(value_type = Option<PurchaseOrderId>)]
    order: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// List movements
///
/// The ledger, the latest first.
#[utoipa::path(
    get, path = "/v1/inventory/movements", tag = "inventory", operation_id = "listMovements",
    params(ListQuery),
    responses((status = 200, description = "A page of movements", body = Page<Movement>)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<Movement>>, ApiError> {
    let kind = query.kind.as_deref().map(|name| {
        MovementKind::named(name).ok_or_else(|| Failure::invalid("kind", "kind must be one of the kinds of movements"))
    });
    let filter = MovementFilter {
        item: query.item.map(ItemId::new).transpose()?,
        kind: kind.transpose()?,
        order: query.order.as_deref().map(PurchaseOrderId::parse).transpose()?,
    };
    let (tenant, limit) = (&caller.principal.tenant, page_size(query.limit.as_deref())?);
    Ok(Json(guard.store.inventory().movements(tenant, &filter, limit, query.cursor.as_deref()).await?))
}

/// Report movements
///
/// Deliveries, parts used on a job, transfers, counts, waste. Each has the caller's own `key`: the same one again is the same movement, so a
/// request whose answer was lost is sent again as it is. One that cannot be says why in its `problem` and stops none of the others.
/// What was used or wasted is booked even where the books lack it; `short` says by how much. Anything else is never taken below zero.
#[utoipa::path(
    post, path = "/v1/inventory/movements", tag = "inventory", operation_id = "recordMovements",
    request_body = Batch,
    responses((status = 200, description = "What became of each", body = BatchResults)),
    security(("bearer" = ["inventory:write"]))
)]
pub(crate) async fn record(
    caller: Caller<may::WriteInventory>,
    State(guard): State<Guard>,
    JsonBody(batch): JsonBody<Batch>,
) -> Result<Json<BatchResults>, ApiError> {
    if !(1..=MAX_BATCH).contains(&batch.movements.len()) {
        return Err(Failure::invalid("movements", format!("movements takes 1 to {MAX_BATCH} entries")).into());
    }
    let tenant = caller.tenant()?;
    let known = Known::read(&guard.store, tenant, &batch.movements).await?;
    let mut results = Vec::new();
    for new in batch.movements {
        let key = new.key.clone();
        let result = match known.line(tenant, new, &caller.trace) {
            Ok(movement) => guard.store.inventory().record(tenant, &movement, caller.trace.at).await,
            Err(failure) => Err(failure),
        };
        results.push(BatchResult::of(key, result)?);
    }
    Ok(Json(BatchResults { results }))
}

impl BatchResult {
    /// # Errors
    /// What is not the movement's own fault: the caller sends the whole batch again.
    fn of(key: String, result: Result<Recorded, Failure>) -> Result<Self, Failure> {
        Ok(match result {
            Ok(Recorded { movement, was_there }) => Self { key, movement: Some(movement), was_there, problem: None },
            Err(Failure::Rejected { kind, field, message }) => {
                let problem = MovementProblem { code: kind.code().to_owned(), field, message };
                Self { key, movement: None, was_there: false, problem: Some(problem) }
            }
            Err(failure) => return Err(failure),
        })
    }
}

/// What movements may name.
struct Known {
    places: Places,
    items: BTreeSet<ItemId>,
    staff: BTreeSet<String>,
    visits: BTreeMap<AppointmentId, Booking>,
}

impl Known {
    async fn read(store: &Store, tenant: &Tenant, movements: &[NewMovement]) -> Result<Self, Failure> {
        let documents = store.documents();
        let (places, items) = tokio::try_join!(crate::places(store, &tenant.id), documents.all::<Item>(&tenant.id))?;
        let staff = match movements.iter().any(|movement| movement.staff.is_some()) {
            true => documents.all::<StaffMember>(&tenant.id).await?,
            false => Vec::new(),
        };
        let mut visits = BTreeMap::new();
        for id in movements.iter().filter_map(|movement| movement.appointment).collect::<BTreeSet<_>>() {
            if let Some(visit) = store.appointments().find(&tenant.id, id).await? {
                visits.insert(id, visit.value);
            }
        }
        Ok(Self {
            places,
            items: items.into_iter().map(|item| item.id).collect(),
            staff: staff.into_iter().map(|member| member.id.to_string()).collect(),
            visits,
        })
    }

    /// The line of the ledger that a report makes, where all that it names is there.
    fn line(&self, tenant: &Tenant, new: NewMovement, trace: &Trace) -> Result<Movement, Failure> {
        new.validate(&self.places, trace.at)?;
        let missing = |field: &str, what: &str| Failure::invalid(field, format!("there is no such {what}"));
        if !self.items.contains(&new.item) {
            return Err(missing("item", "item"));
        }
        if new.staff.as_ref().is_some_and(|staff| !self.staff.contains(staff.as_str())) {
            return Err(missing("staff", "member of the staff"));
        }
        let visit = new.appointment.map(|id| self.visits.get(&id).ok_or_else(|| missing("appointment", "appointment")));
        let visit = visit.transpose()?;
        let line = new.line(&tenant.id, trace.actor.clone(), trace.at);
        Ok(match visit {
            Some(visit) => line.at_visit(visit, &tenant.time_zone()),
            None => line,
        })
    }
}
