//! People: accounts, what they are in each tenant, where they are signed in, and the links and keys that let them in.
//!
//! An account, its memberships and its sessions share a partition of the platform, so that one consistent read (a
//! [`Profile`]) knows all that a decision about someone's access rests on. Every change is then one transaction under the
//! condition that what was read is unchanged, and is decided again when it is not. Two counters make that exact:
//!
//! - the account's `version` moves with everything that a sign-in is decided by: password, second factor, status, roles.
//!   A sign-in names the version it was decided by, and is refused when that has moved.
//! - the mark `SESSIONS` moves whenever a session is opened, and whenever sessions are ended because of such a change. So no
//!   session slips through between the reading of those to end and their end.
//!
//! Both sessions and memberships are limited in number: all that a change touches fits into one transaction of 100 writes.

mod acceptance;
mod accounts;
mod deletion;
mod devices;
pub(crate) mod entities;
mod failures;
mod invitations;
mod keys;
mod links;
mod members;
mod profile;
#[cfg(test)]
pub(crate) mod samples;
mod second_factors;
mod sessions;
mod signing_keys;

pub use failures::Guess;
pub use links::{Link, LinkPurpose};
pub use sessions::StoredSession;

use crate::TRUST;
use crate::table::cache::Cache;
use auth::signing::{KeyPair, PublicKeys};
use domain::failure::Rejection;
use domain::identity::Member;
use domain::{Failure, TenantId};
use profile::Profile;
use std::sync::Arc;

/// In how many tenants a person can be a member. Whoever looks after more enters them through their agency.
pub const MAX_MEMBERSHIPS: usize = 30;
/// On how many devices a person can be signed in: one more ends the session that was not refreshed for longest.
pub const MAX_SESSIONS: usize = 20;

/// So often a change is decided again when something else changed meanwhile.
const ATTEMPTS: usize = 8;

/// 409: decided by what is no longer so.
fn lost_race() -> Failure {
    conflict("the account has changed meanwhile: try again")
}

fn conflict(message: impl Into<String>) -> Failure {
    Failure::rejected(Rejection::Conflict, message)
}

/// What a warm function remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) public_keys: Cache<(), Arc<PublicKeys>>,
    pub(crate) read_again: Cache<(), ()>,
    pub(crate) key_pairs: Cache<(), Arc<KeyPair>>,
    pub(crate) teams: Cache<TenantId, Arc<Vec<Member>>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            public_keys: Cache::new(TRUST * 10),
            read_again: Cache::new(TRUST / 3),
            key_pairs: Cache::new(TRUST * 10),
            teams: Cache::new(TRUST),
        }
    }
}

crate::repositories! {
    /// People who sign in.
    accounts: Accounts;
    /// Wrong passwords and codes.
    guesses: Guesses;
    /// Invitations.
    invitations: Invitations;
    /// Links in mails.
    links: Links;
    /// What people are in a tenant.
    members: Members;
    /// Where people are signed in.
    sessions: Sessions;
    /// Keys that sign access tokens.
    signing_keys: SigningKeys;
}
