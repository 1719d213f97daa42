//! Invitations: documents of their tenant, made, taken back, and accepted (see `acceptance`).

use domain::identity::{Invitation, InvitationStatus};
use domain::ids::InvitationId;
use domain::{Failure, TenantId};

use super::conflict;
use crate::Invitations;
use crate::table::documents::{Document, Trace, Versioned};
use crate::table::lists::Page;

impl Document for Invitation {
    const NAME: &'static str = "invitation";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Invitations<'_> {
    /// Makes an invitation; again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when there is another one with its id.
    pub async fn invite(self, invitation: &Invitation, trace: &Trace) -> Result<Versioned<Invitation>, Failure> {
        self.store.documents().create(&invitation.tenant, invitation, trace).await
    }

    /// One invitation, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: InvitationId) -> Result<Versioned<Invitation>, Failure> {
        self.store.documents().get(tenant, &id.to_string()).await
    }

    /// A tenant's invitations, by id, whatever became of them.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Invitation>, Failure> {
        let Page { items, cursor } = self.store.documents().list(tenant, limit, cursor).await?;
        Ok(Page { items: items.into_iter().map(|invitation| invitation.value).collect(), cursor })
    }

    /// Takes an invitation back; again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or conflict when it was accepted.
    pub async fn revoke(self, tenant: &TenantId, id: InvitationId, trace: &Trace) -> Result<(), Failure> {
        let there = self.get(tenant, id).await?;
        match there.value.status {
            InvitationStatus::Revoked => return Ok(()),
            InvitationStatus::Accepted => return Err(conflict("it was accepted: remove the member instead")),
            InvitationStatus::Pending => {}
        }
        let revoked = Invitation { status: InvitationStatus::Revoked, ..there.value };
        self.store.documents().replace(tenant, &revoked, there.version, trace).await?;
        Ok(())
    }
}
