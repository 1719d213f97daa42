//! The words of what is queued: a model's where the step asks for them and they may go out, else the step's own.

use crate::Touchpoints;
use domain::Failure;
use domain::journeys::{Brief, Course, Scene};
use domain::tenancy::usage::Month;
use domain::tenancy::{Tenant, Thrift, thrift};
use jiff::Timestamp;
use std::time::Instant;

impl Touchpoints {
    /// Has the messages of a course that will be stored written where their steps ask for it, before `deadline`.
    pub(crate) async fn word(
        &self,
        scene: &Scene<'_>,
        course: &mut Course,
        now: Timestamp,
        deadline: Instant,
    ) -> Result<(), Failure> {
        if !course.changed || course.messages.iter().all(|draft| draft.prompt.is_none()) {
            return Ok(());
        }
        let saving = self.thrift(scene.tenant, now).await?;
        for draft in &mut course.messages {
            let Some(brief) = Brief::of(draft, scene, &course.journey) else { continue };
            let composed = self.assistant.compose(scene.tenant, &brief, saving, deadline).await;
            if let Some(reason) = composed.degraded {
                tracing::warn!(tenant = %scene.tenant.id, %reason, "the step's own text goes out for the model's");
            }
            course.spent.extend(composed.spent);
            draft.says_instead(composed.text, composed.author);
        }
        Ok(())
    }

    /// How much the tenant saves; thresholds that are reached by now are announced.
    async fn thrift(&self, tenant: &Tenant, now: Timestamp) -> Result<Thrift, Failure> {
        if !self.assistant.has_model() {
            return Ok(Thrift::Builtin);
        }
        let (control, month) = (&tenant.cost_control, Month::of(now));
        let used = self.store.tokens_used(&tenant.id, &month).await?;
        for percent in control.reached(used, tenant.plan) {
            self.store.announce_threshold(&tenant.id, &month, percent, used, now).await?;
        }
        Ok(thrift(used, tenant.plan, control))
    }
}
