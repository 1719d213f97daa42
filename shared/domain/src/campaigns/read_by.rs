//! How a campaign reads: its text for one customer, with all that is added when it goes out.

use super::words::with_opt_out;
use super::{CampaignText, CampaignValues, write};
use crate::messaging::{Channel, SmsLength};
use crate::tenancy::Language;

/// A campaign's text as someone reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAs {
    /// The subject, by e-mail.
    pub subject: Option<String>,
    /// The text, with the line that says how to get no more.
    pub text: String,
}

/// `words` as they go out by `channel`; `None`: something that has to be known is not.
#[must_use]
pub fn read_as(
    words: &CampaignText,
    language: &Language,
    channel: Channel,
    values: &CampaignValues<'_>,
) -> Option<ReadAs> {
    let text = with_opt_out(write(&words.body, language, values)?, channel, language, values.tenant);
    let subject = words.subject.as_deref().filter(|_| channel == Channel::Email);
    Some(ReadAs { subject: subject.and_then(|subject| write(subject, language, values)), text })
}

/// How long it is by SMS to a customer of whom everything is known; `None` where it cannot be filled in.
#[must_use]
pub fn sms_length(words: &CampaignText, language: &Language, values: &CampaignValues<'_>) -> Option<SmsLength> {
    read_as(words, language, Channel::Sms, values).map(|read| SmsLength::of(&read.text))
}
