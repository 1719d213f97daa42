//! What a model is told: a pure function of its arguments, so that the same turn gives the same prompt.
//!
//! The system text is ours and the tenant's alone. Whatever a customer wrote or a document says stands in user messages,
//! between marks that its own text cannot write, because `<` is escaped in it.

mod analyzing;
mod business;
mod campaign;
mod excerpts;
mod extras;
mod history;
mod intake;
mod outreach;
mod saving;
mod script;
mod sharing;
mod suggesting;
mod summing;
mod training;

use domain::conversations::HISTORY_LINES;
use domain::conversations::builtin::Turn;
use domain::conversations::claims::Grounds;
use domain::messaging::Channel;
use domain::prompts::PromptTask;
use domain::tenancy::{CostMode, Tenant};
use jiff::Timestamp;
use serde::Serialize;

pub(crate) use analyzing::{analysis, may_change};
pub(crate) use campaign::campaign_is_internal;
pub use campaign::{campaign, campaign_with};
pub(crate) use excerpts::cited;
pub(crate) use outreach::again;
pub(crate) use outreach::is_internal;
pub use outreach::{outreach, outreach_with};
pub use script::Script;
pub(crate) use script::{Section, Text};
pub(crate) use sharing::{is_bare, of_business, told};
pub(crate) use suggesting::accept as accept_suggestion;
pub use suggesting::{suggestion, suggestion_with};
pub use summing::{summary, summary_with};
pub use training::{style, style_with};

/// A prompt, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// System text that is the same for every turn of a day at one of the tenant's locations: the part that is cached.
    pub tenant: String,
    /// System text of this turn.
    pub turn: String,
    /// The lines of it that are ours alone and for no one to read.
    pub instructions: String,
    /// The conversation: begins and ends with a user message, and the roles alternate.
    pub messages: Vec<Message>,
}

/// One message of a conversation with a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Who speaks.
    pub role: Speaker,
    /// What they say; never empty.
    pub content: String,
}

/// Who speaks to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// The customer's side, and what goes with their message.
    User,
    /// The business's side.
    Assistant,
}

/// The title of how the business wants to sound.
const VOICE: &str = "# How to sound";
/// How the lines begin that tell a model of a message what is no fact of the business.
const NOTES: [&str; 6] = [
    "It came in as",
    "It goes out by",
    "The customer's language seems",
    "A person of the business is being",
    "Keep the reply",
    "The business's documents do not agree",
];

/// The prompt of the qualifier with the instructions of the code.
#[must_use]
pub fn qualifier(turn: &Turn<'_>, cost_mode: CostMode, now: Timestamp) -> Prompt {
    qualifier_with(Script::built_in(PromptTask::Respond), turn, cost_mode, now)
}

/// The prompt of the qualifier: everything it needs to answer one message, or what `cost_mode` leaves of it.
#[must_use]
pub fn qualifier_with(script: &Script, turn: &Turn<'_>, cost_mode: CostMode, now: Timestamp) -> Prompt {
    if cost_mode >= CostMode::Structured {
        return saving::structured(script, turn, now);
    }
    let mut last = excerpts::told(turn.findings);
    last.extend(history::known(turn));
    last.extend(history::latest(turn));
    Prompt {
        tenant: tenant(script, turn, now),
        turn: this_turn(turn, cost_mode, now),
        instructions: script.instructions().to_owned(),
        messages: history::messages(
            turn.conversation.map_or(&[], |conversation| &conversation.recent),
            HISTORY_LINES,
            &last.join("\n"),
        ),
    }
}

fn tenant(script: &Script, turn: &Turn<'_>, now: Timestamp) -> String {
    let tenant = turn.tenant;
    let today = now.to_zoned(tenant.time_zone()).date();
    let sections: [Section; 6] = [
        ("business", Some(business::about(tenant))),
        ("services", Some(business::services(tenant))),
        ("hours", Some(business::opening_hours(tenant, today))),
        ("locations", business::locations(&turn.places, tenant)),
        ("faqs", business::faqs(tenant)),
        ("questions", intake::questions(tenant)),
    ];
    script.render(Text::System, &sections)
}

fn this_turn(turn: &Turn<'_>, cost_mode: CostMode, now: Timestamp) -> String {
    let channel = channel(turn);
    let (name, limit) = (channel_name(channel), reply_limit(channel));
    let mut lines = vec![
        "# This message".to_owned(),
        business::open_now(turn.tenant, now),
        format!("It came in as `{}`; your reply goes out by {name}: at most {limit} characters.", turn.source),
        format!("The customer's language seems to be `{}`; trust their words over this.", turn.route.language),
    ];
    if turn.route.escalate.is_some() {
        lines.push("A person of the business is being called in: tell the customer that one will get back.".to_owned());
    }
    if cost_mode == CostMode::Shorter {
        lines.push("Keep the reply to two sentences at most.".to_owned());
    }
    lines.extend(excerpts::dispute(turn.findings));
    lines.extend(business::free_times(turn));
    lines.extend(business::invited_to(turn, now));
    lines.extend(business::faq_beyond(turn));
    lines.extend(intake::this_turn(turn));
    lines.extend(extras::this_turn(turn, now));
    let voice = voice(turn.tenant, PromptTask::Respond, channel);
    [Some(lines.join("\n")), voice].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Where the reply goes; where the strictest limit is if that is not known yet.
fn channel(turn: &Turn<'_>) -> Channel {
    turn.conversation.map_or(Channel::Sms, |conversation| conversation.channel)
}

/// The most characters of a reply that goes out: twice what is asked for, because who overshoots a little is not to lose the
/// answer.
#[must_use]
pub fn longest_reply(turn: &Turn<'_>) -> usize {
    2 * reply_limit(channel(turn))
}

/// A channel as models are told of it.
fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Whatsapp => "WhatsApp",
        Channel::Chat => "the chat on the website",
        Channel::Email => "e-mail",
        Channel::Sms => "SMS",
    }
}

/// How many characters a reply is asked to have at most.
fn reply_limit(channel: Channel) -> usize {
    match channel {
        Channel::Whatsapp | Channel::Chat => 600,
        Channel::Email => 1_200,
        // Two segments.
        Channel::Sms => 320,
    }
}

/// What a model that was given `prompt` about `turn` may say, and what it is told that is for no one to read.
#[must_use]
pub fn grounds(prompt: &Prompt, turn: &Turn<'_>) -> Grounds {
    let built_in = [PromptTask::Respond, PromptTask::Suggest].map(|task| Script::built_in(task).instructions());
    let own = Some(prompt.instructions.as_str()).filter(|own| !built_in.contains(own));
    let instructions = built_in.into_iter().chain(own).chain([extras::RULE]).collect::<Vec<_>>().join("\n");
    let ours = [&prompt.tenant, &prompt.turn].into_iter().flat_map(|text| text.lines());
    let is_told = |line: &str| instructions.lines().any(|told| told == line) || is_note(line);
    let mut ours: Vec<&str> = ours.filter(|line| !is_told(line)).collect();
    let (mut theirs, mut told) = (Vec::new(), Vec::new());
    for message in &prompt.messages {
        if message.role == Speaker::Assistant {
            ours.push(&message.content);
            continue;
        }
        let (excerpts, rest) = excerpts::split(&message.content);
        told.extend(excerpts);
        theirs.extend(rest);
    }
    let instructions = [instructions, notes(&prompt.turn)].join("\n");
    let priced = turn.tenant.services.iter().filter(|service| service.price.is_some());
    let priced = priced.flat_map(|service| service.keywords.iter().chain([&service.name]));
    Grounds::new(&ours.join("\n"), &theirs.join("\n"), &instructions)
        .with_excerpts(&told.join("\n"))
        .asked(turn.content.text(), priced.map(String::as_str))
}

/// What the customer wrote, as far as `prompt` has it. No text from outside can write a mark.
pub(crate) fn customers_words(prompt: &Prompt) -> String {
    let theirs = prompt.messages.iter().filter(|message| message.role == Speaker::User);
    let parts = theirs.flat_map(|message| message.content.split("<customer_message>").skip(1));
    parts.map(|part| part.split("</customer_message>").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn is_note(line: &str) -> bool {
    NOTES.iter().any(|begin| line.starts_with(begin))
}

/// What of the turn's part is for no one to read: how it came in, and how the business wants to sound, but for the words that it
/// wants said.
fn notes(turn: &str) -> String {
    let (facts, voice) = turn.split_once(VOICE).unwrap_or((turn, ""));
    let is_note = |line: &&str| is_note(line);
    let unquoted = voice.split(['"', '“', '”', '„', '«', '»']).step_by(2);
    facts.lines().filter(is_note).chain(unquoted.flat_map(str::lines)).collect::<Vec<_>>().join("\n")
}

/// How a text is to sound.
fn voice(tenant: &Tenant, task: PromptTask, channel: Channel) -> Option<String> {
    titled(VOICE, &tenant.guidance(task, channel))
}

fn titled(title: &str, text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| format!("{title}\n{text}"))
}

/// Text from outside, cut to `limit` characters and unable to open or close a mark.
pub(crate) fn data(text: &str, limit: usize) -> String {
    let printable = |c: &char| !c.is_control() || *c == '\n';
    text.trim().chars().filter(printable).take(limit).collect::<String>().replace('<', "&lt;")
}
