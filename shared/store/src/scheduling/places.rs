//! Where a customer is to whom staff go, as far as it is known.

use domain::Failure;
use domain::scheduling::{Place, Terms};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use weather::Sought;

use crate::Appointments;

impl Appointments<'_> {
    /// The place of an address: the middle of its postal code or town, as far as the weather's geocoder was asked for it. An address
    /// that is not known is none, and then no way counts.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn place(self, tenant: &Tenant, address: &str, now: Timestamp) -> Result<Option<Place>, Failure> {
        let Some(sought) = Sought::of_line(address, &tenant.region) else { return Ok(None) };
        Ok(self.store.weather().point(&sought, now).await?.flatten().map(Place::from))
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
        let place = self.place(tenant, address, now).await?;
        Ok(terms.visiting(place))
    }
}
