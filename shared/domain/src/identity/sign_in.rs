//! Who gets in, as what: the decision on a sign-in, on entering a tenant, and on what a session must still do.
//!
//! The checks themselves (a hash, a code) are done outside; here stands what follows from them.

use super::{Account, Member, Role};
use crate::TenantId;
use crate::tenancy::{Tenant, TenantStatus};

/// What was found out about a sign-in. The password is checked in every case, so that each takes the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// Whether five failures locked the address.
    pub locked: bool,
    /// Whether there is an account that may sign in, and the password is its own.
    pub password: bool,
    /// What was shown besides.
    pub second_factor: SecondFactor,
    /// Whether there is a tenant that it may sign in to: the one that was asked for, where one was.
    pub welcome: bool,
}

/// What was shown of a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// None, and none is set up.
    NotSetUp,
    /// None, and one is set up.
    Missing,
    /// A code that is wrong, or was taken before.
    Wrong,
    /// One that is right.
    Right,
}

/// What a sign-in leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Refused, with the one text that all refusals share.
    Refused {
        /// Whether it counts towards the lock: what was guessed does.
        counts: bool,
    },
    /// The password is right; the code is still to come.
    CodeNeeded,
    /// Welcome.
    Welcome,
}

impl SignIn {
    /// The decision.
    ///
    /// While the address is locked nothing counts, so that the lock ends half an hour after the fifth failure. A code
    /// that was not given is no guess; nor is a tenant, which only somebody who has shown everything else can name.
    #[must_use]
    pub fn judge(self) -> Verdict {
        match self {
            Self { locked: true, .. } => Verdict::Refused { counts: false },
            Self { password: false, .. } | Self { second_factor: SecondFactor::Wrong, .. } => {
                Verdict::Refused { counts: true }
            }
            Self { second_factor: SecondFactor::Missing, .. } => Verdict::CodeNeeded,
            Self { welcome: false, .. } => Verdict::Refused { counts: false },
            Self { second_factor: SecondFactor::NotSetUp | SecondFactor::Right, .. } => Verdict::Welcome,
        }
    }
}

/// As what somebody with these memberships may be in `tenant`: as a member what they are; as an admin of the agency that
/// looks after it, or as a super admin of the platform, an admin. Nobody is anything in a tenant that is closed.
#[must_use]
pub fn role_in(tenant: &Tenant, memberships: &[Member]) -> Option<Role> {
    if tenant.status == TenantStatus::Closed {
        return None;
    }
    let in_tenant = |id: &TenantId| memberships.iter().find(|member| member.tenant == *id).map(|member| member.role);
    let from_agency = || tenant.parent.as_ref().and_then(in_tenant).is_some_and(Role::is_administrative);
    let from_platform = || in_tenant(&TenantId::platform()) == Some(Role::SuperAdmin);
    in_tenant(&tenant.id).or_else(|| (from_agency() || from_platform()).then_some(Role::Admin))
}

/// Whether a session of `account` as `role` is open for the own account alone: the tenant demands a second factor of its
/// administrators, and none is set up yet.
#[must_use]
pub fn must_enrol(tenant: &Tenant, role: Role, account: &Account) -> bool {
    tenant.require_second_factor && role.is_administrative() && account.second_factor.is_none()
}

#[cfg(test)]
mod tests;
