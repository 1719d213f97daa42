//! The weather rules that a trade begins with, for a business that has none of its own.

use domain::campaigns::{Condition, Criteria, FieldAge, WeatherRule};
use domain::ids::{ServiceId, TriggerId};
use domain::tenancy::{Service, Tenant};
use weather::{Trigger, industry_defaults};

/// So old a roof is when a storm is worth a look, in years.
const OLD_ROOF_YEARS: u16 = 20;

/// What is suggested to `tenant` by its trade: rules that are waited for only once they are saved, which is why they are not active. One
/// that nothing of the business goes with is left out.
#[must_use]
pub fn suggested_rules(tenant: &Tenant) -> Vec<WeatherRule> {
    industry_defaults(&tenant.industry).iter().filter_map(|trigger| rule(tenant, trigger)).collect()
}

fn rule(tenant: &Tenant, trigger: &Trigger) -> Option<WeatherRule> {
    let condition = trigger.condition;
    let services = services(tenant, &trigger.services);
    (!services.is_empty()).then_some(())?;
    Some(WeatherRule {
        id: TriggerId::new(trigger.id.as_str()).ok()?,
        name: name(condition).to_owned(),
        active: false,
        condition,
        thresholds: trigger.thresholds,
        days: trigger.days,
        lead_days: trigger.lead_days,
        months: trigger.months.clone(),
        services,
        audience: audience(tenant, condition),
        keep_free_percent: 20,
        template: None,
        automatic: false,
    })
}

fn name(condition: Condition) -> &'static str {
    match condition {
        Condition::HeatWave => "Heat wave",
        Condition::ColdSnap => "Cold snap",
        Condition::Storm => "Storm",
        Condition::RainWeek => "Week of rain",
        Condition::FirstFreeze => "First freeze",
    }
}

/// The business's services that go with what the trade offers: of the same slug, else with the slug's words in theirs; where there are
/// none, the first that a calendar books.
fn services(tenant: &Tenant, offered: &[String]) -> Vec<ServiceId> {
    let own = || tenant.services.iter();
    let fits =
        |service: &&Service, slug: &String| service.id.as_str() == slug || service.id.as_str().contains(slug.as_str());
    let mut found: Vec<ServiceId> = Vec::new();
    for slug in offered {
        for service in own().filter(|service| fits(service, slug)) {
            if !found.contains(&service.id) {
                found.push(service.id.clone());
            }
        }
    }
    if found.is_empty() {
        found.extend(own().find(|service| service.booking.is_some()).map(|service| service.id.clone()));
    }
    found
}

/// Who was not served for a year; after a storm also who never was, and of roofs the old ones.
fn audience(tenant: &Tenant, condition: Condition) -> Criteria {
    let is_roofer = tenant.industry.to_lowercase().contains("roof");
    match condition {
        Condition::Storm if is_roofer => Criteria {
            last_visit_over_days: None,
            or_never: true,
            field_over: Some(FieldAge { field: "roof_installed".to_owned(), over_years: OLD_ROOF_YEARS }),
            ..Criteria::default()
        },
        Condition::Storm => Criteria { last_visit_over_days: None, ..Criteria::default() },
        _ => Criteria::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tenant(industry: &str, services: &[&str]) -> Tenant {
        let tenant = json!({
            "id": "acme", "name": "Acme", "industry": industry, "currency": "USD", "zone": "America/Denver", "region": "US",
            "language": "en", "business": {}, "hours": {}, "services": [], "notify": [],
        });
        let mut tenant: Tenant = serde_json::from_value(tenant).unwrap();
        let service = |id: &&str| serde_json::from_value(json!({"id": id, "name": id})).unwrap();
        tenant.services = services.iter().map(service).collect();
        tenant
    }

    #[test]
    fn a_trade_is_suggested_rules_that_it_could_save_as_they_are() {
        let acme = tenant("HVAC", &["duct-cleaning", "ac-tune-up", "tune-up"]);
        let rules = suggested_rules(&acme);
        assert_eq!(rules.len(), 3);
        for rule in &rules {
            assert_eq!((rule.validate_for(&acme), rule.active), (Ok(()), false), "{}", rule.id);
        }
        let services = |rule: &WeatherRule| rule.services.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(services(&rules[0]), ["ac-tune-up", "tune-up"]);
    }

    #[test]
    fn roofs_are_looked_at_after_a_storm_where_they_are_old() {
        let rules = suggested_rules(&tenant("roofing", &["roof-inspection"]));
        let storm = rules.iter().find(|rule| rule.condition == Condition::Storm).unwrap();
        let age = storm.audience.field_over.as_ref().unwrap();
        assert_eq!((age.field.as_str(), age.over_years, storm.audience.or_never), ("roof_installed", 20, true));
    }

    #[test]
    fn who_needs_no_weather_or_offers_nothing_is_suggested_nothing() {
        assert_eq!(suggested_rules(&tenant("dental", &["cleaning"])), []);
        assert_eq!(suggested_rules(&tenant("HVAC", &[])), []);
    }
}
