//! The structured mode: when the month's tokens run low, or a conversation is long, the model fills in a form.
//!
//! It reads what the customer said, answers in a sentence and asks the next question. It is told names and prices and
//! nothing more of the business, sees the last lines only, and hands on what it cannot answer.

use domain::conversations::builtin::Turn;
use jiff::Timestamp;

use super::{Prompt, Script, Section, Text, business, history, intake, this_turn};
use domain::tenancy::CostMode;

/// How many lines of the conversation it sees.
const LINES: usize = 4;

pub(super) fn structured(script: &Script, turn: &Turn<'_>, now: Timestamp) -> Prompt {
    let sections: [Section; 2] =
        [("services", Some(business::services(turn.tenant))), ("questions", intake::questions(turn.tenant))];
    let last: Vec<String> = history::known(turn).into_iter().chain(history::latest(turn)).collect();
    let recent = turn.conversation.map_or(&[][..], |conversation| &conversation.recent);
    Prompt {
        tenant: script.render(Text::Structured, &sections),
        turn: this_turn(turn, CostMode::Structured, now),
        instructions: script.instructions().to_owned(),
        messages: history::messages(recent, LINES, &last.join("\n")),
    }
}
