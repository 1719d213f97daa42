//! What went out and what waits: the entries that the gate counts.

use jiff::{SignedDuration, Timestamp};

use super::{Cleared, Journey, Sent, Waiting, digest};
use crate::conversations::Message;
use crate::messaging::{MessageRef, Verdict};

/// For how long entries are kept: the longest window that counts is a week, and clocks differ.
const KEPT: SignedDuration = SignedDuration::from_hours(8 * 24);

impl Journey {
    /// An outreach message is queued. A repeat changes nothing; anything else than an outreach message is not kept.
    pub fn queued(&mut self, message: &Message, now: Timestamp) {
        let known = self.waiting.iter().any(|waiting| waiting.message.message == message.reference.message);
        if let Some(outreach) = message.outreach.as_ref().filter(|_| !known) {
            self.waiting.push(Waiting {
                message: message.reference,
                kind: outreach.kind,
                channel: message.channel,
                since: now,
                expires_at: outreach.expires_at,
                awaits: None,
                until: None,
                why: None,
                rule: None,
            });
        }
    }

    /// An outreach message leaves: it is counted from now on. One that was cleared before, and that the vendor did not take,
    /// is still counted once.
    pub fn cleared(&mut self, cleared: &Cleared<'_>) {
        let message = cleared.message();
        let Some(outreach) = &message.outreach else { return };
        self.gone(message.reference);
        let again = self.sent_besides(message).count() < self.ledger.len();
        self.ledger.retain(|sent| cleared.at().duration_since(sent.at) <= KEPT && !is_of(sent, message));
        let sent = Sent {
            at: cleared.at(),
            kind: outreach.kind,
            channel: message.channel,
            digest: digest(&message.text),
            appointment: outreach.appointment,
        };
        let place = self.ledger.partition_point(|other| other.at <= sent.at);
        self.ledger.insert(place, sent);
        if !again {
            let reactions = self.engagement.channels.entry(message.channel).or_default();
            reactions.sent = reactions.sent.saturating_add(1);
        }
    }

    /// An outreach message waits on, as the verdict says; one that the verdict ends waits no more.
    pub fn reschedule(&mut self, message: MessageRef, verdict: &Verdict) {
        let (awaits, until) = match verdict {
            Verdict::Delayed { until, .. } => (None, Some(*until)),
            Verdict::Held { awaits, .. } => (Some(*awaits), None),
            Verdict::Allowed { .. } => return,
            Verdict::Skipped { .. } | Verdict::Dropped { .. } => return self.gone(message),
        };
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| waiting.message.message == message.message) {
            waiting.awaits = awaits;
            waiting.until = until;
            waiting.why = Some(verdict.why().to_owned());
            waiting.rule = verdict.rule().map(ToOwned::to_owned);
        }
    }

    /// An outreach message waits no more: it was dropped, skipped, or failed.
    pub fn gone(&mut self, message: MessageRef) {
        self.waiting.retain(|waiting| waiting.message.message != message.message);
    }

    /// The outreach messages that went out, but for `message` itself, which is asked about again when a vendor did not take
    /// it.
    pub(super) fn sent_besides<'a>(&'a self, message: &'a Message) -> impl Iterator<Item = &'a Sent> {
        self.ledger.iter().filter(move |sent| !is_of(sent, message))
    }
}

/// Whether an entry is the message's own: made when the gate let it out before.
fn is_of(sent: &Sent, message: &Message) -> bool {
    let before = message.delivery.as_ref().map_or(&[][..], |delivery| &delivery.rulings);
    before.iter().any(|ruled| ruled.at == sent.at && matches!(ruled.verdict, Verdict::Allowed { .. }))
}

#[cfg(test)]
mod tests;
