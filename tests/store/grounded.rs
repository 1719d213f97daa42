//! A talk that is answered from a business's documents: read only where a message may ask something, quoted with the source, and
//! told to staff once where two of them do not agree.

use ai::Assistant;
use ai_converse::Converse;
use ai_embed_document::Embedder;
use aws_sdk_sqs::Client as Sqs;
use domain::conversations::Citation;
use domain::ids::DocumentId;
use domain::knowledge::{DOCUMENT_FILE, Description, DocumentNotice, KnowledgeDocument};
use domain::messaging::{Content, Inbound};
use files::{Files, Prefix};
use library::Library;
use runtime::queue::Queue;
use store::Store;

use crate::counting::counted;
use crate::rights::scene::Scene;
use crate::stage::{Item, message, noon, phone, text_of, trace};

fn said(id: &str, from: u32, text: &str) -> Inbound {
    Inbound { content: Content::Text { text: text.to_owned() }, ..message(id, &phone(from), 0) }
}

fn library(scene: &Scene, store: Store) -> Library {
    Library::new(store, Files::new(&scene.stage.aws, scene.bucket.clone()))
}

fn converse(scene: &Scene, store: Store) -> Converse {
    let library = Some(library(scene, store.clone()));
    Converse { store, assistant: Assistant::builtin(), library }
}

/// A document of the tenant's that was read.
async fn read(scene: &Scene, name: &str, text: &str) -> DocumentId {
    let (tenant, store) = (&scene.stage.tenant.id, &scene.stage.store);
    let id = DocumentId::derive(tenant, &[name]);
    let described = Description { name: name.to_owned(), location: None, category: None };
    let document = KnowledgeDocument::of_file(id, described, 9, noon(0)).unwrap();
    store.knowledge().add(tenant, &document, &trace()).await.unwrap();
    scene.put(&Prefix::document(tenant, id).key(DOCUMENT_FILE), text).await;
    let queue = Queue::new(Sqs::new(&scene.stage.aws), scene.stage.stack.outputs["KnowledgeQueueUrl"].clone());
    let embedder =
        Embedder { library: library(scene, scene.stage.cold()), queue, assistant: Assistant::builtin().into() };
    embedder.handle(&DocumentNotice::Look { tenant: tenant.clone(), document: id }, noon(1)).await.unwrap();
    id
}

/// What the assistant answered to each, oldest first, with what it goes back to.
async fn replies(scene: &Scene) -> Vec<(String, Vec<Citation>)> {
    let mut stored = scene.stage.entities("message").await;
    stored.retain(|item| text_of(item, "role") == "assistant");
    stored.sort_by_key(|item| text_of(item, "sk").to_owned());
    let cited = |item: &Item| {
        let citations = item.get("citations").and_then(|list| list.as_l().ok()).cloned().unwrap_or_default();
        let text = |place: &Item, name: &str| text_of(place, name).to_owned();
        let places = citations.iter().filter_map(|place| place.as_m().ok());
        places
            .map(|place| Citation { document: text(place, "document"), name: text(place, "name"), page: None })
            .collect()
    };
    stored.iter().map(|item| (text_of(item, "text").to_owned(), cited(item))).collect()
}

#[tokio::test]
async fn a_business_without_documents_costs_one_read_in_half_a_minute_and_a_courtesy_none() {
    let scene = Scene::new().await;
    let (store, calls) = counted(&scene.stage);
    let converse = converse(&scene, store);
    converse.answer(&said("m1", 1, "Hello")).await.unwrap();
    calls.take();
    converse.answer(&said("m2", 1, "Thank you")).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem", "Query", "TransactWriteItems"], "it asks nothing");
    converse.answer(&said("m3", 1, "Do you fit skylights?")).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem", "Query", "GetItem", "TransactWriteItems"], "whether there are documents");
    converse.answer(&said("m4", 1, "Do you fit chimneys?")).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem", "Query", "TransactWriteItems"], "there are none");
}

#[tokio::test]
async fn a_question_is_answered_from_a_document_and_staff_hear_once_where_two_do_not_agree() {
    let scene = Scene::new().await;
    let prices = read(&scene, "Prices.txt", "A skylight costs 900 dollars.\n\nA chimney cap costs 80 dollars.").await;
    read(&scene, "Flyer.txt", "A chimney cap costs 95 dollars.").await;
    let converse = converse(&scene, scene.stage.cold());
    converse.answer(&said("m1", 1, "How much is a skylight?")).await.unwrap();
    let (reply, citations) = replies(&scene).await.pop().unwrap();
    assert!(reply.contains("900 dollars") && reply.contains("From our price list"), "{reply}");
    assert_eq!(citations, [Citation { document: prices.to_string(), name: "Prices.txt".into(), page: None }]);
    for (id, from) in [("m2", 2), ("m3", 3), ("m3", 3)] {
        converse.answer(&said(id, from, "How much is a chimney cap?")).await.unwrap();
    }
    let replies = replies(&scene).await;
    assert!(replies.iter().skip(1).all(|(reply, cited)| cited.is_empty() && !reply.contains("80")), "{replies:?}");
    let tasks = scene.stage.entities("task").await;
    let of_documents = tasks.iter().filter(|task| text_of(task, "title").contains("documents"));
    let notes: Vec<&str> = of_documents.map(|task| text_of(task, "note")).collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("Prices.txt") && notes[0].contains("Flyer.txt"), "{notes:?}");
    assert_eq!(tasks.len(), 3, "and the question of each of the two");
}
