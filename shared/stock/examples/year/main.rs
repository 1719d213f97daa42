//! `cargo run --release -p stock --example year`: a year of 40 generated shops under this crate's orders, and under a plain
//! reorder-point policy that was tuned on other shops. Prints, for a shop and year: stock-outs, what they cost, holding cost,
//! shipping, goods, and the sum; then how often 14 days used what the forecast had in its interval.

#![expect(clippy::print_stdout, reason = "printing is its job")]
#![expect(clippy::indexing_slicing, reason = "places in the lists of a shop that was made up here")]

mod intervals;
mod policies;
mod run;
mod shop;

use run::{Costs, compare};

fn main() {
    let compared = compare(0..12, 1_000..1_040);
    println!("plain policy, tuned on 12 other shops: {:?}", compared.plain);
    println!(
        "{:<8}{:>11}{:>13}{:>11}{:>11}{:>12}{:>12}",
        "policy", "stock-outs", "emergencies", "holding", "shipping", "goods", "sum"
    );
    for (name, costs) in [("plain", compared.costs_plain), ("own", compared.costs_own)] {
        let Costs { stock_outs, emergency, holding, shipping, goods } = costs;
        let sum = costs.sum();
        println!("{name:<8}{stock_outs:>11.1}{emergency:>13.2}{holding:>11.2}{shipping:>11.2}{goods:>12.2}{sum:>12.2}");
    }
    println!("own is cheaper in {} of {} shops", compared.better, compared.shops);
    for within in intervals::measure(1_000..1_040) {
        println!("{within}");
    }
}
