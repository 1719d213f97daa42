//! Turns of the dialogues as a model is asked about them.

use std::time::{Duration, Instant};

use ai::prompt;
use domain::conversations::builtin::Turn;
use domain::conversations::{Conversation, Role, Route};
use domain::messaging::{Channel, Content, Source};
use domain::tenancy::{CostMode, Language};
use domain::{ContactId, ConversationId, LeadId};

use crate::dialogues::Replayed;

/// How many of the built-in responder's own replies the check of a model's would refuse, and how long it takes: those that it
/// refuses were fine. What the calendar decides is in no prompt, and left out.
pub(super) fn refused(dialogues: &[Replayed], route: &Route) -> (usize, usize, Duration) {
    let (mut refused, mut judged, begun) = (0, 0, Instant::now());
    for dialogue in dialogues {
        for (turn, spoken) in dialogue.turns.iter().enumerate().filter(|(_, it)| !it.reply.is_empty() && !it.is_decided)
        {
            let (content, conversation) = scene(dialogue, turn);
            let asked = asked(dialogue, turn, route, &content, &conversation);
            let prompt = prompt::qualifier(&asked, CostMode::None, dialogue.now);
            let verdict = prompt::grounds(&prompt, &asked).accept(&spoken.reply, prompt::longest_reply(&asked));
            judged += 1;
            refused += usize::from(verdict.is_err());
            if let Err(reason) = verdict {
                eprintln!("refused: {reason}: {}", spoken.reply);
            }
        }
    }
    (refused, judged, begun.elapsed() / u32::try_from(judged).unwrap_or(1).max(1))
}

/// What was said in a turn of a dialogue, and before it.
pub(super) fn scene(dialogue: &Replayed, turn: usize) -> (Content, Conversation) {
    let Replayed { tenant, now, turns } = dialogue;
    let contact = ContactId::derive(&tenant.id, &["ai-month"]);
    let lead = LeadId::derive(&tenant.id, &["ai-month"]);
    let id = ConversationId::derive(&tenant.id, &["ai-month"]);
    let mut conversation = Conversation::new(id, contact, lead, Channel::Chat, Language::english(), *now);
    for before in turns.iter().take(turn) {
        conversation.remember(Role::Customer, &before.said);
        conversation.remember(Role::Assistant, &before.reply);
    }
    let text = turns.get(turn).map(|turn| turn.said.clone()).unwrap_or_default();
    (Content::Text { text }, conversation)
}

pub(super) fn asked<'a>(
    dialogue: &'a Replayed,
    turn: usize,
    route: &'a Route,
    content: &'a Content,
    conversation: &'a Conversation,
) -> Turn<'a> {
    Turn {
        lead: dialogue.turns.get(turn).and_then(|turn| turn.lead.as_ref()),
        conversation: Some(conversation),
        ..Turn::new(&dialogue.tenant, content, Source::LiveChat, route)
    }
}
