//! A sample of every kind of item of this context: what a tenant configures and counts.

use domain::TenantId;
use domain::identity::{ApiKey, AuditEntry, LoggedRequest};
use domain::ids::AuditId;
use domain::tenancy::runs::{Run, RunKind};
use domain::tenancy::usage::{Feature, Month};
use domain::tenancy::{Location, StaffMember, Tenant};
use jiff::civil::date;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{ACCOUNT, AT, ID, Place, Stored, acme, at, stored};
use crate::tenancy::tenants::TenantEntry;

fn weekly() -> Run {
    Run { kind: RunKind::WeeklyOrders, period: "2026-W49".to_owned() }
}

pub(crate) fn places() -> Vec<Place> {
    let (acme, platform) = (acme(), TenantId::platform());
    let (day, month) = (date(2026, 11, 20), Month::of(at()));
    let own = keys::of(&acme);
    vec![
        ("tenant", own.tenant(), "T#acme#TENANT|TENANT"),
        ("location", own.document("location", "lakewood"), "T#acme#LOCATION|lakewood"),
        ("staff", own.document("staff", "ana-flores"), "T#acme#STAFF|ana-flores"),
        ("site_key", own.document("site_key", ID), "T#acme#SITE_KEY|{id}"),
        ("API key", own.api_key(2), "T#acme#API_KEY|2"),
        ("audit", own.audit(at(), AuditId::parse(ID).unwrap()), "T#acme#AUDIT|{at}#{id}"),
        (
            "request_log",
            own.logged_request("001795176720000-JKJaXmPLvHcESHB"),
            "T#acme#REQUESTS|001795176720000-JKJaXmPLvHcESHB",
        ),
        ("idempotency", own.idempotency("5f"), "T#acme#IDEMPOTENCY#5f|REQUEST"),
        ("credential", own.credential("sending", "twilio-api-key"), "T#acme#CREDENTIAL#sending|twilio-api-key"),
        ("registration", keys::registration("form", "5f"), "K#form#5f|KEY"),
        ("usage", own.usage(day, Feature::Converse, "a-model", 3), "T#acme#USAGE#2026-11|20#converse#a-model#3"),
        ("usage threshold", own.usage_threshold(&month, 80), "T#acme#USAGE#2026-11|THRESHOLD#80"),
        ("usage total", own.usage_total(&month), "T#acme#USAGE#2026-11|TOTAL"),
        ("tenant entry", keys::platform().tenant_entry(&platform, &acme), "P#TENANTS#porchlight-platform|acme"),
        (
            "credential",
            keys::of(&platform).credential("identity", &format!("second-factor#{ACCOUNT}")),
            "P#CREDENTIAL#identity|second-factor#{account}",
        ),
        (
            "credential",
            keys::of(&platform).credential("calendars", "google-client-secret"),
            "P#CREDENTIAL#calendars|google-client-secret",
        ),
        (
            "credential",
            keys::of(&platform).credential("model", "anthropic-api-key"),
            "P#CREDENTIAL#model|anthropic-api-key",
        ),
        ("credential", keys::of(&platform).credential("model", "openai-api-key"), "P#CREDENTIAL#model|openai-api-key"),
        (
            "credential",
            keys::of(&platform).credential("weather", "open-meteo-api-key"),
            "P#CREDENTIAL#weather|open-meteo-api-key",
        ),
        ("bucket", keys::platform().bucket("form"), "P#BUCKET#form|BUCKET"),
        ("circuit", keys::platform().circuit("anthropic"), "P#CIRCUIT|anthropic"),
        ("run_outcome", keys::platform().run_outcome(&weekly(), &acme), "P#RUN#weekly_orders#2026-W49#2|acme"),
        ("run_hour", keys::platform().run_hour(&weekly(), at()), "P#RUN#weekly_orders|2026-W49#{at}"),
        ("run_clock", keys::platform().run_clock(RunKind::Weather), "P#RUN#weather|CLOCK"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    let price = json!({"from_cents": 100});
    vec![
        stored::<Tenant>(
            "tenant",
            json!({
                "id": "acme", "name": "Acme", "industry": "roofing", "status": "active", "plan": "growth", "kind": "agency",
                "currency": "USD", "zone": "America/Denver", "region": "US", "language": "en", "business": {}, "hours": {},
                "services": [{
                    "id": "repair", "name": "Repair", "deposit": {"cents": 100}, "price": price,
                    "dated_prices": [{"from": "2026-11-01", "price": price}],
                    "booking": {"needs": [{"kind": "person"}], "prefers": "nearest"},
                }],
                "intake": [{"id": "age", "text": "How old?", "kind": {"type": "text"}}],
                "personality": "sales", "channel_personalities": {"sms": "fast_direct"}, "text_back": "whatsapp",
                "escalation": {"rules": [{
                    "id": "vips", "when": [{"vip": true}], "then": [{"create_task": "Call them"}],
                }]},
                "notify": ["owner@example.com"], "parent": "agency", "works_at": "customer", "branding": {"name": "Acme"},
                "faqs": [{"question": "Licensed?", "answer": "Yes", "keywords": ["license"]}],
                "extras": [{"id": "late-checkout", "name": "Late checkout", "when": "visit_booked", "price": price}],
                "max_discount_percent": 5, "tone": "warm",
                "instructions": "None", "prompts": {"respond": "Be brief.", "no_tests": true}, "style": {"communication_style": {
                    "version": 1, "language": "en", "confirmed_at": AT,
                    "rules": [{"number": 1, "says": {"kind": "emoji", "value": "rare"}, "examples": [1, 2]}],
                }}, "escalation_words": ["lawyer"], "hot_words": ["leak"], "text_countries": ["US"],
                "quiet_hours": {"from": "20:00", "until": "08:00"}, "cost_control": {"shorter_at": 50, "highest_tier": "standard"},
                "channels": {
                    "whatsapp": {"phone_number_id": "1", "missed_call": {"name": "missed", "language": "en_US"}},
                    "email": {"from": "acme@example.com"}, "chat": true,
                },
                "insights": {"close_rate_percent": 30}, "benchmarks": true, "retention": {"messages_days": 90},
                "require_second_factor": true, "origins": ["https://www.example.com"],
            }),
        ),
        stored::<TenantEntry>(
            "tenant entry",
            json!({
                "tenant": "acme", "name": "Acme", "status": "active", "kind": "agency", "plan": "growth", "parent": null,
                "zone": "America/Denver",
            }),
        ),
        stored::<AuditEntry>(
            "audit",
            json!({
                "id": ID, "tenant": "acme", "at": AT, "actor": {"type": "operator"}, "action": "created", "subject": "x/y",
            }),
        ),
        stored::<LoggedRequest>(
            "request_log",
            json!({
                "id": "001795176720000-a", "at": AT, "method": "POST", "route": "/v1/leads", "status": 400, "code": "invalid", "duration_ms": 7,
                "actor": {"type": "operator"}, "test": true, "correlation_id": "c",
            }),
        ),
        stored::<ApiKey>(
            "API key",
            json!({
                "id": ID, "name": "Ours", "scopes": ["leads:read"], "mode": "test", "prefix": "pk", "created_at": AT,
            }),
        ),
        stored::<Location>(
            "location",
            json!({
                "id": "lakewood", "name": "Lakewood",
                "address": {"street": "410 Example Street", "city": "Denver", "country": "US"},
                "zone": "America/Denver", "phone": "+13035550142", "email": "lakewood@example.com", "hours": {},
                "prices": [{"service": "repair", "price": price}], "active": true,
            }),
        ),
        stored::<StaffMember>(
            "staff",
            json!({"id": "ana", "name": "Ana", "title": "Roofer", "email": "ana@example.com",
            "phone": "+13035550142", "locations": ["lakewood"], "skills": ["roofs"], "active": true}),
        ),
    ]
}
