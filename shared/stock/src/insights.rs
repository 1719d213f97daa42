//! What the owner should know about parts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days without a movement after which stock is dead.
pub const DEAD_DAYS: i64 = 180;
/// How many items are told of for their margin.
const MARGINS: usize = 3;
/// Waste below this is not told, in cents.
const WASTE_CENTS: i64 = 2_000;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = StockInsight)]
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
///
/// Use has changed where the two numbers differ by two standard deviations of their difference (as Poisson counts) and by a fifth.
/// Margins are told of the three items that earned most. Stock is dead after [`DEAD_DAYS`] days. Waste is told where its part
/// is half as much again as the shop's, and not small.
#[must_use]
pub fn insights(items: &[ItemYear], by_member: &[Handling], by_place: &[Handling], today: Date) -> Vec<Insight> {
    let mut found = by_money(items.iter().filter_map(usage));
    found.extend(by_money(items.iter().filter_map(margin)).into_iter().take(MARGINS));
    found.extend(by_money(items.iter().filter_map(|item| dead(item, today))));
    found.extend(by_money(waste(by_member)));
    found.extend(by_money(waste(by_place)));
    found
}

fn by_money(found: impl IntoIterator<Item = (i64, Insight)>) -> Vec<Insight> {
    let mut found: Vec<(i64, Insight)> = found.into_iter().collect();
    found.sort_by_key(|(cents, _)| std::cmp::Reverse(*cents));
    found.into_iter().map(|(_, insight)| insight).collect()
}

fn usage(item: &ItemYear) -> Option<(i64, Insight)> {
    let before = item.used_before.filter(|before| *before > 0)?;
    let (used, change) = (item.used.max(0), item.used.max(0).saturating_sub(before));
    let is_chance = (change.abs() as f64) < 2.0 * (used.saturating_add(before) as f64).sqrt();
    let percent = percent(change, before)?;
    if is_chance || percent.abs() < 20 {
        return None;
    }
    let insight = Insight::Usage { item: item.item.clone(), used, before, percent };
    Some((change.abs().saturating_mul(item.unit_cents), insight))
}

fn margin(item: &ItemYear) -> Option<(i64, Insight)> {
    let earned_cents = item.revenue_cents.saturating_sub(item.cost_cents);
    let markup_percent = percent(earned_cents, item.cost_cents)?;
    let insight = Insight::Margin { item: item.item.clone(), earned_cents, markup_percent };
    (earned_cents > 0).then_some((earned_cents, insight))
}

fn dead(item: &ItemYear, today: Date) -> Option<(i64, Insight)> {
    let days = item.last_moved.map(|last| i64::from((today - last).get_days()));
    if item.on_hand <= 0 || item.used > 0 || days.is_some_and(|days| days < DEAD_DAYS) {
        return None;
    }
    let cents = item.on_hand.saturating_mul(item.unit_cents);
    Some((cents, Insight::DeadStock { item: item.item.clone(), units: item.on_hand, cents, days }))
}

fn waste(all: &[Handling]) -> Vec<(i64, Insight)> {
    let part = |wasted: i64, used: i64| percent(wasted, wasted.saturating_add(used));
    let wasted = all.iter().fold(0_i64, |sum, one| sum.saturating_add(one.wasted_cents));
    let Some(shop_percent) = part(wasted, all.iter().fold(0_i64, |sum, one| sum.saturating_add(one.used_cents))) else {
        return Vec::new();
    };
    let told = all.iter().filter_map(|one| {
        let percent = part(one.wasted_cents, one.used_cents)?;
        let is_more = percent.saturating_mul(2) > shop_percent.saturating_mul(3)
            && percent >= 2
            && one.wasted_cents >= WASTE_CENTS;
        let insight = Insight::Waste { by: one.by.clone(), cents: one.wasted_cents, percent, shop_percent };
        is_more.then_some((one.wasted_cents, insight))
    });
    told.collect()
}

/// Rounded to the nearest; none of nothing.
fn percent(part: i64, whole: i64) -> Option<i64> {
    let (part, whole) = (i128::from(part), i128::from(whole));
    if whole <= 0 {
        return None;
    }
    i64::try_from((part * 200 + whole * part.signum()) / (whole * 2)).ok()
}
