//! The API's functions in this process, over the stack's table, queues and bucket, behind the routes of `template.yaml`.
//!
//! A call takes a few milliseconds; through the local gateway it takes a tenth of a second. What is asked of every route is
//! asked here. That a function answers over HTTPS as it does here, `smoke` shows for each of them.

use std::sync::OnceLock;

use aws_sdk_sqs::Client as Sqs;
use axum::Router;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;
use lambda_http::http::Request;
use lambda_http::request::RequestContext;
use lambda_http::{Body, RequestExt as _, Service as _};
use runtime::queue::{Queue, Queued};
use xtask::http::{Answer, Header};

use super::gateway;
use crate::stage::{eventually, stage, unique};

/// The queue of a kind of record, on the stack: `IMPORTS_QUEUE_URL` is its output `ImportsQueueUrl`.
fn queue<T: Queued>() -> Queue<T> {
    let words = T::URL.split('_').map(|word| word[..1].to_owned() + &word[1..].to_lowercase());
    Queue::new(Sqs::new(&stage().aws), stage().output(&words.collect::<String>()).to_owned())
}

/// The functions under `functions/api`, and the one of `functions/ai` that answers requests, each by its name.
fn functions() -> &'static [(&'static str, Router)] {
    static ALL: OnceLock<Vec<(&'static str, Router)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let stage = stage();
        let output = |name: &str| stage.output(name).to_owned();
        let kms_key = || output("CredentialsKeyId");
        let files = || files::Files::new(&stage.aws, output("FilesBucket"));
        let (trusted_hops, reach) = (runtime::http::TrustedHops::default(), domain::webhooks::Reach::Local);
        let guard = || api::Guard {
            store: stage.store.clone(),
            issuer: output("Issuer"),
            own_origins: Vec::new(),
            trusted_hops,
        };
        let booking = api_booking::AppState { store: stage.store.clone().sealing_with(kms_key()), trusted_hops };
        let conversations = api_conversations::AppState { guard: guard(), files: files() };
        let bucket = api_dashboard::Bucket("https://files.example.com".into());
        let data = api_data::AppState { guard: guard(), files: files(), queue: queue() };
        let identity = api_identity::AppState { guard: guard(), mail: queue(), kms_key: kms_key(), mail_from: None };
        let journeys =
            api_journeys::AppState { guard: guard(), queue: queue(), files: files(), imports: queue(), mails: queue() };
        let inventory = api_inventory::AppState { guard: guard(), files: files() };
        let library = library::Library::new(stage.store.clone(), files());
        let knowledge =
            api_knowledge::AppState { guard: guard(), library, queue: queue(), assistant: std::sync::Arc::default() };
        let schedule = api_schedule::AppState {
            guard: guard(),
            kms_key: kms_key(),
            reach,
            google_client: None,
            calendars: queue(),
        };
        let tenants = api_tenants::AppState { guard: guard(), mail: queue(), kms_key: kms_key(), mail_from: None };
        let webhooks = api_webhooks::AppState { guard: guard(), kms_key: kms_key(), queue: queue(), reach };
        let suggesting = ai_suggest_reply::AppState {
            guard: guard(),
            assistant: ai::Assistant::builtin().into(),
            library: None,
            streamed_at: Some("https://streams.example.com/".to_owned()),
        };
        let extracting = ai_extract_style::AppState { guard: guard(), assistant: ai::Assistant::builtin().into() };
        vec![
            ("ai-extract-style", ai_extract_style::router(extracting)),
            ("ai-suggest-reply", ai_suggest_reply::router(suggesting)),
            ("api-booking", api_booking::router(booking)),
            ("api-campaigns", api_campaigns::router(guard())),
            ("api-conversations", api_conversations::router(conversations)),
            ("api-dashboard", api_dashboard::router(guard(), bucket)),
            ("api-data", api_data::router(data)),
            ("api-docs", api_docs::router().unwrap()),
            ("api-identity", api_identity::router(identity)),
            ("api-insights", api_insights::router(guard())),
            ("api-inventory", api_inventory::router(inventory)),
            ("api-journeys", api_journeys::router(journeys)),
            ("api-knowledge", api_knowledge::router(knowledge)),
            ("api-leads", api_leads::router(guard())),
            ("api-pages", api_pages::router()),
            ("api-prompts", api_prompts::router(guard())),
            ("api-schedule", api_schedule::router(schedule)),
            ("api-tenants", api_tenants::router(tenants)),
            ("api-widget", api_widget::router().unwrap()),
            ("api-webhooks", api_webhooks::router(webhooks)),
        ]
    })
}

/// The names of the functions.
pub fn names() -> impl Iterator<Item = &'static str> {
    functions().iter().map(|(name, _)| *name)
}

/// As [`crate::stage::Tenant::call`], without the gateway. There are more operations than one caller may call at once, and
/// what is asked of every route is never how many: a call waits until it is let through.
pub fn call(method: &str, path: &str, headers: &[Header], body: &str) -> Answer {
    eventually("a turn at the door", || Some(called(method, path, headers, body)).filter(|answer| answer.status != 429))
}

fn called(method: &str, path: &str, headers: &[Header], body: &str) -> Answer {
    let route = gateway::route(method, path).unwrap_or_else(|| panic!("{method} {path}: the template has no route"));
    let found = functions().iter().find(|(name, _)| *name == route.function);
    let (_, router) = found.unwrap_or_else(|| panic!("{method} {path}: {} is not an API function", route.function));
    let mut request = Request::builder().method(method).uri(format!("https://{}{path}", stage().stack.host));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(body)).unwrap().with_request_context(context());
    stage().block_on(async {
        let answer = router.clone().call(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
        Answer { status: parts.status.as_u16(), headers, body: text(&body) }
    })
}

/// What the gateway says of a request: its own name for it, from which ids are derived, and where it came from.
fn context() -> RequestContext {
    let mut context = ApiGatewayV2httpRequestContext::default();
    context.request_id = Some(unique());
    context.http.source_ip = Some("127.0.0.1".to_owned());
    RequestContext::ApiGatewayV2(context)
}
