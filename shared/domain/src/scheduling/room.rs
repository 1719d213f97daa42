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

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;
    use crate::ids::ServiceId;
    use crate::samples::roofer;
    use crate::scheduling::{Resource, Terms};
    use crate::tenancy::Tenant;

    /// The roofer, whose inspections take an hour of one person's, with so many at most on a day.
    fn shop(most_a_day: Option<u32>, needs: &serde_json::Value) -> Tenant {
        let mut tenant = roofer();
        let rules = json!({"needs": needs, "lead_minutes": 0, "most_a_day": most_a_day});
        tenant.services[0].booking = Some(from_value(rules).unwrap());
        tenant
    }

    fn people(count: usize) -> Vec<Resource> {
        let one = |n: usize| from_value(json!({"id": format!("p-{n}"), "name": "Ana", "kind": "person"})).unwrap();
        (0..count).map(one).collect()
    }

    /// How many inspections the Monday and the Tuesday take, open from 8 to 17.
    fn room(tenant: &Tenant, resources: &[Resource]) -> Vec<u32> {
        let terms = Terms::of(tenant, None, &ServiceId::new("roof-inspection").unwrap()).unwrap();
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let (from, to) = (at("2026-11-23T07:00:00Z"), at("2026-11-25T07:00:00Z"));
        let calendar = Calendar { terms: &terms, resources, days: &[], moving: None, now: at("2026-11-20T17:00:00Z") };
        calendar.room(from, to).into_values().collect()
    }

    #[test]
    fn a_day_takes_as_many_visits_as_fit_one_after_the_other_for_each_who_can() {
        let person = json!([{"kind": "person"}]);
        assert_eq!(room(&shop(None, &person), &people(1)), [9, 9], "half-hour starts give no more");
        assert_eq!(room(&shop(None, &person), &people(2)), [18, 18]);
        assert_eq!(room(&shop(Some(5), &person), &people(2)), [5, 5]);
        assert_eq!(room(&shop(None, &person), &[]), [0_u32; 0]);
    }

    #[test]
    fn a_visit_of_two_people_takes_both() {
        let two = json!([{"kind": "person", "count": 2}]);
        assert_eq!(room(&shop(None, &two), &people(1)), [0_u32; 0]);
        assert_eq!(room(&shop(None, &two), &people(3)), [9, 9]);
        assert_eq!(room(&shop(None, &two), &people(4)), [18, 18]);
        let with_van = json!([{"kind": "person"}, {"kind": "vehicle"}]);
        let mut crew = people(3);
        crew.push(from_value(json!({"id": "van", "name": "Van", "kind": "vehicle"})).unwrap());
        assert_eq!(room(&shop(None, &with_van), &crew), [9, 9], "there is one van");
    }
}
