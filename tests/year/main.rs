//! A simulated year: businesses, customers and everything that goes wrong, through the real decisions.
//!
//! Two hundred businesses and twenty thousand customers in full (`make soak`), a hundredth of it in every run. Every message
//! that a vendor is called for is checked by [`laws`], which were written without a look at the gate. A failure prints the
//! seed: `YEAR_SEED=... ` repeats the year exactly.

mod cast;
mod laws;
mod lives;
mod world;

use jiff::{SignedDuration, Timestamp, ToSpan};
use std::fmt::Write as _;
use std::time::Instant;

use world::World;
use xtask::chance::Chance;

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn a_year_of_sequences_keeps_every_law() {
    let today = Timestamp::now().as_second().unsigned_abs() / 86_400;
    let seed = setting("YEAR_SEED", today);
    let (tenants, contacts) = (setting("YEAR_TENANTS", 20), setting("YEAR_CONTACTS", 400));
    println!("YEAR_SEED={seed} YEAR_TENANTS={tenants} YEAR_CONTACTS={contacts}");
    let began = Instant::now();
    let mut chance = Chance::new(seed);
    // A year with a leap day and both changes of the clocks.
    let begin: Timestamp = "2027-09-01T00:00:00Z".parse().unwrap();
    let end = begin + SignedDuration::from_hours(366 * 24);
    let firms: Vec<_> = (0..usize::try_from(tenants).unwrap()).map(|index| cast::firm(index, &mut chance)).collect();
    let souls = (0..usize::try_from(contacts).unwrap())
        .map(|index| {
            let firm = chance.below(firms.len());
            let comes = begin + chance.between(0, 330 * 24 * 60).minutes();
            cast::soul(index, firm, &firms[firm].tenant.id, comes, &mut chance)
        })
        .collect();
    let mut world = World::new(firms, souls, begin, end, chance);
    if let Err(broken) = world.run() {
        panic!("{broken}\nYEAR_SEED={seed} YEAR_TENANTS={tenants} YEAR_CONTACTS={contacts} repeats it");
    }
    println!("{}", table(&world));
    println!("one year in {:.1} s", began.elapsed().as_secs_f64());
    let sent = world.counts.get("sent").copied().unwrap_or_default();
    assert!(sent > contacts, "a year in which hardly anything goes out proves nothing: {sent}");
}

/// What happened, and the verdicts by kind of message.
fn table(world: &World) -> String {
    let mut text = String::new();
    for (what, count) in &world.counts {
        writeln!(text, "{what:32} {count:>10}").unwrap();
    }
    let columns = ["allowed", "delayed", "held", "skipped", "dropped"];
    write!(text, "\n{:22}", "verdicts").unwrap();
    columns.iter().for_each(|column| write!(text, "{column:>10}").unwrap());
    let kinds: std::collections::BTreeSet<&str> = world.verdicts.keys().map(|(kind, _)| *kind).collect();
    for kind in kinds {
        write!(text, "\n{kind:22}").unwrap();
        for column in columns {
            write!(text, "{:>10}", world.verdicts.get(&(kind, column)).copied().unwrap_or_default()).unwrap();
        }
    }
    text
}
