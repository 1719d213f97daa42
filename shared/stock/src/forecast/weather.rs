//! What weather does to use: learned from the days on which there was such weather, and assumed until there were enough.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::DayUse;

/// Work that is booked longer ahead than this did not come because of the weather.
const SOON_DAYS: u16 = 3;
/// A day of the weather is held against the same weekdays of so many days before and after it.
const AROUND_DAYS: i32 = 28;
/// What is assumed has the weight of so many uses.
const ASSUMED_USES: f64 = 8.0;
/// Fewer spells, days or usual uses than these say nothing.
const LEAST_SPELLS: u32 = 2;
const LEAST_DAYS: u32 = 6;
const LEAST_USES: f64 = 4.0;
/// One use of many units is one use: at most as many times the item's mean.
const LARGEST: f64 = 4.0;

/// Weather that makes more or less work: 1.3 is 30 percent more of what comes unbooked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// What weather it is, by a key of the caller's.
    pub kind: String,
    /// The first day on which it is felt.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The factor, from [`Outlook::FACTORS`]; held to them.
    pub factor: f64,
    /// From how many days of such weather it was learned; 0: it is assumed.
    pub days: u32,
}

/// How much was used on days of some weather, and how much is used on such days as a rule. In uses, not in units: an item of which ten are
/// used at a time has no more to say than one of which one is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Effect {
    /// Uses on days of the weather.
    pub used: f64,
    /// Uses that as many of the same weekdays around them had.
    pub usual: f64,
    /// How many days of the weather that is from.
    pub days: u32,
    /// How many spells of the weather they were.
    pub spells: u32,
}

impl Outlook {
    /// The least and the greatest factor.
    pub const FACTORS: (f64, f64) = (0.25, 4.0);

    fn held(&self) -> f64 {
        let factor = if self.factor.is_finite() { self.factor } else { 1.0 };
        factor.clamp(Self::FACTORS.0, Self::FACTORS.1)
    }

    /// The factor as percent more; below zero: less.
    #[must_use]
    pub fn percent(&self) -> i64 {
        ((self.held() - 1.0) * 100.0).round() as i64
    }

    /// Of several on one day the one that does most, with its factor: rain and a storm are one weather, and not two.
    pub(crate) fn on(all: &[Self], date: Date) -> Option<(&Self, f64)> {
        let of_day = all.iter().filter(|outlook| (outlook.from..=outlook.to).contains(&date));
        let of_day = of_day.map(|outlook| (outlook, outlook.held()));
        of_day.max_by(|one, other| one.1.ln().abs().total_cmp(&other.1.ln().abs()))
    }
}

impl Effect {
    /// Of spells of one kind of weather on the use of items that belong together. A spell is its first and its last day; `since` is the
    /// first day of which both use and weather are known.
    #[must_use]
    pub fn learn(histories: &[&[DayUse]], spells: &[(Date, Date)], since: Date, today: Date) -> Self {
        let uses = uses(histories, since, today);
        let is_known = |date: &Date| (since..today).contains(date);
        let days_of = |spell: &(Date, Date)| {
            let last = spell.1.min(today);
            spell.0.max(since).series(Span::new().days(1)).take_while(move |date| *date <= last).filter(is_known)
        };
        let felt: BTreeSet<Date> = spells.iter().flat_map(days_of).collect();
        let on = |date: &Date| uses.get(date).copied().unwrap_or_default();
        let mut effect = Self::default();
        let mut counted = BTreeSet::new();
        for spell in spells {
            let before = effect.days;
            for day in days_of(spell).filter(|day| counted.insert(*day)) {
                let around: Vec<Date> = around(day).filter(is_known).filter(|date| !felt.contains(date)).collect();
                if !around.is_empty() {
                    effect.used += on(&day);
                    effect.usual += around.iter().map(on).sum::<f64>() / around.len() as f64;
                    effect.days = effect.days.saturating_add(1);
                }
            }
            effect.spells = effect.spells.saturating_add(u32::from(effect.days > before));
        }
        effect
    }

    /// The factor, and from how many days it was learned: between `assumed` and what was seen, the nearer to the latter the more was seen. 0
    /// days: too little was seen, and it is `assumed`.
    #[must_use]
    pub fn factor(&self, assumed: f64) -> (f64, u32) {
        let (least, greatest) = Outlook::FACTORS;
        let assumed = if assumed.is_finite() { assumed.clamp(least, greatest) } else { 1.0 };
        if self.spells < LEAST_SPELLS || self.days < LEAST_DAYS || self.usual < LEAST_USES {
            return (assumed, 0);
        }
        // A gamma of mean `assumed` and shape `ASSUMED_USES`, after what was seen.
        let learned = (ASSUMED_USES + self.used) / (ASSUMED_USES / assumed + self.usual);
        (learned.clamp(least, greatest), self.days)
    }
}

/// The same weekdays around a day.
fn around(day: Date) -> impl Iterator<Item = Date> {
    let weeks = AROUND_DAYS / 7;
    (-weeks..=weeks).filter(|week| *week != 0).filter_map(move |week| day.checked_add(Span::new().weeks(week)).ok())
}

/// How often the items were used by day, where that was booked shortly before or not at all.
fn uses(histories: &[&[DayUse]], since: Date, today: Date) -> BTreeMap<Date, f64> {
    let mut uses = BTreeMap::new();
    for history in histories {
        let is_soon =
            |day: &&DayUse| day.quantity > 0 && day.booked_ahead <= SOON_DAYS && (since..today).contains(&day.date);
        let days: Vec<&DayUse> = history.iter().filter(is_soon).collect();
        let mean = days.iter().map(|day| day.quantity as f64).sum::<f64>() / days.len().max(1) as f64;
        for day in days {
            *uses.entry(day.date).or_default() += (day.quantity as f64 / mean).min(LARGEST);
        }
    }
    uses
}
