//! A sample of every kind of item of this context: conversations.

use domain::conversations::suggestion::DayAndPrompt;
use domain::conversations::suggestion::stream::SuggestionStream;
use domain::conversations::{Conversation, Escalation, Message, Note, Suggestion, Summary};
use domain::ids::{AccountId, NoteId, SuggestionId};
use domain::messaging::{Channel, MessageRef};
use domain::prompts::PromptVersion;
use domain::turns::canned::CannedAnswer;
use domain::{ContactId, ConversationId, EscalationId, MessageId};
use jiff::civil::date;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{ACCOUNT, AT, CONTACT, ID, MESSAGE, Place, Stored, THREAD, acme, at, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, contact, thread) = (acme(), ContactId::parse(CONTACT).unwrap(), ConversationId::parse(THREAD).unwrap());
    let message = MessageId::parse(MESSAGE).unwrap();
    let account = AccountId::parse(ACCOUNT).unwrap();
    let day = DayAndPrompt { day: date(2026, 11, 20), task: "suggest".to_owned(), prompt: PromptVersion::new(1, 0, 0) };
    let own = keys::of(&acme);
    vec![
        ("thread", own.thread(contact, Channel::Sms), "T#acme#PERSON#{contact}|NOW#THREAD#sms"),
        ("thread, earlier", own.past_thread(contact, thread), "T#acme#PERSON#{contact}|PAST#THREAD#{thread}"),
        ("pointer", own.thread_pointer(thread), "T#acme#THREAD#{thread}|POINTER"),
        ("pointer", own.chat_pointer("s-1"), "T#acme#CHAT#s-1|POINTER"),
        (
            "message",
            own.message(&MessageRef { conversation: thread, at: at(), message }),
            "T#acme#THREAD#{thread}|M#{at}#{message}",
        ),
        ("escalation", own.escalation(thread, EscalationId::parse(ID).unwrap()), "T#acme#THREAD#{thread}|E#{id}"),
        ("note", own.note(thread, NoteId::parse(ID).unwrap()), "T#acme#THREAD#{thread}|N#{id}"),
        ("suggestion", own.suggestion(thread, SuggestionId::parse(ID).unwrap()), "T#acme#THREAD#{thread}|DRAFT#{id}"),
        (
            "suggestion_stream",
            own.suggestion_stream(thread, SuggestionId::parse(ID).unwrap()),
            "T#acme#THREAD#{thread}|DRAFTING#{id}",
        ),
        ("summary", own.summary(thread), "T#acme#THREAD#{thread}|SUMMARY"),
        ("suggestion_day", own.suggestion_day(&day), "T#acme#SUGGESTIONS|2026-11-20#suggest#1.0.0"),
        ("canned_answer", own.document("canned_answer", "directions"), "T#acme#CANNED_ANSWER|directions"),
        ("presence", own.presence(thread, account), "T#acme#THREAD#{thread}|PRESENT#{account}"),
        ("read_mark", own.read_mark(account, thread), "T#acme#READ#{account}|{thread}"),
        ("notice_choice", own.notice_choice(account), "T#acme#NOTICE_CHOICE|{account}"),
        ("told", own.told(account, &thread.to_string()), "T#acme#TOLD#{account}|{thread}"),
        ("seen", own.seen(message), "T#acme#SEEN#{message}|SEEN"),
        ("said", own.said(message), "T#acme#SEEN#{message}|SAID"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<Conversation>(
            "thread",
            json!({
                "id": ID, "contact": ID, "lead": ID, "channel": "sms", "status": "escalated", "language": "de",
                "session": "s-1", "peer": {"kind": "chat", "value": "s-1"}, "escalation": ID,
                "recent": [{"role": "customer", "text": "Hello"}], "asked": "service", "asked_again": true,
                "questions": ["service"], "prompt": {"version": "1.0.0", "test": 2, "converted": true}, "replied_at": AT, "alarmed_at": AT, "resolved_count": 1, "repeats": {"last_at": AT},
                "stated": {
                    "name": "Ana", "addresses": [{"kind": "chat", "value": "s-2"}], "qualification": {"urgency": "high"},
                    "intake": {"roof-age": {"type": "text", "value": "old"}}, "requested_visit": {"date": "2026-12-03"},
                },
                "wish": {
                    "words": "Monday", "day": {"dates": ["2026-12-03"], "named": "date"}, "time": {"part": "morning"},
                    "change": "later",
                },
                "offer": {"service": "repair", "location": "north", "times": [AT], "held": ID},
                "invited": {
                    "campaign": ID, "service": "repair", "location": "north", "days": ["2026-11-21", "2026-11-23"], "at": AT,
                    "until": AT, "answered": true,
                },
                "booked": ID, "earlier": [ID], "extra": {"id": "late-checkout", "at": AT, "open": true, "step": "suggested"},
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
        stored::<Message>(
            "message",
            json!({
                "ref": {"conversation": ID, "at": AT, "message": ID}, "lead": ID, "role": "customer", "channel": "sms", "text": "Hello",
                "content": {"type": "text", "text": "Hello"}, "source": "sms",
                "files": {"contact": ID, "files": [{"id": "f", "content_type": "image/jpeg", "bytes": 7, "missing": "gone"}]}, "intent": "price", "sentiment": "neutral",
                "action": "reply", "notice": "hot_lead", "language": "en", "correlation_id": "c", "vendor_id": "v",
                "in_reply_to": ID, "author": {"model": "builtin"}, "confidence": 90, "processing_ms": 7, "opt_out": true,
                "citations": [{"document": "d", "name": "Prices.pdf", "page": 2}],
                "by": {"type": "operator"}, "amended": {"kind": "deleted", "at": AT}, "withheld": "country",
                "text_consent": {"granted": true, "at": AT, "source": "web_form"},
                "extra": {"id": "late-checkout", "step": "taken", "price_cents": 2500, "with_visit": true},
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
        stored::<Escalation>(
            "escalation",
            json!({
                "id": ID, "conversation": ID, "lead": ID, "reason": "complaint", "status": "resolved", "raised_at": AT,
                "rule": "vips", "assignee": "ana",
                "resolution": {"at": AT, "by": {"type": "operator"}, "note": "Called"},
            }),
        ),
        stored::<Note>(
            "note",
            json!({"id": ID, "conversation": ID, "text": "Two dogs", "mentions": [ID], "by": {"type": "operator"}, "at": AT}),
        ),
        stored::<Suggestion>(
            "suggestion",
            json!({
                "id": ID, "conversation": ID, "text": "At three.", "language": "en", "author": {"model": "builtin"},
                "without_model": "unfit", "cost_mode": "shorter",
                "basis": {"task": "suggest", "prompt": 1, "messages": 2, "last_message_at": AT},
                "asked_by": {"type": "operator"}, "at": AT, "day": "2026-11-20",
                "settled": {
                    "outcome": "edited", "distance_percent": 12, "seconds": 41, "message": ID, "by": {"type": "operator"}, "at": AT,
                },
            }),
        ),
        stored::<SuggestionStream>(
            "suggestion_stream",
            json!({
                "id": ID, "conversation": ID, "asked_by": {"type": "operator"}, "correlation_id": "c", "instead_of": ID,
                "secret_hash": "5f", "origin": "https://app.example.com", "at": AT, "state": "failed", "lease_until": AT,
                "heard": {"tries": 1, "text": "At th"}, "problem": "unavailable",
            }),
        ),
        stored::<Summary>(
            "summary",
            json!({
                "conversation": ID, "writer": {"kind": "phone", "value": "+13035550100"}, "appointment": ID, "messages": 24, "last_message_at": AT, "mood": "negative", "model": "builtin", "made_at": AT,
                "points": [{"kind": "wants", "text": "Oil change", "message": 1}],
            }),
        ),
        stored::<CannedAnswer>(
            "canned_answer",
            json!({"id": "directions", "name": "Directions", "text": "Hi {name}", "language": "en"}),
        ),
    ]
}
