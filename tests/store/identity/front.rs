//! The handlers of `api-identity` in this process, over the table of one test, as the gateway calls them.

use std::collections::BTreeMap;

use api::Guard;
use api_identity::AppState;
use auth::access_tokens::{Claims, sign};
use auth::passwords;
use auth::secrets::sha256_hex;
use aws_sdk_sqs::types::QueueAttributeName;
use domain::TenantId;
use domain::identity::{Account, Member, Role, Session};
use domain::ids::SessionId;
use domain::tenancy::Tenant;
use jiff::ToSpan as _;
use runtime::http::TrustedHops;
use runtime::queue::Queue;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use store::{Link, LinkPurpose, Store, Trace};

use super::scene::{account, trace};
use crate::counting::{Calls, counted};
use crate::gateway::{self, count};
use crate::stage::{Stage, tenant as document};

pub const PASSWORD: &str = "seventeen-quiet-lanterns";
const ISSUER: &str = "urn:test";

/// The function, with a queue of its own for mails.
pub struct Front {
    api: axum::Router,
    store: Store,
    /// The calls to the table.
    pub calls: Calls,
    sqs: aws_sdk_sqs::Client,
    queue: String,
    kms_key: String,
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
    /// What the browser keeps, by name.
    pub cookies: BTreeMap<String, String>,
}

impl Front {
    pub async fn new(stage: &Stage) -> Self {
        Self::with_kms_key(stage, &stage.stack.outputs["CredentialsKeyId"]).await
    }

    pub async fn with_kms_key(stage: &Stage, kms_key: &str) -> Self {
        let (store, calls) = counted(stage);
        let sqs = aws_sdk_sqs::Client::new(&stage.aws);
        let name = format!("front-{}-{}", std::process::id(), count());
        let queue = sqs.create_queue().queue_name(name).send().await.unwrap().queue_url.unwrap();
        let guard = Guard {
            store: store.clone(),
            issuer: ISSUER.to_owned(),
            own_origins: Vec::new(),
            trusted_hops: TrustedHops::default(),
        };
        let mail = Queue::new(sqs.clone(), queue.clone());
        let api = api_identity::router(AppState { guard, mail, kms_key: kms_key.to_owned(), mail_from: None });
        Self { api, store, calls, sqs, queue, kms_key: kms_key.to_owned() }
    }

    /// A call from an address that no one called from before.
    pub async fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let (parts, bytes) = gateway::call(&self.api, method, path, headers, &body).await;
        let set = parts.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let pairs = set.filter_map(|cookie| cookie.split(';').next()?.split_once('='));
        let cookies = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status: parts.status.as_u16(), body, cookies }
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &[], &body).await
    }

    /// A sign-in of `name`, from a browser with this device cookie or from an anonymous caller.
    pub async fn sign_in(&self, name: &str, password: &str, device: Option<&str>, more: Value) -> Answer {
        let mut body = json!({"email": format!("{name}@example.com"), "password": password});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let cookie = device.map(|token| format!("{DEVICE}={token}"));
        let headers: Vec<(&str, &str)> = cookie.iter().map(|cookie| ("cookie", cookie.as_str())).collect();
        self.call("POST", "/v1/auth/sign-in", &headers, &body).await
    }

    /// How many mails wait, or will.
    pub async fn mails(&self) -> usize {
        let wanted =
            [QueueAttributeName::ApproximateNumberOfMessages, QueueAttributeName::ApproximateNumberOfMessagesDelayed];
        let asked = self.sqs.get_queue_attributes().queue_url(&self.queue).set_attribute_names(Some(wanted.into()));
        let counts = asked.send().await.unwrap().attributes.unwrap_or_default();
        counts.values().map(|count| count.parse::<usize>().unwrap()).sum()
    }

    /// A bearer token of `name`'s session in a tenant, as signing in gives it.
    pub async fn bearer(&self, name: &str, into: &TenantId, role: Role, enrolling: bool) -> String {
        let now = runtime::clock::now();
        let session = Session {
            id: SessionId::derive(into, &[name, &count().to_string()]),
            account: account(name).id,
            tenant: into.clone(),
            role,
            second_factor: false,
            device: String::new(),
            address: String::new(),
            started_at: now,
            refreshed_at: now,
        };
        let version = self.store.accounts().get(session.account).await.unwrap().version;
        self.store.sessions().open(&session, version, "family", "turn", None, &trace(4)).await.unwrap();
        let key = self.store.signing_keys().current(now, &self.kms_key).await.unwrap();
        let claims = Claims { enrolling, ..Claims::of(&session, ISSUER, now).unwrap() };
        format!("Bearer {}", sign(&key, &claims).unwrap().expose_secret())
    }
}

/// The cookie by which a browser is known again.
pub const DEVICE: &str = "__Secure-porchlight-device";

impl Stage {
    /// Someone with a password of their own.
    pub async fn settled(&self, name: &str, into: &str, role: Role) -> Member {
        let (invitation, hash) = self.invited(name, into, role).await;
        let account = Account { password: passwords::hash(&SecretString::from(PASSWORD)).unwrap(), ..account(name) };
        self.store.invitations().accept(&invitation, &account, true, &hash, &trace(2)).await.unwrap()
    }

    /// One more tenant, or another state of one that is there.
    pub async fn tenant_is(&self, id: &str, change: impl FnOnce(&mut Tenant)) {
        let there = self.store.tenants().find(&TenantId::new(id).unwrap()).await.unwrap();
        let mut tenant = there.as_ref().map_or_else(|| document(id), |there| there.value.clone());
        change(&mut tenant);
        let by = Trace { at: runtime::clock::now(), ..trace(0) };
        self.store.tenants().save(&tenant, there.map(|there| there.version), &by).await.unwrap();
    }

    /// A link that sets a new password, as if its mail had come.
    pub async fn reset_link(&self, name: &str) -> String {
        let (token, now) = (format!("reset-{}", count()), runtime::clock::now());
        let purpose = LinkPurpose::Reset { account: account(name).id };
        let link = Link { purpose, email: account(name).email, made_at: now, expires_at: now + 30.minutes() };
        self.store.links().put(&sha256_hex(&token), &link).await.unwrap();
        token
    }
}
