//! Where bookings and the days of resources are kept. A resource is a document.

use domain::ContactId;
use domain::ids::AppointmentId;
use domain::scheduling::DayKey;
use jiff::civil::Date;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace};

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
