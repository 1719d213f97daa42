//! What is for those who run the platform alone.

use domain::Failure;
use domain::failure::Rejection;
use domain::identity::Principal;

/// Refuses everyone but a super admin of the platform.
///
/// # Errors
/// 403.
pub(crate) fn demand_operator(principal: &Principal) -> Result<(), Failure> {
    if principal.runs_the_platform() {
        return Ok(());
    }
    Err(Failure::rejected(
        Rejection::Forbidden,
        "only a super admin of the platform sees and changes the texts of prompts",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use domain::identity::{Credential, KeyMode, Permission, Role};
    use domain::ids::{AccountId, ApiKeyId, SessionId};

    fn person(tenant: &TenantId, role: Role) -> Principal {
        let (account, session) = (AccountId::derive(tenant, &["a"]), SessionId::derive(tenant, &["s"]));
        Principal {
            tenant: tenant.clone(),
            credential: Credential::Session { account, session, role, enrolling: false },
        }
    }

    #[test]
    fn a_super_admin_in_the_platform_may_and_no_one_else() {
        let (platform, acme) = (TenantId::platform(), TenantId::new("acme").unwrap());
        for role in Role::ALL {
            assert_eq!(demand_operator(&person(&platform, role)).is_ok(), role == Role::SuperAdmin);
            assert!(demand_operator(&person(&acme, role)).is_err(), "{role} of a business");
        }
        let scopes = Permission::ALL.iter().copied().collect();
        let key = Credential::ApiKey { key: ApiKeyId::derive(&platform, &["k"]), scopes, mode: KeyMode::Live };
        assert!(demand_operator(&Principal { tenant: platform, credential: key }).is_err());
    }
}
