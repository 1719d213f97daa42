//! Deleting an account: what it was, where it belonged and where it was signed in end in one transaction or not at all.

use domain::identity::{AuditAction, Member};
use domain::ids::AccountId;
use domain::{Failure, TenantId};

use super::{ATTEMPTS, Profile, conflict, lost_race};
use crate::Accounts;
use crate::table::documents::{Document as _, Trace, busy, entry, json};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// DynamoDB takes so many writes in one transaction.
const MAX_WRITES: usize = 100;

impl Accounts<'_> {
    /// Deletes the account at `version`, with its address, second factor, memberships and sessions. Each tenant's record says
    /// that the member is gone, the platform's that the account is. Again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when the account has changed since, when a tenant would lose its last admin, or when
    /// the person belongs to more tenants than one transaction holds (some 18): those are left one by one first.
    pub async fn delete(self, id: AccountId, version: u64, trace: &Trace) -> Result<(), Failure> {
        for _ in 0..ATTEMPTS {
            if self.store.item("account", &keys::platform().account(id)).await?.is_none() {
                return Ok(());
            }
            let profile = self.profile(id).await?;
            if profile.account.version != version {
                return Err(lost_race());
            }
            if self.store.run(self.deleting(&profile, trace).await?).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy("account"))
    }

    async fn deleting(self, profile: &Profile, trace: &Trace) -> Result<Writes, Failure> {
        let (account, platform) = (&profile.account.value, TenantId::platform());
        let mut writes = Writes::new(&self.store.table);
        writes.delete_version(&keys::platform().account(account.id), profile.account.version)?;
        writes.delete(&keys::platform().login(&account.email))?;
        writes.delete(&super::second_factors::key(account.id))?;
        writes.delete_version(&keys::platform().sessions_mark(account.id), profile.mark)?;
        for stored in &profile.sessions {
            writes.delete(&keys::platform().session(account.id, stored.session.id))?;
        }
        for key in &profile.unread_sessions {
            writes.delete(key)?;
        }
        for member in profile.all_memberships()? {
            let (tenant, version) = (&member.value.tenant, member.version);
            writes.delete_version(&keys::of(tenant).document(Member::NAME, &member.value.id()), version)?;
            writes.delete(&keys::platform().membership(account.id, tenant))?;
            if member.value.role.is_administrative() {
                self.store.members().one_admin_less(&mut writes, tenant).await?;
            }
            let (subject, was) = (format!("member/{}", account.id), Some(json(&member.value)?));
            writes.audit(&entry(tenant, AuditAction::Removed, &subject, version + 1, was, None, trace))?;
        }
        let (subject, version) = (format!("account/{}", account.id), profile.account.version + 1);
        writes.audit(&entry(&platform, AuditAction::Removed, &subject, version, None, None, trace))?;
        if writes.items.len() > MAX_WRITES {
            let many = profile.memberships.len();
            return Err(conflict(format!("this person belongs to {many} tenants: have them removed from some first")));
        }
        Ok(writes)
    }
}
