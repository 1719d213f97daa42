//! Where it is kept who wants no messages, and which did not leave.

use auth::secrets::hmac_hex;
use domain::messaging::{Address, Channel};
use domain::{ContactId, TenantId};
use jiff::civil::Date;
use secrecy::SecretString;

use crate::leads::keys::NOW;
use crate::table::keys::{self, TableKey, TenantSpace};

/// What the place of a suppression begins with when its address is a hash.
const HASHED: &str = "hmac-sha256:";

impl TenantSpace<'_> {
    /// Whether an address wants to hear from us.
    #[must_use]
    pub fn suppression(self, address: &Address) -> TableKey {
        self.key(format_args!("SUPPRESSION#{}", address.key()), "SUPPRESSION")
    }

    /// What is left of a suppression when its contact was erased: tenant and address as a keyed hash.
    #[must_use]
    pub fn kept_suppression(self, hash: &str) -> TableKey {
        self.key(format_args!("SUPPRESSION#{HASHED}{hash}"), "SUPPRESSION")
    }

    /// A contact's opt-out state.
    #[must_use]
    pub fn opt_out_state(self, contact: ContactId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{NOW}STANDING") }
    }

    /// The first messages of a day that did not leave on a channel for one reason.
    #[must_use]
    pub fn failed_sends(self, day: Date, channel: Channel, reason: &str) -> TableKey {
        self.key(format_args!("FAILED_SENDS#{day}"), format!("{channel}#{reason}"))
    }
}

/// The place of what an erased address refused.
pub(crate) fn erased_suppression(key: &SecretString, tenant: &TenantId, address: &Address) -> TableKey {
    keys::of(tenant).kept_suppression(&hmac_hex(key, &format!("{tenant}|{}", address.key())))
}

/// Whether a partition is one of [`TenantSpace::kept_suppression`].
pub(crate) fn is_kept_suppression(pk: &str) -> bool {
    pk.split('#').nth(2) == Some("SUPPRESSION")
        && pk.split('#').nth(3).is_some_and(|address| address.starts_with(HASHED))
}
