//! What the outbox promises beyond the usual case.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::EventId;
use domain::events::{Event, EventKind};
use std::collections::HashMap;
use store::{OutboxRow, keys};

use crate::stage::{Tenant, number, reschedule, sink_messages_to, stage, unique};

#[test]
fn a_row_that_is_due_and_that_no_stream_shows_is_published_by_the_sweeper() {
    let (roofer, from) = (Tenant::roofer(), number());
    reschedule(&from);
    let said = roofer.sms(&from, "What are your opening hours?");
    let waiting = roofer.reschedule_reply(&said);

    let (tenant, now) = (roofer.id(), runtime::clock::now());
    let id = EventId::derive(&tenant, &[&unique()]);
    let contact = roofer.lead(waiting.lead).contact;
    let kind = EventKind::MessageQueued { message: waiting.reference, channel: waiting.channel, contact };
    let event = Event { id, tenant: tenant.clone(), at: now, correlation_id: unique(), kind };
    let row = OutboxRow::later(id, tenant.clone(), &[event], now - jiff::SignedDuration::from_mins(2));
    let mut item: HashMap<String, AttributeValue> = serde_dynamo::to_item(&row).unwrap();
    let key = keys::of(&tenant).outbox(id);
    item.extend([("pk".to_owned(), AttributeValue::S(key.pk.into())), ("sk".to_owned(), AttributeValue::S(key.sk))]);
    let put = Client::new(&stage().aws).put_item().table_name(stage().output("TableName")).set_item(Some(item));
    stage().block_on(put.send()).unwrap();

    // The sweeper runs every minute.
    assert_eq!(roofer.sent_reply(&said).delivery.unwrap().attempts, 2);
    assert_eq!(sink_messages_to(&from).len(), 1);
}
