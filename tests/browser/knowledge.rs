//! Knowledge in a browser: files go in, a question is tried on them, answers are typed and pasted, and all of it goes out again.

use std::thread;
use std::time::Duration;

use domain::identity::Role;

use crate::chromium::Chromium;
use crate::stage::{Tenant, number};
use crate::workday::at_work;

const PRICES: &str = "# Prices\n\n## Inspections\n\nA roof inspection costs $249. It takes about an hour.\n\n## Skylights\n\nWe replace skylights from $1,150 on.\n";
/// Of three questions, the second has no answer.
const PASTED: &str = "Q: Are you insured?\nA: Yes, for two million dollars.\nQ: Do you work on Sundays?\nQ: Do you take old shingles away?\nA: Yes, and we recycle them.";

/// A PDF of one page with one line, which has no brackets in it.
fn pdf(line: &str) -> String {
    let content = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (count, start) = (objects.len() + 1, file.len());
    file + format!("xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
        .as_str()
}

/// Waits, without loading the page again, until so many documents are ready.
fn ready(browser: &Chromium, count: usize) {
    let ready = "return document.querySelectorAll('main .tag.met').length";
    let all = browser.within(90, || browser.run(ready, "") == Some(count.into()));
    assert!(all, "of {count} documents: {}", browser.text_of("main"));
}

/// Tries a question, and waits for what is said of it.
fn ask(browser: &Chromium, question: &str, verdict: &str) {
    browser.fill("ask-question", question);
    browser.send("#ask");
    browser.shows("#verdict", verdict);
}

#[test]
fn files_become_answers_with_the_sentence_that_is_quoted() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/knowledge");
    manager.shows("#documents", "Nothing yet.");
    manager.pictures("knowledge-empty");

    // Two go up, two are told at once why they do not.
    let gutters = pdf("Gutter cleaning costs $149 for a house with one floor.");
    let files = [("Prices.md", PRICES), ("Gutters.pdf", &gutters), ("roof.exe", "MZ"), ("empty.txt", "")];
    manager.choose_files("files", &files);
    manager.send("form[data-files]");
    manager.shows("#toast", "Sent: 2 of 4.");
    manager.shows(".sending", "Files of this kind cannot be read.");
    manager.shows(".sending", "There is nothing in this file.");
    ready(&manager, 2);
    manager.shows("#documents", "2 documents · 2 ready");
    manager.pictures("knowledge");

    // The sentence that would be quoted is marked, in its document and on its page; what is nowhere goes to the team.
    ask(&manager, "How much is a roof inspection?", "Would be answered from Prices.md");
    manager.shows("#found mark", "A roof inspection costs $249.");
    manager.shows("#found .score", "used from");
    manager.pictures("knowledge-asked");
    ask(&manager, "What does gutter cleaning cost?", "Would be answered from Gutters.pdf · page 1");
    manager.shows("#found mark", "$149");
    ask(&manager, "Do you sell bicycles?", "Not answered");
    assert!(!manager.has("#found mark"), "nothing of it would be quoted");

    // A file of the same name is a new version; until it is read, the old one answers.
    manager.choose_file("files", "Prices.md", &PRICES.replace("$249", "$259"));
    manager.send("form[data-files]");
    let is_new = (0..60).any(|_| {
        thread::sleep(Duration::from_secs(1));
        ask(&manager, "How much is a roof inspection?", "Would be answered from Prices.md");
        manager.text_of("#found mark").contains("$259")
    });
    assert!(is_new, "the new version takes the place of the old one");
    manager.shows("#documents", "2 documents");

    // It gets another name, and goes.
    let prices = "return [...document.querySelectorAll('#documents .row-link')].find((row) => row.textContent.includes('Prices')).click()";
    manager.run(prices, "");
    manager.shows("h1", "Prices.md");
    manager.fill("document-name", "Price list");
    manager.fill("document-category", "prices");
    manager.send("#change form");
    manager.shows("#toast", "Saved.");
    ready(&manager, 1);
    manager.pictures("knowledge-document");
    manager.press("form[data-call^=DELETE] button");
    manager.shows("#toast", "The document is deleted.");
    manager.shows("#documents", "1 document");
    manager.shows_no_longer("#documents", "Price");
    ask(&manager, "How much is a roof inspection?", "Not answered");

    // Who may not change anything reads it, and tries a question.
    let viewer = at_work(&roofer, Role::Viewer, "Cy Ode");
    viewer.open("/app/knowledge");
    viewer.shows("#documents", "Gutters.pdf");
    assert!(!viewer.has("form[data-files]") && !viewer.has("#clear"), "a viewer changes nothing");
    ask(&viewer, "What does gutter cleaning cost?", "Would be answered from Gutters.pdf");
}

#[test]
fn answers_are_added_one_by_one_and_many_at_once_and_what_was_removed_comes_back() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/knowledge/pairs");
    manager.shows("#lists", "No lists yet.");
    manager.fill("one-question", "Do you offer financing?");
    manager.fill("one-answer", "Yes, over 12 months without interest.");
    manager.send("form[data-pair]");
    manager.shows("#toast", "The answer is added.");
    manager.shows("#lists", "What customers ask");

    // What was understood of a text is shown while it is typed; what was not stays to be put right.
    manager.fill("many-text", PASTED);
    manager.shows(".count", "Understood: 2. Not understood: 1.");
    manager.shows(".understood", "Yes, and we recycle them.");
    manager.shows(".wrong", "Line 3: There is no answer to this question.");
    manager.pictures("knowledge-pairs");
    manager.send("form[data-pairs]");
    manager.shows("#toast", "Added: 2.");
    manager.shows_value("many-text", "Q: Do you work on Sundays?");
    ready(&manager, 1);

    manager.press("#lists .row-link");
    manager.shows("#pairs", "Are you insured?");
    manager.press("#pair-0 summary");
    manager.pictures("knowledge-list");
    manager.fill("pair-0-answer", "Yes, over 24 months.");
    manager.send("#pair-0 form[data-do=change]");
    manager.shows("#toast", "Saved.");
    manager.shows_value("pair-0-answer", "Yes, over 24 months.");
    manager.press("#pair-1 summary");
    manager.send("#pair-1 form[data-do=remove]");
    manager.shows_no_longer("#pairs", "Are you insured?");
    manager.shows("#toast", "Undo");
    manager.press("#toast button");
    manager.shows("#pairs", "Are you insured?");

    manager.open("/app/knowledge");
    ready(&manager, 1);
    ask(&manager, "Do you offer financing?", "Would be answered from What customers ask");
    manager.shows("#found mark", "24 months");

    // Everything goes only by its name.
    manager.press("#clear summary");
    manager.fill("clear-confirm", "not it");
    manager.send("#clear form");
    manager.shows("#documents", "What customers ask");
    let name = "return document.querySelector('#clear-confirm').title";
    let name = manager.run(name, "").and_then(|name| name.as_str().map(ToOwned::to_owned)).unwrap();
    manager.fill("clear-confirm", &name);
    manager.send("#clear form");
    manager.shows("#toast", "Everything is deleted.");
    manager.shows("#documents", "Nothing yet.");

    manager.open("/app/knowledge/gaps");
    manager.shows("main", "Nothing is open.");
    manager.pictures("knowledge-gaps-empty");
}

#[test]
fn what_customers_ask_in_vain_is_answered_once_and_then_they_are() {
    let roofer = Tenant::opened(|_| {});
    for question in ["Do you install solar panels?", "Can you install solar panels on tiles?"] {
        let said = roofer.sms(&number(), question);
        roofer.reply(&said);
    }
    let gap = format!("gap-{}", roofer.suggested_gap());
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/knowledge/gaps");
    manager.shows("#gaps", "install solar panels");
    manager.press(&format!("#{gap} summary"));
    manager.pictures("knowledge-gaps");
    manager.fill(&format!("{gap}-answer"), "Yes: solar panels, with our partner.");
    manager.send(&format!("#{gap} form[data-call$=answer]"));
    manager.shows("#toast", "Added to your frequent questions.");
    manager.shows("#no-gaps", "Nothing is open.");
    assert!(!manager.has(&format!("#{gap}")), "what was answered is gone from the list");
}
