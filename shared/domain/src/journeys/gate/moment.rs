//! Whether a touch point still says something: not too late, not answered meanwhile, not just said.

use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;

use super::{Dossier, dropped};
use crate::journeys::{Ending, digest};
use crate::messaging::Verdict;

/// For how long the same words are not said again.
const REPEAT_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// What came too late says nothing worth saying ([`crate::conversations::Touch::expires_at`]).
pub(super) fn expired(dossier: &Dossier<'_>, now: Timestamp) -> Option<Verdict> {
    let touch = dossier.message.touch.as_ref().filter(|touch| now > touch.expires_at)?;
    let waited = dossier.waiting().and_then(|waiting| waiting.why.as_deref());
    let why = match waited {
        Some(why) => {
            format!("It waited until it was too late for a {}: {why}", touch.kind.as_str().replace('_', " ")).into()
        }
        None => Cow::Borrowed("It is too late for it to say anything"),
    };
    Some(Verdict::Dropped { why })
}

/// A sequence stops the moment a person answers, whatever has been queued (seed 000, 7.1). What they have agreed on
/// with the business goes out all the same.
pub(super) fn overtaken(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    dossier.unasked_touch()?;
    (dossier.standing.last_heard()? > dossier.message.reference.at)
        .then(|| dropped("They have written since it was made: the conversation goes on there"))
}

/// A passage that is over says nothing more, whatever it had queued: its appointment was cancelled, its quote taken, its
/// invoice paid (our rule). One that came to its own end still says its last words.
pub(super) fn over(dossier: &Dossier<'_>, _: Timestamp) -> Option<Verdict> {
    let step = dossier.message.touch.as_ref()?.step.as_ref()?;
    let run = dossier.journey?.runs.iter().find(|run| run.id == step.run)?;
    let ended = run.ended.as_ref().filter(|ended| ended.how != Ending::Finished)?;
    Some(Verdict::Dropped { why: format!("What it belongs to is over: {}", ended.why).into() })
}

/// Nobody reads the same words from the business twice within [`REPEAT_WINDOW`], whatever made them twice (our rule).
pub(super) fn repeated(dossier: &Dossier<'_>, now: Timestamp) -> Option<Verdict> {
    let (journey, _) = dossier.journey.zip(dossier.message.touch.as_ref())?;
    let mut recent = journey.sent_besides(dossier.message).filter(|sent| now.duration_since(sent.at) < REPEAT_WINDOW);
    let first = recent.next()?;
    let this = digest(&dossier.message.text);
    (first.digest == this || recent.any(|sent| sent.digest == this))
        .then(|| dropped("They got the same words from you within the last 24 hours"))
}
