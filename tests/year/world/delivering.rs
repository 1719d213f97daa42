//! What `worker-deliver` does in the year.

use domain::conversations::Delivery;
use domain::journeys::{Ruling, SendContext, gate};
use domain::messaging::delivery::Readiness;
use domain::messaging::{DeliveryState, Ruled, Verdict};

use super::*;

impl World {
    pub(super) fn deliver(&mut self, index: usize, reference: MessageRef) -> Result<(), String> {
        if self.dies() {
            self.at(self.now + VISIBILITY, Happening::Deliver(index, reference));
            return Ok(());
        }
        let now = self.now;
        let soul = &self.souls[index];
        let firm = &self.firms[soul.firm];
        let Some(message) = soul.messages.get(&reference.message) else { return Ok(()) };
        let delivery = message.delivery.as_ref().unwrap();
        match delivery.state.readiness(delivery.changed_at, now) {
            Readiness::Done => return Ok(()),
            Readiness::InFlight => {
                self.at(now + VISIBILITY, Happening::Deliver(index, reference));
                return Ok(());
            }
            Readiness::Lost => {
                self.finish(index, reference, "unknown: its worker died");
                return Ok(());
            }
            Readiness::Waiting => {}
        }
        let journey = soul.person.journey.clone();
        let send_context = SendContext {
            tenant: &firm.tenant,
            message,
            contact: Some(&soul.person.contact),
            opt_out_state: &soul.person.opt_out_state,
            journey: journey.as_ref(),
            sent_this_month: 0,
            with_staff: false,
        };
        let ruling = gate(&send_context, now);
        if format!("{:?}", gate(&send_context, now).verdict()) != format!("{:?}", ruling.verdict()) {
            return Err(format!("the same send context and moment, the same verdict: {:?}", ruling.verdict()));
        }
        let kind = message.kind().as_str();
        *self.verdicts.entry((kind, ruling.verdict().as_str())).or_default() += 1;
        let mut journey = journey.clone().unwrap();
        let verdict = ruling.verdict().clone();
        match ruling {
            Ruling::Cleared(cleared, _) => {
                laws::check(soul, message, now)?;
                journey.cleared(&cleared);
                let kind = message.kind();
                self.rule(index, reference, DeliveryState::Sending, &verdict);
                self.keep(index, journey);
                self.souls[index].sent.push((now, kind, reference.message));
                self.call_vendor(index, reference);
            }
            Ruling::Stopped(Verdict::Delayed { until, .. }) => {
                journey.reschedule(reference, &verdict);
                self.rule(index, reference, DeliveryState::Held, &verdict);
                self.keep(index, journey);
                let late = SignedDuration::from_secs(self.chance.between(0, 90));
                self.at(until.max(now) + late, Happening::Deliver(index, reference));
            }
            Ruling::Stopped(Verdict::Held { .. }) => {
                let expires = message.outreach.as_ref().unwrap().expires_at;
                journey.reschedule(reference, &verdict);
                self.rule(index, reference, DeliveryState::Held, &verdict);
                self.keep(index, journey);
                self.at(expires.max(now) + SignedDuration::from_secs(60), Happening::Deliver(index, reference));
            }
            Ruling::Stopped(_) => {
                journey.gone(reference);
                self.keep(index, journey);
                self.finish(index, reference, "stopped by the gate");
            }
        }
        Ok(())
    }

    fn rule(&mut self, index: usize, reference: MessageRef, state: DeliveryState, verdict: &Verdict) {
        let now = self.now;
        let message = self.souls[index].messages.get_mut(&reference.message).unwrap();
        let delivery = message.delivery.as_mut().unwrap();
        delivery.rulings.push(Ruled { at: now, verdict: verdict.clone() });
        let attempts = delivery.attempts + u32::from(state == DeliveryState::Sending);
        *delivery = Delivery { state, attempts, verdict: Some(verdict.clone()), changed_at: now, ..delivery.clone() };
    }

    fn call_vendor(&mut self, index: usize, reference: MessageRef) {
        match self.chance.below(100) {
            // The worker dies at the call: no one knows.
            0 => self.at(self.now + VISIBILITY, Happening::Deliver(index, reference)),
            // The vendor says "not now": nothing went out, and the record comes again.
            1 => {
                self.count("calls that a vendor put off");
                let soul = &mut self.souls[index];
                soul.sent.retain(|(_, _, message)| *message != reference.message);
                let delivery = soul.messages.get_mut(&reference.message).unwrap().delivery.as_mut().unwrap();
                delivery.state = DeliveryState::Queued;
                self.at(self.now + VISIBILITY, Happening::Deliver(index, reference));
            }
            _ => self.finish(index, reference, "sent"),
        }
    }

    fn finish(&mut self, index: usize, reference: MessageRef, how: &'static str) {
        let soul = &mut self.souls[index];
        soul.messages.remove(&reference.message);
        soul.ends.insert(reference.message, how);
        self.count(how);
    }
}
