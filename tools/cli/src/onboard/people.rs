//! Invitations: stored first, then a mail is asked for, then the secrets file remembers that. A run that is cut short in
//! between asks again; a mail too many has a link that works like the first.

use anyhow::{Context as _, Result};
use domain::TenantId;
use domain::identity::{AccountMail, INVITATION_DAYS, Invitation, InvitationStatus, Role};
use domain::ids::{InvitationId, LocationId};
use domain::messaging::Email;
use jiff::{SignedDuration, Timestamp};
use store::{Store, Trace};

use super::Run;
use super::summary::{Outcome, Summary};
use crate::secrets::SecretsFile;

/// Whom to invite, into what.
pub(crate) struct Guest<'a> {
    pub(crate) tenant: &'a TenantId,
    pub(crate) email: &'a Email,
    pub(crate) role: Role,
    pub(crate) locations: &'a [LocationId],
}

/// What became of a guest.
pub(crate) enum Invited {
    /// They belong to the tenant already, as this.
    Member(Role),
    /// They have an invitation that is not yet accepted.
    Pending(Invitation),
    /// They have one now.
    Now(Invitation),
}

const PAGE: usize = 100;

/// Invites someone who is neither a member nor invited.
pub(crate) async fn invite(store: &Store, guest: &Guest<'_>, at: Timestamp, trace: &Trace) -> Result<Invited> {
    if let Some(role) = member(store, guest).await? {
        return Ok(Invited::Member(role));
    }
    let earlier = earlier(store, guest).await?;
    let stands = |invitation: &&Invitation| {
        invitation.status == InvitationStatus::Pending && invitation.expires_at > at && invitation.role == guest.role
    };
    if let Some(pending) = earlier.iter().find(stands) {
        return Ok(Invited::Pending(pending.clone()));
    }
    let parts = ["operator", guest.email.as_str(), guest.role.as_str(), &earlier.len().to_string()];
    let invitation = Invitation {
        id: InvitationId::derive(guest.tenant, &parts),
        tenant: guest.tenant.clone(),
        email: guest.email.clone(),
        role: guest.role,
        locations: guest.locations.to_vec(),
        status: InvitationStatus::Pending,
        invited_by: None,
        created_at: at,
        expires_at: at.saturating_add(SignedDuration::from_hours(24 * INVITATION_DAYS)).context("no such date")?,
    };
    store.invitations().invite(&invitation, trace).await.context("storing an invitation")?;
    Ok(Invited::Now(invitation))
}

async fn member(store: &Store, guest: &Guest<'_>) -> Result<Option<Role>> {
    let mut cursor = None;
    loop {
        let page = store.members().list(guest.tenant, PAGE, cursor.as_deref()).await?;
        if let Some(member) = page.items.iter().find(|member| member.value.email == *guest.email) {
            return Ok(Some(member.value.role));
        }
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(None);
        }
    }
}

async fn earlier(store: &Store, guest: &Guest<'_>) -> Result<Vec<Invitation>> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = store.invitations().list(guest.tenant, PAGE, cursor.as_deref()).await?;
        all.extend(page.items.into_iter().filter(|invitation| invitation.email == *guest.email));
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

impl Run<'_> {
    pub(super) async fn people(&self, secrets: &mut SecretsFile, summary: &mut Summary) -> Result<()> {
        for person in &self.file.people {
            let guest = Guest {
                tenant: &self.file.tenant.id,
                email: &person.email,
                role: person.role,
                locations: &person.locations,
            };
            let outcome = match invite(&self.to.store, &guest, self.manner.at, &self.trace).await? {
                Invited::Member(role) if role == person.role => Outcome::Unchanged,
                Invited::Member(role) => {
                    Outcome::Left(format!("a member already, as {role}: their role is changed in the app"))
                }
                Invited::Pending(invitation) => self.mail(&invitation, secrets, Outcome::Unchanged).await?,
                Invited::Now(invitation) => self.mail(&invitation, secrets, Outcome::Made).await?,
            };
            summary.add("invitation", &person.name, outcome);
        }
        Ok(())
    }

    /// Asks for the mail of an operator's invitation, unless that was done.
    async fn mail(&self, invitation: &Invitation, secrets: &mut SecretsFile, so_far: Outcome) -> Result<Outcome> {
        let id = invitation.id.to_string();
        if invitation.invited_by.is_some() || secrets.secrets.mailed.contains(&id) {
            return Ok(so_far);
        }
        let Some(mails) = &self.to.mails else {
            return Ok(Outcome::Left("not mailed yet: set ACCOUNT_MAIL_QUEUE_URL and do it again".to_owned()));
        };
        let mail = AccountMail::Invitation { tenant: invitation.tenant.clone(), invitation: invitation.id };
        mails.send_traced(&mail, &self.trace.correlation_id).await.context("asking for an invitation's mail")?;
        secrets.secrets.mailed.insert(id);
        secrets.save()?;
        Ok(Outcome::Made)
    }
}
