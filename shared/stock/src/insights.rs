//! What the owner should know about parts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What insights are made from, for one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemYear {
    /// Its key.
    pub item: String,
    /// Units used in the period.
    pub used: i64,
    /// Units used in the same period of the year before; none where the records do not go back so far.
    pub used_before: Option<i64>,
    /// What customers paid for them, in cents.
    pub revenue_cents: i64,
    /// What they had cost, in cents.
    pub cost_cents: i64,
    /// What is there.
    pub on_hand: i64,
    /// What one unit costs, in cents.
    pub unit_cents: i64,
    /// When it was last used or received.
    pub last_moved: Option<Date>,
}

/// What was used and wasted by one technician, or at one place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handling {
    /// Who or where.
    pub by: String,
    /// What was used, in cents.
    pub used_cents: i64,
    /// What was wasted, in cents.
    pub wasted_cents: i64,
}

/// Something that the owner should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Insight {
    /// More or less is used than a year ago, and by more than chance.
    Usage {
        /// The item.
        item: String,
        /// In the period.
        used: i64,
        /// A year before.
        before: i64,
        /// The change, in percent.
        percent: i64,
    },
    /// An item that earns more than the others.
    Margin {
        /// The item.
        item: String,
        /// What it earned above its cost, in cents.
        earned_cents: i64,
        /// That in percent of its cost.
        markup_percent: i64,
    },
    /// Stock that no one uses.
    DeadStock {
        /// The item.
        item: String,
        /// How many.
        units: i64,
        /// What they cost.
        cents: i64,
        /// Days since it last moved; none where it never did.
        days: Option<i64>,
    },
    /// More is wasted here than elsewhere in the shop.
    Waste {
        /// Who or where.
        by: String,
        /// What was wasted, in cents.
        cents: i64,
        /// In percent of what was taken.
        percent: i64,
        /// The same of the whole shop.
        shop_percent: i64,
    },
}

/// What the owner should know, the most money first in each kind. `today` is the end of the period.
#[must_use]
#[expect(clippy::todo, reason = "types first")]
pub fn insights(_items: &[ItemYear], _by_member: &[Handling], _by_place: &[Handling], _today: Date) -> Vec<Insight> {
    todo!()
}
