//! The business that uses Porchlight: who it is, where, what it offers, when it is open, what it asks, how it sounds.
//!
//! The tenant is one document; its locations and staff are documents of their own, because there may be hundreds.
//! Every type reads documents written before its newer fields existed. Rules that types cannot hold are checked by
//! the `validate` functions before a document is stored; each refusal names its field as a path.

mod abilities;
mod booking;
mod brand;
mod calling;
mod channels;
mod check;
mod escalation;
mod extra;
mod hours;
mod insights;
pub mod intake;
mod location;
pub mod offer;
mod own;
mod personality;
mod plan;
mod price;
mod prompting;
mod retention;
pub mod runs;
mod service;
mod staff;
mod style;
mod template;
mod tenant;
pub mod tenant_jobs;
mod tier;
pub mod usage;
mod validate;
mod view;

pub use crate::language::Language;
pub use booking::{BookingRules, Need, Prefers, ResourceKind};
pub use brand::Branding;
pub use calling::{EscalationReason, SlaTimer};
pub use channels::{ChannelSettings, EmailSettings, QuietHours, SmsSettings, WhatsappSettings};
pub use check::check_origins;
pub(crate) use check::{ensure, page, text, unique, words};
pub use escalation::{
    During, EscalationRule, EscalationSettings, LONG_CONVERSATION, Limits, MAX_RULES, Patience, RuleAction,
    RuleCondition, SlaTargets,
};
pub use extra::{Extra, Moment};
pub(crate) use hours::first_instant;
pub use hours::{Day, Exception, Holiday, Hours, Span, start_of_day};
pub use insights::InsightsSettings;
pub use location::{Location, LocationPrice, MAX_LOCATIONS, PostalAddress, known_location};
pub use own::BusinessContext;
pub use personality::{Personality, Register, Voice};
pub use plan::{CostControl, CostMode, Plan, cost_mode};
pub use price::{DatedPrice, Deposit, Price};
pub use prompting::{PromptTask, PromptWishes};
pub use retention::Retention;
pub use service::Service;
pub use staff::{MAX_STAFF, StaffMember};
pub use style::{
    MAX_STYLE_RULE_CHARS, MAX_STYLE_RULES, StyleAddress, StyleGuide, StyleGuides, StyleLength, StyleRule, StyleSaying,
    StyleTone, StyleTopic, StyleUse,
};
pub use template::{ReplyTemplate, Template};
pub use tenant::{Business, Faq, Tenant, TenantKind, TenantStatus, WorksAt};
pub use tier::Tier;
