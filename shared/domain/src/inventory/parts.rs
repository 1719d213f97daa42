//! What visits would use that are not booked yet.

use serde::Serialize;
use utoipa::ToSchema;

use super::Known;
use crate::ids::{ItemId, ServiceId};

/// What visits of a service would use of an item, beside what is there.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartsNeeded {
    /// Which item.
    pub item: ItemId,
    /// Its name.
    #[schema(example = "Capacitor 45/5")]
    pub name: String,
    /// Its unit.
    #[schema(example = "piece")]
    pub unit: String,
    /// Units that these visits use as a rule, rounded up.
    #[schema(example = 6)]
    pub needed: i64,
    /// Units that are there, in all places together.
    #[schema(example = 3)]
    pub on_hand: i64,
    /// Units that are on their way.
    #[schema(example = 0)]
    pub on_order: i64,
}

impl PartsNeeded {
    /// How many are neither there nor on their way.
    #[must_use]
    pub fn lacking(&self) -> i64 {
        self.needed.saturating_sub(self.on_hand.saturating_add(self.on_order)).max(0)
    }
}

impl Known {
    /// What so many visits of `service` use as a rule, as learned from jobs or as the items say; what lacks most first. Nothing is set aside for
    /// visits that are booked already: the [forecast](Known::forecasts) has those.
    #[must_use]
    pub fn parts_for(&self, service: &ServiceId, visits: u32) -> Vec<PartsNeeded> {
        let usage = self.usage();
        let typical = usage.get(service.as_str());
        let of = |item: &super::Item| {
            let per_visit = typical?.get(item.id.as_str())?.mean;
            let needed = (per_visit * f64::from(visits)).ceil() as i64;
            (item.active && needed > 0).then(|| PartsNeeded {
                item: item.id.clone(),
                name: item.name.clone(),
                unit: item.unit.clone(),
                needed,
                on_hand: self.on_hand(&item.id),
                on_order: self.on_order(&item.id),
            })
        };
        let mut parts: Vec<PartsNeeded> = self.items.iter().filter_map(of).collect();
        parts.sort_by(|a, b| b.lacking().cmp(&a.lacking()).then_with(|| a.name.cmp(&b.name)));
        parts
    }
}
