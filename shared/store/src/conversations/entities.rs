//! What is declared of threads, and of what is said in them.

use domain::conversations::UNREAD_FOR;
use domain::conversations::suggestion::KEPT_FOR;
use domain::conversations::suggestion::stream::STREAM_KEPT_FOR;
use domain::turns::telling::TOLD_FOR;

use crate::conversations::notice_choices::NOTICE_CHOICE;
use crate::conversations::turns::SEEN_FOR;
use crate::table::entity::{Entity, OnErasure, Retention, of_contact, of_platform, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    THREAD,
    MESSAGE,
    ESCALATION,
    NOTE,
    CANNED_ANSWER,
    SUGGESTION,
    SUGGESTION_STREAM,
    SUMMARY,
    // It says how many, never who.
    of_tenant(
        "suggestion_day",
        "day task prompt suggested accepted edited rejected regenerated distance_percent seconds",
    ),
    // Whoever reads and looks in is of the staff, and neither says anything of the customer: it leaves in no archive.
    Entity { retention: Retention::For(UNREAD_FOR), ..of_platform("read_mark") },
    Entity { stays: "account name writing at", retention: Retention::ToItsEnd, ..of_contact("presence", "") },
    Entity { retention: Retention::For(TOLD_FOR), ..of_platform("told") },
    of_platform(NOTICE_CHOICE),
    mark("seen"),
    mark("said"),
];

/// An address that no one writes from.
const NOBODY: &str = r#"{"kind":"chat","value":""}"#;

const THREAD: Entity = Entity {
    stays: "proof",
    tenant_only: "handling",
    retention: Retention::TenantSays("messages_days"),
    tolerance: Tolerance::rewritten(&[
        ("status", Instead::As("active")),
        ("language", Instead::As("en")),
        ("recent.*.role", Instead::As("staff")),
        ("asked", Instead::LeftOut),
        ("questions.*", Instead::LeftOut),
        ("wish.day.named", Instead::As("date")),
        ("wish.time", Instead::LeftOut),
        ("wish.change", Instead::LeftOut),
        // Nothing is suggested again.
        ("extra.step", Instead::As("declined")),
        ("sla.breached.*", Instead::LeftOut),
        // No one's: left out, the thread would go on with whoever writes on its channel.
        ("peer", Instead::As(NOBODY)),
        ("stated.addresses.*", Instead::LeftOut),
        ("stated.qualification.urgency", Instead::LeftOut),
        ("stated.intake.*", Instead::LeftOut),
        // Nothing was proven.
        ("proof", Instead::LeftOut),
        // The assistant is quiet.
        ("handling.answers", Instead::As("staff")),
    ]),
    ..of_contact(
        "thread",
        "id contact lead channel session status escalation language recent asked asked_again questions wish offer invited booked extra earlier prompt sla \
         message_count started_at last_message_at replied_at repeats alarmed_at resolved_count peer stated",
    )
};

const MESSAGE: Entity = Entity {
    tenant_only: "author confidence processing_ms citations by",
    retention: Retention::TenantSays("messages_days"),
    tolerance: Tolerance::rewritten(&[
        // Never shown to a customer.
        ("role", Instead::As("notice")),
        ("content", Instead::LeftOut),
        ("source", Instead::LeftOut),
        ("intent", Instead::LeftOut),
        ("sentiment", Instead::LeftOut),
        ("action", Instead::LeftOut),
        ("notice", Instead::LeftOut),
        ("extra", Instead::LeftOut),
        ("language", Instead::LeftOut),
        ("amended", Instead::LeftOut),
        // They agreed to nothing.
        ("text_consent", Instead::LeftOut),
        ("by", Instead::As(SYSTEM)),
        // Never sent by itself.
        ("delivery.state", Instead::As("unknown")),
        ("delivery.verdict", Instead::LeftOut),
        ("delivery.rulings.*", Instead::LeftOut),
    ]),
    ..of_contact(
        "message",
        "ref lead role channel text content files source vendor_id in_reply_to intent sentiment action \
         language notice touch delivery extra opt_out amended text_consent withheld correlation_id",
    )
};

const ESCALATION: Entity = Entity {
    tenant_only: "assignee",
    retention: Retention::TenantSays("messages_days"),
    tolerance: Tolerance::rewritten(&[
        ("reason", Instead::As("unsure")),
        ("status", Instead::As("pending")),
        ("resolution.by", Instead::As(SYSTEM)),
    ]),
    ..of_contact("escalation", "id conversation lead reason rule status raised_at resolution")
};

/// What staff keep for themselves of a thread.
const NOTE: Entity = Entity {
    tenant_only: "by mentions",
    retention: Retention::TenantSays("messages_days"),
    tolerance: Tolerance::rewritten(&[("by", Instead::As(SYSTEM))]),
    ..of_contact("note", "id conversation text at")
};

/// It names places, not people: what they are filled with comes when it is inserted.
const CANNED_ANSWER: Entity = Entity {
    tolerance: Tolerance::rewritten(&[("language", Instead::LeftOut)]),
    ..of_tenant("canned_answer", "id name text language")
};

/// What could have been written to a contact. How it was made, and what staff made of it, is about models and staff.
const SUGGESTION: Entity = Entity {
    tenant_only: "author without_model cost_mode basis asked_by day settled",
    retention: Retention::For(KEPT_FOR),
    tolerance: Tolerance::of(&[
        ("language", Instead::LeftOut),
        ("without_model", Instead::LeftOut),
        ("cost_mode", Instead::As("none")),
        ("asked_by", Instead::As(SYSTEM)),
        // Something became of it, and nothing more will.
        ("settled.outcome", Instead::As("rejected")),
        ("settled.by", Instead::As(SYSTEM)),
    ]),
    ..of_contact("suggestion", "id conversation text language at")
};

/// What is heard of a suggestion while it is written: unchecked, for minutes, and for no one but who asked for it. What comes of it is the
/// suggestion.
const SUGGESTION_STREAM: Entity = Entity {
    stays: "id conversation asked_by correlation_id instead_of secret_hash origin at state lease_until writer heard problem",
    retention: Retention::For(STREAM_KEPT_FOR),
    tolerance: Tolerance::of(&[("asked_by", Instead::As(SYSTEM)), ("state", Instead::As("failed"))]),
    ..of_contact("suggestion_stream", "")
};

/// What was said, in short lines. Which model made it is about models.
const SUMMARY: Entity = Entity {
    tenant_only: "model",
    retention: Retention::TenantSays("messages_days"),
    tolerance: Tolerance::of(&[
        ("writer", Instead::LeftOut),
        ("mood", Instead::As("neutral")),
        ("points.*.kind", Instead::As("told")),
    ]),
    ..of_contact("summary", "conversation writer appointment messages last_message_at mood points made_at")
};

const fn mark(name: &'static str) -> Entity {
    Entity { on_erasure: OnErasure::Goes, retention: Retention::For(SEEN_FOR), ..of_platform(name) }
}
