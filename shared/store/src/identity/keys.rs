//! Where people are kept who sign in: their accounts are the platform's.

use auth::secrets::sha256_hex;
use domain::TenantId;
use domain::ids::{AccountId, SessionId};
use domain::messaging::Email;

use crate::table::keys::{PlatformSpace, TableKey, TenantSpace};

/// Sort key prefix of an account's copies of its memberships.
pub(super) const MEMBERSHIP: &str = "MEMBER#";
/// Sort key prefix of an account's sessions.
pub(super) const SESSION: &str = "SESSION#";

impl TenantSpace<'_> {
    /// How many admins a tenant has.
    #[must_use]
    pub fn admins(self) -> TableKey {
        self.key("ADMINS", "ADMINS")
    }
}

impl PlatformSpace {
    /// An account; its partition holds its memberships and sessions too.
    #[must_use]
    pub fn account(self, id: AccountId) -> TableKey {
        self.key(format_args!("ACCOUNT#{id}"), "ACCOUNT")
    }

    /// An account's copy of what it is in a tenant.
    #[must_use]
    pub fn membership(self, account_id: AccountId, tenant: &TenantId) -> TableKey {
        TableKey { sk: format!("{MEMBERSHIP}{tenant}"), ..self.account(account_id) }
    }

    /// A session of an account.
    #[must_use]
    pub fn session(self, account_id: AccountId, id: SessionId) -> TableKey {
        TableKey { sk: format!("{SESSION}{id}"), ..self.account(account_id) }
    }

    /// The mark that moves with the sessions of an account.
    #[must_use]
    pub fn sessions_mark(self, account_id: AccountId) -> TableKey {
        TableKey { sk: "SESSIONS".to_owned(), ..self.account(account_id) }
    }

    /// Which account signs in with an address.
    #[must_use]
    pub fn login(self, email: &Email) -> TableKey {
        self.key(format_args!("LOGIN#{}", sha256_hex(email.as_str())), "LOGIN")
    }

    /// What went wrong lately in one place: at the hash of an address, or where `identity::Guess` says.
    #[must_use]
    pub fn failures(self, place: &str) -> TableKey {
        self.key(format_args!("FAILURES#{place}"), "FAILURES")
    }

    /// A device that someone signed in from, by the hash of its token.
    #[must_use]
    pub fn device(self, hash: &str) -> TableKey {
        self.key(format_args!("DEVICE#{hash}"), "DEVICE")
    }

    /// A link, by the hash of its token.
    #[must_use]
    pub fn link(self, hash: &str) -> TableKey {
        self.key(format_args!("LINK#{hash}"), "LINK")
    }

    /// A key that signs access tokens, by its turn: 1 for the first. Text order is the order of the turns.
    #[must_use]
    pub fn signing_key(self, turn: u32) -> TableKey {
        self.key("SIGNING_KEY", format!("{turn:010}"))
    }
}
