//! What a business cannot do yet, in words for its owner: what is silently missing until a customer meets it.

use super::Tenant;
use crate::messaging::Channel;

impl Tenant {
    /// What it cannot do as long as its settings are as they are and only the vendors' credentials of these names are stored
    /// (`meta-app-secret`, `meta-access-token`, `twilio-auth-token`, `twilio-api-key`), one sentence each. Empty: nothing is
    /// missing.
    #[must_use]
    pub fn cannot_yet(&self, stored: &[&str]) -> Vec<String> {
        let has = |name: &str| stored.contains(&name);
        let (sms, whatsapp) = (self.channels.sms.is_some(), self.channels.whatsapp.is_some());
        let texts = sms && has("twilio-api-key");
        let mails = self.channels.email.is_some();
        let mut missing: Vec<&str> = Vec::new();
        missing.extend(match (texts, mails) {
            (true, true) => None,
            (false, false) => Some("Leads from the form cannot be answered: neither text messages nor e-mail are set up."),
            (false, true) => {
                Some("Leads from the form who leave a telephone number alone cannot be answered: text messages are not set up.")
            }
            (true, false) => Some("Leads from the form who leave an e-mail address alone cannot be answered: e-mail is not set up."),
        });
        let calls = self.answers_calls_on(None);
        if calls == Channel::Sms && !texts {
            missing.push("Missed calls cannot be answered: text messages are not set up.");
        }
        if self.text_back == Channel::Whatsapp && calls != Channel::Whatsapp {
            missing.push(
                "Missed calls are not answered by WhatsApp: it needs an approved template, and channels.whatsapp.missed_call names none.",
            );
        }
        let credentials = [
            (sms, "twilio-auth-token", "Text messages and calls do not come in: Twilio's auth token is missing."),
            (sms, "twilio-api-key", "Text messages cannot be answered: Twilio's API key is missing."),
            (whatsapp, "meta-app-secret", "WhatsApp messages do not come in: Meta's app secret is missing."),
            (whatsapp, "meta-access-token", "WhatsApp messages cannot be answered: Meta's access token is missing."),
        ];
        missing.extend(credentials.iter().filter(|(wanted, name, _)| *wanted && !has(name)).map(|(.., words)| *words));
        if self.notify.is_empty() {
            missing.push("Nobody hears of emergencies: notify names no address.");
        } else if !mails {
            missing.push("Notices to your staff come from Porchlight's own address: e-mail is not set up.");
        }
        missing.into_iter().map(ToOwned::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;
    use crate::tenancy::ChannelSettings;

    const ALL: [&str; 4] = ["meta-app-secret", "meta-access-token", "twilio-auth-token", "twilio-api-key"];

    #[test]
    fn who_has_no_way_to_answer_is_told_whom_that_concerns() {
        let mut tenant = roofer();
        tenant.channels = ChannelSettings::default();
        let missing = tenant.cannot_yet(&[]).join("\n");
        for words in [
            "Leads from the form cannot be answered",
            "Missed calls cannot be answered",
            "Notices to your staff come from Porchlight's own address",
        ] {
            assert!(missing.contains(words), "{missing}");
        }
        tenant.notify.clear();
        assert!(tenant.cannot_yet(&[]).join("\n").contains("Nobody hears of emergencies"));
    }

    #[test]
    fn a_channel_without_its_credentials_is_no_channel() {
        let mut tenant = roofer();
        tenant.channels.email = Some(serde_json::from_str(r#"{"from": "office@roofer.example.com"}"#).unwrap());
        assert_eq!(tenant.cannot_yet(&ALL), Vec::<String>::new());
        let without_key = tenant.cannot_yet(&["twilio-auth-token"]).join("\n");
        for words in ["leave a telephone number alone", "Missed calls cannot", "Twilio's API key is missing"] {
            assert!(without_key.contains(words), "{without_key}");
        }
        tenant.text_back = Channel::Whatsapp;
        assert!(tenant.cannot_yet(&ALL)[0].contains("approved template"));
    }
}
