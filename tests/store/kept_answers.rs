//! Answers of models in the table: kept for the same request, and on shelves for like questions, of one tenant and one contact.

use domain::ContactId;
use domain::answer_cache::{
    AnswerCache, AnswerPlace, ModelAnswer, SHELF_KEPT_FOR, Shelf, ShelfEntry, ShelfPlace, ToKeep,
};
use domain::rights::DataWork;
use domain::tenancy::usage::{Saved, Spent, Tokens};
use jiff::SignedDuration;

use crate::rights::scene::{Scene, contact_of};
use crate::stage::{Stage, noon, spent, tenant};

fn place(stage: &Stage, contact: Option<ContactId>, digest: &str) -> AnswerPlace {
    AnswerPlace { tenant: stage.tenant.id.clone(), contact, digest: digest.to_owned() }
}

fn shelf_place(slug: &str, digest: &str) -> ShelfPlace {
    let tenant = tenant(slug).id;
    ShelfPlace { tenant, task: "respond", language: "en".to_owned(), digest: digest.to_owned() }
}

fn answer(input: &str) -> ModelAnswer {
    ModelAnswer {
        task: "respond".to_owned(),
        model: "claude-sonnet-5-5".to_owned(),
        input: input.to_owned(),
        tokens: Tokens { uncached: 200, output: 120, ..Tokens::default() },
        until: noon(0) + SignedDuration::from_hours(1),
    }
}

fn entry(word: u64) -> ShelfEntry {
    let answer = ModelAnswer { until: noon(0) + SHELF_KEPT_FOR, ..answer("{}") };
    let (words, used_at) = (vec![u64::MAX - word], noon(0));
    ShelfEntry { words, literals: vec![], is_ordered: false, point: None, day: None, answer, used_at }
}

#[tokio::test]
async fn an_answer_is_found_by_whose_it_is_and_goes_by_itself() {
    let stage = Stage::new().await;
    let ana = ContactId::derive(&stage.tenant.id, &["ana"]);
    let kept = answer(r#"{"reply":"Yes."}"#);
    for contact in [Some(ana), None] {
        let at = place(&stage, contact, "5f");
        let to_keep = ToKeep { exact: Some((&at, &kept)), shelf: None };
        stage.store.keep(to_keep, noon(0)).await.unwrap();
        let found = stage.cold().look(Some(&at), None).await.unwrap();
        assert_eq!((found.exact.as_ref(), found.shelf), (Some(&kept), Shelf::default()));
    }
    let bo = ContactId::derive(&stage.tenant.id, &["bo"]);
    for other in [place(&stage, Some(bo), "5f"), place(&stage, Some(ana), "60"), place(&stage, None, "60")] {
        assert_eq!(stage.store.look(Some(&other), None).await.unwrap().exact, None);
    }
    for (entity, count) in [("model_answer", 1), ("tenants_model_answer", 1)] {
        let items = stage.entities(entity).await;
        assert_eq!(items.len(), count);
        let until = kept.until.as_second().to_string();
        assert!(items.iter().all(|item| *item["expires_at"].as_n().unwrap() == until), "{entity}");
    }
}

#[tokio::test]
async fn of_eight_who_put_an_answer_on_a_shelf_at_once_one_does_and_all_keep_their_own() {
    let stage = Stage::new().await;
    let at = shelf_place("acme", "5f");
    let mut running = tokio::task::JoinSet::new();
    for number in 0..8_u64 {
        let (store, at, own) = (stage.cold(), at.clone(), place(&stage, None, &number.to_string()));
        running.spawn(async move {
            let read = store.look(None, Some(&at)).await.unwrap().shelf;
            let (shelf, own_answer) = (read.with(entry(number), noon(0)), answer("{}"));
            let to_keep = ToKeep { exact: Some((&own, &own_answer)), shelf: Some((&at, &shelf)) };
            store.keep(to_keep, noon(0)).await.unwrap();
        });
    }
    running.join_all().await;
    assert_eq!(stage.entities("tenants_model_answer").await.len(), 8);
    let read = stage.store.look(None, Some(&at)).await.unwrap().shelf;
    assert!((1..=8).contains(&read.entries.len()) && read.version >= 1, "{read:?}");
    let stale = Shelf { version: read.version - 1, ..read.clone() }.with(entry(99), noon(0));
    stage.store.keep(ToKeep { exact: None, shelf: Some((&at, &stale)) }, noon(0)).await.unwrap();
    assert_eq!(stage.store.look(None, Some(&at)).await.unwrap().shelf, read, "it was read too long ago");
    for other in [shelf_place("bolt", "5f"), shelf_place("acme", "60")] {
        assert_eq!(stage.store.look(None, Some(&other)).await.unwrap().shelf, Shelf::default());
    }
}

#[tokio::test]
async fn a_full_shelf_fits_into_an_item() {
    let stage = Stage::new().await;
    let at = shelf_place("acme", "5f");
    let mut shelf = Shelf::default();
    for number in 0..60 {
        let mut entry = entry(number);
        entry.answer.input = "ü".repeat(1_900);
        entry.words = (0..40).map(|word| u64::MAX - 100 * number - word).collect();
        shelf = shelf.with(entry, noon(0));
    }
    assert!(shelf.entries.len() >= 30, "{}", shelf.entries.len());
    stage.store.keep(ToKeep { exact: None, shelf: Some((&at, &shelf)) }, noon(0)).await.unwrap();
    assert_eq!(stage.store.look(None, Some(&at)).await.unwrap().shelf.entries, shelf.entries);
}

#[tokio::test]
async fn what_is_kept_of_a_contact_goes_with_the_contact() {
    let scene = Scene::new().await;
    scene.furnish("acme").await;
    let ana = contact_of(&scene.customer("acme", "ana", 1).await);
    let at = AnswerPlace { tenant: tenant("acme").id, contact: Some(ana), digest: "5f".to_owned() };
    let kept = answer(r#"{"reply":"Yes, Ana."}"#);
    scene.stage.store.keep(ToKeep { exact: Some((&at, &kept)), shelf: None }, noon(0)).await.unwrap();
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    scene.finish(step).await;
    assert_eq!(scene.stage.store.look(Some(&at), None).await.unwrap().exact, None);
}

#[tokio::test]
async fn what_kept_answers_saved_is_counted_beside_what_was_paid() {
    let stage = Stage::new().await;
    let paid = spent("claude-sonnet-5-5");
    let saved = Spent { tokens: Tokens::default(), saved: Saved { calls: 1, tokens: paid.tokens }, ..paid.clone() };
    for (number, spent) in [paid.clone(), saved.clone(), saved].into_iter().enumerate() {
        stage.store.usage().count(&stage.tenant.id, (&[spent], &[]), &number.to_string(), noon(0)).await.unwrap();
    }
    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let [line] = usage.days.as_slice() else { panic!("{usage:?}") };
    // 11 at $2 and 7 at $10 for a million.
    assert_eq!((line.calls, line.cost_microdollars), (1, Some(92)));
    assert_eq!((line.saved_calls, line.saved_microdollars), (2, 184));
    assert_eq!((usage.total_saved_calls, usage.total_saved_microdollars), (2, 184));
}
