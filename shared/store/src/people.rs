//! Who is writing: from a message's addresses to everybody known by them.

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::conversations::Conversation;
use domain::leads::{Contact, Lead, Person};
use domain::messaging::{Address, Inbound};
use domain::{ContactId, Failure, TenantId};
use std::collections::{BTreeMap, BTreeSet};

use crate::Store;
use crate::error::failure;
use crate::item::{Item, from_item, get_text, key_item, text};
use crate::keys::{self, TableKey};
use crate::suppressions::{says_no, suppression_keys};

/// How many merges in a row are followed from a contact that is no more.
pub(crate) const MAX_MERGES: usize = 16;

/// What the table knows of a message that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Recall {
    /// It was stored before.
    pub duplicate: bool,
    /// Its sender asked to hear nothing more.
    pub suppressed: bool,
    /// Everybody known by one of its addresses.
    pub people: Vec<Person>,
}

impl Store {
    /// Two calls for somebody known, one for a stranger or a repeat.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn recall(&self, inbound: &Inbound) -> Result<Recall, Failure> {
        let tenant = &inbound.tenant;
        let seen = keys::seen(tenant, inbound.message_id());
        let identities =
            std::iter::once(&inbound.from).chain(&inbound.also).map(|address| keys::identity(tenant, address));
        let mut wanted = vec![seen.clone()];
        wanted.extend(suppression_keys(tenant, &inbound.from));
        wanted.extend(identities);
        let items = self.batch_get(wanted).await?;
        if items.iter().any(|item| get_text(item, "pk") == seen.pk) {
            return Ok(Recall { duplicate: true, suppressed: false, people: Vec::new() });
        }
        let suppressed = says_no(&items, tenant, &inbound.from);
        let people = self.people_of(tenant, &items).await?;
        Ok(Recall { duplicate: false, suppressed, people })
    }

    /// Everybody known by one of `addresses`.
    ///
    /// # Errors
    /// As [`Store::recall`].
    pub async fn people(&self, tenant: &TenantId, addresses: &[Address]) -> Result<Vec<Person>, Failure> {
        let wanted = addresses.iter().map(|address| keys::identity(tenant, address)).collect();
        let items = self.batch_get(wanted).await?;
        self.people_of(tenant, &items).await
    }

    async fn people_of(&self, tenant: &TenantId, items: &[Item]) -> Result<Vec<Person>, Failure> {
        let mut ids = BTreeSet::new();
        for item in items.iter().filter(|item| get_text(item, "entity") == "identity") {
            ids.insert(ContactId::parse(get_text(item, "contact"))?);
        }
        let mut people = BTreeMap::new();
        for id in ids {
            let person = self.person(tenant, id).await?;
            people.insert(person.contact.id, person);
        }
        Ok(people.into_values().collect())
    }

    /// The contact `id`, or who goes on for it: an address of long ago may lead to a contact that was merged since.
    pub(crate) async fn person(&self, tenant: &TenantId, id: ContactId) -> Result<Person, Failure> {
        let mut id = id;
        for _ in 0..MAX_MERGES {
            let (contact, lead, threads) = self.person_items(tenant, id).await?;
            let missing = || Failure::Permanent("an address leads to a contact that does not exist".into());
            let contact = contact.ok_or_else(missing)?;
            match (contact.merged_into, lead) {
                (Some(into), _) => id = into,
                (None, Some(lead)) => return Ok(Person { contact, lead, threads }),
                // Reading a partition is no transaction: this one is being merged right now.
                (None, None) => return Err(Failure::Retryable("this contact is being merged".into())),
            }
        }
        Err(Failure::Permanent("a contact was merged more often than is followed".into()))
    }

    async fn person_items(
        &self,
        tenant: &TenantId,
        id: ContactId,
    ) -> Result<(Option<Contact>, Option<Lead>, Vec<Conversation>), Failure> {
        let answer = self
            .dynamo
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :now)")
            .expression_attribute_values(":pk", text(keys::person(tenant, id)))
            .expression_attribute_values(":now", text(keys::NOW))
            .send()
            .await
            .map_err(|error| failure("person", &error))?;
        let (mut contact, mut lead, mut threads) = (None, None, Vec::new());
        for item in answer.items() {
            match get_text(item, "entity") {
                "contact" => contact = Some(from_item("contact", item)?),
                "lead" => lead = Some(from_item("lead", item)?),
                "thread" => threads.push(from_item("thread", item)?),
                _ => {}
            }
        }
        Ok((contact, lead, threads))
    }

    /// Reads up to 100 items, consistently; what the table leaves out for now is asked for again, three times.
    pub(crate) async fn batch_get(&self, wanted: Vec<TableKey>) -> Result<Vec<Item>, Failure> {
        let distinct: BTreeSet<(String, String)> = wanted.into_iter().map(|key| (key.pk, key.sk)).collect();
        let mut left: Vec<Item> = distinct.into_iter().map(|(pk, sk)| key_item(&TableKey { pk, sk })).collect();
        let mut items = Vec::new();
        for _ in 0..3 {
            if left.is_empty() {
                return Ok(items);
            }
            let ask = KeysAndAttributes::builder()
                .set_keys(Some(std::mem::take(&mut left)))
                .consistent_read(true)
                .build()
                .map_err(|error| Failure::Permanent(error.to_string()))?;
            let answer = self
                .dynamo
                .batch_get_item()
                .request_items(&self.table, ask)
                .send()
                .await
                .map_err(|error| failure("batch get", &error))?;
            items.extend(answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default());
            if let Some(rest) = answer.unprocessed_keys.unwrap_or_default().remove(&self.table) {
                left = rest.keys;
            }
        }
        if left.is_empty() { Ok(items) } else { Err(Failure::Retryable("batch get: the table is busy".into())) }
    }
}
