//! Every page of the dashboard at a business with 3,000 conversations: calls, own time, and what a browser loads the first time.
//!
//! They are found by following links from the start page, as an admin who is signed in.

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::identity::Role;
use flate2::read::GzDecoder;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Read as _;

use crate::aws::{Aws, Usage};
use crate::load::page_request;
use crate::process::Function;
use crate::report::{Goal, Report, print_table};
use crate::runtime_api::{Answer, check_batch, check_status};
use crate::stats::{Spread, millis, quantile};
use crate::{Bench, converse, load, onboard};

/// What is started for it.
pub(crate) const FUNCTIONS: [&str; 3] = ["ai-converse", "api-dashboard", "api-pages"];
/// Conversations of the business that is measured, and of the one that is counted exactly.
const CONVERSATIONS: usize = 3_000;
const FEW: usize = 30;
/// Requests of each page that count, and those before them that do not.
const REQUESTS: usize = 200;
const WARM_UP: usize = 20;
/// The most that a page weighs at first load, with all that it loads.
const MAX_BYTES: usize = 100_000;
/// The most DynamoDB calls of a page, warm.
const MAX_CALLS: f64 = 4.0;
/// Pages that make more, and how many: a page that shows parts of several kinds reads each of them, most of them side by side.
const MORE_CALLS: [(&str, f64); 7] = [
    ("/app/insights", 6.0),
    ("/app/inventory", 6.0),
    ("/app/inventory/insights", 5.0),
    ("/app/inventory/orders", 5.0),
    // The counts of each of 15 sequences are a partition of their own.
    ("/app/journeys", 16.0),
    ("/app/leads/{id}", 8.0),
    ("/app/leads/{id}/ahead", 5.0),
];
/// So many pages of one folder are followed that are not in the navigation: each conversation of a list has the same page.
const MOST_IN_FOLDER: usize = 2;
/// Whose calls are counted exactly in `exact.json`.
const EXACT: [&str; 5] = ["/app/inbox", "/app/inbox/{id}", "/app/leads", "/app/leads?view=board", "/app/settings"];

/// A business with conversations, and the functions that show it.
struct Scene {
    aws: Aws,
    token: SecretString,
    dashboard: Function,
    pages: Function,
}

/// A page as it was measured.
#[derive(Debug, Serialize)]
struct Figures {
    name: String,
    total: Spread,
    own: Spread,
    /// DynamoDB calls of 99 of 100 requests.
    calls_p99: f64,
    page_bytes: usize,
    /// Of the page and all that it loads.
    first_load_bytes: usize,
    requests: usize,
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench) -> Result<()> {
    eprintln!("pages: {CONVERSATIONS} conversations ...");
    let scene = Scene::of(bench, CONVERSATIONS).await?;
    let mut all = Vec::new();
    for (name, address) in scene.pages_linked().await? {
        eprintln!("pages: {name}, {REQUESTS} requests ...");
        all.push(scene.measure(bench, name, &address).await?);
    }
    let rows = all.iter().map(|page| {
        [
            page.name.clone(),
            format!("{:.0}", page.calls_p99),
            format!("{:.2} ms", page.own.median_ms),
            format!("{:.2} ms", page.own.p99_ms),
            format!("{:.1} KB", page.page_bytes as f64 / 1e3),
            format!("{:.1} KB", page.first_load_bytes as f64 / 1e3),
            page.requests.to_string(),
        ]
    });
    let header = ["page", "calls", "own time, median", "own time, p99", "page", "first load", "requests"];
    print_table("Pages with 3,000 conversations", &header, rows);
    let most = |of: fn(&Figures) -> f64| all.iter().map(of).fold(0.0, f64::max);
    Report {
        name: "pages",
        profile: bench.profile.clone(),
        goals: vec![
            Goal::at_most("DynamoDB calls of a page, warm", MAX_CALLS, most(|page| page.calls_p99), "calls"),
            Goal::at_most("own time of a page, p99", 50.0, most(|page| page.own.p99_ms), "ms"),
            Goal::at_most("first load of a page", MAX_BYTES as f64, most(|page| page.first_load_bytes as f64), "bytes"),
        ],
        ratios: json!({}),
        figures: json!(all),
    }
    .finish(bench)
}

/// What some pages ask of AWS, warm; of the others, that it is not too much. Only calls are the same each time: what is read has times in it.
pub(crate) async fn counted(bench: &Bench) -> Result<Vec<(String, Usage)>> {
    let scene = Scene::of(bench, FEW).await?;
    let (mut all, mut heavy) = (Vec::new(), Vec::new());
    for (name, address) in scene.pages_linked().await? {
        // The first request reads what a warm function remembers.
        scene.show(0, &address).await?;
        scene.aws.take_usage()?;
        scene.show(1, &address).await?;
        let usage = scene.aws.take_usage()?;
        let calls = usage.calls_to("DynamoDB");
        let most = MORE_CALLS.iter().find(|(page, _)| *page == name).map_or(MAX_CALLS, |(_, most)| *most);
        // Thirty days reach into one month or three, and each that is read is a call.
        if calls > most + 1.0 {
            heavy.push(format!("{name} makes {calls} calls of DynamoDB, and may make {most}: {:?}", usage.calls));
        }
        if EXACT.contains(&name.as_str()) {
            all.push((format!("page, {name}"), Usage { calls: usage.calls, ..Usage::default() }));
        }
    }
    ensure!(heavy.is_empty(), "{}", heavy.join("\n"));
    let is_counted = |page: &&&str| all.iter().any(|(name, _)| name.ends_with(&format!(", {page}")));
    let missed: Vec<&&str> = EXACT.iter().filter(|page| !is_counted(page)).collect();
    ensure!(missed.is_empty(), "no link leads to {missed:?}, which are counted exactly");
    Ok(all)
}

impl Scene {
    async fn of(bench: &Bench, conversations: usize) -> Result<Self> {
        let aws = Aws::start().await?;
        onboard::tenant(&aws).await?;
        let token = onboard::access_token(&aws, Role::Admin).await?;
        let converse = Function::spawn(&bench.our_function("ai-converse", &aws)).await?;
        let turns = load::TURNS.len();
        // Everybody's first message; last of all the first one's other messages, so that theirs is the newest conversation.
        for sequence in (0..conversations).map(|contact| contact * turns).chain(1..turns) {
            check_batch(&converse.invoke(converse::turn(sequence)?).await?)?;
        }
        aws.take_usage()?;
        let dashboard = Function::spawn(&bench.our_function("api-dashboard", &aws)).await?;
        let pages = Function::spawn(&bench.our_function("api-pages", &aws)).await?;
        Ok(Self { aws, token, dashboard, pages })
    }

    /// The pages that links lead to from the start page, by name, with their addresses.
    async fn pages_linked(&self) -> Result<Vec<(String, String)>> {
        let (mut found, mut folders, mut asked) = (BTreeMap::new(), BTreeMap::<String, usize>::new(), 0);
        let mut ahead = VecDeque::from(["/app".to_owned()]);
        while let Some(address) = ahead.pop_front() {
            let name = name_of(&address);
            if found.contains_key(&name) {
                continue;
            }
            let (page, _) = body(&self.show(asked, &address).await?)?;
            asked += 1;
            found.insert(name, address);
            let (navigation, content): (Vec<_>, Vec<_>) = links(&page).into_iter().partition(|link| link.in_navigation);
            ahead.extend(navigation.into_iter().map(|link| link.address));
            for Link { address, .. } in content {
                let folder = name_of(address.rsplit_once('/').map_or("", |(folder, _)| folder));
                // Those right below the start page are of different kinds.
                let most = if folder == "/app" { usize::MAX } else { MOST_IN_FOLDER };
                let followed = folders.entry(folder).or_default();
                if *followed < most && !found.contains_key(&name_of(&address)) {
                    *followed += 1;
                    ahead.push_back(address);
                }
            }
        }
        self.aws.take_usage()?;
        Ok(found.into_iter().collect())
    }

    /// A page, or what one loads.
    async fn show(&self, sequence: usize, address: &str) -> Result<Answer> {
        let function = if address.starts_with("/pages/") { &self.pages } else { &self.dashboard };
        let answer = function.invoke(page_request(sequence, address, self.token.expose_secret())?).await?;
        check_status(&answer)?;
        Ok(answer)
    }

    async fn measure(&self, bench: &Bench, name: String, address: &str) -> Result<Figures> {
        let (mut times, mut calls, mut recorded) = (Vec::new(), Vec::new(), Vec::new());
        for sequence in 0..WARM_UP + REQUESTS {
            if sequence == WARM_UP - 1 {
                self.aws.record();
            }
            let answer = self.show(sequence, address).await?;
            let usage = self.aws.take_usage()?;
            if sequence == WARM_UP - 1 {
                recorded = self.aws.recorded();
            }
            if sequence >= WARM_UP {
                times.push(millis(answer.took));
                calls.push(usage.calls_to("DynamoDB"));
            }
        }
        let total = Spread::of(&times);
        let floor = bench.floor(&self.aws, &recorded, REQUESTS).await?;
        let (page, page_bytes) = body(&self.show(0, address).await?)?;
        let (mut first_load_bytes, mut loaded) = (page_bytes, BTreeSet::new());
        let mut wanted: Vec<String> = loads(&page);
        while let Some(part) = wanted.pop() {
            if !loaded.insert(part.clone()) {
                continue;
            }
            let (text, bytes) = body(&self.show(0, &part).await?)?;
            first_load_bytes += bytes;
            wanted.extend(loads(&text));
        }
        self.aws.take_usage()?;
        ensure!(loaded.len() >= 4, "a page loads its style and its scripts: {loaded:?}");
        Ok(Figures {
            name,
            total,
            own: total.above(floor),
            calls_p99: quantile(&calls, 0.99),
            page_bytes,
            first_load_bytes,
            requests: 1 + loaded.len(),
        })
    }
}

/// What a function answered, as text, and how many bytes of it a browser gets.
fn body(answer: &Answer) -> Result<(String, usize)> {
    let response: Value = serde_json::from_slice(&answer.body).context("the function's answer is not JSON")?;
    let body = response.get("body").and_then(Value::as_str).context("an answer without text")?;
    if response.get("isBase64Encoded") != Some(&json!(true)) {
        return Ok((body.to_owned(), body.len()));
    }
    let small = STANDARD.decode(body)?;
    let mut text = String::new();
    GzDecoder::new(small.as_slice()).read_to_string(&mut text)?;
    Ok((text, small.len()))
}

/// The style sheets and scripts of ours that a page or a script names.
fn loads(text: &str) -> Vec<String> {
    let marks = ["rel=\"stylesheet\" href=\"", "type=\"module\" src=\"", " from \""];
    let named = marks.iter().flat_map(|mark| text.split(mark).skip(1)).filter_map(|rest| rest.split('"').next());
    named.filter(|path| path.starts_with('/')).map(ToOwned::to_owned).collect()
}

/// A link of a page to another page of the dashboard.
#[derive(Debug, PartialEq)]
struct Link {
    address: String,
    in_navigation: bool,
}

/// The links of a page to others. Of what follows `?` only how a list is shown makes another page.
fn links(page: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut in_navigation = false;
    for tag in page.split('<').skip(1) {
        match tag.split([' ', '>']).next() {
            Some("nav") => in_navigation = true,
            Some("/nav") => in_navigation = false,
            Some("a") => {}
            _ => continue,
        }
        let Some(address) = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()) else { continue };
        let address = address.split('#').next().unwrap_or_default().replace("&amp;", "&");
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let view =
            query.split('&').find(|pair| pair.starts_with("view=")).map_or(String::new(), |view| format!("?{view}"));
        if path == "/app" || path.starts_with("/app/") {
            links.push(Link { address: format!("{path}{view}"), in_navigation });
        }
    }
    links
}

/// An address with `{id}` for what has a digit in it.
fn name_of(address: &str) -> String {
    let part =
        |part: &str| if part.contains(|c: char| c.is_ascii_digit()) { "{id}".to_owned() } else { part.to_owned() };
    address.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_loads_is_read_from_it() {
        let page = "<link rel=\"stylesheet\" href=\"/app/app.css\"><script type=\"module\" src=\"/app/app.js\"></script><a href=\"/app\">";
        assert_eq!(loads(page), ["/app/app.css", "/app/app.js"]);
        assert_eq!(loads("import { a } from \"/pages/session.js\";"), ["/pages/session.js"]);
    }

    #[test]
    fn pages_are_found_by_their_links_and_named_without_ids() {
        let page = "<nav><a href=\"/app/leads?view=board&amp;q=x\">Board</a></nav><a class=\"b\" href=\"/app/leads/0b1c#end\">Ana</a><a href=\"/docs\">";
        let link = |address: &str, in_navigation| Link { address: address.to_owned(), in_navigation };
        assert_eq!(links(page), [link("/app/leads?view=board", true), link("/app/leads/0b1c", false)]);
        assert_eq!(name_of("/app/leads/0b1c"), "/app/leads/{id}");
    }
}
