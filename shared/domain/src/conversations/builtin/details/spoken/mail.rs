//! Mailboxes: "ana at example dot com", "ana punto lopez arroba example punto es", "ana (at) example.de", "ana @ example.com".

use std::ops::Range;

use super::Typed;
use crate::conversations::builtin::tokens::Tokens;
use crate::messaging::Email;

/// Words for `@`, folded, that are nothing else.
const AT: [&str; 8] = ["arroba", "aroba", "arrobas", "arobase", "arobas", "arrobase", "klammeraffe", "klammeraffen"];
/// Words for the signs within addresses, folded.
const SIGNS: [(&str, &str); 17] = [
    ("dot", "."),
    ("punto", "."),
    ("ponto", "."),
    ("point", "."),
    ("punkt", "."),
    ("underscore", "_"),
    ("unterstrich", "_"),
    ("underline", "_"),
    ("dash", "-"),
    ("hyphen", "-"),
    ("minus", "-"),
    ("guion", "-"),
    ("tiret", "-"),
    ("bindestrich", "-"),
    ("hifen", "-"),
    ("traco", "-"),
    ("trait", "-"),
];
/// Hosts that people name without the point.
const HOSTS: [&str; 9] = ["gmail", "hotmail", "outlook", "yahoo", "icloud", "gmx", "web", "proton", "live"];
/// Their ends.
const HOST_ENDS: [&str; 6] = ["com", "es", "fr", "de", "net", "pt"];
/// Ends of hosts.
const ENDS: [&str; 37] = [
    "com", "net", "org", "info", "biz", "edu", "gov", "app", "dev", "online", "email", "eu", "io", "co", "us", "uk",
    "ca", "ie", "au", "nz", "de", "at", "ch", "fr", "be", "lu", "es", "mx", "ar", "cl", "pe", "pt", "br", "it", "nl",
    "me", "pl",
];
/// How many words of a name are one mailbox, where words before say that one follows.
const MAX_JOINED: usize = 4;

/// The mailboxes that are dictated.
pub(super) fn typed(tokens: &Tokens<'_>) -> Vec<Typed> {
    (1..tokens.len()).filter_map(|at| mailbox(tokens, at)).collect()
}

/// The mailbox whose `@` is the token at `at`, or stands beside it with spaces.
fn mailbox(tokens: &Tokens<'_>, at: usize) -> Option<Typed> {
    let gap = tokens.between(at - 1).trim();
    let (is_sure, host_at) = match tokens.folded(at) {
        // "ana @ example.com", "ana @example.com", "ana (at) example.com".
        _ if gap == "@" || tokens.get(at - 1)?.text.ends_with('@') => (true, at),
        _ if (gap.is_empty() && tokens.get(at).is_some_and(|token| token.is_behind('@'))) => (true, at),
        word if AT.contains(&word) => (true, at + 1),
        "at" | "a" | "at at" if gap.ends_with(['(', '[']) => (true, at + 1),
        "at" | "et" => (false, at + 1),
        _ => return None,
    };
    let (host_end, host, is_spelt) = host(tokens, host_at)?;
    let local_end = at;
    let is_announced = |start: usize| tokens.phrase_before(start, |list| list.reach_follows);
    let announced = (local_end.saturating_sub(MAX_JOINED)..local_end).find(|start| is_announced(*start));
    if !is_sure && !is_spelt && announced.is_none() {
        return None;
    }
    let local = announced.unwrap_or_else(|| local_start(tokens, local_end))..local_end;
    let address = format!("{}@{host}", spelt(tokens, &local));
    Email::new(&address, "email").ok()?;
    Some((tokens.place(&(local.start..host_end))?, address))
}

/// The host that begins at `start`: where it ends, how it is typed, and whether its points are spelt.
fn host(tokens: &Tokens<'_>, start: usize) -> Option<(usize, String, bool)> {
    let first = tokens.get(start)?;
    let mut host = first.text.trim_start_matches('@').to_lowercase();
    let (mut end, mut is_spelt) = (start + 1, false);
    if HOSTS.contains(&first.folded.as_str()) && HOST_ENDS.contains(&tokens.folded(end)) {
        return Some((end + 1, format!("{host}.{}", tokens.folded(end)), true));
    }
    while let Some(sign) = sign(tokens.folded(end)) {
        let Some(next) = tokens.get(end + 1).filter(|next| !next.folded.contains(' ')) else { break };
        host.push_str(sign);
        host.push_str(&next.folded);
        (end, is_spelt) = (end + 2, true);
    }
    let has_end = host.rsplit_once('.').is_some_and(|(_, end)| ENDS.contains(&end));
    (has_end && host.is_ascii()).then_some((end, host, is_spelt))
}

/// Where a mailbox begins that ends before `end`: one word, or several with spelt signs between them.
fn local_start(tokens: &Tokens<'_>, end: usize) -> usize {
    let mut start = end.saturating_sub(1);
    while start >= 2 && sign(tokens.folded(start - 1)).is_some() {
        start -= 2;
    }
    start
}

fn spelt(tokens: &Tokens<'_>, range: &Range<usize>) -> String {
    let part = |at: usize| {
        let Some(token) = tokens.get(at) else { return String::new() };
        let is_plain = token.text.is_ascii();
        match sign(&token.folded) {
            Some(sign) => sign.to_owned(),
            None if is_plain => token.text.to_lowercase(),
            None => token.folded.replace(' ', ""),
        }
    };
    range.clone().map(part).collect::<String>().trim_matches('@').to_owned()
}

fn sign(word: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign)
}
