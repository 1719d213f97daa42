//! Where answers of models are kept.

use domain::answer_cache::{AnswerPlace, ShelfPlace};

use crate::table::keys::{TableKey, TenantSpace};

impl TenantSpace<'_> {
    /// The answer to a request: in the contact's partition where it is the contact's.
    pub(crate) fn model_answer(self, place: &AnswerPlace) -> TableKey {
        let digest = &place.digest;
        match place.contact {
            Some(contact) => TableKey { pk: self.person(contact), sk: format!("MODEL_ANSWER#{digest}") },
            None => self.key(format_args!("MODEL_ANSWER#{digest}"), "ANSWER"),
        }
    }

    /// The answers to like questions of a task in a language, under some versions of what a model is told.
    pub(crate) fn like_answers(self, place: &ShelfPlace) -> TableKey {
        self.key(format_args!("LIKE_ANSWERS#{}#{}", place.task, place.language), place.digest.as_str())
    }
}
