//! A thread whose clock has run out: what is announced, and which rules act.

use jiff::Timestamp;

use super::{act, assign};
use crate::MessageId;
use crate::conversations::escalating::{self, About, Cause};
use crate::conversations::{Conversation, EscalationReason, FollowUp, NoticeKind};
use crate::events::EventKind;
use crate::leads::Lead;
use crate::tenancy::{EscalationRule, Tenant};

/// What is to be done about `thread` at `now`; `None`: nothing, it was done or the wait is over.
///
/// A rule that the tenant has removed meanwhile does nothing.
#[must_use]
pub fn overdue(tenant: &Tenant, thread: &Conversation, lead: &Lead, now: Timestamp) -> Option<FollowUp> {
    let mut after = FollowUp::on(thread);
    let breaches = after.thread.sla.breaches(now);
    after.thread.sla.announced(&breaches);
    let due = after.thread.sla.take_due(now);
    if breaches.is_empty() && due.is_empty() {
        return None;
    }
    let correlation_id = thread.id.to_string();
    let mut kinds: Vec<EventKind> = breaches.into_iter().map(|breach| escalating::breached(thread, breach)).collect();
    for watch in due {
        let rule = tenant.escalation.rules.iter().find(|rule| rule.id == watch.rule);
        if let Some(rule) = rule {
            kinds.extend(after.do_rule(tenant, rule, lead, watch.by, &correlation_id, now));
        }
    }
    // Each version of the thread is decided about once.
    let cause = format!("{}|{}", thread.id, thread.version);
    after.announce(tenant, &["sla", &cause], &correlation_id, now, kinds);
    Some(after)
}

impl FollowUp {
    fn do_rule(
        &mut self,
        tenant: &Tenant,
        rule: &EscalationRule,
        lead: &Lead,
        by: MessageId,
        correlation_id: &str,
        now: Timestamp,
    ) -> Vec<EventKind> {
        let mut kinds = Vec::new();
        let cause = Cause { reason: EscalationReason::TenantRule, by, at: now };
        let raised = escalating::raise(tenant, &mut self.thread, &cause);
        let about = About {
            tenant,
            lead,
            thread: &self.thread,
            reason: Some(EscalationReason::TenantRule),
            correlation_id,
            by,
            at: now,
        };
        let acts = act(&[rule], raised.is_some(), &about);
        if let Some((mut escalation, event)) = raised {
            assign(&[rule], &mut escalation);
            kinds.push(event);
            let told = escalating::notices_to(NoticeKind::Escalation, &about, &tenant.notify, &[rule.id.as_str()]);
            for (message, event) in told {
                self.notices.push(message);
                kinds.push(event);
            }
            self.escalation = Some(escalation);
        }
        self.notices.extend(acts.notices);
        self.tasks.extend(acts.tasks);
        kinds.extend(acts.events);
        kinds
    }
}
