//! Fails: E0451

use connectors::send::Outgoing;
use domain::conversations::Message;

pub fn forge<'a>(message: &'a Message) -> Option<Outgoing<'a>> {
    Some(Outgoing {
        reference: message.reference,
        to: &message.delivery.as_ref()?.to,
        text: &message.text,
        template: None,
        correlation_id: &message.correlation_id,
        subject: None,
        file: None,
        media: None,
    })
}
