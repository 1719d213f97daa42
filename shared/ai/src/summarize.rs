//! The task `summarize`: takes notes of a conversation, for whoever answers later.
//!
//! A model proposes lines, each with the message that it goes back to; a line that has more in it than that message is dropped
//! ([`Summary::proposed`]). What the business said is taken from its own messages. Without a model the built-in summary
//! quotes the customer.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::conversations::Sentiment;
use domain::conversations::summary::{Dialogue, PointKind, Proposed, Summary};
use domain::prompts::{PromptCount, PromptTask};
use domain::tenancy::CostMode;
use domain::tenancy::usage::{Feature, Spent};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Degraded;
use crate::assistant::{Assistant, counted};
use crate::engine::ModelCall;
use crate::prompt::{self, Prompt, Script};
use crate::respond::SENTIMENTS;
use crate::task::{Declared, Keeping, REDELIVERED_WITHIN, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the models may take for one summary: no one waits for it.
pub const SUMMARIZE_BUDGET: Duration = Duration::from_secs(12);
/// A dialogue with fewer messages of the customer is quoted: a model would not make it shorter.
const WORTH_ASKING: usize = 3;

pub(crate) const DECLARED: Declared = Declared {
    name: "summarize",
    tool: "Takes down the notes. Call it exactly once.",
    feature: Feature::Summarize,
    keeping: Keeping::WithContact(REDELIVERED_WITHIN),
    shares: false,
    time_limit: SUMMARIZE_BUDGET,
    fallback: "the built-in summary",
};

/// A summary, and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Summarized {
    /// It.
    pub summary: Summary,
    /// What models took.
    pub spent: Vec<Spent>,
    /// What is counted of the version that was asked with; `None`: no model was asked.
    pub counted: Option<PromptCount>,
    /// Why no model made it, although one is configured and may be asked.
    pub degraded: Option<Degraded>,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "The notes of the conversation.")]
pub(crate) struct SummarizeInput {
    /// What the customer wants, and when: at most five.
    wants: Vec<NoteInput>,
    /// What they asked and was not answered: at most four.
    open: Vec<NoteInput>,
    /// How they like things, such as a language, a channel, times of day: at most five.
    prefers: Vec<NoteInput>,
    /// What they told of themselves that will matter again, such as a vehicle, a house, a dog, an allergy: at most nine.
    told: Vec<NoteInput>,
    /// How the customer feels in the end.
    #[schemars(with = "String", extend("enum" = SENTIMENTS))]
    mood: Sentiment,
    /// How sure you are that nothing that matters is missing: a whole number from 0 to 100.
    confidence: u8,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NoteInput {
    /// One line of at most 200 characters.
    text: String,
    /// The number of the customer's message that it goes back to.
    message: u32,
}

struct Summarize<'a> {
    script: &'a Script,
    dialogue: &'a Dialogue<'a>,
}

impl Task for Summarize<'_> {
    type Form = SummarizeInput;
    type Output = (Vec<Proposed>, Sentiment);
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: &self.dialogue.tenant.id, contact: Some(self.dialogue.thread.contact) }
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<Summarize<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, _: CostMode) -> Prompt {
        prompt::summary_with(self.script, self.dialogue)
    }

    fn accept(&self, form: SummarizeInput) -> Result<Rated<Self::Output>, Degraded> {
        if form.confidence > 100 {
            return Err(Degraded::Invalid("confidence is over 100"));
        }
        let lists = [
            (PointKind::Wants, form.wants),
            (PointKind::Open, form.open),
            (PointKind::Prefers, form.prefers),
            (PointKind::Told, form.told),
        ];
        let proposed = |(kind, notes): (PointKind, Vec<NoteInput>)| {
            notes.into_iter().map(move |NoteInput { text, message }| Proposed { kind, text, message })
        };
        Ok(Rated { value: (lists.into_iter().flat_map(proposed).collect(), form.mood), confidence: form.confidence })
    }
}

impl Assistant {
    /// Sums up `dialogue` before `deadline`: a model as `cost_mode` lets it, else the built-in summary, which needs no time. `before` is
    /// the summary that there was.
    pub async fn summarize(
        &self,
        dialogue: &Dialogue<'_>,
        before: Option<&Summary>,
        cost_mode: CostMode,
        now: Timestamp,
        deadline: Instant,
    ) -> Summarized {
        let engine = self.engine(dialogue.tenant, cost_mode).filter(|_| dialogue.of_customer() >= WORTH_ASKING);
        let Some((engine, limits)) = engine else {
            let summary = Summary::built_in(dialogue, before, now);
            return Summarized { summary, spent: Vec::new(), counted: None, degraded: None };
        };
        let script = self.prompts.choose(PromptTask::Summarize, dialogue.tenant, None, deadline).await;
        let started = Instant::now();
        let asked = engine.ask(&Summarize { script: &script, dialogue }, limits, deadline).await;
        let counted = counted(&script, started, &asked);
        let ModelCall { outcome, model, spent } = asked;
        match outcome {
            Ok((proposed, mood)) => {
                let summary = Summary::proposed(dialogue, before, &proposed, (mood, &model), now);
                Summarized { summary, spent, counted, degraded: None }
            }
            Err(reason) => {
                let summary = Summary::built_in(dialogue, before, now);
                Summarized { summary, spent, counted, degraded: Some(reason) }
            }
        }
    }
}
