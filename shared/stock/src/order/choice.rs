//! The best way to buy one item from the suppliers that are open.
//!
//! Every number of packs of every source is tried where there are few; else those between which a best one lies: none, just
//! enough for what is asked by a day, and just enough for a price tier. Between these the price grows evenly with the packs, and so
//! nothing is gained in between, but for packs of different sizes.

use super::need::{Need, Source};

/// As many choices are looked through one by one.
const FEW: i64 = 4_000;

/// The best packs of each source, from suppliers that are open; none where they cannot bring what is needed. And how many choices were
/// weighed: where there are more than `most`, only those that are just enough are.
pub(super) fn best(
    need: &Need<'_>,
    ahead_days: u16,
    is_open: &dyn Fn(usize) -> bool,
    most: usize,
) -> (Option<Vec<i64>>, usize) {
    if need.units <= 0 {
        return (Some(vec![0; need.sources.len()]), 0);
    }
    let range = |source: &Source<'_>| if is_open(source.supplier) { need.most_packs(source, ahead_days) } else { 0 };
    let ranges: Vec<i64> = need.sources.iter().map(range).collect();
    let few = FEW.min(i64::try_from(most).unwrap_or(FEW));
    let all = ranges.iter().try_fold(1_i64, |all, range| all.checked_mul(range.saturating_add(1)));
    let detail = if all.is_some_and(|all| all <= few) { Detail::All } else { Detail::Prices };
    let mut search = Search { need, ranges, detail, most, weighed: 0, packs: vec![0; need.sources.len()], best: None };
    if most > 0 {
        search.from(0);
    }
    let weighed = search.weighed;
    if weighed >= most {
        search = Search { detail: Detail::Enough, most: usize::MAX, weighed: 0, ..search };
        search.packs.fill(0);
        search.from(0);
    }
    let weighed = if weighed >= most { weighed + search.weighed } else { weighed };
    (search.best.map(|(_, packs)| packs), weighed)
}

/// Which numbers of packs are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Each.
    All,
    /// Those between which a best one lies.
    Prices,
    /// None, what the slower sources ask to be bridged, and what is lacking.
    Enough,
}

struct Search<'s, 'a> {
    need: &'s Need<'a>,
    /// The most packs of each source.
    ranges: Vec<i64>,
    detail: Detail,
    /// So many are weighed, and then no more.
    most: usize,
    weighed: usize,
    packs: Vec<i64>,
    best: Option<(f64, Vec<i64>)>,
}

impl Search<'_, '_> {
    /// Tries all packs of the sources from this one on.
    fn from(&mut self, place: usize) {
        if self.weighed >= self.most {
            return;
        }
        if place == self.packs.len() {
            self.weighed += 1;
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
        if self.detail == Detail::All {
            return (0..=most).collect();
        }
        let so_far = self.need.quantity(&self.packs);
        if self.detail == Detail::Enough {
            let bridge = self.need.sources.iter().map(|source| source.bridge).max().unwrap_or_default();
            let lacking = [bridge, self.need.units].map(|units| units - so_far);
            let enough = lacking.map(|units| source.offer.packs_for(units).max(source.offer.least_packs()).min(most));
            return [0].into_iter().chain(enough).collect();
        }
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
