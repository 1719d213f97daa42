//! Whether a text of the business's people keeps to its own prices: they may name days and places as they like, and no price, share or
//! promise that the business does not have.

use std::collections::BTreeSet;

use super::figures::{Figure, Unit, figures, values};
use super::grounds::SMALL;
use super::prices::{beside_prices, sentences};
use super::{Grounds, Unfit, in_figures};

impl Grounds {
    /// Whether every amount, share and promise of `text` is the business's.
    ///
    /// # Errors
    /// [`Unfit::Figure`] or [`Unfit::Promise`].
    pub fn keeps_prices(&self, text: &str) -> Result<(), Unfit> {
        let text = &in_figures(text);
        let known = Prices::of(&self.ours);
        let lines = || text.lines().flat_map(sentences);
        let mut written = lines().flat_map(figures).filter(is_money);
        // `only 149 for a tune-up` names no currency.
        let mut beside = lines().flat_map(|line| figures(&beside_prices(line))).filter(|figure| !is_small(figure));
        if !written.all(|figure| known.has(&figure)) || !beside.all(|figure| known.has(&figure)) {
            return Err(Unfit::Figure);
        }
        self.ensure_no_promise(text)
    }
}

/// What the business asks for, and takes off, in hundredths.
struct Prices {
    amounts: BTreeSet<u64>,
    shares: BTreeSet<u64>,
}

impl Prices {
    fn of(text: &str) -> Self {
        let (shares, amounts): (Vec<_>, Vec<_>) =
            text.lines().flat_map(figures).partition(|figure| figure.unit() == Unit::Share);
        let all = |figures: Vec<Figure>| figures.iter().filter_map(values).flatten().collect();
        Self { amounts: all(amounts), shares: all(shares) }
    }

    fn has(&self, figure: &Figure) -> bool {
        let known = if figure.unit() == Unit::Share { &self.shares } else { &self.amounts };
        values(figure).is_some_and(|values| values.iter().all(|value| known.contains(value)))
    }
}

fn is_money(figure: &Figure) -> bool {
    figure.unit() != Unit::None || figure.has_cents()
}

/// Whether anybody counts with it: `pay in 3 parts`.
fn is_small(figure: &Figure) -> bool {
    figure.unit() == Unit::None && values(figure).is_some_and(|values| values.iter().all(|value| *value <= SMALL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_free_and_prices_are_the_businesss() {
        let grounds = Grounds::new("AC tune-up: 149.00 USD\nWinter check: a discount of 10 percent (10 % off)", "", "");
        for fine in [
            "It will be hot from Tuesday, July 14 on, up to 99 F. Call us before 5 pm on the 13th.",
            "A tune-up is $149.",
            "A tune-up costs 149.",
            "The winter check comes with 10% off.",
        ] {
            assert_eq!(grounds.keeps_prices(fine), Ok(()), "{fine}");
        }
        for (wrong, why) in [
            ("A tune-up is $99.", Unfit::Figure),
            ("A tune-up costs 99.", Unfit::Figure),
            ("Only 139.90 this week.", Unfit::Figure),
            ("The winter check comes with 20% off.", Unfit::Figure),
            ("A tune-up for ninety dollars.", Unfit::Figure),
            ("The inspection is free.", Unfit::Promise),
            ("We guarantee a cool house.", Unfit::Promise),
        ] {
            assert_eq!(grounds.keeps_prices(wrong), Err(why), "{wrong}");
        }
    }
}
