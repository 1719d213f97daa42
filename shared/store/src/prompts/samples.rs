//! A sample of every kind of item of this context.

use domain::TenantId;
use domain::prompts::{PromptReview, PromptTask, PromptTraffic, PromptUse, PromptVersion, StoredPrompt};
use jiff::civil::date;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let platform = TenantId::platform();
    let own = keys::of(&platform);
    let used = PromptUse { version: PromptVersion::new(1, 1, 0), test: 3 };
    vec![
        ("prompt", own.document("prompt", "respond#1.1.0"), "P#PROMPT|respond#1.1.0"),
        ("prompt_traffic", own.document("prompt_traffic", "respond"), "P#PROMPT_TRAFFIC|respond"),
        (
            "prompt_count",
            keys::platform().prompt_count(PromptTask::Respond, &used, &acme(), 2),
            "P#PROMPT_COUNTS#respond|00000003#1.1.0#acme#2",
        ),
        (
            "prompt_feedback",
            keys::platform().prompt_feedback(PromptTask::Suggest, date(2026, 11, 20), &used.version, &acme(), 2),
            "P#PROMPT_FEEDBACK#suggest|2026-11-20#1.1.0#acme#2",
        ),
        ("prompt_review", own.document("prompt_review", "suggest#2026-11-30"), "P#PROMPT_REVIEW|suggest#2026-11-30"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<StoredPrompt>(
            "prompt",
            json!({
                "content": {
                    "task": "respond", "version": "1.1.0", "changelog": "Shorter.", "tier": "standard",
                    "max_tokens": {"usual": 4096, "shorter": 2048, "structured": 1536}, "system": "Answer.", "structured": "Fill in.",
                },
                "author": {"type": "operator"}, "created_at": AT,
            }),
        ),
        stored::<PromptReview>(
            "prompt_review",
            json!({
                "task": "suggest", "night": "2026-11-30", "of": "1.1.0", "state": "proposed", "proposed": "1.2.0-review.20261130",
                "figures": {"tenants": 3, "accepted": 4, "edited": 11, "changes": {"shorter": 9}}, "told_at": AT,
            }),
        ),
        stored::<PromptTraffic>(
            "prompt_traffic",
            json!({
                "task": "respond", "live": "1.0.0", "challenger": {"version": "1.1.0", "percent": 20}, "earlier": ["0.9.0"],
                "withdrawn": ["0.8.0"], "automatic": true, "test": 3,
            }),
        ),
    ]
}
