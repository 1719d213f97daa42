//! What waits for a person's yes: things of several contexts in one list.
//!
//! A thing waits as what it is (two contacts, an import, a lead): nothing of it is copied, and its own context does what the yes says. A
//! context that brings a kind of its own adds it here with the permissions it takes, and has its items listed
//! (`store`'s `approvals`) and answered (`functions/api/journeys/src/approvals.rs`).

use serde::{Serialize, Serializer};
use std::fmt;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use crate::identity::Permission;
use crate::ids::{CampaignId, GapId, ImportId, OrderDigest, PurchaseOrderId};
use crate::leads::AskedTime;
use crate::{ContactId, Failure, LeadId};

/// What kind of thing waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalKind {
    /// Two contacts may be one person: a yes merges them.
    MergeContacts,
    /// A file of contacts was tried: a yes imports it.
    ImportContacts,
    /// A customer asked for a time that no calendar can book: a yes says that it is agreed.
    AgreeVisit,
    /// Customers asked what the business's data does not answer: a yes puts it among the frequent questions, with the drafted answer.
    AddFaq,
    /// A purchase order was drafted: a yes sends it to its supplier.
    SendOrder,
    /// A campaign is drafted: a yes sends it.
    SendCampaign,
}

/// What an answer came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// No one has said yes or no, or it was taken back.
    Waiting,
    /// Someone said yes.
    Approved,
    /// Someone said no.
    Declined,
}

impl ApprovalKind {
    /// All there are.
    pub const ALL: [Self; 6] = [
        Self::MergeContacts,
        Self::ImportContacts,
        Self::AgreeVisit,
        Self::AddFaq,
        Self::SendOrder,
        Self::SendCampaign,
    ];

    /// The name used in ids and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MergeContacts => "merge_contacts",
            Self::ImportContacts => "import_contacts",
            Self::AgreeVisit => "agree_visit",
            Self::AddFaq => "add_faq",
            Self::SendOrder => "send_order",
            Self::SendCampaign => "send_campaign",
        }
    }

    /// What it takes to see such a thing.
    #[must_use]
    pub fn seen_with(self) -> Permission {
        match self {
            Self::MergeContacts | Self::ImportContacts | Self::AgreeVisit => Permission::ReadLeads,
            Self::AddFaq => Permission::ReadSettings,
            Self::SendOrder => Permission::ReadInventory,
            Self::SendCampaign => Permission::ReadCampaigns,
        }
    }

    /// What it takes to say yes or no to it: what doing it by its own call takes.
    #[must_use]
    pub fn answered_with(self) -> Permission {
        match self {
            Self::MergeContacts | Self::ImportContacts | Self::AgreeVisit => Permission::WriteLeads,
            Self::AddFaq => Permission::WriteSettings,
            Self::SendOrder => Permission::WriteOrders,
            Self::SendCampaign => Permission::WriteCampaigns,
        }
    }

    /// Whether an answer can be taken back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        // Contacts that were made have been written to, and changed, since. A question that was added is removed in the settings; of one
        // that was dismissed nothing is kept. An order is on its way at once. Of a campaign that was approved the first may have been
        // invited; it can be stopped.
        !matches!(self, Self::ImportContacts | Self::AddFaq | Self::SendOrder | Self::SendCampaign)
    }
}

/// Which thing waits: its kind and the ids of what it is about, such as `import_contacts.39c84c7a-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApprovalId {
    /// Two contacts.
    MergeContacts(ContactId, ContactId),
    /// An import.
    ImportContacts(ImportId),
    /// The lead of who asked for the time, and which time that was ([`Lead::asked_time`](crate::leads::Lead::asked_time)): an answer is to what was
    /// shown. An id of before this was told has none, and is answered by no one.
    AgreeVisit(LeadId, Option<AskedTime>),
    /// A suggestion for the frequent questions.
    AddFaq(GapId),
    /// An order and what it said when it was shown: one that says something else by now is not approved by this.
    SendOrder(PurchaseOrderId, OrderDigest),
    /// A campaign, and what was shown of it (`Campaign::shown`): an answer is to that text and that
    /// audience.
    SendCampaign(CampaignId, Uuid),
}

impl ApprovalId {
    /// Its kind.
    #[must_use]
    pub fn kind(self) -> ApprovalKind {
        match self {
            Self::MergeContacts(..) => ApprovalKind::MergeContacts,
            Self::ImportContacts(_) => ApprovalKind::ImportContacts,
            Self::AgreeVisit(..) => ApprovalKind::AgreeVisit,
            Self::AddFaq(_) => ApprovalKind::AddFaq,
            Self::SendOrder(..) => ApprovalKind::SendOrder,
            Self::SendCampaign(..) => ApprovalKind::SendCampaign,
        }
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when it is none.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let missing = || Failure::not_found("approval");
        let mut parts = text.split('.');
        let kind = parts.next().and_then(|name| ApprovalKind::ALL.into_iter().find(|kind| kind.as_str() == name));
        let mut id = || parts.next().unwrap_or_default();
        let read = match kind.ok_or_else(missing)? {
            ApprovalKind::MergeContacts => Self::MergeContacts(
                ContactId::parse(id()).map_err(|_| missing())?,
                ContactId::parse(id()).map_err(|_| missing())?,
            ),
            ApprovalKind::ImportContacts => Self::ImportContacts(ImportId::parse(id()).map_err(|_| missing())?),
            ApprovalKind::AgreeVisit => {
                let lead = LeadId::parse(id()).map_err(|_| missing())?;
                let asked = parts.next().map(Uuid::parse_str).transpose().map_err(|_| missing())?;
                Self::AgreeVisit(lead, asked)
            }
            ApprovalKind::AddFaq => Self::AddFaq(GapId::parse(id()).map_err(|_| missing())?),
            ApprovalKind::SendOrder => Self::SendOrder(
                PurchaseOrderId::parse(id()).map_err(|_| missing())?,
                OrderDigest::parse(id()).map_err(|_| missing())?,
            ),
            ApprovalKind::SendCampaign => Self::SendCampaign(
                CampaignId::parse(id()).map_err(|_| missing())?,
                Uuid::parse_str(id()).map_err(|_| missing())?,
            ),
        };
        if parts.next().is_some() { Err(missing()) } else { Ok(read) }
    }
}

impl fmt::Display for ApprovalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().as_str();
        match self {
            Self::MergeContacts(a, b) => write!(f, "{kind}.{a}.{b}"),
            Self::ImportContacts(import) => write!(f, "{kind}.{import}"),
            Self::AgreeVisit(lead, None) => write!(f, "{kind}.{lead}"),
            Self::AgreeVisit(lead, Some(asked)) => write!(f, "{kind}.{lead}.{asked}"),
            Self::AddFaq(gap) => write!(f, "{kind}.{gap}"),
            Self::SendOrder(order, digest) => write!(f, "{kind}.{order}.{digest}"),
            Self::SendCampaign(campaign, shown) => write!(f, "{kind}.{campaign}.{shown}"),
        }
    }
}

// By hand: in JSON it is its text.
impl PartialSchema for ApprovalId {
    fn schema() -> RefOr<Schema> {
        let example =
            serde_json::json!("agree_visit.39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c.6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9");
        ObjectBuilder::new().schema_type(Type::String).examples([example]).into()
    }
}

impl ToSchema for ApprovalId {}

impl Serialize for ApprovalId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    #[test]
    fn an_id_reads_back_and_anything_else_is_nothing() {
        let tenant = TenantId::new("acme").unwrap();
        let (a, b) = (ContactId::derive(&tenant, &["a"]), ContactId::derive(&tenant, &["b"]));
        let all = [
            ApprovalId::MergeContacts(a, b),
            ApprovalId::ImportContacts(ImportId::derive(&tenant, &["i"])),
            ApprovalId::AgreeVisit(LeadId::derive(&tenant, &["l"]), Some(Uuid::max())),
            ApprovalId::AddFaq(GapId::derive(&tenant, &["g"])),
            ApprovalId::SendOrder(PurchaseOrderId::derive(&tenant, &["o"]), OrderDigest::derive(&tenant, &["d"])),
            ApprovalId::SendCampaign(CampaignId::derive(&tenant, &["c"]), Uuid::max()),
        ];
        for (id, kind) in all.into_iter().zip(ApprovalKind::ALL) {
            assert_eq!((ApprovalId::parse(&id.to_string()), id.kind()), (Ok(id), kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        let before = ApprovalId::AgreeVisit(LeadId::derive(&tenant, &["l"]), None);
        assert_eq!(ApprovalId::parse(&before.to_string()), Ok(before));
        let (one, two) = (all[1].to_string(), all[0].to_string());
        for wrong in [
            "",
            "agree_visit",
            "agree_visit.x",
            "burn.1",
            "send_campaign.39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c",
            &format!("{one}.x"),
            &format!("{two}.x"),
            &one.replace('.', "#"),
        ] {
            assert_eq!(ApprovalId::parse(wrong), Err(Failure::not_found("approval")), "{wrong}");
        }
    }
}
