//! A day's work in a browser: two people of a business, and a customer who writes.

use domain::conversations::suggestion::{Figures, SuggestionReport};
use domain::identity::Role;
use domain::messaging::Email;

use crate::chromium::Chromium;
use crate::stage::{Tenant, address, number, sink_messages_to, unique};
use crate::{PASSWORD, accept, sign_in};

/// Somebody of the staff at their browser.
pub(crate) fn at_work(tenant: &Tenant, role: Role, name: &str) -> Chromium {
    let browser = Chromium::start();
    let email = Email::new(&address(), "email").unwrap();
    accept(&browser, tenant, &email, role, name);
    sign_in(&browser, &email, PASSWORD);
    browser.shows(".top", "Inbox");
    browser
}

#[test]
fn who_waits_is_seen_taken_over_answered_and_handed_back() {
    let roofer = Tenant::opened(|_| {});
    let (ana, bo) = (at_work(&roofer, Role::Agent, "Ana Flores"), at_work(&roofer, Role::Viewer, "Bo Lind"));
    ana.shows("h1", "today");
    ana.pictures("start");

    // A customer wants a person: both see it without loading the page again.
    for browser in [&ana, &bo] {
        browser.open("/app/inbox?queue=escalated");
        browser.shows("#threads", "Nothing in this queue.");
    }
    let from = number();
    let said = roofer.sms(&from, "I want to speak to a manager. 日本語 עברית <b>bold</b>");
    for browser in [&ana, &bo] {
        browser.shows("#threads", "a person is wanted");
    }
    ana.pictures("inbox");
    bo.press("#threads .row-link");
    bo.shows("#messages", "<b>bold</b>");
    assert!(!bo.has("#reply"), "a viewer does not write");

    ana.press("#threads .row-link");
    ana.shows("#messages", "I want to speak to a manager");
    ana.shows("#about", &from);
    ana.shows("#about", "proven");
    ana.pictures("conversation");

    // Typed and not sent: still there after the page was loaded again.
    ana.fill("reply", "This is Ana, half a sen");
    ana.reload();
    ana.shows_value("reply", "This is Ana, half a sen");

    // Answered, while the line is lost at first: what was typed is sent once.
    let text = format!("This is Ana, the manager. {}", unique());
    ana.fill("reply", &text);
    ana.offline(true);
    ana.press("form.reply button");
    ana.shows("form.reply .problem[role=alert]", "cannot be reached");
    ana.offline(false);
    ana.send("form.reply");
    ana.shows("#messages", &text);
    ana.shows("#thread-state", "yours");
    ana.shows_value("reply", "");
    for browser in [&ana, &bo] {
        browser.shows("#messages", &text);
        browser.shows("#messages", "Sent");
    }
    assert_eq!(sink_messages_to(&from).iter().filter(|sent| sent.to_string().contains(&text)).count(), 1);
    bo.shows("#thread-state", "Ana Flores");

    // A note, by the keyboard alone; the customer writes back; handed back and resolved.
    ana.press(".composer summary");
    ana.fill("note", "She has two dogs.");
    ana.send("form.note");
    ana.shows("#messages", "She has two dogs.");
    roofer.sms(&from, "Thank you Ana");
    ana.shows("#messages", "Thank you Ana");
    ana.send("#thread-state form:has(button)");
    ana.shows("#toast", "The assistant answers again.");
    ana.shows("#thread-state", "assistant answers");
    ana.open("/app/tasks");
    ana.shows("#escalations", "asked for a person");
    ana.pictures("tasks");
    ana.send("#escalations form");
    ana.shows("#escalations", "Nobody waits for a person.");
    assert!(said.conversation().to_string().len() > 10);

    // The lead, with all that happened.
    ana.open("/app/leads");
    ana.press("#leads tbody a");
    ana.shows("#timeline", &text);
    ana.pictures("lead");
    ana.open("/app/leads");
    ana.pictures("leads");
}

#[test]
fn a_kept_text_is_inserted_and_two_people_see_each_other_and_what_they_have_not_read() {
    let roofer = Tenant::opened(|_| {});
    let (ana, bo) = (at_work(&roofer, Role::Manager, "Ana Flores"), at_work(&roofer, Role::Agent, "Bo Lind"));
    ana.open("/app/settings/canned-answers");
    ana.press("details.add summary");
    ana.fill("new-name", "Directions");
    ana.fill("new-text", "We are behind the mill, see you at {time}.");
    ana.send("details.add form");
    ana.shows("#entries", "Directions");
    ana.pictures("settings-canned-answers");

    let from = number();
    roofer.sms(&from, "Where are you?");
    for browser in [&ana, &bo] {
        browser.open("/app/inbox");
        browser.shows("#threads", "unread");
    }
    ana.press("#threads .row-link");
    ana.shows("#messages", "Where are you?");
    ana.shows_no_longer("#threads", "unread");
    bo.press("#threads .row-link");
    bo.shows("#here", "Ana Flores is here");
    ana.shows("#here", "Bo Lind is here");

    // By the beginning of a name in whatever case; what is not known stays to be filled in, and the text can be changed.
    ana.fill("canned", "directions");
    ana.press(".canned button");
    ana.shows(".canned .problem", "{time}");
    ana.shows_value("reply", "We are behind the mill, see you at {time}.");
    let text = format!("We are behind the mill. {}", unique());
    ana.fill("reply", &text);
    ana.send("form.reply");
    bo.shows("#messages", &text);
    bo.shows(".bubble.staff", "Ana Flores");
    ana.pictures("conversation-of-two");

    // Given to him with one choice.
    ana.send("#thread-state form:has(#assign-to)");
    ana.shows("#toast", "Assigned.");
    bo.shows("#thread-state", "yours");

    // Back among what is unread, for her alone.
    ana.send("form[data-then]");
    ana.shows("#threads", "1 unread");
    bo.open("/app/inbox?unread=1");
    bo.shows("#threads", "Nothing in this queue.");
}

#[test]
fn a_reply_is_suggested_by_the_keyboard_changed_and_sent_and_never_put_over_what_was_typed() {
    let roofer = Tenant::opened(|_| {});
    let ana = at_work(&roofer, Role::Agent, "Ana Flores");
    let from = number();
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    ana.open(&format!("/app/inbox/{}", said.conversation()));
    ana.send("#thread-state form[data-call$=take-over]");
    ana.shows("#thread-state", "yours");
    roofer.sms(&from, "How much is a roof repair?");
    ana.shows("#messages", "How much is a roof repair?");

    ana.tab_to("#suggest");
    ana.type_keys(&["\n"]);
    ana.shows("#suggest-told", "built-in assistant");
    assert_eq!(ana.focused(), "reply", "the text is read next");
    let text = ana.run("return document.getElementById(arguments[0]).value", "reply").unwrap();
    assert!(text.as_str().unwrap().contains("350"), "{text}");
    ana.pictures("conversation-suggestion");

    // Dismissed, it is gone; what was typed stays, unless its writer says that it is to be replaced.
    ana.press("#suggest-drop");
    ana.shows_value("reply", "");
    ana.fill("reply", "We will call you");
    let answers = |yes: &str| ana.run("window.confirm = () => arguments[0] === 'yes'", yes);
    answers("no");
    ana.press("#suggest");
    ana.shows_value("reply", "We will call you");
    answers("yes");
    ana.press("#suggest");
    ana.shows_value("reply", text.as_str().unwrap());

    // The message names it, also after the page was loaded again.
    ana.fill("reply", &format!("{} See you soon.", text.as_str().unwrap()));
    ana.reload();
    ana.send("form.reply");
    ana.shows("#messages", "See you soon.");
    ana.shows_value("reply", "");
    assert!(ana.has("#suggest-drop[hidden]"), "the next message is made of nothing yet");
    let report: SuggestionReport = roofer.read("/v1/insights/suggestions");
    let Figures { suggested, edited, rejected, .. } = report.totals;
    assert_eq!((suggested, edited, rejected), (2, 1, 1));
}

#[test]
fn whoever_is_not_signed_in_comes_back_to_the_page_they_asked_for() {
    let tenant = Tenant::opened(|_| {});
    let browser = at_work(&tenant, Role::Viewer, "Cy Ode");
    browser.open("/app/leads");
    browser.shows("#leads", "No leads here yet.");

    // The token is old: the page comes by itself.
    browser.forget_cookie("__Host-porchlight");
    browser.open("/app/leads");
    browser.shows("#leads", "No leads here yet.");

    // There is nothing at that address, and a page of another business is none.
    browser.open("/app/leads/nothing");
    browser.shows("h1", "There is nothing here");
    browser.open("/app/nothing");
    browser.shows("h1", "There is nothing here");
    browser.pictures("missing");
}

#[test]
fn what_is_chosen_on_the_board_stays_chosen_when_somebody_new_comes_onto_it() {
    let roofer = Tenant::opened(|_| {});
    let ana = at_work(&roofer, Role::Agent, "Ana Flores");
    let first = roofer.sms(&number(), "How much is a roof repair?");
    roofer.sent_reply(&first);
    ana.open("/app/leads?view=board");
    ana.shows(".board", "of those shown");
    ana.run(
        "const select = document.querySelector('.board select'); select.selectedIndex = 1; \
         window.kept = [select.id, select.value]; select.form.querySelector('button').focus(); \
         window.focused = document.activeElement.id",
        "",
    );
    let cards = "document.querySelectorAll('.board li').length";
    ana.until("one card", &format!("{cards} === 1"));
    roofer.sms(&number(), "Do you repair gutters?");
    ana.until("two cards", &format!("{cards} === 2"));
    ana.until("what was chosen", "document.getElementById(window.kept[0]).value === window.kept[1]");
    ana.until("the focus", "document.activeElement.id === window.focused");
}
