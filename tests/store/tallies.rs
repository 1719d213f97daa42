//! What is counted of texts that are tried against each other.

use domain::ids::{SequenceId, StepId, VariantId};
use domain::journeys::{Counted, Course, Tallied, Tally};
use store::Commit;

use crate::journeys::{customer, journey_of, save, visit};
use crate::stage::{Stage, noon};

fn tally(step: &str, variant: &str, what: Counted) -> Tally {
    Tally {
        sequence: SequenceId::new("quote-follow-up").unwrap(),
        step: StepId::new(step).unwrap(),
        variant: VariantId::new(variant).unwrap(),
        what,
    }
}

#[tokio::test]
async fn counts_add_up_by_step_and_text_and_a_course_that_is_lost_counts_nothing() {
    let stage = Stage::new().await;
    let contact = customer(&stage, "ana").await.contact.id;
    let counted = [
        vec![
            tally("day-1", "a", Counted::Sent),
            tally("day-1", "a", Counted::Sent),
            tally("day-1", "b", Counted::Sent),
        ],
        vec![tally("day-1", "a", Counted::Converted), tally("day-10", "a", Counted::OptedOut)],
    ];
    for tallies in counted {
        let person = visit(&stage, contact).await;
        let course = Course { tallies, ..Course::of(journey_of(&person)) };
        assert_eq!(save(&stage, &course, "count", noon(0)).await, Commit::Stored);
        assert_eq!(save(&stage, &course, "count", noon(0)).await, Commit::Conflict);
    }
    let sequence = SequenceId::new("quote-follow-up").unwrap();
    let step = |id: &str| StepId::new(id).unwrap();
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    let first = store.sequences().tallies(tenant, &sequence, &step("day-1")).await.unwrap();
    let of = |sent, converted, opted_out| Tallied { sent, converted, opted_out };
    let variant = |id: &str| VariantId::new(id).unwrap();
    let expected = [(variant("a"), of(2, 1, 0)), (variant("b"), of(1, 0, 0))];
    assert_eq!(first.0, expected.into());
    let all = store.sequences().sequence_tallies(tenant, &sequence).await.unwrap();
    assert_eq!((all.len(), &all[&step("day-1")]), (2, &first));
    assert_eq!(all[&step("day-10")].0, [(variant("a"), of(0, 0, 1))].into());
    let none = store.sequences().tallies(tenant, &SequenceId::new("welcome").unwrap(), &step("day-1")).await.unwrap();
    assert!(none.0.is_empty());
}
