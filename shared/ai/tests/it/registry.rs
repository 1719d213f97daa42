//! Which version of the instructions a turn gets: what the registry says is live, and the code's where it says nothing of use.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ai::prompt::Script;
use domain::Failure;
use domain::circuits::Later;
use domain::prompts::{
    Challenger, PromptContent, PromptRegistry, PromptTask, PromptTraffic, PromptUse, PromptVersion, TrafficChange,
};
use domain::tenancy::CostMode;

use crate::scene::{now, scene};
use crate::stub::{answering, assistant, bodies, call, input, ok, within};

/// A registry in memory.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub(crate) traffic: Vec<PromptTraffic>,
    pub(crate) contents: Vec<PromptContent>,
    /// It never answers.
    pub(crate) hangs: bool,
    pub(crate) reads: AtomicU32,
}

impl PromptRegistry for Registry {
    fn traffic(&self) -> Later<'_, Result<Vec<PromptTraffic>, Failure>> {
        Box::pin(async {
            self.reads.fetch_add(1, Ordering::Relaxed);
            if self.hangs {
                std::future::pending::<()>().await;
            }
            Ok(self.traffic.clone())
        })
    }

    fn content<'a>(
        &'a self,
        task: PromptTask,
        version: &'a PromptVersion,
    ) -> Later<'a, Result<Option<PromptContent>, Failure>> {
        Box::pin(async move {
            self.reads.fetch_add(1, Ordering::Relaxed);
            let found = self.contents.iter().find(|content| content.task == task && content.version == *version);
            Ok(found.cloned())
        })
    }
}

fn version(text: &str) -> PromptVersion {
    PromptVersion::parse(text).unwrap()
}

/// The code's instructions with a sentence more.
pub(crate) fn kinder(text: &str) -> PromptContent {
    let content = Script::built_in(PromptTask::Respond).content().clone();
    let system = format!("Be kinder than ever.\n{}", content.system);
    PromptContent { version: version(text), system, ..content }
}

pub(crate) fn live(text: &str) -> PromptTraffic {
    PromptTraffic::begin(PromptTask::Respond, version(text))
}

/// What two turns of the same conversation are told first, and which version the second one was given.
async fn told(registry: &Arc<Registry>) -> (String, PromptUse) {
    let answer = || ok(&call("respond", &input()));
    let server = answering(vec![answer(), answer()]).await;
    let assistant = assistant(&server.uri()).prompted_by(registry.clone());
    let scene = scene("How much is a leak repair?");
    let mut used = None;
    for _ in 0..2 {
        let turned = assistant.answer(&scene.turn(), CostMode::None, now(), within(Duration::from_secs(8))).await;
        used = turned.tried.map(|tried| tried.used);
    }
    let bodies = bodies(&server).await;
    let system = bodies[0]["system"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!(bodies[1]["system"][0]["text"], system.as_str(), "a conversation keeps its version");
    (system.lines().next().unwrap().to_owned(), used.unwrap())
}

#[tokio::test]
async fn what_is_live_is_told_and_read_once() {
    let registry =
        Arc::new(Registry { traffic: vec![live("1.1.0")], contents: vec![kinder("1.1.0")], ..Registry::default() });
    let (first, used) = told(&registry).await;
    assert_eq!((first.as_str(), used), ("Be kinder than ever.", PromptUse { version: version("1.1.0"), test: 1 }));
    assert_eq!(registry.reads.load(Ordering::Relaxed), 2, "the traffic and the version, for two turns");
}

#[tokio::test]
async fn the_version_of_the_code_is_used_where_the_registry_is_empty_broken_or_silent() {
    let built_in = PromptUse { version: version("1.0.0"), test: 0 };
    let broken = PromptContent { system: "{{ nothing }}".to_owned(), ..kinder("1.1.0") };
    let registries = [
        Registry::default(),
        Registry { traffic: vec![live("1.1.0")], ..Registry::default() },
        Registry { traffic: vec![live("1.1.0")], contents: vec![broken], ..Registry::default() },
        Registry { hangs: true, ..Registry::default() },
    ];
    for registry in registries.map(Arc::new) {
        let (first, used) = told(&registry).await;
        assert!(first.starts_with("You answer, in writing"), "{registry:?}");
        assert_eq!(used, built_in, "{registry:?}");
        assert!(registry.reads.load(Ordering::Relaxed) <= 2, "it is not asked again for every turn: {registry:?}");
    }
}

#[tokio::test]
async fn a_version_of_the_code_that_is_live_needs_no_second_read_and_a_trial_can_be_declined() {
    let challenger = Some(Challenger { version: version("1.1.0"), percent: 50 });
    let traffic = live("1.0.0").changed(&TrafficChange { challenger, automatic: false }).unwrap();
    let registry = Arc::new(Registry { traffic: vec![live("1.0.0")], ..Registry::default() });
    assert_eq!(told(&registry).await.1, PromptUse { version: version("1.0.0"), test: 1 });
    assert_eq!(registry.reads.load(Ordering::Relaxed), 1);

    let registry: Arc<Registry> =
        Arc::new(Registry { traffic: vec![traffic], contents: vec![kinder("1.1.0")], ..Registry::default() });
    let server = answering(Vec::new()).await;
    let assistant = assistant(&server.uri()).prompted_by(registry.clone());
    let mut scene = scene("Hi");
    scene.tenant.prompts.no_tests = true;
    assistant.answer(&scene.turn(), CostMode::None, now(), within(Duration::from_millis(900))).await;
    assert_eq!(registry.reads.load(Ordering::Relaxed), 1, "only the traffic: nothing is tried with this business");
}
