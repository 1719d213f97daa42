//! What a vendor's error code means for us, and to the owner of the business. Each vendor keeps its own table beside its parser.

use domain::messaging::Explanation;
use domain::messaging::delivery::Blocked;

use crate::{meta, twilio};

/// What to do about an error code, whether it came with the answer to a send or in a status callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeClass {
    /// The vendor did not take it this time; the same message may pass later.
    Retry,
    /// The same message will never pass. Codes that a table does not list are of this class: a retry that nobody
    /// understands is a risk of sending twice, a failure that somebody sees is not.
    Permanent,
    /// The number refuses our messages or cannot get any: write to it no more.
    Blocked(Blocked),
}

impl CodeClass {
    /// What the code says about the number, where it says more than that this message failed.
    #[must_use]
    pub fn blocked(self) -> Option<Blocked> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Retry | Self::Permanent => None,
        }
    }
}

/// Codes that mean the same.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) codes: &'static [i64],
    pub(crate) class: CodeClass,
    /// What happened, for the owner.
    pub(crate) means: &'static str,
    /// What helps.
    pub(crate) todo: &'static str,
    /// Whether every message of the business meets it.
    pub(crate) whole_account: bool,
}

impl Row {
    /// About one person's number or one message.
    pub(crate) const fn one(codes: &'static [i64], class: CodeClass, means: &'static str, todo: &'static str) -> Self {
        Self { codes, class, means, todo, whole_account: false }
    }

    /// About the business's account or settings.
    pub(crate) const fn all(codes: &'static [i64], class: CodeClass, means: &'static str, todo: &'static str) -> Self {
        Self { codes, class, means, todo, whole_account: true }
    }
}

/// How `table` sorts a code.
pub(crate) fn class_in(table: &[Row], code: i64) -> CodeClass {
    row(table, code).map_or(CodeClass::Permanent, |row| row.class)
}

fn row(table: &[Row], code: i64) -> Option<&Row> {
    table.iter().find(|row| row.codes.contains(&code))
}

/// The vendor and code that the reason of a failure begins with, such as `twilio 30007`; the whole of one that names no code.
/// Failures with the same cause have the same reason behind them.
#[must_use]
pub fn cause(reason: &str) -> &str {
    match read(reason) {
        Some((vendor, code)) => reason.get(..vendor.len() + 1 + code.len()).unwrap_or(reason),
        None => reason,
    }
}

/// What the reason of a failure means to the owner, and what helps; `None` where it names no code of a vendor's.
#[must_use]
pub fn explain(reason: &str) -> Option<Explanation> {
    let (vendor, digits) = read(reason)?;
    let code: i64 = digits.parse().ok()?;
    let (table, name) = match vendor {
        "meta" => (meta::codes::TABLE, "WhatsApp"),
        _ => (twilio::codes::TABLE, "Twilio"),
    };
    Some(match row(table, code) {
        Some(row) => Explanation::of(row.means, row.todo, row.whole_account),
        None => Explanation {
            means: format!("{name} did not deliver it, with the error {code}").into(),
            todo: format!("Look the error up in {name}'s list of error codes, or ask {name}'s support.").into(),
            whole_account: false,
        },
    })
}

fn read(reason: &str) -> Option<(&str, &str)> {
    let mut words = reason.split(' ');
    let (vendor, code) = (words.next()?, words.next()?);
    let is_code = !code.is_empty() && code.bytes().all(|digit| digit.is_ascii_digit());
    (matches!(vendor, "meta" | "twilio") && is_code).then_some((vendor, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_explained_however_it_was_told() {
        for reason in ["twilio 30034", "twilio 30034 (HTTP 400)"] {
            let why = explain(reason).unwrap();
            assert!(why.whole_account && why.means.contains("not registered"), "{why:?}");
            assert_eq!(cause(reason), "twilio 30034");
        }
        assert!(!explain("meta 131026 (HTTP 400)").unwrap().whole_account);
        let unknown = explain("meta 99").unwrap();
        assert!(unknown.means.contains("WhatsApp") && unknown.means.contains("99"));
        for reason in
            ["SMS is not configured for your account", "twilio HTTP 429", "ses MessageRejected (HTTP 400)", ""]
        {
            assert_eq!((explain(reason), cause(reason)), (None, reason));
        }
    }

    #[test]
    fn no_code_stands_in_two_rows_and_every_row_says_what_it_means_and_what_helps() {
        for table in [meta::codes::TABLE, twilio::codes::TABLE] {
            let mut codes: Vec<i64> = table.iter().flat_map(|row| row.codes.iter().copied()).collect();
            let count = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count);
            for row in table {
                let ends = |text: &str| text.ends_with('.');
                assert!(!row.means.is_empty() && !ends(row.means) && ends(row.todo), "{row:?}");
            }
        }
    }

    /// The owner's table in the documentation is this one.
    #[test]
    fn the_documentation_lists_every_code() {
        let document = include_str!("../../../docs/vendors.md");
        for (table, name) in [(meta::codes::TABLE, "meta"), (twilio::codes::TABLE, "twilio")] {
            for row in table {
                let codes: Vec<String> = row.codes.iter().map(ToString::to_string).collect();
                let line = format!("| {} | {}. | {} |", codes.join(", "), row.means, row.todo);
                assert!(document.contains(&line), "docs/vendors.md, {name}, lacks:\n{line}");
            }
        }
    }
}
