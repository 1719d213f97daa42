//! Writes what a campaign says, and tells the business's people that it waits.
//!
//! Reads the queue `CampaignDrafts`. `campaign.proposed`: the text is written once, in the business's own language and in those that most
//! of its customers speak, by a model where one can be had and what it wrote may go out, else it is the built-in one. A text that is there
//! stays, so that a repeat changes nothing. `campaign.drafted`: whoever is told of things by mail is told that the campaign waits for a
//! yes; where it begins by itself, no one is. Nothing is sent to customers here.

use ai::{Assistant, CAMPAIGN_BUDGET, Drafted};
use domain::campaigns::{Campaign, CampaignBrief, CampaignState, CampaignText, LANGUAGES, built_in};
use domain::events::{Event, EventKind};
use domain::identity::AccountMail;
use domain::ids::CampaignId;
use domain::prompts::PromptCount;
use domain::tenancy::usage::Spent;
use domain::tenancy::{CostMode, Language, Tenant};
use domain::{Failure, TenantId};
use futures::future::join_all;
use jiff::Timestamp;
use runtime::queue::Queue;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use store::{ContactFilter, Store};

/// The most time one record takes: the models' budget for all languages side by side, and the table's calls.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(24);
/// The most languages of one campaign.
const MAX_LANGUAGES: usize = 5;
/// So many of the customers who were active last say which languages are spoken.
const SAMPLE: usize = 100;
/// A language is spoken that one in so many of them speaks.
const ONE_IN: usize = 20;

/// What drafting needs.
#[derive(Debug)]
pub struct Drafter {
    /// The table.
    pub store: Store,
    /// The models, or none.
    pub assistant: Assistant,
    /// The queue `AccountMail`.
    pub mails: Queue<AccountMail>,
}

impl Drafter {
    /// Does what an event asks for; one that asks for nothing here is done.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn handle(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        let tenant = &event.tenant;
        match event.kind {
            EventKind::CampaignProposed { campaign } => self.draft(tenant, campaign, now).await,
            EventKind::CampaignDrafted { campaign, automatic: false } => {
                self.tell(tenant, campaign, &event.correlation_id).await
            }
            _ => Ok(()),
        }
    }

    /// Writes the text of a campaign that has none.
    async fn draft(&self, tenant: &TenantId, id: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let Some(campaign) = self.store.campaigns().find(tenant, id).await? else { return Ok(()) };
        let campaign = campaign.value;
        if campaign.state != CampaignState::Drafting || !campaign.texts.is_empty() {
            return Ok(());
        }
        let tenant = self.store.tenants().get(tenant).await?;
        let cost_mode = self.assistant.cost_mode(self.store.usage().cost_mode(&tenant, now)).await?;
        let spoken = self.languages(&tenant).await?;
        let (texts, spent, counted) = self.write(&tenant, &campaign, &spoken, cost_mode).await;
        // What was asked was paid for, whether it is used or not.
        self.store.usage().count(&tenant.id, (&spent, &counted), &id.to_string(), now).await?;
        self.store.campaigns().set_draft(&tenant.id, id, texts, now).await?;
        Ok(())
    }

    /// The text in each language, what models took for all of them, and what is counted of the questions to them.
    async fn write(
        &self,
        tenant: &Tenant,
        campaign: &Campaign,
        languages: &[Language],
        cost_mode: CostMode,
    ) -> (BTreeMap<Language, CampaignText>, Vec<Spent>, Vec<PromptCount>) {
        let deadline = Instant::now() + CAMPAIGN_BUDGET;
        let one = async |language: &Language| self.word(tenant, campaign, language, cost_mode, deadline).await;
        let written = join_all(languages.iter().map(one)).await;
        let (mut texts, mut spent, mut counted) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (language, drafted) in languages.iter().zip(written) {
            let Some((drafted, is_usable)) = drafted else { continue };
            // What models took counts also where the text cannot be used.
            spent.extend(drafted.spent);
            counted.extend(drafted.counted);
            if is_usable {
                texts.insert(language.clone(), drafted.text);
            }
        }
        // A business whose language no one has a text in reads the English one.
        if texts.is_empty()
            && let Some(english) = built_in(campaign, tenant, &Language::english())
        {
            texts.insert(Language::english(), english);
        }
        (texts, spent, counted)
    }

    /// The text in one language, and whether it can be used: one that is built in for English alone cannot. `None`: there is none.
    async fn word(
        &self,
        tenant: &Tenant,
        campaign: &Campaign,
        language: &Language,
        cost_mode: CostMode,
        deadline: Instant,
    ) -> Option<(Drafted, bool)> {
        let own = built_in(campaign, tenant, language);
        let has_own = own.is_some();
        let example = own.or_else(|| built_in(campaign, tenant, &Language::english()))?;
        let brief = CampaignBrief::new(tenant, campaign, language, &example);
        let drafted = self.assistant.draft_campaign(tenant, &brief, cost_mode, deadline).await;
        tracing::info!(
            tenant = %tenant.id,
            campaign = %campaign.id,
            %language,
            by_model = drafted.by_model,
            degraded = drafted.degraded.map(|reason| reason.to_string()),
            "a campaign's text"
        );
        let is_usable = has_own || drafted.by_model;
        Some((drafted, is_usable))
    }

    /// The languages that it is written in: the business's own first, then those that its customers speak, most of them first.
    async fn languages(&self, tenant: &Tenant) -> Result<Vec<Language>, Failure> {
        let page = self.store.contacts().list(&tenant.id, &ContactFilter::default(), SAMPLE, None).await?;
        let spoken = page.items.into_iter().filter_map(|contact| contact.language);
        Ok(chosen(&tenant.language, spoken, self.assistant.has_model()))
    }

    /// Mails the business's own people that a campaign waits, if it still does.
    async fn tell(&self, tenant: &TenantId, id: CampaignId, correlation_id: &str) -> Result<(), Failure> {
        let Some(campaign) = self.store.campaigns().find(tenant, id).await? else { return Ok(()) };
        if campaign.value.state != CampaignState::Waiting {
            return Ok(());
        }
        for email in &self.store.tenants().get(tenant).await?.notify {
            let mail = AccountMail::CampaignWaiting { tenant: tenant.clone(), campaign: id, email: email.clone() };
            self.mails.send_traced(&mail, correlation_id).await?;
        }
        Ok(())
    }
}

/// The business's own language, then those that enough of its customers speak, at most [`MAX_LANGUAGES`]. Without a model only those
/// with a built-in text.
fn chosen(own: &Language, spoken: impl Iterator<Item = Language>, has_model: bool) -> Vec<Language> {
    let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
    let mut all = 0_usize;
    for language in spoken {
        all = all.saturating_add(1);
        let count = counts.entry(language).or_default();
        *count = count.saturating_add(1);
    }
    let is_enough = |count: usize| count.saturating_mul(ONE_IN) >= all;
    let can_be_written = |language: &Language| has_model || LANGUAGES.contains(&language.as_str());
    let mut others: Vec<(Language, usize)> = counts
        .into_iter()
        .filter(|(language, count)| language != own && is_enough(*count) && can_be_written(language))
        .collect();
    // Of equal ones the first by its code: two runs choose the same.
    others.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    let others = others.into_iter().map(|(language, _)| language);
    [own.clone()].into_iter().chain(others).take(MAX_LANGUAGES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(own: &str, spoken: &[(&str, usize)], has_model: bool) -> Vec<String> {
        let language = |code: &str| Language::new(code).unwrap();
        let spoken = spoken.iter().flat_map(|(code, count)| std::iter::repeat_n(language(code), *count));
        chosen(&language(own), spoken, has_model).iter().map(|language| language.as_str().to_owned()).collect()
    }

    #[test]
    fn the_businesss_own_language_comes_first_then_those_that_most_customers_speak() {
        assert_eq!(languages("en", &[], false), ["en"]);
        assert_eq!(languages("de", &[("en", 30), ("de", 60), ("es", 10)], false), ["de", "en", "es"]);
        assert_eq!(languages("en", &[("en", 97), ("fr", 3)], false), ["en"], "three of a hundred are too few");
        assert_eq!(languages("en", &[("en", 50), ("vi", 50)], false), ["en"], "no one has a Vietnamese text");
        assert_eq!(languages("en", &[("en", 50), ("vi", 50)], true), ["en", "vi"]);
        let many = [("es", 9), ("fr", 9), ("de", 9), ("pt", 8), ("it", 7), ("vi", 7)];
        assert_eq!(languages("en", &many, true), ["en", "de", "es", "fr", "pt"]);
    }
}
