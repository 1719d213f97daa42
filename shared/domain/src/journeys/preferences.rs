//! How a person wants to be written to, checked; and what they agreed to.

use jiff::tz::TimeZone;

use super::{ConsentRecord, Journey, Preferences};
use crate::Failure;
use crate::messaging::Channel;

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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::Purpose;
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
            at: jiff::Timestamp::from_second(second).unwrap(),
            evidence: "form".to_owned(),
        };
        for order in [[word(true, 1), word(false, 2)], [word(false, 2), word(true, 1)]] {
            let mut journey = Journey::begin(contact, jiff::Timestamp::UNIX_EPOCH);
            order.into_iter().for_each(|word| journey.record_consent(word));
            assert!(!journey.consent(Channel::Sms, Purpose::Marketing).unwrap().granted);
            assert_eq!(journey.consents.len(), 1);
        }
    }
}
