//! How a service is booked: what it needs, how long before and after it nothing else takes place, how early and how late.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::WorksAt;
use super::check::{ensure, unique};
use crate::Failure;

/// The longest visit that can be booked: one day. Longer jobs are arranged by people.
const MAX_VISIT_MINUTES: u32 = 1_440;
/// The most minutes that are kept free before or after a visit.
const MAX_BUFFER_MINUTES: u32 = 480;
/// The longest lead time: 30 days.
const MAX_LEAD_MINUTES: u32 = 43_200;
/// The most days ahead.
const MAX_HORIZON_DAYS: u32 = 365;
/// The most visits of one service on one day: they stand in one item of the table.
const MAX_A_DAY: u32 = 90;
/// The most resources of one visit: each of their days is a write of one transaction, and of two where it gets another time.
const MAX_RESOURCES: u32 = 8;
/// The steps that start times may have, in minutes: each divides the hour.
const STEPS: [u32; 6] = [5, 10, 15, 20, 30, 60];

/// How a service is booked. A service without it is not: its visits are arranged by people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingRules {
    /// What one visit takes, all of it at the same time.
    #[schema(min_items = 1)]
    pub needs: Vec<Need>,
    /// Minutes that are kept free before a visit: the way there, setting up. Where the way is known and longer, it is kept free.
    #[serde(default)]
    #[schema(maximum = 480, example = 15)]
    pub buffer_before_minutes: u32,
    /// Minutes that are kept free after a visit: cleaning, the way back. Where the way is known and longer, it is kept free.
    #[serde(default)]
    #[schema(maximum = 480, example = 15)]
    pub buffer_after_minutes: u32,
    /// The shortest notice, in minutes.
    #[serde(default = "an_hour")]
    #[schema(maximum = 43200, example = 60)]
    pub lead_minutes: u32,
    /// How many days ahead it can be booked.
    #[serde(default = "two_months")]
    #[schema(minimum = 1, maximum = 365, example = 60)]
    pub horizon_days: u32,
    /// At most so many visits of this service begin on one day; none: as many as there is room for.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 90)]
    pub most_a_day: Option<u32>,
    /// Start times are offered every so many minutes from the full hour: 5, 10, 15, 20, 30 or 60.
    #[serde(default = "half_an_hour")]
    #[schema(example = 30)]
    pub every_minutes: u32,
    /// Where the visit is, where it is not as for the whole business.
    #[serde(default)]
    pub works_at: Option<WorksAt>,
    /// Who is taken first of those who are free.
    #[serde(default)]
    pub prefers: Prefers,
}

/// Who is taken first of those who are free for a visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prefers {
    /// Who is booked least on that day.
    #[default]
    Fairest,
    /// Who has a visit on that day that is nearest to the customer; then who is booked least.
    Nearest,
}

/// So many resources of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Of which kind.
    pub kind: ResourceKind,
    /// How many.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 8, example = 1)]
    pub count: u32,
}

/// What a visit may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// Someone who does the work.
    Person,
    /// Several who go together.
    Crew,
    /// A bay of a workshop.
    Bay,
    /// A room or a chair.
    Room,
    /// A van or a truck.
    Vehicle,
    /// Anything else that can be in one place at a time.
    Other,
}

impl ResourceKind {
    /// Whether a service's skills are asked of it: a room knows nothing.
    #[must_use]
    pub fn has_skills(self) -> bool {
        matches!(self, Self::Person | Self::Crew)
    }
}

fn one() -> u32 {
    1
}

fn half_an_hour() -> u32 {
    30
}

fn an_hour() -> u32 {
    60
}

fn two_months() -> u32 {
    60
}

impl BookingRules {
    /// Checks the figures against each other and against how long the service takes.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field within the service, such as `booking.needs[1].count`.
    pub(super) fn validate(&self, duration_minutes: Option<u32>) -> Result<(), Failure> {
        let bookable = duration_minutes.is_some_and(|minutes| minutes <= MAX_VISIT_MINUTES);
        let how_long = format!("a service that is booked takes 1 to {MAX_VISIT_MINUTES} minutes (a day)");
        ensure(bookable, "duration_minutes", how_long)?;
        ensure(!self.needs.is_empty(), "booking.needs", "booking.needs: a visit takes at least one resource")?;
        for (index, need) in self.needs.iter().enumerate() {
            let few = (1..=MAX_RESOURCES).contains(&need.count);
            ensure(few, format!("booking.needs[{index}].count"), format!("count must be 1 to {MAX_RESOURCES}"))?;
        }
        let all: u32 = self.needs.iter().map(|need| need.count).sum();
        ensure(all <= MAX_RESOURCES, "booking.needs", format!("a visit takes at most {MAX_RESOURCES} resources"))?;
        unique(self.needs.iter().enumerate().map(|(index, need)| (format!("booking.needs[{index}].kind"), need.kind)))?;
        within("booking.buffer_before_minutes", self.buffer_before_minutes, 0, MAX_BUFFER_MINUTES)?;
        within("booking.buffer_after_minutes", self.buffer_after_minutes, 0, MAX_BUFFER_MINUTES)?;
        within("booking.lead_minutes", self.lead_minutes, 0, MAX_LEAD_MINUTES)?;
        within("booking.horizon_days", self.horizon_days, 1, MAX_HORIZON_DAYS)?;
        self.most_a_day.iter().try_for_each(|most| within("booking.most_a_day", *most, 1, MAX_A_DAY))?;
        let known = STEPS.contains(&self.every_minutes);
        ensure(known, "booking.every_minutes", "booking.every_minutes must be 5, 10, 15, 20, 30 or 60")
    }
}

fn within(field: &str, value: u32, least: u32, most: u32) -> Result<(), Failure> {
    ensure((least..=most).contains(&value), field, format!("{field} must be {least} to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, from_value, json};

    fn refused(duration: Option<u32>, change: &Value) -> Option<String> {
        let mut rules = json!({"needs": [{"kind": "person"}]});
        rules.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        match from_value::<BookingRules>(rules).unwrap().validate(duration) {
            Ok(()) => None,
            Err(Failure::Rejected { field, .. }) => field,
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_need_alone_is_enough_and_each_wrong_figure_is_named() {
        assert_eq!(refused(Some(60), &json!({})), None);
        for (duration, change, field) in [
            (None, json!({}), "duration_minutes"),
            (Some(1_441), json!({}), "duration_minutes"),
            (Some(60), json!({"needs": []}), "booking.needs"),
            (Some(60), json!({"needs": [{"kind": "bay", "count": 0}]}), "booking.needs[0].count"),
            (
                Some(60),
                json!({"needs": [{"kind": "bay", "count": 5}, {"kind": "vehicle", "count": 4}]}),
                "booking.needs",
            ),
            (Some(60), json!({"needs": [{"kind": "bay"}, {"kind": "bay"}]}), "booking.needs[1].kind"),
            (Some(60), json!({"buffer_before_minutes": 481}), "booking.buffer_before_minutes"),
            (Some(60), json!({"buffer_after_minutes": 481}), "booking.buffer_after_minutes"),
            (Some(60), json!({"lead_minutes": 43_201}), "booking.lead_minutes"),
            (Some(60), json!({"horizon_days": 0}), "booking.horizon_days"),
            (Some(60), json!({"most_a_day": 0}), "booking.most_a_day"),
            (Some(60), json!({"every_minutes": 7}), "booking.every_minutes"),
        ] {
            assert_eq!(refused(duration, &change), Some(field.to_owned()));
        }
    }
}
