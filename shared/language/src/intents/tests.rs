//! What customers text, language by language, and which intents it has.

use super::*;

/// A text, what it wants, and what it does not.
pub(super) type Row = (&'static str, &'static [Intent], &'static [Intent]);

pub(super) fn check(rows: &[Row]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted, unwanted)| {
            let read = Intents::read(text);
            let is_right =
                wanted.iter().all(|intent| read.has(*intent)) && !unwanted.iter().any(|intent| read.has(*intent));
            (!is_right).then(|| format!("{text}: {:?}, wanted {wanted:?}, not {unwanted:?}", read.found))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

mod asked;
mod care;
mod english;
mod everyday;
mod french;
mod german;
mod laws;
mod portuguese;
mod spanish;
