//! Contacts out of files of thousands of lines, by `worker-imports`. `IMPORT_LINES=100000` imports as many.

use std::fmt::Write as _;
use std::time::Instant;

use domain::Failure;
use domain::identity::Actor;
use domain::ids::ImportId;
use domain::leads::import::{Import, ImportState, ImportStep, Mapping, ToldKind, ToldLine};
use domain::rights::{DataJobStatus, DataWork};
use files::{Files, IMPORT_FILE, Prefix};
use worker_imports::Worker;

use crate::rights::scene::Scene;
use crate::stage::{message, noon, phone, plain, trace};

fn lines() -> usize {
    std::env::var("IMPORT_LINES").map_or(2_000, |lines| lines.parse().expect("IMPORT_LINES is a number"))
}

pub struct Importing {
    pub scene: Scene,
    worker: Worker,
}

impl Importing {
    pub async fn new() -> Self {
        let scene = Scene::new().await;
        let files = Files::new(&scene.stage.aws, scene.bucket.clone());
        let worker = Worker { store: scene.stage.cold(), files };
        Self { scene, worker }
    }

    /// An import that was started, and its first step.
    pub async fn begin(&self, csv: &str, dry_run: bool, update: bool) -> ImportStep {
        let tenant = &self.scene.stage.tenant.id;
        let id = ImportId::derive(tenant, &["import", &csv.len().to_string(), &dry_run.to_string()]);
        self.scene.put(&Prefix::import(tenant, id).key(IMPORT_FILE), csv).await;
        let mapping = Mapping { name: vec!["Name".into()], phones: vec!["Mobile".into()], ..Mapping::default() };
        let import = Import::new(id, (mapping, update), csv.len() as u64, Actor::Operator, noon(0)).unwrap();
        let imports = self.scene.stage.store.imports();
        let begun = imports.begin(tenant, &import, &trace()).await.unwrap();
        assert_eq!(imports.begin(tenant, &import, &trace()).await.unwrap(), begun, "the same again");
        let started = begun.value.started(dry_run, noon(1)).unwrap();
        imports.save(tenant, &started, begun.version).await.unwrap().unwrap();
        ImportStep { tenant: tenant.clone(), import: id, offset: 0 }
    }

    /// Does all steps, and counts them.
    pub async fn finish(&self, first: ImportStep) -> (Import, u32) {
        let (mut step, mut rounds) = (Some(first.clone()), 0);
        while let Some(one) = step {
            rounds += 1;
            step = loop {
                match self.worker.step(&one, noon(2)).await {
                    Ok(next) => break next,
                    Err(Failure::Retryable(_)) => {}
                    Err(failure) => panic!("{failure}"),
                }
            };
        }
        (self.import(&first).await, rounds)
    }

    async fn import(&self, step: &ImportStep) -> Import {
        self.scene.stage.store.imports().get(&step.tenant, step.import).await.unwrap().value
    }

    pub async fn told(&self, import: &Import) -> Vec<ToldLine> {
        let (mut told, mut cursor) = (Vec::new(), None);
        loop {
            let imports = self.scene.stage.store.imports();
            let page = imports.lines(&self.scene.stage.tenant.id, import, 100, cursor.as_deref()).await.unwrap();
            told.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                return told;
            }
        }
    }

    async fn objects(&self) -> usize {
        let files = &self.worker.files;
        files.list(&Prefix::imports(&self.scene.stage.tenant.id), 100).await.unwrap().len()
    }
}

/// A file in which every thousandth line, from the 500th on, has a number that there cannot be.
fn file(lines: usize) -> String {
    let mut csv = "Name,Mobile\n".to_owned();
    for line in 0..lines {
        let number = if line % 1_000 == 500 { "12".to_owned() } else { format!("303{:07}", 2_000_000 + line) };
        writeln!(csv, "Ana Vale {line},{number}").unwrap();
    }
    csv
}

#[tokio::test]
async fn thousands_of_lines_become_contacts_and_one_bad_line_loses_nothing_else() {
    let importing = Importing::new().await;
    let lines = lines();
    let bad = (lines as u64 + 499) / 1_000;
    let step = importing.begin(&file(lines), false, false).await;
    let started = Instant::now();
    let (done, rounds) = importing.finish(step.clone()).await;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    println!("{lines} lines in {:.1} s and {rounds} rounds, peak memory {peak}", started.elapsed().as_secs_f64());
    assert_eq!((done.state, done.lines, done.refused), (ImportState::Done, lines as u64, bad));
    assert_eq!((done.made, done.duplicates), (lines as u64 - bad, 0));
    let told = importing.told(&done).await;
    assert_eq!(told.len() as u64, bad.min(1_000));
    assert!(told.iter().all(|told| told.line % 1_000 == 502 && told.column == "Mobile"), "{told:?}");
    assert_eq!(importing.objects().await, 0, "the file is gone");
    // A message that comes again finds it over.
    assert_eq!(importing.worker.step(&step, noon(3)).await, Ok(None));
    assert_eq!(importing.import(&step).await, done);
}

#[tokio::test]
async fn a_piece_that_runs_again_makes_no_one_twice() {
    let importing = Importing::new().await;
    let step = importing.begin(&file(300), false, false).await;
    let imports = importing.scene.stage.store.imports();
    let before = imports.get(&step.tenant, step.import).await.unwrap();
    let (done, _) = importing.finish(step.clone()).await;
    let count = importing.scene.stage.entities("contact").await.len();
    assert_eq!(count as u64, done.made);
    // As if the step had died after it made the contacts and before it kept how far it was.
    let now = imports.get(&step.tenant, step.import).await.unwrap();
    imports.save(&step.tenant, &before.value, now.version).await.unwrap().unwrap();
    let csv = file(300);
    importing.scene.put(&Prefix::import(&step.tenant, step.import).key(IMPORT_FILE), &csv).await;
    let (again, _) = importing.finish(step).await;
    assert_eq!(again, done);
    assert_eq!(importing.scene.stage.entities("contact").await.len(), count);
}

#[tokio::test]
async fn a_trial_stores_nothing_and_says_what_would_happen() {
    let importing = Importing::new().await;
    importing.scene.stage.say(&message("m1", &phone(1), 0), plain()).await;
    let csv = "Name,Mobile\nAna,+13035550101\nBo,303 555 0177\nBo again,303 555 0177\n\"Cy,1\n";
    let step = importing.begin(csv, true, false).await;
    let (tried, _) = importing.finish(step).await;
    assert_eq!((tried.state, tried.lines, tried.made), (ImportState::Tried, 4, 1));
    assert_eq!((tried.duplicates, tried.refused), (2, 1));
    let told: Vec<_> = importing.told(&tried).await.iter().map(|told| (told.line, told.kind)).collect();
    assert_eq!(told, [(2, ToldKind::Duplicate), (4, ToldKind::Duplicate), (5, ToldKind::Refused)]);
    assert_eq!(importing.scene.stage.entities("contact").await.len(), 1, "the one who wrote");
    assert_eq!(importing.objects().await, 1, "it can be done in earnest");
}

#[tokio::test]
async fn whoever_is_there_takes_what_they_do_not_have() {
    let importing = Importing::new().await;
    let stage = &importing.scene.stage;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let number = phone(1).text().unwrap().to_owned();
    let step = importing.begin(&format!("Name,Mobile\nAna Vale,{number}\n"), false, true).await;
    let (done, _) = importing.finish(step).await;
    assert_eq!((done.made, done.updated, done.duplicates), (0, 1, 0));
    let known = stage.store.contacts().get(&stage.tenant.id, lead.contact).await.unwrap().value.entry;
    assert!(known.name.is_some());
    assert_eq!(stage.entities("contact").await.len(), 1);
}

#[tokio::test]
async fn an_import_that_was_stopped_goes_no_further_and_one_without_its_file_fails() {
    let importing = Importing::new().await;
    let imports = importing.scene.stage.store.imports();
    let step = importing.begin(&file(10), false, false).await;
    let running = imports.get(&step.tenant, step.import).await.unwrap();
    let cancelled = running.value.cancelled(noon(2));
    imports.save(&step.tenant, &cancelled, running.version).await.unwrap().unwrap();
    assert_eq!(importing.finish(step.clone()).await, (cancelled, 1));
    assert_eq!((importing.scene.stage.entities("contact").await.len(), importing.objects().await), (0, 0));
    let lost = importing.begin(&file(11), false, false).await;
    while importing.worker.files.erase_some(&Prefix::imports(&lost.tenant)).await.unwrap() > 0 {}
    let (failed, _) = importing.finish(lost).await;
    assert_eq!(failed.state, ImportState::Failed);
    assert!(failed.problem.unwrap().contains("begin a new import"));
    assert_eq!(imports.list(&step.tenant, 10, None).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_file_that_is_sent_again_after_its_trial_is_not_imported() {
    let importing = Importing::new().await;
    let imports = importing.scene.stage.store.imports();
    let step = importing.begin(&file(10), true, false).await;
    importing.finish(step.clone()).await;
    let tried = imports.get(&step.tenant, step.import).await.unwrap();
    assert_eq!((tried.value.made, tried.value.problem.as_deref()), (10, None));
    let agreed = tried.value.started(false, noon(3)).unwrap();
    imports.save(&step.tenant, &agreed, tried.version).await.unwrap().unwrap();
    let other = file(10).replace("Ana Vale", "Eve Hale");
    importing.scene.put(&Prefix::import(&step.tenant, step.import).key(IMPORT_FILE), &other).await;
    let (failed, _) = importing.finish(step).await;
    assert_eq!(failed.state, ImportState::Failed);
    assert!(failed.problem.unwrap().contains("sent again"));
    assert_eq!(importing.scene.stage.entities("contact").await.len(), 0);
}

#[tokio::test]
async fn erasing_someone_takes_away_the_files_that_may_tell_of_them() {
    let importing = Importing::new().await;
    let lead = importing.scene.stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let step = importing.begin(&file(3), false, false).await;
    let (_, erasing) = importing.scene.begin("acme", "erase", DataWork::EraseContact { contact: lead.contact }).await;
    assert_eq!(importing.scene.finish(erasing).await.status, DataJobStatus::Done);
    assert_eq!(importing.objects().await, 0);
    assert_eq!(importing.finish(step).await.0.state, ImportState::Failed);
}
