//! Where days are kept, and the marks of what was counted.

use benchmarks::{Cohort, Period};
use domain::ids::LocationId;
use domain::insights::ExtraMonth;
use domain::insights::benchmarks::shard_of;
use domain::{EventId, TenantId};
use jiff::civil::Date;

use crate::table::keys::{PartitionKey, PlatformSpace, TableKey, TenantSpace};

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

    /// The business's own figures of its last night.
    #[must_use]
    pub fn benchmark_own(self) -> TableKey {
        self.key("BENCHMARKS", "OWN")
    }
}

impl PlatformSpace {
    /// Partition of one of the lists of a night's contributions, in the order of cohorts.
    #[must_use]
    pub fn benchmark_contributions(self, day: Date, shard: u8) -> PartitionKey {
        self.key(format_args!("BENCHMARKS#{day}#{shard}"), "").pk
    }

    /// What a business puts in for a night.
    #[must_use]
    pub fn benchmark_contribution(self, day: Date, cohort: &Cohort, tenant: &TenantId) -> TableKey {
        TableKey { pk: self.benchmark_contributions(day, shard_of(cohort)), sk: format!("{cohort}#{tenant}") }
    }

    /// Partition of the sums of a night's cohorts.
    #[must_use]
    pub fn benchmark_cohorts(self, day: Date) -> PartitionKey {
        self.key(format_args!("BENCHMARKS#{day}#COHORTS"), "").pk
    }

    /// The sum of a cohort in a night.
    #[must_use]
    pub fn benchmark_cohort(self, day: Date, cohort: &Cohort) -> TableKey {
        TableKey { pk: self.benchmark_cohorts(day), sk: cohort.to_string() }
    }

    /// How far the summing up of a night is.
    #[must_use]
    pub fn benchmark_night(self, day: Date) -> TableKey {
        self.key("BENCHMARKS#NIGHTS", day.to_string())
    }

    /// The privacy ledger of a trade.
    #[must_use]
    pub fn benchmark_ledger(self, trade: &str) -> TableKey {
        self.key("BENCHMARKS#LEDGERS", trade)
    }

    /// Where one of the lists of a trade's figures lies, and what its sort keys begin with; half-years in their order.
    #[must_use]
    pub fn benchmark_list(self, trade: &str, list: u32) -> (PartitionKey, String) {
        (self.key(format_args!("BENCHMARKS#FIGURES#{trade}"), "").pk, format!("{list:02}#"))
    }

    /// One of the lists of a trade's figures, of one half-year.
    #[must_use]
    pub fn benchmark_figures(self, trade: &str, list: u32, period: Period) -> TableKey {
        let (pk, prefix) = self.benchmark_list(trade, list);
        TableKey { pk, sk: format!("{prefix}{period}") }
    }
}
