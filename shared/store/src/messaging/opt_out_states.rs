//! Opt-out states of a tenant's contacts: one item a person, changed in place and without a version, so that a STOP waits for no other
//! write.
//!
//! A contact may be merged into another while a word of theirs is written. So the word is written first, and then it is looked up whether
//! another contact goes on for them, who gets it too. A merge is refused if the contact that goes away has said something since the merge
//! was decided. So no word is lost between the two. What stays at a merged contact is not read any more.

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use domain::journeys::Person;
use domain::messaging::{Address, Channel, OptOutState};
use domain::turns::Heard;
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;

use crate::OptOutStates;
use crate::leads::keys::MAX_MERGES;
use crate::table::documents::get_number;
use crate::table::item::{Item, get_text, number, text};
use crate::table::keys;
use crate::table::writes::Writes;

const CHANNELS: [Channel; 4] = [Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat];

/// One thing that is known of a person's opt-out state.
enum Fact {
    /// They refused, or took it back.
    Said { refused: bool, at: Timestamp },
    /// They wrote.
    Heard { channel: Channel, at: Timestamp },
    /// They told the vendor of text messages to deliver nothing to these addresses, and had not come back since.
    Stopped { addresses: Vec<String>, since: Option<Timestamp> },
    /// These addresses cannot be reached; on this channel they had not been heard since.
    Unreachable { addresses: Vec<String>, since: Option<(Channel, Timestamp)> },
}

impl OptOutStates<'_> {
    /// Records that a person wants nothing more (`true`) or wants to hear again (`false`), on all their numbers and channels,
    /// as said at `said_at`. The person need not be stored yet.
    ///
    /// The later word counts, in whatever order the two arrive. Strongly consistent: the next gate sees it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn set_refused(
        self,
        tenant: &TenantId,
        contact: ContactId,
        refused: bool,
        said_at: Timestamp,
    ) -> Result<(), Failure> {
        self.note_of_survivor(tenant, contact, &Fact::Said { refused, at: said_at }).await
    }

    /// Records that a person cannot be reached at `address` on `channel`, as its vendor says, until they write from there;
    /// without a channel, on none.
    ///
    /// # Errors
    /// As [`crate::OptOutStates::set_refused`].
    pub async fn set_unreachable(
        self,
        tenant: &TenantId,
        contact: ContactId,
        address: &Address,
        channel: Option<Channel>,
    ) -> Result<(), Failure> {
        let fact = Fact::Unreachable { addresses: vec![OptOutState::unreachable_on(address, channel)], since: None };
        self.note_of_survivor(tenant, contact, &fact).await
    }

    /// As [`crate::OptOutStates::set_unreachable`], as it was at `since`: if they wrote on `channel` later than that, it is not so any more.
    pub(crate) async fn was_unreachable(
        self,
        tenant: &TenantId,
        contact: ContactId,
        address: &Address,
        channel: Channel,
        since: Timestamp,
    ) -> Result<(), Failure> {
        let addresses = vec![OptOutState::unreachable_on(address, Some(channel))];
        let fact = Fact::Unreachable { addresses, since: Some((channel, since)) };
        self.note_of_survivor(tenant, contact, &fact).await
    }

    /// Records that the vendor has delivered nothing to `address` since `at`, when it was last tried, because its owner told it so
    /// once: they want nothing more, unless they have taken it back since, and text messages reach them again only when they
    /// text START from there.
    ///
    /// # Errors
    /// As [`crate::OptOutStates::set_refused`].
    pub async fn refused_at_vendor(
        self,
        tenant: &TenantId,
        contact: Option<ContactId>,
        address: &Address,
        channel: Channel,
        at: Timestamp,
    ) -> Result<(), Failure> {
        self.store.suppressions().set(tenant, address, true, at).await?;
        match contact {
            Some(contact) if channel == Channel::Sms => {
                let fact = Fact::Stopped { addresses: vec![address.key()], since: Some(at) };
                self.note_of_survivor(tenant, contact, &fact).await
            }
            _ => Ok(()),
        }
    }

    /// Gives to `to` what was known of a person who turned out to be `to`. Idempotent; the later value of each field wins.
    ///
    /// # Errors
    /// As [`crate::OptOutStates::set_refused`].
    pub async fn carry(self, tenant: &TenantId, from: &OptOutState, to: ContactId) -> Result<(), Failure> {
        let said = from.said_at.map(|at| Fact::Said { refused: from.refused, at });
        let heard = from.heard.iter().map(|(channel, at)| Fact::Heard { channel: *channel, at: *at });
        let unreachable = || from.unreachable.iter().cloned().collect();
        let unreachable =
            (!from.unreachable.is_empty()).then(|| Fact::Unreachable { addresses: unreachable(), since: None });
        let stopped = (!from.stopped.is_empty())
            .then(|| Fact::Stopped { addresses: from.stopped.iter().cloned().collect(), since: None });
        for fact in said.into_iter().chain(heard).chain(unreachable).chain(stopped) {
            self.note(tenant, to, &fact).await?;
        }
        Ok(())
    }

    async fn note_of_survivor(self, tenant: &TenantId, contact: ContactId, fact: &Fact) -> Result<(), Failure> {
        let mut id = contact;
        for _ in 0..MAX_MERGES {
            self.note(tenant, id, fact).await?;
            let stored = self.store.item("contact", &keys::of(tenant).contact(id)).await?;
            let into = stored.as_ref().and_then(|contact| ContactId::parse(get_text(contact, "merged_into")).ok());
            let Some(into) = into else { return Ok(()) };
            id = into;
        }
        Err(Failure::Permanent("a contact was merged more often than is followed".into()))
    }

    /// Writes one fact, unless a later one is known.
    async fn note(self, tenant: &TenantId, contact: ContactId, fact: &Fact) -> Result<(), Failure> {
        let key = keys::of(tenant).opt_out_state(contact);
        let update = self.store.update_item(&key);
        let update = update.expression_attribute_values(":entity", text("standing"));
        let update = match fact {
            Fact::Said { refused, at } => update
                // Who comes back is told again, when they refuse once more.
                .update_expression(if *refused {
                    "SET entity = :entity, refused = :refused, said_at = :at"
                } else {
                    "SET entity = :entity, refused = :refused, said_at = :at REMOVE told"
                })
                // Of two words of one moment the refusal counts.
                .condition_expression(if *refused {
                    "attribute_not_exists(said_at) OR said_at <= :at"
                } else {
                    "attribute_not_exists(said_at) OR said_at < :at"
                })
                .expression_attribute_values(":refused", AttributeValue::Bool(*refused))
                .expression_attribute_values(":at", number(at.as_millisecond())),
            Fact::Heard { channel, at } => update
                .update_expression(format!("SET entity = :entity, heard_{channel} = :at"))
                .condition_expression(format!("attribute_not_exists(heard_{channel}) OR heard_{channel} < :at"))
                .expression_attribute_values(":at", number(at.as_millisecond())),
            Fact::Stopped { addresses, since } => {
                let update = update
                    .update_expression("SET entity = :entity ADD stopped :addresses")
                    .expression_attribute_values(":addresses", AttributeValue::Ss(addresses.clone()));
                match since {
                    None => update,
                    Some(at) => update
                        .condition_expression("attribute_not_exists(said_at) OR refused = :yes OR said_at <= :since")
                        .expression_attribute_values(":yes", AttributeValue::Bool(true))
                        .expression_attribute_values(":since", number(at.as_millisecond())),
                }
            }
            Fact::Unreachable { addresses, since } => {
                let update = update
                    .update_expression("SET entity = :entity ADD unreachable :addresses")
                    .expression_attribute_values(":addresses", AttributeValue::Ss(addresses.clone()));
                match since {
                    None => update,
                    Some((channel, at)) => update
                        .condition_expression(format!(
                            "attribute_not_exists(heard_{channel}) OR heard_{channel} <= :since"
                        ))
                        .expression_attribute_values(":since", number(at.as_millisecond())),
                }
            }
        };
        self.store.insist("standing", update).await
    }
}

impl Writes {
    /// That someone wrote: when, and that they can be reached there, on that channel. A call says nothing of either.
    pub(crate) fn heard(&mut self, tenant: &TenantId, contact: ContactId, heard: &Heard) -> Result<(), Failure> {
        let mut update = Update::builder().expression_attribute_values(":entity", text("standing"));
        let mut change = "SET entity = :entity".to_owned();
        if let Some(channel) = heard.channel {
            change.push_str(&format!(", heard_{channel} = :at"));
            update = update.expression_attribute_values(":at", number(heard.at.as_millisecond()));
        }
        if heard.told {
            change.push_str(", told = :told");
            update = update.expression_attribute_values(":told", AttributeValue::Bool(true));
        }
        if heard.proven {
            let mut gone = Vec::new();
            if let Some(channel) = heard.channel {
                let from = [Some(channel), None].map(|channel| OptOutState::unreachable_on(&heard.from, channel));
                update = update.expression_attribute_values(":from", AttributeValue::Ss(from.into()));
                gone.push("unreachable :from");
            }
            if let Some(stopped) = heard.stopped {
                let number = AttributeValue::Ss(vec![heard.from.key()]);
                update = update.expression_attribute_values(":number", number);
                if stopped {
                    change.push_str(" ADD stopped :number");
                } else {
                    gone.push("stopped :number");
                }
            }
            if !gone.is_empty() {
                change.push_str(&format!(" DELETE {}", gone.join(", ")));
            }
        }
        self.update_at(&keys::of(tenant).opt_out_state(contact), update.update_expression(change))
    }

    /// What was refused by two people as one stays refused for the one who is taken out.
    pub(crate) fn refused_too(
        &mut self,
        tenant: &TenantId,
        contact: ContactId,
        whole: &OptOutState,
    ) -> Result<(), Failure> {
        let Some(said_at) = whole.said_at.filter(|_| whole.refused) else { return Ok(()) };
        let update = Update::builder()
            .update_expression("SET entity = :entity, refused = :refused, said_at = :at")
            .expression_attribute_values(":entity", text("standing"))
            .expression_attribute_values(":refused", AttributeValue::Bool(true))
            .expression_attribute_values(":at", number(said_at.as_millisecond()));
        self.update_at(&keys::of(tenant).opt_out_state(contact), update)
    }

    /// Deletes the opt-out state of a contact that was merged, unless they have said something since it was read.
    pub(crate) fn delete_opt_out_state(&mut self, tenant: &TenantId, person: &Person) -> Result<(), Failure> {
        let key = keys::of(tenant).opt_out_state(person.contact.id);
        // Before all times no one said anything.
        let read = person.opt_out_state.said_at.unwrap_or(Timestamp::MIN);
        let unchanged = "attribute_not_exists(said_at) OR said_at = :read";
        self.delete_where(&key, unchanged, ":read", number(read.as_millisecond()))
    }
}

/// An opt-out state, as it is stored.
pub(crate) fn opt_out_state_from(item: &Item) -> OptOutState {
    let time = |name: &str| get_number(item, name).and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let heard = CHANNELS.into_iter().filter_map(|channel| Some((channel, time(&format!("heard_{channel}"))?)));
    let yes = |name: &str| item.get(name).and_then(|value| value.as_bool().ok()).copied().unwrap_or_default();
    let set = |name: &str| item.get(name).and_then(|value| value.as_ss().ok()).into_iter().flatten().cloned().collect();
    OptOutState {
        refused: yes("refused"),
        said_at: time("said_at"),
        told: yes("told"),
        stopped: set("stopped"),
        heard: heard.collect(),
        unreachable: set("unreachable"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_and_of_what_is_not_nothing_is_known() {
        assert_eq!(opt_out_state_from(&Item::new()), OptOutState::default());
        let mut item = Item::from([
            ("refused".to_owned(), AttributeValue::Bool(true)),
            ("said_at".to_owned(), number(5)),
            ("unreachable".to_owned(), AttributeValue::Ss(vec!["phone:+13035550101".to_owned()])),
        ]);
        for (index, channel) in CHANNELS.into_iter().enumerate() {
            item.insert(format!("heard_{channel}"), number(index + 10));
        }
        let opt_out_state = opt_out_state_from(&item);
        assert_eq!(
            (opt_out_state.refused, opt_out_state.said_at),
            (true, Some(Timestamp::from_millisecond(5).unwrap()))
        );
        assert_eq!(opt_out_state.last_heard(), Some(Timestamp::from_millisecond(13).unwrap()));
        assert_eq!(opt_out_state.heard.len(), CHANNELS.len());
        assert!(opt_out_state.unreachable.contains("phone:+13035550101"));
    }
}
