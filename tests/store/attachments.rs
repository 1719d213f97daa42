//! Files that staff send along with replies: kept with the contact, and found by the customer of a chat.

use domain::conversations::{FilePlace, Message, Role};
use domain::failure::Rejection;
use domain::turns::replying::Words;
use domain::{ContactId, ConversationId, Failure, TenantId};
use files::{Files, Prefix};
use jiff::{Timestamp, ToSpan as _};
use store::{SentFile, StaffReply, chat_file_address};

use crate::rights::scene::Scene;
use crate::stage::{Stage, chat, message, noon, plain, trace};

/// A reply with a file to someone who wrote in the chat.
async fn replied(stage: &Stage) -> (Message, ContactId, ConversationId) {
    let outcome = stage.say(&message("m1", &chat("secret-session-1"), 0), plain()).await;
    let (contact, thread) = (outcome.lead.contact, outcome.thread.id);
    let file = SentFile { contact, name: "plan.pdf".to_owned(), content_type: "application/pdf", bytes: 7 };
    let conversations = stage.store.conversations();
    let write = async || {
        let said = StaffReply { file: Some(&file), ..Words::Own("Here it is.").into() };
        conversations.reply(&stage.tenant, thread, said, "cause", &trace()).await.unwrap()
    };
    let reply = write().await;
    assert_eq!(write().await, reply, "twice is once");
    assert_eq!(conversations.reply_id(&stage.tenant.id, thread, "cause"), reply.reference.message);
    (reply, contact, thread)
}

/// What an address says after its path: until when it is good, and its token.
fn parts(address: &str) -> (i64, String) {
    let (_, query) = address.split_once("?until=").unwrap();
    let (until, token) = query.split_once("&token=").unwrap();
    (until.parse().unwrap(), token.to_owned())
}

#[tokio::test]
async fn a_file_of_a_chat_is_found_by_its_address_alone_once_the_gate_let_it_out() {
    let stage = Stage::new().await;
    let (reply, contact, thread) = replied(&stage).await;
    let files = reply.files.clone().unwrap();
    assert_eq!((files.contact, files.files[0].name.as_deref()), (contact, Some("plan.pdf")));
    let replay = stage.store.conversations().replay(&stage.tenant.id, thread).await.unwrap();
    let stored = replay.messages.iter().find(|message| message.role == Role::Staff).unwrap();
    assert_eq!(stored.files.as_ref(), Some(&files));
    let (place, now) = (FilePlace { message: reply.reference, number: 0 }, noon(60));
    let found = async |tenant: &TenantId, place: &FilePlace, until: i64, token: &str, at: Timestamp| {
        let opened = stage.store.conversations().chat_file(tenant, place, (until, token), at).await.unwrap();
        opened.map(|files| files.contact)
    };
    let tenant = &stage.tenant.id;
    let (until, token) = parts(&chat_file_address(tenant, "secret-session-1", &files.files[0].id, now));
    assert_eq!(found(tenant, &place, until, &token, now).await, None, "it waits at the gate");
    crate::deliveries::claimed(&stage, &reply, noon(61)).await;
    assert_eq!(found(tenant, &place, until, &token, now).await, Some(contact));
    assert_eq!(found(tenant, &place, until, &token, now + 61.minutes()).await, None, "the hour is over");
    assert_eq!(found(tenant, &place, until + 60, &token, now).await, None, "no hour but its own");
    let (_, other) = parts(&chat_file_address(tenant, "secret-session-2", &files.files[0].id, now));
    assert_eq!(found(tenant, &place, until, &other, now).await, None, "another session's");
    assert_eq!(found(&TenantId::new("bolt").unwrap(), &place, until, &token, now).await, None);
    let elsewhere = FilePlace { number: 1, ..place };
    assert_eq!(found(tenant, &elsewhere, until, &token, now).await, None);
}

#[tokio::test]
async fn what_is_sent_to_the_address_later_is_not_in_what_was_kept() {
    let scene = Scene::new().await;
    let files = Files::new(&scene.stage.aws, scene.bucket.clone());
    let tenant = &scene.stage.tenant.id;
    let contact = ContactId::derive(tenant, &["ana"]);
    let message = domain::MessageId::derive(tenant, &["m"]);
    let (from, to) = (Prefix::uploads(tenant, contact).key("u"), Prefix::received(tenant, contact, message).key("0"));
    scene.put(&from, "%PDF-1.7 one").await;
    for _ in 0..2 {
        files.copy_kept(&from, &to, "application/pdf").await.unwrap();
    }
    scene.put(&from, "%PDF-1.7 another").await;
    let kept = files.read_piece(&to, 0, 100).await.unwrap().unwrap();
    assert_eq!(&kept[..], b"%PDF-1.7 one");
    // It goes with its contact.
    assert!(
        Prefix::contact(tenant, contact).name_of(&to).is_some()
            && Prefix::contact(tenant, contact).name_of(&from).is_some()
    );
}

#[tokio::test]
async fn what_was_read_once_is_read_on_of_the_same_file_alone() {
    let scene = Scene::new().await;
    let files = Files::new(&scene.stage.aws, scene.bucket.clone());
    let key = Prefix::uploads(&scene.stage.tenant.id, ContactId::derive(&scene.stage.tenant.id, &["ana"])).key("u");
    scene.put(&key, "name one").await;
    let (_, version) = files.read_version(&key, None, 0, 4).await.unwrap().unwrap();
    let version = version.expect("a bucket names versions");
    let (rest, _) = files.read_version(&key, Some(&version), 4, 100).await.unwrap().unwrap();
    assert_eq!(&rest[..], b" one");
    scene.put(&key, "name two").await;
    let refused = files.read_version(&key, Some(&version), 4, 100).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::PreconditionFailed, .. }), "{refused:?}");
}
