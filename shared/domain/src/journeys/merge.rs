//! Two contacts turned out to be one person: their journeys become one.

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::{Ended, Ending, Engagement, Journey, LogEntry, MAX_LOG, MAX_SEEN, Preferences, Run};
use crate::billing::Invoice;
use crate::leads::Stage;
use crate::quotes::Quote;
use crate::scheduling::Appointment;

/// The survivor's journey with `other`'s in it: nothing that was done is forgotten, nothing goes on twice.
///
/// - Of quotes, appointments and invoices that both know, the further state; of an appointment the time agreed on later.
/// - Of two enrollments in one sequence about one thing the older goes on.
/// - Preferences are the survivor's where there are any; of consents the latest word of each.
/// - The stage is the one entered later; but someone new, as whom everybody begins, stands where the other stood, unless
///   that one was not heard of for long.
///
/// Reactions are added up, so the caller takes a merge in once, by the event's id ([`Journey::saw`]). No event follows:
/// `contact.merged` is the event.
#[must_use]
pub fn merge(mine: Journey, other: Journey, now: Timestamp) -> Journey {
    let mut mine = mine;
    unite(&mut mine.quotes, other.quotes, |quote| quote.id, Quote::merge);
    unite(&mut mine.appointments, other.appointments, |appointment| appointment.id, Appointment::merge);
    unite(&mut mine.invoices, other.invoices, |invoice| invoice.id, Invoice::merge);
    unite(&mut mine.waiting, other.waiting, |waiting| waiting.message.message, |_, _| {});
    unite(
        &mut mine.consents,
        other.consents,
        |record| (record.channel, record.purpose),
        |record, theirs| {
            if theirs.at > record.at {
                *record = theirs;
            }
        },
    );
    unite(&mut mine.runs, other.runs, |run| run.id, |_, _| {});
    end_doubles(&mut mine.runs, now);
    let new = other.ledger.into_iter().filter(|sent| !mine.ledger.contains(sent)).collect::<Vec<_>>();
    mine.ledger.extend(new);
    mine.ledger.sort_by_key(|sent| sent.at);
    mine.engagement.merge(&other.engagement);
    if mine.preferences == Preferences::default() {
        mine.preferences = other.preferences;
    }
    if mine.location.is_none() {
        (mine.location, mine.location_zone) = (other.location, other.location_zone);
    }
    (mine.stage, mine.stage_since) = stage((mine.stage, mine.stage_since), (other.stage, other.stage_since));
    let seen = other.seen.into_iter().filter(|event| !mine.seen.contains(event)).collect::<Vec<_>>();
    mine.seen.splice(0..0, seen);
    keep_last(&mut mine.seen, MAX_SEEN);
    mine.log.extend(other.log);
    mine.log.sort_by_key(|entry| entry.at);
    mine.log.push(LogEntry {
        at: now,
        what: "Two contacts turned out to be one person: one journey from now on".to_owned(),
    });
    keep_last(&mut mine.log, MAX_LOG);
    mine.prune_runs();
    mine
}

/// Where two who are one person stand, and since when.
fn stage(mine: (Stage, Timestamp), other: (Stage, Timestamp)) -> (Stage, Timestamp) {
    let is_new = |stage| stage == Stage::NewLead;
    let is_away = |stage| matches!(stage, Stage::Dormant | Stage::Churned);
    match (mine, other) {
        (new, known) | (known, new) if is_new(new.0) && !is_new(known.0) => {
            if is_away(known.0) {
                new
            } else {
                known
            }
        }
        _ if (other.1, other.0) > (mine.1, mine.0) => other,
        _ => mine,
    }
}

/// Of two enrollments in one sequence about one thing the older goes on.
fn end_doubles(runs: &mut [Run], now: Timestamp) {
    runs.sort_by_key(|run| (run.started_at, run.id));
    let mut going = Vec::new();
    for run in runs.iter_mut().filter(|run| run.is_running()) {
        let what = (run.sequence.clone(), run.subject);
        if going.contains(&what) {
            let why = "they turned out to be somebody who goes through it already".to_owned();
            run.ended = Some(Ended { at: now, how: Ending::Stopped, why });
        } else {
            going.push(what);
        }
    }
}

impl Quote {
    fn merge(&mut self, other: Self) {
        let (state, opened_at) = (self.state.max(other.state), self.opened_at.max(other.opened_at));
        if other.sent_at > self.sent_at {
            *self = other;
        }
        (self.state, self.opened_at) = (state, opened_at);
    }
}

impl Appointment {
    fn merge(&mut self, other: Self) {
        if (other.agreed_at, other.state) > (self.agreed_at, self.state) {
            *self = other;
        }
    }
}

impl Invoice {
    fn merge(&mut self, other: Self) {
        self.state = self.state.max(other.state);
        self.amount = self.amount.take().or(other.amount);
        self.due_at = self.due_at.or(other.due_at);
        self.link = self.link.take().or(other.link);
    }
}

impl Engagement {
    fn merge(&mut self, other: &Self) {
        for (channel, theirs) in &other.channels {
            let mine = self.channels.entry(*channel).or_default();
            mine.sent = mine.sent.saturating_add(theirs.sent);
            mine.opened = mine.opened.saturating_add(theirs.opened);
            mine.replied = mine.replied.saturating_add(theirs.replied);
            for (hour, count) in &theirs.hours {
                let counted = mine.hours.entry(*hour).or_default();
                *counted = counted.saturating_add(*count);
            }
        }
    }
}

/// Adds what `mine` has not; what both have is made one by `both`.
fn unite<T, K: PartialEq>(mine: &mut Vec<T>, other: Vec<T>, key: impl Fn(&T) -> K, both: impl Fn(&mut T, T)) {
    for theirs in other {
        match mine.iter_mut().find(|own| key(own) == key(&theirs)) {
            Some(own) => both(own, theirs),
            None => mine.push(theirs),
        }
    }
}

fn keep_last<T>(all: &mut Vec<T>, most: usize) {
    let surplus = all.len().saturating_sub(most);
    all.drain(..surplus);
}
