//! The task `suggest`: proposes a reply to a member of the staff, who reads it, changes it and sends it.
//!
//! What is proposed is a text: no field of the form does anything. It holds to what a reply holds to that goes out by itself, because
//! it may be sent as it is.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::conversations::Author;
use domain::conversations::builtin;
use domain::conversations::suggestion::{TASK, WithoutModel};
use domain::prompts::{PromptTask, PromptTrial};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, Language, Tenant};
use domain::turns::suggesting::Draftable;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Degraded;
use crate::assistant::{Assistant, author, trial};
use crate::engine::ModelCall;
use crate::hearing::{Hearing, Listener};
use crate::prompt::{self, Prompt, Script};
use crate::respond;
use crate::task::{Declared, Keeping, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the models may take for one suggestion: a person looks at the page and waits.
pub const SUGGEST_BUDGET: Duration = Duration::from_secs(8);

pub(crate) const DECLARED: Declared = Declared {
    name: TASK,
    tool: "Proposes the next message to the customer. Call it exactly once.",
    feature: Feature::Suggest,
    keeping: Keeping::Never,
    shares: false,
    time_limit: SUGGEST_BUDGET,
    fallback: "the built-in responder's answer where staff may send it, else nothing",
};

/// What is proposed, and why no model wrote it, where none did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The text; `None`: nothing can be proposed.
    pub draft: Option<Draft>,
    /// What models took.
    pub spent: Vec<Spent>,
    /// Why no model wrote it.
    pub without_model: Option<WithoutModel>,
    /// The question to a model; `None`: none was reached.
    pub tried: Option<PromptTrial>,
}

/// A text, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What could be sent.
    pub text: String,
    /// The language of it.
    pub language: Language,
    /// Who wrote it; carries the tokens of all tries, also of those that came to nothing.
    pub author: Author,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The next message to the customer.")]
pub(crate) struct SuggestInput {
    /// What the customer would read: plain text within the length of the channel.
    text: String,
    /// The language of the text as a two-letter ISO 639-1 code, such as en.
    language: String,
}

struct Suggest<'a> {
    script: &'a Script,
    draftable: &'a Draftable<'a>,
    now: Timestamp,
    listener: Option<&'a Listener>,
}

impl Task for Suggest<'_> {
    type Form = SuggestInput;
    type Output = (String, Language);
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        let turn = self.draftable.turn();
        Scope { tenant: &turn.tenant.id, contact: turn.conversation.map(|thread| thread.contact) }
    }

    fn hearing(&self) -> Option<Hearing> {
        self.listener.map(|listener| Hearing::new(listener, "text"))
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<Suggest<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, cost_mode: CostMode) -> Prompt {
        prompt::suggestion_with(self.script, self.draftable, cost_mode, self.now)
    }

    fn accept(&self, form: SuggestInput) -> Result<Rated<(String, Language)>, Degraded> {
        let language = Language::new(&form.language).map_err(|_| Degraded::Invalid("language is no ISO 639-1 code"))?;
        Ok(Rated { value: (respond::reply(&form.text)?, language), confidence: 100 })
    }
}

impl Assistant {
    /// Proposes the next message of the business before `deadline`: the model's as `cost_mode` lets it, else what the built-in
    /// responder would answer, where staff may send that as their own.
    pub async fn suggest(
        &self,
        tenant: &Tenant,
        draftable: &Draftable<'_>,
        cost_mode: CostMode,
        now: Timestamp,
        deadline: Instant,
    ) -> Suggested {
        self.suggest_aloud(tenant, draftable, cost_mode, now, deadline, None).await
    }

    /// As [`Assistant::suggest`], while `listener` hears what a model writes, and may stop it: then there is no text, also where it was
    /// whole by then, and it says nothing of the instructions.
    pub async fn suggest_aloud(
        &self,
        tenant: &Tenant,
        draftable: &Draftable<'_>,
        cost_mode: CostMode,
        now: Timestamp,
        deadline: Instant,
        listener: Option<&Listener>,
    ) -> Suggested {
        let suggested = self.suggested(tenant, draftable, cost_mode, now, deadline, listener).await;
        if !listener.is_some_and(Listener::is_stopped) {
            return suggested;
        }
        let without_model = Some(Degraded::Stopped.into());
        Suggested { draft: None, without_model, tried: None, ..suggested }
    }

    async fn suggested(
        &self,
        tenant: &Tenant,
        draftable: &Draftable<'_>,
        cost_mode: CostMode,
        now: Timestamp,
        deadline: Instant,
        listener: Option<&Listener>,
    ) -> Suggested {
        let Some((engine, limits)) = self.engine(tenant, cost_mode) else {
            let why = if self.has_model() { WithoutModel::BudgetUsedUp } else { WithoutModel::NotConfigured };
            return instead(draftable, Vec::new(), why, now);
        };
        let conversation = Some(draftable.thread().id);
        let script = self.prompts.choose(PromptTask::Suggest, tenant, conversation, deadline).await;
        let (script, started) = (&*script, Instant::now());
        let asked = engine.ask(&Suggest { script, draftable, now, listener }, limits, deadline).await;
        let ModelCall { outcome, model, spent } = asked;
        let tried = |spent: &[Spent], refused: bool| trial(script, started, spent, refused, now);
        let (text, language) = match outcome {
            Ok(written) => written,
            Err(reason) => {
                let tried = tried(&spent, false);
                return Suggested { tried, ..instead(draftable, spent, reason.into(), now) };
            }
        };
        match prompt::accept_suggestion(script, &text, draftable, now) {
            Ok(()) => {
                let draft = Draft { text, language, author: author(&model, &spent) };
                let tried = tried(&spent, false);
                Suggested { draft: Some(draft), spent, without_model: None, tried }
            }
            Err(reason) => {
                tracing::warn!(tenant = %tenant.id, %reason, "the model's suggestion may not go out");
                let tried = tried(&spent, true);
                Suggested { tried, ..instead(draftable, spent, WithoutModel::Unfit, now) }
            }
        }
    }
}

/// What is proposed where no model's text is.
fn instead(draftable: &Draftable<'_>, spent: Vec<Spent>, why: WithoutModel, now: Timestamp) -> Suggested {
    let draft = draftable.builtin(now).map(|answer| Draft {
        text: answer.reply,
        language: answer.language,
        author: author(builtin::MODEL, &spent),
    });
    Suggested { draft, spent, without_model: Some(why), tried: None }
}

impl From<Degraded> for WithoutModel {
    fn from(reason: Degraded) -> Self {
        match reason {
            Degraded::Refused => Self::Declined,
            Degraded::Unfit(_) => Self::Unfit,
            Degraded::Unreachable
            | Degraded::TimedOut
            | Degraded::Busy(_)
            | Degraded::Rejected(_)
            | Degraded::Paused
            | Degraded::Stopped
            | Degraded::Invalid(_) => Self::Unavailable,
        }
    }
}
