//! What came of an invitation: what counts, and what it is worth.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Campaign, Figures, Invitee, InviteeState};
use crate::ids::{AppointmentId, LeadId, ServiceId};
use crate::leads::Lead;
use crate::tenancy::offer::resolve;
use crate::tenancy::{Location, Tenant};

/// A visit counts that is booked within so many days after the invitation.
pub const COUNTED_FOR_DAYS: i64 = 14;

/// What happened to someone who was invited. Each is counted once for each invitee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted<'a> {
    /// Their invitation did not leave, by this rule of the gate, or for another short reason.
    NotSent(&'a str),
    /// They wrote at that moment (UTC).
    Answered(Timestamp),
    /// They booked a visit.
    Booked(BookedVisit<'a>),
    /// Their visit was cancelled or missed.
    Lost(AppointmentId),
    /// Their visit is done.
    Done(AppointmentId),
}

/// A visit that was booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookedVisit<'a> {
    /// Which.
    pub id: AppointmentId,
    /// What for, where that is known.
    pub service: Option<&'a ServiceId>,
    /// When it was agreed on (UTC).
    pub at: Timestamp,
    /// What it is worth at least, in cents of the tenant's currency.
    pub worth_cents: i64,
}

impl Invitee {
    /// The invitee after what happened, and what is added to the figures; `None`: it does not count, or was counted before.
    ///
    /// A visit counts where it is for a service of the campaign, or where they answered the invitation before: within
    /// [`COUNTED_FOR_DAYS`]. Of one customer one visit counts; another one takes its place where it was lost.
    #[must_use]
    pub fn after(&self, campaign: &Campaign, what: Counted<'_>) -> Option<(Self, Figures)> {
        let invited_at = self.invited_at.filter(|_| self.state == InviteeState::Invited)?;
        let counted_for = SignedDuration::from_hours(COUNTED_FOR_DAYS * 24);
        let is_in_time = |at: Timestamp| at >= invited_at && at.duration_since(invited_at) <= counted_for;
        let goes_on = |id: AppointmentId| self.booked == Some(id) && !self.lost && !self.done;
        let none = Figures::default();
        match what {
            Counted::NotSent(why) if self.why.is_none() => {
                let after = Self { why: Some(why.to_owned()), ..self.clone() };
                Some((after, Figures { not_sent: 1, held_back: [(why.to_owned(), 1)].into(), ..none }))
            }
            Counted::Answered(at) if self.answered_at.is_none() && is_in_time(at) => {
                Some((Self { answered_at: Some(at), ..self.clone() }, Figures { answered: 1, ..none }))
            }
            Counted::Booked(visit) => {
                let is_free = self.booked.is_none() || (self.lost && self.booked != Some(visit.id));
                let fits = self.answered_at.is_some_and(|answered| answered <= visit.at)
                    || visit.service.is_some_and(|service| campaign.services.contains(service));
                let cents = visit.worth_cents;
                let after = Self { booked: Some(visit.id), worth_cents: cents, lost: false, ..self.clone() };
                let counts = is_free && fits && is_in_time(visit.at);
                counts.then_some((after, Figures { booked: 1, revenue_cents: cents, ..none }))
            }
            Counted::Lost(id) if goes_on(id) => {
                let figures = Figures { lost: 1, revenue_cents: self.worth_cents.saturating_neg(), ..none };
                Some((Self { lost: true, ..self.clone() }, figures))
            }
            Counted::Done(id) if goes_on(id) => {
                let figures = Figures { done: 1, done_cents: self.worth_cents, ..none };
                Some((Self { done: true, ..self.clone() }, figures))
            }
            Counted::NotSent(_) | Counted::Answered(_) | Counted::Lost(_) | Counted::Done(_) => None,
        }
    }
}

/// What a visit for `service` on `day` is worth at least, in cents of the tenant's currency: what staff expect of the lead that it came of,
/// where they said so, else the lowest price of the service at its place; nothing where neither is known.
#[must_use]
pub fn worth(
    tenant: &Tenant,
    location: Option<&Location>,
    (service, day): (&ServiceId, Date),
    (lead, came_of): (Option<&Lead>, Option<LeadId>),
) -> i64 {
    let is_its = |lead: &&Lead| came_of.is_none_or(|id| id == lead.id);
    let value = lead.filter(is_its).and_then(|lead| lead.value.as_ref());
    if let Some(value) = value.filter(|value| value.currency == tenant.currency) {
        return value.cents;
    }
    let price = resolve(tenant, location, service, day).price();
    price.map_or(0, |price| i64::try_from(price.from_cents).unwrap_or(i64::MAX))
}
