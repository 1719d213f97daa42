//! Proposes a better version of a prompt that staff correct too often.
//!
//! The model is given the platform's own text and figures: counts under names of ours. No text of a business, a member of its staff or a
//! customer gets here, so there is nothing in it that could give orders or be told to others. What it proposes are changes of single lines,
//! of which some can never be changed; the whole must hold up to what every version must ([`Script::new`]). It is a draft, and no more.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::TenantId;
use domain::prompts::{PromptContent, PromptCount, PromptTask, PromptVersion, ReviewFigures};
use domain::tenancy::usage::{Feature, Spent};
use domain::tenancy::{CostMode, Tier};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Degraded;
use crate::assistant::{Assistant, counted};
use crate::engine::CostLimits;
use crate::prompt::{self, Prompt, Script};
use crate::task::{Declared, Keeping, Rated, Scope, Task};
use crate::tool::Tool;

/// How long the models may take. No one waits for it.
pub const ANALYZE_BUDGET: Duration = Duration::from_secs(60);
/// The most lines that are changed, and the most reasons.
const MOST: usize = 6;
/// The longest reason, in characters.
const MAX_REASON_CHARS: usize = 300;

pub(crate) const DECLARED: Declared = Declared {
    name: "analyze",
    tool: "Proposes changes of the instructions, with reasons. Call it exactly once.",
    feature: Feature::Analyze,
    keeping: Keeping::Never,
    shares: false,
    time_limit: ANALYZE_BUDGET,
    fallback: "the figures alone, and no draft",
};

/// A version that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What it says; it renders.
    pub content: PromptContent,
    /// Why, a line each.
    pub reasons: Vec<String>,
}

/// What came of asking for one.
#[derive(Debug)]
pub struct Analyzed {
    /// The proposal, or why there is none.
    pub proposal: Result<Proposal, Degraded>,
    /// What models took, over all tries.
    pub spent: Vec<Spent>,
    /// What is counted of the version that was asked with; `None`: no model was asked.
    pub counted: Option<PromptCount>,
}

// The doc comments of the fields are what the model reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "Changes of the instructions.")]
pub(crate) struct AnalyzeInput {
    /// One to six reasons, a sentence each, that name the figures.
    reasons: Vec<String>,
    /// What is different, in one line of at most 300 characters, without figures.
    changelog: String,
    /// One to six changes, each of another line.
    edits: Vec<Edit>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// The number of the line.
    line: u32,
    /// replace: the text stands in its place. add: the text is a new line after it. remove: it is left out.
    action: EditAction,
    /// One line; left out with remove.
    text: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum EditAction {
    Replace,
    Add,
    Remove,
}

struct Analyze<'a> {
    platform: TenantId,
    script: &'a Script,
    live: &'a PromptContent,
    figures: &'a ReviewFigures,
    version: &'a PromptVersion,
}

impl Task for Analyze<'_> {
    type Form = AnalyzeInput;
    type Output = Proposal;
    const DECLARED: Declared = DECLARED;

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: &self.platform, contact: None }
    }

    fn tool() -> &'static Tool {
        static TOOL: LazyLock<Tool> = LazyLock::new(Tool::of::<Analyze<'static>>);
        &TOOL
    }

    fn script(&self) -> &Script {
        self.script
    }

    fn prompt(&self, _: CostMode) -> Prompt {
        prompt::analysis(self.script, self.live, self.figures)
    }

    fn accept(&self, form: AnalyzeInput) -> Result<Rated<Proposal>, Degraded> {
        let reasons: Vec<String> = form.reasons.iter().map(|reason| reason.trim().to_owned()).collect();
        let is_line = |text: &String| {
            !text.is_empty() && text.chars().count() <= MAX_REASON_CHARS && !text.contains(char::is_control)
        };
        if !(1..=MOST).contains(&reasons.len()) || !reasons.iter().all(is_line) {
            return Err(Degraded::Invalid("its reasons are not one to six lines"));
        }
        let changelog = form.changelog.trim().to_owned();
        if changelog.contains(|c: char| c.is_ascii_digit()) {
            // Businesses read it; the figures are of all of them.
            return Err(Degraded::Invalid("its changelog has figures"));
        }
        let system = edited(self.live, &form.edits)?;
        let content = PromptContent { version: self.version.clone(), changelog, system, ..self.live.clone() };
        let script = Script::new(content, 0).map_err(|_| Degraded::Invalid("the version cannot be used"))?;
        Ok(Rated { value: Proposal { content: script.content().clone(), reasons }, confidence: 100 })
    }
}

/// The system text of `live` with `edits`.
fn edited(live: &PromptContent, edits: &[Edit]) -> Result<String, Degraded> {
    if !(1..=MOST).contains(&edits.len()) {
        return Err(Degraded::Invalid("it does not change one to six lines"));
    }
    let mut lines: Vec<Vec<String>> = live.system.lines().map(|line| vec![line.to_owned()]).collect();
    let mut changed = Vec::new();
    for edit in edits {
        let index = usize::try_from(edit.line).unwrap_or(usize::MAX).wrapping_sub(1);
        let line = lines.get_mut(index).ok_or(Degraded::Invalid("it changes a line that there is not"))?;
        if live.system.lines().nth(index).is_none_or(|line| !prompt::may_change(live.task, line)) {
            return Err(Degraded::Invalid("it changes a line that stays as it is"));
        }
        if changed.contains(&edit.line) {
            return Err(Degraded::Invalid("it changes a line twice"));
        }
        changed.push(edit.line);
        let text = edit.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let is_plain = |text: &str| !text.contains(['{', '}', '<', '>']) && !text.contains(char::is_control);
        match (edit.action, text.filter(|text| is_plain(text))) {
            (EditAction::Replace, Some(text)) => *line = vec![text.to_owned()],
            (EditAction::Add, Some(text)) => line.push(text.to_owned()),
            (EditAction::Remove, _) => line.clear(),
            (EditAction::Replace | EditAction::Add, None) => {
                return Err(Degraded::Invalid("a new line is empty, more than one, or has braces or brackets"));
            }
        }
    }
    let text = lines.concat().join("\n") + if live.system.ends_with('\n') { "\n" } else { "" };
    if text == live.system { Err(Degraded::Invalid("it changes nothing")) } else { Ok(text) }
}

impl Assistant {
    /// Proposes `version` in the place of `live`, because of `figures`, before `deadline`; `None`: no model is configured.
    pub async fn analyze_failures(
        &self,
        live: &PromptContent,
        figures: &ReviewFigures,
        version: &PromptVersion,
        deadline: Instant,
    ) -> Option<Analyzed> {
        let engine = self.engine.as_ref()?;
        let script = self.prompts.live(PromptTask::Analyze, deadline).await;
        let task = Analyze { platform: TenantId::platform(), script: &script, live, figures, version };
        // No business pays for it: no plan lowers it.
        let limits = CostLimits { cost_mode: CostMode::None, highest_tier: Tier::Premium };
        let started = Instant::now();
        let asked = engine.ask(&task, limits, deadline).await;
        let counted = counted(&script, started, &asked);
        Some(Analyzed { proposal: asked.outcome, spent: asked.spent, counted })
    }
}
