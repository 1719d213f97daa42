//! How many outreach messages a tenant sent in a month.

use domain::tenancy::usage::Month;

use crate::deliveries::claimed;
use crate::journeys::{MORNING, touched};
use crate::stage::{Stage, noon};

#[tokio::test]
async fn due_steps_are_counted_by_month_where_no_token_is_and_remembered_for_a_minute() {
    let stage = Stage::new().await;
    let (tenant, month) = (&stage.tenant.id, Month::of(noon(0)));
    assert_eq!(stage.store.journeys().touches_sent(tenant, &month).await.unwrap(), 0);
    for name in ["ana", "bo", "cleo"] {
        let (_, message) = touched(&stage, name).await;
        claimed(&stage, &message, noon(MORNING)).await;
    }
    assert_eq!(stage.store.journeys().touches_sent(tenant, &month).await.unwrap(), 0, "as it was a moment ago");
    assert_eq!(stage.cold().journeys().touches_sent(tenant, &month).await.unwrap(), 3);
    assert_eq!(stage.cold().journeys().touches_sent(tenant, &Month::of(noon(40 * 86_400))).await.unwrap(), 0);
    let usage = stage.store.usage().of_month(tenant, &month.to_string()).await.unwrap();
    assert_eq!(usage.days.iter().map(|line| line.calls).sum::<u64>(), 3, "the three turns, and nothing else");
}
