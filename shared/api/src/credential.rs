//! From what a request shows to whom it is.

use auth::access_tokens::{Refused, verify};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use domain::failure::Rejection;
use domain::identity::{Credential, KeyMode, Principal};
use domain::tenancy::{Plan, Tenant, TenantStatus};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Grant, Limit};

use crate::Guard;
use crate::browser::{ACCESS_COOKIE, cookie};

/// A request that was let in.
#[derive(Debug, Clone)]
pub(crate) struct Admitted {
    pub(crate) principal: Principal,
    /// The tenant's configuration; the platform has none.
    pub(crate) tenant: Option<Arc<Tenant>>,
    pub(crate) grant: Grant,
    /// Where the credential came as a cookie: the hash of the CSRF token that belongs to it, if it has one.
    pub(crate) cookie: Option<Option<String>>,
}

impl Guard {
    /// Who shows these headers, with one call to the table where the function is warm.
    ///
    /// # Errors
    /// 401 whatever is wrong with the credential, 403 where the tenant is closed.
    pub(crate) async fn admit(&self, headers: &HeaderMap, now: Timestamp) -> Result<Admitted, Failure> {
        let header = headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
        match header {
            Some(header) => {
                let bearer = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
                let token = bearer.map(|(_, token)| token.trim()).ok_or_else(Failure::unauthorized)?;
                if KeyMode::is_key(token) {
                    self.admit_key(token, now).await
                } else {
                    self.admit_token(token, false, now).await
                }
            }
            None => {
                let token = cookie(headers, ACCESS_COOKIE).ok_or_else(Failure::unauthorized)?;
                self.admit_token(token, true, now).await
            }
        }
    }

    async fn admit_key(&self, key: &str, now: Timestamp) -> Result<Admitted, Failure> {
        let found = self.store.api_keys().find(key).await?.ok_or_else(Failure::unauthorized)?;
        let tenant = self.open_tenant(&found.tenant).await?;
        let used = self.store.api_keys().admit(&found, limit(tenant.as_deref()), now).await?;
        let (grant, key) = used.ok_or_else(Failure::unauthorized)?;
        let credential = Credential::ApiKey { key: key.id, scopes: key.scopes, mode: key.mode };
        Ok(Admitted { principal: Principal { tenant: found.tenant.clone(), credential }, tenant, grant, cookie: None })
    }

    async fn admit_token(&self, token: &str, by_cookie: bool, now: Timestamp) -> Result<Admitted, Failure> {
        let keys = self.store.signing_keys().all(now).await?;
        let mut verified = verify(token, &keys, &self.issuer, now);
        if verified == Err(Refused::UnknownKey) {
            let keys = self.store.signing_keys().newest(now).await?;
            verified = verify(token, &keys, &self.issuer, now);
        }
        let claims = verified.map_err(|reason| {
            tracing::info!(%reason, "an access token was refused");
            Failure::unauthorized()
        })?;
        let tenant = self.open_tenant(&claims.tid).await?;
        if let Some(agency) = &claims.via {
            self.demand_open(agency).await?;
        }
        let used = self.store.sessions().admit(claims.sub, claims.sid, limit(tenant.as_deref()), now).await?;
        let grant = used.ok_or_else(Failure::unauthorized)?;
        let credential = Credential::Session {
            account: claims.sub,
            session: claims.sid,
            role: claims.role,
            enrolling: claims.enrolling,
        };
        let cookie = by_cookie.then_some(claims.csrf);
        Ok(Admitted { principal: Principal { tenant: claims.tid, credential }, tenant, grant, cookie })
    }

    /// Demands that an agency is open whose person looks after one of its tenants. As it is now: such calls are few.
    async fn demand_open(&self, agency: &TenantId) -> Result<(), Failure> {
        let found = self.store.tenants().find(agency).await?;
        let is_open = found.is_some_and(|agency| agency.value.status != TenantStatus::Closed);
        if is_open { Ok(()) } else { Err(Failure::unauthorized()) }
    }

    async fn open_tenant(&self, id: &TenantId) -> Result<Option<Arc<Tenant>>, Failure> {
        if id.is_platform() {
            return Ok(None);
        }
        // Erased since: whoever shows its credential is no one now.
        let tenant = self.store.tenants().known(id).await?.ok_or_else(Failure::unauthorized)?;
        if tenant.status == TenantStatus::Closed {
            return Err(Failure::rejected(Rejection::TenantClosed, "this tenant is closed"));
        }
        Ok(Some(tenant))
    }
}

/// How often one credential may call: the plan says it.
fn limit(tenant: Option<&Tenant>) -> Limit {
    let plan = tenant.map_or(Plan::Scale, |tenant| tenant.plan);
    Limit { per_minute: plan.requests_per_minute(), burst: plan.burst() }
}
