//! All that is known of a person's access, read at once, and what a change writes to it.

use aws_sdk_dynamodb::types::{ConditionCheck, TransactWriteItem, Update};
use domain::identity::{Account, Member, Session};
use domain::ids::AccountId;
use domain::{Failure, TenantId};
use serde_json::json;

use super::StoredSession;
use crate::Accounts;
use crate::table::documents::{Document, Versioned, get_number, read};
use crate::table::item::{get_text, key_item, number, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::MAX_PAGE;
use crate::table::writes::Writes;

/// All that the partition of an account holds. What this version cannot read of it stops no change of the rest.
pub(super) struct Profile {
    pub(super) account: Versioned<Account>,
    pub(super) memberships: Vec<Versioned<Member>>,
    pub(super) sessions: Vec<StoredSession>,
    /// Sessions that cannot be read: whatever ends any ends them too.
    pub(super) unread_sessions: Vec<TableKey>,
    /// Memberships that cannot be read.
    pub(super) unread_memberships: usize,
    /// The version of the mark `SESSIONS`; 0 before the first session.
    pub(super) mark: u64,
}

impl Profile {
    pub(super) fn membership(&self, tenant: &TenantId) -> Option<&Versioned<Member>> {
        self.memberships.iter().find(|member| member.value.tenant == *tenant)
    }

    /// The memberships, for a change that all of them must follow.
    pub(super) fn all_memberships(&self) -> Result<&[Versioned<Member>], Failure> {
        match self.unread_memberships {
            0 => Ok(&self.memberships),
            _ => Err(Failure::Permanent("a membership is of a form that this version cannot read".to_owned())),
        }
    }

    /// Whether a session rests on what the person is in `tenant`. One in a tenant that they are no member of was entered
    /// through a membership elsewhere, and may rest on any.
    pub(super) fn rests_on(&self, session: &Session, tenant: &TenantId) -> bool {
        session.tenant == *tenant || self.membership(&session.tenant).is_none()
    }
}

impl Accounts<'_> {
    /// Reads a whole profile, consistently.
    pub(super) async fn profile(self, id: AccountId) -> Result<Profile, Failure> {
        let (items, _) = self.store.page_of(&keys::platform().account(id).pk, "", true, MAX_PAGE, None).await?;
        let (mut account, mut memberships, mut sessions, mut mark) = (None, Vec::new(), Vec::new(), 0);
        let (mut unread_sessions, mut unread_memberships) = (Vec::new(), 0);
        for item in items {
            match get_text(&item, "entity") {
                "account" => account = Some(read("account", item)?),
                "membership" => match read("membership", item) {
                    Ok(membership) => memberships.push(membership),
                    Err(_) => unread_memberships += 1,
                },
                "session" => match StoredSession::read(&item) {
                    Ok(session) => sessions.push(session),
                    Err(_) => unread_sessions.push(TableKey::of(&item)),
                },
                _ => mark = get_number(&item, "version").and_then(|mark| u64::try_from(mark).ok()).unwrap_or_default(),
            }
        }
        let account = account.ok_or_else(|| Failure::not_found("account"))?;
        Ok(Profile { account, memberships, sessions, unread_sessions, unread_memberships, mark })
    }
}

impl Writes {
    /// A member over the version that was read (0: there was none), and the account's copy of it.
    pub(super) fn member(&mut self, member: &Member, version: u64) -> Result<(), Failure> {
        self.put_version(
            to_item(Member::NAME, &keys::of(&member.tenant).document(Member::NAME, &member.id()), member)?,
            version,
        )?;
        let mut copy = to_item("membership", &keys::platform().membership(member.account, &member.tenant), member)?;
        copy.insert("version".to_owned(), number(version + 1));
        self.put(copy)
    }

    /// Moves the mark: whoever else opened or ended sessions meanwhile makes this transaction fail.
    pub(super) fn mark_sessions(&mut self, profile: &Profile) -> Result<(), Failure> {
        let key = keys::platform().sessions_mark(profile.account.value.id);
        self.put_version(to_item("sessions", &key, &json!({}))?, profile.mark)
    }

    /// Ends all sessions of a profile that `which` picks, and those that cannot be read, exactly: none is opened meanwhile.
    pub(super) fn end_sessions(&mut self, profile: &Profile, which: impl Fn(&Session) -> bool) -> Result<(), Failure> {
        self.mark_sessions(profile)?;
        for StoredSession { session, .. } in profile.sessions.iter().filter(|stored| which(&stored.session)) {
            self.delete(&keys::platform().session(session.account, session.id))?;
        }
        profile.unread_sessions.iter().try_for_each(|key| self.delete(key))
    }

    /// Demands that the account is as it was read.
    pub(super) fn account_stands(&mut self, profile: &Profile) -> Result<(), Failure> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::platform().account(profile.account.value.id))))
            .condition_expression("version = :read")
            .expression_attribute_values(":read", number(profile.account.version))
            .build()
            .map_err(|error| Failure::Permanent(error.to_string()))?;
        self.items.push(TransactWriteItem::builder().condition_check(check).build());
        Ok(())
    }

    /// Moves the account's version: sign-ins that were decided by what it was are refused.
    pub(super) fn bump_account(&mut self, profile: &Profile) -> Result<(), Failure> {
        let update = Update::builder()
            .update_expression("SET version = :next")
            .condition_expression("version = :read")
            .expression_attribute_values(":next", number(profile.account.version + 1))
            .expression_attribute_values(":read", number(profile.account.version));
        self.update_at(&keys::platform().account(profile.account.value.id), update)
    }
}
