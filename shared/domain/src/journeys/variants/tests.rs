//! Who gets which text, and when one is found better: simulated with a fixed seed.

use proptest::prelude::*;

use super::*;
use crate::TenantId;

fn variants(ids: &[&str]) -> Vec<Variant> {
    let variant = |id: &&str| Variant {
        id: VariantId::new(*id).unwrap(),
        texts: BTreeMap::new(),
        subjects: BTreeMap::new(),
        prompt: None,
        template: None,
    };
    ids.iter().map(variant).collect()
}

fn id(text: &str) -> VariantId {
    VariantId::new(text).unwrap()
}

fn tallied(sent: u64, converted: u64, opted_out: u64) -> Tallied {
    Tallied { sent, converted, opted_out }
}

fn variant_stats(counts: &[(&str, Tallied)]) -> VariantStats {
    VariantStats(counts.iter().map(|(variant, tallied)| (id(variant), *tallied)).collect())
}

fn person(number: usize) -> ContactId {
    ContactId::derive(&TenantId::new("acme").unwrap(), &[&number.to_string()])
}

fn given(number: usize, ids: &[&str], variant_stats: &VariantStats) -> Option<VariantId> {
    let (sequence, step) = (SequenceId::new("s").unwrap(), StepId::new("a").unwrap());
    assign(person(number), &sequence, &step, &variants(ids), variant_stats)
}

/// Knuth's generator (MMIX): the same numbers every time.
struct Draws(u64);

impl Draws {
    /// Whether something happens that happens once in `1/chance` times.
    fn happens(&mut self, chance: f64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 / (1_u64 << 53) as f64) < chance
    }
}

/// Sends `rounds` messages of each text, looks after each round, and says how it ended and after how many.
fn trial(draws: &mut Draws, chances: &[(&str, f64)], rounds: usize) -> (Judgement, usize) {
    let texts = variants(&chances.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let mut variant_stats = variant_stats(&chances.iter().map(|(id, _)| (*id, tallied(0, 0, 0))).collect::<Vec<_>>());
    let mut judgement = judge(&texts, &variant_stats);
    for round in 0..rounds {
        for (variant, chance) in chances {
            let variant_count = variant_stats.0.get_mut(&id(variant)).unwrap();
            variant_count.sent += 1;
            variant_count.converted += u64::from(draws.happens(*chance));
        }
        judgement = judge(&texts, &variant_stats);
        if judgement.winner.is_some() {
            return (judgement, round);
        }
    }
    (judgement, rounds)
}

#[test]
fn texts_that_are_alike_are_hardly_ever_found_different_however_often_one_looks() {
    for (seed, chance) in [(1, 0.03), (2, 0.1), (3, 0.4)] {
        let mut draws = Draws(seed);
        let promoted =
            (0..200).filter(|_| trial(&mut draws, &[("a", chance), ("b", chance)], 1_500).0.winner.is_some()).count();
        assert!(promoted <= 10, "{promoted} of 200 at {chance}");
    }
}

#[test]
fn several_texts_do_not_raise_the_share_of_false_findings() {
    let mut draws = Draws(4);
    let alike = [("a", 0.1), ("b", 0.1), ("c", 0.1), ("d", 0.1)];
    let promoted = (0..200).filter(|_| trial(&mut draws, &alike, 1_000).0.winner.is_some()).count();
    assert!(promoted <= 10, "{promoted} of 200");
}

#[test]
fn a_real_difference_is_found() {
    let mut draws = Draws(5);
    let mut rounds = Vec::new();
    for _ in 0..100 {
        let (judgement, after) = trial(&mut draws, &[("a", 0.10), ("b", 0.16)], 3_000);
        if judgement.winner == Some(id("b")) {
            assert_eq!(judgement.in_play, [id("b")]);
            rounds.push(after);
        }
    }
    rounds.sort_unstable();
    assert!(rounds.len() >= 95, "{} of 100", rounds.len());
    assert!(rounds[rounds.len() / 2] < 1_200, "half are found after {}", rounds[rounds.len() / 2]);
}

#[test]
fn one_that_is_worse_goes_to_no_one_else_and_the_first_stays() {
    let counts =
        variant_stats(&[("a", tallied(1_000, 200, 5)), ("b", tallied(1_000, 100, 5)), ("c", tallied(1_000, 195, 5))]);
    let judgement = judge(&variants(&["a", "b", "c"]), &counts);
    assert_eq!((judgement.winner, judgement.in_play), (None, vec![id("a"), id("c")]));
}

#[test]
fn nothing_is_said_below_the_floor() {
    for sent in [99, 100] {
        let counts = variant_stats(&[("a", tallied(sent, 0, 0)), ("b", tallied(sent, sent, 0))]);
        assert_eq!(judge(&variants(&["a", "b"]), &counts).winner.is_some(), sent == 100);
    }
    // A text that was added later is not judged by how few have had it.
    let counts = variant_stats(&[("a", tallied(50_000, 5_000, 0)), ("b", tallied(200, 20, 0))]);
    assert_eq!(judge(&variants(&["a", "b"]), &counts).in_play, [id("a"), id("b")]);
}

#[test]
fn none_is_promoted_that_drives_more_people_away() {
    for (first, other, promoted) in [
        (10, 10, true),
        // Half as many again and 5 in 1,000: 20.
        (10, 20, true),
        (10, 21, false),
        (0, 5, true),
        (0, 6, false),
        // Never above 3 in 100, whatever the first text does.
        (100, 30, true),
        (100, 31, false),
    ] {
        let counts = variant_stats(&[("a", tallied(1_000, 100, first)), ("b", tallied(1_000, 250, other))]);
        let judgement = judge(&variants(&["a", "b"]), &counts);
        assert_eq!(judgement.winner.is_some(), promoted, "{first} and {other}");
    }
}

#[test]
fn one_that_clearly_drives_people_away_is_retired_even_if_it_sells() {
    let counts = variant_stats(&[("a", tallied(1_000, 100, 5)), ("b", tallied(1_000, 250, 60))]);
    assert_eq!(judge(&variants(&["a", "b"]), &counts).in_play, [id("a")]);
}

#[test]
fn of_two_that_are_better_the_best_goes_on() {
    let counts =
        variant_stats(&[("a", tallied(1_000, 100, 0)), ("b", tallied(1_000, 200, 0)), ("c", tallied(1_000, 300, 0))]);
    assert_eq!(judge(&variants(&["a", "b", "c"]), &counts).winner, Some(id("c")));
}

#[test]
fn no_text_and_one_text_need_no_judgement() {
    assert_eq!(judge(&[], &VariantStats::default()), Judgement { winner: None, in_play: Vec::new() });
    assert_eq!(given(1, &[], &VariantStats::default()), None);
    assert_eq!(given(1, &["a"], &VariantStats::default()), Some(id("a")));
}

#[test]
fn each_text_gets_its_share_and_everybody_keeps_theirs_when_another_is_retired() {
    let ids = ["a", "b", "c"];
    let counts =
        variant_stats(&[("a", tallied(1_000, 200, 0)), ("b", tallied(1_000, 90, 0)), ("c", tallied(1_000, 200, 0))]);
    let mut shares = BTreeMap::new();
    for number in 0..3_000 {
        let before = given(number, &ids, &VariantStats::default()).unwrap();
        let after = given(number, &ids, &counts).unwrap();
        assert!(after == before || before == id("b"));
        assert_ne!(after, id("b"));
        *shares.entry(before).or_insert(0) += 1;
    }
    // Five standard deviations of 26 around 1,000.
    assert!(shares.len() == 3 && shares.values().all(|share| (870..=1_130).contains(share)), "{shares:?}");
}

#[test]
fn a_person_is_drawn_again_for_each_step() {
    let (sequence, other) = (SequenceId::new("s").unwrap(), SequenceId::new("t").unwrap());
    let texts = variants(&["a", "b"]);
    let step = |name: &str| StepId::new(name).unwrap();
    let draw = |number, sequence: &SequenceId, step: &StepId| {
        assign(person(number), sequence, step, &texts, &VariantStats::default())
    };
    let alike =
        (0..400).filter(|number| draw(*number, &sequence, &step("a")) == draw(*number, &sequence, &step("b"))).count();
    assert!((150..=250).contains(&alike), "{alike}");
    let alike =
        (0..400).filter(|number| draw(*number, &sequence, &step("a")) == draw(*number, &other, &step("a"))).count();
    assert!((150..=250).contains(&alike), "{alike}");
}

#[test]
fn the_ratio_is_that_of_the_formula() {
    // M for s₂ of s successes at equal shares, by its recurrence: B(x + 1, y) = B(x, y) x / (x + y).
    let direct = |s_1: u32, s_2: u32| {
        let (a, b): (f64, f64) = (20.0, 20.0);
        let mut ratio = 0.0;
        for i in 0..s_2 {
            ratio += ((a + f64::from(i)) / (a + b + f64::from(i)) / 0.5).ln();
        }
        for i in 0..s_1 {
            ratio += ((b + f64::from(i)) / (a + b + f64::from(s_2) + f64::from(i)) / 0.5).ln();
        }
        ratio
    };
    for (s_1, s_2) in [(0, 0), (0, 1), (1, 0), (3, 9), (40, 10), (100, 100), (90, 140)] {
        let found = evidence((1_000, s_1.into()), (1_000, s_2.into()));
        assert!((found - direct(s_1, s_2)).abs() < 1e-8, "{s_1} {s_2}: {found}");
    }
    assert_eq!(evidence((0, 0), (10, 5)).to_bits(), 0);
}

#[test]
fn what_is_stored_is_read_back() {
    let counts = variant_stats(&[("a", tallied(3, 2, 1))]);
    let stored = serde_json::to_string(&counts).unwrap();
    assert_eq!(stored, r#"{"a":{"sent":3,"converted":2,"opted_out":1}}"#);
    assert_eq!(serde_json::from_str::<VariantStats>(&stored).unwrap(), counts);
}

proptest! {
    #[test]
    fn any_counts_give_a_finite_ratio_and_a_text_to_send(
        a in any::<[u64; 3]>(), b in any::<[u64; 3]>(), small in any::<bool>(), number in 0_usize..50,
    ) {
        let bound = |count: u64| if small { count % 300 } else { count };
        let [a, b] = [a, b].map(|counts| counts.map(bound));
        prop_assert!(evidence((a[0], a[1]), (b[0], b[1])).is_finite());
        let counts = variant_stats(&[("a", tallied(a[0], a[1], a[2])), ("b", tallied(b[0], b[1], b[2]))]);
        let judgement = judge(&variants(&["a", "b"]), &counts);
        prop_assert!(!judgement.in_play.is_empty());
        let given = given(number, &["a", "b"], &counts).unwrap();
        prop_assert!(judgement.in_play.contains(&given));
    }

    #[test]
    fn the_ratio_does_not_mind_which_text_is_named_first(
        sent_a in 1_u64..100_000, sent_b in 1_u64..100_000, a in 0_u64..1_000, b in 0_u64..1_000,
    ) {
        let (there, back) = (evidence((sent_a, a), (sent_b, b)), evidence((sent_b, b), (sent_a, a)));
        prop_assert!((there - back).abs() < 1e-6 * (1.0 + there.abs()));
    }

    #[test]
    fn a_winner_has_passed_the_guard(
        a in (100_u64..2_000, 0_u64..2_000, 0_u64..100), b in (100_u64..2_000, 0_u64..2_000, 0_u64..100),
    ) {
        let counts = variant_stats(&[("a", tallied(a.0, a.1, a.2)), ("b", tallied(b.0, b.1, b.2))]);
        if judge(&variants(&["a", "b"]), &counts).winner.is_some() {
            let (first, other) = (a.2 as f64 / a.0 as f64, b.2 as f64 / b.0 as f64);
            prop_assert!(other <= 0.03 && other <= first * 1.5 + 0.005);
            prop_assert!(b.1 * a.0 > a.1 * b.0);
        }
    }
}
