//! A form on the tenant's site: `POST /webhooks/web-form`, JSON or form-encoded.
//!
//! The public form key names the tenant. Only its origins may use it, at a limited rate (429). A robot that fills in the honeypot field
//! gets the same answer as everybody, and its form is dropped. A form that would make us write to an address or a country too often is
//! taken like every other, and marked so that nothing goes out by itself: staff see it. The answer is sent only after the message is on
//! the Inbound queue. A browser that posted the form itself gets a page ([`page`]), all others JSON.

mod bodies;
mod page;

use bodies::{Accepted, FormSubmission};
use connectors::{MAX_BODY_BYTES, web_form};
use domain::Failure;
use domain::messaging::{Inbound, Source};
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, TrustedHops, body, client_address, correlation_id, header, json};
use runtime::queue::Queue;
use runtime::webhook;
use store::{Key, Store};

/// What the function needs.
#[derive(Debug)]
pub struct WebForm {
    /// The table.
    pub store: Store,
    /// The Inbound queue.
    pub inbound: Queue<Inbound>,
    /// How many proxies are in front of the API.
    pub trusted_hops: TrustedHops,
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(take))]
struct Described;

/// What the OpenAPI document says of it.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    <Described as utoipa::OpenApi>::openapi()
}

impl WebForm {
    /// Answers one request.
    pub async fn handle(&self, request: &Request) -> HttpResponse {
        if webhook::is_preflight(request) {
            return webhook::preflight(request);
        }
        let taken = take(self, request).await;
        let failure = taken.as_ref().err().cloned();
        let mut answer = webhook::respond(taken);
        if page::is_wanted(request) {
            answer = page::of(request, &answer, failure.as_ref());
        }
        webhook::for_browser(request, answer)
    }
}

/// Submit a form
///
/// As JSON or as a browser posts it, which is shown a page in its language in place of this answer. The same `submission_id`, or without one the same content within ten minutes, is one submission.
#[utoipa::path(
    post, path = "/webhooks/web-form", tag = "site", operation_id = "submitForm",
    request_body(content((FormSubmission = "application/json"), (FormSubmission = "application/x-www-form-urlencoded"))),
    responses((status = 200, description = "It was accepted", body = Accepted)),
)]
async fn take(form: &WebForm, request: &Request) -> Result<HttpResponse, Failure> {
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
    let registration = form.store.registry().resolve(key).await?.ok_or_else(|| Failure::not_found("form_key"))?;
    webhook::check_origin(request, |origin| registration.allows(origin))?;
    form.store.limits().let_in(key, client_address(request, form.trusted_hops).as_deref(), now).await?;
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
        let withheld = form.store.limits().withheld(key, &registration, &message).await?;
        form.inbound.send(&Inbound { text_consent: submission.consent, withheld, ..message }).await?;
    }
    json(&Accepted { status: "accepted", submission_id: id })
}
