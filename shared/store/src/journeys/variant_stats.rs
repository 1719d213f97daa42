//! What was counted of texts that are tried against each other: sent, converted, opted out.

use aws_sdk_dynamodb::types::Update;
use domain::ids::{SequenceId, StepId, VariantId};
use domain::journeys::{Counted, Tallied, VariantCount, VariantStats};
use domain::{Failure, TenantId};
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::Sequences;
use crate::table::error::failure;
use crate::table::item::{number, readable, text};
use crate::table::keys;
use crate::table::writes::Writes;

/// One text's counters as they are stored.
#[derive(Deserialize)]
struct Counter {
    step: StepId,
    variant: VariantId,
    sent: u64,
    converted: u64,
    opted_out: u64,
}

impl Sequences<'_> {
    /// What was counted of a step's texts.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn variant_stats(
        self,
        tenant: &TenantId,
        sequence: &SequenceId,
        step: &StepId,
    ) -> Result<VariantStats, Failure> {
        let mut steps = self.counted(tenant, sequence, &format!("{step}#")).await?;
        Ok(steps.remove(step).unwrap_or_default())
    }

    /// What was counted of the texts of all of a sequence's steps.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn sequence_variant_stats(
        self,
        tenant: &TenantId,
        sequence: &SequenceId,
    ) -> Result<BTreeMap<StepId, VariantStats>, Failure> {
        self.counted(tenant, sequence, "").await
    }

    /// At most 30 steps of 5 texts each, and earlier ones: a page holds thousands.
    async fn counted(
        self,
        tenant: &TenantId,
        sequence: &SequenceId,
        prefix: &str,
    ) -> Result<BTreeMap<StepId, VariantStats>, Failure> {
        let query =
            self.store.query().expression_attribute_values(":pk", text(keys::of(tenant).variant_stats(sequence)));
        let query = match prefix {
            "" => query.key_condition_expression("pk = :pk"),
            _ => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", text(prefix)),
        };
        let answer = query.send().await.map_err(|error| failure("variant stats", &error))?;
        let mut steps: BTreeMap<StepId, VariantStats> = BTreeMap::new();
        for Counter { step, variant, sent, converted, opted_out } in readable("tally", answer.items()) {
            steps.entry(step).or_default().0.insert(variant, Tallied { sent, converted, opted_out });
        }
        Ok(steps)
    }
}

impl Writes {
    /// Counts, one write a text.
    pub(crate) fn variant_stats(&mut self, tenant: &TenantId, variant_stats: &[VariantCount]) -> Result<(), Failure> {
        let mut counts: BTreeMap<(&SequenceId, &StepId, &VariantId), [u32; 3]> = BTreeMap::new();
        for VariantCount { sequence, step, variant, what } in variant_stats {
            let [sent, converted, opted_out] = counts.entry((sequence, step, variant)).or_default();
            *match what {
                Counted::Sent => sent,
                Counted::Converted => converted,
                Counted::OptedOut => opted_out,
            } += 1;
        }
        for ((sequence, step, variant), [sent, converted, opted_out]) in counts {
            let update = Update::builder()
                .update_expression(
                    "ADD sent :sent, converted :converted, opted_out :opted_out \
                     SET entity = :entity, step = :step, variant = :variant",
                )
                .expression_attribute_values(":sent", number(sent))
                .expression_attribute_values(":converted", number(converted))
                .expression_attribute_values(":opted_out", number(opted_out))
                .expression_attribute_values(":entity", text("tally"))
                .expression_attribute_values(":step", text(step.as_str()))
                .expression_attribute_values(":variant", text(variant.as_str()));
            self.update_at(&keys::of(tenant).variant_count(sequence, step, variant), update)?;
        }
        Ok(())
    }
}
