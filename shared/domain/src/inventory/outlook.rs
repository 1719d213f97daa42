//! What the weather around a business does to what its items are used for: from the forecast, its rules, and what was used in such weather.

use jiff::Span;
use jiff::civil::Date;
use stock::{DayUse, Effect, Outlook};
use weather::{Condition, Day, spells};

use super::Item;
use crate::campaigns::WeatherRule;
use crate::ids::ItemId;

/// A factor that is nearer to one than this is none.
const LEAST_CHANGE: f64 = 0.03;

/// The weather around a business.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownWeather {
    /// Its days: those that were, as their morning's forecast said, and those to come, as the last one says. Dates may be missing.
    pub days: Vec<Day>,
    /// Which weather matters to it: its own rules, and what is suggested to its trade where it has none of a condition.
    pub rules: Vec<WeatherRule>,
}

/// What is assumed of a condition as long as too little was seen of it.
struct Assumed {
    /// How much more of the services that the rule offers comes unbooked: 1.3 is 30 percent more.
    factor: f64,
    /// For how many days after the weather that goes on.
    days_after: i32,
}

/// Figures of ours, low on purpose and for no trade in particular: no published ones were found. `docs/inventory.md` says so.
fn assumed(condition: Condition) -> Option<Assumed> {
    let (factor, days_after) = match condition {
        Condition::HeatWave => (1.3, 1),
        // Pipes burst when they thaw.
        Condition::ColdSnap => (1.3, 3),
        // What a storm broke is seen to when it is over.
        Condition::Storm => (1.5, 7),
        Condition::RainWeek => (1.2, 3),
        // Once a year: a first one cannot be told from a later one by days alone, and its campaign books the visits.
        Condition::FirstFreeze => return None,
    };
    Some(Assumed { factor, days_after })
}

/// One kind of weather, with the days on which it is felt.
pub(super) struct Felt<'a> {
    rule: &'a WeatherRule,
    assumed: Assumed,
    spells: Vec<(Date, Date)>,
}

/// What is known of the use of an item's category in one kind of weather, for [`Felt::outlook`].
pub(super) type Effects = Vec<Effect>;

impl KnownWeather {
    /// The kinds of weather that matter, each once.
    pub(super) fn felt(&self) -> Vec<Felt<'_>> {
        let mut all: Vec<Felt<'_>> = Vec::new();
        for rule in &self.rules {
            let is_known = all.iter().any(|felt| felt.rule.condition == rule.condition);
            let Some(assumed) = assumed(rule.condition).filter(|_| !is_known) else { continue };
            let after = Span::new().days(assumed.days_after);
            let days = spells(&rule.trigger(), &self.days).into_iter();
            let spells = days.map(|(first, last)| (first, last.saturating_add(after))).collect();
            all.push(Felt { rule, assumed, spells });
        }
        all
    }

    /// The first day of which the weather is known.
    fn since(&self) -> Option<Date> {
        self.days.iter().map(|day| day.date).min()
    }

    /// What such weather did to the use of items that belong together, for each of `felt`.
    pub(super) fn effects(
        &self,
        felt: &[Felt<'_>],
        histories: &[&[DayUse]],
        (recorded, today): (Date, Date),
    ) -> Effects {
        let since = self.since().map_or(today, |since| since.max(recorded));
        felt.iter().map(|felt| Effect::learn(histories, &felt.spells, since, today)).collect()
    }
}

impl Felt<'_> {
    /// The spells that are felt from `today` on, with their factor for an item: as learned of its category, else as is assumed of the part of
    /// its use that the rule's services have (`share`, 0 to 1).
    fn outlook(&self, effect: &Effect, share: f64, today: Date) -> Vec<Outlook> {
        let (factor, days) = effect.factor(1.0 + (self.assumed.factor - 1.0) * share);
        let coming = self.spells.iter().filter(|(_, last)| *last >= today && (factor - 1.0).abs() >= LEAST_CHANGE);
        let kind = self.rule.condition.as_str();
        coming.map(|(from, to)| Outlook { kind: kind.to_owned(), from: *from, to: *to, factor, days }).collect()
    }

    /// The part of an item's use that this weather's services have: by what jobs used, else by whether the item is named for one of them.
    fn share(&self, item: &Item, used: &[(&crate::ids::ServiceId, i64)]) -> f64 {
        let is_its = |service: &crate::ids::ServiceId| self.rule.services.contains(service);
        let all: i64 = used.iter().map(|(_, units)| units).sum();
        if all > 0 {
            let its: i64 = used.iter().filter(|(service, _)| is_its(service)).map(|(_, units)| units).sum();
            return to_f64(its) / to_f64(all);
        }
        f64::from(u8::from(item.per_visits.iter().any(|visits| is_its(&visits.service))))
    }
}

/// What the weather does to an item.
pub(super) fn outlook(
    felt: &[Felt<'_>],
    effects: &Effects,
    item: &Item,
    jobs: &[super::JobParts],
    today: Date,
) -> Vec<Outlook> {
    let units = |parts: &super::JobParts, id: &ItemId| parts.used.get(id).copied().filter(|units| *units > 0);
    let used: Vec<_> = jobs.iter().filter_map(|parts| Some((&parts.service, units(parts, &item.id)?))).collect();
    let of = |(felt, effect): (&Felt<'_>, &Effect)| felt.outlook(effect, felt.share(item, &used), today);
    felt.iter().zip(effects).flat_map(of).collect()
}

#[expect(clippy::cast_precision_loss, reason = "units are far below 2^52")]
pub(super) fn to_f64(units: i64) -> f64 {
    units as f64
}
