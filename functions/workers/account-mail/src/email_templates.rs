//! The e-mail templates, in the five languages that Porchlight speaks.
//!
//! Each says what it is and holds one link, on a line by itself. If the link has a token, it says for how long the link is good, and what
//! to do if one did not ask for it. Plain text, so nothing in it can be markup.

mod de;
mod en;
mod es;
mod fr;
mod pt;

use domain::tenancy::Language;
use jiff::SignedDuration;

/// What an e-mail template is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Invitation,
    Verification,
    Reset,
    PasswordSet,
    CalendarLost,
    CampaignWaiting,
    WebhookDisabled,
}

/// An e-mail template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmailTemplate {
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// What an e-mail template says besides its words.
#[derive(Debug, Clone, Copy)]
struct Facts<'a> {
    business: &'a str,
    /// Who invites: a person of the business, where it is known who, else the business.
    inviter: &'a str,
    link: &'a str,
    good_for: SignedDuration,
}

type Writer = fn(Kind, &Facts<'_>) -> EmailTemplate;

/// English first: the last resort.
const LANGUAGES: [(&str, Writer); 5] =
    [("en", en::write), ("es", es::write), ("fr", fr::write), ("de", de::write), ("pt", pt::write)];

impl Kind {
    /// The page that the link leads to.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Invitation => "accept",
            Self::Verification => "verify",
            Self::Reset => "reset",
            Self::PasswordSet => "forgot",
            Self::CalendarLost => "app/settings/calendars",
            Self::CampaignWaiting => "app/campaigns",
            Self::WebhookDisabled => "app/settings/webhooks",
        }
    }
}

impl Facts<'_> {
    /// Begun days count.
    fn days(&self) -> i64 {
        (self.good_for.as_secs() + 86_399) / 86_400
    }

    fn hours(&self) -> i64 {
        self.good_for.as_hours()
    }

    fn minutes(&self) -> i64 {
        self.good_for.as_mins()
    }
}

/// The e-mail template in `language`, or in English where it is not one of the five.
pub(crate) fn write(
    kind: Kind,
    language: &Language,
    (business, inviter): (&str, Option<&str>),
    link: &str,
    good_for: SignedDuration,
) -> EmailTemplate {
    let [(_, english), ..] = LANGUAGES;
    let spoken = LANGUAGES.iter().find(|(code, _)| *code == language.as_str());
    let write = spoken.map_or(english, |(_, write)| *write);
    write(kind, &Facts { business, inviter: inviter.unwrap_or(business), link, good_for })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://app.example.com/page?token=abc";

    fn email_template(kind: Kind, code: &str) -> EmailTemplate {
        let good_for = match kind {
            Kind::Invitation => SignedDuration::from_hours(7 * 24 - 1),
            Kind::Verification => SignedDuration::from_hours(24),
            Kind::Reset => SignedDuration::from_mins(30),
            Kind::PasswordSet | Kind::CalendarLost | Kind::CampaignWaiting | Kind::WebhookDisabled => {
                SignedDuration::ZERO
            }
        };
        write(kind, &Language::new(code).unwrap(), ("Summit Roofing", Some("Ana Flores")), LINK, good_for)
    }

    #[test]
    fn every_email_template_names_the_business_its_link_and_how_long_it_is_good() {
        for (code, _) in LANGUAGES {
            for (kind, number) in [
                (Kind::Invitation, "7"),
                (Kind::Verification, "24"),
                (Kind::Reset, "30"),
                (Kind::PasswordSet, ""),
                (Kind::CalendarLost, ""),
                (Kind::CampaignWaiting, ""),
                (Kind::WebhookDisabled, ""),
            ] {
                let EmailTemplate { subject, text } = email_template(kind, code);
                assert!(text.contains("Summit Roofing") && subject.contains("Summit Roofing"), "{code} {kind:?}");
                assert!(text.lines().any(|line| line == LINK), "{code} {kind:?}: the link is on a line of its own");
                assert_eq!(text.contains("Ana Flores"), kind == Kind::Invitation, "{code} {kind:?}");
                assert!(number.is_empty() || text.contains(&format!(" {number} ")), "{code} {kind:?}: {text}");
                assert!(!subject.contains('\n') && subject.chars().count() < 78, "{code} {kind:?}");
            }
        }
    }

    #[test]
    fn no_two_email_templates_are_the_same() {
        let kinds = [
            Kind::Invitation,
            Kind::Verification,
            Kind::Reset,
            Kind::PasswordSet,
            Kind::CalendarLost,
            Kind::CampaignWaiting,
            Kind::WebhookDisabled,
        ];
        let all = LANGUAGES.iter().flat_map(|(code, _)| kinds.map(|kind| email_template(kind, code)));
        let (texts, subjects): (std::collections::BTreeSet<_>, std::collections::BTreeSet<_>) =
            all.map(|email_template| (email_template.text, email_template.subject)).unzip();
        assert_eq!((texts.len(), subjects.len()), (35, 35));
    }

    #[test]
    fn a_language_that_no_one_wrote_is_english() {
        assert_eq!(email_template(Kind::Reset, "nl"), email_template(Kind::Reset, "en"));
        assert!(email_template(Kind::Reset, "es").text.contains("contraseña"));
    }
}
