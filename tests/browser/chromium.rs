//! A browser, as a person at it sees and uses it.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{By, CapabilitiesHelper as _, ChromiumLikeCapabilities as _, DesiredCapabilities, WebDriver};
use xtask::process::Group;

use crate::stage::{eventually, root, stage, unique};

/// The narrowest window that a page must fit into (WCAG 2.2, 1.4.10), and an ordinary one, in CSS pixels.
const WIDTHS: [u64; 2] = [320, 1280];

/// A browser with a fresh profile. Ends with the test.
pub struct Chromium {
    driver: WebDriver,
    service: Group,
}

/// Whether an element may be pressed in a moment.
fn is_passing(error: &WebDriverErrorInner) -> bool {
    matches!(error, WebDriverErrorInner::StaleElementReference(_) | WebDriverErrorInner::ElementClickIntercepted(_))
}

impl Chromium {
    /// Starts it.
    pub fn start() -> Self {
        let browser = program("chromium");
        let log = std::env::temp_dir().join(format!("porchlight-chromedriver-{}", unique()));
        let mut command = Command::new(program("chromedriver"));
        command.arg("--port=0").stdin(Stdio::null()).stdout(File::create(&log).unwrap()).stderr(Stdio::null());
        let service = Group::spawn(command).unwrap();
        // "ChromeDriver was started successfully on port 41234."
        let port: u16 = eventually("chromedriver", || {
            let said = fs::read_to_string(&log).unwrap();
            said.split("successfully on port ").nth(1)?.split_once('.')?.0.parse().ok()
        });
        fs::remove_file(log).unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(browser.to_str().unwrap()).unwrap();
        for argument in [
            "--headless=new",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            // In a container we are root, where chromium's sandbox does not start. It sees our own pages only.
            "--no-sandbox",
            // Names under localhost lead to this machine, whatever its resolver thinks of them.
            "--host-resolver-rules=MAP *.localhost 127.0.0.1",
        ] {
            wanted.add_arg(argument).unwrap();
        }
        wanted.set("goog:loggingPrefs", json!({"browser": "ALL"})).unwrap();
        let driver = stage().block_on(WebDriver::new(url, wanted)).unwrap();
        let browser = Self { driver, service };
        browser.devtools(
            "Browser.grantPermissions",
            json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}),
        );
        browser
    }

    /// Goes to a page of ours.
    pub fn open(&self, path: &str) {
        self.go(&format!("{}{path}", stage().stack.api_url));
    }

    /// Goes to any page.
    pub fn go(&self, address: &str) {
        stage().block_on(self.driver.goto(address)).unwrap();
    }

    /// Takes the line away, or gives it back.
    pub fn offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({}));
        let line = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.devtools("Network.emulateNetworkConditions", line);
    }

    /// Asks for pages in this language from now on.
    pub fn speaks(&self, language: &str) {
        self.devtools("Network.enable", json!({}));
        self.devtools("Network.setExtraHTTPHeaders", json!({"headers": {"Accept-Language": language}}));
    }

    /// Gives the page a window of this size.
    pub fn window(&self, width: u64, height: u64) {
        let window = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", window);
    }

    /// Types into the empty field `id`, or over what it holds.
    pub fn fill(&self, id: &str, text: &str) {
        stage().block_on(async {
            let field = self.driver.find(By::Id(id)).await.unwrap();
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        });
    }

    /// Chooses a file with this text in the field `id`.
    pub fn choose_file(&self, id: &str, name: &str, text: &str) {
        self.choose_files(id, &[(name, text)]);
    }

    /// Chooses files in the field `id`, each by its name and text.
    pub fn choose_files(&self, id: &str, files: &[(&str, &str)]) {
        let folder = std::env::temp_dir().join(format!("porchlight-file-{}", unique()));
        fs::create_dir_all(&folder).unwrap();
        let write = |(name, text): &(&str, &str)| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let paths: Vec<String> = files.iter().map(write).collect();
        stage().block_on(async {
            let field = self.driver.find(By::Id(id)).await.unwrap();
            field.send_keys(paths.join("\n")).await.unwrap();
        });
    }

    /// Goes back, as the browser's own button does.
    pub fn back(&self) {
        stage().block_on(self.driver.back()).unwrap();
    }

    /// Waits until an expression is true in the page.
    pub fn until(&self, what: &str, expression: &str) {
        let script = format!("return {expression}");
        let holds = self.within(20, || self.run(&script, "") == Some(true.into()));
        assert!(holds, "waited in vain for {what}; the browser says {:?}", self.complaints());
    }

    /// Goes on with Tab to what `selector` names. Everything on the way shows that it has the focus.
    pub fn tab_to(&self, selector: &str) {
        self.walk_to(selector, false);
    }

    /// As [`Chromium::tab_to`], backwards.
    pub fn tab_back_to(&self, selector: &str) {
        self.walk_to(selector, true);
    }

    fn walk_to(&self, selector: &str, is_backwards: bool) {
        let is_there = "const here = document.activeElement; return [here.matches(arguments[0]), here === document.body \
                        || getComputedStyle(here).outlineStyle !== 'none' || here.matches('main, [role=log]'), here.outerHTML.slice(0, 120)]";
        let mut passed = Vec::new();
        for _ in 0..120 {
            let chain = self.driver.action_chain();
            let chain = if is_backwards { chain.key_down('\u{e008}') } else { chain };
            let chain = chain.send_keys("\u{e004}");
            let chain = if is_backwards { chain.key_up('\u{e008}') } else { chain };
            stage().block_on(chain.perform()).unwrap();
            let here = self.run(is_there, selector).unwrap();
            assert_eq!(here[1], true, "this has the focus and does not show it: {}", here[2]);
            if here[0] == true {
                return;
            }
            passed.push(here[2].to_string());
        }
        panic!("no way with the keyboard to {selector}; passed {passed:#?}");
    }

    /// Presses Enter while Control is held.
    pub fn control_enter(&self) {
        let chain = self.driver.action_chain().key_down('\u{e009}').send_keys("\u{e007}").key_up('\u{e009}');
        stage().block_on(chain.perform()).unwrap();
    }

    /// Loads the page again.
    pub fn reload(&self) {
        stage().block_on(self.driver.refresh()).unwrap();
    }

    /// Whether there is such a part of the page.
    pub fn has(&self, selector: &str) -> bool {
        stage().block_on(self.driver.find(By::Css(selector))).is_ok()
    }

    /// Waits until the field `id` holds `text`.
    pub fn shows_value(&self, id: &str, text: &str) {
        let mut last = None;
        let shown = self.within(10, || {
            last = self.run("return document.getElementById(arguments[0])?.value", id);
            last == Some(text.into())
        });
        assert!(shown, "{id} holds {last:?} and not {text:?}");
    }

    /// Types key after key into whatever has the focus.
    pub fn type_keys(&self, keys: &[&str]) {
        for key in keys {
            let chain = self.driver.action_chain().send_keys(key.replace('\t', "\u{e004}").replace('\n', "\u{e007}"));
            stage().block_on(chain.perform()).unwrap();
        }
    }

    /// Presses the button of a form, and again for as long as the network address of all tests knocks too often.
    pub fn send(&self, form: &str) {
        loop {
            self.press(&format!("{form} button[type=submit]"));
            let busy = "return document.querySelector(arguments[0])?.ariaBusy === 'true'";
            // Where it led to another page, the form is gone.
            let done = self.within(30, || self.run(busy, form).is_some_and(|busy| busy == false));
            assert!(done, "{form} got no answer");
            let alert = self.text(&format!("{form} .problem[role=alert]")).unwrap_or_default();
            if !alert.starts_with("Too many requests") {
                return;
            }
            thread::sleep(Duration::from_secs(2));
        }
    }

    /// Presses a button. A part of the page that is drawn again meanwhile, or that a notice covers for a while, is tried again.
    pub fn press(&self, selector: &str) {
        eventually(selector, || {
            stage().block_on(async {
                let element = self.driver.find(By::Css(selector)).await.ok()?;
                if !element.is_displayed().await.ok()? {
                    return None;
                }
                match element.click().await {
                    Err(error) if is_passing(&error) => None,
                    clicked => {
                        clicked.unwrap();
                        Some(())
                    }
                }
            })
        });
    }

    /// Waits until a part of the page shows `text`.
    pub fn shows(&self, selector: &str, text: &str) {
        let mut last = String::new();
        let shown = self.within(20, || {
            last = self.text(selector).unwrap_or_default();
            last.contains(text)
        });
        assert!(shown, "{selector} shows {last:?} and not {text:?}; the browser says {:?}", self.complaints());
    }

    /// Waits until a part of the page, which stays, shows `text` no more.
    pub fn shows_no_longer(&self, selector: &str, text: &str) {
        let gone = self.within(20, || self.text(selector).is_some_and(|shown| !shown.contains(text)));
        assert!(gone, "{selector} still shows {text:?}");
    }

    /// What a part of the page shows, once it shows anything.
    pub fn text_of(&self, selector: &str) -> String {
        eventually(selector, || self.text(selector).filter(|text| !text.is_empty()))
    }

    /// The id of what has the focus.
    pub fn focused(&self) -> String {
        self.run("return document.activeElement.id", "").unwrap().as_str().unwrap().to_owned()
    }

    /// Whether an image came about.
    pub fn draws(&self, selector: &str) -> bool {
        let width = "return document.querySelector(arguments[0]).naturalWidth";
        self.within(5, || self.run(width, selector).is_some_and(|width| width != 0))
    }

    /// Loses a cookie, as if its time were over.
    pub fn forget_cookie(&self, name: &str) {
        stage().block_on(self.driver.delete_cookie(name)).unwrap();
    }

    /// Pictures of the whole page, in each width, light and dark. Fails where a page does not fit in its width, or where
    /// the browser kept from it what its own policy forbids.
    pub fn pictures(&self, name: &str) {
        let folder = root().join("target/screenshots");
        self.devtools("Emulation.setScrollbarsHidden", json!({"hidden": true}));
        fs::create_dir_all(&folder).unwrap();
        for (width, scheme) in WIDTHS.into_iter().flat_map(|width| [(width, "light"), (width, "dark")]) {
            let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
            self.devtools("Emulation.setEmulatedMedia", media);
            let mut height = 800;
            for _ in 0..2 {
                self.window(width, height);
                height = self.run("return document.documentElement.scrollHeight", "").unwrap().as_u64().unwrap();
            }
            let file = folder.join(format!("{name}-{width}-{scheme}.png"));
            stage().block_on(self.driver.screenshot(&file)).unwrap();
            let needed = self.run("return document.documentElement.scrollWidth", "").unwrap();
            assert!(needed.as_u64().unwrap() <= width, "{name} needs {needed} pixels and has {width}");
            let faults = self.accessibility();
            assert!(faults.is_empty(), "{name}, {width} pixels, {scheme}: {faults:#?}");
        }
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}));
        let complaints = self.complaints();
        assert!(!complaints.iter().any(|line| line.contains("Content Security Policy")), "{complaints:?}");
    }

    /// What axe-core finds wrong with the page for people who hear it, who use the keyboard or who need contrast: nothing.
    fn accessibility(&self) -> Vec<String> {
        let axe = fs::read_to_string(root().join(".venv/node/node_modules/axe-core/axe.min.js"));
        let axe = axe.expect("axe-core is not installed: `make browser` installs it, and needs node for that");
        let ask = "const done = arguments[0]; axe.run().then((found) => done(found.violations.map((fault) => \
                   fault.id + ': ' + fault.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join('; '))))";
        let faults = stage().block_on(async {
            self.driver.execute(axe, Vec::new()).await.unwrap();
            self.driver.execute_async(ask, Vec::new()).await.unwrap()
        });
        faults.convert().unwrap()
    }

    /// What is to be read there, if it is there; what is hidden cannot be read.
    fn text(&self, selector: &str) -> Option<String> {
        stage().block_on(async { self.driver.find(By::Css(selector)).await.ok()?.text().await.ok() })
    }

    /// What a script gives; nothing while one page follows another.
    pub fn run(&self, script: &str, argument: &str) -> Option<Value> {
        let answer = stage().block_on(self.driver.execute(script, vec![argument.into()])).ok()?;
        Some(answer.json().clone())
    }

    fn devtools(&self, command: &str, parameters: Value) {
        stage().block_on(self.driver.cdp().send_raw(command, parameters)).unwrap();
    }

    /// What stands in the browser's console since the last look.
    pub fn complaints(&self) -> Vec<String> {
        let log = stage().block_on(self.driver.get_log("browser")).unwrap();
        log.into_iter().map(|entry| entry.message).collect()
    }

    /// Whether it holds within so many seconds.
    pub fn within(&self, seconds: u64, mut holds: impl FnMut() -> bool) -> bool {
        let deadline = Instant::now() + Duration::from_secs(seconds);
        loop {
            if holds() {
                return true;
            }
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The browser first, then what runs it; a test that fails here has failed before.
        let _ = stage().block_on(self.driver.clone().quit());
        self.service.stop();
    }
}

/// A program of this machine.
fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is not installed: `make browser` installs it, and runs these tests"))
}
