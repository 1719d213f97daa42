//! Sessions: opened, turned with every refresh, used by every request, and ended by being deleted, at once.

use auth::refresh_tokens::{Kept, Turn};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::identity::{AccountStatus, AuditAction, Session};
use domain::ids::{AccountId, SessionId};
use domain::{Failure, TenantId};
use jiff::Timestamp;

use super::{ATTEMPTS, MAX_SESSIONS, Profile, conflict, lost_race};
use crate::Sessions;
use crate::identity::keys::SESSION;
use crate::table::documents::{Trace, busy, entry, get_number, json};
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, number, readable, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::MAX_PAGE;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::buckets::{BucketUpdate, Grant, Limit, Taken};

/// A session, and what its refresh token is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// The session.
    pub session: Session,
    /// What is kept of its refresh tokens.
    pub tokens: Kept,
    /// The moment, in microseconds, at which its bucket will be full again (see `buckets`).
    pub(super) full_at: Option<i64>,
}

impl StoredSession {
    pub(super) fn read(item: &Item) -> Result<Self, Failure> {
        let hash = |name| get_text(item, name).to_owned();
        let turned_at = get_number(item, "turned_ms").and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let last = turned_at.map(|at| Turn { from_hash: hash("from_turn_hash"), seed: hash("turn_seed"), at });
        Ok(Self {
            session: from_item("session", item)?,
            tokens: Kept { family_hash: hash("family_hash"), turn_hash: hash("turn_hash"), last },
            full_at: get_number(item, "tat"),
        })
    }

    /// As it is opened.
    fn item(&self) -> Result<Item, Failure> {
        let mut item =
            to_item("session", &keys::platform().session(self.session.account, self.session.id), &self.session)?;
        item.insert("family_hash".to_owned(), text(&self.tokens.family_hash));
        item.insert("turn_hash".to_owned(), text(&self.tokens.turn_hash));
        item.insert("expires_at".to_owned(), number(self.session.ends_at().as_second()));
        if let Some(full_at) = self.full_at {
            item.insert("tat".to_owned(), number(full_at));
        }
        Ok(item)
    }
}

impl Sessions<'_> {
    /// Opens a session that was decided by `account_version` of its account: read the account first, then what the person is
    /// in the tenant. A session in a tenant that they are no member of counts as entered. Opening it again is the same; one
    /// over [`super::MAX_SESSIONS`] ends the session that was not refreshed for longest. `from` is the session that it goes on
    /// from: it takes over how far its rate limit is used up.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: conflict when the password, the second factor, a role or anything else of the account has
    /// changed since it was read, or when it is disabled.
    pub async fn open(
        self,
        session: &Session,
        account_version: u64,
        family_hash: &str,
        turn_hash: &str,
        from: Option<SessionId>,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let tokens = Kept { family_hash: family_hash.to_owned(), turn_hash: turn_hash.to_owned(), last: None };
        let mut opened = StoredSession { session: session.clone(), tokens, full_at: None };
        for _ in 0..ATTEMPTS {
            let profile = self.store.accounts().profile(session.account).await?;
            if let Some(there) = profile.sessions.iter().find(|there| there.session.id == session.id) {
                let same = there.session == opened.session && there.tokens == opened.tokens;
                return if same { Ok(()) } else { Err(conflict("there is another session with this id")) };
            }
            // Whoever goes on from a session takes its bucket along: a new session is no way around the limit.
            opened.full_at =
                from.and_then(|from| profile.sessions.iter().find(|there| there.session.id == from)?.full_at);
            let Profile { account, .. } = &profile;
            if account.version != account_version || account.value.status != AccountStatus::Active {
                return Err(lost_race());
            }
            if self.store.run(self.opening(&profile, &opened, trace)?).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy("session"))
    }

    fn opening(self, profile: &Profile, opened: &StoredSession, trace: &Trace) -> Result<Writes, Failure> {
        let session = &opened.session;
        let mut oldest: Vec<&Session> = profile.sessions.iter().map(|stored| &stored.session).collect();
        oldest.sort_by_key(|session| session.refreshed_at);
        let too_many = (oldest.len() + 1).saturating_sub(MAX_SESSIONS);
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(opened.item()?)?;
        writes.account_stands(profile)?;
        writes.mark_sessions(profile)?;
        for session in oldest.into_iter().take(too_many) {
            writes.delete(&keys::platform().session(session.account, session.id))?;
        }
        let is_member = profile.membership(&session.tenant).is_some();
        let action = if is_member { AuditAction::SignedIn } else { AuditAction::TenantEntered };
        writes.audit(&entry(&session.tenant, action, &subject(session), 1, None, Some(json(session)?), trace))?;
        Ok(writes)
    }

    /// A session, strongly consistent; `None` when it was ended. One that is over by its time may still be there.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn get(self, account: AccountId, id: SessionId) -> Result<Option<StoredSession>, Failure> {
        let item = self.store.item("session", &keys::platform().session(account, id)).await?;
        item.map(|item| StoredSession::read(&item)).transpose()
    }

    /// Turns a session from one refresh token to the next, whose own part has the hash `to_hash`. `false`: it was turned by
    /// someone else, or it is no longer valid.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn turn(
        self,
        account: AccountId,
        id: SessionId,
        turn: &Turn,
        to_hash: &str,
        (device, address): (&str, &str),
    ) -> Result<bool, Failure> {
        let (now, to_turn_hash) = (turn.at, to_hash);
        let Some(stored) = self.get(account, id).await? else { return Ok(false) };
        if stored.session.is_over(now) {
            return Ok(false);
        }
        let turned = Session { refreshed_at: now, ..stored.session };
        let updated = self
            .store
            .update_item(&keys::platform().session(account, id))
            .update_expression(
                "SET turn_hash = :to, from_turn_hash = :from, turn_seed = :seed, turned_ms = :ms, refreshed_at = :now, \
                 device = :device, address = :address, expires_at = :ends",
            )
            .condition_expression("turn_hash = :from")
            .expression_attribute_values(":from", text(&turn.from_hash))
            .expression_attribute_values(":to", text(to_turn_hash))
            .expression_attribute_values(":seed", text(&turn.seed))
            .expression_attribute_values(":ms", number(now.as_millisecond()))
            .expression_attribute_values(":now", text(now.to_string()))
            .expression_attribute_values(":device", text(device))
            .expression_attribute_values(":address", text(address))
            .expression_attribute_values(":ends", number(turned.ends_at().as_second()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match updated {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                // Sent twice, it finds its own turn.
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => {
                    Ok(refused.item().is_some_and(|item| get_text(item, "turn_hash") == to_turn_hash))
                }
                _ => Err(failure("refresh", &error)),
            },
        }
    }

    /// Where a person is signed in. What is over by its time may still be among them: ask [`Session::is_over`].
    ///
    /// # Errors
    /// As the table answers.
    pub async fn list(self, account: AccountId) -> Result<Vec<Session>, Failure> {
        Ok(readable("session", &self.items(account).await?))
    }

    async fn items(self, account: AccountId) -> Result<Vec<Item>, Failure> {
        let (items, _) =
            self.store.page_of(&keys::platform().account(account).pk, SESSION, true, MAX_PAGE, None).await?;
        Ok(items)
    }

    /// Ends a session: it lets no one in from now on. Ending it again is the same, and leaves one line in the record.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn end(
        self,
        account: AccountId,
        id: SessionId,
        action: AuditAction,
        trace: &Trace,
    ) -> Result<(), Failure> {
        self.end_where(account, |key, _| *key == keys::platform().session(account, id), action, trace).await?;
        Ok(())
    }

    /// Ends all sessions of a person, in one tenant only or in all, except perhaps one, and those of which this version cannot
    /// read where they are. Says how many those were.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn end_all(
        self,
        account: AccountId,
        only_tenant: Option<&TenantId>,
        except: Option<SessionId>,
        action: AuditAction,
        trace: &Trace,
    ) -> Result<usize, Failure> {
        let except = except.map(|id| keys::platform().session(account, id));
        let picked = |key: &TableKey, session: Option<&Session>| {
            let is_there = only_tenant.zip(session).is_none_or(|(tenant, session)| session.tenant == *tenant);
            is_there && except.as_ref() != Some(key)
        };
        self.end_where(account, picked, action, trace).await
    }

    async fn end_where(
        self,
        account: AccountId,
        picked: impl Fn(&TableKey, Option<&Session>) -> bool,
        action: AuditAction,
        trace: &Trace,
    ) -> Result<usize, Failure> {
        for _ in 0..ATTEMPTS {
            let items = self.items(account).await?;
            let all = items.iter().map(|item| (TableKey::of(item), from_item::<Session>("session", item).ok()));
            let ending: Vec<_> = all.filter(|(key, session)| picked(key, session.as_ref())).collect();
            if ending.is_empty() {
                return Ok(0);
            }
            let mut writes = Writes::new(&self.store.table);
            for (key, session) in &ending {
                writes.delete_existing(key)?;
                if let Some(session) = session {
                    let was = Some(json(session)?);
                    writes.audit(&entry(&session.tenant, action, &subject(session), 2, was, None, trace))?;
                }
            }
            if self.store.run(writes).await? == Ran::Done {
                return Ok(ending.len());
            }
        }
        Err(busy("sessions"))
    }

    /// Uses a session once: whether its rate limit lets the call through. `None` when it is no longer valid. One update in the
    /// ordinary case (see `buckets`).
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn admit(
        self,
        account: AccountId,
        id: SessionId,
        limit: Limit,
        now: Timestamp,
    ) -> Result<Option<Grant>, Failure> {
        // What is over is deleted late by the table: days may pass.
        let update = BucketUpdate {
            condition: Some("expires_at > :second"),
            sets: ", last_used_at = :used",
            values: vec![(":second", number(now.as_second())), (":used", text(now.to_string()))],
            by: None,
        };
        match self.store.limits().take(&keys::platform().session(account, id), &update, limit, now).await? {
            Taken::Gone => Ok(None),
            Taken::Told(grant, _) => Ok(Some(grant)),
        }
    }
}

fn subject(session: &Session) -> String {
    format!("session/{}", session.id)
}
