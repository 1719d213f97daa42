//! The address that a tenant's mail comes from. Whoever names one shows that it is theirs, by a link that is mailed there; until
//! then nothing goes out from it.

use auth::secrets::sha256_hex;
use domain::Failure;
use domain::identity::AccountMail;
use domain::tenancy::Tenant;
use jiff::SignedDuration;
use store::{Quota, Trace};

use crate::AppState;

/// How many mails an address gets: three at once, and one more each two hours. Nobody's mailbox is flooded.
const MAILS: Quota = Quota { at_once: 3, every: SignedDuration::from_hours(2) };

/// Asks for the mail with the link, where the tenant's address is not shown to be its own yet.
///
/// # Errors
/// [`Failure::Retryable`] when the table or the queue does not answer.
pub(crate) async fn ask(app_state: &AppState, tenant: &Tenant, trace: &Trace) -> Result<(), Failure> {
    let Some(email) = tenant.channels.email.as_ref().map(|email| &email.from) else { return Ok(()) };
    if app_state.guard.store.tenants().sender_owner(email).await?.is_some() {
        return Ok(());
    }
    let quota = format!("sender|{}", sha256_hex(email.as_str()));
    if app_state.guard.store.limits().take_quota(&quota, MAILS, None, trace.at).await? {
        let mail = AccountMail::Sender { tenant: tenant.id.clone(), email: email.clone() };
        app_state.mail.send_traced(&mail, &trace.correlation_id).await?;
    }
    Ok(())
}
