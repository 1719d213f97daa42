//! Tasks for the staff: listed, done once, and on record.

use domain::conversations::{Task, TaskKind};
use domain::failure::Rejection;
use domain::ids::TaskId;
use domain::journeys::JourneyUpdate;
use domain::{ContactId, Failure, TenantId};
use futures::future::join_all;
use jiff::Timestamp;
use store::Commit;

use crate::journeys::{customer, journey_of, save, visit};
use crate::stage::{Stage, noon, trace};

pub fn task(tenant: &TenantId, name: &str, contact: ContactId, at: Timestamp) -> Task {
    Task {
        id: TaskId::derive(tenant, &[name]),
        contact,
        conversation: None,
        kind: TaskKind::Call,
        title: format!("Call {name} about the quote"),
        note: String::new(),
        urgent: false,
        assignee: None,
        due_at: None,
        created_at: at,
        done: None,
    }
}

/// Three tasks about one person, an hour apart.
async fn three(stage: &Stage) -> Vec<Task> {
    let person = customer(stage, "ana").await;
    let tasks = ["one", "two", "three"].into_iter().zip(1..);
    let tasks: Vec<Task> =
        tasks.map(|(name, hour)| task(&stage.tenant.id, name, person.contact.id, noon(hour * 3_600))).collect();
    let journey_update = JourneyUpdate { tasks: tasks.clone(), ..JourneyUpdate::of(journey_of(&person)) };
    assert_eq!(save(stage, &journey_update, "tasks", noon(0)).await, Commit::Stored);
    tasks
}

#[tokio::test]
async fn tasks_come_newest_first_and_those_that_are_done_only_when_asked_for() {
    let stage = Stage::new().await;
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    let tasks = three(&stage).await;
    let ids = async |open_only, limit, cursor: Option<String>| {
        let page = store.tasks().list(tenant, open_only, limit, cursor.as_deref()).await.unwrap();
        (page.items.iter().map(|task| task.id).collect::<Vec<_>>(), page.cursor)
    };
    let done = store.tasks().finish(tenant, tasks[1].id, "Called her", &trace()).await.unwrap();
    assert_eq!(done.done.as_ref().unwrap().note, "Called her");
    assert_eq!(ids(true, 10, None).await.0, [tasks[2].id, tasks[0].id]);
    let (first, cursor) = ids(false, 2, None).await;
    assert_eq!((first, ids(false, 2, cursor).await.0), (vec![tasks[2].id, tasks[1].id], vec![tasks[0].id]));
    assert_eq!(store.tasks().get(tenant, tasks[1].id).await.unwrap(), done);
    let bolt = TenantId::new("bolt").unwrap();
    assert!(store.tasks().list(&bolt, false, 10, None).await.unwrap().items.is_empty());
    let refused = store.tasks().finish(&bolt, tasks[0].id, "", &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::NotFound, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_task_that_many_finish_is_done_once_as_the_first_said() {
    let stage = Stage::new().await;
    let tasks = three(&stage).await;
    let finish = |index: u32| {
        let (store, tenant, id) = (stage.cold(), stage.tenant.id.clone(), tasks[0].id);
        async move {
            loop {
                match store.tasks().finish(&tenant, id, &format!("note {index}"), &trace()).await {
                    Err(Failure::Retryable(_)) => {}
                    other => return other.unwrap(),
                }
            }
        }
    };
    let all = join_all((0..8).map(finish)).await;
    assert!(all.iter().all(|one| *one == all[0]), "{all:#?}");
    let lines = stage.store.audit().list(&stage.tenant.id, 100, None).await.unwrap().items;
    assert_eq!(lines.iter().filter(|line| line.subject == format!("task/{}", tasks[0].id)).count(), 1);
    // A journey update that comes again brings no task back.
    let person = visit(&stage, tasks[0].contact).await;
    let again = JourneyUpdate { tasks, ..JourneyUpdate::of(journey_of(&person)) };
    assert_eq!(save(&stage, &again, "tasks again", noon(0)).await, Commit::Duplicate);
}
