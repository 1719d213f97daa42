//! Twilio SMS: `POST /webhooks/sms` is a message, `POST /webhooks/sms/status` what became of one of ours.
//!
//! Account and number lead to the tenant, whose auth token must have signed the public URL and the parameters. STOP and
//! START take effect before the answer, on everything that is queued already. The answer is empty TwiML: replies go out
//! through the outbox like all others. What comes from a short code or a name is kept and gets no reply.

use connectors::MAX_BODY_BYTES;
use connectors::parsed::Received;
use connectors::twilio::{self, EMPTY_TWIML};
use domain::Failure;
use domain::messaging::{Channel, Inbound, Source};
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, body, correlation_id, header, public_url, raw_query, reply};
use runtime::queue::Queue;
use runtime::webhook;
use std::sync::Arc;
use store::{Credential, Key, Registration, Store};

/// What the function needs.
#[derive(Debug)]
pub struct Sms {
    /// The table.
    pub store: Store,
    /// The Inbound queue.
    pub inbound: Queue<Inbound>,
    /// The address that Twilio calls, where it is not the gateway's own.
    pub public_url: Option<String>,
}

impl Sms {
    /// Answers one request.
    pub async fn handle(&self, request: &Request) -> HttpResponse {
        let result = match (request.raw_http_path(), request.method()) {
            ("/webhooks/sms", &Method::POST) => self.message(request).await,
            ("/webhooks/sms/status", &Method::POST) => self.status(request).await,
            ("/webhooks/sms" | "/webhooks/sms/status", _) => Err(webhook::method_not_allowed("POST")),
            _ => Err(webhook::no_such_path()),
        };
        webhook::respond(result)
    }

    async fn message(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let body = body(request, MAX_BODY_BYTES)?;
        let registration = self.verified(request, body).await?;
        let (now, tenant) = (runtime::clock::now(), registration.tenant.clone());
        let delivery = match twilio::parse_sms(body)? {
            Received::Message(delivery) => delivery,
            Received::Unanswerable(kept) => {
                tracing::info!(%tenant, unanswerable = 1, "a message from a sender that cannot be answered");
                let from = (kept.vendor_id.as_str(), kept.sender.as_str());
                self.store
                    .conversations()
                    .keep_unanswerable(&tenant, Source::Sms, from, correlation_id(request), now)
                    .await?;
                return Ok(reply(200, "text/xml", EMPTY_TWIML));
            }
        };
        // WhatsApp that Twilio carries is answered over WhatsApp.
        let channel = if delivery.over_whatsapp { Channel::Whatsapp } else { Channel::Sms };
        let message = delivery.message.into_inbound(tenant, Source::Sms, channel, now, correlation_id(request));
        self.store.suppressions().apply_opt_out(&message).await?;
        self.inbound.send(&message).await?;
        Ok(reply(200, "text/xml", EMPTY_TWIML))
    }

    async fn status(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let body = body(request, MAX_BODY_BYTES)?;
        let registration = self.verified(request, body).await?;
        if let Some(delivery) = twilio::parse_status(body, raw_query(request))? {
            self.store.deliveries().apply_status(&registration.tenant, &delivery.update, runtime::clock::now()).await?;
        }
        Ok(reply(200, "text/xml", EMPTY_TWIML))
    }

    async fn verified(&self, request: &Request, body: &[u8]) -> Result<Arc<Registration>, Failure> {
        let signature = header(request, "x-twilio-signature").ok_or_else(Failure::unauthorized)?;
        let owner = twilio::account_and_number(body)?;
        let number = owner.number.ok_or_else(|| Failure::not_found("number"))?;
        let key = Key::TwilioNumber(&owner.account_sid, number.as_str());
        let registration = self.store.registry().resolve(key).await?.ok_or_else(|| Failure::not_found("number"))?;
        let token = self.store.credentials().get(&registration.tenant, Credential::TwilioAuthToken).await?;
        let token = token.ok_or_else(|| {
            tracing::error!(tenant = %registration.tenant, "no Twilio auth token is stored: its deliveries are refused");
            Failure::unauthorized()
        })?;
        let url = public_url(request, self.public_url.as_deref());
        twilio::verify(&token, Some(signature), &url, body, header(request, "content-type")).map_err(|reason| {
            tracing::warn!(tenant = %registration.tenant, %reason, "a delivery was refused");
            Failure::from(reason)
        })?;
        Ok(registration)
    }
}
