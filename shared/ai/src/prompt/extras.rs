//! What the prompt says of extras: of those alone that this customer may hear of now.

use domain::conversations::builtin::Turn;
use domain::conversations::{ExtraStep, extras};
use domain::tenancy::Extra;
use jiff::Timestamp;

use super::business::amounts;

/// How a model deals with them; on one line, so that it is known as an instruction.
pub(super) const RULE: &str = "Answer what they ask about it, with no other price and no other discount. Do not offer it yourself: \
where it is time for that, a sentence is added to your reply.";

/// The extras of which the customer may be told, with what they cost or take off; nothing where there are none.
pub(super) fn this_turn(turn: &Turn<'_>, now: Timestamp) -> Option<String> {
    let lines: Vec<String> = extras::told(turn, now).into_iter().map(|extra| line(turn, extra)).collect();
    (!lines.is_empty())
        .then(|| format!("Beside its services the business has this for them:\n{}\n{RULE}", lines.join("\n")))
}

fn line(turn: &Turn<'_>, extra: &Extra) -> String {
    let price = extra.price.map(|price| format!("{} {}", amounts(price), turn.tenant.currency));
    let off = extra.percent_off.map(|percent| format!("a discount of {percent} percent ({percent} % off)"));
    let suggested = turn.conversation.and_then(|thread| thread.extra.as_ref()).filter(|known| known.id == extra.id);
    let state = suggested.map(|known| match known.step {
        ExtraStep::Suggested => "it was suggested to them",
        ExtraStep::Taken => "they take it, which is noted",
        ExtraStep::Declined => "they do not want it: leave it",
    });
    let words = extras::in_words(turn, extra).map(|words| format!("in its words: {words}"));
    let facts = [price.or(off), state.map(str::to_owned), words].into_iter().flatten().collect::<Vec<_>>().join("; ");
    format!("- {}: {facts}", extra.name)
}
