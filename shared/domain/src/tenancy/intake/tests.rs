//! The order of questions, and what is refused.

use proptest::prelude::*;
use serde_json::{Value, from_value, json};

use super::*;
use crate::Failure;
use crate::samples::roofer;

fn id(text: &str) -> QuestionId {
    QuestionId::new(text).unwrap()
}

fn questions(list: Value) -> Vec<Question> {
    from_value(list).unwrap()
}

/// Material, then what depends on it; the age is optional.
fn roof() -> Vec<Question> {
    questions(json!([
        { "id": "age", "text": "How old is it?", "kind": { "type": "number", "min": 0, "unit": "years" } },
        { "id": "material", "text": "What is it made of?", "required": true, "kind": { "type": "choice", "options": [
            { "value": "tile", "label": "Tile" }, { "value": "metal", "label": "Metal" }
        ] } },
        { "id": "rust", "text": "Is there rust?", "required": true, "kind": { "type": "yes_no" },
          "when": { "question": "material", "is": ["metal"] } },
        { "id": "photo", "text": "Could you send a photo?", "translations": { "es": "¿Nos envía una foto?" },
          "kind": { "type": "photo" }, "services": ["roof-repair"], "when": { "question": "rust", "is": ["yes"] } }
    ]))
}

fn answers<const N: usize>(given: [(&str, Answer); N]) -> BTreeMap<QuestionId, Answer> {
    given.into_iter().map(|(question, answer)| (id(question), answer)).collect()
}

#[test]
fn required_questions_come_first_and_conditions_decide() {
    let roof = roof();
    let repair = ServiceId::new("roof-repair").unwrap();
    let metal = || ("material", Answer::Choice("metal".to_owned()));
    let asks =
        |given: BTreeMap<QuestionId, Answer>| next(&roof, &given, Some(&repair)).map(|asked| asked.id.to_string());
    assert_eq!(asks(answers([])).as_deref(), Some("material"));
    assert_eq!(asks(answers([("material", Answer::Choice("tile".to_owned()))])).as_deref(), Some("age"));
    assert_eq!(asks(answers([metal()])).as_deref(), Some("rust"));
    let rusty = [metal(), ("rust", Answer::YesNo(true)), ("age", Answer::Skipped)];
    assert_eq!(asks(answers(rusty.clone())).as_deref(), Some("photo"));
    assert_eq!(next(&roof, &answers(rusty), None), None, "a photo only for a repair");
}

#[test]
fn an_answer_to_a_question_that_no_longer_applies_counts_for_nothing() {
    let roof = roof();
    let repair = ServiceId::new("roof-repair").unwrap();
    let changed = answers([("material", Answer::Choice("tile".to_owned())), ("rust", Answer::YesNo(true))]);
    let ids: Vec<&str> = applicable(&roof, &changed, Some(&repair)).iter().map(|asked| asked.id.as_str()).collect();
    assert_eq!(ids, ["age", "material"]);
}

#[test]
fn a_question_is_asked_in_the_customers_language_where_it_has_one() {
    let photo = &roof()[3];
    assert_eq!(photo.wording(&Language::new("es").unwrap()), "¿Nos envía una foto?");
    assert_eq!(photo.wording(&Language::new("fr").unwrap()), "Could you send a photo?");
}

fn refused(change: impl FnOnce(&mut Vec<Question>)) -> String {
    let mut changed = roof();
    change(&mut changed);
    match validate(&changed, &roofer().services) {
        Err(Failure::Rejected { field: Some(field), .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refusal_names_its_question_and_field() {
    assert_eq!(validate(&roof(), &roofer().services), Ok(()));
    assert_eq!(refused(|list| list.swap(1, 2)), "intake[1].when.question", "not earlier");
    assert_eq!(refused(|list| list[2].when.as_mut().unwrap().question = id("rust")), "intake[2].when.question");
    assert_eq!(refused(|list| list[2].when.as_mut().unwrap().question = id("age")), "intake[2].when.question");
    assert_eq!(refused(|list| list[2].when.as_mut().unwrap().is = vec!["slate".to_owned()]), "intake[2].when.is[0]");
    assert_eq!(refused(|list| list[3].when.as_mut().unwrap().is = vec!["Yes".to_owned()]), "intake[3].when.is[0]");
    assert_eq!(refused(|list| list[2].when.as_mut().unwrap().is.clear()), "intake[2].when.is");
    assert_eq!(refused(|list| list[1].id = id("age")), "intake[1].id");
    assert_eq!(refused(|list| list[0].text = " ".to_owned()), "intake[0].text");
    assert_eq!(refused(|list| list[3].translations.values_mut().for_each(String::clear)), "intake[3].translations.es");
    assert_eq!(refused(|list| list[3].services = vec![ServiceId::new("windows").unwrap()]), "intake[3].services[0]");
    let numbers = |min, max| QuestionKind::Number { min: Some(min), max: Some(max), unit: None };
    assert_eq!(refused(|list| list[0].kind = numbers(2, 1)), "intake[0].kind.max");
    let twice =
        json!({ "type": "choice", "options": [{ "value": "a", "label": "A" }, { "value": "a", "label": "B" }] });
    assert_eq!(refused(|list| list[0].kind = from_value(twice).unwrap()), "intake[0].kind.options[1].value");
    let one = json!({ "type": "choice", "options": [{ "value": "a", "label": "A" }] });
    assert_eq!(refused(|list| list[0].kind = from_value(one).unwrap()), "intake[0].kind.options");
    assert_eq!(refused(|list| *list = list.iter().cloned().cycle().take(31).collect()), "intake");
}

/// Whether a question is required, what it depends on (which earlier one, and yes or no), whether it is for repairs only.
type Plan = (bool, Option<(prop::sample::Index, bool)>, bool);

/// Lists of yes-or-no questions, each perhaps depending on an earlier one or on a service.
fn any_questions() -> impl Strategy<Value = Vec<Question>> {
    let one = (any::<bool>(), prop::option::of((any::<prop::sample::Index>(), any::<bool>())), any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|list| {
        let build = |(place, (required, when, local)): (usize, Plan)| Question {
            id: id(&format!("q{place}")),
            text: "?".to_owned(),
            translations: BTreeMap::new(),
            kind: QuestionKind::YesNo,
            required,
            when: when.filter(|_| place > 0).map(|(earlier, yes)| Condition {
                question: id(&format!("q{}", earlier.index(place))),
                is: vec![if yes { "yes" } else { "no" }.to_owned()],
            }),
            services: if local { vec![ServiceId::new("roof-repair").unwrap()] } else { Vec::new() },
        };
        list.into_iter().enumerate().map(build).collect()
    })
}

proptest! {
    #[test]
    fn asking_comes_to_an_end_and_keeps_to_the_conditions(
        questions in any_questions(), replies in prop::collection::vec(0_u8..3, 12), repair in any::<bool>(),
    ) {
        prop_assert_eq!(validate(&questions, &roofer().services), Ok(()));
        let service = repair.then(|| ServiceId::new("roof-repair").unwrap());
        let mut given = BTreeMap::new();
        let mut replies = replies.into_iter();
        while let Some(asked) = next(&questions, &given, service.as_ref()) {
            prop_assert!(asked.services.is_empty() || repair);
            if let Some(condition) = &asked.when {
                let said = given.get(&condition.question).and_then(Answer::token);
                prop_assert!(said.is_some_and(|said| condition.is.iter().any(|value| value == said)));
            }
            let open_required = applicable(&questions, &given, service.as_ref())
                .into_iter()
                .any(|open| open.required && !given.contains_key(&open.id));
            prop_assert!(asked.required || !open_required);
            let answer = match replies.next() {
                Some(0) => Answer::Skipped,
                Some(reply) => Answer::YesNo(reply == 1),
                None => return Err(TestCaseError::fail("asked more often than there are questions")),
            };
            prop_assert!(given.insert(asked.id.clone(), answer).is_none(), "asked twice");
        }
    }
}
