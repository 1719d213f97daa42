//! Compiles: the only way there is, and what the forgeries lean on.

use connectors::send::{Form, Outgoing};
use domain::conversations::{Message, Outreach};
use domain::journeys::{Cleared, SendContext, Ruling, gate};

pub fn send<'a>(send_context: &SendContext<'a>, outreach: &Outreach) -> Option<Outgoing<'a>> {
    match gate(send_context, outreach.due) {
        Ruling::Cleared(cleared, _) => outgoing(&cleared),
        Ruling::Stopped(_) => None,
    }
}

fn outgoing<'a>(cleared: &Cleared<'a>) -> Option<Outgoing<'a>> {
    Outgoing::new(cleared, Form::Text)
}

fn can_be_cloned<T: Clone>() {}
fn has_a_default<T: Default>() {}
fn can_be_read<T: serde::de::DeserializeOwned>() {}

pub fn others_can() {
    can_be_cloned::<Message>();
    has_a_default::<domain::messaging::OptOutState>();
    can_be_read::<Message>();
}
