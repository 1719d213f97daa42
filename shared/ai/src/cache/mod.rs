//! What was answered before is not asked again: the answer to the same request, and that to a like question.
//!
//! Looking is one call of the table before a model is asked, and keeping is one after. A table that does not answer in time costs
//! nothing but the saving. What comes from here is checked again as if a model had just written it.

pub(crate) mod alike;
mod digest;

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::answer_cache::{
    AnswerCache, AnswerPlace, Kept, ModelAnswer, SHELF_KEPT_FOR, ShelfEntry, ShelfPlace, ToKeep,
};
use domain::tenancy::usage::{Saved, Spent, Tokens};
use jiff::Timestamp;
use serde_json::Value;

use crate::client::left;
use crate::task::{Keeping, Rated, SURE, Scope, Task};
use alike::Alike;
pub(crate) use digest::Digest;

/// How long looking may take: a customer waits.
const LOOK_TIMEOUT: Duration = Duration::from_millis(300);
/// How long keeping may take.
const KEEP_TIMEOUT: Duration = Duration::from_millis(500);

/// Where the answer to a question is kept, and what was there.
#[derive(Debug)]
pub(crate) struct Looked {
    cache: Arc<dyn AnswerCache>,
    exact: Option<AnswerPlace>,
    shelf: Option<(ShelfPlace, Alike)>,
    kept: Kept,
}

/// An answer that was kept.
#[derive(Debug)]
pub(crate) struct Hit<T> {
    pub(crate) rated: Rated<T>,
    pub(crate) model: String,
    pub(crate) spent: Spent,
}

impl Looked {
    /// Looks for what was answered to `request`. `None`: nothing of the task is kept, or there is no time for it.
    pub(crate) async fn at<T: Task>(
        cache: &Arc<dyn AnswerCache>,
        task: &T,
        request: &Digest,
        alike: Option<Alike>,
        deadline: Instant,
    ) -> Option<Self> {
        let declared = T::DECLARED;
        let Scope { tenant, contact } = task.scope();
        let contact = match declared.keeping {
            Keeping::Never => None,
            Keeping::WithContact(_) => Some(Some(contact?)),
            Keeping::WithTenant(_) => Some(None),
        };
        let exact = contact.map(|contact| AnswerPlace {
            tenant: tenant.clone(),
            contact,
            digest: request.of(&[tenant.as_str(), declared.name]),
        });
        let shelf = alike.map(|alike| {
            let (language, digest) = (alike.question.language.clone(), request.of_shelf(&alike.versions));
            (ShelfPlace { tenant: tenant.clone(), task: declared.name, language, digest }, alike)
        });
        if exact.is_none() && shelf.is_none() {
            return None;
        }
        let looking = cache.look(exact.as_ref(), shelf.as_ref().map(|(place, _)| place));
        let kept = match tokio::time::timeout(LOOK_TIMEOUT.min(left(deadline)), looking).await {
            Ok(Ok(kept)) => kept,
            Ok(Err(failure)) => {
                tracing::warn!(reason = %failure, "kept answers could not be looked for");
                return None;
            }
            Err(_) => {
                tracing::warn!("looking for kept answers took too long");
                return None;
            }
        };
        Some(Self { cache: Arc::clone(cache), exact, shelf, kept })
    }

    /// The answer that was kept, if it still holds.
    pub(crate) async fn hit<T: Task>(&self, task: &T) -> Option<Hit<T::Output>> {
        let now = Timestamp::now();
        let exact = self.kept.exact.as_ref().filter(|answer| answer.until > now);
        if let Some((answer, rated)) = exact.and_then(|answer| Some((answer, accepted(task, answer)?))) {
            tracing::info!(task = T::DECLARED.name, "the same was answered before");
            return Some(hit::<T>(answer, rated));
        }
        let (place, alike) = self.shelf.as_ref()?;
        let entries = self.kept.shelf.entries.iter().enumerate();
        let mut like = entries.filter(|(_, entry)| entry.answer.until > now && alike.fits(entry));
        let (at, entry, rated) = like.find_map(|(at, entry)| {
            let rated = accepted(task, &entry.answer).filter(|rated| may_share(task, rated))?;
            Some((at, entry, rated))
        })?;
        tracing::info!(task = T::DECLARED.name, "a like question was answered before");
        if let Some(shelf) = self.kept.shelf.noting_use(at, now) {
            self.store(ToKeep { exact: None, shelf: Some((place, &shelf)) }, now).await;
        }
        Some(hit::<T>(&entry.answer, rated))
    }

    /// Keeps what a model answered: for the same request, and for like questions where they may share it.
    pub(crate) async fn keep<T: Task>(
        self,
        task: &T,
        rated: &Rated<T::Output>,
        input: &Value,
        model: &str,
        spent: &[Spent],
    ) {
        let now = Timestamp::now();
        let answer = |until| ModelAnswer {
            task: T::DECLARED.name.to_owned(),
            model: model.to_owned(),
            input: input.to_string(),
            tokens: spent.iter().find(|spent| spent.model == model).map(|spent| spent.tokens).unwrap_or_default(),
            until,
        };
        let exact = match T::DECLARED.keeping {
            Keeping::WithContact(time) | Keeping::WithTenant(time) => {
                self.exact.as_ref().map(|place| (place, answer(now + time)))
            }
            Keeping::Never => None,
        };
        let shelf = self.shelf.as_ref().filter(|_| may_share(task, rated)).map(|(place, alike)| {
            let entry: ShelfEntry = alike.entry(answer(now + SHELF_KEPT_FOR), now);
            (place, self.kept.shelf.clone().with(entry, now))
        });
        let to_keep = ToKeep {
            exact: exact.as_ref().map(|(place, answer)| (*place, answer)),
            shelf: shelf.as_ref().map(|(place, shelf)| (*place, shelf)),
        };
        if to_keep.exact.is_some() || to_keep.shelf.is_some() {
            self.store(to_keep, now).await;
        }
    }

    async fn store(&self, to_keep: ToKeep<'_>, now: Timestamp) {
        match tokio::time::timeout(KEEP_TIMEOUT, self.cache.keep(to_keep, now)).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::warn!(reason = %failure, "an answer was not kept"),
            Err(_) => tracing::warn!("keeping an answer took too long"),
        }
    }
}

/// Whether an answer may be given to like questions: one that is not sure is for who asked.
fn may_share<T: Task>(task: &T, rated: &Rated<T::Output>) -> bool {
    rated.confidence >= SURE && task.may_share(&rated.value)
}

/// What was kept, checked as if it had just been written.
fn accepted<T: Task>(task: &T, answer: &ModelAnswer) -> Option<Rated<T::Output>> {
    let form = serde_json::from_str(&answer.input).ok()?;
    task.accept(form).ok()
}

fn hit<T: Task>(answer: &ModelAnswer, rated: Rated<T::Output>) -> Hit<T::Output> {
    let saved = Saved { calls: 1, tokens: answer.tokens };
    let (feature, model) = (T::DECLARED.feature, answer.model.clone());
    let spent = Spent { feature, model: model.clone(), tokens: Tokens::default(), saved };
    Hit { rated, model, spent }
}
