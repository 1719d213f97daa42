//! Roles, as one table of permissions.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::Permission;

/// What someone is in a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks on.
    Viewer,
    /// Works with leads and conversations.
    Agent,
    /// Runs the business's front office: its settings too.
    Manager,
    /// Owns the tenant: people, keys, data.
    Admin,
    /// Runs the platform: an admin whose tenant is the platform itself.
    SuperAdmin,
}

impl Role {
    /// All there are, the least first.
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Agent, Self::Manager, Self::Admin, Self::SuperAdmin];

    /// The least role that permits `permission`. Each role may all that the one before it may.
    #[must_use]
    pub const fn least(permission: Permission) -> Self {
        match permission {
            Permission::OwnAccount
            | Permission::EnterTenants
            | Permission::ReadLeads
            | Permission::ReadConversations
            | Permission::ReadSettings
            | Permission::ReadSchedule
            | Permission::ReadCampaigns
            | Permission::ReadInventory
            | Permission::ReadInsights => Self::Viewer,
            Permission::WriteLeads
            | Permission::WriteConversations
            | Permission::WriteSchedule
            | Permission::WriteInventory => Self::Agent,
            Permission::WriteSettings
            | Permission::ReadMembers
            | Permission::WriteCampaigns
            | Permission::WriteOrders
            | Permission::WriteEvents
            | Permission::ReadUsage => Self::Manager,
            Permission::ManageTenant
            | Permission::WriteMembers
            | Permission::ReadKeys
            | Permission::WriteKeys
            | Permission::ReadWebhooks
            | Permission::WriteWebhooks
            | Permission::ReadAudit
            | Permission::ExportData
            | Permission::EraseData
            // An agency's tenants, or all: which of them, the tenant of the credential decides.
            | Permission::ReadTenants
            | Permission::WriteTenants => Self::Admin,
        }
    }

    /// Whether this role may do it.
    #[must_use]
    pub fn permits(self, permission: Permission) -> bool {
        self >= Self::least(permission)
    }

    /// Whether it may give someone the role `other`: no one makes a role above their own, and operators alone make super
    /// admins.
    #[must_use]
    pub fn may_give(self, other: Self) -> bool {
        self.may_take(other) && other != Self::SuperAdmin
    }

    /// Whether it may take the role `other` from someone, or end the sessions that rest on it.
    #[must_use]
    pub fn may_take(self, other: Self) -> bool {
        self.permits(Permission::WriteMembers) && other <= self
    }

    /// Whether it looks after all tenants where it is held in the platform. An admin of the platform looks after its people.
    #[must_use]
    pub fn runs_the_platform(self) -> bool {
        self == Self::SuperAdmin
    }

    /// Whether the tenant's rule on second factors is about it.
    #[must_use]
    pub fn is_administrative(self) -> bool {
        self >= Self::Admin
    }

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Agent => "agent",
            Self::Manager => "manager",
            Self::Admin => "admin",
            Self::SuperAdmin => "super_admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        let table: Vec<String> = Permission::ALL
            .iter()
            .map(|permission| {
                let roles: Vec<&str> =
                    Role::ALL.iter().filter(|role| role.permits(*permission)).map(|role| role.as_str()).collect();
                format!("{permission}: {}", roles.join(" "))
            })
            .collect();
        insta::assert_snapshot!(table.join("\n"), @r"
        leads:read: viewer agent manager admin super_admin
        leads:write: agent manager admin super_admin
        conversations:read: viewer agent manager admin super_admin
        conversations:write: agent manager admin super_admin
        settings:read: viewer agent manager admin super_admin
        settings:write: manager admin super_admin
        tenant:manage: admin super_admin
        members:read: manager admin super_admin
        members:write: admin super_admin
        keys:read: admin super_admin
        keys:write: admin super_admin
        webhooks:read: admin super_admin
        webhooks:write: admin super_admin
        schedule:read: viewer agent manager admin super_admin
        schedule:write: agent manager admin super_admin
        campaigns:read: viewer agent manager admin super_admin
        campaigns:write: manager admin super_admin
        inventory:read: viewer agent manager admin super_admin
        inventory:write: agent manager admin super_admin
        orders:write: manager admin super_admin
        events:write: manager admin super_admin
        insights:read: viewer agent manager admin super_admin
        usage:read: manager admin super_admin
        audit:read: admin super_admin
        data:export: admin super_admin
        data:erase: admin super_admin
        tenants:read: admin super_admin
        tenants:write: admin super_admin
        tenants:enter: viewer agent manager admin super_admin
        account:own: viewer agent manager admin super_admin
        ");
    }

    #[test]
    fn no_one_gives_or_takes_a_role_above_their_own() {
        for giver in Role::ALL {
            for given in Role::ALL {
                let expected = matches!(giver, Role::Admin | Role::SuperAdmin) && given <= Role::Admin;
                assert_eq!(giver.may_give(given), expected, "{giver} gives {given}");
                let takes = matches!(giver, Role::Admin | Role::SuperAdmin) && given <= giver;
                assert_eq!(giver.may_take(given), takes, "{giver} takes {given}");
            }
        }
    }

    #[test]
    fn a_role_is_read_by_the_name_it_is_written_with() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
    }
}
