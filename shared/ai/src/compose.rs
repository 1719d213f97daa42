//! Writes the text of an outreach message: the model's where it may go out, else the step's own.
//!
//! A model proposes and [`Brief::accepts`] disposes. What may not go out is asked for a second time, with what was wrong;
//! after that the step's own text goes out, which is always there.

use std::time::{Duration, Instant};

use domain::conversations::{Author, builtin};
use domain::journeys::{Brief, Unfit};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, Language, Tenant};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::Degraded;
use crate::anthropic::{Asked, Request, Tool};
use crate::assistant::{Anthropic, Assistant};
use crate::prompt::{self, Prompt};

/// How long the model may take for one text, its second try included: the deadline is this far from the start.
pub const COMPOSE_BUDGET: Duration = Duration::from_secs(8);
/// Room for the longest e-mail in a script with many tokens a character, and for thinking, which counts too.
const WRITE_TOKENS: u32 = 4_096;
/// Room for two sentences, and for thinking.
const SHORT_TOKENS: u32 = 2_048;

/// A text, and whether it is the one that was hoped for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Goes out, if the gate lets it.
    pub text: String,
    /// Who wrote it; carries the tokens of all tries, also of those that came to nothing.
    pub author: Author,
    /// What the model took, where one was asked.
    pub spent: Option<Spent>,
    /// Why no model wrote it, although one is configured and may be asked. Nobody needs to be called: the step's own text
    /// is as good as it was before there were models.
    pub degraded: Option<Degraded>,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The message to the customer.")]
struct WriteInput {
    /// What the customer reads, as it goes out: plain text within the length of the channel.
    text: String,
    /// The language of the text as a two-letter ISO 639-1 code, such as en.
    language: String,
}

pub(crate) fn tool() -> Tool {
    Tool::new::<WriteInput>("write", "Writes the message to the customer. Call it exactly once.")
}

impl Assistant {
    /// Writes what `brief` asks for, before `deadline`: the model as `cost_mode` lets it, else the fallback, which needs no
    /// time.
    pub async fn compose(
        &self,
        tenant: &Tenant,
        brief: &Brief<'_>,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> Composed {
        let Some(anthropic) = self.model(cost_mode) else {
            let author = Author { model: builtin::MODEL.to_owned(), ..Author::default() };
            return Composed { text: brief.fallback.to_owned(), author, spent: None, degraded: None };
        };
        let (written, spent) = anthropic.write(tenant, brief, cost_mode, deadline).await;
        let author = |model: &str| Author {
            model: model.to_owned(),
            input_tokens: spent.tokens.input(),
            output_tokens: spent.tokens.output,
        };
        let (text, author, degraded) = match written {
            Ok(text) => (text, author(&spent.model), None),
            Err(reason) => (brief.fallback.to_owned(), author(builtin::MODEL), Some(reason)),
        };
        Composed { text, author, spent: Some(spent), degraded }
    }
}

impl Anthropic {
    /// A text that may go out, and what both tries took.
    async fn write(
        &self,
        tenant: &Tenant,
        brief: &Brief<'_>,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> (Result<String, Degraded>, Spent) {
        let max_tokens = if cost_mode == CostMode::None { WRITE_TOKENS } else { SHORT_TOKENS };
        let prompt = prompt::outreach(tenant, brief, cost_mode);
        let first = self.ask_for_text(&prompt, brief.language, max_tokens, deadline).await;
        let (text, unfit) = match judged(first.outcome, brief) {
            Judged::Done(written) => return (written, first.spent),
            Judged::Unfit(text, unfit) => (text, unfit),
        };
        tracing::info!(tenant = %tenant.id, reason = %unfit, "the model's text may not go out: asking again");
        let prompt = prompt::again(prompt, &text, &unfit.to_string());
        let second = self.ask_for_text(&prompt, brief.language, max_tokens, deadline).await;
        let mut spent = second.spent;
        spent.tokens.add(first.spent.tokens);
        match judged(second.outcome, brief) {
            Judged::Done(written) => (written, spent),
            Judged::Unfit(_, unfit) => (Err(Degraded::Unfit(unfit)), spent),
        }
    }

    async fn ask_for_text(
        &self,
        prompt: &Prompt,
        language: &Language,
        max_tokens: u32,
        deadline: Instant,
    ) -> Asked<String> {
        let request = Request::new(&self.models.qualifier, max_tokens, &self.write, prompt);
        self.client.ask(Feature::Outreach, &request, &self.write, |input| read(input, language), deadline).await
    }
}

/// What became of one question.
enum Judged {
    /// A text that may go out, or none was to be had.
    Done(Result<String, Degraded>),
    /// A text that may not.
    Unfit(String, Unfit),
}

fn judged(outcome: Result<String, Degraded>, brief: &Brief<'_>) -> Judged {
    match outcome {
        Ok(text) => match brief.accepts(&text) {
            Ok(()) => Judged::Done(Ok(text)),
            Err(unfit) => Judged::Unfit(text, unfit),
        },
        Err(reason) => Judged::Done(Err(reason)),
    }
}

/// Checks the form of a call; what the text says is not looked at here.
fn read(input: Value, asked_for: &Language) -> Result<String, Degraded> {
    let input: WriteInput =
        serde_json::from_value(input).map_err(|_| Degraded::Invalid("the input is not of the tool's schema"))?;
    let language = Language::new(&input.language).map_err(|_| Degraded::Invalid("language is no ISO 639-1 code"))?;
    if language != *asked_for {
        return Err(Degraded::Invalid("the text is in another language"));
    }
    let text = input.text.trim();
    if text.is_empty() { Err(Degraded::Invalid("text is empty")) } else { Ok(text.to_owned()) }
}
