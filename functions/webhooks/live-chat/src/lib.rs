//! The chat widget: `POST /webhooks/live-chat` takes a message, `GET /webhooks/live-chat/{session}/messages?after=`
//! gives the replies since.
//!
//! The public widget key names the tenant; only its origins may use it, so often and no oftener (429). A session id is made up by the widget and known
//! to nobody else: whoever has it may read its replies, and nothing besides.

use connectors::{MAX_BODY_BYTES, live_chat};
use domain::Failure;
use domain::conversations::Message;
use domain::messaging::{Channel, Inbound, MessageRef, Source};
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, TrustedHops, body, client_address, correlation_id, header, json};
use runtime::queue::Queue;
use runtime::webhook;
use serde::Serialize;
use std::sync::Arc;
use store::{Key, Registration, Store};

/// What the function needs.
#[derive(Debug)]
pub struct LiveChat {
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
    message_id: &'a str,
    poll: String,
}

#[derive(Serialize)]
struct Replies {
    messages: Vec<Reply>,
    /// Give it as `after` next time.
    after: Option<String>,
}

#[derive(Serialize)]
struct Reply {
    id: String,
    text: String,
    at: jiff::Timestamp,
}

impl LiveChat {
    /// Answers one request.
    pub async fn handle(&self, request: &Request) -> HttpResponse {
        if webhook::is_preflight(request) {
            return webhook::preflight(request);
        }
        let rest = request.raw_http_path().strip_prefix("/webhooks/live-chat");
        let session = rest.and_then(|rest| rest.strip_prefix('/')).and_then(|rest| rest.strip_suffix("/messages"));
        let result = match (rest, session, request.method()) {
            (Some(""), _, &Method::POST) => self.take(request).await,
            (Some(""), _, _) => Err(webhook::method_not_allowed("POST")),
            (_, Some(session), &Method::GET) => self.replies(request, session).await,
            (_, Some(_), _) => Err(webhook::method_not_allowed("GET")),
            _ => Err(webhook::no_such_path()),
        };
        webhook::for_browser(request, webhook::respond(result))
    }

    async fn registration(&self, request: &Request, key: &str) -> Result<Arc<Registration>, Failure> {
        let registration =
            self.store.registry().resolve(Key::Widget(key)).await?.ok_or_else(|| Failure::not_found("widget_key"))?;
        webhook::check_origin(request, |origin| registration.allows(origin))?;
        Ok(registration)
    }

    async fn take(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let body = body(request, MAX_BODY_BYTES)?;
        let (widget_key, now) = (live_chat::widget_key(body)?, runtime::clock::now());
        let registration = self.registration(request, &widget_key).await?;
        let (key, from) = (Key::Widget(&widget_key), client_address(request, self.trusted_hops));
        self.store.limits().let_in(key, from.as_deref(), now).await?;
        let mut chat = live_chat::parse(body, &registration.region, now)?;
        let (id, session) = (chat.message.vendor_id, chat.session_id);
        // Two sites that number their messages alike are two sites.
        chat.message.vendor_id = key.scoped(&id);
        let tenant = registration.tenant.clone();
        let message = chat.message.into_inbound(tenant, Source::LiveChat, Channel::Chat, now, correlation_id(request));
        self.inbound.send(&message).await?;
        let poll = format!("/webhooks/live-chat/{session}/messages");
        json(&Accepted { status: "accepted", message_id: &id, poll })
    }

    async fn replies(&self, request: &Request, session: &str) -> Result<HttpResponse, Failure> {
        let parameters = request.query_string_parameters();
        let key = header(request, "x-widget-key").or_else(|| parameters.first("widget_key"));
        let key = key.ok_or_else(|| Failure::invalid("x-widget-key", "the header X-Widget-Key is missing"))?;
        let registration = self.registration(request, key).await?;
        let session = live_chat::session_id(session)?;
        let after = parameters.first("after").filter(|after| !after.is_empty());
        let after = after
            .map(MessageRef::parse)
            .transpose()
            .map_err(|_| Failure::invalid("after", "after must be the value that the poll before gave"))?;
        let messages = self.store.conversations().chat_replies(&registration.tenant, session, after.as_ref()).await?;
        let last = messages.last().map(|message| message.reference).or(after);
        let reply = |message: Message| Reply {
            id: message.reference.message.to_string(),
            text: message.text,
            at: message.reference.at,
        };
        json(&Replies { messages: messages.into_iter().map(reply).collect(), after: last.map(|last| last.to_string()) })
    }
}
