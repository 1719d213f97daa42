//! Fails: E0308

use connectors::send::{Form, Outgoing};
use domain::conversations::Message;

pub fn forge<'a>(message: &'a Message) -> Option<Outgoing<'a>> {
    Outgoing::new(message, Form::Text)
}
