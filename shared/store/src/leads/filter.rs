//! Which leads a list has.

use domain::ids::{AccountId, LocationId};
use domain::leads::{Lead, LeadStatus, Question, Score};
use domain::messaging::Source;
use jiff::Timestamp;

use crate::table::lists::Filters;

/// Where words are looked for: the name, and what they want.
const TEXTS: [&str; 4] = ["name", "qualification.service_interest", "qualification.other_services", "fields.message"];
/// The fewest digits that are a number to look for.
const MIN_DIGITS: usize = 2;

/// Which leads to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// Only with this status.
    pub status: Option<LeadStatus>,
    /// Only with this score.
    pub score: Option<Score>,
    /// Only those who came like this.
    pub source: Option<Source>,
    /// Only those that this location looks after.
    pub location: Option<LocationId>,
    /// Only this person's.
    pub assignee: Option<AccountId>,
    /// Only what has changed at this moment or later (UTC).
    pub since: Option<Timestamp>,
    /// Only with this in the name or in what they want, whatever the case; of a number or a mailbox the latest leads of those who have it.
    pub text: Option<String>,
}

impl LeadFilter {
    /// What must be equal, by its name.
    pub(crate) fn equal(&self) -> [(&'static str, Option<String>); 5] {
        [
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("score", self.score.map(|score| score.as_str().to_owned())),
            ("source", self.source.map(|source| source.as_str().to_owned())),
            ("location", self.location.as_ref().map(ToString::to_string)),
            ("assignee", self.assignee.map(|account| account.to_string())),
        ]
    }

    /// The list's own order finds `since`; the text is looked for in what was read; the table sorts the rest out.
    pub(crate) fn terms(&self) -> Filters {
        Filters::from(&self.equal()).since(self.since).containing(&TEXTS, self.text.as_deref())
    }

    /// Whose leads are wanted, where the text is a number or a mailbox: those are the contact's, and found by its keywords.
    pub(crate) fn reached_by(&self) -> Option<Question> {
        let text = self.text.as_deref()?;
        let is_number = text.chars().filter(char::is_ascii_digit).count() >= MIN_DIGITS
            && text.chars().all(|sign| sign.is_ascii_digit() || " +()-./".contains(sign));
        (is_number || text.contains('@')).then(|| Question::read(text).ok()).flatten()
    }

    /// Whether a lead is wanted, whatever its text.
    pub(crate) fn wants(&self, lead: &Lead) -> bool {
        self.status.is_none_or(|status| lead.status == status)
            && self.score.is_none_or(|score| lead.score == score)
            && self.source.is_none_or(|source| lead.source == source)
            && self.location.as_ref().is_none_or(|location| lead.location.as_ref() == Some(location))
            && self.assignee.is_none_or(|account| lead.assignee == Some(account))
            && self.since.is_none_or(|since| lead.updated_at >= since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ContactId, LeadId, TenantId};

    #[test]
    fn numbers_and_mailboxes_are_the_contacts_and_words_the_leads() {
        let reached = |text: &str| LeadFilter { text: Some(text.to_owned()), ..LeadFilter::default() }.reached_by();
        assert_eq!(reached("+1 (303) 555-0142"), Some(Question::read("13035550142").unwrap()));
        assert!(reached("0142").is_some() && reached("ana@customer.example.com").is_some());
        for words in ["ana", "24/7 service", "7", "@", ""] {
            assert_eq!(reached(words), None, "{words}");
        }
        assert_eq!(LeadFilter::default().reached_by(), None);
    }

    #[test]
    fn a_lead_is_wanted_where_all_that_is_asked_holds() {
        let tenant = TenantId::new("acme").unwrap();
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let (id, contact) = (LeadId::derive(&tenant, &["l"]), ContactId::derive(&tenant, &["c"]));
        let lead =
            Lead { location: Some(LocationId::new("lakewood").unwrap()), ..Lead::new(id, contact, Source::Sms, at) };
        assert!(LeadFilter::default().wants(&lead));
        let place = |name: &str| LeadFilter { location: LocationId::new(name).ok(), ..LeadFilter::default() };
        assert!(place("lakewood").wants(&lead) && !place("denver").wants(&lead));
        let other = LeadFilter::default();
        for wrong in [
            LeadFilter { status: LeadStatus::parse("qualified"), ..other.clone() },
            LeadFilter { score: Score::parse("hot"), ..other.clone() },
            LeadFilter { source: Some(Source::LiveChat), ..other.clone() },
            LeadFilter { assignee: Some(AccountId::derive(&tenant, &["bo"])), ..other.clone() },
            LeadFilter { since: Some("2026-11-20T12:00:01Z".parse().unwrap()), ..other },
        ] {
            assert!(!wrong.wants(&lead), "{wrong:?}");
        }
    }
}
