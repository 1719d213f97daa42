//! The place of one item of every kind. What is stored stands under these keys: a change here is a change of the table.

use domain::ids::{
    AccountId, AppointmentId, AuditId, ImportId, JobId, LocationId, NoteId, ResourceId, ServiceId, SessionId, TaskId,
    WebhookDeliveryId, WebhookId,
};
use domain::leads::Keyword;
use domain::messaging::{Address, Channel, Email, MessageRef, Phone};
use domain::scheduling::{DayKey, DayOwner};
use domain::tenancy::usage::{Feature, Month};
use domain::{ContactId, ConversationId, EscalationId, EventId, LeadId, MessageId, TenantId};
use jiff::Timestamp;
use jiff::civil::date;

use crate::table::entities::{Entity, Owner};
use crate::table::keys::{self, TableKey};
use crate::table::pending::Backlog;

pub(crate) const CONTACT: &str = "c0000000-0000-5000-8000-000000000001";
const OTHER: &str = "c0000000-0000-5000-8000-000000000002";
pub(crate) const LEAD: &str = "1ead0000-0000-5000-8000-000000000001";
pub(crate) const THREAD: &str = "70000000-0000-5000-8000-000000000001";
const MESSAGE: &str = "e0000000-0000-5000-8000-000000000001";
pub(crate) const ID: &str = "1d000000-0000-5000-8000-000000000001";
const ACCOUNT: &str = "acc00000-0000-5000-8000-000000000001";

fn acme() -> TenantId {
    TenantId::new("acme").unwrap()
}

pub(crate) fn at() -> Timestamp {
    Timestamp::from_millisecond(1_795_176_000_000).unwrap()
}

/// Each kind as `docs/data-model.md` names it, and the place of a sample.
pub(crate) fn samples() -> Vec<(&'static str, TableKey)> {
    let (acme, platform) = (acme(), TenantId::platform());
    let tenants = [of_contacts(&acme), of_conversations(&acme), of_tenancy(&acme), of_scheduling(&acme)].concat();
    [tenants, of_the_platform(&acme, &platform)].concat()
}

fn of_contacts(acme: &TenantId) -> Vec<(&'static str, TableKey)> {
    let (contact, other) = (ContactId::parse(CONTACT).unwrap(), ContactId::parse(OTHER).unwrap());
    let (lead, task, at) = (LeadId::parse(LEAD).unwrap(), TaskId::parse(ID).unwrap(), at());
    let address = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
    let sequence = "silent-lead".to_owned().try_into().unwrap();
    let (step, variant) = ("day-1".to_owned().try_into().unwrap(), "b".to_owned().try_into().unwrap());
    vec![
        ("contact", keys::of(acme).contact(contact)),
        ("lead", keys::of(acme).lead(contact)),
        ("lead, earlier", keys::of(acme).past_lead(contact, lead)),
        ("merged_lead", keys::of(acme).merged_lead(contact)),
        ("duplicate", keys::of(acme).duplicate(other, contact)),
        ("pointer", keys::of(acme).lead_pointer(lead)),
        ("identity", keys::of(acme).identity(&address)),
        ("keyword", keys::of(acme).keyword(&Keyword::tag("VIP"), at, contact)),
        ("contact_note", keys::of(acme).contact_note(contact, at, NoteId::parse(ID).unwrap())),
        ("import", keys::of(acme).import(ImportId::parse(ID).unwrap())),
        ("import_line", keys::of(acme).import_line(ImportId::parse(ID).unwrap(), false, 7)),
        ("suppression", keys::of(acme).suppression(&address)),
        ("suppression, kept", keys::of(acme).kept_suppression("5f")),
        ("standing", keys::of(acme).opt_out_state(contact)),
        ("journey", keys::of(acme).journey(contact)),
        ("pointer", keys::of(acme).task_pointer(contact, at, task)),
        ("task", keys::of(acme).task(task)),
        ("tally", keys::of(acme).variant_count(&sequence, &step, &variant)),
        ("touches", keys::of(acme).touches(&Month::of(at), 3)),
    ]
}

fn of_conversations(acme: &TenantId) -> Vec<(&'static str, TableKey)> {
    let (contact, thread) = (ContactId::parse(CONTACT).unwrap(), ConversationId::parse(THREAD).unwrap());
    let message = MessageId::parse(MESSAGE).unwrap();
    vec![
        ("thread", keys::of(acme).thread(contact, Channel::Sms)),
        ("thread, earlier", keys::of(acme).past_thread(contact, thread)),
        ("pointer", keys::of(acme).thread_pointer(thread)),
        ("pointer", keys::of(acme).chat_pointer("s-1")),
        ("message", keys::of(acme).message(&MessageRef { conversation: thread, at: at(), message })),
        ("escalation", keys::of(acme).escalation(thread, EscalationId::parse(ID).unwrap())),
        ("note", keys::of(acme).note(thread, NoteId::parse(ID).unwrap())),
        ("canned_answer", keys::of(acme).document("canned_answer", "directions")),
        ("presence", keys::of(acme).presence(thread, AccountId::parse(ACCOUNT).unwrap())),
        ("read_mark", keys::of(acme).read_mark(AccountId::parse(ACCOUNT).unwrap(), thread)),
        ("notice_choice", keys::of(acme).notice_choice(AccountId::parse(ACCOUNT).unwrap())),
        ("told", keys::of(acme).told(AccountId::parse(ACCOUNT).unwrap(), thread)),
        ("seen", keys::of(acme).seen(message)),
        ("said", keys::of(acme).said(message)),
        ("failed sends", keys::of(acme).failed_sends(date(2026, 11, 20), Channel::Sms, "30007")),
        ("outbox", keys::of(acme).outbox(EventId::parse(ID).unwrap())),
        ("outbox-later", keys::of(acme).outbox(EventId::parse(ID).unwrap())),
    ]
}

fn of_tenancy(acme: &TenantId) -> Vec<(&'static str, TableKey)> {
    let (day, month) = (date(2026, 11, 20), Month::of(at()));
    let lakewood = LocationId::new("lakewood").unwrap();
    vec![
        ("tenant", keys::of(acme).tenant()),
        ("location", keys::of(acme).document("location", "lakewood")),
        ("staff", keys::of(acme).document("staff", "ana-flores")),
        ("sequence", keys::of(acme).document("sequence", "silent-lead")),
        ("member", keys::of(acme).document("member", ACCOUNT)),
        ("invitation", keys::of(acme).document("invitation", ID)),
        ("site_key", keys::of(acme).document("site_key", ID)),
        ("webhook", keys::of(acme).document("webhook", ID)),
        ("webhook_delivery", keys::of(acme).webhook_delivery(WebhookDeliveryId::parse(ID).unwrap())),
        ("report", keys::of(acme).report(EventId::parse(ID).unwrap())),
        ("admins", keys::of(acme).admins()),
        ("API key", keys::of(acme).api_key(2)),
        ("audit", keys::of(acme).audit(at(), AuditId::parse(ID).unwrap())),
        ("request_log", keys::of(acme).logged_request("001795176720000-JKJaXmPLvHcESHB")),
        ("idempotency", keys::of(acme).idempotency("5f")),
        ("credential", keys::of(acme).credential("sending", "twilio-api-key")),
        ("registration", keys::registration("form", "5f")),
        ("usage", keys::of(acme).usage(day, Feature::Converse, "a-model", 3)),
        ("usage threshold", keys::of(acme).usage_threshold(&month, 80)),
        ("usage total", keys::of(acme).usage_total(&month)),
        ("insight day", keys::of(acme).insight_day(None, day)),
        ("insight day", keys::of(acme).insight_day(Some(&lakewood), day)),
        ("counted", keys::of(acme).counted(EventId::parse(ID).unwrap())),
    ]
}

fn of_scheduling(acme: &TenantId) -> Vec<(&'static str, TableKey)> {
    let (contact, appointment) = (ContactId::parse(CONTACT).unwrap(), AppointmentId::parse(ID).unwrap());
    let bay = DayOwner::Resource(ResourceId::new("bay-2").unwrap());
    let service = DayOwner::Service(ServiceId::new("alignment").unwrap());
    let day = |owner| DayKey { date: date(2026, 11, 20), owner };
    vec![
        ("resource", keys::of(acme).document("resource", "bay-2")),
        ("waitlist_entry", keys::of(acme).document("waitlist_entry", CONTACT)),
        ("outside_calendar", keys::of(acme).document("outside_calendar", ID)),
        ("booking", keys::of(acme).booking(appointment)),
        ("pointer", keys::of(acme).booking_pointer(contact, appointment)),
        ("no show model", keys::of(acme).no_show_model()),
        ("calendar day", keys::of(acme).calendar_day(&day(bay))),
        ("calendar day", keys::of(acme).calendar_day(&day(service))),
    ]
}

fn of_the_platform(acme: &TenantId, platform: &TenantId) -> Vec<(&'static str, TableKey)> {
    let account = AccountId::parse(ACCOUNT).unwrap();
    let (session, job) = (SessionId::parse(ID).unwrap(), JobId::parse(ID).unwrap());
    vec![
        ("tenant entry", keys::platform().tenant_entry(platform, acme)),
        ("account", keys::platform().account(account)),
        ("membership", keys::platform().membership(account, acme)),
        ("session", keys::platform().session(account, session)),
        ("sessions", keys::platform().sessions_mark(account)),
        ("login", keys::platform().login(&Email::new("ana@example.com", "email").unwrap())),
        ("failures", keys::platform().failures("5f")),
        ("device", keys::platform().device("5f")),
        ("link", keys::platform().link("5f")),
        ("signing-key", keys::platform().signing_key(7)),
        ("credential", keys::of(platform).credential("identity", &format!("second-factor#{account}"))),
        ("credential", keys::of(platform).credential("calendars", "google-client-secret")),
        ("credential", keys::of(platform).credential("model", "anthropic-api-key")),
        ("credential", keys::of(platform).credential("model", "openai-api-key")),
        ("bucket", keys::platform().bucket("form")),
        ("circuit", keys::platform().circuit("anthropic")),
        ("job mark", keys::platform().jobs_mark(acme)),
        ("job", keys::platform().job(acme, job)),
    ]
}

/// The key of each sample, as it has been stored from the beginning.
const STORED: &str = "\
contact|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|NOW#CONTACT
lead|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|NOW#LEAD
lead, earlier|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|PAST#LEAD#1ead0000-0000-5000-8000-000000000001
merged_lead|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|MERGED#LEAD
duplicate|T#acme#DUPLICATES|c0000000-0000-5000-8000-000000000001#c0000000-0000-5000-8000-000000000002
pointer|T#acme#LEAD#1ead0000-0000-5000-8000-000000000001|POINTER
identity|T#acme#IDENTITY#phone:+13035550101|IDENTITY
keyword|T#acme#FIND#tag:vi|vip#998204823999999#c0000000-0000-5000-8000-000000000001
contact_note|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|NOTE#t#001795176000000#1d000000-0000-5000-8000-000000000001
import|T#acme#IMPORT#1d000000-0000-5000-8000-000000000001|IMPORT
import_line|T#acme#IMPORT#1d000000-0000-5000-8000-000000000001|LINE#0000000007
suppression|T#acme#SUPPRESSION#phone:+13035550101|SUPPRESSION
suppression, kept|T#acme#SUPPRESSION#hmac-sha256:5f|SUPPRESSION
standing|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|NOW#STANDING
journey|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|NOW#JOURNEY
pointer|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|TASK#001795176000000#1d000000-0000-5000-8000-000000000001
task|T#acme#TASKS|1d000000-0000-5000-8000-000000000001
tally|T#acme#TALLY#silent-lead|day-1#b
touches|T#acme#TOUCHES#2026-11|3
thread|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|NOW#THREAD#sms
thread, earlier|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|PAST#THREAD#70000000-0000-5000-8000-000000000001
pointer|T#acme#THREAD#70000000-0000-5000-8000-000000000001|POINTER
pointer|T#acme#CHAT#s-1|POINTER
message|T#acme#THREAD#70000000-0000-5000-8000-000000000001|M#001795176000000#e0000000-0000-5000-8000-000000000001
escalation|T#acme#THREAD#70000000-0000-5000-8000-000000000001|E#1d000000-0000-5000-8000-000000000001
note|T#acme#THREAD#70000000-0000-5000-8000-000000000001|N#1d000000-0000-5000-8000-000000000001
canned_answer|T#acme#CANNED_ANSWER|directions
presence|T#acme#THREAD#70000000-0000-5000-8000-000000000001|PRESENT#acc00000-0000-5000-8000-000000000001
read_mark|T#acme#READ#acc00000-0000-5000-8000-000000000001|70000000-0000-5000-8000-000000000001
notice_choice|T#acme#NOTICE_CHOICE|acc00000-0000-5000-8000-000000000001
told|T#acme#TOLD#acc00000-0000-5000-8000-000000000001|70000000-0000-5000-8000-000000000001
seen|T#acme#SEEN#e0000000-0000-5000-8000-000000000001|SEEN
said|T#acme#SEEN#e0000000-0000-5000-8000-000000000001|SAID
failed sends|T#acme#FAILED_SENDS#2026-11-20|sms#30007
outbox|T#acme#OUTBOX#1d000000-0000-5000-8000-000000000001|OUTBOX
outbox-later|T#acme#OUTBOX#1d000000-0000-5000-8000-000000000001|OUTBOX
tenant|T#acme#TENANT|TENANT
location|T#acme#LOCATION|lakewood
staff|T#acme#STAFF|ana-flores
sequence|T#acme#SEQUENCE|silent-lead
member|T#acme#MEMBER|acc00000-0000-5000-8000-000000000001
invitation|T#acme#INVITATION|1d000000-0000-5000-8000-000000000001
site_key|T#acme#SITE_KEY|1d000000-0000-5000-8000-000000000001
webhook|T#acme#WEBHOOK|1d000000-0000-5000-8000-000000000001
webhook_delivery|T#acme#WEBHOOK_DELIVERY#1d000000-0000-5000-8000-000000000001|DELIVERY
report|T#acme#REPORT#1d000000-0000-5000-8000-000000000001|REPORT
admins|T#acme#ADMINS|ADMINS
API key|T#acme#API_KEY|2
audit|T#acme#AUDIT|001795176000000#1d000000-0000-5000-8000-000000000001
request_log|T#acme#REQUESTS|001795176720000-JKJaXmPLvHcESHB
idempotency|T#acme#IDEMPOTENCY#5f|REQUEST
credential|T#acme#CREDENTIAL#sending|twilio-api-key
registration|K#form#5f|KEY
usage|T#acme#USAGE#2026-11|20#converse#a-model#3
usage threshold|T#acme#USAGE#2026-11|THRESHOLD#80
usage total|T#acme#USAGE#2026-11|TOTAL
insight day|T#acme#INSIGHTS|2026-11-20
insight day|T#acme#INSIGHTS#lakewood|2026-11-20
counted|T#acme#COUNTED#1d000000-0000-5000-8000-000000000001|COUNTED
resource|T#acme#RESOURCE|bay-2
waitlist_entry|T#acme#WAITLIST_ENTRY|c0000000-0000-5000-8000-000000000001
outside_calendar|T#acme#OUTSIDE_CALENDAR|1d000000-0000-5000-8000-000000000001
booking|T#acme#APPOINTMENT#1d000000-0000-5000-8000-000000000001|APPOINTMENT
pointer|T#acme#PERSON#c0000000-0000-5000-8000-000000000001|APPOINTMENT#1d000000-0000-5000-8000-000000000001
no show model|T#acme#NO_SHOW|MODEL
calendar day|T#acme#CALENDAR|2026-11-20#bay-2
calendar day|T#acme#CALENDAR|2026-11-20#service:alignment
tenant entry|T#porchlight-platform#TENANTS#porchlight-platform|acme
account|T#porchlight-platform#ACCOUNT#acc00000-0000-5000-8000-000000000001|ACCOUNT
membership|T#porchlight-platform#ACCOUNT#acc00000-0000-5000-8000-000000000001|MEMBER#acme
session|T#porchlight-platform#ACCOUNT#acc00000-0000-5000-8000-000000000001|SESSION#1d000000-0000-5000-8000-000000000001
sessions|T#porchlight-platform#ACCOUNT#acc00000-0000-5000-8000-000000000001|SESSIONS
login|T#porchlight-platform#LOGIN#8e43ca37701228e74983efdbd0cff5c16b3b1e5d4e29a7c05626d4d25a018e11|LOGIN
failures|T#porchlight-platform#FAILURES#5f|FAILURES
device|T#porchlight-platform#DEVICE#5f|DEVICE
link|T#porchlight-platform#LINK#5f|LINK
signing-key|T#porchlight-platform#SIGNING_KEY|0000000007
credential|T#porchlight-platform#CREDENTIAL#identity|second-factor#acc00000-0000-5000-8000-000000000001
credential|T#porchlight-platform#CREDENTIAL#calendars|google-client-secret
credential|T#porchlight-platform#CREDENTIAL#model|anthropic-api-key
credential|T#porchlight-platform#CREDENTIAL#model|openai-api-key
bucket|T#porchlight-platform#BUCKET#form|BUCKET
circuit|T#porchlight-platform#CIRCUIT|anthropic
job mark|T#porchlight-platform#JOB#acme|MARK
job|T#porchlight-platform#JOB#acme|1d000000-0000-5000-8000-000000000001
";

#[test]
fn every_kind_stands_where_it_always_stood() {
    let now: Vec<String> = samples().iter().map(|(kind, key)| format!("{kind}|{}|{}", key.pk, key.sk)).collect();
    assert_eq!(now, STORED.lines().collect::<Vec<_>>());
}

#[test]
fn what_is_a_tenants_or_a_contacts_stands_in_its_tenants_space() {
    let (samples, own) = (samples(), keys::of(&acme()).everything());
    let theirs = samples.iter().filter(|(kind, _)| {
        let name = kind.strip_suffix(", earlier").unwrap_or(kind);
        Entity::named(name).unwrap().owner != Owner::Platform
    });
    for (kind, key) in theirs {
        assert!(key.pk.starts_with(&own), "{kind}: {}", key.pk);
    }
}

#[test]
fn the_partitions_of_the_indexes_are_what_they_always_were() {
    let (acme, event) = (acme(), EventId::parse(ID).unwrap());
    let (contact, thread) = (ContactId::parse(CONTACT).unwrap(), ConversationId::parse(THREAD).unwrap());
    let lists = [
        keys::of(&acme).lead_list(),
        keys::of(&acme).thread_list(),
        keys::of(&acme).escalation_list(),
        keys::of(&acme).task_list(),
        keys::of(&acme).duplicate_list(),
        keys::of(&acme).audit_list(),
        keys::of(&acme).booking_list(),
        keys::of(&acme).import_list(),
        keys::of(&acme).webhook_delivery_list(WebhookId::parse(ID).unwrap()),
    ];
    let deliveries = format!("WEBHOOK_DELIVERIES#{ID}");
    let names =
        ["LEADS", "THREADS", "ESCALATIONS", "TASKS", "DUPLICATES", "AUDIT", "APPOINTMENTS", "IMPORTS", &deliveries];
    assert_eq!(lists.map(|list| list.to_string()), names.map(|name| format!("T#acme#{name}")));
    assert_eq!(keys::of(&acme).everything(), "T#acme#");
    let shards = [
        Backlog::Outbox.partition_of(event),
        Backlog::SequenceSteps.partition_of(contact),
        Backlog::Sla.partition_of(thread),
    ];
    assert_eq!(shards, ["PENDING#3", "TOUCH#1", "SLA#1"]);
}
