//! The dialogues as the built-in assistant holds them, turn by turn, for other measurements.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use domain::conversations::builtin::{Turn, decided};
use domain::conversations::route;
use domain::leads::Lead;
use domain::tenancy::{BusinessContext, Tenant};
use jiff::Timestamp;
use talk::{Talk, Way};

use super::{calendar, corpus};

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
    /// No model is asked about it, because the calendar decided.
    pub(crate) is_decided: bool,
    /// No model is asked about it, because the calendar decided or the built-in responder is sure.
    pub(crate) is_answered: bool,
}

/// Holds the dialogues of `files`, each from its first turn on, with a business whose services a calendar books.
pub(crate) fn replayed(files: &[PathBuf]) -> Result<Vec<Replayed>> {
    let mut dialogues = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let (goals, _) = corpus::read(&text).with_context(|| file.display().to_string())?;
        for goal in goals {
            let now = goal.now.to_zoned(goal.tenant.time_zone())?.timestamp();
            let tenant = calendar::bookable(&goal.tenant)?;
            let taken = if goal.wants_what_is_taken() { calendar::taken(&goal, now)? } else { Vec::new() };
            let (by_calendar, is_sure) = (AtomicBool::new(false), AtomicBool::new(false));
            let watch = |turn: &Turn<'_>, now| {
                by_calendar.store(decided(turn, now).is_some(), Ordering::Relaxed);
                is_sure.store(ai::sure(turn, now).is_some(), Ordering::Relaxed);
            };
            let talk = Talk::new(&tenant, BusinessContext::NONE, Way::Chat, now)?;
            let mut talk = talk.with_calendar(calendar::resources()?, taken).watched_by(&watch);
            let turns = goal.turns.iter().map(|said| {
                let spoken = spoken(&mut talk, &tenant, said, now)?;
                let is_decided = by_calendar.swap(false, Ordering::Relaxed);
                let is_answered = is_sure.swap(false, Ordering::Relaxed) || is_decided;
                Ok(Spoken { is_decided, is_answered, ..spoken })
            });
            let turns = turns.collect::<Result<Vec<_>>>()?;
            drop(talk);
            dialogues.push(Replayed { tenant, now, turns });
        }
    }
    Ok(dialogues)
}

fn spoken(talk: &mut Talk<'_>, tenant: &Tenant, said: &str, now: Timestamp) -> Result<Spoken> {
    let is_routed = route(tenant, said, None, now).certain;
    let replied = talk.say(said)?;
    let lead = talk.known().lead.clone();
    Ok(Spoken {
        said: said.to_owned(),
        reply: replied.text().to_owned(),
        lead,
        is_routed,
        is_decided: false,
        is_answered: false,
    })
}
