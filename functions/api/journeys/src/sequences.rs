//! The tenant's sequences: the shipped ones, and its own, which take the place of shipped ones with the same id.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::identity::may;
use domain::ids::{SequenceId, StepId, VariantId};
use domain::journeys::{Act, Judgement, Sequence, VariantStats, in_force, judge, shipped};
use domain::{Failure, TenantId};
use serde::Serialize;
use store::{Store, Versioned};
use utoipa::ToSchema;

/// The most sequences of a tenant's own.
const MAX_SEQUENCES: usize = 50;

/// A sequence in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Listed {
    /// Its slug.
    id: SequenceId,
    /// What people call it.
    name: String,
    /// Whether new enrollments begin and running ones go on.
    enabled: bool,
    /// Whether it is the tenant's own; else it came with Porchlight.
    own: bool,
    /// How many steps it has.
    steps: usize,
}

/// All of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sequences {
    /// By id.
    items: Vec<Listed>,
}

/// How the texts of a sequence do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Results {
    /// Steps with several texts, in their order.
    steps: Vec<StepResults>,
}

/// How the texts of a step do.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepResults {
    /// Which step.
    step: StepId,
    /// Its texts; the first is what the others are measured by.
    variants: Vec<VariantId>,
    /// What was counted of each.
    variant_stats: VariantStats,
    /// What follows from that.
    judgement: Judgement,
}

/// List sequences
///
/// Those that are in force: the tenant's own, and the shipped ones that it has none in place of.
#[utoipa::path(
    get, path = "/v1/sequences", tag = "journeys", operation_id = "listSequences",
    responses((status = 200, description = "All sequences, by id", body = Sequences)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
) -> Result<Json<Sequences>, ApiError> {
    let own = guard.store.documents().all::<Sequence>(&caller.principal.tenant).await?;
    let mut items: Vec<Listed> = in_force(&own)
        .into_iter()
        .map(|sequence| Listed {
            own: own.iter().any(|mine| mine.id == sequence.id),
            steps: sequence.steps.len(),
            id: sequence.id,
            name: sequence.name,
            enabled: sequence.enabled,
        })
        .collect();
    items.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(Json(Sequences { items }))
}

/// Get a sequence
///
/// A shipped one has the version 0: put with it, and it becomes the tenant's own.
#[utoipa::path(
    get, path = "/v1/sequences/{id}", tag = "journeys", operation_id = "getSequence",
    params(("id" = SequenceId, Path, description = "Which")),
    responses((status = 200, description = "The sequence", body = Sequence, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Sequence>, ApiError> {
    Ok(Tagged(find(&guard.store, &caller.principal.tenant, &known(&id)?).await?))
}

/// Add a sequence
///
/// It begins with the next event that it enters on. Refused with the field at fault: steps that are never reached, circles,
/// texts that are missing or have places that nothing is known for.
#[utoipa::path(
    post, path = "/v1/sequences", tag = "journeys", operation_id = "createSequence",
    request_body = Sequence,
    responses((status = 201, description = "Added", body = Sequence, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<Sequence>,
) -> Result<Created<Sequence>, ApiError> {
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    let value = guard.store.documents().create(tenant, &wanted, &caller.trace).await?;
    Ok(Created { location: format!("/v1/sequences/{}", wanted.id), value })
}

/// Replace a sequence
///
/// Enrollments that go on follow it from their next step; one whose step is no longer there ends. With the version 0 a shipped
/// one is replaced by the tenant's own.
#[utoipa::path(
    put, path = "/v1/sequences/{id}", tag = "journeys", operation_id = "replaceSequence",
    params(
        ("id" = SequenceId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = Sequence,
    responses((status = 200, description = "As it is now", body = Sequence, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<Sequence>,
) -> Result<Tagged<Sequence>, ApiError> {
    let tenant = &caller.principal.tenant;
    if known(&id)? != wanted.id {
        return Err(Failure::invalid("id", "id must be the one in the address").into());
    }
    // What is there now must be what was read; the store checks it once more as it writes.
    let there = find(&guard.store, tenant, &wanted.id).await?;
    check(&guard.store, tenant, &wanted).await?;
    let takes_the_place = version == 0 && there.version == 0;
    let stored = if takes_the_place {
        guard.store.documents().create(tenant, &wanted, &caller.trace).await?
    } else {
        guard.store.documents().replace(tenant, &wanted, version, &caller.trace).await?
    };
    Ok(Tagged(stored))
}

/// Remove a sequence
///
/// Where a shipped one has the same id, that one is in force again. To have none of it, keep your own and switch it off.
#[utoipa::path(
    delete, path = "/v1/sequences/{id}", tag = "journeys", operation_id = "removeSequence",
    params(
        ("id" = SequenceId, Path, description = "Which"),
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
    let id = known(&id)?;
    guard.store.documents().remove::<Sequence>(&caller.principal.tenant, id.as_str(), version, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// See how a sequence's texts do
///
/// For each step with several texts: how many people got which, how many did what the sequence is for, how many wanted to
/// hear nothing more, and whether one has won.
#[utoipa::path(
    get, path = "/v1/sequences/{id}/results", tag = "journeys", operation_id = "getSequenceResults",
    params(("id" = SequenceId, Path, description = "Which")),
    responses((status = 200, description = "The results", body = Results)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn results(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<Results>, ApiError> {
    let tenant = &caller.principal.tenant;
    let sequence = find(&guard.store, tenant, &known(&id)?).await?.value;
    let mut counted = guard.store.sequences().sequence_variant_stats(tenant, &sequence.id).await?;
    let steps = sequence.steps.iter().filter_map(|step| {
        let Act::Message(text) = &step.does else { return None };
        let several = text.variants.len() > 1;
        several.then(|| {
            let variant_stats = counted.remove(&step.id).unwrap_or_default();
            StepResults {
                step: step.id.clone(),
                variants: text.variants.iter().map(|variant| variant.id.clone()).collect(),
                judgement: judge(&text.variants, &variant_stats),
                variant_stats,
            }
        })
    });
    Ok(Json(Results { steps: steps.collect() }))
}

/// The tenant's own, else the shipped one as version 0.
async fn find(store: &Store, tenant: &TenantId, id: &SequenceId) -> Result<Versioned<Sequence>, Failure> {
    let own = store.documents().all::<Sequence>(tenant).await?;
    if own.iter().any(|sequence| sequence.id == *id) {
        return store.documents().get(tenant, id.as_str()).await;
    }
    let shipped = shipped().iter().find(|sequence| sequence.id == *id);
    shipped.map(|value| Versioned { value: value.clone(), version: 0 }).ok_or_else(|| Failure::not_found("sequence"))
}

/// Refuses a sequence that cannot work, and one too many.
async fn check(store: &Store, tenant: &TenantId, wanted: &Sequence) -> Result<(), Failure> {
    wanted.validate(&store.tenants().document(tenant).await?.value)?;
    let own = store.documents().all::<Sequence>(tenant).await?;
    let others = own.iter().filter(|sequence| sequence.id != wanted.id).count();
    if others >= MAX_SEQUENCES {
        let message = format!("a business may have at most {MAX_SEQUENCES} sequences of its own");
        return Err(Failure::invalid("id", message));
    }
    Ok(())
}

/// An id out of an address: what cannot be one names nothing.
fn known(id: &str) -> Result<SequenceId, Failure> {
    SequenceId::new(id).map_err(|_| Failure::not_found("sequence"))
}
