//! What a schedule saw, which the table must agree with.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;
use crate::function::Function;
use crate::story::Said;

/// What the schedule saw, which the table must agree with.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Messages whose delivery was answered with 200.
    pub(crate) accepted: Vec<Said>,
    /// The references of messages that Twilio or Meta said later could not be delivered.
    pub(crate) undelivered: BTreeSet<String>,
    /// The phones of those.
    pub(crate) unreachable: BTreeSet<String>,
    /// The references of e-mails that SES took, as often as it did.
    pub(crate) mails: Vec<String>,
    /// Phones that said STOP by SMS, with the choice by which Twilio got its 200.
    pub(crate) silenced: BTreeMap<String, usize>,
    /// Faults by function and kind.
    pub(crate) faults: BTreeMap<(Function, Fault), usize>,
    /// What must never happen and did.
    pub(crate) violations: Vec<String>,
}

/// One call of one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) function: Function,
    /// Counts the function's calls, over all its invocations, from 1.
    pub(crate) number: usize,
    /// It sends a message through a vendor.
    pub(crate) sends: bool,
}

impl Step {
    /// The senders' own clients never repeat a call that went out.
    pub(crate) fn can_have(self, fault: Fault) -> bool {
        !(self.sends && fault == Fault::Repeated)
    }
}
