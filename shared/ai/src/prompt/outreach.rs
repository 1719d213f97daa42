//! What a model is told that writes a message which no one asked for just now: a step of a sequence.

use domain::conversations::claims::Grounds;
use domain::journeys::Brief;
use domain::messaging::Kind;
use domain::prompts::PromptTask;
use domain::tenancy::{CostMode, Tenant};

use super::{Message, Prompt, Script, Speaker, Text, business, channel_name, data, history, notes, voice};

/// The most characters of one fact: the longest is a link.
const MAX_FACT_CHARS: usize = 500;
/// The most characters of the example.
const MAX_EXAMPLE_CHARS: usize = 2_000;
/// How many lines of the conversation it sees.
const LINES: usize = 8;

/// The prompt of a step's text, with the instructions of the code.
#[must_use]
pub fn outreach(tenant: &Tenant, brief: &Brief<'_>, cost_mode: CostMode) -> Prompt {
    outreach_with(Script::built_in(PromptTask::Write), tenant, brief, cost_mode)
}

/// The prompt of a step's text.
#[must_use]
pub fn outreach_with(script: &Script, tenant: &Tenant, brief: &Brief<'_>, cost_mode: CostMode) -> Prompt {
    let last = [facts(brief), Some(example(brief)), Some("Call `write` now.".to_owned())];
    let last = last.into_iter().flatten().collect::<Vec<_>>().join("\n");
    Prompt {
        tenant: script.render(Text::System, &[("business", Some(business::who(tenant)))]),
        turn: this_message(tenant, brief, cost_mode),
        instructions: script.instructions().to_owned(),
        messages: history::messages(brief.recent, LINES, &last),
    }
}

/// The prompt again, with what it led to and why that may not go out.
#[must_use]
pub(crate) fn again(prompt: Prompt, text: &str, why: &str) -> Prompt {
    let wrote = Message { role: Speaker::Assistant, content: data(text, MAX_EXAMPLE_CHARS) };
    let asked = format!("That cannot go out: {why}. Write it anew and call `write` now.");
    let asked = Message { role: Speaker::User, content: asked };
    // The API takes no empty message.
    let added = if wrote.content.is_empty() { Vec::new() } else { vec![wrote, asked] };
    Prompt { messages: [prompt.messages, added].concat(), ..prompt }
}

/// Whether `text` says what the model was told that is for no one to read.
pub(crate) fn is_internal(script: &Script, text: &str, tenant: &Tenant, brief: &Brief<'_>) -> bool {
    let prompt = outreach_with(script, tenant, brief, CostMode::None);
    let turn = prompt.turn.split("# The task").next().unwrap_or_default();
    let answering = Script::built_in(PromptTask::Respond).instructions();
    let instructions = [&prompt.instructions, answering, turn, &notes(&prompt.turn)].join("\n");
    let known = brief.facts.iter().map(|(_, value)| value.as_str()).chain([brief.fallback]);
    Grounds::new(&known.collect::<Vec<_>>().join("\n"), "", &instructions).is_internal(text)
}

fn this_message(tenant: &Tenant, brief: &Brief<'_>, cost_mode: CostMode) -> String {
    let channel = channel_name(brief.channel);
    let mut lines = vec![
        "# This message".to_owned(),
        format!("It is {} and goes out by {channel}: at most {} characters.", kind(brief.kind), brief.limit()),
        format!("It is in the language `{}`, whatever the language of these notes.", brief.language),
    ];
    if cost_mode > CostMode::None {
        lines.push("Keep it to two sentences at most.".to_owned());
    }
    let task = Some(format!("# The task\n{}", brief.prompt.trim()));
    let voice = voice(tenant, PromptTask::Write, brief.channel);
    [Some(lines.join("\n")), task, voice].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Reply | Kind::FollowUp => "a follow-up to somebody who asked and fell silent",
        Kind::Notice | Kind::OptOut => "a notice",
        Kind::QuoteFollowUp => "about a quote that was sent",
        Kind::Welcome => "a welcome to a new customer",
        Kind::AppointmentReminder => "about an appointment",
        Kind::Billing => "about an invoice that is not overdue",
        Kind::Collections => "about an invoice that is overdue: it is polite, presses nobody and threatens nothing",
        Kind::ReviewRequest => "a request for a review: it offers nothing for it",
        Kind::Nurture => "to somebody who is not ready yet",
        Kind::Reactivation => "to a customer of long ago",
        Kind::Campaign => "an advertisement",
    }
}

fn facts(brief: &Brief<'_>) -> Option<String> {
    let facts: Vec<_> =
        brief.facts.iter().map(|(place, value)| format!("{place}: {}", data(value, MAX_FACT_CHARS))).collect();
    (!facts.is_empty()).then(|| format!("<facts>\n{}\n</facts>", facts.join("\n")))
}

fn example(brief: &Brief<'_>) -> String {
    format!("<example>\n{}\n</example>", data(brief.fallback, MAX_EXAMPLE_CHARS))
}
