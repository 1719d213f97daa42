//! Contacts as staff look for them, type them in, change them and have them erased.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::identity::may;
use domain::ids::{AccountId, JobId};
use domain::leads::{ContactChange, MAX_TAG_CHARS, NamedAddress, Question, named_addresses};
use domain::messaging::Source;
use domain::rights::{DataJob, DataJobStatus, DataStep, DataWork};
use domain::{ContactId, Failure};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use store::{ContactEntry, ContactFilter, ContactView, ExportedContact, LeadFilter, Page};
use utoipa::ToSchema;

use crate::AppState;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Words of the name, beginnings of them, digits of a number in any form, parts of a mailbox: all must be there.
    #[param(max_length = 100, example = "ana 0101")]
    q: Option<String>,
    /// Only with this tag.
    #[param(max_length = 40, example = "VIP")]
    tag: Option<String>,
    /// Only those of this member of the team.
    #[param(value_type = Option<AccountId>)]
    assignee: Option<String>,
    /// Only those whose latest lead came so.
    #[param(value_type = Option<Source>, example = "sms")]
    source: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// As in the list of contacts.
    #[param(max_length = 100, example = "ana 0101")]
    q: Option<String>,
    /// Only with this tag.
    #[param(max_length = 40, example = "VIP")]
    tag: Option<String>,
    /// Only those of this member of the team.
    #[param(value_type = Option<AccountId>)]
    assignee: Option<String>,
    /// Only those whose latest lead came so.
    #[param(value_type = Option<Source>, example = "sms")]
    source: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// Numbers and mailboxes.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reach {
    /// Telephone numbers, in any form; without a country's code they are of the business's country.
    #[serde(default)]
    #[schema(example = json!(["(303) 555-0123"]))]
    phones: Vec<String>,
    /// E-mail addresses.
    #[serde(default)]
    #[schema(example = json!(["ana@example.com"]))]
    emails: Vec<String>,
}

/// Somebody whom staff type in: a name, a number or a mailbox at least.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewContact {
    /// Their name.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200, example = "Ana Vale")]
    name: Option<String>,
    /// Telephone numbers, in any form; without a country's code they are of the business's country.
    #[serde(default)]
    #[schema(example = json!(["(303) 555-0123"]))]
    phones: Vec<String>,
    /// E-mail addresses.
    #[serde(default)]
    #[schema(example = json!(["ana@example.com"]))]
    emails: Vec<String>,
    /// Words to find them by, each of 1 to 40 characters.
    #[serde(default)]
    #[schema(max_items = 50, example = json!(["VIP"]))]
    tags: Vec<String>,
    /// The business's own fields, at most 50: names of 1 to 40 of a-z, 0-9 and _, values of at most 500 characters.
    #[serde(default)]
    #[schema(example = json!({"gate_code": "4711"}))]
    fields: BTreeMap<String, String>,
    /// Whose contact it is: a member of the team.
    #[serde(default)]
    assignee: Option<AccountId>,
}

/// What changes of a contact; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactPatch {
    /// Their name; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, example = "Ana Vale")]
    name: Option<Option<String>>,
    /// All their tags; null takes them away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<String>>, max_items = 50, example = json!(["VIP"]))]
    tags: Option<Option<Vec<String>>>,
    /// Fields to set; null takes one away.
    #[serde(default)]
    #[schema(example = json!({"gate_code": "4711"}))]
    fields: BTreeMap<String, Option<String>>,
    /// A member of the team; null: nobody's.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<AccountId>)]
    assignee: Option<Option<AccountId>>,
    /// Addresses to give them.
    #[serde(default)]
    add: Reach,
    /// Addresses that are not theirs. One that they wrote from stays.
    #[serde(default)]
    remove: Reach,
}

/// An erasure that was taken on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasureBegun {
    /// By which to ask for it: `GET /v1/erasures/{id}`.
    id: JobId,
    /// How far it is.
    status: DataJobStatus,
}

/// A field that was sent, null or not.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// List contacts
///
/// Newest activity first. With `q`, `tag` or `assignee` in the order of the word that was found, newer contacts first. A page may be
/// shorter than `limit`: the list ends where there is no cursor.
#[utoipa::path(
    get, path = "/v1/contacts", tag = "contacts", operation_id = "listContacts",
    params(ListQuery),
    responses((status = 200, description = "A page of contacts", body = Page<ContactEntry>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<ContactEntry>>, ApiError> {
    let limit = page_size(query.limit.as_deref())?;
    let filter = filter(query.q.as_deref(), query.tag, query.assignee.as_deref(), query.source.as_deref())?;
    Ok(Json(guard.store.contacts().list(&caller.principal.tenant, &filter, limit, query.cursor.as_deref()).await?))
}

/// Export contacts
///
/// For a file: newest activity first, without those that a key for tests made, and with the addresses that are surely theirs. At most 500 on a
/// page, and the list ends where there is no cursor. Each page is a line of the audit record.
#[utoipa::path(
    get, path = "/v1/contacts/export", tag = "contacts", operation_id = "exportContacts",
    params(ExportQuery),
    responses((status = 200, description = "A page of contacts", body = Page<ExportedContact>)),
    security(("bearer" = ["data:export"]))
)]
pub(crate) async fn export(
    caller: Caller<may::ExportData>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ExportQuery>,
) -> Result<Json<Page<ExportedContact>>, ApiError> {
    let filter = filter(query.q.as_deref(), query.tag, query.assignee.as_deref(), query.source.as_deref())?;
    let (contacts, tenant) = (guard.store.contacts(), &caller.principal.tenant);
    Ok(Json(contacts.export(tenant, &filter, query.cursor.as_deref(), &caller.trace).await?))
}

/// Get a contact
///
/// With how sure it is that their addresses are theirs, what they agreed to and refused, and what staff noted. The id of a contact that
/// was merged gives the one that goes on.
#[utoipa::path(
    get, path = "/v1/contacts/{id}", tag = "contacts", operation_id = "getContact",
    params(("id" = ContactId, Path, description = "The contact")),
    responses((status = 200, description = "The contact", body = ContactView, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<ContactView>, ApiError> {
    Ok(Tagged(guard.store.contacts().get(&caller.principal.tenant, ContactId::parse(&id)?).await?))
}

/// Add a contact
///
/// What staff type proves nothing: the addresses are `given`. An address that belongs to a contact is a 409 that names it; one that
/// refused messages before makes the contact one that gets none; one of your own or of your team is refused. Their lead is `nurturing`, with the source `entered`: nothing follows it up.
#[utoipa::path(
    post, path = "/v1/contacts", tag = "contacts", operation_id = "addContact",
    request_body = NewContact,
    responses((status = 201, description = "It was created", body = ContactView, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn add(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    JsonBody(new): JsonBody<NewContact>,
) -> Result<Created<ContactView>, ApiError> {
    let tenant = caller.tenant()?;
    let own = guard.store.tenants().own(tenant).await?;
    let change = ContactChange {
        name: new.name.map(Some),
        tags: Some(new.tags),
        fields: new.fields.into_iter().map(|(key, value)| (key, Some(value))).collect(),
        assignee: Some(new.assignee),
        add: named_addresses(&new.phones, &new.emails, &tenant.region)?,
        remove: Vec::new(),
    };
    let change = change.checked(tenant, &own)?;
    let value = guard.store.contacts().create(&tenant.id, &change, &caller.cause, &caller.trace).await?;
    Ok(Created { location: format!("/v1/contacts/{}", value.value.entry.id), value })
}

/// Change a contact
///
/// A merge patch: what is left out stays. An address that belongs to another contact is a 409 that names it.
#[utoipa::path(
    patch, path = "/v1/contacts/{id}", tag = "contacts", operation_id = "changeContact",
    params(
        ("id" = ContactId, Path, description = "The contact"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body(content((ContactPatch = "application/merge-patch+json"), (ContactPatch = "application/json"))),
    responses((status = 200, description = "The contact as it is now", body = ContactView, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<ContactPatch>,
) -> Result<Tagged<ContactView>, ApiError> {
    let (tenant, id) = (caller.tenant()?, ContactId::parse(&id)?);
    let own = guard.store.tenants().own(tenant).await?;
    let change = ContactChange {
        name: patch.name,
        tags: patch.tags.map(Option::unwrap_or_default),
        fields: patch.fields,
        assignee: patch.assignee,
        add: within("add", &patch.add, &tenant.region)?,
        remove: within("remove", &patch.remove, &tenant.region)?,
    };
    caller.demand_reach(&guard.store, id).await?;
    let change = change.checked(tenant, &own)?;
    Ok(Tagged(guard.store.contacts().change(&tenant.id, id, version, &change, &caller.trace).await?))
}

/// Erase a contact
///
/// With all that is known of the same person, for ever: an erasure as `POST /v1/erasures` begins one.
#[utoipa::path(
    delete, path = "/v1/contacts/{id}", tag = "contacts", operation_id = "eraseContact",
    params(("id" = ContactId, Path, description = "The contact")),
    responses((status = 202, description = "The job was accepted; `location` says where to ask for it", body = ErasureBegun)),
    security(("bearer" = ["data:erase"]))
)]
pub(crate) async fn erase(
    caller: Caller<may::EraseData>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let (tenant, contact) = (&caller.principal.tenant, ContactId::parse(&id)?);
    caller.demand_reach(&app_state.guard.store, contact).await?;
    let rights = app_state.guard.store.rights();
    rights.contact_plan(tenant, contact).await?.ok_or_else(|| Failure::not_found("contact"))?;
    let id = JobId::derive(tenant, &["erasure", &caller.cause]);
    let work = DataWork::EraseContact { contact };
    let job = DataJob::new(id, tenant.clone(), work, caller.trace.actor.clone(), caller.trace.at);
    let job = rights.begin(&job, &caller.trace).await?;
    app_state.queue.send(&DataStep { tenant: job.tenant.clone(), job: job.id, turn: 0 }).await?;
    let body = Json(ErasureBegun { id: job.id, status: job.status });
    Ok((StatusCode::ACCEPTED, [(LOCATION, format!("/v1/erasures/{}", job.id))], body).into_response())
}

/// Addresses of a part of the body.
fn within(part: &str, reach: &Reach, region: &str) -> Result<Vec<NamedAddress>, Failure> {
    let named = named_addresses(&reach.phones, &reach.emails, region).map_err(|failure| failure.within(part))?;
    Ok(named.into_iter().map(|named| NamedAddress { field: format!("{part}.{}", named.field), ..named }).collect())
}

fn filter(
    q: Option<&str>,
    tag: Option<String>,
    assignee: Option<&str>,
    source: Option<&str>,
) -> Result<ContactFilter, Failure> {
    Ok(ContactFilter {
        question: q.map(Question::read).transpose()?,
        assignee: assignee.map(account).transpose()?,
        lead: LeadFilter { source: source.map(self::source).transpose()?, ..LeadFilter::default() },
        tag: tag.map(self::tag).transpose()?,
    })
}

fn account(text: &str) -> Result<AccountId, Failure> {
    AccountId::parse(text).map_err(|_| Failure::invalid("assignee", "assignee must be the id of a member of the team"))
}

fn tag(text: String) -> Result<String, Failure> {
    let fits = text.chars().count() <= MAX_TAG_CHARS;
    fits.then_some(text).ok_or_else(|| Failure::invalid("tag", format!("a tag has at most {MAX_TAG_CHARS} characters")))
}

fn source(text: &str) -> Result<Source, Failure> {
    let names = Source::ALL.map(Source::as_str).join(", ");
    let known = Source::ALL.into_iter().find(|source| source.as_str() == text);
    known.ok_or_else(|| Failure::invalid("source", format!("source must be one of {names}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn what_is_null_is_taken_away_and_what_is_left_out_stays() {
        let read = |body| from_value::<ContactPatch>(body).unwrap();
        let nothing = read(json!({}));
        assert!(nothing.name.is_none() && nothing.tags.is_none() && nothing.assignee.is_none());
        let cleared = read(json!({"name": null, "tags": null, "assignee": null, "fields": {"gate": null}}));
        assert_eq!((cleared.name, cleared.tags, cleared.assignee), (Some(None), Some(None), Some(None)));
        assert_eq!(cleared.fields, BTreeMap::from([("gate".to_owned(), None)]));
        assert!(from_value::<ContactPatch>(json!({"nam": "x"})).is_err());
    }

    #[test]
    fn an_address_is_named_by_where_it_stands_in_the_body() {
        let reach = |phone: &str| Reach { phones: vec![phone.to_owned()], emails: Vec::new() };
        assert_eq!(within("add", &reach("303 555 0101"), "US").unwrap()[0].field, "add.phones[0]");
        let refused = within("remove", &reach("12"), "US").unwrap_err();
        assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "remove.phones[0]"));
    }

    #[test]
    fn a_source_that_there_is_not_is_answered_with_those_there_are() {
        assert_eq!(source("entered"), Ok(Source::Entered));
        let Err(Failure::Rejected { message, .. }) = source("fax") else { panic!() };
        assert!(message.contains("web_form, whatsapp, sms"), "{message}");
    }
}
