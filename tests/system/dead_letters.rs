//! Records that no retry can help, and how they come back.

use domain::conversations::Role;
use domain::messaging::{DeliveryState, Inbound, Source};

use crate::stage::{
    Queued, Said, Tenant, eventually, inbound_sms, number, peek, publish, sink_messages_to, state, take, unique,
};

fn buried(queue: &str, text: &str) {
    eventually("a record in the dead-letter queue", || {
        peek(queue).iter().any(|body| body.contains(text)).then_some(())
    });
}

#[test]
fn a_poison_record_goes_to_the_dead_letters_while_its_siblings_go_through() {
    let roofer = Tenant::roofer();
    let (ana, ben) = (number(), number());
    let before = inbound_sms(roofer.id(), &ana, "What are your opening hours?");
    let after = inbound_sms(roofer.id(), &ana, "Where are you located?");
    let other = inbound_sms(roofer.id(), &ben, "Hello");
    let newcomer = inbound_sms(Tenant::slug(), &ben, "Hello");
    let garbage = format!("{{\"tenant\": \"{}", unique());
    let poison = Queued { body: garbage.clone(), group: before.group() };
    publish(
        "InboundQueueUrl",
        &[
            Queued::inbound(&before),
            poison,
            Queued::inbound(&after),
            Queued::inbound(&newcomer),
            Queued::inbound(&other),
        ],
    );

    let said = |message: &Inbound| Said::new(&roofer, Source::Sms, &message.vendor_id);
    roofer.sent_reply(&said(&before));
    let reply = roofer.reply_in(said(&before).conversation(), &said(&after));
    assert_eq!(state(&reply), DeliveryState::Sent);
    roofer.sent_reply(&said(&other));
    buried("InboundQueueDlqUrl", &garbage);
    buried("InboundQueueDlqUrl", &newcomer.vendor_id);
    assert!(!peek("InboundQueueUrl").iter().any(|body| body.contains(&garbage)));
}

#[test]
fn a_dead_letter_that_is_put_back_after_its_cause_is_gone_is_answered_once() {
    let (id, from) = (Tenant::slug(), number());
    let message = inbound_sms(id.clone(), &from, "What are your opening hours?");
    publish("InboundQueueUrl", &[Queued::inbound(&message)]);
    buried("InboundQueueDlqUrl", &message.vendor_id);

    let roofer = Tenant::onboarded(id, |_| {}, |secrets| secrets.simulate_vendors().unwrap());
    let letters = eventually("the dead letter", || {
        Some(take("InboundQueueDlqUrl", &message.vendor_id)).filter(|letters| !letters.is_empty())
    });
    assert_eq!(letters, [Queued::inbound(&message)]);
    // Put back twice, as two operators would.
    publish("InboundQueueUrl", &letters);
    publish("InboundQueueUrl", &letters);

    let said = Said::new(&roofer, Source::Sms, &message.vendor_id);
    roofer.sent_reply(&said);
    let later = roofer.sms(&from, "Thank you");
    roofer.reply_in(said.conversation(), &later);
    assert_eq!(roofer.replay(said.conversation()).unwrap().of(Role::Customer).len(), 2);
    assert_eq!(sink_messages_to(&from).len(), 2);
}

#[test]
fn a_queued_message_that_does_not_exist_goes_to_the_dead_letters() {
    let roofer = Tenant::roofer();
    let reply = roofer.sent_reply(&roofer.sms(&number(), "Hello"));
    let mut gone = reply;
    gone.reference.message = domain::MessageId::derive(&roofer.id(), &[&unique()]);
    let mark = roofer.queue_again(&gone);
    buried("OutboundQueueDlqUrl", &mark);
}
