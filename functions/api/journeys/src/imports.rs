//! Contacts out of a CSV file. A file is sent with the request where it is small, else to a signed address; `worker-imports` reads it.

use api::{ApiError, Caller, Guard, HoldsLink, JsonBody, PageQuery, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::ImportId;
use domain::leads::import::{Head, Import, ImportState, ImportStep, Mapping, ToldLine};
use domain::{Failure, TenantId};
use files::{IMPORT_FILE, Prefix};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Page, Versioned};
use utoipa::ToSchema;

use crate::AppState;

/// The longest file that comes with the request.
const MAX_INLINE_BYTES: usize = 200 * 1024;
/// How often a start or a stop is decided again that the worker overtook.
const ATTEMPTS: usize = 4;
/// So many imports of a tenant may wait or run. Two that begin at once may both be the last.
const MAX_OPEN: usize = 3;
/// So many imports are looked through in one call.
const PAGE: usize = 100;

/// A file of contacts, and which of its columns is what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"mapping": {"name": ["Name"], "phones": ["Mobile"]}, "csv": "Name,Mobile\nAna Vale,(303) 555-0123\n"}))]
pub(crate) struct NewImport {
    /// Which columns hold what.
    mapping: Mapping,
    /// The file, where it has at most 200 KB: a head with the names of the columns and lines below it. Cells are separated by commas,
    /// semicolons or tabs. It is imported at once.
    #[serde(default)]
    #[schema(max_length = 204_800)]
    csv: Option<String>,
    /// The size of a file that is sent later, at most 30 MB: the answer says where to.
    #[serde(default)]
    #[schema(value_type = Option<u64>, minimum = 1, maximum = 30_000_000)]
    bytes: Option<u64>,
    /// With `csv`: whether to say only what would happen.
    #[serde(default)]
    dry_run: bool,
    /// Whether a line with an address of a contact that is there adds to the contact what it does not have: name, tags, fields,
    /// addresses. Nothing that is there is replaced. Else such a line changes nothing.
    #[serde(default)]
    update: bool,
}

/// How to start an import.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartImport {
    /// Whether to say only what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// An import, and where its file goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportBegun {
    #[serde(flatten)]
    import: Import,
    /// Where the file goes; none where it came with the request, or is there already.
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<ImportUpload>,
}

/// Where a file goes: `PUT` it there within 15 minutes, and start the import.
#[derive(Debug, Serialize, ToSchema)]
struct ImportUpload {
    /// The address.
    url: String,
    /// Headers to send with it.
    headers: BTreeMap<String, String>,
}

/// Import contacts
///
/// From a CSV file. Every line is told for itself: what is wrong with it, or whose its address is already; such a line is passed over,
/// and the others become contacts as `POST /v1/contacts` makes them. A file of at most 200 KB comes with the request, as `csv`, and is
/// imported at once. Of a larger one, of at most 30 MB, say the size: the answer has an address to `PUT` it to; then start the import.
/// Three at most may be waiting or running: another one is a conflict until one is done or cancelled.
#[utoipa::path(
    post, path = "/v1/contact-imports", tag = "contacts", operation_id = "importContacts",
    request_body = NewImport,
    responses((status = 201, description = "Begun; `Location` says where to ask how far it is", body = ImportBegun, headers(
        ("Location" = String, description = "Its address")
    ))),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn begin(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    JsonBody(new): JsonBody<NewImport>,
) -> Result<Response, ApiError> {
    let (tenant, trace) = (&caller.principal.tenant, &caller.trace);
    let id = ImportId::derive(tenant, &["import", &caller.cause]);
    let bytes = check(&new)?;
    let import = Import::new(id, (new.mapping, new.update), bytes, trace.actor.clone(), trace.at)?;
    app_state.demand_room(tenant, id).await?;
    let import = app_state.guard.store.imports().begin(tenant, &import, trace).await?;
    let key = Prefix::import(tenant, id).key(IMPORT_FILE);
    let begun = match new.csv {
        Some(csv) => {
            if import.value.state == ImportState::Waiting {
                app_state.files.put_passing(&key, csv.into_bytes()).await?;
            }
            let import = app_state.start(tenant, import, new.dry_run, &caller).await?;
            ImportBegun { import, upload: None }
        }
        // What is read is not replaced any more.
        None if import.value.state != ImportState::Waiting => ImportBegun { import: import.value, upload: None },
        None => {
            let link = app_state.files.upload_link(&key, bytes).await?;
            let upload = ImportUpload { url: link.url, headers: link.headers };
            ImportBegun { import: import.value, upload: Some(upload) }
        }
    };
    let location = format!("/v1/contact-imports/{id}");
    let holds_link = begun.upload.is_some();
    let answer = (StatusCode::CREATED, [(LOCATION, location)], Json(begun));
    Ok(if holds_link { HoldsLink(answer).into_response() } else { answer.into_response() })
}

/// List imports
///
/// Of the last 30 days, newest first.
#[utoipa::path(
    get, path = "/v1/contact-imports", tag = "contacts", operation_id = "listImports",
    params(PageQuery),
    responses((status = 200, description = "A page of imports", body = Page<Import>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<Import>>, ApiError> {
    let (limit, cursor) = query.read()?;
    Ok(Json(guard.store.imports().list(&caller.principal.tenant, limit, cursor).await?))
}

/// Get an import
#[utoipa::path(
    get, path = "/v1/contact-imports/{id}", tag = "contacts", operation_id = "getImport",
    params(("id" = ImportId, Path, description = "The import")),
    responses((status = 200, description = "How far it is", body = Import)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<Import>, ApiError> {
    Ok(Json(guard.store.imports().get(&caller.principal.tenant, ImportId::parse(&id)?).await?.value))
}

/// List an import's lines that made no contact
///
/// In the order of the file: the first 1,000 in which something is wrong, and the first 1,000 whose address is somebody's.
#[utoipa::path(
    get, path = "/v1/contact-imports/{id}/lines", tag = "contacts", operation_id = "listImportLines",
    params(("id" = ImportId, Path, description = "The import"), PageQuery),
    responses((status = 200, description = "A page of lines", body = Page<ToldLine>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn lines(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<ToldLine>>, ApiError> {
    let (tenant, imports) = (&caller.principal.tenant, guard.store.imports());
    let import = imports.get(tenant, ImportId::parse(&id)?).await?.value;
    let (limit, cursor) = query.read()?;
    Ok(Json(imports.lines(tenant, &import, limit, cursor).await?))
}

/// Start an import
///
/// Once its file is there. One that was tried is done in earnest: the file need not be sent again. The same start again changes nothing.
#[utoipa::path(
    post, path = "/v1/contact-imports/{id}/start", tag = "contacts", operation_id = "startImport",
    params(("id" = ImportId, Path, description = "The import")),
    request_body = StartImport,
    responses((status = 200, description = "The import as it is now", body = Import)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn start(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(how): JsonBody<StartImport>,
) -> Result<Json<Import>, ApiError> {
    let tenant = &caller.principal.tenant;
    let import = app_state.guard.store.imports().get(tenant, ImportId::parse(&id)?).await?;
    if import.value.state == ImportState::Waiting {
        let size = app_state.files.size(&Prefix::import(tenant, import.value.id).key(IMPORT_FILE)).await?;
        if size != Some(import.value.bytes) {
            let what =
                format!("PUT the file of {} bytes to the address that the import was begun with", import.value.bytes);
            return Err(Failure::invalid("bytes", what).into());
        }
    }
    // One that waits has its place already.
    if import.value.state == ImportState::Tried {
        app_state.demand_room(tenant, import.value.id).await?;
    }
    Ok(Json(app_state.start(tenant, import, how.dry_run, &caller).await?))
}

/// Stop an import
///
/// What was stored stays. One that is over stays as it is.
#[utoipa::path(
    post, path = "/v1/contact-imports/{id}/cancel", tag = "contacts", operation_id = "cancelImport",
    params(("id" = ImportId, Path, description = "The import")),
    responses((status = 200, description = "The import as it is now", body = Import)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn cancel(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Import>, ApiError> {
    let (tenant, at) = (&caller.principal.tenant, caller.trace.at);
    let import = app_state.guard.store.imports().get(tenant, ImportId::parse(&id)?).await?;
    demand_own(&caller, &import.value)?;
    // The worker, asked once more, takes the file away.
    Ok(Json(app_state.moved(tenant, import, |import| Ok(import.cancelled(at))).await?))
}

/// Demands that a test key works on an import of its own.
fn demand_own(caller: &Caller<may::WriteLeads>, import: &Import) -> Result<(), Failure> {
    if !caller.principal.is_test() || import.by == caller.trace.actor {
        return Ok(());
    }
    let what = "a key for tests starts and stops imports alone that it began itself";
    Err(Failure::rejected(Rejection::TestKey, what))
}

impl AppState {
    /// Demands that an import may begin or be done in earnest beside the tenant's others.
    async fn demand_room(&self, tenant: &TenantId, id: ImportId) -> Result<(), Failure> {
        let (mut open, mut cursor) = (0, None);
        loop {
            let page = self.guard.store.imports().list(tenant, PAGE, cursor.as_deref()).await?;
            open += page.items.iter().filter(|import| is_open_beside(import, id)).count();
            if open >= MAX_OPEN {
                let what = format!("{MAX_OPEN} imports are waiting or running: wait until one is done, or cancel one");
                return Err(Failure::rejected(Rejection::Conflict, what));
            }
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    /// Says yes or no to an import that was tried. A repeat changes nothing.
    pub(crate) async fn answer_import(
        &self,
        id: ImportId,
        yes: bool,
        caller: &Caller<may::WriteLeads>,
    ) -> Result<(), Failure> {
        let tenant = &caller.principal.tenant;
        let import = self.guard.store.imports().get(tenant, id).await?;
        demand_own(caller, &import.value)?;
        match (import.value.state, yes) {
            (ImportState::Tried, true) => {
                self.demand_room(tenant, id).await?;
                self.start(tenant, import, false, caller).await?;
            }
            // Whoever said it first may have died before asking the worker.
            (ImportState::Running | ImportState::Done, true) if !import.value.dry_run => {
                self.start(tenant, import, false, caller).await?;
            }
            (ImportState::Tried | ImportState::Cancelled, false) => {
                self.moved(tenant, import, |import| Ok(import.cancelled(caller.trace.at))).await?;
            }
            _ => {
                let what = "this import waits for no answer: it was not tried to its end, or is over";
                return Err(Failure::rejected(Rejection::Conflict, what));
            }
        }
        Ok(())
    }

    async fn start(
        &self,
        tenant: &TenantId,
        import: Versioned<Import>,
        dry_run: bool,
        caller: &Caller<may::WriteLeads>,
    ) -> Result<Import, Failure> {
        demand_own(caller, &import.value)?;
        // The worker knows of no key, and makes contacts that are written to.
        if caller.principal.is_test() && !dry_run {
            let what = "a key for tests only tries imports: start it with dry_run";
            return Err(Failure::rejected(Rejection::TestKey, what));
        }
        self.moved(tenant, import, |import| import.started(dry_run, caller.trace.at)).await
    }

    /// Moves an import on, and asks the worker to look at it: also where it was moved before, since whoever moved it may have died
    /// before asking.
    async fn moved(
        &self,
        tenant: &TenantId,
        mut import: Versioned<Import>,
        onwards: impl Fn(Import) -> Result<Import, Failure>,
    ) -> Result<Import, Failure> {
        let imports = self.guard.store.imports();
        for _ in 0..ATTEMPTS {
            let next = onwards(import.value.clone())?;
            let step = ImportStep { tenant: tenant.clone(), import: next.id, offset: next.read.offset };
            if next == import.value || imports.save(tenant, &next, import.version).await?.is_some() {
                self.imports.send(&step).await?;
                return Ok(next);
            }
            import = imports.get(tenant, next.id).await?;
        }
        Err(Failure::Retryable("the import moves on too quickly".into()))
    }
}

/// Whether an import waits or runs beside `id`.
fn is_open_beside(import: &Import, id: ImportId) -> bool {
    import.id != id && matches!(import.state, ImportState::Waiting | ImportState::Running)
}

/// The size of the file that is imported. Of one that came along the head is read: what is wrong with it is said at once.
fn check(new: &NewImport) -> Result<u64, Failure> {
    match (&new.csv, new.bytes) {
        (Some(csv), None) => {
            if csv.len() > MAX_INLINE_BYTES {
                let what =
                    format!("csv may have at most {MAX_INLINE_BYTES} bytes: say its size as bytes, and send it apart");
                return Err(Failure::invalid("csv", what));
            }
            Head::read(csv.as_bytes(), &new.mapping, true)?;
            Ok(u64::try_from(csv.len()).unwrap_or(u64::MAX))
        }
        (None, Some(bytes)) if !new.dry_run => Ok(bytes),
        (None, Some(_)) => Err(Failure::invalid("dry_run", "dry_run is said when the import is started")),
        _ => Err(Failure::invalid("csv", "give either csv, or bytes of a file that is sent later")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn others_that_wait_or_run_take_a_place_and_the_import_itself_does_not() {
        let tenant = TenantId::new("acme").unwrap();
        let [id, other] = ["i", "o"].map(|name| ImportId::derive(&tenant, &[name]));
        let at = jiff::Timestamp::UNIX_EPOCH;
        let waiting = Import::new(id, (Mapping::default(), false), 9, domain::identity::Actor::Operator, at).unwrap();
        let running = waiting.clone().started(false, at).unwrap();
        let over = running.clone().cancelled(at);
        let tried = Import { state: ImportState::Tried, ..running.clone() };
        let all = [&waiting, &running, &tried, &over];
        assert_eq!(all.map(|import| is_open_beside(import, other)), [true, true, false, false]);
        assert_eq!(all.map(|import| is_open_beside(import, id)), [false; 4]);
    }

    #[test]
    fn a_file_comes_along_or_its_size_does() {
        let size = |body: serde_json::Value| {
            let mut whole = json!({"mapping": {"name": ["Name"]}});
            whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
            check(&from_value(whole).unwrap()).map_err(|failure| match failure {
                Failure::Rejected { field, .. } => field.unwrap(),
                other => panic!("{other}"),
            })
        };
        assert_eq!(size(json!({"csv": "Name\nAna", "dry_run": true})), Ok(8));
        assert_eq!(size(json!({"bytes": 7_000_000})), Ok(7_000_000));
        for (body, field) in [
            (json!({}), "csv"),
            (json!({"csv": "Name\nAna", "bytes": 8}), "csv"),
            (json!({"csv": "x".repeat(MAX_INLINE_BYTES + 1)}), "csv"),
            (json!({"csv": "Who\nAna"}), "mapping.name"),
            (json!({"bytes": 8, "dry_run": true}), "dry_run"),
        ] {
            assert_eq!(size(body), Err(field.to_owned()));
        }
    }
}
