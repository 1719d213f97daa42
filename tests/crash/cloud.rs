//! One lane's part of the world outside: the emulator's DynamoDB and KMS, the vendor sink, the vendors' door.
//!
//! Every schedule has a table of its own, with the schema of `template.yaml` but without a stream, so that neither the
//! deployed functions nor other schedules see its rows.

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, PutRequest, ScalarAttributeType, WriteRequest,
};
use connectors::send::{email, http_client, meta, twilio};
use domain::identity::Actor;
use domain::messaging::{Email, MessageRef};
use domain::tenancy::Tenant;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::HashMap;
use store::{Credential, Key, Registration, Store, Trace, keys};
use vendor_sink::Message;
use worker_deliver::Senders;
use xtask::stack::Stack;

use crate::function::PUBLIC_URL;
use crate::wire::{AwsAnswer, AwsCall, Door, VendorCall, Wire, exchange};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// The invented tenant that all stories are about.
pub(crate) const TENANT: &str = "harbor-roofing";
pub(crate) const FORM_KEY: &str = "form-key-of-harbor-roofing";
pub(crate) const WIDGET_KEY: &str = "widget-key-of-harbor-roofing";
pub(crate) const CALL_KEY: &str = "call-key-of-harbor-roofing";
pub(crate) const WHATSAPP_NUMBER: &str = "105550100000001";
pub(crate) const APP_SECRET: &str = "app-secret";
pub(crate) const TWILIO_ACCOUNT: &str = "AC00000000000000000000000000000009";
pub(crate) const SMS_NUMBER: &str = "+14155550199";
pub(crate) const AUTH_TOKEN: &str = "auth-token";
pub(crate) const NOTIFY: [&str; 2] = ["owner@example.com", "office@example.com"];

/// Longer than a claim lasts, and what a message waits before it is received again (`VisibilityTimeout`).
const VISIBILITY_TIMEOUT: SignedDuration = SignedDuration::from_secs(180);

/// What one lane of schedules, which run one after another, talks to.
#[derive(Debug)]
pub(crate) struct Cloud {
    endpoint: String,
    dynamo: Client,
    http: reqwest::Client,
    /// What onboarding stored, copied into every new table.
    onboarded: Vec<Item>,
    /// Where `senders` call.
    pub(crate) door: Door,
    pub(crate) senders: Senders,
    sink: String,
    _running: vendor_sink::Running,
}

impl Cloud {
    /// `lane` is part of the names of its tables.
    pub(crate) async fn new(stack: &Stack, lane: usize) -> Self {
        let config = sdk(&stack.endpoint);
        let dynamo = Client::new(&config);
        let running = vendor_sink::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let (door, vendors) = Door::open().await;
        let mut cloud = Self {
            endpoint: stack.endpoint.clone(),
            dynamo,
            http: reqwest::Client::new(),
            onboarded: Vec::new(),
            door,
            senders: senders(&vendors),
            sink: running.url().to_owned(),
            _running: running,
        };
        let table = format!("crash-{}-{lane}-onboarding", std::process::id());
        cloud.create(&table).await;
        onboard(&Store::new(&config, table.clone()), &stack.outputs["CredentialsKeyId"]).await;
        cloud.onboarded = cloud.items(&table).await;
        cloud.delete(&table).await;
        cloud
    }

    /// The configuration of a sandbox: every call goes through `wire`.
    ///
    /// One attempt a call: an error that the schedule makes is one that all attempts of the SDK met, and
    /// [`crate::fault::Fault::Repeated`] is the attempt that comes after a lost answer.
    pub(crate) fn config(&self, wire: Wire) -> SdkConfig {
        sdk(&self.endpoint).into_builder().http_client(wire).retry_config(RetryConfig::disabled()).build()
    }

    /// A new table with the tenant in it.
    pub(crate) async fn table(&self, name: &str) {
        self.create(name).await;
        let put = |item: &Item| {
            let put = PutRequest::builder().set_item(Some(item.clone())).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        };
        let rows = self.onboarded.iter().map(put).collect();
        self.dynamo.batch_write_item().request_items(name, rows).send().await.unwrap();
    }

    async fn create(&self, name: &str) {
        let attribute = |name: &str| {
            AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build().unwrap()
        };
        let schema = |hash: &str, range: &str| {
            [(hash, KeyType::Hash), (range, KeyType::Range)]
                .map(|(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap())
                .to_vec()
        };
        let index = |name: &str, hash: &str, range: &str| {
            let all = Projection::builder().projection_type(ProjectionType::All).build();
            let index = GlobalSecondaryIndex::builder().index_name(name).projection(all);
            index.set_key_schema(Some(schema(hash, range))).build().unwrap()
        };
        let attributes =
            ["pk", "sk", "gsi1pk", "gsi1sk", "pending_pk", "pending_sk", "queue_pk", "queue_sk"].map(attribute);
        self.dynamo
            .create_table()
            .table_name(name)
            .billing_mode(BillingMode::PayPerRequest)
            .set_attribute_definitions(Some(attributes.to_vec()))
            .set_key_schema(Some(schema("pk", "sk")))
            .global_secondary_indexes(index("gsi1", "gsi1pk", "gsi1sk"))
            .global_secondary_indexes(index("pending", "pending_pk", "pending_sk"))
            .global_secondary_indexes(index("queues", "queue_pk", "queue_sk"))
            .send()
            .await
            .unwrap();
    }

    pub(crate) async fn delete(&self, table: &str) {
        self.dynamo.delete_table().table_name(table).send().await.unwrap();
    }

    /// Everything in a table.
    pub(crate) async fn items(&self, table: &str) -> Vec<Item> {
        let mut pages = self.dynamo.scan().table_name(table).consistent_read(true).into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push(item.unwrap());
        }
        items
    }

    /// The one thing that is tampered with: a claim on a message grows old, as if its visibility timeout had passed.
    pub(crate) async fn age_claim(&self, table: &str, message: &MessageRef) {
        let key = keys::of(&TENANT.to_owned().try_into().unwrap()).message(message);
        let old = (Timestamp::now() - VISIBILITY_TIMEOUT).to_string();
        // The condition fails where there is no claim, which is most of the time.
        let _ = self
            .dynamo
            .update_item()
            .table_name(table)
            .key("pk", AttributeValue::S(key.pk.into()))
            .key("sk", AttributeValue::S(key.sk))
            .update_expression("SET delivery.changed_at = :old")
            .condition_expression("delivery.#state = :sending")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":old", AttributeValue::S(old))
            .expression_attribute_values(":sending", AttributeValue::S("sending".to_owned()))
            .send()
            .await;
    }

    /// Lets a call to DynamoDB or KMS through to the emulator.
    pub(crate) async fn forward(&self, call: &AwsCall) -> AwsAnswer {
        let request = &call.request;
        let mut forwarded = self.http.request(request.method().parse().unwrap(), request.uri());
        for (name, value) in request.headers().iter().filter(|(name, _)| *name != "content-length") {
            forwarded = forwarded.header(name, value);
        }
        let answer = forwarded.body(request.body().bytes().unwrap().to_vec()).send().await.unwrap();
        let status = answer.status().as_u16();
        AwsAnswer { status, body: answer.bytes().await.unwrap().to_vec() }
    }

    /// Lets a call to Meta or Twilio through to the sink; the answer is a whole HTTP response.
    pub(crate) async fn send(&self, call: &VendorCall) -> Vec<u8> {
        exchange(self.sink.strip_prefix("http://").unwrap(), &call.request).await
    }

    /// What the sink took since the last time.
    pub(crate) async fn take_sent(&self) -> Vec<Message> {
        let url = format!("{}/_sink/messages", self.sink);
        let sent = self.http.get(&url).send().await.unwrap().json().await.unwrap();
        self.http.delete(&url).send().await.unwrap();
        sent
    }
}

/// The vendors' clients. All of them, SES's too, call `vendors`.
fn senders(vendors: &str) -> Senders {
    let http = http_client().unwrap();
    Senders {
        meta: meta::Sender::new(http.clone(), format!("{vendors}/v26.0").parse().unwrap()),
        twilio: twilio::Sender::new(http, vendors.parse().unwrap()),
        email: email::Sender::new(aws_sdk_sesv2::Client::new(&sdk(vendors))),
        platform: Email::new("porchlight@example.com", "from").unwrap(),
        status_callback: format!("{PUBLIC_URL}/webhooks/sms/status").parse().unwrap(),
        files: files::Files::new(&sdk(vendors), "files".to_owned()),
    }
}

fn sdk(endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new("test", "test", None, None, "crash");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build()
}

pub(crate) fn tenant() -> Tenant {
    let weekday = json!([{ "open": "08:00", "close": "17:00" }]);
    let document = json!({
        "id": TENANT,
        "name": "Harbor Roofing",
        "industry": "roofing",
        "currency": "USD",
        "zone": "America/Denver",
        "region": "US",
        "language": "en",
        "business": { "address": "12 Example Street, Denver", "phone": SMS_NUMBER },
        "hours": { "monday": weekday, "tuesday": weekday, "wednesday": weekday },
        "services": [
            { "id": "roof-inspection", "name": "Roof inspection", "price": { "from_cents": 15_000 }, "keywords": ["inspection"] },
            { "id": "roof-repair", "name": "Roof repair", "price": { "from_cents": 40_000 }, "keywords": ["repair", "leak"] },
        ],
        "notify": NOTIFY,
        "channels": {
            "whatsapp": { "phone_number_id": WHATSAPP_NUMBER },
            "sms": { "account_sid": TWILIO_ACCOUNT, "from": SMS_NUMBER },
            "email": { "from": "hello@example.com" },
            "chat": true,
        },
    });
    serde_json::from_value(document).unwrap()
}

async fn onboard(store: &Store, kms_key_id: &str) {
    let tenant = tenant();
    let registration = Registration {
        tenant: tenant.id.clone(),
        region: tenant.region.clone(),
        origins: Vec::new(),
        consent_wording: None,
    };
    let trace =
        Trace { actor: Actor::Operator, at: runtime::clock::now(), address: None, correlation_id: String::new() };
    store.tenants().save(&tenant, None, &trace).await.unwrap();
    for key in [
        Key::Form(FORM_KEY),
        Key::Widget(WIDGET_KEY),
        Key::Call(CALL_KEY),
        Key::WhatsappNumber(WHATSAPP_NUMBER),
        Key::TwilioNumber(TWILIO_ACCOUNT, SMS_NUMBER),
    ] {
        store.registry().register(key, &registration).await.unwrap();
    }
    for (credential, secret) in [
        (Credential::MetaAppSecret, APP_SECRET),
        (Credential::MetaAccessToken, "access-token"),
        (Credential::TwilioAuthToken, AUTH_TOKEN),
        (Credential::TwilioApiKey, "SK0000:secret"),
    ] {
        store.credentials().put(kms_key_id, &tenant.id, credential, &secret.to_owned().into()).await.unwrap();
    }
}
