//! What a model is told that proposes a reply to staff: the business and the conversation, as whoever answers by itself is told,
//! and that a person reads it first.

use domain::conversations::HISTORY_LINES;
use domain::conversations::claims::Unfit;
use domain::conversations::language;
use domain::prompts::PromptTask;
use domain::tenancy::CostMode;
use domain::turns::suggesting::Draftable;
use jiff::Timestamp;

use super::{
    Prompt, Script, Section, Text, business, channel_name, customers_words, excerpts, grounds, history, reply_limit,
    voice,
};

/// How many lines of the conversation it sees where tokens run low.
const FEW_LINES: usize = 4;

/// The prompt of a reply that is proposed to staff, with the instructions of the code.
#[must_use]
pub fn suggestion(draftable: &Draftable<'_>, cost_mode: CostMode, now: Timestamp) -> Prompt {
    suggestion_with(Script::built_in(PromptTask::Suggest), draftable, cost_mode, now)
}

/// The prompt of a reply that is proposed to staff.
#[must_use]
pub fn suggestion_with(script: &Script, draftable: &Draftable<'_>, cost_mode: CostMode, now: Timestamp) -> Prompt {
    let turn = draftable.turn();
    let tenant = turn.tenant;
    let is_short = cost_mode >= CostMode::Structured;
    let today = now.to_zoned(tenant.time_zone()).date();
    let sections: [Section; 5] = [
        ("business", Some(business::about(tenant))),
        ("services", Some(business::services(tenant))),
        ("hours", Some(business::opening_hours(tenant, today))),
        ("locations", business::locations(&turn.places, tenant).filter(|_| !is_short)),
        ("faqs", business::faqs(tenant).filter(|_| !is_short)),
    ];
    let excerpts = if is_short { Vec::new() } else { excerpts::told(turn.findings) };
    let last: Vec<String> =
        excerpts.into_iter().chain(history::known(&turn)).chain(["Call `suggest` now.".to_owned()]).collect();
    let lines = if is_short { FEW_LINES } else { HISTORY_LINES };
    Prompt {
        tenant: script.render(Text::System, &sections),
        turn: this_message(draftable, cost_mode, now),
        instructions: script.instructions().to_owned(),
        messages: history::messages(&draftable.thread().recent, lines, &last.join("\n")),
    }
}

fn this_message(draftable: &Draftable<'_>, cost_mode: CostMode, now: Timestamp) -> String {
    let (turn, channel) = (draftable.turn(), draftable.thread().channel);
    let mut lines = vec![
        "# This message".to_owned(),
        business::open_now(turn.tenant, now),
        format!("It goes out by {}: at most {} characters.", channel_name(channel), reply_limit(channel)),
        format!("The customer's language seems to be `{}`; trust their words over this.", turn.route.language),
    ];
    if !draftable.waits() {
        lines.push("The business wrote last: the customer waits for no answer.".to_owned());
    }
    if cost_mode > CostMode::None {
        lines.push("Keep it to two sentences at most.".to_owned());
    }
    lines.extend(excerpts::dispute(turn.findings));
    lines.extend(business::faq_beyond(&turn));
    let voice = voice(turn.tenant, PromptTask::Suggest, channel);
    [Some(lines.join("\n")), voice].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Whether `text` may be proposed: what staff are shown holds to what a reply holds to that goes out by itself.
pub(crate) fn accept(script: &Script, text: &str, draftable: &Draftable<'_>, now: Timestamp) -> Result<(), Unfit> {
    let (prompt, turn) = (suggestion_with(script, draftable, CostMode::None, now), draftable.turn());
    let said = customers_words(&prompt);
    if language::strays(text, turn.content.text(), &turn.route.language, &said) {
        return Err(Unfit::Language);
    }
    grounds(&prompt, &turn).accept(text, 2 * reply_limit(draftable.thread().channel))
}
