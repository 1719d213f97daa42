//! What a text says in figures, so that two texts can be compared.

use std::collections::BTreeSet;

use super::dated::{Clock, clocks, is_dated, tokens};
use super::digits::in_ascii;
use super::figures::{Unit, figures, phone_numbers, values, without};
use super::prices::beside_prices;

/// What a text says in figures, in hundredths; times of day in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Counted {
    /// Amounts of money. Where none has a currency, what stands beside words of prices.
    pub(crate) money: BTreeSet<u64>,
    /// Shares.
    pub(crate) shares: BTreeSet<u64>,
    /// Other numbers, but for those of dates.
    others: BTreeSet<u64>,
    clocks: BTreeSet<u16>,
}

impl Counted {
    /// Whether both name figures of one sort, and none is the same. `price`: only money and shares count.
    pub(crate) fn differs(&self, other: &Self, price: bool) -> bool {
        let apart = |a: &BTreeSet<u64>, b: &BTreeSet<u64>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
        let in_price = apart(&self.money, &other.money) || apart(&self.shares, &other.shares);
        let clocks = (&self.clocks, &other.clocks);
        let in_clocks = !clocks.0.is_empty() && !clocks.1.is_empty() && clocks.0.is_disjoint(clocks.1);
        in_price || !price && (apart(&self.others, &other.others) || in_clocks)
    }
}

/// The figures of `text`.
pub(crate) fn counted(text: &str) -> Counted {
    let text = in_ascii(text);
    let mut counted = Counted::default();
    let mut priced = BTreeSet::new();
    for line in text.lines() {
        let words = tokens(line);
        counted.clocks.extend(clocks(&words).into_iter().map(Clock::minute));
        let line = without(line, &phone_numbers(line));
        priced.extend(figures(&beside_prices(&line)).iter().filter_map(values).flatten());
        for figure in figures(&line) {
            let Some(values) = values(&figure) else { continue };
            match figure.unit() {
                Unit::Money => counted.money.extend(values),
                Unit::Share => counted.shares.extend(values),
                Unit::None if figure.has_cents() => counted.money.extend(values),
                Unit::None => {}
            }
        }
        let words: Vec<&str> =
            words.iter().enumerate().filter(|(at, _)| !is_dated(&words, *at)).map(|(_, word)| word.as_str()).collect();
        let plain = figures(&words.join(" ")).into_iter().filter(|figure| figure.unit() == Unit::None);
        counted.others.extend(plain.filter_map(|figure| values(&figure)).flatten());
    }
    if counted.money.is_empty() {
        counted.money = priced;
    }
    counted.others.retain(|number| !counted.money.contains(number));
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_figure_written_otherwise_is_no_other() {
        for (one, other, price, differs) in [
            ("It costs $299.", "Price: 299.00 USD", true, false),
            ("It costs $299.", "It is $349.", true, true),
            ("Preis: 120", "120 €", true, false),
            ("From $299 to $349", "$349", true, false),
            ("3 years of warranty", "5 years of warranty", false, true),
            ("3 years of warranty", "5 years of warranty", true, false),
            ("Takes 2 hours and costs $50", "Takes 3 hours", true, false),
            ("We close at 5 pm", "We close at 6 pm", false, true),
            ("We close at 5 pm", "We close at 17:00", false, false),
            ("25 % are kept", "50% is kept", true, true),
            ("No figure", "$5", true, false),
        ] {
            assert_eq!(counted(one).differs(&counted(other), price), differs, "{one} / {other}");
        }
    }
}
