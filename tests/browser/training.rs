//! Training in a browser: drafts are looked at, some are said otherwise, and what was understood is confirmed.

use domain::identity::Role;

use crate::stage::Tenant;
use crate::workday::at_work;

#[test]
fn an_owner_shows_how_they_word_things_and_confirms_what_was_understood() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/settings/training");
    manager.shows("#communication_style", "Not trained yet.");
    manager.send("#communication_style form[data-call='POST /v1/training/communication_style']");
    manager.shows("#communication_style", "0 of at least 5 examples");
    manager.pictures("training-draft");

    // The first is good, the others are said otherwise.
    manager.send("#communication_style form.button[data-call$='/examples']");
    manager.shows("#communication_style", "1 of at least 5 examples");
    for number in 2..=5 {
        let form = format!("#communication_style-{number}-otherwise");
        manager.press(&format!("{form} summary"));
        manager.fill(&format!("communication_style-{number}-version"), &format!("Hey! Sure thing, number {number}!"));
        manager.fill(&format!("communication_style-{number}-why"), "Too formal");
        manager.send(&format!("{form} form"));
        manager.shows("#communication_style", &format!("{number} of at least 5 examples"));
    }
    manager.send("#communication_style form[data-call$='/rules']");
    manager.shows("#communication_style", "This is what was understood.");
    manager.shows("#communication_style .entries", "Greeting: Hey");
    manager.shows("#communication_style .entries", "from 2, 3, 4, 5");
    manager.shows("#communication_style .entries", "Tone: casual");
    manager.pictures("training-understood");

    // A rule that is removed is not confirmed; one that promises something is refused at its field.
    manager.send("#communication_style form[data-call='DELETE /v1/training/communication_style/rules/1']");
    manager.shows_no_longer("#communication_style .entries", "Tone: casual");
    manager.press("#communication_style-rule-2-words summary");
    manager.fill("communication_style-rule-2-text", "Hey, only $99");
    manager.send("#communication_style-rule-2-words form");
    manager.shows("#communication_style-rule-2-text-problem", "how to sound");
    manager.fill("communication_style-rule-2-text", "Howdy");
    manager.send("#communication_style-rule-2-words form");
    manager.shows("#communication_style .entries", "Greeting: Howdy");
    manager.send("#communication_style form[data-call$='/confirm']");
    manager.shows("#communication_style", "in use");
    manager.shows("#communication_style", "Greeting: Howdy");
    manager.pictures("training-in-use");

    manager.send("#communication_style form[data-call$='/guide']");
    manager.shows("#communication_style", "Not trained yet.");
    manager.send("#communication_style form[data-call$='/restore']");
    manager.shows("#communication_style", "Greeting: Howdy");
}
