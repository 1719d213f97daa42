//! The table that `make dev` prints: what came in, what went out, and why.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use serde_json::Value;

use crate::replay::Turn;

/// The replay as a table, one row a message.
#[must_use]
pub fn table(turns: &[Turn]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !table.is_tty() {
        table.set_width(160);
    }
    table.set_header(["channel", "in", "language", "intent", "score", "reply", "verdict", "time"]);
    for turn in turns {
        table.add_row(row(turn));
    }
    for (column, percentage) in [(1, 24), (5, 34), (6, 14)] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(percentage)));
        }
    }
    table
}

fn row(turn: &Turn) -> [String; 8] {
    let [customer, reply, lead] = [&turn.customer, &turn.reply, &turn.lead].map(Option::as_ref);
    let of_turn = |path: &str| text(reply, path).or_else(|| text(customer, path)).unwrap_or_default();
    let incoming = text(customer, "/text").filter(|text| !text.is_empty());
    [
        turn.sample.trim_start_matches("webhook-").to_owned(),
        incoming.or_else(|| text(customer, "/content/type").map(|kind| format!("({kind})"))).unwrap_or_default(),
        of_turn("/language"),
        of_turn("/intent"),
        text(lead, "/score").unwrap_or_default(),
        text(reply, "/text").unwrap_or_else(|| "no answer within a minute".to_owned()),
        verdict(turn, reply),
        if reply.is_some() { format!("{:.1} s", turn.took.as_secs_f64()) } else { String::new() },
    ]
}

fn verdict(turn: &Turn, reply: Option<&Value>) -> String {
    let Some(state) = turn.state() else { return String::new() };
    let decision = text(reply, "/delivery/verdict/decision").unwrap_or_default();
    let why = text(reply, "/delivery/verdict/why").unwrap_or_default();
    format!("{decision}, {state}: {why}")
}

fn text(value: Option<&Value>, path: &str) -> Option<String> {
    value?.pointer(path)?.as_str().map(ToOwned::to_owned)
}
