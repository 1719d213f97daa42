//! What was answered without a model, and what it would have cost: an estimate, never added to what kept answers saved.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Feature, Saved, Spent, Tokens, UsageLine};

/// What sorts messages without a model, as usage names it.
pub const CLASSIFIER: &str = "classifier";
/// What answers messages without a model, as usage names it.
pub const RESPONDER: &str = "builtin";
/// So many questions of a feature are enough for a mean.
const ENOUGH: u64 = 10;
/// What a question costs where a tenant has asked too few, in millionths of a dollar: the means of `bench ai-month` with the cascade
/// (docs/ai.md, "What a month costs": $79 for 300,000 classifications, $209 for 60,000 messages).
const ASSUMED: [(Feature, u64); 2] = [(Feature::Route, 263), (Feature::Converse, 3_483)];

/// Questions of one feature that no model was asked, because something that costs nothing was sure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = UsageWithoutModel)]
pub struct WithoutModel {
    /// What would have been asked.
    pub feature: Feature,
    /// What was sure: `classifier` or `builtin`.
    #[schema(example = "classifier")]
    pub by: String,
    /// How many.
    #[schema(example = 214)]
    pub calls: u64,
    /// What they would have cost, in millionths of a dollar: an estimate.
    #[schema(example = 56_200)]
    pub estimated_microdollars: u64,
    /// What the estimate goes back to.
    pub estimated_by: EstimatedBy,
}

/// What an estimate goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UsageEstimatedBy)]
pub enum EstimatedBy {
    /// The mean of what a model was asked for the same in the month.
    OwnMean,
    /// A mean that was measured elsewhere: a model was asked too little.
    Assumed,
}

impl Spent {
    /// A question that no model was asked, because `by` was sure.
    #[must_use]
    pub fn unasked(feature: Feature, by: &str) -> Self {
        let saved = Saved { calls: 1, tokens: Tokens::default() };
        Self { feature, model: by.to_owned(), tokens: Tokens::default(), saved }
    }
}

impl UsageLine {
    /// Whether it is of something that is no model.
    #[must_use]
    pub fn is_without_model(&self) -> bool {
        self.model == CLASSIFIER || self.model == RESPONDER
    }
}

/// What was answered without a model in a month with these `lines`.
pub(super) fn without_model(lines: &[UsageLine]) -> Vec<WithoutModel> {
    let mut found: Vec<WithoutModel> = Vec::new();
    for line in lines.iter().filter(|line| line.is_without_model()) {
        let same = found.iter_mut().find(|one| one.feature == line.feature && one.by == line.model);
        if let Some(same) = same {
            same.calls = same.calls.saturating_add(line.saved_calls);
            continue;
        }
        let (feature, by, calls) = (line.feature, line.model.clone(), line.saved_calls);
        found.push(WithoutModel { feature, by, calls, estimated_microdollars: 0, estimated_by: EstimatedBy::Assumed });
    }
    for one in &mut found {
        let assumed = ASSUMED.iter().find(|(feature, _)| *feature == one.feature).map_or(0, |(_, cost)| *cost);
        let own = mean(lines, one.feature);
        one.estimated_by = if own.is_some() { EstimatedBy::OwnMean } else { EstimatedBy::Assumed };
        one.estimated_microdollars = own.unwrap_or(assumed).saturating_mul(one.calls);
    }
    found.sort_by(|a, b| (a.feature, &a.by).cmp(&(b.feature, &b.by)));
    found
}

/// What a question of `feature` cost on average, rounded down; `None`: too few were asked whose price is known.
fn mean(lines: &[UsageLine], feature: Feature) -> Option<u64> {
    let priced = lines.iter().filter(|line| line.feature == feature && !line.is_without_model());
    let priced = priced.filter_map(|line| Some((line.calls, line.cost_microdollars?)));
    let (calls, cost) = priced.fold((0_u64, 0_u64), |(calls, cost), (more, dearer)| {
        (calls.saturating_add(more), cost.saturating_add(dearer))
    });
    (calls >= ENOUGH).then(|| cost / calls)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenancy::usage::{Month, Usage};
    use jiff::civil::date;

    fn line(feature: Feature, model: &str, calls: u64, cost: Option<u64>, saved_calls: u64) -> UsageLine {
        UsageLine {
            day: date(2026, 11, 20),
            feature,
            model: model.to_owned(),
            calls,
            input_tokens: calls * 100,
            output_tokens: 0,
            cost_microdollars: cost,
            saved_calls,
            saved_microdollars: 0,
        }
    }

    #[test]
    fn what_no_model_was_asked_is_estimated_by_the_tenants_own_mean_and_kept_apart() {
        let lines = vec![
            line(Feature::Route, "haiku", 8, Some(1_600), 1),
            line(Feature::Route, "sonnet", 2, Some(1_000), 0),
            line(Feature::Route, CLASSIFIER, 0, None, 3),
            UsageLine { day: date(2026, 11, 21), ..line(Feature::Route, CLASSIFIER, 0, None, 4) },
            // Nine are too few, and one whose price is not known counts for none.
            line(Feature::Converse, "sonnet", 9, Some(9), 0),
            line(Feature::Converse, "unpriced", 50, None, 0),
            line(Feature::Converse, RESPONDER, 0, None, 2),
        ];
        let usage = Usage::of(Month::parse("2026-11").unwrap(), lines);
        let found: Vec<_> = usage
            .without_model
            .iter()
            .map(|one| (one.feature, one.by.as_str(), one.calls, one.estimated_microdollars, one.estimated_by))
            .collect();
        let converse = (Feature::Converse, RESPONDER, 2, 2 * 3_483, EstimatedBy::Assumed);
        let route = (Feature::Route, CLASSIFIER, 7, 7 * 260, EstimatedBy::OwnMean);
        assert_eq!(found, [converse, route]);
        assert_eq!((usage.total_saved_calls, usage.total_saved_microdollars), (1, 0), "kept answers alone");
        assert_eq!(usage.total_tokens, 6_900);
    }
}
