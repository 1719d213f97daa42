//! A sample of every kind of item of this context: journeys, sequences and tasks.

use domain::ContactId;
use domain::conversations::Task;
use domain::ids::TaskId;
use domain::journeys::Journey;
use domain::tenancy::usage::Month;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, CONTACT, ID, Place, Stored, acme, at, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, contact, at, task) = (acme(), ContactId::parse(CONTACT).unwrap(), at(), TaskId::parse(ID).unwrap());
    let sequence = "silent-lead".to_owned().try_into().unwrap();
    let (step, variant) = ("day-1".to_owned().try_into().unwrap(), "b".to_owned().try_into().unwrap());
    let own = keys::of(&acme);
    vec![
        ("journey", own.journey(contact), "T#acme#PERSON#{contact}|NOW#JOURNEY"),
        ("pointer", own.task_pointer(contact, at, task), "T#acme#PERSON#{contact}|TASK#{at}#{id}"),
        ("task", own.task(task), "T#acme#TASKS|{id}"),
        ("tally", own.variant_count(&sequence, &step, &variant), "T#acme#TALLY#silent-lead|day-1#b"),
        ("touches", own.touches(&Month::of(at), 3), "T#acme#TOUCHES#2026-11|3"),
        ("sequence", own.document("sequence", "silent-lead"), "T#acme#SEQUENCE|silent-lead"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<Task>(
            "task",
            json!({
                "id": ID, "contact": ID, "kind": "call", "title": "Call Ana", "created_at": AT, "done": {"at": AT, "by": {"type": "operator"}, "note": "Called"},
                "conversation": ID, "note": "At noon", "urgent": true, "due_at": AT, "assignee": ID,
            }),
        ),
        stored::<Journey>(
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
                    "message": {"conversation": ID, "at": AT, "message": ID}, "kind": "follow_up", "channel": "sms", "since": AT, "expires_at": AT,
                }],
                "runs": [{
                    "id": ID, "sequence": "welcome", "subject": {"about": "contact"}, "started_at": AT, "step": "first",
                    "due": AT,
                }],
                "engagement": {"channels": {}},
            }),
        ),
    ]
}
