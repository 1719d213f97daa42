//! The waiting list: who would take a time that becomes free.

use api::{ApiError, Caller, Created, Guard, JsonBody};
use axum::extract::State;
use domain::identity::may;
use domain::ids::{LocationId, ServiceId};
use domain::scheduling::{Terms, WaitlistEntry};
use domain::tenancy::Hours;
use domain::{ContactId, Failure, LeadId};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

/// The kind of document.
struct Waitlist;

/// Somebody who is to wait for a time to become free.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWaitlistEntry {
    /// Who.
    contact: ContactId,
    /// The lead that it comes of, one of the contact's.
    #[serde(default)]
    #[schema(nullable = false)]
    lead: Option<LeadId>,
    /// What for: a service with booking rules.
    service: ServiceId,
    /// Where, as far as the business has several places; left out: anywhere.
    #[serde(default)]
    #[schema(nullable = false)]
    location: Option<LocationId>,
    /// The visit begins at or after this moment (UTC); at any time from now on, where it is left out.
    #[serde(default)]
    #[schema(nullable = false)]
    from: Option<Timestamp>,
    /// And before this one (UTC), after which they wait no more; 90 days from now, where it is left out.
    #[serde(default)]
    #[schema(nullable = false)]
    until: Option<Timestamp>,
    /// When in a week it suits them, written like opening hours and read in the zone of the place.
    #[serde(default)]
    #[schema(nullable = false)]
    hours: Option<Hours>,
    /// Damage or danger, or a matter of days: they are asked before all others. Left out, the lead says it.
    #[serde(default)]
    #[schema(nullable = false, example = false)]
    urgent: Option<bool>,
}

api::resource! {
    (Waitlist: WaitlistEntry by ContactId, "/v1/waitlist", "/v1/waitlist/{id}", "schedule",
        ReadSchedule "schedule:read", WriteSchedule "schedule:write")
    /// List the waiting list
    list "listWaitlist" = "A page of those who wait, by contact";
    /// Get who waits
    ///
    /// By the id of the contact, who waits for one thing at a time.
    show "getWaitlistEntry" = "The entry";
    /// Remove from the waiting list
    ///
    /// A time that is held for them at this moment goes to the next when its half hour is over.
    remove "removeWaitlistEntry";
}

impl api::Resource for Waitlist {
    type Document = WaitlistEntry;

    fn id(text: &str) -> Result<String, Failure> {
        Ok(ContactId::parse(text).map_err(|_| Failure::not_found("waitlist_entry"))?.to_string())
    }
}

/// Put somebody on the waiting list
///
/// A time that is cancelled or moved goes to the best match within a minute: it is held for half an hour, they are told of it, and
/// whoever answers in time has it. What is urgent goes first, then who waits longest. 409 where the contact waits already.
#[utoipa::path(
    post, path = "/v1/waitlist", tag = "schedule", operation_id = "createWaitlistEntry",
    request_body = NewWaitlistEntry,
    responses((status = 201, description = "It was created", body = WaitlistEntry, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["schedule:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSchedule>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<NewWaitlistEntry>,
) -> Result<Created<WaitlistEntry>, ApiError> {
    let (tenant, store, now) = (caller.tenant()?, guard.store.appointments(), caller.trace.at);
    caller.demand_reach(&guard.store, wanted.contact).await?;
    let location = store.location(&tenant.id, wanted.location.as_ref()).await?;
    Terms::of(tenant, location.as_ref(), &wanted.service)?;
    let mut is_urgent = false;
    if let Some(lead) = wanted.lead {
        if guard.store.leads().contact(&tenant.id, lead).await? != Some(wanted.contact) {
            return Err(Failure::invalid("lead", "lead must be one of the contact's").into());
        }
        is_urgent = guard.store.leads().get(&tenant.id, lead).await?.qualification.is_urgent();
    }
    let blank = WaitlistEntry::new(wanted.contact, wanted.service, now);
    let entry = WaitlistEntry {
        lead: wanted.lead,
        location: wanted.location,
        from: wanted.from,
        until: wanted.until.unwrap_or(blank.until),
        hours: wanted.hours,
        urgent: wanted.urgent.unwrap_or(is_urgent),
        ..blank
    };
    entry.validate(now)?;
    let value = store.join_waitlist(&tenant.id, &entry, &caller.trace).await?;
    Ok(Created { location: format!("/v1/waitlist/{}", entry.contact), value })
}
