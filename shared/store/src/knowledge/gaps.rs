//! Questions that the business's data has no answer for, and the suggestions that a week's questions come to.
//!
//! A question lies in its contact's partition, and goes with it. A suggestion waits in the list of what waits for a yes, and names who
//! asked, so that an erasure finds it: the next week makes it again from the questions that are left.

use domain::conversations::{Message, Role};
use domain::failure::Rejection;
use domain::identity::AuditAction;
use domain::ids::GapId;
use domain::knowledge::gaps::{Gap, GapState, MAX_COMPARED, StaffAnswer, UnansweredQuestion, draft, suggestions};
use domain::leads::Contact;
use domain::messaging::MessageRef;
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;

use crate::Gaps;
use crate::table::documents::{Trace, Versioned, busy, entry, read};
use crate::table::item::{Item, get_text, key_item, number, readable, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::Filters;
use crate::table::writes::{Ran, Writes};

const QUESTION: &str = "unanswered_question";
const GAP: &str = "knowledge_gap";
const WEEK: &str = "knowledge_week";
/// For how long it is known that a week's suggestions were made.
pub(crate) const WEEK_KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often a decision is tried again that another write came before.
const ATTEMPTS: usize = 4;
/// Of so many of those who asked it is looked up what staff answered, the latest first.
const MAX_ANSWERS: usize = 4;
/// Staff's answer is looked for among so many messages after the question.
const MAX_MESSAGES: i32 = 20;
const PAGE: usize = 100;

impl Writes {
    /// A question that the data did not answer, as long as it is kept.
    pub(crate) fn unanswered_question(
        &mut self,
        tenant: &TenantId,
        question: &UnansweredQuestion,
        kept_until: Timestamp,
    ) -> Result<(), Failure> {
        let key = keys::of(tenant).unanswered_question(question.contact, &question.reference);
        let mut item = to_item(QUESTION, &key, question)?;
        let at = keys::by_time(question.reference.at, &question.reference.message.to_string());
        item.insert("gsi1pk".into(), text(keys::of(tenant).unanswered_questions()));
        item.insert("gsi1sk".into(), text(at));
        item.insert("expires_at".into(), number(kept_until.as_second()));
        self.put(item)
    }
}

/// A suggestion as it is stored: listed for as long as it waits.
fn gap_item(tenant: &TenantId, gap: &Gap) -> Result<Item, Failure> {
    let mut item = to_item(GAP, &keys::of(tenant).knowledge_gap(gap.id), gap)?;
    if gap.state == GapState::Open {
        item.extend(crate::approvals::listed(tenant, gap.since, &gap.id.to_string()));
        item.insert("expires_at".into(), number(gap.until.as_second()));
    }
    Ok(item)
}

impl Gaps<'_> {
    /// The suggestions that wait at `now`, the most asked first: at most ten.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn waiting(self, tenant: &TenantId, now: Timestamp) -> Result<Vec<Gap>, Failure> {
        let known = self.known(tenant).await?.into_iter().map(|gap| gap.value);
        let mut waiting: Vec<Gap> = known.filter(|gap| gap.waits(now)).collect();
        waiting.sort_by_key(|gap| (std::cmp::Reverse((gap.askers, gap.times, gap.last_asked_at)), gap.id));
        Ok(waiting)
    }

    /// One suggestion, decided or not.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: GapId) -> Result<Versioned<Gap>, Failure> {
        let item = self.store.item(GAP, &keys::of(tenant).knowledge_gap(id)).await?;
        read(GAP, item.ok_or_else(|| Failure::not_found("knowledge gap"))?)
    }

    /// Makes the suggestions of `week` from the questions that are kept: they take the place of those that wait. `None`: that was done
    /// before. Else how many there are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or someone decides about one of them at this moment.
    pub async fn suggest(self, tenant: &Tenant, week: &str, now: Timestamp) -> Result<Option<usize>, Failure> {
        let own = keys::of(&tenant.id);
        let mark = own.knowledge_week(week);
        if self.store.item(WEEK, &mark).await?.is_some() {
            return Ok(None);
        }
        let (questions, contacts) = self.questions(&tenant.id, now).await?;
        let known = self.known(&tenant.id).await?;
        let before: Vec<Gap> = known.iter().map(|gap| gap.value.clone()).collect();
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(week_item(&mark, now))?;
        let mut suggested = Vec::new();
        for (gap, asked) in suggestions(tenant, &questions, &before, now) {
            let draft = self.draft(tenant, &asked, &contacts).await?;
            let version = known.iter().find(|other| other.value.id == gap.id).map_or(0, |other| other.version);
            writes.put_version(gap_item(&tenant.id, &Gap { draft, ..gap.clone() })?, version)?;
            suggested.push(gap.id);
        }
        let gone = |gap: &&Versioned<Gap>| gap.value.state == GapState::Open && !suggested.contains(&gap.value.id);
        for gap in known.iter().filter(gone) {
            writes.delete_version(&own.knowledge_gap(gap.value.id), gap.version)?;
        }
        match self.store.run(writes).await? {
            Ran::Done => Ok(Some(suggested.len())),
            Ran::Refused(positions) if positions.contains(&0) => Ok(None),
            Ran::Refused(_) | Ran::Raced => Err(busy(GAP)),
        }
    }

    /// Puts a suggestion among the tenant's frequent questions, worded as it was decided. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, a conflict where it was dismissed, or a text that may not stand there.
    pub async fn add(self, tenant: &TenantId, id: GapId, worded: Worded<'_>, trace: &Trace) -> Result<Gap, Failure> {
        for _ in 0..ATTEMPTS {
            let gap = self.get(tenant, id).await?;
            match gap.value.state {
                GapState::Added => return Ok(gap.value),
                GapState::Dismissed => {
                    return Err(conflict("it was dismissed: add it to the frequent questions instead"));
                }
                GapState::Open => {}
            }
            let (question, answer) = match worded {
                Worded::As { question, answer } => (question, answer),
                Worded::AsSuggested => (
                    gap.value.question.as_str(),
                    gap.value.draft.as_deref().ok_or_else(|| conflict("it has no answer yet: write one"))?,
                ),
            };
            let tenants = self.store.tenants();
            let before = tenants.document(tenant).await?;
            let mut writes = match gap.value.added_to(&before.value, question, answer)? {
                Some(with) => {
                    with.validate()?;
                    tenants.tenant_writes(&with, Some(&before), trace)?
                }
                None => Writes::new(&self.store.table),
            };
            let decided = gap.value.clone().decided(GapState::Added);
            writes.decided(tenant, &decided, gap.version, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(decided);
            }
        }
        Err(busy(GAP))
    }

    /// Takes a suggestion off the list; what asks the same is not suggested again. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or a conflict where it was added.
    pub async fn dismiss(self, tenant: &TenantId, id: GapId, trace: &Trace) -> Result<Gap, Failure> {
        for _ in 0..ATTEMPTS {
            let gap = self.get(tenant, id).await?;
            match gap.value.state {
                GapState::Dismissed => return Ok(gap.value),
                GapState::Added => return Err(conflict("it is among the frequent questions: remove it there")),
                GapState::Open => {}
            }
            let decided = gap.value.clone().decided(GapState::Dismissed);
            let mut writes = Writes::new(&self.store.table);
            writes.decided(tenant, &decided, gap.version, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(decided);
            }
        }
        Err(busy(GAP))
    }

    /// All suggestions, decided or not.
    async fn known(self, tenant: &TenantId) -> Result<Vec<Versioned<Gap>>, Failure> {
        let items = self.store.partition(&keys::of(tenant).knowledge_gaps(), "").await?;
        let known =
            |item| read(GAP, item).inspect_err(|failure| tracing::error!(reason = %failure, "it is left out")).ok();
        Ok(items.into_iter().filter_map(known).collect())
    }

    /// The latest questions that are kept, each of who it is today, and those people.
    async fn questions(
        self,
        tenant: &TenantId,
        now: Timestamp,
    ) -> Result<(Vec<UnansweredQuestion>, BTreeMap<ContactId, Contact>), Failure> {
        let list = keys::of(tenant).unanswered_questions();
        let (mut questions, mut cursor): (Vec<UnansweredQuestion>, _) = (Vec::new(), None);
        while questions.len() < MAX_COMPARED {
            let filters = Filters::from(&[("entity", None::<&str>)]);
            let page = self.store.list_items(tenant, &list, filters, PAGE, cursor.as_deref()).await?;
            // What the table should have taken away by now.
            let is_kept = |item: &&Item| {
                crate::table::documents::get_number(item, "expires_at").is_none_or(|end| end > now.as_second())
            };
            questions.extend(readable::<UnansweredQuestion>(QUESTION, page.items.iter().filter(is_kept)));
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        let contacts =
            self.store.contacts().survivors(tenant, questions.iter().map(|question| question.contact)).await?;
        // Who is not there any more asked nothing.
        let of_survivor = |question: UnansweredQuestion| {
            let contact = contacts.get(&question.contact)?.id;
            Some(UnansweredQuestion { contact, ..question })
        };
        Ok((questions.into_iter().filter_map(of_survivor).collect(), contacts))
    }

    /// A draft of the answer, from what staff answered those who asked.
    async fn draft(
        self,
        tenant: &Tenant,
        asked: &[&UnansweredQuestion],
        contacts: &BTreeMap<ContactId, Contact>,
    ) -> Result<Option<String>, Failure> {
        let mut answers = Vec::new();
        for question in asked.iter().take(MAX_ANSWERS) {
            let Some(reply) = self.answered(&tenant.id, &question.reference).await? else { continue };
            let contact = contacts.values().find(|contact| contact.id == question.contact);
            let mut names: Vec<String> = contact
                .into_iter()
                .flat_map(|contact| contact.name.iter().chain(&contact.other_names).cloned())
                .collect();
            names.extend(self.stated_name(&tenant.id, &question.reference).await?);
            answers.push((question.contact, reply.text, names));
        }
        let answers: Vec<StaffAnswer<'_>> =
            answers.iter().map(|(contact, text, names)| StaffAnswer { contact: *contact, text, names }).collect();
        Ok(draft(tenant, &answers))
    }

    /// The first that staff wrote after a question, where they did.
    async fn answered(self, tenant: &TenantId, asked: &MessageRef) -> Result<Option<Message>, Failure> {
        let key = keys::of(tenant).message(asked);
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :asked AND :last")
            .expression_attribute_values(":pk", text(&key.pk))
            .expression_attribute_values(":asked", text(&key.sk))
            // After every message, and before all that is no message.
            .expression_attribute_values(":last", text("M$"))
            .limit(MAX_MESSAGES);
        let answer = query.send().await.map_err(|error| crate::table::error::failure("thread", &error))?;
        let items = answer.items.unwrap_or_default();
        let messages = items.iter().filter(|item| get_text(item, "entity") == "message");
        Ok(readable::<Message>("message", messages).into_iter().find(|message| message.role == Role::Staff))
    }

    /// The name that the customer gave in a thread.
    async fn stated_name(self, tenant: &TenantId, asked: &MessageRef) -> Result<Option<String>, Failure> {
        let pointer = self.store.item("pointer", &keys::of(tenant).thread_pointer(asked.conversation)).await?;
        let Some(pointer) = pointer else { return Ok(None) };
        match self.store.conversations().head(tenant, &pointer, asked.conversation).await {
            Ok((_, thread)) => Ok(thread.stated.name),
            Err(Failure::Rejected { .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Forgets the question of a message that its writer changed or took back.
    pub(crate) async fn forget(self, tenant: &TenantId, message: &MessageRef) -> Result<(), Failure> {
        let pointer = keys::of(tenant).thread_pointer(message.conversation);
        let Some(contact) = self.store.owner(&pointer).await? else { return Ok(()) };
        let mut writes = Writes::new(&self.store.table);
        writes.delete(&keys::of(tenant).unanswered_question(contact, message))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Refused(_) | Ran::Raced => Err(busy(QUESTION)),
        }
    }
}

/// How a suggestion is worded where it is added.
#[derive(Debug, Clone, Copy)]
pub enum Worded<'a> {
    /// As the business words it.
    As {
        /// The question.
        question: &'a str,
        /// The answer.
        answer: &'a str,
    },
    /// As it was suggested, with the draft as its answer.
    AsSuggested,
}

impl Writes {
    /// A decision about a suggestion, over the version that was read, with its line of the audit record.
    fn decided(&mut self, tenant: &TenantId, decided: &Gap, version: u64, trace: &Trace) -> Result<(), Failure> {
        self.put_version(gap_item(tenant, decided)?, version)?;
        let subject = format!("{GAP}/{}", decided.id);
        let (was, is) = (json!({ "state": GapState::Open }), json!({ "state": decided.state }));
        self.audit(&entry(tenant, AuditAction::Updated, &subject, version + 1, Some(was), Some(is), trace))
    }
}

fn week_item(mark: &TableKey, now: Timestamp) -> Item {
    let mut item = key_item(mark);
    item.insert("entity".into(), text(WEEK));
    item.insert("expires_at".into(), number((now + WEEK_KEPT_FOR).as_second()));
    item
}

fn conflict(message: &str) -> Failure {
    Failure::rejected(Rejection::Conflict, message)
}
