//! Whom a campaign is for: criteria as data, and why someone is left out.
//!
//! Someone fits who had one of the services long enough ago, or never where `or_never` says so, and who meets all other criteria that are
//! given. Left out whatever the criteria say: who refused messages or cannot be reached, who has a visit ahead for one of the services, who
//! was invited lately, who is talking with the business just now, and who waits for a person of the staff.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::conversations::ConversationStatus;
use crate::ids::{LocationId, ServiceId};
use crate::journeys::{Journey, Person};
use crate::scheduling::{Appointment, AppointmentState};
use crate::tenancy::{Tenant, ensure, text, words};

/// The most tags.
const MAX_TAGS: usize = 20;
/// The longest age, in years.
const MAX_YEARS: u16 = 100;
/// The longest time since a visit, in days: ten years.
const MAX_DAYS: u16 = 3_650;
/// Years that a number in a field may be, where it is no age.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;

/// Who is written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = CampaignAudience)]
pub struct Criteria {
    /// Their last visit for one of the services is more days ago than this; none: it may be any time ago.
    #[schema(maximum = 3650, example = 365)]
    pub last_visit_over_days: Option<u16>,
    /// Also who never had one of the services.
    pub or_never: bool,
    /// Something of theirs is older than this, by a field that staff keep of contacts.
    pub field_over: Option<FieldAge>,
    /// They have one of these tags; none: whatever tags they have.
    #[schema(max_items = 20)]
    pub tags: Vec<String>,
    /// They belong to this place; none: to any.
    pub location: Option<LocationId>,
    /// They were not invited by a campaign for so many days.
    #[schema(maximum = 3650, example = 60)]
    pub not_invited_for_days: u16,
    /// They did not write for so many days: who is talking with the business is not interrupted.
    #[schema(maximum = 3650, example = 3)]
    pub not_heard_for_days: u16,
}

impl Default for Criteria {
    fn default() -> Self {
        Self {
            last_visit_over_days: Some(365),
            or_never: false,
            field_over: None,
            tags: Vec::new(),
            location: None,
            not_invited_for_days: 60,
            not_heard_for_days: 3,
        }
    }
}

/// A field of a contact that says how old something is, or since when there is something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignFieldAge)]
pub struct FieldAge {
    /// The field's name. Its value is a year (`2004`), a date (`2004-06-01`), or an age in years (`21`).
    #[schema(min_length = 1, max_length = 40, example = "roof_installed")]
    pub field: String,
    /// The age must be more than this, in years.
    #[schema(maximum = 100, example = 20)]
    pub over_years: u16,
}

/// Why someone is left out. Of several reasons the first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CampaignLeftOut)]
pub enum LeftOut {
    /// They asked to hear nothing more.
    Refused,
    /// They belong to another place.
    OtherPlace,
    /// They have none of the tags.
    OtherTags,
    /// The field says that it is too young, or nothing.
    TooYoung,
    /// They never had one of the services.
    NeverServed,
    /// Their last visit was not long enough ago.
    ServedLately,
    /// They have a visit ahead for one of the services.
    HasVisit,
    /// They wait for a person of the staff, or are talking with one.
    WithStaff,
    /// They wrote just now.
    HeardLately,
    /// They were invited lately.
    InvitedLately,
    /// The gate lets nothing of this kind out to them: no consent, or no address.
    NotAllowed,
}

/// What is looked at beside the person.
#[derive(Debug, Clone, Copy)]
pub struct AudienceContext<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The criteria.
    pub criteria: &'a Criteria,
    /// The services that are offered.
    pub services: &'a [ServiceId],
    /// Whose customers are meant, as far as the business has several places.
    pub location: Option<&'a LocationId>,
    /// When it is asked (UTC).
    pub now: Timestamp,
}

/// Someone whom a campaign is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// How well it suits them: who has the highest number is invited first. Days since their last visit, at most 9,999; half of it where
    /// they never had one.
    pub rank: u16,
    /// When their last visit for one of the services was (UTC).
    pub last_visit: Option<Timestamp>,
}

impl Criteria {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self) -> Result<(), Failure> {
        for (days, field) in [
            (self.last_visit_over_days.unwrap_or_default(), "last_visit_over_days"),
            (self.not_invited_for_days, "not_invited_for_days"),
            (self.not_heard_for_days, "not_heard_for_days"),
        ] {
            ensure(days <= MAX_DAYS, field, format!("{field} must be 0 to {MAX_DAYS}"))?;
        }
        ensure(self.tags.len() <= MAX_TAGS, "tags", format!("there may be at most {MAX_TAGS} tags"))?;
        words("tags", &self.tags)?;
        let Some(age) = &self.field_over else { return Ok(()) };
        text("field_over.field", &age.field, 1..=40)?;
        let form = format!("over_years must be 0 to {MAX_YEARS}");
        ensure(age.over_years <= MAX_YEARS, "field_over.over_years", form)
    }
}

impl AudienceContext<'_> {
    /// Whether a campaign is for this person, who was last invited by another one at `invited` (UTC).
    ///
    /// # Errors
    /// Why they are left out.
    pub fn fit(&self, person: &Person, invited: Option<Timestamp>) -> Result<Fit, LeftOut> {
        let journey = person.journey.as_ref();
        let rule = |holds: bool, reason: LeftOut| if holds { Ok(()) } else { Err(reason) };
        rule(!person.opt_out_state.refused, LeftOut::Refused)?;
        rule(self.is_at_place(person), LeftOut::OtherPlace)?;
        rule(self.has_tag(person), LeftOut::OtherTags)?;
        rule(self.is_old_enough(person), LeftOut::TooYoung)?;
        let last_visit = journey.and_then(|journey| self.last_visit(journey));
        let days = last_visit.map(|at| whole_days(self.now.duration_since(at)));
        match (days, self.criteria.last_visit_over_days) {
            (None, _) => rule(self.criteria.or_never, LeftOut::NeverServed)?,
            (Some(days), Some(over)) => rule(days > i64::from(over), LeftOut::ServedLately)?,
            (Some(_), None) => {}
        }
        rule(!journey.is_some_and(|journey| self.has_visit_ahead(journey)), LeftOut::HasVisit)?;
        rule(!is_with_staff(person), LeftOut::WithStaff)?;
        let quiet_since = person.opt_out_state.last_heard();
        rule(self.is_over(quiet_since, self.criteria.not_heard_for_days), LeftOut::HeardLately)?;
        rule(self.is_over(invited, self.criteria.not_invited_for_days), LeftOut::InvitedLately)?;
        Ok(Fit { rank: rank(days, person, self.now), last_visit })
    }

    /// Whether it is more than so many days ago, or never was; 0 days are no limit.
    fn is_over(&self, at: Option<Timestamp>, days: u16) -> bool {
        days == 0 || at.is_none_or(|at| self.now.duration_since(at) > SignedDuration::from_hours(i64::from(days) * 24))
    }

    fn is_at_place(&self, person: &Person) -> bool {
        let of_journey = person.journey.as_ref().and_then(|journey| journey.location.as_ref());
        let theirs = of_journey.or(person.lead.location.as_ref());
        let wanted = [self.criteria.location.as_ref(), self.location];
        // Who belongs to no place in particular may be served at any.
        theirs.is_none_or(|theirs| wanted.into_iter().flatten().all(|wanted| wanted == theirs))
    }

    fn has_tag(&self, person: &Person) -> bool {
        let tags = &self.criteria.tags;
        let is_known =
            |tag: &String| person.contact.card.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase());
        tags.is_empty() || tags.iter().any(is_known)
    }

    fn is_old_enough(&self, person: &Person) -> bool {
        let Some(age) = &self.criteria.field_over else { return true };
        let today = self.now.to_zoned(self.tenant.time_zone()).date();
        let value = person.contact.card.fields.get(&age.field);
        let years = value.and_then(|value| years_of(value, today));
        years.is_some_and(|years| years > i64::from(age.over_years))
    }

    /// When the last visit for one of the services was done.
    fn last_visit(&self, journey: &Journey) -> Option<Timestamp> {
        let done = journey.appointments.iter().filter(|visit| visit.state == AppointmentState::Completed);
        done.filter(|visit| self.is_for_services(visit)).map(|visit| visit.ends_at).max()
    }

    fn has_visit_ahead(&self, journey: &Journey) -> bool {
        let goes_on = |visit: &&Appointment| visit.state < AppointmentState::Completed && visit.ends_at > self.now;
        journey.appointments.iter().filter(goes_on).any(|visit| self.is_for_services(visit))
    }

    /// Events name a service as customers read it, or by its slug.
    fn is_for_services(&self, visit: &Appointment) -> bool {
        let Some(named) = &visit.service else { return false };
        let offered = self.tenant.services.iter().filter(|service| self.services.contains(&service.id));
        offered.into_iter().any(|service| service.name == *named || service.id.as_str() == named)
    }
}

/// Whether they wait for a person of the staff, or are talking with one.
fn is_with_staff(person: &Person) -> bool {
    person.threads.iter().any(|thread| {
        thread.is_held_by_staff() || thread.escalation.is_some() || thread.status == ConversationStatus::Escalated
    })
}

fn rank(days: Option<i64>, person: &Person, now: Timestamp) -> u16 {
    let days = days.unwrap_or_else(|| whole_days(now.duration_since(person.contact.created_at)) / 2);
    u16::try_from(days.clamp(0, 9_999)).unwrap_or(9_999)
}

fn whole_days(duration: SignedDuration) -> i64 {
    duration.as_hours() / 24
}

/// How many years old something is, by what a field says of it.
fn years_of(value: &str, today: Date) -> Option<i64> {
    let value = value.trim();
    if let Ok(date) = value.parse::<Date>() {
        let had_birthday = (today.month(), today.day()) >= (date.month(), date.day());
        return Some(i64::from(today.year()) - i64::from(date.year()) - i64::from(!had_birthday));
    }
    let number: i64 = value.split_whitespace().next()?.parse().ok()?;
    match YEARS.contains(&number) {
        true => Some(i64::from(today.year()) - number),
        false => (0..=i64::from(MAX_YEARS) * 2).contains(&number).then_some(number),
    }
}

impl LeftOut {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::OtherPlace => "other_place",
            Self::OtherTags => "other_tags",
            Self::TooYoung => "too_young",
            Self::NeverServed => "never_served",
            Self::ServedLately => "served_lately",
            Self::HasVisit => "has_visit",
            Self::WithStaff => "with_staff",
            Self::HeardLately => "heard_lately",
            Self::InvitedLately => "invited_lately",
            Self::NotAllowed => "not_allowed",
        }
    }
}
