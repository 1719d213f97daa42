//! What visits take: each a document of its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::ids::{LocationId, ResourceId, ServiceId};
use crate::tenancy::{Hours, Location, ResourceKind, Service, Tenant, ensure, text, unique, words};

/// The most resources that a tenant may have: all of them are read to find a free time.
pub const MAX_RESOURCES: usize = 200;
/// The most times off that one may have.
const MAX_TIME_OFF: usize = 100;

/// A person, a bay, a van: something that is in one place at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its slug.
    pub id: ResourceId,
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, example = "Lee Park")]
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// What it can do; a service asks for such skills of people and crews.
    #[serde(default)]
    #[schema(example = json!(["alignment"]))]
    pub skills: Vec<String>,
    /// Where it is; empty: everywhere.
    #[serde(default)]
    pub locations: Vec<LocationId>,
    /// The services that it is for; empty: all.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    /// Its shifts, where it does not work whenever the business is open. It is never booked while the business is closed.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// When it is away.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub time_off: Vec<TimeOff>,
    /// Whether it can be booked.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A holiday of a person, a repair of a lift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeOff {
    /// From when (UTC).
    pub from: Timestamp,
    /// Until when (UTC).
    pub until: Timestamp,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 80, example = "Holiday")]
    pub reason: String,
}

fn yes() -> bool {
    true
}

impl Resource {
    /// Whether visits for `service` at `location` may take it; no location: anywhere.
    #[must_use]
    pub fn can_do(&self, service: &Service, location: Option<&LocationId>) -> bool {
        let knows = |skill: &String| self.skills.contains(skill);
        self.active
            && (self.services.is_empty() || self.services.contains(&service.id))
            && location.is_none_or(|location| self.locations.is_empty() || self.locations.contains(location))
            && (!self.kind.has_skills() || service.skills.iter().all(knows))
    }

    /// Checks what the types do not: a name, sane hours, places and services that the tenant has.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `time_off[1].until`.
    pub fn validate(&self, tenant: &Tenant, locations: &[Location]) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        words("skills", &self.skills)?;
        for (index, id) in self.locations.iter().enumerate() {
            let known = locations.iter().any(|location| location.id == *id);
            ensure(known, format!("locations[{index}]"), format!("{id} is no location of this business"))?;
        }
        for (index, id) in self.services.iter().enumerate() {
            let known = tenant.services.iter().any(|service| service.id == *id);
            ensure(known, format!("services[{index}]"), format!("{id} is no service of this business"))?;
        }
        unique(self.locations.iter().enumerate().map(|(index, id)| (format!("locations[{index}]"), id)))?;
        unique(self.services.iter().enumerate().map(|(index, id)| (format!("services[{index}]"), id)))?;
        self.hours.iter().try_for_each(Hours::validate)?;
        let few = self.time_off.len() <= MAX_TIME_OFF;
        ensure(few, "time_off", format!("time_off takes at most {MAX_TIME_OFF} entries: leave out what is over"))?;
        for (index, off) in self.time_off.iter().enumerate() {
            let until = format!("time_off[{index}].until");
            ensure(off.from < off.until, until, "until must be after from")?;
            text("reason", &off.reason, 0..=80).map_err(|failure| failure.within(&format!("time_off[{index}]")))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;
    use serde_json::{Value, from_value, json};

    fn ana(change: &Value) -> Resource {
        let mut ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person", "skills": ["roof"]});
        ana.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        from_value(ana).unwrap()
    }

    #[test]
    fn who_lacks_a_skill_is_elsewhere_or_away_for_good_cannot_do_it() {
        let mut service = roofer().services.remove(0);
        service.skills = vec!["roof".to_owned()];
        let (here, there) = (LocationId::new("lakewood").unwrap(), LocationId::new("aurora").unwrap());
        assert!(ana(&json!({})).can_do(&service, Some(&here)));
        assert!(ana(&json!({"locations": ["lakewood"]})).can_do(&service, Some(&here)));
        assert!(ana(&json!({"locations": ["lakewood"]})).can_do(&service, None));
        assert!(ana(&json!({"kind": "room", "skills": []})).can_do(&service, None), "a room needs no skill");
        for change in [
            json!({"locations": [there]}),
            json!({"skills": []}),
            json!({"active": false}),
            json!({"services": ["gutter-cleaning"]}),
        ] {
            assert!(!ana(&change).can_do(&service, Some(&here)), "{change}");
        }
    }

    #[test]
    fn a_refusal_names_the_field() {
        let backwards = json!([{"from": "2026-12-02T00:00:00Z", "until": "2026-12-01T00:00:00Z"}]);
        assert_eq!(ana(&json!({"services": ["roof-repair"]})).validate(&roofer(), &[]), Ok(()));
        for (change, field) in [
            (json!({"name": " "}), "name"),
            (json!({"locations": ["aurora"]}), "locations[0]"),
            (json!({"services": ["roof-repair", "botox"]}), "services[1]"),
            (json!({"services": ["roof-repair", "roof-repair"]}), "services[1]"),
            (json!({"time_off": backwards}), "time_off[0].until"),
            (json!({"hours": {"monday": [{"open": "17:00", "close": "08:00"}]}}), "hours.monday[0]"),
        ] {
            match ana(&change).validate(&roofer(), &[]) {
                Err(Failure::Rejected { field: Some(named), .. }) => assert_eq!(named, field),
                other => panic!("{change}: {other:?}"),
            }
        }
    }
}
