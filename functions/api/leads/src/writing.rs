//! What staff and other systems write of leads: they enter one, and change one.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Tagged};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::failure::Rejection;
use domain::identity::{Permission, may};
use domain::ids::{AccountId, LocationId};
use domain::journeys::LeadEntry;
use domain::leads::{LeadPatch, LeadStatus};
use domain::messaging::{Address, Email, Phone, Source};
use domain::metadata::{self, MetadataChange};
use domain::money::Money;
use domain::tenancy::{BusinessContext, Tenant};
use domain::{Failure, LeadId};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::{ReachableLead, source, status, tagged};

/// What is to change: what is not named stays, what is null goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"status": "closed_won", "value": {"cents": 42_500}}))]
pub(crate) struct LeadChange {
    /// Where it stands.
    #[schema(value_type = Option<LeadStatus>)]
    status: Option<String>,
    /// Whose it is: a member of the team who may change leads (`GET /v1/members`), or null.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<AccountId>)]
    assignee: Option<Option<AccountId>>,
    /// The location that looks after it, or null.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocationId>)]
    location: Option<Option<LocationId>>,
    /// What it is expected to bring, or null.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<ExpectedValue>)]
    value: Option<Option<ExpectedValue>>,
    /// Why it was lost, or null; only of a lead that is `closed_lost`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    lost_reason: Option<Option<String>>,
    /// The caller's own pairs to set: a value that is null or empty takes its pair away, others stay. Null takes all away. At most 20 are kept,
    /// with names of 1 to 40 characters and values of at most 500.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<BTreeMap<String, Option<String>>>)]
    metadata: Option<MetadataChange>,
}

/// What a lead is expected to bring.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedValue {
    /// In cents.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64, example = 42_500)]
    cents: i64,
    /// The currency of the business, which is taken where it is left out.
    currency: Option<String>,
}

/// A lead that came another way.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entering {
    /// Their name.
    #[schema(max_length = 200, example = "Ana Vale")]
    name: Option<String>,
    /// Their telephone number, as people write it in the country of the business, or in E.164. `phone` or `email` is needed.
    #[schema(example = "+13035550142")]
    phone: Option<String>,
    /// Their mailbox.
    #[schema(example = "ana@customer.example.com")]
    email: Option<String>,
    /// How they came; `entered` where it is left out.
    #[schema(value_type = Option<Source>)]
    source: Option<String>,
    /// What they ask for: a name from the list of services where it is one of them.
    #[schema(max_length = 120, example = "Roof repair")]
    service: Option<String>,
    /// What they want, in the words of whoever took it down; kept in `fields` as `message`.
    #[schema(max_length = 500, example = "Rang at noon: the barn leaks.")]
    message: Option<String>,
    /// The location that looks after it.
    location: Option<LocationId>,
    /// The caller's own pairs, at most 20: names of 1 to 40 characters, values of at most 500.
    #[serde(default)]
    #[schema(example = json!({"crm_id": "4711"}))]
    metadata: BTreeMap<String, Option<String>>,
}

/// A field that is there, null or not.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl LeadChange {
    fn patch(self, tenant: &Tenant) -> Result<LeadPatch, Failure> {
        let money = |value: ExpectedValue| Money {
            cents: value.cents,
            currency: value.currency.unwrap_or_else(|| tenant.currency.clone()),
        };
        let patch = LeadPatch {
            status: self.status.as_deref().map(status).transpose()?,
            assignee: self.assignee,
            location: self.location,
            value: self.value.map(|value| value.map(money)),
            lost_reason: self.lost_reason,
            metadata: self.metadata,
        };
        if patch == LeadPatch::default() {
            let fields = "status, assignee, location, value, lost_reason, metadata";
            return Err(Failure::invalid("body", format!("the body must name one of {fields}")));
        }
        Ok(patch)
    }
}

impl Entering {
    fn entry(self, tenant: &Tenant, own: &BusinessContext) -> Result<LeadEntry, Failure> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let phone = given(self.phone).map(|text| Phone::typed(&text, &tenant.region, "phone")).transpose()?;
        let email = given(self.email).map(|text| Email::new(&text, "email")).transpose()?;
        let addresses = phone.map(Address::Phone).into_iter().chain(email.map(Address::Email)).collect();
        let entry = LeadEntry {
            name: self.name,
            addresses,
            source: self.source.as_deref().map_or(Ok(Source::Entered), source)?,
            service: self.service,
            message: self.message,
            location: self.location,
            metadata: metadata::changed(&BTreeMap::new(), &Some(self.metadata))?,
        };
        entry.checked(tenant, own)
    }
}

/// Enter a lead
///
/// Someone who rang, came in, or asked where Porchlight does not listen. Their addresses are given, not proven: nothing is sent to them by
/// it. Where someone known by one of them has an open lead, that one is the answer (200), as it is; else a lead is opened (201).
#[utoipa::path(
    post, path = "/v1/leads", tag = "leads", operation_id = "enterLead",
    request_body = Entering,
    responses(
        (status = 200, description = "Their open lead", body = ReachableLead, headers(("ETag" = String, description = "Its version"))),
        (status = 201, description = "The lead", body = ReachableLead, headers(
            ("ETag" = String, description = "Its version"), ("Location" = String, description = "Its path"))),
    ),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn enter(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    JsonBody(entry): JsonBody<Entering>,
) -> Result<Response, ApiError> {
    let tenant = caller.tenant()?;
    let own = guard.store.tenants().own(tenant).await?;
    let entry = entry.entry(tenant, &own)?;
    let (lead, opened) = guard.store.leads().enter(tenant, &entry, &caller.cause, &caller.trace).await?;
    if !opened && !caller.principal.permits(Permission::ReadLeads) {
        // It is someone else's work, and found by a number that anybody can type.
        let message = "a contact with this number or mailbox has an open lead, and this key may not read leads";
        return Err(Failure::rejected(Rejection::Conflict, message).into());
    }
    let location = format!("/v1/leads/{}", lead.id);
    let Tagged(value) = tagged(&guard, &tenant.id, lead).await?;
    Ok(if opened { Created { location, value }.into_response() } else { Tagged(value).into_response() })
}

/// Change a lead
///
/// Where it stands, whose it is, which location looks after it, what it may bring, why it was lost, its metadata. What is not named stays, what is null goes. A
/// status moves the journey too: its stage, and the sequences that begin and end by it. A lead that is closed cannot be opened again: 409.
#[utoipa::path(
    patch, path = "/v1/leads/{id}", tag = "leads", operation_id = "changeLead",
    params(
        ("id" = LeadId, Path, description = "The lead"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = LeadChange,
    responses((status = 200, description = "The lead as it is now", body = ReachableLead, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(change): JsonBody<LeadChange>,
) -> Result<Tagged<ReachableLead>, ApiError> {
    let tenant = caller.tenant()?;
    let (id, patch) = (LeadId::parse(&id)?, change.patch(tenant)?);
    caller.demand_reach(&guard.store, id).await?;
    let lead = guard.store.leads().change(tenant, id, &patch, version, &caller.trace).await?;
    tagged(&guard, &tenant.id, lead).await
}
