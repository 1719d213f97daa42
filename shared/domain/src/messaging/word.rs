//! Consent words on a channel.

use super::consent::{Consent, read};
use super::{Channel, Inbound};
use crate::conversations::words::Words;

/// Keywords of SMS alone. Elsewhere they are ordinary words: "cancel" is about an appointment.
const SMS_ONLY: [&str; 4] = ["cancel", "end", "help", "info"];

impl Inbound {
    /// The consent word that this message is. `suppressed`: its sender has asked to hear nothing more, and so YES is one.
    #[must_use]
    pub fn consent(&self, suppressed: bool) -> Option<Consent> {
        let text = self.content.text();
        let word = read(text, suppressed)?;
        let words = Words::new(text);
        let is_ordinary = self.channel != Channel::Sms && SMS_ONLY.iter().any(|keyword| words.is_exactly(keyword));
        (!is_ordinary).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;
    use crate::messaging::{Address, Content, Source};
    use jiff::Timestamp;
    use std::collections::BTreeMap;

    fn said(text: &str, channel: Channel, suppressed: bool) -> Option<Consent> {
        let inbound = Inbound {
            tenant: TenantId::new("acme").unwrap(),
            vendor_id: "m1".to_owned(),
            source: Source::Sms,
            channel,
            from: Address::Chat("s".to_owned()),
            also: Vec::new(),
            name: None,
            content: Content::Text { text: text.to_owned() },
            received_at: Timestamp::UNIX_EPOCH,
            sent_at: None,
            fields: BTreeMap::new(),
            correlation_id: String::new(),
        };
        inbound.consent(suppressed)
    }

    #[test]
    fn some_keywords_count_on_sms_alone() {
        for keyword in SMS_ONLY {
            assert!(said(keyword, Channel::Sms, false).is_some(), "{keyword}");
            for channel in [Channel::Whatsapp, Channel::Email, Channel::Chat] {
                assert_eq!(said(keyword, channel, false), None, "{keyword} on {channel}");
            }
        }
    }

    #[test]
    fn stop_counts_everywhere_and_yes_only_from_who_had_stopped() {
        for channel in [Channel::Sms, Channel::Whatsapp, Channel::Email, Channel::Chat] {
            assert_eq!(said("STOP", channel, false), Some(Consent::Stop));
            assert_eq!(said("START", channel, false), Some(Consent::Start));
            assert_eq!(said("YES", channel, true), Some(Consent::Start));
            assert_eq!(said("YES", channel, false), None);
        }
    }
}
