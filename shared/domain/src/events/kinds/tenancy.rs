//! Events of what a tenant uses.

macro_rules! tenancy {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// So much of the month's tokens, or of what it may cost, is used up.
    UsageThresholdReached = "usage.threshold_reached", shows [month percent] {
        /// Of which month.
        month: Month,
        /// The threshold, in percent of what the plan includes or of the limit in money.
        percent: u8,
        /// Tokens used by then.
        tokens: u64,
        /// What they cost, in millionths of a dollar; of models without a known price, nothing.
        #[serde(default)]
        cost_microdollars: u64,
    }
    /// A month is over and its usage final.
    UsageMonthClosed = "usage.month_closed" {
        /// The month.
        month: Month,
        /// Tokens read and written.
        tokens: u64,
        /// What they cost, in millionths of a dollar; of models without a known price, nothing.
        cost_microdollars: u64,
    }
    } };
}
