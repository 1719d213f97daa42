//! Consent words on a channel.

use super::consent::{Consent, keyword, read};
use super::{Channel, Inbound, Source};
use ::language::Words;

/// Keywords of text messages alone. Elsewhere, and in a form that is answered by one, they are ordinary words: "cancel" is about an appointment.
const SMS_ONLY: [&str; 4] = ["cancel", "end", "help", "info"];

/// Where the connector keeps what Twilio made of a text message with the business's own opt-out keywords (`OptOutType`).
const BY_VENDOR: &str = "opt_out_type";

impl Inbound {
    /// What this text message has the vendor do by itself: after [`Consent::Stop`] it confirms, and delivers nothing to the
    /// number until [`Consent::Start`]. `None`: nothing, as on every other channel and for plain words.
    #[must_use]
    pub fn taken_by_vendor(&self) -> Option<Consent> {
        if self.source != Source::Sms || self.channel != Channel::Sms {
            return None;
        }
        match self.fields.get(BY_VENDOR).map(String::as_str) {
            Some("STOP") => Some(Consent::Stop),
            Some("START") => Some(Consent::Start),
            Some("HELP") => Some(Consent::Help),
            _ => keyword(self.content.text()),
        }
    }

    /// The consent word that this message is. `suppressed`: its sender has asked to hear nothing more, and so YES is one.
    #[must_use]
    pub fn consent(&self, suppressed: bool) -> Option<Consent> {
        let text = self.content.text();
        if let Some(word) = self.fields.get(BY_VENDOR).and_then(|_| self.taken_by_vendor()) {
            return Some(word);
        }
        let word = read(text, suppressed)?;
        let words = Words::new(text);
        let is_text_message = self.source == Source::Sms && self.channel == Channel::Sms;
        let is_ordinary = !is_text_message && SMS_ONLY.iter().any(|keyword| words.is_exactly(keyword));
        (!is_ordinary).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;
    use crate::messaging::{Address, Content};
    use jiff::Timestamp;
    use std::collections::BTreeMap;

    fn of(text: &str, channel: Channel) -> Inbound {
        Inbound {
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
            text_consent: None,
            withheld: None,
            correlation_id: String::new(),
        }
    }

    fn said(text: &str, channel: Channel, suppressed: bool) -> Option<Consent> {
        of(text, channel).consent(suppressed)
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

    #[test]
    fn the_vendor_acts_on_keywords_of_text_messages_alone() {
        let inbound = |text: &str, source, channel| Inbound { source, channel, ..of(text, channel) };
        let taken = |text: &str| inbound(text, Source::Sms, Channel::Sms).taken_by_vendor();
        assert_eq!(taken("Stop"), Some(Consent::Stop));
        assert_eq!(taken("yes"), Some(Consent::Start), "whoever had not stopped loses nothing by it");
        assert_eq!(taken("info"), Some(Consent::Help));
        assert_eq!(taken("stop texting me"), None);
        // Over WhatsApp, through Twilio or not, no one but us hears it.
        assert_eq!(inbound("STOP", Source::Sms, Channel::Whatsapp).taken_by_vendor(), None);
        assert_eq!(inbound("STOP", Source::Whatsapp, Channel::Whatsapp).taken_by_vendor(), None);
        // The business's own keywords, as Twilio tells them.
        let own = |text: &str, kind: &str, source| {
            let mut inbound = inbound(text, source, Channel::Sms);
            inbound.fields.insert(BY_VENDOR.to_owned(), kind.to_owned());
            (inbound.taken_by_vendor(), inbound.consent(false))
        };
        assert_eq!(own("ALTO", "STOP", Source::Sms), (Some(Consent::Stop), Some(Consent::Stop)));
        assert_eq!(own("DALE", "START", Source::Sms), (Some(Consent::Start), Some(Consent::Start)));
        assert_eq!(own("hello", "STOP", Source::WebForm), (None, None), "a form's field says nothing");
    }
}
