//! What a model is told that writes the message of a campaign: many customers get it, each with their own name in it.

use domain::campaigns::{CampaignBrief, CampaignText};
use domain::conversations::claims::Grounds;
use domain::messaging::Channel;
use domain::prompts::PromptTask;
use domain::tenancy::{CostMode, Tenant};

use super::{Message, Prompt, Script, Speaker, Text, VOICE, business, data, notes, voice};

/// The most characters of one fact.
const MAX_FACT_CHARS: usize = 200;
/// The most characters of the example.
const MAX_EXAMPLE_CHARS: usize = 1_000;

/// The prompt of a campaign's text in one language, with the instructions of the code.
#[must_use]
pub fn campaign(tenant: &Tenant, brief: &CampaignBrief<'_>, cost_mode: CostMode) -> Prompt {
    campaign_with(Script::built_in(PromptTask::Campaign), tenant, brief, cost_mode)
}

/// The prompt of a campaign's text in one language.
#[must_use]
pub fn campaign_with(script: &Script, tenant: &Tenant, brief: &CampaignBrief<'_>, cost_mode: CostMode) -> Prompt {
    let last = [facts(brief), example(brief.example), "Call `campaign` now.".to_owned()].join("\n");
    Prompt {
        tenant: script.render(Text::System, &[("business", Some(business::who(tenant)))]),
        turn: this_message(tenant, brief, cost_mode),
        instructions: script.instructions().to_owned(),
        messages: vec![Message { role: Speaker::User, content: last }],
    }
}

/// Whether `text` says what the model was told that is for no one to read.
pub(crate) fn campaign_is_internal(script: &Script, text: &str, tenant: &Tenant, brief: &CampaignBrief<'_>) -> bool {
    let prompt = campaign_with(script, tenant, brief, CostMode::None);
    let turn = prompt.turn.split(VOICE).next().unwrap_or_default();
    let answering = Script::built_in(PromptTask::Respond).instructions();
    let instructions = [&prompt.instructions, answering, turn, &notes(&prompt.turn)].join("\n");
    let known = brief.facts.iter().map(|(_, value)| value.as_str()).chain([brief.example.body.as_str()]);
    Grounds::new(&known.collect::<Vec<_>>().join("\n"), "", &instructions).is_internal(text)
}

fn this_message(tenant: &Tenant, brief: &CampaignBrief<'_>, cost_mode: CostMode) -> String {
    let mut lines = vec![
        "# This message".to_owned(),
        format!("It goes out by SMS, WhatsApp or e-mail: at most {} characters.", brief.limit()),
        format!("It is in the language `{}`, whatever the language of these notes.", brief.language),
    ];
    if cost_mode > CostMode::None {
        lines.push("Keep it to three sentences at most.".to_owned());
    }
    let voice = voice(tenant, PromptTask::Campaign, Channel::Sms);
    [Some(lines.join("\n")), voice].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn facts(brief: &CampaignBrief<'_>) -> String {
    let facts = brief.facts.iter().map(|(name, value)| format!("{name}: {}", data(value, MAX_FACT_CHARS)));
    format!("<facts>\n{}\n</facts>", facts.collect::<Vec<_>>().join("\n"))
}

fn example(text: &CampaignText) -> String {
    let subject = text.subject.as_deref().map(|subject| format!("subject: {}\n", data(subject, MAX_FACT_CHARS)));
    format!("<example>\n{}{}\n</example>", subject.unwrap_or_default(), data(&text.body, MAX_EXAMPLE_CHARS))
}
