//! What the owner should know of the stock: what is used more or less than a year ago, what earns most, what lies idle, where much is
//! wasted. Sums value a unit at what it cost last, in whole cents.

use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use stock::{Handling, Insight, ItemYear};

use super::{Handled, Item, StockLevel, UsedInMonth};
use crate::ids::ItemId;

/// So many days are held against the same days of the year before.
const PERIOD_DAYS: i32 = 90;

/// What the owner should know at `today`, from what is there and what was used in each month.
#[must_use]
pub fn insights(items: &[Item], levels: &[StockLevel], months: &[UsedInMonth], today: Date) -> Vec<Insight> {
    let Some(periods) = Periods::before(today) else { return Vec::new() };
    let since = months.iter().flat_map(UsedInMonth::history).map(|used| used.date).min();
    let goes_back = since.is_some_and(|since| since <= periods.before.0);
    let costs: BTreeMap<&ItemId, i64> = items.iter().map(|item| (&item.id, unit_cost(item, levels))).collect();
    let years: Vec<ItemYear> = items
        .iter()
        .map(|item| year(item, levels, months, (&periods, goes_back), costs.get(&item.id).copied()))
        .collect();
    let lately: Vec<&UsedInMonth> = months.iter().filter(|month| month.month >= periods.first_month).collect();
    let by_staff = handling(&lately, &costs, |month| &month.by_staff);
    let by_place = handling(&lately, &costs, |month| &month.by_place);
    stock::insights(&years, &by_staff, &by_place, today)
}

/// The days that are held against each other, both ends included.
struct Periods {
    now: (Date, Date),
    before: (Date, Date),
    first_month: String,
}

impl Periods {
    fn before(today: Date) -> Option<Self> {
        let last = today.yesterday().ok()?;
        let first = last.checked_sub((PERIOD_DAYS - 1).days()).ok()?;
        // The same weekdays: 52 whole weeks before.
        let ago = |day: Date| day.checked_sub(364.days()).ok();
        let first_month = format!("{:04}-{:02}", first.year(), first.month());
        Some(Self { now: (first, last), before: (ago(first)?, ago(last)?), first_month })
    }
}

fn unit_cost(item: &Item, levels: &[StockLevel]) -> i64 {
    let paid = levels.iter().find(|level| level.item == item.id).and_then(|level| level.unit_cents);
    paid.or_else(|| item.unit_cents()).unwrap_or_default()
}

fn year(
    item: &Item,
    levels: &[StockLevel],
    months: &[UsedInMonth],
    (periods, goes_back): (&Periods, bool),
    unit_cents: Option<i64>,
) -> ItemYear {
    let of_item = || months.iter().filter(|month| month.item == item.id);
    let between = |(from, to): (Date, Date)| of_item().map(|month| month.used_between(from, to)).sum::<i64>().max(0);
    let (used, unit_cents) = (between(periods.now), unit_cents.unwrap_or_default());
    let level = levels.iter().find(|level| level.item == item.id);
    ItemYear {
        item: item.id.to_string(),
        used,
        used_before: goes_back.then(|| between(periods.before)),
        revenue_cents: item.price_cents.map_or(0, |price| price.saturating_mul(used)),
        // Without a price there is no margin to speak of.
        cost_cents: item.price_cents.map_or(0, |_| unit_cents.saturating_mul(used)),
        on_hand: level.map_or(0, StockLevel::on_hand),
        unit_cents,
        last_moved: level.map(|level| level.moved_at.to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}

fn handling(
    months: &[&UsedInMonth],
    costs: &BTreeMap<&ItemId, i64>,
    by: impl Fn(&UsedInMonth) -> &BTreeMap<String, Handled>,
) -> Vec<Handling> {
    let mut all: BTreeMap<String, Handling> = BTreeMap::new();
    for month in months {
        let cost = costs.get(&month.item).copied().unwrap_or_default();
        for (who, handled) in by(month).iter().filter(|(who, _)| !who.is_empty()) {
            let entry = all.entry(who.clone()).or_insert_with(|| Handling { by: who.clone(), ..Handling::default() });
            entry.used_cents = entry.used_cents.saturating_add(handled.used.max(0).saturating_mul(cost));
            entry.wasted_cents = entry.wasted_cents.saturating_add(handled.wasted.saturating_mul(cost));
        }
    }
    all.into_values().collect()
}
