//! A step: the call at which a function stopped, with or without a fault.

use std::fmt::Write as _;

use super::{Run, STORM_FAULTS, Schedule};
use crate::calls::{self, Answer, Call, Sent, Vendor};
use crate::facts::Step;
use crate::fault::Fault;
use crate::plan::Plan;
use crate::story::{meta_status, twilio_status};

impl Schedule<'_> {
    /// Carries out the call at which a run stopped, with or without a fault.
    pub(super) async fn go(&mut self, index: usize) {
        let mut run = self.runs.remove(index);
        let call = run.call.take().unwrap();
        let function = run.sandbox.function;
        let number = 1 + self.steps.iter().filter(|step| step.function == function).count();
        let step = Step { function, number, sends: matches!(call, Call::Vendor(_)) };
        let fault = self.fault(step);
        self.steps.push(step);
        let mut line = format!("{function} {number} {}", call.name());
        if let Some(fault) = fault {
            *self.facts.faults.entry((function, fault)).or_default() += 1;
            write!(line, "  {fault}").unwrap();
        }
        self.note(&line);
        match fault {
            Some(Fault::CrashBefore) => self.end(run.work, None, run.began),
            Some(Fault::CrashAfter) => {
                self.perform(&call, &run).await;
                self.end(run.work, None, run.began);
            }
            _ => {
                self.answer(call, &run, fault).await;
                self.advance(run).await;
            }
        }
    }

    fn fault(&mut self, step: Step) -> Option<Fault> {
        let fault = match self.plan {
            Plan::One { function, number, fault } => {
                (function == step.function && number == step.number).then_some(fault)
            }
            Plan::Storm if self.facts.faults.values().sum::<usize>() < STORM_FAULTS && self.chance.one_in(6) => {
                Some(*self.chance.pick(&Fault::ALL))
            }
            _ => None,
        };
        fault.filter(|fault| step.can_have(*fault))
    }

    /// Performs the call, or not, and lets the function know, or not.
    async fn answer(&mut self, call: Call, run: &Run, fault: Option<Fault>) {
        let answer = match fault {
            Some(Fault::ErrorBefore) => None,
            Some(Fault::ErrorAfter) => {
                self.perform(&call, run).await;
                None
            }
            Some(Fault::Refused) => Some(calls::refuse(&call, &mut self.services)),
            Some(Fault::Repeated) => {
                self.perform(&call, run).await;
                Some(self.perform(&call, run).await)
            }
            _ => Some(self.perform(&call, run).await),
        };
        calls::answer(call, answer).await;
    }

    async fn perform(&mut self, call: &Call, run: &Run) -> Answer {
        match call {
            Call::Aws(call) => {
                let missed = self.misses || (self.storms() && self.chance.one_in(10));
                Answer::Aws(calls::aws(call, self.cloud, &mut self.services, missed).await)
            }
            Call::Vendor(call) => {
                let (answer, sent) = calls::vendor(call, self.cloud).await;
                if let Some(sent) = sent {
                    self.sent(sent, run.began);
                }
                Answer::Vendor(answer)
            }
        }
    }

    /// A vendor took a message.
    fn sent(&mut self, sent: Sent, began: usize) {
        if self.facts.silenced.get(&sent.to).is_some_and(|since| *since < began) {
            self.facts.violations.push("a message was sent to somebody who had said STOP".to_owned());
        }
        if sent.vendor == Vendor::Ses {
            self.facts.mails.push(sent.reference);
            return;
        }
        let reports = self.reports_failures || (self.storms() && self.chance.one_in(2));
        if !reports {
            return;
        }
        let fails = self.reports_failures || self.chance.one_in(3);
        if fails {
            self.facts.undelivered.insert(sent.reference.clone());
            self.facts.unreachable.insert(sent.to.clone());
        }
        self.waiting.insert(
            0,
            match sent.vendor {
                Vendor::Twilio => twilio_status(&sent.reference, &sent.id, &sent.to, fails),
                _ => meta_status(&sent.reference, &sent.id, fails),
            },
        );
    }
}
