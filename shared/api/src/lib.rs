//! What the tenant-facing API functions share: the guard that every request comes through, and the shape of what goes in
//! and out.
//!
//! The guard ([`serve`]) turns a credential into a [`Principal`](domain::identity::Principal), takes a token of its rate
//! limit, checks the browser's origin, and sees to it that a POST with an `Idempotency-Key` happens once. A handler says
//! in its signature what it demands, as [`Caller`]`<`[`may::ReadLeads`](domain::identity::may::ReadLeads)`>`; the tenant it
//! acts for comes out of that and out of nowhere else. Every refusal is a problem of RFC 9457.

mod app_state;
mod browser;
mod caller;
mod credential;
#[expect(clippy::indexing_slicing, reason = "a document is an object, and a key that JSON lacks reads as null")]
mod document;
#[expect(clippy::indexing_slicing, reason = "a key that JSON lacks reads as null")]
mod example;
mod expand;
mod extractors;
mod guard;
mod idempotency;
mod parameters;
mod reach;
mod request_log;
mod resource;
mod responses;
#[expect(clippy::indexing_slicing, reason = "a schema is an object, and a key that JSON lacks reads as null")]
mod schemas;

pub use app_state::AppState;
pub use browser::{ACCESS_COOKIE, CSRF_HEADER, cookie};
pub use caller::{Caller, address, trace_of};
pub use document::document;
pub use expand::{Expand, Expandable, Expanded};
pub use extractors::{IfMatch, JsonBody, MAX_BODY_BYTES, PageQuery, Parameters, correlation_id, flag, page_size};
pub use guard::{Guard, serve, serve_open_pages, serve_pages};
pub use reach::Changed;
pub use resource::{Editable, Resource};
pub use responses::{
    ApiError, Created, HoldsLink, HoldsSecret, Tagged, no_such_address, no_such_method, rate_limit_headers,
    rate_limited,
};
