//! Laws of counting: repeats and order change nothing, days add up.

use super::*;
use proptest::prelude::*;

/// Something that happens, in any tenant's month.
fn any_event() -> impl Strategy<Value = (Event, Read)> {
    let at = (0_i64..29 * 86_400).prop_map(|seconds| later("2026-11-01T08:00:00Z".parse().unwrap(), seconds));
    let status = prop::sample::select(LeadStatus::ALL.to_vec());
    let source = prop::sample::select(vec![Source::Sms, Source::LiveChat, Source::WebForm]);
    let one = (0_u32..6, at, status, source, 0_u32..6, any::<bool>());
    one.prop_map(|(index, at, status, source, kind, at_lakewood)| {
        let opened = later("2026-11-05T08:00:00Z".parse().unwrap(), i64::from(index) * 40_000);
        let (event, read) = match kind {
            0 => created(index, source, opened),
            1 => moved(index, status, at, opened),
            2 => {
                let kind = EventKind::LeadScored { lead: lead(index), score: Score::Hot, was: Score::Cold };
                (event(at, kind), Read { lead: facts(index, source, opened), ..Read::default() })
            }
            3 => sent(answer("assistant", conversation(index), opened, &format!("a{at}")), later(opened, 9)),
            4 => {
                let (escalation, conversation) =
                    (EscalationId::derive(&tenant_id(), &[&at.to_string()]), conversation(index));
                let kind = EventKind::EscalationRaised { escalation, conversation, reason: EscalationReason::Unsure };
                (event(at, kind), Read::default())
            }
            _ => {
                let kind = EventKind::BookingRequested { lead: lead(index), time: "tomorrow".to_owned() };
                (event(at, kind), Read { lead: facts(index, source, opened), ..Read::default() })
            }
        };
        (event, Read { at_lakewood, ..read })
    })
}

proptest! {
    #[test]
    fn repeats_change_nothing(
        happened in prop::collection::vec(any_event(), 1..30), again in prop::collection::vec(any::<prop::sample::Index>(), 0..30)
    ) {
        let mut twice = happened.clone();
        twice.extend(again.iter().map(|index| index.get(&happened).clone()));
        prop_assert_eq!(counted(&twice), counted(&happened));
    }

    #[test]
    fn the_order_of_different_things_changes_nothing(
        happened in prop::collection::vec(any_event(), 1..30), seed in any::<u64>()
    ) {
        // One event for each mark, so that none comes first by chance.
        let mut marks = BTreeSet::new();
        let mut apart = happened.clone();
        apart.retain(|(event, read)| increments(roofer(), event, read).iter().all(|one| marks.insert(one.once)));
        let mut shuffled = apart.clone();
        shuffled.sort_by_key(|(event, _)| EventId::derive(&event.tenant, &[&seed.to_string(), &event.id.to_string()]));
        prop_assert_eq!(counted(&shuffled), counted(&apart));
    }

    #[test]
    fn days_add_up_to_their_range_and_the_funnel_only_narrows(happened in prop::collection::vec(any_event(), 1..40)) {
        let insights = counted(&happened).insights(roofer(), None);
        let of_days = |figure: fn(&Figures) -> u64| insights.days.iter().map(|day| figure(&day.figures)).sum::<u64>();
        let totals = insights.totals;
        prop_assert_eq!(of_days(|day| day.leads), totals.leads);
        prop_assert_eq!(of_days(|day| day.hot), totals.hot);
        prop_assert_eq!(of_days(|day| day.won), totals.won);
        prop_assert_eq!(of_days(|day| day.escalations), totals.escalations);
        prop_assert_eq!(insights.sources.iter().map(|source| source.leads).sum::<u64>(), totals.leads);
        prop_assert!(insights.funnel.is_sorted_by_key(|step| std::cmp::Reverse(step.leads)));
        prop_assert!(insights.qualification_rate_percent.is_none_or(|rate| rate <= 100));
    }

    #[test]
    fn two_ranges_side_by_side_add_up_to_the_whole(
        happened in prop::collection::vec(any_event(), 1..40), split in 1_i8..30
    ) {
        let days = counted(&happened).days(None);
        let of = |from, to| Insights::of(roofer(), None, Range::new(date(2026, 11, from), date(2026, 11, to)).unwrap(), &days);
        let (left, right, whole) = (of(1, split), of(split + 1, 30.max(split + 1)), of(1, 30));
        prop_assert_eq!(left.totals.leads + right.totals.leads, whole.totals.leads);
        prop_assert_eq!(left.totals.messages_out + right.totals.messages_out, whole.totals.messages_out);
        let count = |insights: &Insights| insights.first_response.map_or(0, |waits| waits.count);
        prop_assert_eq!(count(&left) + count(&right), count(&whole));
    }
}
