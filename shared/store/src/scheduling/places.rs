//! Where customers are to whom staff go, as far as it is known; what is not known is looked up once a visit is booked.

use domain::failure::Rejection;
use domain::ids::AppointmentId;
use domain::scheduling::{Booking, Place, Terms, Whereabouts};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use weather::{Point, Sought};

use crate::{Appointments, Trace};

impl Appointments<'_> {
    /// Where an address is: the middle of its postal code or town, as far as the weather's geocoder was asked for it. It is not asked
    /// here. One call, and none for what a warm function remembers.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn whereabouts(self, tenant: &Tenant, address: &str, now: Timestamp) -> Result<Whereabouts, Failure> {
        let Some(sought) = Sought::of_line(address, &tenant.region) else { return Ok(Whereabouts::default()) };
        let known = &self.store.weather.points;
        if let Some(point) = known.get(&sought.line()) {
            return Ok(Place::from(point).into());
        }
        let answer = self.store.weather().point(&sought, now).await?;
        if let Some(Some(point)) = answer {
            known.put(sought.line(), point);
        }
        Ok(Whereabouts::of(sought, answer))
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
        Ok(terms.visiting_at(self.whereabouts(tenant, address, now).await?))
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
