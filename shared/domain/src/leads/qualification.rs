//! What is known of what a lead wants.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is worth knowing about a lead (seed 003, 1.2). A field that is `None` was not learned yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Qualification {
    /// The service they ask for: a name from the tenant's list where it matches one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_interest: Option<String>,
    /// The other services that they ask for, named in the same way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 5)]
    pub other_services: Vec<String>,
    /// How soon it must be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// What they want to spend, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<String>,
    /// Where the work is, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether they decide themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_maker: Option<bool>,
    /// When they want it, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeline: Option<String>,
    /// How many people or things it is for, in their words: `two cars, table for 4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how_many: Option<String>,
}

/// How soon it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Some time.
    Low,
    /// In the usual course.
    Normal,
    /// Within days.
    High,
    /// Now: danger or damage.
    Emergency,
}

impl Qualification {
    /// Every service that they ask for, the one that matters most first.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.service_interest.iter().chain(&self.other_services).map(String::as_str)
    }

    /// Takes over what `newer` knows; what it does not know stays. Whoever names services names all of them.
    #[must_use]
    pub fn updated_with(self, newer: Self) -> Self {
        let names_services = newer.service_interest.is_some();
        Self {
            other_services: if names_services { newer.other_services } else { self.other_services },
            service_interest: newer.service_interest.or(self.service_interest),
            urgency: newer.urgency.or(self.urgency),
            budget: newer.budget.or(self.budget),
            location: newer.location.or(self.location),
            decision_maker: newer.decision_maker.or(self.decision_maker),
            timeline: newer.timeline.or(self.timeline),
            how_many: newer.how_many.or(self.how_many),
        }
    }

    /// Whether it is a matter of days, or an emergency.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.urgency.is_some_and(|urgency| urgency >= Urgency::High)
    }

    /// Enough to act on: what, where, and when or how urgently.
    #[must_use]
    pub fn is_sufficient(&self) -> bool {
        let when = self.timeline.is_some() || self.is_urgent();
        self.service_interest.is_some() && self.location.is_some() && when
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_qualification() -> impl Strategy<Value = Qualification> {
        let words = || prop::option::of("[a-z]{1,8}");
        let urgency = prop::sample::select(vec![Urgency::Low, Urgency::Normal, Urgency::High, Urgency::Emergency]);
        let others = prop::collection::vec("[a-z]{1,8}", 0..3);
        (words(), others, prop::option::of(urgency), words(), words(), any::<Option<bool>>(), words()).prop_map(
            |(service_interest, others, urgency, budget, location, decision_maker, timeline)| Qualification {
                other_services: if service_interest.is_some() { others } else { Vec::new() },
                service_interest,
                urgency,
                budget,
                location,
                decision_maker,
                timeline,
                how_many: None,
            },
        )
    }

    /// Field by field: whether it is known, and what it is.
    fn fields(known: &Qualification) -> [Option<String>; 6] {
        let services: Vec<&str> = known.services().collect();
        [
            (!services.is_empty()).then(|| services.join("|")),
            known.urgency.map(|urgency| format!("{urgency:?}")),
            known.budget.clone(),
            known.location.clone(),
            known.decision_maker.map(|decides| decides.to_string()),
            known.timeline.clone(),
        ]
    }

    proptest! {
        #[test]
        fn what_is_newer_wins_and_nothing_is_forgotten(old in any_qualification(), new in any_qualification()) {
            let both = fields(&old.clone().updated_with(new.clone()));
            for ((result, old), new) in both.into_iter().zip(fields(&old)).zip(fields(&new)) {
                prop_assert_eq!(result, new.or(old));
            }
        }

        #[test]
        fn updates_may_be_put_together(a in any_qualification(), b in any_qualification(), c in any_qualification()) {
            let one_by_one = a.clone().updated_with(b.clone()).updated_with(c.clone());
            prop_assert_eq!(one_by_one, a.updated_with(b.updated_with(c)));
        }

        #[test]
        fn a_repeat_and_an_empty_update_change_nothing(known in any_qualification()) {
            prop_assert_eq!(known.clone().updated_with(known.clone()), known.clone());
            prop_assert_eq!(known.clone().updated_with(Qualification::default()), known.clone());
            prop_assert_eq!(Qualification::default().updated_with(known.clone()), known);
        }

        #[test]
        fn learning_more_never_makes_it_insufficient(known in any_qualification(), more in any_qualification()) {
            // A lower urgency takes the word back; everything else only adds.
            let more = Qualification { urgency: None, ..more };
            prop_assert!(!known.is_sufficient() || known.clone().updated_with(more).is_sufficient());
        }
    }

    #[test]
    fn what_was_stored_before_several_services_were_kept_is_read() {
        let stored: Qualification = serde_json::from_str(r#"{"service_interest":"Roof repair"}"#).unwrap();
        assert!(stored.services().eq(["Roof repair"]));
        assert_eq!(serde_json::to_string(&stored).unwrap(), r#"{"service_interest":"Roof repair"}"#);
    }

    #[test]
    fn what_where_and_when_are_enough() {
        let all = Qualification {
            service_interest: Some("Roof repair".to_owned()),
            location: Some("Lakewood".to_owned()),
            timeline: Some("this week".to_owned()),
            ..Qualification::default()
        };
        assert!(all.is_sufficient());
        assert!(Qualification { timeline: None, urgency: Some(Urgency::High), ..all.clone() }.is_sufficient());
        assert!(!Qualification { timeline: None, urgency: Some(Urgency::Normal), ..all.clone() }.is_sufficient());
        assert!(!Qualification { service_interest: None, ..all.clone() }.is_sufficient());
        assert!(!Qualification { location: None, ..all }.is_sufficient());
    }
}
