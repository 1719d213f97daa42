//! Rules, most of them the examples of RFC 5545, 3.8.5.3.

use super::super::rule;
use super::*;
use jiff::civil::date;

/// The starts of a rule in the years 1997 to 2007, for an event that first takes place on `first`.
fn starts(rule: &str, first: DateTime) -> Vec<String> {
    let window = Window { from: date(1997, 1, 1).into(), to: date(2007, 12, 31).into() };
    let rule = rule::read(rule).unwrap();
    let found = super::starts(&rule, first, &|_| false, window, &mut Budget::new()).unwrap();
    found.iter().map(|at| at.strftime("%y%m%d%H%M").to_string()).collect()
}

/// The same as days, the hour of each being nine.
fn days(rule: &str, first: Date) -> Vec<String> {
    let days = starts(rule, first.at(9, 0, 0, 0));
    assert!(days.iter().all(|day| day.ends_with("0900")), "{days:?}");
    days.iter().map(|day| day.trim_end_matches("0900").to_owned()).collect()
}

#[test]
fn a_rule_makes_the_days_of_the_standards_examples() {
    let september_2 = date(1997, 9, 2);
    for (rule, first, expected) in [
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", september_2, "970902 970912 970922 971002 971012"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH", september_2, "970902 970904 970916 970918"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", date(1997, 8, 5), "970805 970810 970819 970824"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", date(1997, 8, 5), "970805 970817 970819 970831"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", date(1997, 9, 5), "970905 971003 971107"),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
            date(1997, 9, 7),
            "970907 970928 971102 971130 980104 980125",
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", date(1997, 9, 22), "970922 971020 971117"),
        ("FREQ=MONTHLY;COUNT=4;BYMONTHDAY=-3", date(1997, 9, 28), "970928 971029 971128 971229"),
        ("FREQ=MONTHLY;COUNT=4;BYMONTHDAY=15,30", date(2007, 1, 15), "070115 070130 070215 070315"),
        ("FREQ=MONTHLY;COUNT=5;BYDAY=FR;BYMONTHDAY=13", september_2, "970902 980213 980313 981113 990813"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", date(1997, 9, 4), "970904 971007 971106"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", date(1997, 9, 29), "970929 971030 971127"),
        ("FREQ=YEARLY;COUNT=4;BYMONTH=6,7", date(1997, 6, 10), "970610 970710 980610 980710"),
        ("FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", date(1997, 1, 1), "970101 970410 970719 000101"),
        ("FREQ=YEARLY;COUNT=3;BYDAY=20MO", date(1997, 5, 19), "970519 980518 990517"),
        ("FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO", date(1997, 5, 12), "970512 980511 990517"),
        ("FREQ=YEARLY;COUNT=3;BYWEEKNO=20", date(1997, 5, 12), "970512 980511 990517"),
        ("FREQ=YEARLY;COUNT=3;BYWEEKNO=-1;BYDAY=MO", date(1997, 12, 22), "971222 981228 991227"),
        ("FREQ=YEARLY;COUNT=3;BYMONTH=3;BYDAY=TH", date(1997, 3, 13), "970313 970320 970327"),
        (
            "FREQ=YEARLY;INTERVAL=4;COUNT=3;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            date(1996, 11, 5),
            "001107 041102",
        ),
        ("FREQ=YEARLY;COUNT=3", date(1996, 2, 29), "000229 040229"),
        ("FREQ=MONTHLY;COUNT=3", date(1997, 1, 31), "970131 970331 970531"),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30", september_2, "970902"),
    ] {
        assert_eq!(days(rule, first).join(" "), expected, "{rule}");
    }
}

#[test]
fn a_rule_makes_hours_and_minutes() {
    let nine = date(1997, 9, 2).at(9, 0, 0, 0);
    for (rule, expected) in [
        ("FREQ=HOURLY;INTERVAL=3;COUNT=3", "9709020900 9709021200 9709021500"),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=3", "9709020900 9709021030 9709021200"),
        ("FREQ=DAILY;COUNT=4;BYHOUR=9,10;BYMINUTE=0,30", "9709020900 9709020930 9709021000 9709021030"),
        ("FREQ=MINUTELY;INTERVAL=30;COUNT=4;BYHOUR=9,11", "9709020900 9709020930 9709021100 9709021130"),
        ("FREQ=HOURLY;COUNT=3;BYMINUTE=0,20,40;BYSETPOS=-1", "9709020900 9709020940 9709021040"),
        ("FREQ=SECONDLY;INTERVAL=60;COUNT=2", "9709020900 9709020901"),
    ] {
        assert_eq!(starts(rule, nine).join(" "), expected, "{rule}");
    }
}

#[test]
fn an_old_rule_costs_no_more_than_a_new_one_and_makes_the_same_times() {
    let window = Window { from: date(2026, 3, 1).into(), to: date(2026, 3, 20).into() };
    for rule in [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=1MO",
        "FREQ=HOURLY;INTERVAL=7",
    ] {
        let rule = rule::read(rule).unwrap();
        let first = date(2019, 3, 1).at(9, 0, 0, 0);
        let mut budget = Budget::new();
        let late = super::starts(&rule, first, &|_| false, window, &mut budget).unwrap();
        assert!(300_000 - budget.rule < 200, "{rule:?}");
        let all = Window { from: first, ..window };
        let mut from_the_start = super::starts(&rule, first, &|_| false, all, &mut Budget::new()).unwrap();
        from_the_start.retain(|at| *at >= window.from);
        assert_eq!(late, from_the_start, "{rule:?}");
    }
}

#[test]
fn a_rule_that_asks_for_too_much_is_refused() {
    let window = Window { from: date(2026, 1, 1).into(), to: date(2026, 12, 31).into() };
    let many = (0..60).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    for rule in
        ["FREQ=SECONDLY".to_owned(), format!("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYMINUTE={many};BYSECOND={many}")]
    {
        let rule = rule::read(&rule).unwrap();
        let first = date(2026, 1, 1).at(9, 0, 0, 0);
        assert_eq!(super::starts(&rule, first, &|_| false, window, &mut Budget::new()), Err(Why::TooMuch));
    }
}
