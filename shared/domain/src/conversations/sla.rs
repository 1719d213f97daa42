//! How long a customer may wait, and for what: the clock of one thread.
//!
//! Three timers, each for one wait at a time:
//! - **first response** begins with what a customer writes and ends when a vendor took an answer to it, by whomever: what is
//!   queued, held or refused has answered nobody. It runs around the clock. A message that nobody expects an answer to (a
//!   reaction, STOP) begins none.
//! - **staff response** begins when a person is called, or when the customer writes to the person who has the thread, and ends
//!   with a word of the staff. Only opening hours count.
//! - **resolution** begins with it and ends when the escalation is resolved. All hours count; where the end falls while it is
//!   closed, it moves to the next opening.
//!
//! A business that never opens is treated as one that is always open.
//!
//! Beside them stand the waits of the tenant's rules that are about staff who do not answer ([`Watch`]). What was announced is
//! noted, so that each wait that lasts too long is announced once, whoever looks, and however often.

use crate::tenancy::SlaTimer;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::MessageId;
use crate::ids::RuleId;
use crate::tenancy::{During, Tenant};

/// Messages without an answer that are told apart; of more than these, the latest count with the one before them.
const MAX_UNANSWERED: usize = 20;

/// The clock of one thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SlaClock {
    /// Runs while a message waits for its answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response: Option<Wait>,
    /// When the customer wrote the messages that wait for an answer (UTC), oldest first: answers may leave in any order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<Timestamp>,
    /// Runs while a person was called and has said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<Wait>,
    /// Runs while an escalation is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Wait>,
    /// Rules of the tenant's that wait for staff to answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watches: Vec<Watch>,
    /// Rules of the tenant's that have acted: they do not act again before the escalation is resolved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fired: Vec<RuleId>,
    /// Timers whose running or latest wait lasted too long, which was announced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breached: Vec<SlaTimer>,
    /// How long the customer waited for the first answer of the thread, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_ms: Option<u64>,
}

/// One wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SlaWait)]
pub struct Wait {
    /// Since when (UTC).
    pub since: Timestamp,
    /// When it has lasted too long (UTC).
    pub due: Timestamp,
}

/// A rule of the tenant's that acts unless staff answer in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SlaWatch)]
pub struct Watch {
    /// Which rule.
    pub rule: RuleId,
    /// The message with which the wait began.
    pub by: MessageId,
    /// When the rule acts (UTC).
    pub due: Timestamp,
}

/// A wait that has lasted too long, and since when that is so (UTC).
pub type Breach = (SlaTimer, Timestamp);

impl SlaClock {
    /// A customer wrote at `at` and expects an answer. While an earlier message waits, the wait is that one's.
    pub fn on_customer_message(&mut self, tenant: &Tenant, at: Timestamp) {
        let target = SignedDuration::from_secs(tenant.escalation.sla.first_response_seconds.into());
        self.begin(SlaTimer::FirstResponse, Wait { since: at, due: later(at, target) });
        if self.unanswered.len() < MAX_UNANSWERED && !self.unanswered.contains(&at) {
            self.unanswered.push(at);
            self.unanswered.sort_unstable();
        }
    }

    /// A vendor took, at `at`, the answer to a message of `answers`: that message and those before it wait no longer, later
    /// ones do. A repeat changes nothing, and of two answers the later may leave first. Returns the breach that nobody has announced yet,
    /// if the answer came too late.
    pub fn on_sent(&mut self, answers: Timestamp, at: Timestamp) -> Option<Breach> {
        let wait = self.first_response.filter(|wait| wait.since <= answers)?;
        let waited = u64::try_from(at.duration_since(wait.since).as_millis()).unwrap_or(0);
        self.first_response_ms.get_or_insert(waited);
        let late = self.end(SlaTimer::FirstResponse, at);
        self.unanswered.retain(|asked| *asked > answers);
        if let Some(since) = self.unanswered.first().copied() {
            let target = wait.due.duration_since(wait.since);
            self.begin(SlaTimer::FirstResponse, Wait { since, due: later(since, target) });
        }
        late
    }

    /// A person was called at `at`. While one is called for already, the waits are that call's.
    pub fn on_escalation(&mut self, tenant: &Tenant, at: Timestamp) {
        let targets = tenant.escalation.sla;
        let staff = open_minutes(tenant, at, targets.staff_response_minutes);
        self.begin(SlaTimer::StaffResponse, Wait { since: at, due: staff });
        let resolution = later(at, SignedDuration::from_hours(targets.resolution_hours.into()));
        let opening = tenant.hours.next_opening(resolution, &tenant.time_zone());
        self.begin(SlaTimer::Resolution, Wait { since: at, due: opening.unwrap_or(resolution) });
    }

    /// From `at` on the customer waits for the person who has the thread, who was not called. Returns whether they did not before.
    pub fn on_message_to_staff(&mut self, tenant: &Tenant, at: Timestamp) -> bool {
        let begins = self.staff.is_none();
        let due = open_minutes(tenant, at, tenant.escalation.sla.staff_response_minutes);
        self.begin(SlaTimer::StaffResponse, Wait { since: at, due });
        begins
    }

    /// The assistant has the thread again, and no person was called: nobody waits for staff.
    pub fn on_hand_back(&mut self) {
        self.watches.clear();
        self.staff = None;
    }

    /// One of the staff spoke at `at`, the word of a person. Returns what came too late and was not announced. Their answer ends
    /// the wait for an answer once it is sent, as any other.
    pub fn on_staff_reply(&mut self, at: Timestamp) -> Option<Breach> {
        self.watches.clear();
        self.end(SlaTimer::StaffResponse, at)
    }

    /// The escalation was resolved at `at`: somebody has dealt with all that the customer wrote. Returns what came too late and
    /// was not announced.
    pub fn on_resolve(&mut self, at: Timestamp) -> Vec<Breach> {
        self.watches.clear();
        self.fired.clear();
        self.unanswered.clear();
        let timers = [SlaTimer::FirstResponse, SlaTimer::StaffResponse, SlaTimer::Resolution];
        timers.into_iter().filter_map(|timer| self.end(timer, at)).collect()
    }

    /// From `at` on, `rule` waits `minutes` for staff to answer. It waits once, and acts once until the escalation is resolved.
    pub fn watch(
        &mut self,
        tenant: &Tenant,
        rule: &RuleId,
        minutes: u32,
        during: During,
        by: MessageId,
        at: Timestamp,
    ) {
        let due = match during {
            During::Open => open_minutes(tenant, at, minutes),
            During::Any | During::Closed | During::Weekend => later(at, SignedDuration::from_mins(minutes.into())),
        };
        self.watch_until(rule, by, due);
    }

    /// `rule` acts at `due`, unless it waits or has acted already.
    pub(crate) fn watch_until(&mut self, rule: &RuleId, by: MessageId, due: Timestamp) {
        let known = self.fired.contains(rule) || self.watches.iter().any(|watch| watch.rule == *rule);
        if !known {
            self.watches.push(Watch { rule: rule.clone(), by, due });
        }
    }

    /// Nobody of the staff is needed at `at` any more: the rules that wait for them end, but for those whose time has come.
    pub fn needs_nobody(&mut self, at: Timestamp) {
        self.watches.retain(|watch| watch.due <= at);
    }

    /// When something must be announced or done next (UTC); `None`: nothing runs.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.running().map(|(_, due)| due).chain(self.watches.iter().map(|watch| watch.due)).min()
    }

    /// What has lasted too long at `now` and was not announced.
    #[must_use]
    pub fn breaches(&self, now: Timestamp) -> Vec<Breach> {
        self.running().filter(|(_, due)| *due <= now).collect()
    }

    /// Notes that `breaches` are announced.
    pub fn announced(&mut self, breaches: &[Breach]) {
        self.breached.extend(breaches.iter().map(|(timer, _)| *timer));
        self.breached.sort_unstable();
        self.breached.dedup();
    }

    /// Takes out the rules that act at `now`, and notes that they did.
    pub fn take_due(&mut self, now: Timestamp) -> Vec<Watch> {
        let (due, left) = std::mem::take(&mut self.watches).into_iter().partition(|watch: &Watch| watch.due <= now);
        self.watches = left;
        for watch in &due {
            self.has_fired(&watch.rule);
        }
        due
    }

    /// Notes that `rule` has acted.
    pub(crate) fn has_fired(&mut self, rule: &RuleId) {
        self.watches.retain(|watch| watch.rule != *rule);
        if !self.fired.contains(rule) {
            self.fired.push(rule.clone());
        }
    }

    /// The waits that run and were not announced as too long.
    fn running(&self) -> impl Iterator<Item = Breach> {
        [
            (SlaTimer::FirstResponse, self.first_response),
            (SlaTimer::StaffResponse, self.staff),
            (SlaTimer::Resolution, self.resolution),
        ]
        .into_iter()
        .filter(|(timer, _)| !self.breached.contains(timer))
        .filter_map(|(timer, wait)| Some((timer, wait?.due)))
    }

    fn begin(&mut self, timer: SlaTimer, wait: Wait) {
        if self.wait(timer).is_none() {
            *self.wait(timer) = Some(wait);
            self.breached.retain(|breached| *breached != timer);
        }
    }

    fn end(&mut self, timer: SlaTimer, at: Timestamp) -> Option<Breach> {
        let wait = self.wait(timer).take()?;
        let late = (wait.due < at && !self.breached.contains(&timer)).then_some((timer, wait.due));
        self.announced(late.as_slice());
        late
    }

    fn wait(&mut self, timer: SlaTimer) -> &mut Option<Wait> {
        match timer {
            SlaTimer::FirstResponse => &mut self.first_response,
            SlaTimer::StaffResponse => &mut self.staff,
            SlaTimer::Resolution => &mut self.resolution,
        }
    }
}

/// When it has been open for so many minutes since `at`; where it never opens, so many minutes later.
fn open_minutes(tenant: &Tenant, at: Timestamp, minutes: u32) -> Timestamp {
    let length = SignedDuration::from_mins(minutes.into());
    let open = tenant.hours.after_open(at, length, &tenant.time_zone());
    open.unwrap_or_else(|| later(at, length))
}

/// `length` after `at`; at the end of the calendar, then.
fn later(at: Timestamp, length: SignedDuration) -> Timestamp {
    at.checked_add(length).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
