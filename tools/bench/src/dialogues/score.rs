//! How a conversation went, judged by what is stored and by what was asked.

use std::collections::BTreeMap;

use domain::scheduling::BookingState;
use domain::tenancy::Tenant;
use talk::{Known, dialogue};

use super::corpus::Goal;
use super::visitor::Exchange;

/// What is counted of one conversation. `None`: it does not apply.
#[derive(Debug)]
pub(super) struct Score {
    pub(super) day: bool,
    pub(super) hour: bool,
    pub(super) service: Option<bool>,
    pub(super) name: Option<bool>,
    /// Name or contact was asked for before someone was promised to confirm.
    pub(super) who_first: Option<bool>,
    pub(super) repeats: usize,
    pub(super) asked_again: usize,
    pub(super) fallbacks: usize,
    pub(super) lists: usize,
    pub(super) silent: usize,
    /// After how many turns an appointment was booked.
    pub(super) booked_after: Option<u32>,
    pub(super) stored: String,
}

/// The questions of a reply.
pub(super) fn questions(reply: &str) -> Vec<String> {
    let sentences = reply.split_inclusive(['.', '!', '?']).map(str::trim);
    sentences.filter(|sentence| sentence.ends_with('?')).map(ToOwned::to_owned).collect()
}

fn holds(text: &str, phrases: &[&str]) -> bool {
    let words = text.to_lowercase().replace(|letter: char| !letter.is_alphanumeric() && letter != '-', " ");
    let padded = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    phrases.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
}

/// Whether a reply asks for a name or a way to reach them.
pub(super) fn asks_who(reply: &str) -> bool {
    const WHO: [&str; 8] = ["name", "phone", "number", "email", "e-mail", "reach you", "contact you", "call you back"];
    questions(reply).iter().any(|question| holds(question, &WHO))
}

/// Whether a reply asks when they would like to come.
pub(super) fn asks_when(reply: &str) -> bool {
    const WHEN: [&str; 8] =
        ["when", "which day", "which date", "which time", "what day", "what date", "what time", "day and time"];
    questions(reply).iter().any(|question| holds(question, &WHEN))
}

fn promises(reply: &str) -> bool {
    const PROMISED: [&str; 8] =
        ["check", "confirm", "get back", "be in touch", "call you", "contact you", "reach out", "come back to you"];
    const PLAIN: [&str; 4] = ["confirm it", "noted the time", "see you on", "see you then"];
    let promised = PROMISED.iter().flat_map(|what| [format!("will {what}"), format!("to {what}")]);
    promised.into_iter().any(|phrase| holds(reply, &[phrase.as_str()])) || holds(reply, &PLAIN)
}

/// Whether a reply lists services or prices.
pub(super) fn lists(reply: &str) -> bool {
    holds(reply, &["we offer", "some of our prices"])
}

/// Whether a reply is the fallback.
pub(super) fn is_fallback(reply: &str) -> bool {
    const LOST: [&str; 6] = [
        "did not understand",
        "did not quite understand",
        "didn t understand",
        "didn t catch",
        "not sure i understand",
        "rephrase",
    ];
    holds(reply, &LOST)
}

/// Judges what `log` led to.
pub(super) fn judge(goal: &Goal, tenant: &Tenant, log: &[Exchange], known: &Known, cooperative: bool) -> Score {
    let visit = known.lead.as_ref().and_then(|lead| lead.requested_visit);
    let from = visit.and_then(|visit| visit.from).map(|from| from.to_zoned(tenant.time_zone()).time());
    let exact = visit.is_some_and(|visit| visit.until.is_none());
    let said = |words: &str| log.iter().any(|exchange| squeezed(&exchange.said).contains(&squeezed(words)));
    let told_service = (cooperative || goal.says_service) && said(&goal.service.0);
    let services = known.lead.as_ref().map(dialogue::services).unwrap_or_default();
    let wanted = goal.service.1.to_lowercase();
    let knows_service = services.iter().any(|service| service.to_lowercase().contains(&wanted));
    let knows_name = known.lead.as_ref().and_then(|lead| lead.name.as_ref()) == Some(&goal.name);
    let replies = || log.iter().map(|exchange| exchange.reply.as_str());
    Score {
        day: visit.is_some_and(|visit| goal.days.contains(&visit.date)),
        hour: exact && from == Some(goal.hour),
        service: told_service.then_some(knows_service),
        name: (cooperative || goal.says_name).then_some(knows_name),
        who_first: replies().position(promises).map(|at| replies().take(at + 1).any(asks_who)),
        repeats: repeats(log),
        asked_again: asked_again(goal, log),
        fallbacks: replies().filter(|reply| is_fallback(reply)).count(),
        lists: replies().filter(|reply| lists(reply)).count(),
        silent: replies().filter(|reply| reply.is_empty()).count(),
        booked_after: booked_after(log, known),
        stored: visit.map(|visit| visit.shown(&tenant.time_zone())).unwrap_or_default(),
    }
}

/// After how many turns an appointment was booked that still is.
fn booked_after(log: &[Exchange], known: &Known) -> Option<u32> {
    let is_booked = known.bookings.values().any(|booking| booking.state == BookingState::Booked);
    let at = log.iter().position(|exchange| is_confirmation(&exchange.reply)).filter(|_| is_booked)?;
    u32::try_from(at + 1).ok()
}

/// Whether a reply says that an appointment is booked.
pub(super) fn is_confirmation(reply: &str) -> bool {
    reply.contains("You are booked")
}

/// How often a question was asked that a reply before had asked in the same words.
fn repeats(log: &[Exchange]) -> usize {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for exchange in log {
        let asked: std::collections::BTreeSet<String> =
            questions(&exchange.reply).iter().map(|question| squeezed(question)).collect();
        for question in asked {
            *counts.entry(question).or_default() += 1;
        }
    }
    counts.values().map(|count| count - 1).sum()
}

/// How often it was asked when, after day and hour were both said.
fn asked_again(goal: &Goal, log: &[Exchange]) -> usize {
    let (mut day, mut hour, mut count) = (false, false, 0);
    for exchange in log {
        let said = squeezed(&exchange.said);
        day |= said.contains(&squeezed(&goal.day_words));
        hour |= said.contains(&squeezed(&goal.hour_words));
        count += usize::from(day && hour && asks_when(&exchange.reply));
    }
    count
}

/// Letters and digits alone: "7 PM" is "7pm".
fn squeezed(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}
