//! Documents into the index, by `ai-embed-document` and the API's deletions: whatever is delivered twice, late, out of order or broken off,
//! the index is what one clean run makes of the documents that there are.

mod vectors;

use std::collections::BTreeMap;

use ai::Assistant;
use ai_embed_document::Embedder;
use aws_config::SdkConfig;
use aws_sdk_sqs::Client as Sqs;
use domain::Failure;
use domain::TenantId;
use domain::failure::Rejection;
use domain::ids::DocumentId;
use domain::knowledge::{
    DOCUMENT_FILE, Description, DocumentNotice, DocumentStatus, FailureCode, Faq, FaqPair, KnowledgeDocument,
    MAX_DOCUMENTS,
};
use files::{Files, INDEX_FILE, Prefix};
use futures::future::join_all;
use knowledge::{Index, Query};
use library::Library;
use runtime::queue::Queue;
use store::{DocumentFilter, MAX_REMOVED, Store, Versioned};

use crate::mortal::{Death, Life};
use crate::rights::scene::{Scene, id as slug};
use crate::stage::{noon, trace};

const ROOFS: &str = "A roof inspection costs 180 dollars.\n\nWe repair roofs on weekdays.";
const GUTTERS: &str = "Cleaning the gutters costs 95 dollars.";

struct Knowing {
    scene: Scene,
    embedder: Embedder,
}

fn described(name: &str) -> Description {
    Description { name: name.to_owned(), location: None, category: None }
}

fn pair(question: &str, answer: &str) -> FaqPair {
    FaqPair { question: question.to_owned(), answer: answer.to_owned() }
}

impl Knowing {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let embedder = embedder(&scene, &scene.stage.aws);
        Self { scene, embedder }
    }

    fn tenant(&self) -> &TenantId {
        &self.scene.stage.tenant.id
    }

    fn library(&self) -> &Library {
        &self.embedder.library
    }

    /// A document whose file has not come yet.
    async fn add_for(&self, tenant: &TenantId, name: &str) -> DocumentId {
        let id = DocumentId::derive(tenant, &[name]);
        let document = KnowledgeDocument::of_file(id, described(name), 9, noon(0)).unwrap();
        self.scene.stage.store.knowledge().add(tenant, &document, &trace()).await.unwrap();
        id
    }

    async fn add(&self, name: &str) -> DocumentId {
        self.add_for(self.tenant(), name).await
    }

    /// A file arrives; no one is told yet.
    async fn send_for(&self, tenant: &TenantId, id: DocumentId, content: &str) {
        self.scene.put(&Prefix::document(tenant, id).key(DOCUMENT_FILE), content).await;
    }

    async fn send(&self, id: DocumentId, content: &str) {
        self.send_for(self.tenant(), id, content).await;
    }

    fn notice(&self, id: DocumentId) -> DocumentNotice {
        DocumentNotice::Look { tenant: self.tenant().clone(), document: id }
    }

    async fn look(&self, id: DocumentId) {
        look(&self.embedder, &self.notice(id)).await;
    }

    async fn document(&self, id: DocumentId) -> Versioned<KnowledgeDocument> {
        self.scene.stage.store.knowledge().get(self.tenant(), id).await.unwrap()
    }

    /// The index as a function reads it that has just started.
    async fn index(&self) -> Index {
        let files = Files::new(&self.scene.stage.aws, self.scene.bucket.clone());
        let index = Library::new(self.scene.stage.cold(), files).index(self.tenant()).await.unwrap();
        index.map(|index| Index::clone(&index)).unwrap_or_default()
    }

    /// What stands in the index of each document, by its name.
    async fn says(&self) -> BTreeMap<String, String> {
        said(&self.index().await)
    }

    async fn objects(&self, prefix: &Prefix) -> usize {
        self.library().files().list(prefix, 1_000).await.unwrap().len()
    }

    async fn delete(&self, ids: &[DocumentId]) -> bool {
        let mut documents = Vec::new();
        for id in ids {
            documents.push(self.document(*id).await);
        }
        self.library().delete(self.tenant(), &documents, &trace()).await.unwrap()
    }
}

/// A function that has just started, as it sees AWS. What it asks for goes to the deployed one, which knows none of these documents.
fn embedder(scene: &Scene, aws: &SdkConfig) -> Embedder {
    let library = Library::new(Store::new(aws, scene.stage.table.clone()), Files::new(aws, scene.bucket.clone()));
    let queue = Queue::new(Sqs::new(aws), scene.stage.stack.outputs["KnowledgeQueueUrl"].clone());
    Embedder { library, queue, assistant: Assistant::builtin().into() }
}

fn said(index: &Index) -> BTreeMap<String, String> {
    let text = |segment: &knowledge::Segment| {
        let chunks: Vec<&str> = segment.chunks().iter().map(|chunk| chunk.text.as_str()).collect();
        (segment.source().name.clone(), chunks.join("|"))
    };
    index.segments().iter().map(text).collect()
}

/// As the queue does it: a message is delivered until it is worked off.
async fn look(embedder: &Embedder, notice: &DocumentNotice) {
    for _ in 0..20 {
        match embedder.handle(notice, noon(1)).await {
            Ok(()) => return,
            Err(Failure::Retryable(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    }
    panic!("it is never worked off");
}

#[tokio::test]
async fn a_file_that_arrived_is_found_and_the_same_content_is_not_read_again() {
    let knowing = Knowing::new().await;
    let id = knowing.add("roofs.txt").await;
    knowing.look(id).await;
    assert_eq!(knowing.document(id).await.value.status, DocumentStatus::WaitingForFile, "nothing came yet");
    knowing.send(id, ROOFS).await;
    knowing.look(id).await;
    let ready = knowing.document(id).await;
    assert_eq!((ready.value.status, ready.value.attempts), (DocumentStatus::Ready, 0));
    assert_eq!(ready.value.bytes, u64::try_from(ROOFS.len()).unwrap());
    let index = knowing.index().await;
    assert_eq!(ready.value.chunks, u32::try_from(index.chunks()).ok());
    let query = Query {
        text: "What does an inspection of the roof cost?",
        before: &[],
        language: "en",
        location: None,
        category: None,
        limit: 3,
        point: None,
    };
    let found = index.scored(&query);
    assert!(found[0].chunk.text.contains("180 dollars"), "{found:?}");
    // Delivered twice, and the same file sent again.
    knowing.look(id).await;
    knowing.send(id, ROOFS).await;
    knowing.look(id).await;
    assert_eq!(knowing.document(id).await, ready);
    knowing.send(id, GUTTERS).await;
    knowing.look(id).await;
    let says = knowing.says().await;
    assert!(says.len() == 1 && says["roofs.txt"].contains("95") && !says["roofs.txt"].contains("180"), "{says:?}");
}

#[tokio::test]
async fn what_cannot_be_read_fails_with_a_reason_and_leaves_nothing_of_the_earlier_version() {
    let knowing = Knowing::new().await;
    let (bad, good) = (knowing.add("prices.txt").await, knowing.add("roofs.txt").await);
    for id in [bad, good] {
        knowing.send(id, ROOFS).await;
        knowing.look(id).await;
    }
    knowing.send(bad, "").await;
    knowing.look(bad).await;
    let failed = knowing.document(bad).await;
    assert_eq!(failed.value.status, DocumentStatus::Failed);
    assert_eq!(failed.value.failure.as_ref().unwrap().code, FailureCode::Empty);
    assert_eq!(knowing.says().await.into_keys().collect::<Vec<_>>(), ["roofs.txt"]);
    knowing.look(bad).await;
    assert_eq!(knowing.document(bad).await, failed, "it is not tried for ever");
}

#[tokio::test]
async fn a_file_that_stops_the_function_is_given_up_and_the_record_says_so() {
    let knowing = Knowing::new().await;
    let id = knowing.add("poison.txt").await;
    knowing.send(id, ROOFS).await;
    knowing.look(id).await;
    let ready = knowing.document(id).await;
    // As if the function had been stopped while it read it, each time.
    let stopped = KnowledgeDocument { status: DocumentStatus::Reading, attempts: 3, ..ready.value };
    knowing.scene.stage.store.knowledge().note(knowing.tenant(), &stopped, ready.version).await.unwrap().unwrap();
    knowing.look(id).await;
    let given_up = knowing.document(id).await.value;
    assert_eq!(given_up.failure.unwrap().code, FailureCode::TookTooLong);
    assert_eq!(knowing.says().await, BTreeMap::new());
}

#[tokio::test]
async fn documents_that_are_read_at_the_same_time_are_all_in_the_index() {
    let knowing = Knowing::new().await;
    let mut ids = Vec::new();
    for n in 0..6 {
        let id = knowing.add(&format!("{n}.txt")).await;
        knowing.send(id, &format!("Service number {n} costs {n}0 dollars.")).await;
        ids.push(id);
    }
    // Each by a function of its own, and each message twice.
    let knowing = &knowing;
    let looks = ids.iter().chain(&ids).map(|id| async move {
        look(&embedder(&knowing.scene, &knowing.scene.stage.aws), &knowing.notice(*id)).await;
    });
    join_all(looks).await;
    let says = knowing.says().await;
    assert_eq!(says.len(), 6, "{says:?}");
    for n in 0..6 {
        assert!(says[&format!("{n}.txt")].contains(&format!("{n}0 dollars")), "{says:?}");
    }
    let head = knowing.scene.stage.store.knowledge().head(knowing.tenant()).await.unwrap();
    assert_eq!((head.value.documents, head.version), (6, 6), "each was put there once");
    let last = knowing.add("last.txt").await;
    knowing.send(last, ROOFS).await;
    knowing.look(last).await;
    let kept = knowing.objects(&Prefix::indexes(knowing.tenant())).await;
    assert_eq!(kept, 2, "the current index, and the one before it");
}

#[tokio::test]
async fn what_was_deleted_stays_deleted_whatever_comes_late() {
    let knowing = Knowing::new().await;
    let (gone, stays) = (knowing.add("gone.txt").await, knowing.add("stays.txt").await);
    for id in [gone, stays] {
        knowing.send(id, ROOFS).await;
        knowing.look(id).await;
    }
    // It was read, and deleted before that was stored.
    let read = knowing.document(gone).await;
    let segment = knowing.index().await.get(&gone.to_string()).unwrap().clone();
    assert!(knowing.delete(&[gone]).await);
    let late = knowing.library().settle(knowing.tenant(), &read.value, read.version, Some(&segment)).await.unwrap();
    assert_eq!(late, library::Settled::Moved);
    assert_eq!(knowing.says().await.into_keys().collect::<Vec<_>>(), ["stays.txt"]);
    // A file that was on its way comes afterwards, and its message.
    knowing.send(gone, GUTTERS).await;
    knowing.look(gone).await;
    assert_eq!(knowing.objects(&Prefix::document(knowing.tenant(), gone)).await, 0);
    assert_eq!(knowing.objects(&Prefix::document(knowing.tenant(), stays)).await, 1);
    assert_eq!(knowing.says().await.into_keys().collect::<Vec<_>>(), ["stays.txt"]);
    // The last one leaves no index at all.
    assert!(knowing.delete(&[stays]).await);
    assert_eq!(knowing.library().index(knowing.tenant()).await.unwrap().map(|index| index.chunks()), None);
}

#[tokio::test]
async fn messages_in_the_wrong_order_lead_to_what_there_is() {
    let knowing = Knowing::new().await;
    let id = knowing.add("roofs.txt").await;
    // Two versions came before anyone looked: both messages find the second.
    knowing.send(id, ROOFS).await;
    knowing.send(id, GUTTERS).await;
    knowing.look(id).await;
    let ready = knowing.document(id).await;
    knowing.look(id).await;
    assert_eq!(knowing.document(id).await, ready);
    // Whoever read the first one stores it late: it is refused.
    let late = KnowledgeDocument { hash: Some("first".to_owned()), ..ready.value.clone() };
    let segment = knowing.index().await.segments()[0].clone();
    let settled = knowing.library().settle(knowing.tenant(), &late, ready.version - 1, Some(&segment)).await.unwrap();
    assert_eq!(settled, library::Settled::Moved);
    assert!(knowing.says().await["roofs.txt"].contains("95 dollars"));
}

#[tokio::test]
async fn questions_are_replaced_and_described() {
    let knowing = Knowing::new().await;
    let (tenant, knowledge) = (knowing.tenant(), knowing.scene.stage.store.knowledge());
    let id = DocumentId::derive(tenant, &["faq"]);
    let faq = Faq::new(id, vec![pair("Do you work on Sundays?", "No.")]).unwrap();
    let document = KnowledgeDocument::of_faq(&faq, described("Questions"), noon(0)).unwrap();
    let added = knowledge.add_faq(tenant, &document, &faq, &trace()).await.unwrap();
    assert_eq!(knowledge.add_faq(tenant, &document, &faq, &trace()).await.unwrap(), added, "the same again");
    knowing.look(id).await;
    assert_eq!(knowing.says().await["Questions"], "Do you work on Sundays?\nNo.");
    let ready = knowing.document(id).await;
    let faq = Faq::new(id, vec![pair("Do you work on Sundays?", "Yes.")]).unwrap();
    let changed = ready.value.clone().answered(&faq, noon(2)).unwrap();
    knowledge.change_faq(tenant, &ready, &changed, &faq, &trace()).await.unwrap();
    let late = knowledge.change_faq(tenant, &ready, &changed, &faq, &trace()).await.unwrap_err();
    assert!(matches!(late, Failure::Rejected { kind: Rejection::PreconditionFailed, .. }));
    knowing.look(id).await;
    assert_eq!(knowing.says().await["Questions"], "Do you work on Sundays?\nYes.");
    let ready = knowing.document(id).await;
    let renamed = ready.value.clone().described(described("What people ask")).unwrap();
    knowledge.change(tenant, &ready, &renamed, &trace()).await.unwrap();
    knowing.look(id).await;
    assert_eq!(knowing.says().await.into_keys().collect::<Vec<_>>(), ["What people ask"]);
}

#[tokio::test]
async fn all_can_be_deleted_at_once_and_there_is_an_end_to_how_many_there_are() {
    let knowing = Knowing::new().await;
    let knowledge = knowing.scene.stage.store.knowledge();
    let mut ids = Vec::new();
    for n in 0..MAX_DOCUMENTS {
        ids.push(knowing.add(&format!("{n}.txt")).await);
    }
    let document = KnowledgeDocument::of_file(
        DocumentId::derive(knowing.tenant(), &["one more"]),
        described("one more"),
        9,
        noon(0),
    );
    let refused = knowledge.add(knowing.tenant(), &document.unwrap(), &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::Conflict, .. }));
    for id in ids.iter().take(2) {
        knowing.send(*id, ROOFS).await;
        knowing.look(*id).await;
    }
    assert_eq!(knowing.says().await.len(), 2);
    assert!(ids.len() > 2 * MAX_REMOVED);
    assert!(knowing.delete(&ids).await);
    assert!(knowledge.all(knowing.tenant()).await.unwrap().is_empty());
    assert_eq!(knowing.says().await, BTreeMap::new());
    let page = knowledge.list(knowing.tenant(), &DocumentFilter::default(), 10, None).await.unwrap();
    assert!(page.items.is_empty());
}

#[tokio::test]
async fn two_businesses_share_nothing() {
    let knowing = Knowing::new().await;
    let bolt = slug("bolt");
    let id = knowing.add("same.txt").await;
    knowing.send(id, ROOFS).await;
    knowing.look(id).await;
    let theirs = knowing.add_for(&bolt, "same.txt").await;
    knowing.send_for(&bolt, theirs, GUTTERS).await;
    look(&knowing.embedder, &DocumentNotice::Look { tenant: bolt.clone(), document: theirs }).await;
    // A message of one that names the other's document does nothing.
    look(&knowing.embedder, &DocumentNotice::Look { tenant: bolt.clone(), document: id }).await;
    knowing.look(theirs).await;
    let index = knowing.library().index(&bolt).await.unwrap().unwrap();
    assert!(said(&index)["same.txt"].contains("95 dollars") && index.segments().len() == 1);
    assert!(knowing.says().await["same.txt"].contains("180 dollars"));
    assert!(knowing.scene.stage.store.knowledge().find(&bolt, id).await.unwrap().is_none());
    assert_eq!(knowing.objects(&Prefix::document(knowing.tenant(), id)).await, 1);
}

#[tokio::test]
async fn an_index_of_another_version_is_made_again_from_the_documents() {
    let (knowing, waiting) = with_two().await;
    let before = knowing.says().await;
    let head = knowing.scene.stage.store.knowledge().head(knowing.tenant()).await.unwrap().value;
    let key = Prefix::index(knowing.tenant(), &head.name.unwrap()).key(INDEX_FILE);
    knowing.scene.put(&key, "made by another version").await;
    let fresh = embedder(&knowing.scene, &knowing.scene.stage.aws).library;
    assert!(matches!(fresh.index(knowing.tenant()).await, Err(Failure::Permanent(_))));
    // Whoever marked the documents died before the messages were sent, and before it started over.
    let asked = fresh.lost(knowing.tenant()).await.unwrap().unwrap().notices;
    assert_eq!(asked.len(), 3);
    let again = fresh.lost(knowing.tenant()).await.unwrap().unwrap();
    assert_eq!(again.notices, asked);
    fresh.start_over(knowing.tenant(), &again).await.unwrap();
    assert_eq!(knowing.document(waiting).await.value.status, DocumentStatus::WaitingForFile);
    assert!(fresh.index(knowing.tenant()).await.unwrap().is_none(), "nothing is found, and nothing fails");
    for notice in &asked {
        look(&embedder(&knowing.scene, &knowing.scene.stage.aws), notice).await;
    }
    assert_eq!(knowing.says().await, before);
    assert!(fresh.lost(knowing.tenant()).await.unwrap().is_none(), "it can be read");
    // One who comes late with what it found before leaves the new one alone.
    fresh.start_over(knowing.tenant(), &again).await.unwrap();
    assert_eq!(knowing.says().await, before);
}

/// Index (texts, words and vectors), documents and objects, without how often they were written.
async fn state(knowing: &Knowing) -> (Index, Vec<KnowledgeDocument>, Vec<String>) {
    let documents = knowing.scene.stage.store.knowledge().all(knowing.tenant()).await.unwrap();
    let files = knowing.library().files().list(&Prefix::tenant(knowing.tenant()), 1_000).await.unwrap();
    let is_file = |key: &String| !key.contains("/index/");
    let files = files.into_iter().map(|object| object.key).filter(is_file).collect();
    (knowing.index().await, documents.into_iter().map(|document| document.value).collect(), files)
}

/// Kills the function at each of its calls, both ways, has the message come again until it is worked off, and holds what there is then
/// against a clean run.
async fn survives(least_calls: usize, prepare: impl AsyncFn() -> (Knowing, DocumentId)) {
    let (clean, id) = prepare().await;
    clean.look(id).await;
    let expected = state(&clean).await;
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let (knowing, id) = prepare().await;
            let life = Life::of(calls, death);
            let mortal = embedder(&knowing.scene, &life.aws(&knowing.scene.stage));
            let outcome = mortal.handle(&knowing.notice(id), noon(1)).await;
            if !life.is_over() {
                outcome.unwrap();
                break;
            }
            // Tidying up may break off without a word; everything else is tried again.
            assert!(matches!(outcome, Ok(()) | Err(Failure::Retryable(_))), "{death:?} call {calls}: {outcome:?}");
            knowing.look(id).await;
            knowing.look(id).await;
            assert_eq!(state(&knowing).await, expected, "killed at call {calls}, {death:?}");
            calls += 1;
        }
        println!("killed at each of {calls} calls, {death:?}");
        assert!(calls >= least_calls, "only {calls} calls were tried");
    }
}

/// Two documents that are ready, and an id for a third.
async fn with_two() -> (Knowing, DocumentId) {
    let knowing = Knowing::new().await;
    for (name, content) in [("roofs.txt", ROOFS), ("gutters.txt", GUTTERS)] {
        let id = knowing.add(name).await;
        knowing.send(id, content).await;
        knowing.look(id).await;
    }
    let id = knowing.add("third.txt").await;
    (knowing, id)
}

#[tokio::test]
async fn killed_anywhere_between_file_and_swap_the_index_is_that_of_a_clean_run() {
    let arrived = async || {
        let (knowing, id) = with_two().await;
        knowing.send(id, "A new skylight costs 900 dollars.").await;
        (knowing, id)
    };
    survives(7, arrived).await;
}

#[tokio::test]
async fn killed_anywhere_in_a_replacement_the_index_is_that_of_a_clean_run() {
    let replaced = async || {
        let (knowing, _) = with_two().await;
        let id = DocumentId::derive(knowing.tenant(), &["roofs.txt"]);
        knowing.send(id, "A roof inspection costs 200 dollars.").await;
        (knowing, id)
    };
    survives(7, replaced).await;
}

#[tokio::test]
async fn killed_anywhere_in_a_deletion_it_is_there_whole_or_gone_whole() {
    let (clean, _) = with_two().await;
    let id = DocumentId::derive(clean.tenant(), &["roofs.txt"]);
    let before = state(&clean).await;
    assert!(clean.delete(&[id]).await);
    clean.look(id).await;
    let after = state(&clean).await;
    assert_ne!(before, after);
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let (knowing, _) = with_two().await;
            let life = Life::of(calls, death);
            let mortal = embedder(&knowing.scene, &life.aws(&knowing.scene.stage));
            let documents = [knowing.document(id).await];
            let outcome = mortal.library.delete(knowing.tenant(), &documents, &trace()).await;
            // Asked for before it was begun.
            knowing.look(id).await;
            let now = state(&knowing).await;
            assert!(now == before || now == after, "killed at call {calls}, {death:?}: {now:?}");
            if !life.is_over() {
                assert_eq!((outcome, now), (Ok(true), after.clone()));
                break;
            }
            calls += 1;
        }
        assert!(calls >= 4, "only {calls} calls were tried");
    }
}
