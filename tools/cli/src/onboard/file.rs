//! A tenant's file: read, completed by its trade's template, and checked as a whole before anything is stored.

use anyhow::{Context as _, Result, anyhow};
use domain::Failure;
use domain::identity::{MAX_ACTIVE_KEYS, Permission, Role};
use domain::ids::{LocationId, QuestionId};
use domain::messaging::Email;
use domain::tenancy::{Location, StaffMember, Tenant};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::hints::told;
use super::industry::Industry;
use super::mistakes::{self, Failed};
use super::phones::read_phones;
use super::place::{Mistakes, Wrong, byte_of, line_at, path_at, value_of};

/// A larger file is refused: one of 1,000 locations has about 300 KB.
pub const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// All that is set up for one business.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantFile {
    /// The template that fills what `tenant` does not say.
    #[serde(default)]
    pub industry_template: Option<Industry>,
    /// The business.
    pub tenant: Tenant,
    /// Its places.
    #[serde(default)]
    pub locations: Vec<Location>,
    /// Who does the work.
    #[serde(default)]
    pub staff: Vec<StaffMember>,
    /// Who is invited to sign in; the first admin is the owner.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Keys for programs; the keys themselves are made up and lie in the secrets file.
    #[serde(default = "main_key")]
    pub api_keys: Vec<KeyWish>,
    /// About the keys in forms and chat widgets.
    #[serde(default)]
    pub site_keys: SiteKeys,
}

/// Someone who is invited to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What to call them.
    pub name: String,
    /// Where the invitation goes.
    pub email: Email,
    /// As what.
    pub role: Role,
    /// The locations they look after; none: all.
    #[serde(default)]
    pub locations: Vec<LocationId>,
}

/// A key that a program is to have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyWish {
    /// What it is for; the secrets file holds the key under this name.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Permission>,
}

/// About the keys in forms and chat widgets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteKeys {
    /// Sites whose browsers may use them; absent: as `tenant.origins`; none: any.
    #[serde(default)]
    pub origins: Option<Vec<String>>,
    /// The words beside the form's telephone field by which whoever submits it agrees to be texted; absent: only a form that
    /// says so itself is answered by text message.
    #[serde(default)]
    pub consent_wording: Option<String>,
}

/// What a business gets that asks for no key of its own: it reads everything and works on leads.
fn main_key() -> Vec<KeyWish> {
    let scopes =
        [Permission::ReadLeads, Permission::WriteLeads, Permission::ReadConversations, Permission::ReadSettings];
    vec![KeyWish { name: "main".to_owned(), scopes: scopes.into() }]
}

/// The text of a file, which says where in it something is wrong.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
}

/// Reads and checks a tenant's file.
///
/// # Errors
/// [`Mistakes`]: all that is wrong, each with line and field.
pub fn read(path: &Path) -> Result<TenantFile> {
    Source::read(path)?.file()
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, is larger than 1 MB, or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let cannot = || format!("cannot read {name}");
        let mut bytes = Vec::new();
        File::open(path).with_context(cannot)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).with_context(cannot)?;
        let whole =
            |message: &str| Wrong { file: name.clone(), line: None, field: String::new(), message: message.to_owned() };
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(whole("the file is larger than 1 MB").into());
        }
        let text = String::from_utf8(bytes).map_err(|_| whole("the file is not UTF-8 text"))?;
        Ok(Self::new(name, text))
    }

    /// A text, under the name of its file.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// What it says, completed and checked.
    ///
    /// # Errors
    /// [`Mistakes`]: all that is wrong, each with line and field.
    pub fn file(&self) -> Result<TenantFile> {
        let (mut table, errors) = DeTable::parse_recoverable(&self.text);
        if !errors.is_empty() {
            let mut told: Vec<Wrong> = errors.iter().map(|error| self.misread(None, error)).collect();
            // What one line makes of the next ones is seldom a mistake of theirs.
            told.dedup_by_key(|wrong| wrong.line);
            return Err(Mistakes(told).into());
        }
        read_phones(table.get_mut());
        mistakes::read(self, &table)
    }

    /// What a table of this text says, completed and checked up to the first thing that is wrong.
    pub(super) fn once(&self, table: &Spanned<DeTable<'_>>) -> Result<TenantFile, Failed> {
        let mut filled = table.clone();
        let questions_are_ours = fill(filled.get_mut())?;
        let mut file = TenantFile::deserialize(Deserializer::from(filled)).map_err(Failed::Read)?;
        if !questions_are_ours {
            drop_strange_questions(&mut file.tenant);
        }
        file.check().map_err(Failed::Rule)?;
        Ok(file)
    }

    /// Adds to an error that names a field where in the file that is.
    #[must_use]
    pub fn locate(&self, error: anyhow::Error) -> anyhow::Error {
        match error.downcast_ref::<Failure>() {
            Some(Failure::Rejected { field: Some(field), message, .. }) => {
                let table = DeTable::parse(&self.text).ok();
                let table = table.map(Spanned::into_inner).unwrap_or_default();
                anyhow!(self.wrong(&table, field.clone(), message.clone()))
            }
            _ => error,
        }
    }

    /// What is wrong with the field at a path of this text.
    pub(super) fn wrong(&self, table: &DeTable<'_>, field: String, message: String) -> Wrong {
        let line = byte_of(table, &field).map(|byte| line_at(&self.text, byte));
        let message = told(&field, value_of(table, &field), message);
        Wrong { file: self.name.clone(), line, field, message }
    }

    pub(super) fn misread(&self, table: Option<&DeTable<'_>>, error: &toml::de::Error) -> Wrong {
        let start = error.span().map(|span| span.start);
        let field = table.zip(start).map(|(table, byte)| path_at(table, byte)).unwrap_or_default();
        let line = start.map(|byte| line_at(&self.text, byte));
        // The parser explains some mistakes on several lines.
        let message = error.message().trim().replace('\n', ", ");
        let found = table.and_then(|table| value_of(table, &field));
        let message = told(&field, found, message);
        Wrong { file: self.name.clone(), line, field, message }
    }
}

/// Completes `[tenant]` from the template, where one is named. Returns whether the file brings questions of its own.
fn fill(table: &mut DeTable<'_>) -> Result<bool, Failed> {
    let Some(name) = table.get("industry_template") else { return Ok(true) };
    let industry = name.get_ref().as_str().and_then(Industry::parse);
    let Some(industry) = industry else {
        let known: Vec<&str> = Industry::ALL.iter().map(|industry| industry.as_str()).collect();
        let message = format!(
            "there is no such template; there are: {}. For another trade leave it out and write industry, hours and \
             services in [tenant]",
            known.join(", ")
        );
        return Err(Failed::Rule(Failure::invalid("industry_template", message)));
    };
    let Some(DeValue::Table(tenant)) = table.get_mut("tenant").map(Spanned::get_mut) else {
        return Ok(true);
    };
    let own = tenant.contains_key("intake");
    industry.fill(tenant).map_err(Failed::Other)?;
    Ok(own)
}

/// A template's questions may be about services that this business does not have, or follow on such a question.
fn drop_strange_questions(tenant: &mut Tenant) {
    let services: BTreeSet<_> = tenant.services.iter().map(|service| service.id.clone()).collect();
    let mut kept: BTreeSet<QuestionId> = BTreeSet::new();
    tenant.intake.retain_mut(|question| {
        let for_all = question.services.is_empty();
        question.services.retain(|service| services.contains(service));
        let concerns = for_all || !question.services.is_empty();
        let follows = question.when.as_ref().is_none_or(|condition| kept.contains(&condition.question));
        let keep = concerns && follows;
        if keep {
            kept.insert(question.id.clone());
        }
        keep
    });
}

impl TenantFile {
    /// Sites whose browsers may use the form and widget keys.
    #[must_use]
    pub fn key_origins(&self) -> &[String] {
        self.site_keys.origins.as_ref().unwrap_or(&self.tenant.origins)
    }

    /// Who owns the business: the first admin.
    #[must_use]
    pub fn owner(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.role == Role::Admin)
    }

    /// Checks all of it together.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field as a path from the top of the file.
    pub fn check(&self) -> Result<(), Failure> {
        self.tenant.validate().map_err(|failure| failure.within("tenant"))?;
        Location::validate_all(&self.locations, &self.tenant)?;
        StaffMember::validate_all(&self.staff, &self.locations)?;
        self.check_people()?;
        self.check_keys()?;
        let with_key_origins = Tenant { origins: self.key_origins().to_vec(), ..self.tenant.clone() };
        with_key_origins.validate().map_err(|failure| failure.within("site_keys"))
    }

    fn check_people(&self) -> Result<(), Failure> {
        let mut seen = BTreeSet::new();
        for (index, person) in self.people.iter().enumerate() {
            let refuse =
                |field: &str, message: String| Err(Failure::invalid(format!("people[{index}].{field}"), message));
            if !(1..=80).contains(&person.name.trim().chars().count()) {
                return refuse("name", "a name is 1 to 80 characters".to_owned());
            }
            if person.role == Role::SuperAdmin {
                return refuse("role", "a business has no super_admin: its highest role is admin".to_owned());
            }
            if !seen.insert(&person.email) {
                return refuse("email", "this address is given twice".to_owned());
            }
            let known = |id: &LocationId| self.locations.iter().any(|location| location.id == *id);
            if let Some(place) = person.locations.iter().position(|id| !known(id)) {
                return refuse(&format!("locations[{place}]"), "this is no location of this business".to_owned());
            }
        }
        if !self.people.is_empty() && self.owner().is_none() {
            return Err(Failure::invalid("people", "one of the people must be an admin: the first one is the owner"));
        }
        Ok(())
    }

    fn check_keys(&self) -> Result<(), Failure> {
        if self.api_keys.len() > MAX_ACTIVE_KEYS {
            let most = format!("there may be at most {MAX_ACTIVE_KEYS} API keys");
            return Err(Failure::invalid("api_keys", most));
        }
        let mut seen = BTreeSet::new();
        for (index, key) in self.api_keys.iter().enumerate() {
            let refuse =
                |field: &str, message: &str| Err(Failure::invalid(format!("api_keys[{index}].{field}"), message));
            if !(1..=80).contains(&key.name.trim().chars().count()) {
                return refuse("name", "a name is 1 to 80 characters");
            }
            if !seen.insert(&key.name) {
                return refuse("name", "this name is given twice");
            }
            if key.scopes.is_empty() {
                return refuse("scopes", "a key without scopes may do nothing: give at least one");
            }
            if key.scopes.iter().any(|scope| !scope.is_scope()) {
                return refuse("scopes", "one of these belongs to people: no key can have it");
            }
        }
        Ok(())
    }
}
