//! The chat widget: `POST /webhooks/live-chat` takes a message, `GET /webhooks/live-chat/messages?after=` gives the replies
//! since, and without `after` the last messages of both sides.
//!
//! The public widget key names the tenant; only its origins may use it, so often and no oftener (429). A session id is made up by the widget and known
//! to nobody else: whoever has it may read what was said in it, and nothing besides. So it comes in the header `x-chat-session`,
//! because addresses get into logs. `GET /webhooks/live-chat/{session}/messages` is for programs that put it there: it gives
//! replies alone, whatever `after` is, for such a session may be one that is easy to guess.

use connectors::{MAX_BODY_BYTES, live_chat};
use domain::Failure;
use domain::conversations::{Message, Role};
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
    /// Who wrote it: `customer`, `assistant` or `staff`.
    from: Role,
    /// The id that the widget gave it (customer only).
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
}

impl Reply {
    fn of(message: Message, session: &str) -> Self {
        // Stored behind the key and the session that it is of.
        let given = message.vendor_id.filter(|_| message.role == Role::Customer);
        let given = given.and_then(|id| Some(id.split_once(&format!(":{session}:"))?.1.to_owned()));
        Self {
            id: message.reference.message.to_string(),
            text: message.text,
            at: message.reference.at,
            from: message.role,
            message_id: given,
        }
    }
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
            (Some("/messages"), _, &Method::GET) => self.messages(request).await,
            (_, Some(session), &Method::GET) => self.replies(request, session).await,
            (Some("/messages"), _, _) | (_, Some(_), _) => Err(webhook::method_not_allowed("GET")),
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

    async fn messages(&self, request: &Request) -> Result<HttpResponse, Failure> {
        let session = header(request, "x-chat-session")
            .ok_or_else(|| Failure::invalid("x-chat-session", "the header X-Chat-Session is missing"))?;
        let registration = self.polled(request).await?;
        let session = live_chat::secret_session_id(session)?;
        match after(request)? {
            Some(after) => self.replies_after(&registration, session, Some(after)).await,
            None => {
                let history = self.store.conversations().chat_history(&registration.tenant, session).await?;
                page(history.messages, history.after, session)
            }
        }
    }

    async fn replies(&self, request: &Request, session: &str) -> Result<HttpResponse, Failure> {
        let registration = self.polled(request).await?;
        let session = live_chat::session_id(session)?;
        self.replies_after(&registration, session, after(request)?).await
    }

    async fn replies_after(
        &self,
        registration: &Registration,
        session: &str,
        after: Option<MessageRef>,
    ) -> Result<HttpResponse, Failure> {
        let messages = self.store.conversations().chat_replies(&registration.tenant, session, after.as_ref()).await?;
        let last = messages.last().map(|message| message.reference).or(after);
        page(messages, last, session)
    }

    /// The tenant of the key that a poll carries.
    async fn polled(&self, request: &Request) -> Result<Arc<Registration>, Failure> {
        let parameters = request.query_string_parameters();
        let key = header(request, "x-widget-key").or_else(|| parameters.first("widget_key"));
        let key = key.ok_or_else(|| Failure::invalid("x-widget-key", "the header X-Widget-Key is missing"))?;
        self.registration(request, key).await
    }
}

/// Where the poll before ended.
fn after(request: &Request) -> Result<Option<MessageRef>, Failure> {
    let parameters = request.query_string_parameters();
    let after = parameters.first("after").filter(|after| !after.is_empty());
    after
        .map(MessageRef::parse)
        .transpose()
        .map_err(|_| Failure::invalid("after", "after must be the value that the poll before gave"))
}

fn page(messages: Vec<Message>, after: Option<MessageRef>, session: &str) -> Result<HttpResponse, Failure> {
    let messages = messages.into_iter().map(|message| Reply::of(message, session)).collect();
    json(&Replies { messages, after: after.map(|after| after.to_string()) })
}
