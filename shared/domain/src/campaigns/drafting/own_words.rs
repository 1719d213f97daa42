//! What people may write into a campaign.

use jiff::civil::Date;
use std::collections::BTreeMap;

use super::figures::{hail, peak};
use crate::Failure;
use crate::campaigns::{Campaign, CampaignText, CampaignValues, check_text, write};
use crate::conversations::claims::{Grounds, Unfit, ensure_readable};
use crate::tenancy::{Deposit, Extra, Language, Price, Tenant, ensure};
use ::language::Words;

/// What an extra takes off, as the languages call it.
const DISCOUNT: &str = "discount, discounts, off, descuento, remise, réduction, Rabatt, desconto";
/// What costs nothing, as the languages call it.
const FREE: &str = "free, free of charge, gratis, gratuito, gratuita, gratuit, gratuite, kostenlos";
/// The longest text, filled in.
const LONGEST: usize = 1_500;

/// Demands that a campaign's texts name the business, can be filled in, and name no price, share or promise that the tenant's catalogue,
/// extras and frequent questions do not have on `today`.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, such as `texts.en.body`.
pub fn check_words(
    tenant: &Tenant,
    campaign: &Campaign,
    texts: &BTreeMap<Language, CampaignText>,
    today: Date,
) -> Result<(), Failure> {
    check_text(texts)?;
    let grounds = Grounds::new(&own_words(tenant, today), "", "");
    for (language, words) in texts {
        let parts = [("body", Some(words.body.as_str())), ("subject", words.subject.as_deref())];
        for (part, text) in parts {
            let Some(text) = text else { continue };
            let field = format!("texts.{language}.{part}");
            let name = Some("Ana");
            let values = CampaignValues { tenant, campaign, name, last_visit: Some(campaign.created_at) };
            let read = write(text, language, &values).ok_or_else(|| {
                let why = "a place that nothing is known for must stand in square brackets, such as [ at {place}]";
                Failure::invalid(field.as_str(), why)
            })?;
            if part == "body" {
                let names = Words::new(&read).contains_phrase(&tenant.name);
                let why = "it must say who writes: put {business} in it";
                ensure(names, field.as_str(), why)?;
            }
            // What is foreseen is no price: "about 2 inches in total".
            let told = [peak(campaign, tenant, language), hail(campaign, tenant, language)];
            let unforeseen = told.iter().flatten().fold(read.clone(), |text, figure| text.replace(figure.as_str(), ""));
            let judged = ensure_readable(&read, LONGEST).and_then(|()| grounds.keeps_prices(&unforeseen));
            judged.map_err(|unfit| Failure::invalid(field, explained(unfit)))?;
        }
    }
    Ok(())
}

/// What people are to change.
fn explained(unfit: Unfit) -> String {
    match unfit {
        Unfit::Figure => "it names a price or a share that your services, extras and frequent questions do not have: \
                          add it there, or leave it out"
            .to_owned(),
        Unfit::Promise => "it promises something (a discount, something free, a guarantee, something done) that your \
                           services, extras and frequent questions do not say: add it there, or leave it out"
            .to_owned(),
        other => other.to_string(),
    }
}

/// What the business says itself of its prices, a line each.
fn own_words(tenant: &Tenant, today: Date) -> String {
    let currency = &tenant.currency;
    let services = tenant.services.iter().flat_map(|service| {
        let dated = service.dated_prices.iter().filter(|dated| dated.until.is_none_or(|until| today <= until));
        let prices = service.price.into_iter().chain(dated.map(|dated| dated.price));
        let prices = prices.map(|price| amounts(price, currency));
        let deposit = service.deposit.map(|deposit| match deposit {
            Deposit::Cents(cents) => format!("{} {currency}", amount(cents)),
            Deposit::Percent(percent) => format!("{percent} % ({percent} percent)"),
        });
        let facts = prices.chain(deposit).map(|fact| format!("{}: {fact}", service.name));
        facts.chain([format!("{}: {}", service.name, service.description)]).collect::<Vec<_>>()
    });
    let extras = tenant.extras.iter().filter(|extra| extra.is_on(today)).flat_map(|extra| of_extra(extra, currency));
    let faqs = tenant.faqs.iter().map(|faq| format!("{} {}", faq.question, faq.answer));
    let about = [tenant.business.description.clone()];
    services.chain(extras).chain(faqs).chain(about).collect::<Vec<_>>().join("\n")
}

fn of_extra(extra: &Extra, currency: &str) -> Vec<String> {
    let price = extra.price.map(|price| match price.from_cents {
        0 => format!("{} {FREE}", amounts(price, currency)),
        _ => amounts(price, currency),
    });
    let off = extra.percent_off.map(|percent| format!("{percent} % ({percent} percent) {DISCOUNT}"));
    let facts = [price, off].into_iter().flatten();
    let sentences = [extra.text.clone()].into_iter().chain(extra.translations.values().cloned());
    facts.chain(sentences).map(|fact| format!("{} {}: {fact}", extra.name, extra.keywords.join(" "))).collect()
}

fn amounts(price: Price, currency: &str) -> String {
    let to = price.to_cents.filter(|to| *to != price.from_cents);
    let to = to.map(|to| format!(" to {} {currency}", amount(to))).unwrap_or_default();
    format!("{} {currency}{to}", amount(price.from_cents))
}

fn amount(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
