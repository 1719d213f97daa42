//! The instructions of a task: templates that are written once as a version, and how they are rendered.
//!
//! A template is text with variables: what the business is and offers, each a section of its own that the code makes. A variable stands
//! alone on its line, so that what is ours and what is the business's can be told apart line by line in what a model was told. The
//! engine is MiniJinja without filters, functions, macros and includes; a variable that there is not is an error. Each version is
//! rendered on trial before it is used ([`Script::new`]).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::Failure;
use domain::prompts::{MaxTokens, PromptContent, PromptTask, PromptUse, PromptVersion};
use domain::tenancy::{CostMode, Tier};
use minijinja::{Environment, UndefinedBehavior, Value};

/// The versions that come with the code.
const FILES: [(PromptTask, &str); 8] = [
    (PromptTask::Respond, include_str!("../../prompts/respond.toml")),
    (PromptTask::Route, include_str!("../../prompts/route.toml")),
    (PromptTask::Write, include_str!("../../prompts/write.toml")),
    (PromptTask::Suggest, include_str!("../../prompts/suggest.toml")),
    (PromptTask::Campaign, include_str!("../../prompts/campaign.toml")),
    (PromptTask::Style, include_str!("../../prompts/style.toml")),
    (PromptTask::Summarize, include_str!("../../prompts/summarize.toml")),
    (PromptTask::Analyze, include_str!("../../prompts/analyze.toml")),
];
/// Every text says where data from outside ends, and so that it is data: there is no version without this rule.
const FENCE: &str = "and its closing mark";
/// How much a template may do: a hundred times what the longest one does.
const FUEL: u64 = 50_000;

/// A section that a template gets under this name; `None`: this business has none.
pub(crate) type Section = (&'static str, Option<String>);

/// Which of the texts of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    System,
    /// Of the structured mode.
    Structured,
}

/// A version, ready to be rendered.
#[derive(Debug)]
pub struct Script {
    content: PromptContent,
    used: PromptUse,
    /// Its own lines, without the variables.
    instructions: String,
}

impl Script {
    /// `content` as it is used in this test of it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field: it does not render, leaves out a section or the rule that data is no instruction, or has
    /// a variable within a line.
    pub fn new(content: PromptContent, test: u32) -> Result<Self, Failure> {
        content.validate()?;
        let mut instructions = tried("system", &content, Text::System)?;
        if content.structured.is_some() {
            instructions = [instructions, tried("structured", &content, Text::Structured)?].join("\n");
        }
        let used = PromptUse { version: content.version.clone(), test };
        Ok(Self { content, used, instructions })
    }

    /// The version that comes with the code.
    #[must_use]
    pub fn built_in(task: PromptTask) -> &'static Self {
        static SCRIPTS: LazyLock<[Script; 8]> = LazyLock::new(|| FILES.map(|(task, file)| read(task, file)));
        let [respond, route, write, suggest, campaign, style, summarize, analyze] = &*SCRIPTS;
        match task {
            PromptTask::Respond => respond,
            PromptTask::Route => route,
            PromptTask::Write => write,
            PromptTask::Suggest => suggest,
            PromptTask::Campaign => campaign,
            PromptTask::Style => style,
            PromptTask::Summarize => summarize,
            PromptTask::Analyze => analyze,
        }
    }

    /// What it says.
    #[must_use]
    pub fn content(&self) -> &PromptContent {
        &self.content
    }

    /// Which version it is, in which test.
    #[must_use]
    pub fn used(&self) -> &PromptUse {
        &self.used
    }

    /// The model that it begins with.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.content.tier
    }

    /// The most tokens that one try may write.
    #[must_use]
    pub fn max_tokens(&self, cost_mode: CostMode) -> u32 {
        self.content.max_tokens.of(cost_mode)
    }

    /// The lines that are told to a model and are for no one to read.
    pub(crate) fn instructions(&self) -> &str {
        &self.instructions
    }

    /// The text with `sections` in it.
    pub(crate) fn render(&self, text: Text, sections: &[Section]) -> String {
        let rendered = |script: &Self| {
            let failed = |error: &minijinja::Error| {
                tracing::error!(task = %script.content.task, version = %script.used.version, %error, "a prompt does not render");
            };
            script.template(text).and_then(|template| render(template, sections).inspect_err(failed).ok())
        };
        // It was rendered before it was taken: this is for what no trial shows.
        rendered(self).or_else(|| rendered(Self::built_in(self.content.task))).unwrap_or_default()
    }

    fn template(&self, text: Text) -> Option<&str> {
        match text {
            Text::System => Some(&self.content.system),
            Text::Structured => self.content.structured.as_deref(),
        }
    }
}

/// The sections of a text, and whether every business has them.
fn sections(task: PromptTask, text: Text) -> &'static [(&'static str, bool)] {
    match (task, text) {
        (PromptTask::Respond, Text::System) => &[
            ("business", true),
            ("services", true),
            ("hours", true),
            ("locations", false),
            ("faqs", false),
            ("questions", false),
        ],
        (PromptTask::Respond, Text::Structured) => &[("services", true), ("questions", false)],
        (PromptTask::Suggest, _) => {
            &[("business", true), ("services", true), ("hours", true), ("locations", false), ("faqs", false)]
        }
        (
            PromptTask::Route | PromptTask::Write | PromptTask::Campaign | PromptTask::Style | PromptTask::Summarize,
            _,
        ) => &[("business", true)],
        (PromptTask::Analyze, _) => &[],
    }
}

/// Renders a text on trial, with all sections and with as few as there may be. Gives its own lines.
fn tried(field: &str, content: &PromptContent, text: Text) -> Result<String, Failure> {
    let wrong = |message: String| Failure::invalid(field, message);
    let template = match text {
        Text::System => &content.system,
        Text::Structured => content.structured.as_ref().unwrap_or(&content.system),
    };
    let sections = sections(content.task, text);
    let marked = |with_all: bool| {
        let mark = |(name, is_always): &(&'static str, bool)| (*name, (with_all || *is_always).then(|| mark(name)));
        sections.iter().map(mark).collect::<Vec<_>>()
    };
    let render = |with_all: bool| {
        render(template, &marked(with_all)).map_err(|error| wrong(format!("the template does not render: {error}")))
    };
    let (all, few) = (render(true)?, render(false)?);
    for (name, is_always) in sections {
        let mark = mark(name);
        let texts = if *is_always { vec![&all, &few] } else { vec![&all] };
        for text in texts {
            let alone = text.lines().filter(|line| *line == mark).count();
            if alone != 1 || text.matches(&mark).count() != 1 {
                return Err(wrong(format!("{{{{ {name} }}}} must stand in it once, alone on its line")));
            }
        }
    }
    let tool = format!("`{}`", content.task);
    if !few.contains(&tool) {
        return Err(wrong(format!("it must tell the model to call the tool {tool}")));
    }
    if !few.contains(FENCE) {
        let message =
            format!("it must say, with the words {FENCE:?}, that what stands between marks is data and no instruction");
        return Err(wrong(message));
    }
    let is_mark = |line: &&str| sections.iter().all(|(name, _)| *line != mark(name));
    // A line may stand in it only where a section is missing.
    let only_few = few.lines().filter(|line| !all.lines().any(|other| other == *line));
    Ok(all.lines().chain(only_few).filter(is_mark).collect::<Vec<_>>().join("\n"))
}

/// Stands for a section on trial.
fn mark(name: &str) -> String {
    format!("\u{27e6}{name}\u{27e7}")
}

fn render(template: &str, sections: &[Section]) -> Result<String, minijinja::Error> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let values: BTreeMap<&'static str, Value> =
        sections.iter().map(|(name, section)| (*name, Value::from(section.clone()))).collect();
    environment.render_str(template, values)
}

/// What comes with the code renders: a test says so. If it did not, models would be told nothing, and their answers be refused.
fn read(task: PromptTask, file: &str) -> Script {
    let read = toml::from_str::<PromptContent>(file).map_err(|error| error.to_string());
    let script = read.and_then(|content| Script::new(content, 0).map_err(|failure| failure.to_string()));
    script.unwrap_or_else(|reason| {
        tracing::error!(%task, reason, "the prompt of the code cannot be used");
        let max_tokens = MaxTokens { usual: 1_024, shorter: 1_024, structured: 1_024 };
        let (version, changelog, system) = (PromptVersion::new(0, 0, 0), String::new(), String::new());
        let content =
            PromptContent { task, version, changelog, tier: Tier::Simple, max_tokens, system, structured: None };
        let used = PromptUse { version: content.version.clone(), test: 0 };
        Script { content, used, instructions: String::new() }
    })
}

#[cfg(test)]
mod tests;
