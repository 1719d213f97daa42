//! Items out of a CSV file, in the request itself.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Permission, may};
use domain::ids::{ItemId, MovementId};
use domain::inventory::{
    ImportKnown, Item, ItemCount, ItemLine, ItemMapping, ItemOutcome, Movement, MovementKind, NewMovement, Supplier,
    import_items,
};
use domain::tenancy::Tenant;
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Store, Trace, Versioned};
use utoipa::ToSchema;

/// The longest file.
const MAX_BYTES: usize = 200 * 1024;
/// So many lines are told of; the others are counted.
const MAX_TOLD: usize = 200;
/// So many items are written at the same time.
const AT_ONCE: usize = 16;

/// A file of items, and which of its columns is what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "csv": "SKU,Name,Supplier,Pack size,Pack price,Lead days,Reorder point,Place,Quantity\nCAP-45-5,Capacitor 45/5 µF,Front Range Supply,10,89.00,3,6,shop,12\n",
    "mapping": {"place": "Place"}, "dry_run": true
}))]
pub(crate) struct ItemImport {
    /// The file, of at most 200 KB and 2,000 lines: a head with the names of the columns and lines below it. Cells are separated by commas,
    /// semicolons or tabs.
    #[schema(max_length = 204_800)]
    csv: String,
    /// Which columns hold what, where they are not called as the fields are.
    #[serde(default)]
    mapping: ItemMapping,
    /// Whether to say only what would happen.
    #[serde(default)]
    dry_run: bool,
    /// Whether items whose SKU is there change to what the file says of them; else such a line changes nothing.
    #[serde(default)]
    update: bool,
}

/// What became of a file, or would.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemImported {
    /// Whether nothing was stored.
    dry_run: bool,
    /// How many lines were read, the head not counted.
    #[schema(example = 120)]
    lines: usize,
    /// How many of them made a new item.
    made: usize,
    /// How many changed one.
    updated: usize,
    /// How many said what is there already.
    unchanged: usize,
    /// How many named an item that is there and says something else: send them with `update`.
    kept: usize,
    /// How many were counts that are in the ledger now, or would be.
    counted: usize,
    /// How many could not be taken.
    refused: usize,
    /// What is wrong with them, in their order; of the first 200.
    problems: Vec<LineProblem>,
}

/// What is wrong with a line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineProblem {
    /// Which line, as an editor counts them: the head is the first.
    #[schema(example = 7)]
    line: u64,
    /// The column.
    #[schema(example = "Supplier")]
    column: Option<String>,
    /// What to write.
    #[schema(example = "there is no supplier `Frnt Range`: add it first, or write one of Front Range Supply")]
    message: String,
}

/// Import items
///
/// From a CSV file that comes with the request. Every line is taken for itself: what is wrong with one is told with its column and with what to
/// write, and stops none of the others. Lines of one SKU are one item, such as with several suppliers. A quantity is a count of this moment. The
/// same file sent again changes nothing twice: items that are there stay, and a count that is in the ledger is known. Try it first with
/// `dry_run`.
#[utoipa::path(
    post, path = "/v1/inventory/item-imports", tag = "inventory", operation_id = "importItems",
    request_body = ItemImport,
    responses((status = 200, description = "What became of the lines", body = ItemImported)),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn import(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    JsonBody(file): JsonBody<ItemImport>,
) -> Result<Json<ItemImported>, ApiError> {
    if file.csv.len() > MAX_BYTES {
        let what = format!("csv may have at most {MAX_BYTES} bytes: send it in parts");
        return Err(
            Failure::Rejected { kind: Rejection::TooLarge, field: Some("csv".to_owned()), message: what }.into()
        );
    }
    let (tenant, store) = (caller.tenant()?, &guard.store);
    let documents = store.documents();
    let (items, suppliers, locations, resources) = tokio::try_join!(
        documents.all::<Item>(&tenant.id),
        documents.all::<Supplier>(&tenant.id),
        store.tenants().locations(&tenant.id),
        store.tenants().resources(&tenant.id)
    )?;
    let known =
        ImportKnown { tenant, items: &items, suppliers: &suppliers, locations: &locations, resources: &resources };
    let mut lines = import_items(&file.csv, &file.mapping, known, file.update)?;
    if !caller.principal.permits(Permission::WriteInventory) {
        refuse_counts(&mut lines);
    }
    if !file.dry_run {
        let key = MovementId::derive(&tenant.id, &["item-import", &file.csv]).to_string();
        keep(store, tenant, &mut lines, &items, &caller.trace).await?;
        count(store, tenant, &mut lines, &key, &caller.trace).await?;
    }
    Ok(Json(ItemImported::of(&lines, file.dry_run)))
}

/// Who may change items and not the stock enters no counts.
fn refuse_counts(lines: &mut [ItemLine]) {
    for line in lines {
        if line.outcome.as_ref().ok().and_then(counted).is_some() {
            let what = "a quantity is a count, which you may not enter: leave it empty";
            line.outcome = Err(Failure::rejected(Rejection::Forbidden, what));
        }
    }
}

/// Stores the items, each once as the last of its lines has it. The lines of one that is refused are.
async fn keep(
    store: &Store,
    tenant: &Tenant,
    lines: &mut [ItemLine],
    before: &[Item],
    trace: &Trace,
) -> Result<(), Failure> {
    let mut wanted: BTreeMap<ItemId, Item> = BTreeMap::new();
    for line in lines.iter() {
        if let Ok(ItemOutcome::Made(item, _) | ItemOutcome::Updated(item, _)) = &line.outcome {
            wanted.insert(item.id.clone(), item.clone());
        }
    }
    let wanted: Vec<Item> = wanted.into_values().collect();
    let mut refused: BTreeMap<ItemId, Failure> = BTreeMap::new();
    for some in wanted.chunks(AT_ONCE) {
        let stored = some.iter().map(|item| {
            let read = before.iter().find(|before| before.id == item.id);
            async move { (&item.id, store_item(store, tenant, item, read, trace).await) }
        });
        for (id, result) in join_all(stored).await {
            match result {
                Err(failure @ Failure::Rejected { .. }) => drop(refused.insert(id.clone(), failure)),
                other => other?,
            }
        }
    }
    for line in lines {
        if let Ok(ItemOutcome::Made(item, _) | ItemOutcome::Updated(item, _)) = &line.outcome
            && let Some(failure) = refused.get(&item.id)
        {
            line.outcome = Err(failure.clone());
        }
    }
    Ok(())
}

/// Stores an item in the place of what was read of it.
async fn store_item(
    store: &Store,
    tenant: &Tenant,
    item: &Item,
    read: Option<&Item>,
    trace: &Trace,
) -> Result<(), Failure> {
    let documents = store.documents();
    let Some(read) = read else { return documents.create(&tenant.id, item, trace).await.map(drop) };
    let Versioned { value, version } = documents.get::<Item>(&tenant.id, item.id.as_str()).await?;
    if value == *item {
        return Ok(());
    }
    if value != *read {
        let what = "someone else has changed this item meanwhile: send the line again";
        return Err(Failure::rejected(Rejection::Conflict, what));
    }
    documents.replace(&tenant.id, item, version, trace).await.map(drop)
}

/// Enters the counts, each under the file's name and its line, so that it is one count however often the file is sent. Several of one item are
/// entered one after the other.
async fn count(
    store: &Store,
    tenant: &Tenant,
    lines: &mut [ItemLine],
    key: &str,
    trace: &Trace,
) -> Result<(), Failure> {
    let mut by_item: BTreeMap<ItemId, Vec<(usize, Movement)>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some((item, ItemCount { place, quantity })) = line.outcome.as_ref().ok().and_then(counted) {
            let new = NewMovement {
                key: format!("import/{key}/{}", line.line),
                item: item.id.clone(),
                kind: MovementKind::Count,
                place: place.clone(),
                to: None,
                quantity: *quantity,
                at: None,
                staff: None,
                appointment: None,
                unit_cents: None,
                note: String::new(),
            };
            let movement = new.line(&tenant.id, trace.actor.clone(), trace.at);
            by_item.entry(item.id.clone()).or_default().push((index, movement));
        }
    }
    let by_item: Vec<Vec<(usize, Movement)>> = by_item.into_values().collect();
    for some in by_item.chunks(AT_ONCE) {
        let recorded = some.iter().map(|movements| async move {
            let mut done = Vec::new();
            for (index, movement) in movements {
                done.push((*index, store.inventory().record(tenant, movement, trace.at).await));
            }
            done
        });
        for (index, result) in join_all(recorded).await.into_iter().flatten() {
            match result {
                Err(failure @ Failure::Rejected { .. }) => {
                    if let Some(line) = lines.get_mut(index) {
                        line.outcome = Err(failure);
                    }
                }
                other => drop(other?),
            }
        }
    }
    Ok(())
}

fn counted(outcome: &ItemOutcome) -> Option<(&Item, &ItemCount)> {
    match outcome {
        ItemOutcome::Made(item, count) | ItemOutcome::Updated(item, count) | ItemOutcome::Unchanged(item, count) => {
            Some((item, count.as_ref()?))
        }
        ItemOutcome::Kept(_) => None,
    }
}

impl ItemImported {
    fn of(lines: &[ItemLine], dry_run: bool) -> Self {
        let outcomes = || lines.iter().filter_map(|line| line.outcome.as_ref().ok());
        let count = |is_it: fn(&ItemOutcome) -> bool| outcomes().filter(|outcome| is_it(outcome)).count();
        let problem = |line: &ItemLine| {
            let (column, message) = match line.outcome.as_ref().err()? {
                Failure::Rejected { field, message, .. } => (field.clone(), message.clone()),
                other => (None, other.to_string()),
            };
            Some(LineProblem { line: line.line, column, message })
        };
        let problems: Vec<LineProblem> = lines.iter().filter_map(problem).collect();
        Self {
            dry_run,
            lines: lines.len(),
            made: count(|outcome| matches!(outcome, ItemOutcome::Made(..))),
            updated: count(|outcome| matches!(outcome, ItemOutcome::Updated(..))),
            unchanged: count(|outcome| matches!(outcome, ItemOutcome::Unchanged(..))),
            kept: count(|outcome| matches!(outcome, ItemOutcome::Kept(..))),
            counted: count(|outcome| counted(outcome).is_some()),
            refused: problems.len(),
            problems: problems.into_iter().take(MAX_TOLD).collect(),
        }
    }
}
