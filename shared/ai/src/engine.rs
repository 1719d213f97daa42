//! Asks models about a task: the cheapest that will do, one vendor after the other, each as often as it is worth, and all of it
//! before one deadline.

use std::sync::Arc;
use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};
use domain::answer_cache::AnswerCache;
use domain::tenancy::usage::{Saved, Spent, Tokens};
use domain::tenancy::{CostMode, Tier};
use serde::Deserialize;
use serde_json::Value;

use crate::Degraded;
use crate::breaker::{Breaker, TableCalls};
use crate::cache::{Digest, Hit, Looked};
use crate::client::{Client, left};
use crate::task::{Rated, SURE, Task};
use crate::vendors::{EmbeddingModel, Question, Setback, Tried, Vendor};

/// With less time left than this, another try is not worth its tokens.
pub(crate) const SHORTEST_TRY: Duration = Duration::from_millis(500);
/// How much of the time that is left a vendor may use up where another one may be asked after it, in tenths.
const FIRST_SHARE: u32 = 6;
/// How long a vendor is waited for where another one may be asked instead.
const PATIENCE: Duration = Duration::from_secs(1);
/// So many answers of the wrong form are paid for, of all vendors together.
const MOST_MISSHAPEN: u8 = 2;
/// Waits between the three tries of the last vendor: 0.25 to 0.5 s, then 0.5 to 1 s. Those before have two.
pub(crate) const WAITS: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(250))
    .with_factor(2.0)
    .with_max_times(2)
    .with_jitter();

/// The vendors, in the order in which they are asked.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) client: Client,
    pub(crate) vendors: Vec<Vendor>,
    pub(crate) breaker: Breaker,
    /// Where answers are kept; without it everything is asked.
    pub(crate) cache: Option<Arc<dyn AnswerCache>>,
    /// What makes points of texts; without it the built-in table does.
    pub(crate) embeddings: Option<EmbeddingModel>,
}

/// How dear an answer may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CostLimits {
    pub(crate) cost_mode: CostMode,
    pub(crate) highest_tier: Tier,
}

/// The result of asking, and what it cost over all tries: one line for each model.
#[derive(Debug)]
pub(crate) struct ModelCall<T> {
    pub(crate) outcome: Result<T, Degraded>,
    /// Which model the outcome is of; empty where there is none.
    pub(crate) model: String,
    pub(crate) spent: Vec<Spent>,
}

/// One task while it is being asked about.
struct Call<'a, T: Task> {
    engine: &'a Engine,
    task: &'a T,
    question: Question<'a>,
    deadline: Instant,
    calls: TableCalls,
    /// How many answers had the wrong form.
    misshapen: u8,
    spent: Vec<Spent>,
}

/// An answer, and whose it is.
struct Answered<T> {
    rated: Rated<T>,
    /// As the model filled it in.
    input: Value,
    model: String,
}

impl Engine {
    /// Asks about `task` before `deadline`, and before its own time limit.
    pub(crate) async fn ask<T: Task>(&self, task: &T, limits: CostLimits, deadline: Instant) -> ModelCall<T::Output> {
        let declared = T::DECLARED;
        let prompt = task.prompt(limits.cost_mode);
        let script = task.script();
        let (tier, max_tokens) = (script.tier(), script.max_tokens(limits.cost_mode));
        let highest = limits.highest_tier.min(limits.cost_mode.highest_tier());
        let first = tier.min(highest);
        let then = if first == Tier::Simple && tier == Tier::Simple { first.above().min(highest) } else { first };
        let looked = match &self.cache {
            Some(cache) => {
                let (models, version) = (self.models([first, then]), script.used().version.to_string());
                let request = Digest::new(&models, T::tool(), max_tokens, &version, &prompt);
                let alike = Some(&prompt).filter(|_| declared.shares).and_then(|prompt| task.alike(prompt));
                Looked::at(cache, task, &request, alike, deadline).await
            }
            None => None,
        };
        if let Some(looked) = &looked
            && let Some(Hit { rated, model, spent }) = looked.hit(task).await
        {
            return ModelCall { outcome: Ok(rated.value), model, spent: vec![spent] };
        }
        let mut call = Call {
            engine: self,
            task,
            question: Question {
                tool: T::tool(),
                prompt: &prompt,
                max_tokens,
                is_heard: task.hearing().is_some(),
                try_limit: declared.time_limit / 2,
            },
            deadline: deadline.min(Instant::now() + declared.time_limit),
            calls: TableCalls::default(),
            misshapen: 0,
            spent: Vec::new(),
        };
        let outcome = match call.at(first).await {
            Ok(unsure) if unsure.rated.confidence < SURE && then > first && left(call.deadline) > SHORTEST_TRY => {
                // An answer that is not sure is still one.
                Ok(call.at(then).await.unwrap_or(unsure))
            }
            outcome => outcome,
        };
        let spent = call.spent;
        match outcome {
            Ok(Answered { rated, input, model }) => {
                if let Some(looked) = looked {
                    looked.keep(task, &rated, &input, &model, &spent).await;
                }
                ModelCall { outcome: Ok(rated.value), model, spent }
            }
            Err(reason) => ModelCall { outcome: Err(reason), model: String::new(), spent },
        }
    }

    /// Who may be asked, in this order.
    fn models(&self, tiers: [Tier; 2]) -> Vec<String> {
        let named = |vendor: &Vendor, tier| format!("{}/{}", vendor.name(), vendor.models.of(tier));
        tiers.into_iter().flat_map(|tier| self.vendors.iter().map(move |vendor| named(vendor, tier))).collect()
    }
}

impl<T: Task> Call<'_, T> {
    /// Asks the models of a tier, one vendor's after the other's.
    async fn at(&mut self, tier: Tier) -> Result<Answered<T::Output>, Degraded> {
        let engine = self.engine;
        let mut reason = Degraded::Paused;
        for (place, vendor) in engine.vendors.iter().enumerate() {
            let Some(admission) = engine.breaker.enter(vendor.name(), &mut self.calls, self.deadline).await else {
                continue;
            };
            let others = engine.vendors.iter().skip(place + 1);
            let is_last = others.map(Vendor::name).all(|name| engine.breaker.is_blocked(name));
            let answered = self.of(vendor, tier, is_last).await;
            let setback = answered.as_ref().err();
            engine.breaker.leave(admission, setback, &mut self.calls).await;
            match answered {
                Ok(answered) => return Ok(answered),
                Err(setback) => reason = setback.reason,
            }
            if reason == Degraded::Stopped || left(self.deadline) < SHORTEST_TRY || self.misshapen >= MOST_MISSHAPEN {
                break;
            }
        }
        Err(reason)
    }

    /// Asks one vendor until what it says is accepted, its tries are used up or its time is.
    async fn of(&mut self, vendor: &Vendor, tier: Tier, is_last: bool) -> Result<Answered<T::Output>, Setback> {
        let model = vendor.models.of(tier);
        let limit = if is_last { left(self.deadline) } else { left(self.deadline) * FIRST_SHARE / 10 };
        let deadline = Instant::now() + limit;
        let mut waits = WAITS.with_max_times(if is_last { 2 } else { 1 }).build();
        loop {
            let mut tried = Tried { hearing: self.task.hearing(), ..Tried::default() };
            let input = self.engine.client.attempt(vendor, model, &self.question, deadline, &mut tried).await;
            let name = if tried.model.is_empty() { model.to_owned() } else { tried.model.chars().take(64).collect() };
            self.account(&name, tried.paid_for());
            let accepted = input.and_then(|input| {
                let form = T::Form::deserialize(&input)
                    .map_err(|_| Degraded::Invalid("the input is not of the tool's schema"))?;
                Ok((self.task.accept(form)?, input))
            });
            let setback = match accepted {
                Ok((rated, input)) => return Ok(Answered { rated, input, model: name }),
                Err(setback) => setback,
            };
            let (task, reason, error) = (T::DECLARED.name, setback.reason, &setback.error);
            tracing::warn!(model, task, %reason, error, "a model call failed");
            self.misshapen += u8::from(matches!(reason, Degraded::Invalid(_)));
            let wait = waits.next().map(|wait| wait.max(setback.retry_after.unwrap_or_default()));
            match wait {
                Some(wait)
                    if self.may_mend(reason, is_last)
                        && (is_last || wait <= PATIENCE)
                        && wait.saturating_add(SHORTEST_TRY) <= left(deadline) =>
                {
                    tokio::time::sleep(wait).await;
                }
                _ => return Err(setback),
            }
        }
    }

    /// Whether asking the same vendor again may help. An answer of the wrong form is asked for again of another model, where
    /// there is one, and one that was cut off would be again.
    fn may_mend(&self, reason: Degraded, is_last: bool) -> bool {
        match reason {
            Degraded::CUT_OFF => false,
            Degraded::Invalid(_) => is_last && self.misshapen < MOST_MISSHAPEN,
            _ => reason.may_pass(),
        }
    }

    /// An answer that is thrown away was paid for too; one that never came was not.
    fn account(&mut self, model: &str, tokens: Tokens) {
        if tokens != Tokens::default() {
            let (feature, saved) = (T::DECLARED.feature, Saved::default());
            add(&mut self.spent, Spent { feature, model: model.to_owned(), tokens, saved });
        }
    }
}

/// Adds `more`, of which a part may be of a model that is there already.
pub(crate) fn add(spent: &mut Vec<Spent>, more: Spent) {
    match spent.iter_mut().find(|spent| spent.model == more.model) {
        Some(spent) => {
            spent.tokens.add(more.tokens);
            spent.saved.add(more.saved);
        }
        None => spent.push(more),
    }
}
