//! A business, and how a number comes in by each of its doors.

use std::collections::BTreeSet;

use ai::Assistant;
use ai_converse::Converse;
use api::Guard;
use axum::Router;
use axum::http::header::ETAG;
use connectors::parsed::{Parsed, Received};
use connectors::{live_chat, meta, missed_call, twilio, web_form};
use domain::Failure;
use domain::conversations::Conversation;
use domain::identity::{ApiKey, Permission};
use domain::ids::ApiKeyId;
use domain::leads::Contact;
use domain::messaging::{Address, Channel, Phone, Source};
use domain::tenancy::{Location, SmsSettings, StaffMember, Tenant};
use files::Files;
use form_urlencoded::Serializer;
use jiff::Timestamp;
use runtime::http::TrustedHops;
use runtime::queue::Queue;
use secrecy::SecretString;
use serde_json::{Value, from_slice, from_value, json};

use super::{Door, OWN};
use crate::gateway;
use crate::imports::Importing;
use crate::model::Model;
use crate::stage::{noon, trace};
use crate::visits::open_for_visits;

const KEY: &str = "pl_api_0123456789abcdefghijklmnopqrstuv";

/// A business with all its doors.
pub struct House {
    importing: Importing,
    converse: Converse,
    contacts: Router,
    leads: Router,
    booking: Router,
}

impl House {
    pub async fn new() -> Self {
        let importing = Importing::new().await;
        let stage = &importing.scene.stage;
        let acme = &stage.tenant.id;
        let lakewood: Location = from_value(json!({
            "id": "lakewood", "name": "Lakewood", "phone": own(2),
            "address": {"street": "410 Example Street", "city": "Lakewood", "country": "US"},
        }))
        .unwrap();
        let ana: StaffMember =
            from_value(json!({"id": "ana", "name": "Ana Flores", "phone": own(3), "email": "ana@example.com"}))
                .unwrap();
        stage.store.documents().create(acme, &lakewood, &trace()).await.unwrap();
        stage.store.documents().create(acme, &ana, &trace()).await.unwrap();
        open_for_visits(stage, furnish).await;
        let key = ApiKey {
            id: ApiKeyId::derive(acme, &["key"]),
            name: "key".to_owned(),
            mode: domain::identity::KeyMode::Live,
            scopes: BTreeSet::from([Permission::ReadLeads, Permission::WriteLeads]),
            prefix: "pl_api_".to_owned(),
            created_at: runtime::clock::now(),
            last_used_at: None,
        };
        stage.store.api_keys().make(acme, &key, &SecretString::from(KEY.to_owned()), &trace()).await.unwrap();
        let guard = Guard {
            store: stage.cold(),
            issuer: "urn:test".to_owned(),
            own_origins: Vec::new(),
            trusted_hops: TrustedHops::default(),
        };
        // Nothing here fills a queue.
        let sqs = aws_sdk_sqs::Client::new(&stage.aws);
        let journeys = api_journeys::AppState {
            guard: guard.clone(),
            queue: Queue::new(sqs.clone(), "none".to_owned()),
            files: Files::new(&stage.aws, importing.scene.bucket.clone()),
            imports: Queue::new(sqs.clone(), "none".to_owned()),
            mails: Queue::new(sqs, "none".to_owned()),
        };
        let sealing = stage.cold().sealing_with(stage.stack.outputs["CredentialsKeyId"].clone());
        let booking = api_booking::AppState { store: sealing, trusted_hops: TrustedHops::default() };
        Self {
            converse: Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None },
            contacts: api_journeys::router(journeys),
            leads: api_leads::router(guard),
            booking: api_booking::router(booking),
            importing,
        }
    }

    /// Brings `numbers` in by `door`. Gives those that were refused in words that name the field.
    pub async fn bring(&self, door: Door, numbers: &[&str]) -> Vec<String> {
        if door == Door::Import {
            return self.import(numbers).await;
        }
        let mut refused = Vec::new();
        for (index, number) in numbers.iter().enumerate() {
            let taken = match door {
                Door::NewContact | Door::ChangedContact | Door::Lead => self.by_api(door, number).await,
                Door::Booking => self.booked(index, number).await,
                _ => self.said(door, index, number).await,
            };
            if !taken {
                refused.push((*number).to_owned());
            }
        }
        refused
    }

    async fn said(&self, door: Door, index: usize, number: &str) -> bool {
        let id = format!("{door:?}-{index}");
        let parsed: Result<(Parsed, Source, Channel), Failure> = match door {
            Door::Form => {
                let body = json!({"phone": number, "message": "Hello", "submission_id": id}).to_string();
                let form = web_form::parse(body.as_bytes(), Some("application/json"), "US", noon(0));
                form.map(|form| (form.message, Source::WebForm, form.channel))
            }
            Door::Call => {
                let body = json!({"call_key": "k", "caller": number, "call_id": id}).to_string();
                missed_call::parse(body.as_bytes(), "US", noon(0))
                    .map(|call| (message(call).message, Source::MissedCall, Channel::Sms))
            }
            Door::Sms => {
                let form = [("AccountSid", "AC0"), ("MessageSid", &id), ("To", "+13035550181"), ("From", number)];
                let form = form.into_iter().chain([("Body", "Hello"), ("NumMedia", "0")]);
                let body = Serializer::new(String::new()).extend_pairs(form).finish();
                twilio::parse_sms(body.as_bytes()).map(|sms| (message(sms).message, Source::Sms, Channel::Sms))
            }
            Door::Whatsapp => {
                let from = number.trim_start_matches('+');
                let text = json!({"id": id, "from": from, "timestamp": "1795176000", "type": "text", "text": {"body": "Hello"}});
                let value = json!({"messaging_product": "whatsapp", "messages": [text],
                    "metadata": {"display_phone_number": "13035550181", "phone_number_id": "1"}});
                let entry = json!([{"id": "1", "changes": [{"field": "messages", "value": value}]}]);
                let body = json!({"object": "whatsapp_business_account", "entry": entry}).to_string();
                meta::parse(body.as_bytes())
                    .map(|mut changes| (changes.remove(0).messages.remove(0), Source::Whatsapp, Channel::Whatsapp))
            }
            _ => {
                let (visitor, text) = match door {
                    Door::Chat => (json!({"phone": number}), "Are you open today?".to_owned()),
                    _ => (json!({}), format!("My number is {number}")),
                };
                let body =
                    json!({"widget_key": "k", "session_id": id, "message": text, "visitor": visitor}).to_string();
                let said = live_chat::parse(body.as_bytes(), "US", noon(0));
                said.map(|said| (said.message, Source::LiveChat, Channel::Chat))
            }
        };
        let (message, source, channel) = match parsed {
            Ok(parsed) => parsed,
            Err(failure) => {
                assert!(says_what_to_write(&failure), "{door:?} {number}: {failure:?}");
                return false;
            }
        };
        let tenant = self.importing.scene.stage.tenant.id.clone();
        let inbound = message.into_inbound(tenant, source, channel, noon(0), "c".to_owned());
        match door {
            Door::Model => {
                let model = Model::reading(number).await;
                let converse =
                    Converse { store: self.converse.store.clone(), assistant: model.assistant(), library: None };
                converse.answer(&inbound).await.unwrap();
                assert!(model.asked().await > 0, "the model reads it");
            }
            _ => {
                self.converse.answer(&inbound).await.unwrap();
            }
        }
        true
    }

    /// A call of the API, let through when its turn comes.
    async fn call(
        &self,
        api: &Router,
        method: &str,
        path: &str,
        etag: Option<&str>,
        body: Value,
    ) -> (u16, String, Value) {
        let bearer = format!("Bearer {KEY}");
        let headers: Vec<(&str, &str)> =
            [("authorization", bearer.as_str())].into_iter().chain(etag.map(|etag| ("if-match", etag))).collect();
        loop {
            let (parts, bytes) = gateway::call(api, method, path, &headers, &body.to_string()).await;
            if parts.status.as_u16() == 429 {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                continue;
            }
            let etag = parts.headers.get(ETAG).map(|etag| etag.to_str().unwrap().to_owned()).unwrap_or_default();
            return (parts.status.as_u16(), etag, from_slice(&bytes).unwrap());
        }
    }

    async fn by_api(&self, door: Door, number: &str) -> bool {
        let (status, _, body) = match door {
            Door::NewContact => {
                self.call(&self.contacts, "POST", "/v1/contacts", None, json!({"phones": [number]})).await
            }
            Door::Lead => self.call(&self.leads, "POST", "/v1/leads", None, json!({"phone": number})).await,
            _ => {
                let (status, etag, ana) =
                    self.call(&self.contacts, "POST", "/v1/contacts", None, json!({"name": "Ana"})).await;
                assert_eq!(status, 201, "{ana}");
                let path = format!("/v1/contacts/{}", ana["id"].as_str().unwrap());
                self.call(&self.contacts, "PATCH", &path, Some(&etag), json!({"add": {"phones": [number]}})).await
            }
        };
        if status == 400 {
            let field = match door {
                Door::NewContact => "phones[0]",
                Door::Lead => "phone",
                _ => "add.phones[0]",
            };
            assert_eq!(body["field"], field, "{door:?} {number}: {body}");
            return false;
        }
        assert!(matches!(status, 200 | 201), "{door:?} {number}: {status} {body}");
        true
    }

    /// Books the hour `index` of the day after tomorrow.
    async fn booked(&self, index: usize, number: &str) -> bool {
        let hour = runtime::clock::now().as_second() / 3_600 + 48 + i64::try_from(index).unwrap();
        let (at, email) = (Timestamp::from_second(hour * 3_600).unwrap().to_string(), format!("a{index}@example.com"));
        let fields =
            [("nonce", &*format!("nonce-{index}")), ("at", &at), ("name", "Ana"), ("phone", number), ("email", &email)];
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let (parts, page) = gateway::call(&self.booking, "POST", "/book/acme", &form, &body).await;
        let page = String::from_utf8_lossy(&page).into_owned();
        match parts.status.as_u16() {
            303 => true,
            422 => {
                assert!(page.contains("id=\"phone-problem\""), "{number}: {page}");
                false
            }
            other => panic!("{number}: {other} {page}"),
        }
    }

    async fn import(&self, numbers: &[&str]) -> Vec<String> {
        let csv = numbers.iter().fold("Name,Mobile\n".to_owned(), |csv, number| format!("{csv}Ana,{number}\n"));
        // Tried first, as people do: it says the same.
        let (tried, _) = self.importing.finish(self.importing.begin(&csv, true, false).await).await;
        let (done, _) = self.importing.finish(self.importing.begin(&csv, false, false).await).await;
        assert_eq!((tried.made, tried.refused), (done.made, done.refused));
        let told = self.importing.told(&done).await;
        assert!(told.iter().all(|told| told.column == "Mobile"), "{told:?}");
        told.iter().map(|told| numbers[usize::try_from(told.line).unwrap() - 2].to_owned()).collect()
    }

    /// Every number that is kept of someone, whether as an address or as a word.
    pub async fn kept(&self) -> BTreeSet<String> {
        let mut kept: Vec<Address> = Vec::new();
        for item in self.importing.scene.stage.items().await {
            match crate::stage::text_of(&item, "entity") {
                "contact" => {
                    let contact: Contact = serde_dynamo::from_item(item).unwrap();
                    kept.extend(contact.addresses.into_iter().map(|known| known.address));
                }
                "thread" => {
                    let thread: Conversation = serde_dynamo::from_item(item).unwrap();
                    kept.extend(thread.stated.addresses);
                }
                _ => {}
            }
        }
        kept.iter()
            .filter(|address| matches!(address, Address::Phone(_)))
            .filter_map(Address::text)
            .map(str::to_owned)
            .collect()
    }
}

fn own(index: usize) -> Phone {
    Phone::typed(OWN[index], "US", "phone").unwrap()
}

fn furnish(tenant: &mut Tenant) {
    tenant.business.phone = Some(own(0));
    let sms: SmsSettings =
        from_value(json!({"account_sid": "AC00000000000000000000000000000001", "from": own(1)})).unwrap();
    tenant.channels.sms = Some(sms);
}

fn message<T>(received: Received<T>) -> T {
    match received {
        Received::Message(message) => message,
        Received::Unanswerable(_) => panic!("it has a number"),
    }
}

/// Whether it names a field for a telephone number and gives an example of one.
fn says_what_to_write(failure: &Failure) -> bool {
    let Failure::Rejected { field: Some(field), message, .. } = failure else { return false };
    ["phone", "visitor.phone", "caller"].contains(&field.as_str()) && message.contains("+14155550100")
}
