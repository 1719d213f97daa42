//! Who asked to hear nothing more.
//!
//! A refusal holds for a person, on all their numbers and channels ([`crate::OptOutStates::set_refused`]). It is also stored for its
//! address, and there first: at that moment it may not be known whose the address is, and this entry outlives the person, under a keyed
//! hash ([`crate::erased_opt_outs`]). Both places of an address are read in one call, and the later word counts.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::leads::Contact;
use domain::messaging::consent::Consent;
use domain::messaging::{Address, Inbound, OptOutState};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;

use crate::Suppressions;
use crate::conversations::turns::SEEN_FOR;
use crate::messaging::keys::erased_suppression;
use crate::table::documents::get_number;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, key_item, number, text};
use crate::table::keys::{self, TableKey};

impl Suppressions<'_> {
    /// Records that `address` wants nothing more (`true`) or wants to hear again (`false`), as said at `said_at`; and of the
    /// person that it belongs to, where it does, the same.
    ///
    /// The later word counts, in whatever order the two arrive. Strongly consistent: the next gate sees it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn set(
        self,
        tenant: &TenantId,
        address: &Address,
        suppressed: bool,
        said_at: Timestamp,
    ) -> Result<(), Failure> {
        self.note_of_address(tenant, address, suppressed, said_at).await?;
        for spelling in address.spellings() {
            let Some(identity) = self.store.item("identity", &keys::of(tenant).identity(&spelling)).await? else {
                continue;
            };
            let contact = ContactId::parse(get_text(&identity, "contact"))?;
            let only_given = identity.get("proven").and_then(|value| value.as_bool().ok()) == Some(&false);
            if only_given {
                self.note_of_typed(tenant, contact, address, suppressed, said_at).await?;
            } else {
                self.store.opt_out_states().set_refused(tenant, contact, suppressed, said_at).await?;
            }
        }
        Ok(())
    }

    /// An address that someone typed says STOP: where another address of that contact is proven, whoever speaks is someone else,
    /// and only what goes to the typed one ends. A START is taken by the turn, which knows who speaks.
    async fn note_of_typed(
        self,
        tenant: &TenantId,
        contact: ContactId,
        address: &Address,
        suppressed: bool,
        said_at: Timestamp,
    ) -> Result<(), Failure> {
        let item = self.store.item("contact", &keys::of(tenant).contact(contact)).await?;
        let Some(item) = item.filter(|_| suppressed) else { return Ok(()) };
        if from_item::<Contact>("contact", &item)?.is_proven() {
            self.store.opt_out_states().set_unreachable(tenant, contact, address, None).await
        } else {
            self.store.opt_out_states().set_refused(tenant, contact, true, said_at).await
        }
    }

    /// Takes a message's STOP or START at once, before the message is answered. YES waits for its turn, which knows whether
    /// someone comes back by it or answers a question; when it was said is noted here all the same. Only who is proven to
    /// write from an address speaks for it.
    ///
    /// A vendor's repeat changes nothing, whatever was said since: it is as old as the message that it repeats.
    ///
    /// # Errors
    /// As [`crate::Suppressions::set`].
    pub async fn apply_opt_out(self, inbound: &Inbound) -> Result<(), Failure> {
        if !inbound.proves_sender() || !matches!(inbound.consent(true), Some(Consent::Stop | Consent::Start)) {
            return Ok(());
        }
        let said_at = self.said_at(inbound).await?;
        let suppressed = match inbound.consent(false) {
            Some(Consent::Stop) => true,
            Some(Consent::Start) => false,
            Some(Consent::Help) | None => return Ok(()),
        };
        self.set(&inbound.tenant, &inbound.from, suppressed, said_at).await
    }

    /// When a consent word was said, the same however often the vendor delivers it: the first delivery's
    /// [`Inbound::said_at`], kept for 30 days under the message's id. A text message by Twilio tells no time of its own, and
    /// its repeat would pass for a new one otherwise.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn said_at(self, inbound: &Inbound) -> Result<Timestamp, Failure> {
        let said_at = inbound.said_at();
        let answer = self.store.update_item(&keys::of(&inbound.tenant).said(inbound.message_id()))
            .update_expression(
                "SET entity = :entity, said_at = if_not_exists(said_at, :at), expires_at = if_not_exists(expires_at, :end)",
            )
            .expression_attribute_values(":entity", text("said"))
            .expression_attribute_values(":at", number(said_at.as_millisecond()))
            .expression_attribute_values(":end", number((inbound.received_at + SEEN_FOR).as_second()))
            .return_values(ReturnValue::AllNew)
            .send()
            .await
            .map_err(|error| failure("said", &error))?;
        let first = answer.attributes.as_ref().and_then(|item| get_number(item, "said_at"));
        Ok(first.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(said_at))
    }

    async fn note_of_address(
        self,
        tenant: &TenantId,
        address: &Address,
        suppressed: bool,
        said_at: Timestamp,
    ) -> Result<(), Failure> {
        let update = self
            .store
            .update_item(&keys::of(tenant).suppression(address))
            .update_expression("SET suppressed = :suppressed, said_at = :at, entity = :entity")
            // Of two words of one moment the refusal counts.
            .condition_expression(if suppressed {
                "attribute_not_exists(pk) OR said_at <= :at"
            } else {
                "attribute_not_exists(pk) OR said_at < :at"
            })
            .expression_attribute_values(":suppressed", AttributeValue::Bool(suppressed))
            .expression_attribute_values(":at", number(said_at.as_millisecond()))
            .expression_attribute_values(":entity", text("suppression"));
        self.store.insist("suppression", update).await
    }
}

/// The places of what an address said, under each of its spellings: its own, and the one that outlives its person.
pub(crate) fn places(tenant: &TenantId, address: &Address, key: Option<&SecretString>) -> Vec<TableKey> {
    let both = |address: Address| {
        let kept = key.map(|key| erased_suppression(key, tenant, &address));
        std::iter::once(keys::of(tenant).suppression(&address)).chain(kept)
    };
    address.spellings().flat_map(both).collect()
}

/// What was said last in `places`, of which those that hold something are among `items`.
pub(crate) fn last_word(items: &[Item], places: &[TableKey]) -> OptOutState {
    places.iter().filter_map(|place| find(items, place)).fold(OptOutState::default(), |mut last, item| {
        last.merge(&said_in(item));
        last
    })
}

/// What one place says.
pub(crate) fn said_in(item: &Item) -> OptOutState {
    let said_at = Timestamp::from_millisecond(get_number(item, "said_at").unwrap_or_default());
    let refused = item.get("suppressed").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false);
    OptOutState { refused, said_at: Some(said_at.unwrap_or(Timestamp::UNIX_EPOCH)), ..OptOutState::default() }
}

pub(crate) fn find<'a>(items: &'a [Item], key: &TableKey) -> Option<&'a Item> {
    items.iter().find(|item| get_text(item, "pk") == &*key.pk)
}

pub(crate) fn suppression_item(key: &TableKey, suppressed: bool, said_at: Timestamp) -> Item {
    let mut item = key_item(key);
    item.insert("entity".into(), text("suppression"));
    item.insert("suppressed".into(), AttributeValue::Bool(suppressed));
    item.insert("said_at".into(), number(said_at.as_millisecond()));
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::messaging::Phone;

    fn said(key: &TableKey, suppressed: bool, at: i64) -> Item {
        suppression_item(key, suppressed, Timestamp::from_millisecond(at).unwrap())
    }

    fn address() -> Address {
        Address::Phone(Phone::e164("+13035550101", "phone").unwrap())
    }

    #[test]
    fn what_was_said_last_counts_wherever_it_stands() {
        let (tenant, key) = (TenantId::new("acme").unwrap(), SecretString::from("key".to_owned()));
        let places = places(&tenant, &address(), Some(&key));
        let [plain, kept] = places.as_slice() else { panic!("two places") };
        let no = |items: &[Item]| last_word(items, &places).refused;
        assert!(!no(&[]));
        assert!(no(&[said(kept, true, 1)]) && no(&[said(plain, true, 1)]));
        assert!(!no(&[said(kept, true, 1), said(plain, false, 2)]), "they wrote START after they were erased");
        assert!(no(&[said(plain, false, 1), said(kept, true, 2)]));
        assert!(no(&[said(plain, false, 2), said(kept, true, 2)]), "of two words of one moment the refusal stands");
        let foreign = keys::of(&TenantId::new("bolt").unwrap()).suppression(&address());
        assert!(!no(&[said(&foreign, true, 1)]));
    }

    #[test]
    fn a_refusal_under_an_older_number_of_the_same_line_counts() {
        let tenant = TenantId::new("acme").unwrap();
        let mexican = |number: &str| Address::Phone(Phone::e164(number, "phone").unwrap());
        let places = places(&tenant, &mexican("525512345678"), None);
        let old = keys::of(&tenant).key("SUPPRESSION#phone:+5215512345678", "SUPPRESSION");
        assert!(last_word(&[said(&old, true, 1)], &places).refused);
        let now = keys::of(&tenant).suppression(&mexican("5215512345678"));
        assert!(!last_word(&[said(&old, true, 1), said(&now, false, 2)], &places).refused);
    }

    #[test]
    fn before_anybody_was_erased_there_is_one_place_to_look() {
        let tenant = TenantId::new("acme").unwrap();
        assert_eq!(places(&tenant, &address(), None), [keys::of(&tenant).suppression(&address())]);
    }

    #[test]
    fn what_outlives_a_contact_does_not_show_the_address_and_differs_between_tenants_and_keys() {
        let kept = |tenant: &str, key: &str| {
            let key = SecretString::from(key.to_owned());
            erased_suppression(&key, &TenantId::new(tenant).unwrap(), &address()).pk.to_string()
        };
        assert!(!kept("acme", "key").contains("3035550101"));
        let hash = |pk: String| pk.split(':').next_back().unwrap().to_owned();
        assert_ne!(hash(kept("acme", "key")), hash(kept("bolt", "key")));
        assert_ne!(hash(kept("acme", "key")), hash(kept("acme", "another key")));
    }
}
