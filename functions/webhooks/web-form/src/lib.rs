//! A form on the tenant's site: `POST /webhooks/web-form`, JSON or form-encoded.
//!
//! The public form key names the tenant; only its origins may use it, so often and no oftener (429). A robot that fills in
//! the honeypot field gets the same answer as everybody and is forgotten. A form that would make us write to an address or a
//! country too often is taken like every other, and marked so that nothing goes out by itself: staff see it. Answered only
//! after the message is on the Inbound queue.

use connectors::{MAX_BODY_BYTES, web_form};
use domain::Failure;
use domain::messaging::{Inbound, Source};
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, TrustedHops, body, client_address, correlation_id, header, json};
use runtime::queue::Queue;
use runtime::webhook;
use serde::Serialize;
use store::{Key, Store};

/// What the function needs.
#[derive(Debug)]
pub struct WebForm {
    /// The table.
    pub store: Store,
    /// The Inbound queue.
    pub inbound: Queue<Inbound>,
    /// How many proxies stand before the API.
    pub trusted_hops: TrustedHops,
}

#[derive(Serialize)]
struct Accepted<'a> {
    status: &'static str,
    submission_id: &'a str,
}

impl WebForm {
    /// Answers one request.
    pub async fn handle(&self, request: &Request) -> HttpResponse {
        if webhook::is_preflight(request) {
            return webhook::preflight(request);
        }
        webhook::for_browser(request, webhook::respond(self.take(request).await))
    }

    async fn take(&self, request: &Request) -> Result<HttpResponse, Failure> {
        if request.raw_http_path() != "/webhooks/web-form" {
            return Err(webhook::no_such_path());
        }
        if request.method() != Method::POST {
            return Err(webhook::method_not_allowed("POST"));
        }
        let body = body(request, MAX_BODY_BYTES)?;
        let content_type = header(request, "content-type");
        let key = web_form::form_key(body, content_type)?;
        let key = header(request, "x-form-key").or(key.as_deref());
        let key = key.ok_or_else(|| Failure::invalid("form_key", "form_key is missing: copy it from your settings"))?;
        let (key, now) = (Key::Form(key), runtime::clock::now());
        let registration = self.store.registry().resolve(key).await?.ok_or_else(|| Failure::not_found("form_key"))?;
        webhook::check_origin(request, |origin| registration.allows(origin))?;
        self.store.limits().let_in(key, client_address(request, self.trusted_hops).as_deref(), now).await?;
        let submission = web_form::parse(body, content_type, &registration.region, now)?;
        let wording = registration.consent_wording.as_deref();
        let submission = submission.under(wording, header(request, "referer"), now);
        let id = submission.message.vendor_id.clone();
        if submission.honeypot_filled {
            tracing::info!(tenant = %registration.tenant, "a robot filled in the form");
        } else {
            let (tenant, correlation_id) = (registration.tenant.clone(), correlation_id(request));
            let mut message = submission.message;
            message.vendor_id = key.scoped(&id);
            let message = message.into_inbound(tenant, Source::WebForm, submission.channel, now, correlation_id);
            let withheld = self.store.limits().withheld(key, &registration, &message).await?;
            self.inbound.send(&Inbound { text_consent: submission.consent, withheld, ..message }).await?;
        }
        json(&Accepted { status: "accepted", submission_id: &id })
    }
}
