//! What is declared of what a tenant configures, of its keys and limits, and of what it uses.

use crate::table::entity::{Entity, OnErasure, Retention, of_platform, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};
use crate::tenancy::{idempotency, request_log, runs};

pub(crate) const ENTITIES: &[Entity] = &[
    TENANT,
    Entity {
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant("location", "id name address zone phone email hours prices active")
    },
    Entity {
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant("staff", "id name title email phone locations skills active")
    },
    Entity {
        stays: "hash tat",
        tolerance: Tolerance::of(KEY),
        ..of_tenant("API key", "id name scopes mode prefix created_at last_used_at")
    },
    Entity { stays: "key registry", ..of_tenant("site_key", "id kind name origins consent_wording created_at") },
    Entity {
        tolerance: Tolerance::of(&[("feature", Instead::As("converse"))]),
        ..of_tenant(
            "usage",
            "day feature model calls input_tokens output_tokens cost_microdollars saved_calls saved_microdollars",
        )
    },
    of_tenant("usage threshold", "percent tokens cost_microdollars reached_at told"),
    of_tenant("usage total", "month tokens cost_microdollars closed_at"),
    AUDIT,
    Entity {
        on_erasure: OnErasure::GoesWhereQuoted,
        retention: Retention::For(idempotency::KEPT_FOR),
        ..of_platform("idempotency")
    },
    Entity {
        on_erasure: OnErasure::Stays,
        retention: Retention::For(request_log::KEPT_FOR),
        tolerance: Tolerance::of(&[("actor", Instead::As(SYSTEM))]),
        ..of_tenant("request_log", "id at method route status code duration_ms actor test correlation_id")
    },
    of_platform("credential"),
    Entity { tolerance: Tolerance::of(SCOPES), ..of_platform("registration") },
    Entity { retention: Retention::ToItsEnd, ..of_platform("bucket") },
    of_platform("circuit"),
    Entity { retention: Retention::For(runs::KEPT_FOR), ..of_platform("run_outcome") },
    Entity { retention: Retention::For(runs::KEPT_FOR), ..of_platform("run_hour") },
    of_platform("run_clock"),
    Entity { tolerance: Tolerance::of(STATUS), ..of_platform("tenant entry") },
];

/// Of a key, nothing that it causes is sent where its mode is not known.
const KEY: &[(&str, Instead)] = &[("scopes.*", Instead::LeftOut), ("mode", Instead::As("test"))];
/// A scope that nothing here asks for.
const SCOPES: &[(&str, Instead)] = &[("scopes.*", Instead::LeftOut)];
/// Nothing goes out.
const STATUS: &[(&str, Instead)] =
    &[("status", Instead::As("paused")), ("plan", Instead::As("starter")), ("kind", Instead::As("business"))];

const TENANT: Entity = Entity {
    tolerance: Tolerance {
        narrowing: &["escalation.rules.*", "intake.*"],
        ..Tolerance::rewritten(&[
            // Nothing goes out.
            ("status", Instead::As("paused")),
            ("plan", Instead::As("starter")),
            ("kind", Instead::As("business")),
            ("language", Instead::As("en")),
            ("works_at", Instead::LeftOut),
            ("text_back", Instead::As("sms")),
            ("cost_control.highest_tier", Instead::As("simple")),
            ("personality", Instead::LeftOut),
            ("channel_personalities.*", Instead::LeftOut),
            ("services.*.price", Instead::LeftOut),
            ("services.*.dated_prices.*", Instead::LeftOut),
            ("services.*.deposit", Instead::LeftOut),
            ("services.*.booking", Instead::LeftOut),
            ("intake.*", Instead::LeftOut),
            ("extras.*", Instead::LeftOut),
            ("style.*.language", Instead::As("en")),
            ("style.*.rules.*", Instead::LeftOut),
            ("style.*", Instead::LeftOut),
            ("escalation.rules.*", Instead::LeftOut),
        ])
    },
    ..of_tenant(
        "tenant",
        "id name industry status plan kind parent currency zone region language works_at business branding \
         hours services intake faqs extras max_discount_percent personality channel_personalities tone instructions prompts style \
         escalation_words escalation hot_words notify quiet_hours channels text_back text_countries cost_control \
         insights benchmarks retention require_second_factor origins",
    )
};

/// Only the platform's own lines have `expires_at`.
const AUDIT: Entity = Entity {
    stays: "expires_at",
    on_erasure: OnErasure::Loses("before after"),
    retention: Retention::TenantSays("audit_days"),
    tolerance: Tolerance::of(&[("actor", Instead::As(SYSTEM)), ("action", Instead::As("updated"))]),
    ..of_tenant("audit", "id tenant at actor action subject address before after correlation_id")
};
