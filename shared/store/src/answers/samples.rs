//! A sample of every kind of item of this context: answers that are kept.

use domain::ContactId;
use domain::answer_cache::{AnswerPlace, ModelAnswer, Shelf, ShelfPlace};
use serde_json::{Value, json};

use crate::table::keys;
use crate::table::samples::{AT, CONTACT, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, contact) = (acme(), ContactId::parse(CONTACT).unwrap());
    let own = keys::of(&acme);
    let place = |contact| AnswerPlace { tenant: acme.clone(), contact, digest: "5f".to_owned() };
    let shelf =
        ShelfPlace { tenant: acme.clone(), task: "respond", language: "en".to_owned(), digest: "5f".to_owned() };
    vec![
        ("model_answer", own.model_answer(&place(Some(contact))), "T#acme#PERSON#{contact}|MODEL_ANSWER#5f"),
        ("tenants_model_answer", own.model_answer(&place(None)), "T#acme#MODEL_ANSWER#5f|ANSWER"),
        ("like_answers", own.like_answers(&shelf), "T#acme#LIKE_ANSWERS#respond#en|5f"),
    ]
}

fn answer() -> Value {
    json!({
        "task": "respond", "model": "claude-sonnet-5-5", "input": "{\"reply\":\"Yes.\"}",
        "tokens": {"uncached": 200, "cache_written": 0, "cache_read": 1800, "output": 120}, "until": AT,
    })
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<ModelAnswer>("model_answer", answer()),
        stored::<ModelAnswer>("tenants_model_answer", answer()),
        stored::<Shelf>(
            "like_answers",
            json!({"entries": [{
                "words": [12_638_187_200_555_641_996_u64, 5], "literals": [5], "is_ordered": false,
                "point": {"model": "minilm-static", "version": 1, "values": [-3, 127]}, "day": "2026-11-20",
                "answer": answer(), "used_at": AT,
            }]}),
        ),
    ]
}
