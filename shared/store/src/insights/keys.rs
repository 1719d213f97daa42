//! Where days are kept, and the marks of what was counted.

use domain::EventId;
use domain::ids::LocationId;
use domain::insights::ExtraMonth;
use jiff::civil::Date;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace};

impl TenantSpace<'_> {
    /// Partition of the days of the tenant, or of one of its locations. No location's slug holds a `#`.
    #[must_use]
    pub fn insight_days(self, location: Option<&LocationId>) -> PartitionKey {
        match location {
            None => self.partition("INSIGHTS"),
            Some(location) => self.partition(format_args!("INSIGHTS#{location}")),
        }
    }

    /// What was counted on a day; in the order of time.
    #[must_use]
    pub fn insight_day(self, location: Option<&LocationId>, day: Date) -> TableKey {
        TableKey { pk: self.insight_days(location), sk: day.to_string() }
    }

    /// Partition of what was counted of extras, by month.
    #[must_use]
    pub fn extra_months(self) -> PartitionKey {
        self.partition("EXTRAS")
    }

    /// What was counted of an extra in a month; in the order of time.
    #[must_use]
    pub fn extra_month(self, place: &ExtraMonth) -> TableKey {
        TableKey { pk: self.extra_months(), sk: format!("{}#{}", place.written(), place.extra) }
    }

    /// The mark that something was counted.
    #[must_use]
    pub fn counted(self, mark: EventId) -> TableKey {
        self.key(format_args!("COUNTED#{mark}"), "COUNTED")
    }
}
