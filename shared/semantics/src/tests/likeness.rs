//! What the likeness takes for the same question: near pairs that are not, and paraphrases that are.

use crate::Embedding;
use crate::likeness::{NEAR, Reading, read};
use std::collections::{BTreeMap, BTreeSet};

const PARAPHRASES: &str = include_str!("likeness/paraphrases.txt");
const NEAR_PAIRS: &str = include_str!("likeness/near.txt");

/// The lines of a file, each cut in three.
fn lines(text: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let mut parts = line.splitn(3, '|').map(str::trim);
        [parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap()]
    })
}

/// Every text that a template stands for.
fn filled(template: &str) -> Vec<String> {
    let Some((before, rest)) = template.split_once('{') else { return vec![template.to_owned()] };
    let (choices, after) = rest.split_once('}').unwrap();
    let rest = filled(after);
    let joined = |choice: &str| rest.iter().map(|rest| format!("{before}{choice}{rest}")).collect::<Vec<_>>();
    choices.split('|').flat_map(joined).collect()
}

fn are_like(language: &str, one: &str, other: &str) -> bool {
    let read = |text| read(text, language);
    read(one).zip(read(other)).is_some_and(|(one, other)| one.meaning.is_like(&other.meaning))
}

#[test]
fn of_adversarial_near_pairs_hardly_any_is_taken_for_the_same() {
    let (mut pairs, mut taken) = (0_u32, Vec::new());
    let mut kinds = BTreeMap::<&str, u32>::new();
    for [language, kind, template] in lines(NEAR_PAIRS) {
        let texts = filled(template);
        for (at, one) in texts.iter().enumerate() {
            for other in texts.iter().skip(at + 1) {
                pairs += 1;
                *kinds.entry(kind).or_default() += 1;
                if are_like(language, one, other) {
                    taken.push(format!("{language} {kind}: {one} / {other}"));
                }
            }
        }
    }
    let share = 100.0 * taken.len() as f64 / f64::from(pairs);
    println!(
        "{pairs} near pairs in five languages {kinds:?}: {} taken for the same ({share:.2} %, goal 0.5)",
        taken.len()
    );
    println!("{}", taken.join("\n"));
    assert!(pairs >= 500 && share <= 0.5, "{share:.2} % of {pairs}: {taken:#?}");
}

#[test]
fn paraphrases_are_found_as_often_as_the_lists_know_them() {
    let mut found = [[0_u32; 2]; 2];
    let mut of_language = BTreeMap::<&str, (u32, u32)>::new();
    for (at, [language, one, other]) in lines(PARAPHRASES).enumerate() {
        let is_found = are_like(language, one, other);
        let [half_found, half_all] = &mut found[at % 2];
        (*half_found, *half_all) = (*half_found + u32::from(is_found), *half_all + 1);
        let (some, all) = of_language.entry(language).or_default();
        (*some, *all) = (*some + u32::from(is_found), *all + 1);
        if !is_found && at % 2 == 0 {
            println!("missed: {one} / {other}");
        }
    }
    let [[tuned, of_tuned], [kept, of_kept]] = found;
    println!(
        "paraphrases found: {tuned} of {of_tuned} (lists were extended for these), {kept} of {of_kept} (kept apart)"
    );
    println!("by language: {of_language:?}");
    assert!(of_tuned + of_kept >= 150);
    assert!(kept * 100 >= of_kept * 50, "{kept} of {of_kept}");
}

#[test]
fn what_no_list_knows_is_told_and_so_are_days_and_the_moment() {
    let reading = read("Is Ana in on Monday, I live at 4711 Elm Street", "en").unwrap();
    assert_eq!(reading.open, ["ana", "live", "4711", "elm", "street"]);
    assert!(reading.has_day && !reading.is_of_now);
    assert!(read("Are you open today?", "en").unwrap().is_of_now);
    for nothing in ["", "Hi there!", "Please, thanks"] {
        assert_eq!(read(nothing, "en"), None, "{nothing}");
    }
    assert_eq!(read("Quanto costa?", "it"), None, "there are no lists");
    assert_eq!(read(&"word ".repeat(41), "en"), None);
}

#[test]
fn only_texts_that_the_table_knows_are_points_and_a_far_one_is_no_likeness() {
    let of = |text: &str, language: &str| -> Reading { read(text, language).unwrap() };
    assert!(of("How much is an oil change?", "en").meaning.point.is_some());
    assert!(of("Was kostet ein Ölwechsel?", "de").meaning.point.is_none());
    let (one, other) = (of("How much is an oil change?", "en"), of("What's the price of an oil change?", "en"));
    assert!(one.meaning.nearness(&other.meaning).unwrap() >= NEAR);
    let mut far = other.meaning.clone();
    let point = other.meaning.point.as_ref().unwrap();
    far.point = Embedding::new(point.space().clone(), point.values().iter().map(|value| -value).collect());
    assert!(one.meaning.has_the_words_of(&far) && !one.meaning.is_like(&far));
}

/// `PORCHLIGHT_FIXTURES=<folder> cargo test -p semantics -- --ignored --nocapture banking`
#[test]
#[ignore = "needs Banking77: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn banking77_says_how_often_a_likeness_is_right() {
    let folder = std::path::PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap());
    for file in ["train.csv", "test.csv"] {
        let text = std::fs::read_to_string(folder.join("nlp/banking77").join(file)).unwrap();
        let questions: Vec<(Reading, &str, &str)> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.rsplit_once(','))
            .filter_map(|(question, intent)| Some((read(question.trim_matches('"'), "en")?, intent, question)))
            .collect();
        for half in 0..2 {
            let mine: Vec<_> = questions.iter().skip(half).step_by(2).collect();
            // Those of the same words and literals: no others can be like each other.
            let mut groups = BTreeMap::<_, Vec<usize>>::new();
            for (at, (one, ..)) in mine.iter().enumerate() {
                let words: BTreeSet<u64> = one.meaning.words.iter().copied().collect();
                groups.entry((words, one.meaning.literals.clone())).or_default().push(at);
            }
            for near in [0.0_f32, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9] {
                let (mut right, mut wrong, mut hit) = (0_u32, Vec::new(), vec![false; mine.len()]);
                for (place, at) in groups.values().flat_map(|group| {
                    group
                        .iter()
                        .enumerate()
                        .flat_map(|(first, at)| group[first + 1..].iter().map(move |place| (*place, *at)))
                }) {
                    let ((one, intent, asked), (other, its, also)) = (mine[at], mine[place]);
                    let (one, other) = (&one.meaning, &other.meaning);
                    if !one.has_the_words_of(other) || one.nearness(other).is_some_and(|found| found < near) {
                        continue;
                    }
                    if intent == its {
                        right += 1;
                    } else {
                        wrong.push((*asked, *also));
                    }
                    (hit[at], hit[place]) = (true, true);
                }
                let hits = hit.iter().filter(|hit| **hit).count();
                println!(
                    "{file}, half {half}, nearness {near}: {} questions, {hits} with a like one ({:.1} %); pairs: {right} of one intent, {} of two {:?}",
                    mine.len(),
                    100.0 * hits as f64 / mine.len() as f64,
                    wrong.len(),
                    wrong.iter().take(if near == 0.5 { 40 } else { 0 }).collect::<Vec<_>>()
                );
            }
        }
    }
}
