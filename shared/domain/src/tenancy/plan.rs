//! What a tenant has bought, and how Porchlight saves when the month's tokens or money run low.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Tier;
use super::usage::Used;
use crate::Failure;

/// What a tenant has bought (seed 003, "Multi-tenant").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// 500,000 tokens a month.
    #[default]
    Starter,
    /// 1,000,000 tokens a month.
    Growth,
    /// 2,000,000 tokens a month.
    Scale,
}

impl Plan {
    /// Tokens of models, read and written, that a calendar month includes.
    #[must_use]
    pub fn tokens_per_month(self) -> u64 {
        match self {
            Self::Starter => 500_000,
            Self::Growth => 1_000_000,
            Self::Scale => 2_000_000,
        }
    }

    /// Requests to the API that each key or person may make in a minute, over time.
    #[must_use]
    pub fn requests_per_minute(self) -> u32 {
        match self {
            Self::Starter => 120,
            Self::Growth => 300,
            Self::Scale => 600,
        }
    }

    /// Requests to the API that may come at once.
    #[must_use]
    pub fn burst(self) -> u32 {
        match self {
            Self::Starter => 30,
            Self::Growth => 60,
            Self::Scale => 120,
        }
    }
}

/// From when on it saves, in percent of the month's tokens or money, whichever is further used, and how much it sends unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CostControl {
    /// Answers become shorter.
    #[schema(minimum = 1, maximum = 100)]
    pub shorter_at: u8,
    /// The model fills in a form instead of conversing freely.
    #[schema(minimum = 1, maximum = 100)]
    pub structured_at: u8,
    /// The built-in responder answers, without any model.
    #[schema(minimum = 1, maximum = 100)]
    pub builtin_at: u8,
    /// Structured also in a conversation that has reached this many messages; `None`: however long it grows.
    pub structured_after_messages: Option<u32>,
    /// How many messages that no one waits for go out in a calendar month of UTC; `None`: as many as there are. What
    /// customers have agreed on (appointments, invoices) goes out all the same, and counts.
    #[schema(minimum = 1)]
    pub touches_per_month: Option<u32>,
    /// What models may cost in a calendar month of UTC, in millionths of a dollar at list prices; `None`: what the plan's tokens
    /// cost. A model whose price is not known costs nothing.
    #[schema(minimum = 1, example = 15_000_000)]
    pub microdollars_per_month: Option<u64>,
    /// The dearest kind of model that is asked, however full the budget.
    pub highest_tier: Tier,
}

impl Default for CostControl {
    fn default() -> Self {
        Self {
            shorter_at: 80,
            structured_at: 95,
            builtin_at: 100,
            structured_after_messages: None,
            touches_per_month: None,
            microdollars_per_month: None,
            highest_tier: Tier::Premium,
        }
    }
}

/// How much it saves, the least first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CostMode {
    /// Not at all.
    #[default]
    None,
    /// Shorter answers.
    Shorter,
    /// A form instead of free conversation.
    Structured,
    /// No model.
    Builtin,
}

/// How much to save after what this month `used`.
#[must_use]
pub fn cost_mode(used: Used, plan: Plan, control: &CostControl) -> CostMode {
    control.reached(used, plan).map(|(_, cost_mode)| cost_mode).max().unwrap_or_default()
}

impl CostMode {
    /// The dearest kind of model that may be asked.
    #[must_use]
    pub fn highest_tier(self) -> Tier {
        match self {
            Self::None => Tier::Premium,
            Self::Shorter => Tier::Standard,
            Self::Structured | Self::Builtin => Tier::Simple,
        }
    }

    /// The same in a conversation of `messages`: at least structured once it is long.
    #[must_use]
    pub fn in_conversation(self, messages: u32, control: &CostControl) -> Self {
        let long = control.structured_after_messages.is_some_and(|limit| messages >= limit);
        if long { self.max(Self::Structured) } else { self }
    }
}

impl CostControl {
    /// At how many percent how much is saved, the least first.
    #[must_use]
    pub fn thresholds(&self) -> [(u8, CostMode); 3] {
        let (shorter, structured) = ((self.shorter_at, CostMode::Shorter), (self.structured_at, CostMode::Structured));
        [shorter, structured, (self.builtin_at, CostMode::Builtin)]
    }

    /// Those of them that what this month `used` has reached: in tokens or in money.
    pub fn reached(&self, used: Used, plan: Plan) -> impl Iterator<Item = (u8, CostMode)> {
        let of_tokens = (used.tokens, plan.tokens_per_month());
        let of_money = self.microdollars_per_month.map(|limit| (used.cost_microdollars, limit));
        let is_reached = move |percent: u8| {
            let reaches = |(part, whole): (u64, u64)| u128::from(part) * 100 >= u128::from(whole) * u128::from(percent);
            reaches(of_tokens) || of_money.is_some_and(reaches)
        };
        self.thresholds().into_iter().filter(move |(percent, _)| is_reached(*percent))
    }

    /// Checks that the thresholds are percents that ascend, and that limits leave room for one.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `cost_control.structured_at`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        let refuse = |field: &str, message: &str| Err(Failure::invalid(format!("cost_control.{field}"), message));
        if self.shorter_at == 0 {
            return refuse("shorter_at", "shorter_at is a percentage from 1 to 100");
        }
        if self.structured_at <= self.shorter_at {
            return refuse("structured_at", "structured_at must be above shorter_at");
        }
        if self.builtin_at <= self.structured_at {
            return refuse("builtin_at", "builtin_at must be above structured_at");
        }
        if self.builtin_at > 100 {
            return refuse("builtin_at", "builtin_at must be at most 100: the plan has no more tokens");
        }
        if self.structured_after_messages == Some(0) {
            return refuse("structured_after_messages", "structured_after_messages must be 1 or more");
        }
        if self.touches_per_month == Some(0) {
            return refuse("touches_per_month", "touches_per_month must be 1 or more");
        }
        if self.microdollars_per_month == Some(0) {
            return refuse(
                "microdollars_per_month",
                "microdollars_per_month must be 1 or more; leave it out for no limit",
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_saves_more_and_more_as_the_month_runs_out() {
        let control = CostControl::default();
        for (used, expected) in [
            (0, CostMode::None),
            (399_999, CostMode::None),
            (400_000, CostMode::Shorter),
            (474_999, CostMode::Shorter),
            (475_000, CostMode::Structured),
            (499_999, CostMode::Structured),
            (500_000, CostMode::Builtin),
            (u64::MAX, CostMode::Builtin),
        ] {
            assert_eq!(cost_mode(tokens(used), Plan::Starter, &control), expected, "{used}");
        }
        assert_eq!(cost_mode(tokens(500_000), Plan::Scale, &control), CostMode::None);
    }

    fn tokens(tokens: u64) -> Used {
        Used { tokens, ..Used::default() }
    }

    #[test]
    fn what_is_further_used_decides_be_it_tokens_or_money() {
        let limited = CostControl { microdollars_per_month: Some(10_000_000), ..CostControl::default() };
        let plan = Plan::Starter;
        for (percent, cost_mode_there) in limited.thresholds() {
            let money = 100_000 * u64::from(percent);
            let spent = |cost_microdollars| Used { tokens: 0, cost_microdollars };
            assert_eq!(cost_mode(spent(money), plan, &limited), cost_mode_there);
            assert!(cost_mode(spent(money - 1), plan, &limited) < cost_mode_there, "{percent}");
            let of_tokens = plan.tokens_per_month() * u64::from(percent) / 100;
            assert_eq!(cost_mode(Used { cost_microdollars: 1, ..tokens(of_tokens) }, plan, &limited), cost_mode_there);
            let unlimited = CostControl::default();
            assert_eq!(cost_mode(spent(money), plan, &unlimited), CostMode::None, "it is counted, and limits nothing");
        }
        let dear = Used { tokens: u64::MAX, cost_microdollars: u64::MAX };
        assert_eq!(limited.reached(dear, plan).collect::<Vec<_>>(), limited.thresholds());
    }

    #[test]
    fn a_long_conversation_is_structured_and_never_less_thrifty() {
        let control = CostControl { structured_after_messages: Some(20), ..CostControl::default() };
        assert_eq!(CostMode::None.in_conversation(19, &control), CostMode::None);
        assert_eq!(CostMode::Shorter.in_conversation(20, &control), CostMode::Structured);
        assert_eq!(CostMode::Builtin.in_conversation(20, &control), CostMode::Builtin);
        assert_eq!(CostMode::None.in_conversation(u32::MAX, &CostControl::default()), CostMode::None);
    }

    #[test]
    fn thresholds_that_do_not_ascend_are_refused_by_name() {
        let sound = CostControl::default();
        assert_eq!(sound.validate(), Ok(()));
        for (control, field) in [
            (CostControl { shorter_at: 0, ..sound }, "shorter_at"),
            (CostControl { structured_at: 80, ..sound }, "structured_at"),
            (CostControl { builtin_at: 95, ..sound }, "builtin_at"),
            (CostControl { builtin_at: 101, ..sound }, "builtin_at"),
            (CostControl { structured_after_messages: Some(0), ..sound }, "structured_after_messages"),
            (CostControl { touches_per_month: Some(0), ..sound }, "touches_per_month"),
            (CostControl { microdollars_per_month: Some(0), ..sound }, "microdollars_per_month"),
        ] {
            let refused = control.validate();
            assert!(
                matches!(&refused, Err(Failure::Rejected { field: Some(named), .. }) if *named == format!("cost_control.{field}")),
                "{refused:?}"
            );
        }
    }
}
