//! The task `respond`: answers a customer's message, and does what the talk needs beside the reply.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::conversations::builtin::{self, Turn};
use domain::conversations::claims::Unfit;
use domain::conversations::{Action, Answer, extras, language};
use domain::prompts::{PromptTask, PromptTrial};
use domain::tenancy::CostMode;
use domain::tenancy::usage::{Feature, Spent};
use jiff::Timestamp;

use crate::Degraded;
use crate::assistant::{Assistant, author, trial};
use crate::cache::alike::{self, Alike};
use crate::engine::ModelCall;
use crate::prompt::{self, Prompt, Script};
use crate::respond::{self, RespondInput};
use crate::said::keep_to_what_was_said;
use crate::task::{Declared, Keeping, REDELIVERED_WITHIN, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the models of one turn may take, router and qualifier together: the deadline is this far from the start.
pub const TURN_BUDGET: Duration = Duration::from_secs(20);

pub(crate) const DECLARED: Declared = Declared {
    name: "respond",
    tool: "Answers the customer. Call it exactly once for every customer message.",
    feature: Feature::Converse,
    keeping: Keeping::WithContact(REDELIVERED_WITHIN),
    shares: true,
    time_limit: TURN_BUDGET,
    fallback: "the built-in responder, and a person is called",
};

/// An answer, and whether it is the one that was hoped for.
#[derive(Debug, Clone, PartialEq)]
pub struct Turned {
    /// Goes out. Its author carries the tokens of all tries, also of those that came to nothing.
    pub answer: Answer,
    /// What models took.
    pub spent: Vec<Spent>,
    /// Why no model wrote it, although one is configured: escalate as
    /// [`AiUnavailable`](domain::conversations::EscalationReason::AiUnavailable).
    pub degraded: Option<Degraded>,
    /// The question to a model, or to what is kept of its answers; `None`: none was reached.
    pub tried: Option<PromptTrial>,
}

struct Respond<'a> {
    script: &'a Script,
    turn: &'a Turn<'a>,
    now: Timestamp,
}

impl Task for Respond<'_> {
    type Form = RespondInput;
    type Output = Answer;
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        let contact = self.turn.conversation.map(|thread| thread.contact);
        Scope { tenant: &self.turn.tenant.id, contact }
    }

    fn alike(&self, prompt: &Prompt) -> Option<Alike> {
        Alike::of(self.turn, prompt, self.now)
    }

    fn may_share(&self, answer: &Answer) -> bool {
        let is_fit = |answer: &Answer| accept(self.script, answer.clone(), self.turn, self.now).is_ok();
        alike::may_share(answer, self.turn) && action(answer, self.turn) == Action::Reply && is_fit(answer)
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<Respond<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, cost_mode: CostMode) -> Prompt {
        prompt::qualifier_with(self.script, self.turn, cost_mode, self.now)
    }

    fn accept(&self, form: RespondInput) -> Result<Rated<Answer>, Degraded> {
        let value = respond::accept(form, self.turn, self.now)?;
        Ok(Rated { confidence: value.confidence, value })
    }
}

impl Assistant {
    /// Answers one message before `deadline`: by the model as `cost_mode` lets it, or by the built-in responder where none is
    /// configured or may be asked. When the model cannot be had or gives nothing valid, the built-in fallback answers and
    /// calls for a person.
    pub async fn answer(&self, turn: &Turn<'_>, cost_mode: CostMode, now: Timestamp, deadline: Instant) -> Turned {
        let Some((engine, limits)) = self.engine(turn.tenant, cost_mode) else {
            return Turned { answer: builtin::respond(turn, now), spent: Vec::new(), degraded: None, tried: None };
        };
        let conversation = turn.conversation.map(|conversation| conversation.id);
        let script = self.prompts.choose(PromptTask::Respond, turn.tenant, conversation, deadline).await;
        let (script, started) = (&*script, Instant::now());
        let ModelCall { outcome, model, spent } = engine.ask(&Respond { script, turn, now }, limits, deadline).await;
        let mut refused = false;
        let (answer, writer, degraded) = match outcome {
            Ok(answer) => match accept(script, answer, turn, now) {
                Ok(answer) => (Answer { action: action(&answer, turn), ..answer }, model.as_str(), None),
                Err(reason) => {
                    tracing::warn!(tenant = %turn.tenant.id, %reason, "the model's reply may not go out: the built-in one does");
                    refused = true;
                    (builtin::respond(turn, now), builtin::MODEL, None)
                }
            },
            Err(reason) => (builtin::fallback(turn, now), builtin::MODEL, Some(reason)),
        };
        let tried = trial(script, started, &spent, refused, now);
        Turned { answer: Answer { author: author(writer, &spent), ..answer }, spent, degraded, tried }
    }
}

/// What is done besides a model's reply: where the documents do not agree, it said that it finds out, and the team has to.
fn action(answer: &Answer, turn: &Turn<'_>) -> Action {
    match answer.action {
        Action::Reply | Action::OfferBooking | Action::Nurture if turn.findings.are_disputed() => Action::AskTeam,
        action => action,
    }
}

/// What of a model's answer may go out and be kept, with the places in the business's documents that it goes back to: it names no time
/// that the calendar has not, nothing that the business would have to stand by and never said, and nothing of the customer that they
/// did not say.
fn accept(script: &Script, answer: Answer, turn: &Turn<'_>, now: Timestamp) -> Result<Answer, Unfit> {
    let reply = &answer.reply;
    if builtin::names_other_time(turn, reply, now) {
        return Err(Unfit::Time);
    }
    extras::ensure_told(turn, reply, now)?;
    let prompt = prompt::qualifier_with(script, turn, CostMode::None, now);
    let said = prompt::customers_words(&prompt);
    if language::strays(reply, turn.content.text(), &turn.route.language, &said) {
        return Err(Unfit::Language);
    }
    let grounds = prompt::grounds(&prompt, turn);
    grounds.accept(reply, prompt::longest_reply(turn))?;
    let citations = prompt::cited(&prompt, reply, turn);
    Ok(keep_to_what_was_said(Answer { citations, ..answer }, turn, &said, &grounds, now))
}
