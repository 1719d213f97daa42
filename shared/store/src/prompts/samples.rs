//! A sample of every kind of item of this context.

use domain::TenantId;
use domain::prompts::{PromptTask, PromptTraffic, PromptUse, PromptVersion, StoredPrompt};
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
        stored::<PromptTraffic>(
            "prompt_traffic",
            json!({
                "task": "respond", "live": "1.0.0", "challenger": {"version": "1.1.0", "percent": 20}, "earlier": ["0.9.0"],
                "withdrawn": ["0.8.0"], "automatic": true, "test": 3,
            }),
        ),
    ]
}
