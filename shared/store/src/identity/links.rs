//! Links that are mailed to people. The table holds the hash of a link's token alone; a link is spent by what it was for.

use domain::identity::{Account, Invitation};
use domain::ids::{AccountId, InvitationId};
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::conflict;
use crate::Links;
use crate::table::documents::Versioned;
use crate::table::error::failure;
use crate::table::item::{from_item, to_item};
use crate::table::keys;

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Accepts an invitation.
    Invitation {
        /// Into which tenant.
        tenant: TenantId,
        /// The invitation.
        invitation: InvitationId,
        /// Of which version: one that was taken back or renewed since is another invitation. Links from before this was
        /// kept have none.
        #[serde(default)]
        version: Option<u64>,
    },
    /// Proves that an address is the account's.
    VerifyEmail {
        /// The account.
        account: AccountId,
    },
    /// Sets a new password.
    Reset {
        /// The account.
        account: AccountId,
    },
    /// Shows that a tenant's mail may come from the address.
    Sender {
        /// The tenant.
        tenant: TenantId,
    },
}

/// A link that was mailed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Where it was mailed to.
    pub email: Email,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it is good, to the second: the table's time to live.
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    pub expires_at: Timestamp,
}

impl Link {
    /// Whether it accepts this invitation as it is now.
    fn accepts(&self, there: &Versioned<Invitation>) -> bool {
        match &self.purpose {
            LinkPurpose::Invitation { invitation, version: Some(version), .. } => {
                *invitation == there.value.id && *version == there.version
            }
            LinkPurpose::Invitation { invitation, version: None, .. } => {
                *invitation == there.value.id && self.made_at >= there.value.created_at
            }
            _ => false,
        }
    }

    /// Whether it still means something for its account: made since the password was set, and, for a new password, mailed to
    /// the address that the account has now.
    fn is_good_for(&self, account: &Account) -> bool {
        let is_reset = matches!(self.purpose, LinkPurpose::Reset { .. });
        self.made_at >= account.password_set_at && (!is_reset || self.email == account.email)
    }
}

impl Links<'_> {
    /// Keeps a link under the hash of its token.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn put(self, hash: &str, link: &Link) -> Result<(), Failure> {
        self.store
            .put_item(to_item("link", &keys::platform().link(hash), link)?)
            .send()
            .await
            .map_err(|error| failure("put link", &error))?;
        Ok(())
    }

    /// The link with this hash, strongly consistent. `None` when there is none, it was spent, it has expired, or it is void:
    /// made before the account's password was set.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn get(self, hash: &str, now: Timestamp) -> Result<Option<Link>, Failure> {
        let Some(item) = self.store.item("link", &keys::platform().link(hash)).await? else { return Ok(None) };
        let link: Link = from_item("link", &item)?;
        if now >= link.expires_at {
            return Ok(None);
        }
        let account = match link.purpose {
            // Whether an invitation is still valid, it says itself; so does a tenant's document.
            LinkPurpose::Invitation { .. } | LinkPurpose::Sender { .. } => return Ok(Some(link)),
            LinkPurpose::VerifyEmail { account } | LinkPurpose::Reset { account } => account,
        };
        let account = self.store.accounts().get(account).await?.value;
        Ok(link.is_good_for(&account).then_some(link))
    }

    /// Demands that a link is not spent, and accepts this invitation as it is now.
    pub(super) async fn demand_link_of(self, hash: &str, invitation: &Versioned<Invitation>) -> Result<(), Failure> {
        let item = self.store.item("link", &keys::platform().link(hash)).await?;
        let link: Option<Link> = item.map(|item| from_item("link", &item)).transpose()?;
        match link {
            Some(link) if link.accepts(invitation) => Ok(()),
            Some(_) => Err(conflict("this link is from an invitation that was revoked or renewed: ask for another")),
            None => Err(used()),
        }
    }

    /// Demands that a link is not spent.
    pub(super) async fn demand_link(self, hash: &str) -> Result<(), Failure> {
        match self.store.item("link", &keys::platform().link(hash)).await? {
            Some(_) => Ok(()),
            None => Err(used()),
        }
    }
}

fn used() -> Failure {
    conflict("this link was used already: ask for another")
}
