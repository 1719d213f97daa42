//! A value of each kind that is written again, and of some that are not.

use serde_json::{Value, json};

const ID: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
pub(super) const AT: &str = "2026-11-20T12:00:00Z";

/// A value of each kind, with an entry at every place of the list.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let by = json!({"at": AT, "by": {"type": "operator"}, "note": "Called"});
    let reference = json!({"conversation": ID, "at": AT, "message": ID});
    let price = json!({"from_cents": 100});
    let member = json!({
        "account": ID, "tenant": "acme", "name": "Ana", "email": "ana@example.com", "role": "admin",
        "locations": ["lakewood"], "joined_at": AT,
    });
    let lead = json!({
        "id": ID, "contact": ID, "source": "sms", "status": "qualified", "score": "warm",
        "qualification": {"urgency": "high"}, "intake": {"roof-age": {"type": "text", "value": "old"}},
        "name": "Ana", "requested_time": "Monday", "requested_visit": {"date": "2026-12-03"}, "assignee": ID,
        "visit_answer": {"agreed": true, "at": AT, "time": "Monday", "visit": {"date": "2026-12-03"}, "was": "new"},
        "location": "lakewood", "value": {"cents": 100, "currency": "USD"}, "lost_reason": "Too late", "fields": {"utm": "x"},
        "history": [{"at": AT, "status": "qualified", "was": "new"}],
        "created_at": AT, "updated_at": AT, "version": 1,
    });
    vec![
        (
            "contact",
            json!({
                "id": ID, "name": "Ana", "other_names": ["Anna"], "language": "en", "created_at": AT, "version": 1,
                "addresses": [{"kind": "chat", "value": "s-1", "strength": "proven"}, {"kind": "chat", "value": "s-2"}],
                "card": {"tags": ["vip"], "fields": {"dog": "Rex"}, "changed_at": AT}, "assignee": ID, "merged_into": ID,
                "merged_from": [ID], "possible_duplicates": [ID], "test": true, "found_by": ["word:ana"],
            }),
        ),
        ("lead", lead.clone()),
        (
            "thread",
            json!({
                "id": ID, "contact": ID, "lead": ID, "channel": "sms", "status": "escalated", "language": "de",
                "session": "s-1", "peer": {"kind": "chat", "value": "s-1"}, "escalation": ID,
                "recent": [{"role": "customer", "text": "Hello"}], "asked": "service", "asked_again": true,
                "questions": ["service"], "replied_at": AT, "alarmed_at": AT, "resolved_count": 1, "repeats": {"last_at": AT},
                "stated": {
                    "name": "Ana", "addresses": [{"kind": "chat", "value": "s-2"}], "qualification": {"urgency": "high"},
                    "intake": {"roof-age": {"type": "text", "value": "old"}}, "requested_visit": {"date": "2026-12-03"},
                },
                "wish": {
                    "words": "Monday", "day": {"dates": ["2026-12-03"], "named": "date"}, "time": {"part": "morning"},
                    "change": "later",
                },
                "offer": {"service": "repair", "location": "north", "times": [AT], "held": ID},
                "booked": ID,
                "proof": {
                    "address": {"kind": "chat", "value": "s-2"}, "code_hash": "5f", "sent_at": AT, "asked": "When is it?",
                },
                "sla": {
                    "breached": ["resolution"], "first_response": {"since": AT, "due": AT}, "fired": ["vips"],
                    "watches": [{"rule": "vips", "by": ID, "due": AT}],
                },
                "handling": {"answers": "staff", "assignee": ID}, "message_count": 1, "started_at": AT, "last_message_at": AT, "version": 1,
            }),
        ),
        (
            "message",
            json!({
                "ref": reference, "lead": ID, "role": "customer", "channel": "sms", "text": "Hello",
                "content": {"type": "text", "text": "Hello"}, "source": "sms",
                "files": {"contact": ID, "files": [{"id": "f", "content_type": "image/jpeg", "bytes": 7, "missing": "gone"}]}, "intent": "price", "sentiment": "neutral",
                "action": "reply", "notice": "hot_lead", "language": "en", "correlation_id": "c", "vendor_id": "v",
                "in_reply_to": ID, "author": {"model": "builtin"}, "confidence": 90, "processing_ms": 7, "opt_out": true,
                "by": {"type": "operator"}, "amended": {"kind": "deleted", "at": AT}, "withheld": "country",
                "text_consent": {"granted": true, "at": AT, "source": "web_form"},
                "touch": {
                    "kind": "follow_up", "due": AT, "expires_at": AT,
                    "step": {"sequence": "welcome", "run": ID, "step": "first"},
                },
                "delivery": {
                    "to": {"kind": "chat", "value": "s-1"}, "state": "sent", "changed_at": AT,
                    "verdict": {"decision": "allowed", "why": "A reply"},
                    "rulings": [{"at": AT, "decision": "allowed", "why": "A reply"}],
                },
            }),
        ),
        (
            "escalation",
            json!({
                "id": ID, "conversation": ID, "lead": ID, "reason": "complaint", "status": "resolved", "raised_at": AT,
                "rule": "vips", "assignee": "ana",
                "resolution": by,
            }),
        ),
        (
            "note",
            json!({"id": ID, "conversation": ID, "text": "Two dogs", "mentions": [ID], "by": {"type": "operator"}, "at": AT}),
        ),
        (
            "contact_note",
            json!({"id": ID, "contact": ID, "text": "Call late", "mentions": [ID], "by": {"type": "operator"}, "at": AT}),
        ),
        (
            "task",
            json!({
                "id": ID, "contact": ID, "kind": "call", "title": "Call Ana", "created_at": AT, "done": by,
                "conversation": ID, "note": "At noon", "urgent": true, "due_at": AT, "assignee": ID,
            }),
        ),
        (
            "journey",
            json!({
                "contact": ID, "stage": "booked", "stage_since": AT, "version": 1, "location": "lakewood",
                "location_zone": "America/Denver", "log": [{"at": AT, "what": "A quote was sent"}], "seen": [ID],
                "preferences": {"channel": "sms", "frequency": "engaged"},
                "consents": [{"channel": "sms", "purpose": "marketing", "granted": true, "at": AT, "evidence": "A form"}],
                "quotes": [{"id": ID, "state": "sent", "sent_at": AT}],
                "appointments": [{"id": ID, "state": "booked", "starts_at": AT, "ends_at": AT, "agreed_at": AT}],
                "invoices": [{"id": ID, "state": "issued"}],
                "ledger": [{"at": AT, "kind": "follow_up", "channel": "sms", "digest": 1}],
                "waiting": [{
                    "message": reference, "kind": "follow_up", "channel": "sms", "since": AT, "expires_at": AT,
                }],
                "runs": [{
                    "id": ID, "sequence": "welcome", "subject": {"about": "contact"}, "started_at": AT, "step": "first",
                    "due": AT,
                }],
                "engagement": {"channels": {}},
            }),
        ),
        (
            "tenant",
            json!({
                "id": "acme", "name": "Acme", "industry": "roofing", "status": "active", "plan": "growth", "kind": "agency",
                "currency": "USD", "zone": "America/Denver", "region": "US", "language": "en", "business": {}, "hours": {},
                "services": [{
                    "id": "repair", "name": "Repair", "deposit": {"cents": 100}, "price": price,
                    "dated_prices": [{"from": "2026-11-01", "price": price}],
                }],
                "intake": [{"id": "age", "text": "How old?", "kind": {"type": "text"}}],
                "personality": "sales", "channel_personalities": {"sms": "fast_direct"}, "text_back": "whatsapp",
                "escalation": {"rules": [{
                    "id": "vips", "when": [{"vip": true}], "then": [{"create_task": "Call them"}],
                }]},
                "notify": ["owner@example.com"], "parent": "agency", "works_at": "customer", "branding": {"name": "Acme"},
                "faqs": [{"question": "Licensed?", "answer": "Yes", "keywords": ["license"]}], "tone": "warm",
                "instructions": "None", "escalation_words": ["lawyer"], "hot_words": ["leak"], "text_countries": ["US"],
                "quiet_hours": {"from": "20:00", "until": "08:00"}, "cost_control": {"shorter_at": 50, "highest_tier": "standard"},
                "channels": {
                    "whatsapp": {"phone_number_id": "1", "missed_call": {"name": "missed", "language": "en_US"}},
                    "email": {"from": "acme@example.com"}, "chat": true,
                },
                "insights": {"close_rate_percent": 30}, "benchmarks": true, "retention": {"messages_days": 90},
                "require_second_factor": true, "origins": ["https://www.example.com"],
            }),
        ),
        (
            "tenant entry",
            json!({
                "tenant": "acme", "name": "Acme", "status": "active", "kind": "agency", "plan": "growth", "parent": null,
            }),
        ),
        (
            "audit",
            json!({
                "id": ID, "tenant": "acme", "at": AT, "actor": {"type": "operator"}, "action": "created", "subject": "x/y",
            }),
        ),
        (
            "request_log",
            json!({
                "id": "001795176720000-a", "at": AT, "method": "POST", "route": "/v1/leads", "status": 400, "code": "invalid", "duration_ms": 7,
                "actor": {"type": "operator"}, "test": true, "correlation_id": "c",
            }),
        ),
        (
            "API key",
            json!({
                "id": ID, "name": "Ours", "scopes": ["leads:read"], "mode": "test", "prefix": "pk", "created_at": AT,
            }),
        ),
        (
            "location",
            json!({
                "id": "lakewood", "name": "Lakewood",
                "address": {"street": "410 Example Street", "city": "Denver", "country": "US"},
                "zone": "America/Denver", "phone": "+13035550142", "email": "lakewood@example.com", "hours": {},
                "prices": [{"service": "repair", "price": price}], "active": true,
            }),
        ),
        ("merged_lead", lead),
        (
            "staff",
            json!({"id": "ana", "name": "Ana", "title": "Roofer", "email": "ana@example.com",
            "phone": "+13035550142", "locations": ["lakewood"], "skills": ["roofs"], "active": true}),
        ),
        (
            "webhook",
            json!({
                "id": ID, "url": "https://hooks.example.com", "enabled": false, "created_at": AT,
                "disabled": {"at": AT, "why": "gone"}, "events": ["lead.created"], "description": "CRM", "failing_since": AT,
                "secrets": [{"number": 1}],
            }),
        ),
        (
            "webhook_delivery",
            json!({
                "id": ID, "webhook": ID, "event": ID, "name": "lead.created", "body": "{}", "state": "pending",
                "created_at": AT, "next_at": AT, "tries": [{"at": AT, "duration_ms": 84}], "tries_before": 1,
            }),
        ),
        (
            "account",
            json!({
                "id": ID, "email": "ana@example.com", "name": "Ana", "status": "active", "password": "hash",
                "password_set_at": AT, "created_at": AT,
                "second_factor": {"since": AT, "last_step": 7, "backup_codes": ["5f"]},
            }),
        ),
        ("member", member.clone()),
        ("membership", member),
        (
            "invitation",
            json!({
                "id": ID, "tenant": "acme", "email": "ana@example.com", "role": "admin", "locations": ["lakewood"],
                "status": "pending", "invited_by": ID, "created_at": AT, "expires_at": AT,
            }),
        ),
        (
            "job",
            json!({
                "id": ID, "tenant": "acme", "work": {"kind": "export"}, "by": {"type": "operator"}, "asked_at": AT,
                "status": "running",
            }),
        ),
        (
            "import",
            json!({
                "id": ID, "mapping": {"name": ["Name"], "phones": ["Mobile"]}, "update": false, "dry_run": false, "state": "running",
                "by": {"type": "operator"}, "created_at": AT, "started_at": AT, "finished_at": AT, "bytes": 5200,
                "read": {"offset": 104, "line": 12}, "lines": 11, "made": 9, "updated": 0, "duplicates": 1, "refused": 1, "problem": "none", "file": "v1",
            }),
        ),
        (
            "resource",
            json!({
                "id": "bay-2", "name": "Bay 2", "kind": "bay", "skills": ["alignment"], "locations": ["lakewood"],
                "services": ["alignment"], "hours": {"monday": [{"open": "08:00", "close": "17:00"}]},
                "time_off": [{"from": AT, "until": "2026-11-21T12:00:00Z", "reason": "Repair"}], "active": true,
            }),
        ),
        (
            "booking",
            json!({
                "id": ID, "contact": ID, "lead": ID, "service": "alignment", "service_name": "Alignment", "location": "lakewood",
                "resources": ["bay-2"], "state": "cancelled", "starts_at": AT, "ends_at": AT, "taken_from": AT, "taken_to": AT,
                "counts_on": "2026-11-20", "agreed_at": AT, "held_until": AT, "from_waitlist": true, "note": "Gate code", "eta": AT, "track": "https://track.example.com/7",
                "cancelled": {"by": "customer", "why": "Is out of town"}, "confirmed_at": AT,
                "asked_again_for": AT, "created_at": AT, "updated_at": AT,
            }),
        ),
        ("no show model", json!({"weights": {"missed": 1.25}, "visits": 420, "missed": 37, "fitted_at": AT})),
        (
            "waitlist_entry",
            json!({
                "contact": ID, "lead": ID, "service": "alignment", "location": "lakewood", "from": AT, "until": AT,
                "hours": {"monday": [{"open": "08:00", "close": "12:00"}]}, "urgent": true, "since": AT,
                "offered": {"appointment": ID, "starts_at": AT, "until": AT, "freed_at": AT}, "passed": [AT],
            }),
        ),
        (
            "calendar day",
            json!({
                "day": {"date": "2026-11-20", "owner": "bay-2"},
                "entries": {ID: {"from": AT, "to": "2026-11-20T13:00:00Z", "held_until": AT}},
                "outside": {ID: [{"from": AT, "to": "2026-11-20T13:00:00Z"}]},
            }),
        ),
        ("canned_answer", json!({"id": "directions", "name": "Directions", "text": "Hi {name}", "language": "en"})),
    ]
}
