//! The log of requests to the API: written once each, gone after two weeks.

use domain::identity::LoggedRequest;
use domain::identity::request_log::is_request_id;
use domain::{Failure, TenantId};
use jiff::SignedDuration;

use crate::RequestLog;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, number, readable, to_item};
use crate::table::keys;
use crate::table::lists::Page;

/// How long a request is known.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

const LOGGED: &str = "request_log";

fn item(tenant: &TenantId, request: &LoggedRequest) -> Result<Item, Failure> {
    let mut item = to_item(LOGGED, &keys::of(tenant).logged_request(&request.id), request)?;
    let until = request.at.saturating_add(KEPT_FOR).unwrap_or(request.at);
    item.insert("expires_at".to_owned(), number(until.as_second()));
    Ok(item)
}

impl RequestLog<'_> {
    /// Notes a request. Again, it is the same.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note(self, tenant: &TenantId, request: &LoggedRequest) -> Result<(), Failure> {
        let put = self.store.put_item(item(tenant, request)?);
        put.send().await.map_err(|error| failure("request log", &error))?;
        Ok(())
    }

    /// A tenant's requests, newest first; `failed`: only those that were refused or failed, so that a page may be short.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        failed: bool,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<LoggedRequest>, Failure> {
        let partition = keys::of(tenant).logged_request("").pk;
        let (items, cursor) = self.store.page_of(&partition, "", false, limit, cursor).await?;
        let mut requests: Vec<LoggedRequest> = readable(LOGGED, &items);
        requests.retain(|request| !failed || request.status >= 400);
        Ok(Page { items: requests, cursor })
    }

    /// One request.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: &str) -> Result<LoggedRequest, Failure> {
        let missing = || Failure::not_found("request");
        if !is_request_id(id) {
            return Err(missing());
        }
        let item = self.store.item(LOGGED, &keys::of(tenant).logged_request(id)).await?;
        from_item(LOGGED, &item.ok_or_else(missing)?)
    }
}
