//! The businesses that customers write to.

use cli::onboard::{self, Installation, Manner, TenantFile};
use cli::secrets::{Secrets, SecretsFile};
use domain::ids::GapId;
use domain::insights::{Bucket, Counter, Counts, Increment, Place, Step};
use domain::messaging::{Channel, Email, Phone, Source};
use domain::{EventId, TenantId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;
use std::path::Path;
use xtask::samples::text_at;

use super::{address, eventually, number, root, stage, unique};

/// A tenant with its keys and signing secrets, as onboarding printed them.
pub struct Tenant {
    keys: Value,
}

impl Tenant {
    /// The demo roofer: English, missed calls are answered by SMS.
    pub fn roofer() -> Self {
        Self::demo("summit-roofing")
    }

    /// The demo dentist: Spanish, missed calls are answered over WhatsApp.
    pub fn dentist() -> Self {
        Self::demo("alamo-dental")
    }

    fn demo(id: &str) -> Self {
        let keys = stage().stack.tenants.iter().find(|tenant| tenant["id"] == id).unwrap();
        Self { keys: keys.clone() }
    }

    /// A roofer of this test's own, onboarded as an operator does it; `change` sees its file first.
    pub fn opened(change: impl FnOnce(&mut TenantFile)) -> Self {
        Self::onboarded(Self::slug(), change, |secrets| secrets.simulate_vendors().unwrap())
    }

    /// As [`Tenant::opened`], under a chosen id, with the vendors' credentials that `give` fills in.
    pub fn onboarded(id: TenantId, change: impl FnOnce(&mut TenantFile), give: impl FnOnce(&mut Secrets)) -> Self {
        let mut file = onboard::read(&root().join("tenants/demo/summit-roofing.toml")).unwrap();
        file.tenant.id = id;
        file.tenant.notify = vec![Email::new(&address(), "notify").unwrap()];
        let channels = &mut file.tenant.channels;
        channels.whatsapp.as_mut().unwrap().phone_number_id = format!("10{}", digits(13));
        let sms = channels.sms.as_mut().unwrap();
        sms.account_sid = format!("AC{}", unique());
        sms.from = Phone::e164(&number(), "from").unwrap();
        channels.email.as_mut().unwrap().from = Email::new(&address(), "from").unwrap();
        // No one reads mail at the demo's addresses.
        file.people.clear();
        change(&mut file);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.secrets.toml", file.tenant.id));
        let mut secrets = SecretsFile::open(path).unwrap();
        give(&mut secrets.secrets);
        let to = Installation {
            store: stage().store.clone(),
            kms_key_id: stage().output("CredentialsKeyId").to_owned(),
            mails: None,
        };
        let manner = Manner { at: Timestamp::now(), prune: false };
        let done = stage().block_on(onboard::onboard(&to, &file, &mut secrets, manner)).unwrap();
        std::fs::remove_file(secrets.path()).unwrap();
        let keys = done.report;
        Self { keys }
    }

    /// The id of a tenant that does not exist yet.
    pub fn slug() -> TenantId {
        TenantId::new(format!("roofer-{}", &unique()[..12])).unwrap()
    }

    /// As if customers had written to it for months, and half of its quotes been accepted: what it counted before `day` is enough for
    /// benchmarks of quotes and first answers.
    pub fn counted_before(&self, day: Date) {
        let counts: Counts = [
            (Counter::QuotesSent, 2),
            (Counter::QuotesAccepted, 1),
            (Counter::FirstResponse(Bucket::of(30)), 1),
            (Counter::FirstResponseSeconds, 30),
            (Counter::MessagesIn(Channel::Sms), 1),
            (Counter::Reached(Step::Leads, Source::Sms), 1),
        ]
        .into_iter()
        .collect();
        let days = (1..=22).map(|ago| ago * 4).chain([120]);
        let place = |ago: i64| Place { day: day.saturating_sub(ago.days()), location: None };
        let adds = days.map(|ago| (place(ago), counts.clone())).collect();
        let increment = Increment { once: EventId::derive(&self.id(), &["months"]), adds, extras: Vec::new() };
        stage().block_on(stage().store.insights().add(&self.id(), &[increment], Timestamp::now())).unwrap();
    }

    /// Makes the suggestions of a week from what was asked, as the job does on Monday; gives the first.
    pub fn suggested_gap(&self) -> GapId {
        let (store, now) = (&stage().store, Timestamp::now());
        let document = stage().block_on(store.tenants().document(&self.id())).unwrap().value;
        // The index that lists questions follows a little later.
        let mut week = 0;
        eventually("a suggestion", || {
            week += 1;
            stage().block_on(store.gaps().suggest(&document, &format!("test-{week}"), now)).unwrap();
            stage().block_on(store.gaps().waiting(&self.id(), now)).unwrap().first().map(|gap| gap.id)
        })
    }

    /// Its id.
    pub fn id(&self) -> TenantId {
        TenantId::new(self.key("id")).unwrap()
    }

    /// A key or secret by its dotted path, such as `sms.number`.
    pub fn key(&self, path: &str) -> &str {
        text_at(&self.keys, path).unwrap()
    }

    /// All of them.
    pub fn keys(&self) -> &Value {
        &self.keys
    }
}

fn digits(count: usize) -> String {
    let number = unique().bytes().map(|byte| char::from(b'0' + byte % 10)).collect::<String>();
    number[..count].to_owned()
}
