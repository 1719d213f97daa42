//! Bookings for the API, the latest first.

use domain::ids::ResourceId;
use domain::insights::benchmarks::Visit;
use domain::scheduling::{Booking, BookingState};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;

use super::writes::BOOKING;
use crate::Appointments;
use crate::table::error::failure;
use crate::table::item::{Item, get_text, text};
use crate::table::keys;
use crate::table::lists::{Filters, Page, Terms};

/// Which bookings are wanted.
#[derive(Debug, Clone)]
pub struct AppointmentFilter {
    /// Those that begin at or after this moment.
    pub from: Timestamp,
    /// And before this one.
    pub to: Timestamp,
    /// That take this resource.
    pub resource: Option<ResourceId>,
    /// In this state.
    pub state: Option<BookingState>,
}

impl From<&AppointmentFilter> for Filters {
    fn from(filter: &AppointmentFilter) -> Self {
        let takes = filter.resource.as_ref().map(|resource| Terms {
            name: "resource",
            expression: "contains(#resources, :resource)".to_owned(),
            values: vec![(":resource", resource.to_string())],
        });
        let equal = [("state", filter.state.map(BookingState::as_str))];
        Self::from(&equal).and(takes).between(filter.from, filter.to)
    }
}

impl Appointments<'_> {
    /// The bookings that begin within a range, the latest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        filter: &AppointmentFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Booking>, Failure> {
        self.store.list(BOOKING, tenant, &keys::of(tenant).booking_list(), filter, limit, cursor).await
    }

    /// The visits that took place or were missed and began within a range, the last moment not included; of each what benchmarks need.
    /// One call a MB.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn visits(self, tenant: &Tenant, since: Timestamp, until: Timestamp) -> Result<Vec<Visit>, Failure> {
        let (partition, zone) = (keys::of(&tenant.id).booking_list(), tenant.time_zone());
        let visit = |item: &Item| {
            let starts_at: Timestamp = get_text(item, "starts_at").parse().ok()?;
            let contact = ContactId::parse(get_text(item, "contact")).ok()?;
            let missed = get_text(item, "state") == BookingState::Missed.as_str();
            Some(Visit { contact, day: starts_at.to_zoned(zone.clone()).date(), missed })
        };
        let (mut visits, mut start) = (Vec::new(), None);
        loop {
            let page = self
                .store
                .query()
                .index_name("gsi1")
                .key_condition_expression("gsi1pk = :pk AND gsi1sk BETWEEN :since AND :until")
                .filter_expression("#state IN (:completed, :missed)")
                .projection_expression("contact, starts_at, #state")
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":pk", text(&partition))
                .expression_attribute_values(":since", text(keys::by_time(since, "")))
                .expression_attribute_values(":until", text(keys::by_time(until, "")))
                .expression_attribute_values(":completed", text(BookingState::Completed.as_str()))
                .expression_attribute_values(":missed", text(BookingState::Missed.as_str()))
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| failure(BOOKING, &error))?;
            visits.extend(page.items().iter().filter_map(visit));
            start = page.last_evaluated_key;
            if start.is_none() {
                return Ok(visits);
            }
        }
    }
}
