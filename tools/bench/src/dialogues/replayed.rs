//! The dialogues as the built-in assistant holds them, turn by turn, for other measurements.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use domain::conversations::{Action, Message, Role, route};
use domain::leads::Lead;
use domain::tenancy::{BusinessContext, Tenant};
use jiff::Timestamp;
use talk::{Talk, Way};

use super::corpus;

/// How sure the built-in responder must be for an answer to count as one, in percent: as sure as a small model.
pub(crate) const SURE: u8 = 85;

/// One dialogue.
pub(crate) struct Replayed {
    pub(crate) tenant: Tenant,
    pub(crate) now: Timestamp,
    pub(crate) turns: Vec<Spoken>,
}

/// What a user of the corpus said, and what came of it without any model.
pub(crate) struct Spoken {
    pub(crate) said: String,
    pub(crate) reply: String,
    /// The lead after it, if there is one.
    pub(crate) lead: Option<Lead>,
    /// The rules were sure of language, urgency and escalation.
    pub(crate) is_routed: bool,
    /// It was answered surely, and no one else was asked.
    pub(crate) is_answered: bool,
}

/// Holds the dialogues of `files`, each from its first turn on.
pub(crate) fn replayed(files: &[PathBuf]) -> Result<Vec<Replayed>> {
    let mut dialogues = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let (goals, _) = corpus::read(&text).with_context(|| file.display().to_string())?;
        for goal in goals {
            let now = goal.now.to_zoned(goal.tenant.time_zone())?.timestamp();
            let mut talk = Talk::new(&goal.tenant, BusinessContext::NONE, Way::Chat, now)?;
            let turns = goal.turns.iter().map(|said| spoken(&mut talk, &goal.tenant, said, now));
            let turns = turns.collect::<Result<Vec<_>>>()?;
            dialogues.push(Replayed { tenant: goal.tenant.clone(), now, turns });
        }
    }
    Ok(dialogues)
}

fn spoken(talk: &mut Talk<'_>, tenant: &Tenant, said: &str, now: Timestamp) -> Result<Spoken> {
    let is_routed = route(tenant, said, None, now).certain;
    let replied = talk.say(said)?;
    let is_answered = replied.of(Role::Assistant).is_some_and(is_sure);
    let lead = talk.known().lead.clone();
    Ok(Spoken { said: said.to_owned(), reply: replied.text().to_owned(), lead, is_routed, is_answered })
}

fn is_sure(reply: &Message) -> bool {
    let is_passed_on = matches!(reply.action, Some(Action::AskTeam | Action::Escalate | Action::TransferHotLead));
    reply.confidence.is_some_and(|confidence| confidence >= SURE) && !is_passed_on
}
