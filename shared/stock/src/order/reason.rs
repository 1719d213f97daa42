//! Why a line has the quantity and the supplier that it has, as data.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A reason. Those with `units` say how many of the line's units come from it; what there is already counts against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Booked jobs will use them.
    BookedJobs {
        /// How many.
        units: i64,
        /// Up to this day.
        until: Date,
    },
    /// What comes unbooked will use them.
    ExpectedDemand {
        /// How many.
        units: i64,
        /// Up to this day.
        until: Date,
    },
    /// More comes unbooked because of the weather, or less: `units` are below zero then.
    Weather {
        /// How many.
        units: i64,
        /// What weather, by the caller's key.
        weather: String,
        /// The first day on which it is felt.
        from: Date,
        /// The last day.
        to: Date,
        /// How much more comes unbooked on these days, in percent; below zero: less.
        percent: i64,
        /// From how many days of such weather that was learned; 0: it is assumed.
        days: u32,
    },
    /// Kept against the unforeseen.
    SafetyStock {
        /// How many.
        units: i64,
    },
    /// Stock is at or below the reorder point that the shop has set.
    ReorderPoint {
        /// How many more than the above.
        units: i64,
        /// The point.
        point: i64,
    },
    /// There already.
    OnHand {
        /// How many, as a negative number.
        units: i64,
    },
    /// On its way already.
    OnOrder {
        /// How many, as a negative number.
        units: i64,
    },
    /// Ordered today from another supplier.
    FromAnother {
        /// How many, as a negative number.
        units: i64,
        /// The other supplier.
        supplier: String,
    },
    /// Stock would run out before a cheaper delivery is there.
    Bridge {
        /// How many.
        units: i64,
        /// When the cheaper delivery is there.
        until: Date,
    },
    /// Whole packs.
    PackRounding {
        /// How many more.
        units: i64,
    },
    /// The least that the supplier sells of it.
    LeastQuantity {
        /// How many more.
        units: i64,
    },
    /// A lower price for all of them.
    PriceTier {
        /// How many more.
        units: i64,
        /// The tier begins here.
        from: i64,
        /// What the line costs less than at the price of the first tier, in cents.
        saved_cents: i64,
    },
    /// To reach the supplier's least order value.
    MinimumOrder {
        /// How many more.
        units: i64,
    },
    /// To reach free shipping.
    FreeShipping {
        /// How many more.
        units: i64,
    },
    /// Bought ahead, since one order now is cheaper than two.
    Ahead {
        /// How many more.
        units: i64,
    },
    /// Less than wanted, for the budget.
    BudgetCut {
        /// How many, as a negative number.
        units: i64,
    },
    /// This supplier is not the cheapest, but the first to deliver.
    InTime {
        /// The cheapest.
        cheapest: String,
        /// When it would deliver.
        late: Date,
    },
}

/// What is wanted and not ordered, or comes too late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The item.
    pub item: String,
    /// How many units.
    pub units: i64,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why something is not ordered, or too late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LeftOutReason {
    /// The budget is spent.
    Budget,
    /// No one sells it, as far as is known.
    NoSupplier,
    /// The order would be below the supplier's least value.
    BelowMinimum {
        /// The supplier.
        supplier: String,
    },
    /// Ordered, but no delivery is there before it is likely to run out.
    TooLate {
        /// The day on which it is likely to run out.
        runs_out: Date,
        /// The first delivery.
        first: Date,
    },
}
