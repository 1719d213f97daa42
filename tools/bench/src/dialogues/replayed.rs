//! The dialogues as the built-in assistant holds them, turn by turn, for other measurements.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use domain::conversations::builtin::Turn;
use domain::conversations::route;
use domain::leads::Lead;
use domain::tenancy::{BusinessContext, Tenant};
use jiff::Timestamp;
use talk::{Talk, Way};

use super::corpus;

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
    /// No model is asked about it, because the built-in responder is sure.
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
            let is_sure = AtomicBool::new(false);
            let watch = |turn: &Turn<'_>, now| is_sure.store(ai::sure(turn, now).is_some(), Ordering::Relaxed);
            let mut talk = Talk::new(&goal.tenant, BusinessContext::NONE, Way::Chat, now)?.watched_by(&watch);
            let turns = goal.turns.iter().map(|said| {
                let spoken = spoken(&mut talk, &goal.tenant, said, now)?;
                Ok(Spoken { is_answered: is_sure.swap(false, Ordering::Relaxed), ..spoken })
            });
            let turns = turns.collect::<Result<Vec<_>>>()?;
            dialogues.push(Replayed { tenant: goal.tenant.clone(), now, turns });
        }
    }
    Ok(dialogues)
}

fn spoken(talk: &mut Talk<'_>, tenant: &Tenant, said: &str, now: Timestamp) -> Result<Spoken> {
    let is_routed = route(tenant, said, None, now).certain;
    let replied = talk.say(said)?;
    let lead = talk.known().lead.clone();
    Ok(Spoken { said: said.to_owned(), reply: replied.text().to_owned(), lead, is_routed, is_answered: false })
}
