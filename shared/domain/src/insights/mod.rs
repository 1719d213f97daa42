//! What the front office did for a business, as figures: leads, answers, how fast, what it is worth.
//!
//! Events are counted by day ([`Known::increments`]); counts add up, so that any range of days is a sum ([`Insights`]). Each thing is
//! counted under a mark of its own, once, however often and in whatever order its events come. What each figure means, its unit and
//! where it comes from is in `docs/insights.md`.

mod assumptions;
pub mod benchmarks;
mod counter;
mod counting;
mod extras;
mod figures;
mod report;
mod value;
mod waits;

pub use assumptions::{Assumed, Assumption, Assumptions};
pub use counter::{Counter, Counts, Step};
pub use counting::{COUNTED, DealFacts, Increment, Known, LeadFacts, Place, Raised};
pub use extras::{ExtraCounts, ExtraFigures, ExtraMonth, ExtraReport};
pub use figures::Figures;
pub use report::{ChannelFigures, DayFigures, FunnelStep, Insights, Question, Range, SourceFigures};
pub use value::{MissedRevenue, Return, Value};
pub use waits::{Bucket, Waits};

/// How many of a hundred `whole` are `part`, rounded; `None` of nothing. More than all of them is all of them.
fn percent(part: u64, whole: u64) -> Option<u8> {
    let rounded = (u128::from(part) * 100 + u128::from(whole / 2)).checked_div(u128::from(whole))?;
    Some(u8::try_from(rounded.min(100)).unwrap_or(100))
}

#[cfg(test)]
mod tests;
