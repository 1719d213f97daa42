//! Writes the text of an outreach message: the model's where it may go out, else the step's own.
//!
//! A model proposes and [`Brief::accepts`] disposes. What may not go out is asked for a second time, with what was wrong;
//! after that the step's own text goes out, which is always there.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::ContactId;
use domain::conversations::{Author, builtin};
use domain::journeys::{Brief, Unfit};
use domain::prompts::{PromptCount, PromptTask};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, Language, Tenant};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Degraded;
use crate::assistant::{Assistant, author, counted};
use crate::engine::{CostLimits, Engine, ModelCall, add};
use crate::prompt::{self, Prompt, Script};
use crate::task::{Declared, Keeping, REDELIVERED_WITHIN, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the model may take for one text, its second try included: the deadline is this far from the start.
pub const COMPOSE_BUDGET: Duration = Duration::from_secs(8);

pub(crate) const DECLARED: Declared = Declared {
    name: "write",
    tool: "Writes the message to the customer. Call it exactly once.",
    feature: Feature::Outreach,
    keeping: Keeping::WithContact(REDELIVERED_WITHIN),
    shares: false,
    time_limit: COMPOSE_BUDGET,
    fallback: "the step's own text",
};

/// A text, and whether it is the one that was hoped for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Goes out, if the gate lets it.
    pub text: String,
    /// Who wrote it; carries the tokens of all tries, also of those that came to nothing.
    pub author: Author,
    /// What models took.
    pub spent: Vec<Spent>,
    /// What is counted of the version that was asked with; `None`: no model was asked.
    pub counted: Option<PromptCount>,
    /// Why no model wrote it, although one is configured and may be asked. No one needs to be called: the step's own text
    /// is as good as it was before there were models.
    pub degraded: Option<Degraded>,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The message to the customer.")]
pub(crate) struct WriteInput {
    /// What the customer reads, as it goes out: plain text within the length of the channel.
    text: String,
    /// The language of the text as a two-letter ISO 639-1 code, such as en.
    language: String,
}

struct Write<'a> {
    tenant: &'a Tenant,
    contact: Option<ContactId>,
    script: &'a Script,
    prompt: &'a Prompt,
    language: &'a Language,
}

impl Task for Write<'_> {
    type Form = WriteInput;
    type Output = String;
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: &self.tenant.id, contact: self.contact }
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<Write<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, _: CostMode) -> Prompt {
        self.prompt.clone()
    }

    fn accept(&self, form: WriteInput) -> Result<Rated<String>, Degraded> {
        Ok(Rated { value: accept(&form, self.language)?, confidence: 100 })
    }
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
        let Some((engine, limits)) = self.engine(tenant, cost_mode) else {
            let author = author(builtin::MODEL, &[]);
            return Composed {
                text: brief.fallback.to_owned(),
                author,
                spent: Vec::new(),
                counted: None,
                degraded: None,
            };
        };
        let script = self.prompts.choose(PromptTask::Write, tenant, None, deadline).await;
        let started = Instant::now();
        let asked = write(engine, &script, (tenant, brief), limits, deadline).await;
        let counted = counted(&script, started, &asked);
        let ModelCall { outcome, model, spent } = asked;
        match outcome {
            Ok(text) => Composed { text, author: author(&model, &spent), spent, counted, degraded: None },
            Err(reason) => {
                let (text, author) = (brief.fallback.to_owned(), author(builtin::MODEL, &spent));
                Composed { text, author, spent, counted, degraded: Some(reason) }
            }
        }
    }
}

/// A text that may go out, and what both tries took.
async fn write(
    engine: &Engine,
    script: &Script,
    (tenant, brief): (&Tenant, &Brief<'_>),
    limits: CostLimits,
    deadline: Instant,
) -> ModelCall<String> {
    let deadline = deadline.min(Instant::now() + COMPOSE_BUDGET);
    let prompt = prompt::outreach_with(script, tenant, brief, limits.cost_mode);
    let (contact, language) = (brief.contact, brief.language);
    let first = engine.ask(&Write { tenant, contact, script, prompt: &prompt, language }, limits, deadline).await;
    let (text, unfit) = match judged(script, first.outcome, tenant, brief) {
        Judged::Done(outcome) => return ModelCall { outcome, ..first },
        Judged::Unfit(text, unfit) => (text, unfit),
    };
    tracing::info!(tenant = %tenant.id, reason = %unfit, "the model's text may not go out: asking again");
    let prompt = prompt::again(prompt, &text, &unfit.to_string());
    let second = engine.ask(&Write { tenant, contact, script, prompt: &prompt, language }, limits, deadline).await;
    let outcome = match judged(script, second.outcome, tenant, brief) {
        Judged::Done(outcome) => outcome,
        Judged::Unfit(_, unfit) => Err(Degraded::Unfit(unfit)),
    };
    let mut spent = first.spent;
    second.spent.into_iter().for_each(|more| add(&mut spent, more));
    ModelCall { outcome, model: second.model, spent }
}

/// What became of one question.
enum Judged {
    /// A text that may go out, or none was to be had.
    Done(Result<String, Degraded>),
    /// A text that may not.
    Unfit(String, Unfit),
}

fn judged(script: &Script, outcome: Result<String, Degraded>, tenant: &Tenant, brief: &Brief<'_>) -> Judged {
    match outcome {
        Ok(text) if prompt::is_internal(script, &text, tenant, brief) => Judged::Unfit(text, Unfit::Internal),
        Ok(text) => match brief.accepts(&text) {
            Ok(()) => Judged::Done(Ok(text)),
            Err(unfit) => Judged::Unfit(text, unfit),
        },
        Err(reason) => Judged::Done(Err(reason)),
    }
}

/// Checks what was filled in; what the text says is not looked at here.
fn accept(form: &WriteInput, asked_for: &Language) -> Result<String, Degraded> {
    let language = Language::new(&form.language).map_err(|_| Degraded::Invalid("language is no ISO 639-1 code"))?;
    if language != *asked_for {
        return Err(Degraded::Invalid("the text is in another language"));
    }
    let text = form.text.trim();
    if text.is_empty() { Err(Degraded::Invalid("text is empty")) } else { Ok(text.to_owned()) }
}
