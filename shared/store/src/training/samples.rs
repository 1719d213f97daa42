//! A sample of every kind of item of this context.

use domain::tenancy::StyleTopic;
use domain::training::{ConfirmedGuide, TrainingSession};
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let acme = acme();
    let (own, topic) = (keys::of(&acme), StyleTopic::CommunicationStyle);
    vec![
        ("training_session", own.training_session(topic), "T#acme#TRAINING|SESSION#communication_style"),
        ("style_guide", own.style_guide(topic, 2), "T#acme#TRAINING|GUIDE#communication_style#000002"),
        ("style_edits", own.style_edits_of("2026-W49"), "T#acme#STYLE_EDITS|2026-W49"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    let rules = json!([{"number": 1, "says": {"kind": "emoji", "value": "rare"}, "examples": [1]}]);
    let examples =
        json!([{"number": 1, "draft": "Hello.", "verdict": "rewritten", "version": "Hey!", "why": "Too formal"}]);
    vec![
        stored::<TrainingSession>(
            "training_session",
            json!({
                "topic": "communication_style", "language": "en", "started_by": {"type": "operator"}, "started_at": AT,
                "draft": "Hello Alex.", "examples": examples, "rules": rules,
            }),
        ),
        stored::<ConfirmedGuide>(
            "style_guide",
            json!({
                "topic": "communication_style", "confirmed_by": {"type": "operator"}, "examples": examples,
                "guide": {"version": 2, "language": "en", "confirmed_at": AT, "rules": rules},
            }),
        ),
    ]
}
