//! How many more visits of a service a day takes.

use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::day::DayOwner;
use crate::ids::ResourceId;

impl Calendar<'_> {
    /// How many more visits there is room for on each day from `from` to before `to`, if they are booked one after the other from the
    /// first free time on. Days without room are left out.
    ///
    /// What is counted for one visit is taken until that visit is over, so that no resource is counted for two at one time.
    #[must_use]
    pub fn room(&self, from: Timestamp, to: Timestamp) -> BTreeMap<Date, u32> {
        let mut room: BTreeMap<Date, u32> = BTreeMap::new();
        let mut busy_until: BTreeMap<&ResourceId, Timestamp> = BTreeMap::new();
        for slot in self.slots(from, to, usize::MAX) {
            let date = slot.starts_at.to_zoned(self.terms.zone().clone()).date();
            let (begins, ends) = self.terms.taken(slot.starts_at);
            let most = self.most_left(date);
            while room.get(&date).copied().unwrap_or_default() < most {
                let is_idle = |id: &&ResourceId| busy_until.get(*id).is_none_or(|until| *until <= begins);
                let idle: Vec<&ResourceId> =
                    slot.resources.iter().chain(&slot.also_free).copied().filter(is_idle).collect();
                let Some(taken) = self.one_visit(&idle) else { break };
                busy_until.extend(taken.into_iter().map(|id| (id, ends)));
                let count = room.entry(date).or_default();
                *count = count.saturating_add(1);
            }
        }
        room
    }

    /// What one visit takes of these; `None`: they are not enough, or it takes nothing.
    fn one_visit<'r>(&self, idle: &[&'r ResourceId]) -> Option<Vec<&'r ResourceId>> {
        let mut taken = Vec::new();
        for need in &self.terms.rules.needs {
            let is_kind = |id: &&ResourceId| {
                self.resources.iter().any(|resource| resource.id == **id && resource.kind == need.kind)
            };
            let mut of_kind = idle.iter().copied().filter(is_kind);
            for _ in 0..need.count {
                taken.push(of_kind.next()?);
            }
        }
        (!taken.is_empty()).then_some(taken)
    }

    /// How many more visits of the service are done on a day at most.
    fn most_left(&self, date: Date) -> u32 {
        let Some(most) = self.terms.rules.most_a_day else { return u32::MAX };
        let service = &self.terms.service.id;
        let is_it = |owner: &DayOwner| matches!(owner, DayOwner::Service(id) if id == service);
        let day = self.days.iter().find(|day| day.key.date == date && is_it(&day.key.owner));
        let booked = day.map_or(0, |day| day.entries.values().filter(|entry| entry.stands(self.now)).count());
        most.saturating_sub(u32::try_from(booked).unwrap_or(u32::MAX))
    }
}
