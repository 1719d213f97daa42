//! Accounts: who they are, and the address that leads to them.
//!
//! An address is one account's: its `LOGIN` item is written with the account, under the condition that there is none.

use domain::identity::{Account, AccountStatus, Actor, AuditAction, Member, Session};
use domain::ids::AccountId;
use domain::messaging::Email;
use domain::{Failure, TenantId};
use serde_json::{Value, json};

use super::{ATTEMPTS, Profile, conflict, lost_race};
use crate::Accounts;
use crate::table::documents::{Trace, Versioned, busy, entry, read};
use crate::table::item::{Item, get_text, key_item, text, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

impl Accounts<'_> {
    /// An account, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, id: AccountId) -> Result<Versioned<Account>, Failure> {
        let item = self.store.item("account", &keys::platform().account(id)).await?;
        read("account", item.ok_or_else(|| Failure::not_found("account"))?)
    }

    /// The account that signs in with `email`, strongly consistent. It costs two reads whether or not there is one, so that
    /// the time it takes tells nothing.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn by_email(self, email: &Email) -> Result<Option<Versioned<Account>>, Failure> {
        let Some(login) = self.store.item("login", &keys::platform().login(email)).await? else {
            let nobody = AccountId::derive(&TenantId::platform(), &["nobody", email.as_str()]);
            self.store.item("account", &keys::platform().account(nobody)).await?;
            return Ok(None);
        };
        let account = self.get(AccountId::parse(get_text(&login, "account"))?).await?;
        // The address may have been given up between the two reads.
        Ok((account.value.email == *email).then_some(account))
    }

    /// Puts an account in the place of `version` of it, with all that follows: a new address leads to it and the old one no
    /// more, its memberships learn a new name or address, being disabled or having a new password ends every session, and a
    /// second factor set up or removed ends all but the session that did it.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or conflict when the account is not at `version` any more, or when the address is
    /// another account's.
    pub async fn update(
        self,
        account: &Account,
        version: u64,
        action: AuditAction,
        trace: &Trace,
    ) -> Result<Versioned<Account>, Failure> {
        self.write(account, version, None, action, trace).await
    }

    /// Stores an account with a new password (`password` and `password_set_at` are set): spends the link it was set by, where
    /// there was one, and ends every session.
    ///
    /// # Errors
    /// As [`crate::Accounts::update`]; conflict also when the link was spent already.
    pub async fn set_password(
        self,
        account: &Account,
        version: u64,
        link: Option<&str>,
        trace: &Trace,
    ) -> Result<Versioned<Account>, Failure> {
        self.write(account, version, link, AuditAction::PasswordSet, trace).await
    }

    async fn write(
        self,
        account: &Account,
        version: u64,
        link: Option<&str>,
        action: AuditAction,
        trace: &Trace,
    ) -> Result<Versioned<Account>, Failure> {
        for _ in 0..ATTEMPTS {
            let profile = self.profile(account.id).await?;
            let there = &profile.account;
            if there.version == version + 1 && there.value == *account {
                return Ok(profile.account);
            }
            if there.version != version {
                return Err(lost_race());
            }
            if account.email != there.value.email && self.by_email(&account.email).await?.is_some() {
                return Err(conflict("this address is another account's"));
            }
            if let Some(hash) = link {
                self.store.links().demand_link(hash).await?;
            }
            let writes = Writes::of_account(&self.store.table, &profile, account, link, action, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(Versioned { value: account.clone(), version: version + 1 });
            }
        }
        Err(busy("account"))
    }
}

impl Writes {
    /// An account in the place of the one that was read, with all that follows: at most 100 writes, however many memberships
    /// and sessions there are.
    fn of_account(
        table: &str,
        profile: &Profile,
        account: &Account,
        link: Option<&str>,
        action: AuditAction,
        trace: &Trace,
    ) -> Result<Self, Failure> {
        let Versioned { value: before, version } = &profile.account;
        let mut writes = Self::new(table);
        writes.put_version(to_item("account", &keys::platform().account(account.id), account)?, *version)?;
        if account.email != before.email {
            writes.put_new(login(account))?;
            writes.delete(&keys::platform().login(&before.email))?;
        }
        if let Some(hash) = link {
            writes.delete_existing(&keys::platform().link(hash))?;
        }
        if account.password_set_at != before.password_set_at || account.status != AccountStatus::Active {
            writes.end_sessions(profile, |_| true)?;
        } else if account.second_factor.is_some() != before.second_factor.is_some() {
            let own =
                |session: &Session| matches!(trace.actor, Actor::Person { session: Some(id), .. } if id == session.id);
            writes.end_sessions(profile, |session| !own(session))?;
        }
        if (&account.name, &account.email) != (&before.name, &before.email) {
            for member in profile.all_memberships()? {
                let (name, email) = (account.name.clone(), account.email.clone());
                writes.member(&Member { name, email, ..member.value.clone() }, member.version)?;
            }
        }
        let (subject, platform) = (format!("account/{}", account.id), TenantId::platform());
        let (was, is) = (Some(shown(before)), Some(shown(account)));
        writes.audit(&entry(&platform, action, &subject, version + 1, was, is, trace))?;
        Ok(writes)
    }

    /// An account that is not there yet, and the address that leads to it.
    pub(super) fn new_account(&mut self, account: &Account) -> Result<(), Failure> {
        self.put_version(to_item("account", &keys::platform().account(account.id), account)?, 0)?;
        self.put_new(login(account))
    }
}

fn login(account: &Account) -> Item {
    let mut item = key_item(&keys::platform().login(&account.email));
    item.insert("entity".to_owned(), text("login"));
    item.insert("account".to_owned(), text(account.id.to_string()));
    item
}

/// What the audit record shows of an account: no secret, nor the hash of one.
fn shown(account: &Account) -> Value {
    json!({
        "name": account.name,
        "email": account.email,
        "status": account.status,
        "email_verified_at": account.email_verified_at,
        "password_set_at": account.password_set_at,
        "second_factor": account.second_factor.is_some(),
        "backup_codes_left": account.second_factor.as_ref().map_or(0, |codes| codes.backup_codes.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{MAX_MEMBERSHIPS, MAX_SESSIONS, StoredSession};
    use super::*;
    use auth::refresh_tokens::Kept;
    use domain::identity::{Actor, OneTimeCodes, Role, Session};
    use domain::ids::SessionId;
    use jiff::{SignedDuration, Timestamp};

    fn noon() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    fn account() -> Account {
        let codes = OneTimeCodes { since: noon(), last_step: 7, backup_codes: ["backup-hash".to_owned()].into() };
        Account {
            id: AccountId::derive(&TenantId::platform(), &["ana"]),
            email: Email::new("ana@example.com", "email").unwrap(),
            name: "Ana Flores".to_owned(),
            status: AccountStatus::Active,
            email_verified_at: Some(noon()),
            password: "$argon2id$hash".to_owned(),
            password_set_at: noon(),
            second_factor: Some(codes),
            created_at: noon(),
        }
    }

    /// As many memberships and sessions as there can be.
    fn largest() -> Profile {
        let account = account();
        let tenant = |index: usize| TenantId::new(format!("tenant-{index}")).unwrap();
        let membership = |index: usize| Member {
            account: account.id,
            tenant: tenant(index),
            name: account.name.clone(),
            email: account.email.clone(),
            role: Role::Agent,
            locations: Vec::new(),
            joined_at: noon(),
        };
        let session = |index: usize| Session {
            id: SessionId::derive(&tenant(index), &["s"]),
            account: account.id,
            tenant: tenant(index),
            role: Role::Agent,
            second_factor: false,
            device: String::new(),
            address: String::new(),
            started_at: noon(),
            refreshed_at: noon(),
        };
        let tokens = Kept { family_hash: String::new(), turn_hash: String::new(), last: None };
        let stored = |index| StoredSession { session: session(index), tokens: tokens.clone(), full_at: None };
        Profile {
            memberships: (0..MAX_MEMBERSHIPS).map(|index| Versioned { value: membership(index), version: 1 }).collect(),
            sessions: (0..MAX_SESSIONS).map(stored).collect(),
            unread_sessions: Vec::new(),
            unread_memberships: 0,
            mark: 7,
            account: Versioned { value: account, version: 3 },
        }
    }

    #[test]
    fn the_largest_change_fits_into_a_transaction() {
        let changed = Account {
            email: Email::new("flores@example.com", "email").unwrap(),
            password_set_at: noon() + SignedDuration::from_secs(1),
            ..account()
        };
        let trace = Trace { actor: Actor::System, at: noon(), address: None, correlation_id: String::new() };
        let writes =
            Writes::of_account("table", &largest(), &changed, Some("link"), AuditAction::Updated, &trace).unwrap();
        // The account, two logins, the link, the mark, and a line of the record; each membership is two items.
        assert_eq!(writes.items.len(), 6 + MAX_SESSIONS + 2 * MAX_MEMBERSHIPS);
        assert!(writes.items.len() <= 100);
    }

    #[test]
    fn who_is_disabled_or_has_a_new_password_keeps_no_session_and_who_is_renamed_all() {
        let trace = Trace { actor: Actor::System, at: noon(), address: None, correlation_id: String::new() };
        let deleted = |changed: &Account| {
            let writes = Writes::of_account("table", &largest(), changed, None, AuditAction::Updated, &trace).unwrap();
            let keys = writes.items.iter().filter_map(|item| Some(item.delete()?.key()["sk"].clone()));
            keys.filter(|sk| format!("{sk:?}").contains("SESSION")).count()
        };
        let disabled = Account { status: AccountStatus::Disabled, ..account() };
        let renamed = Account { name: "Ana Vale".to_owned(), ..account() };
        let password_set_at = noon() + SignedDuration::from_secs(1);
        let with_password = Account { password_set_at, ..account() };
        assert_eq!([&disabled, &with_password, &renamed].map(deleted), [MAX_SESSIONS, MAX_SESSIONS, 0]);
    }

    #[test]
    fn the_record_shows_no_hash() {
        let text = shown(&account()).to_string();
        assert!(!text.contains("hash"), "{text}");
        assert!(text.contains("\"second_factor\":true") && text.contains("\"backup_codes_left\":1"), "{text}");
    }
}
