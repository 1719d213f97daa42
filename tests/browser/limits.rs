//! What a day brings that no one drew: no mouse, names without an end, writing from the right, three thousand conversations.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use domain::identity::Role;
use domain::{ContactId, ConversationId};
use serde_json::json;

use crate::chromium::Chromium;
use crate::stage::{Tenant, address, eventually, number, sink_messages_to, stage, unique};
use crate::workday::at_work;

/// A name as forms allow it, without a place to break.
const LONG: &str = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley-Llanfairpwllgwyngyll";
/// "My roof leaks, can you come today?", from the right.
const ARABIC: &str = "السقف يسرّب الماء، هل يمكنكم الحضور اليوم؟ 303-555-0133";

#[test]
fn a_day_is_done_with_the_keyboard_alone() {
    let roofer = Tenant::opened(|_| {});
    let from = number();
    roofer.sms(&from, "I want to speak to a manager");
    let agent = at_work(&roofer, Role::Agent, "Ana Flores");
    agent.open("/app/inbox");
    agent.shows("#threads", "a person is wanted");
    agent.tab_to(".skip");
    agent.tab_to("nav a[href='/app/inbox?queue=escalated']");
    agent.type_keys(&["\n"]);
    agent.shows("nav.queues [aria-current]", "Escalated");
    agent.tab_to("#threads .row-link");
    agent.type_keys(&["\n"]);
    agent.shows("#messages", "I want to speak to a manager");
    agent.tab_to("#thread-state form[data-call$=take-over] button");
    agent.type_keys(&["\n"]);
    agent.shows("#thread-state", "yours");

    // Ctrl and Enter send; the focus stays where one writes on.
    let text = format!("This is Ana. {}", unique());
    agent.tab_to("#reply");
    agent.type_keys(&[&text]);
    agent.control_enter();
    agent.shows("#messages", &text);
    assert_eq!(agent.focused(), "reply");
    agent.tab_to(".composer summary");
    agent.type_keys(&["\n"]);
    agent.tab_to("#note");
    agent.type_keys(&["Has two dogs."]);
    agent.tab_to("form.note button");
    agent.type_keys(&["\n"]);
    agent.shows("#messages", "Has two dogs.");
    agent.tab_back_to("#thread-state form[data-call$=hand-back] button");
    agent.type_keys(&["\n"]);
    agent.shows("#thread-state", "assistant answers");
    agent.open("/app/tasks");
    agent.tab_to("#escalations form button");
    agent.type_keys(&["\n"]);
    agent.shows("#escalations", "Nobody waits for a person.");
    let sent = eventually("the text", || {
        let sent = sink_messages_to(&from);
        sent.iter().any(|sent| sent.to_string().contains(&text)).then_some(sent)
    });
    assert_eq!(sent.iter().filter(|sent| sent.to_string().contains(&text)).count(), 1);
}

#[test]
fn long_names_break_and_what_is_written_from_the_right_stands_so() {
    let roofer = Tenant::opened(|file| file.tenant.name = format!("{} & Sons", LONG.get(..70).unwrap()));
    let agent = at_work(&roofer, Role::Agent, LONG.get(..80).unwrap());
    let form = json!({"email": address(), "name": LONG, "message": ARABIC});
    roofer.form(form);
    agent.open("/app/inbox");
    agent.shows("#threads", "Wolfeschlegel");
    agent.pictures("limits-inbox");
    agent.press("#threads .row-link");
    agent.shows("#messages", "السقف");
    let direction = "return getComputedStyle(document.querySelector(arguments[0])).direction";
    assert_eq!(agent.run(direction, ".bubble.customer .said"), Some("rtl".into()));
    assert_eq!(agent.run(direction, "h1"), Some("ltr".into()));
    agent.fill("reply", "שלום, נבוא היום");
    assert_eq!(agent.run(direction, "#reply"), Some("rtl".into()));
    agent.send("form.reply");
    agent.shows("#messages", "נבוא היום");
    agent.shows("#messages", "Wolfeschlegel");
    agent.pictures("limits-conversation");
    for page in ["leads", "leads?view=board", "contacts", "tasks"] {
        agent.open(&format!("/app/{page}"));
        agent.pictures(&format!("limits-{}", page.replace("?view=", "-")));
    }
    agent.open("/app/leads");
    agent.press("#leads tbody a");
    agent.pictures("limits-lead");
}

/// So many other conversations of this business, all newer than what is there, that are the assistant's alone.
fn crowd(tenant: &Tenant, count: usize) {
    let (id, table) = (tenant.id(), stage().output("TableName").to_owned());
    let dynamo = Client::new(&stage().aws);
    stage().block_on(async {
        let threads = dynamo
            .query()
            .table_name(&table)
            .index_name("gsi1")
            .key_condition_expression("gsi1pk = :list")
            .expression_attribute_values(":list", AttributeValue::S(format!("T#{id}#THREADS")));
        let one = threads.send().await.unwrap().items.unwrap().remove(0);
        let now = runtime::clock::now().as_millisecond();
        let put = |index: usize| {
            let at = jiff::Timestamp::from_millisecond(now + i64::try_from(index).unwrap()).unwrap();
            let contact = ContactId::derive(&id, &[&format!("crowd-{index}")]);
            let thread = ConversationId::derive(&id, &[&format!("crowd-{index}")]);
            let mut item = one.clone();
            item.extend(
                [
                    ("pk", format!("T#{id}#PERSON#{contact}")),
                    ("id", thread.to_string()),
                    ("contact", contact.to_string()),
                    ("last_message_at", at.to_string()),
                    ("gsi1sk", format!("{:015}#{thread}", at.as_millisecond())),
                ]
                .map(|(name, value)| (name.to_owned(), AttributeValue::S(value))),
            );
            for index in ["pending", "queue"] {
                item.remove(&format!("{index}_pk"));
                item.remove(&format!("{index}_sk"));
            }
            let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        };
        let puts: Vec<WriteRequest> = (0..count).map(put).collect();
        for some in puts.chunks(25) {
            dynamo.batch_write_item().request_items(&table, some.to_vec()).send().await.unwrap();
        }
    });
}

/// How long the page in front of us took to come, in milliseconds.
fn took(browser: &Chromium) -> u64 {
    let taken = "return Math.round(performance.getEntriesByType('navigation')[0].duration)";
    browser.run(taken, "").and_then(|taken| taken.as_u64()).unwrap()
}

#[test]
fn three_thousand_conversations_hide_nobody_who_waits() {
    let roofer = Tenant::opened(|_| {});
    let quiet = roofer.sms(&number(), "What are your opening hours?");
    roofer.sent_reply(&quiet);
    crowd(&roofer, 3_000);
    let from = number();
    roofer.sms(&from, "I want to speak to a manager");
    let agent = at_work(&roofer, Role::Agent, "Ana Flores");
    agent.open("/app/inbox?queue=escalated");
    agent.shows("#threads", "a person is wanted");

    // They write, and so do a thousand others.
    crowd(&roofer, 1_000);
    agent.open("/app/inbox?queue=escalated");
    agent.shows("#threads", "a person is wanted");
    println!("a queue of 3,000 conversations: {} ms", took(&agent));
    agent.open("/app");
    agent.shows("#waiting", "1");
    agent.open("/app/inbox");
    println!("a page of 3,000 conversations: {} ms", took(&agent));
    let rows = "return document.querySelectorAll('#threads .row-link').length";
    assert_eq!(agent.run(rows, ""), Some(25.into()));
    agent.pictures("inbox-crowd");

    // On to the next page, into a conversation, and back the way one came.
    let first = agent.run("return document.querySelector('#threads .row-link').href", "").unwrap();
    agent.press("#threads a[rel=next]");
    agent.until(
        "the next page",
        "location.search.includes('cursor=') && !!document.querySelector('#threads .row-link')",
    );
    assert_ne!(agent.run("return document.querySelector('#threads .row-link').href", ""), Some(first.clone()));
    agent.back();
    agent.until(
        "the first page",
        "!location.search.includes('cursor=') && !!document.querySelector('#threads .row-link')",
    );
    assert_eq!(agent.run("return document.querySelector('#threads .row-link').href", ""), Some(first));
}
