//! Contexts depend one way: each uses only those before it in [`ORDER`]. Nor do two files use each other, but for those in [`PAIRS`].
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The contexts from the lowest to the highest.
const ORDER: [&str; 31] = [
    "failure",
    "circuits",
    "csv",
    "evidence",
    "ids",
    "language",
    "metadata",
    "money",
    "phrases",
    "rating",
    "quotes",
    "billing",
    "messaging",
    "tenancy",
    "answer_cache",
    "identity",
    "prompts",
    "scheduling",
    "rights",
    "leads",
    "approvals",
    "events",
    "webhooks",
    "conversations",
    "training",
    "knowledge",
    "journeys",
    "campaigns",
    "inventory",
    "turns",
    "insights",
];

/// Files that use each other. The first seven: a part of a record, in the file with what is done to the record. The others: text is
/// read by both in turns.
const PAIRS: [&str; 11] = [
    "campaigns::campaign, campaigns::capacity",
    "conversations::conversation, conversations::extras",
    "conversations::conversation, conversations::handling",
    "conversations::conversation, conversations::repeats",
    "insights::counting, insights::extras",
    "leads::contact, leads::keyword",
    "tenancy::escalation, tenancy::tenant",
    "conversations::builtin, conversations::wishes",
    "conversations::builtin::details::name, conversations::builtin::details::others",
    "conversations::builtin::details::name, conversations::builtin::details::reach",
    "conversations::excerpts::quoting, conversations::excerpts::weighing",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The product's own source files: those of tests and of what tests share are left out.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match path.is_dir() {
            _ if ["tests", "samples", "lib"].contains(&name.as_str()) => {}
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

/// The context of a file: its folder, or its own name.
fn context(path: &Path) -> String {
    let below = path.strip_prefix(source()).unwrap_or(path);
    below.iter().next().unwrap_or_default().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// `code` without comments and without the tests at its end.
fn product(code: &str) -> String {
    let product = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The contexts that `code` names by `crate::`.
fn named(code: &str) -> BTreeSet<String> {
    let code = product(code);
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let path = match after.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default(),
            None => after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
        };
        let firsts = path.split(',').map(|part| part.trim().split("::").next().unwrap_or_default().to_owned());
        names.extend(firsts.filter(|name| ORDER.contains(&name.as_str())));
    }
    names
}

#[test]
fn every_context_knows_only_those_below_it() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut wrong = Vec::new();
    for path in &all {
        let own = context(path);
        let Some(mine) = rank(&own) else {
            wrong.push(format!("{own} has no place in ORDER"));
            continue;
        };
        let code = std::fs::read_to_string(path).unwrap();
        for other in named(&code).into_iter().filter(|other| *other != own) {
            if rank(&other) > Some(mine) {
                wrong.push(format!("{} uses {other}", path.strip_prefix(source()).unwrap().display()));
            }
        }
    }
    assert!(all.len() > 100, "the sources were not found");
    assert!(wrong.is_empty(), "move what is shared below, or the rule above:\n{}", wrong.join("\n"));
}

#[test]
fn a_use_against_the_order_is_seen() {
    let code = "use crate::{Failure, journeys::Stage};\n// crate::turns\nfn f() -> crate::leads::Lead {}\n#[cfg(test)]\nmod tests {\n use crate::turns;";
    assert_eq!(named(code), BTreeSet::from(["journeys".to_owned(), "leads".to_owned()]));
}

/// A file or a name as a path from the crate's root: `leads`, `import`.
type Names = Vec<String>;

/// What the files of a crate say of each other.
#[derive(Default)]
struct Crate {
    /// The paths that each file names.
    named: BTreeMap<Names, Vec<Names>>,
    /// What each file passes on by `pub use`, by the name it is known by there.
    passed_on: BTreeMap<Names, BTreeMap<String, Names>>,
}

/// Words and signs of `code`; `::` is one.
fn tokens(code: &str) -> Vec<&str> {
    let (mut tokens, mut rest) = (Vec::new(), code.trim_start());
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let length = match rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()) {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            length => length,
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

/// The paths of a tree such as `leads::{Lead, import::Import as Job}` at the beginning of `tokens`, each with the name that it is known
/// by; and what follows.
fn tree<'t, 'c>(mut tokens: &'t [&'c str], before: &[String], found: &mut Vec<(String, Names)>) -> &'t [&'c str] {
    let mut path = before.to_vec();
    loop {
        match tokens {
            ["{", rest @ ..] => {
                tokens = rest;
                while !tokens.is_empty() && tokens[0] != "}" {
                    tokens = if tokens[0] == "," { &tokens[1..] } else { tree(tokens, &path, found) };
                }
                return tokens.get(1..).unwrap_or_default();
            }
            [name, "::", rest @ ..] => {
                path.push((*name).to_owned());
                tokens = rest;
            }
            ["self", rest @ ..] if !path.is_empty() => {
                found.extend(path.last().cloned().map(|name| (name, path)));
                return rest;
            }
            [name, rest @ ..] => {
                path.push((*name).to_owned());
                let (known, rest) = match rest {
                    ["as", known, rest @ ..] => (known, rest),
                    _ => (name, rest),
                };
                found.push(((*known).to_owned(), path));
                return rest;
            }
            [] => return tokens,
        }
    }
}

/// A path that `file` names, from the crate's root.
fn absolute(file: &[String], path: &[String]) -> Names {
    let (mut base, mut path) = (file, path);
    while let [first, rest @ ..] = path {
        match first.as_str() {
            "crate" => base = &[],
            "super" => base = &base[..base.len().saturating_sub(1)],
            "self" => {}
            _ => break,
        }
        path = rest;
    }
    [base, path].concat()
}

impl Crate {
    /// All files below `source`.
    fn read(source: &Path) -> Self {
        let mut paths = Vec::new();
        files(source, &mut paths);
        let mut all = Self::default();
        for path in paths {
            let below = path.strip_prefix(source).unwrap().with_extension("");
            let mut file: Names = below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
            file.pop_if(|last| *last == "mod");
            all.add(file, &std::fs::read_to_string(&path).unwrap());
        }
        // What the root passes on; it may use all, and counts in no pair.
        all.add(Names::new(), &std::fs::read_to_string(source.join("lib.rs")).unwrap());
        all
    }

    fn add(&mut self, file: Names, code: &str) {
        let code = product(code);
        let tokens = tokens(&code);
        let (mut named, mut passed_on) = (Vec::new(), Vec::new());
        for at in 0..tokens.len() {
            let before = at.checked_sub(1).map_or("", |before| tokens[before]);
            match &tokens[at..] {
                ["use", rest @ ..] if ["pub", ")"].contains(&before) => _ = tree(rest, &[], &mut passed_on),
                rest @ ["crate" | "super" | "self", "::", ..] if before != "::" => _ = tree(rest, &[], &mut named),
                _ => {}
            }
        }
        let is_passed_on = |path: &Names| passed_on.iter().any(|(_, known)| known == path);
        let named = named.into_iter().map(|(_, path)| path).filter(|path| !is_passed_on(path)).collect();
        self.named.insert(file.clone(), named);
        self.passed_on.insert(file, passed_on.into_iter().collect());
    }

    /// The file that a path leads to, through whatever passes it on.
    fn home(&self, path: &[String], most: u8) -> Names {
        let is_file = |length: &usize| self.named.contains_key(&path[..*length]);
        let (file, rest) = path.split_at((0..=path.len()).rev().find(is_file).unwrap_or_default());
        let on = rest.first().and_then(|name| self.passed_on.get(file)?.get(name));
        match on.filter(|_| most > 0) {
            Some(on) => self.home(&[absolute(file, on).as_slice(), &rest[1..]].concat(), most - 1),
            None => file.to_vec(),
        }
    }

    /// Files that use each other. A module and what is below it are one.
    fn pairs(&self) -> BTreeSet<String> {
        let uses = |(file, paths): (&Names, &Vec<Names>)| -> Vec<(Names, Names)> {
            let homes = paths.iter().map(|path| self.home(&absolute(file, path), 8));
            let apart = homes.filter(|home| !home.starts_with(file) && !file.starts_with(home));
            apart.map(|home| (file.clone(), home)).collect()
        };
        let uses: BTreeSet<(Names, Names)> = self.named.iter().flat_map(uses).collect();
        let both = uses.iter().filter(|(one, other)| one < other && uses.contains(&(other.clone(), one.clone())));
        both.map(|(one, other)| format!("{}, {}", one.join("::"), other.join("::"))).collect()
    }
}

#[test]
fn no_two_files_use_each_other() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let found: BTreeSet<String> =
        ["domain", "store", "ai"].iter().flat_map(|name| Crate::read(&shared.join(name).join("src")).pairs()).collect();
    let known = BTreeSet::from(PAIRS.map(str::to_owned));
    let (new, gone) = (found.difference(&known).collect::<Vec<_>>(), known.difference(&found).collect::<Vec<_>>());
    assert!(new.is_empty(), "these use each other: move what both need into a file below them:\n{new:#?}");
    assert!(gone.is_empty(), "these do not use each other any more: take them out of PAIRS:\n{gone:#?}");
}

#[test]
fn two_files_that_use_each_other_are_seen_through_what_passes_them_on() {
    let mut all = Crate::default();
    let file = |path: &str| path.split("::").map(str::to_owned).collect::<Names>();
    all.add(file("leads"), "mod lead;\nmod card;\npub use card::{Card, CardKind as Kind};\npub(crate) use lead::Lead;");
    all.add(file("leads::lead"), "use super::{self as all, Kind};\n// super::note\nuse crate::tasks::*;");
    all.add(file("leads::card"), "fn f(lead: &crate::leads::Lead) {}");
    all.add(file("leads::note"), "use super::super::leads::{Card, lead::{Lead}};");
    all.add(file("tasks"), "use crate::leads::note;\n#[cfg(test)]\nmod tests {\n use crate::leads::Lead;");
    assert_eq!(all.pairs(), BTreeSet::from(["leads::card, leads::lead".to_owned()]));
}
