//! The outbound gate: whether a message may leave, decided by rules that each have a name and a source.
//!
//! Same dossier and moment, same verdict. The rules are asked in order and the first that objects decides; what
//! holds for good is asked before what passes with time, so that nothing is held overnight only to be dropped in the
//! morning. A [`Verdict::Delayed`] message is put before the gate again at its moment: things change meanwhile.
//! Every reason is a sentence that the tenant's owner understands.

use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;

use super::Journey;
use crate::conversations::{Message, Role};
use crate::leads::Contact;
use crate::messaging::{Channel, Standing, Verdict};
use crate::tenancy::{Hours, Span, Tenant, TenantStatus};

/// How long after a customer's own message a reply still is the answer they wait for.
///
/// Our choice. A turn takes seconds and its retries minutes; somebody whose question has stayed open for half an
/// hour at night has put the phone away, and the reply would disturb like any other message.
pub const ANSWER_WINDOW: SignedDuration = SignedDuration::from_mins(30);

/// How long after a customer's message WhatsApp takes free-form text (Meta, WhatsApp Business Platform, "Customer
/// service windows": 24 hours from the customer's last message; after that, approved templates only).
pub const WHATSAPP_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// What the gate looks at.
#[derive(Debug, Clone, Copy)]
pub struct Dossier<'a> {
    /// On whose behalf.
    pub tenant: &'a Tenant,
    /// The message, with its delivery.
    pub message: &'a Message,
    /// The recipient; `None` for a notice to staff, and for a contact that is gone.
    pub contact: Option<&'a Contact>,
    /// How they stand to the business's messages.
    pub standing: &'a Standing,
    /// Their way with the business, where there is one.
    pub journey: Option<&'a Journey>,
    /// Touch points that the tenant sent this month (UTC), as far as the caller knows.
    pub sent_this_month: u64,
}

/// A message that may leave now. Nobody but the gate makes one, and nothing is sent without one.
#[derive(Debug)]
pub struct Cleared<'a> {
    message: &'a Message,
    at: Timestamp,
}

/// What the gate says.
#[derive(Debug)]
pub enum Ruling<'a> {
    /// It may leave now; the verdict is the one to store before it does.
    Cleared(Cleared<'a>, Verdict),
    /// It may not.
    Stopped(Verdict),
}

impl<'a> Cleared<'a> {
    /// The message.
    #[must_use]
    pub fn message(&self) -> &'a Message {
        self.message
    }

    /// When it was cleared (UTC).
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }
}

impl Ruling<'_> {
    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        match self {
            Self::Cleared(_, verdict) | Self::Stopped(verdict) => verdict,
        }
    }
}

impl Dossier<'_> {
    /// When the message that this one answers came in (UTC).
    fn answers_at(&self) -> Option<Timestamp> {
        self.message.delivery.as_ref().and_then(|delivery| delivery.answers_at)
    }

    fn to_staff(&self) -> bool {
        self.message.role == Role::Notice
    }
}

/// A rule: what it has against the message leaving now, if anything.
type Rule = fn(&Dossier<'_>, Timestamp) -> Option<Verdict>;

/// The rules, in order.
const RULES: [Rule; 5] = [suppression, paused_tenant, missing_channel, whatsapp_window, quiet_hours];

/// Decides whether the message may leave at `now`.
#[must_use]
pub fn gate<'a>(dossier: &Dossier<'a>, now: Timestamp) -> Ruling<'a> {
    match RULES.iter().find_map(|rule| rule(dossier, now)) {
        Some(objection) => Ruling::Stopped(objection),
        None => Ruling::Cleared(Cleared { message: dossier.message, at: now }, allowed(dossier, now)),
    }
}

/// No rule objected.
fn allowed(dossier: &Dossier<'_>, now: Timestamp) -> Verdict {
    let why = if dossier.to_staff() {
        "A notice to your own staff"
    } else if is_answer(dossier, now) {
        "An answer to a message just received"
    } else {
        "Outside quiet hours"
    };
    Verdict::Allowed { why: Cow::Borrowed(why) }
}

/// Nobody who opted out hears from us again (47 CFR 64.1200(a)(10); CTIA, Messaging Principles and Best Practices).
/// Staff notices go to the business's own people, who asked for them.
fn suppression(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    (dossier.standing.refused && !dossier.to_staff())
        .then(|| Verdict::Dropped { why: Cow::Borrowed("The recipient asked to get no more messages") })
}

/// Nothing goes out for a tenant that is paused or closed ([`TenantStatus`]), to staff neither.
fn paused_tenant(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    let why = match dossier.tenant.status {
        TenantStatus::Active => return None,
        TenantStatus::Paused => "Your account is paused: messages are stored, nothing is sent",
        TenantStatus::Closed => "Your account is closed: nothing is sent",
    };
    Some(Verdict::Dropped { why: Cow::Borrowed(why) })
}

/// A channel without settings cannot send ([`Tenant::has_channel`]); seed 003, 1.3 calls it "not configured".
fn missing_channel(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    let name = match dossier.message.channel {
        Channel::Whatsapp => "WhatsApp",
        Channel::Sms => "SMS",
        Channel::Email => "E-mail",
        Channel::Chat => "The chat widget",
    };
    (!dossier.tenant.has_channel(dossier.message.channel))
        .then(|| Verdict::Skipped { why: format!("{name} is not configured for your account").into() })
}

/// Free-form WhatsApp text only within [`WHATSAPP_WINDOW`] of the customer's message.
fn whatsapp_window(dossier: &Dossier<'_>, now: Timestamp) -> Option<Verdict> {
    let within = dossier.answers_at().is_some_and(|at| now.duration_since(at) < WHATSAPP_WINDOW);
    (dossier.message.channel == Channel::Whatsapp && !within).then(|| Verdict::Dropped {
        why: Cow::Borrowed(
            "WhatsApp allows free text only within 24 hours of the customer's last message; after that it needs an \
             approved template",
        ),
    })
}

/// Nothing unasked reaches a customer in the tenant's quiet hours (47 CFR 64.1200(c)(1): no solicitation before 8:00
/// or after 21:00). The span is read in the tenant's zone, because where the customer is is not known; a span whose
/// ends are alike is no quiet hours at all.
///
/// An answer to a message just received is asked for, and staff notices are e-mails to the business's own people:
/// neither is held back.
fn quiet_hours(dossier: &Dossier<'_>, now: Timestamp) -> Option<Verdict> {
    if dossier.to_staff() || is_answer(dossier, now) {
        return None;
    }
    let quiet = dossier.tenant.quiet_hours;
    let until = Hours::daily(Span { open: quiet.until, close: quiet.from })
        .next_opening(now, &dossier.tenant.time_zone())
        .filter(|until| *until > now)?;
    let (from, to) = (quiet.from.strftime("%H:%M"), quiet.until.strftime("%H:%M"));
    Some(Verdict::Delayed { until, why: format!("Quiet hours from {from} to {to}: it goes out when they end").into() })
}

/// Whether the message answers one that came in within [`ANSWER_WINDOW`].
fn is_answer(dossier: &Dossier<'_>, now: Timestamp) -> bool {
    dossier.answers_at().is_some_and(|at| now.duration_since(at) <= ANSWER_WINDOW)
}
