//! The tenant's sequences: the shipped ones, and its own, which take the place of shipped ones with the same id.

use api::{ApiError, Caller, Editable, Guard, Resource};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::ids::{SequenceId, StepId, VariantId};
use domain::journeys::{Act, Judgement, Sequence, VariantStats, in_force, judge, shipped};
use domain::{Failure, TenantId};
use serde::Serialize;
use store::{Store, Trace, Versioned};
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
    /// The step.
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

/// The kind of document.
struct TenantSequences;

api::resource! {
    (TenantSequences: Sequence by SequenceId, "/v1/sequences", "/v1/sequences/{id}", "journeys",
        ReadSettings "settings:read", WriteSettings "settings:write")
    /// Get a sequence
    ///
    /// A shipped one has the version 0: put with it, and it becomes the tenant's own.
    show "getSequence" = "The sequence";
    /// Add a sequence
    ///
    /// It begins with the next event that it enters on. Refused with the field at fault: steps that are never reached, circles,
    /// texts that are missing or have places that nothing is known for.
    create "createSequence";
    /// Replace a sequence
    ///
    /// Enrollments that go on follow it from their next step; one whose step is no longer there ends. With the version 0 a shipped
    /// one is replaced by the tenant's own.
    replace "replaceSequence";
    /// Remove a sequence
    ///
    /// Where a shipped one has the same id, that one is in force again. To have none of it, keep your own and switch it off.
    remove "removeSequence";
}

impl Resource for TenantSequences {
    type Document = Sequence;

    fn id(text: &str) -> Result<String, Failure> {
        SequenceId::new(text).map(String::from).map_err(|_| Failure::not_found("sequence"))
    }

    /// The tenant's own, else the shipped one as version 0.
    async fn find(store: &Store, tenant: &TenantId, id: &str) -> Result<Versioned<Sequence>, Failure> {
        let own = store.documents().all::<Sequence>(tenant).await?;
        if own.iter().any(|sequence| sequence.id.as_str() == id) {
            return store.documents().get(tenant, id).await;
        }
        let shipped = shipped().iter().find(|sequence| sequence.id.as_str() == id);
        shipped
            .map(|value| Versioned { value: value.clone(), version: 0 })
            .ok_or_else(|| Failure::not_found("sequence"))
    }
}

impl Editable for TenantSequences {
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

    /// With the version 0, the tenant's own takes the place of a shipped one.
    async fn replace(
        store: &Store,
        tenant: &TenantId,
        wanted: &Sequence,
        version: u64,
        trace: &Trace,
    ) -> Result<Versioned<Sequence>, Failure> {
        // What is there now must be what was read; the store checks it once more as it writes.
        let there = Self::find(store, tenant, wanted.id.as_str()).await?;
        Self::check(store, tenant, wanted).await?;
        if version == 0 && there.version == 0 {
            return store.documents().create(tenant, wanted, trace).await;
        }
        store.documents().replace(tenant, wanted, version, trace).await
    }
}

/// See how a sequence's texts do
///
/// For each step with several texts: how many people got which, how many did what the sequence is for, how many wanted to
/// hear nothing more, and whether one has won.
#[utoipa::path(
    get, path = "/v1/sequences/{id}/results", tag = "journeys", operation_id = "getSequenceResults",
    params(("id" = SequenceId, Path, description = "The sequence's id")),
    responses((status = 200, description = "The results", body = Results)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn results(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<Results>, ApiError> {
    let tenant = &caller.principal.tenant;
    let sequence = TenantSequences::find(&guard.store, tenant, &TenantSequences::id(&id)?).await?.value;
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
