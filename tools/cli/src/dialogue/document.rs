//! What the dialogue found out, as a tenant's file that people can read and go on with.

use domain::identity::Role;
use domain::messaging::{Email, Phone};
use domain::tenancy::{Deposit, Hours, Service, Span, Tenant};

use crate::onboard::Industry;
use crate::words::{DAYS, price_value, time_text};

/// The owner.
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) email: String,
}

/// The file. Of the tenant it writes what the dialogue asks for; the template gives the rest.
pub(super) fn write(industry: Option<Industry>, tenant: &Tenant, owner: &Owner) -> String {
    let mut text = Text(String::new());
    text.line("# Made by `porchlight onboard`. Change it and run `porchlight onboard --file` on it again.");
    if let Some(industry) = industry {
        text.line("");
        text.line(
            "# Gives what [tenant] does not say: questions, FAQs, words, tone. Take a part into [tenant] to change it.",
        );
        text.field("industry_template", industry.as_str());
    }
    text.line("\n[tenant]");
    text.field("id", tenant.id.as_str());
    text.field("name", &tenant.name);
    if industry.is_none() {
        text.field("industry", &tenant.industry);
    }
    text.field("currency", &tenant.currency);
    text.field("zone", &tenant.zone);
    text.field("region", &tenant.region);
    text.field("language", tenant.language.as_str());
    text.line("# Who hears of hot leads and of customers who want a person: 1 to 5 addresses.");
    text.list("notify", tenant.notify.iter().map(Email::as_str));
    text.line("# On which channel a missed call is answered: sms or whatsapp.");
    text.field("text_back", tenant.text_back.as_str());
    text.line("# Sites whose browsers may call the API, and use the form and the chat.");
    text.list("origins", tenant.origins.iter().map(String::as_str));
    text.line("\n[tenant.business]");
    let business = &tenant.business;
    let phone = business.phone.as_ref().map(Phone::as_str);
    for (name, value) in
        [("address", business.address.as_deref()), ("phone", phone), ("website", business.website.as_deref())]
    {
        if let Some(value) = value {
            text.field(name, value);
        }
    }
    text.hours(&tenant.hours);
    if tenant.services.is_empty() {
        text.line("\n# Nothing yet: add [[tenant.services]] with id, name and price.");
    }
    tenant.services.iter().for_each(|service| text.service(service));
    text.channels(tenant);
    text.line("\n# Who is invited to sign in: viewer, agent, manager or admin. The first admin is the owner.");
    text.line("[[people]]");
    text.field("name", &owner.name);
    text.field("email", &owner.email);
    text.field("role", Role::Admin.as_str());
    text.0
}

struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn field(&mut self, name: &str, value: &str) {
        self.line(&format!("{name} = {}", quoted(value)));
    }

    fn list<'v>(&mut self, name: &str, values: impl Iterator<Item = &'v str>) {
        self.line(&format!("{name} = [{}]", values.map(quoted).collect::<Vec<_>>().join(", ")));
    }

    fn hours(&mut self, hours: &Hours) {
        self.line("\n# A day that is not named is closed.");
        self.line("[tenant.hours]");
        for (day, name) in DAYS {
            let spans = hours.spans(day);
            if !spans.is_empty() {
                self.line(&format!("{name} = {}", spans_value(spans)));
            }
        }
        for holiday in &hours.holidays {
            self.line("\n[[tenant.hours.holidays]]");
            self.field("name", &holiday.name);
            self.line(&format!("month = {}", holiday.month));
            for (field, number) in [("day", holiday.day), ("nth", holiday.nth)] {
                if let Some(number) = number {
                    self.line(&format!("{field} = {number}"));
                }
            }
            let named = |weekday| DAYS.iter().find(|(day, _)| *day == weekday).map(|(_, name)| *name);
            if let Some(name) = holiday.weekday.and_then(|day| named(day.into())) {
                self.field("weekday", name);
            }
            if !holiday.spans.is_empty() {
                self.line(&format!("spans = {}", spans_value(&holiday.spans)));
            }
        }
    }

    fn service(&mut self, service: &Service) {
        self.line("\n[[tenant.services]]");
        self.field("id", service.id.as_str());
        self.field("name", &service.name);
        if !service.description.is_empty() {
            self.field("description", &service.description);
        }
        if let Some(price) = service.price {
            self.line(&format!("price = {}", price_value(price)));
        }
        match service.deposit {
            Some(Deposit::Cents(cents)) => self.line(&format!("deposit = {{ cents = {cents} }}")),
            Some(Deposit::Percent(percent)) => self.line(&format!("deposit = {{ percent = {percent} }}")),
            None => {}
        }
        if let Some(minutes) = service.duration_minutes {
            self.line(&format!("duration_minutes = {minutes}"));
        }
        for (name, words) in [("skills", &service.skills), ("keywords", &service.keywords)] {
            if !words.is_empty() {
                self.list(name, words.iter().map(String::as_str));
            }
        }
    }

    fn channels(&mut self, tenant: &Tenant) {
        let channels = &tenant.channels;
        self.line("\n# One that is not named is not configured. What vendors keep secret is in the secrets file.");
        self.line("[tenant.channels]");
        if let Some(whatsapp) = &channels.whatsapp {
            self.line(&format!("whatsapp = {{ phone_number_id = {} }}", quoted(&whatsapp.phone_number_id)));
        }
        if let Some(sms) = &channels.sms {
            let (account, from) = (quoted(&sms.account_sid), quoted(sms.from.as_str()));
            self.line(&format!("sms = {{ account_sid = {account}, from = {from} }}"));
        }
        if let Some(email) = &channels.email {
            self.line(&format!("email = {{ from = {} }}", quoted(email.from.as_str())));
        }
        self.line(&format!("chat = {}", channels.chat));
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn spans_value(spans: &[Span]) -> String {
    let span =
        |span: &Span| format!("{{ open = \"{}\", close = \"{}\" }}", time_text(span.open), time_text(span.close));
    format!("[{}]", spans.iter().map(span).collect::<Vec<_>>().join(", "))
}
