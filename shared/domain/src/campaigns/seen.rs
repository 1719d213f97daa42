//! What a yes is a yes to: the texts and the audience of a campaign as they were shown.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Approver, Campaign, CampaignState, Moved, check_words};
use crate::Failure;
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::tenancy::Tenant;

/// What was shown of a campaign ([`Campaign::shown`]).
pub type Shown = Uuid;

impl Campaign {
    /// Names what it says and whom it is for: with another text, audience, offer or weather it is another one. How many are invited on
    /// which day is no part of it, because that follows the calendar from day to day.
    #[must_use]
    pub fn shown(&self) -> Shown {
        let (what, when) = ((&self.texts, &self.template, &self.services), (self.first_day, self.last_day));
        let whom = (&self.audience, &self.location, self.reach.fits);
        let shown = serde_json::to_vec(&(self.id, what, when, whom)).unwrap_or_default();
        Uuid::new_v5(&Uuid::NAMESPACE_OID, &shown)
    }

    /// Refuses a yes to something else than what it is now.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict).
    pub fn demand_shown(&self, shown: Shown) -> Result<(), Failure> {
        if shown == self.shown() {
            return Ok(());
        }
        let what = "the text or the audience was changed since you looked: look at it again, and answer what it is now";
        Err(Failure::rejected(Rejection::Conflict, what))
    }

    /// Whether no one can be visited any more before the weather comes, or after it: nothing is asked about it then.
    #[must_use]
    pub fn is_too_late(&self, today: Date) -> bool {
        let last = self.capacity.iter().map(|day| day.date).max();
        last.is_some_and(|last| last < today)
    }

    /// Refuses a yes to a text that the tenant's prices of today do not bear any more.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict).
    pub fn demand_words(&self, tenant: &Tenant, today: Date) -> Result<(), Failure> {
        check_words(tenant, self, &self.texts, today).map_err(|failure| {
            let what = format!("its text cannot go out as it is: {failure}. Change it, and say yes then");
            Failure::rejected(Rejection::Conflict, what)
        })
    }

    /// As [`Campaign::approved`], where its text can still go out: a rule's own yes is held to the same as a person's.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): as [`Campaign::demand_words`] and [`Campaign::approved`].
    pub fn approved_as_worded(
        &self,
        tenant: &Tenant,
        by: &Approver,
        today: Date,
        now: Timestamp,
    ) -> Result<Option<Moved>, Failure> {
        if self.state == CampaignState::Waiting {
            self.demand_words(tenant, today)?;
        }
        self.approved(by, today, now)
    }

    /// Someone says no before it goes out. One that goes out is stopped instead ([`Campaign::declined`]).
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): someone said yes, or it is over.
    pub fn refused(&self, by: &Actor, now: Timestamp) -> Result<Option<Moved>, Failure> {
        if self.state.may_send() {
            return Err(Failure::rejected(Rejection::Conflict, "someone said yes to it: stop it instead"));
        }
        self.declined(by, now)
    }

    /// Stops it: who was not invited is not invited any more. A repeat gives nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): no one has said yes to it, or it is over.
    pub fn stopped(&self, by: &Actor, now: Timestamp) -> Result<Option<Moved>, Failure> {
        if matches!(self.state, CampaignState::Drafting | CampaignState::Waiting) {
            return Err(Failure::rejected(Rejection::Conflict, "it does not go out: decline it instead"));
        }
        self.declined(by, now)
    }
}
