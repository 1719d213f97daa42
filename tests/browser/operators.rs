//! Those who run the platform in a browser: a version is read, tried, put live and taken back.

use ai::prompt::Script;
use domain::TenantId;
use domain::identity::{Actor, Role};
use domain::messaging::Email;
use domain::prompts::{PromptContent, PromptTask, PromptVersion};
use store::Trace;

use crate::chromium::Chromium;
use crate::stage::person::invited;
use crate::stage::{address, stage, unique};
use crate::{PASSWORD, code, sign_in};

/// A super admin at their browser, with the second factor without which no one runs the platform.
fn operator() -> Chromium {
    let (browser, email) = (Chromium::start(), Email::new(&address(), "email").unwrap());
    let (_, token) = invited(&TenantId::platform(), &email, Role::SuperAdmin);
    browser.open(&format!("/accept?token={token}"));
    browser.fill("accept-name", "Ana Flores");
    browser.fill("accept-password", PASSWORD);
    browser.fill("accept-again", PASSWORD);
    browser.send("#accept");
    browser.shows("#note", "You are in.");
    sign_in(&browser, &email, PASSWORD);
    browser.shows("#own-email", email.as_str());
    browser.fill("begin-password", PASSWORD);
    browser.send("#begin");
    let secret = browser.text_of("#secret");
    browser.fill("confirm-code", &code(&secret, 0));
    browser.send("#confirm");
    browser.shows("#factor-since", "Backup codes left: 10.");
    browser
}

/// The versions of the code, and a draft of `suggest` and of `analyze` with the same texts, so that whoever gets one gets what all get.
fn drafts(version: &PromptVersion) {
    let trace = Trace { actor: Actor::Operator, at: runtime::clock::now(), address: None, correlation_id: unique() };
    stage().block_on(async {
        let prompts = stage().store.prompts();
        for task in [PromptTask::Suggest, PromptTask::Analyze] {
            let built_in = Script::built_in(task).content().clone();
            prompts.seed(built_in.clone(), &trace).await.unwrap();
            let draft = PromptContent { version: version.clone(), changelog: "The same again.".to_owned(), ..built_in };
            prompts.create(draft, &trace).await.unwrap();
        }
    });
}

#[test]
fn who_runs_the_platform_reads_tries_puts_live_and_takes_back_a_version() {
    // Above every other version, and one that no earlier run on this stack made.
    let number = u64::try_from(runtime::clock::now().as_millisecond()).unwrap();
    drafts(&PromptVersion::new(90, number, 0));
    let browser = operator();
    browser.open("/app");
    browser.shows("#suggest", &format!("90.{number}.0 draft"));
    browser.shows("#suggest", "The same again.");
    browser.pictures("operators");

    // Tried: the share has its limits, and is seen with what came of it.
    browser.press("#suggest-0-change summary");
    browser.fill("suggest-0-challenger-percent", "60");
    browser.send("#suggest-0-change form[data-call$=traffic]");
    browser.shows("#suggest-0-challenger-percent-problem", "1 to 50");
    browser.fill("suggest-0-challenger-percent", "10");
    browser.send("#suggest-0-change form[data-call$=traffic]");
    browser.shows("#suggest-0", "tried 10 %");
    browser.shows("#suggest table", &format!("90.{number}.0"));
    browser.shows("#suggest", "Fewer than 100 were counted");
    browser.pictures("operators-tried");
    browser.send("#suggest > .actions form[data-call$=traffic]");
    browser.shows("#suggest-0", "retired");

    // Put live and taken back, with the keyboard alone: the prompt that nothing here is asked with.
    browser.tab_to("#analyze-0-change summary");
    browser.type_keys(&["\n"]);
    browser.tab_to("#analyze-0-change form[data-call$=promote] button");
    browser.type_keys(&["\n"]);
    browser.shows("#analyze-0", "live 100 %");
    browser.send("#analyze > .actions form[data-call$=rollback]");
    browser.shows("#analyze-0", "retired");

    browser.press("#suggest-0 a");
    browser.shows("h1", &format!("90.{number}.0"));
    browser.shows("main", "closing mark");
    browser.pictures("operators-text");

    // What no agency looks after, to enter.
    browser.open("/app/clients");
    browser.shows("#clients", "Enter");
    browser.pictures("operators-clients");
}
