//! The person behind a caller: only people have accounts.

use api::Caller;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Credential, Role, Session};
use domain::ids::{AccountId, SessionId};
use store::Store;

/// Who, in which session, as what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) account: AccountId,
    pub(crate) id: SessionId,
    pub(crate) role: Role,
}

impl Person {
    /// The person who calls.
    ///
    /// # Errors
    /// 403 for an API key.
    pub(crate) fn of<R>(caller: &Caller<R>) -> Result<Self, Failure> {
        match caller.principal.credential {
            Credential::Session { account, session: id, role, .. } => Ok(Self { account, id, role }),
            Credential::ApiKey { .. } => {
                Err(Failure::rejected(Rejection::Forbidden, "only a person who signed in can do this"))
            }
        }
    }

    /// Their session.
    ///
    /// # Errors
    /// 401 when it was ended meanwhile.
    pub(crate) async fn session(&self, store: &Store) -> Result<Session, Failure> {
        let stored = store.sessions().get(self.account, self.id).await?;
        stored.map(|stored| stored.session).ok_or_else(Failure::unauthorized)
    }
}
