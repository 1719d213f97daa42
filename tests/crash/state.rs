//! A schedule's table, read whole.

use domain::conversations::{Conversation, Escalation, Message};
use domain::leads::{Contact, Lead};
use std::collections::{BTreeMap, BTreeSet};

use crate::cloud::{Item, TENANT};

/// Everything that a schedule left in its table.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) contacts: BTreeMap<String, Contact>,
    /// With the partition (a contact's id) and sort key each is kept under.
    pub(crate) leads: Vec<(Place, Lead)>,
    pub(crate) threads: Vec<(Place, Conversation)>,
    pub(crate) messages: Vec<Message>,
    pub(crate) escalations: Vec<Escalation>,
    /// From identity key to contact.
    pub(crate) identities: BTreeMap<String, String>,
    /// From lead to the contact, and the lead that it was merged into, where it was.
    pub(crate) lead_pointers: BTreeMap<String, (String, String)>,
    /// From thread to contact.
    pub(crate) thread_pointers: BTreeMap<String, String>,
    /// From chat session to thread.
    pub(crate) chat_pointers: BTreeMap<String, String>,
    /// Identity keys of those who want nothing more.
    pub(crate) suppressed: BTreeSet<String>,
    /// Contacts who want nothing more, whichever address they said it from.
    pub(crate) refused: BTreeSet<String>,
    pub(crate) outbox: Vec<String>,
}

/// Where a lead or thread is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) contact: String,
    pub(crate) sort_key: String,
}

impl State {
    pub(crate) fn read(items: Vec<Item>) -> Self {
        let mut state = Self::default();
        for item in items {
            state.take(item);
        }
        state
    }

    fn take(&mut self, item: Item) {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
        let (pk, sk, entity) = (text("pk"), text("sk"), text("entity"));
        let Some(rest) = pk.strip_prefix(&format!("T#{TENANT}#")) else { return };
        let (kind, name) = rest.split_once('#').unwrap_or((rest, ""));
        let place = Place { contact: name.to_owned(), sort_key: sk };
        match (entity.as_str(), kind) {
            ("contact", _) => {
                let contact: Contact = serde_dynamo::from_item(item).unwrap();
                self.contacts.insert(contact.id.to_string(), contact);
            }
            ("lead", _) => self.leads.push((place, serde_dynamo::from_item(item).unwrap())),
            ("thread", _) => self.threads.push((place, serde_dynamo::from_item(item).unwrap())),
            ("message", _) => self.messages.push(serde_dynamo::from_item(item).unwrap()),
            ("escalation", _) => self.escalations.push(serde_dynamo::from_item(item).unwrap()),
            ("identity", _) => {
                self.identities.insert(name.to_owned(), text("contact"));
            }
            ("pointer", "LEAD") => {
                self.lead_pointers.insert(name.to_owned(), (text("contact"), text("lead")));
            }
            ("pointer", "THREAD") => {
                self.thread_pointers.insert(name.to_owned(), text("contact"));
            }
            ("pointer", "CHAT") => {
                self.chat_pointers.insert(name.to_owned(), text("conversation"));
            }
            ("suppression", _) if item.get("suppressed").is_some_and(|value| value.as_bool() == Ok(&true)) => {
                self.suppressed.insert(name.to_owned());
            }
            ("standing", _) if item.get("refused").is_some_and(|value| value.as_bool() == Ok(&true)) => {
                self.refused.insert(name.to_owned());
            }
            ("outbox" | "outbox-later", _) => self.outbox.push(name.to_owned()),
            _ => {}
        }
    }

    /// Whether nothing goes to an address: its person said STOP, from there or from elsewhere.
    pub(crate) fn is_silent(&self, address: &str) -> bool {
        let owner = self.identities.get(address).and_then(|contact| self.survivor(contact));
        let said = |contact: &Contact| {
            self.refused.contains(&contact.id.to_string())
                || contact.addresses.iter().any(|known| self.suppressed.contains(&known.address.key()))
        };
        self.suppressed.contains(address) || owner.is_some_and(said)
    }

    /// The contact that goes on after all merges.
    pub(crate) fn survivor(&self, contact: &str) -> Option<&Contact> {
        let mut contact = self.contacts.get(contact)?;
        for _ in 0..self.contacts.len() {
            match contact.merged_into {
                None => return Some(contact),
                Some(into) => contact = self.contacts.get(&into.to_string())?,
            }
        }
        None
    }

    /// The lead that the pointer of `lead` leads to, through all merges.
    pub(crate) fn lead(&self, lead: &str) -> Option<&Lead> {
        let mut id = lead;
        let mut contact = "";
        for _ in 0..self.lead_pointers.len() {
            let (owner, merged_into) = self.lead_pointers.get(id)?;
            contact = owner;
            if merged_into.is_empty() || merged_into == id {
                break;
            }
            id = merged_into;
        }
        let found = self.leads.iter().find(|(place, lead)| place.contact == contact && lead.id.to_string() == id);
        found.map(|(_, lead)| lead)
    }

    /// The thread in which a message's customer goes on, where its own thread is over.
    pub(crate) fn current_thread(&self, message: &Message) -> Option<&Conversation> {
        let contact = self.thread_pointers.get(&message.reference.conversation.to_string())?;
        let contact = self.survivor(contact)?.id.to_string();
        let is_current = |(place, thread): &&(Place, Conversation)| {
            place.contact == contact && place.sort_key.starts_with("NOW#") && thread.channel == message.channel
        };
        self.threads.iter().find(is_current).map(|(_, thread)| thread)
    }
}
