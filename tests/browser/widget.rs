//! The widget and the form on pages of other origins, under a strict policy and beside libraries that have changed every prototype.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use domain::conversations::{Conversation, Role};

use crate::chromium::Chromium;
use crate::stage::{Tenant, eventually, stage};

/// What old libraries do to a page, and worse.
const OLD_LIBRARY: &str = "Array.prototype.toJSON = () => 'broken'; Array.prototype.extra = Object.prototype.extra = () => {};
    Array.from = () => { throw Error('ours') }; Function.prototype.bind = () => { throw Error('ours') };
    Object.keys = (object) => { const keys = []; for (const key in object) keys.push(key); return keys };
    for (const name of ['map', 'filter', 'reduce', 'find', 'some']) Array.prototype[name] = () => { throw Error('ours') };";

const OLD_LIBRARY_TAG: &str = "<script src=/old.js></script>";

/// A tenant whose keys any site may use: the page's port is another one each time.
fn open_to_all() -> Tenant {
    Tenant::opened(|file| file.site_keys.origins = Some(Vec::new()))
}

/// A site of one page, `/`, which is without the old library under `/plain`, that with a chat in a difficult colour under `/yellow`, in a frame under
/// `/frame`, twice without the library under `/twice`, and refuses every script, style and connection that
/// its policy does not name.
struct Site {
    address: String,
}

impl Site {
    fn with(tenant: &Tenant) -> Self {
        let api = &stage().stack.api_url;
        let (widget_key, form_key) = (tenant.key("widget_key"), tenant.key("form_key"));
        let page = format!(
            "<!doctype html><html lang=en><head><title>A page</title><link rel=icon href=data:,>\
             <meta name=viewport content='width=device-width, initial-scale=1'>{OLD_LIBRARY_TAG}\
             <script src='{api}/widget.js' data-key='{widget_key}' data-title='Summit Roofing' defer></script>\
             <script src='{api}/form.js' defer></script></head><body><main><h1>A page</h1>\
             <form data-porchlight-form method=post action='{api}/webhooks/web-form'>\
             <input type=hidden name=form_key value='{form_key}'>\
             <p><label for=email>E-mail</label> <input id=email name=email></p>\
             <p><label for=message>Message</label> <textarea id=message name=message></textarea></p>\
             <p><button>Send</button></p></form></main></body></html>"
        );
        let policy =
            format!("default-src 'none'; frame-src 'self'; img-src data:; script-src 'self' {api}; connect-src {api}");
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let served = Arc::new((page, policy));
        // It lives as long as the test's process. A thread each, for a browser opens connections that it may never use.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let served = Arc::clone(&served);
                // A browser that goes away in the middle asks again.
                thread::spawn(move || serve(stream.unwrap(), &served.0, &served.1));
            }
        });
        Self { address }
    }

    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

fn serve(mut stream: TcpStream, page: &str, policy: &str) -> std::io::Result<()> {
    let mut asked = BufReader::new(stream.try_clone()?).lines().map_while(Result::ok);
    let line = asked.next().unwrap_or_default();
    asked.take_while(|header| !header.is_empty()).for_each(drop);
    let plain = page.replace(OLD_LIBRARY_TAG, "");
    let yellow = plain.replace(" data-title", " data-colour='#ff0' data-title");
    let frame = "<!doctype html><title>Framed</title><link rel=icon href=data:,><iframe title=Inner src=/ width=700 height=700></iframe>";
    let twice = "<!doctype html><title>Twice</title><link rel=icon href=data:,><iframe id=one title=One src=/plain width=600 height=700></iframe><iframe id=two title=Two src=/plain width=600 height=700></iframe>";
    let (kind, body) = match line.split(' ').nth(1).unwrap_or_default() {
        "/old.js" => ("text/javascript", OLD_LIBRARY),
        "/frame" => ("text/html", frame),
        "/twice" => ("text/html", twice),
        "/plain" => ("text/html", plain.as_str()),
        "/yellow" => ("text/html", yellow.as_str()),
        _ => ("text/html", page),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {length}\r\n\
         content-security-policy: {policy}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The chat of a page, or of the page in its frame.
struct Chat<'a> {
    browser: &'a Chromium,
    document: &'static str,
}

impl<'a> Chat<'a> {
    fn on(browser: &'a Chromium, document: &'static str) -> Self {
        let chat = Self { browser, document };
        chat.until("the launcher", "!!r.querySelector('.launcher')");
        chat
    }

    /// What an expression gives, where `r` is the root of the widget.
    fn look(&self, expression: &str) -> Option<serde_json::Value> {
        let document = self.document;
        let script = format!("const r = {document}.querySelector('porchlight-chat').shadowRoot; return {expression}");
        self.browser.run(&script, "")
    }

    fn until(&self, what: &str, expression: &str) {
        let holds = self.browser.within(40, || self.look(expression).is_some_and(|value| value == true));
        assert!(holds, "waited in vain for {what}: {expression}; the browser says {:?}", self.browser.complaints());
    }

    fn text(&self, selector: &str) -> String {
        let text = self.look(&format!("r.querySelector('{selector}')?.textContent")).unwrap();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Opens it as somebody without a mouse does.
    fn open(&self) {
        self.look("r.querySelector('.launcher').focus()");
        self.browser.type_keys(&["\n"]);
        self.until("the field", "r.activeElement?.id === 'text'");
    }

    fn replies(&self, count: usize) {
        self.until("the replies", &format!("r.querySelectorAll('div.from-us').length === {count}"));
    }
}

#[test]
fn a_page_talks_by_one_line_of_html_whatever_its_policy_and_its_libraries() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    let kept = browser.run("return localStorage.length + document.cookie.length", "");
    assert_eq!(kept, Some(0.into()), "nothing is kept of who only looks");

    chat.open();
    browser.type_keys(&["What are your opening hours?", "\n"]);
    chat.until("the message", "r.querySelector('.foot.own')?.textContent.includes('Sent') === true");
    chat.replies(1);
    assert!(chat.text("div.from-us").starts_with("Assistant"), "{}", chat.text("div.from-us"));

    // Escape leads back to where it was opened, and the talk is there again after a reload.
    browser.type_keys(&["\u{e00c}"]);
    chat.until("the launcher's focus", "r.querySelector('.panel').hidden && r.activeElement?.className === 'launcher'");
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    chat.until("the history", "r.querySelectorAll('.log > div').length === 2");
    assert!(chat.text("div.from-visitor").ends_with("What are your opening hours?"));

    // In a frame it is the same talk.
    browser.go(&site.page("/frame"));
    let framed = Chat::on(&browser, "document.querySelector('iframe').contentDocument");
    framed.until("the history", "r.querySelectorAll('.log > div').length === 2");
    assert!(
        !browser.complaints().iter().any(|line| line.contains("Content Security Policy") || line.contains("Uncaught"))
    );
}

/// axe looks at it on a page without the old library, which axe itself does not survive.
#[test]
fn nothing_in_it_is_hard_to_read_or_to_use_in_a_difficult_colour_and_where_a_message_failed() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    browser.go(&site.page("/yellow"));
    let chat = Chat::on(&browser, "document");
    browser.pictures("widget-closed");
    chat.open();
    browser.type_keys(&["What are your opening hours?", "\n"]);
    chat.replies(1);
    browser.pictures("widget");
    // Longer than a message may be: a field takes no more from who types.
    chat.look("r.querySelector('#text').value = 'My roof leaks. '.repeat(300)");
    browser.type_keys(&["\n"]);
    chat.until("the button to try again", "!!r.querySelector('.again')");
    browser.pictures("widget-failed");
}

#[test]
fn what_is_written_without_a_line_is_sent_in_order_and_once_when_it_is_back() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    chat.open();
    browser.offline(true);
    browser.type_keys(&["What are your opening hours?", "\n", "Where are you located?", "\n"]);
    chat.until("the note", "r.querySelector('.status').textContent.startsWith('No connection.')");
    browser.offline(false);
    chat.replies(2);
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    chat.until("the history", "r.querySelectorAll('.log > div').length === 4");
    let said = chat.look("[r.querySelectorAll('.from-visitor')[0].lastChild.textContent, r.querySelectorAll('.from-visitor')[1].lastChild.textContent].join('|')");
    // A list has no JSON of its own on this page, so it comes as one text.
    assert_eq!(said, Some("What are your opening hours?|Where are you located?".into()));
}

/// Two frames are to each other as two tabs, and both are in sight.
#[test]
fn two_tabs_show_the_same_talk_and_one_of_them_waits_for_it() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    browser.go(&site.page("/twice"));
    let one = Chat::on(&browser, "document.querySelector('#one').contentDocument");
    let two = Chat::on(&browser, "document.querySelector('#two').contentDocument");
    for (chat, said) in [(&one, "What are your opening hours?"), (&two, "Where are you located?")] {
        let say = "(r.querySelector('#text').value = said, r.querySelector('.send').click())";
        chat.look(&format!("((said) => (r.querySelector('.launcher').click(), {say}))('{said}') ?? true"));
        for shown in [&one, &two] {
            shown.until("what was said", &format!("r.querySelector('.log').textContent.includes('{said}')"));
        }
    }
    for chat in [&one, &two] {
        chat.replies(2);
    }
    let held = "const held = []; for (const { contentWindow: tab } of document.querySelectorAll('iframe')) {
         for (const { name, startTime, responseEnd } of tab.performance.getEntriesByType('resource')) {
           if (name.includes('wait=')) held.push([startTime, responseEnd].map((ms) => tab.performance.timeOrigin + ms)); } }
         held.sort(([a], [b]) => a - b);
         return held.length > 0 && held.every(([begin], at) => at === 0 || begin >= held[at - 1][1] - 1)";
    assert_eq!(browser.run(held, ""), Some(true.into()), "two requests were held at once");
}

/// Chooses a file as the dialog of the browser does, which no driver can open; `made` gives what is in it.
fn choose(chat: &Chat<'_>, made: &str, name: &str, kind: &str) {
    let script = format!(
        "(async () => {{ const list = new DataTransfer(); list.items.add(new File([await {made}], '{name}', {{ type: '{kind}' }}));
         const picker = r.querySelector('input[type=file]'); picker.files = list.files; picker.dispatchEvent(new Event('change')) }})() && true"
    );
    chat.look(&script);
}

#[test]
fn a_visitor_sends_a_photo_that_is_made_small_enough_and_hears_what_is_no_file() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    chat.open();
    // Quiet noise of 1,700 pixels is a PNG of 5 MB and a JPEG of less than half of that.
    let noise = "new Promise((done) => { const c = document.createElement('canvas'); c.width = c.height = 1700; \
         const g = c.getContext('2d'), d = g.createImageData(1700, 1700); \
         for (let at = 0; at < d.data.length; at += 16384) crypto.getRandomValues(d.data.subarray(at, at + 16384)); \
         for (let at = 0; at < d.data.length; at++) d.data[at] = at % 4 === 3 ? 255 : 96 + (d.data[at] & 31); g.putImageData(d, 0, 0); c.toBlob(done, 'image/png') })";
    choose(&chat, noise, "roof.png", "image/png");
    chat.until("the photo", "r.querySelector('.foot.own')?.textContent.includes('Sent') === true");
    assert!(chat.text("div.from-visitor").ends_with("File: roof.png"), "{}", chat.text("div.from-visitor"));
    assert_eq!(chat.look("r.activeElement?.id"), Some("text".into()));
    choose(&chat, "'MZ'", "setup.exe", "application/octet-stream");
    chat.until("what a file may be", "r.querySelector('.status').textContent.startsWith('A file may be a picture')");
    chat.until("the button to try again", "!!r.querySelector('.again')");

    // Staff see it as they see what comes by WhatsApp: a JPEG by now, and below the limit.
    let photo = eventually("the photo in the inbox", || {
        let threads: Vec<Conversation> = tenant.list("/v1/conversations");
        let files = tenant.replay(threads.first()?.id)?.of(Role::Customer).first()?.files.clone();
        files?.files.pop()
    });
    assert_eq!((photo.missing, photo.content_type.as_str()), (None, "image/jpeg"));
    assert!(photo.bytes < 4 * 1024 * 1024, "{}", photo.bytes);
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    chat.until("the history", "r.querySelector('.from-visitor')?.lastChild.textContent.startsWith('File') === true");
}

#[test]
fn a_narrow_window_is_all_panel_and_keeps_the_focus_in_it() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    browser.go(&site.page("/"));
    let chat = Chat::on(&browser, "document");
    for (width, is_whole) in [(320, true), (1280, false)] {
        browser.window(width, 700);
        chat.open();
        let whole = format!("r.querySelector('.panel').clientWidth === {width}");
        assert_eq!(chat.look(&whole), Some(is_whole.into()), "{width}");
        assert_eq!(chat.look("r.querySelector('.panel').getAttribute('aria-modal') === 'true'"), Some(is_whole.into()));
        for button in [".close", ".clip", ".send"] {
            let is_large = format!(
                "r.querySelector('{button}').clientWidth >= 44 && r.querySelector('{button}').clientHeight >= 44"
            );
            assert_eq!(chat.look(&is_large), Some(true.into()), "{button}");
        }
        for _ in 0..5 {
            browser.type_keys(&["\t"]);
            let is_within = chat.look("r.querySelector('.panel').contains(r.activeElement)").unwrap();
            assert!(is_within == true || !is_whole, "the focus left a panel that covers the page");
        }
        chat.look("r.querySelector('#text').focus()");
        browser.type_keys(&["\u{e00c}"]);
        chat.until("the end", "r.querySelector('.panel').hidden");
    }
}

#[test]
fn a_form_says_what_is_wrong_where_it_is_wrong_and_thanks_in_its_place() {
    let (browser, tenant) = (Chromium::start(), open_to_all());
    let site = Site::with(&tenant);
    // The driver itself cannot find fields beside that library.
    browser.go(&site.page("/plain"));
    browser.fill("message", "My roof leaks.");
    browser.press("form button");
    browser.shows("#email + .porchlight-problem", "Please give an e-mail address or a telephone number");
    assert_eq!(browser.focused(), "email");
    browser.fill("email", "ana");
    browser.press("form button");
    browser.shows("#email + .porchlight-problem", "This is not a complete e-mail address.");
    browser.fill("email", "ana@example.com");
    browser.press("form button");
    browser.shows(".porchlight-thanks", "Thank you!");
    thread::sleep(Duration::from_millis(100));
    assert_eq!(browser.run("return document.activeElement.className", ""), Some("porchlight-thanks".into()));
}
