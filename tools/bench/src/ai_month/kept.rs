//! Kept answers in memory, by the months' own clock: what `store` does with the table.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::Failure;
use domain::answer_cache::{AnswerCache, AnswerPlace, Kept, ModelAnswer, Shelf, ShelfPlace, ToKeep};
use domain::circuits::Later;
use jiff::Timestamp;

/// What is kept, by place.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Places>);

#[derive(Debug, Default)]
struct Places {
    answers: HashMap<String, ModelAnswer>,
    shelves: HashMap<String, Shelf>,
}

impl Memory {
    fn places(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many answers lie on shelves.
    pub(super) fn shared(&self) -> usize {
        self.places().shelves.values().map(|shelf| shelf.entries.len()).sum()
    }
}

impl AnswerCache for Memory {
    fn look<'a>(
        &'a self,
        exact: Option<&'a AnswerPlace>,
        shelf: Option<&'a ShelfPlace>,
    ) -> Later<'a, Result<Kept, Failure>> {
        Box::pin(async move {
            let places = self.places();
            let exact = exact.and_then(|place| places.answers.get(&format!("{place:?}")).cloned());
            let shelf = shelf.and_then(|place| places.shelves.get(&format!("{place:?}")).cloned());
            Ok(Kept { exact, shelf: shelf.unwrap_or_default() })
        })
    }

    fn keep<'a>(&'a self, kept: ToKeep<'a>, _: Timestamp) -> Later<'a, Result<(), Failure>> {
        Box::pin(async move {
            let mut places = self.places();
            if let Some((place, answer)) = kept.exact {
                places.answers.insert(format!("{place:?}"), answer.clone());
            }
            if let Some((place, shelf)) = kept.shelf {
                places.shelves.insert(format!("{place:?}"), shelf.clone());
            }
            Ok(())
        })
    }
}
