//! The one door to models: which may be asked, and for whom.

use std::sync::Arc;
use std::time::Instant;

use domain::Failure;
use domain::answer_cache::AnswerCache;
use domain::circuits::Circuits;
use domain::conversations::Author;
use domain::prompts::{PromptCount, PromptCounts, PromptRegistry, PromptTrial};
use domain::tenancy::usage::{Spent, Tokens};
use domain::tenancy::{CostMode, Tenant};
use jiff::Timestamp;
use reqwest::Url;
use secrecy::SecretString;

use crate::Degraded;
use crate::breaker::{Alone, Breaker};
use crate::client::Client;
use crate::configured;
use crate::engine::{CostLimits, Engine, ModelCall};
use crate::prompt::Script;
use crate::registry::Prompts;
use crate::vendors::{EmbeddingModel, Models, Vendor};

/// Asks models, or does without. Built once per cold start; its debug print does not show the keys.
#[derive(Debug)]
pub struct Assistant {
    pub(crate) engine: Option<Engine>,
    pub(crate) prompts: Prompts,
}

impl Assistant {
    /// Answers without any model: no key is configured.
    #[must_use]
    pub fn builtin() -> Self {
        Self { engine: None, prompts: Prompts::built_in() }
    }

    /// Answers with the models of `vendors`, asked in this order.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when no HTTPS client can be made.
    pub fn new(vendors: Vec<Vendor>) -> Result<Self, Failure> {
        if vendors.is_empty() {
            return Ok(Self::builtin());
        }
        let breaker = Breaker::new(Arc::new(Alone::default()));
        let engine = Some(Engine { client: Client::new()?, vendors, breaker, cache: None, embeddings: None });
        Ok(Self { engine, prompts: Prompts::built_in() })
    }

    /// Answers with Anthropic's models at `base_url` alone.
    ///
    /// # Errors
    /// As [`Vendor::anthropic`].
    pub fn anthropic(key: &SecretString, base_url: &Url, models: Models) -> Result<Self, Failure> {
        Self::new(vec![Vendor::anthropic(key, base_url, models)?])
    }

    /// As the environment says, with `keys` of Anthropic and of OpenAI: `MODEL_PROVIDERS`, which of them are asked and in which order, and each
    /// one's address and models; where `OPENAI_EMBEDDINGS` names a model, it embeds, else the built-in table does. Without a key no model is
    /// asked: the built-in responder answers, and steps of sequences go out in their own texts. `table` has the circuit breakers, the versions of instructions that are live, and the answers of the tasks that keep theirs.
    ///
    /// # Errors
    /// [`Failure::Permanent`] where what is set is wrong, or no HTTPS client can be made.
    pub fn from_env<T>(keys: [Option<SecretString>; 2], table: &T) -> Result<Self, Failure>
    where
        T: Circuits + PromptRegistry + AnswerCache + Clone + 'static,
    {
        let table = Arc::new(table.clone());
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let embeddings = configured::embeddings(&keys, set)?;
        let assistant = Self::new(configured::vendors(keys, set)?)?;
        let assistant = assistant.sharing(table.clone()).prompted_by(table.clone()).keeping(table);
        Ok(match embeddings {
            Some(model) => assistant.embedding_with(model),
            None => assistant,
        })
    }

    /// With a vendor's model that makes points of texts, where any model is configured.
    #[must_use]
    pub fn embedding_with(mut self, model: EmbeddingModel) -> Self {
        if let Some(engine) = &mut self.engine {
            engine.embeddings = Some(model);
        }
        self
    }

    /// With circuit breakers that other functions share.
    #[must_use]
    pub fn sharing(mut self, circuits: Arc<dyn Circuits>) -> Self {
        if let Some(engine) = &mut self.engine {
            engine.breaker = Breaker::new(circuits);
        }
        self
    }

    /// With the versions of instructions that a registry says are live, in the place of those of the code.
    #[must_use]
    pub fn prompted_by(self, registry: Arc<dyn PromptRegistry>) -> Self {
        Self { prompts: Prompts::of(registry), ..self }
    }

    /// With answers that are kept, so that the same is not paid for twice.
    #[must_use]
    pub fn keeping(mut self, cache: Arc<dyn AnswerCache>) -> Self {
        if let Some(engine) = &mut self.engine {
            engine.cache = Some(cache);
        }
        self
    }

    /// Whether a model is configured.
    #[must_use]
    pub fn has_model(&self) -> bool {
        self.engine.is_some()
    }

    /// How much to save, as `of_month` says it; where no model is configured, that is not asked.
    ///
    /// # Errors
    /// As `of_month`.
    pub async fn cost_mode(
        &self,
        of_month: impl Future<Output = Result<CostMode, Failure>>,
    ) -> Result<CostMode, Failure> {
        if self.has_model() { of_month.await } else { Ok(CostMode::Builtin) }
    }

    /// Whether a model would be asked for `tenant`.
    #[must_use]
    pub fn may_ask(&self, tenant: &Tenant, cost_mode: CostMode) -> bool {
        self.engine(tenant, cost_mode).is_some()
    }

    /// What asks models, where one is configured and may be asked for `tenant`, and how dear they may be.
    pub(crate) fn engine(&self, tenant: &Tenant, cost_mode: CostMode) -> Option<(&Engine, CostLimits)> {
        let limits = CostLimits { cost_mode, highest_tier: tenant.cost_control.highest_tier };
        self.engine.as_ref().filter(|_| cost_mode < CostMode::Builtin).map(|engine| (engine, limits))
    }
}

/// Who wrote something for which models took `spent`.
pub(crate) fn author(model: &str, spent: &[Spent]) -> Author {
    Author {
        model: model.to_owned(),
        input_tokens: spent.iter().map(|spent| spent.tokens.input()).sum(),
        output_tokens: spent.iter().map(|spent| spent.tokens.output).sum(),
    }
}

/// What is counted of one question with `script` since `started`, all tries together; `None`: no model was asked.
pub(crate) fn counted<T>(script: &Script, started: Instant, asked: &ModelCall<T>) -> Option<PromptCount> {
    let refused = matches!(asked.outcome, Err(Degraded::Unfit(_)));
    let trial = trial(script, started, &asked.spent, refused, Timestamp::now()).filter(|trial| !trial.kept)?;
    let counts = PromptCounts::call(&trial);
    Some(PromptCount { task: script.content().task, used: trial.used, counts })
}

/// What one question with `script` took since `started`; `None`: no model was reached, nor an answer that is kept.
pub(crate) fn trial(
    script: &Script,
    started: Instant,
    spent: &[Spent],
    refused: bool,
    now: Timestamp,
) -> Option<PromptTrial> {
    (!spent.is_empty()).then(|| PromptTrial {
        used: script.used().clone(),
        refused,
        kept: spent.iter().all(|spent| spent.tokens == Tokens::default()),
        latency_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        cost_microdollars: spent.iter().filter_map(|spent| spent.cost_microdollars(now)).sum(),
    })
}
