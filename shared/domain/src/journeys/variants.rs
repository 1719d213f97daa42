//! Several texts of a step, tried against each other.
//!
//! Each person gets one of the texts still in play, always the same one. What the texts lead to is compared by a test that
//! may be looked at after every count, as often as one likes, without raising the share of false findings: the mixture
//! sequential probability ratio test of count data (Robbins 1970; Lindon and Malek, "Anytime-Valid Inference for
//! Multinomial Count Data", NeurIPS 2022, of which this is the case of two counts).
//!
//! Of the people that two texts led to what the sequence is for, the share that the second one led there is, if the
//! texts are equally good, its share π of the messages. With `s₁` and `s₂` such people, and a Beta(κπ, κ(1-π)) mixture
//! of other shares around it, the ratio is
//!
//! ```text
//! M = B(s₂ + κπ, s₁ + κ(1-π)) / B(κπ, κ(1-π)) / (π^s₂ (1-π)^s₁)
//! ```
//!
//! and one is found better once `M ≥ k/α` (Ville's inequality), with `k` texts compared to the first (Bonferroni). Only
//! successes are looked at, so that those which come late, and seasons that are good or bad for both, do no harm.
//!
//! The judgement is a function of the counts and nothing else: none is kept, so none goes stale.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Variant;
use crate::ContactId;
use crate::evidence::evidence;
use crate::ids::{SequenceId, StepId, VariantId};

/// The share of findings that may be false: one in twenty.
const ALPHA: f64 = 0.05;
/// Fewer messages than this of either text say nothing.
const FLOOR: u64 = 100;
/// The guard: no text is promoted of whose readers more than 3 in 100 asked to hear nothing more, ...
const MAX_OPT_OUTS: f64 = 0.03;
/// ... or more than half as many again as of the first text's, ...
const MAX_OPT_OUTS_RELATIVE: f64 = 1.5;
/// ... with 5 in 1,000 to spare, so that one person does not decide where hardly anybody asks.
const OPT_OUTS_TO_SPARE: f64 = 0.005;
/// Namespace of the draws (a random constant, fixed for ever).
const NAMESPACE: Uuid = Uuid::from_u128(0x1c7e_52b9_03d4_4a6f_8e21_b7f0_9d35_c64a);

/// What is counted of a step's texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = BTreeMap<String, Tallied>)]
pub struct VariantStats(pub BTreeMap<VariantId, Tallied>);

/// What is counted of one text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tallied {
    /// People who got it.
    #[serde(default)]
    pub sent: u64,
    /// Those that it led to what the sequence is for.
    #[serde(default)]
    pub converted: u64,
    /// Those who then asked to hear nothing more.
    #[serde(default)]
    pub opted_out: u64,
}

/// What the counts say of a step's texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Judgement {
    /// The text that goes on alone, once one was found better than the first.
    pub winner: Option<VariantId>,
    /// The texts that new people get, in their order: the winner alone, else the first and those that are not worse.
    pub in_play: Vec<VariantId>,
}

/// Which of a step's texts this person gets: each of those in play with the same chance, drawn from the ids alone. Whoever
/// had one that stays in play keeps it when another leaves. `None`: there are no texts.
#[must_use]
pub fn assign(
    contact: ContactId,
    sequence: &SequenceId,
    step: &StepId,
    variants: &[Variant],
    variant_stats: &VariantStats,
) -> Option<VariantId> {
    // The highest draw wins (rendezvous hashing), so that one text's leaving moves its own people only.
    let draw = |variant: &VariantId| {
        Uuid::new_v5(&NAMESPACE, format!("{contact}|{sequence}|{step}|{variant}").as_bytes()).as_u128()
    };
    judge(variants, variant_stats).in_play.into_iter().max_by_key(draw)
}

/// Which texts go on: the first is what the others are measured by.
///
/// One that is found better, and passes the guard, goes on alone; of several the one with the most success. One that is
/// found worse, or that more people answer by asking to hear nothing more, goes to no one else.
#[must_use]
pub fn judge(variants: &[Variant], variant_stats: &VariantStats) -> Judgement {
    let Some((first, others)) = variants.split_first() else {
        return Judgement { winner: None, in_play: Vec::new() };
    };
    let variant_count = |variant: &Variant| variant_stats.0.get(&variant.id).copied().unwrap_or_default();
    let control = variant_count(first);
    let threshold = (others.len() as f64 / ALPHA).ln();
    let judged: Vec<_> = others
        .iter()
        .map(|other| (&other.id, variant_count(other), fate(&control, &variant_count(other), threshold)))
        .collect();

    let winners = judged.iter().filter(|(_, _, fate)| *fate == Fate::Better);
    let winner =
        winners.max_by(|(_, a, _), (_, b, _)| success(a).total_cmp(&success(b))).map(|(id, _, _)| (*id).clone());
    let in_play = match &winner {
        Some(winner) => vec![winner.clone()],
        None => {
            let open = judged.iter().filter(|(_, _, fate)| *fate != Fate::Worse).map(|(id, _, _)| *id);
            std::iter::once(&first.id).chain(open).cloned().collect()
        }
    };
    Judgement { winner, in_play }
}

/// What the counts say of one text against the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Better,
    Worse,
}

fn fate(control: &Tallied, other: &Tallied, threshold: f64) -> Fate {
    if control.sent.min(other.sent) < FLOOR {
        return Fate::Open;
    }
    let differs = |of: fn(&Tallied) -> u64| evidence((control.sent, of(control)), (other.sent, of(other))) >= threshold;
    let puts_off = differs(|variant_count| variant_count.opted_out) && opt_outs(other) > opt_outs(control);
    match differs(|variant_count| variant_count.converted) {
        _ if puts_off => Fate::Worse,
        true if success(other) < success(control) => Fate::Worse,
        true if passes_guard(control, other) => Fate::Better,
        _ => Fate::Open,
    }
}

/// Whether few enough ask to hear nothing more, in absolute terms and against the first text.
fn passes_guard(control: &Tallied, other: &Tallied) -> bool {
    let most = opt_outs(control) * MAX_OPT_OUTS_RELATIVE + OPT_OUTS_TO_SPARE;
    opt_outs(other) <= most.min(MAX_OPT_OUTS)
}

fn success(variant_count: &Tallied) -> f64 {
    variant_count.converted as f64 / variant_count.sent.max(1) as f64
}

fn opt_outs(variant_count: &Tallied) -> f64 {
    variant_count.opted_out as f64 / variant_count.sent.max(1) as f64
}

#[cfg(test)]
mod tests;
