//! An answer that is kept is of one version of the instructions, and of what the business adds to it.

use domain::prompts::{PromptContent, PromptTraffic};

use super::*;
use crate::registry::{Registry, kinder, live};

impl Desk {
    /// A function that was just started, while `version` is live.
    async fn answer_with(&self, version: &str, scene: &Scene) -> Turned {
        self.answer_told(live(version), kinder("1.1.0"), scene).await
    }

    async fn answer_told(&self, traffic: PromptTraffic, content: PromptContent, scene: &Scene) -> Turned {
        let registry = Arc::new(Registry { traffic: vec![traffic], contents: vec![content], ..Registry::default() });
        let assistant = assistant(&self.server.uri()).keeping(self.shared.clone()).prompted_by(registry);
        assistant.answer(&scene.turn(), CostMode::None, now(), within(Duration::from_secs(10))).await
    }
}

#[tokio::test]
async fn what_was_answered_with_another_version_is_not_used() {
    let desk = Desk::new(&informing()).await;
    let (same, like) = (|| of("one", "How much is a leak repair?"), || of("two", "What's the price of a leak repair?"));
    desk.answer_with("1.0.0", &same()).await;
    desk.answer_with("1.0.0", &like()).await;
    assert_eq!(desk.asked().await, 1, "a like question of the same version");

    desk.answer_with("1.1.0", &same()).await;
    assert_eq!(desk.asked().await, 2, "the same request, with another version");
    desk.answer_with("1.1.0", &like()).await;
    assert_eq!((desk.asked().await, desk.shared.shelves.lock().unwrap().len()), (2, 2), "a shelf for each version");

    for scene in [same(), like()] {
        let turned = desk.answer_with("1.0.0", &scene).await;
        assert_eq!(turned.tried.unwrap().used.version.to_string(), "1.0.0");
    }
    assert_eq!(desk.asked().await, 2, "what is live again has its answers again");
}

/// A version that says the same is another one all the same: what is counted by version does not mix two up.
#[tokio::test]
async fn what_was_answered_with_another_number_of_the_same_text_is_not_used() {
    let desk = Desk::new(&informing()).await;
    for (number, version) in ["1.1.0", "1.2.0"].into_iter().enumerate() {
        for contact in ["one", "two"] {
            let content = PromptContent { version: kinder(version).version, ..kinder("1.1.0") };
            desk.answer_told(live(version), content, &of(contact, "How much is a leak repair?")).await;
        }
        assert_eq!((desk.asked().await, desk.shared.entries()), (number + 1, number + 1), "{version}");
    }
}

#[tokio::test]
async fn what_was_answered_before_the_business_changed_its_addition_is_not_used() {
    let desk = Desk::new(&informing()).await;
    let additions = ["", "Be brief.", "Be brief.\nIt is a pleasure to us.", "Be brief.\nIt is no pleasure to us."];
    let asked = |contact: &str, addition: &str| {
        let mut scene = of(contact, "How much is a leak repair?");
        scene.tenant.prompts.respond = addition.to_owned();
        scene
    };
    for (number, addition) in additions.into_iter().enumerate() {
        for contact in ["one", "two", "one"] {
            desk.answer(&asked(contact, addition)).await;
        }
        assert_eq!((desk.asked().await, desk.shared.entries()), (number + 1, number + 1), "{addition}");
    }
    desk.answer(&asked("three", additions[1])).await;
    assert_eq!(desk.asked().await, additions.len(), "what it was before has its answers again");
    // What it adds to other kinds of text is not told here.
    let mut scene = asked("four", additions[1]);
    scene.tenant.prompts.suggest = "Be formal.".to_owned();
    desk.answer(&scene).await;
    assert_eq!(desk.asked().await, additions.len());
}

#[tokio::test]
async fn a_word_of_the_instructions_is_none_that_the_business_says_of_itself() {
    let words = "How much is a Zanzibar leak repair?";
    let entries = async |change: fn(&mut Scene), content: PromptContent| {
        let (desk, mut scene) = (Desk::new(&informing()).await, scene(words));
        change(&mut scene);
        desk.answer_told(live("1.1.0"), content, &scene).await;
        assert_eq!(desk.asked().await, 1);
        desk.shared.entries()
    };
    let kind = || kinder("1.1.0");
    let told = PromptContent { system: format!("Say nothing of Zanzibar.\n{}", kind().system), ..kind() };
    assert_eq!(entries(|_| {}, told).await, 0, "the version's");
    assert_eq!(entries(|scene| scene.tenant.prompts.respond = "Greet Zanzibar.".to_owned(), kind()).await, 0);
    assert_eq!(entries(|scene| scene.tenant.instructions = "Greet Zanzibar.".to_owned(), kind()).await, 0);
    let described = |scene: &mut Scene| scene.tenant.services[1].description = "For Zanzibar roofs.".to_owned();
    assert_eq!(entries(described, kind()).await, 1, "it is what it offers");
}

/// So that a version of which much is kept does not look quicker and cheaper than one that is tried.
#[tokio::test]
async fn a_kept_answer_is_one_with_its_version_and_no_question_to_a_model() {
    let desk = Desk::new(&informing()).await;
    for (contact, kept) in [("one", false), ("one", true), ("two", true)] {
        let tried = desk.answer_with("1.1.0", &of(contact, "How much is a leak repair?")).await.tried.unwrap();
        assert_eq!((tried.used.version.to_string().as_str(), tried.kept), ("1.1.0", kept), "{contact}");
        assert_eq!(tried.cost_microdollars == 0, kept);
    }
}
