//! The outbound gate: whether a message may leave, decided by rules that each have a name and a source.
//!
//! Same request and moment, same verdict. The rules are asked in order and the first that objects decides; what
//! holds for good is asked before what passes with time, so that nothing is held overnight only to be dropped in the
//! morning. A [`Verdict::Delayed`] message is put before the gate again at its moment: things change meanwhile.
//! Every reason is a sentence that the tenant's owner understands.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Channel;
use crate::tenancy::{Hours, Span, Tenant, TenantStatus};

/// How long after a customer's own message a reply still is the answer they wait for.
///
/// Our choice. A turn takes seconds and its retries minutes; somebody whose question has stayed open for half an
/// hour at night has put the phone away, and the reply would disturb like any other message.
pub const ANSWER_WINDOW: SignedDuration = SignedDuration::from_mins(30);

/// How long after a customer's message WhatsApp takes free-form text (Meta, WhatsApp Business Platform, "Customer
/// service windows": 24 hours from the customer's last message; after that, approved templates only).
pub const WHATSAPP_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// The gate's decision, stored with the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Verdict {
    /// It may leave now.
    Allowed {
        /// Which rule let it out, in words an owner understands.
        why: String,
    },
    /// Not before this moment.
    Delayed {
        /// When to ask again (UTC).
        until: Timestamp,
        /// Why.
        why: String,
    },
    /// The channel is not configured: recorded and left.
    Skipped {
        /// Why.
        why: String,
    },
    /// It will never leave.
    Dropped {
        /// Why.
        why: String,
    },
}

/// What the gate looks at.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// On whose behalf.
    pub tenant: &'a Tenant,
    /// Which way.
    pub channel: Channel,
    /// To a customer, or to the tenant's own staff.
    pub to_staff: bool,
    /// The recipient asked to hear nothing more.
    pub suppressed: bool,
    /// When the message that this one answers came in (UTC); `None` for a message nobody waits for.
    pub answers_at: Option<Timestamp>,
}

/// A rule: what it has against the message leaving now, if anything.
type Rule = fn(&Request<'_>, Timestamp) -> Option<Verdict>;

/// The rules, in order.
const RULES: [Rule; 5] = [suppression, paused_tenant, missing_channel, whatsapp_window, quiet_hours];

/// Decides whether the message may leave at `now`.
#[must_use]
pub fn gate(request: &Request<'_>, now: Timestamp) -> Verdict {
    RULES.iter().find_map(|rule| rule(request, now)).unwrap_or_else(|| allowed(request, now))
}

/// No rule objected.
fn allowed(request: &Request<'_>, now: Timestamp) -> Verdict {
    let why = if request.to_staff {
        "A notice to your own staff"
    } else if is_answer(request, now) {
        "An answer to a message just received"
    } else {
        "Outside quiet hours"
    };
    Verdict::Allowed { why: why.to_owned() }
}

/// Nobody who opted out hears from us again (47 CFR 64.1200(a)(10); CTIA, Messaging Principles and Best Practices).
/// Staff notices go to the business's own people, who asked for them.
fn suppression(request: &Request<'_>, _: Timestamp) -> Option<Verdict> {
    (request.suppressed && !request.to_staff)
        .then(|| Verdict::Dropped { why: "The recipient asked to get no more messages".to_owned() })
}

/// Nothing goes out for a tenant that is paused or closed ([`TenantStatus`]), to staff neither.
fn paused_tenant(request: &Request<'_>, _: Timestamp) -> Option<Verdict> {
    let why = match request.tenant.status {
        TenantStatus::Active => return None,
        TenantStatus::Paused => "Your account is paused: messages are stored, nothing is sent",
        TenantStatus::Closed => "Your account is closed: nothing is sent",
    };
    Some(Verdict::Dropped { why: why.to_owned() })
}

/// A channel without settings cannot send ([`Tenant::has_channel`]); seed 003, 1.3 calls it "not configured".
fn missing_channel(request: &Request<'_>, _: Timestamp) -> Option<Verdict> {
    let name = match request.channel {
        Channel::Whatsapp => "WhatsApp",
        Channel::Sms => "SMS",
        Channel::Email => "E-mail",
        Channel::Chat => "The chat widget",
    };
    (!request.tenant.has_channel(request.channel))
        .then(|| Verdict::Skipped { why: format!("{name} is not configured for your account") })
}

/// Free-form WhatsApp text only within [`WHATSAPP_WINDOW`] of the customer's message.
fn whatsapp_window(request: &Request<'_>, now: Timestamp) -> Option<Verdict> {
    let within = request.answers_at.is_some_and(|at| now.duration_since(at) < WHATSAPP_WINDOW);
    (request.channel == Channel::Whatsapp && !within).then(|| Verdict::Dropped {
        why: "WhatsApp allows free text only within 24 hours of the customer's last message; \
              after that it needs an approved template"
            .to_owned(),
    })
}

/// Nothing unasked reaches a customer in the tenant's quiet hours (47 CFR 64.1200(c)(1): no solicitation before 8:00
/// or after 21:00). The span is read in the tenant's zone, because where the customer is is not known; a span whose
/// ends are alike is no quiet hours at all.
///
/// An answer to a message just received is asked for, and staff notices are e-mails to the business's own people:
/// neither is held back.
fn quiet_hours(request: &Request<'_>, now: Timestamp) -> Option<Verdict> {
    if request.to_staff || is_answer(request, now) {
        return None;
    }
    let quiet = request.tenant.quiet_hours;
    let until = Hours::daily(Span { open: quiet.until, close: quiet.from })
        .next_opening(now, &request.tenant.time_zone())
        .filter(|until| *until > now)?;
    let (from, to) = (quiet.from.strftime("%H:%M"), quiet.until.strftime("%H:%M"));
    Some(Verdict::Delayed { until, why: format!("Quiet hours from {from} to {to}: it goes out when they end") })
}

/// Whether the message answers one that came in within [`ANSWER_WINDOW`].
fn is_answer(request: &Request<'_>, now: Timestamp) -> bool {
    request.answers_at.is_some_and(|at| now.duration_since(at) <= ANSWER_WINDOW)
}

#[cfg(test)]
mod tests;
