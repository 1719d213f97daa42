//! Writes the text of a campaign in one language: the model's where it may go out, else the built-in one.
//!
//! A model proposes and [`CampaignBrief::accepts`] disposes, as with every message that no one asked for. What may not go out is asked
//! for a second time, with what was wrong; after that it is the built-in text, which is always there.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::campaigns::{CampaignBrief, CampaignText};
use domain::conversations::claims::Unfit;
use domain::prompts::{PromptCount, PromptTask};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, Language, Tenant};
use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Degraded;
use crate::assistant::{Assistant, counted};
use crate::engine::{CostLimits, Engine, ModelCall, add};
use crate::prompt::{self, Prompt, Script};
use crate::task::{Declared, Keeping, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the models may take for a text, their second try included.
pub const CAMPAIGN_BUDGET: Duration = Duration::from_secs(16);

/// How long a text is kept: it is about the weather and the business, and no customer is in it.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

pub(crate) const DECLARED: Declared = Declared {
    name: "campaign",
    tool: "Writes the message to the customers. Call it exactly once.",
    feature: Feature::Outreach,
    keeping: Keeping::WithTenant(KEPT_FOR),
    shares: false,
    time_limit: CAMPAIGN_BUDGET,
    fallback: "the built-in text",
};

/// A text, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// What is shown to the owner.
    pub text: CampaignText,
    /// What models took, over all tries.
    pub spent: Vec<Spent>,
    /// What is counted of the version that was asked with; `None`: no model was asked.
    pub counted: Option<PromptCount>,
    /// Whether a model wrote it.
    pub by_model: bool,
    /// Why no model wrote it, although one is configured and may be asked.
    pub degraded: Option<Degraded>,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The message to the customers.")]
pub(crate) struct CampaignInput {
    /// The subject line where it goes by e-mail: at most 60 characters, no braces.
    subject: String,
    /// What the customers read: plain text with the braces of the example.
    text: String,
    /// The language of the text as a two-letter ISO 639-1 code, such as en.
    language: String,
}

struct WriteCampaign<'a> {
    tenant: &'a Tenant,
    script: &'a Script,
    prompt: &'a Prompt,
    language: &'a Language,
}

impl Task for WriteCampaign<'_> {
    type Form = CampaignInput;
    type Output = CampaignText;
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: &self.tenant.id, contact: None }
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<WriteCampaign<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, _: CostMode) -> Prompt {
        self.prompt.clone()
    }

    fn accept(&self, form: CampaignInput) -> Result<Rated<CampaignText>, Degraded> {
        let language = Language::new(&form.language).map_err(|_| Degraded::Invalid("language is no ISO 639-1 code"))?;
        if language != *self.language {
            return Err(Degraded::Invalid("the text is in another language"));
        }
        let (subject, body) = (form.subject.trim().to_owned(), form.text.trim().to_owned());
        if subject.is_empty() || body.is_empty() {
            return Err(Degraded::Invalid("text or subject is empty"));
        }
        Ok(Rated { value: CampaignText { subject: Some(subject), body }, confidence: 100 })
    }
}

impl Assistant {
    /// Writes what `brief` asks for before `deadline`: the model as `cost_mode` lets it, else the built-in text, which needs no time.
    pub async fn draft_campaign(
        &self,
        tenant: &Tenant,
        brief: &CampaignBrief<'_>,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> Drafted {
        let built_in = |spent, counted, degraded| {
            let text = brief.example.clone();
            Drafted { text, spent, counted, by_model: false, degraded }
        };
        let Some((engine, limits)) = self.engine(tenant, cost_mode) else { return built_in(Vec::new(), None, None) };
        let script = self.prompts.choose(PromptTask::Campaign, tenant, None, deadline).await;
        let started = Instant::now();
        let asked = write(engine, &script, (tenant, brief), limits, deadline).await;
        let counted = counted(&script, started, &asked);
        let ModelCall { outcome, spent, .. } = asked;
        match outcome {
            Ok(text) => Drafted { text, spent, counted, by_model: true, degraded: None },
            Err(reason) => built_in(spent, counted, Some(reason)),
        }
    }
}

/// A text that may go out, and what both tries took.
async fn write(
    engine: &Engine,
    script: &Script,
    (tenant, brief): (&Tenant, &CampaignBrief<'_>),
    limits: CostLimits,
    deadline: Instant,
) -> ModelCall<CampaignText> {
    let deadline = deadline.min(Instant::now() + CAMPAIGN_BUDGET);
    let (language, prompt) = (brief.language, prompt::campaign_with(script, tenant, brief, limits.cost_mode));
    let first = engine.ask(&WriteCampaign { tenant, script, prompt: &prompt, language }, limits, deadline).await;
    let Ok(text) = &first.outcome else { return first };
    let Err(unfit) = judged(script, text, tenant, brief) else { return first };
    tracing::info!(tenant = %tenant.id, reason = %unfit, "the model's campaign may not go out: asking again");
    let prompt = prompt::again(prompt, &text.body, &unfit.to_string());
    let second = engine.ask(&WriteCampaign { tenant, script, prompt: &prompt, language }, limits, deadline).await;
    let outcome = second.outcome.and_then(|text| match judged(script, &text, tenant, brief) {
        Ok(()) => Ok(text),
        Err(unfit) => Err(Degraded::Unfit(unfit)),
    });
    let mut spent = first.spent;
    second.spent.into_iter().for_each(|more| add(&mut spent, more));
    ModelCall { outcome, model: second.model, spent }
}

fn judged(script: &Script, text: &CampaignText, tenant: &Tenant, brief: &CampaignBrief<'_>) -> Result<(), Unfit> {
    let mut parts = [Some(text.body.as_str()), text.subject.as_deref()].into_iter().flatten();
    if parts.any(|part| prompt::campaign_is_internal(script, part, tenant, brief)) {
        return Err(Unfit::Internal);
    }
    brief.accepts(text)
}
