//! Traffic, draws, intervals and the test, with known answers and simulated with fixed seeds.

use proptest::prelude::*;

use super::*;
use crate::{ConversationId, TenantId};

fn version(text: &str) -> PromptVersion {
    PromptVersion::parse(text).unwrap()
}

fn conversation(number: usize) -> ConversationId {
    ConversationId::derive(&TenantId::new("acme").unwrap(), &[&number.to_string()])
}

fn tried(text: &str, percent: u8) -> TrafficChange {
    TrafficChange { challenger: Some(Challenger { version: version(text), percent }), automatic: false }
}

fn live() -> PromptTraffic {
    PromptTraffic::begin(PromptTask::Respond, version("1.0.0"))
}

#[test]
fn versions_are_semantic_and_whole_numbers_of_before_are_read() {
    let read = |text: &str| serde_json::from_str::<PromptVersion>(text).map(|version| version.to_string());
    assert_eq!(read("2").unwrap(), "2.0.0");
    assert_eq!(read(r#""1.3.0-beta.1""#).unwrap(), "1.3.0-beta.1");
    for wrong in [r#""1""#, r#""1.2""#, r#""01.2.3""#, r#""1.2.3+build""#, r#""v1.2.3""#, r#""""#, "-1", "1.5"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let ordered = ["1.2.0", "1.3.0-beta.2", "1.3.0-beta.10", "1.3.0", "1.10.0", "2.0.0"].map(version);
    assert!(ordered.is_sorted());
}

proptest! {
    #[test]
    fn a_conversation_keeps_its_version_while_the_traffic_stays_and_moving_the_percent_moves_only_those_needed(
        number in any::<usize>(),
        (few, many) in (1..=50_u8, 1..=50_u8).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ) {
        let id = Some(conversation(number));
        let [fewer, more] = [few, many].map(|percent| live().changed(&tried("1.1.0", percent)).unwrap());
        let again = fewer.clone();
        prop_assert_eq!(fewer.assigned(id), again.assigned(id));
        // Who has the tried version at the lower share has it at the higher one, and who has not at the higher has not at the lower.
        let is_tried = |traffic: &PromptTraffic| *traffic.assigned(id) == version("1.1.0");
        prop_assert!(!is_tried(&fewer) || is_tried(&more));
        prop_assert_eq!(fewer.assigned(None), &version("1.0.0"));
        let untested = live();
        prop_assert_eq!(untested.assigned(id), &version("1.0.0"));
    }
}

#[test]
fn shares_are_what_chance_gives_exactly_that_percent() {
    let all = 20_000_usize;
    for percent in [1, 5, 20, 50_u8] {
        let traffic = live().changed(&tried("1.1.0", percent)).unwrap();
        let count =
            (0..all).filter(|number| *traffic.assigned(Some(conversation(*number))) == version("1.1.0")).count();
        let share = f64::from(percent) / 100.0;
        let expected = share * all as f64;
        let spread = (expected * (1.0 - share)).sqrt();
        assert!((count as f64 - expected).abs() < 4.0 * spread, "{count} of {all} at {percent} percent");
    }
}

#[test]
fn another_version_is_tried_on_other_conversations() {
    let [one, other] = ["1.1.0", "1.2.0"].map(|text| live().changed(&tried(text, 50)).unwrap());
    let same = (0..2_000).map(|number| Some(conversation(number)));
    let both = same.filter(|id| one.assigned(*id) != &one.live && other.assigned(*id) != &other.live).count();
    assert!((400..600).contains(&both), "{both} of 2000 are in both, where chance makes it 500");
}

#[test]
fn a_version_is_tried_put_live_and_taken_back_in_one_step_each() {
    let begun = live();
    assert_eq!(begun.state_of(&version("1.1.0")), (PromptState::Draft, 0));
    let trying = begun.changed(&tried("1.1.0", 20)).unwrap();
    assert_eq!((trying.state_of(&version("1.0.0")), trying.test), ((PromptState::Live, 80), 2));
    assert_eq!(trying.state_of(&version("1.1.0")), (PromptState::Live, 20));
    let promoted = trying.promoted(&version("1.1.0"));
    assert_eq!((promoted.live.to_string(), &promoted.challenger, promoted.test), ("1.1.0".to_owned(), &None, 3));
    assert_eq!(promoted.state_of(&version("1.0.0")), (PromptState::Retired, 0));
    assert_eq!(promoted.promoted(&version("1.1.0")), promoted, "again changes nothing");
    let back = promoted.rolled_back().unwrap();
    assert_eq!((back.live.to_string(), back.test), ("1.0.0".to_owned(), 4));
    assert_eq!(back.state_of(&version("1.1.0")), (PromptState::Retired, 0));
    assert!(back.rolled_back().is_err(), "nothing was live before");
    assert_eq!(back.promoted(&version("1.1.0")).state_of(&version("1.1.0")), (PromptState::Live, 100));
}

#[test]
fn a_trial_that_ends_or_moves_begins_to_count_afresh() {
    let trying = live().changed(&TrafficChange { automatic: true, ..tried("1.1.0", 20) }).unwrap();
    let same = trying.changed(&TrafficChange { automatic: false, ..tried("1.1.0", 20) }).unwrap();
    assert_eq!((same.test, same.automatic), (trying.test, false), "who decides is no change of the traffic");
    assert_eq!(trying.changed(&tried("1.1.0", 30)).unwrap().test, 3);
    let ended = trying.changed(&TrafficChange { challenger: None, automatic: false }).unwrap();
    assert_eq!((ended.test, ended.state_of(&version("1.1.0")).0), (3, PromptState::Retired));
    let other = trying.promoted(&version("1.2.0"));
    assert_eq!(other.state_of(&version("1.1.0")).0, PromptState::Retired, "its trial is over");
    assert!(!other.automatic);
}

#[test]
fn what_cannot_be_tried_is_refused() {
    let refused = |change: TrafficChange| live().changed(&change).is_err();
    assert!(refused(tried("1.0.0", 20)), "it is live");
    assert!(refused(tried("1.1.0", 0)) && refused(tried("1.1.0", 51)));
    assert!(refused(TrafficChange { challenger: None, automatic: true }));
    let sorting = PromptTraffic::begin(PromptTask::Route, version("1.0.0"));
    assert!(sorting.changed(&tried("1.1.0", 20)).is_err(), "nothing of it is counted");
}

/// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
#[test]
fn a_share_has_wilsons_interval() {
    let known =
        [((81, 263), (25.53, 36.62)), ((15, 148), (6.24, 16.05)), ((0, 20), (0.0, 16.11)), ((1, 29), (0.61, 17.18))];
    for ((count, of), (low, high)) in known {
        let share = Share::new(count, of);
        assert_eq!((share.low, share.high), (Some(low), Some(high)), "{count} of {of}");
    }
    assert_eq!(Share::new(0, 0).percent, None);
    assert_eq!(Share::new(3, 2).percent, Some(100.0), "nothing succeeds twice");
}

/// Newcombe, "Interval estimation for the difference between independent proportions", the same volume, table II, method 10.
#[test]
fn a_difference_of_shares_has_newcombes_interval() {
    let known = [
        ((48, 80), (56, 70), (20.0, 5.24, 33.39)),
        ((3, 10), (9, 10), (60.0, 17.05, 80.90)),
        ((0, 29), (5, 56), (8.93, -3.81, 19.26)),
        ((0, 10), (0, 20), (0.0, -27.75, 16.11)),
    ];
    for (first, second, (difference, low, high)) in known {
        let found = Difference::of_shares(first, second).unwrap();
        assert_eq!(found, Difference { difference, low, high }, "{second:?} less {first:?}");
    }
    assert_eq!(Difference::of_shares((0, 0), (1, 2)), None);
}

#[test]
fn means_and_their_difference_have_the_interval_of_the_normal_distribution() {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, variance 32/7, error of the mean 0.755929.
    let mean = Mean::new(8, 40, 232);
    assert_eq!((mean.mean, mean.low, mean.high), (Some(5.0), Some(3.52), Some(6.48)));
    assert_eq!(Mean::new(1, 7, 49), Mean { of: 1, mean: Some(7.0), low: None, high: None });
    assert_eq!(Mean::new(0, 0, 0).mean, None);
    let difference = Difference::of_means((8, 40, 232), (8, 48, 320)).unwrap();
    assert_eq!(difference, Difference { difference: 1.0, low: -1.1, high: 3.1 });
    assert_eq!(Difference::of_means((1, 40, 1_600), (8, 48, 320)), None);
}

/// Knuth's generator (MMIX): the same numbers every time.
struct Draws(u64);

impl Draws {
    fn happens(&mut self, chance: f64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 / (1_u64 << 53) as f64) < chance
    }
}

/// Conversations come one after the other, one in five of them tries the version; after each one it is judged. Texts cost the same,
/// and of neither version any is taken out.
fn trial(draws: &mut Draws, (live_chance, tried_chance): (f64, f64), conversations: usize) -> Option<usize> {
    let (mut live, mut tried) = (PromptCounts::default(), PromptCounts::default());
    for number in 0..conversations {
        let is_tried = draws.happens(0.2);
        let (counts, chance) = if is_tried { (&mut tried, tried_chance) } else { (&mut live, live_chance) };
        counts.add(&PromptCounts::call(&call(false, 400)));
        counts.conversations += 1;
        counts.converted += u64::from(draws.happens(chance));
        if PromptVerdict::of(PromptTask::Respond, &live, &tried).promotes() {
            return Some(number);
        }
    }
    None
}

fn call(refused: bool, cost_microdollars: u64) -> PromptTrial {
    let used = PromptUse { version: version("1.0.0"), test: 1 };
    PromptTrial { used, refused, kept: false, latency_ms: 800, cost_microdollars }
}

#[test]
fn of_equally_good_versions_at_most_one_in_twenty_is_promoted_although_every_count_is_looked_at() {
    for (seed, chance) in [(11, 0.05), (12, 0.3), (13, 0.7)] {
        let mut draws = Draws(seed);
        let promoted = (0..200).filter(|_| trial(&mut draws, (chance, chance), 4_000).is_some()).count();
        assert!(promoted <= 10, "{promoted} of 200 at {chance}");
    }
}

#[test]
fn a_better_version_is_promoted_and_a_worse_one_never() {
    let mut draws = Draws(14);
    let better = (0..50).filter(|_| trial(&mut draws, (0.20, 0.32), 12_000).is_some()).count();
    assert!(better >= 45, "{better} of 50");
    let worse = (0..50).filter(|_| trial(&mut draws, (0.32, 0.20), 6_000).is_some()).count();
    assert_eq!(worse, 0);
}

/// A version that is better at what it is tried for.
fn counted(all: u64, good: u64, refused: u64, cost: u64) -> PromptCounts {
    let mut counts = PromptCounts { conversations: all, converted: good, ..PromptCounts::default() };
    for number in 0..all {
        counts.add(&PromptCounts::call(&call(number < refused, cost + number % 7)));
    }
    counts
}

#[test]
fn what_is_better_and_gets_safety_or_cost_worse_is_not_promoted() {
    let live = counted(4_000, 800, 20, 400);
    let judged = |tried: &PromptCounts| PromptVerdict::of(PromptTask::Respond, &live, tried).against;
    assert_eq!(judged(&counted(2_000, 600, 10, 400)), []);
    assert_eq!(judged(&counted(2_000, 600, 60, 400)), [VerdictReason::MoreRefused]);
    assert_eq!(judged(&counted(2_000, 600, 10, 430)), [VerdictReason::Dearer]);
    assert_eq!(judged(&counted(2_000, 400, 10, 400)), [VerdictReason::NotBetter]);
    assert_eq!(judged(&counted(2_000, 200, 10, 400)), [VerdictReason::Worse]);
    assert!(judged(&counted(90, 60, 0, 400)).contains(&VerdictReason::TooFew));
    // Of hundred and fifty texts it is not known whether as few are taken out.
    assert_eq!(judged(&counted(150, 90, 0, 400)), [VerdictReason::MoreRefused]);
}

#[test]
fn a_comparison_shows_what_was_counted_of_both() {
    let traffic = live().changed(&tried("1.1.0", 20)).unwrap();
    let counts = |asked: &PromptVersion| match *asked == version("1.0.0") {
        true => counted(400, 80, 4, 400),
        false => counted(100, 30, 1, 500),
    };
    let compared = PromptComparison::of(&traffic, counts);
    let tried = compared.challenger.unwrap();
    assert_eq!((compared.live.success.percent, tried.success.percent), (Some(20.0), Some(30.0)));
    assert_eq!(compared.differences.unwrap().success.unwrap().difference, 10.0);
    assert!(!compared.verdict.unwrap().promotes());
    assert_eq!(tried.edited, None, "nothing is edited in an answer");
    let alone = PromptComparison::of(&live(), counts);
    assert_eq!((alone.challenger, alone.differences, alone.verdict), (None, None, None));
}
