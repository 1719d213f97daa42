//! What the mails say, in the five languages that Porchlight speaks. Plain text, so nothing in it can be markup.

mod de;
mod en;
mod es;
mod fr;
mod pt;

use domain::inventory::{PurchaseOrder, Supplier};
use domain::money::{Money, grouped};
use domain::tenancy::usage::{Month, UsageThreshold};
use domain::tenancy::{CostMode, Language, Tenant};

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// What a supplier's mail says besides its words.
struct OrderFacts<'a> {
    business: &'a str,
    number: &'a str,
    /// A line for each thing that is ordered.
    lines: &'a str,
    total: &'a str,
    place: &'a str,
    /// The business's number at the supplier; may be empty.
    account: &'a str,
    /// What the supplier should know; may be empty.
    note: &'a str,
}

/// What a notice says besides its words.
struct NoticeFacts<'a> {
    business: &'a str,
    count: usize,
    /// A line for each order.
    orders: &'a str,
    /// How many items are wanted and could not be ordered.
    left_out: usize,
    link: &'a str,
}

/// What a notice of a threshold says besides its words.
struct ThresholdFacts<'a> {
    business: &'a str,
    month: &'a Month,
    percent: u8,
    /// Those that were used, and those that the plan includes.
    tokens: [&'a str; 2],
    cost: &'a str,
    /// The limit in money, where there is one.
    limit: Option<&'a str>,
    /// What changes now.
    cost_mode: CostMode,
    link: &'a str,
}

/// The words of one language.
struct Words {
    code: &'static str,
    order: fn(&OrderFacts<'_>) -> Written,
    notice: fn(&NoticeFacts<'_>) -> Written,
    threshold: fn(&ThresholdFacts<'_>) -> Written,
}

/// English first: the last resort.
const LANGUAGES: [Words; 5] = [en::WORDS, es::WORDS, fr::WORDS, de::WORDS, pt::WORDS];

fn of(language: &Language) -> &'static Words {
    let [english, ..] = &LANGUAGES;
    LANGUAGES.iter().find(|words| words.code == language.as_str()).unwrap_or(english)
}

fn money(cents: i64, order: &PurchaseOrder) -> String {
    Money { cents, currency: order.currency.clone() }.to_string()
}

/// The mail that an order goes out by, in the supplier's language.
pub(crate) fn order(tenant: &Tenant, order: &PurchaseOrder, supplier: &Supplier, place: &str) -> Written {
    let line = |line: &domain::inventory::OrderLine| {
        let number = if line.supplier_sku.is_empty() { &line.sku } else { &line.supplier_sku };
        format!("- {} {} · {} ({number}): {}\n", line.quantity, line.unit, line.name, money(line.cents, order))
    };
    let (lines, total): (String, String) = (order.lines.iter().map(line).collect(), money(order.total_cents, order));
    let facts = OrderFacts {
        business: &tenant.name,
        number: &order.number,
        lines: &lines,
        total: &total,
        place,
        account: &supplier.account,
        note: &order.note,
    };
    (of(supplier.language.as_ref().unwrap_or(&tenant.language)).order)(&facts)
}

/// The notice that orders wait for a yes, in the business's language.
pub(crate) fn notice(tenant: &Tenant, orders: &[PurchaseOrder], left_out: usize, link: &str) -> Written {
    let line = |order: &PurchaseOrder| {
        format!("- {} · {}: {}\n", order.supplier_name, order.number, money(order.total_cents, order))
    };
    let lines: String = orders.iter().map(line).collect();
    let facts = NoticeFacts { business: &tenant.name, count: orders.len(), orders: &lines, left_out, link };
    (of(&tenant.language).notice)(&facts)
}

/// The notice that a share of a month is used up, in the business's language.
pub(crate) fn threshold(
    tenant: &Tenant,
    month: &Month,
    reached: &UsageThreshold,
    cost_mode: CostMode,
    link: &str,
) -> Written {
    // A space between the thousands, which every language reads.
    let [used, included] = [reached.tokens, tenant.plan.tokens_per_month()].map(|count| grouped(count, '\u{a0}'));
    let money = |microdollars| Money::of_microdollars(microdollars).to_string();
    let limit = tenant.cost_control.microdollars_per_month.map(money);
    (of(&tenant.language).threshold)(&ThresholdFacts {
        business: &tenant.name,
        month,
        percent: reached.percent,
        tokens: [&used, &included],
        cost: &money(reached.cost_microdollars),
        limit: limit.as_deref(),
        cost_mode,
        link,
    })
}

/// A labelled line, where there is something to say.
fn labelled(label: &str, value: &str) -> String {
    if value.trim().is_empty() { String::new() } else { format!("{label}{}\n", value.trim()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_all_that_matters() {
        for words in &LANGUAGES {
            let order = (words.order)(&OrderFacts {
                business: "Summit Roofing",
                number: "PO-2026-W49-7C3A1E",
                lines: "- 20 pcs · Capacitor (97F): $178\n",
                total: "$193",
                place: "210 Example Parkway, Denver",
                account: "K-2",
                note: "Dock 3",
            });
            assert!(order.subject.contains("PO-2026-W49-7C3A1E") && order.subject.contains("Summit Roofing"));
            for said in ["20 pcs · Capacitor (97F): $178", "$193", "210 Example Parkway", "K-2", "Dock 3", "PDF"] {
                assert!(order.text.contains(said), "{}: {said}", words.code);
            }
            let notice = |count, left_out| {
                (words.notice)(&NoticeFacts {
                    business: "Summit Roofing",
                    count,
                    orders: "- Front Range · PO-1: $193\n",
                    left_out,
                    link: "https://app.example.com/app/inventory",
                })
            };
            let (one, some) = (notice(1, 0), notice(2, 3));
            assert!(one.text.lines().any(|line| line == "https://app.example.com/app/inventory"));
            assert!(some.text.contains("Front Range · PO-1: $193") && some.text.contains(" 3 "), "{}", words.code);
            assert!(!one.text.contains(" 0 ") && one.subject != some.subject);
            assert!([&one.subject, &some.subject, &order.subject].iter().all(|subject| !subject.contains('\n')));
        }
    }

    #[test]
    fn a_threshold_is_told_with_what_is_used_of_what_and_what_changes() {
        let link = "https://app.example.com/app/settings/spend";
        for words in &LANGUAGES {
            let told = |cost_mode, limit| {
                (words.threshold)(&ThresholdFacts {
                    business: "Summit Roofing",
                    month: &Month::parse("2026-11").unwrap(),
                    percent: 80,
                    tokens: ["400 212", "500 000"],
                    cost: "$12.02",
                    limit,
                    cost_mode,
                    link,
                })
            };
            let modes = [CostMode::Shorter, CostMode::Structured, CostMode::Builtin];
            let [shorter, structured, builtin] = modes.map(|mode| told(mode, Some("$15")));
            for said in ["Summit Roofing", "2026-11", "80 %", "400 212", "500 000", "$12.02", "$15"] {
                assert!(shorter.text.contains(said), "{}: {said}: {}", words.code, shorter.text);
            }
            assert!(shorter.subject.contains("80 %") && !shorter.subject.contains('\n'), "{}", words.code);
            assert!(shorter.text != structured.text && structured.text != builtin.text && builtin.text != shorter.text);
            let unlimited = told(CostMode::Shorter, None);
            assert!(unlimited.text.contains("$12.02") && !unlimited.text.contains("$15"), "{}", words.code);
            assert!([shorter, unlimited].iter().all(|told| told.text.lines().any(|line| line == link)));
        }
    }

    #[test]
    fn what_there_is_nothing_to_say_of_has_no_line() {
        assert_eq!(labelled("Note: ", " "), "");
        assert_eq!(labelled("Note: ", "Dock 3"), "Note: Dock 3\n");
    }
}
