//! What waits for a person's yes, listed from the items themselves.
//!
//! An item that waits carries the keys of the sparse index `pending`, in a partition of its tenant, sorted by when it began to wait. The
//! write that ends the waiting removes them. So one query lists things of every kind, newest first, and nothing is stored twice.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::approvals::{ApprovalId, ApprovalKind};
use domain::campaigns::{Approver, Campaign, CampaignState, Shown};
use domain::identity::{AuditAction, Permission};
use domain::ids::CampaignId;
use domain::inventory::{OrderState, PurchaseOrder};
use domain::knowledge::gaps::{Gap, GapState, KnowledgeGap};
use domain::leads::import::{Import, ImportState};
use domain::leads::{AskedTime, Contact, Lead};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::Store;
use crate::leads::duplicates::Duplicate;
use crate::table::cursors::{Scope, read_failure, refused};
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{Item, from_item, get_text, text};
use crate::table::keys::{self, PartitionKey, TenantSpace};
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};

crate::repositories! {
    /// What waits for a person's yes.
    approvals: Approvals;
}

/// How often an answer is decided again that someone overtook.
const ATTEMPTS: usize = 4;
/// The most on a page.
const MAX_PAGE: usize = 100;
/// What a place in the index is made of.
const PLACE: [&str; 4] = ["pk", "sk", "pending_pk", "pending_sk"];

/// Something that waits for a yes or a no.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Approval {
    /// Which: what `approve`, `decline` and `undo` take.
    pub id: ApprovalId,
    /// What kind of thing.
    pub kind: ApprovalKind,
    /// Since when it waits (UTC).
    pub since: Timestamp,
    /// Whether an answer can be taken back.
    pub can_undo: bool,
    /// What is decided about.
    pub subject: ApprovalSubject,
}

/// What is decided about.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ApprovalSubject {
    /// Two contacts that may be one person.
    Contacts {
        /// Both sides.
        pair: Box<Duplicate>,
    },
    /// An import that was tried.
    Import {
        /// What the trial came to.
        import: Box<Import>,
    },
    /// A lead whose contact asked for a time.
    Lead {
        /// The lead, with the time in `requested_visit` or in their words in `requested_time`.
        lead: Box<Lead>,
    },
    /// A question that customers asked and the business's data does not answer.
    Question {
        /// The suggestion.
        gap: Box<KnowledgeGap>,
    },
    /// A purchase order that was drafted.
    Order {
        /// The order.
        order: Box<PurchaseOrder>,
    },
    /// A campaign that is drafted.
    Campaign {
        /// The campaign, with its text, whom it is for, and how many are invited on which day.
        campaign: Box<Campaign>,
    },
}

impl TenantSpace<'_> {
    /// Partition of the index `pending` that lists what waits for a yes.
    #[must_use]
    pub fn approval_list(self) -> PartitionKey {
        self.partition("APPROVALS")
    }
}

/// The keys by which an item that waits `since` is listed.
pub(crate) fn listed(tenant: &TenantId, since: Timestamp, id: &str) -> [(String, AttributeValue); 2] {
    [("pending_pk", keys::of(tenant).approval_list().into()), ("pending_sk", keys::by_time(since, id))]
        .map(|(name, value)| (name.to_owned(), text(value)))
}

impl Approval {
    fn new(id: ApprovalId, since: Timestamp, subject: ApprovalSubject) -> Self {
        let kind = id.kind();
        Self { id, kind, since, can_undo: kind.can_undo(), subject }
    }

    fn of_pair(pair: Duplicate) -> Self {
        let id = ApprovalId::MergeContacts(pair.first.id, pair.second.id);
        Self::new(id, pair.noticed_at, ApprovalSubject::Contacts { pair: Box::new(pair) })
    }

    fn of_import(import: Import) -> Option<Self> {
        let (id, since) = (ApprovalId::ImportContacts(import.id), import.finished_at.unwrap_or(import.created_at));
        let waits = import.state == ImportState::Tried;
        waits.then(|| Self::new(id, since, ApprovalSubject::Import { import: Box::new(import) }))
    }

    fn of_lead(lead: Lead, today: Date) -> Option<Self> {
        let waits = lead.waits_for_visit_answer() && !lead.asked_for_day_before(today);
        let (id, since) = (ApprovalId::AgreeVisit(lead.id, lead.asked_time()), lead.updated_at);
        waits.then(|| Self::new(id, since, ApprovalSubject::Lead { lead: Box::new(lead) }))
    }

    fn of_gap(gap: Gap, today: Date) -> Option<Self> {
        let waits = gap.state == GapState::Open && gap.until.to_zoned(TimeZone::UTC).date() >= today;
        let (id, since) = (ApprovalId::AddFaq(gap.id), gap.since);
        waits.then(|| Self::new(id, since, ApprovalSubject::Question { gap: Box::new(gap.into()) }))
    }

    fn of_order(tenant: &TenantId, order: PurchaseOrder) -> Option<Self> {
        let waits = order.state == OrderState::Draft;
        let (id, since) = (ApprovalId::SendOrder(order.id, order.digest(tenant)), order.created_at);
        waits.then(|| Self::new(id, since, ApprovalSubject::Order { order: Box::new(order) }))
    }

    fn of_campaign(campaign: Campaign, today: Date) -> Option<Self> {
        let waits = campaign.state == CampaignState::Waiting && !campaign.is_too_late(today);
        let (id, since) = (ApprovalId::SendCampaign(campaign.id, campaign.shown()), campaign.updated_at);
        waits.then(|| Self::new(id, since, ApprovalSubject::Campaign { campaign: Box::new(campaign) }))
    }
}

impl Approvals<'_> {
    /// What waits, newest first, of the kinds that `may_see` allows. A time that was asked for and is past at `today` waits no more.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        may_see: impl Fn(Permission) -> bool,
        today: Date,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Approval>, Failure> {
        let (items, cursor) = self.store.waiting(tenant, limit, cursor).await?;
        let of = |entity: &'static str| items.iter().filter(move |item| get_text(item, "entity") == entity);
        let pairs = self.store.people().pairs(tenant, of("duplicate")).await?;
        let mut pairs: Vec<Approval> = pairs.into_iter().map(Approval::of_pair).collect();
        let one = |item: &Item| match get_text(item, "entity") {
            "import" => readable(item, "import").and_then(Approval::of_import),
            "lead" => readable(item, "lead").and_then(|lead| Approval::of_lead(lead, today)),
            "knowledge_gap" => readable(item, "knowledge_gap").and_then(|gap| Approval::of_gap(gap, today)),
            "purchase_order" => readable(item, "purchase_order").and_then(|order| Approval::of_order(tenant, order)),
            "campaign" => readable(item, "campaign").and_then(|campaign| Approval::of_campaign(campaign, today)),
            // In the order of the index, as `pairs` are.
            "duplicate" if pairs.first().is_some_and(|pair| is_of(item, pair)) => Some(pairs.remove(0)),
            _ => None,
        };
        let all = items.iter().filter_map(one).filter(|approval| may_see(approval.kind.seen_with()));
        Ok(Page { items: all.collect(), cursor })
    }

    /// Says whether two contacts are one person: merges them, or keeps them apart. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no one asked that of them, or the answer was another one.
    pub async fn answer_pair(
        self,
        tenant: &TenantId,
        (a, b): (ContactId, ContactId),
        same: bool,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let people = self.store.people();
        for _ in 0..ATTEMPTS {
            return match (self.store.pair(tenant, a, b).await?, same) {
                (Pair::Asked, true) => people.merge(tenant, a, b, trace).await.map(|_| ()),
                // Who answered meanwhile may have said something else.
                (Pair::Asked, false) if !people.not_duplicates(tenant, a, b, trace).await? => continue,
                (Pair::Asked, false) | (Pair::Merged(_), true) | (Pair::Apart(_), false) => Ok(()),
                (Pair::Merged(_), false) => Err(conflict("they were merged: take that back first")),
                (Pair::Apart(_), true) => Err(conflict("they were said to be different people: take that back first")),
            };
        }
        Err(busy("contact"))
    }

    /// Takes the answer about two contacts back: they are two again, and it is asked again. A repeat changes nothing.
    ///
    /// # Errors
    /// As [`Approvals::answer_pair`].
    pub async fn ask_pair_again(
        self,
        tenant: &TenantId,
        (a, b): (ContactId, ContactId),
        trace: &Trace,
    ) -> Result<(), Failure> {
        match self.store.pair(tenant, a, b).await? {
            Pair::Asked => return Ok(()),
            Pair::Apart(both) => {
                // A call that took them apart may have died before it was through.
                for contact in &*both {
                    self.store.people().finish_apart(tenant, contact).await?;
                }
            }
            Pair::Merged(goes) => {
                self.store.people().take_apart(tenant, goes, trace).await?;
            }
        }
        let mut writes = Writes::new(&self.store.table);
        writes.possible_duplicate(tenant, a, b, trace.at)?;
        let (subject, after) = (format!("contact/{a}"), Some(json!({ "possible_duplicate": b })));
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, 0, None, after, trace))?;
        if self.store.run(writes).await? == Ran::Done { Ok(()) } else { Err(busy("contact")) }
    }

    /// Says yes or no to a campaign as it was `shown`. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no such campaign, or a conflict: its text or its audience was changed since, or as [`Campaign::approved`] and
    /// [`Campaign::declined`] word it.
    pub async fn answer_campaign(
        self,
        tenant: &Tenant,
        (id, shown): (CampaignId, Shown),
        yes: bool,
        trace: &Trace,
    ) -> Result<Campaign, Failure> {
        let campaigns = self.store.campaigns();
        let zone = campaigns.zone(tenant, &campaigns.get(&tenant.id, id).await?.value).await?;
        let today = trace.at.to_zoned(zone).date();
        let by = Approver::Actor(trace.actor.clone());
        let step = |campaign: &Campaign| {
            campaign.demand_shown(shown)?;
            if !yes {
                return campaign.refused(&trace.actor, trace.at);
            }
            if campaign.state == CampaignState::Waiting {
                // The prices may have changed since it was written.
                campaign.demand_words(tenant, today)?;
            }
            campaign.approved(&by, today, trace.at)
        };
        campaigns.step(&tenant.id, id, Some(trace), trace.at, step).await
    }

    /// Says yes or no to the time `asked` that a lead asks for; `None` takes that back. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: no such lead, or a conflict as [`Lead::with_visit_answer`] words it, or they ask for another time by now.
    pub async fn answer_visit(
        self,
        tenant: &TenantId,
        (id, asked): (LeadId, Option<AskedTime>),
        agreed: Option<bool>,
        trace: &Trace,
    ) -> Result<Lead, Failure> {
        for _ in 0..ATTEMPTS {
            let (key, lead) = self.store.leads().locate(tenant, id).await?;
            lead.demand_asked(asked)?;
            let changed = match agreed {
                Some(agreed) => lead.with_visit_answer(agreed, trace.at)?,
                None => lead.without_visit_answer(trace.at)?,
            };
            let Some(changed) = changed else { return Ok(lead) };
            let writes = Writes::of_change(&self.store.table, tenant, &key, &lead, &changed, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(changed);
            }
        }
        Err(busy("lead"))
    }
}

/// What is known of whether two contacts are one person.
enum Pair {
    /// Staff have not decided.
    Asked,
    /// They are two, and no one asks.
    Apart(Box<[Contact; 2]>),
    /// They are one: this one went into the other.
    Merged(ContactId),
}

impl Store {
    async fn pair(&self, tenant: &TenantId, a: ContactId, b: ContactId) -> Result<Pair, Failure> {
        let keys = keys::of(tenant);
        let items = self.batch_get(vec![keys.contact(a), keys.contact(b), keys.duplicate(a, b)]).await?;
        let at = |wanted: &keys::TableKey| {
            items.iter().find(|item| get_text(item, "pk") == &*wanted.pk && get_text(item, "sk") == wanted.sk)
        };
        let missing = || Failure::not_found("approval");
        let contact = |id| from_item::<Contact>("contact", at(&keys.contact(id)).ok_or_else(missing)?);
        let (one, other) = (contact(a)?, contact(b)?);
        let goes = if one.merged_into.is_some() { Some(a) } else { other.merged_into.map(|_| b) };
        if let Some(goes) = goes {
            // Either may have been merged into a third one, who is not the other.
            let contacts = self.contacts();
            let (ends, others) = (contacts.survivor(tenant, a).await?, contacts.survivor(tenant, b).await?);
            let meet = ends.map(|contact| contact.id) == others.map(|contact| contact.id);
            let elsewhere = || conflict("one of them has been merged into another contact: read the list again");
            return if meet { Ok(Pair::Merged(goes)) } else { Err(elsewhere()) };
        }
        Ok(match at(&keys.duplicate(a, b)) {
            Some(_) => Pair::Asked,
            // Of two who never came into question there is nothing to say.
            None if one.possible_duplicates.contains(&b) || other.possible_duplicates.contains(&a) => {
                Pair::Apart(Box::new([one, other]))
            }
            None => return Err(missing()),
        })
    }

    /// A page of the items that are listed, newest first.
    async fn waiting(
        &self,
        tenant: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<(Vec<Item>, Option<String>), Failure> {
        let partition = keys::of(tenant).approval_list();
        let scope = Scope::new(&partition, &[("index", "pending")]);
        let start = cursor.map(|cursor| start(&scope, cursor, tenant, &partition)).transpose()?;
        let query = self.dynamo.query().table_name(&self.table).index_name("pending").scan_index_forward(false);
        let query = query.key_condition_expression("pending_pk = :partition");
        let query = query.expression_attribute_values(":partition", text(&partition)).set_exclusive_start_key(start);
        let query = query.limit(i32::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(i32::MAX));
        let answer = query.send().await.map_err(|error| read_failure("list", &error, cursor.is_some()))?;
        let next = answer.last_evaluated_key.map(|place| scope.cursor(&PLACE.map(|name| get_text(&place, name))));
        Ok((answer.items.unwrap_or_default(), next))
    }
}

/// The place that a caller's cursor names.
fn start(scope: &Scope, cursor: &str, tenant: &TenantId, partition: &PartitionKey) -> Result<Item, Failure> {
    let parts = scope.place::<4>(cursor)?;
    let [pk, _, pending_pk, _] = &parts;
    if !pk.starts_with(&keys::of(tenant).everything()) || *pending_pk != **partition {
        return Err(refused());
    }
    Ok(PLACE.iter().zip(&parts).map(|(name, part)| ((*name).to_owned(), text(part))).collect())
}

fn readable<T: serde::de::DeserializeOwned>(item: &Item, entity: &str) -> Option<T> {
    from_item(entity, item).inspect_err(|failure| tracing::error!(reason = %failure, "it is left out")).ok()
}

/// Whether a stored pair is that of an approval.
fn is_of(item: &Item, approval: &Approval) -> bool {
    match approval.id {
        ApprovalId::MergeContacts(a, b) => {
            let sk = get_text(item, "sk");
            sk.contains(&a.to_string()) && sk.contains(&b.to_string())
        }
        _ => false,
    }
}

fn conflict(message: &str) -> Failure {
    Failure::rejected(domain::failure::Rejection::Conflict, message)
}
