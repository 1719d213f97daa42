//! What is counted of texts that are tried against each other.

use domain::ids::{SequenceId, StepId, VariantId};
use domain::journeys::{Counted, JourneyUpdate, Tallied, VariantCount};
use store::Commit;

use crate::journeys::{customer, journey_of, save, visit};
use crate::stage::{Stage, noon};

fn variant_count(step: &str, variant: &str, what: Counted) -> VariantCount {
    VariantCount {
        sequence: SequenceId::new("quote-follow-up").unwrap(),
        step: StepId::new(step).unwrap(),
        variant: VariantId::new(variant).unwrap(),
        what,
    }
}

#[tokio::test]
async fn counts_add_up_by_step_and_text_and_a_journey_update_that_is_lost_counts_nothing() {
    let stage = Stage::new().await;
    let contact = customer(&stage, "ana").await.contact.id;
    let counted = [
        vec![
            variant_count("day-1", "a", Counted::Sent),
            variant_count("day-1", "a", Counted::Sent),
            variant_count("day-1", "b", Counted::Sent),
        ],
        vec![variant_count("day-1", "a", Counted::Converted), variant_count("day-10", "a", Counted::OptedOut)],
    ];
    for variant_stats in counted {
        let person = visit(&stage, contact).await;
        let journey_update = JourneyUpdate { variant_stats, ..JourneyUpdate::of(journey_of(&person)) };
        assert_eq!(save(&stage, &journey_update, "count", noon(0)).await, Commit::Stored);
        assert_eq!(save(&stage, &journey_update, "count", noon(0)).await, Commit::Conflict);
    }
    let sequence = SequenceId::new("quote-follow-up").unwrap();
    let step = |id: &str| StepId::new(id).unwrap();
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    let first = store.sequences().variant_stats(tenant, &sequence, &step("day-1")).await.unwrap();
    let of = |sent, converted, opted_out| Tallied { sent, converted, opted_out };
    let variant = |id: &str| VariantId::new(id).unwrap();
    let expected = [(variant("a"), of(2, 1, 0)), (variant("b"), of(1, 0, 0))];
    assert_eq!(first.0, expected.into());
    let all = store.sequences().sequence_variant_stats(tenant, &sequence).await.unwrap();
    assert_eq!((all.len(), &all[&step("day-1")]), (2, &first));
    assert_eq!(all[&step("day-10")].0, [(variant("a"), of(0, 0, 1))].into());
    let none =
        store.sequences().variant_stats(tenant, &SequenceId::new("welcome").unwrap(), &step("day-1")).await.unwrap();
    assert!(none.0.is_empty());
}
