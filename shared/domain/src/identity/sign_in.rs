//! Who gets in, as what: the decision on a sign-in, on entering a tenant, and on what a session must still do.
//!
//! The checks themselves (a hash, a code) are done outside; here stands what follows from them.

use super::{Account, Member, Role};
use crate::TenantId;
use crate::tenancy::{Tenant, TenantStatus};

/// What was found out about a sign-in. The password is checked in every case, so that each takes the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// Whether five failures locked the place that this is counted at: the address, or the device where it is known.
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
    /// One that was not looked at: five wrong ones locked it.
    Locked,
    /// One that is right.
    Right,
}

/// What a sign-in leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Refused, with the one text that all refusals share.
    Refused {
        /// Whether it counts towards a lock, and is recorded: what was guessed does.
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
    /// that was not given is no guess; nor is a tenant, which only someone who has shown everything else can name.
    #[must_use]
    pub fn judge(self) -> Verdict {
        match self {
            Self { locked: true, .. } => Verdict::Refused { counts: false },
            Self { password: false, .. } | Self { second_factor: SecondFactor::Wrong, .. } => {
                Verdict::Refused { counts: true }
            }
            Self { second_factor: SecondFactor::Missing, .. } => Verdict::CodeNeeded,
            Self { second_factor: SecondFactor::Locked, .. } | Self { welcome: false, .. } => {
                Verdict::Refused { counts: false }
            }
            Self { second_factor: SecondFactor::NotSetUp | SecondFactor::Right, .. } => Verdict::Welcome,
        }
    }
}

/// What someone is in a tenant, and what that rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The role.
    pub role: Role,
    /// The agency through which they are there; `None` for a member, and for who runs the platform.
    pub through: Option<&'a TenantId>,
    /// Whether their own account alone is open: a second factor is demanded, and none is set up yet.
    pub enrolling: bool,
}

/// As what someone with these memberships may be in `tenant`: as a member what they are; as an admin of the agency that
/// looks after it (`agency` is its document), or as a super admin of the platform, an admin. No one is anything in a tenant
/// that is closed, nor through an agency that is.
///
/// The tenant may demand a second factor of its administrators, and so may the agency of those who come through it; the
/// platform always does. One demand is enough.
#[must_use]
pub fn place_in<'a>(
    tenant: &Tenant,
    agency: Option<&'a Tenant>,
    memberships: &[Member],
    account: &Account,
) -> Option<Place<'a>> {
    let is_open = |tenant: &Tenant| tenant.status != TenantStatus::Closed;
    if !is_open(tenant) {
        return None;
    }
    let role = |id: &TenantId| memberships.iter().find(|member| member.tenant == *id).map(|member| member.role);
    let place = |role: Role, through, demanded: bool| {
        let demanded = demanded || (tenant.require_second_factor && role.is_administrative());
        Place { role, through, enrolling: demanded && account.second_factor.is_none() }
    };
    if let Some(role) = role(&tenant.id) {
        return Some(place(role, None, false));
    }
    let agency = agency.filter(|agency| tenant.parent.as_ref() == Some(&agency.id) && is_open(agency));
    if let Some(agency) = agency.filter(|agency| role(&agency.id).is_some_and(Role::is_administrative)) {
        return Some(place(Role::Admin, Some(&agency.id), agency.require_second_factor));
    }
    (role(&TenantId::platform()) == Some(Role::SuperAdmin)).then(|| place(Role::Admin, None, true))
}

#[cfg(test)]
mod tests;
