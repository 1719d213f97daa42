//! Questions to three businesses with documents: what they answer is answered with its source, what they do not answer goes to the
//! team, and no price is ever made up, whoever answers. The businesses, their documents and the questions are in `tests/faithful`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ai::{Assistant, look_up};
use domain::conversations::{Action, Message, Role, Task, route};
use domain::messaging::{Address, Channel, Content, Inbound, Source};
use domain::tenancy::{BusinessContext, CostMode, Language, Location, Tenant};
use domain::turns::{Due, Response, Turn};
use knowledge::{Block, Document, Index, Page, Segment};
use serde::Deserialize;
use serde_json::json;

use crate::scene::now;
use crate::stub::{answering, assistant, call, input, ok, within};

const BOOKS: [(&str, &str); 3] = [
    ("tint", include_str!("../faithful/tint.toml")),
    ("physio", include_str!("../faithful/physio.toml")),
    ("hotel", include_str!("../faithful/hotel.toml")),
];
/// A price that no document and no catalogue has.
const INVENTED: &str = "137";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    business: Tenant,
    #[serde(default)]
    location: Vec<Location>,
    document: Vec<Written>,
    /// The questions, by what is to become of them.
    asks: BTreeMap<String, Vec<Ask>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    location: Option<String>,
    language: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    q: String,
    #[serde(default = "english")]
    lang: String,
    /// Each must stand in the reply; `a|b`: one of them.
    #[serde(default)]
    says: Vec<String>,
    /// None may stand in it.
    #[serde(default)]
    never: Vec<String>,
    /// The documents that do not agree: neither is quoted, and a task names both.
    #[serde(default)]
    disputed: Vec<String>,
    /// The document that a task must name.
    note: Option<String>,
    /// That the team is asked is no mistake: few words are the same as in the document.
    #[serde(default)]
    hard: bool,
    /// Anything but a made-up price will do.
    #[serde(default)]
    loose: bool,
}

fn english() -> String {
    "en".to_owned()
}

impl Book {
    fn index(&self) -> Index {
        let mut index = Index::default();
        for written in &self.document {
            let source = knowledge::Source {
                id: written.id.clone(),
                name: written.name.clone(),
                location: written.location.clone(),
                category: None,
            };
            index.put(Segment::new(source, &written.document(), None));
        }
        index
    }

    fn context(&self) -> BusinessContext {
        BusinessContext::new(self.location.clone(), &[], None)
    }

    /// All figures that the business has anywhere.
    fn figures(&self) -> BTreeSet<String> {
        let settings = figures(&serde_json::to_string(&self.business).unwrap());
        let cents = self.business.services.iter().filter_map(|service| service.price);
        let prices = cents.flat_map(|price| [Some(price.from_cents), price.to_cents]).flatten();
        let prices = prices.map(|cents| (cents / 100).to_string()).chain(settings);
        let texts = self.document.iter().flat_map(|written| figures(&written.text));
        let hours = (0..=24).map(|hour| hour.to_string());
        prices.chain(texts).chain(hours).chain(["00".to_owned(), "30".to_owned()]).collect()
    }
}

impl Written {
    /// Headings, tables, questions with answers and paragraphs, by the marks that they begin with.
    fn document(&self) -> Document {
        let is_paged = [".pdf", ".docx", ".xlsx"].iter().any(|ending| self.name.ends_with(ending));
        let number = |number: u32| is_paged.then_some(number);
        let mut pages = vec![Page { number: number(1), blocks: Vec::new() }];
        let (mut header, mut question) = (Vec::new(), String::new());
        for line in self.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line == "--- page" {
                let next = u32::try_from(pages.len() + 1).unwrap();
                pages.push(Page { number: number(next), blocks: Vec::new() });
                continue;
            }
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            let behind = |mark: &str| line.strip_prefix(mark).map(str::to_owned);
            let block = if let Some(text) = behind("# ") {
                Block::Heading { level: 1, text }
            } else if let Some(asked) = behind("Q: ") {
                question = asked;
                continue;
            } else if let Some(answer) = behind("A: ") {
                Block::Faq { question: question.clone(), answer }
            } else if !line.starts_with('|') {
                Block::Text(line.to_owned())
            } else if header.is_empty() {
                header = cells;
                continue;
            } else {
                Block::Row { header: header.clone(), cells }
            };
            pages.last_mut().unwrap().blocks.push(block);
        }
        Document { title: None, pages, unread: Vec::new() }
    }
}

fn figures(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// What became of a question.
struct Answered {
    reply: Message,
    tasks: Vec<Task>,
}

/// One turn, as `ai-converse` runs it.
async fn answered(book: &Book, own: &BusinessContext, index: &Index, ask: &Ask, assistant: &Assistant) -> Answered {
    let inbound = Inbound {
        tenant: book.business.id.clone(),
        vendor_id: "m1".to_owned(),
        source: Source::LiveChat,
        channel: Channel::Chat,
        from: Address::Chat("visitor".to_owned()),
        also: Vec::new(),
        name: None,
        content: Content::Text { text: ask.q.clone() },
        received_at: now(),
        sent_at: None,
        fields: BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: "faithful".to_owned(),
    };
    let mut turn = Turn::open(&book.business, own, &inbound, Vec::new(), now());
    let response = match turn.due(false) {
        Due::Given(response) => response,
        Due::Word { refused } => turn.taken(refused),
        Due::Code { channel, to } => turn.send_code((channel, to), "042137"),
        Due::Answer => {
            let route = route(&book.business, &ask.q, Some(&turn.thread), now());
            turn.read_message(&route);
            if let Some(lookup) = turn.lookup(&route) {
                turn.take_findings(&lookup, look_up(index, &lookup));
            }
            let context = turn.reply_context();
            let asked = turn.asked(&context, &route);
            let deadline = within(Duration::from_secs(10));
            let turned = assistant.answer(&asked, CostMode::None, now(), deadline).await;
            Response::Answered { answer: Box::new(turned.answer), escalate: route.escalate }
        }
    };
    let outcome = turn.close(response, 10);
    let reply = outcome.messages.into_iter().find(|message| message.role == Role::Assistant).unwrap();
    Answered { reply, tasks: outcome.tasks }
}

#[derive(Debug, Default)]
struct Score {
    right: usize,
    /// The honest way out.
    to_the_team: usize,
    /// Something else was quoted.
    misquoted: Vec<String>,
    /// Settings answered, or a question was asked back: nothing was quoted, and nothing is wrong.
    beside: Vec<String>,
}

impl Score {
    fn all(&self) -> usize {
        self.right + self.to_the_team + self.misquoted.len() + self.beside.len()
    }
}

impl Ask {
    /// Whether what became of it is right, with `None` where it went to the team instead.
    fn is_right(&self, kind: &str, answered: &Answered) -> Option<bool> {
        let text = answered.reply.text.to_lowercase();
        let said = |words: &String| words.to_lowercase().split('|').any(|words| text.contains(words));
        let is_asked = matches!(answered.reply.action, Some(Action::AskTeam | Action::Escalate));
        let noted = |name: &String| answered.tasks.iter().any(|task| task.note.contains(name.as_str()));
        let is_clean = !self.never.iter().any(said);
        if kind == "unanswerable" {
            return Some(is_asked && answered.reply.citations.is_empty());
        }
        if !self.disputed.is_empty() {
            let is_refused = answered.reply.citations.is_empty() && is_asked;
            return Some(is_refused && is_clean && self.disputed.iter().all(noted))
                .filter(|right| *right || !self.hard);
        }
        if self.loose {
            return Some(is_clean);
        }
        let is_said = self.says.iter().all(said) && self.note.iter().all(noted);
        if !is_said && is_clean && is_asked && answered.reply.citations.is_empty() {
            return None;
        }
        Some(is_said && is_clean)
    }
}

/// Asks everything, and counts by kind. No figure may be in a reply that the business has nowhere.
async fn score(assistant: &Assistant) -> BTreeMap<String, Score> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for (name, text) in BOOKS {
        let book: Book = toml::from_str(text).unwrap();
        let (own, index, known) = (book.context(), book.index(), book.figures());
        for (kind, ask) in book.asks.iter().flat_map(|(kind, asks)| asks.iter().map(move |ask| (kind, ask))) {
            let answered = answered(&book, &own, &index, ask, assistant).await;
            let invented: Vec<String> =
                figures(&answered.reply.text).into_iter().filter(|figure| !known.contains(figure)).collect();
            assert!(invented.is_empty(), "{name}: {} -> {} has {invented:?}", ask.q, answered.reply.text);
            let score = scores.entry(kind.clone()).or_default();
            match ask.is_right(kind, &answered) {
                Some(true) => score.right += 1,
                None => score.to_the_team += 1,
                Some(false) => {
                    let list =
                        if answered.reply.citations.is_empty() { &mut score.beside } else { &mut score.misquoted };
                    list.push(format!("{name}: {} -> {}", ask.q, answered.reply.text));
                }
            }
        }
    }
    scores
}

#[expect(clippy::print_stderr, reason = "its figures are read by whoever runs it")]
fn show(scores: &BTreeMap<String, Score>) {
    for (kind, score) in scores {
        let Score { right, to_the_team, misquoted, beside } = score;
        let (all, misses, besides) = (score.all(), misquoted.len(), beside.len());
        eprintln!("{kind}: {right} of {all} right, {to_the_team} to the team, {besides} beside it, {misses} misquoted");
        misquoted.iter().chain(beside).for_each(|reply| eprintln!("    {reply}"));
    }
}

#[tokio::test]
async fn the_built_in_responder_is_faithful_to_the_documents() {
    let scores = score(&Assistant::builtin()).await;
    show(&scores);
    let all: usize = scores.values().map(Score::all).sum();
    assert!(all >= 200, "{all} questions");
    for kind in ["contradictory", "catalogue", "elsewhere", "kept_away", "other_language", "unanswerable"] {
        assert_eq!(scores[kind].right, scores[kind].all(), "{kind}");
    }
    let answerable = &scores["answerable"];
    assert!(answerable.right * 100 >= answerable.all() * 85, "{} of {}", answerable.right, answerable.all());
    let paraphrased = &scores["paraphrased"];
    assert!(paraphrased.right >= 11, "{} of {}", paraphrased.right, paraphrased.all());
    let misquoted: usize = scores.values().map(|score| score.misquoted.len()).sum();
    assert_eq!(misquoted, 0, "something else was quoted");
}

#[tokio::test]
async fn a_model_that_makes_up_prices_says_none_of_them() {
    let mut said = input();
    said["reply"] = json!(format!("Sure, that is ${INVENTED}, or {INVENTED} € for you."));
    let server = answering(vec![ok(&call("respond", &said))]).await;
    let scores = score(&assistant(&server.uri())).await;
    show(&scores);
}

#[test]
fn all_five_languages_are_asked_in() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in BOOKS {
        let book: Book = toml::from_str(text).unwrap();
        assert!(book.document.iter().all(|written| Language::new(&written.language).is_ok()));
        for ask in book.asks.values().flatten() {
            *counts.entry(ask.lang.clone()).or_default() += 1;
        }
    }
    assert!(counts.len() == 5 && counts.values().all(|count| *count >= 15), "{counts:?}");
}
