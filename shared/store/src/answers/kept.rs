//! Answers in the table: both kinds are looked for in one call, and kept in one.

use aws_sdk_dynamodb::types::Put;
use domain::Failure;
use domain::answer_cache::{AnswerCache, AnswerPlace, Kept, SHELF_KEPT_FOR, Shelf, ShelfPlace, ToKeep};
use domain::circuits::Later;
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::Store;
use crate::table::documents::{Versioned, read};
use crate::table::error::failure;
use crate::table::item::{Item, number, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};

const OF_CONTACT: &str = "model_answer";
const OF_TENANT: &str = "tenants_model_answer";
const SHELF: &str = "like_answers";
const EXPIRES_AT: &str = "expires_at";

impl AnswerCache for Store {
    fn look<'a>(
        &'a self,
        exact: Option<&'a AnswerPlace>,
        shelf: Option<&'a ShelfPlace>,
    ) -> Later<'a, Result<Kept, Failure>> {
        Box::pin(async move {
            let exact = exact.map(|place| (entity(place), keys::of(&place.tenant).model_answer(place)));
            let shelf = shelf.map(|place| keys::of(&place.tenant).like_answers(place));
            let wanted = exact.iter().map(|(_, key)| key.clone()).chain(shelf.clone()).collect();
            let items = self.batch_get(wanted).await?;
            let at = |key: &TableKey| items.iter().find(|item| TableKey::of(item) == *key);
            let exact = exact.and_then(|(entity, key)| Some(readable(entity, at(&key)?)?.value));
            let shelf = shelf.and_then(|key| readable::<Shelf>(SHELF, at(&key)?));
            let shelf = shelf.map(|Versioned { value, version }| Shelf { version, ..value }).unwrap_or_default();
            Ok(Kept { exact, shelf })
        })
    }

    fn keep<'a>(&'a self, kept: ToKeep<'a>, now: Timestamp) -> Later<'a, Result<(), Failure>> {
        Box::pin(async move {
            let exact = kept.exact.map(|(place, answer)| {
                let item = to_item(entity(place), &keys::of(&place.tenant).model_answer(place), answer);
                item.map(|item| expiring(item, answer.until))
            });
            let exact = exact.transpose()?;
            let Some((place, shelf)) = kept.shelf else {
                return match exact {
                    Some(item) => self.put_answer(item).await,
                    None => Ok(()),
                };
            };
            let item = to_item(SHELF, &keys::of(&place.tenant).like_answers(place), shelf)?;
            let mut writes = Writes::new(&self.table);
            writes.put_version(expiring(item, now + SHELF_KEPT_FOR), shelf.version)?;
            if let Some(item) = &exact {
                writes.put_builder(Put::builder().set_item(Some(item.clone())))?;
            }
            match (self.run(writes).await?, exact) {
                (Ran::Done, _) => Ok(()),
                // Someone else put an answer on the shelf: this one stays off it.
                (Ran::Refused(_) | Ran::Raced, Some(item)) => self.put_answer(item).await,
                (Ran::Refused(_) | Ran::Raced, None) => Ok(()),
            }
        })
    }
}

impl Store {
    async fn put_answer(&self, item: Item) -> Result<(), Failure> {
        let put = self.put_item(item).send().await;
        put.map(|_| ()).map_err(|error| failure(OF_CONTACT, &error))
    }
}

fn entity(place: &AnswerPlace) -> &'static str {
    if place.contact.is_some() { OF_CONTACT } else { OF_TENANT }
}

fn expiring(mut item: Item, until: Timestamp) -> Item {
    item.insert(EXPIRES_AT.to_owned(), number(until.as_second()));
    item
}

/// One that cannot be read is as good as none.
fn readable<T: DeserializeOwned>(entity: &str, item: &Item) -> Option<Versioned<T>> {
    let read = read(entity, item.clone());
    read.inspect_err(|failure: &Failure| tracing::error!(reason = %failure, "it is left out")).ok()
}
