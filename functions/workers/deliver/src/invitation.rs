//! The calendar file of a visit, as it goes with the e-mails about it: the visit as it is when the mail leaves.
//!
//! An appointment of another system has no booking here, and its mails no file.

use calendar::Attachment;
use domain::Failure;
use domain::conversations::Message;
use domain::messaging::{Address, Email};
use domain::scheduling::Parties;
use domain::tenancy::Tenant;
use store::Store;

/// The file that goes with `message`, where it is about a visit that is in the calendar; one call where it names one.
pub(crate) async fn of(
    store: &Store,
    tenant: &Tenant,
    message: &Message,
    from: &Email,
) -> Result<Option<Attachment>, Failure> {
    let named = message.outreach.as_ref().and_then(|outreach| outreach.appointment);
    let Some(appointment) = named else { return Ok(None) };
    let Some(booking) = store.appointments().find(&tenant.id, appointment).await? else { return Ok(None) };
    let location = match store.appointments().location(&tenant.id, booking.value.location.as_ref()).await {
        // One that was removed since says nothing.
        Err(Failure::Rejected { .. }) => None,
        found => found?,
    };
    let Some(Address::Email(to)) = message.delivery.as_ref().map(|delivery| &delivery.to) else { return Ok(None) };
    let parties = Parties { tenant, location: location.as_ref(), from: from.as_str(), to: Some(to.as_str()) };
    Ok(booking.value.calendar_file(booking.version, &parties))
}
