//! Members: what people are in a tenant. A tenant that has an admin never loses its last one.
//!
//! A member is stored with its tenant, and as a copy with the account; both are written together, with the same version.

use aws_sdk_dynamodb::types::Update;
use domain::failure::Rejection;
use domain::identity::{AuditAction, Member, Permission};
use domain::ids::AccountId;
use domain::{Failure, TenantId};
use std::sync::Arc;

use super::{ATTEMPTS, Profile, conflict};
use crate::Members;
use crate::identity::keys::MEMBERSHIP;
use crate::table::documents::{Document, Trace, Versioned, busy, changed, entry, get_number, json};
use crate::table::item::{number, readable, text};
use crate::table::keys;
use crate::table::lists::{MAX_PAGE, Page};
use crate::table::writes::{Ran, Writes};

impl Document for Member {
    const NAME: &'static str = "member";
    fn id(&self) -> String {
        self.account.to_string()
    }
}

impl Members<'_> {
    /// What a person is in a tenant, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, account: AccountId) -> Result<Versioned<Member>, Failure> {
        self.store.documents().get(tenant, &account.to_string()).await
    }

    /// Whether something may be this person's: they belong to the tenant, and may do what it takes.
    ///
    /// # Errors
    /// What `wrong` says where they do not.
    pub(crate) async fn must_permit(
        self,
        tenant: &TenantId,
        account: AccountId,
        permission: Permission,
        wrong: impl Fn() -> Failure,
    ) -> Result<(), Failure> {
        match self.get(tenant, account).await {
            Ok(member) if member.value.role.permits(permission) => Ok(()),
            Ok(_) | Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Err(wrong()),
            Err(failure) => Err(failure),
        }
    }

    /// A tenant's members, by id.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Versioned<Member>>, Failure> {
        self.store.documents().list(tenant, limit, cursor).await
    }

    /// All members of a tenant, as they were at most half a minute ago: to show who did something. What someone may do is decided by what is stored now.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn team(self, tenant: &TenantId) -> Result<Arc<Vec<Member>>, Failure> {
        if let Some(known) = self.store.identity.teams.get(tenant) {
            return Ok(known);
        }
        let team = Arc::new(self.store.documents().all::<Member>(tenant).await?);
        self.store.identity.teams.put(tenant.clone(), Arc::clone(&team));
        Ok(team)
    }

    /// What a person is in each of their tenants, by tenant, strongly consistent. A role that this version does not know lets
    /// them into that tenant no more, and into the others as before.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn of_account(self, account: AccountId) -> Result<Vec<Member>, Failure> {
        let (items, _) =
            self.store.page_of(&keys::platform().account(account).pk, MEMBERSHIP, true, MAX_PAGE, None).await?;
        Ok(readable("membership", &items))
    }

    /// Puts a member in the place of `version` of it. Another role ends the sessions that rest on the old one, in the same
    /// transaction.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, precondition failed when it is not at `version` any more, or conflict when the
    /// tenant would lose its last admin.
    pub async fn change(self, member: &Member, version: u64, trace: &Trace) -> Result<Versioned<Member>, Failure> {
        for _ in 0..ATTEMPTS {
            let (profile, there) = self.profile_of_member(&member.tenant, member.account).await?;
            if there.version == version + 1 && there.value == *member {
                return Ok(there);
            }
            if there.version != version {
                return Err(changed(version));
            }
            let mut writes = Writes::new(&self.store.table);
            writes.member(member, version)?;
            match (there.value.role.is_administrative(), member.role.is_administrative()) {
                (true, false) => self.one_admin_less(&mut writes, &member.tenant).await?,
                (false, true) => writes.one_admin_more(&member.tenant)?,
                _ => {}
            }
            if there.value.role != member.role {
                writes.role_is_over(&profile, &member.tenant)?;
            }
            let (was, is) = (Some(json(&there.value)?), Some(json(member)?));
            let subject = subject(member.account);
            writes.audit(&entry(&member.tenant, AuditAction::Updated, &subject, version + 1, was, is, trace))?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(Versioned { value: member.clone(), version: version + 1 });
            }
        }
        Err(busy("member"))
    }

    /// Removes `version` of a member. Their sessions in the tenant end in the same transaction.
    ///
    /// # Errors
    /// As [`crate::Members::change`].
    pub async fn remove(
        self,
        tenant: &TenantId,
        account: AccountId,
        version: u64,
        trace: &Trace,
    ) -> Result<(), Failure> {
        for _ in 0..ATTEMPTS {
            let (profile, there) = self.profile_of_member(tenant, account).await?;
            if there.version != version {
                return Err(changed(version));
            }
            let mut writes = Writes::new(&self.store.table);
            writes.delete_version(&keys::of(tenant).document(Member::NAME, &account.to_string()), version)?;
            writes.delete(&keys::platform().membership(account, tenant))?;
            if there.value.role.is_administrative() {
                self.one_admin_less(&mut writes, tenant).await?;
            }
            writes.role_is_over(&profile, tenant)?;
            let was = Some(json(&there.value)?);
            writes.audit(&entry(tenant, AuditAction::Removed, &subject(account), version + 1, was, None, trace))?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy("member"))
    }

    async fn profile_of_member(
        self,
        tenant: &TenantId,
        account: AccountId,
    ) -> Result<(Profile, Versioned<Member>), Failure> {
        // An anonymous caller's account and none look alike.
        let profile = match self.store.accounts().profile(account).await {
            Err(Failure::Rejected { .. }) => return Err(Failure::not_found("member")),
            profile => profile?,
        };
        let member = profile.membership(tenant).cloned().ok_or_else(|| Failure::not_found("member"))?;
        Ok((profile, member))
    }

    /// Takes one admin off the count, unless it is the last.
    pub(super) async fn one_admin_less(self, writes: &mut Writes, tenant: &TenantId) -> Result<(), Failure> {
        let item = self.store.item("admins", &keys::of(tenant).admins()).await?;
        if item.and_then(|item| get_number(&item, "admins")).unwrap_or_default() <= 1 {
            return Err(conflict(format!("{tenant} would lose its last admin: make another member admin first")));
        }
        let update = Update::builder()
            .update_expression("SET admins = admins - :one")
            .condition_expression("admins > :one")
            .expression_attribute_values(":one", number(1));
        writes.update_at(&keys::of(tenant).admins(), update)
    }
}

impl Writes {
    /// Adds an admin to the count.
    pub(super) fn one_admin_more(&mut self, tenant: &TenantId) -> Result<(), Failure> {
        let update = Update::builder()
            .update_expression("ADD admins :one SET entity = :entity")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":entity", text("admins"));
        self.update_at(&keys::of(tenant).admins(), update)
    }

    /// What someone was in `tenant` counts no more: neither for the sessions there are, nor for a sign-in under way.
    fn role_is_over(&mut self, profile: &Profile, tenant: &TenantId) -> Result<(), Failure> {
        self.bump_account(profile)?;
        self.end_sessions(profile, |session| profile.rests_on(session, tenant))
    }
}

fn subject(account: AccountId) -> String {
    format!("member/{account}")
}
