//! An invented roofer, and a customer who writes to it.

use domain::conversations::builtin::Turn;
use domain::conversations::summary::Recalled;
use domain::conversations::{Citation, Conversation, Excerpt, ExcerptKind, Findings, Lookup, Question, Role, Route};
use domain::ids::QuestionId;
use domain::leads::{Lead, LeadStatus};
use domain::messaging::{Channel, Content, Source};
use domain::tenancy::intake::Answer;
use domain::tenancy::{Language, Tenant};
use domain::{ContactId, ConversationId, LeadId};
use jiff::Timestamp;
use serde_json::json;

pub(crate) struct Scene {
    pub(crate) tenant: Tenant,
    pub(crate) content: Content,
    pub(crate) name: Option<String>,
    pub(crate) lead: Lead,
    pub(crate) conversation: Conversation,
    pub(crate) route: Route,
    pub(crate) findings: Findings,
    pub(crate) memory: Vec<Recalled>,
}

/// A Friday, 14:05 in Denver.
pub(crate) fn now() -> Timestamp {
    "2026-11-20T21:05:00Z".parse().unwrap()
}

pub(crate) fn text(text: &str) -> Content {
    Content::Text { text: text.to_owned() }
}

pub(crate) fn scene(words: &str) -> Scene {
    let tenant = tenant();
    let contact = ContactId::derive(&tenant.id, &["contact"]);
    let lead = Lead {
        status: LeadStatus::Qualifying,
        version: 1,
        ..Lead::new(LeadId::derive(&tenant.id, &["lead"]), contact, Source::Sms, now())
    };
    let conversation = Conversation {
        version: 1,
        ..Conversation::new(
            ConversationId::derive(&tenant.id, &["conversation"]),
            contact,
            lead.id,
            Channel::Sms,
            Language::english(),
            now(),
        )
    };
    let route = Route { language: Language::english(), urgency: None, escalate: None, certain: true };
    Scene {
        tenant,
        content: text(words),
        name: None,
        lead,
        conversation,
        route,
        findings: Findings::NONE.clone(),
        memory: Vec::new(),
    }
}

/// An excerpt of a document of this name.
pub(crate) fn found(name: &str, text: &str) -> Excerpt {
    Excerpt {
        citation: Citation { document: name.to_lowercase(), name: name.to_owned(), page: Some(2) },
        location: None,
        heading: String::new(),
        kind: ExcerptKind::Prose,
        text: text.to_owned(),
        best: 0..text.len(),
        language: "en".to_owned(),
    }
}

/// That excerpt alone was found.
pub(crate) fn findings(name: &str, text: &str) -> Findings {
    let lookup = Lookup { text: String::new(), before: Vec::new(), language: "en".to_owned(), location: None };
    Findings::weigh(&tenant(), &lookup, vec![found(name, text)])
}

/// Someone was asked for the age of their roof, and has said before that it is tiled.
pub(crate) fn with_intake(words: &str) -> Scene {
    let mut scene = scene(words).after(&[(Role::Customer, "It is tiled"), (Role::Assistant, "How old is it?")]);
    let intake = json!([
        {
            "id": "covering",
            "text": "What is your roof covered with?",
            "kind": { "type": "choice", "options": [
                { "value": "shingle", "label": "Asphalt shingles" }, { "value": "tile", "label": "Tile" }
            ] }
        },
        {
            "id": "age",
            "text": "How old is your roof?",
            "kind": { "type": "number", "min": 0, "max": 200, "unit": "years" }
        },
        { "id": "insured", "text": "Is your house insured?", "kind": { "type": "yes_no" } },
        { "id": "since", "text": "Since when does it leak?", "kind": { "type": "date" } },
        { "id": "photo", "text": "Could you send us a photo?", "kind": { "type": "photo" } },
        { "id": "access", "text": "How do we get in?", "kind": { "type": "text" } }
    ]);
    scene.tenant.intake = serde_json::from_value(intake).unwrap();
    scene.lead.intake.insert(question("covering"), Answer::Choice("tile".to_owned()));
    scene.lead.qualification.service_interest = Some("Leak repair".to_owned());
    scene.conversation.asked = Some(Question::Intake(question("age")));
    scene
}

pub(crate) fn question(id: &str) -> QuestionId {
    QuestionId::new(id).unwrap()
}

impl Scene {
    pub(crate) fn turn(&self) -> Turn<'_> {
        Turn {
            contact_name: self.name.as_deref(),
            lead: Some(&self.lead),
            conversation: Some(&self.conversation),
            findings: &self.findings,
            memory: &self.memory,
            ..Turn::new(&self.tenant, &self.content, self.lead.source, &self.route)
        }
    }

    pub(crate) fn after(mut self, lines: &[(Role, &str)]) -> Self {
        for (role, text) in lines {
            self.conversation.remember(*role, text);
        }
        self
    }
}

fn tenant() -> Tenant {
    let day = json!([{ "open": "08:00:00", "close": "12:00:00" }, { "open": "13:00:00", "close": "17:00:00" }]);
    let document = json!({
        "id": "summit-roofing",
        "name": "Summit Roofing",
        "industry": "roofing",
        "currency": "USD",
        "zone": "America/Denver",
        "region": "US",
        "language": "en",
        "business": {
            "address": "100 Example Street, Denver, CO",
            "phone": "+13035550142",
            "website": "https://summit.example.com",
            "description": "A family business that repairs and replaces roofs along the Front Range."
        },
        "hours": {
            "monday": day, "tuesday": day, "wednesday": day, "thursday": day,
            "friday": [{ "open": "08:00:00", "close": "14:00:00" }]
        },
        "services": [
            {
                "id": "roof-inspection",
                "name": "Roof inspection",
                "price": { "from_cents": 9900, "to_cents": 9900 },
                "duration_minutes": 60
            },
            {
                "id": "leak-repair",
                "name": "Leak repair",
                "description": "Within two days.",
                "price": { "from_cents": 35000 }
            },
            {
                "id": "gutter-cleaning",
                "name": "Gutter cleaning",
                "price": { "from_cents": 12000, "to_cents": 24050 }
            },
            { "id": "roof-replacement", "name": "Roof replacement" }
        ],
        "tone": "warm and brief",
        "instructions": "Ask for the age of the roof before a replacement.",
        "notify": ["owner@summit.example.com"],
        "channels": { "chat": true }
    });
    serde_json::from_value(document).unwrap()
}
