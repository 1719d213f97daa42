//! Which entries are a contact's: pure, from what its own entries say.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::{AppointmentId, JobId, TaskId};
use domain::leads::Keyword;
use domain::messaging::{Address, OptOutState};
use domain::scheduling::WaitlistEntry;
use domain::{ContactId, ConversationId, LeadId, MessageId, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::Document as _;
use crate::journeys::keys::TASK;
use crate::messaging::opt_out_states::opt_out_state_from;
use crate::table::entities::{Entity, OnErasure};
use crate::table::item::{Item, get_text};
use crate::table::keys::{self, PartitionKey, TableKey};

/// All that leads to a contact's entries: the people it was merged from, their threads, leads, sessions and addresses.
///
/// It holds addresses, and so it is gone from its job when the job is over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPlan {
    /// The contact that goes on, then those that were merged into it.
    pub people: Vec<ContactId>,
    pub(crate) threads: BTreeSet<ConversationId>,
    pub(crate) leads: BTreeSet<LeadId>,
    pub(crate) sessions: BTreeSet<String>,
    pub(crate) addresses: BTreeSet<Address>,
    #[serde(default)]
    pub(crate) tasks: BTreeSet<TaskId>,
    #[serde(default)]
    pub(crate) appointments: BTreeSet<AppointmentId>,
    /// What they are found by: the keyword, and whose it is since when.
    #[serde(default)]
    pub(crate) keywords: BTreeSet<(Keyword, Timestamp, ContactId)>,
    /// The person's opt-out state: what they refused outlives them.
    #[serde(rename = "standing", default)]
    pub(crate) opt_out_state: OptOutState,
    /// Exports whose archives hold what is the contact's.
    pub exports: Vec<JobId>,
}

/// Where a page of a contact's entries begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// In which of the plan's partitions.
    pub(crate) partition: usize,
    /// After which sort key.
    pub(crate) after: Option<String>,
}

impl ContactPlan {
    /// Takes in what an entry of the contact leads to. What it does not say, it does not say: the reading of the whole table
    /// finds what is overlooked here.
    pub(crate) fn learn(&mut self, item: &Item) {
        self.leads.extend(LeadId::parse(get_text(item, "lead")).ok());
        match get_text(item, "entity") {
            "contact" => {
                self.addresses.extend(addresses(item));
                self.keywords.extend(keywords(item));
            }
            "standing" => self.opt_out_state.merge(&opt_out_state_from(item)),
            "lead" => self.leads.extend(LeadId::parse(get_text(item, "id")).ok()),
            "thread" => {
                self.threads.extend(ConversationId::parse(get_text(item, "id")).ok());
                self.sessions.extend(Some(get_text(item, "session")).filter(|id| !id.is_empty()).map(str::to_owned));
            }
            _ => self.learn_pointer(item),
        }
    }

    /// Takes in what a pointer of the contact's partition leads to.
    fn learn_pointer(&mut self, item: &Item) {
        self.tasks.extend(task(item));
        self.appointments.extend(AppointmentId::parse(get_text(item, "appointment")).ok());
    }

    /// Takes in what entries lead to that may have come since the contact was first looked at, or are too many to be read then.
    /// Nothing that would change which partitions there are: they are being walked through.
    pub(crate) fn learn_late(&mut self, items: &[Item]) {
        for item in items {
            match get_text(item, "entity") {
                "message" | "standing" => self.learn(item),
                _ => self.learn_pointer(item),
            }
        }
    }

    /// The partitions that are the contact's from end to end.
    pub(crate) fn partitions(&self, tenant: &TenantId) -> Vec<PartitionKey> {
        let people = self.people.iter().map(|id| keys::of(tenant).person(*id));
        people.chain(self.threads.iter().map(|id| keys::of(tenant).thread_pointer(*id).pk)).collect()
    }

    /// The single entries that lead to the contact.
    pub(crate) fn pointers(&self, tenant: &TenantId) -> Vec<TableKey> {
        let sessions = self.sessions.iter().map(|id| keys::of(tenant).chat_pointer(id));
        let leads = self.leads.iter().map(|id| keys::of(tenant).lead_pointer(*id));
        let identities = self.spellings().into_iter().map(|address| keys::of(tenant).identity(&address));
        let tasks = self.tasks.iter().map(|id| keys::of(tenant).task(*id));
        let appointments = self.appointments.iter().map(|id| keys::of(tenant).booking(*id));
        let waiting = self.people.iter().map(|id| keys::of(tenant).document(WaitlistEntry::NAME, &id.to_string()));
        let keywords = self.keywords.iter().map(|(word, at, id)| keys::of(tenant).keyword(word, *at, *id));
        let single = sessions.chain(leads).chain(identities).chain(tasks).chain(appointments);
        single.chain(waiting).chain(keywords).collect()
    }

    /// The contact's addresses, each under everything it may be stored under.
    pub(crate) fn spellings(&self) -> BTreeSet<Address> {
        self.addresses.iter().flat_map(Address::spellings).collect()
    }

    /// What the contact's addresses said about hearing from the tenant.
    pub(crate) fn suppressions(&self, tenant: &TenantId, key: Option<&SecretString>) -> Vec<TableKey> {
        self.addresses.iter().flat_map(|address| crate::messaging::suppressions::places(tenant, address, key)).collect()
    }

    /// What is to be done with an entry that is not reached by the contact's keys. Of a kind that no one declared goes
    /// whatever names the contact.
    pub(crate) fn judge(&self, item: &Item) -> Found {
        let is_named = |with_addresses| item.values().any(|value| self.is_in(value, with_addresses));
        match Entity::of(item).map_or(OnErasure::Goes, |entity| entity.on_erasure) {
            OnErasure::Goes if is_named(false) => Found::Erase,
            // What was answered may quote anything, and is kept for a day at most.
            OnErasure::GoesWhereQuoted if is_named(true) => Found::Erase,
            OnErasure::Loses(names) => {
                let mut values = names.split_whitespace().filter_map(|name| item.get(name));
                if values.any(|value| self.is_in(value, true)) { Found::Redact(names) } else { Found::Foreign }
            }
            _ => Found::Foreign,
        }
    }

    /// Whether a value names the contact: by an id, or, where `with_addresses`, by an address. Elsewhere an address in a
    /// text is what someone else wrote, and theirs.
    fn is_in(&self, value: &AttributeValue, with_addresses: bool) -> bool {
        match value {
            AttributeValue::S(text) => self.is_named(text) || (with_addresses && self.is_addressed(text)),
            AttributeValue::L(values) => values.iter().any(|value| self.is_in(value, with_addresses)),
            AttributeValue::M(values) => values.values().any(|value| self.is_in(value, with_addresses)),
            _ => false,
        }
    }

    fn is_named(&self, text: &str) -> bool {
        // Ids are hexadecimal digits and dashes, 36 of them, with something else around.
        let words = text.split(|sign: char| !(sign.is_ascii_hexdigit() || sign == '-'));
        words.filter(|word| word.len() == 36).any(|word| {
            ContactId::parse(word).is_ok_and(|id| self.people.contains(&id))
                || ConversationId::parse(word).is_ok_and(|id| self.threads.contains(&id))
                || LeadId::parse(word).is_ok_and(|id| self.leads.contains(&id))
        })
    }

    fn is_addressed(&self, text: &str) -> bool {
        let plain = |address: &Address| match address {
            Address::Phone(phone) => phone.as_str().to_owned(),
            Address::Email(email) => email.as_str().to_owned(),
            Address::Chat(id) | Address::WhatsappUser(id) => id.clone(),
        };
        self.spellings().iter().any(|address| text.contains(&plain(address)))
    }
}

/// What is to be done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// It is not the contact's.
    Foreign,
    /// It goes.
    Erase,
    /// It stays, without these attributes, which say something of the contact.
    Redact(&'static str),
}

/// The task that an entry of the contact's partition leads to.
fn task(item: &Item) -> Option<TaskId> {
    let (_, id) = get_text(item, "sk").strip_prefix(TASK)?.rsplit_once('#')?;
    TaskId::parse(id).ok()
}

fn addresses(item: &Item) -> Vec<Address> {
    let read = |value: &AttributeValue| serde_dynamo::from_attribute_value(value.clone()).ok();
    let list = item.get("addresses").and_then(|value| value.as_l().ok());
    list.into_iter().flatten().filter_map(read).collect()
}

/// What a stored contact is found by.
fn keywords(item: &Item) -> Vec<(Keyword, Timestamp, ContactId)> {
    let (id, at) = (ContactId::parse(get_text(item, "id")), get_text(item, "created_at").parse());
    let (Ok(id), Ok(at)) = (id, at) else { return Vec::new() };
    let found_by = item.get("found_by").cloned();
    let words = found_by.and_then(|value| serde_dynamo::from_attribute_value::<_, Vec<Keyword>>(value).ok());
    words.into_iter().flatten().map(|word| (word, at, id)).collect()
}

/// The marks that a stored message leaves, which know the message alone.
pub(crate) fn marks(tenant: &TenantId, item: &Item) -> Option<[TableKey; 2]> {
    let reference = item.get("ref").and_then(|value| value.as_m().ok())?;
    let id = reference.get("message").and_then(|value| value.as_s().ok())?;
    MessageId::parse(id).ok().map(|id| [keys::of(tenant).seen(id), keys::of(tenant).said(id)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::entities::Owner;
    use crate::table::item::{text, to_item};
    use crate::table::samples;
    use domain::messaging::{Email, Phone};
    use serde_json::json;

    fn tenant() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn ana() -> (ContactId, ConversationId, LeadId) {
        let tenant = tenant();
        let id = &["ana"][..];
        (ContactId::derive(&tenant, id), ConversationId::derive(&tenant, id), LeadId::derive(&tenant, id))
    }

    fn plan() -> ContactPlan {
        let (contact, thread, lead) = ana();
        let mut plan = ContactPlan { people: vec![contact], ..ContactPlan::default() };
        let addresses = json!([
            {"kind": "phone", "value": "+13035550101"}, {"kind": "email", "value": "ana@example.com"},
            {"kind": "a kind of later", "value": "x"},
        ]);
        for (entity, value) in [
            ("contact", json!({"id": contact, "name": "Ana Vale", "addresses": addresses})),
            ("thread", json!({"id": thread, "lead": lead, "session": "s-1"})),
        ] {
            plan.learn(&item(entity, &value));
        }
        plan
    }

    fn item(entity: &str, value: &serde_json::Value) -> Item {
        to_item(entity, &keys::of(&tenant()).key("X", "X"), value).unwrap()
    }

    #[test]
    fn a_contacts_entries_lead_to_all_others() {
        let (contact, thread, lead) = ana();
        let plan = plan();
        let partitions = plan.partitions(&tenant()).into_iter().map(String::from).collect::<Vec<_>>();
        assert_eq!(partitions, [format!("T#acme#PERSON#{contact}"), format!("T#acme#THREAD#{thread}")]);
        let pointers: Vec<String> = plan.pointers(&tenant()).into_iter().map(|key| key.pk.into()).collect();
        let expected = [
            "T#acme#CHAT#s-1".to_owned(),
            format!("T#acme#LEAD#{lead}"),
            "T#acme#IDENTITY#phone:+13035550101".to_owned(),
            "T#acme#IDENTITY#email:ana@example.com".to_owned(),
            "T#acme#WAITLIST_ENTRY".to_owned(),
        ];
        assert_eq!(pointers, expected);
        assert_eq!(plan.suppressions(&tenant(), None).len(), 2);
        assert_eq!(plan.suppressions(&tenant(), Some(&"key".to_owned().into())).len(), 4);
    }

    #[test]
    fn whatever_is_declared_a_contacts_is_found_by_the_contacts_keys() {
        let mut plan =
            ContactPlan { people: vec![ContactId::parse(samples::CONTACT).unwrap()], ..ContactPlan::default() };
        plan.threads.extend(ConversationId::parse(samples::THREAD));
        plan.leads.extend(LeadId::parse(samples::LEAD));
        plan.tasks.extend(TaskId::parse(samples::ID));
        plan.appointments.extend(AppointmentId::parse(samples::ID));
        plan.sessions.insert("s-1".to_owned());
        plan.addresses.insert(Address::Phone(Phone::e164("+13035550101", "phone").unwrap()));
        plan.keywords.insert((Keyword::tag("VIP"), samples::at(), ContactId::parse(samples::CONTACT).unwrap()));
        let partitions = plan.partitions(&tenant());
        let single = [plan.pointers(&tenant()), plan.suppressions(&tenant(), None)].concat();
        for (kind, key, _) in samples::places() {
            let entity = Entity::named(kind.strip_suffix(", earlier").unwrap_or(kind)).unwrap();
            let is_found = partitions.contains(&key.pk) || single.contains(&key);
            assert_eq!(is_found, entity.owner == Owner::Contact, "{kind}: {key:?}");
        }
    }

    #[test]
    fn a_message_leads_to_the_lead_that_was_merged_and_to_its_marks() {
        let old = LeadId::derive(&tenant(), &["merged long ago"]);
        let id = MessageId::derive(&tenant(), &["m"]);
        let message = item("message", &json!({"lead": old, "ref": {"message": id}}));
        let mut plan = plan();
        plan.learn(&message);
        assert!(plan.leads.contains(&old));
        assert_eq!(marks(&tenant(), &message), Some([keys::of(&tenant()).seen(id), keys::of(&tenant()).said(id)]));
    }

    #[test]
    fn a_task_is_found_and_of_what_all_of_a_person_refused_the_last_word() {
        let id = TaskId::derive(&tenant(), &["call"]);
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let (contact, ..) = ana();
        let pointer = to_item("pointer", &keys::of(&tenant()).task_pointer(contact, at(7), id), &json!({})).unwrap();
        let said = |refused: bool, at: i64| item("standing", &json!({"refused": refused, "said_at": at}));
        let mut plan = plan();
        plan.learn_late(&[said(true, 20), pointer, said(false, 10)]);
        assert!(plan.pointers(&tenant()).contains(&keys::of(&tenant()).task(id)));
        assert_eq!((plan.opt_out_state.refused, plan.opt_out_state.said_at), (true, Some(at(20))));
        let kept = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<ContactPlan>(&kept).unwrap(), plan, "a job keeps it between two steps");
    }

    #[test]
    fn whoever_names_the_contact_by_an_id_is_found_at_any_depth() {
        let (contact, thread, lead) = ana();
        for named in [
            json!({"contact": contact}),
            json!({"deep": [{"deeper": format!("thread/{thread}.000.x")}]}),
            json!({"events": format!("[{{\"lead\":\"{lead}\"}}]")}),
        ] {
            assert_eq!(plan().judge(&item("outbox", &named)), Found::Erase);
        }
        let other = ContactId::derive(&tenant(), &["bo"]);
        assert_eq!(plan().judge(&item("lead", &json!({"contact": other}))), Found::Foreign);
    }

    #[test]
    fn what_the_business_configured_is_never_taken_for_a_contacts() {
        let (contact, ..) = ana();
        let named = json!({"faqs": format!("see {contact}")});
        assert_eq!(plan().judge(&item("tenant", &named)), Found::Foreign);
        let mut later = item("tenant", &named);
        later.insert("entity".into(), text("a kind of later"));
        assert_eq!(plan().judge(&later), Found::Erase);
    }

    #[test]
    fn what_someone_else_wrote_is_theirs_though_it_holds_the_address() {
        let quote = json!({"text": "call my friend at +13035550101"});
        assert_eq!(plan().judge(&item("message", &quote)), Found::Foreign);
        assert_eq!(plan().judge(&item("idempotency", &quote)), Found::Erase);
    }

    #[test]
    fn an_audit_line_stays_and_loses_what_it_says_of_the_contact() {
        let (contact, ..) = ana();
        let mut line =
            item("audit", &json!({"subject": format!("contact/{contact}"), "after": {"to": "ana@example.com"}}));
        assert_eq!(plan().judge(&line), Found::Redact("before after"));
        line.insert("after".into(), text("nothing of her"));
        assert_eq!(plan().judge(&line), Found::Foreign);
    }

    #[test]
    fn no_text_makes_it_stumble() {
        let odd = ["", "-", &"-".repeat(36), &"f".repeat(36), &"é".repeat(500), "\u{0}", &"a".repeat(100_000)];
        for text in odd {
            assert_eq!(plan().judge(&item("message", &json!({ "text": text }))), Found::Foreign);
        }
        let phone = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
        let email = Address::Email(Email::new("ana@example.com", "email").unwrap());
        assert_eq!(plan().addresses, BTreeSet::from([phone, email]));
    }
}
