//! A visit where the customer is: its place, as far as it is known, and what is looked up of it.

use jiff::Timestamp;
use weather::Sought;

use super::booking::Booking;
use super::calendar::Terms;
use super::travel::{Place, Whereabouts};

impl Terms<'_> {
    /// The same for a visit at `place`. It counts where staff go to the customer.
    #[must_use]
    pub fn visiting(mut self, place: Option<Place>) -> Self {
        self.place = place.filter(|_| self.goes_out);
        self
    }

    /// The same for a visit to who is there: a place that is not known yet is looked up once the visit is booked.
    #[must_use]
    pub fn visiting_at(mut self, there: Whereabouts) -> Self {
        self.sought = there.sought.filter(|_| self.goes_out);
        self.visiting(there.place)
    }
}

impl Booking {
    /// Has an address looked up once it is booked, where its place is not known.
    pub fn seek(&mut self, sought: Option<Sought>) {
        self.sought = sought.filter(|_| self.place.is_none()).or_else(|| self.sought.take());
    }

    /// The same once `sought` was looked up, and it is at `place`; `None`: that is not what is looked up for it now.
    #[must_use]
    pub fn looked_up(&self, sought: &Sought, place: Option<Place>, now: Timestamp) -> Option<Self> {
        let is_it = self.sought.as_ref() == Some(sought);
        // The days of a visit that is over are gone.
        is_it.then(|| Self {
            place: place.filter(|_| self.ends_at > now),
            sought: None,
            updated_at: now,
            ..self.clone()
        })
    }
}
