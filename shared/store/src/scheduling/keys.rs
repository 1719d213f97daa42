//! Where bookings, the days of resources, and outside calendars with their secrets are kept. A resource is a document.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::{AppointmentId, OutsideCalendarId};
use domain::scheduling::{DayKey, OutsideCalendar};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Document as _;
use crate::table::keys::{PartitionKey, TableKey, TenantSpace, by_time, of};
use crate::tenancy::credentials::Purpose;

impl TenantSpace<'_> {
    /// The calendar's record of an appointment.
    #[must_use]
    pub fn booking(self, id: AppointmentId) -> TableKey {
        self.key(format_args!("APPOINTMENT#{id}"), "APPOINTMENT")
    }

    /// Where a booking is found in the partition of its contact.
    #[must_use]
    pub fn booking_pointer(self, contact: ContactId, id: AppointmentId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("APPOINTMENT#{id}") }
    }

    /// Partition of the index `gsi1` that lists a tenant's bookings by when they begin.
    #[must_use]
    pub fn booking_list(self) -> PartitionKey {
        self.partition("APPOINTMENTS")
    }

    /// One day of a resource. The dates come first: all that is booked in a range of days is one piece of the partition.
    #[must_use]
    pub fn calendar_day(self, day: &DayKey) -> TableKey {
        self.key("CALENDAR", format!("{}#{}", day.date, day.owner))
    }

    /// The weights of the chance that a visit is missed, fitted to the tenant's own visits.
    #[must_use]
    pub fn no_show_model(self) -> TableKey {
        self.key("NO_SHOW", "MODEL")
    }

    /// The partition of all days, and between which sort keys those of two dates and what is between them lie.
    pub(crate) fn calendar(self, (first, last): (Date, Date)) -> (PartitionKey, String, String) {
        (self.partition("CALENDAR"), format!("{first}#"), format!("{last}#~"))
    }
}

pub(super) fn document(tenant: &TenantId, id: OutsideCalendarId) -> TableKey {
    of(tenant).document(OutsideCalendar::NAME, &id.to_string())
}

/// Where the address of a calendar lies, sealed.
pub(super) fn address(tenant: &TenantId, id: OutsideCalendarId) -> TableKey {
    of(tenant).credential(Purpose::Calendars.as_str(), &id.to_string())
}

pub(super) fn subject(id: OutsideCalendarId) -> String {
    format!("{}/{id}", OutsideCalendar::NAME)
}

/// The sort key of the index `pending` for a calendar that is due then.
pub(super) fn waits_until(tenant: &TenantId, id: OutsideCalendarId, due: Timestamp) -> String {
    by_time(due, &format!("{tenant}#{id}"))
}

pub(super) fn value(value: &impl serde::Serialize) -> Result<AttributeValue, Failure> {
    serde_dynamo::to_attribute_value(value).map_err(|error| Failure::Permanent(error.to_string()))
}

pub(super) fn verifier_name(id: OutsideCalendarId) -> String {
    format!("{id}-verifier")
}

pub(super) fn code_name(id: OutsideCalendarId) -> String {
    format!("{id}-code")
}

/// Where the verifier lies, sealed.
pub(super) fn verifier(tenant: &TenantId, id: OutsideCalendarId) -> TableKey {
    of(tenant).credential(Purpose::Calendars.as_str(), &verifier_name(id))
}

/// Where the code lies, sealed.
pub(super) fn code(tenant: &TenantId, id: OutsideCalendarId) -> TableKey {
    of(tenant).credential(Purpose::Calendars.as_str(), &code_name(id))
}

pub(super) fn hook_name(id: OutsideCalendarId) -> String {
    id.to_string()
}

/// Where the secret lies, sealed, by which a vendor's messages about a calendar are known to be the vendor's.
pub(super) fn hook(tenant: &TenantId, id: OutsideCalendarId) -> TableKey {
    of(tenant).credential(Purpose::CalendarHooks.as_str(), &hook_name(id))
}
