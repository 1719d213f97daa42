//! What the owner should know of the stock, in sentences.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::may;
use domain::inventory::StockInsight;
use domain::tenancy::StaffMember;
use fluent_bundle::FluentArgs;
use maud::{Markup, html};

use super::{INSIGHTS, Shown};
use crate::answer::Html;
use crate::settings::Reader;
use crate::view::View;

/// `GET /app/inventory/insights`
pub(super) async fn page(view: View<may::ReadInventory>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let (tenant, inventory, tenants) = (&view.tenant.id, guard.store.inventory(), guard.store.tenants());
    let today = view.now().to_zoned(view.zone.clone()).date();
    let ((items, insights), staff, locations, resources) = tokio::try_join!(
        inventory.insights(tenant, today),
        guard.store.documents().all::<StaffMember>(tenant),
        tenants.locations(tenant),
        tenants.resources(tenant),
    )?;
    let shown = Shown::new(Reader::of(&view), &view.tenant, &items, &[]).at(&locations, &resources);
    let main = content(&shown, &insights, &staff);
    Ok(super::page(&view, INSIGHTS, &view.words.t("stock-insights"), &main))
}

pub(super) fn content(shown: &Shown<'_>, insights: &[StockInsight], staff: &[StaffMember]) -> Markup {
    html! {
        p.quiet { (shown.t("stock-insights-text")) }
        @if insights.is_empty() { p.empty { (shown.t("stock-insights-empty")) } }
        ul #insights { @for insight in insights { li dir="auto" { (sentence(shown, insight, staff)) } } }
    }
}

fn sentence(shown: &Shown<'_>, insight: &StockInsight, staff: &[StaffMember]) -> String {
    let mut said = FluentArgs::new();
    let id = match insight {
        StockInsight::Usage { item, used, before, percent } => {
            said.set("item", shown.item(item));
            said.set("used", *used);
            said.set("before", *before);
            said.set("percent", percent.saturating_abs());
            if *percent >= 0 { "insight-use-up" } else { "insight-use-down" }
        }
        StockInsight::Margin { item, earned_cents, markup_percent } => {
            said.set("item", shown.item(item));
            said.set("earned", shown.money(*earned_cents));
            said.set("percent", *markup_percent);
            "insight-margin"
        }
        StockInsight::DeadStock { item, units, cents, days } => {
            said.set("item", shown.item(item));
            said.set("units", *units);
            said.set("worth", shown.money(*cents));
            said.set("days", days.unwrap_or_default());
            if days.is_some() { "insight-dead" } else { "insight-never" }
        }
        StockInsight::Waste { by, cents, percent, shop_percent } => {
            let member = staff.iter().find(|member| member.id.as_str() == by).map(|member| member.name.clone());
            said.set("by", member.unwrap_or_else(|| shown.place(by)));
            said.set("worth", shown.money(*cents));
            said.set("percent", *percent);
            said.set("shop", *shop_percent);
            "insight-waste"
        }
    };
    shown.reader.words.say(id, &said)
}
