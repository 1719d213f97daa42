//! `porchlight platform-admin`: invites whoever runs the platform itself.

use anyhow::{Context as _, Result, ensure};
use domain::TenantId;
use domain::identity::{AccountMail, Role};
use domain::messaging::Email;
use jiff::Timestamp;

use crate::onboard::{Guest, Installation, Invited, invite, trace};

/// Invites `email` into the platform as super_admin and asks for the mail; returns what to tell the operator. Again sends
/// the same invitation in another mail.
///
/// # Errors
/// When the address is none, the queue is not known, or the table or the queue refuse.
pub async fn run(to: &Installation, email: &str, name: &str, at: Timestamp) -> Result<String> {
    let email = Email::new(email, "email")?;
    ensure!(!name.trim().is_empty(), "name must not be empty");
    let mails = to.mails.as_ref().context("ACCOUNT_MAIL_QUEUE_URL is not set: take it from the stack's outputs")?;
    let platform = TenantId::platform();
    let guest = Guest { tenant: &platform, email: &email, role: Role::SuperAdmin, locations: &[] };
    let trace = trace(at);
    let invitation = match invite(&to.store, &guest, at, &trace).await? {
        Invited::Member(role) => return Ok(format!("{name} is a {role} of the platform already.")),
        Invited::Pending(invitation) | Invited::Now(invitation) => invitation,
    };
    let mail = AccountMail::Invitation { tenant: platform, invitation: invitation.id };
    mails.send_traced(&mail, &trace.correlation_id).await.context("asking for the mail")?;
    Ok(format!("{name} gets a mail with a link that is good until {}.", invitation.expires_at))
}
