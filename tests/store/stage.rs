//! A table of a test's own, and turns that are stored in it as `ai-converse` stores them.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_sdk_dynamodb::types::{AttributeValue, BillingMode, GlobalSecondaryIndex, GlobalSecondaryIndexDescription};
use domain::conversations::{Action, Answer, Author, Intent, Sentiment};
use domain::identity::Actor;
use domain::leads::{GivenDetails, Lead, LeadStatus, Qualification, Score};
use domain::messaging::{Address, Channel, Content, Email, Inbound, Phone, Source};
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens};
use domain::tenancy::{Language, Tenant};
use domain::turns::{Outcome, Response, Turn};
use domain::{Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde_json::json;
use store::{Backlog, Commit, OutboxRow, Store, Trace};
use xtask::emulator::REGION;
use xtask::stack::Stack;

pub type Item = HashMap<String, AttributeValue>;

/// A table of one test.
pub struct Stage {
    pub stack: Stack,
    pub aws: SdkConfig,
    pub dynamo: Client,
    pub table: String,
    pub store: Store,
    pub tenant: Tenant,
}

impl Stage {
    /// A new table with nothing in it but the tenant.
    pub async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let file = std::env::var_os("PORCHLIGHT_STACK").expect("run `make test`: these tests need the local stack");
        let stack = Stack::read(&PathBuf::from(file)).unwrap();
        let credentials = Credentials::new("test", "test", None, None, "local");
        let aws = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(REGION))
            .endpoint_url(&stack.endpoint)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build();
        let dynamo = Client::new(&aws);
        let table = format!("store-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        copy_schema(&dynamo, &stack.outputs["TableName"], &table).await;
        let store = Store::new(&aws, table.clone());
        let tenant = tenant("acme");
        store.tenants().save(&tenant, None, &trace()).await.unwrap();
        Self { stack, aws, dynamo, table, store, tenant }
    }

    /// The table as a function sees it that has just started: nothing is remembered.
    pub fn cold(&self) -> Store {
        Store::new(&self.aws, self.table.clone())
    }

    /// Everything in the table.
    pub async fn items(&self) -> Vec<Item> {
        let pages = self.dynamo.scan().table_name(&self.table).consistent_read(true).into_paginator();
        let mut items = Vec::new();
        let mut pages = pages.items().send();
        while let Some(item) = pages.next().await {
            items.push(item.unwrap());
        }
        items
    }

    /// The items of one kind.
    pub async fn entities(&self, entity: &str) -> Vec<Item> {
        let mut items = self.items().await;
        items.retain(|item| text_of(item, "entity") == entity);
        items
    }

    /// Reads what the table knows and decides, as `ai-converse` does; stores nothing.
    pub async fn decide(&self, inbound: &Inbound, answer: Answer) -> Result<Outcome, Failure> {
        let tenant = tenant(inbound.tenant.as_str());
        // What the answer says was given counts as a contact field here.
        let given = answer.given.addresses().into_iter().filter(|address| *address != inbound.from);
        let also = inbound.also.iter().cloned().chain(given).collect();
        let inbound = &Inbound { also, ..inbound.clone() };
        let loaded_turn = self.store.people().load_turn(inbound).await?;
        assert!(!loaded_turn.duplicate, "{} was stored before", inbound.vendor_id);
        let mut turn = Turn::open(
            &tenant,
            domain::tenancy::BusinessContext::NONE,
            inbound,
            loaded_turn.people,
            inbound.received_at,
        );
        turn.spent.push(spent("claude-sonnet-5-5"));
        Ok(turn.close(Response::Answered { answer: Box::new(answer), escalate: None }, 5))
    }

    pub async fn commit(&self, outcome: &Outcome) -> Commit {
        self.store.conversations().commit(&tenant_of(outcome), outcome, outcome.thread.last_message_at).await.unwrap()
    }

    /// A whole turn, decided again for as long as someone else is first.
    pub async fn say(&self, inbound: &Inbound, answer: Answer) -> Outcome {
        loop {
            let outcome = match self.decide(inbound, answer.clone()).await {
                Ok(outcome) => outcome,
                Err(Failure::Retryable(_)) => continue,
                Err(failure) => panic!("{failure}"),
            };
            match self.commit(&outcome).await {
                Commit::Stored => {
                    // Where the answer gives an address of someone else, staff say that the two are one.
                    for other in outcome.duplicates.iter().filter(|_| !answer.given.addresses().is_empty()) {
                        let (tenant, one) = (tenant_of(&outcome), outcome.lead.contact);
                        let by = Trace { at: inbound.received_at, ..trace() };
                        let merged = self.store.people().merge(&tenant, one, *other, &by).await;
                        assert!(merged.is_ok(), "{merged:?}");
                    }
                    return outcome;
                }
                Commit::Conflict => {}
                Commit::Duplicate => panic!("{} was stored before", inbound.vendor_id),
            }
        }
    }
}

impl Stage {
    /// The outbox rows that were due before `before`, as a sweeper finds them: shard by shard and page by page, of `page` rows.
    pub async fn overdue_rows(&self, before: Timestamp, page: i32) -> Vec<OutboxRow> {
        let mut rows = Vec::new();
        for shard in 0..Backlog::SHARDS {
            let mut from = None;
            loop {
                let (due, next) = self.store.outbox().overdue(shard, before, from, page).await.unwrap();
                rows.extend(due.into_iter().map(|due| due.what.unwrap()));
                from = next;
                if from.is_none() {
                    break;
                }
            }
        }
        rows
    }

    /// Staff move a lead on from what it is now, `seconds` after noon.
    pub async fn staff_set(
        &self,
        tenant: &TenantId,
        lead: LeadId,
        to: LeadStatus,
        seconds: i64,
    ) -> Result<Lead, Failure> {
        let read = self.store.leads().get(tenant, lead).await?.version;
        let trace = Trace { at: noon(seconds), ..trace() };
        self.store.leads().change(&crate::stage::tenant(tenant.as_str()), lead, &to.into(), read, &trace).await
    }
}

/// As an operator does it.
pub fn trace() -> Trace {
    Trace { actor: Actor::Operator, at: runtime::clock::now(), address: None, correlation_id: String::new() }
}

/// Every outcome says whose it is.
fn tenant_of(outcome: &Outcome) -> TenantId {
    outcome.events.first().expect("every answered turn causes an event").tenant.clone()
}

/// A table with the schema of the deployed one, and without its stream.
async fn copy_schema(dynamo: &Client, from: &str, to: &str) {
    let deployed = dynamo.describe_table().table_name(from).send().await.unwrap().table.unwrap();
    let index = |deployed: GlobalSecondaryIndexDescription| {
        GlobalSecondaryIndex::builder()
            .set_index_name(deployed.index_name)
            .set_key_schema(deployed.key_schema)
            .set_projection(deployed.projection)
            .build()
            .unwrap()
    };
    dynamo
        .create_table()
        .table_name(to)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(deployed.attribute_definitions)
        .set_key_schema(deployed.key_schema)
        .set_global_secondary_indexes(
            deployed.global_secondary_indexes.map(|indexes| indexes.into_iter().map(index).collect()),
        )
        .send()
        .await
        .unwrap();
}

/// Makes one attribute of a stored item another value.
pub async fn overwrite(stage: &Stage, item: &Item, name: &str, value: AttributeValue) {
    let update = stage.dynamo.update_item().table_name(&stage.table);
    let update = update.key("pk", item["pk"].clone()).key("sk", item["sk"].clone());
    let update = update.update_expression("SET #name = :value").expression_attribute_names("#name", name);
    update.expression_attribute_values(":value", value).send().await.unwrap();
}

/// Makes a business one that no version can read.
pub async fn make_unreadable(stage: &Stage, tenant: &str) {
    let all = stage.entities("tenant").await;
    let stored = all.iter().find(|item| text_of(item, "id") == tenant).unwrap();
    overwrite(stage, stored, "zone", AttributeValue::Bool(true)).await;
}

pub fn text_of<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

/// An invented business with all channels.
pub fn tenant(id: &str) -> Tenant {
    let document = json!({
        "id": id, "name": "Acme Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "hours": {},
        "services": [{ "id": "roof-repair", "name": "Roof repair", "keywords": ["leak"] }],
        "notify": ["owner@example.com"],
        "channels": { "chat": true, "email": { "from": format!("hello@{id}.example.com") } },
    });
    serde_json::from_value(document).unwrap()
}

/// A Friday noon, and so many seconds after it.
pub fn noon(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + seconds).unwrap()
}

pub fn phone(last: u32) -> Address {
    Address::Phone(Phone::e164(&format!("+130355501{last:02}"), "phone").unwrap())
}

pub fn email(name: &str) -> Address {
    Address::Email(Email::new(&format!("{name}@example.com"), "email").unwrap())
}

pub fn chat(session: &str) -> Address {
    Address::Chat(session.to_owned())
}

/// A text message to `acme` that came in at `seconds` after noon.
pub fn message(id: &str, from: &Address, seconds: i64) -> Inbound {
    let (source, channel) = match from {
        Address::Phone(_) => (Source::Sms, Channel::Sms),
        Address::Email(_) => (Source::WebForm, Channel::Email),
        Address::Chat(_) => (Source::LiveChat, Channel::Chat),
        Address::WhatsappUser(_) => (Source::Whatsapp, Channel::Whatsapp),
    };
    Inbound {
        tenant: TenantId::new("acme").unwrap(),
        vendor_id: id.to_owned(),
        source,
        channel,
        from: from.clone(),
        also: Vec::new(),
        name: None,
        content: Content::Text { text: format!("This is {id}") },
        received_at: noon(seconds),
        sent_at: None,
        fields: BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: format!("correlation-{id}"),
    }
}

/// What a model took for a reply.
pub fn spent(model: &str) -> Spent {
    let tokens = Tokens { uncached: 11, output: 7, ..Tokens::default() };
    Spent { feature: Feature::Converse, model: model.to_owned(), tokens, saved: Saved::default() }
}

/// A reply that learned nothing.
pub fn plain() -> Answer {
    Answer {
        reply: "We are open until five.".to_owned(),
        language: Language::english(),
        intent: Intent::Hours,
        sentiment: Sentiment::Neutral,
        action: Action::Reply,
        score: Score::Unscored,
        confidence: 90,
        qualification: Qualification::default(),
        given: GivenDetails::default(),
        requested_time: None,
        intake: BTreeMap::new(),
        asked: None,
        citations: Vec::new(),
        author: Author { model: "builtin".to_owned(), input_tokens: 11, output_tokens: 7 },
    }
}

/// A reply to a message in which these addresses were given.
pub fn given(addresses: &[Address]) -> Answer {
    let mut given = GivenDetails::default();
    for address in addresses {
        match address {
            Address::Phone(number) => given.phone = Some(number.clone()),
            Address::Email(email) => given.email = Some(email.clone()),
            other => panic!("nobody gives {} in a text", other.key()),
        }
    }
    Answer { given, ..plain() }
}
