//! What can be permitted, by the name that API keys carry as a scope.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A thing that a role or a scope permits.
pub trait Right {
    /// Which.
    const PERMISSION: Permission;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $scope:literal),+ $(,)?) => {
        /// A thing that a role or a scope may permit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Permission {
            $($(#[$doc])* #[serde(rename = $scope)] $name),+
        }

        impl Permission {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name as a scope, such as `leads:read`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $scope),+ }
            }
        }

        /// Each permission as a type: a handler names the one it needs in its signature.
        pub mod may {
            use super::{Permission, Right};
            $(
                $(#[$doc])*
                #[derive(Debug, Clone, Copy)]
                pub struct $name;
                impl Right for $name {
                    const PERMISSION: Permission = Permission::$name;
                }
            )+
        }
    };
}

permissions! {
    /// See leads and contacts.
    ReadLeads = "leads:read",
    /// Change leads.
    WriteLeads = "leads:write",
    /// See conversations and escalations.
    ReadConversations = "conversations:read",
    /// Write to customers, take conversations over and give them back, make notes.
    WriteConversations = "conversations:write",
    /// See the tenant's configuration: locations, hours, services, staff, intake.
    ReadSettings = "settings:read",
    /// Change it.
    WriteSettings = "settings:write",
    /// Change what protects the tenant and decides where its messages go: second factor, retention, origins, channels.
    ManageTenant = "tenant:manage",
    /// See who belongs to the tenant.
    ReadMembers = "members:read",
    /// Invite people, change their roles, remove them.
    WriteMembers = "members:write",
    /// See the names and last use of keys; never the keys.
    ReadKeys = "keys:read",
    /// Make and revoke keys; store vendors' credentials.
    WriteKeys = "keys:write",
    /// See where events are posted, and what became of each.
    ReadWebhooks = "webhooks:read",
    /// Say where events are posted; make and change the secrets that sign them.
    WriteWebhooks = "webhooks:write",
    /// See what can be booked, free times and appointments.
    ReadSchedule = "schedule:read",
    /// Book, move and cancel appointments.
    WriteSchedule = "schedule:write",
    /// See campaigns and whom they reach.
    ReadCampaigns = "campaigns:read",
    /// Approve, change and decline campaigns, and say at which weather they are made.
    WriteCampaigns = "campaigns:write",
    /// See what is in stock, what was ordered and why.
    ReadInventory = "inventory:read",
    /// Record what came into stock and left it.
    WriteInventory = "inventory:write",
    /// Say what is kept in stock and who sells it; approve, change and send orders.
    WriteOrders = "orders:write",
    /// Report what happened in another system: a quote, an appointment, an invoice.
    WriteEvents = "events:write",
    /// See how many leads came, how fast they were answered, what became of them.
    ReadInsights = "insights:read",
    /// See tokens used and what they cost, and what insights say in money.
    ReadUsage = "usage:read",
    /// See the record of what was done.
    ReadAudit = "audit:read",
    /// Take all data away in one archive.
    ExportData = "data:export",
    /// Erase a contact.
    EraseData = "data:erase",
    /// See the tenants of an agency, or all of them.
    ReadTenants = "tenants:read",
    /// Set up, pause and close tenants; enter them.
    WriteTenants = "tenants:write",
    /// Go from one tenant to another without signing in again.
    EnterTenants = "tenants:enter",
    /// See and change one's own account and sessions.
    OwnAccount = "account:own",
}

impl Permission {
    /// The permission of that name.
    #[must_use]
    pub fn parse(scope: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.as_str() == scope)
    }

    /// Whether an API key may carry it: what belongs to a person, or reaches beyond the tenant, no key has.
    #[must_use]
    pub fn is_scope(self) -> bool {
        !matches!(
            self,
            Self::OwnAccount
                | Self::EnterTenants
                | Self::ReadTenants
                | Self::WriteTenants
                | Self::ManageTenant
                | Self::WriteMembers
                | Self::WriteKeys
        )
    }
}

// By hand: the names are a macro's, which the derive does not see.
impl PartialSchema for Permission {
    fn schema() -> RefOr<Schema> {
        let names = Self::ALL.iter().map(|permission| permission.as_str());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for Permission {}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_by_the_name_it_is_written_with() {
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.as_str()), Some(*permission));
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.as_str());
        }
        assert_eq!(Permission::parse("leads:burn"), None);
    }

    #[test]
    fn no_key_can_make_keys_or_people_nor_loosen_what_protects_the_tenant() {
        let persons = [Permission::WriteKeys, Permission::WriteMembers, Permission::WriteTenants];
        for permission in persons.into_iter().chain([Permission::ManageTenant, Permission::EnterTenants]) {
            assert!(!permission.is_scope(), "{permission}");
        }
        assert!(Permission::ReadLeads.is_scope());
    }
}
