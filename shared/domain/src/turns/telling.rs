//! A mail to a colleague: they were mentioned in a note, or a conversation was assigned to them. It leads to the conversation or the
//! contact and repeats nothing of it: a mailbox is no place for what a customer said.

use jiff::{SignedDuration, Timestamp};

use crate::conversations::escalating::Notice;
use crate::conversations::notice_words::say;
use crate::conversations::{Conversation, Message, NoticeKind};
use crate::events::EventKind;
use crate::identity::Member;
use crate::ids::AccountId;
use crate::messaging::{Channel, MessageRef};
use crate::tenancy::{Language, Tenant};
use crate::{ContactId, ConversationId, MessageId};

/// For how long somebody who was told of a conversation is not told of it again: our choice.
pub const TOLD_FOR: SignedDuration = SignedDuration::from_mins(10);
/// The most people that a note tells.
const MAX_MENTIONS: usize = 10;

/// What colleagues are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A conversation.
    Conversation(ConversationId),
    /// A contact.
    Contact(ContactId),
}

impl Place {
    /// What the mail says in `language`. `site`: where the pages of this installation are, where that is known.
    #[must_use]
    pub fn text(self, kind: NoticeKind, business: &str, site: Option<&str>, language: &Language) -> String {
        let (name, folder, id) = match self {
            Self::Conversation(id) => ("conversation", "inbox", id.to_string()),
            Self::Contact(id) => ("contact", "contacts", id.to_string()),
        };
        let what = match kind {
            NoticeKind::Mentioned => format!("mentioned-{name}"),
            _ => "assigned-conversation".to_owned(),
        };
        let place = match site {
            Some(site) => format!("{}/app/{folder}/{id}", site.trim_end_matches('/')),
            None => say(language, &format!("place-{name}"), &[("id", &id)]),
        };
        format!("{}\n\n{place}", say(language, &what, &[("business", business)]))
    }
}

/// What colleagues are told.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// Whose staff.
    pub tenant: &'a Tenant,
    /// Of which conversation.
    pub thread: &'a Conversation,
    /// Why.
    pub kind: NoticeKind,
    /// Names the request: its repeat gives the same mails.
    pub cause: &'a str,
    /// Where the pages of this installation are, where that is known.
    pub site: Option<&'a str>,
    /// Of the request.
    pub correlation_id: &'a str,
    /// When (UTC).
    pub at: Timestamp,
}

impl Telling<'_> {
    /// The mail to `member`.
    #[must_use]
    pub fn to(&self, member: &Member) -> (Message, EventKind) {
        let (thread, account) = (self.thread, member.account.to_string());
        let kind = format!("{:?}", self.kind);
        let id = thread.id.to_string();
        let message = MessageId::derive(&self.tenant.id, &["notice", &kind, &id, self.cause, &account]);
        let reference = MessageRef { conversation: thread.id, at: self.at, message };
        let text = Place::Conversation(thread.id).text(self.kind, &self.tenant.name, self.site, &self.tenant.language);
        let correlation_id = self.correlation_id;
        let (lead, to) = (thread.lead, &member.email);
        let notice = Notice { reference, lead, kind: self.kind, to, text, by: None, correlation_id };
        let queued = EventKind::MessageQueued { message: reference, channel: Channel::Email, contact: thread.contact };
        (notice.message(), queued)
    }
}

/// The members whom `text` mentions: `@` at the beginning of a word, and their whole name, or the first word of it where it is one
/// member's alone; whatever the case.
#[must_use]
pub fn mentioned(text: &str, members: &[Member]) -> Vec<AccountId> {
    let names: Vec<(String, AccountId)> =
        members.iter().map(|member| (member.name.trim().to_lowercase(), member.account)).collect();
    let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let is_alone = |word: &str| names.iter().filter(|(name, _)| first(name) == word).count() == 1;
    let text = text.to_lowercase();
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let (before, after) = text.split_at(at);
        let after = after.trim_start_matches('@');
        if before.ends_with(char::is_alphanumeric) {
            continue;
        }
        let whole = names.iter().filter(|(name, _)| begins(after, name)).max_by_key(|(name, _)| name.len());
        let by_first = || names.iter().find(|(name, _)| begins(after, &first(name)) && is_alone(&first(name)));
        found.extend(whole.or_else(by_first).map(|(_, account)| *account));
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MAX_MENTIONS);
    found
}

/// Whether `text` begins with `name`, as words.
fn begins(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty());
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::Address;
    use crate::samples;
    use serde_json::json;

    fn member(name: &str) -> Member {
        let tenant = samples::roofer().id;
        serde_json::from_value(json!({
            "account": AccountId::derive(&tenant, &[name]), "tenant": tenant, "name": name,
            "email": "ana@example.com", "role": "agent", "joined_at": "2026-11-20T12:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn a_name_after_an_at_sign_is_a_mention_where_it_is_one_members() {
        let team = ["Ana Flores", "Ana Núñez", "Bo Lind", "Bob"].map(member);
        let names = |text: &str| -> Vec<String> {
            let found = mentioned(text, &team);
            team.iter().filter(|one| found.contains(&one.account)).map(|one| one.name.clone()).collect()
        };
        assert_eq!(names("@Ana Flores, please call"), ["Ana Flores"]);
        assert_eq!(names("please, @ana núñez!"), ["Ana Núñez"]);
        assert!(names("@Ana please").is_empty(), "there are two");
        assert_eq!(names("@bo and (@BOB)"), ["Bo Lind", "Bob"]);
        assert_eq!(names("@Bo @Bo Lind"), ["Bo Lind"]);
        for none in ["Bo", "write to ana@bob", "@Bobby", "@", "@@", "50 @ 3"] {
            assert!(names(none).is_empty(), "{none}");
        }
        assert!(mentioned("@ ", &[member("")]).is_empty());
    }

    #[test]
    fn the_mail_leads_to_the_conversation_and_says_nothing_of_the_customer() {
        let tenant = samples::roofer();
        let mut thread = samples::thread(&tenant);
        thread.remember(crate::conversations::Role::Customer, "My roof leaks");
        let at = "2026-11-20T12:00:00Z".parse().unwrap();
        let telling = |kind, site| Telling {
            tenant: &tenant,
            thread: &thread,
            kind,
            cause: "request",
            site,
            correlation_id: "c",
            at,
        };
        let (mail, _) = telling(NoticeKind::Mentioned, Some("https://app.example.com/")).to(&member("Ana"));
        assert_eq!(
            mail.text,
            format!(
                "A colleague mentioned you in a note on a conversation of Summit Ridge Roofing.\n\nhttps://app.example.com/app/inbox/{}",
                thread.id
            )
        );
        assert!(matches!(&mail.delivery.unwrap().to, Address::Email(to) if to.as_str() == "ana@example.com"));
        let site = Some("https://app.example.com");
        let told = |language| Place::Contact(thread.contact).text(NoticeKind::Mentioned, "Bolt", site, &language);
        let contact = told(Language::english());
        let link = format!("https://app.example.com/app/contacts/{}", thread.contact);
        assert_eq!(contact, format!("A colleague mentioned you in a note on a contact of Bolt.\n\n{link}"));
        let spanish = told(Language::new("es").unwrap());
        assert_eq!(spanish, format!("Un compañero le ha mencionado en una nota sobre un contacto de Bolt.\n\n{link}"));
        let (other, _) = telling(NoticeKind::Assigned, None).to(&member("Ana"));
        assert!(other.text.contains("was assigned to you"), "{}", other.text);
        assert_ne!(other.reference.message, mail.reference.message);
    }
}
