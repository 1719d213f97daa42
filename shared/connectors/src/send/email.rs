//! E-mail through Amazon SES v2.
//!
//! The SDK would try a timed-out call again by itself, and so send twice: its retries are switched off here, whatever
//! the client says. It keeps no idle connection, for the reason given at [`super::http_client_with`]. Bounces and complaints come later, as
//! events ([`crate::ses`]); SES takes mail for an address on its suppression list and bounces it itself, so `Blocked` never
//! comes from here.
//! Source: docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html.

use aws_sdk_sesv2::config::SharedHttpClient;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::{SendEmailError, SendEmailOutput};
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{
    Attachment, AttachmentContentDisposition, AttachmentContentTransferEncoding, Body, Content, Destination,
    EmailContent, Message, MessageHeader, MessageTag,
};
use aws_sdk_sesv2::{Client, Config};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use backon::Retryable;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::TenantId;
use domain::messaging::delivery::SendOutcome;
use domain::messaging::{Address, Email, MessageRef};
use std::error::Error;

use super::{CORRELATION_HEADER, Outgoing, Timeouts, connect_retries, permanent};
use crate::ses::{REFERENCE_TAG, TENANT_TAG};

type Answer = Result<SendEmailOutput, SdkError<SendEmailError>>;

/// A mail of Porchlight itself, such as an invitation: no message of a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// The house's verified address.
    pub from: &'a Email,
    /// The name that stands before it; empty: none.
    pub sender_name: &'a str,
    /// The recipient.
    pub to: &'a Email,
    /// One line.
    pub subject: &'a str,
    /// What they will read.
    pub text: &'a str,
    /// Ties the call to what caused it.
    pub correlation_id: &'a str,
    /// Where an answer goes, where it is not the house's address.
    pub reply_to: Option<&'a Email>,
    /// What goes with it.
    pub file: Option<&'a calendar::Attachment>,
}

/// Sends e-mail.
#[derive(Debug, Clone)]
pub struct Sender {
    client: Client,
    events: Option<String>,
    connections: SharedHttpClient,
    timeouts: Timeouts,
}

impl Sender {
    /// A sender with the default [`Timeouts`]. The timeouts, retries and connections of `client` are overruled;
    /// its region, credentials and endpoint hold.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self::with_timeouts(client, Timeouts::default())
    }

    /// As [`Sender::new`], with other timeouts.
    #[must_use]
    pub fn with_timeouts(client: Client, timeouts: Timeouts) -> Self {
        let connections = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .pool_max_idle_per_host(0)
            .build_https();
        Self { client, events: None, connections, timeouts }
    }

    /// With the configuration set by which SES tells of bounces and complaints.
    #[must_use]
    pub fn with_events(self, configuration_set: String) -> Self {
        Self { events: Some(configuration_set), ..self }
    }

    /// Sends `message` of `tenant` as plain text from a verified address.
    pub async fn send(&self, tenant: &TenantId, from: &Email, message: &Outgoing<'_>) -> SendOutcome {
        let Address::Email(to) = message.to else {
            return permanent("an e-mail needs an e-mail address");
        };
        let Some(subject) = message.subject.filter(|subject| !subject.trim().is_empty()) else {
            return permanent("an e-mail needs a subject");
        };
        let Ok(tags) = tags(tenant, message.reference) else {
            return permanent("no e-mail can be tagged with this reference");
        };
        let Ok(content) = content(subject, message.text, message.correlation_id, message.file) else {
            return permanent("no e-mail can be built from this message");
        };
        self.call((from.as_str(), None), to, &content, Some(tags)).await
    }

    /// Sends a mail of Porchlight itself, as plain text.
    ///
    /// It has no reference: what happens to it after SES took it is not followed.
    pub async fn send_mail(&self, mail: &Mail<'_>) -> SendOutcome {
        let Ok(content) = content(mail.subject, mail.text, mail.correlation_id, mail.file) else {
            return permanent("no e-mail can be built from this text");
        };
        self.call((&mailbox(mail.sender_name, mail.from), mail.reply_to), mail.to, &content, None).await
    }

    async fn call(
        &self,
        (from, reply_to): (&str, Option<&Email>),
        to: &Email,
        content: &EmailContent,
        tags: Option<Vec<MessageTag>>,
    ) -> SendOutcome {
        let call = || {
            self.client
                .send_email()
                .from_email_address(from)
                .set_reply_to_addresses(reply_to.map(|address| vec![address.as_str().to_owned()]))
                .destination(Destination::builder().to_addresses(to.as_str()).build())
                .content(content.clone())
                .set_email_tags(tags.clone())
                .set_configuration_set_name(self.events.clone())
                .customize()
                .config_override(self.overrides())
                .send()
        };
        judge(call.retry(connect_retries()).when(never_connected).await)
    }

    fn overrides(&self) -> aws_sdk_sesv2::config::Builder {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(self.timeouts.connect)
            .operation_timeout(self.timeouts.total)
            .build();
        Config::builder()
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts)
            .http_client(self.connections.clone())
    }
}

fn content(
    subject: &str,
    text: &str,
    correlation_id: &str,
    file: Option<&calendar::Attachment>,
) -> Result<EmailContent, BuildError> {
    let utf8 = |data: String| Content::builder().data(data).charset("UTF-8").build();
    // A subject is one line; words of a customer in it may hold line breaks, which would start a header of their own.
    let subject = subject.replace(char::is_control, " ");
    let mut mail =
        Message::builder().subject(utf8(subject)?).body(Body::builder().text(utf8(text.to_owned())?).build());
    // SES takes printable ASCII of at most 870 characters in a header of ours.
    if (1..=870).contains(&correlation_id.len()) && correlation_id.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        mail = mail.headers(MessageHeader::builder().name(CORRELATION_HEADER).value(correlation_id).build()?);
    }
    if let Some(file) = file {
        mail = mail.attachments(attachment(file)?);
    }
    Ok(EmailContent::builder().simple(mail.build()).build())
}

/// Mail programs show what they can do with the file by its content type alone, so it goes out as it is.
fn attachment(file: &calendar::Attachment) -> Result<Attachment, BuildError> {
    Attachment::builder()
        .file_name(&file.name)
        .content_type(&file.content_type)
        .content_disposition(AttachmentContentDisposition::Attachment)
        .content_transfer_encoding(AttachmentContentTransferEncoding::Base64)
        .raw_content(Blob::new(file.bytes.clone()))
        .build()
}

/// An address with a name before it, as "From" takes it. A name is an encoded word (RFC 2047) unless it is plain letters:
/// SES takes no others, and a quote or a line break in a name would end it.
fn mailbox(name: &str, address: &Email) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " .,&'-".contains(c);
    let name = name.trim();
    let name = if name.is_empty() {
        return address.as_str().to_owned();
    } else if name.chars().all(is_plain) {
        format!("\"{name}\"")
    } else {
        encoded_words(&name.replace(char::is_control, " "))
    };
    format!("{name} <{}>", address.as_str())
}

/// At most 75 characters each (RFC 2047, 2), whole characters in every one.
fn encoded_words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + c.len_utf8() <= 45 => word.push(c),
            _ => words.push(c.into()),
        }
    }
    let encoded = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word)));
    encoded.collect::<Vec<_>>().join(" ")
}

/// The reference as the tag `ref`, which comes back with SES's events. A tag takes letters, digits, `-` and `_`, so
/// the dots of a reference are underscores in it.
fn tags(tenant: &TenantId, reference: MessageRef) -> Result<Vec<MessageTag>, BuildError> {
    let tag = |name: &str, value: String| MessageTag::builder().name(name).value(value).build();
    Ok(vec![tag(TENANT_TAG, tenant.to_string())?, tag(REFERENCE_TAG, reference.to_string().replace('.', "_"))?])
}

fn judge(answer: Answer) -> SendOutcome {
    let error = match answer {
        Ok(SendEmailOutput { message_id: Some(vendor_id), .. }) if !vendor_id.is_empty() => {
            return SendOutcome::Sent { vendor_id };
        }
        Ok(_) => return SendOutcome::Unknown { reason: "ses answered without a message id".to_owned() },
        Err(error) => error,
    };
    match &error {
        SdkError::ServiceError(refused) => refusal(refused.err().code(), refused.raw().status().as_u16()),
        SdkError::ConstructionFailure(_) => permanent("no request to ses can be built from this message"),
        _ if never_connected(&error) => {
            SendOutcome::Retry { reason: "ses was not reached".to_owned(), after_seconds: None }
        }
        SdkError::ResponseError(_) => SendOutcome::Unknown { reason: "ses gave an answer that is none".to_owned() },
        _ => SendOutcome::Unknown { reason: "ses did not answer".to_owned() },
    }
}

/// Sorts SES's refusals by the name of its exception.
fn refusal(code: Option<&str>, status: u16) -> SendOutcome {
    let reason = format!("ses {} (HTTP {status})", code.unwrap_or("error without a name"));
    match (code, status) {
        // Rate and daily quota under their old and new names; an account that is paused while AWS looks at it.
        (
            Some(
                "TooManyRequestsException"
                | "LimitExceededException"
                | "Throttling"
                | "ThrottlingException"
                | "SendingPausedException",
            ),
            _,
        )
        | (_, 429)
        | (Some(_), 503) => SendOutcome::Retry { reason, after_seconds: None },
        // MessageRejected, MailFromDomainNotVerifiedException, BadRequestException, AccountSuspendedException,
        // NotFoundException, and what AWS says of wrong credentials.
        (_, 400..=499) => SendOutcome::Permanent { reason },
        // InternalFailure too: AWS does not say that such a call had no effect.
        _ => SendOutcome::Unknown { reason },
    }
}

/// Whether the call ended before there was a connection: the SDK keeps hyper's error, which knows.
fn never_connected(error: &SdkError<SendEmailError>) -> bool {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |&error| error.source())
        .filter_map(|error| error.downcast_ref::<hyper_util::client::legacy::Error>())
        .any(hyper_util::client::legacy::Error::is_connect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_senders_name_can_end_neither_its_header_nor_itself() {
        let address = Email::new("hello@example.com", "from").unwrap();
        for (name, expected) in [
            ("", "hello@example.com"),
            (" ", "hello@example.com"),
            ("Summit Roofing & Sons", "\"Summit Roofing & Sons\" <hello@example.com>"),
            ("Clínica", "=?UTF-8?B?Q2zDrW5pY2E=?= <hello@example.com>"),
            ("A\" <x@example.com>,\r\nBcc: b", "=?UTF-8?B?QSIgPHhAZXhhbXBsZS5jb20+LCAgQmNjOiBi?= <hello@example.com>"),
        ] {
            assert_eq!(mailbox(name, &address), expected);
        }
    }

    #[test]
    fn a_long_name_is_several_words_of_whole_characters() {
        let name = "Zähne und Kiefer, Gemeinschaftspraxis an der Mühlenstraße für Groß und Klein";
        let words = encoded_words(name);
        let decoded = words.split(' ').map(|word| {
            assert!(word.len() <= 75, "{word}");
            let text = word.strip_prefix("=?UTF-8?B?").unwrap().strip_suffix("?=").unwrap();
            String::from_utf8(STANDARD.decode(text).unwrap()).unwrap()
        });
        assert_eq!(decoded.collect::<String>(), name);
        assert!(words.contains(' '));
    }

    #[test]
    fn refusals_are_sorted_by_whether_the_mail_can_have_left() {
        let retry = |outcome: &SendOutcome| matches!(outcome, SendOutcome::Retry { .. });
        let permanent = |outcome: &SendOutcome| matches!(outcome, SendOutcome::Permanent { .. });
        let unknown = |outcome: &SendOutcome| matches!(outcome, SendOutcome::Unknown { .. });
        for (code, status) in [
            (Some("TooManyRequestsException"), 429),
            (Some("LimitExceededException"), 400),
            (Some("ThrottlingException"), 400),
            (Some("SendingPausedException"), 400),
            (Some("ServiceUnavailable"), 503),
            (None, 429),
        ] {
            assert!(retry(&refusal(code, status)), "{code:?} {status}");
        }
        for (code, status) in [
            (Some("MessageRejected"), 400),
            (Some("MailFromDomainNotVerifiedException"), 400),
            (Some("AccountSuspendedException"), 400),
            (Some("UnrecognizedClientException"), 403),
            (None, 404),
        ] {
            assert!(permanent(&refusal(code, status)), "{code:?} {status}");
        }
        for (code, status) in [(Some("InternalFailure"), 500), (None, 500), (None, 502), (None, 503), (None, 504)] {
            assert!(unknown(&refusal(code, status)), "{code:?} {status}");
        }
    }
}
