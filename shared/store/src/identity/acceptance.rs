//! Accepting an invitation: the account, the member, the invitation and the link change in one transaction or not at all.

use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Account, AccountStatus, AuditAction, Invitation, InvitationStatus, Member};
use jiff::Timestamp;

use super::{ATTEMPTS, MAX_MEMBERSHIPS, Profile, conflict, lost_race};
use crate::Invitations;
use crate::table::documents::{Document, Trace, Versioned, busy, entry, json};
use crate::table::item::to_item;
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

impl Invitations<'_> {
    /// Makes the invited person a member: of a new account (`is_new`), or of the one that has the address. A repeat
    /// gives the member that was made first. Of two who make the account at once one is first, and the password is
    /// theirs.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: forbidden when the account has another address than was invited; conflict when the invitation
    /// was taken back, accepted by someone else, has expired or changed, the link was spent or is of an earlier invitation to
    /// the same address, the person is a member already or of too many tenants, or the account is there though it should be new.
    pub async fn accept(
        self,
        invitation: &Versioned<Invitation>,
        account: &Account,
        is_new: bool,
        link_hash: &str,
        trace: &Trace,
    ) -> Result<Member, Failure> {
        if account.email != invitation.value.email {
            return Err(Failure::rejected(Rejection::Forbidden, "this invitation is for another address"));
        }
        for _ in 0..ATTEMPTS {
            let there = self.get(&invitation.value.tenant, invitation.value.id).await?;
            if there.value.status == InvitationStatus::Accepted {
                return self.accepted(&there.value, account).await;
            }
            demand_pending(&there.value, trace.at)?;
            if there != *invitation {
                return Err(lost_race());
            }
            self.store.links().demand_link_of(link_hash, &there).await?;
            let profile = if is_new {
                self.demand_new_person(account).await?
            } else {
                Some(self.joining(&there.value, account).await?)
            };
            let member =
                member(&there.value, profile.as_ref().map_or(account, |profile| &profile.account.value), trace.at);
            let writes = self.accepting(there, account, profile.as_ref(), &member, link_hash, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(member);
            }
        }
        Err(busy("invitation"))
    }

    /// The result of an invitation that was accepted before.
    async fn accepted(self, invitation: &Invitation, account: &Account) -> Result<Member, Failure> {
        match self.store.members().get(&invitation.tenant, account.id).await {
            Ok(member) => Ok(member.value),
            Err(Failure::Rejected { .. }) => Err(conflict("this invitation was accepted already")),
            Err(failure) => Err(failure),
        }
    }

    /// Demands that no one has the address yet.
    async fn demand_new_person(self, account: &Account) -> Result<Option<Profile>, Failure> {
        match self.store.accounts().by_email(&account.email).await? {
            Some(_) => Err(conflict("there is an account with this address: sign in to accept")),
            None => Ok(None),
        }
    }

    /// The profile of someone who can become a member.
    async fn joining(self, invitation: &Invitation, account: &Account) -> Result<Profile, Failure> {
        let profile = self.store.accounts().profile(account.id).await?;
        let Account { email, status, .. } = &profile.account.value;
        if *email != invitation.email || *status != AccountStatus::Active {
            return Err(lost_race());
        }
        if profile.membership(&invitation.tenant).is_some() {
            return Err(conflict("this person is a member already: change their role instead"));
        }
        if profile.memberships.len() >= MAX_MEMBERSHIPS {
            return Err(conflict(format!("a person can be a member of at most {MAX_MEMBERSHIPS} tenants")));
        }
        Ok(profile)
    }

    fn accepting(
        self,
        pending: Versioned<Invitation>,
        account: &Account,
        profile: Option<&Profile>,
        member: &Member,
        link_hash: &str,
        trace: &Trace,
    ) -> Result<Writes, Failure> {
        let invitation = Invitation { status: InvitationStatus::Accepted, ..pending.value };
        let key = keys::of(&invitation.tenant).document(Invitation::NAME, &Document::id(&invitation));
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item(Invitation::NAME, &key, &invitation)?, pending.version)?;
        writes.delete_existing(&keys::platform().link(link_hash))?;
        match profile {
            None => writes.new_account(account)?,
            Some(profile) => writes.bump_account(profile)?,
        }
        writes.member(member, 0)?;
        if member.role.is_administrative() {
            writes.one_admin_more(&member.tenant)?;
        }
        let (subject, after) = (format!("member/{}", member.account), Some(json(member)?));
        writes.audit(&entry(&member.tenant, AuditAction::Registered, &subject, 1, None, after, trace))?;
        Ok(writes)
    }
}

fn demand_pending(invitation: &Invitation, now: Timestamp) -> Result<(), Failure> {
    if invitation.status != InvitationStatus::Pending {
        return Err(conflict("this invitation was revoked"));
    }
    if now >= invitation.expires_at {
        return Err(conflict("this invitation has expired: ask for another"));
    }
    Ok(())
}

fn member(invitation: &Invitation, account: &Account, joined_at: Timestamp) -> Member {
    Member {
        account: account.id,
        tenant: invitation.tenant.clone(),
        name: account.name.clone(),
        email: account.email.clone(),
        role: invitation.role,
        locations: invitation.locations.clone(),
        joined_at,
    }
}
