//! Two tenants with everything that there can be, and jobs over them.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::Client as S3;
use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use domain::identity::{Actor, ApiKey, AuditAction, AuditEntry, Permission, Role, Session, SiteKey, SiteKeyKind};
use domain::ids::{ApiKeyId, AuditId, JobId, SessionId};
use domain::messaging::{Address, Inbound};
use domain::rights::{DataJob, DataStep, DataWork};
use domain::turns::Outcome;
use domain::{ContactId, TenantId};
use files::Files;
use secrecy::SecretString;
use serde_json::json;
use store::{Credential, KeptAnswer, Key, Registration};
use worker_data_rights::DataRights;

use crate::stage::{Item, Stage, chat, email, given, message, noon, phone, plain, tenant, text_of, trace};

/// A stage with a bucket of its own.
pub struct Scene {
    pub stage: Stage,
    pub s3: S3,
    pub bucket: String,
    pub rights: DataRights,
}

/// Items by key, as text.
pub type Table = BTreeMap<(String, String), String>;

pub fn id(slug: &str) -> TenantId {
    TenantId::new(slug).unwrap()
}

impl Scene {
    pub async fn new() -> Self {
        let stage = Stage::new().await;
        let config = aws_sdk_s3::config::Builder::from(&stage.aws).force_path_style(true).build();
        let (s3, bucket) = (S3::from_conf(config), format!("files-{}", stage.table));
        s3.create_bucket().bucket(&bucket).send().await.unwrap();
        let versioned = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
        s3.put_bucket_versioning().bucket(&bucket).versioning_configuration(versioned).send().await.unwrap();
        let erasing = stage.cold().sealing_with(stage.stack.outputs["CredentialsKeyId"].clone());
        let rights = DataRights { store: erasing, files: Files::new(&stage.aws, bucket.clone()) };
        stage.store.tenants().save(&tenant("bolt"), None, &trace()).await.unwrap();
        Self { stage, s3, bucket, rights }
    }

    /// Everything that a tenant configures, and its people.
    pub async fn furnish(&self, slug: &str) {
        let (store, id) = (&self.stage.store, id(slug));
        let admin = format!("olga-{slug}");
        let member = self.stage.joined(&admin, slug, Role::Admin).await;
        let session = Session {
            id: SessionId::derive(&id, &["s"]),
            account: member.account,
            tenant: id.clone(),
            role: Role::Admin,
            second_factor: false,
            device: "laptop".into(),
            address: "192.0.2.7".into(),
            started_at: noon(5),
            refreshed_at: noon(5),
        };
        self.stage.signed_in(&session).await;
        self.stage.invited(&format!("ivan-{slug}"), slug, Role::Viewer).await;
        let key = ApiKey {
            id: ApiKeyId::derive(&id, &["k"]),
            name: "program".into(),
            scopes: BTreeSet::from([Permission::ReadLeads]),
            mode: domain::identity::KeyMode::Live,
            prefix: "pl_api_".into(),
            created_at: noon(0),
            last_used_at: None,
        };
        let plain = SecretString::from(format!("secret-api-key-of-{slug}"));
        store.api_keys().make(&id, &key, &plain, &trace()).await.unwrap();
        let site = SiteKey {
            id: ApiKeyId::derive(&id, &["form"]),
            kind: SiteKeyKind::Call,
            name: "telephones".into(),
            origins: Vec::new(),
            consent_wording: None,
            key: None,
            created_at: noon(0),
        };
        store
            .registry()
            .make_site_key(&tenant(slug), &site, &format!("secret-call-key-of-{slug}"), &trace())
            .await
            .unwrap();
        let registration =
            Registration { tenant: id.clone(), region: "US".into(), origins: vec![], consent_wording: None };
        // No document knows of this one.
        let token = format!("token-of-{slug}");
        store.registry().register(Key::MetaVerifyToken(&token), &registration).await.unwrap();
        let secret = SecretString::from("sealed-vendor-secret".to_owned());
        let kms = &self.stage.stack.outputs["CredentialsKeyId"];
        store.credentials().put(kms, &id, Credential::TwilioApiKey, &secret).await.unwrap();
        self.put(&format!("{slug}/logo.png"), "picture").await;
    }

    pub async fn put(&self, key: &str, content: &str) {
        let body = content.to_owned().into_bytes().into();
        self.s3.put_object().bucket(&self.bucket).key(key).body(body).send().await.unwrap();
    }

    /// Someone with a number writes by SMS and chat, and gives an address: contacts merge, and much is left behind.
    pub async fn customer(&self, slug: &str, name: &str, number: u32) -> Outcome {
        let (number, address) = (phone(number), email(name));
        let say = |what: &str, from: &Address, seconds| {
            let text = format!("{slug}-{name}-{what}");
            Inbound { tenant: id(slug), name: Some(format!("Vale-{name}")), ..message(&text, from, seconds) }
        };
        let session = chat(&format!("session-{slug}-{name}"));
        self.stage.say(&say("mail", &address, 0), plain()).await;
        // A day later that thread is over.
        self.stage.say(&say("mail-2", &address, 26 * 3600), plain()).await;
        self.stage.say(&say("chat", &session, 26 * 3600 + 10), plain()).await;
        self.stage.say(&say("sms", &number, 26 * 3600 + 20), plain()).await;
        self.stage.say(&say("sms-2", &number, 26 * 3600 + 30), given(std::slice::from_ref(&address))).await;
        let both = Inbound { also: vec![number.clone()], ..say("chat-2", &session, 26 * 3600 + 40) };
        let outcome = self.stage.say(&both, plain()).await;
        let (store, tenant) = (&self.stage.store, id(slug));
        store.suppressions().set(&tenant, &number, true, noon(26 * 3600 + 50)).await.unwrap();
        // Copies of what was said, where nothing but a reading of the whole table finds them.
        let body = json!({ "contact": outcome.lead.contact, "phone": number.key() }).to_string();
        let answer = KeptAnswer { status: 200, headers: vec![], body: Some(body) };
        store
            .requests()
            .keep(&tenant, &format!("request-{name}"), "print", Some(answer), runtime::clock::now())
            .await
            .unwrap();
        let line = AuditEntry {
            id: AuditId::derive(&tenant, &[name]),
            tenant: tenant.clone(),
            at: noon(1),
            actor: Actor::System,
            action: AuditAction::Updated,
            subject: format!("contact/{}", outcome.lead.contact),
            address: None,
            before: None,
            after: Some(json!({ "email": address.key(), "name": format!("Vale-{name}") })),
            correlation_id: String::new(),
        };
        store.audit().record(&line).await.unwrap();
        self.put(&format!("{slug}/contacts/{}/photo.jpg", outcome.lead.contact), "a roof").await;
        outcome
    }

    pub async fn begin(&self, slug: &str, name: &str, work: DataWork) -> (DataJob, DataStep) {
        let job = DataJob::new(JobId::derive(&id(slug), &[name]), id(slug), work, Actor::System, runtime::clock::now());
        let job = self.stage.store.rights().begin(&job, &trace()).await.unwrap();
        let step = DataStep { tenant: id(slug), job: job.id, turn: 0 };
        (job, step)
    }

    /// Does all steps of a job.
    pub async fn finish(&self, first: DataStep) -> DataJob {
        let mut step = Some(first.clone());
        while let Some(here) = step {
            step = self.rights.step(&here, runtime::clock::now()).await.unwrap().map(|next| next.step);
        }
        self.stage.store.rights().job(&first.tenant, first.job).await.unwrap()
    }

    /// Does all steps of a job, each three times: once it dies before it has kept what it did, once before it has asked for
    /// the next one.
    pub async fn finish_dying(&self, first: DataStep) -> DataJob {
        let mut step = Some(first.clone());
        while let Some(here) = step {
            let before = self.job_item(&here).await;
            self.rights.step(&here, runtime::clock::now()).await.unwrap();
            let put = self.stage.dynamo.put_item().table_name(&self.stage.table).set_item(Some(before));
            put.send().await.unwrap();
            let next = self.rights.step(&here, runtime::clock::now()).await.unwrap();
            let again = self.rights.step(&here, runtime::clock::now()).await.unwrap();
            assert_eq!(again.as_ref().map(|next| &next.step), next.as_ref().map(|next| &next.step));
            step = next.map(|next| next.step);
        }
        self.stage.store.rights().job(&first.tenant, first.job).await.unwrap()
    }

    pub async fn job_item(&self, step: &DataStep) -> Item {
        let jobs = self.stage.entities("job").await;
        jobs.into_iter().find(|item| text_of(item, "id") == step.job.to_string()).unwrap()
    }

    pub async fn table(&self) -> Table {
        let items = self.stage.items().await.into_iter();
        items.map(|item| ((text_of(&item, "pk").into(), text_of(&item, "sk").into()), told(&item))).collect()
    }

    /// All versions of all objects.
    pub async fn objects(&self) -> Vec<String> {
        let listed = self.s3.list_object_versions().bucket(&self.bucket).send().await.unwrap();
        let versions = listed.versions().iter().filter_map(|version| version.key());
        versions.chain(listed.delete_markers().iter().filter_map(|mark| mark.key())).map(str::to_owned).collect()
    }
}

/// An item as one text, the same each time.
fn told(item: &Item) -> String {
    let sorted: BTreeMap<&String, &AttributeValue> = item.iter().collect();
    let told: Vec<String> = sorted.into_iter().map(|(name, value)| format!("{name}: {}", value_told(value))).collect();
    told.join(", ")
}

fn value_told(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) => format!("'{text}'"),
        AttributeValue::M(values) => format!("{{{}}}", told(values)),
        AttributeValue::L(values) => format!("[{}]", values.iter().map(value_told).collect::<Vec<_>>().join(", ")),
        other => format!("{other:?}"),
    }
}

/// Which kinds the items of a table are of that hold a text.
pub fn kinds_with(table: &Table, text: &str) -> BTreeSet<String> {
    let holding = table.iter().filter(|((pk, sk), told)| [pk, sk, *told].iter().any(|part| part.contains(text)));
    holding.map(|(_, told)| kind(told)).collect()
}

pub fn kind(told: &str) -> String {
    let (_, rest) = told.split_once("entity: '").unwrap_or_default();
    rest.split('\'').next().unwrap_or_default().to_owned()
}

pub fn contact_of(outcome: &Outcome) -> ContactId {
    outcome.lead.contact
}
