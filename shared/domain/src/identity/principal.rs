//! Who makes a request, and for which tenant.

use std::collections::BTreeSet;

use super::{Actor, KeyMode, Permission, Role};
use crate::failure::Rejection;
use crate::ids::{AccountId, ApiKeyId, SessionId};
use crate::{Failure, TenantId};

/// What a request showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// An API key with its scopes.
    ApiKey {
        /// Which key.
        key: ApiKeyId,
        /// What it may do.
        scopes: BTreeSet<Permission>,
        /// Whether it is for tests.
        mode: KeyMode,
    },
    /// A person's session.
    Session {
        /// The account.
        account: AccountId,
        /// Which sign-in.
        session: SessionId,
        /// What they are in the tenant.
        role: Role,
        /// Whether only the own account is open: the tenant demands a second factor that has not been set up yet.
        enrolling: bool,
    },
}

/// Who asks, and for which tenant. Made from a credential alone, never from a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The tenant of the credential.
    pub tenant: TenantId,
    /// What was shown.
    pub credential: Credential,
}

impl Principal {
    /// Whether it may.
    #[must_use]
    pub fn permits(&self, permission: Permission) -> bool {
        match &self.credential {
            Credential::ApiKey { scopes, .. } => permission.is_scope() && scopes.contains(&permission),
            Credential::Session { enrolling: true, .. } => permission == Permission::OwnAccount,
            Credential::Session { role, .. } => role.permits(permission),
        }
    }

    /// Refuses what it may not.
    ///
    /// # Errors
    /// 403 that says what is missing: the name of the permission, or that a second factor must be set up first.
    pub fn demand(&self, permission: Permission) -> Result<(), Failure> {
        if self.permits(permission) {
            return Ok(());
        }
        let message = match &self.credential {
            Credential::ApiKey { .. } => format!("this key lacks the scope {permission}"),
            Credential::Session { enrolling: true, .. } => return Err(second_factor_first()),
            Credential::Session { role, .. } => format!("the role {role} lacks the permission {permission}"),
        };
        Err(Failure::rejected(Rejection::PermissionMissing, message))
    }

    /// Whether it is a super admin in the platform.
    #[must_use]
    pub fn runs_the_platform(&self) -> bool {
        let is_super_admin = matches!(self.credential, Credential::Session { role, .. } if role.runs_the_platform());
        self.tenant.is_platform() && is_super_admin
    }

    /// What it is for: people work in earnest.
    #[must_use]
    pub fn mode(&self) -> KeyMode {
        match &self.credential {
            Credential::ApiKey { mode, .. } => *mode,
            Credential::Session { .. } => KeyMode::Live,
        }
    }

    /// Whether nothing that it causes may leave.
    #[must_use]
    pub fn is_test(&self) -> bool {
        !self.mode().is_live()
    }

    /// Its name in the record of what was done.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match &self.credential {
            Credential::ApiKey { key, .. } => Actor::ApiKey { key: *key },
            Credential::Session { account, session, .. } => {
                Actor::Person { account: *account, session: Some(*session) }
            }
        }
    }
}

/// 403 for whoever must set up a second factor before anything else.
#[must_use]
pub fn second_factor_first() -> Failure {
    let message = "this tenant requires a second factor of its administrators: set one up at /v1/account/second-factor";
    Failure::rejected(Rejection::SecondFactorSetupNeeded, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(credential: Credential) -> Principal {
        Principal { tenant: TenantId::new("acme").unwrap(), credential }
    }

    fn person(role: Role, enrolling: bool) -> Principal {
        let id = &TenantId::new("acme").unwrap();
        let (account, session) = (AccountId::derive(id, &["a"]), SessionId::derive(id, &["s"]));
        with(Credential::Session { account, session, role, enrolling })
    }

    fn key(scopes: impl IntoIterator<Item = Permission>) -> Principal {
        let key = ApiKeyId::derive(&TenantId::new("acme").unwrap(), &["k"]);
        with(Credential::ApiKey { key, scopes: scopes.into_iter().collect(), mode: KeyMode::Live })
    }

    #[test]
    fn a_person_may_what_the_role_may() {
        for role in Role::ALL {
            for permission in Permission::ALL {
                assert_eq!(person(role, false).permits(*permission), role.permits(*permission));
            }
        }
    }

    #[test]
    fn who_must_set_up_a_second_factor_may_nothing_else() {
        let allowed: Vec<_> =
            Permission::ALL.iter().filter(|permission| person(Role::SuperAdmin, true).permits(**permission)).collect();
        assert_eq!(allowed, [&Permission::OwnAccount]);
    }

    #[test]
    fn a_key_may_its_scopes_and_never_what_is_a_persons() {
        let all = key(Permission::ALL.iter().copied());
        for permission in Permission::ALL {
            assert_eq!(all.permits(*permission), permission.is_scope(), "{permission}");
            assert!(!key([]).permits(*permission));
        }
        assert!(key([Permission::ReadLeads]).demand(Permission::ReadLeads).is_ok());
        let refused = key([Permission::ReadLeads]).demand(Permission::WriteLeads).unwrap_err();
        assert!(
            matches!(refused, Failure::Rejected { kind: Rejection::PermissionMissing, message, .. } if message.contains("leads:write"))
        );
    }
}
