//! Who looks at a page: their rights, their language, their business's zone.

use api::{ApiError, Caller};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::Failure;
use domain::identity::{Permission, Right, may};
use domain::ids::AccountId;
use domain::tenancy::Tenant;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

use crate::words::{self, Words};

/// Who looks at a page, and may do `R`.
#[derive(Debug)]
pub(crate) struct View<R> {
    /// Who.
    pub(crate) caller: Caller<R>,
    /// Their business.
    pub(crate) tenant: Arc<Tenant>,
    /// The language they read.
    pub(crate) words: &'static Words,
    /// Their business's.
    pub(crate) zone: TimeZone,
}

impl<R> View<R> {
    /// When they look (UTC).
    pub(crate) fn now(&self) -> Timestamp {
        self.caller.trace.at
    }

    /// Their account; programs have none.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.caller.trace.actor.account()
    }

    /// Whether they may do that too.
    pub(crate) fn permits(&self, permission: Permission) -> bool {
        self.caller.principal.permits(permission)
    }
}

impl<R: Right, S: Send + Sync> FromRequestParts<S> for View<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let caller = Caller::<R>::from_request_parts(parts, state).await?;
        let tenant = Arc::clone(caller.tenant()?);
        let zone =
            TimeZone::get(&tenant.zone).map_err(|error| Failure::Permanent(format!("a tenant's zone: {error}")))?;
        Ok(Self { caller, tenant, words: words::accepted(&parts.headers), zone })
    }
}

/// Who runs the platform, and so has no business.
#[derive(Debug)]
pub(crate) struct Operator {
    /// The language they read.
    pub(crate) words: &'static Words,
}

impl<S: Send + Sync> FromRequestParts<S> for Operator {
    type Rejection = ApiError;

    /// # Errors
    /// 404 for everyone else: there is no such page for them; 403 before a second factor is set up.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let caller = Caller::<may::OwnAccount>::from_request_parts(parts, state).await?;
        if !caller.principal.runs_the_platform() {
            return Err(Failure::not_found("page").into());
        }
        caller.principal.demand(Permission::WriteTenants)?;
        Ok(Self { words: words::accepted(&parts.headers) })
    }
}
