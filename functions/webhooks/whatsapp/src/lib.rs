//! WhatsApp: `GET /webhooks/whatsapp` is Meta's challenge, `POST` a delivery.
//!
//! A delivery names phone-number ids; each leads to a tenant, and the tenant's app secret must have signed the raw body.
//! That is checked for every number, because one delivery may name several: a body signed by one tenant's app never
//! brings messages to another tenant. Numbers that no one registered are passed over; if no number is known the answer
//! is 404, if none of the known ones accepts the signature it is 401. Statuses change the sent message before the 200, and
//! STOP and START take effect before it, on everything that is queued already.

use connectors::{MAX_BODY_BYTES, meta};
use domain::messaging::{Channel, Inbound, Source};
use domain::{Failure, TenantId};
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, body, correlation_id, header, raw_query, reply};
use runtime::queue::Queue;
use runtime::webhook;
use store::{Credential, Key, Store};

const SIGNATURE: &str = "x-hub-signature-256";

/// What the function needs.
#[derive(Debug)]
pub struct Whatsapp {
    /// The table.
    pub store: Store,
    /// The Inbound queue.
    pub inbound: Queue<Inbound>,
}

/// Whose number a delivery names.
enum Owner {
    Nobody,
    WrongSignature,
    Verified(TenantId),
}

impl Whatsapp {
    /// Answers one request.
    pub async fn handle(&self, request: &Request) -> HttpResponse {
        let result = match (request.raw_http_path(), request.method()) {
            ("/webhooks/whatsapp", &Method::GET) => self.challenge(request).await,
            ("/webhooks/whatsapp", &Method::POST) => self.deliver(request).await,
            ("/webhooks/whatsapp", _) => Err(webhook::method_not_allowed("GET and POST")),
            _ => Err(webhook::no_such_path()),
        };
        webhook::respond(result)
    }

    /// The verify token is found by its hash, so that comparing it takes the same time whatever it is.
    async fn challenge(&self, request: &Request) -> Result<HttpResponse, Failure> {
        use secrecy::ExposeSecret as _;
        let asked = meta::challenge(raw_query(request))?;
        let known = self.store.registry().resolve(Key::MetaVerifyToken(asked.verify_token.expose_secret())).await?;
        known.ok_or_else(Failure::unauthorized)?;
        Ok(reply(200, "text/plain", asked.challenge))
    }

    async fn deliver(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let body = body(request, MAX_BODY_BYTES)?;
        let signature = header(request, SIGNATURE).ok_or_else(Failure::unauthorized)?;
        let changes = meta::parse(body)?;
        let (mut accepted, mut refused, mut unknown) = (Vec::new(), 0, 0);
        for change in changes {
            match self.owner(&change.phone_number_id, signature, body).await? {
                Owner::Verified(tenant) => accepted.push((tenant, change)),
                Owner::WrongSignature => refused += 1,
                Owner::Nobody => unknown += 1,
            }
        }
        if accepted.is_empty() && refused > 0 {
            return Err(Failure::unauthorized());
        }
        if accepted.is_empty() && unknown > 0 {
            return Err(Failure::not_found("phone_number_id"));
        }
        if refused + unknown > 0 {
            tracing::warn!(refused, unknown, "part of a delivery was not for us");
        }
        self.store_all(accepted, &correlation_id(request)).await?;
        Ok(reply(200, "text/plain", ""))
    }

    async fn owner(&self, phone_number_id: &str, signature: &str, body: &[u8]) -> Result<Owner, Failure> {
        let Some(registration) = self.store.registry().resolve(Key::WhatsappNumber(phone_number_id)).await? else {
            return Ok(Owner::Nobody);
        };
        let tenant = registration.tenant.clone();
        let Some(secret) = self.store.credentials().get(&tenant, Credential::MetaAppSecret).await? else {
            tracing::error!(%tenant, "no Meta app secret is stored: its deliveries are refused");
            return Ok(Owner::WrongSignature);
        };
        match meta::verify(&secret, Some(signature), body) {
            Ok(()) => Ok(Owner::Verified(tenant)),
            Err(reason) => {
                tracing::warn!(%tenant, %reason, "a delivery was refused");
                Ok(Owner::WrongSignature)
            }
        }
    }

    async fn store_all(&self, accepted: Vec<(TenantId, meta::Change)>, correlation_id: &str) -> Result<(), Failure> {
        let now = runtime::clock::now();
        let mut messages = Vec::new();
        for (tenant, change) in accepted {
            for status in &change.statuses {
                self.store.deliveries().apply_status(&tenant, status, now).await?;
            }
            let inbound = |parsed: connectors::parsed::Parsed| {
                parsed.into_inbound(tenant.clone(), Source::Whatsapp, Channel::Whatsapp, now, correlation_id.to_owned())
            };
            messages.extend(change.messages.into_iter().map(inbound));
        }
        for message in &messages {
            self.store.suppressions().apply_opt_out(message).await?;
        }
        self.inbound.send_all(&messages).await
    }
}
