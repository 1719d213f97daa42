//! Lists: newest activity first, page by page, without gaps or repeats.

use domain::conversations::Answer;
use domain::identity::Role;
use domain::leads::{LeadPatch, LeadStatus, Score};
use domain::messaging::Source;
use domain::{Failure, LeadId, TenantId};
use store::{LeadFilter, ThreadFilter};

use crate::stage::{Stage, message, noon, phone, plain, trace};

const LEADS: i64 = 23;

/// So many leads, every third of them hot, one a minute.
async fn filled() -> (Stage, Vec<LeadId>) {
    let stage = Stage::new().await;
    let mut ids = Vec::new();
    for index in 0..LEADS {
        let score = if index % 3 == 0 { Score::Hot } else { Score::Cold };
        let inbound = message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index * 60);
        ids.push(stage.say(&inbound, Answer { score, ..plain() }).await.lead.id);
    }
    ids.reverse();
    (stage, ids)
}

/// All pages, one after another; none longer than asked for.
async fn all(stage: &Stage, filter: LeadFilter, limit: usize) -> Vec<LeadId> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = stage.store.leads().list(&stage.tenant.id, &filter, limit, cursor.as_deref()).await.unwrap();
        assert!(page.items.len() <= limit);
        ids.extend(page.items.iter().map(|lead| lead.id));
        cursor = page.cursor;
        if cursor.is_none() {
            return ids;
        }
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_or_repeats() {
    let (stage, newest_first) = filled().await;
    for limit in [1, 2, 7, 22, 23, 24, 100] {
        assert_eq!(all(&stage, LeadFilter::default(), limit).await, newest_first, "pages of {limit}");
    }
    // A page of nothing and one beyond the limit are pulled to the edges.
    for (limit, length) in [(0, 1), (5_000, 23)] {
        let page = stage.store.leads().list(&stage.tenant.id, &LeadFilter::default(), limit, None).await.unwrap();
        assert_eq!(page.items.len(), length);
    }
}

#[tokio::test]
async fn a_filter_leaves_only_what_fits_and_pages_as_well() {
    let (stage, newest_first) = filled().await;
    let hot = LeadFilter { score: Some(Score::Hot), ..LeadFilter::default() };
    let expected: Vec<LeadId> =
        newest_first.iter().rev().enumerate().filter(|(index, _)| index % 3 == 0).map(|(_, id)| *id).rev().collect();
    for limit in [1, 3, 8, 50] {
        assert_eq!(all(&stage, hot.clone(), limit).await, expected, "pages of {limit}");
    }
    let lead = newest_first[0];
    let nurturing = LeadStatus::Nurturing;
    stage.staff_set(&stage.tenant.id, lead, nurturing, 99_999).await.unwrap();
    let filter = LeadFilter { status: Some(nurturing), ..LeadFilter::default() };
    assert_eq!(all(&stage, filter, 10).await, [lead]);
    let both = LeadFilter { status: Some(nurturing), score: Some(Score::Hot), ..LeadFilter::default() };
    assert_eq!(all(&stage, both, 10).await, if expected.contains(&lead) { vec![lead] } else { vec![] });
}

#[tokio::test]
async fn leads_are_found_by_name_by_time_by_whose_they_are_and_by_how_they_came() {
    let (stage, newest_first) = filled().await;
    let tenant = &stage.tenant.id;
    let mut named = message("named", &phone(40), 50_000);
    named.name = Some("Ana Núñez".to_owned());
    let ana = stage.say(&named, plain()).await.lead;
    let with = |set: fn(&mut LeadFilter)| {
        let mut filter = LeadFilter::default();
        set(&mut filter);
        filter
    };
    let by_name = with(|filter| filter.text = Some("NÚÑ".to_owned()));
    for limit in [1, 10] {
        assert_eq!(all(&stage, by_name.clone(), limit).await, [ana.id]);
    }
    assert_eq!(all(&stage, with(|filter| filter.text = Some("zzz".to_owned())), 10).await, []);
    // A number finds the latest lead of who has it, as far as the rest holds.
    let by_number = with(|filter| filter.text = Some("0140".to_owned()));
    assert_eq!(all(&stage, by_number.clone(), 10).await, [ana.id]);
    let elsewhere = LeadFilter { source: Some(Source::LiveChat), ..by_number.clone() };
    assert_eq!(all(&stage, elsewhere, 10).await, []);
    // The twentieth of a minute each, to its very moment.
    let nineteenth = stage.store.leads().get(tenant, newest_first[3]).await.unwrap().updated_at;
    let since = |at| LeadFilter { since: Some(at), ..LeadFilter::default() };
    for limit in [1, 2, 10] {
        let found = all(&stage, since(nineteenth), limit).await;
        assert_eq!(found.len(), 5, "pages of {limit}");
        assert_eq!(found.last(), Some(&newest_first[3]));
    }
    assert_eq!(all(&stage, since(noon(60_000)), 10).await, []);
    let by_source = with(|filter| filter.source = Some(Source::LiveChat));
    assert_eq!(all(&stage, by_source, 10).await, []);
    let account = stage.joined("ana", "acme", Role::Agent).await.account;
    let patch = LeadPatch { assignee: Some(Some(account)), ..LeadPatch::default() };
    stage.store.leads().change(&stage.tenant, ana.id, &patch, 1, &trace()).await.unwrap();
    let theirs = LeadFilter { assignee: Some(account), ..LeadFilter::default() };
    assert_eq!(all(&stage, theirs.clone(), 10).await, [ana.id]);
    // A cursor is bound to each of them.
    let page = stage.store.leads().list(tenant, &LeadFilter::default(), 1, None).await.unwrap();
    for filter in [theirs, by_name, by_number, since(nineteenth)] {
        assert!(is_refused(stage.store.leads().list(tenant, &filter, 1, page.cursor.as_deref()).await), "{filter:?}");
    }
}

#[tokio::test]
async fn activity_brings_a_lead_to_the_top_once() {
    let (stage, newest_first) = filled().await;
    let oldest = *newest_first.last().unwrap();
    stage.say(&message("again", &phone(0), 10_000), plain()).await;
    let now = all(&stage, LeadFilter::default(), 10).await;
    assert_eq!((now[0], now.len()), (oldest, newest_first.len()));
    // Staff's word is activity too.
    let lead = newest_first[7];
    stage.staff_set(&stage.tenant.id, lead, LeadStatus::HandedOff, 20_000).await.unwrap();
    assert_eq!(all(&stage, LeadFilter::default(), 10).await[0], lead);
}

#[tokio::test]
async fn a_cursor_from_elsewhere_is_refused() {
    let (stage, _) = filled().await;
    let tenant = &stage.tenant.id;
    let cursor = stage.store.leads().list(tenant, &LeadFilter::default(), 2, None).await.unwrap().cursor.unwrap();
    let other = TenantId::new("bolt").unwrap();
    let refused = stage.store.leads().list(&other, &LeadFilter::default(), 2, Some(&cursor)).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "cursor"));
    let refused =
        stage.store.conversations().list(tenant, ThreadFilter::default(), 2, Some(&cursor)).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "cursor"));
}

#[tokio::test]
async fn conversations_are_listed_by_channel_and_status() {
    let (stage, _) = filled().await;
    let tenant = &stage.tenant.id;
    let mut whatsapp = message("w1", &phone(1), 10_000);
    whatsapp.channel = domain::messaging::Channel::Whatsapp;
    let opened = stage.say(&whatsapp, plain()).await.thread.id;
    let page = stage
        .store
        .conversations()
        .list(
            tenant,
            ThreadFilter { status: Some("active"), channel: Some("whatsapp"), ..ThreadFilter::default() },
            10,
            None,
        )
        .await
        .unwrap();
    assert_eq!(page.items.iter().map(|thread| thread.id).collect::<Vec<_>>(), [opened]);
    let page = stage
        .store
        .conversations()
        .list(tenant, ThreadFilter { status: Some("ended"), ..ThreadFilter::default() }, 10, None)
        .await
        .unwrap();
    assert_eq!((page.items.len(), page.cursor), (0, None));
    let page = stage.store.conversations().list(tenant, ThreadFilter::default(), 100, None).await.unwrap();
    assert_eq!(page.items.len(), usize::try_from(LEADS).unwrap() + 1);
}

#[tokio::test]
async fn one_tenants_lists_are_empty_for_another() {
    let (stage, ids) = filled().await;
    let other = TenantId::new("bolt").unwrap();
    let page = stage.store.leads().list(&other, &LeadFilter::default(), 10, None).await.unwrap();
    assert_eq!((page.items.len(), page.cursor), (0, None));
    let failure = stage.store.leads().get(&other, ids[0]).await.unwrap_err();
    assert_eq!(failure, Failure::not_found("lead"));
}

fn is_refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::Rejected { field: Some(field), .. }) if field == "cursor")
}

#[tokio::test]
async fn a_cursor_is_good_with_the_filters_of_the_page_that_gave_it_alone() {
    let (stage, _) = filled().await;
    let tenant = &stage.tenant.id;
    let hot = LeadFilter { score: Some(Score::Hot), ..LeadFilter::default() };
    let of_hot = stage.store.leads().list(tenant, &hot, 3, None).await.unwrap().cursor;
    let of_all = stage.store.leads().list(tenant, &LeadFilter::default(), 3, None).await.unwrap().cursor;
    assert!(
        stage.store.leads().list(tenant, &hot, 5, of_hot.as_deref()).await.is_ok(),
        "another limit does not matter"
    );
    let cold = LeadFilter { score: Some(Score::Cold), ..LeadFilter::default() };
    for (filter, cursor) in [(&LeadFilter::default(), &of_hot), (&hot, &of_all), (&cold, &of_hot)] {
        assert!(is_refused(stage.store.leads().list(tenant, filter, 3, cursor.as_deref()).await), "{filter:?}");
    }
    assert!(is_refused(stage.store.conversations().list(tenant, ThreadFilter::default(), 3, of_all.as_deref()).await));
    assert!(is_refused(stage.store.audit().list(tenant, 3, of_all.as_deref()).await));
    let other = TenantId::new("bolt").unwrap();
    assert!(is_refused(stage.store.leads().list(&other, &LeadFilter::default(), 3, of_all.as_deref()).await));
}

#[tokio::test]
async fn a_conversation_of_5000_messages_is_read_page_by_page() {
    const MESSAGES: usize = 5_000;
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let opened = stage.say(&message("m0", &phone(1), 0), plain()).await;
    let thread = opened.thread.id;
    let written = stage.items().await.into_iter().find(|item| {
        crate::stage::text_of(item, "entity") == "message" && crate::stage::text_of(item, "role") == "customer"
    });
    let written = written.unwrap();
    let copies = (2..MESSAGES).map(|index| {
        let mut item = written.clone();
        let sk = format!("M#{:015}#{index:036}", noon(60).as_millisecond() + i64::try_from(index).unwrap());
        item.insert("sk".to_owned(), aws_sdk_dynamodb::types::AttributeValue::S(sk));
        let text = format!("{index} {}", "x".repeat(1_000));
        item.insert("text".to_owned(), aws_sdk_dynamodb::types::AttributeValue::S(text));
        item
    });
    let copies: Vec<_> = copies.collect();
    for chunk in copies.chunks(25) {
        let put = |item: &crate::stage::Item| {
            let put = aws_sdk_dynamodb::types::PutRequest::builder().set_item(Some(item.clone())).build().unwrap();
            aws_sdk_dynamodb::types::WriteRequest::builder().put_request(put).build()
        };
        let rows = chunk.iter().map(put).collect();
        let written = stage.dynamo.batch_write_item().request_items(&stage.table, rows).send().await.unwrap();
        assert!(written.unprocessed_items.unwrap_or_default().is_empty());
    }
    let (mut texts, mut pages, mut cursor) = (Vec::new(), 0, None);
    loop {
        let page = stage.store.conversations().page(tenant, thread, 100, cursor.as_deref()).await.unwrap();
        assert!(page.messages.len() <= 100 && page.conversation.id == thread);
        let answer = serde_json::to_vec(&page).unwrap().len();
        assert!(answer < 1_000_000, "{answer} bytes are more than a page: Lambda answers with 6 MB at most");
        texts.extend(page.messages.into_iter().map(|message| message.text));
        pages += 1;
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((texts.len(), pages >= 50), (MESSAGES, true));
    let unique: std::collections::BTreeSet<&String> = texts.iter().collect();
    assert_eq!(unique.len(), MESSAGES);
    let foreign = stage.store.audit().list(tenant, 1, None).await.unwrap().cursor;
    if foreign.is_some() {
        assert!(is_refused(stage.store.conversations().page(tenant, thread, 100, foreign.as_deref()).await));
    }
    assert!(is_refused(stage.store.conversations().page(tenant, thread, 100, Some("TSNhdA")).await));
}
