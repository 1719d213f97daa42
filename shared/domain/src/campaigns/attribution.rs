//! What came of an invitation: what counts, and what it is worth.

use jiff::{SignedDuration, Timestamp};

use super::{Campaign, Figures, Invitee, InviteeState};
use crate::leads::Lead;
use crate::scheduling::Booking;
use crate::tenancy::offer::resolve;
use crate::tenancy::{Location, Tenant};

/// A visit counts that is booked within so many days after the invitation.
pub const COUNTED_FOR_DAYS: i64 = 14;

/// What happened to someone who was invited. Each is counted once for each invitee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted<'a> {
    /// They wrote at that moment.
    Answered(Timestamp),
    /// They booked a visit that is worth so much, in cents.
    Booked(&'a Booking, i64),
    /// Their visit was cancelled or missed.
    Lost(&'a Booking),
    /// Their visit is done.
    Done(&'a Booking),
}

impl Invitee {
    /// The invitee after what happened, and what is added to the figures; `None`: it does not count, or was counted before.
    #[must_use]
    pub fn after(&self, campaign: &Campaign, what: Counted<'_>) -> Option<(Self, Figures)> {
        let invited_at = self.invited_at.filter(|_| self.state == InviteeState::Invited)?;
        let is_in_time = |at: Timestamp| {
            at >= invited_at && at.duration_since(invited_at) <= SignedDuration::from_hours(COUNTED_FOR_DAYS * 24)
        };
        let is_theirs = |booking: &Booking| self.booked == Some(booking.id);
        match what {
            Counted::Answered(at) if self.answered_at.is_none() && is_in_time(at) => {
                let after = Self { answered_at: Some(at), ..self.clone() };
                Some((after, Figures { answered: 1, ..Figures::default() }))
            }
            Counted::Booked(booking, cents) => {
                // Of one customer one visit counts; another one takes its place where it was lost.
                let is_free = self.booked.is_none() || (self.lost && !is_theirs(booking));
                let fits = campaign.services.contains(&booking.service);
                let at = booking.agreed_at.unwrap_or(booking.created_at);
                let counts = is_free && fits && is_in_time(at);
                let after = Self { booked: Some(booking.id), worth_cents: cents, lost: false, ..self.clone() };
                counts.then(|| (after, Figures { booked: 1, revenue_cents: cents, ..Figures::default() }))
            }
            Counted::Lost(booking) if is_theirs(booking) && !self.lost && !self.done => {
                let after = Self { lost: true, ..self.clone() };
                let figures = Figures { lost: 1, revenue_cents: -self.worth_cents, ..Figures::default() };
                Some((after, figures))
            }
            Counted::Done(booking) if is_theirs(booking) && !self.lost && !self.done => {
                let after = Self { done: true, ..self.clone() };
                Some((after, Figures { done: 1, done_cents: self.worth_cents, ..Figures::default() }))
            }
            Counted::Answered(_) | Counted::Lost(_) | Counted::Done(_) => None,
        }
    }
}

/// What a visit is worth at least, in cents of the tenant's currency: what staff expect of its lead, where they said so, else the lowest
/// price of its service on its day; nothing where neither is known.
#[must_use]
pub fn worth(tenant: &Tenant, location: Option<&Location>, booking: &Booking, lead: Option<&Lead>) -> i64 {
    let is_its = |lead: &&Lead| booking.lead.is_none_or(|id| id == lead.id);
    let value = lead.filter(is_its).and_then(|lead| lead.value.as_ref());
    if let Some(value) = value.filter(|value| value.currency == tenant.currency) {
        return value.cents;
    }
    let day = booking.starts_at.to_zoned(tenant.time_zone()).date();
    let price = resolve(tenant, location, &booking.service, day).price();
    price.map_or(0, |price| i64::try_from(price.from_cents).unwrap_or(i64::MAX))
}
