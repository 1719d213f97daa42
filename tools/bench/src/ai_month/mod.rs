//! `bench ai-month FILE...`: a month of AI calls, through the real engine and against a stub that bills by what it is sent.
//!
//! The volumes are those of seed 000 (10,000 classifications and 2,000 messages a day), the prices those of
//! `usage/prices.csv`. The texts, the conversations and the share that is answered without a model are measured on public
//! dialogues; what no list and no measurement says is in [`Assumed`] and printed.

mod first_token;
mod kept;
pub(crate) mod overhead;
mod scene;
mod vendor;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ai::{Assistant, Models};
use anyhow::{Result, ensure};
use clap::Args;
use domain::conversations::Route;
use domain::conversations::builtin::Turn;
use domain::tenancy::usage::Spent;
use domain::tenancy::{CostMode, Language, Tenant};
use domain::{ContactId, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;

use crate::dialogues::{Replayed, Spoken, replayed};
use crate::report::print_table;
use kept::Memory;
use scene::{asked, refused, scene};
use vendor::Vendor;

/// A day's volumes and the days of a month, as the seed has them.
const CLASSIFICATIONS: u64 = 10_000;
const MESSAGES: u64 = 2_000;
const DAYS: u64 = 30;
/// Prices are those of this day.
const PRICED_AT: &str = "2026-11-20T12:00:00Z";
/// The goal: what the cascade alone saves, in percent (seed 000, part 1.1).
const GOAL: f64 = 68.0;
/// When people write, in seconds of a day: eight in the morning to eight in the evening.
const OPENS: u64 = 8 * 3_600;
const CLOSES: u64 = 20 * 3_600;

/// What is replayed.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Files of the Schema-Guided Dialogue corpus or of STAR.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// From which the times, texts and doubts are drawn.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many days are replayed; the month is as many times that.
    #[arg(long, default_value_t = 1)]
    days: u64,
    /// Replays one of so many calls, among as many fewer businesses; the month is as many times that.
    #[arg(long, default_value_t = 1)]
    one_in: u64,
    /// Of how many classifications of a hundred the small model is not sure.
    #[arg(long, default_value_t = 15)]
    unsure_percent: u64,
    /// Of how many messages of a thousand the function dies after the model answered, so that they come again.
    #[arg(long, default_value_t = 2)]
    redelivered_per_thousand: u64,
}

/// What is assumed: nothing here was measured.
#[derive(Debug, Clone, Copy)]
struct Assumed {
    /// English prose.
    characters_per_token: u64,
    /// A form of `respond` with a reply of two sentences, and a little thinking.
    respond_output_tokens: u64,
    /// A form of `route`, and no thinking to speak of.
    route_output_tokens: u64,
    /// Between two messages of one customer, in seconds.
    pause: u64,
    /// Each with a prompt of its own.
    businesses: u64,
}

const ASSUMED: Assumed =
    Assumed { characters_per_token: 4, respond_output_tokens: 220, route_output_tokens: 60, pause: 45, businesses: 40 };

/// One way to do the month.
struct Way {
    name: &'static str,
    models: Models,
    /// Whether the rules, our own classifier and the built-in responder answer what they are sure of.
    builtin_first: bool,
    /// Whether answers are kept.
    keeps: bool,
}

/// What one way took.
#[derive(Default)]
struct Bill {
    calls: u64,
    tokens: u64,
    route_microdollars: u64,
    respond_microdollars: u64,
    /// Calls that kept answers saved.
    saved: u64,
}

impl Bill {
    fn add(&mut self, spent: &[Spent], at: Timestamp, is_route: bool) -> Result<()> {
        for spent in spent {
            self.saved += spent.saved.calls;
            if spent.saved.calls > 0 {
                continue;
            }
            let cost = spent.cost_microdollars(at);
            ensure!(cost.is_some(), "{} has no price", spent.model);
            let part = if is_route { &mut self.route_microdollars } else { &mut self.respond_microdollars };
            *part += cost.unwrap_or_default();
            self.calls += 1;
            self.tokens += spent.tokens.input() + spent.tokens.output;
        }
        Ok(())
    }

    fn total(&self) -> u64 {
        self.route_microdollars + self.respond_microdollars
    }
}

/// Numbers that look drawn, the same for the same seed (xorshift64*).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % limit.max(1)
    }
}

/// One call to be made.
struct Due {
    /// In seconds since the month began.
    at: u64,
    business: u64,
    dialogue: usize,
    turn: usize,
    /// `Some`: a classification, and how sure the small model is of it.
    confidence: Option<u8>,
    /// Whether it comes a second time.
    comes_again: bool,
    /// How often the business had this dialogue before.
    times: u64,
}

/// Replays the month in each way and prints what it costs.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let dialogues = replayed(&options.files)?;
    let turns = dialogues.iter().flat_map(|dialogue| &dialogue.turns);
    let count = |is: fn(&Spoken) -> bool| turns.clone().filter(|turn| is(turn)).count();
    let (all, routed) = (count(|_| true), count(|turn| turn.is_routed));
    let (decided, answered) = (count(|turn| turn.is_decided), count(|turn| turn.is_answered));
    ensure!(all > 0, "the files hold no dialogue");
    let share = |part: usize| part as f64 / all as f64 * 100.0;
    println!(
        "seed {}, {} of {DAYS} days and one of {} calls replayed, prices of {PRICED_AT}",
        options.seed, options.days, options.one_in
    );
    println!("measured: {} dialogues with {all} turns", dialogues.len());
    println!("measured: {routed} turns ({:.1} %) are routed by the rules alone", share(routed));
    println!("measured: {decided} turns ({:.1} %) the calendar decides", share(decided));
    println!(
        "measured: {answered} turns ({:.1} %) cost no call for it, or because the responder is sure",
        share(answered)
    );
    let (refused, judged, took) = refused(&dialogues, &unsure());
    println!(
        "measured: the check refuses {refused} of {judged} replies that are fine, in {} us each",
        took.as_micros()
    );
    println!("from the seed: {CLASSIFICATIONS} classifications and {MESSAGES} messages a day");
    println!("assumed: {ASSUMED:?}; the small model is unsure of {} % of the classifications", options.unsure_percent);

    let due = due(&dialogues, options);
    let one = |model: &str| Models::parse(&[model, model, model].join(","));
    let ways = [
        Way { name: "everything on premium", models: one("claude-opus-5-5")?, builtin_first: false, keeps: false },
        Way { name: "everything on standard", models: one("claude-sonnet-5-5")?, builtin_first: false, keeps: false },
        Way { name: "the cascade", models: Models::default(), builtin_first: false, keeps: false },
        Way {
            name: "the cascade, after rules, classifier and built-in answers",
            models: Models::default(),
            builtin_first: true,
            keeps: false,
        },
        Way {
            name: "the same, with answers that are kept",
            models: Models::default(),
            builtin_first: true,
            keeps: true,
        },
    ];
    let vendor = Vendor::start(ASSUMED).await?;
    let mut bills = Vec::new();
    for way in ways {
        let begun = Instant::now();
        let bill = replay(&way, &vendor, &dialogues, &due).await?;
        let each = begun.elapsed().as_secs_f64() * 1e6 / bill.calls.max(1) as f64;
        eprintln!("{}: {} calls, {each:.0} us each with the stub", way.name, bill.calls);
        bills.push((way, bill));
    }
    report(&bills, DAYS as f64 * options.one_in as f64 / options.days as f64);
    Ok(())
}

/// Prints the bills, which stand for `times` as much.
fn report(bills: &[(Way, Bill)], times: f64) {
    let Some((_, dearest)) = bills.first() else { return };
    let saved = |bill: &Bill, part: fn(&Bill) -> u64| 100.0 - part(bill) as f64 / part(dearest).max(1) as f64 * 100.0;
    let dollars = |microdollars: u64| microdollars as f64 / 1e6 * times;
    let rows = bills.iter().map(|(way, bill)| {
        [
            way.name.to_owned(),
            bill.calls.to_string(),
            format!("{:.1}", bill.tokens as f64 / 1e6),
            format!("{:.2}", dollars(bill.route_microdollars)),
            format!("{:.2}", dollars(bill.respond_microdollars)),
            format!("{:.2}", dollars(bill.total())),
            format!("{:.1}", saved(bill, Bill::total)),
        ]
    });
    let header =
        ["way", "calls replayed", "million tokens", "classifications, $ a month", "messages, $", "both, $", "saved, %"];
    print_table("A month of AI calls", &header, rows);
    if let Some((_, cascade)) = bills.get(2) {
        let all = saved(cascade, Bill::total);
        let of = |part: fn(&Bill) -> u64| saved(cascade, part);
        println!(
            "the cascade alone saves {all:.1} % (goal {GOAL} %): {:.1} % of the classifications, {:.1} % of the messages",
            of(|bill| bill.route_microdollars),
            of(|bill| bill.respond_microdollars)
        );
    }
}

/// The same in a language that our own classifier does not know: a model is asked.
fn unheard() -> Route {
    let language = Language::new("it").unwrap_or_else(|_| Language::english());
    Route { language, ..unsure() }
}

fn unsure() -> Route {
    Route { language: Language::english(), urgency: None, escalate: None, certain: false }
}

/// The calls of the days, in their order.
fn due(dialogues: &[Replayed], options: &Options) -> Vec<Due> {
    let mut draw = Draw(options.seed.wrapping_mul(2).wrapping_add(1));
    let some = u64::try_from(dialogues.len()).unwrap_or(1);
    let (mut due, mut had) = (Vec::new(), HashMap::new());
    for day in 0..options.days {
        let begin = |draw: &mut Draw| day * 86_400 + OPENS + draw.below(CLOSES - OPENS);
        let businesses = ASSUMED.businesses / options.one_in;
        let mut messages = 0;
        while messages < MESSAGES / options.one_in {
            let business = draw.below(businesses);
            let (at, dialogue) = (begin(&mut draw), usize::try_from(draw.below(some)).unwrap_or_default());
            let turns = dialogues.get(dialogue).map_or(0, |dialogue| dialogue.turns.len());
            let drawn: &mut u64 = had.entry((business, dialogue)).or_default();
            let times = std::mem::replace(drawn, *drawn + 1);
            for (turn, place) in (0..turns).zip(0_u64..) {
                let comes_again = draw.below(1_000) < options.redelivered_per_thousand;
                let at = at + place * ASSUMED.pause;
                due.push(Due { at, business, dialogue, turn, confidence: None, comes_again, times });
                messages += 1;
            }
        }
        for _ in 0..CLASSIFICATIONS / options.one_in {
            let business = draw.below(businesses);
            let (at, dialogue) = (begin(&mut draw), usize::try_from(draw.below(some)).unwrap_or_default());
            let turns = dialogues.get(dialogue).map_or(1, |dialogue| dialogue.turns.len());
            let turn = usize::try_from(draw.below(u64::try_from(turns).unwrap_or(1))).unwrap_or_default();
            let confidence = if draw.below(100) < options.unsure_percent { 60 } else { 95 };
            due.push(Due { at, business, dialogue, turn, confidence: Some(confidence), comes_again: false, times: 0 });
        }
    }
    due.sort_by_key(|due| due.at);
    due
}

async fn replay(way: &Way, vendor: &Vendor, dialogues: &[Replayed], due: &[Due]) -> Result<Bill> {
    vendor.forget();
    let key = SecretString::from("no-key".to_owned());
    let assistant = Assistant::anthropic(&key, &vendor.url.parse()?, way.models.clone())?;
    let memory = Arc::new(Memory::default());
    let assistant = if way.keeps { assistant.keeping(memory.clone()) } else { assistant };
    let priced_at = PRICED_AT.parse()?;
    let mut bill = Bill::default();
    for due in due {
        let Some(dialogue) = dialogues.get(due.dialogue) else { continue };
        let Some(spoken) = dialogue.turns.get(due.turn) else { continue };
        let deadline = Instant::now() + Duration::from_secs(20);
        let route = unsure();
        let Some(confidence) = due.confidence else {
            if !(way.builtin_first && spoken.is_answered) {
                vendor.expect(due.at, due.business, 100);
                for _ in 0..=u8::from(due.comes_again) {
                    let spent = answer(&assistant, dialogue, due, &route, deadline).await?;
                    bill.add(&spent, priced_at, false)?;
                }
            }
            continue;
        };
        if !(way.builtin_first && spoken.is_routed) {
            // A model that everything is asked of is asked once.
            vendor.expect(
                due.at,
                due.business,
                if way.models.simple == way.models.standard { 100 } else { confidence },
            );
            let route = if way.builtin_first { route } else { unheard() };
            let routed = assistant.route(&dialogue.tenant, &spoken.said, route, CostMode::None, deadline).await;
            ensure!(way.builtin_first || !routed.spent.is_empty(), "the stub did not answer");
            bill.add(&routed.spent, priced_at, true)?;
        }
    }
    if way.keeps {
        println!("{}: {} calls saved, {} answers shared by like questions", way.name, bill.saved, memory.shared());
    }
    Ok(bill)
}

/// Has the model answer a turn of a dialogue, after what was said before it.
async fn answer(
    assistant: &Assistant,
    dialogue: &Replayed,
    due: &Due,
    route: &Route,
    deadline: Instant,
) -> Result<Vec<Spent>> {
    // A corpus is small, and its dialogues are drawn again and again: one that comes again is of another business, or its own words would
    // be found. Like questions are those of other dialogues.
    let slug = format!("{}-{}-{}", dialogue.tenant.id, due.business, due.times);
    let tenant = Tenant { id: TenantId::new(&slug)?, ..dialogue.tenant.clone() };
    let (content, mut conversation) = scene(dialogue, due.turn);
    conversation.contact = ContactId::derive(&tenant.id, &[&due.at.to_string(), &due.turn.to_string()]);
    let asked = Turn { tenant: &tenant, ..asked(dialogue, due.turn, route, &content, &conversation) };
    let turned = assistant.answer(&asked, CostMode::None, dialogue.now, deadline).await;
    ensure!(turned.degraded.is_none(), "the stub did not answer: {:?}", turned.degraded);
    Ok(turned.spent)
}
