//! Where the customer of a visit is. Their address is looked up once the visit is booked, so that the calendar knows the way to it and the next
//! customer from that town is known at once.

use domain::Failure;
use domain::events::{Event, EventKind};
use domain::identity::Actor;
use jiff::Timestamp;
use store::Trace;

use crate::WeatherChecks;
use crate::sites::Found;

impl WeatherChecks {
    /// Looks up the address of a visit that was booked or moved. One that is known, or has none, has nothing to be looked up.
    pub(crate) async fn locate(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        let (EventKind::AppointmentBooked { appointment, .. } | EventKind::AppointmentRescheduled { appointment, .. }) =
            event.kind
        else {
            return Err(Failure::Permanent(format!("{} does not belong on this queue", event.kind.name())));
        };
        if event.is_test() {
            return Ok(());
        }
        let (tenant, store) = (&event.tenant, self.store.appointments());
        let booking = store.find(tenant, appointment).await?;
        let Some(sought) = booking.and_then(|booking| booking.value.sought) else { return Ok(()) };
        let point = match self.point(&sought, now).await? {
            Found::There(point) => Some(point),
            Found::Nowhere => None,
            Found::Later => return Err(Failure::Retryable("the geocoder does not answer".to_owned())),
        };
        let correlation_id = event.correlation_id.clone();
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
        store.looked_up(tenant, appointment, (&sought, point), &trace).await
    }
}
