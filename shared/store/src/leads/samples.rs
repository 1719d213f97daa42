//! A sample of every kind of item of this context: leads and the people behind them.

use domain::ids::{ImportId, NoteId};
use domain::leads::import::Import;
use domain::leads::{Contact, ContactNote, Keyword, Lead};
use domain::{ContactId, LeadId};
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, CONTACT, ID, LEAD, OTHER, Place, Stored, acme, at, phone, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, contact, at) = (acme(), ContactId::parse(CONTACT).unwrap(), at());
    let (lead, import) = (LeadId::parse(LEAD).unwrap(), ImportId::parse(ID).unwrap());
    let other = ContactId::parse(OTHER).unwrap();
    let own = keys::of(&acme);
    vec![
        ("contact", own.contact(contact), "T#acme#PERSON#{contact}|NOW#CONTACT"),
        ("lead", own.lead(contact), "T#acme#PERSON#{contact}|NOW#LEAD"),
        ("lead, earlier", own.past_lead(contact, lead), "T#acme#PERSON#{contact}|PAST#LEAD#{lead}"),
        ("merged_lead", own.merged_lead(contact), "T#acme#PERSON#{contact}|MERGED#LEAD"),
        ("duplicate", own.duplicate(other, contact), "T#acme#DUPLICATES|{contact}#{other}"),
        ("pointer", own.lead_pointer(lead), "T#acme#LEAD#{lead}|POINTER"),
        ("identity", own.identity(&phone()), "T#acme#IDENTITY#phone:+13035550101|IDENTITY"),
        ("keyword", own.keyword(&Keyword::tag("VIP"), at, contact), "T#acme#FIND#tag:vi|vip#998204823999999#{contact}"),
        (
            "contact_note",
            own.contact_note(contact, at, NoteId::parse(ID).unwrap()),
            "T#acme#PERSON#{contact}|NOTE#t#{at}#{id}",
        ),
        ("import", own.import(import), "T#acme#IMPORT#{id}|IMPORT"),
        ("import_line", own.import_line(import, false, 7), "T#acme#IMPORT#{id}|LINE#0000000007"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    let lead = json!({
        "id": ID, "contact": ID, "source": "sms", "status": "qualified", "score": "warm",
        "qualification": {"urgency": "high"}, "intake": {"roof-age": {"type": "text", "value": "old"}},
        "name": "Ana", "requested_time": "Monday", "requested_visit": {"date": "2026-12-03"}, "assignee": ID,
        "visit_answer": {"agreed": true, "at": AT, "time": "Monday", "visit": {"date": "2026-12-03"}, "was": "new"},
        "extras": [{"id": "late-checkout", "name": "Late checkout", "price_cents": 2500, "taken": true, "at": AT}],
        "location": "lakewood", "value": {"cents": 100, "currency": "USD"}, "lost_reason": "Too late", "fields": {"utm": "x"}, "metadata": {"crm": "4711"},
        "history": [{"at": AT, "status": "qualified", "was": "new"}],
        "created_at": AT, "updated_at": AT, "version": 1,
    });
    vec![
        stored::<Contact>(
            "contact",
            json!({
                "id": ID, "name": "Ana", "other_names": ["Anna"], "language": "en", "created_at": AT, "version": 1,
                "addresses": [{"kind": "chat", "value": "s-1", "strength": "proven"}, {"kind": "chat", "value": "s-2"}],
                "card": {"tags": ["vip"], "fields": {"dog": "Rex"}, "changed_at": AT}, "assignee": ID, "merged_into": ID,
                "merged_from": [ID], "possible_duplicates": [ID], "test": true, "found_by": ["word:ana"],
            }),
        ),
        stored::<Lead>("lead", lead.clone()),
        stored::<ContactNote>(
            "contact_note",
            json!({"id": ID, "contact": ID, "text": "Call late", "mentions": [ID], "by": {"type": "operator"}, "at": AT}),
        ),
        stored::<Lead>("merged_lead", lead),
        stored::<Import>(
            "import",
            json!({
                "id": ID, "mapping": {"name": ["Name"], "phones": ["Mobile"]}, "update": false, "dry_run": false, "state": "running",
                "by": {"type": "operator"}, "created_at": AT, "started_at": AT, "finished_at": AT, "bytes": 5200,
                "read": {"offset": 104, "line": 12}, "lines": 11, "made": 9, "updated": 0, "duplicates": 1, "refused": 1, "problem": "none", "file": "v1",
            }),
        ),
    ]
}
