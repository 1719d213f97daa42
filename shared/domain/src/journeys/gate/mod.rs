//! The outbound gate: whether a message may leave, decided by rules that each have a name and a source.
//!
//! Same send context and moment, same verdict. The rules are asked in order and the first that objects decides; what
//! holds for good is asked before what passes with time, so that nothing is held overnight only to be dropped in the
//! morning. A [`Verdict::Delayed`] message is put before the gate again at its moment: things change meanwhile.
//! Every reason is a sentence that the tenant's owner understands.

mod account;
mod caps;
mod consent;
mod customer;
mod moment;
mod person;
mod quiet;
mod states;
mod whatsapp;
mod whereabouts;

use jiff::{SignedDuration, Timestamp};

use super::{Journey, Waiting};
use crate::conversations::{Message, Outreach, Role};
use crate::leads::Contact;
use crate::messaging::{Address, Awaited, OptOutState, Purpose, Verdict};
use crate::tenancy::Tenant;
pub use whatsapp::takes_free_text;
pub use whereabouts::home_zone;

/// How long after a customer's own message a reply still is the answer they wait for.
///
/// Our choice. A turn takes seconds and its retries minutes; someone whose question has stayed open for half an
/// hour at night has put the phone away, and the reply would disturb like any other message.
pub const ANSWER_WINDOW: SignedDuration = SignedDuration::from_mins(30);

/// What the gate looks at.
#[derive(Debug, Clone, Copy)]
pub struct SendContext<'a> {
    /// On whose behalf.
    pub tenant: &'a Tenant,
    /// The message, with its delivery.
    pub message: &'a Message,
    /// The recipient; `None` for a notice to staff, and for a contact that is gone.
    pub contact: Option<&'a Contact>,
    /// Their opt-out state.
    pub opt_out_state: &'a OptOutState,
    /// Their way with the business, where there is one.
    pub journey: Option<&'a Journey>,
    /// Outreach messages that the tenant sent this month (UTC), as far as the caller knows.
    pub sent_this_month: u64,
    /// Whether a person of the staff answers them just now, on whatever channel.
    pub with_staff: bool,
}

/// A message that may leave now. No one but the gate makes one, and nothing is sent without one.
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

impl<'a> SendContext<'a> {
    /// Where the message goes.
    fn to(&self) -> Option<&'a Address> {
        self.message.delivery.as_ref().map(|delivery| &delivery.to)
    }

    /// When the message that this one answers came in (UTC).
    fn answers_at(&self) -> Option<Timestamp> {
        self.message.delivery.as_ref().and_then(|delivery| delivery.answers_at)
    }

    fn is_for_staff(&self) -> bool {
        self.message.role == Role::Notice
    }

    /// Whether the message answers one that came in within [`ANSWER_WINDOW`].
    fn is_answer(&self, now: Timestamp) -> bool {
        self.answers_at().is_some_and(|at| now.duration_since(at) <= ANSWER_WINDOW)
    }

    /// Whether it may leave at any hour: an answer that is waited for, or a notice to staff.
    fn any_hour(&self, now: Timestamp) -> bool {
        self.is_for_staff() || self.is_answer(now)
    }

    /// What makes it an outreach message, where it is one that they have not agreed on with the business.
    fn unasked_outreach(&self) -> Option<&'a Outreach> {
        self.message.outreach.as_ref().filter(|outreach| outreach.kind.purpose() != Purpose::Transactional)
    }

    /// Its place among those that wait.
    fn waiting(&self) -> Option<&'a Waiting> {
        let message = self.message.reference.message;
        self.journey?.waiting.iter().find(|waiting| waiting.message.message == message)
    }

    /// Not now: at the first moment from `moment` on that is not quiet. Where there is none, or where the message says
    /// nothing any more by then, it is dropped at once, not held only to be dropped then.
    fn later(&self, now: Timestamp, moment: Option<Timestamp>, why: &'static str) -> Option<Verdict> {
        let until = moment.and_then(|moment| quiet::next_allowed(self, moment)).filter(|until| *until > now);
        let Some(until) = until else {
            return Some(Verdict::dropped(format!("{why}, and no hour of the next two weeks fits")));
        };
        if self.message.outreach.as_ref().is_some_and(|outreach| until > outreach.expires_at) {
            return Some(Verdict::dropped(format!("{why}, and by then it would be too late")));
        }
        Some(WHATSAPP_WINDOW.ask(self, until).unwrap_or(Verdict::Delayed { until, why: why.into(), rule: None }))
    }

    /// Not before something has happened; dropped where it has not happened in time.
    fn hold(&self, now: Timestamp, awaits: Awaited, why: &'static str) -> Verdict {
        if self.message.outreach.as_ref().is_some_and(|outreach| now >= outreach.expires_at) {
            return Verdict::dropped(format!("{why}, and that has not happened in time"));
        }
        Verdict::Held { awaits, why: why.into(), rule: None }
    }
}

/// A rule: the id by which programs know it, which stays what it is, and what it has against the message leaving now, if anything.
struct Rule(&'static str, fn(&SendContext<'_>, Timestamp) -> Option<Verdict>);

impl Rule {
    fn ask(&self, send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
        self.1(send_context, now).map(|verdict| verdict.by(self.0))
    }
}

const WHATSAPP_WINDOW: Rule = Rule("whatsapp_window", whatsapp::whatsapp_window);

/// The rules, in order.
const RULES: [Rule; 25] = [
    // What holds for good.
    Rule("test_contact", person::test_contact),
    Rule("suppression", person::suppression),
    Rule("opt_out", person::opt_out),
    Rule("stopped", person::stopped),
    Rule("unreachable", person::unreachable),
    Rule("gone", person::gone),
    Rule("paused_tenant", account::paused_tenant),
    Rule("missing_channel", account::missing_channel),
    Rule("empty_chat", person::empty_chat),
    Rule("consent", consent::consent),
    Rule("expired", moment::expired),
    Rule("overtaken", moment::overtaken),
    Rule("over", moment::over),
    Rule("repeated", moment::repeated),
    Rule("improper_demand", customer::improper_demand),
    WHATSAPP_WINDOW,
    Rule("unknown_hour", quiet::unknown_hour),
    // What something that happens may end.
    Rule("unpaid_review", customer::unpaid_review),
    Rule("busy", customer::busy),
    // What time ends.
    Rule("with_staff", customer::with_staff),
    Rule("over_budget", account::over_budget),
    Rule("too_many_demands", customer::too_many_demands),
    Rule("full", caps::full),
    Rule("outranked", caps::outranked),
    Rule("quiet_hours", quiet::quiet_hours),
];

/// The ids of all rules that may object, in their order.
pub fn rule_ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|Rule(id, _)| *id)
}

/// Decides whether the message may leave at `now`.
#[must_use]
pub fn gate<'a>(send_context: &SendContext<'a>, now: Timestamp) -> Ruling<'a> {
    match RULES.iter().find_map(|rule| rule.ask(send_context, now)) {
        Some(objection) => Ruling::Stopped(objection),
        None => Ruling::Cleared(Cleared { message: send_context.message, at: now }, allowed(send_context, now)),
    }
}

/// No rule objected.
fn allowed(send_context: &SendContext<'_>, now: Timestamp) -> Verdict {
    let (rule, why) = if send_context.is_for_staff() {
        ("staff_notice", "A notice to your own staff")
    } else if send_context.is_answer(now) {
        ("answer", "An answer to a message just received")
    } else {
        ("no_objection", "Outside quiet hours")
    };
    Verdict::Allowed { why: why.into(), rule: Some(rule.into()) }
}

#[cfg(test)]
mod tests;
