//! The task `style`: makes rules out of the examples of a training. The rules that are counted from the pairs are always there; a model adds
//! what it can word, and each of its rules is checked as if a person had typed it ([`with_model`]).

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::prompts::{PromptCount, PromptTask};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, StyleRule, StyleSaying, Tenant};
use domain::training::{TrainingSession, extract, with_model};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Degraded;
use crate::assistant::{Assistant, counted};
use crate::prompt::{self, Prompt, Script};
use crate::task::{Declared, Keeping, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the models may take: a person looks at the page and waits.
pub const STYLE_BUDGET: Duration = Duration::from_secs(8);

pub(crate) const DECLARED: Declared = Declared {
    name: "style",
    tool: "Says by which rules the business words its texts. Call it exactly once.",
    feature: Feature::Training,
    keeping: Keeping::Never,
    shares: false,
    time_limit: STYLE_BUDGET,
    fallback: "the rules that are counted from the examples",
};

/// The rules that examples come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// To be looked through and confirmed.
    pub rules: Vec<StyleRule>,
    /// What models took.
    pub spent: Vec<Spent>,
    /// What is counted of the version that was asked with; `None`: no model was asked.
    pub counted: Option<PromptCount>,
    /// Why no model was heard, although one is configured and may be asked.
    pub degraded: Option<Degraded>,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The rules by which the business words its texts.")]
pub(crate) struct StyleInput {
    /// The rules, the surest first: at most twelve.
    rules: Vec<RuleInput>,
}

/// One rule.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleInput {
    /// What it is about: tone, always, never, greeting, `sign_off`, emoji, exclamations, length or address.
    kind: String,
    /// What it says. For tone one of friendly, casual, formal, enthusiastic, calm, plain, personal; for emoji and exclamations one of yes,
    /// rare, no; for length one of shorter, longer; for address one of informal, formal; for the others a few words.
    value: String,
    /// The numbers of the examples that it comes from.
    examples: Vec<u8>,
}

struct ExtractStyle<'a> {
    tenant: &'a Tenant,
    script: &'a Script,
    session: &'a TrainingSession,
}

impl Task for ExtractStyle<'_> {
    type Form = StyleInput;
    type Output = Vec<StyleRule>;
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: &self.tenant.id, contact: None }
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<ExtractStyle<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, _: CostMode) -> Prompt {
        prompt::style_with(self.script, self.tenant, self.session)
    }

    /// A rule of a kind or choice that there is not is left out; the others stand.
    fn accept(&self, form: StyleInput) -> Result<Rated<Vec<StyleRule>>, Degraded> {
        let rule = |rule: RuleInput| {
            let says: StyleSaying =
                serde_json::from_value(json!({ "kind": rule.kind.trim(), "value": rule.value.trim() })).ok()?;
            Some(StyleRule { number: 0, says, examples: rule.examples })
        };
        Ok(Rated { value: form.rules.into_iter().filter_map(rule).collect(), confidence: 100 })
    }
}

impl Assistant {
    /// The rules that `session`'s examples come to, before `deadline`: those that are counted, and what the model adds as `cost_mode` lets it.
    pub async fn extract_style(
        &self,
        tenant: &Tenant,
        session: &TrainingSession,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> Extracted {
        let found = extract(tenant, &session.examples);
        let Some((engine, limits)) = self.engine(tenant, cost_mode) else {
            return Extracted { rules: found, spent: Vec::new(), counted: None, degraded: None };
        };
        let script = self.prompts.choose(PromptTask::Style, tenant, None, deadline).await;
        let task = ExtractStyle { tenant, script: &script, session };
        let started = Instant::now();
        let asked = engine.ask(&task, limits, deadline.min(started + STYLE_BUDGET)).await;
        let counted = counted(&script, started, &asked);
        match asked.outcome {
            Ok(proposed) => {
                let examples = u8::try_from(session.examples.len()).unwrap_or(u8::MAX);
                let rules = with_model(found, proposed, examples);
                Extracted { rules, spent: asked.spent, counted, degraded: None }
            }
            Err(reason) => Extracted { rules: found, spent: asked.spent, counted, degraded: Some(reason) },
        }
    }
}
