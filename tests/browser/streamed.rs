//! A suggestion that is heard while it is written. The local stack streams nothing, so the test answers in the place of the address: a `fetch`
//! in the page plays one line a try, and the page's scripts are the real ones.

use domain::identity::Role;
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::stage::{Tenant, number};
use crate::workday::at_work;

/// What the page is given where it streams (`composer.rs`), and the address. Its times are a twentieth of the real ones.
const PLAY: &str = r#"
const [fetched, wait] = [window.fetch, window.setTimeout];
window.setTimeout = (work, time) => wait(work, time === 5000 || time === 25000 ? time / 20 : time);
const place = document.querySelector("[data-suggest]");
Object.assign(place.dataset, { stream: "/v1/suggestion-streams", replaced: "This is another suggestion." });
place.insertAdjacentHTML("beforeend", '<div id="suggest-heard" hidden><p dir="auto"></p></div>');
const body = ({ text, hangs }, signal) => new ReadableStream({
  start(line) {
    line.enqueue(new TextEncoder().encode(text));
    if (hangs) signal.addEventListener("abort", () => line.error(signal.reason));
    else line.close();
  },
});
window.fetch = async (url, request = {}) => {
  const { method = "GET", headers = {}, signal } = request;
  if (url === place.dataset.stream) return Response.json({ id: "x", url: "https://streams.example/", ticket: "t" });
  if (url === place.dataset.suggest) window.sent.push("whole");
  if (url !== "https://streams.example/") return fetched(url, request);
  window.sent.push(`${method} ${headers["last-event-id"] ?? ""}`);
  if (method === "DELETE") return new Response(null, { status: 204 });
  const line = window.lines.shift();
  if (!line) throw new TypeError("unreachable");
  if (line.text) return new Response(body(line, signal));
  return new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
};
"#;

/// Presses the button, while the address answers with these lines, and not at all when they are used up.
fn ask(ana: &Chromium, lines: &[Value]) {
    ana.run("[window.sent, window.lines] = [[], JSON.parse(arguments[0])]", &json!(lines).to_string());
    ana.press("#suggest");
}

/// What the page sent: which lines it opened, with what it had heard; and whether it asked for the whole.
fn sent(ana: &Chromium) -> Value {
    ana.run("return window.sent", "").unwrap()
}

fn event(name: &str, id: &str, data: &Value) -> String {
    format!("event: {name}\nid: {id}\ndata: {data}\n\n")
}

fn token(id: &str, text: &str) -> String {
    event("token", id, &json!({ "text": text }))
}

fn done(text: &str, replaced: bool) -> String {
    let suggestion = json!({ "id": "1d000000-0000-5000-8000-000000000001", "text": text });
    event("done", "1-6", &json!({ "suggestion": suggestion, "replaced": replaced }))
}

#[test]
fn lines_that_break_or_fall_silent_are_opened_again_and_no_model_is_asked_twice() {
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
    ana.run(PLAY, "");
    let begun = format!(": open\n\n{}{}", event("tool", "1-0", &json!({ "state": "started" })), token("1-6", "A roof"));

    // It answers, and breaks before it said anything: a model may have been asked.
    let open = json!({ "text": ": open\n\n" });
    ask(&ana, &[open.clone(), open.clone(), open]);
    ana.shows("#suggest-told", "cannot be reached");
    assert_eq!(sent(&ana), json!(["GET ", "GET ", "GET "]));

    // It never answers: the whole is asked for, once what may have begun is cancelled.
    ask(&ana, &[json!({}), json!({})]);
    ana.shows("#suggest-told", "read it before you send it");
    assert_eq!(sent(&ana), json!(["GET ", "GET ", "GET ", "DELETE ", "whole"]));
    ana.press("#suggest-drop");
    ana.shows("#suggest-told", "dismissed");

    // It can be stopped while it is written, also when the form was emptied meanwhile; the focus goes on where it was asked for.
    ask(&ana, &[json!({ "text": begun, "hangs": true })]);
    ana.shows("#suggest-heard", "A roof");
    ana.run("document.querySelector('form.reply').reset()", "");
    ana.press("#suggest-drop");
    ana.shows("#suggest-told", "dismissed");
    assert_eq!((ana.focused(), sent(&ana)), ("suggest".to_owned(), json!(["GET ", "DELETE "])));

    // A dead line is given up and goes on where it was; what was not checked cannot be selected.
    let rest = format!("{}{}", token("1-13", " repair"), done("A roof repair.", false));
    ask(&ana, &[json!({ "text": begun, "hangs": true }), json!({ "text": rest })]);
    ana.shows("#suggest-heard", "A roof");
    let selectable = "return getComputedStyle(document.querySelector(arguments[0])).userSelect";
    assert_eq!(ana.run(selectable, "#suggest-heard p"), Some("none".into()));
    ana.shows_value("reply", "A roof repair.");
    assert_eq!(sent(&ana), json!(["GET ", "GET 1-6"]));
    ana.shows("#suggest-told", "read it before you send it");

    // What was shown failed a check.
    ask(&ana, &[json!({ "text": format!("{begun}{}", done("It starts at 350.00 USD.", true)) })]);
    ana.shows("#suggest-told", "This is another suggestion.");
    ana.shows_value("reply", "It starts at 350.00 USD.");
}
