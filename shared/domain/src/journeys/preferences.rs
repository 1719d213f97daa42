//! How a person wants to be written to, checked; and what they agreed to.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{ConsentRecord, Journey, Preferences};
use crate::Failure;
use crate::messaging::{Channel, OptOutState, Purpose, TextConsent};

impl Preferences {
    /// Checks what the types do not: a known zone, a state's code, a channel that goes to a person.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self) -> Result<(), Failure> {
        if self.zone.as_deref().is_some_and(|zone| TimeZone::get(zone).is_err()) {
            return Err(Failure::invalid("zone", "zone must be an IANA time zone, such as America/Denver"));
        }
        let is_code = |state: &str| state.len() == 2 && state.bytes().all(|letter| letter.is_ascii_uppercase());
        if self.state.as_deref().is_some_and(|state| !is_code(state)) {
            return Err(Failure::invalid("state", "state must be a two-letter code, such as CO"));
        }
        if self.channel == Some(Channel::Chat) {
            return Err(Failure::invalid(
                "channel",
                "channel must be sms, whatsapp or email: a chat window may be closed",
            ));
        }
        Ok(())
    }
}

impl Journey {
    /// Takes a word about a channel and purpose in the place of the one before, unless that was said later.
    pub fn record_consent(&mut self, record: ConsentRecord) {
        let (channel, purpose) = (record.channel, record.purpose);
        match self.consents.iter_mut().find(|known| known.channel == channel && known.purpose == purpose) {
            Some(known) if known.at > record.at => {}
            Some(known) => *known = record,
            None => self.consents.push(record),
        }
    }

    /// Takes what a form said about text messages.
    pub(super) fn take_text_consent(&mut self, consent: &TextConsent) {
        self.record_consent(ConsentRecord {
            channel: Channel::Sms,
            purpose: Purpose::Conversational,
            granted: consent.granted,
            at: consent.at,
            evidence: consent.evidence(),
        });
    }

    /// Who calls may be texted about it, unless they said otherwise: their number is their own, not one that was typed.
    pub(super) fn take_call(&mut self, at: Timestamp) {
        if self.consent(Channel::Sms, Purpose::Conversational).is_none() {
            self.record_consent(ConsentRecord {
                channel: Channel::Sms,
                purpose: Purpose::Conversational,
                granted: true,
                at,
                evidence: "They called, and nobody took the call".to_owned(),
            });
        }
    }

    /// Whether this person may be written to on `channel` without having been asked there: they wrote there themselves, or
    /// there is a record that they agreed. A number that someone typed into a page is neither.
    ///
    /// It is about SMS and WhatsApp; e-mail and chat have rules of their own.
    #[must_use]
    pub fn is_welcome(&self, channel: Channel, opt_out_state: &OptOutState) -> bool {
        !matches!(channel, Channel::Sms | Channel::Whatsapp)
            || opt_out_state.heard.contains_key(&channel)
            || self.consents.iter().any(|record| record.channel == channel && record.granted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::Source;
    use crate::{ContactId, TenantId};

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        let zone = Preferences { zone: Some("Mars/Olympus".to_owned()), ..Preferences::default() };
        let state = Preferences { state: Some("Colorado".to_owned()), ..Preferences::default() };
        let channel = Preferences { channel: Some(Channel::Chat), ..Preferences::default() };
        for (preferences, field) in [(zone, "zone"), (state, "state"), (channel, "channel")] {
            let refused = preferences.validate();
            assert!(
                matches!(&refused, Err(Failure::Rejected { field: Some(named), .. }) if named == field),
                "{refused:?}"
            );
        }
        let sound = Preferences {
            zone: Some("America/Denver".to_owned()),
            state: Some("CO".to_owned()),
            channel: Some(Channel::Email),
            ..Preferences::default()
        };
        assert_eq!(sound.validate(), Ok(()));
    }

    #[test]
    fn the_latest_word_stands_in_whatever_order_it_comes() {
        let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &["c"]);
        let word = |granted, second| ConsentRecord {
            channel: Channel::Sms,
            purpose: Purpose::Marketing,
            granted,
            at: Timestamp::from_second(second).unwrap(),
            evidence: "form".to_owned(),
        };
        for order in [[word(true, 1), word(false, 2)], [word(false, 2), word(true, 1)]] {
            let mut journey = Journey::begin(contact, Timestamp::UNIX_EPOCH);
            order.into_iter().for_each(|word| journey.record_consent(word));
            assert!(!journey.consent(Channel::Sms, Purpose::Marketing).unwrap().granted);
            assert_eq!(journey.consents.len(), 1);
        }
    }

    #[test]
    fn a_forms_word_about_text_messages_is_kept_with_its_proof_and_the_later_one_holds() {
        let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &["c"]);
        let said = |granted, second| TextConsent {
            granted,
            at: Timestamp::from_second(second).unwrap(),
            source: Source::WebForm,
            wording: Some("Text me".to_owned()),
            page: Some("https://example.com/quote".to_owned()),
        };
        let mut journey = Journey::begin(contact, Timestamp::UNIX_EPOCH);
        assert!(!journey.is_welcome(Channel::Sms, &OptOutState::default()), "a typed number is no consent");
        journey.take_text_consent(&said(true, 1));
        let record = journey.consent(Channel::Sms, Purpose::Conversational).unwrap();
        assert_eq!(record.at, Timestamp::from_second(1).unwrap());
        assert_eq!(record.evidence, "Agreed to text messages (web_form, https://example.com/quote): \"Text me\"");
        assert!(journey.is_welcome(Channel::Sms, &OptOutState::default()));
        assert!(!journey.is_welcome(Channel::Whatsapp, &OptOutState::default()), "it was about text messages");
        journey.take_text_consent(&said(false, 3));
        journey.take_text_consent(&said(true, 2));
        assert!(!journey.is_welcome(Channel::Sms, &OptOutState::default()));
        let wrote = OptOutState { heard: [(Channel::Sms, Timestamp::UNIX_EPOCH)].into(), ..OptOutState::default() };
        assert!(journey.is_welcome(Channel::Sms, &wrote));
    }

    #[test]
    fn who_calls_may_be_texted_unless_they_said_otherwise() {
        let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &["c"]);
        let mut journey = Journey::begin(contact, Timestamp::UNIX_EPOCH);
        journey.take_call(Timestamp::from_second(1).unwrap());
        assert!(journey.is_welcome(Channel::Sms, &OptOutState::default()));
        journey.consents[0].granted = false;
        journey.take_call(Timestamp::from_second(2).unwrap());
        assert!(!journey.is_welcome(Channel::Sms, &OptOutState::default()));
    }
}
