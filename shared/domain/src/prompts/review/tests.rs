//! When a version is looked into, what is shown of whom, and when not again.

use jiff::civil::date;

use super::*;
use crate::prompts::{Challenger, TrafficChange};

fn version(text: &str) -> PromptVersion {
    PromptVersion::parse(text).unwrap()
}

fn feedback(accepted: u64, edited: u64, rejected: u64) -> PromptFeedback {
    PromptFeedback { accepted, edited, rejected, distance_percent: edited * 30, ..PromptFeedback::default() }
}

fn figures(accepted: u64, edited: u64, rejected: u64) -> ReviewFigures {
    ReviewFigures::of(&[(TenantId::new("acme").unwrap(), feedback(accepted, edited, rejected))].into())
}

#[test]
fn more_than_ten_failures_and_more_than_thirty_percent_are_too_much() {
    for (accepted, edited, rejected, too_much) in [
        (0, 10, 0, false),
        (0, 6, 5, true),
        (25, 11, 0, true),   // 30.6 percent
        (26, 11, 0, false),  // 29.7
        (70, 20, 10, false), // 30.0: not over it
        (69, 20, 10, true),
        (0, 0, 0, false),
    ] {
        let figures = figures(accepted, edited, rejected);
        assert_eq!(figures.is_too_much(), too_much, "{accepted} {edited} {rejected}: {} %", figures.failed_percent());
    }
    let again = ReviewFigures { accepted: 20, regenerated: 11, ..ReviewFigures::default() };
    assert!(again.is_too_much(), "who asks for another one has turned this one down");
}

#[test]
fn a_change_is_shown_where_three_businesses_made_it_and_every_failure_counts() {
    let changed = |changes: &[TextChange]| feedback(1, 2, 0).with(&changes.iter().copied().collect());
    let of = |name: &str, changes: &[TextChange]| (TenantId::new(name).unwrap(), changed(changes));
    let all = BTreeMap::from([
        of("acme", &[TextChange::Shorter, TextChange::PriceDropped]),
        of("bolt", &[TextChange::Shorter, TextChange::PriceDropped]),
        of("crane", &[TextChange::Shorter]),
    ]);
    let figures = ReviewFigures::of(&all);
    assert_eq!(figures.changes, BTreeMap::from([("shorter".to_owned(), 3)]));
    assert_eq!((figures.tenants, figures.failures(), figures.mean_distance_percent), (3, 6, Some(30)));
    let lines = figures.lines().join("\n");
    assert!(lines.contains("it was made a third shorter or more: 3 times") && !lines.contains("price"), "{lines}");
    assert!(!lines.contains("acme") && !lines.contains("bolt"));
}

#[test]
fn seven_whole_days_before_the_night_are_looked_at() {
    assert_eq!(reviewed_days(date(2026, 12, 3)), (date(2026, 11, 26), date(2026, 12, 2)));
}

#[test]
fn a_version_is_looked_into_once_in_seven_days_and_not_while_a_proposal_waits() {
    let traffic = PromptTraffic::begin(PromptTask::Suggest, version("3.0.0"));
    let night = date(2026, 11, 30);
    let after = |days: i64| night.saturating_add(days.days());
    let mut review = PromptReview::begin(&traffic, night, figures(0, 20, 0));
    assert!(review.stands_against(&traffic, night) && review.stands_against(&traffic, after(6)));
    assert!(!review.stands_against(&traffic, after(7)), "without a proposal it is looked into again");

    let proposed = review.next_version();
    assert_eq!(proposed.to_string(), "3.1.0-review.20261130");
    assert!(proposed > traffic.live && proposed < version("3.1.0"));
    (review.state, review.proposed) = (ReviewState::Proposed, Some(proposed.clone()));
    assert!(review.stands_against(&traffic, after(27)) && !review.stands_against(&traffic, after(28)));

    let challenger = Some(Challenger { version: proposed.clone(), percent: 20 });
    let tried = traffic.changed(&TrafficChange { challenger, automatic: false }).unwrap();
    assert!(review.stands_against(&tried, after(10)), "it is tried");
    let ended = tried.changed(&TrafficChange { challenger: None, automatic: false }).unwrap();
    assert!(!review.stands_against(&ended, after(10)), "its trial was ended");
    let live = traffic.promoted(&proposed);
    assert!(!review.stands_against(&live, after(1)), "another version is live");
    let next = PromptReview::begin(&live, after(9), figures(0, 20, 0)).next_version();
    assert_eq!(next.to_string(), "3.2.0-review.20261209");
    assert!(next > proposed);
}
