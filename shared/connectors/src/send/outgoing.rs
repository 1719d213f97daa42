//! What a sender takes: a message that the gate has cleared, and nothing else.

use calendar::Attachment;
use domain::journeys::Cleared;
use domain::messaging::{Address, MessageRef};
use domain::tenancy::Template;

/// One message on its way out. It is made of a [`Cleared`] alone, which the gate alone makes: what was not cleared
/// cannot be sent.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Names the stored message; comes back with the vendor's status callbacks.
    pub(super) reference: MessageRef,
    /// The recipient.
    pub(super) to: &'a Address,
    /// What they will read.
    pub(super) text: &'a str,
    /// The approved template that says it, where it goes out as one: WhatsApp alone knows them.
    pub(super) template: Option<&'a Template>,
    /// Ties the call to what caused it. One that cannot stand in a header is left out: tracing never costs a reply.
    pub(super) correlation_id: &'a str,
    /// The subject line: needed by e-mail, ignored by the others.
    pub(super) subject: Option<&'a str>,
    /// A file that goes with an e-mail, and with nothing else.
    pub(super) file: Option<&'a Attachment>,
    /// A file that WhatsApp or MMS fetches.
    pub(super) media: Option<&'a Media>,
}

/// A file that goes along, where the vendor fetches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// From where; good for a while.
    pub link: String,
    /// What it is.
    pub content_type: String,
    /// What it is called.
    pub name: String,
}

/// How a message says what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In its own words.
    Text,
    /// By the template that it carries.
    Template,
}

impl<'a> Outgoing<'a> {
    /// The cleared message in this form, with its subject where it has one; `None` where it has no recipient, or not
    /// the template that it should go out as.
    #[must_use]
    pub fn new(cleared: &Cleared<'a>, form: Form) -> Option<Self> {
        let message = cleared.message();
        Some(Self {
            reference: message.reference,
            to: &message.delivery.as_ref()?.to,
            text: &message.text,
            template: match form {
                Form::Text => None,
                Form::Template => Some(message.template()?),
            },
            correlation_id: &message.correlation_id,
            subject: message.outreach.as_ref().and_then(|outreach| outreach.subject.as_deref()),
            file: None,
            media: None,
        })
    }

    /// Names the stored message.
    #[must_use]
    pub fn reference(&self) -> MessageRef {
        self.reference
    }

    /// With this subject line, where the message brings none of its own.
    #[must_use]
    pub fn with_subject(self, subject: &'a str) -> Self {
        Self { subject: self.subject.or(Some(subject)), ..self }
    }

    /// With this file for the vendor to fetch, where there is one.
    #[must_use]
    pub fn with_media(self, media: Option<&'a Media>) -> Self {
        Self { media, ..self }
    }

    /// With this file, where there is one.
    #[must_use]
    pub fn with_file(self, file: Option<&'a Attachment>) -> Self {
        Self { file, ..self }
    }
}
