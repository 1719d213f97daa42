//! Who calls, as a handler's argument: it says what it demands, and gets the tenant to act for.

use axum::extract::{FromRequestParts, Request};
use axum::http::Extensions;
use axum::http::request::Parts;
use domain::Failure;
use domain::identity::{Actor, Principal, Right};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use lambda_http::request::RequestContext;
use runtime::http::TrustedHops;
use std::marker::PhantomData;
use std::sync::Arc;
use store::Trace;

use crate::credential::Admitted;
use crate::extractors::request_id;
use crate::idempotency::Cause;
use crate::{ApiError, correlation_id};

/// Who calls, and may do `R`.
#[derive(Debug, Clone)]
pub struct Caller<R> {
    /// Who, and for which tenant.
    pub principal: Principal,
    /// Who, when and from where, for the audit record.
    pub trace: Trace,
    /// What the ids of new things are derived from: the `Idempotency-Key` within its credential and path, else the request.
    pub cause: String,
    tenant: Option<Arc<Tenant>>,
    right: PhantomData<fn() -> R>,
}

impl<R> Caller<R> {
    /// The tenant's configuration, as warm functions remember it.
    ///
    /// # Errors
    /// 404 for the platform, which is no business.
    pub fn tenant(&self) -> Result<&Arc<Tenant>, Failure> {
        self.tenant.as_ref().ok_or_else(|| Failure::not_found("tenant"))
    }
}

impl<R: Right, S: Send + Sync> FromRequestParts<S> for Caller<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        // A route that is not behind the guard has no caller: it is refused, not served.
        let admitted = parts.extensions.get::<Admitted>().ok_or_else(Failure::unauthorized)?;
        admitted.principal.demand(R::PERMISSION)?;
        let cause = parts.extensions.get::<Cause>().map_or_else(String::new, |cause| cause.0.clone());
        let mut trace = trace_of(parts, admitted.principal.actor(), runtime::clock::now());
        // Whatever a test key causes is told by it, and goes nowhere.
        trace.correlation_id = admitted.principal.mode().mark(trace.correlation_id);
        let Admitted { principal, tenant, .. } = admitted.clone();
        Ok(Self { principal, trace, cause, tenant, right: PhantomData })
    }
}

/// Who did something, when and from where, for a request that no one has to be known for.
#[must_use]
pub fn trace_of(parts: &Parts, actor: Actor, at: Timestamp) -> Trace {
    let correlation_id = match correlation_id(&parts.headers) {
        id if id.is_empty() => request_id(&parts.extensions),
        id => id,
    };
    Trace { actor, at, address: address(&parts.extensions), correlation_id }
}

/// The network address that a request came from, as the gateway, or the trusted proxies before it, saw it.
#[must_use]
pub fn address(extensions: &Extensions) -> Option<String> {
    extensions.get::<ClientAddress>().map(|address| address.0.clone())
}

/// The network address in a request's extensions.
#[derive(Debug, Clone)]
pub(crate) struct ClientAddress(pub(crate) String);

/// Reads it, behind so many trusted proxies.
pub(crate) fn client_address(request: &Request, hops: TrustedHops) -> Option<String> {
    let peer = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref(),
        _ => None,
    };
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    hops.client(peer, forwarded).map(ToOwned::to_owned)
}
