//! People: accounts, what they are in each tenant, where they are signed in, and the links and keys that let them in.
//!
//! An account, its memberships and its sessions share a partition of the platform, so that one consistent read (a
//! [`Profile`]) knows all that a decision about somebody's access rests on. Every change is then one transaction under the
//! condition that what was read still stands, and is decided again when it does not. Two counters make that exact:
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
mod failures;
mod invitations;
mod links;
mod members;
mod second_factors;
mod sessions;
mod signing_keys;

pub use failures::Guess;
pub use links::{Link, LinkPurpose};
pub use sessions::StoredSession;

use crate::TRUST;
use crate::table::cache::Cache;
use auth::signing::{KeyPair, PublicKeys};
use aws_sdk_dynamodb::types::{ConditionCheck, TransactWriteItem, Update};
use domain::failure::Rejection;
use domain::identity::{Account, Member, Session};
use domain::ids::AccountId;
use domain::{Failure, TenantId};
use serde_json::json;
use std::sync::Arc;

use crate::table::documents::{Document, Versioned, get_number, read};
use crate::table::item::{get_text, key_item, number, to_item};
use crate::table::keys;
use crate::table::lists::MAX_PAGE;
use crate::table::writes::Writes;

/// In how many tenants a person can be a member. Whoever looks after more enters them through their agency.
pub const MAX_MEMBERSHIPS: usize = 30;
/// On how many devices a person can be signed in: one more ends the session that was not refreshed for longest.
pub const MAX_SESSIONS: usize = 20;

/// So often a change is decided again when something else changed meanwhile.
const ATTEMPTS: usize = 8;

/// All that the partition of an account holds.
struct Profile {
    account: Versioned<Account>,
    memberships: Vec<Versioned<Member>>,
    sessions: Vec<StoredSession>,
    /// The version of the mark `SESSIONS`; 0 before the first session.
    mark: u64,
}

impl Profile {
    fn membership(&self, tenant: &TenantId) -> Option<&Versioned<Member>> {
        self.memberships.iter().find(|member| member.value.tenant == *tenant)
    }

    /// Whether a session rests on what the person is in `tenant`. One in a tenant that they are no member of was entered
    /// through a membership elsewhere, and may rest on any.
    fn rests_on(&self, session: &Session, tenant: &TenantId) -> bool {
        session.tenant == *tenant || self.membership(&session.tenant).is_none()
    }
}

impl Accounts<'_> {
    /// Reads a whole profile, consistently.
    async fn profile(self, id: AccountId) -> Result<Profile, Failure> {
        let (items, _) = self.store.page_of(&keys::account(id).pk, "", true, MAX_PAGE, None).await?;
        let (mut account, mut memberships, mut sessions, mut mark) = (None, Vec::new(), Vec::new(), 0);
        for item in items {
            match get_text(&item, "entity") {
                "account" => account = Some(read("account", item)?),
                "membership" => memberships.push(read("membership", item)?),
                "session" => sessions.push(StoredSession::read(&item)?),
                _ => mark = get_number(&item, "version").and_then(|mark| u64::try_from(mark).ok()).unwrap_or_default(),
            }
        }
        let account = account.ok_or_else(|| Failure::not_found("account"))?;
        Ok(Profile { account, memberships, sessions, mark })
    }
}

impl Writes {
    /// A member over the version that was read (0: there was none), and the account's copy of it.
    fn member(&mut self, member: &Member, version: u64) -> Result<(), Failure> {
        self.put_version(
            to_item(Member::NAME, &keys::document(&member.tenant, Member::NAME, &member.id()), member)?,
            version,
        )?;
        let mut copy = to_item("membership", &keys::membership(member.account, &member.tenant), member)?;
        copy.insert("version".to_owned(), number(version + 1));
        self.put(copy)
    }

    /// Moves the mark: whoever else opened or ended sessions meanwhile makes this transaction fail.
    fn mark_sessions(&mut self, profile: &Profile) -> Result<(), Failure> {
        let key = keys::sessions_mark(profile.account.value.id);
        self.put_version(to_item("sessions", &key, &json!({}))?, profile.mark)
    }

    /// Ends all sessions of a profile that `which` picks, exactly: none is opened meanwhile.
    fn end_sessions(&mut self, profile: &Profile, which: impl Fn(&Session) -> bool) -> Result<(), Failure> {
        self.mark_sessions(profile)?;
        for StoredSession { session, .. } in profile.sessions.iter().filter(|stored| which(&stored.session)) {
            self.delete(&keys::session(session.account, session.id))?;
        }
        Ok(())
    }

    /// Demands that the account is as it was read.
    fn account_stands(&mut self, profile: &Profile) -> Result<(), Failure> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::account(profile.account.value.id))))
            .condition_expression("version = :read")
            .expression_attribute_values(":read", number(profile.account.version))
            .build()
            .map_err(|error| Failure::Permanent(error.to_string()))?;
        self.items.push(TransactWriteItem::builder().condition_check(check).build());
        Ok(())
    }

    /// Moves the account's version: sign-ins that were decided by what it was are refused.
    fn outreach_account(&mut self, profile: &Profile) -> Result<(), Failure> {
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::account(profile.account.value.id))))
            .update_expression("SET version = :next")
            .condition_expression("version = :read")
            .expression_attribute_values(":next", number(profile.account.version + 1))
            .expression_attribute_values(":read", number(profile.account.version))
            .build()
            .map_err(|error| Failure::Permanent(error.to_string()))?;
        self.update(update);
        Ok(())
    }
}

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
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            public_keys: Cache::new(TRUST * 10),
            read_again: Cache::new(TRUST / 3),
            key_pairs: Cache::new(TRUST * 10),
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
