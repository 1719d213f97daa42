//! Whom a campaign is for: found by pages of the customers, each counted once; and what there is room for.

use aws_sdk_dynamodb::types::Update;
use domain::campaigns::{
    AudienceContext, Campaign, Capacity, DayCapacity, Fit, Invitation, Invitee, InviteeState, LeftOut, Moved, TakeRate,
    invited_before, visit_days,
};
use domain::ids::CampaignId;
use domain::journeys::Person;
use domain::scheduling::Terms;
use domain::tenancy::{Tenant, known_location, start_of_day};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::keys::INVITEE;
use super::records::{CAMPAIGN, FIGURES};
use crate::table::documents::{Versioned, busy};
use crate::table::error::failure;
use crate::table::item::{Item, number, readable, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};
use crate::{Campaigns, ContactFilter};

/// The kind of the items.
pub(super) const INVITEES: &str = "campaign_invitee";
/// The version of one whose turn has not come.
pub(super) const FIRST_VERSION: u64 = 1;
/// So many customers are looked at in one step: those who fit are written in one transaction with the campaign.
const PAGE: usize = 50;
/// Where the next page begins, beside the figures: with the campaign it would be shown.
const NEXT_PAGE: &str = "next_page";
/// So often a page is looked at again that another write came before.
const ATTEMPTS: usize = 5;
/// So many of them are read at the same time.
const AT_ONCE: usize = 10;

/// Someone as a campaign sees them: whom it is for, or why they are left out.
type Judged = Result<Invitee, LeftOut>;

/// An invitee as it is stored: listed by how far they are.
pub(super) fn invitee_item(tenant: &TenantId, invitee: &Invitee) -> Result<Item, Failure> {
    let own = keys::of(tenant);
    let mut item = to_item(INVITEES, &own.invitee(invitee.contact, invitee.campaign), invitee)?;
    item.insert("gsi1pk".into(), text(own.invitees(invitee.campaign, invitee.state)));
    let order = match invitee.invited_at {
        Some(at) => keys::by_time(at, &invitee.contact.to_string()),
        // As wide as a time, so that lists are read the same way: who suits best comes first where the newest would.
        None => format!("{:015}#{}", invitee.rank, invitee.contact),
    };
    item.insert("gsi1sk".into(), text(order));
    Ok(item)
}

impl Writes {
    /// Where the page of the customers begins that is looked at next; none: all were.
    fn next_page(&mut self, tenant: &TenantId, id: CampaignId, next: Option<&str>) -> Result<(), Failure> {
        let update = Update::builder()
            .expression_attribute_names("#next", NEXT_PAGE)
            .expression_attribute_values(":entity", text(FIGURES));
        let update = match next {
            Some(next) => update
                .update_expression("SET entity = :entity, #next = :next")
                .expression_attribute_values(":next", text(next)),
            None => update.update_expression("SET entity = :entity REMOVE #next"),
        };
        self.update_at(&keys::of(tenant).campaign_figures(id), update)
    }
}

impl Campaigns<'_> {
    /// Looks at the next page of the customers, which begins where the one before it ended; returns whether there are more. Where a page
    /// begins is stored with what was counted of the one before, so that however often it is asked for, each customer is looked at once.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or another write came before: again is right.
    pub async fn gather(self, tenant: &Tenant, id: CampaignId, now: Timestamp) -> Result<bool, Failure> {
        // The text is drafted at the same time, into the same document: that one of them comes second is no rare case.
        for _ in 0..ATTEMPTS {
            if let Some(is_more) = self.gather_page(tenant, id, now).await? {
                return Ok(is_more);
            }
        }
        Err(busy(CAMPAIGN))
    }

    /// As [`Campaigns::gather`]; `None`: another write came before.
    async fn gather_page(self, tenant: &Tenant, id: CampaignId, now: Timestamp) -> Result<Option<bool>, Failure> {
        let campaign = self.get(&tenant.id, id).await?;
        let pages = campaign.value.reach.pages;
        // Read after the campaign: where another page was counted in between, this one is not.
        let cursor = self.next_page(&tenant.id, id).await?;
        let is_over = pages > 0 && cursor.is_none();
        if is_over || campaign.value.with_page(pages, 0, &[], now).is_none() {
            return Ok(Some(false));
        }
        let filter = ContactFilter::default();
        let customers = self.store.contacts().list(&tenant.id, &filter, PAGE, cursor.as_deref()).await?;
        let mut judged = Vec::new();
        let ids: Vec<ContactId> = customers.items.iter().map(|contact| contact.id).collect();
        for some in ids.chunks(AT_ONCE) {
            let one = |contact: ContactId| self.judge(tenant, &campaign.value, contact, now);
            judged.extend(futures::future::try_join_all(some.iter().copied().map(one)).await?.into_iter().flatten());
        }
        let is_counted = self.count_page(&tenant.id, &campaign, &judged, customers.cursor.as_deref(), now).await?;
        Ok(is_counted.then_some(customers.cursor.is_some()))
    }

    /// Where the page of the customers begins that was not looked at; none: before the first, and after the last.
    async fn next_page(self, tenant: &TenantId, id: CampaignId) -> Result<Option<String>, Failure> {
        let item = self.store.item(FIGURES, &keys::of(tenant).campaign_figures(id)).await?;
        let next = item.and_then(|item| item.get(NEXT_PAGE).and_then(|next| next.as_s().ok().cloned()));
        Ok(next)
    }

    /// Returns whether it was counted: another write may come before.
    async fn count_page(
        self,
        tenant: &TenantId,
        campaign: &Versioned<Campaign>,
        judged: &[Judged],
        next: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let page = campaign.value.reach.pages;
        let left_out: Vec<LeftOut> = judged.iter().filter_map(|one| one.as_ref().err().copied()).collect();
        let fits: Vec<&Invitee> = judged.iter().filter_map(|one| one.as_ref().ok()).collect();
        let count = u32::try_from(fits.len()).unwrap_or(u32::MAX);
        let Some(counted) = campaign.value.with_page(page, count, &left_out, now) else { return Ok(true) };
        let mut writes = Writes::new(&self.store.table);
        let moved = Moved { campaign: counted, tells: Vec::new(), later: Vec::new() };
        writes.campaign(tenant, &moved, campaign.version, now)?;
        writes.next_page(tenant, campaign.value.id, next)?;
        for invitee in fits {
            // The page's number says that no one of it was written before.
            let mut item = invitee_item(tenant, invitee)?;
            item.insert("version".to_owned(), number(FIRST_VERSION));
            writes.put(item)?;
        }
        Ok(self.store.run(writes).await? == Ran::Done)
    }

    /// Whether a campaign is for a contact; `None`: there is no such contact any more, or a test key made it.
    async fn judge(
        self,
        tenant: &Tenant,
        campaign: &Campaign,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<Option<Judged>, Failure> {
        let Some(person) = self.store.journeys().visit(&tenant.id, contact).await? else { return Ok(None) };
        if person.contact.id != contact || person.contact.is_for_tests() {
            return Ok(None);
        }
        Ok(Some(self.fit(tenant, campaign, &person, now).await?.and_then(|fit| {
            let invitee = Invitee::waiting(campaign.id, contact, fit.rank, fit.last_visit);
            let reaches = |invitee: &Invitee| {
                Invitation { tenant, campaign, person: &person, invitee, sent_this_month: 0, now }.reaches()
            };
            if reaches(&invitee) { Ok(invitee) } else { Err(LeftOut::NotAllowed) }
        })))
    }

    /// Whether someone fits the criteria of a campaign.
    pub(super) async fn fit(
        self,
        tenant: &Tenant,
        campaign: &Campaign,
        person: &Person,
        now: Timestamp,
    ) -> Result<Result<Fit, LeftOut>, Failure> {
        let context = AudienceContext {
            tenant,
            criteria: &campaign.audience,
            services: &campaign.services,
            location: campaign.location.as_ref(),
            now,
        };
        let fit = match context.fit(person, None) {
            Ok(fit) => fit,
            Err(reason) => return Ok(Err(reason)),
        };
        // Only of those who fit it is looked up when they were invited last, under whichever of their ids.
        let contact = &person.contact;
        let mut records = Vec::new();
        for id in std::iter::once(&contact.id).chain(&contact.merged_from) {
            records.extend(self.of_contact(&tenant.id, *id).await?.into_iter().map(|record| record.value));
        }
        let invited = invited_before(campaign.id, contact.id, &records);
        Ok(invited.and_then(|invited| context.fit(person, invited)).map(|_| fit))
    }

    /// The campaigns that a contact is one of.
    pub(super) async fn of_contact(
        self,
        tenant: &TenantId,
        contact: ContactId,
    ) -> Result<Vec<Versioned<Invitee>>, Failure> {
        let query = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(keys::of(tenant).person(contact)))
            .expression_attribute_values(":prefix", text(INVITEE));
        let answer = query.send().await.map_err(|error| failure("campaigns of a contact", &error))?;
        let known = |item| {
            let read = crate::table::documents::read(INVITEES, item);
            read.inspect_err(|failure: &Failure| tracing::error!(reason = %failure, "it is left out")).ok()
        };
        Ok(answer.items.unwrap_or_default().into_iter().filter_map(known).collect())
    }

    /// Those of a campaign who are so far: who waits, the most suitable first; others, the newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn invitees(
        self,
        tenant: &TenantId,
        id: CampaignId,
        state: InviteeState,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Invitee>, Failure> {
        let list = keys::of(tenant).invitees(id, state);
        let filters = [("entity", None::<&str>)];
        let page = self.store.list_items(tenant, &list, &filters, limit, cursor).await?;
        Ok(Page { items: readable(INVITEES, &page.items), cursor: page.cursor })
    }

    /// What there is room for now for a campaign: free visits on the days of its visits, of the first of its services that a calendar
    /// books. None where its place or that service is gone.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn capacity(self, tenant: &Tenant, campaign: &Campaign, now: Timestamp) -> Result<Capacity, Failure> {
        let learned = self.take_rate(&tenant.id, now).await?;
        let days = self.room(tenant, campaign, now).await?;
        Ok(Capacity { days, keep_free_percent: campaign.keep_free_percent, rate: campaign.rate(learned) })
    }

    async fn room(self, tenant: &Tenant, campaign: &Campaign, now: Timestamp) -> Result<Vec<DayCapacity>, Failure> {
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let location = known_location(&locations, campaign.location.as_ref());
        let terms = campaign.services.iter().find_map(|service| Terms::of(tenant, location, service).ok());
        let is_gone = location.is_none() && campaign.location.is_some();
        let Some(terms) = terms.filter(|_| !is_gone) else { return Ok(Vec::new()) };
        let zone: &TimeZone = terms.zone();
        let today = now.to_zoned(zone.clone()).date();
        let dates = visit_days(campaign.condition, (campaign.first_day, campaign.last_day), today);
        let Some((first, last)) = dates.first().zip(dates.last()) else { return Ok(Vec::new()) };
        let end = |day: Date| start_of_day(day.tomorrow().unwrap_or(day), zone);
        let (from, to) = (start_of_day(*first, zone).max(now), end(*last));
        let calendar = self.store.appointments().calendar(&tenant.id, terms.dates(from, to)).await?;
        let room = calendar.of(&terms, None, now).room(from, to);
        let free = |date: &Date| DayCapacity { date: *date, free: room.get(date).copied().unwrap_or_default() };
        Ok(dates.iter().map(free).collect())
    }

    /// How many of those who are invited book, as the tenant's campaigns have shown.
    async fn take_rate(self, tenant: &TenantId, now: Timestamp) -> Result<TakeRate, Failure> {
        let (totals, mut open) = (self.totals(tenant).await?, 0_u64);
        for campaign in self.with_places(tenant, now).await? {
            open = open.saturating_add(u64::from(self.unanswered(tenant, campaign.id, now).await?));
        }
        Ok(TakeRate::of_figures(&totals, open))
    }
}
