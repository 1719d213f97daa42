//! The chat widget: `POST /webhooks/live-chat` takes a message. `GET /webhooks/live-chat/messages?after=` gives the replies since then,
//! and without `after` the last messages of both sides; with `wait` it is held until there are any ([`waiting`]).
//!
//! `POST /webhooks/live-chat/files` takes a photo or another file that a message then names: what it is says its content, and it goes as
//! it came, so that a Lambda's 6 MB hold 4 MB of it in base64.
//!
//! The public widget key names the tenant. Only its origins may use it, at a limited rate (429). The widget makes up a session id, which
//! no one else knows. Whoever has it may read what was said in that session, and nothing else. So it comes in the header
//! `x-chat-session`, because addresses get into logs. `GET /webhooks/live-chat/{session}/messages` is for programs that put it into the
//! address. It gives replies alone, whatever `after` is, because such a session may be easy to guess.

mod bodies;
mod waiting;

use bodies::{Accepted, ChatMessage, Entries, Entry, Uploaded};
use connectors::{MAX_BODY_BYTES, live_chat};
use domain::conversations::Message;
use domain::conversations::sent_files::kind_of;
use domain::ids::UploadId;
use domain::messaging::{Channel, Inbound, MessageRef, Source};
use domain::{Failure, TenantId};
use files::{Files, Prefix};
use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _};
use runtime::http::{HttpResponse, TrustedHops, body, client_address, correlation_id, header, json};
use runtime::queue::Queue;
use runtime::webhook;
use std::sync::Arc;
use store::{Key, Registration, Store};
use waiting::{Wait, Waited};

/// The largest file of a visitor's, in bytes.
const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// What the function needs.
#[derive(Debug)]
pub struct LiveChat {
    /// The table.
    pub store: Store,
    /// The Inbound queue.
    pub inbound: Queue<Inbound>,
    /// The bucket.
    pub files: Files,
    /// How many proxies are in front of the API.
    pub trusted_hops: TrustedHops,
    /// So many requests are held at once, whoever asks; 0: all are answered at once.
    pub most_held: u32,
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(take, upload, messages, replies))]
struct Described;

/// What the OpenAPI document says of it.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    <Described as utoipa::OpenApi>::openapi()
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
            (Some(""), _, &Method::POST) => take(self, request).await,
            (Some("/files"), _, &Method::POST) => upload(self, request).await,
            (Some("" | "/files"), _, _) => Err(webhook::method_not_allowed("POST")),
            (Some("/messages"), _, &Method::GET) => messages(self, request).await,
            (_, Some(session), &Method::GET) => replies(self, request, session).await,
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

    async fn replies_after(
        &self,
        registration: &Registration,
        session: &str,
        after: Option<MessageRef>,
    ) -> Result<Entries, Failure> {
        let messages = self.store.conversations().chat_replies(&registration.tenant, session, after.as_ref()).await?;
        let last = messages.last().map(|message| message.reference).or(after);
        Ok(page(&registration.tenant, messages, last, session))
    }

    /// The key that a poll carries, and its tenant.
    async fn polled(&self, request: &Request) -> Result<(String, Arc<Registration>), Failure> {
        let key = widget_key(request)?;
        let registration = self.registration(request, &key).await?;
        let from = client_address(request, self.trusted_hops);
        self.store.limits().let_poll(Key::Widget(&key), from.as_deref(), runtime::clock::now()).await?;
        Ok((key, registration))
    }
}

/// Send a message
///
/// The same `message_id` again is the same message. The answer says that it is kept; replies come by polling.
#[utoipa::path(
    post, path = "/webhooks/live-chat", tag = "site", operation_id = "sendChatMessage",
    request_body = ChatMessage,
    responses((status = 200, description = "It was accepted", body = Accepted)),
)]
async fn take(chat: &LiveChat, request: &Request) -> Result<HttpResponse, Failure> {
    let body = body(request, MAX_BODY_BYTES)?;
    let (widget_key, now) = (live_chat::widget_key(body)?, runtime::clock::now());
    let registration = chat.registration(request, &widget_key).await?;
    let (key, from) = (Key::Widget(&widget_key), client_address(request, chat.trusted_hops));
    chat.store.limits().let_in(key, from.as_deref(), now).await?;
    let mut said = live_chat::parse(body, &registration.region, now)?;
    let (id, session) = (said.message.vendor_id, said.session_id);
    // Two sites that number their messages alike are two sites.
    said.message.vendor_id = key.scoped(&id);
    let tenant = registration.tenant.clone();
    let message = said.message.into_inbound(tenant, Source::LiveChat, Channel::Chat, now, correlation_id(request));
    chat.inbound.send(&message).await?;
    let poll = format!("/webhooks/live-chat/{session}/messages");
    json(&Accepted { status: "accepted", message_id: id, poll })
}

/// Send a file
///
/// A JPEG or PNG picture, a PDF or an MP4 film of at most 4 MB, told by its first bytes. A message of the same session that says `file` as it is
/// answered here brings it to the team; one that no message names is gone in a week.
#[utoipa::path(
    post, path = "/webhooks/live-chat/files", tag = "site", operation_id = "sendChatFile",
    params(
        ("x-widget-key" = String, Header, description = "The public key of the site"),
        ("x-chat-session" = String, Header, description = "The session, of 128 random bits or more", pattern = "^[A-Za-z0-9_-]{22,64}$"),
    ),
    request_body(content = [u8], content_type = "application/octet-stream"),
    responses((status = 200, description = "It was taken", body = Uploaded)),
)]
async fn upload(chat: &LiveChat, request: &Request) -> Result<HttpResponse, Failure> {
    let content = body(request, MAX_FILE_BYTES)?;
    let (key, session) = (widget_key(request)?, session_of(request)?);
    let (registration, now) = (chat.registration(request, &key).await?, runtime::clock::now());
    let (key, from) = (Key::Widget(&key), client_address(request, chat.trusted_hops));
    let content_type = kind_of(content)?;
    chat.store.limits().let_in(key, from.as_deref(), now).await?;
    chat.store.limits().let_file(key, session, from.as_deref(), now).await?;
    let id = UploadId::derive(&registration.tenant, &["visitor", session, &now.to_string()]);
    let place = Prefix::visitor(&registration.tenant, &live_chat::upload_place(session, id));
    chat.files.put_passing(&place.key("0"), content.to_vec()).await?;
    json(&Uploaded { id, content_type })
}

/// List the messages of a session
///
/// Without `after` the last 50 of both sides; with it, the replies since. A reply shows once it may go out. With `wait` the answer comes
/// when there is something new, or when the time is over: half a second after a reply at the latest.
#[utoipa::path(
    get, path = "/webhooks/live-chat/messages", tag = "site", operation_id = "listChatMessages",
    params(
        ("x-widget-key" = String, Header, description = "The public key of the site"),
        ("x-chat-session" = String, Header, description = "The session, of 128 random bits or more", pattern = "^[A-Za-z0-9_-]{22,64}$"),
        ("after" = Option<String>, Query, description = "What the answer before gave as `after`"),
        ("wait" = Option<u32>, Query, description = "Seconds to wait for something new; one request of a session at a time", minimum = 1, maximum = 20),
        ("typing" = Option<bool>, Query, description = "Whether the visitor sees that the team is writing: a change ends the wait"),
    ),
    responses((status = 200, description = "The messages", body = Entries)),
)]
async fn messages(chat: &LiveChat, request: &Request) -> Result<HttpResponse, Failure> {
    let session = session_of(request)?;
    let (key, registration) = chat.polled(request).await?;
    let (after, wait) = (after(request)?, Wait::of(request)?);
    let waited = match wait {
        Some(wait) => Some(chat.wait((Key::Widget(&key), &registration), session, after.as_ref(), wait).await?),
        None => None,
    };
    let entries = match after {
        Some(after) => chat.replies_after(&registration, session, Some(after)).await?,
        None => {
            let history = chat.store.conversations().chat_history(&registration.tenant, session).await?;
            page(&registration.tenant, history.messages, history.after, session)
        }
    };
    let (typing, at_once) = waited.map(|Waited { news, at_once }| (news.is_typing, at_once)).unzip();
    json(&Entries { typing, at_once, ..entries })
}

/// List the replies of a session
///
/// For programs that have the session in the address: the replies alone, all or those after `after`.
#[utoipa::path(
    get, path = "/webhooks/live-chat/{session}/messages", tag = "site", operation_id = "listChatReplies",
    params(
        ("session" = String, Path, description = "The session", pattern = "^[A-Za-z0-9_-]{1,64}$"),
        ("x-widget-key" = String, Header, description = "The public key of the site"),
        ("after" = Option<String>, Query, description = "What the answer before gave as `after`"),
    ),
    responses((status = 200, description = "The replies", body = Entries)),
)]
async fn replies(chat: &LiveChat, request: &Request, session: &str) -> Result<HttpResponse, Failure> {
    let (_, registration) = chat.polled(request).await?;
    let session = live_chat::session_id(session)?;
    json(&chat.replies_after(&registration, session, after(request)?).await?)
}

fn widget_key(request: &Request) -> Result<String, Failure> {
    let parameters = request.query_string_parameters();
    let key = header(request, "x-widget-key").or_else(|| parameters.first("widget_key"));
    let key = key.ok_or_else(|| Failure::invalid("x-widget-key", "the header X-Widget-Key is missing"))?;
    Ok(key.to_owned())
}

/// The session in the header: one that no one guesses.
fn session_of(request: &Request) -> Result<&str, Failure> {
    let missing = || Failure::invalid("x-chat-session", "the header X-Chat-Session is missing");
    live_chat::secret_session_id(header(request, "x-chat-session").ok_or_else(missing)?)
}

/// Where the poll before ended.
fn after(request: &Request) -> Result<Option<MessageRef>, Failure> {
    let parameters = request.query_string_parameters();
    let after = parameters.first("after").filter(|after| !after.is_empty());
    after
        .map(MessageRef::parse)
        .transpose()
        .map_err(|_| Failure::invalid("after", "after must be the value that the previous poll returned"))
}

fn page(tenant: &TenantId, messages: Vec<Message>, after: Option<MessageRef>, session: &str) -> Entries {
    let now = runtime::clock::now();
    let messages = messages.into_iter().map(|message| Entry::of(tenant, message, session, now)).collect();
    Entries { messages, after: after.map(|after| after.to_string()), typing: None, at_once: None }
}
