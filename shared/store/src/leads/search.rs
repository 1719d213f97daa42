//! Contacts in a list: all of them by activity, or those that a word, a tag or an assignee leads to.
//!
//! By activity they come from the list of leads. Everybody has a lead, so contacts older than the search index are in it too. A search
//! reads the entries of the keyword that finds the fewest, and then each contact itself, which decides on everything else that was asked.

use domain::failure::Rejection;
use domain::ids::AccountId;
use domain::leads::{Contact, Keyword, Lead, Question};
use domain::{ContactId, Failure, TenantId};
use std::collections::BTreeMap;

use crate::Contacts;
use crate::leads::contacts::ContactEntry;
use crate::leads::filter::LeadFilter;
use crate::leads::keys::NOW;
use crate::table::cursors::{Scope, read_failure, refused};
use crate::table::item::{Item, get_text, key_item, readable, text};
use crate::table::keys::{self, PartitionKey, TableKey};
use crate::table::lists::{MAX_PAGE, Page};

/// So many entries of the index are looked at in one read: each leads to a contact and its lead, of which 100 are read at once.
const LOOKED_AT: usize = 50;
/// How many reads one page may cost; a question that finds little gives short pages with a cursor.
const MAX_READS: usize = 5;

/// Which contacts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactFilter {
    /// Only those that have all of its words.
    pub question: Option<Question>,
    /// Only with this tag, however it is capitalised.
    pub tag: Option<String>,
    /// Only those of this member of the team.
    pub assignee: Option<AccountId>,
    /// Only those whose latest lead is wanted.
    pub lead: LeadFilter,
}

impl ContactFilter {
    /// The keyword that is looked up.
    fn keyword(&self) -> Option<Keyword> {
        let by_word = self.question.as_ref().and_then(Question::sharpest).cloned();
        let by_assignee = || self.assignee.map(Keyword::assignee);
        by_word.or_else(by_assignee).or_else(|| self.tag.as_deref().map(Keyword::tag))
    }

    /// Whether a contact is wanted.
    fn wants(&self, contact: &Contact) -> bool {
        contact.merged_into.is_none()
            && self.question.as_ref().is_none_or(|question| question.finds(contact))
            && self.assignee.is_none_or(|account| contact.assignee == Some(account))
            && self.tag.as_deref().map(Keyword::tag).is_none_or(|tag| contact.keywords().contains(&tag))
    }

    /// What a cursor is good for.
    fn scope(&self, partition: &PartitionKey) -> Scope {
        let (words, tag) = (self.question.as_ref().map(Question::text), self.tag.as_deref().map(Keyword::tag));
        let assignee = self.assignee.map(|account| account.to_string());
        let (equal, since) = (self.lead.equal(), self.lead.since.map(|since| since.to_string()));
        let own = [
            ("q", words.as_deref().unwrap_or_default()),
            ("tag", tag.as_ref().map_or("", Keyword::text)),
            ("contact", assignee.as_deref().unwrap_or_default()),
            ("since", since.as_deref().unwrap_or_default()),
        ];
        let of_lead = equal.iter().map(|(name, value)| (*name, value.as_deref().unwrap_or_default()));
        Scope::new(partition, &own.into_iter().chain(of_lead).collect::<Vec<_>>())
    }
}

impl Contacts<'_> {
    /// A tenant's contacts: newest activity first, or, where something is looked for, in the order of the word that was found, newer
    /// contacts first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        filter: &ContactFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<ContactEntry>, Failure> {
        let limit = limit.clamp(1, MAX_PAGE);
        match filter.keyword() {
            Some(keyword) => {
                let Page { items, cursor } = self.found(tenant, filter, &keyword, limit, cursor).await?;
                let items = items.into_iter().map(|(contact, lead)| ContactEntry::of(contact, &lead)).collect();
                Ok(Page { items, cursor })
            }
            None => self.by_activity(tenant, filter, limit, cursor).await,
        }
    }

    /// The latest leads of those whom `question` finds, as far as they are wanted.
    pub(crate) async fn latest_leads(
        self,
        tenant: &TenantId,
        question: Question,
        wanted: &LeadFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Lead>, Failure> {
        let filter = ContactFilter { question: Some(question), lead: wanted.clone(), ..ContactFilter::default() };
        let Some(keyword) = filter.keyword() else { return Ok(Page { items: Vec::new(), cursor: None }) };
        let page = self.found(tenant, &filter, &keyword, limit.clamp(1, MAX_PAGE), cursor).await?;
        Ok(Page { items: page.items.into_iter().map(|(_, lead)| lead).collect(), cursor: page.cursor })
    }

    async fn by_activity(
        self,
        tenant: &TenantId,
        filter: &ContactFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<ContactEntry>, Failure> {
        let list = keys::of(tenant).lead_list();
        let page = self.store.list_items(tenant, &list, filter.lead.terms(), limit, cursor).await?;
        // Earlier leads of the same people are in the list too.
        let latest: Vec<Lead> = readable("lead", page.items.iter().filter(|item| is_latest(item)));
        let wanted = latest.iter().map(|lead| keys::of(tenant).contact(lead.contact)).collect();
        let contacts: Vec<Contact> = readable("contact", &self.store.batch_get(wanted).await?);
        let mut contacts: BTreeMap<ContactId, Contact> =
            contacts.into_iter().filter(|contact| filter.wants(contact)).map(|one| (one.id, one)).collect();
        let entry = |lead: &Lead| Some(ContactEntry::of(contacts.remove(&lead.contact)?, lead));
        Ok(Page { items: latest.iter().filter_map(entry).collect(), cursor: page.cursor })
    }

    /// Those that a keyword leads to.
    async fn found(
        self,
        tenant: &TenantId,
        filter: &ContactFilter,
        keyword: &Keyword,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<(Contact, Lead)>, Failure> {
        let partition = keys::of(tenant).keyword_shelf(keyword);
        let scope = filter.scope(&partition);
        // A word is looked for by its beginning; of a tag or a member everything is known.
        let whole = filter.question.is_none();
        let prefix = if whole { format!("{}#", keyword.text()) } else { keyword.text().to_owned() };
        let mut after = cursor.map(|cursor| scope.place::<1>(cursor)).transpose()?.map(|[sk]| sk);
        if after.as_ref().is_some_and(|sk| !sk.starts_with(&prefix)) {
            return Err(refused());
        }
        let mut items = Vec::new();
        for read in 0..MAX_READS {
            let from_cursor = cursor.is_some() && read == 0;
            let (rows, more) = self.entries(&partition, &prefix, after.as_deref(), from_cursor).await?;
            let found = self.behind(tenant, filter, keyword, &rows).await?;
            for (row, entry) in rows.iter().zip(found) {
                after = Some(get_text(row, "sk").to_owned());
                items.extend(entry);
                if items.len() == limit {
                    let is_last = !more && rows.last().is_some_and(|last| get_text(last, "sk") == get_text(row, "sk"));
                    return Ok(Page { items, cursor: after.filter(|_| !is_last).map(|sk| scope.cursor(&[&sk])) });
                }
            }
            if !more {
                return Ok(Page { items, cursor: None });
            }
        }
        Ok(Page { items, cursor: after.map(|sk| scope.cursor(&[&sk])) })
    }

    /// Entries of the index after a place, and whether there are more.
    async fn entries(
        self,
        partition: &PartitionKey,
        prefix: &str,
        after: Option<&str>,
        from_cursor: bool,
    ) -> Result<(Vec<Item>, bool), Failure> {
        let start = after.map(|sk| key_item(&TableKey { pk: partition.clone(), sk: sk.to_owned() }));
        let query = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(partition))
            .expression_attribute_values(":prefix", text(prefix))
            .limit(i32::try_from(LOOKED_AT).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start);
        let answer = query.send().await.map_err(|error| read_failure("search", &error, from_cursor))?;
        let more = answer.last_evaluated_key.is_some();
        Ok((answer.items.unwrap_or_default(), more))
    }

    /// The contact behind each entry; `None` where it is not wanted, or was found by an entry before.
    async fn behind(
        self,
        tenant: &TenantId,
        filter: &ContactFilter,
        keyword: &Keyword,
        rows: &[Item],
    ) -> Result<Vec<Option<(Contact, Lead)>>, Failure> {
        let owners: Vec<Option<ContactId>> =
            rows.iter().map(|row| ContactId::parse(get_text(row, "contact")).ok()).collect();
        let places = |id: &ContactId| [keys::of(tenant).contact(*id), keys::of(tenant).lead(*id)];
        let items = self.store.batch_get(owners.iter().flatten().flat_map(places).collect()).await?;
        let of = |kind: &'static str| items.iter().filter(move |item| get_text(item, "entity") == kind);
        let contacts: Vec<Contact> = readable("contact", of("contact"));
        let contacts: BTreeMap<ContactId, Contact> = contacts.into_iter().map(|one| (one.id, one)).collect();
        let leads: Vec<Lead> = readable("lead", of("lead"));
        let leads: BTreeMap<ContactId, Lead> = leads.into_iter().map(|lead| (lead.contact, lead)).collect();
        let entry = |(row, owner): (&Item, &Option<ContactId>)| {
            let owner = owner.as_ref()?;
            let (contact, lead) = (contacts.get(owner)?, leads.get(owner)?);
            let is_first = first_of(contact, keyword).is_some_and(|first| first == word_of(row));
            let is_wanted = is_first && filter.lead.wants(lead) && filter.wants(contact);
            is_wanted.then(|| (contact.clone(), lead.clone()))
        };
        Ok(rows.iter().zip(&owners).map(entry).collect())
    }

    /// Demands that an account is a member of the team.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field`.
    pub(crate) async fn demand_member(self, tenant: &TenantId, account: AccountId, field: &str) -> Result<(), Failure> {
        match self.store.members().get(tenant, account).await {
            Ok(_) => Ok(()),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                Err(Failure::invalid(field, format!("{field} must be a member of your team (GET /v1/members)")))
            }
            Err(failure) => Err(failure),
        }
    }
}

/// Whether a stored lead is its contact's latest one.
fn is_latest(lead: &Item) -> bool {
    get_text(lead, "sk").starts_with(NOW)
}

/// The entry by which a contact is found first: two of its words may begin alike, and it is shown once.
fn first_of<'c>(contact: &'c Contact, keyword: &Keyword) -> Option<&'c str> {
    contact.found_by.iter().find(|known| known.begins_with(keyword)).map(Keyword::text)
}

/// The keyword of an entry: its sort key without age and contact.
fn word_of(row: &Item) -> &str {
    get_text(row, "sk").rsplitn(3, '#').nth(2).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversations::turns::lead_item;
    use domain::leads::{ContactChange, typed_in};
    use domain::messaging::Source;
    use jiff::Timestamp;

    fn acme() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn ana(tags: &[&str]) -> (Contact, Lead) {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let name = Some(Some("Ana Andersson".to_owned()));
        let change = ContactChange { name, tags: Some(tags), ..ContactChange::default() };
        let (contact, lead) = typed_in(&acme(), "ana", &change, Timestamp::UNIX_EPOCH).unwrap();
        (Contact { found_by: contact.keywords(), ..contact }, lead)
    }

    fn question(typed: &str) -> ContactFilter {
        ContactFilter { question: Some(Question::read(typed).unwrap()), ..ContactFilter::default() }
    }

    #[test]
    fn a_contact_is_found_once_though_two_of_its_words_begin_so() {
        let (contact, _) = ana(&[]);
        let keyword = question("an").keyword().unwrap();
        let key = |word: &Keyword| key_item(&keys::of(&acme()).keyword(word, contact.created_at, contact.id));
        let rows: Vec<Item> = contact.found_by.iter().map(key).collect();
        let first = rows.iter().filter(|row| first_of(&contact, &keyword) == Some(word_of(row)));
        assert_eq!((rows.len(), first.count()), (2, 1));
    }

    #[test]
    fn the_sharpest_keyword_is_looked_up_and_the_contact_has_the_last_word() {
        let (contact, _) = ana(&["VIP", "Slow payer"]);
        let tagged = |filter: ContactFilter, tag: &str| ContactFilter { tag: Some(tag.to_owned()), ..filter };
        assert_eq!(tagged(question("ana"), "vip").keyword().unwrap().shelf(), "word:an");
        assert_eq!(tagged(ContactFilter::default(), "Vip").keyword().unwrap(), Keyword::tag("vip"));
        assert_eq!(ContactFilter::default().keyword(), None);
        assert!(tagged(question("ana"), "vip").wants(&contact) && !tagged(question("ana"), "new").wants(&contact));
        assert!(!question("ana").wants(&Contact { merged_into: Some(contact.id), ..contact.clone() }));
        let mine = ContactFilter { assignee: Some(AccountId::derive(&acme(), &["bo"])), ..ContactFilter::default() };
        assert!(!mine.wants(&contact));
    }

    #[test]
    fn a_cursor_is_good_for_the_same_question_alone() {
        let partition = keys::of(&acme()).keyword_shelf(&Keyword::tag("an"));
        let vip = ContactFilter { tag: Some("vip".to_owned()), ..question("ana") };
        let cursor = vip.scope(&partition).cursor(&["ana#1#c"]);
        let same = ContactFilter { tag: Some("VIP".to_owned()), ..question("Ana") };
        assert!(same.scope(&partition).place::<1>(&cursor).is_ok());
        let by_sms = LeadFilter { source: Some(Source::Sms), ..LeadFilter::default() };
        for other in [question("ana"), question("ana vale"), ContactFilter { lead: by_sms, ..vip }] {
            assert!(other.scope(&partition).place::<1>(&cursor).is_err());
        }
    }

    #[test]
    fn of_a_listed_lead_it_is_known_whether_it_is_the_latest() {
        let (_, lead) = ana(&[]);
        for (key, latest) in
            [(keys::of(&acme()).lead(lead.contact), true), (keys::of(&acme()).past_lead(lead.contact, lead.id), false)]
        {
            assert_eq!(is_latest(&lead_item(&acme(), &key, &lead).unwrap()), latest);
        }
    }
}
