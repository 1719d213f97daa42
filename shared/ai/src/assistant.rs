//! The one door to models: routes and answers a message, with a model or without.

use std::time::{Duration, Instant};

use domain::Failure;
use domain::conversations::builtin::{self, Turn};
use domain::conversations::{Answer, Author, Route};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, Tenant};
use jiff::Timestamp;
use reqwest::Url;
use secrecy::SecretString;

use crate::anthropic::{Asked, Client, Request, Tool};
use crate::prompt::{self, Snippet};
use crate::{Degraded, compose, respond, triage};

/// How long the models of one turn may take, router and qualifier together: the deadline is this far from the start.
pub const TURN_BUDGET: Duration = Duration::from_secs(20);
/// How much of the budget the router may use up: the reply matters more.
const ROUTER_BUDGET: Duration = Duration::from_secs(4);
/// Room for the longest reply in a script with many tokens a character, and for thinking, which counts too.
const RESPOND_TOKENS: u32 = 4_096;
/// Room for two sentences, and for thinking.
const SHORT_TOKENS: u32 = 2_048;
/// Room for a form that is filled in, and for little thinking.
const STRUCTURED_TOKENS: u32 = 1_536;
/// Room for thirty tokens of input to the tool, and for thinking.
const ROUTE_TOKENS: u32 = 1_024;

/// The names of the models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// Answers and qualifies.
    pub qualifier: String,
    /// Sorts messages that the rules are unsure of.
    pub router: String,
}

impl Default for Models {
    /// Anthropic's current middle and small model (platform.claude.com/docs/en/about-claude/models, October 2026).
    fn default() -> Self {
        Self { qualifier: "claude-sonnet-5-5".to_owned(), router: "claude-haiku-5-5".to_owned() }
    }
}

/// Routes and answers messages. Built once per cold start; its debug print does not show the key.
#[derive(Debug)]
pub struct Assistant {
    anthropic: Option<Anthropic>,
}

#[derive(Debug)]
pub(crate) struct Anthropic {
    pub(crate) client: Client,
    pub(crate) models: Models,
    respond: Tool,
    route: Tool,
    pub(crate) write: Tool,
}

/// An answer, and whether it is the one that was hoped for.
#[derive(Debug, Clone, PartialEq)]
pub struct Turned {
    /// Goes out. Its author carries the tokens of all tries, also of those that came to nothing.
    pub answer: Answer,
    /// What the model took, where one was asked.
    pub spent: Option<Spent>,
    /// Why no model wrote it, although one is configured: escalate as
    /// [`AiUnavailable`](domain::conversations::EscalationReason::AiUnavailable).
    pub degraded: Option<Degraded>,
}

/// A route, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The route.
    pub route: Route,
    /// What the model took, where one was asked.
    pub spent: Option<Spent>,
}

impl Assistant {
    /// Answers without any model: no key is configured.
    #[must_use]
    pub fn builtin() -> Self {
        Self { anthropic: None }
    }

    /// Answers with Anthropic's models at `base_url`, `https://api.anthropic.com` in production.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the key fits into no header or the address is no HTTP address: neither heals by itself.
    pub fn anthropic(key: &SecretString, base_url: &Url, models: Models) -> Result<Self, Failure> {
        let client = Client::new(key, base_url)?;
        let (respond, route, write) = (respond::tool(), triage::tool(), compose::tool());
        Ok(Self { anthropic: Some(Anthropic { client, models, respond, route, write }) })
    }

    /// As the environment says: `ANTHROPIC_API_URL`, and `QUALIFIER_MODEL` and `ROUTER_MODEL` where other models than the
    /// default ones are wanted. Without a key no model is asked: the built-in responder answers, and steps of sequences go out
    /// in their own texts.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the address is missing or wrong, and as [`Assistant::anthropic`].
    pub fn from_env(key: Option<&SecretString>) -> Result<Self, Failure> {
        let Some(key) = key else {
            tracing::info!("no model key: nothing asks a model");
            return Ok(Self::builtin());
        };
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let url = set("ANTHROPIC_API_URL").and_then(|url| url.parse().ok());
        let url = url.ok_or_else(|| Failure::Permanent("ANTHROPIC_API_URL is no URL: see template.yaml".into()))?;
        let defaults = Models::default();
        let models = Models {
            qualifier: set("QUALIFIER_MODEL").unwrap_or(defaults.qualifier),
            router: set("ROUTER_MODEL").unwrap_or(defaults.router),
        };
        Self::anthropic(key, &url, models)
    }

    /// Whether a model is configured.
    #[must_use]
    pub fn has_model(&self) -> bool {
        self.anthropic.is_some()
    }

    /// Asks the small model about `text` where the rules' `route` is not certain. Where no model can be had, or none may be
    /// asked, the rules stand.
    pub async fn route(
        &self,
        tenant: &Tenant,
        text: &str,
        route: Route,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> Routed {
        let unsure = !route.certain && !text.trim().is_empty();
        let Some(anthropic) = self.model(cost_mode).filter(|_| unsure) else {
            return Routed { route, spent: None };
        };
        let prompt = triage::prompt(tenant, text, &route);
        let request = Request::new(&anthropic.models.router, ROUTE_TOKENS, &anthropic.route, &prompt);
        let deadline = deadline.min(Instant::now() + ROUTER_BUDGET);
        let read = |input| triage::read(input, &route);
        let asked = anthropic.client.ask(Feature::Route, &request, &anthropic.route, read, deadline).await;
        Routed { route: asked.outcome.unwrap_or(route), spent: Some(asked.spent) }
    }

    /// Answers one message before `deadline`: by the model as `cost_mode` lets it, or by the built-in responder where none is
    /// configured or may be asked. When the model cannot be had or gives nothing valid, the built-in fallback answers and
    /// calls for a person.
    pub async fn answer(
        &self,
        turn: &Turn<'_>,
        snippets: &[Snippet],
        cost_mode: CostMode,
        now: Timestamp,
        deadline: Instant,
    ) -> Turned {
        let Some(anthropic) = self.model(cost_mode) else {
            return Turned { answer: builtin::respond(turn, now), spent: None, degraded: None };
        };
        let prompt = prompt::qualifier(turn, snippets, cost_mode, now);
        let max_tokens = match cost_mode {
            CostMode::None => RESPOND_TOKENS,
            CostMode::Shorter => SHORT_TOKENS,
            CostMode::Structured | CostMode::Builtin => STRUCTURED_TOKENS,
        };
        let request = Request::new(&anthropic.models.qualifier, max_tokens, &anthropic.respond, &prompt);
        let read = |input| respond::read(input, turn, now);
        let asked = anthropic.client.ask(Feature::Converse, &request, &anthropic.respond, read, deadline).await;
        let Asked { outcome, spent } = asked;
        let author = |model: &str| Author {
            model: model.to_owned(),
            input_tokens: spent.tokens.input(),
            output_tokens: spent.tokens.output,
        };
        match outcome {
            Ok(answer) => {
                // No model gives out times that the calendar has not.
                let is_made_up = builtin::names_other_time(turn, &answer.reply, now);
                let answer = if is_made_up { builtin::respond(turn, now) } else { answer };
                let writer = if is_made_up { builtin::MODEL } else { &spent.model };
                let answer = Answer { author: author(writer), ..answer };
                Turned { answer, spent: Some(spent), degraded: None }
            }
            Err(reason) => {
                let fallback = builtin::fallback(turn, now);
                let answer = Answer { author: author(builtin::MODEL), ..fallback };
                Turned { answer, spent: Some(spent), degraded: Some(reason) }
            }
        }
    }

    /// The model, where one is configured and may be asked.
    pub(crate) fn model(&self, cost_mode: CostMode) -> Option<&Anthropic> {
        self.anthropic.as_ref().filter(|_| cost_mode < CostMode::Builtin)
    }
}
