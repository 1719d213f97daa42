//! Benchmarks of a trade without anyone's figures in them: what a business may compare itself with.
//!
//! ```text
//!   one tenant           eligible(facts) -> Contribution (clipped, enough observations)
//!   workers, in parallel Summary of industry + region, one Sketch a metric; summaries merge in any order
//!   once a period        publish(summaries of an industry, key, ledger) -> Published, a fixed grid of cohorts
//!   the page             compare(own, published, previous) -> Comparison with the next step
//! ```
//!
//! Every published figure is computed from counts of businesses in the cells of a public grid, to each of which discrete Laplace
//! noise was added. So what a figure tells of one business is bounded, whatever else its reader knows, and the bound of a year is
//! kept in a [`Ledger`]. `docs/benchmarks-privacy.md` states mechanism, parameters and what is not defended.
//!
//! No I/O, no clock, no randomness: noise comes from a secret [`Key`] and the inputs themselves, so the same inputs always give
//! the same answer. All values are integers in the unit of their [`Metric`].

mod cohort;
mod compare;
mod contribution;
mod estimate;
mod grid;
mod judge;
mod ledger;
mod metric;
mod noise;
mod period;
mod publish;
mod published;
mod sketch;
mod summary;

pub use cohort::{Cohort, NotACohort};
pub use compare::{Comparison, Insight, Place, Trend, compare, trend};
pub use contribution::{
    Contribution, Ineligible, MIN_ACTIVE_DAYS, MIN_AGE_DAYS, MIN_CUSTOMERS, MIN_SETTLED_DAYS, Observed, TenantFacts,
    eligible,
};
pub use judge::{MAX_SHARE_PERCENT, MIN_TENANTS};
pub use ledger::{Ledger, Refused, YEARLY_EPSILON_MILLI};
pub use metric::{Metric, Unit};
pub use noise::Key;
pub use period::{NotAPeriod, Period};
pub use publish::publish;
pub use published::{Band, Publication, Published, Why, Withheld};
pub use sketch::{Damaged, EXACT_UP_TO, OtherMetric, Sketch};
pub use summary::{OtherCohort, Summary};
