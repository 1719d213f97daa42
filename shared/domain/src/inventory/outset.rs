//! What the weekly order is worked out from: the documents as the arithmetic takes them.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use stock::{BookedJob, DayUse, Forecast, Incoming, JobUse, Lead, Outset, Plan, Safety, Season, Terms, Usage};

use super::arrival::{SeenLead, seen_lead};
use super::outlook::{self, Effects, to_f64};
use super::{
    Arrival, InventorySettings, Item, JobParts, KnownWeather, Offer, OrderState, PurchaseOrder, StockLevel, Supplier,
    UsedInMonth,
};
use crate::ids::ItemId;

/// Days between two orders.
const REVIEW_DAYS: u16 = 7;
/// The longest that a forecast looks ahead: the longest lead, and its lateness, and the review.
const MOST_DAYS: u16 = 180;

/// What is known of a business's stock at the beginning of `today`.
#[derive(Debug, Clone)]
pub struct Known {
    /// The day, where the business is.
    pub today: Date,
    /// What is kept.
    pub items: Vec<Item>,
    /// Who sells it.
    pub suppliers: Vec<Supplier>,
    /// How it is ordered.
    pub settings: InventorySettings,
    /// What is there.
    pub levels: Vec<StockLevel>,
    /// What was used.
    pub months: Vec<UsedInMonth>,
    /// What jobs used.
    pub jobs: Vec<JobParts>,
    /// Services of visits that are over and for which no parts were entered, once for each.
    pub without_parts: Vec<String>,
    /// Visits of the next days.
    pub booked: Vec<BookedJob>,
    /// Orders that are not over.
    pub orders: Vec<PurchaseOrder>,
    /// The weather around it.
    pub weather: KnownWeather,
    /// Lines of orders that came in.
    pub arrivals: Vec<Arrival>,
}

/// The forecast of an item, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Which item.
    pub item: ItemId,
    /// What is there.
    pub on_hand: i64,
    /// What is on its way.
    pub on_order: i64,
    /// What the next days will use.
    pub forecast: Forecast,
}

impl Known {
    /// What visits use, as learned from jobs, and as the items say where there are few.
    #[must_use]
    pub fn usage(&self) -> Usage {
        let mut defaults: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for item in &self.items {
            for visits in &item.per_visits {
                let per_visit = to_f64(visits.per_100_visits) / 100.0;
                defaults.entry(visits.service.to_string()).or_default().insert(item.id.to_string(), per_visit);
            }
        }
        // A visit without parts is one that used none only where the business enters them for that service.
        let entered: BTreeSet<&str> = self.jobs.iter().map(|job| job.service.as_str()).collect();
        let none = self.without_parts.iter().filter(|service| entered.contains(service.as_str()));
        let none = none.map(|service| JobUse { service: service.clone(), used: BTreeMap::new() });
        let jobs: Vec<JobUse> = self.jobs.iter().map(JobParts::for_learning).chain(none).collect();
        stock::learn(&jobs, &defaults)
    }

    fn level(&self, item: &ItemId) -> Option<&StockLevel> {
        self.levels.iter().find(|level| level.item == *item)
    }

    fn history(&self, item: &ItemId) -> Vec<DayUse> {
        let of_item = self.months.iter().filter(|month| month.item == *item);
        of_item.flat_map(|month| month.history().collect::<Vec<_>>()).filter(|used| used.date < self.today).collect()
    }

    /// The first day that was recorded of anything.
    fn recorded_since(&self) -> Date {
        let first = self.months.iter().flat_map(UsedInMonth::history).map(|used| used.date).min();
        first.unwrap_or(self.today).min(self.today)
    }

    /// The forecast of every item that is in use, `days` ahead.
    #[must_use]
    pub fn forecasts(&self, days: u16) -> Vec<Wanted> {
        let (usage, since) = (self.usage(), self.recorded_since());
        let items: Vec<&Item> = self.items.iter().filter(|item| item.active).collect();
        let histories: BTreeMap<&ItemId, Vec<DayUse>> =
            items.iter().map(|item| (&item.id, self.history(&item.id))).collect();
        let mut by_category: BTreeMap<&str, Vec<&[DayUse]>> = BTreeMap::new();
        for item in &items {
            let history = histories.get(&item.id).map(Vec::as_slice).unwrap_or_default();
            by_category.entry(item.category.as_str()).or_default().push(history);
        }
        let season = |histories: &Vec<&[DayUse]>| Season::learn(histories, since, self.today);
        let seasons: BTreeMap<&str, Season> =
            by_category.iter().map(|(category, histories)| (*category, season(histories))).collect();
        let felt = self.weather.felt();
        let effects = |histories: &Vec<&[DayUse]>| self.weather.effects(&felt, histories, (since, self.today));
        let effects: BTreeMap<&str, Effects> =
            by_category.iter().map(|(category, histories)| (*category, effects(histories))).collect();
        let flat = Season::none();
        let wanted = |item: &&Item| {
            let effects = effects.get(item.category.as_str());
            let outlook = effects.map(|effects| outlook::outlook(&felt, effects, item, &self.jobs, self.today));
            let outlook = outlook.unwrap_or_default();
            let outset = Outset {
                today: self.today,
                days,
                item: item.id.as_str(),
                history: histories.get(&item.id).map(Vec::as_slice).unwrap_or_default(),
                recorded_since: since,
                season: seasons.get(item.category.as_str()).unwrap_or(&flat),
                booked: &self.booked,
                usage: &usage,
                outlook: &outlook,
            };
            Wanted {
                item: item.id.clone(),
                on_hand: self.on_hand(&item.id),
                on_order: self.on_order(&item.id),
                forecast: stock::forecast(&outset),
            }
        };
        items.iter().map(wanted).collect()
    }

    /// What is there of an item, in all places together.
    pub(super) fn on_hand(&self, item: &ItemId) -> i64 {
        self.level(item).map_or(0, StockLevel::on_hand)
    }

    /// How much of an item is on its way.
    pub(super) fn on_order(&self, item: &ItemId) -> i64 {
        self.incoming(item).iter().map(|incoming| incoming.quantity).sum()
    }

    /// What is on its way of an item. What is overdue is taken to come tomorrow.
    fn incoming(&self, item: &ItemId) -> Vec<Incoming> {
        let tomorrow = self.today.tomorrow().unwrap_or(self.today);
        let on_way = self.orders.iter().filter(|order| order.state.is_incoming());
        let lines = on_way.flat_map(|order| &order.lines).filter(|line| line.item == *item && line.open() > 0);
        let incoming = |line: &super::OrderLine| Incoming {
            date: line.expected_on.unwrap_or(tomorrow).max(tomorrow),
            quantity: line.open(),
        };
        lines.map(incoming).collect()
    }

    /// Drafts of earlier weeks that no one decided about: a new week's take their place.
    pub fn undecided(&self) -> impl Iterator<Item = &PurchaseOrder> {
        self.orders.iter().filter(|order| order.state == OrderState::Draft)
    }

    /// What to order today.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let offers = self.items.iter().filter(|item| item.active).flat_map(|item| &item.offers);
        let leads = offers.map(|offer| self.lead(offer)).map(|lead| lead.days.saturating_add(lead.late_days));
        let longest = leads.max().unwrap_or_default();
        // An order day may be six days away.
        let days = longest.saturating_add(REVIEW_DAYS).saturating_add(6).clamp(stock::HORIZON_DAYS, MOST_DAYS);
        let forecasts = self.forecasts(days);
        let items: Vec<stock::Item> = forecasts.into_iter().filter_map(|wanted| self.orderable(wanted)).collect();
        let suppliers = self.suppliers.iter().filter(|supplier| supplier.active).map(|supplier| stock::Supplier {
            key: supplier.id.to_string(),
            minimum_cents: supplier.minimum_cents,
            shipping_cents: supplier.shipping_cents,
            free_shipping_from: supplier.free_shipping_from_cents,
        });
        let terms = Terms {
            today: self.today,
            review_days: REVIEW_DAYS,
            budget_cents: self.settings.weekly_budget_cents,
            holding_percent: self.settings.holding_percent,
            most_days_ahead: self.settings.most_days_ahead,
        };
        stock::plan(&items, &suppliers.collect::<Vec<_>>(), &terms)
    }

    /// The lead of an offer as deliveries have shown it; `None`: there were too few.
    #[must_use]
    pub fn seen_lead(&self, offer: &Offer) -> Option<SeenLead> {
        seen_lead(&offer.supplier, offer, &self.items, &self.arrivals)
    }

    /// The lead that is planned with: as seen, else as said.
    fn lead(&self, offer: &Offer) -> Lead {
        let said = Lead { days: offer.lead_days, late_days: offer.late_days };
        self.seen_lead(offer).map_or(said, |seen| seen.lead)
    }

    fn orderable(&self, wanted: Wanted) -> Option<stock::Item> {
        let item = self.items.iter().find(|item| item.id == wanted.item)?;
        let offer = |offer: &Offer| {
            let lead = self.lead(offer);
            let supplier = self.suppliers.iter().find(|supplier| supplier.active && supplier.id == offer.supplier)?;
            Some(stock::Offer {
                supplier: offer.supplier.to_string(),
                lead_days: lead.days.saturating_add(supplier.days_to_order(self.today)),
                late_days: lead.late_days,
                pack: offer.pack_size,
                tiers: offer
                    .prices
                    .iter()
                    .map(|price| stock::Tier { from: price.from, pack_cents: price.pack_cents })
                    .collect(),
            })
        };
        let service = Safety::Service(f64::from(self.settings.service_percent) / 100.0);
        let margin = item.price_cents.zip(item.unit_cents()).map(|(price, cost)| price.saturating_sub(cost));
        Some(stock::Item {
            key: item.id.to_string(),
            on_hand: wanted.on_hand,
            on_order: self.incoming(&item.id),
            forecast: wanted.forecast,
            safety: item.safety_stock.map_or(service, Safety::Units),
            reorder_point: item.reorder_point,
            offers: item.offers.iter().filter_map(offer).collect(),
            shortage_cents: margin.filter(|margin| *margin > 0),
        })
    }
}
