//! One message of one contact at a time, in order: remember who it is, answer, store, all in one transaction.
//!
//! Reads the Inbound queue. A message that was stored before is done; a lost race is decided again on what is there
//! now, with the answer that was given already where the thread is as it was; an unreadable record goes to the dead-letter
//! queue. Run twice, it stores once.

use ai::Assistant;
use domain::Failure;
use domain::conversations::Route;
use domain::journeys::Person;
use domain::messaging::{Address, Channel, Inbound};
use domain::scheduling::{WaitlistEntry, Whereabouts};
use domain::tenancy::usage::Spent;
use domain::tenancy::{CostMode, Tenant};
use domain::turns::booking::ReadCalendar;
use domain::turns::{Due, Outcome, Response, Turn};
use jiff::Timestamp;
use library::Library;
use std::time::{Duration, Instant};
use store::{Commit, LoadedTurn, LoadedVisit, Store};

mod notes;
mod words;

use words::{Worded, Words};

/// How often a turn is decided again when someone else wrote meanwhile.
const MAX_DECISIONS: usize = 4;
/// For the router and the model together; the built-in responder needs none of it.
pub const MODEL_BUDGET: Duration = Duration::from_secs(20);
/// The most time one record takes: the model's budget and the table's calls.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(23);

/// What a turn needs.
#[derive(Debug)]
pub struct Converse {
    /// The table.
    pub store: Store,
    /// The model, or the built-in responder.
    pub assistant: Assistant,
    /// What the businesses' documents say; without it they are not looked at.
    pub library: Option<Library>,
}

impl Converse {
    /// Answers one message.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn answer(&self, inbound: &Inbound) -> Result<(), Failure> {
        if self.note(inbound).await? {
            return Ok(());
        }
        // All decisions share the models' budget.
        let mut words = Words::until(Instant::now() + MODEL_BUDGET, inbound.received_at);
        for _ in 0..MAX_DECISIONS {
            match self.turn(inbound, &mut words).await? {
                Commit::Stored => return Ok(()),
                Commit::Duplicate => {
                    tracing::info!(tenant = %inbound.tenant, "a repeat of a stored message");
                    return Ok(());
                }
                Commit::Conflict => {
                    tracing::info!(tenant = %inbound.tenant, "another write came first: deciding again");
                }
            }
        }
        Err(Failure::Retryable("this contact is very busy".into()))
    }

    async fn turn(&self, inbound: &Inbound, words: &mut Words) -> Result<Commit, Failure> {
        let started = Instant::now();
        let now = runtime::clock::now();
        let tenant = self.store.tenants().get(&inbound.tenant).await?;
        let mut loaded_turn = self.store.people().load_turn(inbound).await?;
        if loaded_turn.duplicate {
            self.store.usage().count_spent(&tenant.id, inbound.message_id(), &loaded_turn.uncounted).await?;
            return Ok(Commit::Duplicate);
        }
        let own = self.store.tenants().own(&tenant).await?;
        let mut turn = Turn::open(&tenant, &own, inbound, std::mem::take(&mut loaded_turn.people), now);
        self.reconcile_opt_outs(inbound, &loaded_turn, &turn.person).await?;
        let refused = loaded_turn.is_refused(&turn.person.opt_out_state);
        let (mut saving, mut visit) = (CostMode::None, LoadedVisit::default());
        let response = match turn.due(refused) {
            Due::Word { refused } => self.consent(&tenant, inbound, refused, &loaded_turn, &mut turn).await?,
            Due::Given(response) => response,
            Due::Code { channel, to } => {
                let sent = self.send_code(&tenant, inbound, (channel, to), &mut turn, now).await?;
                match sent {
                    Some(response) => response,
                    None => self.respond(&tenant, inbound, &mut turn, (&mut saving, &mut visit), words).await?,
                }
            }
            Due::Answer => self.respond(&tenant, inbound, &mut turn, (&mut saving, &mut visit), words).await?,
        };
        let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let is_proven = turn.is_proven();
        let mut outcome = turn.close(response, took_ms);
        if let Some(change) = outcome.booking.as_mut().filter(|change| tenant.goes_out(&change.after.service)) {
            // Not whatever they answered goes to the geocoder: only what was understood as where they are.
            let noted = if is_proven { &outcome.lead.qualification } else { &outcome.thread.stated.qualification };
            change.after.seek(visit.sought.take().filter(|_| noted.location.is_some()));
        }
        log(&tenant, &outcome, saving, took_ms);
        self.store.conversations().commit_visit(&tenant.id, &outcome, &visit, now).await
    }

    /// Sends a code to an address that a visitor of the chat typed, within its limits. `None`: over them.
    async fn send_code(
        &self,
        tenant: &Tenant,
        inbound: &Inbound,
        to: (Channel, Address),
        turn: &mut Turn<'_>,
        now: Timestamp,
    ) -> Result<Option<Response>, Failure> {
        if !self.store.limits().may_send_code(tenant, &to.1, inbound, now).await? {
            return Ok(None);
        }
        Ok(Some(turn.send_code(to, &auth::secrets::random_digits()?)))
    }

    /// Brings an address and its person to the same last word. The address alone knows what was said before anybody knew whose
    /// it is, or before they were erased; the person alone, what they said elsewhere since. An address that they only name
    /// does not silence them: it alone is written to no more.
    async fn reconcile_opt_outs(
        &self,
        inbound: &Inbound,
        loaded_turn: &LoadedTurn,
        person: &Person,
    ) -> Result<(), Failure> {
        let (tenant, opt_out_state) = (&inbound.tenant, &person.opt_out_state);
        for address in loaded_turn.silent(opt_out_state) {
            self.store.opt_out_states().set_unreachable(tenant, person.contact.id, address, None).await?;
        }
        let Some(refused_at) = loaded_turn.refused_at else { return Ok(()) };
        match (loaded_turn.is_refused(opt_out_state), opt_out_state.said_at) {
            (true, _) if opt_out_state.refused => Ok(()),
            (true, _) | (false, None) => {
                self.store.opt_out_states().set_refused(tenant, person.contact.id, true, refused_at).await
            }
            (false, Some(said_at)) => self.store.suppressions().set(tenant, &inbound.from, false, said_at).await,
        }
    }

    /// Takes STOP (`refused`) or START for the address it came from, and for the person: whose the address is may not be stored yet.
    async fn consent(
        &self,
        tenant: &Tenant,
        inbound: &Inbound,
        refused: bool,
        loaded_turn: &LoadedTurn,
        turn: &mut Turn<'_>,
    ) -> Result<Response, Failure> {
        let said_at = self.store.suppressions().said_at(inbound).await?;
        if turn.person.opt_out_state.overtakes(refused, said_at, loaded_turn.refused_at) {
            return Ok(turn.overtaken(refused));
        }
        if refused {
            turn.note_cancelled();
        }
        let address = turn.proven_address().unwrap_or(&inbound.from);
        self.store.suppressions().set(&tenant.id, address, refused, said_at).await?;
        self.store.opt_out_states().set_refused(&tenant.id, turn.person.contact.id, refused, said_at).await?;
        Ok(turn.taken(refused))
    }

    /// How much to save on this message.
    async fn cost_mode(&self, tenant: &Tenant, messages: u32, now: Timestamp) -> Result<CostMode, Failure> {
        if !self.assistant.has_model() {
            return Ok(CostMode::None);
        }
        Ok(self.store.usage().cost_mode(tenant, now).await?.in_conversation(messages, &tenant.cost_control))
    }

    /// Reads the calendar where the message is about a visit, and has the turn decide on it.
    async fn arrange(&self, tenant: &Tenant, route: &Route, turn: &mut Turn<'_>) -> Result<LoadedVisit, Failure> {
        let Some(need) = turn.calendar_needed(route) else { return Ok(LoadedVisit::default()) };
        let store = self.store.appointments();
        let said = need.address.as_deref().map(|address| Whereabouts::of_talk(address, &tenant.region));
        let there = store.whereabouts(said.unwrap_or_default(), runtime::clock::now());
        let (mut visit, there) = tokio::try_join!(store.visit(&tenant.id, need.dates, need.appointment), there)?;
        visit.sought = there.sought;
        let waiting = if need.joins { store.waiting(&tenant.id).await? } else { Vec::new() };
        let own = waiting.iter().find(|entry| entry.value.contact == turn.person.contact.id);
        visit.entry_version = own.map_or(0, |entry| entry.version);
        let waiting: Vec<WaitlistEntry> = waiting.into_iter().map(|entry| entry.value).collect();
        let (resources, days) = (&visit.calendar.resources, &visit.calendar.days);
        let booking = visit.booking.as_ref().map(|booking| &booking.value);
        turn.arrange(&need, &ReadCalendar { resources, days, booking, place: there.place, waiting: &waiting });
        Ok(visit)
    }

    /// Looks at the business's documents where the message may ask something, and whether staff know already of what does not agree in
    /// them.
    async fn look_up(
        &self,
        tenant: &Tenant,
        route: &Route,
        turn: &mut Turn<'_>,
        saving: CostMode,
        words: &mut Words,
    ) -> Result<(), Failure> {
        let Some((library, lookup)) = self.library.as_ref().zip(turn.lookup(route)) else { return Ok(()) };
        let Some(index) = library.to_answer_from(&tenant.id).await else { return Ok(()) };
        let (found, spent) = self.assistant.look_up(tenant, saving, &index, &lookup).await;
        words.paid(spent);
        turn.take_findings(&lookup, found);
        turn.note_index(&index.name);
        let Some(task) = turn.dispute() else { return Ok(()) };
        if self.store.tasks().has(&tenant.id, task).await? {
            turn.dispute_is_known();
        }
        Ok(())
    }

    async fn respond(
        &self,
        tenant: &Tenant,
        inbound: &Inbound,
        turn: &mut Turn<'_>,
        (saving, visit): (&mut CostMode, &mut LoadedVisit),
        words: &mut Words,
    ) -> Result<Response, Failure> {
        *saving = self.cost_mode(tenant, turn.thread.message_count, runtime::clock::now()).await?;
        let route = words.route(&self.assistant, tenant, inbound, turn, *saving).await;
        turn.read_message(&route);
        *visit = self.arrange(tenant, &route, turn).await?;
        if let Some(response) = turn.left_to_people() {
            turn.spent = words.spent();
            turn.sorted.clone_from(&words.sorted);
            return Ok(response);
        }
        self.look_up(tenant, &route, turn, *saving, words).await?;
        if self.assistant.may_ask(tenant, *saving) {
            turn.recall(self.store.conversations().summaries(&tenant.id, &turn.recalls()).await?);
        }
        let Worded { answer, escalate } = words.answer(&self.assistant, tenant, turn, &route, *saving).await;
        turn.spent = words.spent();
        turn.tried.clone_from(&words.tried);
        turn.sorted.clone_from(&words.sorted);
        Ok(Response::Answered { answer: Box::new(answer), escalate })
    }
}

fn log(tenant: &Tenant, outcome: &Outcome, saving: CostMode, took_ms: u64) {
    let tokens = |count: fn(&Spent) -> u64| outcome.spent.iter().map(count).sum::<u64>();
    tracing::info!(
        tenant = %tenant.id,
        conversation = %outcome.thread.id,
        score = outcome.lead.score.as_str(),
        status = outcome.lead.status.as_str(),
        merged = outcome.merged.len(),
        escalated = outcome.escalation.is_some(),
        cost_mode = ?saving,
        input_tokens = tokens(|spent| spent.tokens.input()),
        output_tokens = tokens(|spent| spent.tokens.output),
        duration_ms = took_ms,
        "answered"
    );
}
