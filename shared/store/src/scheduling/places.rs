//! Where customers are to whom staff go, as far as it is known; what is not known is looked up once a visit is booked.

use domain::failure::Rejection;
use domain::ids::AppointmentId;
use domain::scheduling::{Booking, Place, Terms, WaitlistEntry, Whereabouts};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use std::collections::BTreeMap;
use weather::{Point, Sought};

use crate::{Appointments, Trace};

impl Appointments<'_> {
    /// The same with the place: the middle of postal code or town, as far as the weather's geocoder was asked for it. It is not asked
    /// here. One call, and none for what a warm function remembers.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn whereabouts(self, there: Whereabouts, now: Timestamp) -> Result<Whereabouts, Failure> {
        let Some(sought) = &there.sought else { return Ok(there) };
        let known = &self.store.weather.points;
        if let Some(point) = known.get(&sought.line()) {
            return Ok(there.answered(Some(Some(point))));
        }
        let answer = self.store.weather().point(sought, now).await?;
        if let Some(Some(point)) = answer {
            known.put(sought.line(), point);
        }
        Ok(there.answered(answer))
    }

    /// Where those who wait are to whom staff go: as their leads say it, a pin or an address. One call each for the leads and the addresses
    /// of a hundred.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn waiting_at(
        self,
        tenant: &Tenant,
        waiting: &[WaitlistEntry],
        now: Timestamp,
    ) -> Result<BTreeMap<ContactId, Whereabouts>, Failure> {
        let visited = waiting.iter().filter(|entry| tenant.goes_out(&entry.service)).map(|entry| entry.contact);
        let mut places = BTreeMap::new();
        for some in visited.collect::<Vec<_>>().chunks(100) {
            let leads = self.store.leads().latest(&tenant.id, some.iter().copied()).await?;
            places.extend(leads.into_values().filter_map(|lead| {
                Some((lead.contact, Whereabouts::of_talk(&lead.qualification.location?, &tenant.region)))
            }));
        }
        let sought: Vec<Sought> = places.values().filter_map(|there| there.sought.clone()).collect();
        let known = self.store.weather().points(&sought, now).await?;
        let answer = |there: &Whereabouts| known.get(&there.sought.as_ref()?.line()).copied();
        Ok(places.into_iter().map(|(contact, there)| (contact, there.clone().answered(answer(&there)))).collect())
    }

    /// The same terms for a visit at `address`, where staff go to the customer.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn visiting<'t>(
        self,
        tenant: &Tenant,
        terms: Terms<'t>,
        address: Option<&str>,
        now: Timestamp,
    ) -> Result<Terms<'t>, Failure> {
        let Some(address) = address.filter(|_| tenant.goes_out(&terms.service.id)) else { return Ok(terms) };
        let there = Whereabouts::of_address(address, &tenant.region);
        Ok(terms.visiting_at(self.whereabouts(there, now).await?))
    }

    /// Gives a visit the place where `sought` was found; `None`: it was not. Where the way to another visit of that day is too long,
    /// it is as if it was not: the visit was agreed on, and stays where it is. Twice is once.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn looked_up(
        self,
        tenant: &TenantId,
        id: AppointmentId,
        (sought, point): (&Sought, Option<Point>),
        trace: &Trace,
    ) -> Result<(), Failure> {
        for place in [point.map(Place::from), None] {
            let after = |booking: &Booking| Ok(booking.looked_up(sought, place, trace.at));
            match self.advance(tenant, id, false, trace, &after).await {
                Err(Failure::Rejected { kind: Rejection::Conflict, .. }) if place.is_some() => {
                    tracing::info!(%tenant, appointment = %id, "too far from a visit beside it: no way counts");
                }
                // It was erased meanwhile.
                Ok(_) | Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => return Ok(()),
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }
}
