//! The best way to buy one item from the suppliers that are open.
//!
//! Every number of packs of every source is tried where there are few; else those between which a best one lies: none, just
//! enough for what is asked by a day, and just enough for a price tier. Between these the price grows evenly with the packs, and so
//! nothing is gained in between, but for packs of different sizes.

use super::need::{Need, Source};

/// As many choices are looked through one by one.
const FEW: i64 = 4_000;

/// The best packs of each source, from suppliers that are open; none where they cannot bring what is needed.
pub(super) fn best(need: &Need<'_>, ahead_days: u16, is_open: &dyn Fn(usize) -> bool) -> Option<Vec<i64>> {
    if need.units <= 0 {
        return Some(vec![0; need.sources.len()]);
    }
    let range = |source: &Source<'_>| if is_open(source.supplier) { need.most_packs(source, ahead_days) } else { 0 };
    let ranges: Vec<i64> = need.sources.iter().map(range).collect();
    let is_few = ranges.iter().try_fold(1_i64, |all, range| all.checked_mul(range + 1)).is_some_and(|all| all <= FEW);
    let mut search = Search { need, ranges, is_few, packs: vec![0; need.sources.len()], best: None };
    search.from(0);
    search.best.map(|(_, packs)| packs)
}

struct Search<'s, 'a> {
    need: &'s Need<'a>,
    /// The most packs of each source.
    ranges: Vec<i64>,
    is_few: bool,
    packs: Vec<i64>,
    best: Option<(f64, Vec<i64>)>,
}

impl Search<'_, '_> {
    /// Tries all packs of the sources from this one on.
    fn from(&mut self, place: usize) {
        if place == self.packs.len() {
            let score = self.need.score(&self.packs);
            if self.best.as_ref().is_none_or(|(best, _)| score < *best) && self.need.is_met_by(&self.packs) {
                self.best = Some((score, self.packs.clone()));
            }
            return;
        }
        for packs in self.tried(place) {
            self.set(place, packs);
            self.from(place + 1);
        }
        self.set(place, 0);
    }

    fn tried(&self, place: usize) -> Vec<i64> {
        let most = self.ranges.get(place).copied().unwrap_or_default();
        let Some(source) = self.need.sources.get(place).filter(|_| most > 0) else {
            return vec![0];
        };
        if self.is_few {
            return (0..=most).collect();
        }
        let so_far = self.need.quantity(&self.packs);
        let asked = self.need.sources.iter().map(|source| source.bridge).chain([self.need.units]);
        let tiers = source.offer.tiers.iter().map(|tier| tier.from);
        let enough = asked.flat_map(|units| [units, units - so_far]).chain(tiers);
        let mut packs: Vec<i64> =
            enough.map(|units| source.offer.packs_for(units).min(most)).chain([0, most]).collect();
        packs.sort_unstable();
        packs.dedup();
        packs
    }

    fn set(&mut self, place: usize, packs: i64) {
        if let Some(held) = self.packs.get_mut(place) {
            *held = packs;
        }
    }
}
