//! Two tenants with every permission there is: an outsider, and one that has one of everything.

use std::collections::BTreeMap;

use domain::campaigns::{Proposal, Proposed, WeatherRule};
use domain::conversations::{FilePlace, ReceivedFile, ReceivedFiles, Role};
use domain::identity::Permission;
use domain::ids::{AppointmentId, CampaignId, JobId, PurchaseOrderId, SuggestionId};
use domain::leads::Lead;
use domain::rights::{DataJob, DataWork};
use domain::scheduling::{Booking, Terms, WaitlistEntry};
use domain::tenancy::{Plan, TenantKind};
use domain::{ContactId, ConversationId, TenantId};
use jiff::ToSpan as _;
use serde_json::{Value, json};
use store::{Trace, WantedTime, Week};
use xtask::http::{Answer, Header};

use super::super::in_process;
use crate::stage::{Person, Tenant, eventually, number, stage, unique};

/// A week that no one plans for by themselves.
const ORDER_WEEK: &str = "2031-W07";

/// A call in this process, with a JSON body where there is one.
pub fn call(bearer: &Header, method: &str, path: &str, more: &[Header], body: &str) -> Answer {
    let json = ("content-type".to_owned(), "application/json".to_owned());
    let headers: Vec<Header> = [bearer.clone(), json].into_iter().chain(more.iter().cloned()).collect();
    in_process::call(method, path, &headers, body)
}

/// The scopes that a key can have.
fn all_scopes() -> impl Iterator<Item = Permission> {
    Permission::ALL.iter().copied().filter(|permission| permission.is_scope())
}

/// A tenant whose API key has every scope.
fn opened(kind: TenantKind, parent: Option<TenantId>) -> Tenant {
    Tenant::opened(|file| {
        (file.tenant.kind, file.tenant.parent, file.tenant.plan) = (kind, parent, Plan::Scale);
        file.api_keys.iter_mut().for_each(|key| key.scopes = all_scopes().collect());
    })
}

/// An agency that looks after no one: its owner may all that anybody may, and its key all that a key may.
pub struct Outsider {
    pub tenant: Tenant,
    pub owner: Person,
}

impl Outsider {
    pub fn new() -> Self {
        let tenant = opened(TenantKind::Agency, None);
        let owner = tenant.person("admin");
        Self { tenant, owner }
    }

    /// What it shows for something that takes this permission: a person, and a key where a key can have it.
    pub fn bearers(&self, permission: Permission) -> impl Iterator<Item = Header> {
        [self.owner.bearer()].into_iter().chain(permission.is_scope().then(|| self.tenant.bearer()))
    }
}

/// A business with one of everything, and the agency that looks after it.
pub struct Furnished {
    pub tenant: Tenant,
    pub owner: Person,
    /// Whose session stands in `ids`.
    guest: Person,
    guardian: Outsider,
    /// By what lists it in a path: the lead's id under `leads`.
    ids: BTreeMap<&'static str, String>,
}

impl Furnished {
    pub fn new() -> Self {
        let guardian = Outsider::new();
        let tenant = opened(TenantKind::Business, Some(guardian.tenant.id()));
        let (owner, guest, member) = (tenant.person("admin"), tenant.person("viewer"), tenant.person("viewer"));
        let mark = &unique()[..12];
        let made = |path: &str, body: Value| {
            let answer = call(&owner.bearer(), "POST", path, &[], &body.to_string());
            assert!((200..300).contains(&answer.status), "POST {path}: {} {}", answer.status, answer.body);
            let made: Value = serde_json::from_str(&answer.body).unwrap();
            made["id"].as_str().unwrap_or_else(|| panic!("POST {path}: {}", answer.body)).to_owned()
        };
        let first = |path: &str| {
            eventually(path, || {
                let page = call(&owner.bearer(), "GET", path, &[], "");
                let page: Value = serde_json::from_str(&page.body).unwrap();
                page["items"][0]["id"].as_str().map(ToOwned::to_owned)
            })
        };
        // Before anybody writes: functions remember sequences for a while. It leaves a task of everybody who asks.
        let sequence = made("/v1/sequences", sequence(&format!("sequence-{mark}")));
        let said = tenant.sms(&number(), "I need a roof inspection, and to talk to a person, please");
        tenant.sent_reply(&said);
        let lead: Lead = tenant.read(&format!("/v1/leads/{}", said.lead()));
        let (location, staff) = (format!("location-{mark}"), format!("staff-{mark}"));
        made(
            "/v1/locations",
            json!({"id": location, "name": "Downtown", "address": {
            "street": "1 Main Street", "city": "Denver", "postal_code": "80202", "state": "CO", "country": "US"}}),
        );
        made("/v1/staff", json!({"id": staff, "name": "Lee Park", "title": "Roofer"}));
        let resource = format!("resource-{mark}");
        made("/v1/resources", json!({"id": resource, "name": "Lee Park", "kind": "person"}));
        let weather_rule = format!("weather-{mark}");
        let service = stage().block_on(stage().store.tenants().get(&tenant.id())).unwrap().services[0].id.clone();
        made("/v1/weather-rules", storm(&weather_rule, service.as_str()));
        let canned = format!("canned-{mark}");
        made(
            "/v1/canned-answers",
            json!({"id": canned, "name": "Directions", "text": "Hi {name}, we are behind the mill."}),
        );
        // No one listens there, and no one serves a calendar.
        let calendar = made(
            "/v1/calendars",
            json!({"name": "Lee", "kind": "feed", "resource": resource, "url": "http://127.0.0.1:9/"}),
        );
        let webhook = made("/v1/webhooks", json!({"url": "http://127.0.0.1:9/", "events": ["review.received"]}));
        let delivery = made(&format!("/v1/webhooks/{webhook}/test"), json!({}));
        let document = json!({"name": "Prices.txt", "bytes": 9}).to_string();
        let document = call(&owner.bearer(), "POST", "/v1/knowledge/documents", &[], &document);
        let document: Value = serde_json::from_str(&document.body).unwrap();
        let pairs = json!([{"question": "Open on Sundays?", "answer": "No."}]);
        let faq = made("/v1/knowledge/faqs", json!({"name": "Questions", "pairs": pairs}));
        let (supplier, item) = (format!("supplier-{mark}"), format!("item-{mark}"));
        let mail = format!("orders@{mark}.example.com");
        made("/v1/inventory/suppliers", json!({"id": supplier, "name": "Front Range", "email": mail}));
        let offer = json!({"supplier": supplier, "lead_days": 3, "prices": [{"from": 1, "pack_cents": 900}]});
        let low = json!({"id": item, "sku": "CAP", "name": "Capacitor", "offers": [offer], "reorder_point": 5, "safety_stock": 9,
            "price_cents": 4_900});
        made("/v1/inventory/items", low);
        // One was used at a profit: insights name it.
        let days_ago = |days: i64| (runtime::clock::now() - jiff::SignedDuration::from_hours(24 * days)).to_string();
        let movement = |kind: &str, quantity: i64, days: i64| json!({"key": kind, "item": item, "kind": kind, "place": "shop", "quantity": quantity, "at": days_ago(days)});
        let moved = json!({"movements": [movement("receive", 3, 5), movement("use", 2, 3)]}).to_string();
        let moved = call(&owner.bearer(), "POST", "/v1/inventory/movements", &[], &moved);
        assert_eq!(moved.body.matches("\"problem\":null").count(), 2, "{}", moved.body);
        // What was refused is noted as well.
        let refused = call(&owner.bearer(), "POST", "/v1/locations", &[], "{}");
        let logged = refused.header("x-request-id").unwrap().to_owned();
        let ids = BTreeMap::from([
            ("deliveries", delivery),
            ("webhooks", webhook),
            ("tenants", tenant.id().to_string()),
            ("leads", said.lead().to_string()),
            ("contacts", lead.contact.to_string()),
            ("conversations", said.conversation().to_string()),
            ("received-files", received_file(&tenant.id(), lead.contact, said.conversation())),
            ("suggestions", suggestion(&tenant.id(), said.conversation()).to_string()),
            ("escalations", first("/v1/escalations")),
            ("gaps", crate::gaps::suggested(&tenant).to_string()),
            ("campaigns", campaign(&tenant.id()).to_string()),
            ("weather-rules", weather_rule),
            ("sequences", sequence),
            ("tasks", first("/v1/tasks")),
            ("requests", logged),
            ("approvals", format!("agree_visit.{}", said.lead())),
            ("canned-answers", canned),
            ("documents", document["document"]["id"].as_str().unwrap().to_owned()),
            ("faqs", faq),
            ("locations", location),
            ("staff", staff),
            ("resources", resource),
            ("calendars", calendar),
            ("appointments", appointment(&tenant.id(), lead.contact).to_string()),
            ("waitlist", waits(&tenant.id(), lead.contact).to_string()),
            ("api-keys", made("/v1/api-keys", json!({"name": "second", "scopes": ["leads:read"]}))),
            ("site-keys", made("/v1/site-keys", json!({"kind": "form", "name": "site"}))),
            ("members", member.account.to_string()),
            ("sessions", guest.session.to_string()),
            ("invitations", made("/v1/invitations", json!({"email": format!("{mark}@example.com"), "role": "agent"}))),
            ("exports", made("/v1/exports", json!({"contact": lead.contact}))),
            ("contact-imports", made("/v1/contact-imports", json!({"mapping": {"name": ["Name"]}, "bytes": 8}))),
            ("suppliers", supplier),
            ("items", item),
            ("orders", order(&tenant.id()).to_string()),
            ("weeks", ORDER_WEEK.to_owned()),
            ("erasures", erasure(&tenant.id()).to_string()),
        ]);
        Self { tenant, owner, guest, guardian, ids }
    }

    /// The id of a thing, by what lists it in a path.
    pub fn id(&self, thing: &str) -> String {
        self.ids.get(thing).unwrap_or_else(|| panic!("say in this file what another tenant has in {thing}")).clone()
    }

    /// Whose all this is, for something that takes this permission.
    pub fn insider(&self, permission: Permission) -> Header {
        match permission {
            Permission::OwnAccount => self.guest.bearer(),
            Permission::ReadTenants | Permission::WriteTenants => self.guardian.owner.bearer(),
            _ => self.owner.bearer(),
        }
    }

    /// What nothing that another tenant gets may hold.
    pub fn traces(&self) -> impl Iterator<Item = &String> {
        self.ids.values()
    }
}

/// An appointment that is not booked yet, at a time that no one offers.
fn appointment(tenant: &TenantId, contact: ContactId) -> AppointmentId {
    let (store, at) = (&stage().store, runtime::clock::now());
    stage().block_on(async {
        let mut shop = (*store.tenants().get(tenant).await.unwrap()).clone();
        let rules = json!({"needs": [{"kind": "person"}], "lead_minutes": 0});
        let service = &mut shop.services[0];
        (service.duration_minutes, service.skills) = (Some(60), Vec::new());
        service.booking = Some(serde_json::from_value(rules).unwrap());
        let terms = Terms::of(&shop, None, &shop.services[0].id).unwrap();
        let loaded = store.appointments().calendar(tenant, terms.dates(at, at + 200.hours())).await.unwrap();
        let starts_at = loaded.of(&terms, None, at).slots(at + 24.hours(), at + 200.hours(), 1)[0].starts_at;
        let id = AppointmentId::derive(tenant, &["furnished"]);
        let (new, by) = (Booking::new(id, contact, &terms, at), domain::identity::Actor::Operator);
        let trace = Trace { actor: by, at, address: None, correlation_id: unique() };
        let wanted = WantedTime { terms: &terms, starts_at, resources: &[] };
        store.appointments().make(tenant, &new, wanted, true, &trace).await.unwrap().value.id
    })
}

/// A weather rule of that id.
fn storm(id: &str, service: &str) -> Value {
    json!({"id": id, "name": "Storm", "condition": "storm", "thresholds": {"gust_above_tenths_kmh": 966}, "lead_days": 2,
        "services": [service]})
}

/// A campaign that has just begun.
pub fn campaign(tenant: &TenantId) -> CampaignId {
    let (store, now) = (&stage().store, runtime::clock::now());
    stage().block_on(async {
        let mut shop = (*store.tenants().get(tenant).await.unwrap()).clone();
        shop.services[0].booking = Some(serde_json::from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
        let rule: WeatherRule = serde_json::from_value(storm("storm", shop.services[0].id.as_str())).unwrap();
        let today = now.to_zoned(shop.time_zone()).date();
        let proposal = Proposal {
            condition: rule.condition,
            rule,
            event: format!("storm-{}", unique()),
            first_day: today,
            last_day: today,
            peak: Some(1_020),
            hail_tenths_mm: None,
            location: None,
            place: None,
        };
        match store.campaigns().propose(&shop, &proposal, now).await.unwrap() {
            Proposed::New(id) => id,
            other => panic!("{other:?}"),
        }
    })
}

/// A file that came with the contact's message.
fn received_file(tenant: &TenantId, contact: ContactId, conversation: ConversationId) -> String {
    let store = &stage().store;
    stage().block_on(async {
        let replay = store.conversations().replay(tenant, conversation).await.unwrap();
        let message = replay.messages.iter().find(|message| message.role == Role::Customer).unwrap().reference;
        let file = ReceivedFile::kept(&FilePlace { message, number: 0 }, "image/jpeg", 7);
        let id = file.id.clone();
        store
            .conversations()
            .keep_files(tenant, &message, &ReceivedFiles { contact, files: vec![file] })
            .await
            .unwrap();
        id
    })
}

/// A reply that was suggested to staff, and of which nothing became yet.
fn suggestion(tenant: &TenantId, conversation: ConversationId) -> SuggestionId {
    let (store, at) = (&stage().store, runtime::clock::now());
    let id = SuggestionId::derive(tenant, &["furnished"]);
    let basis = json!({"task": "suggest", "prompt": 1, "messages": 2, "last_message_at": at});
    let suggested = json!({
        "id": id, "conversation": conversation, "text": "At three.", "cost_mode": "none", "basis": basis,
        "asked_by": {"type": "operator"}, "at": at, "day": "2026-11-20",
    });
    let suggested = serde_json::from_value(suggested).unwrap();
    stage().block_on(store.conversations().keep_suggestion(tenant, &suggested, (&[], None), None)).unwrap().id
}

/// The order that was drafted for a week.
fn order(tenant: &TenantId) -> PurchaseOrderId {
    let (store, at) = (&stage().store, runtime::clock::now());
    stage().block_on(async {
        let tenant = store.tenants().get(tenant).await.unwrap();
        let week = store.inventory().draft_week(&tenant, ORDER_WEEK, &unique(), at).await.unwrap();
        let Week::Drafted(week) = week else { panic!("nothing was drafted: {week:?}") };
        week.orders[0]
    })
}

/// The contact waits for a time to become free.
fn waits(tenant: &TenantId, contact: ContactId) -> ContactId {
    let (store, at) = (&stage().store, runtime::clock::now());
    // Another service than that of their appointment: who has what they wait for waits no more.
    let service = stage().block_on(store.tenants().get(tenant)).unwrap().services[1].id.clone();
    let trace = Trace { actor: domain::identity::Actor::Operator, at, address: None, correlation_id: unique() };
    let entry = WaitlistEntry::new(contact, service, at);
    stage().block_on(store.appointments().join_waitlist(tenant, &entry, &trace)).unwrap().value.contact
}

/// An erasure that was asked for, of someone who is not there, and that no one has begun.
fn erasure(tenant: &TenantId) -> JobId {
    let (id, at) = (JobId::derive(tenant, &["erasure"]), runtime::clock::now());
    let work = DataWork::EraseContact { contact: ContactId::derive(tenant, &["nobody"]) };
    let by = domain::identity::Actor::Operator;
    let job = DataJob::new(id, tenant.clone(), work, by.clone(), at);
    let trace = Trace { actor: by, at, address: None, correlation_id: unique() };
    stage().block_on(stage().store.rights().begin(&job, &trace)).unwrap().id
}

/// A sequence that leaves a task to staff.
pub fn sequence(id: &str) -> Value {
    let task = json!({"task": {"kind": "call", "title": "Call them"}});
    let step = json!({"id": "call", "wait": {"after": {"minutes": 0}}, "does": task});
    json!({"id": id, "name": "Call", "kind": "follow_up", "enters_on": [{"on": "lead.created"}], "steps": [step]})
}
