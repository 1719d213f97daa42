//! All that happened between a person and the business, on every channel, and what comes next.

use domain::conversations::{Conversation, Escalation, Message, Role, StepRef, Task};
use domain::ids::{RunId, SequenceId, StepId, TaskId};
use domain::journeys::{Journey, LogEntry, Run, Waiting};
use domain::leads::{Lead, Stage, StatusChange};
use domain::messaging::{Channel, DeliveryState, Kind, MessageRef, Source, Verdict};
use domain::{ContactId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Conversations;
use crate::conversations::keys::{ESCALATION, MESSAGE};
use crate::journeys::keys::TASK;
use crate::journeys::records::begun;
use crate::leads::keys::PAST;
use crate::table::item::{Item, get_text, readable};
use crate::table::keys::{self, PartitionKey};
use crate::table::lists::MAX_PAGE;

/// How many threads are read, those with the newest messages.
const MAX_THREADS: usize = 20;
/// How many pages of what is over are read of one contact, to find those threads.
const MAX_PAGES: usize = 5;

/// All that happened between a person and the business, and what comes next.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Timeline {
    /// Who; where the contact was merged, who goes on.
    pub contact: ContactId,
    /// Where they stand.
    pub stage: Stage,
    /// Since when the contact has been in this stage (UTC).
    pub stage_since: Timestamp,
    /// What happened, newest first.
    pub touches: Vec<TimelineEntry>,
    /// Enrollments that go on, with their next steps, the next one first.
    pub upcoming: Vec<Upcoming>,
    /// Outreach messages that are queued or held, and why they wait.
    pub blocked: Vec<Waiting>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TimelineEntry {
    /// A message, in or out.
    Message {
        /// When it happened (UTC).
        at: Timestamp,
        /// The message.
        message: MessageRef,
        /// Who wrote it.
        role: Role,
        /// What it is (outgoing only).
        kind: Option<Kind>,
        /// On which channel.
        channel: Channel,
        /// How it came, such as by a missed call (incoming only).
        source: Option<Source>,
        /// The step of a sequence that wrote it, where one did.
        step: Option<Box<StepRef>>,
        /// What it says.
        text: String,
        /// Where it is (outgoing only).
        state: Option<DeliveryState>,
        /// What the gate said, last (outgoing only).
        verdict: Option<Verdict>,
        /// Why it is where it is.
        why: Option<String>,
    },
    /// Something that happened to the journey itself.
    Journey(LogEntry),
    /// A lead went from one status to another.
    StatusChanged {
        /// The lead.
        lead: LeadId,
        /// When, to what, from what.
        #[serde(flatten)]
        change: StatusChange,
    },
    /// A person was called for.
    Escalation {
        /// When it happened (UTC).
        at: Timestamp,
        /// The escalation, with its end where it has ended.
        escalation: Box<Escalation>,
    },
    /// A task for the staff came up.
    Task {
        /// When it happened (UTC).
        at: Timestamp,
        /// The task.
        task: Box<Task>,
    },
}

/// An enrollment that goes on, and its next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Upcoming {
    /// The sequence.
    pub sequence: SequenceId,
    /// Which enrollment.
    pub run: RunId,
    /// The step that comes next.
    pub step: StepId,
    /// When it is due (UTC).
    pub due: Timestamp,
    /// Nothing before this moment: someone is thinking it over (UTC).
    pub paused_until: Option<Timestamp>,
}

impl Conversations<'_> {
    /// A contact's timeline with the newest `limit` entries (at most 100): of its threads and those of all who were merged into it,
    /// of its journey, and its tasks.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contact.
    pub async fn timeline(self, tenant: &TenantId, contact: ContactId, limit: usize) -> Result<Timeline, Failure> {
        let person =
            self.store.journeys().visit(tenant, contact).await?.ok_or_else(|| Failure::not_found("contact"))?;
        let limit = limit.clamp(1, MAX_PAGE);
        let owner = person.contact.clone();
        let mut threads = person.threads.clone();
        let mut leads = vec![person.lead.clone()];
        let mut tasks = Vec::new();
        for id in std::iter::once(&owner.id).chain(&owner.merged_from) {
            let partition = keys::of(tenant).person(*id);
            let past = self.pages(&partition, PAST).await?;
            let of = |entity: &'static str| past.iter().filter(move |item| get_text(item, "entity") == entity);
            threads.extend(readable::<Conversation>("thread", of("thread")));
            leads.extend(readable::<Lead>("lead", of("lead")));
            let (pointers, _) = self.store.page_of(&partition, TASK, false, limit, None).await?;
            tasks.extend(pointers.iter().filter_map(|item| TaskId::parse(get_text(item, "task")).ok()));
        }
        threads.sort_by_key(|thread| std::cmp::Reverse(thread.last_message_at));
        threads.truncate(MAX_THREADS);
        let mut touches = self.messages_of(tenant, &threads, limit).await?;
        touches.extend(self.escalations_of(tenant, &threads).await?);
        touches.extend(leads.iter().flat_map(changes_of));
        touches.extend(self.tasks_of(tenant, &tasks).await?);
        Ok(Timeline::of(begun(person), touches, limit))
    }

    /// The newest messages of these threads.
    async fn messages_of(
        self,
        tenant: &TenantId,
        threads: &[Conversation],
        limit: usize,
    ) -> Result<Vec<TimelineEntry>, Failure> {
        let mut entries = Vec::new();
        for thread in threads {
            let partition = keys::of(tenant).thread_pointer(thread.id).pk;
            let (items, _) = self.store.page_of(&partition, MESSAGE, false, limit, None).await?;
            entries.extend(readable::<Message>("message", &items).into_iter().map(TimelineEntry::from));
        }
        Ok(entries)
    }

    /// The escalations of those of these threads that had one.
    async fn escalations_of(self, tenant: &TenantId, threads: &[Conversation]) -> Result<Vec<TimelineEntry>, Failure> {
        let mut entries = Vec::new();
        for thread in threads.iter().filter(|thread| thread.escalation.is_some() || thread.resolved_count > 0) {
            let items = self.store.partition(&keys::of(tenant).thread_pointer(thread.id).pk, ESCALATION).await?;
            let entry = |escalation: Escalation| TimelineEntry::Escalation {
                at: escalation.raised_at,
                escalation: Box::new(escalation),
            };
            entries.extend(readable("escalation", &items).into_iter().map(entry));
        }
        Ok(entries)
    }

    async fn tasks_of(self, tenant: &TenantId, tasks: &[TaskId]) -> Result<Vec<TimelineEntry>, Failure> {
        let mut entries = Vec::new();
        for some in tasks.chunks(MAX_PAGE) {
            let wanted = some.iter().map(|id| keys::of(tenant).task(*id)).collect();
            let tasks = readable::<Task>("task", &self.store.batch_get(wanted).await?);
            entries.extend(
                tasks.into_iter().map(|task| TimelineEntry::Task { at: task.created_at, task: Box::new(task) }),
            );
        }
        Ok(entries)
    }

    /// The first pages of a partition's items whose sort key begins with `prefix`.
    async fn pages(self, partition: &PartitionKey, prefix: &str) -> Result<Vec<Item>, Failure> {
        let mut all = Vec::new();
        let mut cursor = None;
        for _ in 0..MAX_PAGES {
            let (items, next) = self.store.page_of(partition, prefix, true, MAX_PAGE, cursor.as_deref()).await?;
            all.extend(items);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        Ok(all)
    }
}

impl Timeline {
    /// Of a journey and what else happened.
    fn of(journey: Journey, mut touches: Vec<TimelineEntry>, limit: usize) -> Self {
        let mut upcoming: Vec<Upcoming> = journey.running().map(Upcoming::from).collect();
        upcoming.sort_by_key(|next| next.due);
        touches.extend(journey.log.into_iter().map(TimelineEntry::Journey));
        touches.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
        touches.truncate(limit);
        Self {
            contact: journey.contact,
            stage: journey.stage,
            stage_since: journey.stage_since,
            touches,
            upcoming,
            blocked: journey.waiting,
        }
    }
}

impl TimelineEntry {
    /// When it happened (UTC).
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Message { at, .. } | Self::Task { at, .. } => *at,
            Self::Escalation { at, .. } => *at,
            Self::StatusChanged { change, .. } => change.at,
            Self::Journey(entry) => entry.at,
        }
    }
}

fn changes_of(lead: &Lead) -> impl Iterator<Item = TimelineEntry> {
    lead.history.iter().map(|change| TimelineEntry::StatusChanged { lead: lead.id, change: *change })
}

impl From<Message> for TimelineEntry {
    fn from(message: Message) -> Self {
        let kind = (message.role != Role::Customer).then(|| message.kind());
        let (state, verdict, reason) = message
            .delivery
            .map_or((None, None, None), |delivery| (Some(delivery.state), delivery.verdict, delivery.reason));
        // What a vendor said is later than what the gate said, but a wait that is over explains nothing.
        let why = match state {
            Some(DeliveryState::Failed | DeliveryState::Unknown) => reason,
            _ => verdict.as_ref().map(|verdict| verdict.why().to_owned()).or(reason),
        };
        Self::Message {
            at: message.reference.at,
            message: message.reference,
            role: message.role,
            kind,
            channel: message.channel,
            source: message.source,
            step: message.outreach.and_then(|outreach| outreach.step).map(Box::new),
            text: message.text,
            state,
            verdict,
            why,
        }
    }
}

impl From<&Run> for Upcoming {
    fn from(run: &Run) -> Self {
        Self {
            sequence: run.sequence.clone(),
            run: run.id,
            step: run.step.clone(),
            due: run.due,
            paused_until: run.paused_until,
        }
    }
}
