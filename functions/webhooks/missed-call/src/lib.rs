//! A call that no one took: `POST /webhooks/missed-call`, from Twilio or any telephone system that can post JSON.
//!
//! Twilio's voice status callbacks are signed with the tenant's auth token; other systems show the tenant's secret call
//! key. The caller is texted back by SMS, or by WhatsApp where the tenant or the request says so and a template is approved
//! for it. A call that was answered is 200 and nothing more; one of a caller who hides their number is kept and gets no text.

use connectors::parsed::{Parsed, Received, Unanswerable};
use connectors::twilio::{self, EMPTY_TWIML};
use connectors::{MAX_BODY_BYTES, missed_call};
use domain::messaging::{Channel, Inbound, Source};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, body, correlation_id, header, json, public_url, reply};
use runtime::queue::Queue;
use runtime::webhook;
use serde::Serialize;
use store::{Credential, Key, Registration, Store};

/// What the function needs.
#[derive(Debug)]
pub struct MissedCall {
    /// The table.
    pub store: Store,
    /// The Inbound queue.
    pub inbound: Queue<Inbound>,
    /// The address that Twilio calls, where it is not the gateway's own.
    pub public_url: Option<String>,
}

#[derive(Serialize)]
struct Accepted<'a> {
    status: &'static str,
    call_id: &'a str,
}

impl MissedCall {
    /// Answers one request.
    pub async fn handle(&self, request: &Request) -> HttpResponse {
        let is_json = header(request, "content-type").is_some_and(|kind| kind.starts_with("application/json"));
        let result = match (request.raw_http_path(), request.method()) {
            ("/webhooks/missed-call", &Method::POST) if is_json => self.by_key(request).await,
            ("/webhooks/missed-call", &Method::POST) => self.by_twilio(request).await,
            ("/webhooks/missed-call", _) => Err(webhook::method_not_allowed("POST")),
            _ => Err(webhook::no_such_path()),
        };
        webhook::respond(result)
    }

    async fn by_key(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let body = body(request, MAX_BODY_BYTES)?;
        let key = missed_call::call_key(body)?;
        let (key, now) = (Key::Call(&key), runtime::clock::now());
        let registration = self.store.registry().resolve(key).await?.ok_or_else(|| Failure::not_found("call_key"))?;
        let call = match missed_call::parse(body, &registration.region, now)? {
            Received::Message(call) => call,
            Received::Unanswerable(kept) => {
                let scoped = Unanswerable { vendor_id: key.scoped(&kept.vendor_id), ..kept.clone() };
                self.keep(&registration.tenant, &scoped, request).await?;
                return json(&Accepted { status: "accepted", call_id: &kept.vendor_id });
            }
        };
        let channel = self.store.tenants().get(&registration.tenant).await?.answers_calls_on(call.channel);
        let id = call.message.vendor_id.clone();
        let mut message = call.message;
        message.vendor_id = key.scoped(&id);
        self.take(request, (key, &registration), message, channel, now).await?;
        json(&Accepted { status: "accepted", call_id: &id })
    }

    async fn by_twilio(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let body = body(request, MAX_BODY_BYTES)?;
        let signature = header(request, "x-twilio-signature").ok_or_else(Failure::unauthorized)?;
        let owner = twilio::account_and_number(body)?;
        let number = owner.number.ok_or_else(|| Failure::not_found("number"))?;
        let key = Key::TwilioNumber(&owner.account_sid, number.as_str());
        let registration = self.store.registry().resolve(key).await?.ok_or_else(|| Failure::not_found("number"))?;
        let tenant = registration.tenant.clone();
        let token = self
            .store
            .credentials()
            .get(&tenant, Credential::TwilioAuthToken)
            .await?
            .ok_or_else(Failure::unauthorized)?;
        let url = public_url(request, self.public_url.as_deref());
        twilio::verify(&token, Some(signature), &url, body, header(request, "content-type"))?;
        match twilio::parse_call(body)? {
            Some(Received::Message(call)) => {
                let now = runtime::clock::now();
                let channel = self.store.tenants().get(&tenant).await?.answers_calls_on(None);
                self.take(request, (key, &registration), call.message, channel, now).await?;
            }
            Some(Received::Unanswerable(kept)) => self.keep(&tenant, &kept, request).await?,
            None => {}
        }
        Ok(reply(200, "text/xml", EMPTY_TWIML))
    }

    async fn keep(&self, tenant: &TenantId, kept: &Unanswerable, request: &Request) -> Result<(), Failure> {
        tracing::info!(%tenant, unanswerable = 1, "a call from a hidden number cannot be answered");
        let from = (kept.vendor_id.as_str(), kept.sender.as_str());
        let now = runtime::clock::now();
        self.store
            .conversations()
            .keep_unanswerable(tenant, Source::MissedCall, from, correlation_id(request), now)
            .await
    }

    /// Takes a call, and says whether it is texted back by itself: someone who tries three times in a row is texted once.
    async fn take(
        &self,
        request: &Request,
        (key, registration): (Key<'_>, &Registration),
        call: Parsed,
        channel: Channel,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let (tenant, correlation_id) = (registration.tenant.clone(), correlation_id(request));
        let message = call.into_inbound(tenant, Source::MissedCall, channel, now, correlation_id);
        let withheld = self.store.limits().withheld(key, registration, &message).await?;
        self.inbound.send(&Inbound { withheld, ..message }).await
    }
}
