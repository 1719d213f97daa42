//! What a tenant's configuration must hold before it is stored.

use super::check::{check_origins, check_zone, code, country, ensure, text, unique, words};
use super::template::MAX_REPLY_TEMPLATES;
use super::{Faq, Tenant, TenantKind, extra, intake, style};
use crate::Failure;
use crate::messaging::Channel;

/// How many staff addresses hear of an escalation: each notice is a write of the turn's one transaction.
const MAX_NOTIFY: usize = 5;
/// The most services: all of them are shown to the model.
const MAX_SERVICES: usize = 200;
/// The most frequent questions.
const MAX_FAQS: usize = 200;
/// The longest instructions, in characters: they travel with every question to a model.
const MAX_INSTRUCTIONS: usize = 8_000;
/// The most countries abroad that are texted.
const MAX_TEXT_COUNTRIES: usize = 50;

impl Tenant {
    /// Checks what the types do not: a known zone, codes of the right form, hours without overlaps, sane prices, ids
    /// that are given once, questions whose conditions can come true.
    ///
    /// Whether `parent` exists and is an agency is checked where it is stored.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, as a path.
    pub fn validate(&self) -> Result<(), Failure> {
        check_zone(&self.zone)?;
        code("currency", &self.currency, 3, "an ISO 4217 code, such as USD")?;
        country("region", &self.region)?;
        text("name", &self.name, 1..=80)?;
        text("tone", &self.tone, 0..=400)?;
        text("instructions", &self.instructions, 0..=MAX_INSTRUCTIONS)?;
        self.prompts.validate()?;
        words("escalation_words", &self.escalation_words)?;
        words("hot_words", &self.hot_words)?;
        self.check_notify()?;
        self.escalation.validate()?;
        self.check_parent()?;
        self.check_text_back()?;
        self.check_templates()?;
        self.check_text_countries()?;
        check_origins(&self.origins)?;
        self.branding.validate()?;
        self.cost_control.validate()?;
        self.insights.validate()?;
        self.retention.validate()?;
        self.hours.validate()?;
        self.check_services()?;
        self.check_faqs()?;
        extra::validate(&self.extras, &self.services, self.max_discount_percent)?;
        style::validate(&self.style)?;
        intake::validate(&self.intake, &self.services)
    }

    fn check_notify(&self) -> Result<(), Failure> {
        let heard = !self.notify.is_empty();
        ensure(heard, "notify", "notify needs at least one e-mail address, for escalations")?;
        let limit = format!("notify takes at most {MAX_NOTIFY} addresses: use a group's address for more");
        ensure(self.notify.len() <= MAX_NOTIFY, "notify", limit)
    }

    fn check_text_back(&self) -> Result<(), Failure> {
        let by_text = matches!(self.text_back, Channel::Sms | Channel::Whatsapp);
        ensure(
            by_text,
            "text_back",
            "text_back must be sms or whatsapp: a missed call leaves a number and nothing else",
        )?;
        let template = self.channels.whatsapp.as_ref().and_then(|settings| settings.missed_call.as_ref());
        template.map_or(Ok(()), |template| template.check("channels.whatsapp.missed_call"))
    }

    fn check_templates(&self) -> Result<(), Failure> {
        let field = "channels.whatsapp.templates";
        let templates =
            self.channels.whatsapp.as_ref().map(|settings| settings.templates.as_slice()).unwrap_or_default();
        let few = templates.len() <= MAX_REPLY_TEMPLATES;
        ensure(few, field, format!("{field} takes at most {MAX_REPLY_TEMPLATES} templates"))?;
        for (index, template) in templates.iter().enumerate() {
            template.check(&format!("{field}[{index}]"))?;
        }
        let names = templates.iter().enumerate();
        unique(names.map(|(index, one)| (format!("{field}[{index}].template.name"), &one.template.name)))
    }

    fn check_text_countries(&self) -> Result<(), Failure> {
        let (list, most) = (&self.text_countries, MAX_TEXT_COUNTRIES);
        ensure(list.len() <= most, "text_countries", format!("text_countries takes at most {most} countries"))?;
        let field = |index| format!("text_countries[{index}]");
        list.iter().enumerate().try_for_each(|(index, code)| country(&field(index), code))?;
        unique(list.iter().enumerate().map(|(index, code)| (field(index), code)))
    }

    fn check_parent(&self) -> Result<(), Failure> {
        ensure(self.parent.as_ref() != Some(&self.id), "parent", "a tenant cannot be its own parent")?;
        let is_nested = self.kind == TenantKind::Agency && self.parent.is_some();
        ensure(!is_nested, "parent", "an agency has no parent: only businesses belong to agencies")
    }

    fn check_services(&self) -> Result<(), Failure> {
        let few = self.services.len() <= MAX_SERVICES;
        ensure(few, "services", format!("a business may have at most {MAX_SERVICES} services"))?;
        for (index, service) in self.services.iter().enumerate() {
            service.validate().map_err(|failure| failure.within(&format!("services[{index}]")))?;
        }
        unique(self.services.iter().enumerate().map(|(index, service)| (format!("services[{index}].id"), &service.id)))
    }

    fn check_faqs(&self) -> Result<(), Failure> {
        ensure(self.faqs.len() <= MAX_FAQS, "faqs", format!("there may be at most {MAX_FAQS} FAQs"))?;
        for (index, faq) in self.faqs.iter().enumerate() {
            faq.validate().map_err(|failure| failure.within(&format!("faqs[{index}]")))?;
        }
        Ok(())
    }
}

impl Faq {
    /// Checks the lengths of its texts.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub(crate) fn validate(&self) -> Result<(), Failure> {
        text("question", &self.question, 1..=300)?;
        text("answer", &self.answer, 1..=1_000)?;
        words("keywords", &self.keywords)
    }
}

#[cfg(test)]
mod tests;
