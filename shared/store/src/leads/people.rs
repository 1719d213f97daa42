//! Who is writing: from a message's addresses to everybody known by them.

use domain::conversations::Conversation;
use domain::journeys::Journey;
use domain::journeys::Person;
use domain::leads::{Contact, Lead};
use domain::messaging::{Address, Inbound, OptOutState};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

use crate::People;
use crate::leads::keys::{MAX_MERGES, NOW};
use crate::messaging::opt_out_states::opt_out_state_from;
use crate::messaging::suppressions::{find, last_word, places};
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, readable, text};
use crate::table::keys::{self, TableKey};
use crate::tenancy::usage::Uncounted;

/// What the table knows of a message that came in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LoadedTurn {
    /// It was stored before.
    pub duplicate: bool,
    /// What is to be counted of it, where it was stored and whoever stored it did not come to that.
    pub uncounted: Uncounted,
    /// When the address it came from asked to hear nothing more (UTC), where that is the last it said.
    pub refused_at: Option<Timestamp>,
    /// Other addresses in it that asked to hear nothing more, and when (UTC).
    pub refused: Vec<(Address, Timestamp)>,
    /// Everybody known by one of its addresses.
    pub people: Vec<Person>,
}

/// What is now of one contact, as it is stored.
#[derive(Default)]
struct Parts {
    contact: Option<Contact>,
    lead: Option<Lead>,
    threads: Vec<Conversation>,
    opt_out_state: OptOutState,
    journey: Option<Journey>,
}

impl LoadedTurn {
    /// Whether a message of someone in this state is from someone who wants to hear nothing: of what they said and what
    /// the address said, the later counts.
    #[must_use]
    pub fn is_refused(&self, opt_out_state: &OptOutState) -> bool {
        opt_out_state.refused || self.refused_at.is_some_and(|at| is_later(at, opt_out_state))
    }

    /// Which of the other addresses get nothing, though someone in this state does: what they said is known of them alone.
    pub fn silent(&self, opt_out_state: &OptOutState) -> impl Iterator<Item = &Address> {
        let later = self.refused.iter().filter(|(_, at)| is_later(*at, opt_out_state));
        later.map(|(address, _)| address)
    }
}

/// Of a refusal and the person's own last word the later counts; of one moment, the refusal.
fn is_later(refused_at: Timestamp, opt_out_state: &OptOutState) -> bool {
    opt_out_state.said_at.is_none_or(|said_at| said_at <= refused_at)
}

impl People<'_> {
    /// Two calls for someone known, one for an unknown sender or a repeat. A cold function first reads the key of the erased opt-outs.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn load_turn(self, inbound: &Inbound) -> Result<LoadedTurn, Failure> {
        let tenant = &inbound.tenant;
        let seen = keys::of(tenant).seen(inbound.message_id());
        let addresses: Vec<Address> = std::iter::once(&inbound.from).chain(&inbound.also).cloned().collect();
        let mut loaded_turn = self.load_with(tenant, &addresses, Some(seen)).await?;
        loaded_turn.refused_at =
            loaded_turn.refused.iter().find(|(address, _)| *address == inbound.from).map(|(_, at)| *at);
        loaded_turn.refused.retain(|(address, _)| *address != inbound.from);
        Ok(loaded_turn)
    }

    /// What the table knows of `addresses` that came up by the way.
    ///
    /// # Errors
    /// As [`crate::People::load_turn`].
    pub async fn load_addresses(self, tenant: &TenantId, addresses: &[Address]) -> Result<LoadedTurn, Failure> {
        self.load_with(tenant, addresses, None).await
    }

    async fn load_with(
        self,
        tenant: &TenantId,
        addresses: &[Address],
        seen: Option<TableKey>,
    ) -> Result<LoadedTurn, Failure> {
        let key = self.store.suppressions().key().await?;
        let said: Vec<Vec<TableKey>> = addresses.iter().map(|address| places(tenant, address, key.as_ref())).collect();
        let spellings = addresses.iter().flat_map(Address::spellings);
        let identities = spellings.map(|address| keys::of(tenant).identity(&address));
        let wanted = identities.chain(said.iter().flatten().cloned()).chain(seen.clone()).collect();
        let items = self.store.batch_get(wanted).await?;
        if let Some(mark) = seen.and_then(|seen| find(&items, &seen)) {
            let uncounted = Uncounted::read(mark);
            return Ok(LoadedTurn { duplicate: true, uncounted, ..LoadedTurn::default() });
        }
        let refused = addresses.iter().zip(&said).filter_map(|(address, places)| {
            let word = last_word(&items, places);
            Some((address.clone(), word.said_at.filter(|_| word.refused)?))
        });
        let (refused, people) = (refused.collect(), self.people_of(tenant, &items).await?);
        Ok(LoadedTurn { refused, people, ..LoadedTurn::default() })
    }

    async fn people_of(self, tenant: &TenantId, items: &[Item]) -> Result<Vec<Person>, Failure> {
        let mut ids = BTreeSet::new();
        for item in items.iter().filter(|item| get_text(item, "entity") == "identity") {
            ids.insert(ContactId::parse(get_text(item, "contact"))?);
        }
        let mut people = BTreeMap::new();
        for id in ids {
            let person = self.get(tenant, id).await?;
            people.insert(person.contact.id, person);
        }
        Ok(people.into_values().collect())
    }

    /// The contact `id`, or who goes on for it: an address of long ago may lead to a contact that was merged since.
    pub(crate) async fn get(self, tenant: &TenantId, id: ContactId) -> Result<Person, Failure> {
        let mut id = id;
        for _ in 0..MAX_MERGES {
            let Parts { contact, lead, threads, opt_out_state, journey } = self.items(tenant, id).await?;
            let missing = || Failure::Permanent("an address leads to a contact that does not exist".into());
            let contact = contact.ok_or_else(missing)?;
            match (contact.merged_into, lead) {
                (Some(into), _) => id = into,
                (None, Some(lead)) => return Ok(Person { contact, lead, threads, opt_out_state, journey }),
                // Reading a partition is no transaction: this one is being merged right now.
                (None, None) => return Err(Failure::Retryable("this contact is being merged".into())),
            }
        }
        Err(Failure::Permanent("a contact was merged more often than is followed".into()))
    }

    async fn items(self, tenant: &TenantId, id: ContactId) -> Result<Parts, Failure> {
        let answer = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :now)")
            .expression_attribute_values(":pk", text(keys::of(tenant).person(id)))
            .expression_attribute_values(":now", text(NOW))
            .send()
            .await
            .map_err(|error| failure("person", &error))?;
        let mut parts = Parts::default();
        for item in answer.items() {
            match get_text(item, "entity") {
                "contact" => parts.contact = Some(from_item("contact", item)?),
                "lead" => parts.lead = Some(from_item("lead", item)?),
                // One that cannot be read is left to a version that can: nothing is stored over it.
                "thread" => parts.threads.extend(readable::<Conversation>("thread", [item])),
                "standing" => parts.opt_out_state = opt_out_state_from(item),
                "journey" => parts.journey = Some(from_item("journey", item)?),
                _ => {}
            }
        }
        Ok(parts)
    }
}
