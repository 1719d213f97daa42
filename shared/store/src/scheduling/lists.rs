//! Bookings for the API, the latest first.

use domain::ids::ResourceId;
use domain::scheduling::{Booking, BookingState};
use domain::{Failure, TenantId};
use jiff::Timestamp;

use super::writes::BOOKING;
use crate::Appointments;
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
}
