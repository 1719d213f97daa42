//! The addresses and figures of a text, as they are written: what says the same otherwise counts as another one.

/// Signs of money.
const MONEY: [char; 6] = ['$', '€', '£', '¥', '₹', '₩'];
/// Signs of a share.
const SHARE: [char; 4] = ['%', '٪', '‰', '％'];
/// What may stand within a figure: `1,250.50`, `16:00`, `12/01`, `555-0142`.
const WITHIN: [char; 8] = ['.', ',', ':', '/', '-', '\'', '’', '\u{2013}'];
/// What may stand for the dot of a host.
const DOTS: [char; 4] = ['.', '。', '．', '｡'];

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Money,
    Share,
    None,
}

/// A run of digits with what separates them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    digits: String,
    unit: Unit,
}

impl Figure {
    /// Whether this one says `other` too: `$50` says `50`, and the 16 of a date does not say `$16`.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.digits == other.digits && (other.unit == Unit::None || self.unit == other.unit)
    }
}

/// The figures of `text`, in order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_numeric) {
        let (before, from) = rest.split_at(start);
        let (digits, after) = from.split_at(length(from));
        let unit = unit(before.trim_end(), after.trim_start());
        figures.push(Figure { digits: digits.to_owned(), unit });
        rest = after;
    }
    figures
}

/// How many bytes of `text`, which begins with a digit, are one figure.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = WITHIN.contains(&c) && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !c.is_numeric() && !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn unit(before: &str, after: &str) -> Unit {
    if before.ends_with(MONEY) || after.starts_with(MONEY) {
        Unit::Money
    } else if after.starts_with(SHARE) || before.ends_with(SHARE) {
        Unit::Share
    } else {
        Unit::None
    }
}

/// What in `text` can be opened or written to, without the punctuation around it: links, hosts, e-mail addresses, handles.
pub(super) fn addresses(text: &str) -> Vec<&str> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| ".,;:!?…()\"'“”„«»‘’*_".contains(c)));
    words.filter(|word| is_address(word)).collect()
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains(['@', '＠']) || word.split(['/', '?', '#', ':']).any(is_host)
}

/// A dot between a letter or digit and at least two letters. `a.m` and `z.B` are none.
fn is_host(word: &str) -> bool {
    let labels: Vec<&str> = word.split(DOTS).collect();
    labels.windows(2).any(|pair| match pair {
        [before, after] => {
            let letters = after.chars().take_while(|c| c.is_alphabetic() || *c == '-').count();
            before.ends_with(char::is_alphanumeric) && letters >= 2
        }
        _ => false,
    })
}
